//! The intermediate representation: a function as mathematics.
//!
//! A [`Graph`] is an arena of interned [`Node`]s, operands before users. A node is an operation ([`Op`]: a [`Kind`] from
//! the table of operations, with a constant [`Attr`]ibute), its operands and its [`Shape`]. Two nodes with the same
//! operation, operands and shape are one node: common subexpressions are found by construction.
//!
//! * Every value is a matrix `rows × cols`; a scalar is `1 × 1`, a column vector `n × 1`.
//! * Sums ([`Kind::Lin`]), matrix products ([`Kind::MatMul`]) and elementwise products ([`Kind::Hadamard`]) take any number
//!   of operands; how a product associates is decided by the schedule, where sizes are known.
//! * A [`Dim`] is a number or a symbol; [`Dims`] holds what is known of the symbols, and which are equal.
//! * A [`Region`] is a graph inside a node, with its inputs as explicit operands: the body of an elementwise kernel, of a [`Loop`], of either
//!   side of a [`Branch`]. Loops and branches have several values, and each of these is a node of its own ([`Kind::Output`]).
//! * Spans and tokens are held aside, by the phases that know them: this module knows neither `syn` nor `quote`.

mod dim;
mod graph;
mod node;
mod promises;
mod region;

pub use crate::ops::Kind;
pub use dim::{Axis, Dim, DimId, Dims, Mismatch, Source, Variable};
pub use graph::{Graph, Pass, Rewriter};
pub use node::{Attr, Block, Cmp, Extreme, Fail, Index, Node, NodeId, Op, OpaqueId, Part, Real, RowMap, Rows, Shape, Ties};
pub use promises::Promises;
pub use region::{Branch, Condition, Loop, Output, Region};
