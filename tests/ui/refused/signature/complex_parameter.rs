use matgrad::grad;
use nalgebra::Complex;

#[grad(z)]
fn f(z: Complex<f64>) -> f64 {
    z.norm_sqr()
}

fn main() {}
