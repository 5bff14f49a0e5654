//! `for` loops over active values.

use proc_macro2::Ident;
use quote::{ToTokens, quote};
use syn::spanned::Spanned;

use super::changed::changed_by_loop;
use super::exits::jump;
use super::stops::{Turns, stop};
use super::value::{Binding, Integer};
use super::{Lowerer, Refusal, Value};

impl Lowerer<'_> {
    /// A loop that changes active variables.
    pub(super) fn for_loop(&mut self, e: &syn::ExprForLoop) -> Result<(), Refusal> {
        self.refuse_in_maps(e.for_token.span())?;
        let body = self.straightened(&e.body, e.label.as_ref());
        let e = &syn::ExprForLoop { body, label: None, ..e.clone() };
        if let Some(items) = listed_items(&e.expr).or_else(|| self.members(&e.expr)) {
            return self.unrolled(e, items);
        }
        if let Some(inside) = self.filtered(e)? {
            return self.for_loop(&inside);
        }
        if e.body.stmts.iter().any(|s| stop(s).is_some()) {
            let items = self.items(&e.expr)?;
            return self.counted(Some(&items), None, Some(&e.pat), &e.body, e.for_token.span());
        }
        if let Some((span, word)) = jump(&e.body) {
            return Err(self.fence().loop_form(span, word));
        }
        // first for all iterations at once; what has no such form stays a loop; what is none, and short, is read again and again
        let before = self.clone();
        if self.raised(e).is_ok() {
            return Ok(());
        }
        *self = before.clone();
        let Err(refusal) = self.stays(e) else { return Ok(()) };
        let Some(numbers) = short_range(&e.expr).filter(|_| self.lanes.is_empty()) else { return Err(refusal) };
        let after = std::mem::replace(self, before);
        if self.unrolled(e, (numbers, false)).is_err() {
            *self = after;
            return Err(refusal);
        }
        Ok(())
    }

    /// The members of an array whose items are no numbers and no vectors.
    fn members(&self, e: &syn::Expr) -> Option<(Vec<syn::Expr>, bool)> {
        let mut changes = None;
        let (place, numbered) = match super::operators::bare(e) {
            syn::Expr::Reference(e) => {
                changes = e.mutability;
                (&*e.expr, false)
            }
            syn::Expr::MethodCall(call) if call.method == "iter_mut" && call.args.is_empty() => {
                changes = Some(<syn::Token![mut]>::default());
                (&*call.receiver, false)
            }
            syn::Expr::MethodCall(call) if call.method == "iter" && call.args.is_empty() => (&*call.receiver, false),
            syn::Expr::MethodCall(call) if call.method == "enumerate" => match super::operators::bare(&call.receiver) {
                syn::Expr::MethodCall(call) if call.method == "iter" && call.args.is_empty() => (&*call.receiver, true),
                _ => return None,
            },
            other => (other, false),
        };
        let Value::Tuple(values) = self.value_at(place)? else { return None };
        let apart = |v: &Value| match v {
            Value::Struct(..) | Value::Tuple(_) => true,
            Value::Matrix(id) => !self.shape(*id).is_column(),
            _ => false,
        };
        if values.is_empty() || !values.iter().all(apart) {
            return None;
        }
        let item = |i: usize| -> syn::Expr {
            let at = proc_macro2::Literal::usize_unsuffixed(i);
            let usize = self.input.signature.primitive("usize");
            if numbered { syn::parse_quote!((#at as #usize, &#place[#at])) } else { syn::parse_quote!(&#changes #place[#at]) }
        };
        Some(((0..values.len()).map(item).collect(), false))
    }

    /// A loop over an array that is written out: its body, again and again.
    fn unrolled(&mut self, e: &syn::ExprForLoop, items: (Vec<syn::Expr>, bool)) -> Result<(), Refusal> {
        if let Some((span, word)) = jump(&e.body) {
            return Err(self.fence().loop_form(span, word));
        }
        let (pattern, statements, span) = (&e.pat, &e.body.stmts, e.for_token.span());
        let (reference, items) = (items.1.then(|| quote!(&)), items.0);
        // all are evaluated before the first iteration; a block for each
        let names: Vec<Ident> = items.iter().map(|_| self.prologue.fresh("item")).collect();
        let block: syn::Block = syn::parse_quote_spanned!(span=> { #(let #names = #items;)* });
        self.scopes.push(std::collections::HashMap::new());
        let read = block.stmts.iter().try_for_each(|statement| self.statement(statement));
        let read = names.iter().fold(read, |read, name| {
            read?;
            let block: syn::Block = syn::parse_quote_spanned!(span=> {
                let #pattern = #reference #name;
                #(#statements)*
            });
            self.block(&block).map(|_| ())
        });
        self.scopes.pop();
        read
    }

    /// A loop over some of the items, as one over all of them.
    fn filtered(&mut self, e: &syn::ExprForLoop) -> Result<Option<syn::ExprForLoop>, Refusal> {
        let syn::Expr::MethodCall(call) = super::operators::bare(&e.expr) else { return Ok(None) };
        let span = call.method.span();
        let (inner, condition) = match (call.method == "filter", call.args.first().map(super::operators::bare)) {
            (true, Some(syn::Expr::Closure(closure))) if closure.inputs.len() == 1 => (&call.receiver, closure),
            (true, _) => return Err(self.fence().loop_form(span, "`filter` of an iterator with anything but a closure")),
            (false, _) => return Ok(None),
        };
        let (pattern, body, label) = (&e.pat, &e.body, &e.label);
        let (looked, holds) = (&condition.inputs[0], &condition.body);
        let item = self.prologue.fresh("item");
        Ok(Some(syn::parse_quote_spanned! {span=>
            #label for #item in #inner {
                let #looked = &#item;
                if #holds {
                    let #pattern = #item;
                    #body
                }
            }
        }))
    }

    /// `items.for_each(|item| …)`
    pub(super) fn for_each(&mut self, e: &syn::ExprMethodCall) -> Result<(), Refusal> {
        match e.args.first().map(super::operators::bare) {
            Some(syn::Expr::Closure(closure)) if e.args.len() == 1 && closure.inputs.len() == 1 => {
                let (items, pattern, body) = (&e.receiver, &closure.inputs[0], &closure.body);
                self.for_loop(&syn::parse_quote_spanned!(e.method.span()=> for #pattern in #items { #body; }))
            }
            _ => Err(self.fence().loop_form(e.method.span(), "`for_each` with anything but a closure")),
        }
    }

    /// A loop that is a form of matrices.
    fn raised(&mut self, e: &syn::ExprForLoop) -> Result<(), Refusal> {
        let (items, changed, span) =
            (self.items(&e.expr)?, self.changed_wholes(changed_by_loop(e, &self.home.mutating())), e.for_token.span());
        self.lane(
            &items,
            changed,
            false,
            |cx, value| {
                cx.loop_variable(&e.pat, value)?;
                // a list that is read while it grows is carried
                if cx.open_lists(&e.body, span)? > 0 {
                    return Err(cx.fence().no_matrix_form(span));
                }
                for statement in &e.body.stmts {
                    cx.statement(statement)?;
                }
                Ok(())
            },
            |cx, lane, ()| {
                cx.leave_loop(lane, span)?;
                cx.leave_pushes(lane)
            },
        )
    }

    /// A loop that stays one.
    fn stays(&mut self, e: &syn::ExprForLoop) -> Result<(), Refusal> {
        let (items, changed) = (self.items(&e.expr)?, self.changed_wholes(changed_by_loop(e, &self.home.mutating())));
        let turns = Turns { items: Some(&items), count: None, header: None };
        self.in_turn(&turns, &changed, Some(&e.pat), &e.body, e.for_token.span())
    }

    /// The variable of a loop: of integers a variable of the companions, too, of anything else a value.
    pub(super) fn loop_variable(&mut self, pattern: &syn::Pat, value: Value) -> Result<(), Refusal> {
        let value = match (pattern, value) {
            (syn::Pat::Ident(name), Value::Int(n)) if name.by_ref.is_none() && name.subpat.is_none() => {
                self.integer_variable(&name.ident, n);
                return Ok(());
            }
            (pattern, Value::Given(code, ty)) => {
                self.given_variable(pattern, &code, &ty);
                return Ok(());
            }
            (syn::Pat::Tuple(tuple), Value::Tuple(values)) if tuple.elems.len() == values.len() => {
                return tuple.elems.iter().zip(values).try_for_each(|(p, v)| self.loop_variable(p, v));
            }
            (_, value) => value,
        };
        let active = self.is_active(&value);
        self.bind_pattern(pattern, value, active)
    }

    fn integer_variable(&mut self, name: &Ident, n: Integer) {
        let (code, text) = (&n.code, name.to_string());
        self.prologue.carry(quote!(let #name = #code;), std::slice::from_ref(&text), true);
        let variable = Some(self.prologue.declare(&text, true));
        let value = Value::Int(Integer { code: name.to_token_stream(), ..n });
        self.bind(&text, Binding { variable, ..Binding::derived(value, false) });
    }
}

/// The items of an array that is written out, and whether the loop goes through references to them.
fn listed_items(e: &syn::Expr) -> Option<(Vec<syn::Expr>, bool)> {
    /// More would be a lot of code.
    const ITEMS: usize = 16;
    match super::operators::bare(e) {
        syn::Expr::Array(array) if array.elems.len() <= ITEMS => Some((array.elems.iter().cloned().collect(), false)),
        syn::Expr::Reference(e) if e.mutability.is_none() => listed_items(&e.expr).map(|(items, _)| (items, true)),
        syn::Expr::MethodCall(e) if e.method == "iter" && e.args.is_empty() => {
            listed_items(&e.receiver).map(|(items, _)| (items, true))
        }
        syn::Expr::MethodCall(e) if e.method == "into_iter" && e.args.is_empty() => listed_items(&e.receiver),
        _ => None,
    }
}

/// What a range of few numbers goes through, if these are written.
fn short_range(e: &syn::Expr) -> Option<Vec<syn::Expr>> {
    const SHORT: usize = 16;
    let number = |e: &syn::Expr| match super::operators::bare(e) {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(n), .. }) => n.base10_parse::<usize>().ok(),
        _ => None,
    };
    let syn::Expr::Range(range) = super::operators::bare(e) else { return None };
    let (from, to) = (number(range.start.as_deref()?)?, number(range.end.as_deref()?)?);
    let to = if matches!(range.limits, syn::RangeLimits::Closed(_)) { to.checked_add(1)? } else { to };
    let all = (from..to).take(SHORT + 1).map(|i| {
        let i = proc_macro2::Literal::usize_unsuffixed(i);
        syn::parse_quote!(#i)
    });
    let all: Vec<syn::Expr> = all.collect();
    (all.len() <= SHORT).then_some(all)
}
