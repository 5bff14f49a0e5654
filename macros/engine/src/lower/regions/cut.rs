//! Regions that are cut out of a graph.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use super::sides::named;
use crate::ir::{Attr, Block, Dim, Graph, Index, Kind, NodeId, OpaqueId, Region, Shape, Source, Variable};
use crate::lower::lanes::Lane;
use crate::lower::mentions::mentions;
use crate::lower::pruned::replaced;
use crate::lower::{Lowerer, Opaque, Refusal, pattern_names};

impl Lowerer<'_> {
    /// The nodes of a body that are another each time, as a region; its operands, and the statements that it begins with.
    pub(super) fn cut_loop(
        &mut self,
        lane: &mut Lane,
        results: &[NodeId],
        carried: &[(NodeId, NodeId)],
        still: &HashMap<NodeId, NodeId>,
        span: Span,
    ) -> Result<(Region, Vec<NodeId>, Vec<OpaqueId>), Refusal> {
        let names = self.lane_names(lane);
        let order = self.graph.reachable(results);
        let mut inside: HashSet<NodeId> = HashSet::new();
        for id in &order {
            let node = self.graph.node(*id).clone();
            let varies = carried.iter().any(|c| c.1 == *id)
                || node.args.iter().any(|a| inside.contains(a))
                // an entry that is not there is not missed where nothing is iterated
                || (node.op.kind == Kind::Slice && id.index() >= lane.node)
                || self.attr_varies(&names, *id)
                || self.dim_varies(&names, node.shape.rows)
                || self.dim_varies(&names, node.shape.cols)
                || (!node.args.is_empty() && [node.shape.rows, node.shape.cols].into_iter().any(|dim| self.is_told_inside(&names, dim)));
            if varies && !still.contains_key(id) {
                inside.insert(*id);
            }
        }
        // numbers of the prologue that the body cannot compute for itself are collected
        let mut needed: HashSet<String> = HashSet::new();
        let mut kept: BTreeSet<String> = BTreeSet::new();
        let mut replaced: HashMap<NodeId, NodeId> = HashMap::new();
        for id in order.iter().filter(|id| inside.contains(id)) {
            match self.graph.node(*id).op.attr.clone() {
                Attr::Opaque(code) => {
                    let shape = self.graph.shape(*id);
                    let own = self.prologue.opaques[code.0 as usize].code.clone();
                    if shape.is_scalar() && self.repeatable(lane, &names, &own, &mut needed) {
                        continue;
                    }
                    // what one side of a branch reads is read there alone
                    if shape.is_scalar() && is_stated(&own) && self.kept_or_repeated(lane, &names, &own, &mut needed, &mut kept) {
                        continue;
                    }
                    let ours = own.to_string().starts_with("__collected");
                    let all = (shape.is_scalar() || (shape.is_column() && ours && !self.dim_varies(&names, shape.rows)))
                        .then(|| self.collect(lane, code, shape))
                        .flatten();
                    let Some(all) = all else {
                        return Err(self.fence().loop_form(
                            span,
                            "an index, a size or a condition of inactive code that changes while the loop runs",
                        ));
                    };
                    replaced.insert(*id, all);
                }
                attr => {
                    for code in attr.codes() {
                        let own = self.prologue.opaques[code.0 as usize].code.clone();
                        if self.varies(&names, code) && !self.kept_or_repeated(lane, &names, &own, &mut needed, &mut kept) {
                            return Err(self.fence().loop_form(
                                span,
                                "an index, a size or a condition of inactive code that changes while the loop runs",
                            ));
                        }
                    }
                }
            }
            let shape = self.graph.shape(*id);
            for dim in [shape.rows, shape.cols].into_iter().chain(self.graph.node(*id).op.attr.all_dims()) {
                self.repeatable_dim(lane, &names, dim, &mut needed, &mut kept).then_some(()).ok_or_else(|| {
                    self.fence()
                        .loop_form(span, "an index, a size or a condition of inactive code that changes while the loop runs")
                })?;
            }
        }
        needed.retain(|name| !kept.contains(name));
        let mut first = Vec::new();
        for name in &kept {
            let outside = self.prologue.fresh("collected");
            let read = self.keep_each(lane, name, &outside);
            first.push(self.prologue.opaque(Opaque::code(read, String::new())));
        }
        first.extend(self.first_statements(lane, &needed));
        let mut cut = Cut::new(inside, still);
        cut.operands.extend(carried.iter().map(|c| c.0));
        cut.leaves.extend(carried.iter().enumerate().map(|(i, c)| (c.1, i)));
        let index = Index { code: Some(lane.index), ..Index::default() };
        for (id, all) in replaced {
            cut.pieces.insert(id, (all, index.clone()));
        }
        let (region, args) = cut.region(&mut self.graph, results);
        Ok((region, args, first))
    }

    /// Whether a number can be said again in each iteration; `needed`: the names of the body that it takes.
    fn repeatable(&self, lane: &Lane, varying: &HashSet<String>, code: &TokenStream, needed: &mut HashSet<String>) -> bool {
        let statements = &self.prologue.statements[lane.statement.min(self.prologue.statements.len())..];
        let index = self.prologue.opaques[lane.index.0 as usize].code.to_string();
        let mut pending: Vec<String> = mentions(code).into_iter().map(|m| m.name).collect();
        let mut found: HashSet<String> = HashSet::new();
        while let Some(name) = pending.pop() {
            if name == index || !varying.contains(&name) || needed.contains(&name) || !found.insert(name.clone()) {
                continue;
            }
            if lane.item.as_ref().is_some_and(|item| *item == name) {
                return false;
            }
            // one name may be bound again and again, each time by what it was before
            let binders: Vec<_> = statements.iter().filter(|s| s.binds.contains(&name)).collect();
            if binders.is_empty() || binders.iter().any(|s| !s.optional || s.block.is_some() || is_mutable(&s.tokens, &name)) {
                return false;
            }
            pending.extend(binders.iter().flat_map(|s| mentions(&s.tokens)).map(|m| m.name));
        }
        needed.extend(found);
        true
    }

    /// Whether code can be said again in each iteration, or with what the loop of the prologue keeps for it; `kept`: the names of that.
    fn kept_or_repeated(
        &self,
        lane: &Lane,
        varying: &HashSet<String>,
        code: &TokenStream,
        needed: &mut HashSet<String>,
        kept: &mut BTreeSet<String>,
    ) -> bool {
        let mut open = Vec::new();
        mentions(code).into_iter().all(|m| self.reached(lane, varying, &m.name, (needed, kept), &mut open))
    }

    fn reached(
        &self,
        lane: &Lane,
        varying: &HashSet<String>,
        name: &str,
        (needed, kept): (&mut HashSet<String>, &mut BTreeSet<String>),
        open: &mut Vec<String>,
    ) -> bool {
        let index = self.prologue.opaques[lane.index.0 as usize].code.to_string();
        if name == index || !varying.contains(name) || needed.contains(name) || kept.contains(name) {
            return true;
        }
        if lane.item.as_ref().is_some_and(|item| item == name) {
            needed.insert(name.to_owned());
            return true;
        }
        // what is made of itself cannot be said
        if open.iter().any(|other| other == name) {
            return false;
        }
        let statements = &self.prologue.statements[lane.statement.min(self.prologue.statements.len())..];
        let binders: Vec<_> = statements.iter().filter(|s| s.binds.iter().any(|n| n == name)).collect();
        let mutable = binders.iter().any(|s| is_mutable(&s.tokens, name));
        let others = || binders.iter().flat_map(|s| mentions(&s.tokens)).filter(|m| m.name != name);
        let said = !binders.is_empty() && !mutable && binders.iter().all(|s| s.optional && s.block.is_none());
        open.push(name.to_owned());
        let said = said && others().all(|m| self.reached(lane, varying, &m.name, (&mut *needed, &mut *kept), open));
        open.pop();
        if said {
            needed.insert(name.to_owned());
            return true;
        }
        // what is bound once in each iteration is the same at its end
        if binders.len() == 1 && (name.starts_with("__") || !mutable) {
            kept.insert(name.to_owned());
            return true;
        }
        false
    }

    fn repeatable_dim(
        &self,
        lane: &Lane,
        varying: &HashSet<String>,
        dim: Dim,
        needed: &mut HashSet<String>,
        kept: &mut BTreeSet<String>,
    ) -> bool {
        // all that tell it, as they have to agree
        for code in self.told_inside(varying, dim) {
            let own = self.prologue.opaques[code.0 as usize].code.clone();
            let (mut again, mut all) = (needed.clone(), kept.clone());
            if self.kept_or_repeated(lane, varying, &own, &mut again, &mut all) {
                (*needed, *kept) = (again, all);
            }
        }
        if !self.dim_varies(varying, dim) {
            return true;
        }
        self.graph.dims.sources(dim).iter().any(|source| match source {
            Source::Code(code) => {
                let own = self.prologue.opaques[code.0 as usize].code.clone();
                self.kept_or_repeated(lane, varying, &own, needed, kept)
            }
            Source::Sum(all) | Source::Product(all) | Source::Least(all) => {
                all.iter().all(|d| self.repeatable_dim(lane, varying, *d, needed, kept))
            }
            Source::Variable { variable: Variable::Param(_), .. } => true,
            Source::Variable { .. } => false,
        })
    }

    /// The statements of a body that bind these names, as code.
    fn first_statements(&mut self, lane: &mut Lane, needed: &HashSet<String>) -> Vec<OpaqueId> {
        let mut first = Vec::new();
        if let Some(item) = lane.item.as_ref().filter(|item| needed.contains(&item.to_string())) {
            let index = self.prologue.opaques[lane.index.0 as usize].code.clone();
            let from = proc_macro2::Literal::usize_unsuffixed(lane.first_item);
            let (usize, root) = (self.input.signature.primitive("usize"), self.root());
            // of the type that the body needs
            first.push(if self.is_index(lane) {
                quote!(let #item: #usize = #from + #index;)
            } else {
                quote!(let #item = #root::__private::integer(#from, #index);)
            });
        }
        let statements = &self.prologue.statements[lane.statement.min(self.prologue.statements.len())..];
        first.extend(statements.iter().filter(|s| s.binds.iter().any(|n| needed.contains(n))).map(|s| s.tokens.clone()));
        let (mut bound, mut held) = (HashSet::new(), BTreeMap::new());
        let first: Vec<TokenStream> =
            first.into_iter().map(|statement| self.reading_what_was(lane, &statement, &mut bound, &mut held)).collect();
        first.into_iter().map(|tokens| self.prologue.opaque(Opaque::code(tokens, String::new()))).collect()
    }

    /// A statement that is said again in each iteration, after everything that changes or hides what it reads from outside: it reads what that was
    /// before the loop. `bound`: what the statements before it bind.
    fn reading_what_was(
        &mut self,
        lane: &mut Lane,
        statement: &TokenStream,
        bound: &mut HashSet<String>,
        held: &mut BTreeMap<String, Ident>,
    ) -> TokenStream {
        let mut names: Vec<String> = mentions(statement).into_iter().map(|m| m.name).filter(|n| !bound.contains(n)).collect();
        names.sort();
        names.dedup();
        let mut parsed = syn::parse2::<syn::Stmt>(statement.clone());
        let mut tokens = statement.clone();
        for name in names {
            let Some(ident) = named(statement, &name) else { continue };
            let Some(now) = self.held_before(lane, &ident, held) else { continue };
            match &mut parsed {
                // what it binds may be called the same
                Ok(syn::Stmt::Local(syn::Local { init: Some(init), .. })) => {
                    *init.expr = syn::Expr::Verbatim(replaced(&init.expr.to_token_stream(), &ident, &now));
                }
                _ => tokens = replaced(&tokens, &ident, &now),
            }
        }
        if let Ok(syn::Stmt::Local(local)) = &parsed {
            bound.extend(pattern_names(&local.pat).iter().map(ToString::to_string));
            return local.to_token_stream();
        }
        tokens
    }

    /// The name of ours under which a variable from outside of a loop keeps what it was before.
    fn held_before(&mut self, lane: &mut Lane, name: &Ident, held: &mut BTreeMap<String, Ident>) -> Option<Ident> {
        let text = name.to_string();
        if let Some(known) = held.get(&text) {
            return Some(known.clone());
        }
        let binding = self.lookup(&text).filter(|b| !b.active && !text.starts_with("__"))?;
        let variable = binding.variable?;
        let now = self.prologue.hold_before(name, variable);
        lane.statement += 1;
        held.insert(text, now.clone());
        Some(now)
    }
}

/// Whether code has statements in it.
fn is_stated(code: &TokenStream) -> bool {
    matches!(syn::parse2::<syn::Expr>(code.clone()), Ok(syn::Expr::Paren(e)) if matches!(&*e.expr, syn::Expr::Block(_)))
}

/// Whether a statement binds this name as mutable.
fn is_mutable(statement: &TokenStream, name: &str) -> bool {
    struct Search<'a>(&'a str, bool);
    impl syn::visit::Visit<'_> for Search<'_> {
        fn visit_pat_ident(&mut self, p: &syn::PatIdent) {
            self.1 |= p.ident == *self.0 && p.mutability.is_some();
            syn::visit::visit_pat_ident(self, p);
        }
    }
    let mut search = Search(name, false);
    match syn::parse2::<syn::Stmt>(statement.clone()) {
        Ok(statement) => syn::visit::Visit::visit_stmt(&mut search, &statement),
        Err(_) => search.1 = true,
    }
    search.1
}

/// A region that is cut out of a graph.
pub(super) struct Cut<'h> {
    inside: HashSet<NodeId>,
    /// Leaves that stand for what they were before.
    still: &'h HashMap<NodeId, NodeId>,
    /// Leaves that are operands.
    leaves: HashMap<NodeId, usize>,
    /// Nodes that are a row of a matrix outside.
    pieces: HashMap<NodeId, (NodeId, Index)>,
    pub(super) operands: Vec<NodeId>,
}

impl<'h> Cut<'h> {
    pub(super) fn new(inside: HashSet<NodeId>, still: &'h HashMap<NodeId, NodeId>) -> Self {
        Self { inside, still, leaves: HashMap::new(), pieces: HashMap::new(), operands: Vec::new() }
    }

    /// The region with these results, and all operands so far.
    pub(super) fn region(&mut self, g: &mut Graph, results: &[NodeId]) -> (Region, Vec<NodeId>) {
        let whole = g.clone();
        let region = g.region(|to| {
            let mut place: HashMap<NodeId, NodeId> = HashMap::new();
            for id in whole.reachable(results) {
                let node = whole.node(id);
                let new = if let Some(i) = self.leaves.get(&id) {
                    to.input(*i, whole.shape(id))
                } else if let Some((all, at)) = self.pieces.get(&id).cloned() {
                    let whole_shape = whole.shape(all);
                    let all = self.operand(&whole, to, all);
                    let row = Shape::new(Dim::ONE, whole_shape.cols);
                    let block = Block { row: at, col: Index::default() };
                    let row = to.make_shaped(Kind::Slice, Attr::Block(block), &[all], row);
                    to.transpose(row)
                } else if self.inside.contains(&id) || is_constant(&whole, id) {
                    let args: Vec<NodeId> = node.args.iter().map(|a| place.get(a).copied().unwrap_or_default()).collect();
                    to.make_shaped(node.op.kind, node.op.attr.clone(), &args, whole.shape(id))
                } else {
                    let outside = self.still.get(&id).copied().unwrap_or(id);
                    self.operand(&whole, to, outside)
                };
                place.insert(id, new);
            }
            results.iter().map(|r| place[r]).collect()
        });
        (region, self.operands.clone())
    }

    fn operand(&mut self, whole: &Graph, to: &mut Graph, id: NodeId) -> NodeId {
        if is_constant(whole, id) && whole.args(id).is_empty() {
            let node = whole.node(id);
            return to.make_shaped(node.op.kind, node.op.attr.clone(), &[], whole.shape(id));
        }
        // the parameter of what is carried is another each time, whatever it begins with
        let carried = self.leaves.len();
        let known = self.operands.iter().skip(carried).position(|o| *o == id).map(|at| carried + at);
        let at = known.unwrap_or_else(|| {
            self.operands.push(id);
            self.operands.len() - 1
        });
        to.input(at, whole.shape(id))
    }
}

/// Whether a node is the same everywhere, and costs nothing.
fn is_constant(g: &Graph, id: NodeId) -> bool {
    match g.kind(id) {
        Kind::Const | Kind::Dim | Kind::Identity => true,
        Kind::Fill => g.constant_value(id).is_some(),
        _ => false,
    }
}
