use matgrad::grad;
use nalgebra::{DVector, Vector2, Vector3, stack};

#[grad(x)]
fn f(x: &DVector<f64>, a: &Vector3<f64>, b: &Vector2<f64>) -> f64 {
    (x + a).norm() + stack![x, b].norm()
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3), &Vector3::zeros(), &Vector2::zeros());
}
