use matgrad::grad;
use nalgebra::{DMatrix, DVector};

#[grad(x, symmetric)]
fn f(x: &DVector<f64>, a: &DMatrix<f64>) -> f64 {
    x.dot(&(a * x))
}

fn main() {}
