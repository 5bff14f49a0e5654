//! Differentiation, as on paper: state the differential, transpose it, read off the gradient.
//!
//! 1. [`differential`] writes `dF` of a node in terms of the differentials of its operands: each operation has one rule.
//! 2. [`pull`] moves a linear form `⟨G, L(dX)⟩` over to `⟨L*(G), dX⟩`, one linear operation at a time.
//! 3. [`gradient`] reads off: where `df = Σ ⟨Gᵢ, dXᵢ⟩`, the gradients are the `Gᵢ`. It does 1 and 2 once for each node of the graph, users
//!    before operands, so that the cost stays within a small multiple of the function's.
//!
//! [`tangents`] is step 1 alone, operands before users; [`jacobian`] reads it off by vec rules.
//! `regions` does all this inside of loops and branches.
//! [`arranged`] gives derivatives the form in which they are computed, where that is not the form in which they are printed.

mod arranged;
mod differential;
mod gradient;
mod jacobian;
mod limits;
pub(crate) mod regions;
mod spectrum;
mod tangent;
mod trace_rules;

pub use arranged::arranged;
pub use differential::differential;
pub use gradient::{Gradients, ScalarFunction, gradient, pullback};
pub(crate) use jacobian::slopes;
pub use jacobian::{Jacobian, hessian_block, jacobian, mirrored};
pub use tangent::{Tangents, tangents};
pub use trace_rules::pull;
