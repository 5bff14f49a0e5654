//! Functions written to be read wrongly: each at points, its companions against the function and against differences of it, or against the limit that is known.
#![allow(missing_docs, reason = "the companions alone are called")]
#![allow(warnings, clippy::all, clippy::pedantic, reason = "as users write them, at their worst")]

mod check;
mod constants;
mod loops;
mod points;
mod scopes;
mod sizes;
mod views;

use check::*;
