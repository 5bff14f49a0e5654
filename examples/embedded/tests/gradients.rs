//! The cost functions on the host: in `f64` against differences, by hand against generated, and `f32` against `f64`.
#![allow(missing_docs)]

use matgrad_embedded::{Attitude, Calibration, Case, Control, Network, Ridge};
use nalgebra::RealField;

fn largest(entries: &[f64]) -> f64 {
    entries.iter().fold(1.0, |m, t| m.max(t.abs()))
}

/// A NaN is no agreement.
fn agree(what: &str, found: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len(), "{what}");
    let size = largest(expected);
    for (i, (a, b)) in found.iter().zip(expected).enumerate() {
        assert!((a - b).abs() <= tolerance * size, "{what}, entry {i}: {a} is not {b}");
    }
}

fn gradient<T: RealField + Copy + Into<f64>, C: Case<T>>(case: &C, way: fn(&C, &mut C::Gradient) -> T) -> (f64, Vec<f64>) {
    let mut gradient = C::stale();
    let value = way(case, &mut gradient).into();
    (value, C::entries(&gradient).map(Into::into).collect())
}

/// Five-point differences of the function.
fn differences<C: Case<f64>>(case: &mut C) -> Vec<f64> {
    let step = 1e-3;
    (0..case.parameters().count())
        .map(|i| {
            let mut moved = |by: f64| {
                let mut before = 0.0;
                if let Some(p) = case.parameters().nth(i) {
                    (before, *p) = (*p, *p + by * step);
                }
                let value = case.value();
                if let Some(p) = case.parameters().nth(i) {
                    *p = before;
                }
                value
            };
            (8.0 * (moved(1.0) - moved(-1.0)) - (moved(2.0) - moved(-2.0))) / (12.0 * step)
        })
        .collect()
}

fn check<C: Case<f64>, S: Case<f32>>() {
    let mut case = C::sample();
    let (value, generated) = gradient(&case, C::generated);
    let (value_by_hand, by_hand) = gradient(&case, C::by_hand);
    let (exact, expected) = (case.value(), differences(&mut case));
    agree("values", &[value, value_by_hand], &[exact, exact], 1e-13);
    agree("generated", &generated, &expected, 1e-8);
    agree("by hand", &by_hand, &generated, 1e-13);

    let single = S::sample();
    for way in [S::generated, S::by_hand] {
        let (value, single) = gradient(&single, way);
        agree("value in single precision", &[value], &[exact], 1e-5);
        agree("gradient in single precision", &single, &generated, 1e-5);
    }
}

#[test]
fn ridge() {
    check::<Ridge<f64>, Ridge<f32>>();
}

#[test]
fn attitude() {
    check::<Attitude<f64>, Attitude<f32>>();
}

#[test]
fn calibration() {
    check::<Calibration<f64>, Calibration<f32>>();
}

#[test]
fn network() {
    check::<Network<f64>, Network<f32>>();
}

#[test]
fn control() {
    check::<Control<f64>, Control<f32>>();
}
