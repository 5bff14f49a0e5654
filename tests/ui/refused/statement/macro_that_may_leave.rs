use matgrad::grad;
use nalgebra::DVector;

macro_rules! ensure {
    ($condition:expr) => {
        if !$condition {
            return 0.0;
        }
    };
}

#[grad(x)]
fn f(x: &DVector<f64>, n: usize) -> f64 {
    ensure!(n > 0);
    x.norm()
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3), 1);
}
