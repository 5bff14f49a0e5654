//! Values that live on in the variable of an operand: an update, a sum, a loop changes what nobody reads afterwards, instead of a copy of it.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::operands;
use crate::ir::{Attr, Branch, Graph, Kind, NodeId, Output, Region};
use crate::ops::is_factorization;

/// An order in which whoever reads a variable does so before it changes, and which nodes change the variable of which operand.
pub(super) fn changes(g: &Graph, roots: &[NodeId], order: &[NodeId], owned: &[usize]) -> (Vec<NodeId>, HashSet<(NodeId, usize)>) {
    let mut plan = Plan::new(g, roots, order, owned);
    for id in order {
        plan.visit(*id);
    }
    (plan.sorted(order), plan.taken)
}

struct Plan<'g> {
    g: &'g Graph,
    roots: &'g [NodeId],
    /// Parameters of a region whose variables the region may change.
    owned: &'g [usize],
    /// Who reads a node.
    readers: HashMap<NodeId, Vec<NodeId>>,
    /// Who has to come after a node: those that read it, and those that change what it reads.
    later: HashMap<NodeId, Vec<NodeId>>,
    taken: HashSet<(NodeId, usize)>,
    /// Whose variables have been taken, and the values that live in them.
    gone: HashSet<NodeId>,
    living: HashSet<NodeId>,
}

impl<'g> Plan<'g> {
    fn new(g: &'g Graph, roots: &'g [NodeId], order: &[NodeId], owned: &'g [usize]) -> Self {
        let computed: HashSet<NodeId> = order.iter().copied().collect();
        let mut readers: HashMap<NodeId, Vec<NodeId>> = HashMap::new();
        for id in order {
            let read: BTreeSet<NodeId> = operands(g, *id).into_iter().chain(g.args(*id).iter().copied()).collect();
            for a in read.into_iter().filter(|a| computed.contains(a)) {
                readers.entry(a).or_default().push(*id);
            }
        }
        let later = readers.clone();
        Self { g, roots, owned, readers, later, taken: HashSet::new(), gone: HashSet::new(), living: HashSet::new() }
    }

    fn visit(&mut self, id: NodeId) {
        let g = self.g;
        let args = g.args(id);
        match &g.node(id).op.attr {
            Attr::Loop(l) => {
                for i in 0..l.carried {
                    self.take(id, i);
                }
            }
            Attr::Branch(b) => {
                for (operand, _) in changed_operands(b) {
                    self.take(id, operand);
                }
            }
            _ if g.is_scalar(id) => {}
            _ => {
                let candidates: Vec<usize> = match g.kind(id) {
                    Kind::Update => vec![0],
                    Kind::Lin => g.terms(id).iter().enumerate().filter(|(_, t)| t.0 == 1.0).map(|(i, _)| i).collect(),
                    Kind::Scale => vec![1],
                    Kind::Hadamard if args.len() == 2 => vec![0, 1],
                    Kind::Map if args.iter().filter(|a| !g.is_scalar(**a)).count() <= 3 => (0..args.len()).collect(),
                    _ => Vec::new(),
                };
                // what is no update need not be in place: only where there is a variable to change, and the result is wanted in one
                let any = g.kind(id) == Kind::Update;
                let wanted = any || self.is_wanted(id);
                let fits = |i: &usize| wanted && g.shape(args[*i]) == g.shape(id) && (any || self.is_changeable(args[*i]));
                let candidates: Vec<usize> = candidates.into_iter().filter(fits).collect();
                if candidates.into_iter().any(|i| self.take(id, i)) {
                    self.living.insert(id);
                }
            }
        }
    }

    /// Whether a node is a variable in any case: a kernel that reads it takes no part of it upon itself.
    fn is_wanted(&self, id: NodeId) -> bool {
        let changes = |r: &NodeId| matches!(self.g.kind(*r), Kind::Loop | Kind::Branch | Kind::Update);
        self.roots.contains(&id) || self.readers.get(&id).is_some_and(|readers| readers.iter().all(changes))
    }

    /// Whether a node is a variable that changes already.
    fn is_changeable(&self, a: NodeId) -> bool {
        self.is_owned(a) || matches!(self.g.kind(a), Kind::Output | Kind::Update) || self.living.contains(&a)
    }

    fn is_owned(&self, a: NodeId) -> bool {
        matches!(self.g.node(a).op.attr, Attr::Param(i) if self.owned.contains(&i)) && self.g.kind(a) == Kind::Param
    }

    /// Whether an operand is a matrix that a companion makes, in a variable or as a temporary.
    fn is_made(&self, a: NodeId) -> bool {
        use Kind::{Branch, Const, Dim, Fill, Kron, Loop, Opaque, Param, Reshape, Slice, Transpose, Tri};
        let kind = self.g.kind(a);
        let view = matches!(kind, Param | Const | Opaque | Dim | Fill | Slice | Transpose | Tri | Kron | Reshape);
        !view && !matches!(kind, Loop | Branch) && !is_factorization(kind)
    }

    /// Takes the variable of an operand, if all others that read it can do so before.
    fn take(&mut self, id: NodeId, operand: usize) -> bool {
        let args = self.g.args(id);
        let whole = args[operand];
        let alone = args.iter().filter(|a| **a == whole).count() == 1;
        if self.g.is_scalar(whole)
            || !alone
            || self.roots.contains(&whole)
            || self.gone.contains(&whole)
            || !(self.is_owned(whole) || self.is_made(whole))
        {
            return false;
        }
        let others: Vec<NodeId> = self.readers.get(&whole).into_iter().flatten().copied().filter(|r| *r != id).collect();
        if !others.is_empty() {
            let after = self.all_after(id);
            if others.iter().any(|r| after.contains(r)) {
                return false;
            }
        }
        for reader in others {
            self.later.entry(reader).or_default().push(id);
        }
        self.gone.insert(whole);
        self.taken.insert((id, operand))
    }

    fn all_after(&self, id: NodeId) -> HashSet<NodeId> {
        let (mut seen, mut stack) = (HashSet::new(), vec![id]);
        while let Some(id) = stack.pop() {
            for next in self.later.get(&id).into_iter().flatten() {
                if seen.insert(*next) {
                    stack.push(*next);
                }
            }
        }
        seen
    }

    /// The nodes, each after those that have to come before it, otherwise as they were.
    fn sorted(&self, order: &[NodeId]) -> Vec<NodeId> {
        let mut before: HashMap<NodeId, usize> = HashMap::new();
        for id in self.later.values().flatten() {
            *before.entry(*id).or_default() += 1;
        }
        let mut ready: BTreeSet<NodeId> = order.iter().copied().filter(|id| !before.contains_key(id)).collect();
        let mut sorted = Vec::with_capacity(order.len());
        while let Some(id) = ready.pop_first() {
            sorted.push(id);
            for next in self.later.get(&id).into_iter().flatten() {
                let left = before.entry(*next).or_default();
                *left -= 1;
                if *left == 0 {
                    ready.insert(*next);
                }
            }
        }
        debug_assert_eq!(sorted.len(), order.len(), "schedule::changes: nodes wait for each other");
        sorted
    }
}

/// Operands of a branch whose variables its sides may change, each with the result that then lives there.
pub fn changed_operands(b: &Branch) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for i in 0..b.then.results.len() {
        let of = |side: &Region| source(&side.graph, side.results[i]);
        let Some(operand) = of(&b.then).or_else(|| of(&b.otherwise)) else { continue };
        if found.iter().all(|(other, _)| *other != operand) {
            found.push((operand, i));
        }
    }
    found
}

/// The parameter that a result is, changed in some places.
fn source(g: &Graph, id: NodeId) -> Option<usize> {
    if g.is_scalar(id) {
        return None;
    }
    let node = g.node(id);
    match (&node.op.kind, &node.op.attr) {
        (Kind::Param, Attr::Param(i)) => Some(*i),
        (Kind::Update, _) => source(g, node.args[0]),
        (Kind::Lin, _) => g.terms(id).into_iter().filter(|t| t.0 == 1.0).find_map(|t| source(g, t.1)),
        (Kind::Output, Attr::Output(Output::Last(i))) => {
            let of = node.args[0];
            match &g.node(of).op.attr {
                Attr::Loop(_) => source(g, g.args(of)[*i]),
                Attr::Branch(b) => {
                    let (operand, _) = changed_operands(b).into_iter().find(|(_, result)| result == i)?;
                    source(g, g.args(of)[operand])
                }
                _ => None,
            }
        }
        _ => None,
    }
}
