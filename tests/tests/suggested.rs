//! Every `let` that a refusal suggests is one that rustc takes: functions that are refused, with the suggestion put in as it is said, by `build/suggested.rs`.
#![allow(warnings, clippy::all, clippy::pedantic, reason = "the functions stand as they are refused")]

use nalgebra::{DMatrix, DVector, RowDVector, Vector3};

include!(concat!(env!("OUT_DIR"), "/suggested.rs"));

#[test]
fn suggested_lets_compile() {
    check(|own, value| assert!((own - value).abs() < 1e-6 * own.abs(), "{own} is not {value}"));
}
