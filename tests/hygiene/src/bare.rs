//! A module without the prelude.
#![no_implicit_prelude]

use ::algebra::{DMatrix, DVector, Vector3};
use ::differential::grad;

/// Products, a solution, an elementwise function.
///
/// # Panics
/// If `xᵀ x` is singular.
#[must_use]
#[grad(w, x, crate = ::differential)]
pub fn loss(w: &DVector<f64>, x: &DMatrix<f64>) -> f64 {
    let c = x.tr_mul(x).lu().solve(w).unwrap();
    c.map(f64::tanh).norm() + (x * w).max()
}

/// By value, and an `Option`.
#[must_use]
#[grad(crate = ::differential)]
pub fn fixed(x: Vector3<f64>, t: f64) -> ::core::option::Option<f64> {
    let m = (x * x.transpose()) * t + ::algebra::Matrix3::identity();
    let inverse = m.try_inverse()?;
    ::core::option::Option::Some(inverse.trace() * t)
}
