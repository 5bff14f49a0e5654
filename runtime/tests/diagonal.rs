//! Systems with a diagonal matrix.

mod common;

use common::{close, dynamic, fixed};
use matgrad::__private::diag_solve;
use nalgebra::{DMatrix, Matrix3, RealField, Vector3};

fn solves<T: RealField + Copy>(tolerance: f64) {
    let (a, b) = (dynamic::<T>(7, 7, 1), dynamic::<T>(7, 3, 2));
    let d = DMatrix::from_diagonal(&a.diagonal());
    // only the diagonal is read
    close(&(&d * diag_solve(&a, &b).expect("regular")), &b, tolerance);
    let (d, b) = (Matrix3::from_diagonal(&fixed::<T, 3, 3>(3).column(0).into_owned()), fixed::<T, 3, 2>(4));
    close(&(d * diag_solve(&d, &b).expect("regular")), &b, tolerance);
}

#[test]
fn solutions_solve() {
    solves::<f64>(1e-14);
    solves::<f32>(1e-6);
}

#[test]
fn singular_and_empty_systems() {
    assert_eq!(diag_solve(&Matrix3::from_diagonal(&Vector3::new(1.0, 0.0, 2.0)), &fixed::<f64, 3, 1>(6)), None);
    assert_eq!(diag_solve(&DMatrix::<f64>::zeros(0, 0), &DMatrix::zeros(0, 3)), Some(DMatrix::zeros(0, 3)));
}

#[test]
#[should_panic(expected = "rows differ")]
fn shapes_are_checked() {
    let _ = diag_solve(&dynamic::<f64>(3, 3, 9), &dynamic::<f64>(5, 2, 1));
}
