use matgrad::grad;
use nalgebra::{DMatrix, DVector};

#[grad(w)]
fn vector(w: &DVector<f64>, x: &DMatrix<f64>) -> DVector<f64> {
    x * w
}

#[grad(w)]
fn nothing(w: &DVector<f64>) {
    println!("{w}");
}

#[grad(w)]
fn several(w: &DVector<f64>) -> (f64, f64) {
    (w.norm(), w.sum())
}

#[grad(w)]
fn fallible(w: &DVector<f64>) -> Result<f64, String> {
    Ok(w.norm())
}

#[grad(w)]
fn integer(w: &DVector<f64>) -> usize {
    w.len()
}

fn main() {}
