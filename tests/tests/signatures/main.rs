//! Signatures: every type, generic and qualifier that a function may have, against differences of the function itself.
#![deny(warnings)] // the companions are as clean as the function
#![allow(
    clippy::cast_lossless,
    clippy::cast_precision_loss,
    clippy::clone_on_copy,
    clippy::elidable_lifetime_names,
    clippy::let_and_return,
    clippy::many_single_char_names,
    clippy::needless_pass_by_value,
    clippy::trivially_copy_pass_by_ref,
    reason = "of the functions as users write them"
)]

mod attributes;
mod generics;
mod hygiene;
mod inactive;
mod methods;
mod mixed;
mod options;
mod types;
mod views;
