//! Standardised columns.

use nalgebra::{DMatrix, DVector, RowDVector};

/// Mean and population standard deviation of every column of a matrix.
#[derive(Clone, Debug, PartialEq)]
pub struct Scaling {
    mean: RowDVector<f64>,
    deviation: RowDVector<f64>,
}

impl Scaling {
    /// Those of `x`. A constant column counts as having deviation 1.
    #[must_use]
    pub fn of(x: &DMatrix<f64>) -> Self {
        let positive = |variance: f64| if variance > 0.0 { variance.sqrt() } else { 1.0 };
        Self { mean: x.row_mean(), deviation: x.row_variance().map(positive) }
    }

    /// `x` with columns of mean 0 and deviation 1.
    ///
    /// # Panics
    /// If `x` has another number of columns.
    #[must_use]
    pub fn standardize(&self, x: &DMatrix<f64>) -> DMatrix<f64> {
        let mut z = x.clone();
        for mut row in z.row_iter_mut() {
            row -= &self.mean;
            row.component_div_assign(&self.deviation);
        }
        z
    }

    /// The coefficients on the original columns of the linear model that has `coefficients` on standardised ones; the intercept is the
    /// last of both.
    ///
    /// # Panics
    /// If there is not one coefficient for each column, and one more.
    #[must_use]
    pub fn original(&self, coefficients: &DVector<f64>) -> DVector<f64> {
        // w·(x − μ)/σ + b = (w/σ)·x + (b − (w/σ)·μ)
        let p = self.mean.len();
        let weights = coefficients.rows(0, p).component_div(&self.deviation.transpose());
        let intercept = coefficients[p] - (&self.mean * &weights).to_scalar();
        weights.push(intercept)
    }
}
