use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn f(x: &DVector<f64>) -> f64 {
    let n = (x * 2.0).iter().count();
    x.norm() * n as f64
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3));
}
