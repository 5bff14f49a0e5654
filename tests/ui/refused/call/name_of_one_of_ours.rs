use matgrad::grad;
use nalgebra::DVector;

fn sigmoid(t: f64) -> f64 {
    t
}

#[grad(x)]
fn f(x: &DVector<f64>) -> f64 {
    sigmoid(x.norm())
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3));
}
