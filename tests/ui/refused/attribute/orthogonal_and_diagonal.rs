use matgrad::grad;
use nalgebra::{Matrix3, Vector3};

#[grad(x, orthogonal(q), diagonal(q))]
fn f(x: &Vector3<f64>, q: &Matrix3<f64>) -> f64 {
    (q * x).sum()
}

fn main() {}
