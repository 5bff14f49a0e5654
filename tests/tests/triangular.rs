//! Triangular solves: values and gradients, of matrices that are more than the triangle that is read.
#![allow(clippy::float_cmp, reason = "entries that are 0 are exactly so")]
#![allow(missing_docs)]

use matgrad::grad;
use matgrad_tests::{cases, check, matrix, number, restart, vector};
use nalgebra::{DMatrix, DVector, Matrix1, RealField, SMatrix, SVector, Vector1};

cases! {
    lower { (l + DMatrix::identity(5, 5) * 3.0).solve_lower_triangular(b).unwrap().dot(c) }
        dynamic(l: DMatrix<f64> = matrix(5, 5), b: DVector<f64> = vector(5); c: DVector<f64> = vector(5)) -> f64;
    upper { u.solve_upper_triangular(b).expect("regular").norm_squared() }
        dynamic(u: DMatrix<f64> = regular(5), b: DMatrix<f64> = matrix(5, 3)) -> f64
        single(u: SMatrix<f32, 3, 3> = matrix::<SMatrix<f32, 3, 3>>(3, 3) + SMatrix::identity() * 2.0, b: SVector<f32, 3> = vector(3)) -> f32;
    transposed_lower { l.tr_solve_lower_triangular(b).unwrap().component_mul(b).sum() }
        dynamic(l: DMatrix<f64> = regular(5), b: DMatrix<f64> = matrix(5, 2)) -> f64
        fixed(l: SMatrix<f64, 5, 5> = matrix::<SMatrix<f64, 5, 5>>(5, 5) + SMatrix::identity() * 2.0, b: SVector<f64, 5> = vector(5)) -> f64;
    transposed_upper { u.tr_solve_upper_triangular(b).unwrap().map(f64::sin).sum() }
        dynamic(u: DMatrix<f64> = regular(5), b: DMatrix<f64> = matrix(5, 2)) -> f64;
    adjoint { u.ad_solve_upper_triangular(b).unwrap().dot(&u.ad_solve_lower_triangular_unchecked(b)) }
        dynamic(u: DMatrix<f64> = regular(5), b: DVector<f64> = vector(5)) -> f64;
    unchecked { a.solve_lower_triangular_unchecked(b).dot(&a.solve_upper_triangular_unchecked(b)) }
        dynamic(a: DMatrix<f64> = regular(5), b: DVector<f64> = vector(5)) -> f64;
    transposed_unchecked { a.tr_solve_lower_triangular_unchecked(b).dot(&a.tr_solve_upper_triangular_unchecked(b)) }
        dynamic(a: DMatrix<f64> = regular(5), b: DVector<f64> = vector(5)) -> f64;
    of_a_transpose { a.transpose().solve_upper_triangular(b).unwrap().norm_squared() }
        dynamic(a: DMatrix<f64> = regular(5), b: DVector<f64> = vector(5)) -> f64;
    twice { let x = l.solve_lower_triangular(b).unwrap(); l.tr_solve_lower_triangular(&x).unwrap().dot(b) }
        dynamic(l: DMatrix<f64> = regular(5), b: DVector<f64> = vector(5)) -> f64;
    of_a_product { (a * a).solve_lower_triangular(b).unwrap().norm_squared() }
        dynamic(a: DMatrix<f64> = regular(3), b: DVector<f64> = vector(3)) -> f64;
    of_one_number { a.solve_lower_triangular(b).unwrap()[0] * a.tr_solve_upper_triangular_unchecked(b)[0] }
        fixed(a: Matrix1<f64> = Matrix1::new(1.7), b: Vector1<f64> = Vector1::new(0.3)) -> f64;
    // tril(A)⁻¹ A is not the identity
    the_rest_counts { a.solve_lower_triangular(a).unwrap().norm_squared() }
        dynamic(a: DMatrix<f64> = regular(4)) -> f64;
    // the triangle of a triangle, and a product of triangles
    triangles { a.lower_triangle().solve_lower_triangular(&a.lower_triangle()).unwrap().norm_squared() + s * s }
        dynamic(a: DMatrix<f64> = regular(4), s: f64 = number()) -> f64;
    cholesky_factor { a.clone().cholesky().unwrap().l().solve_lower_triangular(b).unwrap().map(|t| t.powi(3)).sum() }
        dynamic(b: DVector<f64> = vector(5); a: DMatrix<f64> = matgrad_tests::spd(5)) -> f64;
    written_out { let x = a.solve_lower_triangular(b).unwrap(); (x.transpose() * c).trace() + x.trace() }
        dynamic(a: DMatrix<f64> = regular(4), b: DMatrix<f64> = DMatrix::identity(4, 4); c: DMatrix<f64> = matrix(4, 4)) -> f64;
}

fn regular(n: usize) -> DMatrix<f64> {
    matrix::<DMatrix<f64>>(n, n) + DMatrix::identity(n, n) * 2.0
}

#[grad(l, b)]
fn optional<T: RealField + Copy>(l: &DMatrix<T>, b: &DVector<T>) -> Option<T> {
    let x = l.solve_lower_triangular(b)?;
    let y = l.tr_solve_lower_triangular(&x)?;
    Some(y.dot(b))
}

#[test]
fn none_where_the_function_returns_none() {
    restart();
    let (l, b) = (regular(5), vector::<DVector<f64>>(5));
    check(
        &(l.clone(), b.clone()),
        |(l, b)| optional(l, b).unwrap(),
        optional_grad(&l, &b).unwrap(),
        optional_value_and_grad(&l, &b).unwrap(),
    );
    let mut singular = l;
    singular[(2, 2)] = 0.0;
    assert_eq!(optional(&singular, &b), None);
    assert_eq!(optional_value_and_grad(&singular, &b), None);
    assert_eq!(optional_grad(&singular, &b), None);
}

#[grad(l)]
fn lax(l: &DMatrix<f64>, b: &DVector<f64>) -> f64 {
    l.solve_lower_triangular_unchecked(b).sum()
}

#[test]
fn unchecked_values_are_those_of_the_function_at_singular_matrices_too() {
    let singular = DMatrix::from_row_slice(2, 2, &[1.0, 7.0, 2.0, 0.0]);
    let b = DVector::from_vec(vec![1.0, 3.0]);
    assert_eq!(lax(&singular, &b), f64::INFINITY);
    assert_eq!(lax_value_and_grad(&singular, &b).0, f64::INFINITY);
}

/// The engine's code for the gradient of a function.
fn code(arguments: &str, function: &str) -> String {
    matgrad_engine::grad(arguments.parse().unwrap(), function.parse().unwrap()).to_string()
}

#[test]
fn nothing_is_factored() {
    let solve = "fn f(l: &DMatrix<f64>, b: &DVector<f64>) -> f64 { l.solve_lower_triangular(b).unwrap().norm_squared() }";
    let code = code("l, b", solve);
    assert!(code.contains("tr_solve_lower_triangular"), "{code}");
    assert!(!code.contains("__private :: lu"), "{code}");
}
