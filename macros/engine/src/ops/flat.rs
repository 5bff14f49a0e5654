//! Values that do not move where they are zero.

use crate::ir::{Attr, Cmp, Graph, Kind, NodeId};

/// Whether a value is never negative, and smooth or even where it is zero, by its form: there it has its smallest value, and its differential is
/// zero. So is that of its root, then, as that of a norm at 0, whatever the slope of the root itself.
///
/// A factor that does not depend on what is differentiated by may have any sign: where the root is taken, it has the right one. So is a form
/// `xᵀ A x` taken to be positive semidefinite.
pub(crate) fn is_flat_at_zero(g: &Graph, id: NodeId) -> bool {
    let moves =
        g.dependents(|node| matches!(node.op.attr, Attr::Param(p) if node.op.kind == Kind::Param && g.moved.contains(&p)));
    let mut flat = vec![false; id.index() + 1];
    for node in g.reachable(&[id]) {
        flat[node.index()] = is_flat(g, node, &|a| flat[a.index()], &|a| !moves[a.index()]);
    }
    flat[id.index()]
}

/// The same, of a node over operands of which it is known.
fn is_flat(g: &Graph, id: NodeId, flat: &dyn Fn(NodeId) -> bool, still: &dyn Fn(NodeId) -> bool) -> bool {
    let args = g.args(id);
    match (g.kind(id), &g.node(id).op.attr) {
        (Kind::Const, Attr::Real(c)) => c.0 >= 0.0,
        (Kind::Lin, _) => g.terms(id).iter().all(|(c, a)| *c >= 0.0 && flat(*a)),
        (Kind::Pow, Attr::Real(k)) => k.0 % 2.0 == 0.0 || flat(args[0]),
        (Kind::MatMul, _) => is_form(g, id, still) || is_product(args, flat, still),
        (Kind::Hadamard | Kind::Scale | Kind::Ratio | Kind::Kron, _) => is_product(args, flat, still),
        // max(x, 0)
        (Kind::Select, Attr::Cmp(Cmp::Max)) if args[..2] == args[2..] => args.iter().any(|a| flat(*a)),
        (Kind::Select, _) => flat(args[2]) && flat(args[3]),
        (Kind::Extreme, Attr::Extreme(which, _)) => which.is_of_sizes() || flat(args[0]),
        (
            Kind::Dim
            | Kind::NormSq
            | Kind::Norm
            | Kind::LpNorm
            | Kind::Exp
            | Kind::Cosh
            | Kind::LnCosh
            | Kind::Sigmoid
            | Kind::Softplus
            | Kind::Softmax
            | Kind::SoftmaxRows
            | Kind::Abs
            | Kind::Relu
            | Kind::Hypot,
            _,
        ) => true,
        (
            Kind::Fill
            | Kind::Sum
            | Kind::Trace
            | Kind::Transpose
            | Kind::Diagonal
            | Kind::DiagMat
            | Kind::Slice
            | Kind::Place
            | Kind::Stack
            | Kind::Reshape
            | Kind::LowerTriangle
            | Kind::UpperTriangle
            | Kind::SafeRecip,
            _,
        ) => args.iter().all(|a| flat(*a)),
        _ => false,
    }
}

fn is_product(factors: &[NodeId], flat: &dyn Fn(NodeId) -> bool, still: &dyn Fn(NodeId) -> bool) -> bool {
    factors.iter().any(|a| flat(*a)) && factors.iter().all(|a| flat(*a) || still(*a))
}

/// `xᵀ A x`
fn is_form(g: &Graph, id: NodeId, still: &dyn Fn(NodeId) -> bool) -> bool {
    let [first, between @ .., last] = g.args(id) else { return false };
    let turned = |a: NodeId, b: NodeId| g.kind(a) == Kind::Transpose && g.args(a)[0] == b;
    g.is_scalar(id) && (turned(*first, *last) || turned(*last, *first)) && between.iter().all(|a| still(*a))
}
