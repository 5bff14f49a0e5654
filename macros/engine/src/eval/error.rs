//! Why a graph has no value.

use std::fmt;

use crate::ir::{Dim, Kind, NodeId, OpaqueId};

/// Why a graph has no value in an environment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum EvalError {
    /// A dimension would have two sizes.
    Contradiction {
        /// The dimension.
        dim: Dim,
        /// Its size so far.
        known: usize,
        /// The other one.
        size: usize,
        /// What says the other one.
        origin: String,
    },
    /// A node of a size that nothing tells.
    UnknownSize {
        /// The node.
        node: NodeId,
        /// Its operation.
        kind: Kind,
        /// The dimension that is not known.
        dim: Dim,
    },
    /// A position with integer code whose value is not given.
    MissingInteger {
        /// The node.
        node: NodeId,
        /// Its operation.
        kind: Kind,
        /// The code.
        code: OpaqueId,
    },
    /// A leaf whose value is not given.
    MissingLeaf {
        /// The node.
        node: NodeId,
        /// Its operation.
        kind: Kind,
        /// Which leaf of this kind.
        which: String,
    },
    /// An operation without a value at its operands, such as the inverse of a singular matrix.
    Undefined {
        /// The node.
        node: NodeId,
        /// Its operation.
        kind: Kind,
    },
    /// A value of another shape than that of its node.
    Shape {
        /// The node.
        node: NodeId,
        /// Its operation.
        kind: Kind,
        /// The shape of the node.
        claimed: (usize, usize),
        /// The shape of the value.
        found: (usize, usize),
    },
}

impl fmt::Display for EvalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Contradiction { dim, known, size, origin } => write!(f, "{dim:?} is {known}, but {size} by {origin}"),
            Self::UnknownSize { node, kind, dim } => {
                write!(f, "node {} ({kind:?}): the size of {dim:?} is not known; give it by `with_size`", node.index())
            }
            Self::MissingInteger { node, kind, code } => {
                write!(f, "node {} ({kind:?}): {code:?} has no value; give it by `with_integer`", node.index())
            }
            Self::MissingLeaf { node, kind, which } => {
                write!(f, "node {} ({kind:?}): {which} has no value", node.index())
            }
            Self::Undefined { node, kind } => {
                write!(f, "node {} ({kind:?}) has no value at its operands", node.index())
            }
            Self::Shape { node, kind, claimed, found } => {
                let ((n, m), (rows, cols)) = (claimed, found);
                write!(f, "node {} ({kind:?}) is {n}×{m}, but its value is {rows}×{cols}", node.index())
            }
        }
    }
}

impl std::error::Error for EvalError {}
