//! Promises about inputs are checked where they can be, and what does not exist is not a number.

mod common;

use common::{dynamic, fixed};
use matgrad::__private::{debug_symmetric, lu, lu_inverse, or_nan};
use nalgebra::{Const, DMatrix, Dyn, Matrix2};

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
fn nothing_is_not_a_number() {
    let singular = Matrix2::new(1.0_f32, 2.0, 2.0, 4.0);
    assert!(or_nan(lu_inverse(&lu(&singular)), Const::<2>, Const::<2>).iter().all(|t| t.is_nan()));
    let regular = dynamic::<f64>(3, 3, 3);
    assert_eq!(or_nan(Some(regular.clone()), Dyn(3), Dyn(3)), regular);
}
