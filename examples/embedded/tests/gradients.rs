//! The cost functions on the host: in `f64` against differences, by hand against generated, and `f32` against `f64`.
#![allow(missing_docs)]

use matgrad_embedded::filter::{Measured, State, motion, motion_jacobian, residual, residual_jacobian, step};
use matgrad_embedded::{Attitude, Calibration, Case, Control, Filter, Gated, Network, Ridge, Rollout, matrix};
use nalgebra::{Matrix4, Matrix6, Matrix6x4, RealField, SMatrix, SVector, Vector3, Vector4, Vector6};

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
fn rollout() {
    check::<Rollout<f64>, Rollout<f32>>();
}

#[test]
fn gated() {
    check::<Gated<f64>, Gated<f32>>();
}

#[test]
fn control() {
    check::<Control<f64>, Control<f32>>();
}

/// The Jacobian by five-point differences.
fn jacobian_of<const R: usize>(f: impl Fn(&Vector4<f64>) -> SVector<f64, R>, q: &Vector4<f64>) -> SMatrix<f64, R, 4> {
    let step = 1e-3;
    SMatrix::from_columns(&[0, 1, 2, 3].map(|i| {
        let along = |by: f64| f(&(q + Vector4::ith(i, by * step)));
        (8.0 * (along(1.0) - along(-1.0)) - (along(2.0) - along(-2.0))) / (12.0 * step)
    }))
}

/// The step in information form, `P⁻¹ = (F P Fᵀ + drift I)⁻¹ + Hᵀ H / noise`, with Jacobians by differences.
#[test]
fn filter() {
    let (q, factor): (Vector4<f64>, Matrix4<f64>) = (matrix(24), matrix(25));
    let before = State { q: q.normalize(), p: factor * factor.transpose() / 16.0 };
    let known: [Vector3<f64>; 2] = [Vector3::z(), matrix(26)];
    let seen: [Vector3<f64>; 2] = [matrix(27), matrix(28)];
    let measured = Measured { rate: matrix(29), time: 1.0 / 64.0, known, seen, drift: 1.0 / 64.0, noise: 1.0 / 16.0 };
    let moved = |q: &Vector4<f64>| motion(q, &measured.rate, measured.time);
    let left = |q: &Vector4<f64>| -> Vector6<f64> {
        let [down, north] = [0, 1].map(|i| residual(q, &known[i], &seen[i]));
        Vector6::from_iterator(down.iter().chain(north.iter()).copied())
    };

    let predicted = moved(&before.q);
    let (f, h): (Matrix4<f64>, Matrix6x4<f64>) = (jacobian_of(moved, &before.q), jacobian_of(left, &predicted));
    agree("F", motion_jacobian(&before.q, &measured.rate, measured.time).as_slice(), f.as_slice(), 1e-9);
    for i in [0, 1] {
        let derived = residual_jacobian(&predicted, &known[i], &seen[i]);
        agree("H", derived.as_slice(), h.fixed_rows::<3>(3 * i).into_owned().as_slice(), 1e-9);
    }

    let prior = f * before.p * f.transpose() + Matrix4::identity() * measured.drift;
    let information = prior.try_inverse().expect("it is positive definite") + h.tr_mul(&h) / measured.noise;
    let p = information.try_inverse().expect("it is positive definite");
    let r = left(&predicted);
    let corrected = predicted - p * h.tr_mul(&r) / measured.noise;
    let s = h * prior * h.transpose() + Matrix6::identity() * measured.noise;
    let surprise = r.dot(&(s.try_inverse().expect("it is positive definite") * r));

    let case = Filter::<f64>::sample();
    let expected: Vec<f64> = corrected.iter().chain(p.iter()).copied().collect();
    for way in [Filter::generated, Filter::by_hand] {
        let (value, entries) = gradient(&case, way);
        agree("how much it surprises", &[value], &[surprise], 1e-9);
        agree("the next state", &entries, &expected, 1e-9);
    }
    let single = Filter::<f32>::sample();
    for way in [Filter::generated, Filter::by_hand] {
        let (value, entries) = gradient(&single, way);
        agree("how much it surprises in single precision", &[value], &[surprise], 1e-4);
        agree("the next state in single precision", &entries, &expected, 1e-4);
    }

    // a sensor without noise that contradicts itself
    let certain = State { q: before.q, p: Matrix4::zeros() };
    let exact = Measured { drift: 0.0, noise: 0.0, ..measured };
    assert!(step(&certain, &exact, &mut Filter::stale()).is_none());
}
