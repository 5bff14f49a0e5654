use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn f(x: &DVector<f64>) -> f64 {
    x.norm_square() + x.map(|t| t.bessel()).sum()
}

#[grad(x)]
fn g(x: &DVector<f64>) -> f64 {
    let sorted = x.sorted();
    sorted.sum() + sorted.norm()
}

fn main() {}
