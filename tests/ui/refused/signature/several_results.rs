use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn f(x: &DVector<f64>) -> (f64, f64) {
    (x.norm(), x.sum())
}

fn main() {}
