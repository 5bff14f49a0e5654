//! Attributes inside of bodies: inactive code under them is carried over as it is, harmless ones change nothing.

use std::cell::Cell;

use matgrad::grad;
use matgrad_tests::{check, vector};
use nalgebra::DVector;

#[grad(x)]
fn chosen_by_cfg(x: &DVector<f64>) -> f64 {
    #[cfg(debug_assertions)]
    let k = 2.0;
    #[cfg(not(debug_assertions))]
    let k = 3.0;
    let k: f64 = k;
    x.norm_squared() * k
}

#[grad(x)]
fn chosen_by_value(x: &DVector<f64>) -> f64 {
    let k: f64 = if cfg!(debug_assertions) { 2.0 } else { 3.0 };
    let n: usize = if cfg!(debug_assertions) { 1 } else { 2 };
    x.norm_squared() * k + x[n]
}

#[test]
fn values_chosen_by_a_condition() {
    let x = vector(3);
    check(&x, chosen_by_cfg, chosen_by_cfg_grad(&x), chosen_by_cfg_value_and_grad(&x));
    check(&x, chosen_by_value, chosen_by_value_grad(&x), chosen_by_value_value_and_grad(&x));
}

#[grad(x)]
fn absent_shadow(x: &DVector<f64>, k: f64) -> f64 {
    let a = x.sum() * k;
    #[cfg(any())]
    let k = 1000.0;
    let k: f64 = k + 1.0;
    a * k
}

#[grad(x)]
fn present_shadow(x: &DVector<f64>, k: f64) -> f64 {
    let a = x.sum() * k;
    #[cfg(not(any()))]
    let k = 10.0;
    let k: f64 = k + 1.0;
    a * k
}

#[test]
fn a_parameter_shadowed_under_a_condition() {
    let x = vector(3);
    check(&x, |x| absent_shadow(x, 0.7), absent_shadow_grad(&x, 0.7), absent_shadow_value_and_grad(&x, 0.7));
    check(&x, |x| present_shadow(x, 0.7), present_shadow_grad(&x, 0.7), present_shadow_value_and_grad(&x, 0.7));
}

#[grad(x)]
fn effects(x: &DVector<f64>, count: &Cell<usize>) -> f64 {
    #[cfg(not(any()))]
    let started = count.get();
    #[cfg(any())]
    count.set(1000);
    #[cfg(not(any()))]
    count.set(started + 1);
    let y = {
        #[cfg(not(any()))]
        {
            count.set(count.get() + 10);
        }
        x * 2.0
    };
    #[cfg(any())]
    assert!(x.is_empty());
    let mut k = 2.0;
    #[cfg(not(any()))]
    {
        k *= 4.0;
    }
    #[cfg(any())]
    {
        k *= 100.0;
    }
    y.norm_squared() * k
}

#[test]
fn effects_under_a_condition() {
    let (x, count) = (vector(3), Cell::new(0));
    let gradient = effects_grad(&x, &count);
    assert_eq!(count.get(), 11);
    let both = effects_value_and_grad(&x, &count);
    assert_eq!(count.get(), 22);
    check(&x, |x| effects(x, &Cell::new(0)), gradient, both);
}

#[grad(x)]
fn items(x: &DVector<f64>) -> f64 {
    #[cfg(not(any()))]
    const RATE: f64 = 3.0;
    #[cfg(any())]
    const RATE: f64 = 5.0;
    #[cfg(any())]
    fn scale() -> f64 {
        7.0
    }
    #[cfg(not(any()))]
    fn scale() -> f64 {
        11.0
    }
    let scale: f64 = scale();
    x.norm_squared() * RATE + x.sum() * scale
}

#[test]
fn items_under_a_condition() {
    let x = vector(3);
    check(&x, items, items_grad(&x), items_value_and_grad(&x));
}

struct Setting {
    rate: f64,
}

/// Conditions deep in inactive code.
#[grad(x)]
fn inside_inactive_code(x: &DVector<f64>, n: usize) -> f64 {
    let from_match: f64 = match n {
        #[cfg(any())]
        2 => 100.0,
        2 => 3.0,
        _ => 5.0,
    };
    let setting = Setting {
        #[cfg(any())]
        rate: 100.0,
        #[cfg(not(any()))]
        rate: 7.0,
    };
    let list = [
        1.0,
        #[cfg(any())]
        100.0,
        2.0,
    ];
    let last: f64 = list[list.len() - 1];
    let rate: f64 = setting.rate;
    let weigh = |#[cfg(not(any()))] a: f64, #[cfg(any())] b: f64| {
        #[cfg(any())]
        return 100.0;
        a * 2.0
    };
    let weight: f64 = weigh(4.0);
    x.norm_squared() * from_match * rate + x.sum() * last + x[0] * weight
}

#[test]
fn conditions_in_inactive_code() {
    let x = vector(3);
    check(&x, |x| inside_inactive_code(x, 2), inside_inactive_code_grad(&x, 2), inside_inactive_code_value_and_grad(&x, 2));
}

#[rustfmt::skip]
#[grad(x)]
fn harmless(#[allow(unused_mut)] mut x: DVector<f64>, #[allow(unused)] unused: usize) -> f64 {
    #![allow(unused_variables)]
    #[allow(unused_mut)]
    let mut y = &x * 2.0;
    #[rustfmt::skip]
    let k =   3.0;
    #[cfg_attr(not(any()), allow(clippy::let_and_return))]
    let z = {
        #[allow(clippy::let_and_return)]
        let w = y.map(|#[allow(unused)] t| t * k);
        w
    };
    #[inline(always)]
    fn two() -> f64 { 2.0 }
    let two: f64 = two();
    z.norm_squared() * two
}

#[test]
fn harmless_attributes() {
    let x: DVector<f64> = vector(3);
    check(&x, |x| harmless(x.clone(), 0), harmless_grad(x.clone(), 0), harmless_value_and_grad(x.clone(), 0));
}

#[cfg_attr(not(any()), cfg(any()))]
#[grad(x)]
fn not_there(x: f64) -> f64 {
    x * 2.0
}

#[grad(x)]
#[cfg_attr(not(any()), cfg(any()))]
fn not_there(x: f64) -> f64 {
    x * 3.0
}

#[grad(x)]
#[cfg_attr(not(any()), cfg(not(any())), inline)]
fn not_there(x: f64) -> f64 {
    x * x
}

#[test]
fn conditions_on_functions() {
    check(&0.7, |x| not_there(*x), not_there_grad(0.7), not_there_value_and_grad(0.7));
}
