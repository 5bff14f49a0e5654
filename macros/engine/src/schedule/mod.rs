//! From mathematics to a program: how products associate, what is one pass over the entries, what is a variable.
//!
//! A [`Program`] is again a [`Graph`], one that no rewrite touches: products have two factors, chains of elementwise operations are
//! [`Kind::Map`] nodes with their body as a region, and transposes stand only where a kernel takes them. The interpreter runs it like any other graph,
//! which is how the schedule is tested.

mod chains;
mod fuse;
mod operands;
mod regions;

use std::collections::HashMap;

use crate::ir::{Graph, Kind, NodeId};

pub use operands::{Sums, half_of_kronecker, operands, summed, uses};

/// What the companions compute, in order.
#[derive(Debug)]
pub struct Program {
    /// The nodes.
    pub graph: Graph,
    /// The values to return.
    pub roots: Vec<NodeId>,
    /// The nodes that are computed, operands first; nodes that a kernel takes apart itself (transposes, inverses to solve with) are not among them.
    pub order: Vec<NodeId>,
    /// How often each is used.
    pub uses: HashMap<NodeId, usize>,
    /// Names that the user gave to values.
    pub lets: HashMap<NodeId, String>,
}

/// The program that computes `roots`.
#[must_use]
#[allow(clippy::implicit_hasher, reason = "the map of a derivation")]
pub fn schedule(g: &Graph, roots: &[NodeId], lets: &HashMap<NodeId, String>) -> Program {
    let (merged, place) = regions::merge(g, roots);
    let roots: Vec<NodeId> = roots.iter().map(|r| place[r]).collect();
    let lets: HashMap<NodeId, String> = lets.iter().filter_map(|(id, name)| Some((*place.get(id)?, name.clone()))).collect();
    let (associated, place) = chains::associate(&merged, &roots);
    let roots: Vec<NodeId> = roots.iter().map(|r| place[r]).collect();
    let lets: HashMap<NodeId, String> = lets.iter().filter_map(|(id, name)| Some((*place.get(id)?, name.clone()))).collect();
    let (graph, place) = fuse::fuse(&associated, &roots, &lets);
    let roots: Vec<NodeId> = roots.iter().map(|r| place[r]).collect();
    let lets = lets.into_iter().filter_map(|(id, name)| Some((*place.get(&id)?, name))).collect();
    let uses = uses(&graph, &roots);
    let order = graph.reachable(&roots).into_iter().filter(|id| uses.contains_key(id)).collect();
    Program { graph, roots, order, uses, lets }
}

/// Whether a node costs nothing to have twice.
#[must_use]
pub fn is_free(g: &Graph, id: NodeId) -> bool {
    matches!(g.kind(id), Kind::Param | Kind::Const | Kind::Opaque | Kind::Dim)
}
