//! Matgrad and nalgebra under other names in `Cargo.toml`.

use algebra::{DMatrix, DVector, SMatrix, SVector};
use differential::{grad as derive, sigmoid};

/// The logistic loss.
#[must_use]
#[derive(w, crate = ::differential)]
pub fn logistic(w: &DVector<f64>, x: &DMatrix<f64>, y: &DVector<f64>) -> f64 {
    let margins = y.component_mul(&(x * w));
    margins.map(|m| (-m).exp().ln_1p()).sum() + differential::log_sum_exp(w)
}

/// A Gaussian's logarithm, up to a constant.
#[must_use]
#[differential::grad(m, s, spd(s), crate = differential)]
pub fn gaussian<T: algebra::RealField + Copy, const N: usize>(
    m: &SVector<T, N>,
    s: &SMatrix<T, N, N>,
    y: &SVector<T, N>,
) -> Option<T> {
    let residual = y - m;
    let factor = s.clone_owned().cholesky()?;
    Some(factor.ln_determinant() + residual.dot(&factor.solve(&residual)))
}

/// A weight, for the test of a function that the body knows by another path.
#[must_use]
pub fn weight(t: f64) -> f64 {
    sigmoid(t)
}
