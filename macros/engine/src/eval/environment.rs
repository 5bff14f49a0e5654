//! What the leaves of a graph are.

use std::collections::BTreeMap;

use super::Mat;
use crate::ir::{Attr, Dim, Kind, Node, NodeId, OpaqueId};

/// Values for the leaves of a graph, and sizes for those of its dimensions that no leaf shows.
///
/// ```text
/// Environment::new().with_parameter(0, w).with_parameter(1, x).with_size(n, 7)
/// ```
#[derive(Clone, Debug, Default)]
pub struct Environment {
    pub(super) parameters: BTreeMap<usize, Mat>,
    pub(super) opaques: BTreeMap<OpaqueId, Mat>,
    pub(super) integers: BTreeMap<OpaqueId, usize>,
    pub(super) deltas: BTreeMap<NodeId, Mat>,
    pub(super) sizes: Vec<(Dim, usize)>,
}

impl Environment {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
    /// The parameters, in their order from the first on.
    #[must_use]
    pub fn of_parameters(values: impl IntoIterator<Item = Mat>) -> Self {
        Self { parameters: values.into_iter().enumerate().collect(), ..Self::default() }
    }
    /// The value of parameter `index`.
    #[must_use]
    pub fn with_parameter(mut self, index: usize, value: Mat) -> Self {
        self.parameters.insert(index, value);
        self
    }
    /// The value of a piece of inactive code.
    #[must_use]
    pub fn with_opaque(mut self, id: OpaqueId, value: Mat) -> Self {
        self.opaques.insert(id, value);
        self
    }
    /// The value of a piece of inactive integer code: an index, or a size.
    #[must_use]
    pub fn with_integer(mut self, id: OpaqueId, value: usize) -> Self {
        self.integers.insert(id, value);
        self
    }
    /// The differential of the node `of`: the value of the leaf `Delta` with `Attr::Of(of)`.
    #[must_use]
    pub fn with_delta(mut self, of: NodeId, value: Mat) -> Self {
        self.deltas.insert(of, value);
        self
    }
    /// The size of a dimension that cannot be read off a leaf.
    #[must_use]
    pub fn with_size(mut self, dim: Dim, size: usize) -> Self {
        self.sizes.push((dim, size));
        self
    }

    /// The value of a leaf; `None` if it is not given, or if the node is no leaf.
    pub(super) fn leaf(&self, node: &Node) -> Option<&Mat> {
        match (node.op.kind, &node.op.attr) {
            (Kind::Param, Attr::Param(index)) => self.parameters.get(index),
            (Kind::Opaque, Attr::Opaque(id)) => self.opaques.get(id),
            (Kind::Delta, Attr::Of(of)) => self.deltas.get(of),
            _ => None,
        }
    }
}
