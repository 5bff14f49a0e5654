use matgrad::grad;
use nalgebra::{DVector, Vector2};

#[grad(x)]
fn f(x: &DVector<f64>, a: &Vector2<f64>, b: &DVector<f64>) -> f64 {
    (x + a).norm() + x.cross(b).norm()
}

fn main() {
    let x: DVector<f64> = DVector::zeros(2);
    let _: DVector<f64> = f_grad(&x, &Vector2::zeros(), &x);
}
