//! Scalar functions under one signature, by value, so that generated code needs no trait in scope.

use nalgebra::RealField;

macro_rules! functions {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[inline]
        #[must_use]
        pub fn $name<T: RealField + Copy>(t: T) -> T {
            t.$name()
        }
    )*};
}

functions! {
    /// `eᵗ`.
    exp
    /// `eᵗ − 1`, precise near 0.
    exp_m1
    /// The natural logarithm.
    ln
    /// `ln(1 + t)`, precise near 0.
    ln_1p
    /// The logarithm to base 2.
    log2
    /// The logarithm to base 10.
    log10
    /// The square root.
    sqrt
    /// The cube root, of negative numbers too.
    cbrt
    /// `1 / t`.
    recip
    /// The sine.
    sin
    /// The cosine.
    cos
    /// The tangent.
    tan
    /// The inverse sine.
    asin
    /// The inverse cosine.
    acos
    /// The inverse tangent.
    atan
    /// The hyperbolic sine.
    sinh
    /// The hyperbolic cosine.
    cosh
    /// The hyperbolic tangent.
    tanh
    /// The inverse hyperbolic sine.
    asinh
    /// The inverse hyperbolic cosine.
    acosh
    /// The inverse hyperbolic tangent.
    atanh
    /// `|t|`.
    abs
}

/// `tⁿ`.
#[inline]
#[must_use]
pub fn powi<T: RealField + Copy>(t: T, n: i32) -> T {
    t.powi(n)
}

/// `tᵖ`.
#[inline]
#[must_use]
pub fn powf<T: RealField + Copy>(t: T, p: T) -> T {
    t.powf(p)
}

/// `√(a² + b²)`.
#[inline]
#[must_use]
pub fn hypot<T: RealField + Copy>(a: T, b: T) -> T {
    a.hypot(b)
}

/// The angle of the point `(x, y)`, from −π to π.
#[inline]
#[must_use]
pub fn atan2<T: RealField + Copy>(y: T, x: T) -> T {
    y.atan2(x)
}

/// −1, 0 or 1: the derivative of `|t|`, with 0 at the kink. NaN stays NaN.
#[inline]
#[must_use]
pub fn sign<T: RealField + Copy>(t: T) -> T {
    if t > T::zero() {
        T::one()
    } else if t < T::zero() {
        -T::one()
    } else {
        t
    }
}

/// −1 or 1, and 1 at 0: `sign` on one side of the kink. NaN stays NaN.
#[inline]
#[must_use]
pub fn side<T: RealField + Copy>(t: T) -> T {
    if t.is_zero() { T::one() } else { sign(t) }
}

/// What the limit of `above / below` adds where `below` is 0: the slope of `above` where that is 0 too, NaN where it is not.
#[inline]
#[must_use]
pub fn limit<T: RealField + Copy>(below: T, above: T, slope: T) -> T {
    if !below.is_zero() {
        T::zero()
    } else if above.is_zero() {
        slope
    } else {
        T::zero() / below // NaN
    }
}

/// The larger number, the first of two equal ones; beside a NaN, the other.
#[inline]
#[must_use]
pub fn max<T: RealField + Copy>(a: T, b: T) -> T {
    if b > a || is_nan(a) { b } else { a }
}

/// The smaller number, the first of two equal ones; beside a NaN, the other.
#[inline]
#[must_use]
pub fn min<T: RealField + Copy>(a: T, b: T) -> T {
    if b < a || is_nan(a) { b } else { a }
}

/// Whether `a` is larger, or `b` no number: `max(a, b)` is `a` and not `b`.
#[inline]
#[must_use]
pub fn exceeds<T: RealField + Copy>(a: T, b: T) -> bool {
    a > b || is_nan(b)
}

/// Whether `max(a, b)` is `a`.
#[inline]
#[must_use]
pub fn reaches<T: RealField + Copy>(a: T, b: T) -> bool {
    a >= b || is_nan(b)
}

/// Whether `a` is smaller, or `b` no number: `min(a, b)` is `a` and not `b`.
#[inline]
#[must_use]
pub fn is_below<T: RealField + Copy>(a: T, b: T) -> bool {
    a < b || is_nan(b)
}

/// Whether `min(a, b)` is `a`.
#[inline]
#[must_use]
pub fn is_within<T: RealField + Copy>(a: T, b: T) -> bool {
    a <= b || is_nan(b)
}

/// Half of `t` where two arguments of `max` or `min` are equal, which share the derivative.
#[inline]
#[must_use]
pub fn shared<T: RealField + Copy>(t: T, equal: bool) -> T {
    if equal { t * nalgebra::convert(0.5) } else { t }
}

/// `1 / t`, and 0 at 0: the factor in gradients of norms, which are 0 at 0.
#[inline]
#[must_use]
pub fn safe_recip<T: RealField + Copy>(t: T) -> T {
    if t.is_zero() { T::zero() } else { t.recip() }
}

/// A literal, in the scalar type of the function at hand; the compiler folds the conversion.
#[inline]
#[must_use]
pub fn lit<T: RealField + Copy>(t: f64) -> T {
    nalgebra::convert(t)
}

/// The exponent of `powi`, as a number. Converts directly, as sizes do.
#[inline]
#[must_use]
pub fn exponent<T: RealField + Copy>(n: i32) -> T {
    T::from_i32(n).unwrap_or_else(|| nalgebra::convert(f64::from(n)))
}

/// `from + k`, as an integer of the type that is needed.
#[inline]
#[must_use]
pub fn integer<I: TryFrom<usize> + core::ops::Add<Output = I> + Default>(from: I, k: usize) -> I {
    from + I::try_from(k).unwrap_or_default()
}

/// A size, as a number. Converts directly: an `f32` function does no `f64` arithmetic here.
#[inline]
#[must_use]
pub fn count<T: RealField + Copy>(n: usize) -> T {
    #[expect(clippy::cast_precision_loss, reason = "sizes are below 2⁵³")]
    T::from_usize(n).unwrap_or_else(|| nalgebra::convert(n as f64))
}

/// Whether `t` is not a number: the only value that does not equal itself.
#[inline]
#[expect(clippy::eq_op, reason = "`RealField` has no `is_nan`")]
pub(crate) fn is_nan<T: RealField + Copy>(t: T) -> bool {
    t != t
}
