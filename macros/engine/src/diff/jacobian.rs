//! Jacobians: read off the differential by the vec rules.
//!
//! `vec dF = J vec dX`: the tangent of `F` is a linear form in the one unknown `dX`. Operands before users, the Jacobian of each of its nodes follows
//! from that of its operands; that of `dX` is the identity. Products stay products: in which order they are multiplied, forward or
//! backward, is left to the schedule, which knows the sizes.

use std::collections::HashMap;

use super::differential::delta;
use super::gradient::pullback;
use super::regions;
use super::tangent::{moved_by, tangents};
use crate::ir::{Attr, Graph, Kind, NodeId, Shape};
use crate::ops::{self, rows};
use crate::simplify::is_symmetric;

/// A Jacobian, and what it was read off.
#[derive(Debug)]
pub struct Jacobian {
    /// Rows are entries of the value, columns those of the parameter; by a number, in the shape of the value. `None` if the value does not move.
    pub node: Option<NodeId>,
    /// `dF`, by the differential of the parameter; `None` where a gradient was read off.
    pub differential: Option<NodeId>,
    /// Nodes that a parameter reaches and that have no rule.
    pub without_rule: Vec<NodeId>,
}

/// The Jacobian of `f` by parameter `p`, whose node is `parameter`.
pub fn jacobian(g: &mut Graph, f: NodeId, p: usize, parameter: NodeId) -> Jacobian {
    if g.is_scalar(f) {
        let one = g.constant(1.0);
        let found = pullback(g, &[(f, one)], &[p]);
        let node = found.by[0].map(|gradient| {
            let column = rows::vec(g, gradient);
            g.transpose(column)
        });
        return Jacobian { node, differential: None, without_rule: found.without_rule };
    }
    let by_number = g.is_scalar(parameter);
    let unknown = if by_number { g.constant(1.0) } else { delta(g, parameter) };
    let found = tangents(g, &[f], &[(p, unknown)]);
    let mut without_rule = found.without_rule;
    let Some(form) = found.of[0] else { return Jacobian { node: None, differential: None, without_rule } };
    if by_number {
        return Jacobian { node: Some(form), differential: None, without_rule };
    }
    let count = rows::entries(g, g.shape(unknown));
    let identity = g.identity(count);
    let node = read_off(g, &[form], HashMap::from([(unknown, identity)]), &mut without_rule)[0];
    Jacobian { node, differential: Some(form), without_rule }
}

/// The Jacobian of `of` by the value of `node`, when nothing else moves; `None` if it does not depend on it, or is flat.
pub(crate) fn slopes(g: &mut Graph, of: NodeId, node: NodeId) -> Option<NodeId> {
    let unknown = delta(g, node);
    let form = moved_by(g, of, node, unknown)?;
    let count = rows::entries(g, g.shape(node));
    let identity = g.identity(count);
    read_off(g, &[form], HashMap::from([(unknown, identity)]), &mut Vec::new())[0]
}

/// The `J` with `vec form = J vec dX` for each form linear in the unknowns, from those of the unknowns; `None` for what does not depend on them.
pub(super) fn read_off(
    g: &mut Graph,
    forms: &[NodeId],
    unknowns: HashMap<NodeId, NodeId>,
    without_rule: &mut Vec<NodeId>,
) -> Vec<Option<NodeId>> {
    let mut jacobians = unknowns;
    // loops and branches, which have several values
    let mut several: HashMap<NodeId, NodeId> = HashMap::new();
    for id in g.reachable(forms) {
        if jacobians.contains_key(&id) {
            continue;
        }
        let args = g.args(id).to_vec();
        let of: Vec<Option<NodeId>> = args.iter().map(|a| jacobians.get(a).copied()).collect();
        if let Attr::Output(output) = g.node(id).op.attr {
            if let Some(all) = several.get(&args[0]) {
                let j = g.output(*all, output);
                jacobians.insert(id, j);
            }
            continue;
        }
        if of.iter().all(Option::is_none) {
            continue;
        }
        if matches!(g.kind(id), Kind::Loop | Kind::Branch) {
            match regions::jacobian(g, id, &of) {
                Some(all) => drop(several.insert(id, all)),
                None => without_rule.push(id),
            }
            continue;
        }
        let mut parts = Vec::new();
        for (i, j) in of.into_iter().enumerate() {
            let Some(j) = j else { continue };
            match ops::record(g.kind(id)).vec {
                Some(rule) => parts.push((1.0, rule(g, id, i, j))),
                None => without_rule.push(id),
            }
        }
        if !parts.is_empty() {
            let sum = g.lin(&parts);
            jacobians.insert(id, sum);
        }
    }
    forms.iter().map(|form| jacobians.get(form).copied()).collect()
}

/// A block of a Hessian: the Jacobian of a gradient by parameter `p`, as a matrix unless both are numbers.
pub fn hessian_block(g: &mut Graph, of: NodeId, p: usize, parameter: NodeId) -> Jacobian {
    let mut block = jacobian(g, of, p, parameter);
    if g.is_scalar(parameter) {
        block.node = block.node.map(|node| rows::vec(g, node));
    }
    let shape = Shape::new(rows::entries(g, g.shape(of)), rows::entries(g, g.shape(parameter)));
    block.node = Some(block.node.unwrap_or_else(|| g.filled(0.0, shape)));
    block
}

/// A matrix that is symmetric in exact arithmetic, symmetric to the last bit.
pub fn mirrored(g: &mut Graph, h: NodeId) -> NodeId {
    // factors stay outside, and terms that are symmetric each are mirrored each, so that half of a product is all that is computed
    if let (Kind::Scale, &[s, a]) = (g.kind(h), g.args(h)) {
        let a = mirrored(g, a);
        return g.scale(s, a);
    }
    let terms = g.terms(h);
    if g.kind(h) == Kind::Lin && !is_mirror_image(g, h) && terms.iter().all(|t| terms.len() == 1 || is_symmetric(g, t.1)) {
        let terms: Vec<(f64, NodeId)> = terms.into_iter().map(|(c, t)| (c, mirrored(g, t))).collect();
        return g.lin(&terms);
    }
    if g.is_scalar(h) || is_mirror_image(g, h) { h } else { g.unary(Kind::Mirror, h) }
}

/// Whether entries that mirror each other are computed from the same numbers by the same operations, in this order or the other.
fn is_mirror_image(g: &Graph, h: NodeId) -> bool {
    match g.kind(h) {
        Kind::Identity | Kind::DiagMat | Kind::Fill | Kind::ProductsButTwo => true,
        Kind::Scale => is_mirror_image(g, g.args(h)[1]),
        Kind::Lin => match g.terms(h)[..] {
            [(_, a)] => is_mirror_image(g, a),
            // a + aᵀ
            [(c, a), (d, b)] if c == d => is_turned(g, a, b) || is_turned(g, b, a),
            _ => false,
        },
        Kind::Param => is_symmetric(g, h),
        _ => false,
    }
}

fn is_turned(g: &Graph, a: NodeId, b: NodeId) -> bool {
    g.kind(b) == Kind::Transpose && g.args(b)[0] == a
}
