//! Softmax and its logarithm over all entries of a vector, shifted by the largest entry so that nothing overflows.

use nalgebra::allocator::Allocator;
use nalgebra::storage::Storage;
use nalgebra::{DefaultAllocator, Dim, Matrix, OMatrix, RealField};

use crate::__private::is_nan;

/// `softmax(x)ᵢ = exp(xᵢ) / Σⱼ exp(xⱼ)`.
///
/// The result has the shape of `x`, is positive and sums to 1. The sum runs over all entries, also if `x` is a row vector or a
/// matrix; see [`softmax_rows`](crate::softmax_rows) for one distribution a row. No entry overflows. Costs one exponential an entry.
///
/// Entries of −∞ get probability 0; if all are −∞, all do, and nothing sums to 1: what is masked out altogether has no part in a result, nor in its
/// gradient. If one is +∞ or NaN, the result holds NaN. An empty vector gives an empty one.
///
/// ```
/// # use nalgebra::vector;
/// assert_eq!(matgrad::softmax(&vector![1000.0, 1000.0]), vector![0.5, 0.5]);
/// ```
#[must_use]
pub fn softmax<T, R, C, S>(x: &Matrix<T, R, C, S>) -> OMatrix<T, R, C>
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
    DefaultAllocator: Allocator<R, C>,
{
    let mut p = x.clone_owned();
    if let Some((_, largest)) = largest(x) {
        if largest == T::zero().ln() {
            p.fill(T::zero());
            return p;
        }
        // exp(xᵢ) / Σⱼ exp(xⱼ) = exp(xᵢ − m) / Σⱼ exp(xⱼ − m), m = max x
        p.apply(|t| *t = (*t - largest).exp());
        let total = p.sum();
        p.apply(|t| *t /= total);
    }
    p
}

/// `log_softmax(x)ᵢ = xᵢ − ln Σⱼ exp(xⱼ)`, the logarithm of [`softmax`].
///
/// The result has the shape of `x`. It stays finite where the probability itself would underflow to 0. The sum runs over all entries.
/// Costs one exponential an entry.
///
/// ```
/// # use nalgebra::vector;
/// assert_eq!(matgrad::log_softmax(&vector![0.0, -1000.0])[1], -1000.0);
/// ```
#[must_use]
pub fn log_softmax<T, R, C, S>(x: &Matrix<T, R, C, S>) -> OMatrix<T, R, C>
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
    DefaultAllocator: Allocator<R, C>,
{
    let mut p = x.clone_owned();
    let (largest, rest) = shifted(x);
    p.apply(|t| *t = (*t - largest) - rest);
    p
}

/// `log_sum_exp(x) = ln Σⱼ exp(xⱼ)`, the smooth maximum.
///
/// Its gradient is [`softmax`]. The sum runs over all entries, in any shape. No entry overflows, and small terms beside the largest
/// are not lost: `log_sum_exp([0, t]) = softplus(t)` to full precision. −∞ for an empty `x`. Costs one exponential an entry.
///
/// ```
/// # use nalgebra::vector;
/// assert_eq!(matgrad::log_sum_exp(&vector![1000.0, -1000.0]), 1000.0);
/// ```
#[must_use]
pub fn log_sum_exp<T, R, C, S>(x: &Matrix<T, R, C, S>) -> T
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
{
    let (largest, rest) = shifted(x);
    largest + rest
}

/// `log_sum_exp(x)` and `softmax(x)`, with one exponential an entry for both. For generated code.
#[doc(hidden)]
#[must_use]
pub fn log_sum_exp_and_softmax<T, R, C, S>(x: &Matrix<T, R, C, S>) -> (T, OMatrix<T, R, C>)
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
    DefaultAllocator: Allocator<R, C>,
{
    let mut p = x.clone_owned();
    let Some((at, largest)) = largest(x) else { return (T::zero().ln(), p) };
    // of nothing but −∞ all powers are 0
    let shift = if largest.is_finite() { largest } else { T::zero() };
    let mut others = T::zero();
    for (k, t) in p.iter_mut().enumerate() {
        *t = (*t - shift).exp();
        if k != at {
            others += *t;
        }
    }
    let total = T::one() + others;
    p.apply(|t| *t /= total);
    (largest + others.ln_1p(), p)
}

/// The first largest entry, and where it is in column-major order. Numbers win against NaN.
fn largest<T, R, C, S>(x: &Matrix<T, R, C, S>) -> Option<(usize, T)>
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
{
    let mut entries = x.iter().copied().enumerate();
    let first = entries.next()?;
    Some(entries.fold(first, |best, t| if t.1 > best.1 || is_nan(best.1) { t } else { best }))
}

/// `m = max x` and `ln Σⱼ exp(xⱼ − m)`, whose sum is `log_sum_exp(x)`.
fn shifted<T, R, C, S>(x: &Matrix<T, R, C, S>) -> (T, T)
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
{
    let Some((at, largest)) = largest(x) else { return (T::zero().ln(), T::zero()) };
    let shift = if largest.is_finite() { largest } else { T::zero() };
    // Σⱼ exp(xⱼ − m) = 1 + Σ of the others, and ln(1 + s) keeps an s that 1 + s would lose.
    let mut others = T::zero();
    for (k, &t) in x.iter().enumerate() {
        if k != at {
            others += (t - shift).exp();
        }
    }
    (largest, others.ln_1p())
}
