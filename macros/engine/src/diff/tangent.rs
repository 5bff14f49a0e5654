//! Step 1 alone, over a whole graph: how values move when parameters do.

use std::collections::HashMap;

use super::differential::{delta, differential};
use super::gradient::{admissible, has_flat_derivative};
use crate::ir::{Attr, Graph, Kind, NodeId};

/// What [`tangents`] found.
#[derive(Debug)]
pub struct Tangents {
    /// The tangent of each node asked for; `None` if it does not move.
    pub of: Vec<Option<NodeId>>,
    /// Nodes that have no differential, and whose tangents would be read.
    pub without_rule: Vec<NodeId>,
}

/// The tangent of `of` when the value of `node` moves by 1, and nothing else does: `None` if it does not depend on it, or is flat.
pub(super) fn slope(g: &mut Graph, of: NodeId, node: NodeId) -> Option<NodeId> {
    let one = g.filled(1.0, g.shape(node));
    moved_by(g, of, node, one)
}

/// The tangent of `of` when the value of `node` moves along `direction`, and nothing else does.
pub(super) fn moved_by(g: &mut Graph, of: NodeId, node: NodeId, direction: NodeId) -> Option<NodeId> {
    let mut tangents = HashMap::from([(node, direction)]);
    for id in g.reachable(&[of]).into_iter().filter(|id| *id > node) {
        let d: Vec<Option<NodeId>> = g.args(id).iter().map(|a| tangents.get(a).copied()).collect();
        if d.iter().any(Option::is_some)
            && let Some(moved) = differential(g, id, &d)
        {
            tangents.insert(id, moved);
        }
    }
    tangents.get(&of).copied()
}

/// The tangents of `nodes` when parameters move: each `dX` in `dF` replaced by the movement of the parameter.
///
/// A parameter that is declared symmetric, diagonal or the like moves as far as it stays so: by the part of its direction that a gradient
/// by it would have.
pub fn tangents(g: &mut Graph, nodes: &[NodeId], moves: &[(usize, NodeId)]) -> Tangents {
    let is_moved = |attr: &Attr| matches!(attr, Attr::Param(p) if moves.iter().any(|m| m.0 == *p));
    let active = g.dependents(|node| node.op.kind == Kind::Param && is_moved(&node.op.attr));
    let mut tangents: HashMap<NodeId, NodeId> = HashMap::new();
    let mut unknown = Vec::new();
    for id in g.reachable(nodes).into_iter().filter(|id| active.get(id.index()) == Some(&true)) {
        let parameter = match g.node(id).op.attr {
            Attr::Param(p) if g.kind(id) == Kind::Param => moves.iter().find(|m| m.0 == p).copied(),
            _ => None,
        };
        if let Some((p, direction)) = parameter {
            let direction = admissible(g, id, p, direction);
            tangents.insert(id, direction);
            continue;
        }
        // loops and branches without a tangent have several values, none of which has one
        let is_output = matches!(g.node(id).op.attr, Attr::Output(_));
        let is_unknown = is_output && unknown.contains(&g.args(id)[0]);
        let d: Vec<Option<NodeId>> = g.args(id).iter().map(|a| tangents.get(a).copied()).collect();
        if d.iter().all(Option::is_none) && !is_unknown {
            continue;
        }
        match if is_unknown { None } else { differential(g, id, &d) } {
            Some(moved) => {
                tangents.insert(id, moved);
            }
            None if has_flat_derivative(g.kind(id)) => {}
            None => {
                unknown.push(id);
                if !matches!(g.kind(id), Kind::Loop | Kind::Branch) {
                    let dx = delta(g, id);
                    tangents.insert(id, dx);
                }
            }
        }
    }
    let of: Vec<Option<NodeId>> = nodes.iter().map(|id| tangents.get(id).copied()).collect();
    let without_rule = read_unknowns(g, &of, &unknown);
    Tangents { of, without_rule }
}

/// The nodes without a rule whose tangents others are made of: of a condition, or of a limit, nobody asks how its operands move.
fn read_unknowns(g: &Graph, tangents: &[Option<NodeId>], unknown: &[NodeId]) -> Vec<NodeId> {
    let read = g.reachable(&tangents.iter().flatten().copied().collect::<Vec<_>>());
    let of = |id: NodeId| match g.node(id).op.attr {
        Attr::Of(of) if g.kind(id) == Kind::Delta => Some(of),
        _ => None,
    };
    read.into_iter().filter_map(of).filter(|id| unknown.contains(id)).collect()
}
