use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn f<T>(x: &DVector<T>) -> f64 {
    x.len() as f64
}

fn main() {}
