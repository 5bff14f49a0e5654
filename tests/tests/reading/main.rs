//! The reading of Rust: attributes, what closures capture, where scopes end, and where borrows do.
#![allow(
    clippy::question_mark,
    clippy::items_after_statements,
    clippy::inline_always,
    clippy::needless_pass_by_value,
    clippy::swap_with_temporary,
    clippy::cast_lossless,
    reason = "as users write them"
)]
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::let_and_return,
    clippy::non_minimal_cfg,
    clippy::many_single_char_names,
    reason = "functions as users write them"
)]

mod attributes;
mod borrows;
mod captures;
mod leaving;
mod scopes;
