//! What a kernel reads, as opposed to what a node is written with.

use std::collections::HashMap;

use crate::ir::{Graph, Kind, NodeId};

/// The nodes that have to be there when this one is computed.
///
/// A product takes transposed factors and inverses to solve with as they are: it reads what is transposed, and the factorization. One with
/// ones reads the other factor alone.
#[must_use]
pub fn operands(g: &Graph, id: NodeId) -> Vec<NodeId> {
    let args = g.args(id);
    match g.kind(id) {
        Kind::MatMul => {
            if let Some((summed, _)) = summed(g, id) {
                return vec![summed];
            }
            if let Some(which) = half_of_kronecker(g, id) {
                return vec![g.args(args[0])[which], args[1]];
            }
        }
        // cofactors exist where the factorization is of no use
        Kind::Cofactor | Kind::CofactorTangent | Kind::CofactorColumns => {
            return g.args(args[0]).iter().chain(&args[1..]).copied().collect();
        }
        _ => return args.to_vec(),
    }
    args.iter().enumerate().map(|(i, a)| factor(g, *a, i == 0)).collect()
}

/// Which way the entries of a matrix are added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sums {
    /// `A 1`, a column.
    OfRows,
    /// `1ᵀ A`, a row.
    OfColumns,
    /// `Aᵀ 1`, a column.
    OfColumnsTurned,
}

/// What a product with ones adds up, which takes no product.
#[must_use]
pub fn summed(g: &Graph, id: NodeId) -> Option<(NodeId, Sums)> {
    let &[a, b] = g.args(id) else { return None };
    let is_ones = |n: NodeId| g.kind(n) == Kind::Fill && g.constant_value(n) == Some(1.0);
    if g.is_scalar(id) || g.kind(factor(g, a, false)) == Kind::Inv {
        return None;
    }
    match (g.kind(a), g.kind(b)) {
        (Kind::Transpose, _) if is_ones(b) && g.shape(b).is_column() => Some((g.args(a)[0], Sums::OfColumnsTurned)),
        (_, _) if is_ones(b) && g.shape(b).is_column() => Some((a, Sums::OfRows)),
        (_, kind) if kind != Kind::Transpose && is_ones(a) && g.shape(a).is_row() => Some((b, Sums::OfColumns)),
        _ => None,
    }
}

/// Which factor of the first operand of a product is no identity, where that is `I ⊗ B` or `A ⊗ I`, which is not formed.
#[must_use]
pub fn half_of_kronecker(g: &Graph, id: NodeId) -> Option<usize> {
    let &[kron, m] = g.args(id) else { return None };
    let plain = |n: NodeId| !matches!(g.kind(n), Kind::Transpose | Kind::Kron);
    if g.kind(kron) != Kind::Kron || !plain(m) {
        return None;
    }
    let &[a, b] = g.args(kron) else { return None };
    match (g.kind(a), g.kind(b)) {
        (Kind::Identity, _) => Some(1),
        (_, Kind::Identity) => Some(0),
        _ => None,
    }
}

/// A factor without what the kernel does itself; `left`: the first of the two.
fn factor(g: &Graph, a: NodeId, left: bool) -> NodeId {
    let inner = if g.kind(a) == Kind::Transpose { g.args(a)[0] } else { a };
    if left && g.kind(inner) == Kind::Inv { g.args(inner)[0] } else { inner }
}

/// How often each node that is computed is read; the roots are read once by the caller.
#[must_use]
pub fn uses(g: &Graph, roots: &[NodeId]) -> HashMap<NodeId, usize> {
    let mut uses: HashMap<NodeId, usize> = HashMap::new();
    for root in roots {
        *uses.entry(*root).or_default() += 1;
    }
    for id in g.reachable(roots).into_iter().rev() {
        if uses.contains_key(&id) {
            for a in operands(g, id) {
                *uses.entry(a).or_default() += 1;
            }
        }
    }
    uses
}
