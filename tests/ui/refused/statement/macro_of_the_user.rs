use matgrad::grad;
use nalgebra::DVector;

macro_rules! square {
    ($t:expr) => {
        $t * $t
    };
}

#[grad(x)]
fn f(x: &DVector<f64>) -> f64 {
    square!(x.norm())
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3));
}
