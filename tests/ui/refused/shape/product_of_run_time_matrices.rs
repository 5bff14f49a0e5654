use matgrad::grad;
use nalgebra::{DMatrix, DVector, Matrix2, Vector3};

#[grad(x)]
fn f(x: &DVector<f64>, a: &DMatrix<f64>, b: &DMatrix<f64>, c: &Vector3<f64>, d: &Matrix2<f64>) -> f64 {
    let h = a * x + c;
    (b * d).norm() + (b * h).norm()
}

fn main() {}
