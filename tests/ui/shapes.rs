use matgrad::grad;
use nalgebra::{Vector2, Vector3};

#[grad(x)]
fn sum(x: &Vector3<f64>, y: &Vector2<f64>) -> f64 {
    (x + y).norm()
}

#[grad(x)]
fn outside(x: &Vector3<f64>) -> f64 {
    x[3]
}

fn main() {}
