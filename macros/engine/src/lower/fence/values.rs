//! Values that are not what they have to be.

use proc_macro2::TokenStream;
use quote::ToTokens;

use super::{Call, Fence, Refusal, Value};

impl Fence<'_> {
    pub(in crate::lower) fn unopened_option(&self, call: &Call<'_>) -> Refusal {
        Refusal::new(
            call.span(),
            format!("`{}` on an `Option` is not supported; open it with `?`, `unwrap()` or `expect(..)` first", call.name),
        )
    }
    pub(in crate::lower) fn nothing_to_open(&self, method: &syn::Ident) -> Refusal {
        Refusal::new(
            method.span(),
            format!(
                "`{method}` is supported on `cholesky()`, `try_inverse()`, `lu().solve(..)` and triangular solves; compute other options before, without {}",
                self.wrt()
            ),
        )
    }
    pub(in crate::lower) fn active_message(&self, message: &syn::Expr) -> Refusal {
        Refusal::on(message, format!("a message that depends on {} is not supported; use a constant one", self.wrt()))
    }
    pub(in crate::lower) fn not_constant(&self, e: &syn::Expr) -> Refusal {
        Refusal::on(e, "the macro has to know this integer; write it as a literal")
    }
    pub(in crate::lower) fn expected(&self, what: &str, e: &syn::Expr, found: &Value) -> Refusal {
        match found {
            Value::Code => self.unknown_value(e),
            Value::Fallible(..) => {
                Refusal::on(e, format!("expected {what}, found an `Option`; open it with `?`, `unwrap()` or `expect(..)`"))
            }
            other => Refusal::on(e, format!("expected {what}, found {}", describe(other))),
        }
    }
    pub(in crate::lower) fn expected_pair(&self, e: &syn::Expr) -> Refusal {
        Refusal::on(e, "expected a pair written out: `(i, j)`")
    }
    pub(in crate::lower) fn unknown_value(&self, e: &syn::Expr) -> Refusal {
        Refusal::on(
            e,
            "the macro does not know whether this is a scalar or a matrix, and of what shape; bind it before with its type: `let h: DVector<f64> = …`",
        )
    }
    pub(in crate::lower) fn unknown_name(&self, path: &syn::Path) -> Refusal {
        Refusal::on(
            path,
            format!(
                "the macro does not know what `{}` is; bind it before with its type: `let h: f64 = …`",
                path.to_token_stream().to_string().replace(' ', "")
            ),
        )
    }
    pub(in crate::lower) fn unknown_coordinate(&self, name: &syn::Ident) -> Refusal {
        Refusal::new(name.span(), format!("`{name}` is no coordinate of this shape; use an index: `v[0]`, `m[(0, 1)]`"))
    }
    pub(in crate::lower) fn linear_index(&self, e: &syn::ExprIndex) -> Refusal {
        Refusal::on(&e.index, "a linear index into a matrix is not supported; write row and column: `m[(i, j)]`")
    }
    pub(in crate::lower) fn literal(&self, e: &syn::ExprLit) -> Refusal {
        Refusal::on(e, "this literal is not a finite number")
    }
    pub(in crate::lower) fn size_of_active(&self, e: &syn::Expr) -> Refusal {
        Refusal::on(
            e,
            format!(
                "an integer computed from a value that depends on {} is not supported here; compute it from the parameters: `x.nrows()`",
                self.wrt()
            ),
        )
    }
    pub(in crate::lower) fn unavailable(&self, tokens: &TokenStream) -> Refusal {
        Refusal::on(
            tokens,
            format!(
                "this code names a value computed from {} and cannot be read; write it with the operations in the table of the documentation",
                self.wrt()
            ),
        )
    }
    pub(in crate::lower) fn not_some(&self, e: &syn::Expr) -> Refusal {
        Refusal::on(e, "a function that returns an `Option` has to end with `Some(value)`")
    }
    pub(in crate::lower) fn inactive_result(&self, e: &syn::Expr) -> Refusal {
        Refusal::on(e, format!("the result does not depend on {}", self.wrt()))
    }
}

/// A kind of value, for a sentence.
pub(super) fn describe(value: &Value) -> &'static str {
    match value {
        Value::Scalar(_) => "a scalar",
        Value::Matrix(_) => "a matrix",
        Value::Factor(_) => "a factorization",
        Value::Fallible(..) | Value::Some(_) => "an `Option`",
        Value::Int(_) => "an integer",
        Value::Tuple(_) => "a tuple or array",
        Value::Closure(..) => "a closure",
        Value::Slice(_) => "a slice",
        Value::Unit => "nothing",
        Value::Code => "code that the macro does not know the type of",
    }
}
