//! The oracle: central differences of the user's own function, never the formula again.

use std::fmt::Debug;

use crate::{Point, Real};

/// The gradient by five-point differences.
pub fn difference<X: Point>(at: &X, f: impl Fn(&X) -> X::Scalar) -> X {
    let mut gradient = at.clone();
    for i in 0..at.dimension() {
        let here = at.at(i).as_f64();
        let step = X::Scalar::STEP * here.abs().max(1.0);
        let moved = |steps: f64| {
            let mut there = at.clone();
            there.set(i, X::Scalar::nearest(here + steps * step));
            f(&there).as_f64()
        };
        // f′ = (8 (f₁ − f₋₁) − (f₂ − f₋₂)) / 12 h + O(h⁴)
        let slope = (8.0 * (moved(1.0) - moved(-1.0)) - (moved(2.0) - moved(-2.0))) / (12.0 * step);
        gradient.set(i, X::Scalar::nearest(slope));
    }
    gradient
}

/// Checks both companions against differences of the function at a point.
///
/// # Panics
/// If they disagree.
#[track_caller]
pub fn check<X: Point + Debug>(at: &X, f: impl Fn(&X) -> X::Scalar, gradient: X, both: (X::Scalar, X)) {
    check_within(X::Scalar::TOLERANCE, at, f, gradient, both);
}

/// [`check`] with another relative tolerance.
///
/// # Panics
/// If they disagree.
#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "what the companions return goes in as it is")]
pub fn check_within<X: Point + Debug>(
    tolerance: f64,
    at: &X,
    f: impl Fn(&X) -> X::Scalar,
    gradient: X,
    (value, again): (X::Scalar, X),
) {
    let (exact, expected) = (f(at), difference(at, &f));
    let rounding = X::Scalar::TOLERANCE * 1e-2;
    assert!(relative(value, exact) <= rounding, "the value is {value}, not {exact}");
    assert!(exact.as_f64().is_finite(), "the function is not finite at the point of the test");
    assert_close(tolerance, &gradient, &expected);
    assert_close(rounding, &again, &gradient);
}

/// Checks that two points agree to a relative tolerance, shapes included.
///
/// # Panics
/// If they do not.
#[track_caller]
pub fn assert_close<X: Point + Debug>(tolerance: f64, found: &X, expected: &X) {
    assert_eq!(found.shape(), expected.shape(), "shapes");
    let largest = (0..expected.dimension()).map(|i| expected.at(i).as_f64().abs()).fold(1.0, f64::max);
    for i in 0..expected.dimension() {
        let error = (found.at(i).as_f64() - expected.at(i).as_f64()).abs();
        // `NaN` is not below anything
        assert!(error <= tolerance * largest, "coordinate {i} is off by {error:e}: found {found:?}, expected {expected:?}");
    }
}

fn relative<T: Real>(found: T, expected: T) -> f64 {
    (found.as_f64() - expected.as_f64()).abs() / expected.as_f64().abs().max(1.0)
}
