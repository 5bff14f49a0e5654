//! Statements, patterns, and what leaves the function.

use proc_macro2::Span;
use quote::ToTokens;

use super::calls::MUTATING;
use super::{Fence, Refusal, Value};

impl Fence<'_> {
    pub(in crate::lower) fn question_mark(&self, e: &syn::ExprTry) -> Refusal {
        Refusal::on(
            &e.question_token,
            "`?` is supported on `cholesky()`, `try_inverse()`, `lu().solve(..)` and triangular solves, in a function that returns an `Option`",
        )
    }
    pub(in crate::lower) fn carried_question_mark(&self, span: Span) -> Refusal {
        Refusal::new(
            span,
            "`?` is not supported in a function that returns no `Option`; open the value with `unwrap` or `expect`, or outside the function",
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
                syn::Expr::MethodCall(m) if MUTATING.iter().any(|n| m.method == n) => Refusal::new(
                    m.method.span(),
                    format!(
                        "`{}` changes a value that depends on {}, which is not supported; build the changed value as a new one",
                        m.method,
                        self.wrt()
                    ),
                ),
                syn::Expr::MethodCall(m) => Refusal::new(
                    m.method.span(),
                    format!(
                        "a statement on a value that depends on {} is not supported; only its value can be differentiated",
                        self.wrt()
                    ),
                ),
                other => self.syntax(other),
            },
            syn::Stmt::Macro(m) => Refusal::on(
                &m.mac.path,
                format!(
                    "a macro on a value computed from {} is not supported; only parameters can appear in assertions and prints",
                    self.wrt()
                ),
            ),
            _ => Refusal::on(&tokens, "this statement is not supported"),
        }
    }
    pub(in crate::lower) fn item(&self, item: &syn::Item) -> Refusal {
        Refusal::on(item, "this item inside the body is not supported; move it out of the function")
    }
    pub(in crate::lower) fn let_else(&self, local: &syn::Local) -> Refusal {
        Refusal::on(local, "`let … else` is not supported; open an `Option` with `?`, `unwrap` or `expect`")
    }
    pub(in crate::lower) fn pattern(&self, pattern: &syn::Pat) -> Refusal {
        Refusal::on(pattern, "this pattern is not supported here; use names and tuples of names")
    }
    pub(in crate::lower) fn no_result(&self, block: &syn::Block) -> Refusal {
        Refusal::new(
            block.brace_token.span.close(),
            "the function has to end with the value to differentiate, as an expression without `;`",
        )
    }
}
