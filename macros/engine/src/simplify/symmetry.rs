//! Which nodes are symmetric matrices, by their form.

use crate::ir::{Attr, Graph, Kind, NodeId, Part};
use crate::ops::algebra::is_elementwise;
use crate::ops::triangular::part_read;

/// Whether a node is symmetric whatever the values of its parameters (those declared symmetric being so).
///
/// A loop over the nodes that it depends on, not a recursion: its depth is the user's.
#[must_use]
pub fn is_symmetric(g: &Graph, id: NodeId) -> bool {
    let shape = g.shape(id);
    if shape.is_scalar() {
        return true;
    }
    if shape.rows != shape.cols {
        return false;
    }
    // every node on the stack has to be symmetric
    let mut stack = vec![id];
    let mut steps = 0;
    while let Some(id) = stack.pop() {
        steps += 1;
        if steps > 64 {
            return false; // not worth the search: a transpose more is never wrong
        }
        if g.is_scalar(id) {
            continue;
        }
        let node = g.node(id);
        match node.op.kind {
            Kind::Identity
            | Kind::DiagMat
            | Kind::Fill
            | Kind::ProductsButTwo
            | Kind::WithEigenvalues
            | Kind::DividedDifferences => {}
            Kind::Param if matches!(node.op.attr, Attr::Param(p) if g.promises.symmetric.contains(&p)) => {}
            Kind::Lin if closed_under_transpose(g, id) => {}
            Kind::MatMul if palindrome(g, id) => {}
            Kind::Chol | Kind::Eigen => {} // read their operand as symmetric
            Kind::Tri if part_read(g, id) == Some(Part::Diagonal) => {}
            Kind::Kron | Kind::Inv | Kind::ExpMatrix | Kind::Lu | Kind::Cofactor | Kind::CofactorTangent => {
                stack.extend(&node.args);
            }
            kind if is_elementwise(kind) => stack.extend(&node.args),
            _ => return false,
        }
    }
    true
}

/// `(Σ cᵢ Aᵢ)ᵀ` has the same terms, each symmetric or with its transpose among the others.
fn closed_under_transpose(g: &Graph, id: NodeId) -> bool {
    let terms = open_terms(g, id);
    let turns = |&(c, a, turned): &(f64, NodeId, bool)| shallow(g, a) || terms.contains(&(c, a, !turned));
    terms.iter().any(|t| !shallow(g, t.1)) && terms.iter().all(turns)
}

/// The terms of a sum as coefficient, matrix, and whether that is transposed; those of a transposed sum one by one.
fn open_terms(g: &Graph, id: NodeId) -> Vec<(f64, NodeId, bool)> {
    let turned = |c: f64, a: NodeId| if is_transpose(g, a) { (c, g.args(a)[0], true) } else { (c, a, false) };
    let mut open = Vec::new();
    for (c, a, is_turned) in g.terms(id).into_iter().map(|(c, a)| turned(c, a)) {
        match g.kind(a) {
            Kind::Lin if is_turned => open.extend(g.terms(a).into_iter().map(|(d, b)| {
                let (c, b, twice) = turned(c * d, b);
                (c, b, !twice)
            })),
            _ => open.push((c, a, is_turned)),
        }
    }
    open
}

fn is_transpose(g: &Graph, id: NodeId) -> bool {
    g.kind(id) == Kind::Transpose
}

/// Symmetric at a glance.
fn shallow(g: &Graph, id: NodeId) -> bool {
    match g.kind(id) {
        Kind::Identity | Kind::DiagMat | Kind::Fill => true,
        Kind::Param => matches!(g.node(id).op.attr, Attr::Param(p) if g.promises.symmetric.contains(&p)),
        Kind::MatMul => palindrome(g, id),
        // (A + B)⁻¹ for symmetric A and B, one step down and no further
        Kind::Inv => {
            let factor = g.args(id)[0];
            match g.kind(factor) {
                Kind::Chol => true,
                Kind::Lu => glance(g, g.args(factor)[0]),
                // of a symmetric matrix, a triangle is not symmetric
                _ => part_read(g, factor) == Some(Part::Diagonal),
            }
        }
        Kind::Lin => g.args(id).iter().all(|a| glance(g, *a)),
        _ => false,
    }
}

/// Symmetric as a leaf, or as a product that mirrors leaves.
fn glance(g: &Graph, id: NodeId) -> bool {
    !matches!(g.kind(id), Kind::Inv | Kind::Lin) && shallow(g, id)
}

/// `Aᵀ B A` with `B` symmetric: the chain read backwards, transposed, is the chain.
fn palindrome(g: &Graph, id: NodeId) -> bool {
    let factors = g.args(id);
    let mirrors = |a: NodeId, b: NodeId| {
        (is_transpose(g, a) && g.args(a)[0] == b) || (is_transpose(g, b) && g.args(b)[0] == a) || (a == b && shallow(g, a))
    };
    factors.iter().zip(factors.iter().rev()).all(|(a, b)| mirrors(*a, *b))
}
