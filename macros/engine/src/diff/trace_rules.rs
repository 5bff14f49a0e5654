//! Step 2: moving a linear form from the differential to the cotangent.

use std::collections::BTreeMap;

use crate::ir::{Attr, Graph, NodeId};
use crate::ops;

/// For `form` linear in deltas: the nodes `A` with their `H` such that `⟨G, form⟩ = Σ ⟨H, dA⟩`.
pub fn pull(g: &mut Graph, form: NodeId, cotangent: NodeId) -> Vec<(NodeId, NodeId)> {
    let mut pending: BTreeMap<NodeId, Vec<(f64, NodeId)>> = BTreeMap::new();
    let mut found = Vec::new();
    pending.insert(form, vec![(1.0, cotangent)]);
    // users before operands: the largest id first
    while let Some((id, parts)) = pending.pop_last() {
        let cotangent = g.lin(&parts);
        if let Attr::Of(of) = g.node(id).op.attr {
            found.push((of, cotangent));
            continue;
        }
        let args = g.args(id).to_vec();
        for (i, a) in args.iter().enumerate() {
            if g.is_linear_form(*a)
                && let Some(rule) = ops::record(g.kind(id)).transpose
            {
                let part = rule(g, id, i, cotangent);
                pending.entry(*a).or_default().push((1.0, part));
            }
        }
    }
    found
}
