//! From a node to its formula, with the user's names, and with names for what occurs twice.

use std::collections::{BTreeSet, HashMap};

use super::Text;
use crate::ir::{Attr, Dim, Graph, Kind, NodeId, OpaqueId};
use crate::ops;

/// Names in scope.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Of parameters.
    pub params: Vec<String>,
    /// Of pieces of inactive code.
    pub opaques: HashMap<OpaqueId, String>,
    /// Of dimensions.
    pub dims: HashMap<Dim, String>,
    /// That the user gave to values.
    pub lets: HashMap<NodeId, String>,
}

/// Stands for a piece of inactive code in a position, until the printer, who knows it, puts it there.
pub(super) fn placeholder(code: OpaqueId) -> String {
    format!("⟦{}⟧", code.0)
}

/// Stands for a dimension in a position.
pub(super) fn dim_placeholder(dim: Dim) -> String {
    format!("⟦{dim:?}⟧")
}

/// Writes formulas of one graph.
pub struct Printer<'g> {
    pub(super) graph: &'g Graph,
    pub(super) names: &'g Names,
    /// Values that have a name of their own here.
    named: HashMap<NodeId, String>,
}

/// A subexpression of at least this many operands gets a name when it occurs twice.
const WORTH_A_NAME: usize = 3;
/// A formula of more than this many characters is broken up by naming.
const LINE: usize = 100;

impl<'g> Printer<'g> {
    /// For formulas of `graph`.
    #[must_use]
    pub fn new(graph: &'g Graph, names: &'g Names) -> Self {
        Self { graph, names, named: HashMap::new() }
    }

    /// Give values the names that the user gave them, where they occur more than once in the formulas of `roots`.
    pub fn recall(&mut self, roots: &[NodeId]) {
        let order = self.graph.reachable(roots);
        let mut size: HashMap<NodeId, usize> = HashMap::new();
        for id in &order {
            let operands = self.graph.args(*id).iter().fold(0_usize, |sum, a| sum.saturating_add(size[a]));
            size.insert(*id, operands.saturating_add(self.weight(*id)));
        }
        let mut taken = self.taken();
        let mut occurrences: HashMap<NodeId, usize> = HashMap::new();
        for root in roots {
            *occurrences.entry(*root).or_default() += 1;
        }
        for id in order.iter().rev() {
            let mut count = occurrences[id];
            let wanted = self.names.lets.get(id).filter(|_| count > 1 && size[id] >= WORTH_A_NAME);
            if let Some(name) = wanted.filter(|name| !roots.contains(id) && taken.insert((*name).clone())) {
                self.named.insert(*id, name.clone());
                count = 1; // below, it occurs in the definition
            }
            for a in self.graph.args(*id) {
                let times = occurrences.entry(*a).or_default();
                *times = times.saturating_add(count);
            }
        }
    }

    /// Give names to what the formulas of `roots` share, or what makes them too long.
    pub fn share(&mut self, roots: &[NodeId]) {
        let order = self.graph.reachable(roots);
        let mut uses: HashMap<NodeId, usize> = HashMap::new();
        let mut size: HashMap<NodeId, usize> = HashMap::new();
        for id in &order {
            for a in self.graph.args(*id) {
                *uses.entry(*a).or_default() += 1;
            }
        }
        let mut taken = self.taken();
        let mut pool = ["r", "s", "t", "u", "v", "p", "q", "z", "h", "k"]
            .iter()
            .map(|s| (*s).to_owned())
            .chain((1..).map(|i| format!("t{i}")));
        for id in order {
            let operations: usize = self.graph.args(id).iter().map(|a| size.get(a).copied().unwrap_or(0)).sum();
            let mut total = if self.named.contains_key(&id) { 0 } else { operations + self.weight(id) };
            let wanted = self.names.lets.get(&id);
            let shared = uses.get(&id).copied().unwrap_or(0) > 1 && total >= WORTH_A_NAME && !self.is_quiet(id);
            let long = total > LINE / 5 && !roots.contains(&id) && !self.is_quiet(id);
            if (shared || long) && !roots.contains(&id) {
                let name = wanted.filter(|n| !taken.contains(*n)).cloned().or_else(|| pool.find(|n| !taken.contains(n)));
                if let Some(name) = name {
                    taken.insert(name.clone());
                    self.named.insert(id, name);
                    total = 0;
                }
            }
            size.insert(id, total);
        }
    }

    /// How much a node adds to a formula.
    fn weight(&self, id: NodeId) -> usize {
        if self.is_quiet(id) { 0 } else { self.graph.args(id).len() }
    }

    /// Operations that print as no more than their operand.
    fn is_quiet(&self, id: NodeId) -> bool {
        let kind = self.graph.kind(id);
        ops::is_factorization(kind)
            || matches!(
                kind,
                Kind::Loop | Kind::Branch | Kind::Tri | Kind::Transpose | Kind::Const | Kind::Param | Kind::Fill | Kind::Slice
            )
    }

    fn taken(&self) -> BTreeSet<String> {
        self.names
            .params
            .iter()
            .cloned()
            .chain(self.names.dims.values().cloned())
            .chain(self.names.opaques.values().cloned())
            .chain(self.named.values().cloned())
            .collect()
    }

    /// The formula of a node.
    #[must_use]
    pub fn formula(&self, root: NodeId) -> Text {
        self.text(root, true)
    }

    /// `name = formula` for every name given by [`Printer::share`] that `roots` use, directly or not.
    #[must_use]
    pub fn definitions(&self, roots: &[NodeId]) -> Vec<(String, Text)> {
        let order = self.graph.reachable(roots);
        let named = order.into_iter().filter_map(|id| self.named.get(&id).map(|name| (name.clone(), self.text(id, true))));
        named.chain(self.recurrences(roots, &|id| self.text(id, false))).collect()
    }

    /// The text of a node; `unfold`: of its formula even if it has a name.
    fn text(&self, root: NodeId, unfold: bool) -> Text {
        let mut texts: HashMap<NodeId, Text> = HashMap::new();
        for id in self.needed(root) {
            let name = self.named.get(&id).filter(|_| !(unfold && id == root));
            let text = if let Some(name) = name {
                Text::atom(name.clone())
            } else if let Some(leaf) = self.leaf(id) {
                leaf
            } else if let Attr::Output(output) = self.graph.node(id).op.attr {
                let of = self.graph.args(id)[0];
                let args: Vec<Text> = self.graph.args(of).iter().map(|a| texts[a].clone()).collect();
                self.value_of(of, output, &args)
            } else {
                let args: Vec<Text> = self.graph.args(id).iter().map(|a| texts[a].clone()).collect();
                self.resolved((ops::record(self.graph.kind(id)).notation)(self.graph, id, &args))
            };
            texts.insert(id, text);
        }
        texts.remove(&root).unwrap_or_else(|| Text::atom("?"))
    }

    /// What the text of `root` is made of, operands first, nothing below a name.
    fn needed(&self, root: NodeId) -> BTreeSet<NodeId> {
        let mut seen = BTreeSet::from([root]);
        let mut stack = vec![root];
        while let Some(id) = stack.pop() {
            if id != root && self.named.contains_key(&id) {
                continue;
            }
            stack.extend(self.graph.args(id).iter().filter(|a| seen.insert(**a)));
        }
        seen
    }

    /// The user's code, and the names of dimensions, in the place of what stands for them.
    fn resolved(&self, text: Text) -> Text {
        if !text.as_str().contains('⟦') {
            return text;
        }
        let codes = self.names.opaques.iter().map(|(code, name)| (placeholder(*code), name));
        let dims = self.names.dims.iter().map(|(dim, name)| (dim_placeholder(*dim), name));
        codes.chain(dims).fold(text, |text, (standing, name)| text.with(&standing, name))
    }

    fn leaf(&self, id: NodeId) -> Option<Text> {
        match self.graph.node(id).op.attr {
            Attr::Param(p) if self.graph.kind(id) == Kind::Param => self.names.params.get(p).cloned().map(Text::atom),
            Attr::Opaque(o) if self.graph.kind(id) == Kind::Opaque => self.names.opaques.get(&o).cloned().map(Text::code),
            Attr::Dim(d) | Attr::Divisor(d) if self.graph.kind(id) == Kind::Dim => Some(Text::atom(self.dim(d))),
            Attr::Of(of) => Some(Text::atom(format!("d{}", self.text_of_operand(of)))),
            _ => None,
        }
    }

    fn text_of_operand(&self, of: NodeId) -> String {
        self.named.get(&of).cloned().or_else(|| self.leaf(of).map(|t| t.to_string())).unwrap_or_else(|| "X".to_owned())
    }

    /// The name of a dimension.
    #[must_use]
    pub fn dim(&self, dim: Dim) -> String {
        match self.graph.dims.resolve(dim) {
            Dim::Const(n) => n.to_string(),
            dim @ Dim::Sym(_) => self.names.dims.get(&dim).cloned().unwrap_or_else(|| "n".to_owned()),
        }
    }
}
