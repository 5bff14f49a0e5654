//! Constants as dimensions: against numbers, against each other, against run-time sizes.

use matgrad::grad;
use matgrad_tests::{check, matrix};
use nalgebra::{DMatrix, Matrix3, SMatrix, SVector, Vector3};

const N: usize = 3;
const SAME: usize = 3;
const M: usize = 2;

fn square() -> SMatrix<f64, 3, 3> {
    matrix(3, 3)
}

#[grad(a)]
fn against_a_number(a: &SMatrix<f64, N, N>, b: &Matrix3<f64>, v: &Vector3<f64>) -> f64 {
    (a * b + b).norm_squared() + (a * v).dot(&SVector::<f64, N>::from_element(2.0)) + a.trace() / N as f64
}

#[grad(a)]
fn against_another(a: &SMatrix<f64, N, M>, b: &SMatrix<f64, SAME, M>, v: &SVector<f64, SAME>) -> f64 {
    (a + b).tr_mul(v).norm_squared() + v.dot(&a.column(1)) * (N + SAME) as f64
}

#[grad(a)]
fn against_a_run_time_size(a: &SMatrix<f64, N, N>, b: &DMatrix<f64>) -> f64 {
    (b * a).norm_squared() + (a * b).sum()
}

#[grad(v)]
fn coordinates(v: &SVector<f64, N>, w: &Vector3<f64>) -> f64 {
    let cross = w.cross(v);
    v.x * v.z + cross.norm_squared() + v.y * v[N - 1]
}

#[grad(v)]
fn in_the_body(v: &SVector<f64, 3>) -> f64 {
    const K: usize = 3;
    let weights: SVector<f64, K> = SVector::<f64, K>::from_element(0.5);
    let a = SMatrix::<f64, K, K>::identity() * v.sum();
    (a * v + weights).norm_squared() / K as f64
}

#[test]
fn a_constant_and_a_number() {
    let (a, b, v) = (square(), Matrix3::from_fn(|i, j| ((i * 5 + j * 3) as f64).cos()), Vector3::new(0.5, -1.0, 2.0));
    check(&a, |a| against_a_number(a, &b, &v), against_a_number_grad(&a, &b, &v), against_a_number_value_and_grad(&a, &b, &v));
}

#[test]
fn two_constants_of_one_value() {
    let (a, b): (SMatrix<f64, 3, 2>, SMatrix<f64, 3, 2>) = (matrix(3, 2), matrix(3, 2));
    let v = Vector3::new(0.5, -1.0, 2.0);
    check(&a, |a| against_another(a, &b, &v), against_another_grad(&a, &b, &v), against_another_value_and_grad(&a, &b, &v));
}

#[test]
fn a_constant_and_a_run_time_size() {
    let (a, b) = (square(), matrix(3, 3));
    check(
        &a,
        |a| against_a_run_time_size(a, &b),
        against_a_run_time_size_grad(&a, &b),
        against_a_run_time_size_value_and_grad(&a, &b),
    );
}

#[test]
fn coordinates_of_constant_length() {
    let (v, w) = (Vector3::new(0.5, -1.0, 2.0), Vector3::new(1.5, 0.25, -0.5));
    check(&v, |v| coordinates(v, &w), coordinates_grad(&v, &w), coordinates_value_and_grad(&v, &w));
    check(&v, in_the_body, in_the_body_grad(&v), in_the_body_value_and_grad(&v));
}
