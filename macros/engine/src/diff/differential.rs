//! Step 1: the differential of one node.

use crate::ir::{Attr, Graph, Kind, NodeId};
use crate::ops::{self, Differential};

/// `dF` of a node, given the differentials of its operands (`None`: constant).
///
/// `None` if it is zero, or has no rule that applies.
pub fn differential(g: &mut Graph, id: NodeId, d: &[Option<NodeId>]) -> Option<NodeId> {
    match ops::record(g.kind(id)).differential {
        Differential::Zero => None,
        Differential::Rule(rule) => rule(g, id, d),
        Differential::Linear => linear(g, id, d),
        Differential::Multilinear => multilinear(g, id, d),
    }
}

/// `dF(A, B) = F(dA, dB)`, a constant operand having the differential 0.
fn linear(g: &mut Graph, id: NodeId, d: &[Option<NodeId>]) -> Option<NodeId> {
    if ops::is_factorization(g.kind(id)) {
        return d[0]; // a factorization stands for its matrix
    }
    let node = g.node(id).clone();
    let mut args = Vec::new();
    for (a, da) in node.args.iter().zip(d) {
        args.push(match da {
            Some(da) => *da,
            None => g.filled(0.0, g.shape(*a)),
        });
    }
    Some(g.make_shaped(node.op.kind, node.op.attr, &args, g.shape(id)))
}

/// `dF(A, B) = F(dA, B) + F(A, dB)`.
fn multilinear(g: &mut Graph, id: NodeId, d: &[Option<NodeId>]) -> Option<NodeId> {
    let node = g.node(id).clone();
    let mut terms = Vec::new();
    for (i, da) in d.iter().enumerate() {
        if let Some(da) = da {
            let mut args = node.args.clone();
            args[i] = *da;
            terms.push((1.0, g.make_shaped(node.op.kind, node.op.attr.clone(), &args, g.shape(id))));
        }
    }
    (!terms.is_empty()).then(|| g.lin(&terms))
}

/// The unknown `dA` of a node.
pub(super) fn delta(g: &mut Graph, of: NodeId) -> NodeId {
    let shape = g.shape(of);
    g.make_shaped(Kind::Delta, Attr::Of(of), &[], shape)
}
