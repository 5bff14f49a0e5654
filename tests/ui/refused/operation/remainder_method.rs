use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn f(x: &DVector<f64>) -> f64 {
    x.sum().rem_euclid(2.0)
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3));
}
