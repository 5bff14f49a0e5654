//! `sigmoid`, `softplus`, `relu`: definitions, identities, extremes.
#![allow(clippy::float_cmp, reason = "these results are exact")]

mod common;

use common::close_scalar;
use matgrad::{relu, sigmoid, softplus};
use nalgebra::{RealField, convert};

fn definitions<T: RealField + Copy>(tolerance: f64) {
    for t in [-17.0_f64, -3.0, -0.5, 0.0, 1e-3, 2.0, 11.0] {
        let x: T = convert(t);
        close_scalar(sigmoid(x), convert(1.0 / (1.0 + (-t).exp())), tolerance, "sigmoid");
        close_scalar(sigmoid(x) + sigmoid(-x), T::one(), tolerance, "σ(t) + σ(−t)");
        close_scalar(softplus(x), convert((1.0 + t.exp()).ln()), tolerance, "softplus");
        close_scalar(softplus(x) - softplus(-x), x, tolerance, "softplus(t) − softplus(−t)");
        close_scalar(relu(x), convert(t.max(0.0)), 0.0, "relu");
    }
}

#[test]
fn they_are_what_they_are_called() {
    definitions::<f64>(1e-14);
    definitions::<f32>(1e-6);
}

#[test]
fn derivatives_match_differences() {
    for t in [-4.0_f64, -0.3, 0.7, 5.0] {
        let h = 1e-5;
        let slope = |f: fn(f64) -> f64| (f(t + h) - f(t - h)) / (2.0 * h);
        close_scalar(slope(softplus), sigmoid(t), 1e-9, "softplus′ = σ");
        close_scalar(slope(sigmoid), sigmoid(t) * (1.0 - sigmoid(t)), 1e-9, "σ′ = σ(1 − σ)");
    }
}

#[test]
fn extremes_neither_overflow_nor_lose_digits() {
    assert_eq!(sigmoid(1e4_f64), 1.0);
    assert_eq!(sigmoid(-1e4_f64), 0.0);
    assert_eq!(sigmoid(-80.0_f32), (-80.0_f32).exp());
    assert_eq!(softplus(1e4_f32), 1e4);
    assert_eq!(softplus(-700.0_f64), (-700.0_f64).exp());
    assert_eq!(softplus(f64::INFINITY), f64::INFINITY);
    assert_eq!(softplus(f64::NEG_INFINITY), 0.0);
    assert!(sigmoid(f64::NAN).is_nan() && softplus(f64::NAN).is_nan() && relu(f64::NAN).is_nan());
}
