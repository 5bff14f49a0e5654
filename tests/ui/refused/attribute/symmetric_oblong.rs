use matgrad::grad;
use nalgebra::{Matrix2x3, Vector3};

#[grad(x, symmetric(a))]
fn f(x: &Vector3<f64>, a: &Matrix2x3<f64>) -> f64 {
    (a * x).norm()
}

fn main() {}
