use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn f(x: &DVector<f64>) -> f64 {
    if x[0] > 0.0 { x.norm() } else { x.sum() }
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3));
}
