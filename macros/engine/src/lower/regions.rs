//! Loops that stay loops, and branches: the nodes that are made while a body is read, as a region of their own.
//!
//! A body is read like any other code, in the one graph, with a leaf of its own (a *hole*) for each variable that it changes. What depends on the
//! holes, or on the number of the iteration, is the region; everything else stands outside, and is computed once. A variable that a
//! loop only adds to is a sum; any other is carried from one iteration to the next.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::spanned::Spanned;

use super::body::pattern_names;
use super::lanes::{Lane, Lanes};
use super::mentions::mentions;
use super::operators::bare;
use super::value::Lasts;
use super::{Lowerer, Opaque, Refusal, Statement, Value};
use crate::ir::{
    Attr, Block, Branch, Cmp, Condition, Dim, Graph, Index, Kind, Loop, NodeId, OpaqueId, Output, Region, Shape, Source, Variable,
};

/// Holes have the numbers of parameters from here on.
const HOLES: usize = 1 << 24;

/// A variable that a body changes.
pub(super) struct Hole {
    name: String,
    /// What it is before.
    before: Value,
    /// Its numbers and matrices, and the leaves that stand for them in the body.
    parts: Vec<(NodeId, NodeId)>,
}

/// The numbers and matrices of a value.
fn parts(value: &Value, all: &mut Vec<NodeId>) -> bool {
    match value {
        Value::Scalar(id) | Value::Matrix(id) => {
            all.push(*id);
            true
        }
        Value::Tuple(values) => values.iter().all(|v| parts(v, all)),
        _ => false,
    }
}

/// A value with others in place of its numbers and matrices.
fn with_parts(value: &Value, all: &mut impl Iterator<Item = NodeId>) -> Value {
    match value {
        Value::Scalar(id) => Value::Scalar(all.next().unwrap_or(*id)),
        Value::Matrix(id) => Value::Matrix(all.next().unwrap_or(*id)),
        Value::Tuple(values) => Value::Tuple(values.iter().map(|v| with_parts(v, all)).collect()),
        other => other.clone(),
    }
}

impl Lowerer<'_> {
    /// Leaves in place of the active ones of these variables, as far as they are bound outside of the loop.
    pub(super) fn open_holes(&mut self, changed: &HashSet<String>, span: Span) -> Result<Vec<Hole>, Refusal> {
        let mut names: Vec<&String> = changed.iter().collect();
        names.sort();
        let mut holes = Vec::new();
        for name in names {
            let Some(binding) = self.lookup(name).filter(|b| b.active && b.lasts == Lasts::Assigned) else { continue };
            let (before, mut all) = (binding.value.clone(), Vec::new());
            // a loop around this one, that is read for all of its iterations at once, knows nothing of it
            if !parts(&before, &mut all) || self.is_carried_outside(name) {
                return Err(self.fence().carried(name, span));
            }
            let mut opened = Vec::new();
            for part in all {
                let leaf = self.hole(part);
                opened.push((part, leaf));
            }
            let value = with_parts(&before, &mut opened.iter().map(|p| p.1));
            self.set(name, value);
            holes.push(Hole { name: name.clone(), before, parts: opened });
        }
        Ok(holes)
    }

    /// A leaf for a value that a loop changes.
    pub(super) fn hole(&mut self, before: NodeId) -> NodeId {
        self.holes += 1;
        let shape = self.shape(before);
        self.graph.make_shaped(Kind::Param, Attr::Param(HOLES + self.holes), &[], shape)
    }

    /// `Σₖ Fₖ`, one after the other.
    pub(super) fn sum_in_turn(&mut self, lane: &mut Lane, addend: NodeId, span: Span) -> Result<NodeId, Refusal> {
        let shape = self.shape(addend);
        let zero = self.graph.filled(0.0, shape);
        let leaf = self.hole(zero);
        let next = self.graph.add(leaf, addend);
        self.folded_in_turn(lane, (zero, leaf), next, false, span)
    }

    /// What a value becomes in the end; `state`: what it is at first, and the leaf that stands for it.
    pub(super) fn folded_in_turn(
        &mut self,
        lane: &mut Lane,
        state: (NodeId, NodeId),
        next: NodeId,
        backward: bool,
        span: Span,
    ) -> Result<NodeId, Refusal> {
        let (old, new) = (self.shape(state.1), self.shape(next));
        self.unify_at(span, new.rows, old.rows, "what a loop carries keeps its shape")?;
        self.unify_at(span, new.cols, old.cols, "what a loop carries keeps its shape")?;
        let hole = Hole { name: "s".to_owned(), before: Value::Matrix(state.0), parts: vec![state] };
        let made = self.repeated(lane, &[hole], &[state], &[next], backward, span)?;
        Ok(made[0])
    }

    /// Numbers, rows or columns, one after the other, as the rows of a matrix.
    pub(super) fn collected_in_turn(&mut self, lane: &mut Lane, value: NodeId, span: Span) -> Result<Lanes, Refusal> {
        let shape = self.shape(value);
        if !shape.is_thin() {
            return Err(self.fence().no_matrix_form(span));
        }
        let row = if shape.rows == Dim::ONE { value } else { self.graph.transpose(value) };
        let across = self.shape(row).cols;
        let block = Block { row: Index { code: Some(lane.index), ..Index::default() }, col: Index::default() };
        let placed = self.graph.make_shaped(Kind::Place, Attr::Block(block), &[row], Shape::new(lane.len, across));
        let all = self.sum_in_turn(lane, placed, span)?;
        Ok(if shape.is_scalar() {
            Lanes::Scalar(all)
        } else if shape.rows == Dim::ONE {
            Lanes::Row(all)
        } else {
            Lanes::Column(all)
        })
    }

    /// The loop that a body was, from what it made of the holes.
    pub(super) fn leave_region(&mut self, lane: &mut Lane, holes: &[Hole], backward: bool, span: Span) -> Result<(), Refusal> {
        let mut next = Vec::new();
        for hole in holes {
            let mut after = Vec::new();
            let value = self.lookup(&hole.name).map_or(Value::Unit, |b| b.value.clone());
            if !parts(&value, &mut after) || after.len() != hole.parts.len() {
                return Err(self.fence().assigned(span, &hole.name));
            }
            for ((_, leaf), after) in hole.parts.iter().zip(&after) {
                let (old, new) = (self.shape(*leaf), self.shape(*after));
                self.unify_at(span, new.rows, old.rows, "a variable that a loop carries keeps its shape")?;
                self.unify_at(span, new.cols, old.cols, "a variable that a loop carries keeps its shape")?;
            }
            next.extend(after);
        }
        let all: Vec<(NodeId, NodeId)> = holes.iter().flat_map(|h| h.parts.iter().copied()).collect();
        let made = self.repeated(lane, holes, &all, &next, backward, span)?;
        let mut made = made.into_iter();
        for hole in holes {
            let value = with_parts(&hole.before, &mut made);
            self.set(&hole.name, value);
        }
        Ok(())
    }

    /// What variables are after a loop: `all`: what they are before, and their leaves; `next`: what an iteration makes of these.
    fn repeated(
        &mut self,
        lane: &mut Lane,
        holes: &[Hole],
        all: &[(NodeId, NodeId)],
        next: &[NodeId],
        backward: bool,
        span: Span,
    ) -> Result<Vec<NodeId>, Refusal> {
        let mut fates: Vec<Fate> = Vec::new();
        for (i, (_, leaf)) in all.iter().enumerate() {
            let alone = || next.iter().enumerate().all(|(j, n)| j == i || !self.graph.reachable(&[*n]).contains(leaf));
            let fate = if next[i] == *leaf {
                Fate::Stays
            } else {
                match self.addends(next[i], *leaf).filter(|_| alone()) {
                    Some(terms) => Fate::Sum(terms),
                    None => Fate::Carried,
                }
            };
            fates.push(fate);
        }
        let fates = self.collected_entries(lane, all, next, fates);
        let sums: Vec<NodeId> = fates
            .iter()
            .filter_map(|f| match f {
                Fate::Sum(terms) => Some(terms.clone()),
                _ => None,
            })
            .map(|terms| self.graph.lin(&terms))
            .collect();
        let is_carried = |i: &usize| matches!(fates[*i], Fate::Carried);
        let carried: Vec<usize> = (0..all.len()).filter(is_carried).collect();
        let results: Vec<NodeId> = carried.iter().map(|i| next[*i]).chain(sums).collect();
        let inits: Vec<(NodeId, NodeId)> = carried.iter().map(|i| all[*i]).collect();
        let still: HashMap<NodeId, NodeId> = (0..all.len()).filter(|i| !is_carried(i)).map(|i| (all[i].1, all[i].0)).collect();
        let mut names = Vec::new();
        for hole in holes {
            let plain = hole.name.trim_start_matches("r#").to_owned();
            names.extend(std::iter::repeat_n(plain, hole.parts.len()));
        }
        let names = carried.iter().map(|i| names[*i].clone()).collect();
        let (body, args, first) = self.cut_loop(lane, &results, &inits, &still, span)?;
        let made = Loop { body, carried: carried.len(), count: lane.len, index: lane.index, backward, first, names };
        let made = self.graph.make_shaped(Kind::Loop, Attr::Loop(Rc::new(made)), &args, Shape::SCALAR);
        self.spans.insert(made, span);
        let (mut last, mut sum) = (0, 0);
        let mut values = Vec::new();
        for (fate, (before, _)) in fates.iter().zip(all) {
            values.push(match fate {
                Fate::Stays => *before,
                Fate::Carried => {
                    last += 1;
                    self.graph.output(made, Output::Last(last - 1))
                }
                Fate::Sum(_) => {
                    sum += 1;
                    let total = self.graph.output(made, Output::Sum(sum - 1));
                    self.graph.add(*before, total)
                }
            });
        }
        Ok(values)
    }

    /// The terms that `node` adds to `leaf`, if it is no more than a sum with it.
    fn addends(&self, node: NodeId, leaf: NodeId) -> Option<Vec<(f64, NodeId)>> {
        if node == leaf {
            return Some(Vec::new());
        }
        if self.graph.kind(node) != Kind::Lin {
            return None;
        }
        let depends = |id: NodeId| self.graph.reachable(&[id]).contains(&leaf);
        let (own, mut rest): (Vec<_>, Vec<_>) = self.graph.terms(node).into_iter().partition(|t| depends(t.1));
        match own[..] {
            [(1.0, inner)] => {
                let mut terms = self.addends(inner, leaf)?;
                terms.append(&mut rest);
                Some(terms)
            }
            _ => None,
        }
    }

    /// A matrix of zeros, each entry of which is assigned to in one iteration alone, is a sum of blocks.
    fn collected_entries(&mut self, lane: &Lane, all: &[(NodeId, NodeId)], next: &[NodeId], mut fates: Vec<Fate>) -> Vec<Fate> {
        let names = self.lane_names(lane);
        for i in 0..all.len() {
            let (before, leaf) = all[i];
            let node = self.graph.node(next[i]).clone();
            let (Attr::Block(at), [whole, value]) = (&node.op.attr, &node.args[..]) else { continue };
            let others = (0..next.len()).filter(|j| *j != i).map(|j| next[j]).chain([*value]);
            let moves = [&at.row, &at.col].iter().any(|index| matches!(self.lane_position(lane, &names, index), Ok(Some(_))));
            let one = [(&at.row, node.shape.rows), (&at.col, node.shape.cols)];
            let part = self.shape(*value);
            // the block moves by its own length at least, so that no two overlap
            let apart = one.iter().any(|(index, _)| {
                let length = if std::ptr::eq(*index, &raw const at.row) { part.rows } else { part.cols };
                matches!(self.lane_position(lane, &names, index), Ok(Some(_))) && length == Dim::ONE
            });
            let free = others.into_iter().all(|o| !self.graph.reachable(&[o]).contains(&leaf));
            if node.op.kind == Kind::Update
                && *whole == leaf
                && moves
                && apart
                && free
                && self.graph.constant_value(before) == Some(0.0)
            {
                let placed = self.graph.make_shaped(Kind::Place, Attr::Block(at.clone()), &[*value], node.shape);
                fates[i] = Fate::Sum(vec![(1.0, placed)]);
            }
        }
        fates
    }

    /// The nodes of a body that are another each time, as a region; its operands, and the statements that it begins with.
    fn cut_loop(
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
                || self.dim_varies(&names, node.shape.cols);
            if varies && !still.contains_key(id) {
                inside.insert(*id);
            }
        }
        // numbers of the prologue that the body cannot compute for itself are collected
        let mut needed: HashSet<String> = HashSet::new();
        let mut replaced: HashMap<NodeId, NodeId> = HashMap::new();
        for id in order.iter().filter(|id| inside.contains(id)) {
            match self.graph.node(*id).op.attr.clone() {
                Attr::Opaque(code) => {
                    let shape = self.graph.shape(*id);
                    let own = self.prologue.opaques[code.0 as usize].code.clone();
                    if shape.is_scalar() && self.repeatable(lane, &names, &own, false, &mut needed) {
                        continue;
                    }
                    let ours = own.to_string().starts_with("__collected");
                    let all =
                        (shape.is_scalar() || (shape.is_column() && ours)).then(|| self.collect(lane, code, shape)).flatten();
                    let Some(all) = all else {
                        return Err(self.fence().loop_form(
                            span,
                            "an index, a size or a condition of inactive code that changes while the loop runs",
                        ));
                    };
                    replaced.insert(*id, all);
                }
                attr => {
                    for code in codes(&attr) {
                        let own = self.prologue.opaques[code.0 as usize].code.clone();
                        if self.varies(&names, code) && !self.repeatable(lane, &names, &own, true, &mut needed) {
                            return Err(self.fence().loop_form(
                                span,
                                "an index, a size or a condition of inactive code that changes while the loop runs",
                            ));
                        }
                    }
                }
            }
            let shape = self.graph.shape(*id);
            for dim in [shape.rows, shape.cols].into_iter().chain(attr_dims(&self.graph.node(*id).op.attr)) {
                self.repeatable_dim(lane, &names, dim, &mut needed).then_some(()).ok_or_else(|| {
                    self.fence()
                        .loop_form(span, "an index, a size or a condition of inactive code that changes while the loop runs")
                })?;
            }
        }
        let first = self.first_statements(lane, &needed);
        let mut cut = Cut::new(&self.graph, inside, still);
        cut.operands.extend(carried.iter().map(|c| c.0));
        cut.leaves.extend(carried.iter().enumerate().map(|(i, c)| (c.1, i)));
        let index = Index { code: Some(lane.index), ..Index::default() };
        for (id, all) in replaced {
            cut.pieces.insert(id, (all, index.clone()));
        }
        let (region, args) = cut.region(&mut self.graph, results);
        Ok((region, args, first))
    }

    /// Whether code can be said again in each iteration; `needed`: the names of the body that it takes. `sizes`: the code is an index or a size.
    fn repeatable(
        &self,
        lane: &Lane,
        varying: &HashSet<String>,
        code: &TokenStream,
        sizes: bool,
        needed: &mut HashSet<String>,
    ) -> bool {
        let statements = &self.prologue.statements[lane.statement.min(self.prologue.statements.len())..];
        let index = self.prologue.opaques[lane.index.0 as usize].code.to_string();
        let mut pending: Vec<String> = mentions(code).into_iter().map(|m| m.name).collect();
        let mut found: HashSet<String> = HashSet::new();
        while let Some(name) = pending.pop() {
            if name == index || !varying.contains(&name) || needed.contains(&name) || !found.insert(name.clone()) {
                continue;
            }
            if lane.item.as_ref().is_some_and(|item| *item == name) {
                if sizes {
                    continue;
                }
                return false;
            }
            let binder = statements.iter().rev().find(|s| s.binds.contains(&name));
            match binder {
                Some(s) if s.optional && s.block.is_none() => {
                    pending.extend(mentions(&s.tokens).into_iter().map(|m| m.name).filter(|m| !s.binds.contains(m)));
                }
                _ => return false,
            }
        }
        needed.extend(found);
        true
    }

    fn repeatable_dim(&self, lane: &Lane, varying: &HashSet<String>, dim: Dim, needed: &mut HashSet<String>) -> bool {
        if !self.dim_varies(varying, dim) {
            return true;
        }
        self.graph.dims.sources(dim).iter().any(|source| match source {
            Source::Code(code) => {
                let own = self.prologue.opaques[code.0 as usize].code.clone();
                self.repeatable(lane, varying, &own, true, needed)
            }
            Source::Sum(all) | Source::Product(all) | Source::Least(all) => {
                all.iter().all(|d| self.repeatable_dim(lane, varying, *d, needed))
            }
            Source::Variable { variable: Variable::Param(_), .. } => true,
            Source::Variable { .. } => false,
        })
    }

    /// The statements of a body that bind these names, as code.
    fn first_statements(&mut self, lane: &Lane, needed: &HashSet<String>) -> Vec<OpaqueId> {
        let mut first = Vec::new();
        if let Some(item) = lane.item.as_ref().filter(|item| needed.contains(&item.to_string())) {
            let (usize, index) =
                (self.input.signature.primitive("usize"), self.prologue.opaques[lane.index.0 as usize].code.clone());
            let from = proc_macro2::Literal::usize_unsuffixed(lane.first_item);
            first.push(quote!(let #item: #usize = #from + #index;));
        }
        let statements = &self.prologue.statements[lane.statement.min(self.prologue.statements.len())..];
        first.extend(statements.iter().filter(|s| s.binds.iter().any(|n| needed.contains(n))).map(|s| s.tokens.clone()));
        first.into_iter().map(|tokens| self.prologue.opaque(Opaque::code(tokens, String::new()))).collect()
    }

    /// `if`, outside of a closure that runs once an entry: one side runs.
    pub(super) fn branch(&mut self, e: &syn::ExprIf) -> Result<Value, Refusal> {
        let (condition, compared) = self.condition(&e.cond)?;
        let otherwise = e.else_branch.as_ref().map(|(_, e)| &**e);
        self.branched(
            condition,
            &compared,
            e.if_token.span,
            |cx| cx.block(&e.then_branch),
            |cx| match otherwise.map(bare) {
                None => Ok(Value::Unit),
                Some(syn::Expr::Block(e)) => cx.block(&e.block),
                Some(other) => cx.expression(other),
            },
        )
    }

    /// A `match` on an inactive value, whose patterns bind nothing, as `if` and `else`.
    pub(super) fn as_branches(&self, e: &syn::ExprMatch) -> Option<syn::Expr> {
        let of = &e.expr;
        let tokens = of.to_token_stream();
        let of_reference = |e: &syn::Expr| matches!(e, syn::Expr::Unary(e) if matches!(e.op, syn::UnOp::Deref(_)) && matches!(bare(&e.expr), syn::Expr::Path(_)));
        let plain = matches!(bare(of), syn::Expr::Path(_) | syn::Expr::Field(_)) || of_reference(bare(of));
        if !plain || self.mentions_active(&tokens) || self.mentions_derived(&tokens) {
            return None;
        }
        // a name in capitals is a constant
        let binds = |name: &proc_macro2::Ident| name.to_string().chars().any(char::is_lowercase);
        if e.arms.iter().any(|arm| !arm.attrs.is_empty() || pattern_names(&arm.pat).iter().any(binds)) {
            return None;
        }
        let (last, before) = e.arms.split_last()?;
        if last.guard.is_some() {
            return None;
        }
        let body = &last.body;
        // an assignment is a statement there
        let block = |body: &syn::Expr| {
            let end = is_statement(body).then(|| quote!(;));
            quote!({ #body #end })
        };
        let body = block(body);
        let mut branches: syn::Expr = syn::parse_quote!(#body);
        for arm in before.iter().rev() {
            let (pattern, body) = (&arm.pat, block(&arm.body));
            let guard = arm.guard.as_ref().map(|(_, guard)| quote!(if #guard));
            if self.mentions_active(&guard.to_token_stream()) {
                return None;
            }
            branches = syn::parse_quote!(if (match #of { #pattern #guard => true, _ => false }) #body else #branches);
        }
        Some(branches)
    }

    /// What decides, and what it compares.
    fn condition(&mut self, e: &syn::Expr) -> Result<(Condition, Vec<NodeId>), Refusal> {
        if !self.mentions_active(&e.to_token_stream()) && !self.mentions_derived(&e.to_token_stream()) {
            if let syn::Expr::Let(_) = bare(e) {
                return Err(self.fence().loop_form(e.span(), "`if let` around active values"));
            }
            let code = self.carriable(&e.to_token_stream())?;
            let bool = self.input.signature.primitive("bool");
            let name = self.prologue.bind("condition", &bool, &code);
            let text = super::readable(&e.to_token_stream());
            return Ok((Condition::Code(self.prologue.opaque(Opaque::code(name.to_token_stream(), text))), Vec::new()));
        }
        let syn::Expr::Binary(condition) = bare(e) else {
            return Err(self.fence().loop_form(e.span(), "a condition on active values that is no comparison"));
        };
        let cmp = match condition.op {
            syn::BinOp::Lt(_) => Cmp::Lt,
            syn::BinOp::Le(_) => Cmp::Le,
            syn::BinOp::Gt(_) => Cmp::Gt,
            syn::BinOp::Ge(_) => Cmp::Ge,
            syn::BinOp::Eq(_) => Cmp::Eq,
            syn::BinOp::Ne(_) => Cmp::Ne,
            _ => return Err(self.fence().loop_form(e.span(), "a condition on active values that is no comparison")),
        };
        let (a, b) = (self.scalar_expression(&condition.left)?, self.scalar_expression(&condition.right)?);
        Ok((Condition::Compare(cmp), vec![a, b]))
    }

    fn branched(
        &mut self,
        condition: Condition,
        compared: &[NodeId],
        span: Span,
        then: impl FnOnce(&mut Self) -> Result<Value, Refusal>,
        otherwise: impl FnOnce(&mut Self) -> Result<Value, Refusal>,
    ) -> Result<Value, Refusal> {
        if self.maps > 0 {
            return Err(self.fence().loop_form(span, "this `if` in a closure that runs once an entry"));
        }
        let start = self.graph.nodes().len();
        let scopes = self.scopes.clone();
        let (x, first) = self.one_side(then, span)?;
        self.scopes.clone_from(&scopes);
        let (y, second) = self.one_side(otherwise, span)?;
        self.scopes = scopes;
        // what either side changes
        let mut names: Vec<String> = first.keys().chain(second.keys()).cloned().collect();
        names.sort();
        names.dedup();
        let mut sides = (Vec::new(), Vec::new());
        let mut befores = Vec::new();
        if !(parts(&x, &mut sides.0) && parts(&y, &mut sides.1) && sides.0.len() == sides.1.len()) {
            let unit = matches!(x, Value::Unit) && matches!(y, Value::Unit);
            if !unit {
                return Err(self.fence().loop_form(span, "an `if` whose sides are no numbers or matrices of one kind"));
            }
            sides = (Vec::new(), Vec::new());
        }
        let own = sides.0.len();
        for name in &names {
            let Some(before) = self.lookup(name).map(|b| b.value.clone()) else { continue };
            let (a, b) = (first.get(name).unwrap_or(&before), second.get(name).unwrap_or(&before));
            let (mut old, mut x, mut y) = (Vec::new(), Vec::new(), Vec::new());
            if !(parts(&before, &mut old) && parts(a, &mut x) && parts(b, &mut y) && x.len() == y.len() && old.len() == x.len()) {
                return Err(self.fence().assigned(span, name));
            }
            befores.extend(old);
            sides.0.extend(x);
            sides.1.extend(y);
        }
        // sizes that are equal in one case need not be so in the other
        if sides.0.iter().zip(&sides.1).any(|(a, b)| self.shape(*a) != self.shape(*b)) {
            return Err(self.fence().other_sizes(span));
        }
        // what is only added to stands outside
        let mut added: Vec<Option<NodeId>> = vec![None; sides.0.len()];
        for (i, before) in befores.iter().enumerate() {
            let at = own + i;
            if let (Some(a), Some(b)) = (self.addends(sides.0[at], *before), self.addends(sides.1[at], *before)) {
                let shape = self.shape(*before);
                let mut total = |terms: Vec<(f64, NodeId)>| {
                    if terms.is_empty() { self.graph.filled(0.0, shape) } else { self.graph.lin(&terms) }
                };
                (sides.0[at], sides.1[at]) = (total(a), total(b));
                added[at] = Some(*before);
            }
        }
        let made = self.cut_branch(condition, compared, &sides.0, &sides.1, start);
        self.spans.insert(made, span);
        self.conditional.push(start..self.graph.nodes().len());
        let values: Vec<NodeId> = (0..sides.0.len())
            .map(|i| {
                let value = self.graph.output(made, Output::Last(i));
                match added[i] {
                    Some(before) => self.graph.add(before, value),
                    None => value,
                }
            })
            .collect();
        let mut values = values.into_iter();
        let result = with_parts(&x, &mut values.by_ref().take(own));
        for name in &names {
            let Some(before) = self.lookup(name).map(|b| b.value.clone()) else { continue };
            let value = with_parts(&before, &mut values);
            self.set(name, value);
        }
        Ok(result)
    }

    /// One side of a branch: its value, and what it makes of variables from outside.
    fn one_side(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<Value, Refusal>,
        span: Span,
    ) -> Result<(Value, BTreeMap<String, Value>), Refusal> {
        let before = self.scopes.clone();
        let effects = self.lanes.last().map_or(0, |lane| lane.effects.len() + lane.reads.len());
        let (opaques, opened, bounds) = (self.prologue.opaques.len(), self.prologue.opened.len(), self.prologue.bounds.len());
        self.prologue.enter();
        let value = read(self);
        let statements = self.prologue.leave_side();
        let value = value.and_then(|value| self.number(value))?;
        if self.prologue.opened.len() > opened || self.prologue.bounds.len() > bounds {
            return Err(self.fence().loop_form(span, "a factorization that may fail, or a `clamp`, on one side of an `if`"));
        }
        // what a loop does for all iterations at once, it does not on one side alone
        if self.lanes.last().map_or(0, |lane| lane.effects.len() + lane.reads.len()) > effects {
            return Err(self.fence().no_matrix_form(span));
        }
        self.stated_where_read(opaques, &statements, span)?;
        let mut changed = BTreeMap::new();
        for (scope, old) in self.scopes.iter().zip(&before) {
            for (name, binding) in scope {
                let (mut now, mut then) = (Vec::new(), Vec::new());
                let known = old.get(name).is_some_and(|b| parts(&b.value, &mut then));
                if known && binding.active && (!parts(&binding.value, &mut now) || now != then) {
                    changed.insert(name.clone(), binding.value.clone());
                }
            }
        }
        Ok((value, changed))
    }

    /// Code that was read on one side of a branch runs there: with the statements that it takes, in brackets.
    fn stated_where_read(&mut self, since: usize, statements: &[Statement], span: Span) -> Result<(), Refusal> {
        if statements.iter().any(|s| !s.optional) {
            return Err(self.fence().loop_form(span, "inactive code with effects on one side of an `if` around active values"));
        }
        for i in since..self.prologue.opaques.len() {
            let code = self.prologue.opaques[i].code.clone();
            let mut wanted: HashSet<String> = mentions(&code).into_iter().map(|m| m.name).collect();
            let mut kept: Vec<TokenStream> = Vec::new();
            for statement in statements.iter().rev() {
                if statement.binds.iter().any(|n| wanted.contains(n)) {
                    if statement.block.is_some() {
                        return Err(self.fence().loop_form(span, "a loop over inactive values on one side of an `if`"));
                    }
                    wanted.extend(mentions(&statement.tokens).into_iter().map(|m| m.name));
                    kept.push(statement.tokens.clone());
                }
            }
            kept.reverse();
            if !kept.is_empty() {
                self.prologue.opaques[i].code = quote!(({ #(#kept)* #code })); // brackets, as `0..{ … } {` is none
                self.prologue.opaques[i].variable = None;
            }
        }
        Ok(())
    }

    fn cut_branch(
        &mut self,
        condition: Condition,
        compared: &[NodeId],
        then: &[NodeId],
        otherwise: &[NodeId],
        start: usize,
    ) -> NodeId {
        let all: Vec<NodeId> = then.iter().chain(otherwise).copied().collect();
        let here = |id: &NodeId| id.index() >= start || self.conditional.iter().any(|r| r.contains(&id.index()));
        let inside: HashSet<NodeId> =
            self.graph.reachable(&all).into_iter().filter(|id| here(id) && self.graph.kind(*id) != Kind::Param).collect();
        let still = HashMap::new();
        let mut cut = Cut::new(&self.graph, inside, &still);
        cut.operands.extend(compared);
        let (first, _) = cut.region(&mut self.graph, then);
        let (second, args) = cut.region(&mut self.graph, otherwise);
        let made = Branch { condition, then: first, otherwise: second };
        self.graph.make_shaped(Kind::Branch, Attr::Branch(Rc::new(made)), &args, Shape::SCALAR)
    }
}

/// Whether an expression is there for what it does.
fn is_statement(e: &syn::Expr) -> bool {
    match e {
        syn::Expr::Assign(_) => true,
        syn::Expr::Binary(e) => super::changed::assigns(e.op),
        _ => false,
    }
}

/// What becomes of a variable.
#[derive(Clone)]
enum Fate {
    /// Nothing.
    Stays,
    /// It is added to.
    Sum(Vec<(f64, NodeId)>),
    /// The next value is made of the one before.
    Carried,
}

/// A region that is cut out of a graph.
struct Cut<'h> {
    inside: HashSet<NodeId>,
    /// Leaves that stand for what they were before.
    still: &'h HashMap<NodeId, NodeId>,
    /// Leaves that are operands.
    leaves: HashMap<NodeId, usize>,
    /// Nodes that are a row of a matrix outside.
    pieces: HashMap<NodeId, (NodeId, Index)>,
    operands: Vec<NodeId>,
}

impl<'h> Cut<'h> {
    fn new(_: &Graph, inside: HashSet<NodeId>, still: &'h HashMap<NodeId, NodeId>) -> Self {
        Self { inside, still, leaves: HashMap::new(), pieces: HashMap::new(), operands: Vec::new() }
    }

    /// The region with these results, and all operands so far.
    fn region(&mut self, g: &mut Graph, results: &[NodeId]) -> (Region, Vec<NodeId>) {
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
        let read = region.read_by(&region.results);
        let _ = read;
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

/// The pieces of code in an attribute, those in regions as well.
pub(super) fn codes(attr: &Attr) -> Vec<OpaqueId> {
    let of_region = |r: &Region| -> Vec<OpaqueId> { r.graph.nodes().iter().flat_map(|n| codes(&n.op.attr)).collect() };
    match attr {
        Attr::Opaque(id) | Attr::Fail(crate::ir::Fail::Expect(id)) => vec![*id],
        Attr::Block(block) => [block.row.code, block.col.code].into_iter().flatten().collect(),
        Attr::Loop(l) => {
            let mut all = of_region(&l.body);
            all.extend(&l.first);
            all.retain(|id| *id != l.index);
            all
        }
        Attr::Branch(b) => {
            let mut all = of_region(&b.then);
            all.extend(of_region(&b.otherwise));
            if let Condition::Code(code) = b.condition {
                all.push(code);
            }
            all
        }
        _ => Vec::new(),
    }
}

/// The dimensions in an attribute, those in regions as well.
pub(super) fn attr_dims(attr: &Attr) -> Vec<Dim> {
    let of_region = |r: &Region| -> Vec<Dim> {
        r.graph.nodes().iter().flat_map(|n| attr_dims(&n.op.attr).into_iter().chain([n.shape.rows, n.shape.cols])).collect()
    };
    match attr {
        Attr::Dim(dim) | Attr::Divisor(dim) => vec![*dim],
        Attr::Block(block) => block.row.dims.iter().chain(&block.col.dims).copied().collect(),
        Attr::Loop(l) => of_region(&l.body).into_iter().chain([l.count]).collect(),
        Attr::Branch(b) => of_region(&b.then).into_iter().chain(of_region(&b.otherwise)).collect(),
        _ => Vec::new(),
    }
}
