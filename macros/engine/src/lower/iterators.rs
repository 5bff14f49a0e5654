//! Iterators over active values: what becomes of what they go through.

use std::collections::{HashMap, HashSet};

use quote::ToTokens;
use syn::spanned::Spanned;

use super::items::{BEGINS, Items};
use super::lanes::{Batched, Lanes, Passed};
use super::operators::bare;
use super::value::{Binding, Integer};
use super::{Lowerer, Refusal, Value};
use crate::ir::{Dim, Index, Kind, NodeId};
use crate::parse::Element;

/// Methods that end an iterator.
const ENDS: &[&str] = &[
    "all",
    "any",
    "collect",
    "count",
    "eq",
    "find",
    "fold",
    "for_each",
    "last",
    "len",
    "max",
    "max_by",
    "min",
    "min_by",
    "next",
    "nth",
    "partition",
    "position",
    "product",
    "reduce",
    "sum",
    "try_fold",
    "unzip",
];

impl Lowerer<'_> {
    /// What an iterator ends in, if it goes through something active.
    pub(super) fn iterator_end(&mut self, e: &syn::ExprMethodCall) -> Option<Result<Value, Refusal>> {
        (is_chain(&e.receiver) && self.mentions_active(&e.to_token_stream())).then(|| self.ended(e))
    }

    fn ended(&mut self, e: &syn::ExprMethodCall) -> Result<Value, Refusal> {
        let span = e.method.span();
        self.refuse_in_maps(span)?;
        let items = self.items(&e.receiver)?;
        match (e.method.to_string().as_str(), e.args.len()) {
            ("sum", 0) => self.summed(&items, span),
            ("product", 0) => {
                let column = self.collected(&items, span)?;
                Ok(self.scalar(|g| g.unary(Kind::Product, column)))
            }
            ("fold", 2) => {
                let first = self.expression(&e.args[0]).and_then(|first| self.number(first))?;
                self.folded(&items, &first, &e.args[0], &e.args[1])
            }
            // the first item, and the others
            ("reduce", 1) => {
                let first = self.first_item(&items, span)?;
                let len = self.items_len(&items)?;
                let len = self.shorter(len, &Index::at(1), &syn::parse_quote_spanned!(span=> 1))?;
                let rest = Items::Skip(Box::new(items), Index::at(1), len);
                let value = self.folded(&rest, &first, &e.receiver, &e.args[0])?;
                Ok(Value::Item(Box::new(value)))
            }
            ("collect", 0) => match self.gathered(&items, span)? {
                Lanes::Scalar(all) => Ok(Value::List(all, Element::Number)),
                Lanes::Column(all) => Ok(Value::List(self.graph.transpose(all), Element::Vector)),
                _ => Err(self.fence().loop_form(span, "a list of rows")),
            },
            _ => Err(self.fence().loop_form(span, "this step of an iterator over active values")),
        }
    }

    /// Note what lets an item through.
    pub(super) fn let_through(
        &mut self,
        closure: &syn::ExprClosure,
        seen: HashMap<String, Binding>,
        value: &Value,
    ) -> Result<(), Refusal> {
        let span = closure.or1_token.span();
        let [pattern] = &closure.inputs.iter().collect::<Vec<_>>()[..] else {
            return Err(self.fence().loop_form(span, "`filter` of an iterator with anything but a closure"));
        };
        let scopes = self.scopes.len();
        self.scopes.push(seen);
        self.scopes.push(HashMap::new());
        let read = self.bind_looked_at(pattern, value).and_then(|()| self.condition(&closure.body));
        self.scopes.truncate(scopes);
        let (condition, compared) = read?;
        // what follows runs for these items alone
        let since = self.prologue.opaques.len();
        self.prologue.enter();
        if let Some(lane) = self.lanes.last_mut() {
            lane.conditions.push(Passed { condition, compared, since });
        }
        Ok(())
    }

    /// The names of a pattern for a reference to an item.
    fn bind_looked_at(&mut self, pattern: &syn::Pat, value: &Value) -> Result<(), Refusal> {
        match (pattern, value) {
            (syn::Pat::Reference(inner), _) => self.loop_variable(&inner.pat, value.clone()),
            (syn::Pat::Tuple(tuple), Value::Tuple(values)) if tuple.elems.len() == values.len() => {
                tuple.elems.iter().zip(values).try_for_each(|(p, v)| self.bind_looked_at(p, v))
            }
            (syn::Pat::Ident(name), Value::Int(n)) => {
                let (code, text) = (&n.code, name.ident.to_string());
                self.hide_or_save(std::slice::from_ref(&text));
                self.prologue.carry(quote::quote!(let #name = &#code;), std::slice::from_ref(&text), true);
                let variable = Some(self.prologue.declare(&text, true));
                let value = Value::Int(Integer { code: quote::quote!((*#name)), ..n.clone() });
                self.bind(&text, Binding { variable, ..Binding::derived(value, false) });
                Ok(())
            }
            (syn::Pat::Ident(_), Value::Given(code, ty)) => {
                self.given_variable(pattern, &quote::quote!(&#code), &syn::parse_quote!(&#ty));
                Ok(())
            }
            _ => self.loop_variable(pattern, value.clone()),
        }
    }

    /// `Σ`
    fn summed(&mut self, items: &Items, span: proc_macro2::Span) -> Result<Value, Refusal> {
        self.lane(
            items,
            HashSet::new(),
            false,
            |cx, value| cx.if_let_through(value, None, span),
            |cx, lane, value| {
                let Some(id) = value.node() else {
                    return Err(cx.fence().loop_form(span, "a sum of what are no numbers or matrices"));
                };
                let mut seen = Batched::new(cx, lane);
                let sum = match cx.sum_over(lane, &mut seen, id) {
                    Some(sum) => sum,
                    None => cx.sum_in_turn(lane, id, span)?,
                };
                Ok(if matches!(value, Value::Scalar(_)) { Value::Scalar(sum) } else { Value::Matrix(sum) })
            },
        )
    }

    /// `fold(a, |a, x| f(a, x))`
    fn folded(&mut self, items: &Items, first: &Value, from: &syn::Expr, by: &syn::Expr) -> Result<Value, Refusal> {
        let span = by.span();
        let Some(before) = first.node() else {
            return Err(self.fence().loop_form(from.span(), "`fold` of what is no number or matrix"));
        };
        // `f64::max`
        let called = match bare(by) {
            syn::Expr::Path(path) if path.path.segments.len() > 1 => Some(syn::parse_quote_spanned!(span=> |a, b| #path(a, b))),
            _ => None,
        };
        let Value::Closure(closure, seen) = self.expression(called.as_ref().unwrap_or(by))? else {
            return Err(self.fence().loop_form(by.span(), "`fold` with anything but a closure"));
        };
        let is_scalar = matches!(first, Value::Scalar(_));
        let (wrap, backward) = (|id| if is_scalar { Value::Scalar(id) } else { Value::Matrix(id) }, items.turns());
        let last = self.lane(
            items,
            HashSet::new(),
            false,
            |cx, value| {
                // the state, as a leaf that nothing else is
                let state = cx.hole(before);
                let next = cx.inline(&closure, seen, vec![wrap(state), value])?;
                let next = cx.if_let_through(next, Some(state), span)?;
                next.node().map(|next| (state, next)).ok_or_else(|| cx.fence().carried("the state of `fold`", span))
            },
            |cx, lane, (state, next)| {
                // where it only adds, for all at once
                let terms = additions(&cx.graph, next);
                let (own, rest): (Vec<_>, Vec<_>) = terms.into_iter().partition(|(_, a)| *a == state);
                let free = rest.iter().all(|(_, a)| !cx.graph.reachable(&[*a]).contains(&state));
                if free && matches!(own[..], [(1.0, _)]) && is_scalar {
                    let added = cx.graph.lin(&rest);
                    let mut seen = Batched::new(cx, lane);
                    if let Some(sum) = cx.sum_over(lane, &mut seen, added) {
                        return Ok(cx.graph.add(before, sum));
                    }
                }
                cx.folded_in_turn(lane, (before, state), next, backward, span)
            },
        )?;
        Ok(wrap(last))
    }

    /// A value where the item is let through, and otherwise another, or nothing.
    fn if_let_through(&mut self, value: Value, otherwise: Option<NodeId>, span: proc_macro2::Span) -> Result<Value, Refusal> {
        let Some(lane) = self.lanes.last_mut() else { return Ok(value) };
        let (conditions, start) = (std::mem::take(&mut lane.conditions), lane.node);
        let Some(id) = value.node().filter(|_| !conditions.is_empty()) else { return Ok(value) };
        let other = otherwise.unwrap_or_else(|| self.graph.filled(0.0, self.graph.shape(id)));
        let mut chosen = id;
        for Passed { condition, compared, since } in conditions.into_iter().rev() {
            let statements = self.prologue.leave_side();
            self.stated_where_read(since, &statements, span)?;
            chosen = self.one_of(condition, &compared, (chosen, other), start, span);
        }
        Ok(if matches!(value, Value::Scalar(_)) { Value::Scalar(chosen) } else { Value::Matrix(chosen) })
    }

    /// What an iterator begins with.
    fn first_item(&mut self, items: &Items, span: proc_macro2::Span) -> Result<Value, Refusal> {
        let zero = Integer { known: Some(Index::default()), code: quote::quote!(0) };
        if items.turns() || items.is_filtered() || items.untyped_range().is_some() {
            return Err(self.fence().loop_form(span, "this step of an iterator over active values"));
        }
        self.item_at(items, &Index::default(), &zero)
    }

    /// The numbers of an iterator as a column.
    pub(super) fn collected(&mut self, items: &Items, span: proc_macro2::Span) -> Result<NodeId, Refusal> {
        match self.gathered(items, span)? {
            Lanes::Scalar(all) => Ok(all),
            _ => Err(self.fence().loop_form(span, "an iterator that does not go through numbers, here")),
        }
    }

    /// What an iterator goes through, as one matrix.
    fn gathered(&mut self, items: &Items, span: proc_macro2::Span) -> Result<Lanes, Refusal> {
        if items.turns() {
            return Err(self.fence().loop_form(span, "what goes backwards here"));
        }
        if items.is_filtered() {
            return Err(self.fence().loop_form(span, "`filter` where the number of items counts"));
        }
        self.lane(items, HashSet::new(), false, |_, value| Ok(value), |cx, lane, value| cx.all_values(lane, &value, span))
    }

    pub(super) fn all_values(
        &mut self,
        lane: &mut super::lanes::Lane,
        value: &Value,
        span: proc_macro2::Span,
    ) -> Result<Lanes, Refusal> {
        let Some(id) = value.node() else {
            return Err(self.fence().loop_form(span, "an iterator over what are no numbers or matrices"));
        };
        let mut seen = Batched::new(self, lane);
        let lanes = match self.batch(lane, &mut seen, id) {
            Some(lanes) => lanes,
            None => self.collected_in_turn(lane, id, span)?,
        };
        Ok(match lanes {
            Lanes::Same(a) => {
                let all = super::lanes::all(&mut self.graph, lane.len, lanes);
                let shape = self.shape(a);
                if shape.is_scalar() {
                    Lanes::Scalar(all)
                } else if shape.rows == Dim::ONE {
                    Lanes::Row(all)
                } else {
                    Lanes::Column(all)
                }
            }
            other => other,
        })
    }
}

/// The terms of nested sums.
fn additions(g: &crate::ir::Graph, id: NodeId) -> Vec<(f64, NodeId)> {
    let mut terms = Vec::new();
    let mut pending = vec![(1.0, id)];
    while let Some((c, id)) = pending.pop() {
        if g.kind(id) == Kind::Lin {
            pending.extend(g.terms(id).into_iter().map(|(d, a)| (c * d, a)));
        } else {
            terms.push((c, id));
        }
    }
    terms
}

/// Whether an expression is an iterator by its look.
pub(super) fn is_chain(e: &syn::Expr) -> bool {
    match bare(e) {
        syn::Expr::Range(_) => true,
        syn::Expr::MethodCall(call) => {
            let is = |names: &[&str]| names.iter().any(|n| call.method == n);
            is(BEGINS) || (!is(ENDS) && is_chain(&call.receiver))
        }
        _ => false,
    }
}
