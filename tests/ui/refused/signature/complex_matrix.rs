use matgrad::grad;
use nalgebra::{Complex, DVector};

#[grad(x)]
fn f(x: &DVector<Complex<f64>>) -> f64 {
    x.norm()
}

fn main() {}
