//! A recurrent network with a gate, as an LSTM has them: ten steps of three measurements, four memory cells.

use matgrad::grad;
use nalgebra::{RealField, SMatrix, SVector, convert};

/// `‖h₁₀ − y‖²`, with `f = σ(wf hₖ + uf xₖ)`, `g = tanh(wg hₖ + ug xₖ)`, `cₖ₊₁ = f ∘ cₖ + (1 − f) ∘ g`, `hₖ₊₁ = tanh(cₖ₊₁)`.
#[grad(wf, wg, uf, ug)]
pub fn gated<T: RealField + Copy>(
    wf: &SMatrix<T, 4, 4>,
    wg: &SMatrix<T, 4, 4>,
    uf: &SMatrix<T, 4, 3>,
    ug: &SMatrix<T, 4, 3>,
    x: &SMatrix<T, 3, 10>,
    y: &SVector<T, 4>,
) -> T {
    let mut h = SVector::<T, 4>::zeros();
    let mut c = SVector::<T, 4>::zeros();
    for k in 0..10 {
        let f = (wf * h + uf * x.column(k)).map(|z| matgrad::sigmoid(z));
        let g = (wg * h + ug * x.column(k)).map(|z| z.tanh());
        c = f.component_mul(&c) + f.map(|f| T::one() - f).component_mul(&g);
        h = c.map(|c| c.tanh());
    }
    (h - y).norm_squared()
}

/// Value and gradients of [`gated`] by hand, backwards through the steps.
#[expect(clippy::too_many_arguments, reason = "four matrices, their gradients, and the data")]
#[expect(clippy::needless_range_loop, reason = "the compiler knows the bounds of this loop, and checks no index")]
pub fn by_hand<T: RealField + Copy>(
    wf: &SMatrix<T, 4, 4>,
    wg: &SMatrix<T, 4, 4>,
    uf: &SMatrix<T, 4, 3>,
    ug: &SMatrix<T, 4, 3>,
    x: &SMatrix<T, 3, 10>,
    y: &SVector<T, 4>,
    by_wf: &mut SMatrix<T, 4, 4>,
    by_wg: &mut SMatrix<T, 4, 4>,
    by_uf: &mut SMatrix<T, 4, 3>,
    by_ug: &mut SMatrix<T, 4, 3>,
) -> T {
    let (zero, one, two): (T, T, T) = (T::zero(), T::one(), convert(2.0));
    let nothing = SVector::<T, 4>::zeros();
    let (mut h, mut c) = (nothing, nothing);
    // h and c before a step, and the gate and the candidate in it
    let mut steps = [(nothing, nothing, nothing, nothing); 10];
    for k in 0..10 {
        let f = (wf * h + uf * x.column(k)).map(matgrad::sigmoid);
        let g = (wg * h + ug * x.column(k)).map(|z| z.tanh());
        steps[k] = (h, c, f, g);
        c = f.zip_zip_map(&c, &g, |f, c, g| f * c + (one - f) * g);
        h = c.map(|c| c.tanh());
    }
    let mut after = h;
    let residual = h - y;
    let (mut by_h, mut by_c) = (residual * two, nothing);
    by_wf.fill(zero);
    by_wg.fill(zero);
    by_uf.fill(zero);
    by_ug.fill(zero);
    for k in (0..10).rev() {
        let ((h, c, f, g), x) = (&steps[k], x.column(k));
        by_c += by_h.zip_map(&after, |by_h, h| by_h * (one - h * h));
        let by_f = by_c.component_mul(&(c - g)).zip_map(f, |by_f, f| by_f * f * (one - f));
        let by_g = by_c.zip_zip_map(f, g, |by_c, f, g| by_c * (one - f) * (one - g * g));
        by_wf.ger(one, &by_f, h, one);
        by_wg.ger(one, &by_g, h, one);
        by_uf.ger(one, &by_f, &x, one);
        by_ug.ger(one, &by_g, &x, one);
        by_h = wf.tr_mul(&by_f) + wg.tr_mul(&by_g);
        by_c.component_mul_assign(f);
        after = *h;
    }
    residual.norm_squared()
}
