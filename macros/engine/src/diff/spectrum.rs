//! Cotangents of eigenvalues and singular values, for derivatives that are differentiated in turn: where two values meet, neither these nor their vectors are
//! smooth, and functions of them may be.

use std::collections::HashMap;

use super::limits::Around;
use crate::ir::{Attr, Graph, Kind, NodeId};

/// What the cotangent `c` of a spectrum is pulled back to: a matrix with the spectrum `c`, by the decomposition.
pub(super) fn spectrum(g: &mut Graph, around: &Around<'_>, values: NodeId, c: NodeId) -> (NodeId, NodeId) {
    let f = g.args(values)[0];
    let shape = g.shape(f);
    let vectors: &[Kind] =
        if g.kind(values) == Kind::EigenValues { &[Kind::EigenVectors] } else { &[Kind::LeftVectors, Kind::RightVectors] };
    let mut operands = vec![f, c];
    for kind in vectors {
        operands.push(g.unary(*kind, f));
    }
    operands.extend(without_limit(g, around, values, c));
    let kind = if g.kind(values) == Kind::EigenValues { Kind::WithEigenvalues } else { Kind::WithSingularValues };
    (f, g.make_shaped(kind, Attr::None, &operands, shape))
}

/// NaN for each of the values, if what is known of the cotangent gives no limit where two of them meet.
fn without_limit(g: &mut Graph, around: &Around<'_>, values: NodeId, c: NodeId) -> Option<NodeId> {
    if moves_by_spectrum(g, around, values, c) {
        return None;
    }
    let (zero, one) = (g.constant(0.0), g.constant(1.0));
    let none = g.make(Kind::Limit, Attr::None, &[zero, one, zero]);
    Some(g.fill(none, g.shape(values)))
}

/// Whether a cotangent moves by the spectrum and by numbers, and by nothing else that has entries: these need not go along when values are exchanged.
fn moves_by_spectrum(g: &Graph, around: &Around<'_>, values: NodeId, c: NodeId) -> bool {
    // whether each node moves, whether it does by the spectrum, and whether that is all
    let mut of: HashMap<NodeId, (bool, bool, bool)> = HashMap::from([(values, (true, true, true))]);
    for id in g.reachable(&[c]).into_iter().filter(|id| *id != values) {
        let args: Vec<(bool, bool, bool)> = g.args(id).iter().map(|a| of[a]).collect();
        let moves = args.iter().any(|a| a.0) || around.given.contains(&id) || around.active.get(id.index()) == Some(&true);
        let by_values = args.iter().any(|a| a.1);
        let alone = !moves || (!by_values && g.is_scalar(id)) || (by_values && args.iter().all(|a| a.2));
        of.insert(id, (moves, by_values, alone));
    }
    of.get(&c).is_none_or(|c| c.2)
}
