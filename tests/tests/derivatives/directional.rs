//! `#[jvp]` and `#[hvp]`: against closed forms by hand.

use super::close;
use matgrad::{grad, hvp, jvp};
use nalgebra::{DMatrix, DVector, Matrix2, Matrix2x3, RowDVector, RowVector3, Vector2, Vector3};

fn x() -> DVector<f64> {
    DVector::from_vec(vec![0.3, -0.7, 1.1])
}

fn a() -> DMatrix<f64> {
    DMatrix::from_row_slice(2, 3, &[0.5, -1.0, 2.0, 0.25, 0.75, -0.5])
}

/// `d exp(A x) = exp(A x) ∘ (A dx)`
#[jvp(x)]
fn layer(a: &DMatrix<f64>, x: &DVector<f64>) -> DVector<f64> {
    (a * x).map(|t| t.exp())
}

#[test]
fn of_a_vector() {
    let dx = DVector::from_vec(vec![1.0, 2.0, -1.5]);
    let (value, tangent) = layer_jvp(&a(), &x(), &dx);
    close(&value, &(layer(&a(), &x())), 1e-14);
    let expected = value.component_mul(&(a() * &dx));
    close(&tangent, &expected, 1e-14);
    let mut into = DVector::from_element(2, f64::NAN);
    close(&(layer_jvp_into(&a(), &x(), &dx, &mut into)), &value, 1e-15);
    close(&into, &expected, 1e-14);
}

/// `d A⁻¹ = −A⁻¹ dA A⁻¹`, where there is one.
#[jvp]
fn inverse(a: Matrix2<f64>) -> Option<Matrix2<f64>> {
    a.try_inverse()
}

#[test]
fn of_an_inverse() {
    let (a, da) = (Matrix2::new(2.0, 1.0, 0.5, 3.0), Matrix2::new(0.1, -0.4, 0.3, 0.2));
    let (value, tangent) = inverse_jvp(a, &da).unwrap();
    let inverse = a.try_inverse().unwrap();
    close(&value, &inverse, 1e-14);
    close(&tangent, &(-inverse * da * inverse), 1e-14);
    assert!(inverse_jvp(Matrix2::zeros(), &da).is_none());
}

/// `d(s A B) = ds A B + s dA B + s A dB`, each of another type; the result is a row.
#[jvp(s, r, m)]
fn product(s: f64, r: &RowDVector<f64>, m: &DMatrix<f64>) -> RowDVector<f64> {
    s * r * m
}

#[test]
fn by_several_parameters() {
    let (r, m) = (RowDVector::from_vec(vec![1.5, -0.5]), a());
    let (dr, dm) = (RowDVector::from_vec(vec![0.2, 0.7]), a().map(|t| t * t - 0.3));
    let (_, tangent) = product_jvp(1.25, &r, &m, 0.5, &dr, &dm);
    close(&tangent, &(0.5 * &r * &m + 1.25 * &dr * &m + 1.25 * &r * &dm), 1e-14);
}

/// In single precision, of fixed sizes, with both attributes.
#[jvp(x)]
#[grad(x)]
fn energy(a: &Matrix2x3<f32>, x: &Vector3<f32>) -> f32 {
    (a * x).norm_squared()
}

#[test]
fn of_a_number() {
    let (a, x) = (Matrix2x3::new(0.5, -1.0, 2.0, 0.25, 0.75, -0.5), Vector3::new(0.3, -0.7, 1.1));
    let dx = Vector3::new(1.0, 0.5, -2.0);
    let (value, tangent): (f32, f32) = energy_jvp(&a, &x, &dx);
    close(&value, &energy(&a, &x), 1e-6);
    close(&tangent, &(energy_grad(&a, &x).dot(&dx)), 1e-6);
}

/// Of a symmetric matrix, the symmetric part of the tangent counts.
#[jvp(s, symmetric(s))]
fn quadratic(s: &Matrix2<f64>, x: &Vector2<f64>) -> f64 {
    (s * x).norm_squared()
}

#[test]
fn of_a_symmetric_matrix() {
    let (s, x, ds) = (Matrix2::new(2.0, 0.5, 0.5, 1.0), Vector2::new(0.7, -1.3), Matrix2::new(1.0, 3.0, -0.5, 0.25));
    let (_, tangent) = quadratic_jvp(&s, &x, &ds);
    let moved = 0.5 * (ds + ds.transpose());
    close(&tangent, &(2.0 * (s * x).dot(&(moved * x))), 1e-14);
}

/// `H = Aᵀ diag(exp(A x)) A`
#[hvp(x)]
fn partition(a: &DMatrix<f64>, x: &DVector<f64>) -> f64 {
    (a * x).map(|t| t.exp()).sum()
}

#[test]
fn hessian_times_a_direction() {
    let v = DVector::from_vec(vec![1.0, 2.0, -1.5]);
    let hessian = a().transpose() * DMatrix::from_diagonal(&(a() * x()).map(f64::exp)) * a();
    close(&(partition_hvp(&a(), &x(), &v)), &(&hessian * &v), 1e-13);
    let mut into = DVector::from_element(3, f64::NAN);
    partition_hvp_into(&a(), &x(), &v, &mut into);
    close(&into, &(&hessian * &v), 1e-13);
}

/// `f = ‖M − u vᵀ‖²`: `H = 2 [vᵀv I, 2 u vᵀ − M; (2 u vᵀ − M)ᵀ, uᵀu I]`
#[hvp(u, v)]
fn rank_one(m: &Matrix2x3<f64>, u: &Vector2<f64>, v: RowVector3<f64>) -> f64 {
    (m - u * v).norm_squared()
}

#[test]
fn hessian_by_two_parameters() {
    let m = Matrix2x3::new(0.5, -1.0, 2.0, 0.25, 0.75, -0.5);
    let (u, v) = (Vector2::new(0.6, -1.2), RowVector3::new(0.4, 0.9, -0.3));
    let (du, dv) = (Vector2::new(1.0, -0.5), RowVector3::new(0.2, 0.1, 0.7));
    let mixed = 2.0 * (2.0 * u * v - m);
    let (by_u, by_v) = rank_one_hvp(&m, &u, v, &du, &dv);
    close(&by_u, &(2.0 * v.norm_squared() * du + mixed * dv.transpose()), 1e-13);
    close(&by_v, &(2.0 * u.norm_squared() * dv + du.transpose() * mixed), 1e-13);
}

/// Of a number the second derivative: `d²/dt² sin(t)³ = 6 sin(t) cos(t)² − 3 sin(t)³`
#[hvp]
fn cube(t: f64) -> f64 {
    t.sin().powi(3)
}

#[test]
fn second_derivative_of_a_number() {
    let (s, c) = 0.8f64.sin_cos();
    close(&cube_hvp(0.8, 1.5), &(1.5 * (6.0 * s * c * c - 3.0 * s.powi(3))), 1e-13);
}
