//! Step 3: the gradients of a scalar function, and what the cotangent of any function is pulled back to.

use std::collections::HashMap;

use super::differential::{delta, differential};
use super::limits::{Around, pull_with_limits};
use super::regions;
use super::trace_rules::pull;
use crate::ir::{Attr, Graph, Kind, NodeId, Output, Pass};
use crate::simplify::is_symmetric;

/// A node known to be `1 × 1`.
#[derive(Clone, Copy, Debug)]
pub struct ScalarFunction(NodeId);

impl ScalarFunction {
    /// The node, if it is a scalar.
    #[must_use]
    pub fn new(g: &Graph, id: NodeId) -> Option<Self> {
        g.is_scalar(id).then_some(Self(id))
    }
    /// The node.
    #[must_use]
    pub fn node(self) -> NodeId {
        self.0
    }
}

/// What [`gradient`] found.
#[derive(Debug)]
pub struct Gradients {
    /// The gradient by each parameter asked for; `None` if the function does not depend on it.
    pub by: Vec<Option<NodeId>>,
    /// Nodes that a parameter reaches and that have no differential.
    pub without_rule: Vec<NodeId>,
}

/// The gradients `Gᵢ` with `df = Σ ⟨Gᵢ, dXᵢ⟩` by parameters, in the order of `wrt`.
///
/// In [`Pass::Inner`], they hold what makes their derivatives right at kinks. By a parameter declared symmetric, the symmetric `G` with `df = ⟨G, dX⟩` for symmetric `dX`; and so for the other declarations.
pub fn gradient(g: &mut Graph, f: ScalarFunction, wrt: &[usize]) -> Gradients {
    let one = g.constant(1.0);
    pullback(g, &[(f.node(), one)], wrt)
}

/// The `Gᵢ` with `Σ ⟨C, dF⟩ = Σ ⟨Gᵢ, dXᵢ⟩` by parameters, in the order of `wrt`, for values `F` and cotangents `C` of their shapes.
pub fn pullback(g: &mut Graph, seeds: &[(NodeId, NodeId)], wrt: &[usize]) -> Gradients {
    g.moved = wrt.to_vec();
    let is_wanted = |attr: &Attr| matches!(attr, Attr::Param(p) if wrt.contains(p));
    let active = g.dependents(|node| node.op.kind == Kind::Param && is_wanted(&node.op.attr));
    let values: Vec<NodeId> = seeds.iter().map(|s| s.0).collect();
    let order: Vec<NodeId> = g.reachable(&values).into_iter().filter(|id| active.get(id.index()) == Some(&true)).collect();

    let mut cotangents: HashMap<NodeId, Vec<(f64, NodeId)>> = HashMap::new();
    for (value, seed) in seeds {
        cotangents.entry(*value).or_default().push((1.0, *seed));
    }
    let given = seeds.iter().map(|s| s.1).filter(|seed| g.kind(*seed) == Kind::Param).collect();
    let around = Around { active: &active, given };
    let mut outputs: HashMap<NodeId, HashMap<Output, NodeId>> = HashMap::new();
    let mut found = Gradients { by: vec![None; wrt.len()], without_rule: Vec::new() };
    for id in order.into_iter().rev() {
        if let Some(of_outputs) = outputs.remove(&id) {
            let active: Vec<bool> = g.args(id).iter().map(|a| active[a.index()]).collect();
            let args = g.args(id).to_vec();
            let (parts, complete) = regions::cotangents(g, id, &of_outputs, &active);
            for (i, part) in parts {
                cotangents.entry(args[i]).or_default().push((1.0, part));
            }
            if !complete {
                found.without_rule.push(id);
            }
            continue;
        }
        let Some(mut parts) = cotangents.remove(&id) else { continue };
        parts.reverse(); // users came first; the sum reads in the order of the function
        let cotangent = g.lin(&parts);
        if g.kind(id) == Kind::Param {
            let Attr::Param(p) = g.node(id).op.attr else { continue };
            let value = admissible(g, id, p, cotangent);
            for (slot, _) in found.by.iter_mut().zip(wrt).filter(|(_, w)| **w == p) {
                *slot = Some(value);
            }
            continue;
        }
        if let Attr::Output(output) = g.node(id).op.attr {
            outputs.entry(g.args(id)[0]).or_default().insert(output, cotangent);
            continue;
        }
        let args = g.args(id).to_vec();
        let d: Vec<Option<NodeId>> = args.iter().map(|a| active[a.index()].then(|| delta(g, *a))).collect();
        match differential(g, id, &d) {
            Some(form) => {
                let parts = if g.pass == Pass::Inner {
                    pull_with_limits(g, &around, id, form, cotangent)
                } else {
                    pull(g, form, cotangent)
                };
                for (a, part) in parts {
                    cotangents.entry(a).or_default().push((1.0, part));
                }
            }
            None if has_flat_derivative(g.kind(id)) => {}
            None => found.without_rule.push(id),
        }
    }
    found
}

/// The part of `G` in the directions in which a parameter may move: what is declared stays true.
pub(super) fn admissible(g: &mut Graph, parameter: NodeId, p: usize, mut cotangent: NodeId) -> NodeId {
    if g.promises.diagonal.contains(&p) {
        let diagonal = g.unary(Kind::Diagonal, cotangent);
        return g.unary(Kind::DiagMat, diagonal);
    }
    if g.promises.symmetric.contains(&p) {
        cotangent = symmetric_part(g, cotangent);
    }
    if g.promises.lower_triangular.contains(&p) {
        cotangent = g.unary(Kind::LowerTriangle, cotangent);
    }
    if g.promises.orthogonal.contains(&p) {
        cotangent = tangent_part(g, parameter, cotangent);
    }
    cotangent
}

// QᵀQ = I: Qᵀ dQ is skew-symmetric
/// `½ (G − Q Gᵀ Q)`: the `G` with a skew-symmetric `QᵀG`.
fn tangent_part(g: &mut Graph, q: NodeId, cotangent: NodeId) -> NodeId {
    let turned = g.transpose(cotangent);
    let reflected = g.matmul(&[q, turned, q]);
    g.lin(&[(0.5, cotangent), (-0.5, reflected)])
}

/// `½ (G + Gᵀ)`: the `G` that a symmetric `dX` cannot tell from the given one.
fn symmetric_part(g: &mut Graph, a: NodeId) -> NodeId {
    if is_symmetric(g, a) {
        return a;
    }
    let turned = g.transpose(a);
    let both = g.add(a, turned);
    g.times(0.5, both)
}

/// Whether an operation's derivative is zero wherever it exists, so that no differential is no error.
pub(super) fn has_flat_derivative(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Sign | Kind::Side | Kind::Still | Kind::Limit | Kind::Select | Kind::Pick | Kind::PlaceExtreme | Kind::Dim
    )
}
