//! Rewrites of blocks among zeros: what stands beside each other is a block matrix, and rows of the identity move columns.
//!
//! They make Jacobians by parts of a parameter what one writes: `A I[1.., ·]` has the columns of `A` from the second on, and a sum of such
//! matrices that fit together is `[a, B]`.

use super::is_zero;
use crate::ir::{Attr, Block, Dim, Graph, Index, Kind, NodeId, Op, Shape};

/// A matrix with one block of this many rows or columns that reaches over it; the others are zero.
struct Strip {
    at: Index,
    size: Dim,
    /// What stands there, with its coefficient.
    coef: f64,
    block: NodeId,
}

/// How strips lie.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// Beside each other: blocks of columns.
    Columns,
    /// Below each other: blocks of rows.
    Rows,
}

impl Side {
    fn along(self, shape: Shape) -> Dim {
        if self == Self::Columns { shape.cols } else { shape.rows }
    }
    fn across(self, shape: Shape) -> Dim {
        if self == Self::Columns { shape.rows } else { shape.cols }
    }
    fn block(self, at: Index) -> Block {
        match self {
            Self::Columns => Block { row: Index::default(), col: at },
            Self::Rows => Block { row: at, col: Index::default() },
        }
    }
    /// Where a block that reaches over a matrix begins.
    fn position(self, at: &Block) -> Option<&Index> {
        let (along, across) = if self == Self::Columns { (&at.col, &at.row) } else { (&at.row, &at.col) };
        across.is_zero().then_some(along)
    }
}

/// `A I[r.., ·] = place(A at ·, r..)`, `I[·, c..] A = place(A at c.., ·)`.
pub(super) fn of_identity(g: &mut Graph, _: &Op, args: &[NodeId], shape: Shape) -> Option<NodeId> {
    let [first, .., last] = args[..] else { return None };
    let (side, selection, rest) = match () {
        () if selected(g, last, Side::Rows).is_some() => (Side::Columns, last, &args[..args.len() - 1]),
        () if selected(g, first, Side::Columns).is_some() => (Side::Rows, first, &args[1..]),
        () => return None,
    };
    let Dim::Const(_) = side.along(shape) else { return None };
    let at = selected(g, selection, if side == Side::Columns { Side::Rows } else { Side::Columns })?;
    let block = g.matmul(rest);
    Some(g.make_shaped(Kind::Place, Attr::Block(side.block(at)), &[block], shape))
}

/// From where on a matrix is rows, or columns, of the identity.
fn selected(g: &Graph, a: NodeId, side: Side) -> Option<Index> {
    let (Kind::Slice, Attr::Block(at)) = (g.kind(a), &g.node(a).op.attr) else { return None };
    let whole = g.args(a)[0];
    let reaches = side.across(g.shape(a)) == side.across(g.shape(whole));
    side.position(at).filter(|_| g.kind(whole) == Kind::Identity && reaches).cloned()
}

/// `A place(B at ·, c) = place(A B at ·, c)`, `place(A at r, ·) B = place(A B at r, ·)`.
pub(super) fn through_products(g: &mut Graph, _: &Op, args: &[NodeId], shape: Shape) -> Option<NodeId> {
    let [first, .., last] = args[..] else { return None };
    let (side, placed) = match () {
        () if placed(g, last, Side::Columns).is_some() => (Side::Columns, last),
        () if placed(g, first, Side::Rows).is_some() => (Side::Rows, first),
        () => return None,
    };
    let (at, block) = self::placed(g, placed, side)?;
    let chain: Vec<NodeId> = args.iter().map(|a| if *a == placed { block } else { *a }).collect();
    let product = g.matmul(&chain);
    Some(g.make_shaped(Kind::Place, Attr::Block(side.block(at)), &[product], shape))
}

/// Where a block begins that reaches over its matrix, and the block.
fn placed(g: &Graph, a: NodeId, side: Side) -> Option<(Index, NodeId)> {
    let (Kind::Place, Attr::Block(at)) = (g.kind(a), &g.node(a).op.attr) else { return None };
    let block = g.args(a)[0];
    let reaches = side.across(g.shape(block)) == side.across(g.shape(a));
    Some((side.position(at).filter(|_| reaches)?.clone(), block))
}

/// `s I[r.., ·] = place(s I at ·, r..)`.
pub(super) fn scaled_identity(g: &mut Graph, _: &Op, args: &[NodeId], shape: Shape) -> Option<NodeId> {
    let Dim::Const(_) = shape.cols else { return None };
    let at = selected(g, args[1], Side::Rows)?;
    let identity = g.identity(shape.rows);
    let block = g.scale(args[0], identity);
    Some(g.make_shaped(Kind::Place, Attr::Block(Side::Columns.block(at)), &[block], shape))
}

/// A sum of blocks that lie beside each other, or below each other, is a block matrix.
pub(super) fn beside(g: &mut Graph, terms: &[(f64, NodeId)], shape: Shape) -> Option<NodeId> {
    // a gradient is added up in its buffer
    if terms.len() < 2 || shape.is_column() {
        return None;
    }
    [Side::Columns, Side::Rows].into_iter().find_map(|side| {
        let strips = terms.iter().map(|(c, a)| strip(g, *c, *a, side)).collect::<Option<Vec<_>>>()?;
        let blocks = tiling(g, strips, side, shape)?;
        let width = if side == Side::Columns { blocks.len() } else { 1 };
        Some(g.make_shaped(Kind::Stack, Attr::Grid(width), &blocks, shape))
    })
}

fn strip(g: &mut Graph, coef: f64, a: NodeId, side: Side) -> Option<Strip> {
    if let Some((at, block)) = placed(g, a, side) {
        return Some(Strip { at, size: side.along(g.shape(block)), coef, block });
    }
    // rows of the identity are an identity among zeros
    let at = selected(g, a, Side::Rows).filter(|_| side == Side::Columns)?;
    let size = g.shape(a).rows;
    let block = g.identity(size);
    Some(Strip { at, size, coef, block })
}

/// The blocks of a block matrix, zeros among them; `None` if the strips do not fit together.
fn tiling(g: &mut Graph, mut strips: Vec<Strip>, side: Side, shape: Shape) -> Option<Vec<NodeId>> {
    let (mut at, mut blocks, mut sizes) = (Index::default(), Vec::new(), Vec::new());
    while !strips.is_empty() {
        let (here, later): (Vec<_>, Vec<_>) = strips.into_iter().partition(|s| s.at == at);
        let block = match here.first() {
            Some(first) => {
                let size = first.size;
                let terms: Vec<_> = here.iter().filter(|s| s.size == size).map(|s| (s.coef, s.block)).collect();
                if terms.len() != here.len() {
                    return None;
                }
                g.lin(&terms)
            }
            None => {
                let gap = later.iter().filter_map(|s| s.at.constant()).min()?.checked_sub(at.constant()?)?;
                zeros(g, side, gap, shape)
            }
        };
        let size = side.along(g.shape(block));
        at = at.after(size);
        sizes.push(size);
        blocks.push(block);
        strips = later;
    }
    if let (Some(end), Dim::Const(whole)) = (at.constant(), side.along(shape))
        && end < whole
    {
        let block = zeros(g, side, whole - end, shape);
        sizes.push(side.along(g.shape(block)));
        blocks.push(block);
    }
    let found = g.dims.derived(crate::ir::Source::Sum(sizes));
    let some = blocks.iter().filter(|b| !is_zero(g, **b)).count() > 1;
    (some && found == g.dims.resolve(side.along(shape))).then_some(blocks)
}

fn zeros(g: &mut Graph, side: Side, size: usize, shape: Shape) -> NodeId {
    let shape = match side {
        Side::Columns => Shape::new(shape.rows, Dim::Const(size)),
        Side::Rows => Shape::new(Dim::Const(size), shape.cols),
    };
    g.filled(0.0, shape)
}

pub(super) const STACK: &[super::Rewrite] = &[
    super::Rewrite { name: "[c A; c B] = c [A; B]", apply: common_coefficient },
    super::Rewrite { name: "[s A; s B] = s [A; B]", apply: common_scalar },
    super::Rewrite { name: "[[a, b]; [c, d]] = [a, b; c, d]", apply: nested },
];

fn common_coefficient(g: &mut Graph, op: &Op, args: &[NodeId], shape: Shape) -> Option<NodeId> {
    let terms = args.iter().map(|a| super::single_term(g, *a)).collect::<Option<Vec<_>>>()?;
    // numbers are scaled where they are written
    if args.iter().all(|a| g.is_scalar(*a)) {
        return None;
    }
    let c = terms.first()?.0;
    let (none, alike) = (c == 0.0 || !c.is_finite(), terms.iter().all(|t| t.0.abs() == c.abs()));
    if terms.len() < 2 || none || !alike || (c.abs() == 1.0 && terms.iter().any(|t| t.0 != c)) {
        return None;
    }
    let blocks: Vec<NodeId> = terms.into_iter().map(|(k, a)| g.times(k / c, a)).collect();
    let inner = g.make_shaped(op.kind, op.attr.clone(), &blocks, shape);
    Some(g.times(c, inner))
}

fn common_scalar(g: &mut Graph, op: &Op, args: &[NodeId], shape: Shape) -> Option<NodeId> {
    let scaled = |g: &Graph, a: NodeId| (g.kind(a) == Kind::Scale).then(|| (g.args(a)[0], g.args(a)[1]));
    let terms = args.iter().map(|a| scaled(g, *a)).collect::<Option<Vec<_>>>()?;
    let s = terms.first()?.0;
    if terms.len() < 2 || terms.iter().any(|t| t.0 != s) {
        return None;
    }
    let blocks: Vec<NodeId> = terms.into_iter().map(|t| t.1).collect();
    let inner = g.make_shaped(op.kind, op.attr.clone(), &blocks, shape);
    Some(g.scale(s, inner))
}

/// Block matrices below each other whose columns are divided alike, or beside each other with rows divided alike, are one.
fn nested(g: &mut Graph, op: &Op, args: &[NodeId], shape: Shape) -> Option<NodeId> {
    let Attr::Grid(outer) = op.attr else { return None };
    let width = |g: &Graph, a: NodeId| match g.node(a).op.attr {
        Attr::Grid(width) if g.kind(a) == Kind::Stack && width > 0 => Some(width),
        _ => None,
    };
    let widths = args.iter().map(|a| width(g, *a)).collect::<Option<Vec<_>>>()?;
    let parts: Vec<Vec<NodeId>> = args.iter().map(|a| g.args(*a).to_vec()).collect();
    let (first, width) = (parts.first()?, *widths.first()?);
    if args.len() < 2 {
        return None;
    }
    if outer == 1 {
        let columns = |g: &Graph, part: &[NodeId]| part.iter().take(width).map(|a| g.shape(*a).cols).collect::<Vec<_>>();
        let alike = widths.iter().all(|w| *w == width) && parts.iter().all(|part| columns(g, part) == columns(g, first));
        return alike.then(|| g.make_shaped(Kind::Stack, Attr::Grid(width), &parts.concat(), shape));
    }
    if outer != args.len() {
        return None;
    }
    let rows =
        |g: &Graph, part: &[NodeId], width: usize| part.iter().step_by(width).map(|a| g.shape(*a).rows).collect::<Vec<_>>();
    let divided = rows(g, first, width);
    if !parts.iter().zip(&widths).all(|(part, width)| rows(g, part, *width) == divided) {
        return None;
    }
    let blocks: Vec<NodeId> = (0..divided.len())
        .flat_map(|row| {
            parts.iter().zip(&widths).flat_map(move |(part, width)| part[row * width..(row + 1) * width].iter().copied())
        })
        .collect();
    Some(g.make_shaped(Kind::Stack, Attr::Grid(widths.iter().sum()), &blocks, shape))
}
