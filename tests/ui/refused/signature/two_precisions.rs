use matgrad::grad;
use nalgebra::DVector;

#[grad(x, y)]
fn f(x: &DVector<f64>, y: &DVector<f32>) -> f64 {
    x.norm() + f64::from(y.norm())
}

fn main() {}
