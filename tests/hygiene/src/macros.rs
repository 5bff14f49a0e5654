//! Macros of the user's under the names of others.
#![allow(unused_macros, reason = "of what shadows, not of what is generated")]

use algebra::{DMatrix, DVector, Vector2};
use differential::grad;

macro_rules! panic {
    ($($any:tt)*) => {
        compile_error!("not this one")
    };
}
macro_rules! assert {
    ($($any:tt)*) => {
        compile_error!("not this one")
    };
}
macro_rules! assert_eq {
    ($($any:tt)*) => {
        compile_error!("not this one")
    };
}
macro_rules! debug_assert {
    ($($any:tt)*) => {
        compile_error!("not this one")
    };
}
macro_rules! vec {
    ($($any:tt)*) => {
        compile_error!("not this one")
    };
}
macro_rules! vector {
    ($($any:tt)*) => {
        compile_error!("not this one")
    };
}
macro_rules! matrix {
    ($($any:tt)*) => {
        compile_error!("not this one")
    };
}

/// A declaration, which companions check, and sizes that have to agree.
#[must_use]
#[grad(x, a, symmetric(a), crate = ::differential)]
pub fn form(x: &DVector<f64>, a: &DMatrix<f64>) -> f64 {
    let first = Vector2::new(x[0], x[1]);
    x.dot(&(a * x)) + first.norm_squared()
}
