use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn counted(x: &DVector<f64>) -> f64 {
    let mut calls = 0;
    let y = x.map(|t| {
        calls += 1;
        t * t
    });
    y.sum() * calls as f64
}

#[grad(x)]
fn matched(x: &DVector<f64>) -> f64 {
    x.map(|t| match t > 0.0 {
        true => t,
        false => 0.0,
    })
    .sum()
}

#[grad(x)]
fn of_two(x: &DVector<f64>, y: &DVector<f64>) -> f64 {
    x.zip_map(y, |t| t * t).sum()
}

fn main() {}
