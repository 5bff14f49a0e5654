//! Bodies: every spelling of the table, and the statements around it, against differences of the function itself.
#![deny(warnings)] // the companions are as clean as the function
#![allow(
    clippy::blocks_in_conditions,
    clippy::cast_lossless,
    clippy::cast_precision_loss,
    clippy::clone_on_copy,
    clippy::deref_addrof,
    clippy::double_parens,
    clippy::float_cmp,
    clippy::if_not_else,
    clippy::items_after_statements,
    clippy::let_and_return,
    clippy::many_single_char_names,
    clippy::needless_late_init,
    clippy::needless_pass_by_value,
    clippy::ptr_arg,
    clippy::needless_range_loop,
    clippy::needless_return,
    clippy::op_ref,
    clippy::shadow_unrelated,
    clippy::toplevel_ref_arg,
    clippy::trivially_copy_pass_by_ref,
    reason = "of the functions as users write them"
)]

mod arithmetic;
mod choices;
mod elementwise;
mod inactive;
mod linear_algebra;
mod one_by_one;
mod products;
mod reductions;
mod relatives;
mod statements;
mod structure;
mod typed;
