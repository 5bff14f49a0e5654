//! Values that are not what they have to be.

use proc_macro2::TokenStream;
use quote::ToTokens;

use super::{Call, Fence, Refusal, Value};
use crate::ir::{Dim, Shape};
use crate::lower::operators::bare;

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
        Refusal::on(e, "the macro has to know this integer, since the formula depends on it; write it as a literal")
    }
    pub(in crate::lower) fn expected(&self, what: &str, e: &syn::Expr, found: &Value) -> Refusal {
        match found {
            Value::Code => self.untyped(e, &[self.type_of(what)]),
            Value::Fallible(..) => {
                Refusal::on(e, format!("expected {what}, found an `Option`; open it with `?`, `unwrap()` or `expect(..)`"))
            }
            Value::Int(_) if what == "a scalar" => {
                let scalar = self.scalar();
                Refusal::on(
                    e,
                    format!("expected {what}, found an integer; write a number of the function's type, or cast: `as {scalar}`"),
                )
            }
            other => Refusal::on(e, format!("expected {what}, found {}; write {what} here", describe(other))),
        }
    }
    pub(in crate::lower) fn entries(&self, list: &syn::Expr, count: usize) -> Refusal {
        Refusal::on(list, format!("{count} entries do not fill a matrix of this type; give as many as it has"))
    }
    /// A `map` in a `map` whose closure reads what the outer one is given.
    pub(in crate::lower) fn entry_of_the_outer(&self, e: &syn::Expr) -> Refusal {
        Refusal::on(
            e,
            "a closure that reads the entry of another `map` around it is not supported; write the pairs as a matrix, such as `a * b.transpose()`",
        )
    }
    /// A matrix made of what a closure is given for each entry.
    pub(in crate::lower) fn matrix_of_an_entry(&self, span: proc_macro2::Span) -> Refusal {
        Refusal::new(span, "a matrix for each entry is not supported in the closure of `map`; compute with numbers there")
    }
    pub(in crate::lower) fn expected_pair(&self, e: &syn::Expr) -> Refusal {
        Refusal::on(e, "the macro cannot see what is in this pair; write it out: `(i, j)`")
    }
    /// A value of unknown type, which stands where that has to be known.
    pub(in crate::lower) fn unknown_value(&self, e: &syn::Expr) -> Refusal {
        self.untyped(e, &[self.scalar(), format!("DVector<{}>", self.scalar())])
    }
    /// As `unknown_value`, where the other operand of an operator tells the type.
    pub(super) fn unknown_beside(&self, e: &syn::Expr, op: syn::BinOp, other: &Value) -> Refusal {
        match (op, other) {
            (syn::BinOp::Add(_) | syn::BinOp::Sub(_), Value::Matrix(id)) => {
                self.untyped(e, &[self.spelled(self.graph.shape(*id))])
            }
            (syn::BinOp::Add(_) | syn::BinOp::Sub(_), Value::Scalar(_)) => self.untyped(e, &[self.scalar()]),
            // what is borrowed for a product is a matrix
            (syn::BinOp::Mul(_), Value::Matrix(id)) if matches!(bare(e), syn::Expr::Reference(_)) => {
                let shape = self.graph.shape(*id);
                let square = Shape::new(shape.rows, shape.rows);
                self.untyped(e, &[self.spelled(if shape.rows == Dim::ONE { shape.transposed() } else { square })])
            }
            _ => self.unknown_value(e),
        }
    }
    /// The `let` that tells the type of an expression: one of these.
    pub(super) fn untyped(&self, e: &syn::Expr, types: &[String]) -> Refusal {
        let (ty, others) = types.split_first().map_or(("f64", types), |(first, others)| (first.as_str(), others));
        let or = others.iter().fold(String::new(), |all, other| format!("{all}, or `{other}`"));
        let e = match bare(e) {
            syn::Expr::Reference(inner) => bare(&inner.expr),
            other => other,
        };
        // a matrix in a place is borrowed: it may not be moved out
        let place = ty.contains('<') && matches!(e, syn::Expr::Field(_) | syn::Expr::Index(_));
        let and = if place { "&" } else { "" };
        let own = if ty.contains('<') { " with nalgebra's own type" } else { "" };
        let code = crate::lower::readable(&e.to_token_stream());
        let variable = match e {
            syn::Expr::Path(path) => path.path.get_ident(),
            _ => None,
        };
        let variable = variable.filter(|name| self.scopes.iter().any(|scope| scope.contains_key(&name.to_string())));
        let named = |name: &syn::Ident| self.scopes.iter().rev().find_map(|scope| scope.get(&name.to_string()));
        if let Some((name, attr)) = variable.and_then(|name| Some((name, named(name)?.decided.as_deref()?))) {
            return self.decided_name(attr, name, ty);
        }
        let message = match variable {
            Some(name) if self.input.signature.params.iter().any(|p| p.ident == *name && p.kind.is_none()) => format!(
                "the macro sees no types, and cannot tell what the parameter `{name}` is; bind it{own}: `let {name}: {ty} = …;`{or}"
            ),
            Some(name) if self.bound_alone(name).is_none() => format!(
                "the macro sees no types, and cannot tell what `{name}` is; bind it again{own}: `let {name}: {ty} = {name};`{or}"
            ),
            Some(name) => format!(
                "the macro sees no types, and cannot tell what `{name}` is; annotate its `let`{own}: `let {}{name}: {ty} = …;`{or}",
                if self.bound_alone(name) == Some(true) { "mut " } else { "" }
            ),
            None => {
                let value = if code.chars().count() <= 40 { code.as_str() } else { "…" };
                let name = suggested_name(e);
                format!(
                    "the macro sees no types, and cannot tell what this is; bind it before: `let {name}: {and}{ty} = {and}{value};`{or}"
                )
            }
        };
        Refusal::on(e, message)
    }
    /// Whether the `let` of the body that binds this name and no others, and can have the type of it, is mutable; none, if there is no such `let`.
    fn bound_alone(&self, name: &syn::Ident) -> Option<bool> {
        struct Lets<'a>(&'a syn::Ident, Option<bool>);
        impl<'a> syn::visit::Visit<'a> for Lets<'_> {
            fn visit_local(&mut self, local: &'a syn::Local) {
                let pattern = if let syn::Pat::Type(typed) = &local.pat { &*typed.pat } else { &local.pat };
                if let syn::Pat::Ident(p) = pattern
                    && p.ident == *self.0
                {
                    self.1 = Some(p.mutability.is_some());
                }
                syn::visit::visit_local(self, local);
            }
        }
        let mut lets = Lets(name, None);
        syn::visit::Visit::visit_block(&mut lets, &self.input.body);
        lets.1
    }
    pub(in crate::lower) fn unknown_name(&self, path: &syn::Path) -> Refusal {
        let name = path.to_token_stream().to_string().replace(' ', "");
        let scalar = self.scalar();
        Refusal::on(
            path,
            format!(
                "the macro cannot tell what `{name}` is, which is no variable of this function; bind it before: `let h: {scalar} = {name};`"
            ),
        )
    }
    /// The function's type of numbers.
    pub(super) fn scalar(&self) -> String {
        self.input.signature.scalar.as_ref().map_or_else(|| "f64".to_owned(), ToString::to_string)
    }
    /// An argument that is no matrix; what it is beside tells its type.
    pub(in crate::lower) fn argument(&self, call: &Call<'_>, e: &syn::Expr, found: &Value) -> Refusal {
        let alike = ["dot", "component_mul", "component_div", "cross", "metric_distance", "lerp", "zip_map", "inf", "sup"];
        match (found, &call.receiver) {
            (Value::Code, Some(Value::Matrix(id))) if alike.iter().any(|name| call.name == name) => {
                self.untyped(e, &[self.spelled(self.graph.shape(*id))])
            }
            _ => self.expected("a matrix or vector", e, found),
        }
    }
    fn type_of(&self, what: &str) -> String {
        let scalar = self.scalar();
        match what {
            "a scalar" => scalar,
            "an integer" => "usize".to_owned(),
            _ => format!("DVector<{scalar}>"),
        }
    }
    /// nalgebra's type of this shape.
    fn spelled(&self, shape: Shape) -> String {
        let (scalar, dims) = (self.scalar(), &self.graph.dims);
        let size = |dim| match dims.resolve(dim) {
            Dim::Const(n) => Some(n.to_string()),
            dim @ Dim::Sym(_) => dims.generic_name(dim).map(str::to_owned),
        };
        match (size(shape.rows), size(shape.cols)) {
            (Some(n), Some(one)) if one == "1" => format!("SVector<{scalar}, {n}>"),
            (Some(n), Some(m)) => format!("SMatrix<{scalar}, {n}, {m}>"),
            (None, Some(one)) if one == "1" => format!("DVector<{scalar}>"),
            (Some(one), None) if one == "1" => format!("RowDVector<{scalar}>"),
            _ => format!("DMatrix<{scalar}>"),
        }
    }
    pub(in crate::lower) fn unknown_coordinate(&self, name: &syn::Ident) -> Refusal {
        Refusal::new(name.span(), format!("`{name}` is no coordinate of this shape; use an index: `v[0]`, `m[(0, 1)]`"))
    }
    pub(in crate::lower) fn conversion(&self, e: &syn::Expr) -> Refusal {
        let (wrt, scalar) = (self.wrt(), self.scalar());
        Refusal::on(
            e,
            format!(
                "a conversion of a value that depends on {wrt} is not supported, since the function computes in `{scalar}`; leave the value as it is"
            ),
        )
    }
    pub(in crate::lower) fn no_field(&self, e: &syn::ExprField, base: &Value) -> Refusal {
        match base {
            Value::Code => self.unknown_value(&syn::Expr::Field(e.clone())),
            other => Refusal::on(
                &e.member,
                format!(
                    "{} has no field `{}` that the macro knows; use an index, such as `v[0]`",
                    describe(other),
                    e.member.to_token_stream()
                ),
            ),
        }
    }
    pub(in crate::lower) fn not_indexed(&self, e: &syn::ExprIndex, base: &Value) -> Refusal {
        match base {
            Value::Code => self.unknown_value(&e.expr),
            Value::List(..) => Refusal::on(
                &e.index,
                "an index into a slice is not supported; take the entry of the matrix itself: `v[0]`, `m[(i, j)]`",
            ),
            other => Refusal::on(&e.expr, format!("{} has no entries; take a vector or matrix", describe(other))),
        }
    }
    pub(in crate::lower) fn linear_index(&self, e: &syn::ExprIndex) -> Refusal {
        Refusal::on(
            &e.index,
            "one index into a matrix, counting down its columns, is not supported; write row and column: `m[(i, j)]`",
        )
    }
    pub(in crate::lower) fn literal(&self, e: &syn::ExprLit) -> Refusal {
        Refusal::on(e, "this literal is no finite number, and neither would the derivative be; write a smaller one")
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
                "this code cannot be carried over, since it names a value computed from {}; compute it from the parameters, or without that value",
                self.wrt()
            ),
        )
    }
    pub(in crate::lower) fn not_some(&self, e: &syn::Expr) -> Refusal {
        Refusal::on(e, "the result is not wrapped in an `Option`, which the signature promises; end with `Some(value)`")
    }
    pub(in crate::lower) fn inactive_result(&self, e: &syn::Expr) -> Refusal {
        let wrt = self.wrt();
        Refusal::on(e, format!("the result does not depend on {wrt}, so that its derivative is zero; compute it from {wrt}"))
    }
}

/// A name for an expression: `rate` for `settings.rate`, `weights` for `model.weights()`.
fn suggested_name(e: &syn::Expr) -> String {
    match bare(e) {
        syn::Expr::Field(syn::ExprField { member: syn::Member::Named(name), .. }) => name.to_string(),
        syn::Expr::MethodCall(call) => call.method.to_string(),
        _ => "h".to_owned(),
    }
}

/// A kind of value, for a sentence.
pub(super) fn describe(value: &Value) -> &'static str {
    match value {
        Value::Scalar(_) => "a scalar",
        Value::Matrix(_) => "a matrix",
        Value::Factor(_) => "a factorization",
        Value::Fallible(..) | Value::Some(_) | Value::Item(_) => "an `Option`",
        Value::Int(_) => "an integer",
        Value::Constant(_) => "a constant",
        Value::Tuple(_) => "a tuple or array",
        Value::Struct(..) => "a struct",
        Value::Closure(..) => "a closure",
        Value::List(..) => "a slice",
        Value::Place(_) => "a place",
        Value::Given(..) => "an item of inactive code",
        Value::Unit => "nothing",
        Value::Code => "code that the macro does not know the type of",
    }
}
