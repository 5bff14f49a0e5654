//! A program in the making: its graph, the value of every node, and what it may still use.

use super::Sample;
use super::random::Random;
use crate::eval::{Environment, Mat, evaluate_missing};
use crate::ir::{Attr, Dim, Dims, Graph, Kind, NodeId, OpaqueId, Promises, Real, Shape};

/// Values stay below this size, so that differences stay exact.
const LARGE: f64 = 1e3;
/// Values of intermediate results are brought below this size.
const MODERATE: f64 = 6.0;
/// Matrices have at most so many entries.
const ENTRIES: usize = 100;

/// How the program spells a dimension of one size.
#[derive(Clone, Copy)]
enum Spelled {
    /// As a number.
    Number,
    /// As one symbol, known to be the same everywhere.
    Symbol(Dim),
    /// As a new symbol every time, which an operation may find equal to another.
    NewSymbol,
}

/// A program in the making.
pub(super) struct Builder {
    pub(super) random: Random,
    pub(super) graph: Graph,
    values: Vec<Option<Mat>>,
    environment: Environment,
    lengths: Vec<(usize, Spelled)>,
    pool: Vec<NodeId>,
    unused: Vec<NodeId>,
    sample: Parts,
}

/// What a sample holds besides its graph.
#[derive(Default)]
struct Parts {
    parameters: Vec<Mat>,
    opaques: Vec<(OpaqueId, Mat)>,
    integers: Vec<(OpaqueId, usize)>,
    sizes: Vec<(Dim, usize)>,
    symmetric: Vec<usize>,
    spd: Vec<usize>,
}

impl Builder {
    pub(super) fn new(seed: u64) -> Self {
        let mut builder = Self {
            random: Random::new(seed),
            graph: Graph::new(Dims::default(), Promises::default(), None),
            values: Vec::new(),
            environment: Environment::new(),
            lengths: Vec::new(),
            pool: Vec::new(),
            unused: Vec::new(),
            sample: Parts::default(),
        };
        builder.lengths();
        builder
    }

    /// Two or three sizes, distinct primes or 1, each spelled in its way.
    fn lengths(&mut self) {
        let mut sizes = vec![2, 3, 5, 7, 1, 3, 2];
        for name in ["N", "M", "P"] {
            let size = sizes.remove(self.random.below(sizes.len()));
            let spelled = match self.random.below(4) {
                0 => Spelled::Number,
                1 => Spelled::Symbol(self.graph.dims.generic(name)),
                2 => Spelled::Symbol(self.graph.dims.dynamic()),
                _ => Spelled::NewSymbol,
            };
            if let Spelled::Symbol(dim) = spelled {
                self.note_size(dim, size);
            }
            self.lengths.push((size, spelled));
        }
    }
    fn note_size(&mut self, dim: Dim, size: usize) {
        self.sample.sizes.push((dim, size));
        self.environment = std::mem::take(&mut self.environment).with_size(dim, size);
    }
    /// One of the sizes of this program.
    pub(super) fn length(&mut self) -> usize {
        let i = self.random.below(self.lengths.len());
        self.lengths[i].0
    }
    /// A dimension of this size.
    pub(super) fn dim(&mut self, size: usize) -> Dim {
        match self.lengths.iter().find(|l| l.0 == size).map_or(Spelled::Number, |l| l.1) {
            Spelled::Number => Dim::Const(size),
            Spelled::Symbol(dim) => dim,
            Spelled::NewSymbol => {
                let dim = self.graph.dims.dynamic();
                self.note_size(dim, size);
                dim
            }
        }
    }
    /// A shape of this size.
    pub(super) fn shape_of(&mut self, (rows, cols): (usize, usize)) -> Shape {
        let (rows, cols) = (self.dim(rows), self.dim(cols));
        Shape::new(rows, cols)
    }

    /// A parameter of this value.
    pub(super) fn parameter(&mut self, shape: Shape, value: Mat) -> NodeId {
        let index = self.sample.parameters.len();
        self.environment = std::mem::take(&mut self.environment).with_parameter(index, value.clone());
        self.sample.parameters.push(value);
        let id = self.graph.make_shaped(Kind::Param, Attr::Param(index), &[], shape);
        self.evaluated(id).unwrap_or(id)
    }
    /// Declare the last parameter symmetric, or even positive definite.
    pub(super) fn declare_symmetric(&mut self, spd: bool) {
        let index = self.sample.parameters.len() - 1;
        self.sample.symmetric.push(index);
        self.graph.promises.symmetric.push(index);
        if spd {
            self.sample.spd.push(index);
        }
    }
    /// Declare the last parameter to be what this list is of; a diagonal matrix is symmetric.
    pub(super) fn declare(&mut self, list: fn(&mut Promises) -> &mut Vec<usize>) {
        let index = self.sample.parameters.len() - 1;
        list(&mut self.graph.promises).push(index);
        if self.graph.promises.diagonal.contains(&index) {
            self.graph.promises.symmetric.push(index);
        }
    }
    /// A piece of inactive code of this value.
    pub(super) fn opaque(&mut self, shape: Shape, value: Mat) -> NodeId {
        let id = self.next_opaque();
        self.environment = std::mem::take(&mut self.environment).with_opaque(id, value.clone());
        self.sample.opaques.push((id, value));
        let id = self.graph.make_shaped(Kind::Opaque, Attr::Opaque(id), &[], shape);
        self.evaluated(id).unwrap_or(id)
    }
    /// A piece of inactive integer code of this value.
    pub(super) fn integer(&mut self, value: usize) -> OpaqueId {
        let id = self.next_opaque();
        self.environment = std::mem::take(&mut self.environment).with_integer(id, value);
        self.sample.integers.push((id, value));
        id
    }
    fn next_opaque(&self) -> OpaqueId {
        OpaqueId(u32::try_from(self.sample.opaques.len() + self.sample.integers.len()).unwrap_or(u32::MAX))
    }
    /// A constant in every entry.
    pub(super) fn constant(&mut self, value: f64, shape: Shape) -> Option<NodeId> {
        let value = self.graph.constant(value);
        self.evaluated(value)?;
        self.fill(value, shape)
    }
    /// A scalar in every entry.
    pub(super) fn fill(&mut self, value: NodeId, shape: Shape) -> Option<NodeId> {
        let id = self.graph.fill(value, shape);
        self.evaluated(id)
    }
    /// `Σ cᵢ Aᵢ`
    pub(super) fn lin(&mut self, terms: &[(f64, NodeId)]) -> Option<NodeId> {
        let (coefs, args): (Vec<Real>, Vec<NodeId>) = terms.iter().map(|(c, a)| (Real(*c), *a)).unzip();
        self.put(Kind::Lin, Attr::Coefs(coefs), &args)
    }
    /// `A^{∘k}`
    pub(super) fn pow(&mut self, a: NodeId, k: f64) -> Option<NodeId> {
        self.put(Kind::Pow, Attr::Real(Real(k)), &[a])
    }
    /// An operation without attribute.
    pub(super) fn op(&mut self, kind: Kind, args: &[NodeId]) -> Option<NodeId> {
        self.put(kind, Attr::None, args)
    }
    /// `Aᵀ`
    pub(super) fn transpose(&mut self, a: NodeId) -> Option<NodeId> {
        let id = self.graph.transpose(a);
        self.evaluated(id)
    }
    /// A node, if its operands fit and its value is finite and not too large.
    pub(super) fn put(&mut self, kind: Kind, attr: Attr, args: &[NodeId]) -> Option<NodeId> {
        let id = self.graph.try_make(kind, attr, args).ok()?;
        self.evaluated(id)
    }
    /// A node of a given shape, if its value is finite and not too large.
    pub(super) fn put_shaped(&mut self, kind: Kind, attr: Attr, args: &[NodeId], shape: Shape) -> Option<NodeId> {
        let id = self.graph.make_shaped(kind, attr, args, shape);
        self.evaluated(id)
    }
    /// A node of any value, even if it is not a number.
    pub(super) fn put_anyway(&mut self, kind: Kind, attr: Attr, args: &[NodeId]) -> Option<NodeId> {
        let id = self.graph.try_make(kind, attr, args).ok()?;
        evaluate_missing(&self.graph, &[id], &self.environment, &mut self.values).ok()?;
        Some(id)
    }
    pub(super) fn evaluated(&mut self, id: NodeId) -> Option<NodeId> {
        evaluate_missing(&self.graph, &[id], &self.environment, &mut self.values).ok()?;
        let value = self.value(id);
        (value.max_abs() < LARGE && value.data.len() <= ENTRIES).then_some(id)
    }

    /// The value of a node.
    pub(super) fn value(&self, id: NodeId) -> &Mat {
        self.values[id.index()].as_ref().unwrap_or_else(|| unreachable!("a builder's nodes have their values"))
    }
    /// Its rows and columns, as numbers.
    pub(super) fn size(&self, id: NodeId) -> (usize, usize) {
        self.value(id).shape()
    }
    /// Whether all entries are in this range.
    pub(super) fn within(&self, id: NodeId, low: f64, high: f64) -> bool {
        self.value(id).data.iter().all(|x| (low..=high).contains(x))
    }
    /// Whether all entries are at least this far from 0.
    pub(super) fn off_zero(&self, id: NodeId, distance: f64) -> bool {
        self.value(id).data.iter().all(|x| x.abs() >= distance)
    }

    /// Let others use this node, brought to a moderate size.
    pub(super) fn offer(&mut self, id: NodeId) -> Option<NodeId> {
        let top = self.value(id).max_abs();
        let id = if top < MODERATE {
            id
        } else {
            match self.random.below(5) {
                0 => self.op(Kind::Tanh, &[id]),
                1 => self.op(Kind::Atan, &[id]),
                2 if top < 30.0 => self.op(Kind::Asinh, &[id]),
                3 if top < 30.0 => self.op(Kind::Sin, &[id]),
                _ => self.lin(&[((MODERATE / top * 64.0).floor() / 64.0, id)]),
            }?
        };
        if !self.pool.contains(&id) {
            self.pool.push(id);
            self.unused.push(id);
        }
        Some(id)
    }
    /// A node, preferably one that nobody uses yet.
    pub(super) fn any(&mut self) -> NodeId {
        self.choose(|_, _| true).unwrap_or_else(|| unreachable!("a builder begins with parameters"))
    }
    /// A node with a property, preferably one that nobody uses yet.
    pub(super) fn choose(&mut self, is: impl Fn(&Self, NodeId) -> bool) -> Option<NodeId> {
        for from_unused in [!self.random.once_in(3), false] {
            let from = if from_unused { &self.unused } else { &self.pool };
            let candidates: Vec<NodeId> = from.iter().copied().filter(|id| is(self, *id)).collect();
            if !candidates.is_empty() {
                let id = self.random.of(&candidates);
                self.unused.retain(|other| *other != id);
                return Some(id);
            }
        }
        None
    }
    /// A node that is no scalar.
    pub(super) fn matrix(&mut self) -> Option<NodeId> {
        self.choose(|b, id| !b.graph.is_scalar(id))
    }
    /// What nobody uses yet.
    pub(super) fn unused(&self) -> &[NodeId] {
        &self.unused
    }
    /// Nodes made so far, leaves aside.
    pub(super) fn operations(&self) -> usize {
        self.graph.nodes().iter().filter(|n| !n.args.is_empty()).count()
    }

    /// The program that ends in `root`.
    pub(super) fn finish(self, root: NodeId, wrt: Vec<usize>) -> Sample {
        let Parts { parameters, opaques, integers, sizes, symmetric, spd } = self.sample;
        Sample { graph: self.graph, root, parameters, opaques, integers, sizes, wrt, symmetric, spd }
    }
}
