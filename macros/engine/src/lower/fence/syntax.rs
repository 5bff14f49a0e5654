//! Forms of expressions: operators, casts, control flow, macros, closures.

use quote::ToTokens;

use super::values::describe;
use super::{Fence, Refusal, Value};

impl Fence<'_> {
    pub(in crate::lower) fn operator(&self, e: &syn::ExprBinary, a: &Value, b: &Value) -> Refusal {
        if matches!(a, Value::Code) {
            return self.unknown_value(&e.left);
        }
        if matches!(b, Value::Code) {
            return self.unknown_value(&e.right);
        }
        let op = e.op.to_token_stream();
        match e.op {
            syn::BinOp::Rem(_) => Refusal::on(
                &e.op,
                format!("`%` cannot be differentiated; bind it to a `let` that does not depend on {}", self.wrt()),
            ),
            syn::BinOp::AddAssign(_) | syn::BinOp::SubAssign(_) | syn::BinOp::MulAssign(_) | syn::BinOp::DivAssign(_) => {
                Refusal::on(
                    &e.op,
                    format!(
                        "`{op}` on a value that depends on {} is not supported; bind the new value: `let b = a + c;`",
                        self.wrt()
                    ),
                )
            }
            syn::BinOp::Lt(_)
            | syn::BinOp::Le(_)
            | syn::BinOp::Gt(_)
            | syn::BinOp::Ge(_)
            | syn::BinOp::Eq(_)
            | syn::BinOp::Ne(_) => Refusal::on(
                &e.op,
                format!(
                    "a comparison of values that depend on {} cannot be differentiated; compare what does not depend on it",
                    self.wrt()
                ),
            ),
            _ => Refusal::on(&e.op, format!("`{op}` between {} and {} is not supported", describe(a), describe(b))),
        }
    }
    pub(in crate::lower) fn negation(&self, e: &syn::ExprUnary, found: &Value) -> Refusal {
        match found {
            Value::Code => self.unknown_value(&e.expr),
            other => Refusal::on(&e.op, format!("`{}` of {} is not supported", e.op.to_token_stream(), describe(other))),
        }
    }
    pub(in crate::lower) fn cast(&self, e: &syn::ExprCast) -> Refusal {
        let (ty, wrt) = (e.ty.to_token_stream(), self.wrt());
        let message = if crate::lower::is_integer(&e.ty) {
            format!(
                "a cast to `{ty}` of a value that depends on {wrt} cannot be differentiated; compute the integer from what does not"
            )
        } else {
            format!("a cast to `{ty}` of a value that depends on {wrt} is not supported; compute in one floating-point type")
        };
        Refusal::on(&e.as_token, message)
    }
    pub(in crate::lower) fn too_deep(&self, e: &syn::Expr) -> Refusal {
        Refusal::on(e, "expressions nested this deeply are not supported; bind a part to a `let`")
    }
    pub(in crate::lower) fn syntax(&self, e: &syn::Expr) -> Refusal {
        let (what, cure) = match e {
            syn::Expr::ForLoop(_) | syn::Expr::While(_) | syn::Expr::Loop(_) => {
                ("a loop", "write the sum or product with matrices, such as `x * w`, or unroll it")
            }
            syn::Expr::Match(_) => ("`match`", "differentiate the arms as functions of their own"),
            syn::Expr::Assign(_) => ("assignment", "bind the new value: `let b = …;`"),
            syn::Expr::Reference(_) => ("a mutable borrow", "build the changed value as a new one"),
            syn::Expr::Return(_) => ("an early `return`", "let the value be the last expression of the function"),
            syn::Expr::Unsafe(_) => ("an `unsafe` block", "compute it before, in code that does not depend on it"),
            syn::Expr::Struct(_) => ("a struct", "use the values themselves"),
            syn::Expr::Range(_) => ("a range", "use `rows`, `columns` or `view`"),
            syn::Expr::Await(_) | syn::Expr::Async(_) => ("async code", "compute it before"),
            syn::Expr::Let(_) | syn::Expr::If(_) => ("`if`", "differentiate the branches as functions of their own"),
            _ => ("this form of expression", "write it with the operations in the table of the documentation"),
        };
        let span = match e {
            syn::Expr::ForLoop(e) => e.for_token.span,
            syn::Expr::While(e) => e.while_token.span,
            syn::Expr::Loop(e) => e.loop_token.span,
            syn::Expr::Match(e) => e.match_token.span,
            syn::Expr::Assign(e) => e.eq_token.span,
            syn::Expr::Return(e) => e.return_token.span,
            syn::Expr::Unsafe(e) => e.unsafe_token.span,
            other => {
                return Refusal::on(other, format!("{what} on values that depend on {} is not supported; {cure}", self.wrt()));
            }
        };
        Refusal::new(span, format!("{what} on values that depend on {} is not supported; {cure}", self.wrt()))
    }
    pub(in crate::lower) fn branch(&self, e: &syn::ExprIf) -> Refusal {
        Refusal::new(
            e.if_token.span,
            format!(
                "`if` on values that depend on {} is supported in the closure of `map`, as `if a < b {{ x }} else {{ y }}` between scalars; elsewhere differentiate the branches as functions of their own",
                self.wrt()
            ),
        )
    }
    pub(in crate::lower) fn unknown_macro(&self, mac: &syn::Macro) -> Refusal {
        Refusal::on(
            &mac.path,
            format!(
                "the macro `{}!` on values that depend on {} is not supported; `vector!`, `matrix!` and `stack!` are",
                mac.path.to_token_stream().to_string().replace(' ', ""),
                self.wrt()
            ),
        )
    }
    pub(in crate::lower) fn ragged(&self, mac: &syn::Macro) -> Refusal {
        Refusal::on(&mac.path, "every row needs the same number of entries, and at least one")
    }
    pub(in crate::lower) fn unknown_zeros(&self, mac: &syn::Macro) -> Refusal {
        Refusal::on(&mac.path, "a block of zeros needs another block in its row and in its column")
    }
    pub(in crate::lower) fn closure_arity(&self, e: &syn::ExprClosure) -> Refusal {
        Refusal::new(e.or1_token.span, "the number of this closure's parameters does not fit its use")
    }
    pub(in crate::lower) fn closure_statement(&self, e: &syn::ExprClosure) -> Refusal {
        Refusal::new(
            e.or1_token.span,
            "statements with an effect in a closure are not supported; let the closure be an expression",
        )
    }
}
