use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn to_integer(x: &DVector<f64>) -> f64 {
    let bucket = x[0] as usize;
    x[bucket]
}

#[grad(x)]
fn to_single(x: &DVector<f64>) -> f64 {
    (x.norm() as f32) as f64
}

#[grad(x)]
fn compared(x: &DVector<f64>) -> f64 {
    let positive = x[0] > 0.0;
    if positive { x.norm() } else { x.sum() }
}

#[grad(x)]
fn remainder(x: &DVector<f64>) -> f64 {
    x.norm() % 2.0
}

fn main() {}
