//! Promises about inputs are checked where they can be, and what does not exist is not a number.

mod common;

use common::{dynamic, fixed};
use matgrad::__private::{debug_diagonal, debug_lower_triangular, debug_orthogonal, debug_symmetric, lu, lu_inverse, or_nan};
use nalgebra::{Const, DMatrix, Dyn, Matrix2, Rotation3, Vector3};

#[test]
fn symmetric_matrices_pass() {
    debug_symmetric("s", &fixed::<f64, 5, 5>(1).symmetric_part());
    let x = dynamic::<f32>(7, 3, 2);
    debug_symmetric("gram", &(x.transpose() * &x));
    debug_symmetric("empty", &DMatrix::<f64>::zeros(0, 0));
    debug_symmetric("unknown", &Matrix2::new(1.0, f64::NAN, 2.0, 1.0));
}

#[test]
#[cfg_attr(debug_assertions, should_panic(expected = "`s` is declared symmetric, but its entries (0, 1) and (1, 0) differ by 2"))]
fn a_broken_promise_is_named() {
    debug_symmetric("s", &Matrix2::new(1.0, 2.0, 0.0, 1.0));
}

#[test]
#[cfg_attr(debug_assertions, should_panic(expected = "`s` is declared symmetric, but is 3×5"))]
fn a_rectangle_is_not_symmetric() {
    debug_symmetric("s", &dynamic::<f64>(3, 5, 1));
}

#[test]
fn other_promises_that_are_kept() {
    debug_diagonal("d", &DMatrix::from_diagonal(&dynamic::<f64>(5, 1, 1).column(0)));
    debug_diagonal("empty", &DMatrix::<f64>::zeros(0, 0));
    debug_lower_triangular("l", &fixed::<f32, 5, 5>(1).lower_triangle());
    debug_lower_triangular("unknown", &Matrix2::new(1.0, f64::NAN, 2.0, 1.0));
    debug_orthogonal("q", Rotation3::<f64>::from_scaled_axis(Vector3::new(0.3, -1.1, 0.7)).matrix());
    debug_orthogonal("empty", &DMatrix::<f64>::zeros(0, 0));
}

#[test]
#[cfg_attr(debug_assertions, should_panic(expected = "`d` is declared diagonal, but its entry (1, 0) is 2"))]
fn a_matrix_that_is_not_diagonal() {
    debug_diagonal("d", &Matrix2::new(1.0, 0.0, 2.0, 1.0));
}

#[test]
#[cfg_attr(debug_assertions, should_panic(expected = "`l` is declared lower triangular, but its entry (0, 1) is 2"))]
fn a_matrix_that_is_not_lower_triangular() {
    debug_lower_triangular("l", &Matrix2::new(1.0, 2.0, 0.0, 1.0));
}

#[test]
#[cfg_attr(debug_assertions, should_panic(expected = "`q` is declared orthogonal, but the product of its columns 1 and 1 is 4"))]
fn a_matrix_that_is_not_orthogonal() {
    debug_orthogonal("q", &Matrix2::new(1.0, 0.0, 0.0, 2.0));
}

#[test]
fn nothing_is_not_a_number() {
    let singular = Matrix2::new(1.0_f32, 2.0, 2.0, 4.0);
    assert!(or_nan(lu_inverse(&lu(&singular)), Const::<2>, Const::<2>).iter().all(|t| t.is_nan()));
    let regular = dynamic::<f64>(3, 3, 3);
    assert_eq!(or_nan(Some(regular.clone()), Dyn(3), Dyn(3)), regular);
}
