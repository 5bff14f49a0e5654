use matgrad::grad;
use nalgebra::{DMatrix, DVector};

#[grad(w)]
fn f(w: &DVector<f64>, x: &DMatrix<f64>) -> DVector<f64> {
    x * w
}

fn main() {}
