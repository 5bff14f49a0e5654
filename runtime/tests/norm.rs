//! The norm of matrices of any size of entries.
#![allow(clippy::float_cmp, reason = "these results are exact")]

mod common;

use common::{dynamic, fixed, with_gaps};
use matgrad::__private::norm;
use nalgebra::{DMatrix, RowVector2, Vector2};

#[test]
fn ordinary_norms_are_nalgebras() {
    let a = fixed::<f64, 5, 3>(1);
    assert_eq!(norm(&a), a.norm());
    let a = dynamic::<f32>(5, 7, 2);
    let whole = with_gaps(&a);
    assert_eq!(norm(&a), a.norm());
    assert!((norm(&whole.view_with_steps((1, 2), (5, 7), (1, 2))) - a.norm()).abs() < 1e-5);
    assert_eq!(norm(&DMatrix::<f64>::zeros(0, 3)), 0.0);
    assert_eq!(norm(&DMatrix::<f64>::zeros(5, 3)), 0.0);
}

#[test]
fn squares_may_overflow_and_vanish() {
    for scale in [1e300, 1e-160, 1e-300, -1e-300] {
        let found = norm(&(Vector2::new(3.0, 4.0) * scale)) / f64::abs(scale);
        assert!((found - 5.0).abs() < 1e-14, "{scale:e}: {found}");
    }
    for scale in [1e30_f32, 1e-22, 1e-30] {
        let found = norm(&(RowVector2::new(3.0, 4.0) * scale)) / scale;
        assert!((found - 5.0).abs() < 1e-5, "{scale:e}: {found}");
    }
}

#[test]
fn what_is_no_number_stays_so() {
    assert_eq!(norm(&Vector2::new(f64::INFINITY, 1.0)), f64::INFINITY);
    assert!(norm(&Vector2::new(f64::NAN, 1.0)).is_nan());
    assert!(norm(&Vector2::new(1e200, f64::NAN)).is_nan());
}
