//! Constants and unit structs in lower case, as some write them: of names that the function uses.
#![allow(non_upper_case_globals, non_camel_case_types, reason = "of what shadows, not of what is generated")]

use algebra::DVector;
use differential::grad;

/// A step.
pub const h: f64 = 0.25;
/// A rate.
pub static rate: f64 = 2.0;
/// A type that is its own only value.
#[derive(Clone, Copy, Debug)]
pub struct penalty;

impl penalty {
    /// Its weight.
    #[must_use]
    pub const fn weight(self) -> f64 {
        0.5
    }
}

/// Constants where a variable might stand.
#[must_use]
#[grad(x, crate = ::differential)]
pub fn scaled(x: &DVector<f64>) -> f64 {
    let step: f64 = h;
    let speed: f64 = rate;
    let weight: f64 = penalty.weight();
    (x * step).map(|v| (v * speed).sin()).norm_squared() * weight
}
