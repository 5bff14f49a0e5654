//! `if` and `match`, outside of a closure that runs once an entry: one side runs, and is read as a region.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::spanned::Spanned;

use super::cut::Cut;
use super::{parts, with_parts};
use crate::ir::{Attr, Branch, Cmp, Condition, Kind, NodeId, Output, Shape};
use crate::lower::closures::select;
use crate::lower::operators::bare;
use crate::lower::{Lowerer, Opaque, Refusal, Value};

impl Lowerer<'_> {
    /// `if`, outside of a closure that runs once an entry: one side runs.
    pub(in crate::lower) fn branch(&mut self, e: &syn::ExprIf) -> Result<Value, Refusal> {
        if let syn::Expr::Let(found) = bare(&e.cond) {
            return self.if_let(e, found);
        }
        if let Some(nested) = self.nested(e) {
            return self.branch(&nested);
        }
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

    /// An `if` on `a && b`, `a || b`, `!a` of active values as one in another.
    fn nested(&self, e: &syn::ExprIf) -> Option<syn::ExprIf> {
        let code = e.cond.to_token_stream();
        if !self.mentions_active(&code) && !self.mentions_derived(&code) && !has_let(&e.cond) {
            return None;
        }
        let (then, span) = (&e.then_branch, e.if_token.span);
        let otherwise = e.else_branch.as_ref().map(|(_, e)| quote!(else #e));
        Some(match bare(&e.cond) {
            syn::Expr::Binary(syn::ExprBinary { op: syn::BinOp::And(_), left, right, .. }) => {
                syn::parse_quote_spanned!(span=> if #left { if #right #then #otherwise } #otherwise)
            }
            syn::Expr::Binary(syn::ExprBinary { op: syn::BinOp::Or(_), left, right, .. }) => {
                syn::parse_quote_spanned!(span=> if #left #then else if #right #then #otherwise)
            }
            syn::Expr::Unary(syn::ExprUnary { op: syn::UnOp::Not(_), expr, .. }) => {
                let otherwise = e.else_branch.as_ref().map_or_else(|| quote!({}), |(_, e)| quote!({ #e }));
                syn::parse_quote_spanned!(span=> if #expr #otherwise else #then)
            }
            _ => return None,
        })
    }

    /// What decides, and what it compares.
    pub(in crate::lower) fn condition(&mut self, e: &syn::Expr) -> Result<(Condition, Vec<NodeId>), Refusal> {
        if let Some(code) = self.without_active(e) {
            let code = self.carriable(&code)?;
            let bool = self.input.signature.primitive("bool");
            let name = self.prologue.bind_alone("condition", &bool, &code);
            let text = crate::lower::readable(&e.to_token_stream());
            return Ok((Condition::Code(self.prologue.opaque(Opaque::code(name.to_token_stream(), text))), Vec::new()));
        }
        let syn::Expr::Binary(condition) = bare(e) else {
            return Err(self.fence().choice(
                e.span(),
                "a condition on active values that is no comparison",
                "nest an `if` with one comparison in another",
            ));
        };
        let cmp = match condition.op {
            syn::BinOp::Lt(_) => Cmp::Lt,
            syn::BinOp::Le(_) => Cmp::Le,
            syn::BinOp::Gt(_) => Cmp::Gt,
            syn::BinOp::Ge(_) => Cmp::Ge,
            syn::BinOp::Eq(_) => Cmp::Eq,
            syn::BinOp::Ne(_) => Cmp::Ne,
            _ => {
                return Err(self.fence().choice(
                    e.span(),
                    "a condition on active values that is no comparison",
                    "nest an `if` with one comparison in another",
                ));
            }
        };
        let (a, b) = (self.scalar_expression(&condition.left)?, self.scalar_expression(&condition.right)?);
        Ok((Condition::Compare(cmp), vec![a, b]))
    }

    /// A condition as code that reads nothing active: as it stands, or with the sizes of active values as what tells them.
    fn without_active(&mut self, e: &syn::Expr) -> Option<TokenStream> {
        let tokens = e.to_token_stream();
        if !self.mentions_active(&tokens) && !self.mentions_derived(&tokens) {
            return Some(tokens);
        }
        let syn::Expr::Binary(syn::ExprBinary { left, op, right, .. }) = bare(e) else { return None };
        if [left, right]
            .into_iter()
            .any(|side| matches!(bare(side), syn::Expr::Lit(lit) if matches!(lit.lit, syn::Lit::Float(_))))
        {
            return None;
        }
        let (a, b) = (self.size_without_active(left)?, self.size_without_active(right)?);
        Some(quote!((#a) #op (#b)))
    }

    /// An integer, the sizes of active values among it, as code that reads nothing active.
    pub(super) fn size_without_active(&mut self, e: &syn::Expr) -> Option<TokenStream> {
        let code = self.integer_expression(e).ok()?.code;
        (!self.mentions_active(&code) && !self.mentions_derived(&code)).then_some(code)
    }

    /// One of two numbers or matrices of one shape; what was made since `start` is computed only where it is needed.
    pub(in crate::lower) fn one_of(
        &mut self,
        condition: Condition,
        compared: &[NodeId],
        (then, otherwise): (NodeId, NodeId),
        start: usize,
        span: Span,
    ) -> NodeId {
        let made = self.cut_branch(condition, compared, &[then], &[otherwise], start);
        self.spans.insert(made, span);
        self.graph.output(made, Output::Last(0))
    }

    pub(super) fn branched(
        &mut self,
        condition: Condition,
        compared: &[NodeId],
        span: Span,
        then: impl FnOnce(&mut Self) -> Result<Value, Refusal>,
        otherwise: impl FnOnce(&mut Self) -> Result<Value, Refusal>,
    ) -> Result<Value, Refusal> {
        if self.maps > 0 {
            return Err(self.fence().choice(
                span,
                "this `if` in a closure that runs once an entry",
                "let it choose between two numbers",
            ));
        }
        let start = self.graph.nodes().len();
        let scopes = self.scopes.clone();
        let on = match condition {
            Condition::Code(id) => Some(self.prologue.opaques[id.0 as usize].code.clone()),
            Condition::Compare(_) => None,
        };
        let (x, first) = self.one_side(then, on.as_ref(), span)?;
        self.scopes.clone_from(&scopes);
        let on = on.map(|on| quote!(!#on));
        let (y, second) = self.one_side(otherwise, on.as_ref(), span)?;
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
                return Err(self.fence().choice(
                    span,
                    "an `if` whose sides are no numbers or matrices of one kind",
                    "let both sides be a number, or both a matrix",
                ));
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
        let chosen = match condition {
            Condition::Compare(cmp) if self.is_choice_of_numbers(&sides.0, &sides.1, start) => {
                let each = sides.0.iter().zip(&sides.1);
                each.map(|(x, y)| select(&mut self.graph, cmp, [compared[0], compared[1], *x, *y])).collect()
            }
            _ => {
                let made = self.cut_branch(condition, compared, &sides.0, &sides.1, start);
                self.spans.insert(made, span);
                self.conditional.push(start..self.graph.nodes().len());
                (0..sides.0.len()).map(|i| self.graph.output(made, Output::Last(i))).collect::<Vec<NodeId>>()
            }
        };
        let values: Vec<NodeId> = chosen
            .into_iter()
            .zip(&added)
            .map(|(value, added)| match added {
                Some(before) => self.graph.add(*before, value),
                None => value,
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

    /// Whether a loop may compute both sides of an `if` and choose, as a closure that runs once an entry does: numbers, of operations that are
    /// finite wherever they are read, and so are their slopes.
    fn is_choice_of_numbers(&self, then: &[NodeId], otherwise: &[NodeId], start: usize) -> bool {
        let all: Vec<NodeId> = then.iter().chain(otherwise).copied().collect();
        let g = &self.graph;
        let is_total = |id: NodeId| {
            let total = match (g.kind(id), &g.node(id).op.attr) {
                (Kind::Pow, Attr::Real(k)) => k.0 >= 1.0 && k.0.fract() == 0.0,
                (kind, _) => matches!(
                    kind,
                    Kind::Const
                        | Kind::Lin
                        | Kind::Scale
                        | Kind::Hadamard
                        | Kind::Select
                        | Kind::Abs
                        | Kind::Relu
                        | Kind::Sin
                        | Kind::Cos
                        | Kind::Tanh
                        | Kind::Sigmoid
                        | Kind::Softplus
                ),
            };
            total && g.is_scalar(id)
        };
        !self.lanes.is_empty()
            && all.iter().all(|id| g.is_scalar(*id))
            && g.reachable(&all).into_iter().filter(|id| id.index() >= start).all(is_total)
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
        let mut cut = Cut::new(inside, &still);
        cut.operands.extend(compared);
        let (first, _) = cut.region(&mut self.graph, then);
        let (second, args) = cut.region(&mut self.graph, otherwise);
        let made = Branch { condition, then: first, otherwise: second };
        self.graph.make_shaped(Kind::Branch, Attr::Branch(Rc::new(made)), &args, Shape::SCALAR)
    }
}

/// `let Some(y) = a && y > b`
fn has_let(e: &syn::Expr) -> bool {
    match bare(e) {
        syn::Expr::Let(_) => true,
        syn::Expr::Binary(e) => matches!(e.op, syn::BinOp::And(_)) && (has_let(&e.left) || has_let(&e.right)),
        _ => false,
    }
}
