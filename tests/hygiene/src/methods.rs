//! Traits of the user's whose methods have nalgebra's names.

use algebra::{DMatrix, DVector};
use differential::grad;

/// Methods that nalgebra's matrices have too.
pub trait Summary {
    /// Not the sum.
    fn sum(&self) -> &'static str;
    /// Not the norm.
    fn norm(&self) -> &'static str;
    /// Not the transpose.
    fn transpose(&self) -> &'static str;
    /// Nothing elementwise.
    fn map(&self, name: &str) -> &'static str;
    /// Not the product with the transpose.
    fn tr_mul(&self) -> &'static str;
    /// Not a copy.
    fn clone_owned(&self) -> &'static str;
    /// Not the sine.
    fn sin(&self) -> &'static str;
    /// Not the exponential.
    fn exp(&self) -> &'static str;
}

impl<T> Summary for T {
    fn sum(&self) -> &'static str {
        "sum"
    }
    fn norm(&self) -> &'static str {
        "norm"
    }
    fn transpose(&self) -> &'static str {
        "transpose"
    }
    fn map(&self, _: &str) -> &'static str {
        "map"
    }
    fn tr_mul(&self) -> &'static str {
        "tr_mul"
    }
    fn clone_owned(&self) -> &'static str {
        "clone_owned"
    }
    fn sin(&self) -> &'static str {
        "sin"
    }
    fn exp(&self) -> &'static str {
        "exp"
    }
}

/// What matrices have themselves comes before what traits give them.
#[must_use]
#[grad(w, crate = ::differential)]
pub fn loss(w: &DVector<f64>, x: &DMatrix<f64>) -> f64 {
    let h = (x * w).map(|t| t.sin() * (-t).exp());
    h.norm() + x.tr_mul(&h).sum() + (x.transpose() * h).norm_squared()
}
