use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn f(x: &DVector<f64>) -> bool {
    x.norm() > 1.0
}

fn main() {}
