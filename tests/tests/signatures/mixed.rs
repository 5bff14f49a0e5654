//! Static and dynamic shapes in one function.

use matgrad::grad;
use matgrad_tests::{check, matrix, vector};
use nalgebra::{Const, DMatrix, DVector, Dyn, Matrix3, OMatrix, SMatrix, SVector, Vector3};

#[grad(x, a, b)]
fn product(x: &SVector<f64, 3>, a: &DMatrix<f64>, b: &SMatrix<f64, 4, 3>) -> f64 {
    (a * x).dot(&(b * x))
}

#[test]
fn a_dynamic_matrix_of_known_size() {
    let (x, a, b): (_, DMatrix<f64>, _) = (vector(3), matrix(4, 3), matrix(4, 3));
    let (gradient, both) = (product_grad(&x, &a, &b), product_value_and_grad(&x, &a, &b));
    check(&(x, a, b), |(x, a, b)| product(x, a, b), gradient, both);
}

#[grad(d, s)]
fn sum(d: &DVector<f64>, s: &Vector3<f64>) -> f64 {
    (s + d).norm_squared() + (d - s).map(f64::exp).sum() + s.component_mul(d).sum()
}

#[test]
fn sums_of_static_and_dynamic() {
    let (d, s): (DVector<f64>, _) = (vector(3), vector(3));
    let (gradient, both) = (sum_grad(&d, &s), sum_value_and_grad(&d, &s));
    check(&(d, s), |(d, s)| sum(d, s), gradient, both);
}

#[grad]
fn half_static(points: &OMatrix<f64, Const<3>, Dyn>, r: &Matrix3<f64>, w: &DVector<f64>) -> f64 {
    (r * points * w).norm_squared() + (points.transpose() * r).norm()
}

#[test]
fn rows_static_and_columns_dynamic() {
    let (p, r, w): (OMatrix<f64, Const<3>, Dyn>, _, DVector<f64>) = (matrix(3, 7), matrix(3, 3), vector(7));
    let (gradient, both) = (half_static_grad(&p, &r, &w), half_static_value_and_grad(&p, &r, &w));
    check(&(p, r, w), |(p, r, w)| half_static(p, r, w), gradient, both);
}

#[grad(x)]
fn thin(x: &DMatrix<f64>, a: &DMatrix<f64>) -> f64 {
    (x.transpose() * a * x)[(0, 0)] + (x.transpose() * x).trace()
}

#[test]
fn a_dynamic_matrix_that_may_be_a_column() {
    let (x, a): (DMatrix<f64>, DMatrix<f64>) = (matrix(4, 1), matrix(4, 4));
    check(&x, |x| thin(x, &a), thin_grad(&x, &a), thin_value_and_grad(&x, &a));
    let x: DMatrix<f64> = matrix(4, 3);
    check(&x, |x| thin(x, &a), thin_grad(&x, &a), thin_value_and_grad(&x, &a));
}

#[grad(x, y)]
fn dynamic_product<const N: usize>(x: &SVector<f64, N>, a: &DMatrix<f64>, y: &DVector<f64>) -> f64 {
    (a * x - y).norm_squared() / N as f64
}

#[test]
fn const_generics_beside_dynamic_matrices() {
    let (x, a, y): (SVector<f64, 3>, DMatrix<f64>, DVector<f64>) = (vector(3), matrix(5, 3), vector(5));
    let (gradient, both) = (dynamic_product_grad(&x, &a, &y), dynamic_product_value_and_grad(&x, &a, &y));
    check(&(x, y), |(x, y)| dynamic_product(x, &a, y), gradient, both);
}
