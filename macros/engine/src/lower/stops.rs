//! Loops whose number of iterations is known when they have run: `while`, `loop`, and any loop with a `break`, on inactive conditions.
//!
//! The inactive code of the body runs as a loop of its own, before everything else, and counts the iterations. An iteration that ends with a
//! `break` counts if what is differentiated has changed before it, and does not if it would have changed after it.

use std::collections::HashSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::spanned::Spanned;

use super::changed::{changed_by, changed_in};
use super::exits::jump;
use super::items::Items;
use super::operators::bare;
use super::value::Lasts;
use super::{Lowerer, Refusal};

/// How a loop goes on.
pub(super) struct Turns<'i> {
    /// What it goes through.
    pub(super) items: Option<&'i Items>,
    /// What counts its iterations, if that is not known before.
    pub(super) count: Option<Ident>,
    /// `while …`, `loop`
    pub(super) header: Option<TokenStream>,
}

impl Lowerer<'_> {
    /// `while condition { … }`
    pub(super) fn while_loop(&mut self, e: &syn::ExprWhile) -> Result<(), Refusal> {
        let span = e.while_token.span;
        self.inactive_condition(&e.cond)?;
        let condition = self.carriable(&e.cond.to_token_stream())?;
        let body = self.straightened(&e.body, e.label.as_ref());
        self.counted(None, Some(quote!(while #condition)), None, &body, span)
    }

    /// `loop { … }`
    pub(super) fn endless(&mut self, e: &syn::ExprLoop) -> Result<(), Refusal> {
        let span = e.loop_token.span;
        let body = self.straightened(&e.body, e.label.as_ref());
        if !body.stmts.iter().any(|s| stop(s).is_some()) {
            return Err(self.fence().loop_form(span, "a `loop` that no `if … { break; }` of its body ends"));
        }
        self.counted(None, Some(quote!(loop)), None, &body, span)
    }

    /// A loop that a `break` may end.
    pub(super) fn counted(
        &mut self,
        items: Option<&Items>,
        header: Option<TokenStream>,
        pattern: Option<&syn::Pat>,
        body: &syn::Block,
        span: Span,
    ) -> Result<(), Refusal> {
        self.refuse_in_maps(span)?;
        if items.is_some_and(Items::turns) {
            return Err(self.fence().loop_form(span, "`break` in a loop that goes backwards"));
        }
        let rest = syn::Block {
            brace_token: body.brace_token,
            stmts: body.stmts.iter().filter(|s| stop(s).is_none()).cloned().collect(),
        };
        if let Some((span, word)) = jump(&rest) {
            return Err(self.fence().loop_form(span, word));
        }
        let count = self.prologue.fresh("count");
        self.prologue.count(&count, &self.input.signature.primitive("usize"));
        let changed = self.changed_wholes(changed_in(body, &self.home.mutating()));
        let turns = Turns { items, count: Some(count), header };
        self.in_turn(&turns, &changed, pattern, body, span)
    }

    /// The iterations of a loop, one after the other.
    pub(super) fn in_turn(
        &mut self,
        turns: &Turns<'_>,
        changed: &HashSet<String>,
        pattern: Option<&syn::Pat>,
        body: &syn::Block,
        span: Span,
    ) -> Result<(), Refusal> {
        let backward = turns.items.is_some_and(Items::turns);
        let counted = self.open_counted(body, span)?;
        self.lane_of(
            turns,
            changed.clone(),
            true,
            |cx, value| {
                if let (Some(pattern), Some(value)) = (pattern, value) {
                    cx.loop_variable(pattern, value)?;
                }
                let grown = cx.open_lists(body, span)?;
                if grown > 0 && backward {
                    return Err(cx.fence().loop_form(span, "a list that grows in a loop that goes backwards"));
                }
                let holes = cx.open_holes(changed, span)?;
                let mut complete = false;
                for (i, statement) in body.stmts.iter().enumerate() {
                    match stop(statement) {
                        Some(e) => cx.stopped(e, (&body.stmts[..i], &body.stmts[i + 1..]), &mut complete)?,
                        None => cx.statement(statement)?,
                    }
                }
                cx.close_lists(grown);
                Ok(holes)
            },
            |cx, lane, holes| cx.leave_region(lane, holes, backward, span),
        )?;
        self.close_counted(counted)
    }

    /// `if condition { …; break; }`
    fn stopped(
        &mut self,
        e: &syn::ExprIf,
        (before, after): (&[syn::Stmt], &[syn::Stmt]),
        complete: &mut bool,
    ) -> Result<(), Refusal> {
        self.inactive_condition(&e.cond)?;
        let tokens = e.to_token_stream();
        if self.mentions_active(&tokens) || self.mentions_derived(&tokens) {
            return Err(self.fence().loop_form(e.if_token.span, "a change of active values right before a `break`"));
        }
        let changed = before.iter().any(|s| self.changes_something(s));
        if changed && after.iter().any(|s| self.changes_something(s)) {
            return Err(self.fence().choice(
                e.if_token.span,
                "a `break` between changes of active values",
                "let all of them stand before it, or all after it",
            ));
        }
        if changed && !*complete {
            self.prologue.complete();
            *complete = true;
        }
        let code = self.carriable(&tokens)?;
        self.prologue.carry(code, &[], false);
        Ok(())
    }

    fn inactive_condition(&mut self, e: &syn::Expr) -> Result<(), Refusal> {
        let tokens = e.to_token_stream();
        if self.mentions_active(&tokens) || self.mentions_derived(&tokens) {
            return Err(self.fence().counted_by_active(e.span()));
        }
        Ok(())
    }

    /// Whether a statement changes active variables.
    pub(super) fn changes_something(&self, statement: &syn::Stmt) -> bool {
        let changed: HashSet<String> = match statement {
            syn::Stmt::Expr(e, _) => changed_by(e, &self.home.mutating()),
            syn::Stmt::Local(local) => local.init.iter().flat_map(|init| changed_by(&init.expr, &self.home.mutating())).collect(),
            syn::Stmt::Item(_) | syn::Stmt::Macro(_) => HashSet::new(),
        };
        self.changed_wholes(changed)
            .into_iter()
            .any(|name| self.lookup(&name).is_some_and(|b| b.active && b.lasts == Lasts::Assigned))
    }
}

/// `if condition { …; break; }` without `else`.
pub(super) fn stop(statement: &syn::Stmt) -> Option<&syn::ExprIf> {
    let syn::Stmt::Expr(e, _) = statement else { return None };
    let syn::Expr::If(e) = bare(e) else { return None };
    let last = match e.then_branch.stmts.last()? {
        syn::Stmt::Expr(last, _) => bare(last),
        _ => return None,
    };
    let ends = matches!(last, syn::Expr::Break(b) if b.label.is_none() && b.expr.is_none());
    (ends && e.else_branch.is_none()).then_some(e)
}
