//! LU: both solves, inverse, logarithm of the determinant.
#![allow(clippy::float_cmp, reason = "these results are exact")]

mod common;

use common::{close, close_scalar, dynamic, fixed, gradient, with_gaps};
use matgrad::__private::{lu, lu_inverse, lu_ln_det, lu_solve, lu_solve_tr};
use matgrad::ln_det;
use nalgebra::{DMatrix, Matrix3, RealField, SMatrix};

fn solves<T: RealField + Copy>(tolerance: f64) {
    let a = fixed::<T, 7, 7>(1);
    let b = fixed::<T, 7, 3>(2);
    let f = lu(&a);
    close(&(a * lu_solve(&f, &b).expect("regular")), &b, tolerance);
    close(&(a.transpose() * lu_solve_tr(&f, &b).expect("regular")), &b, tolerance);
    close(&(a * lu_inverse(&f).expect("regular")), &SMatrix::<T, 7, 7>::identity(), tolerance);

    let a = dynamic::<T>(11, 11, 3);
    let b = dynamic::<T>(11, 5, 4);
    let (a_gaps, b_gaps) = (with_gaps(&a), with_gaps(&b));
    let f = lu(&a_gaps.view_with_steps((1, 2), (11, 11), (1, 2)));
    let b_view = b_gaps.view_with_steps((1, 2), (11, 5), (1, 2));
    close(&(&a * lu_solve(&f, &b_view).expect("regular")), &b, tolerance);
    close(&(a.transpose() * lu_solve_tr(&f, &b_view).expect("regular")), &b, tolerance);
    close(&(&a * lu_inverse(&f).expect("regular")), &DMatrix::identity(11, 11), tolerance);
    close_scalar(lu_ln_det(&f), a.determinant().abs().ln(), tolerance, "ln|det|");
}

#[test]
fn solutions_solve() {
    solves::<f64>(1e-12);
    solves::<f32>(1e-4);
}

#[test]
fn a_permutation_is_undone_on_the_right_side() {
    // A cyclic permutation differs from its inverse.
    let p = Matrix3::new(0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0);
    let b = fixed::<f64, 3, 2>(5);
    close(&lu_solve(&lu(&p), &b).expect("regular"), &(p.transpose() * b), 0.0);
    close(&lu_solve_tr(&lu(&p), &b).expect("regular"), &(p * b), 0.0);
}

#[test]
fn singular_matrices_have_no_solution() {
    let a = Matrix3::new(1.0, 2.0, 3.0, 2.0, 4.0, 6.0, 1.0, 0.0, 1.0);
    let b = fixed::<f64, 3, 1>(6);
    let f = lu(&a);
    assert!(lu_solve(&f, &b).is_none());
    assert!(lu_solve_tr(&f, &b).is_none());
    assert!(lu_inverse(&f).is_none());
    assert_eq!(ln_det(&a), f64::NEG_INFINITY);
}

#[test]
fn empty_systems_have_the_empty_solution() {
    let a = DMatrix::<f64>::zeros(0, 0);
    let f = lu(&a);
    assert_eq!(lu_solve(&f, &DMatrix::zeros(0, 3)), Some(DMatrix::zeros(0, 3)));
    assert_eq!(lu_solve_tr(&f, &DMatrix::zeros(0, 3)), Some(DMatrix::zeros(0, 3)));
    assert_eq!(lu_inverse(&f), Some(a.clone()));
    assert_eq!(ln_det(&a), 0.0);
    assert_eq!(lu_solve(&lu(&dynamic::<f64>(3, 3, 7)), &DMatrix::zeros(3, 0)), Some(DMatrix::zeros(3, 0)));
}

#[test]
fn the_gradient_of_ln_det_is_the_transposed_inverse() {
    let a = fixed::<f64, 5, 5>(8);
    let inverse = lu_inverse(&lu(&a)).expect("regular");
    close(&inverse.transpose(), &gradient(&a, ln_det), 1e-7);
}

#[test]
fn ln_det_neither_overflows_nor_minds_the_sign() {
    let tiny = DMatrix::<f64>::identity(500, 500) * 1e-3;
    close_scalar(ln_det(&tiny), 500.0 * 1e-3_f64.ln(), 1e-13, "ln det");
    let huge = SMatrix::<f32, 5, 5>::identity() * -1e30;
    close_scalar(ln_det(&huge), 5.0 * 1e30_f32.ln(), 1e-6, "ln det");
}

#[test]
#[should_panic(expected = "not square")]
fn a_rectangle_has_no_determinant() {
    let _ = ln_det(&dynamic::<f64>(3, 5, 9));
}

#[test]
#[should_panic(expected = "rows differ")]
fn the_transposed_solve_checks_its_shapes() {
    let _ = lu_solve_tr(&lu(&dynamic::<f64>(3, 3, 9)), &dynamic::<f64>(5, 2, 1));
}
