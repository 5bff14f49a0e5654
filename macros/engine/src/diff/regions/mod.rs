//! Loops and branches: the same three steps, inside.
//!
//! ```text
//! cₖ₊₁ = F(k, cₖ, A),  s = Σₖ S(k, cₖ, A)                  what a loop is
//! ċₖ₊₁ = dF,           ṡ = Σₖ dS                            its tangent: the same loop, beside itself
//! λₖ   = F_cᵀ λₖ₊₁ + S_cᵀ σ,   Ā = Σₖ F_Aᵀ λₖ₊₁ + S_Aᵀ σ     its cotangents: a loop backwards, over what it reads of the states
//! ```
//!
//! A branch has the tangents and the cotangents of the side that is taken.

mod beside;
mod builder;
mod cotangents;
mod tape;

pub(super) use beside::jacobian;
pub(crate) use beside::tangent;
pub(super) use cotangents::cotangents;
