//! A program and the values of its leaves.

use std::collections::HashMap;

use crate::eval::{Environment, Mat};
use crate::ir::{Attr, Dim, Graph, Kind, NodeId, OpaqueId, Shape, Source};

/// A scalar function as a body was read, no rewrite applied, and where to look at it.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The function.
    pub graph: Graph,
    /// Its value.
    pub root: NodeId,
    /// The values of its parameters.
    pub parameters: Vec<Mat>,
    /// The values of its inactive code.
    pub opaques: Vec<(OpaqueId, Mat)>,
    /// The values of its inactive integer code.
    pub integers: Vec<(OpaqueId, usize)>,
    /// The sizes of its symbols.
    pub sizes: Vec<(Dim, usize)>,
    /// The parameters to differentiate by.
    pub wrt: Vec<usize>,
    /// Parameters declared symmetric, those declared positive definite among them.
    pub symmetric: Vec<usize>,
    /// Parameters declared symmetric positive definite.
    pub spd: Vec<usize>,
}

/// What stands for a node in a copy of a sample.
#[derive(Clone, Debug)]
pub(super) enum Replacement {
    /// Another node that the copy has already: an operand.
    Node(NodeId),
    /// The same operation without some of its operands.
    Fewer(Attr, Vec<NodeId>),
    /// A new parameter of this value, differentiated by or not, declared symmetric or not.
    Parameter { value: Mat, active: bool, symmetric: bool },
}

impl Sample {
    /// An empty program, to be filled by [`Sample::dim`], [`Sample::parameter`] and [`Sample::node`]: the way a listing does.
    #[must_use]
    pub fn new() -> Self {
        let mut graph = Graph::default();
        let root = graph.constant(0.0);
        let (parameters, opaques, integers, sizes) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (wrt, symmetric, spd) = (Vec::new(), Vec::new(), Vec::new());
        Self { graph, root, parameters, opaques, integers, sizes, wrt, symmetric, spd }
    }
    /// A dimension known at run time only.
    pub fn dim(&mut self, size: usize) -> Dim {
        let dim = self.graph.dims.dynamic();
        self.sizes.push((dim, size));
        dim
    }
    /// A parameter, its entries column by column.
    pub fn parameter(&mut self, shape: (Dim, Dim), data: &[f64]) -> NodeId {
        let (rows, cols) = (self.size(shape.0), self.size(shape.1));
        let index = self.parameters.len();
        self.parameters.push(Mat::from_column_major(rows, cols, data.to_vec()));
        self.node(Kind::Param, Attr::Param(index), &[], shape)
    }
    /// Any node, by what the graph holds of it.
    pub fn node(&mut self, kind: Kind, attr: Attr, args: &[NodeId], (rows, cols): (Dim, Dim)) -> NodeId {
        self.root = self.graph.make_shaped(kind, attr, args, Shape::new(rows, cols));
        self.root
    }
    /// The size of a dimension, 0 if it is not known.
    pub(super) fn size(&self, dim: Dim) -> usize {
        let dims = &self.graph.dims;
        let dim = dims.resolve(dim);
        if let Dim::Const(n) = dim {
            return n;
        }
        if let Some((_, size)) = self.sizes.iter().find(|s| dims.resolve(s.0) == dim) {
            return *size;
        }
        let computed = dims.sources(dim).into_iter().find_map(|source| match source {
            Source::Sum(parts) => Some(parts.iter().map(|d| self.size(*d)).sum()),
            Source::Product(parts) => Some(parts.iter().map(|d| self.size(*d)).product()),
            Source::Least(parts) => parts.iter().map(|d| self.size(*d)).min(),
            _ => None,
        });
        computed.unwrap_or(0)
    }
    /// The values of all leaves.
    #[must_use]
    pub fn environment(&self) -> Environment {
        let mut environment = Environment::of_parameters(self.parameters.iter().cloned());
        for (id, value) in &self.opaques {
            environment = environment.with_opaque(*id, value.clone());
        }
        for (id, value) in &self.integers {
            environment = environment.with_integer(*id, *value);
        }
        for (dim, size) in &self.sizes {
            environment = environment.with_size(*dim, *size);
        }
        environment
    }
    /// The number of operations that the result depends on.
    #[must_use]
    pub fn operations(&self) -> usize {
        self.graph.reachable(&[self.root]).into_iter().filter(|id| !self.graph.args(*id).is_empty()).count()
    }
    /// Without nodes that the result does not depend on.
    #[must_use]
    pub(super) fn compact(&self) -> Self {
        self.replaced(&HashMap::new())
    }
    /// A copy with other nodes in the place of some.
    pub(super) fn replaced(&self, replacements: &HashMap<NodeId, Replacement>) -> Self {
        let from = &self.graph;
        let mut copy = Self { graph: Graph::new(from.dims.clone(), from.promises.clone(), None), ..self.clone() };
        let mut place: HashMap<NodeId, NodeId> = HashMap::new();
        for id in from.reachable(&[self.root]) {
            let node = from.node(id);
            let shape = from.shape(id);
            let moved = |args: &[NodeId]| -> Vec<NodeId> { args.iter().map(|a| place[a]).collect() };
            let new = match replacements.get(&id) {
                Some(Replacement::Node(other)) => place[other],
                Some(Replacement::Fewer(attr, args)) => {
                    let args = moved(args);
                    copy.graph.make_shaped(node.op.kind, attr.clone(), &args, shape)
                }
                Some(Replacement::Parameter { value, active, symmetric }) => copy.added(shape, value, *active, *symmetric),
                None => {
                    let args = moved(&node.args);
                    copy.graph.make_shaped(node.op.kind, node.op.attr.clone(), &args, shape)
                }
            };
            place.insert(id, new);
        }
        copy.root = place[&self.root];
        copy
    }
    fn added(&mut self, shape: Shape, value: &Mat, active: bool, symmetric: bool) -> NodeId {
        let index = self.parameters.len();
        self.parameters.push(value.clone());
        if active {
            self.wrt.push(index);
        }
        if symmetric {
            self.symmetric.push(index);
            self.graph.promises.symmetric.push(index);
        }
        self.graph.make_shaped(Kind::Param, Attr::Param(index), &[], shape)
    }
}

impl Default for Sample {
    fn default() -> Self {
        Self::new()
    }
}
