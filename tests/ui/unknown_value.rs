use matgrad::grad;
use nalgebra::DVector;

fn rate(n: usize) -> f64 {
    n as f64
}

struct Settings {
    rate: f64,
}

// each value that is not known is complained of once
#[grad(x)]
fn not_annotated(x: &DVector<f64>, n: usize) -> f64 {
    let r = rate(n);
    let first = x.norm() * r;
    let second = x.sum() * r;
    first + second + r * x[0]
}

#[grad(x)]
fn in_place(x: &DVector<f64>, n: usize) -> f64 {
    x.norm() * rate(n)
}

#[grad(x)]
fn field(x: &DVector<f64>, settings: &Settings) -> f64 {
    x.norm() * settings.rate
}

fn main() {}
