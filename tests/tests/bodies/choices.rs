//! Conditions in closures: comparisons, flags and integers, put together.
#![allow(clippy::neg_cmp_op_on_partial_ord, clippy::nonminimal_bool, reason = "NaN on either side, as users write it")]
#![allow(clippy::cast_possible_truncation, reason = "numbers that are exact in f32")]

use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn by_flag(x: &DVector<f64>, flag: bool) -> f64 {
    x.map(|t| if flag { t * t } else { t.sin() }).sum()
}

#[grad(x)]
fn by_integers(x: &DVector<f64>, n: usize, m: usize) -> f64 {
    x.map(|t| if n > 3 && m != n { t * t } else { t.sin() }).sum()
}

#[grad(x)]
fn by_all(x: &DVector<f64>, flag: bool, n: i32) -> f64 {
    x.map(|t| if (flag && t > 0.0) || !(t < 1.0 || n == 2) || t < -1.0 { t * t } else { t.sin() }).sum()
}

#[grad(x)]
fn by_negation(x: &DVector<f64>) -> f64 {
    x.map(|t| if !(t >= 0.5) { t.exp() } else { t * t * t }).sum()
}

#[grad(x)]
fn in_a_chain(x: &DVector<f32>, flag: bool) -> f32 {
    x.map(|t| {
        if t > 1.0 && flag {
            t
        } else if t < 0.0 || !flag {
            2.0 * t
        } else {
            t * t
        }
    })
    .sum()
}

const POINTS: [f64; 8] = [-2.0, -1.0, -0.5, 0.0, 0.25, 0.5, 1.0, 3.0];

/// What the closure chooses, and its slope, written as Rust chooses.
fn check(what: &str, found: (f64, DVector<f64>), at: &DVector<f64>, value: f64, slope: impl Fn(f64) -> f64) {
    assert!((found.0 - value).abs() < 1e-12 * value.abs().max(1.0), "{what}: {} is not {value}", found.0);
    for (t, g) in at.iter().zip(&found.1) {
        assert!((g - slope(*t)).abs() < 1e-12 || (g.is_nan() && t.is_nan()), "{what} at {t}: {g} is not {}", slope(*t));
    }
}

#[test]
fn conditions_choose_as_the_function_does() {
    let x = DVector::from_column_slice(&POINTS);
    for flag in [false, true] {
        check("flag", by_flag_value_and_grad(&x, flag), &x, by_flag(&x, flag), |t| if flag { 2.0 * t } else { t.cos() });
        for n in [1, 2, 4] {
            let slope = |t: f64| {
                let chosen = (flag && t > 0.0) || !(t < 1.0 || n == 2) || t < -1.0;
                if chosen { 2.0 * t } else { t.cos() }
            };
            check("all", by_all_value_and_grad(&x, flag, n), &x, by_all(&x, flag, n), slope);
        }
        let single = x.map(|t| t as f32);
        let (value, gradient) = in_a_chain_value_and_grad(&single, flag);
        let slope = |t: f64| match () {
            () if t > 1.0 && flag => 1.0,
            () if t < 0.0 || !flag => 2.0,
            () => 2.0 * t,
        };
        let value = f64::from(value);
        check("chain", (value, gradient.map(f64::from)), &x, f64::from(in_a_chain(&single, flag)), slope);
    }
    for (n, m) in [(3, 1), (4, 4), (5, 4)] {
        let slope = |t: f64| if n > 3 && m != n { 2.0 * t } else { t.cos() };
        check("integers", by_integers_value_and_grad(&x, n, m), &x, by_integers(&x, n, m), slope);
    }
    let slope = |t: f64| if t >= 0.5 { 3.0 * t * t } else { t.exp() };
    check("negation", by_negation_value_and_grad(&x), &x, by_negation(&x), slope);
}

#[test]
fn a_nan_is_on_the_side_where_rust_has_it() {
    let x = DVector::from_element(1, f64::NAN);
    assert!(by_negation(&x).is_nan() && by_negation_value_and_grad(&x).0.is_nan());
    // no comparison holds: `t` is not below 1
    assert!(by_all_value_and_grad(&x, false, 1).0.is_nan());
}
