//! More functions written to be read wrongly, by another reader: attributes and scopes, constants and integers, special points, views, each at points.
#![allow(missing_docs, reason = "the companions alone are called")]
#![allow(warnings, clippy::all, clippy::pedantic, reason = "as users write them, at their worst")]

#[path = "../second_reading/check.rs"]
mod check;
mod later;

use check::*;
