use matgrad::grad;
use nalgebra::{DMatrix, DVector};

#[grad(bias)]
fn mse(weights: &DVector<f64>, x: &DMatrix<f64>) -> f64 {
    (x * weights).norm_squared()
}

fn main() {}
