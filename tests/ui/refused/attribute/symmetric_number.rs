use matgrad::grad;
use nalgebra::Vector3;

#[grad(x, symmetric(t))]
fn f(x: &Vector3<f64>, t: f64) -> f64 {
    x.norm() * t
}

fn main() {}
