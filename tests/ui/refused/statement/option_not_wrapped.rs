use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn f(x: &DVector<f64>) -> Option<f64> {
    x.norm()
}

fn main() {
    let _: Option<DVector<f64>> = f_grad(&DVector::zeros(3));
}
