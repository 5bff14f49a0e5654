//! Rewrites: named, one-way, never worse.
//!
//! Each is an equation, applied when a node is made ([`crate::ir::Graph::make`]): the left side never enters a graph that simplifies. A
//! rewrite gives fewer operations, or the same number in the form that the others expect; none undoes another:
//!
//! * constant factors move outwards, into the coefficients of sums; scalars move outwards, into [`Kind::Scale`];
//! * products and sums are flat; transposes move inwards, through products, to the factors;
//! * sums of products share their common first or last factors.

mod blocks;
mod determinants;
mod elementwise;
mod factor;
mod factorizations;
mod numbers;
mod orthogonal;
mod products;
mod regions;
mod stable;
mod structure;
mod sums;
mod symmetry;
mod triangles;

use std::collections::{HashMap, HashSet};

use crate::ir::{Attr, Graph, Kind, NodeId, Op, Shape};

pub use symmetry::is_symmetric;
pub use triangles::is_part;

/// One rewrite: the node that stands for `op(args)`, or `None` where the left side does not match.
pub struct Rewrite {
    /// Its equation, for people.
    pub name: &'static str,
    /// Its right side.
    pub apply: fn(&mut Graph, &Op, &[NodeId], Shape) -> Option<NodeId>,
}

/// The rewrites whose left side is this operation, in the order in which they are tried.
#[must_use]
pub fn rules(kind: Kind) -> &'static [Rewrite] {
    match kind {
        Kind::Lin => sums::LIN,
        Kind::Scale => products::SCALE,
        Kind::MatMul => products::MATMUL,
        Kind::Hadamard => elementwise::HADAMARD,
        Kind::Pow => elementwise::POW,
        Kind::Log2 | Kind::Log10 => stable::OTHER_BASES,
        Kind::Ln | Kind::Ln1p | Kind::Abs | Kind::Sign | Kind::Side | Kind::Cos | Kind::Sin | Kind::Tanh => elementwise::FUNCTION,
        Kind::Select => elementwise::SELECT,
        Kind::Transpose => structure::TRANSPOSE,
        Kind::Sum => structure::SUM,
        Kind::Trace => structure::TRACE,
        Kind::NormSq => structure::NORM_SQ,
        Kind::Norm => structure::NORM,
        Kind::Fill => structure::FILL,
        Kind::Diagonal => structure::DIAGONAL,
        Kind::Place => structure::PLACE,
        Kind::Stack => blocks::STACK,
        Kind::Update => &[structure::UPDATE],
        Kind::DiagMat => structure::DIAG_MAT,
        Kind::Reshape => structure::RESHAPE,
        Kind::LowerTriangle | Kind::UpperTriangle => structure::TRIANGLE,
        Kind::Slice => structure::SLICE,
        Kind::Kron => structure::KRON,
        Kind::Cross => structure::BILINEAR,
        Kind::CrossMatrix => structure::LINEAR,
        Kind::Axial => products::AXIAL,
        Kind::Lu => triangles::LU,
        Kind::Tri => triangles::TRI,
        Kind::Inv => factorizations::INV,
        Kind::Det => determinants::DET,
        Kind::LnDet => determinants::LN_DET,
        Kind::Cofactor => factorizations::COFACTOR,
        Kind::CofactorTangent => factorizations::COFACTOR_TANGENT,
        Kind::ExpMatrix => factorizations::EXP_MATRIX,
        Kind::ExpFrechet => factorizations::EXP_FRECHET,
        Kind::CholL => &[numbers::CHOLESKY],
        Kind::EigenValues => &[numbers::EIGENVALUES],
        Kind::EigenVectors => &[numbers::EIGENVECTORS],
        Kind::SingularValues => &[numbers::SINGULAR_VALUES],
        Kind::WithEigenvalues => factorizations::WITH_EIGENVALUES,
        Kind::WithSingularValues => &[factorizations::WITH_SPECTRUM],
        Kind::Softmax | Kind::SoftmaxRows => &[numbers::SOFTMAX],
        Kind::LogSoftmax | Kind::LogSoftmaxRows => &[numbers::LOG_SOFTMAX],
        Kind::LogSumExp | Kind::LogSumExpRows => &[numbers::LOG_SUM_EXP],
        Kind::Product => &[numbers::PRODUCT],
        Kind::LnProduct => &[numbers::LN_PRODUCT],
        Kind::ProductsOfOthers => &[numbers::PRODUCTS_OF_OTHERS],
        Kind::OthersTangent => numbers::OTHERS_TANGENT,
        Kind::Extreme => &[numbers::EXTREME],
        Kind::Pick | Kind::PlaceExtreme => &[numbers::AT_EXTREME],
        Kind::Output => regions::OUTPUT,
        _ => &[],
    }
}

/// The rewriter of a graph that simplifies.
pub fn rewrite(g: &mut Graph, op: &Op, args: &[NodeId], shape: Shape) -> Option<NodeId> {
    rules(op.kind).iter().find_map(|rule| (rule.apply)(g, op, args, shape))
}

/// A graph with the nodes of `from` that `roots` need, made anew with rewrites; and where the nodes went.
///
/// Dimensions that were found to be equal since are equal from the start. Where a matrix is factored by Cholesky anywhere, or declared `spd`,
/// it is factored by Cholesky everywhere.
#[must_use]
pub fn rebuild(from: &Graph, roots: &[NodeId], spd: &[usize]) -> (Graph, HashMap<NodeId, NodeId>) {
    let mut g = Graph::new(from.dims.clone(), from.promises.clone(), Some(rewrite));
    g.keeps_domain = true;
    let mut place: HashMap<NodeId, NodeId> = HashMap::new();
    let wanted = from.reachable(roots);
    let cholesky: HashMap<NodeId, Attr> = wanted
        .iter()
        .filter(|id| from.kind(**id) == Kind::Chol)
        .map(|id| (from.args(*id)[0], from.node(*id).op.attr.clone()))
        .collect();
    let solved_with: HashSet<NodeId> =
        wanted.iter().filter(|id| from.kind(**id) == Kind::Inv).map(|id| from.args(*id)[0]).collect();
    for id in wanted {
        let node = from.node(id);
        let args: Vec<NodeId> = node.args.iter().map(|a| place[a]).collect();
        let mut op = node.op.clone();
        if op.kind == Kind::Lu {
            let operand = from.node(node.args[0]);
            if let Some(attr) = cholesky.get(&node.args[0]) {
                op = Op { kind: Kind::Chol, attr: attr.clone() };
            } else if matches!(operand.op.attr, Attr::Param(p) if operand.op.kind == Kind::Param && spd.contains(&p) && !g.promises.diagonal.contains(&p))
            {
                op = Op { kind: Kind::Chol, attr: Attr::None };
            }
        }
        let new = match op.attr {
            Attr::Dim(dim) => g.dim(from.dims.resolve(dim)),
            Attr::Divisor(dim) => g.divisor(from.dims.resolve(dim)),
            attr => {
                let attr = regions::rebuilt(&mut g, attr, &args);
                g.make_shaped(op.kind, attr, &args, from.shape(id))
            }
        };
        if solved_with.contains(&id) {
            g.solved_with.insert(new);
        }
        place.insert(id, new);
    }
    g.keeps_domain = false;
    (g, place)
}

/// Sums and products are flat up to this many operands. A longer one stays nested as the user wrote it: its value is a value of the program, its
/// cotangent is computed once, and the cost of a gradient stays within a small multiple of the function's.
const FLAT: usize = 8;

/// Sums of more terms than these are sums of sums: each piece is looked through for what its terms share, and is a value of the program.
const LONG: usize = 32;

/// Whether every entry of a node is zero, by its form.
pub(crate) fn is_zero(g: &Graph, id: NodeId) -> bool {
    g.constant_value(id) == Some(0.0)
}

/// `c A`, taken apart, where the node is a single term with a constant factor.
fn single_term(g: &Graph, id: NodeId) -> Option<(f64, NodeId)> {
    match g.terms(id)[..] {
        [(c, a)] if g.kind(id) == Kind::Lin => Some((c, a)),
        _ => None,
    }
}

/// Rebuild `op` with operand `i` replaced.
fn with_operand(g: &mut Graph, op: &Op, args: &[NodeId], shape: Shape, i: usize, a: NodeId) -> NodeId {
    let mut args = args.to_vec();
    args[i] = a;
    g.make_shaped(op.kind, op.attr.clone(), &args, shape)
}

/// Whether a product with zero need not be zero: `0 · ∞` and `0 · NaN` are NaN, and so is then the function.
fn zero_counts(g: &Graph, args: &[NodeId]) -> bool {
    g.keeps_domain && args.iter().any(|a| !is_finite(g, *a))
}

/// Whether all entries are finite by their form.
fn is_finite(g: &Graph, id: NodeId) -> bool {
    g.constant_value(id).is_some() || matches!(g.kind(id), Kind::Dim | Kind::Identity)
}

/// Whether a scalar may stand outside of `F(.., s A, ..)`: not where `F` chooses entries or puts zeros beside them, if the scalar may be infinite;
/// nor where a scalar that is a quotient may be infinite because a sum over no entries is 0, as in `sum(x / ‖x‖)`.
fn may_stand_outside(g: &Graph, kind: Kind, s: NodeId) -> bool {
    let fills = matches!(kind, Kind::DiagMat | Kind::LowerTriangle | Kind::UpperTriangle | Kind::CrossMatrix | Kind::Select);
    !g.keeps_domain || !(fills || (is_reduction(kind) && is_quotient(g, s))) || is_finite(g, s)
}

/// Whether the result has entries where the operand may have none.
fn is_reduction(kind: Kind) -> bool {
    matches!(kind, Kind::Sum | Kind::Trace | Kind::MatMul)
}

fn is_quotient(g: &Graph, s: NodeId) -> bool {
    let divides = |f: NodeId| matches!(g.node(f).op.attr, Attr::Real(k) if g.kind(f) == Kind::Pow && k.0 < 0.0);
    match g.kind(s) {
        Kind::Hadamard => g.args(s).iter().any(|f| divides(*f) && !is_finite(g, g.args(*f)[0])),
        _ => divides(s) && !is_finite(g, g.args(s)[0]),
    }
}

/// `F(.., c A, ..) = c F(.., A, ..)`, `F(.., s A, ..) = s F(.., A, ..)`, `F(.., 0, ..) = 0` for `F` linear in operand `i`.
fn pull_out(g: &mut Graph, op: &Op, args: &[NodeId], shape: Shape, i: usize) -> Option<NodeId> {
    let a = args[i];
    if is_zero(g, a) {
        let others = if op.kind == Kind::Select { &[] } else { args };
        return (!zero_counts(g, others)).then(|| g.filled(0.0, shape));
    }
    if let Some((c, inner)) = single_term(g, a) {
        let rest = with_operand(g, op, args, shape, i, inner);
        return Some(g.times(c, rest));
    }
    if g.kind(a) == Kind::Scale && may_stand_outside(g, op.kind, g.args(a)[0]) {
        let (s, inner) = (g.args(a)[0], g.args(a)[1]);
        let rest = with_operand(g, op, args, shape, i, inner);
        return Some(g.scale(s, rest));
    }
    None
}
