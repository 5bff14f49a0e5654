//! `model_grad.rs` is what `cargo matgrad emit` makes of `model.rs`; it is checked in, as a project would that builds without macros.
//!
//! ```sh
//! cargo run -p cargo-matgrad -- matgrad emit tests/emitted/src/model.rs -o tests/emitted/src/model_grad.rs
//! ```
//!
//! `tests/tests/emitted.rs` compares it with what the macros make of `model.rs`.
#![no_std]
#![forbid(unsafe_code)]

mod model_grad;

pub use model_grad::*;
