//! What the tests share: points to differentiate at, and central differences of the user's own function as the oracle.
#![forbid(unsafe_code)]

pub mod adbench;
mod cases;
mod check;
mod point;
mod sample;

pub mod written_twice;
pub use check::{assert_close, check, check_within, difference};
pub use point::{Point, Real};
pub use sample::{Sample, distinct, matrix, number, positive, restart, spd, vector};

/// The README's code, compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
