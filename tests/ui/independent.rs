use matgrad::grad;
use nalgebra::DVector;

#[grad(x, y)]
fn of_one(x: &DVector<f64>, y: &DVector<f64>) -> f64 {
    x.norm() + y.len() as f64
}

#[grad(x)]
fn of_none(x: &DVector<f64>) -> f64 {
    let n: f64 = x.len() as f64;
    n * 2.0
}

#[grad(x)]
fn cancelled(x: &DVector<f64>) -> f64 {
    x.sum() - x.sum()
}

fn main() {}
