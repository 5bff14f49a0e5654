//! Matgrad through a crate that re-exports it: its user names neither matgrad nor nalgebra.

use matgrad_facade::calculus::matrices::{DMatrix, DVector, DVectorView};
use matgrad_facade::calculus::{derivatives, gradient};

/// A least-squares loss.
#[must_use]
#[gradient(w, crate = ::matgrad_facade::calculus::derivatives)]
pub fn loss(w: DVectorView<'_, f64>, x: &DMatrix<f64>, y: &DVector<f64>) -> f64 {
    let weight: f64 = f64::from(u8::try_from(y.len()).unwrap_or(u8::MAX)).recip();
    ((x * w - y).norm_squared() + derivatives::log_sum_exp(y)) * weight
}
