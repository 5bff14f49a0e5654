use matgrad::grad;
use nalgebra::DMatrix;

#[grad(x)]
fn f(x: &DMatrix<i32>) -> f64 {
    x.sum() as f64
}

fn main() {}
