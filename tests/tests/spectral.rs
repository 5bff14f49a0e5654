//! Eigenvalues of symmetric matrices, singular values, the pseudoinverse: values and gradients, where values are distinct and where they
//! are not.
#![allow(missing_docs)]
#![allow(clippy::redundant_closure_for_method_calls, clippy::clone_on_copy, reason = "one body for several types")]
#![allow(dead_code, reason = "of some functions the companions alone are called")]

use matgrad::grad;
use matgrad_tests::{assert_close, cases, check, matrix, restart, vector};
use nalgebra::{DMatrix, DVector, Dim, Matrix1, Matrix2, Matrix3, OMatrix, SMatrix, SVector};

cases! {
    singular_values { x.singular_values().dot(w) }
        tall(x: DMatrix<f64> = matrix(7, 3); w: DVector<f64> = vector(3)) -> f64
        wide(x: DMatrix<f64> = matrix(3, 7); w: DVector<f64> = vector(3)) -> f64
        square(x: DMatrix<f64> = matrix(5, 5); w: DVector<f64> = vector(5)) -> f64
        two(x: Matrix2<f64> = matrix(2, 2); w: SVector<f64, 2> = vector(2)) -> f64
        three(x: Matrix3<f64> = matrix(3, 3); w: SVector<f64, 3> = vector(3)) -> f64
        fixed(x: SMatrix<f64, 5, 3> = matrix(5, 3); w: SVector<f64, 3> = vector(3)) -> f64
        column(x: DMatrix<f64> = matrix(5, 1); w: DVector<f64> = vector(1)) -> f64
        single(x: SMatrix<f32, 3, 2> = matrix(3, 2); w: SVector<f32, 2> = vector(2)) -> f32;
    spectral_norm { x.singular_values().max() + 2.0 * x.singular_values()[0] }
        tall(x: DMatrix<f64> = matrix(7, 3)) -> f64
        wide(x: SMatrix<f64, 2, 5> = matrix(2, 5)) -> f64;
    nuclear_norm { x.singular_values().sum() }
        tall(x: DMatrix<f64> = matrix(7, 3)) -> f64
        // all singular values are equal
        repeated(x: Matrix3<f64> = Matrix3::identity()) -> f64
        orthonormal(x: DMatrix<f64> = matrix::<DMatrix<f64>>(5, 5).qr().q()) -> f64;
    condition { let s = x.singular_values(); s[0] / s[2] }
        tall(x: DMatrix<f64> = matrix(5, 3)) -> f64;
    of_a_product { (x * y).singular_values().map(|s| s.powi(3)).sum() }
        dynamic(x: DMatrix<f64> = matrix(3, 5), y: DMatrix<f64> = matrix(5, 2)) -> f64;
    pseudo_inverse { x.clone().pseudo_inverse(1e-9).unwrap().component_mul(w).sum() }
        tall(x: DMatrix<f64> = matrix(5, 3); w: DMatrix<f64> = matrix(3, 5)) -> f64
        wide(x: DMatrix<f64> = matrix(3, 5); w: DMatrix<f64> = matrix(5, 3)) -> f64
        fixed(x: SMatrix<f64, 4, 2> = matrix(4, 2); w: SMatrix<f64, 2, 4> = matrix(2, 4)) -> f64
        single(x: SMatrix<f32, 3, 2> = matrix(3, 2); w: SMatrix<f32, 2, 3> = matrix(2, 3)) -> f32;
    least_squares { (x.clone().pseudo_inverse(1e-9).expect("a tolerance") * b).norm_squared() }
        tall(x: DMatrix<f64> = matrix(7, 3), b: DVector<f64> = vector(7)) -> f64;
    // the rank stays where a product of thin matrices moves
    of_low_rank { ((u * v).pseudo_inverse(1e-6).unwrap() * b).component_mul(w).sum() }
        dynamic(u: DMatrix<f64> = matrix(5, 2), v: DMatrix<f64> = matrix(2, 3), b: DMatrix<f64> = matrix(5, 2); w: DMatrix<f64> = matrix(3, 2)) -> f64;
    of_one_number { a.symmetric_eigenvalues()[0] + a.singular_values()[0] + a.pseudo_inverse(1e-9).unwrap()[0] }
        fixed(a: Matrix1<f64> = Matrix1::new(1.7)) -> f64;
}

/// Symmetric, with these eigenvalues.
fn with_eigenvalues(values: &[f64]) -> DMatrix<f64> {
    let q = matrix::<DMatrix<f64>>(values.len(), values.len()).qr().q();
    &q * DMatrix::from_diagonal(&DVector::from_column_slice(values)) * q.transpose()
}

fn check_symmetric<D: Dim>(
    at: &OMatrix<f64, D, D>,
    f: impl Fn(&OMatrix<f64, D, D>) -> f64,
    gradient: OMatrix<f64, D, D>,
    both: (f64, OMatrix<f64, D, D>),
) where
    nalgebra::DefaultAllocator: nalgebra::allocator::Allocator<D, D>,
{
    let symmetric = |a: &OMatrix<f64, D, D>| (a + a.transpose()) * 0.5;
    check(at, |a| f(&symmetric(a)), gradient, both);
}

#[grad(a, symmetric(a))]
fn weighted(a: &DMatrix<f64>, w: &DVector<f64>) -> f64 {
    a.symmetric_eigenvalues().dot(w)
}

#[grad(a)]
fn undeclared(a: &DMatrix<f64>, w: &DVector<f64>) -> f64 {
    a.clone().symmetric_eigenvalues().dot(w) + a.symmetric_eigenvalues()[1].powi(2)
}

/// The value of the companion and that of the function come in one order, whatever it is.
#[test]
fn eigenvalues_in_nalgebras_order() {
    restart();
    for n in 1..8 {
        let values: Vec<f64> = (0..n).map(|i| f64::from(i * 5 % 11) - 3.3).collect();
        let (a, w) = (with_eigenvalues(&values), vector(values.len()));
        check_symmetric(&a, |a| weighted(a, &w), weighted_grad(&a, &w), weighted_value_and_grad(&a, &w));
        if n > 1 {
            check_symmetric(&a, |a| undeclared(a, &w), undeclared_grad(&a, &w), undeclared_value_and_grad(&a, &w));
        }
    }
}

#[grad(a)]
fn extremes(a: &SMatrix<f64, 4, 4>) -> f64 {
    let values = a.symmetric_eigenvalues();
    values.max() - values.min() * values.map(|t| t.sin()).sum()
}

#[grad(a)]
fn single(a: &SMatrix<f32, 2, 2>) -> f32 {
    a.symmetric_eigenvalues().map(|t| t.powi(3)).sum()
}

#[test]
fn of_matrices_of_fixed_size() {
    restart();
    let a = matrix::<SMatrix<f64, 4, 4>>(4, 4).symmetric_part();
    check_symmetric(&a, extremes, extremes_grad(&a), extremes_value_and_grad(&a));
    let a = matrix::<SMatrix<f32, 2, 2>>(2, 2).symmetric_part();
    check(&a, |a| single(&a.symmetric_part()), single_grad(&a), single_value_and_grad(&a));
}

#[grad(a)]
fn entropy(a: &DMatrix<f64>) -> f64 {
    a.symmetric_eigenvalues().map(|t| t * t.ln()).sum()
}

/// A symmetric function of the spectrum is smooth where eigenvalues meet, and the formula knows it.
#[test]
fn repeated_eigenvalues() {
    restart();
    for values in [[2.0, 2.0, 2.0, 2.0], [1.0, 3.0, 1.0, 3.0], [0.5, 2.0, 2.0, 1.0]] {
        let a = with_eigenvalues(&values);
        check_symmetric(&a, entropy, entropy_grad(&a), entropy_value_and_grad(&a));
    }
    let a = DMatrix::identity(3, 3) * 2.0;
    check_symmetric(&a, entropy, entropy_grad(&a), entropy_value_and_grad(&a));
}

#[grad(a)]
fn largest(a: &DMatrix<f64>) -> f64 {
    a.symmetric_eigenvalues().max()
}

/// Where the largest eigenvalue is repeated the gradient is `v vᵀ` for an eigenvector of it: an element of the subdifferential.
#[test]
fn the_kink_of_the_largest_eigenvalue() {
    restart();
    let a = with_eigenvalues(&[2.0, 1.0, 2.0]);
    let gradient = largest_grad(&a);
    assert!((gradient.trace() - 1.0).abs() < 1e-12);
    assert_close(1e-12, &(&a * &gradient), &(&gradient * 2.0));
    assert_close(1e-12, &(&gradient * &gradient), &gradient);
}

#[grad(x)]
fn optional(x: &DMatrix<f64>, eps: f64) -> Option<f64> {
    Some(x.clone().pseudo_inverse(eps).ok()?.norm())
}

#[test]
fn a_negative_tolerance_has_no_pseudoinverse() {
    restart();
    let x = matrix::<DMatrix<f64>>(3, 5);
    check(&x, |x| optional(x, 1e-9).unwrap(), optional_grad(&x, 1e-9).unwrap(), optional_value_and_grad(&x, 1e-9).unwrap());
    assert_eq!(optional(&x, -1.0), None);
    assert_eq!(optional_value_and_grad(&x, -1.0), None);
}
