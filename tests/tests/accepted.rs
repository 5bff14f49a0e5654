//! What is refused on values that depend on a differentiated parameter compiles on all others: each file of `ui/accepted`.
#![allow(missing_docs)]
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::eq_op,
    clippy::float_cmp,
    clippy::let_and_return,
    clippy::needless_pass_by_value,
    clippy::redundant_closure_call,
    reason = "of the functions as users write them"
)]

#[path = "../ui/accepted/calls.rs"]
mod calls;
#[path = "../ui/accepted/control_flow.rs"]
mod control_flow;
#[path = "../ui/accepted/mutation.rs"]
mod mutation;
#[path = "../ui/accepted/rounding.rs"]
mod rounding;

#[test]
fn calls_of_anything() {
    calls::main();
}

#[test]
fn loops_branches_and_early_ends() {
    control_flow::main();
}

#[test]
fn change_in_place() {
    mutation::main();
}

#[test]
fn rounding_casts_comparisons_texts() {
    rounding::main();
}
