use matgrad::grad;
use nalgebra::{DMatrix, DVector};

#[grad(x, symetric(a))]
fn f(x: &DVector<f64>, a: &DMatrix<f64>) -> f64 {
    x.dot(&(a * x))
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3), &DMatrix::zeros(3, 3));
}
