//! Functions of constants are constants, and numbers beside what is differentiated.

use matgrad::grad;
use nalgebra::{DVector, RealField};

const RATE: f64 = 0.3;
const FLOOR: f64 = 1.5;
const LEN: usize = 2;

struct Model;
impl Model {
    const SCALE: f64 = 2.0;
    const POWER: i32 = 3;

    #[grad(x)]
    fn scaled(x: f64) -> f64 {
        let t = Self::SCALE.recip();
        let u: f64 = Self::SCALE.sqrt().exp();
        t * x * u + x.powi(Self::POWER) * Self::SCALE.tanh().exp() + (x * 0.5 + Self::SCALE.ln()).sin()
    }
}

#[grad(x)]
fn with_arguments(x: f64, k: i32) -> f64 {
    let limit = 0.7;
    RATE.hypot(x)
        + FLOOR.powf(x)
        + x * RATE.powi(2)
        + x * RATE.atan2(FLOOR)
        + x * FLOOR.powi(k)
        + x * RATE.powf(limit)
        + FLOOR.max(x)
        + FLOOR.min(x * x)
}

#[grad(x)]
fn in_closures(x: &DVector<f64>) -> f64 {
    x.map(|t| t * RATE.cos() + FLOOR.max(t) + (-RATE).exp() * t + RATE.exp() * t * 0.0 + RATE.max(0.1) * t).sum()
}

#[grad(x)]
fn integers(x: &DVector<f64>) -> f64 {
    let n = LEN.min(x.len());
    x.rows(0, n).norm_squared() / LEN.pow(2) as f64 + x.rows(0, LEN.max(1)).sum() * u8::MAX.min(4) as f64
}

#[grad(x)]
fn rounded(x: f64) -> f64 {
    x * f64::from(std::f32::consts::LN_10.sqrt()) + x * (std::f32::consts::PI.sqrt() as f64)
}

#[grad(x)]
fn generic<T: RealField + Copy>(x: T) -> T {
    x * x * nalgebra::convert::<f64, T>(RATE.sqrt())
}

#[track_caller]
fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-12 * expected.abs().max(1.0), "{found}, and {expected}");
}

#[test]
fn functions_of_constants() {
    let x = 0.4_f64;
    let (t, u, v) = (0.5, 2.0_f64.sqrt().exp(), 2.0_f64.tanh().exp());
    let (value, gradient) = Model::scaled_value_and_grad(x);
    near(value, Model::scaled(x));
    near(gradient, t * u + 3.0 * x * x * v + 0.5 * (0.5 * x + 2.0_f64.ln()).cos());
}

#[test]
fn functions_of_constants_and_of_what_is_differentiated() {
    for x in [0.4_f64, 2.5] {
        let (value, gradient) = with_arguments_value_and_grad(x, 2);
        near(value, with_arguments(x, 2));
        let choices = if x < 1.0 { 2.0 * x } else { 1.0 };
        let rest = 0.09 + (0.3_f64 / 1.5).atan() + 2.25 + (0.7 * 0.3_f64.ln()).exp() + choices;
        near(gradient, x / (0.09 + x * x).sqrt() + (x * 1.5_f64.ln()).exp() * 1.5_f64.ln() + rest);
    }
    let x = DVector::from_vec(vec![1.0, 2.0]);
    let (value, gradient) = in_closures_value_and_grad(&x);
    near(value, in_closures(&x));
    let each = 0.3_f64.cos() + 1.0 / 0.3_f64.exp() + 0.3;
    near(gradient[0], each);
    near(gradient[1], each + 1.0);
}

#[test]
fn functions_of_integers_and_of_other_precision() {
    let x = DVector::from_vec(vec![1.0, 2.0, 3.0]);
    let (value, gradient) = integers_value_and_grad(&x);
    near(value, integers(&x));
    near(gradient[0], 4.5);
    near(gradient[1], 5.0);
    near(gradient[2], 0.0);
    let expected = f64::from(std::f32::consts::LN_10.sqrt()) + f64::from(std::f32::consts::PI.sqrt());
    near(rounded_grad(1.0), expected);
    near(generic_grad(2.0), 4.0 * 0.3_f64.sqrt());
    assert!((generic_grad(2.0_f32) - 4.0 * 0.3_f32.sqrt()).abs() < 1e-6);
}
