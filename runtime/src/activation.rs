//! Scalar functions of machine learning, in forms that neither overflow nor cancel.

use nalgebra::RealField;

/// The logistic function `σ(t) = 1 / (1 + e⁻ᵗ)`.
///
/// Increases from 0 to 1; `σ(0) = 1/2`, `σ(−t) = 1 − σ(t)`, `σ′ = σ (1 − σ)`. No argument overflows. Costs one exponential.
///
/// ```
/// assert_eq!(matgrad::sigmoid(0.0), 0.5);
/// assert_eq!(matgrad::sigmoid(-1000.0), 0.0);
/// ```
#[inline]
#[must_use]
pub fn sigmoid<T: RealField + Copy>(t: T) -> T {
    // The exponent is never positive: e⁻ᵗ for t ≥ 0, and the same fraction multiplied by eᵗ/eᵗ for t < 0.
    let e = (-t.abs()).exp();
    if t < T::zero() { e / (T::one() + e) } else { T::one() / (T::one() + e) }
}

/// The smooth ramp `softplus(t) = ln(1 + eᵗ)`.
///
/// Its derivative is [`sigmoid`]. Close to `t` for large `t` and to `eᵗ` for very negative `t`, without overflow and to full relative
/// precision. Costs one exponential and one logarithm.
///
/// ```
/// assert_eq!(matgrad::softplus(1000.0), 1000.0);
/// assert!(matgrad::softplus(-40.0) > 0.0);
/// ```
#[inline]
#[must_use]
pub fn softplus<T: RealField + Copy>(t: T) -> T {
    // ln(1 + eᵗ) = max(t, 0) + ln(1 + e^−|t|)
    relu(t) + (-t.abs()).exp().ln_1p()
}

/// The ramp `relu(t) = max(t, 0)`.
///
/// Kink: at 0 the derivative is taken to be ½, the mean of both sides, as that of `t.max(0.0)`: `relu(t) − relu(−t)` is `t`, and has the
/// derivative 1 there too. NaN stays NaN.
///
/// ```
/// assert_eq!(matgrad::relu(-2.0), 0.0);
/// assert_eq!(matgrad::relu(3.0), 3.0);
/// ```
#[inline]
#[must_use]
pub fn relu<T: RealField + Copy>(t: T) -> T {
    if t <= T::zero() { T::zero() } else { t }
}

/// `x` itself, taken not to depend on anything where a gradient is derived: gradients stop there.
///
/// Of a number, a vector or a matrix, by value or by reference. For targets that are computed from the parameters and are not to be
/// differentiated, as those of a bootstrapped value function.
///
/// ```
/// assert_eq!(matgrad::constant(2.5), 2.5);
/// ```
#[inline]
#[must_use]
pub fn constant<T>(x: T) -> T {
    x
}
