use matgrad::grad;
use nalgebra::{DMatrix, DVector};

#[grad(x)]
fn f(x: &DVector<f64>, a: &DMatrix<f64>) -> f64 {
    let mut s = 0.0;
    for i in 0..x.len() {
        s += (a * x[i]).determinant();
    }
    s
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3), &DMatrix::zeros(2, 2));
}
