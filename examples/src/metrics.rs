//! How good a fit is.

use nalgebra::DVector;

/// `R² = 1 − ‖y − ŷ‖² / ‖y − ȳ‖²`, the share of the variance of `y` that the prediction `ŷ` explains.
///
/// # Panics
/// If the lengths differ.
#[must_use]
pub fn r_squared(y: &DVector<f64>, prediction: &DVector<f64>) -> f64 {
    let residual = (y - prediction).norm_squared();
    let total = y.add_scalar(-y.mean()).norm_squared();
    1.0 - residual / total
}
