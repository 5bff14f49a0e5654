//! From mathematics to a program: how products associate, what is one pass over the entries, what is a variable.
//!
//! A [`Program`] is again a [`Graph`], one that no rewrite touches: products have two factors, chains of elementwise operations are
//! [`Kind::Map`] nodes with their body as a region, and transposes stand only where a kernel takes them. The interpreter runs it like any other graph,
//! which is how the schedule is tested.

mod chains;
mod changes;
mod fuse;
mod operands;
mod regions;

use std::collections::{HashMap, HashSet};

use crate::ir::{Graph, Kind, NodeId, Region};

pub use changes::changed_operands;
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
    /// Nodes that may change the variable of an operand, the number of which stands beside: in this order, nobody reads that afterwards.
    pub taken: HashSet<(NodeId, usize)>,
    /// Who reads a node, in order.
    readers: HashMap<NodeId, Vec<NodeId>>,
}

impl Program {
    /// The nodes of the program that are written with this one, or read it when they are computed, in order.
    #[must_use]
    pub fn readers(&self, id: NodeId) -> &[NodeId] {
        self.readers.get(&id).map_or(&[], Vec::as_slice)
    }
}

/// What a region has beside its results.
#[derive(Clone, Copy, Default, Debug)]
pub struct Inside<'a> {
    /// Parameters whose variables it may change.
    pub owned: &'a [usize],
    /// The results that are added to something, by their numbers.
    pub added: &'a [usize],
}

/// The program that computes `roots`.
#[must_use]
#[allow(clippy::implicit_hasher, reason = "the map of a derivation")]
pub fn schedule(g: &Graph, roots: &[NodeId], lets: &HashMap<NodeId, String>) -> Program {
    arrange(g, roots, lets, Inside::default(), None)
}

/// The program that computes `roots` in two parts: first what does not depend on parameter `later`, then what does.
#[must_use]
#[allow(clippy::implicit_hasher, reason = "the map of a derivation")]
pub fn schedule_in_two(g: &Graph, roots: &[NodeId], lets: &HashMap<NodeId, String>, later: usize) -> Program {
    arrange(g, roots, lets, Inside::default(), Some(later))
}

/// The program of a region.
#[must_use]
pub fn schedule_region(region: &Region, inside: Inside<'_>) -> Program {
    arrange(&region.graph, &region.results, &HashMap::new(), inside, None)
}

fn arrange(g: &Graph, roots: &[NodeId], lets: &HashMap<NodeId, String>, inside: Inside<'_>, later: Option<usize>) -> Program {
    let (merged, place) = regions::merge(g, roots, later);
    let roots: Vec<NodeId> = roots.iter().map(|r| place[r]).collect();
    let lets: HashMap<NodeId, String> = lets.iter().filter_map(|(id, name)| Some((*place.get(id)?, name.clone()))).collect();
    let (associated, place) = chains::associate(&merged, &roots);
    let roots: Vec<NodeId> = roots.iter().map(|r| place[r]).collect();
    let lets: HashMap<NodeId, String> = lets.iter().filter_map(|(id, name)| Some((*place.get(id)?, name.clone()))).collect();
    let added: HashSet<NodeId> = inside.added.iter().map(|i| roots[*i]).collect();
    let (graph, place) = fuse::fuse(&associated, &roots, &added);
    let roots: Vec<NodeId> = roots.iter().map(|r| place[r]).collect();
    let lets = lets.into_iter().filter_map(|(id, name)| Some((*place.get(&id)?, name))).collect();
    let uses = uses(&graph, &roots);
    let order: Vec<NodeId> = graph.reachable(&roots).into_iter().filter(|id| uses.contains_key(id)).collect();
    let (order, taken) = changes::changes(&graph, &roots, &order, inside.owned);
    let readers = readers(&graph, &order);
    Program { graph, roots, order, uses, lets, taken, readers }
}

/// Who is written with a node, or reads it.
fn readers(g: &Graph, order: &[NodeId]) -> HashMap<NodeId, Vec<NodeId>> {
    let mut readers: HashMap<NodeId, Vec<NodeId>> = HashMap::new();
    for id in order {
        for a in operands(g, *id).iter().chain(g.args(*id)) {
            let of = readers.entry(*a).or_default();
            if of.last() != Some(id) {
                of.push(*id);
            }
        }
    }
    readers
}

/// Whether a node costs nothing to have twice.
#[must_use]
pub fn is_free(g: &Graph, id: NodeId) -> bool {
    matches!(g.kind(id), Kind::Param | Kind::Const | Kind::Opaque | Kind::Dim)
}
