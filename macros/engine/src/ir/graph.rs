//! The arena of interned nodes.

use std::collections::{HashMap, HashSet};

use super::{Attr, Dim, Dims, Kind, Mismatch, Node, NodeId, Op, Promises, Real, Shape};
use crate::ops;

/// Offered every node before it is interned; may give an equal one instead.
pub type Rewriter = fn(&mut Graph, &Op, &[NodeId], Shape) -> Option<NodeId>;

/// Which derivatives are made: of a second derivative both passes are on one side of all kinks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Pass {
    /// First derivatives.
    #[default]
    Only,
    /// First derivatives that are differentiated in turn: they hold what makes their derivatives right at kinks.
    Inner,
    /// The derivatives of these.
    Outer,
}

/// An arena of interned nodes, operands before users.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    nodes: Vec<Node>,
    interned: HashMap<Node, NodeId>,
    /// Which nodes hold a [`Kind::Delta`]: the linear forms.
    linear: Vec<bool>,
    /// Which parameters each node depends on: a bit each, the last for all that have none.
    parameters: Vec<u64>,
    /// What is known of the dimensions.
    pub dims: Dims,
    /// Rewrites applied at construction; none in a graph that stands as the user wrote it.
    pub rewriter: Option<Rewriter>,
    /// What is made now is the function itself: where it is NaN, infinite or finite, what is made is so too. Rewrites that lose a domain, as
    /// `x² / x = x` does, are for derivatives.
    pub keeps_domain: bool,
    /// What is promised about parameters.
    pub promises: Promises,
    /// The parameters that the function is differentiated by.
    pub moved: Vec<usize>,
    /// Whether first derivatives are differentiated in turn.
    pub twice: bool,
    /// Which derivatives are made now.
    pub pass: Pass,
    /// Factorizations that the function solves systems with: they are there, whatever a determinant could do without.
    pub solved_with: HashSet<NodeId>,
}

/// The bit of the parameters that have none of their own.
const OTHERS: u64 = 1 << 63;

fn bit(parameter: usize) -> u64 {
    if parameter < 63 { 1 << parameter } else { OTHERS }
}

impl Graph {
    /// An empty graph.
    #[must_use]
    pub fn new(dims: Dims, promises: Promises, rewriter: Option<Rewriter>) -> Self {
        Self { dims, rewriter, promises, ..Self::default() }
    }
    /// All nodes, operands before users.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }
    /// One node.
    #[must_use]
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }
    /// What a node does.
    #[must_use]
    pub fn kind(&self, id: NodeId) -> Kind {
        self.node(id).op.kind
    }
    /// The operands of a node.
    #[must_use]
    pub fn args(&self, id: NodeId) -> &[NodeId] {
        &self.node(id).args
    }
    /// The shape of a node, its dimensions resolved.
    #[must_use]
    pub fn shape(&self, id: NodeId) -> Shape {
        let s = self.node(id).shape;
        Shape::new(self.dims.resolve(s.rows), self.dims.resolve(s.cols))
    }
    /// Whether a node is `1 × 1`.
    #[must_use]
    pub fn is_scalar(&self, id: NodeId) -> bool {
        self.shape(id).is_scalar()
    }

    /// A node whose shape follows from its operands.
    ///
    /// # Errors
    /// If the shapes of the operands do not fit the operation.
    pub fn try_make(&mut self, kind: Kind, attr: Attr, args: &[NodeId]) -> Result<NodeId, Mismatch> {
        let shapes: Vec<Shape> = args.iter().map(|a| self.shape(*a)).collect();
        let shape = (ops::record(kind).shape)(&mut self.dims, &attr, &shapes)?;
        Ok(self.make_shaped(kind, attr, args, shape))
    }
    /// A node whose shape follows from operands that are known to fit.
    pub fn make(&mut self, kind: Kind, attr: Attr, args: &[NodeId]) -> NodeId {
        let fallback = args.first().map_or(Shape::SCALAR, |a| self.shape(*a));
        match self.try_make(kind, attr.clone(), args) {
            Ok(id) => id,
            Err(mismatch) => {
                debug_assert!(false, "a rule of matgrad built {kind:?} of shapes that differ: {mismatch:?}");
                self.make_shaped(kind, attr, args, fallback)
            }
        }
    }
    /// A node of a given shape. A rewrite into what is not known to have that shape is none: `1 ⊗ a` is `a`, but where the product was found to
    /// have three rows, `a` need not know of it.
    pub fn make_shaped(&mut self, kind: Kind, attr: Attr, args: &[NodeId], shape: Shape) -> NodeId {
        let shape = Shape::new(self.dims.resolve(shape.rows), self.dims.resolve(shape.cols));
        let op = Op { kind, attr };
        if let Some(rewriter) = self.rewriter
            && let Some(id) = rewriter(self, &op, args, shape)
            && self.shape(id) == Shape::new(self.dims.resolve(shape.rows), self.dims.resolve(shape.cols))
        {
            return id;
        }
        self.intern(op, args, shape)
    }
    /// The node itself, without rewrites.
    pub fn intern(&mut self, op: Op, args: &[NodeId], shape: Shape) -> NodeId {
        let node = Node { op, args: args.to_vec(), shape };
        if let Some(id) = self.interned.get(&node) {
            return *id;
        }
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        let own = if let (Kind::Param, Attr::Param(p)) = (node.op.kind, &node.op.attr) { bit(*p) } else { 0 };
        self.parameters.push(args.iter().fold(own, |bits, a| bits | self.parameters[a.index()]));
        self.linear.push(node.op.kind == Kind::Delta || args.iter().any(|a| self.is_linear_form(*a)));
        self.nodes.push(node.clone());
        self.interned.insert(node, id);
        id
    }
    /// Whether a node depends on one of some parameters.
    #[must_use]
    pub fn depends_on(&self, id: NodeId, parameters: &[usize]) -> bool {
        let wanted = parameters.iter().fold(0, |bits, p| bits | bit(*p));
        let met = self.parameters[id.index()] & wanted;
        let is_one = |id: &NodeId| matches!(self.node(*id).op.attr, Attr::Param(p) if parameters.contains(&p));
        met & !OTHERS != 0 || (met != 0 && self.reachable(&[id]).iter().any(is_one))
    }
    /// Whether a node holds the differential of another as an unknown.
    #[must_use]
    pub fn is_linear_form(&self, id: NodeId) -> bool {
        self.linear[id.index()]
    }
    /// The node, if it stands in the graph already.
    #[must_use]
    pub fn find(&self, op: Op, args: &[NodeId], shape: Shape) -> Option<NodeId> {
        self.interned.get(&Node { op, args: args.to_vec(), shape }).copied()
    }

    /// A scalar constant.
    pub fn constant(&mut self, value: f64) -> NodeId {
        self.make_shaped(Kind::Const, Attr::Real(Real(value)), &[], Shape::SCALAR)
    }
    /// A constant in every entry.
    pub fn filled(&mut self, value: f64, shape: Shape) -> NodeId {
        let value = self.constant(value);
        self.fill(value, shape)
    }
    /// A scalar in every entry.
    pub fn fill(&mut self, value: NodeId, shape: Shape) -> NodeId {
        if shape.is_scalar() {
            return value;
        }
        self.make_shaped(Kind::Fill, Attr::None, &[value], shape)
    }
    /// The identity matrix.
    pub fn identity(&mut self, n: Dim) -> NodeId {
        self.make_shaped(Kind::Identity, Attr::None, &[], Shape::new(n, n))
    }
    /// A dimension as a number.
    pub fn dim(&mut self, dim: Dim) -> NodeId {
        match self.dims.resolve(dim) {
            #[allow(clippy::cast_precision_loss)] // dimensions are far below 2⁵³
            Dim::Const(n) => self.constant(n as f64),
            dim @ Dim::Sym(_) => self.make_shaped(Kind::Dim, Attr::Dim(dim), &[], Shape::SCALAR),
        }
    }
    /// A dimension as what a mean is divided by: 1 for 0.
    pub fn divisor(&mut self, dim: Dim) -> NodeId {
        match self.dims.resolve(dim) {
            Dim::Const(n) => self.dim(Dim::Const(n.max(1))),
            dim @ Dim::Sym(_) => self.make_shaped(Kind::Dim, Attr::Divisor(dim), &[], Shape::SCALAR),
        }
    }
    /// `Σ cᵢ Aᵢ`.
    pub fn lin(&mut self, terms: &[(f64, NodeId)]) -> NodeId {
        let coefs = terms.iter().map(|(c, _)| Real(*c)).collect();
        let args: Vec<NodeId> = terms.iter().map(|(_, a)| *a).collect();
        self.make(Kind::Lin, Attr::Coefs(coefs), &args)
    }
    /// `A + B`.
    pub fn add(&mut self, a: NodeId, b: NodeId) -> NodeId {
        self.lin(&[(1.0, a), (1.0, b)])
    }
    /// `A − B`.
    pub fn sub(&mut self, a: NodeId, b: NodeId) -> NodeId {
        self.lin(&[(1.0, a), (-1.0, b)])
    }
    /// `c A` for a constant `c`.
    pub fn times(&mut self, c: f64, a: NodeId) -> NodeId {
        self.lin(&[(c, a)])
    }
    /// `−A`.
    pub fn neg(&mut self, a: NodeId) -> NodeId {
        self.times(-1.0, a)
    }
    /// `A B ⋯`.
    pub fn matmul(&mut self, factors: &[NodeId]) -> NodeId {
        match factors {
            [one] => *one,
            _ => self.make(Kind::MatMul, Attr::None, factors),
        }
    }
    /// `A ∘ B`; the product of scalars.
    pub fn hadamard(&mut self, factors: &[NodeId]) -> NodeId {
        match factors {
            [one] => *one,
            _ => self.make(Kind::Hadamard, Attr::None, factors),
        }
    }
    /// `A^{∘k}` for a constant `k`.
    pub fn pow(&mut self, a: NodeId, k: f64) -> NodeId {
        self.make(Kind::Pow, Attr::Real(Real(k)), &[a])
    }
    /// `A ⊘ B`; the quotient of scalars.
    pub fn div(&mut self, a: NodeId, b: NodeId) -> NodeId {
        let b = self.pow(b, -1.0);
        self.hadamard(&[a, b])
    }
    /// `s A` for a scalar `s`.
    pub fn scale(&mut self, s: NodeId, a: NodeId) -> NodeId {
        if self.is_scalar(a) {
            return self.hadamard(&[s, a]);
        }
        self.make(Kind::Scale, Attr::None, &[s, a])
    }
    /// `Aᵀ`.
    pub fn transpose(&mut self, a: NodeId) -> NodeId {
        if self.is_scalar(a) {
            return a;
        }
        self.make(Kind::Transpose, Attr::None, &[a])
    }
    /// An operation of one operand without attribute.
    pub fn unary(&mut self, kind: Kind, a: NodeId) -> NodeId {
        self.make(kind, Attr::None, &[a])
    }
    /// `Σ Aᵢⱼ`.
    pub fn sum(&mut self, a: NodeId) -> NodeId {
        if self.is_scalar(a) { a } else { self.unary(Kind::Sum, a) }
    }
    /// `⟨A, B⟩ = tr(Aᵀ B)`.
    pub fn inner(&mut self, a: NodeId, b: NodeId) -> NodeId {
        let product = self.hadamard(&[a, b]);
        self.sum(product)
    }
    /// `tr A`.
    pub fn trace(&mut self, a: NodeId) -> NodeId {
        if self.is_scalar(a) { a } else { self.unary(Kind::Trace, a) }
    }

    /// The value of a constant scalar, or the constant in every entry.
    #[must_use]
    pub fn constant_value(&self, id: NodeId) -> Option<f64> {
        let node = self.node(id);
        match (node.op.kind, &node.op.attr) {
            (Kind::Const, Attr::Real(value)) => Some(value.0),
            (Kind::Fill, _) => self.constant_value(node.args[0]),
            _ => None,
        }
    }
    /// The terms of a sum; any other node is its own only term.
    #[must_use]
    pub fn terms(&self, id: NodeId) -> Vec<(f64, NodeId)> {
        let node = self.node(id);
        match &node.op.attr {
            Attr::Coefs(coefs) if node.op.kind == Kind::Lin => coefs.iter().map(|c| c.0).zip(node.args.iter().copied()).collect(),
            _ => vec![(1.0, id)],
        }
    }
    /// The factors of a matrix product; any other node is its own only factor.
    #[must_use]
    pub fn factors(&self, id: NodeId) -> Vec<NodeId> {
        if self.kind(id) == Kind::MatMul { self.args(id).to_vec() } else { vec![id] }
    }
    /// The node at this position of the arena.
    #[must_use]
    pub fn id_at(&self, index: usize) -> Option<NodeId> {
        u32::try_from(index).ok().filter(|_| index < self.nodes.len()).map(NodeId)
    }
    /// All nodes that `roots` depend on, operands before users.
    #[must_use]
    pub fn reachable(&self, roots: &[NodeId]) -> Vec<NodeId> {
        self.reachable_above(roots, |_| false)
    }
    /// The nodes that some need, without those where this ends and what only they need.
    #[must_use]
    pub fn reachable_above(&self, roots: &[NodeId], ends: impl Fn(NodeId) -> bool) -> Vec<NodeId> {
        let mut seen = vec![false; self.nodes.len()];
        let mut stack = roots.to_vec();
        while let Some(id) = stack.pop() {
            if !ends(id) && !std::mem::replace(&mut seen[id.index()], true) {
                stack.extend(self.args(id));
            }
        }
        (0..u32::try_from(seen.len()).unwrap_or(u32::MAX)).map(NodeId).filter(|id| seen[id.index()]).collect()
    }
    /// Which nodes depend on a node of which `is_seed` holds, those included.
    #[must_use]
    pub fn dependents(&self, is_seed: impl Fn(&Node) -> bool) -> Vec<bool> {
        let mut depends = vec![false; self.nodes.len()];
        for (i, node) in self.nodes.iter().enumerate() {
            depends[i] = is_seed(node) || node.args.iter().any(|a| depends[a.index()]);
        }
        depends
    }
}
