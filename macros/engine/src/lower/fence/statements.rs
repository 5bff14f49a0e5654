//! Statements, patterns, and what leaves the function.

use proc_macro2::Span;
use quote::ToTokens;

use super::{Fence, Refusal, Value};
use crate::lower::readable;
use crate::parse::conditions;

impl Fence<'_> {
    pub(in crate::lower) fn question_mark(&self, e: &syn::ExprTry) -> Refusal {
        Refusal::on(
            &e.question_token,
            "`?` is not supported here; it opens `cholesky()`, `try_inverse()`, `lu().solve(..)` and triangular solves, in a function that returns an `Option`",
        )
    }
    /// Calls in one expression that cannot be carried over together.
    pub(in crate::lower) fn apart(&self, e: &syn::Expr) -> Refusal {
        Refusal::on(
            e,
            "several calls with effects in one expression are not supported here; bind each to a `let` with its type, in this order",
        )
    }
    /// An attribute that decides whether code is there.
    pub(in crate::lower) fn decided(&self, attr: &syn::Attribute) -> Refusal {
        let (name, wrt) = (readable(&attr.path().to_token_stream()), self.wrt());
        let message = match conditions::condition(attr) {
            Some(condition) => format!(
                "`cfg` on code that depends on {wrt} is not supported, since a macro cannot see what it decides; choose a value by `if cfg!({}) {{ a }} else {{ b }}` in a `let` with a type, or put the attribute on the function, once for each case",
                readable(condition)
            ),
            None => format!(
                "`{name}` on code that depends on {wrt} is not supported, since a macro cannot see what it makes of it; remove it, or put it on the function"
            ),
        };
        Refusal::on(attr.path(), message)
    }
    /// A name that an attribute decides about.
    pub(in crate::lower) fn decided_name(&self, attr: &syn::Attribute, name: &syn::Ident, ty: &str) -> Refusal {
        let of = readable(&attr.path().to_token_stream());
        let message = match conditions::condition(attr) {
            Some(_) if ty == "_" => {
                format!("`cfg` decides what `{name}` is, which a macro cannot see; put `cfg` on the function, once for each case")
            }
            Some(_) => format!(
                "`cfg` decides what `{name}` is, which a macro cannot see; bind the choice with its type, after the last of them: `let {name}: {ty} = {name};`"
            ),
            None => format!("`{of}` decides what `{name}` is, which a macro cannot see; remove it"),
        };
        Refusal::on(attr.path(), message)
    }
    pub(in crate::lower) fn carried_question_mark(&self, span: Span) -> Refusal {
        Refusal::new(
            span,
            "`?` is not supported in a function that returns no `Option`; open the value with `unwrap` or `expect`, or outside the function",
        )
    }
    pub(in crate::lower) fn question_mark_of_a_closure(&self, span: Span) -> Refusal {
        Refusal::new(
            span,
            "this leaves a closure and not the function, which is not supported; write the body of the closure where it is called, or open the value \
             with `unwrap` or `expect`",
        )
    }
    pub(in crate::lower) fn macro_statement(&self, span: Span) -> Refusal {
        Refusal::new(
            span,
            "this macro may leave the function early, which is not supported; call it outside the function, or use an assertion",
        )
    }
    pub(in crate::lower) fn early_return(&self, span: Span) -> Refusal {
        Refusal::new(
            span,
            "an early `return` is not supported; let the value be the last expression, and check conditions with an assertion or outside the function",
        )
    }
    pub(in crate::lower) fn effect(&self, statement: &syn::Stmt) -> Refusal {
        let tokens = statement.to_token_stream();
        match statement {
            syn::Stmt::Expr(e, _) => match e {
                syn::Expr::Binary(b) if !matches!(b.op, syn::BinOp::Add(_)) => self.operator(b, &Value::Unit, &Value::Unit),
                syn::Expr::MethodCall(m) => self.mutations(m).unwrap_or_else(|| {
                    let wrt = self.wrt();
                    Refusal::new(
                        m.method.span(),
                        format!("a statement on a value that depends on {wrt} is not supported; only its value can be differentiated: bind it with `let`, or remove it"),
                    )
                }),
                syn::Expr::Call(call) => match call.args.iter().find(|e| matches!(e, syn::Expr::Reference(r) if r.mutability.is_some())) {
                    Some(borrow) => self.syntax(borrow),
                    None => Refusal::on(
                        &call.func,
                        format!(
                            "a statement on a value that depends on {} is not supported; only its value can be differentiated: remove it",
                            self.wrt()
                        ),
                    ),
                },
                other => self.syntax(other),
            },
            syn::Stmt::Macro(m) => Refusal::on(
                &m.mac.path,
                format!(
                    "`{}!` of a value computed from {} is not supported here, where it would run anew for each entry, or what computes the value has effects; call it outside of closures, and bind what has effects before",
                    crate::lower::readable(&m.mac.path.to_token_stream()),
                    self.wrt()
                ),
            ),
            _ => Refusal::on(&tokens, "this statement is not supported"),
        }
    }
    /// A change in place, anywhere in a chain of calls.
    fn mutations(&self, call: &syn::ExprMethodCall) -> Option<Refusal> {
        let mut call = call;
        loop {
            if let Some(refusal) = self.mutation(&call.method) {
                return Some(refusal);
            }
            let syn::Expr::MethodCall(inner) = &*call.receiver else { return None };
            call = inner;
        }
    }
    pub(in crate::lower) fn item(&self, item: &syn::Item) -> Refusal {
        let first = item.to_token_stream().into_iter().next().map_or_else(Span::call_site, |token| token.span());
        Refusal::new(first, "this item is not supported in a body, which companions repeat; move it out of the function")
    }
    pub(in crate::lower) fn let_else(&self, local: &syn::Local) -> Refusal {
        let diverge = local.init.as_ref().and_then(|init| init.diverge.as_ref());
        let place = diverge.map_or_else(|| local.to_token_stream(), |(token, _)| token.to_token_stream());
        let wrt = self.wrt();
        Refusal::on(
            &place,
            format!(
                "this `let … else` on values that depend on {wrt} is not supported; write `let Some(x) = … else {{ return None }};`, or open the `Option` \
                 with `?`, `unwrap` or `expect`"
            ),
        )
    }
    pub(in crate::lower) fn pattern(&self, pattern: &syn::Pat) -> Refusal {
        Refusal::on(pattern, "this pattern is not supported here; use names and tuples of names")
    }
    pub(in crate::lower) fn no_result(&self, block: &syn::Block) -> Refusal {
        Refusal::new(
            block.brace_token.span.close(),
            "the function has no value at its end, so that there is nothing to differentiate; end with an expression without `;`",
        )
    }
    pub(in crate::lower) fn lost_result(&self, semicolon: syn::Token![;]) -> Refusal {
        Refusal::on(&semicolon, "the value of the function ends here, so that there is nothing to differentiate; remove this `;`")
    }
}
