use matgrad::grad;
use nalgebra::DVector;

#[grad(n)]
fn f(x: &DVector<f64>, n: usize) -> f64 {
    x.norm() * n as f64
}

fn main() {}
