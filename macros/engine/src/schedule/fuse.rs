//! Chains of elementwise operations as one pass over the entries.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use crate::ir::{Attr, Graph, Kind, NodeId, Op, Region, Shape};
use crate::ops::algebra::{broadcast, is_elementwise};

/// nalgebra maps over at most this many matrices at once.
const INPUTS: usize = 3;

/// The graph with elementwise chains as [`Kind::Map`], and where the nodes went; `added`: roots that are added to something, term by term.
pub(super) fn fuse(g: &Graph, roots: &[NodeId], added: &HashSet<NodeId>) -> (Graph, HashMap<NodeId, NodeId>) {
    let uses = super::uses(g, roots);
    let mut to = Graph::new(g.dims.clone(), g.promises.clone(), None);
    let mut place: HashMap<NodeId, NodeId> = HashMap::new();
    for id in g.reachable(roots) {
        let node = g.node(id);
        let by_terms =
            added.contains(&id) && g.terms(id).iter().any(|t| g.kind(t.1) == Kind::Output && uses.get(&t.1) == Some(&1));
        let group = Group::of(g, id, &uses).filter(|_| !by_terms);
        let new = if let Some(group) = group.filter(Group::is_worthwhile) {
            let (inputs, region) = group.region(g);
            let args: Vec<NodeId> = inputs.iter().map(|a| place[a]).collect();
            to.intern(Op { kind: Kind::Map, attr: Attr::Region(Rc::new(region)) }, &args, g.shape(id))
        } else {
            let args: Vec<NodeId> = node.args.iter().map(|a| place[a]).collect();
            to.intern(node.op.clone(), &args, g.shape(id))
        };
        place.insert(id, new);
    }
    (to, place)
}

/// Elementwise nodes that become one pass.
struct Group {
    root: NodeId,
    /// The nodes computed inside, operands first.
    inside: BTreeSet<NodeId>,
    /// The matrices read.
    matrices: BTreeSet<NodeId>,
    /// The scalars read.
    scalars: BTreeSet<NodeId>,
    single: bool,
}

impl Group {
    /// The largest group with this root.
    fn of(g: &Graph, root: NodeId, uses: &HashMap<NodeId, usize>) -> Option<Self> {
        if !is_elementwise(g.kind(root)) || g.is_scalar(root) || adds_blocks(g, root, uses) {
            return None;
        }
        let mut group =
            Self { root, inside: BTreeSet::from([root]), matrices: BTreeSet::new(), scalars: BTreeSet::new(), single: false };
        group.read(g);
        // users before operands: the largest id first
        let mut too_many: BTreeSet<NodeId> = BTreeSet::new();
        loop {
            let next = group.matrices.iter().rev().copied().find(|a| !too_many.contains(a) && group.may_absorb(g, *a, uses));
            let Some(a) = next else { break };
            let before = group.matrices.len();
            group.inside.insert(a);
            group.read(g);
            if group.matrices.len() > INPUTS.max(before) {
                too_many.insert(a);
                group.inside.remove(&a);
                group.read(g);
            }
        }
        group.single = group.inside.len() == 1 && is_operator(g, root);
        Some(group)
    }

    /// Whether all uses of an operand are inside.
    fn may_absorb(&self, g: &Graph, a: NodeId, uses: &HashMap<NodeId, usize>) -> bool {
        let here: usize = self.inside.iter().map(|id| g.args(*id).iter().filter(|b| **b == a).count()).sum();
        if adds_blocks(g, a, uses) {
            return false;
        }
        (is_elementwise(g.kind(a)) || g.kind(a) == Kind::Fill)
            && (uses.get(&a).copied().unwrap_or(0) <= here || g.kind(a) == Kind::Fill)
    }

    /// Find the operands of what is inside.
    fn read(&mut self, g: &Graph) {
        self.matrices.clear();
        self.scalars.clear();
        for id in &self.inside {
            for a in g.args(*id).iter().filter(|a| !self.inside.contains(a)) {
                if g.is_scalar(*a) {
                    self.scalars.insert(*a)
                } else {
                    self.matrices.insert(*a)
                };
            }
        }
    }

    fn is_worthwhile(&self) -> bool {
        !self.single && !self.matrices.is_empty() && self.matrices.len() <= INPUTS
    }

    /// The inputs, matrices first, and the body.
    fn region(&self, g: &Graph) -> (Vec<NodeId>, Region) {
        let constant = |id: &&NodeId| g.kind(**id) == Kind::Const;
        let inputs: Vec<NodeId> = self.matrices.iter().chain(self.scalars.iter().filter(|id| !constant(id))).copied().collect();
        let mut body = Graph::default();
        let mut place: HashMap<NodeId, NodeId> = HashMap::new();
        for (i, input) in inputs.iter().enumerate() {
            let leaf = body.intern(Op { kind: Kind::Param, attr: Attr::Param(i) }, &[], Shape::SCALAR);
            place.insert(*input, leaf);
        }
        for id in self.scalars.iter().filter(constant) {
            let leaf = body.constant(g.constant_value(*id).unwrap_or(0.0));
            place.insert(*id, leaf);
        }
        for id in &self.inside {
            let args: Vec<NodeId> = g.args(*id).iter().map(|a| place[a]).collect();
            let node = match g.kind(*id) {
                Kind::Fill => args[0],
                Kind::Scale | Kind::Ratio => {
                    // (s x) t, as the graph has it: the product of s and t may overflow where this does not
                    let nested =
                        matches!(g.kind(g.args(*id)[1]), Kind::Scale | Kind::Ratio) && self.inside.contains(&g.args(*id)[1]);
                    let args = if nested { vec![args[1], args[0]] } else { args };
                    body.intern(Op { kind: Kind::Hadamard, attr: Attr::None }, &args, Shape::SCALAR)
                }
                _ => body.intern(g.node(*id).op.clone(), &args, Shape::SCALAR),
            };
            place.insert(*id, node);
        }
        (inputs, Region { graph: body, results: vec![place[&self.root]] })
    }
}

/// Whether a sum has blocks in zeros, or copies of a vector, among its terms that nobody else reads: they are added in place.
fn adds_blocks(g: &Graph, id: NodeId, uses: &HashMap<NodeId, usize>) -> bool {
    g.kind(id) == Kind::Lin
        && g.args(id).iter().any(|a| (g.kind(*a) == Kind::Place || broadcast(g, *a).is_some()) && uses.get(a) == Some(&1))
}

/// Whether nalgebra has an operator or method for this one operation.
fn is_operator(g: &Graph, id: NodeId) -> bool {
    match g.kind(id) {
        Kind::Lin => {
            let terms = g.terms(id);
            terms.len() == 1 || (terms.len() == 2 && terms.iter().all(|t| t.0.abs() == 1.0) && terms.iter().any(|t| t.0 == 1.0))
        }
        Kind::Scale | Kind::Ratio => true,
        Kind::Hadamard => g.args(id).len() == 2,
        _ => false,
    }
}
