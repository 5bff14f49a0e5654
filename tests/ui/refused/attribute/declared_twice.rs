use matgrad::grad;
use nalgebra::{Matrix3, Vector3};

#[grad(x, spd(a), spd(a))]
fn f(x: &Vector3<f64>, a: &Matrix3<f64>) -> f64 {
    x.dot(&(a * x))
}

fn main() {}
