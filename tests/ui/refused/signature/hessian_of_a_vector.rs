//! A vector has no Hessian matrix.
use matgrad::{hessian, hvp};
use nalgebra::{DMatrix, DVector};

#[hessian(w)]
fn f(w: &DVector<f64>, x: &DMatrix<f64>) -> DVector<f64> {
    x * w
}

#[hvp(w)]
fn g(w: &DVector<f64>, x: &DMatrix<f64>) -> DVector<f64> {
    x * w
}

fn main() {
    let (w, x) = (DVector::zeros(2), DMatrix::zeros(2, 2));
    let _: DMatrix<f64> = f_hessian(&w, &x);
    let _: DVector<f64> = g_hvp(&w, &x, &w);
}
