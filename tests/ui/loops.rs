use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn accumulated(x: &DVector<f64>) -> f64 {
    let mut sum = 0.0;
    for i in 0..x.len() {
        sum += x[i] * x[i];
    }
    sum
}

#[grad(x)]
fn changed(x: &DVector<f64>) -> f64 {
    let mut y = x * 2.0;
    y += x;
    y.norm()
}

#[grad(x)]
fn filled(mut x: DVector<f64>) -> f64 {
    x.fill(1.0);
    x.norm()
}

#[grad(x)]
fn assigned(x: &DVector<f64>) -> f64 {
    let mut y = x.norm();
    y = y * 2.0;
    y
}

#[grad(x)]
fn iterated(x: &DVector<f64>) -> f64 {
    x.iter().map(|t| t * t).sum()
}

fn main() {}
