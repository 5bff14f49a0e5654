#![allow(missing_docs)]
use matgrad::grad;
use nalgebra::{DMatrix, DVector, SMatrix, SVector};

#[grad(w)]
fn mse(w: &DVector<f64>, x: &DMatrix<f64>, y: &DVector<f64>) -> f64 {
    (x * w - y).norm_squared() / y.len() as f64
}
#[grad(w)]
fn logistic(w: &DVector<f64>, x: &DMatrix<f64>, y: &DVector<f64>) -> f64 {
    (-y.component_mul(&(x * w))).map(|m| (1.0 + m.exp()).ln()).sum()
}
#[grad(x, a)]
fn quad(x: &SVector<f32, 5>, a: &SMatrix<f32, 5, 5>) -> f32 {
    (x.transpose() * a * x).to_scalar()
}
#[test]
fn smoke() {
    let (w, x, y) = (
        DVector::from_fn(3, |i, _| i as f64),
        DMatrix::from_fn(5, 3, |i, j| (i * j) as f64 - 1.0),
        DVector::from_fn(5, |i, _| i as f64),
    );
    let (v, g) = mse_value_and_grad(&w, &x, &y);
    println!("{v} {g}");
    let (v, g) = logistic_value_and_grad(&w, &x, &y);
    println!("{v} {g}");
    let g = quad_grad(&SVector::repeat(1.0), &SMatrix::repeat(2.0));
    println!("{g:?}");
}
