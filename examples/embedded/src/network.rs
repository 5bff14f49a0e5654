//! A classifier that learns on the device: 8 inputs, 16 hidden units, 4 classes, 212 parameters.

use matgrad::grad;
use nalgebra::{RealField, SMatrix, SVector};

/// Cross-entropy of the network's scores against the distribution `y`, for one input `x`.
#[grad(w, b, v, c)]
pub fn network<T: RealField + Copy>(
    w: &SMatrix<T, 16, 8>,
    b: &SVector<T, 16>,
    v: &SMatrix<T, 4, 16>,
    c: &SVector<T, 4>,
    x: &SVector<T, 8>,
    y: &SVector<T, 4>,
) -> T {
    let hidden = (w * x + b).map(|t| t.tanh());
    let scores = v * hidden + c;
    matgrad::log_sum_exp(&scores) - y.dot(&scores)
}

/// Value and gradients of [`network`] by hand: `δ = softmax(scores) − y` by `c`, `δ hᵀ` by `v`, `ε = vᵀ δ ∘ (1 − h²)` by `b`, `ε xᵀ` by
/// `w`.
///
/// `y` sums to 1.
#[expect(clippy::too_many_arguments, reason = "four parameters, four gradients")]
pub fn by_hand<T: RealField + Copy>(
    w: &SMatrix<T, 16, 8>,
    b: &SVector<T, 16>,
    v: &SMatrix<T, 4, 16>,
    c: &SVector<T, 4>,
    x: &SVector<T, 8>,
    y: &SVector<T, 4>,
    by_w: &mut SMatrix<T, 16, 8>,
    by_b: &mut SVector<T, 16>,
    by_v: &mut SMatrix<T, 4, 16>,
    by_c: &mut SVector<T, 4>,
) -> T {
    let mut hidden = *b;
    hidden.gemv(T::one(), w, x, T::one());
    hidden.apply(|t| *t = t.tanh());
    let mut scores = *c;
    scores.gemv(T::one(), v, &hidden, T::one());
    let (at, largest) = scores.argmax();
    let powers = scores.map(|s| (s - largest).exp());
    // the largest power is 1; beside it small ones would be lost, and so `ln(1 + others)`
    let others = powers.iter().enumerate().fold(T::zero(), |sum, (k, p)| if k == at { sum } else { sum + *p });
    *by_c = powers / (T::one() + others) - y;
    by_v.ger(T::one(), by_c, &hidden, T::zero());
    by_b.gemv_tr(T::one(), v, by_c, T::zero());
    by_b.zip_apply(&hidden, |e, h| *e *= T::one() - h * h);
    by_w.ger(T::one(), by_b, x, T::zero());
    largest + others.ln_1p() - y.dot(&scores)
}
