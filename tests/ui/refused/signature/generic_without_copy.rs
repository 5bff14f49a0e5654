use matgrad::grad;
use nalgebra::{DVector, RealField};

#[grad(x)]
fn f<T: RealField>(x: &DVector<T>) -> T {
    x.norm_squared()
}

fn main() {}
