//! The macro takes any tokens: half-typed functions, nonsense, depth. It answers with the item as it was, and never panics.
//!
//! `MATGRAD_SOUP=100000 cargo test --release -p matgrad-engine --test soup` stirs more than the usual.

#[path = "soup/check.rs"]
mod check;
#[path = "soup/corpus.rs"]
mod corpus;
#[path = "soup/deep.rs"]
mod deep;
#[path = "soup/half_typed.rs"]
mod half_typed;
#[path = "soup/stir.rs"]
mod stir;
