//! What `cargo matgrad emit` makes of `model.rs`, compiled without any macro. A project checks it in; here it is written as the crate is built, and so is
//! what the engine makes today. `tests/tests/emitted.rs` compares it with what the macros make of `model.rs`.
#![no_std]
#![forbid(unsafe_code)]

mod model_grad {
    include!(concat!(env!("OUT_DIR"), "/model_grad.rs"));
}

pub use model_grad::*;
