//! From what is computed for each `k` to what is computed for all of them.

use std::collections::{HashMap, HashSet};

use super::Lane;
use crate::ir::{Attr, Block, Dim, Graph, Index, Kind, NodeId, Shape};
use crate::lower::Lowerer;
use crate::ops;

/// The values of a node for all `k`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::lower) enum Lanes {
    /// The same for each.
    Same(NodeId),
    /// A scalar for each: a column.
    Scalar(NodeId),
    /// A row for each: the rows of a matrix.
    Row(NodeId),
    /// A column for each: transposed, the rows of a matrix.
    Column(NodeId),
}

/// What is known of a body: its nodes for all `k`, or none where they have no such form.
#[derive(Default)]
pub(in crate::lower) struct Batched {
    pub(super) names: HashSet<String>,
    known: HashMap<NodeId, Option<Lanes>>,
}

impl Batched {
    /// The names that hold something else for each `k`.
    pub(in crate::lower) fn names(&self) -> &HashSet<String> {
        &self.names
    }
    pub(in crate::lower) fn new(lowerer: &Lowerer<'_>, lane: &Lane) -> Self {
        Self { names: lowerer.lane_names(lane), known: HashMap::new() }
    }
}

impl Lowerer<'_> {
    /// The values of a node for all `k`; none if it, or an operand of it, has no form as one matrix.
    pub(in crate::lower) fn batch(&mut self, lane: &mut Lane, seen: &mut Batched, id: NodeId) -> Option<Lanes> {
        for node in self.graph.reachable(&[id]) {
            if !seen.known.contains_key(&node) {
                let lanes = self.batch_node(lane, seen, node);
                seen.known.insert(node, lanes);
            }
        }
        seen.known.get(&id).copied().flatten()
    }

    /// Whether a node is the same for each `k`.
    pub(super) fn is_same(&mut self, lane: &mut Lane, seen: &mut Batched, id: NodeId) -> bool {
        matches!(self.batch(lane, seen, id), Some(Lanes::Same(_)))
    }

    fn batch_node(&mut self, lane: &mut Lane, seen: &Batched, id: NodeId) -> Option<Lanes> {
        let args: Vec<Lanes> = self.graph.args(id).iter().map(|a| seen.known.get(a).copied().flatten()).collect::<Option<_>>()?;
        let shape = self.graph.shape(id);
        if self.is_told_inside(&seen.names, shape.rows) || self.is_told_inside(&seen.names, shape.cols) {
            return None;
        }
        let varies = self.attr_varies(&seen.names, id);
        if !varies && args.iter().all(|a| matches!(a, Lanes::Same(_))) {
            return Some(Lanes::Same(id));
        }
        let kind = self.graph.kind(id);
        match (kind, &args[..]) {
            (Kind::Opaque, _) => {
                let Attr::Opaque(code) = self.graph.node(id).op.attr else { return None };
                // what the user computes may be of any type; the columns that inner loops collect are ours
                let ours = self.prologue.opaques[code.0 as usize].code.to_string().starts_with("__collected");
                (shape.is_scalar() || (shape.is_column() && ours))
                    .then(|| self.collect(lane, code, shape))
                    .flatten()
                    .map(|all| like(shape, all))
            }
            (Kind::Slice, [Lanes::Same(a)]) => self.slice_of_same(lane, &seen.names, id, *a),
            _ if varies => None,
            (Kind::Slice, [a]) => slice_of_lanes(&mut self.graph, id, *a),
            _ => batch_operation(&mut self.graph, lane.len, id, &args),
        }
    }

    /// `row k of A`, `A[(k, j)]` and their kin.
    fn slice_of_same(&mut self, lane: &Lane, names: &HashSet<String>, id: NodeId, a: NodeId) -> Option<Lanes> {
        let Attr::Block(Block { row, col }) = self.graph.node(id).op.attr.clone() else { return None };
        let shape = self.graph.shape(id);
        let by_row = self.lane_position(lane, names, &row).ok()?;
        let by_col = self.lane_position(lane, names, &col).ok()?;
        let g = &mut self.graph;
        let block = |g: &mut Graph, row, col, rows, cols| {
            g.make_shaped(Kind::Slice, Attr::Block(Block { row, col }), &[a], Shape::new(rows, cols))
        };
        match (by_row, by_col) {
            (Some(row), None) if shape.rows == Dim::ONE => {
                let all = block(g, row, col, lane.len, shape.cols);
                Some(if shape.cols == Dim::ONE { Lanes::Scalar(all) } else { Lanes::Row(all) })
            }
            (None, Some(col)) if shape.cols == Dim::ONE => {
                let all = block(g, row, col, shape.rows, lane.len);
                let turned = g.transpose(all);
                Some(if shape.rows == Dim::ONE { Lanes::Scalar(turned) } else { Lanes::Column(turned) })
            }
            (Some(row), Some(col)) if shape.is_scalar() => {
                let square = block(g, row, col, lane.len, lane.len);
                Some(Lanes::Scalar(g.unary(Kind::Diagonal, square)))
            }
            _ => None,
        }
    }
}

/// A block, the same for each `k`, of a row or a column.
fn slice_of_lanes(g: &mut Graph, id: NodeId, a: Lanes) -> Option<Lanes> {
    let Attr::Block(Block { row, col }) = g.node(id).op.attr.clone() else { return None };
    let shape = g.shape(id);
    let (all, at, count) = match a {
        Lanes::Row(all) if row.is_zero() => (all, col, shape.cols),
        Lanes::Column(all) if col.is_zero() => (all, row, shape.rows),
        Lanes::Scalar(all) if row.is_zero() && col.is_zero() => return Some(Lanes::Scalar(all)),
        _ => return None,
    };
    let rows = g.shape(all).rows;
    let block = Block { row: Index::default(), col: at };
    let part = g.make_shaped(Kind::Slice, Attr::Block(block), &[all], Shape::new(rows, count));
    Some(match a {
        _ if count == Dim::ONE => Lanes::Scalar(part),
        Lanes::Row(_) => Lanes::Row(part),
        _ => Lanes::Column(part),
    })
}

/// An operation whose attribute is the same for each `k`.
fn batch_operation(g: &mut Graph, n: Dim, id: NodeId, args: &[Lanes]) -> Option<Lanes> {
    let node = g.node(id).clone();
    match (node.op.kind, args) {
        (Kind::Scale, [s, a]) => match (*s, *a) {
            (Lanes::Scalar(s), a) => scaled(g, s, a, node.args[1]),
            (Lanes::Same(s), Lanes::Row(a) | Lanes::Column(a) | Lanes::Scalar(a)) => Some(like(node.shape, g.scale(s, a))),
            _ => None,
        },
        (Kind::Fill, [Lanes::Scalar(s)]) => {
            let across = if node.shape.rows == Dim::ONE {
                node.shape.cols
            } else if node.shape.cols == Dim::ONE {
                node.shape.rows
            } else {
                return None;
            };
            let ones = g.filled(1.0, Shape::new(Dim::ONE, across));
            let all = g.matmul(&[*s, ones]);
            Some(like(node.shape, all))
        }
        (Kind::MatMul, _) => {
            let mut factors = args.iter().zip(&node.args);
            let (first, of) = factors.next()?;
            factors
                .try_fold((*first, *of), |(left, of), (right, factor)| {
                    let shape = Shape::new(g.shape(of).rows, g.shape(*factor).cols);
                    let whole = g.intern(crate::ir::Op { kind: Kind::MatMul, attr: Attr::None }, &[of, *factor], shape);
                    Some((product(g, (left, of), (*right, *factor), shape)?, whole))
                })
                .map(|(lanes, _)| lanes)
        }
        (Kind::Transpose, [Lanes::Row(a)]) => Some(Lanes::Column(*a)),
        (Kind::Transpose, [Lanes::Column(a)]) => Some(Lanes::Row(*a)),
        (Kind::Reshape, [Lanes::Row(a) | Lanes::Column(a) | Lanes::Scalar(a)]) if node.shape.is_thin() => {
            Some(like(node.shape, *a))
        }
        (Kind::Sum | Kind::Trace | Kind::Product, [Lanes::Scalar(a)]) => Some(Lanes::Scalar(*a)),
        (Kind::Sum, [Lanes::Row(a) | Lanes::Column(a)]) => Some(Lanes::Scalar(row_sums(g, *a))),
        (Kind::NormSq, [Lanes::Scalar(a)]) => Some(Lanes::Scalar(g.pow(*a, 2.0))),
        (Kind::NormSq, [Lanes::Row(a) | Lanes::Column(a)]) => {
            let squares = g.pow(*a, 2.0);
            Some(Lanes::Scalar(row_sums(g, squares)))
        }
        (Kind::LogSumExp, [Lanes::Row(a) | Lanes::Column(a)]) => Some(Lanes::Scalar(g.unary(Kind::LogSumExpRows, *a))),
        (Kind::Softmax, [Lanes::Row(a) | Lanes::Column(a)]) => Some(like(node.shape, g.unary(Kind::SoftmaxRows, *a))),
        (Kind::LogSoftmax, [Lanes::Row(a) | Lanes::Column(a)]) => Some(like(node.shape, g.unary(Kind::LogSoftmaxRows, *a))),
        (Kind::Stack, _) => stacked(g, n, &node.op.attr, node.shape, args, &node.args),
        (kind, _) if ops::algebra::is_elementwise(kind) || kind == Kind::Lin => {
            if !node.shape.is_thin() {
                return None;
            }
            let spread: Vec<NodeId> = args.iter().map(|a| all(g, n, *a)).collect();
            let whole = g.shape(*spread.iter().find(|a| g.shape(**a).rows == n)?);
            let value = g.make_shaped(kind, node.op.attr, &spread, whole);
            Some(like(node.shape, value))
        }
        _ => None,
    }
}

/// A matrix with a row for each `k`, as values of this shape.
fn like(shape: Shape, all: NodeId) -> Lanes {
    if shape.is_scalar() {
        Lanes::Scalar(all)
    } else if shape.rows == Dim::ONE {
        Lanes::Row(all)
    } else {
        Lanes::Column(all)
    }
}

/// One row for each `k`, what is the same for each being repeated.
pub(in crate::lower) fn all(g: &mut Graph, n: Dim, lanes: Lanes) -> NodeId {
    match lanes {
        Lanes::Scalar(a) | Lanes::Row(a) | Lanes::Column(a) => a,
        Lanes::Same(a) => {
            let shape = g.shape(a);
            if shape.is_scalar() {
                return g.fill(a, Shape::column(n));
            }
            let row = if shape.rows == Dim::ONE { a } else { g.transpose(a) };
            let across = g.shape(row).cols;
            if let Some(c) = g.constant_value(row) {
                return g.filled(c, Shape::new(n, across));
            }
            let ones = g.filled(1.0, Shape::column(n));
            g.matmul(&[ones, row])
        }
    }
}

/// `sₖ aₖ`
fn scaled(g: &mut Graph, s: NodeId, a: Lanes, per_lane: NodeId) -> Option<Lanes> {
    let shape = g.shape(per_lane);
    match a {
        Lanes::Scalar(a) => Some(Lanes::Scalar(g.hadamard(&[s, a]))),
        Lanes::Row(_) | Lanes::Column(_) => {
            let (Lanes::Row(m) | Lanes::Column(m)) = a else { return None };
            let weights = g.unary(Kind::DiagMat, s);
            let value = g.matmul(&[weights, m]);
            Some(like(shape, value))
        }
        Lanes::Same(v) if shape.is_thin() => {
            let row = if shape.rows == Dim::ONE { v } else { g.transpose(v) };
            let value = g.matmul(&[s, row]);
            Some(like(shape, value))
        }
        Lanes::Same(_) => None,
    }
}

/// `Aₖ Bₖ`, where one of them depends on `k`.
fn product(g: &mut Graph, (left, l): (Lanes, NodeId), (right, r): (Lanes, NodeId), shape: Shape) -> Option<Lanes> {
    use Lanes::{Column, Row, Same, Scalar};
    Some(match (left, right) {
        (Same(a), Same(b)) => Same(g.matmul(&[a, b])),
        (Row(a) | Column(a), Same(s)) if g.shape(s).is_scalar() => {
            let value = g.scale(s, a);
            like(g.shape(l), value)
        }
        (Same(s), Row(a) | Column(a)) if g.shape(s).is_scalar() => {
            let value = g.scale(s, a);
            like(g.shape(r), value)
        }
        (Scalar(s), b) => return scaled(g, s, b, r),
        (a, Scalar(s)) => return scaled(g, s, a, l),
        (Row(a), Same(b)) => {
            let value = g.matmul(&[a, b]);
            like(shape, value)
        }
        (Same(a), Column(b)) => {
            let turned = g.transpose(a);
            let value = g.matmul(&[b, turned]);
            like(shape, value)
        }
        (Row(a), Column(b)) => {
            let both = g.hadamard(&[a, b]);
            Scalar(row_sums(g, both))
        }
        _ => return None,
    })
}

/// `A 1`
fn row_sums(g: &mut Graph, a: NodeId) -> NodeId {
    let ones = g.filled(1.0, Shape::column(g.shape(a).cols));
    g.matmul(&[a, ones])
}

/// A row or a column of blocks.
fn stacked(g: &mut Graph, n: Dim, attr: &Attr, shape: Shape, args: &[Lanes], of: &[NodeId]) -> Option<Lanes> {
    let Attr::Grid(width) = *attr else { return None };
    let line = shape.is_thin() && (width == 1 || width == of.len());
    if !line || of.iter().any(|a| !g.shape(*a).is_thin()) {
        return None;
    }
    let blocks: Vec<NodeId> = args.iter().map(|a| all(g, n, *a)).collect();
    let value = g.try_make(Kind::Stack, Attr::Grid(blocks.len()), &blocks).ok()?;
    Some(like(shape, value))
}
