use matgrad::grad;
use nalgebra::{DVector, stack};

#[grad(x)]
fn f(x: &DVector<f64>) -> f64 {
    (stack![x; x] + x).norm()
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3));
}
