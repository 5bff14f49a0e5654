//! More functions written to be read wrongly, by another reader: attributes and scopes, constants and integers, special points, views, each at points.
#![allow(missing_docs, reason = "the companions alone are called")]
#![allow(warnings, clippy::all, clippy::pedantic, reason = "as users write them, at their worst")]

#[path = "../second_reading/check.rs"]
mod check;
mod constants;
mod later;
mod points;
mod scopes;
mod views;

use check::*;
use nalgebra::{Matrix2x3, Matrix3, RowVector3};

/// In the lower rows of a larger matrix.
fn padded(x: &Matrix2x3<f64>) -> Matrix3<f64> {
    Matrix3::from_fn(|i, j| if i > 0 { x[(i - 1, j)] } else { 7.0 })
}

/// In the middle row of a larger matrix.
fn padded_row(x: &RowVector3<f64>) -> Matrix3<f64> {
    Matrix3::from_fn(|i, j| if i == 1 { x[j] } else { 7.0 })
}
