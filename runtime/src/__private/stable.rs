//! Functions that are written in parts, and whose parts overflow, vanish or cancel where the whole does not.

use nalgebra::storage::Storage;
use nalgebra::{Dim, Matrix, RealField};

use crate::sigmoid;

/// `ln(eᵃ + eᵇ)`.
#[inline]
#[must_use]
pub fn log_add_exp<T: RealField + Copy>(a: T, b: T) -> T {
    // of two equal infinities the difference is no number
    if a == b {
        return a + T::ln_2();
    }
    let (larger, smaller) = if a > b { (a, b) } else { (b, a) };
    larger + (smaller - larger).exp().ln_1p()
}

/// `eᵃ / (eᵃ + eᵇ)`, by which `a` moves `ln(eᵃ + eᵇ)`; 0 where both are −∞, and nothing moves it.
#[inline]
#[must_use]
pub fn share<T: RealField + Copy>(a: T, b: T) -> T {
    if a == b {
        return if a == T::zero().ln() { T::zero() } else { nalgebra::convert(0.5) };
    }
    sigmoid(a - b)
}

/// `ln(cosh(t))`: `t²/2` for small `t`, `|t| − ln 2` for large ones.
#[inline]
#[must_use]
pub fn ln_cosh<T: RealField + Copy>(t: T) -> T {
    let size = t.abs();
    if size < T::one() {
        // cosh(t) − 1 = 2 sinh(t/2)², without cancellation
        let half = (size * nalgebra::convert(0.5)).sinh();
        return (half * half * nalgebra::convert(2.0)).ln_1p();
    }
    size + ((-(size + size)).exp().ln_1p() - T::ln_2())
}

/// `a / (a² + b²)`, 0 at a = b = 0: the slopes of `atan2`. No square is taken.
#[inline]
#[must_use]
pub fn turn<T: RealField + Copy>(a: T, b: T) -> T {
    if a.is_zero() {
        T::zero()
    } else if a.abs() >= b.abs() {
        (a + b * (b / a)).recip()
    } else {
        let t = a / b;
        t / (b + a * t)
    }
}

/// `ln ∏ mᵢⱼ`, by the logarithms of the entries; no number where the product is negative.
#[must_use]
pub fn ln_product<T, R, C, S>(m: &Matrix<T, R, C, S>) -> T
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
{
    let (mut sum, mut positive) = (T::zero(), true);
    for t in m.iter() {
        sum += t.abs().ln();
        positive ^= *t < T::zero();
    }
    of_sign(sum, positive)
}

/// The logarithm of a number, from that of its size and its sign.
#[inline]
pub(super) fn of_sign<T: RealField + Copy>(ln: T, positive: bool) -> T {
    if positive || ln == T::zero().ln() { ln } else { (-T::one()).ln() }
}
