//! What the way back reads of the way there: values of each iteration, kept in matrices, one column an iteration.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use super::beside::results;
use super::builder::Builder;
use crate::ir::{Attr, Block, Dim, Dims, Graph, Index, Kind, Loop, NodeId, Output, Region, Shape, Source};
use crate::ops::{is_factorization, rows};

/// The draft, where what it reads of carried values is read off what the loop kept; and where its nodes went. `values`: the results of an
/// iteration, in the draft.
pub(super) fn with_states(
    g: &mut Graph,
    draft: &Region,
    like: &Rc<Loop>,
    id: NodeId,
    values: &[NodeId],
    wanted: &[NodeId],
    builder: &mut Builder,
) -> (Region, HashMap<NodeId, NodeId>) {
    let kept = Cut::of(g, draft, like, id, values).through(wanted);
    let first = builder.operands.len();
    let states = states(g, id, like, draft, &kept);
    builder.operands.extend(states);
    let shapes: Vec<Shape> = builder.operands.iter().map(|a| g.shape(*a)).collect();
    let mut place = HashMap::new();
    let args = g.args(id).len();
    let promises = g.promised(&builder.operands, like.carried..args);
    let region = g.region_promised(promises, |inside| {
        let params = inside.inputs(&shapes);
        let known = kept.iter().enumerate();
        let known = known.map(|(at, v)| (*v, state(inside, params[first + at], draft.graph.shape(*v), like))).collect();
        place = draft.copy_above(inside, &params, wanted, known);
        wanted.iter().map(|w| place[w]).collect()
    });
    (region, place)
}

/// Values of all iterations: the columns of matrices, of numbers a vector.
fn states(g: &mut Graph, id: NodeId, like: &Rc<Loop>, draft: &Region, which: &[NodeId]) -> Vec<NodeId> {
    if which.is_empty() {
        return Vec::new();
    }
    let args = g.args(id).to_vec();
    let shapes: Vec<Shape> = args.iter().map(|a| g.shape(*a)).collect();
    let promises = g.promised(&args, like.carried..args.len());
    let body = g.region_promised(promises, |inside| {
        let params = inside.inputs(&shapes);
        let mut all = results(inside, &like.body, &params);
        let place = draft.copy_of(inside, &params, which);
        for value in which {
            let value = place[value];
            let part = if inside.shape(value).cols == Dim::ONE { value } else { rows::vec(inside, value) };
            let entries = inside.shape(part).rows;
            let (block, whole) = if entries == Dim::ONE {
                (Block { row: at(like), col: Index::default() }, Shape::column(like.count))
            } else {
                (Block { row: Index::default(), col: at(like) }, Shape::new(entries, like.count))
            };
            all.push(inside.make_shaped(Kind::Place, Attr::Block(block), &[part], whole));
        }
        all
    });
    let first = like.sums();
    let longer = Loop { body, ..(**like).clone() };
    let made = g.make_shaped(Kind::Loop, Attr::Loop(Rc::new(longer)), &args, Shape::SCALAR);
    (0..which.len()).map(|i| g.output(made, Output::Sum(first + i))).collect()
}

/// The value of this iteration, from all of them.
fn state(inside: &mut Graph, all: NodeId, shape: Shape, like: &Loop) -> NodeId {
    if shape.is_scalar() {
        let block = Block { row: at(like), col: Index::default() };
        return inside.make_shaped(Kind::Slice, Attr::Block(block), &[all], Shape::SCALAR);
    }
    let block = Block { row: Index::default(), col: at(like) };
    let entries = inside.shape(all).rows;
    let column = inside.make_shaped(Kind::Slice, Attr::Block(block), &[all], Shape::column(entries));
    if shape.cols == Dim::ONE { column } else { inside.make_shaped(Kind::Reshape, Attr::None, &[column], shape) }
}

/// The number of the iteration, as a position.
fn at(like: &Loop) -> Index {
    Index { code: Some(like.index), ..Index::default() }
}

/// Where the way back is cut off from the way there: what is kept is what it reads, and not what is cheaply made of that.
struct Cut<'a> {
    graph: &'a Graph,
    carried: usize,
    /// Which nodes depend on a carried value.
    moved: Vec<bool>,
    /// What an iteration computes on the way there.
    there: HashSet<NodeId>,
    /// The dimensions that are known outside of the loop.
    dims: HashSet<Dim>,
}

impl<'a> Cut<'a> {
    fn of(g: &Graph, draft: &'a Region, like: &Loop, id: NodeId, values: &[NodeId]) -> Self {
        let graph = &draft.graph;
        let outside = g.args(id).iter().map(|a| g.shape(*a)).chain(like.body.results.iter().map(|r| like.body.graph.shape(*r)));
        Self {
            graph,
            carried: like.carried,
            moved: graph.dependents(|n| n.op.kind == Kind::Param && matches!(n.op.attr, Attr::Param(i) if i < like.carried)),
            there: with_parts_of_products(graph, graph.reachable(values).into_iter().collect()),
            dims: outside.flat_map(|s| [s.rows, s.cols]).chain([like.count]).map(|d| graph.dims.resolve(d)).collect(),
        }
    }

    /// What to keep so that all of these can be computed.
    fn through(&self, wanted: &[NodeId]) -> Vec<NodeId> {
        // operands before users: what a node needs to be kept, and what it would need if it were not itself
        let (mut needs, mut instead) = (HashMap::new(), HashMap::new());
        for id in self.graph.reachable(wanted).into_iter().filter(|id| self.moved[id.index()]) {
            let below: BTreeSet<NodeId> = self.graph.args(id).iter().filter_map(|a| needs.get(a)).flatten().copied().collect();
            let keeps = self.is_state(id) || (self.may_keep(id) && self.is_better(id, &below));
            needs.insert(id, if keeps { BTreeSet::from([id]) } else { below.clone() });
            instead.insert(id, below);
        }
        let mut all: BTreeSet<NodeId> = wanted.iter().filter_map(|w| needs.get(w)).flatten().copied().collect();
        // what is made at no cost of others that are kept is not
        for id in all.clone().into_iter().rev() {
            let others = |need: &NodeId| *need != id && all.contains(need);
            if !self.is_state(id) && self.is_made_again(id) && instead.get(&id).is_some_and(|below| below.iter().all(others)) {
                all.remove(&id);
            }
        }
        all.into_iter().collect()
    }

    fn is_state(&self, id: NodeId) -> bool {
        matches!(self.graph.node(id).op.attr, Attr::Param(i) if i < self.carried) && self.graph.kind(id) == Kind::Param
    }

    /// Whether a value is computed on the way there, and of a size that does not change.
    fn may_keep(&self, id: NodeId) -> bool {
        let (kind, shape) = (self.graph.kind(id), self.graph.shape(id));
        let value = !matches!(kind, Kind::Loop | Kind::Branch | Kind::Tri) && !is_factorization(kind);
        let dims = &self.graph.dims;
        value && self.there.contains(&id) && is_known(dims, &self.dims, shape.rows) && is_known(dims, &self.dims, shape.cols)
    }

    /// Whether it takes a few instructions an entry to make a value of its operands.
    fn is_made_again(&self, id: NodeId) -> bool {
        let of = |id: NodeId| self.graph.shape(id);
        match (self.graph.kind(id), &self.graph.node(id).op.attr) {
            // an outer product
            (Kind::MatMul, _) => self.graph.args(id).iter().skip(1).any(|a| of(*a).rows == Dim::ONE) && !of(id).is_scalar(),
            (Kind::Pow, Attr::Real(k)) => k.0.fract() == 0.0 && k.0.abs() <= 3.0,
            (kind, _) => is_cheap(kind),
        }
    }

    /// Whether a value is kept rather than made again of these: it takes a function or a product to make it, or they are larger.
    fn is_better(&self, id: NodeId, below: &BTreeSet<NodeId>) -> bool {
        let of = |id: NodeId| self.graph.shape(id);
        let entries = |side: Dim| match self.graph.dims.resolve(side) {
            Dim::Const(n) => n,
            Dim::Sym(_) => LARGE,
        };
        let size = |id: NodeId| entries(of(id).rows).saturating_mul(entries(of(id).cols));
        let larger = below.iter().map(|b| size(*b)).fold(0usize, usize::saturating_add) > size(id);
        larger || (!self.is_made_again(id) && below.iter().any(|b| size(*b) >= size(id)))
    }
}

/// With products of some factors of a product, side by side: in `xᵀ A x` there is `A x`.
fn with_parts_of_products(graph: &Graph, mut there: HashSet<NodeId>) -> HashSet<NodeId> {
    let is_product = |id: NodeId| graph.kind(id) == Kind::MatMul;
    let products: Vec<&[NodeId]> = there.iter().filter(|id| is_product(**id)).map(|id| graph.args(*id)).collect();
    let is_part = |id: NodeId| {
        let factors = graph.args(id);
        is_product(id) && products.iter().any(|of| of.windows(factors.len()).any(|part| part == factors))
    };
    let parts: Vec<NodeId> = (0..graph.nodes().len()).filter_map(|i| graph.id_at(i)).filter(|id| is_part(*id)).collect();
    there.extend(parts);
    there
}

/// What a dimension of which nothing is known counts for.
const LARGE: usize = 64;

/// Operations that take a few instructions an entry.
fn is_cheap(kind: Kind) -> bool {
    use Kind::{
        Abs, DiagMat, Diagonal, Dim, Fill, Hadamard, Kron, Lin, LowerTriangle, Place, Ratio, Relu, Reshape, Rows, SafeRecip,
        Scale, Select, Side, Sign, Slice, Stack, Still, Transpose, Update, UpperTriangle,
    };
    matches!(
        kind,
        Abs | DiagMat
            | Diagonal
            | Dim
            | Fill
            | Hadamard
            | Kron
            | Lin
            | LowerTriangle
            | Place
            | Ratio
            | Relu
            | Reshape
            | Rows
            | SafeRecip
            | Scale
            | Select
            | Side
            | Sign
            | Slice
            | Stack
            | Still
            | Transpose
            | Update
            | UpperTriangle
    )
}

/// Whether a dimension is made of these.
fn is_known(dims: &Dims, known: &HashSet<Dim>, dim: Dim) -> bool {
    let dim = dims.resolve(dim);
    let of = |parts: &[Dim]| parts.iter().all(|part| is_known(dims, known, *part));
    known.contains(&dim)
        || matches!(dim, Dim::Const(_))
        || dims.generic_name(dim).is_some()
        || dims.sources(dim).iter().any(|source| match source {
            Source::Sum(parts) | Source::Product(parts) | Source::Least(parts) => of(parts),
            Source::Variable { .. } | Source::Code(_) => false,
        })
}
