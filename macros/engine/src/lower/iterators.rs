//! Iterators over active values: what becomes of what they go through.

use std::collections::HashSet;

use quote::ToTokens;
use syn::spanned::Spanned;

use super::items::{BEGINS, Items};
use super::lanes::{Batched, Lanes};
use super::operators::bare;
use super::{Lowerer, Refusal, Value};
use crate::ir::{Dim, Kind, NodeId};

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
            ("fold", 2) => self.folded(&items, e),
            _ => Err(self.fence().loop_form(span, "this step of an iterator over active values")),
        }
    }

    /// `Σ`
    fn summed(&mut self, items: &Items, span: proc_macro2::Span) -> Result<Value, Refusal> {
        self.lane(
            items,
            HashSet::new(),
            false,
            |_, value| Ok(value),
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
    fn folded(&mut self, items: &Items, e: &syn::ExprMethodCall) -> Result<Value, Refusal> {
        let span = e.method.span();
        let first = self.expression(&e.args[0]).and_then(|first| self.number(first))?;
        let Some(before) = first.node() else {
            return Err(self.fence().loop_form(e.args[0].span(), "`fold` of what is no number or matrix"));
        };
        let Value::Closure(closure, seen) = self.expression(&e.args[1])? else {
            return Err(self.fence().loop_form(e.args[1].span(), "`fold` with anything but a closure"));
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
