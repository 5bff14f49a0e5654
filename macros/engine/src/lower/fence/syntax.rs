//! Forms of expressions: operators, casts, control flow, macros, closures.

use quote::{ToTokens, quote};
use syn::BinOp;

use super::values::describe;
use super::{Fence, Refusal, Value};

impl Fence<'_> {
    pub(in crate::lower) fn operator(&self, e: &syn::ExprBinary, a: &Value, b: &Value) -> Refusal {
        if matches!(a, Value::Code) {
            return self.unknown_beside(&e.left, e.op, b);
        }
        if matches!(b, Value::Code) {
            return self.unknown_beside(&e.right, e.op, a);
        }
        let (op, wrt) = (e.op.to_token_stream().to_string(), self.wrt());
        let message = match e.op {
            BinOp::Rem(_) => {
                format!(
                    "`%` cannot be differentiated; it jumps, and a derivative would not show it: bind it to a `let` that does not depend on {wrt}"
                )
            }
            BinOp::Lt(_) | BinOp::Le(_) | BinOp::Gt(_) | BinOp::Ge(_) | BinOp::Eq(_) | BinOp::Ne(_) => format!(
                "`{op}` on values that depend on {wrt} cannot be differentiated; it jumps from `false` to `true`: compare what does not depend on {wrt}, or write `if a < b {{ x }} else {{ y }}` in the closure of `map`"
            ),
            _ if op.ends_with('=') => format!(
                "`{op}` changes a value that depends on {wrt}, which is not supported; bind the new value: `let b = a {} c;`",
                op.trim_end_matches('=')
            ),
            _ => format!("`{op}` between {} and {} is not supported; {}", describe(a), describe(b), instead(e.op, a, b)),
        };
        Refusal::on(&e.op, message)
    }
    pub(in crate::lower) fn negation(&self, e: &syn::ExprUnary, found: &Value) -> Refusal {
        match found {
            Value::Code => self.unknown_value(&e.expr),
            other => {
                let op = e.op.to_token_stream();
                Refusal::on(&e.op, format!("`{op}` of {} is not supported; use it on numbers and matrices", describe(other)))
            }
        }
    }
    pub(in crate::lower) fn cast(&self, e: &syn::ExprCast) -> Refusal {
        let (ty, wrt) = (crate::lower::readable(&e.ty.to_token_stream()), self.wrt());
        let message = match ty.as_str() {
            "f32" | "f64" => format!(
                "a cast to `{ty}` of a value that depends on {wrt} is not supported, since the function computes in `{}`; leave the value as it is",
                self.scalar()
            ),
            _ if crate::lower::is_integer(&e.ty) => format!(
                "a cast to `{ty}` cannot be differentiated; its derivative is zero almost everywhere: compute the integer from what does not depend on {wrt}"
            ),
            _ => format!("a cast to `{ty}` of a value that depends on {wrt} is not supported; leave the value as it is"),
        };
        let (token, ty) = (&e.as_token, &e.ty);
        Refusal::on(&quote!(#token #ty), message)
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
            syn::Expr::Break(_) | syn::Expr::Continue(_) => ("a way out of a loop", "let the value be the last expression"),
            syn::Expr::Let(_) => ("`let` in a condition", "bind the value before"),
            syn::Expr::If(e) => return self.branch(e),
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
            syn::Expr::Async(e) => e.async_token.span,
            syn::Expr::Struct(e) => {
                return Refusal::on(&e.path, format!("{what} on values that depend on {} is not supported; {cure}", self.wrt()));
            }
            other => {
                return Refusal::on(other, format!("{what} on values that depend on {} is not supported; {cure}", self.wrt()));
            }
        };
        Refusal::new(span, format!("{what} on values that depend on {} is not supported; {cure}", self.wrt()))
    }
    pub(in crate::lower) fn branch(&self, e: &syn::ExprIf) -> Refusal {
        let wrt = self.wrt();
        Refusal::new(
            e.if_token.span,
            format!(
                "`if` on values that depend on {wrt} is not supported here; the closure of `map` may choose, by `if a < b {{ x }} else {{ y }}` of numbers: elsewhere differentiate the branches as functions of their own"
            ),
        )
    }
    pub(in crate::lower) fn unknown_macro(&self, mac: &syn::Macro) -> Refusal {
        let (name, wrt) = (mac.path.to_token_stream().to_string().replace(' ', ""), self.wrt());
        let cure = match name.as_str() {
            "format" | "print" | "println" | "eprint" | "eprintln" | "write" | "writeln" => {
                "a text has no derivative: format the result of the function"
            }
            "dbg" => "take it away, or print the result of the function",
            "vec" => "write `vector![..]`, which is a matrix",
            "dvector" | "dmatrix" => "write `vector!`, `matrix!` or `stack!`",
            _ => "`vector!`, `matrix!` and `stack!` are; of others write out what they expand to",
        };
        Refusal::on(&mac.path, format!("the macro `{name}!` on values that depend on {wrt} is not supported; {cure}"))
    }
    pub(in crate::lower) fn ragged(&self, mac: &syn::Macro) -> Refusal {
        Refusal::on(&mac.path, "these rows make no matrix; give every row the same number of entries, and at least one")
    }
    pub(in crate::lower) fn unknown_zeros(&self, mac: &syn::Macro) -> Refusal {
        Refusal::on(&mac.path, "the size of a block of zeros is not known; put another block in its row and in its column")
    }
    pub(in crate::lower) fn closure_arity(&self, e: &syn::ExprClosure, given: usize) -> Refusal {
        let bars = (&e.or1_token, &e.inputs, &e.or2_token);
        let (left, inputs, right) = bars;
        Refusal::on(
            &quote!(#left #inputs #right),
            format!("this closure takes {} values and is called with {given}; name as many parameters", e.inputs.len()),
        )
    }
    pub(in crate::lower) fn async_closure(&self, e: &syn::ExprClosure) -> Refusal {
        Refusal::on(&e.asyncness, "an `async` closure is not supported; remove `async`")
    }
    pub(in crate::lower) fn closure_statement(&self, e: &syn::ExprClosure) -> Refusal {
        let statement = match &*e.body {
            syn::Expr::Block(body) => body.block.stmts.iter().find(|s| !matches!(s, syn::Stmt::Local(_))),
            _ => None,
        };
        self.repeated_effect(&statement.map_or_else(|| e.body.to_token_stream(), ToTokens::to_token_stream))
    }
    pub(in crate::lower) fn repeated_effect(&self, statement: &impl ToTokens) -> Refusal {
        Refusal::on(
            statement,
            "a statement with an effect is not supported in a closure, which runs once an entry; let the closure be an expression",
        )
    }
}

/// What to write instead of an operator between such values.
fn instead(op: BinOp, a: &Value, b: &Value) -> &'static str {
    use Value::{Factor, Fallible, Int, Matrix, Scalar};
    match (op, a, b) {
        (_, Fallible(..) | Value::Some(_), _) | (_, _, Fallible(..) | Value::Some(_)) => {
            "open the `Option` first, with `?`, `unwrap()` or `expect(..)`"
        }
        (_, Factor(_), _) | (_, _, Factor(_)) => "a factorization is used by its methods: `solve`, `inverse`, `determinant`",
        (BinOp::Add(_) | BinOp::Sub(_), Matrix(_), Scalar(_)) | (BinOp::Add(_) | BinOp::Sub(_), Scalar(_), Matrix(_)) => {
            "to add a number to all entries, write `add_scalar`"
        }
        (BinOp::Div(_), Matrix(_) | Scalar(_), Matrix(_)) => {
            "entry by entry it is `component_div`, with a matrix `a.lu().solve(&b)`"
        }
        (_, Int(_), _) | (_, _, Int(_)) => "write the integer as a number of the function's type: `2.0`, `n as f64`",
        _ => "use it between numbers and matrices",
    }
}
