//! The macro takes any tokens: half-typed functions, nonsense, depth. It answers with the item as it was, and never panics.
//!
//! `stir` makes functions with mistakes, functions with exchanged names, and soup, a thousand of each; `MATGRAD_SOUP=100000` makes a hundred
//! thousand of each: `MATGRAD_SOUP=100000 cargo test --release -p matgrad-engine --test soup stir`. `deep` has what is deep or long: a
//! thousand nested brackets of every kind, functions of five thousand lines.

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
