//! The fence: every refusal of a body, its words and its place.
//!
//! Lower case, no full stop: what is wrong; what to do. *Cannot be differentiated* is mathematics, *not supported* is ours.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::spanned::Spanned;

use super::{Call, Refusal, Value};
use crate::ir::{Dim, Graph, Mismatch, Shape};
use crate::ops::{self, Form};
use crate::parse::Input;

/// Makes refusals.
pub struct Fence<'a> {
    input: &'a Input,
    graph: &'a Graph,
}

/// Methods whose derivative is zero or does not exist.
const FLAT: &[&str] =
    &["floor", "ceil", "round", "round_ties_even", "trunc", "signum", "fract", "rem_euclid", "div_euclid", "to_bits"];
/// Methods that change their receiver.
const MUTATING: &[&str] = &[
    "set_row",
    "set_column",
    "fill",
    "swap",
    "swap_rows",
    "swap_columns",
    "push",
    "copy_from",
    "gemm",
    "gemv",
    "ger",
    "axpy",
    "iter_mut",
    "column_mut",
    "row_mut",
    "view_mut",
    "apply",
    "fill_with_identity",
    "neg_mut",
    "scale_mut",
    "normalize_mut",
    "set_diagonal",
];

impl<'a> Fence<'a> {
    pub(super) fn new(input: &'a Input, graph: &'a Graph) -> Self {
        Self { input, graph }
    }

    fn wrt(&self) -> String {
        let names: Vec<String> =
            self.input.arguments.wrt.iter().map(|p| format!("`{}`", self.input.signature.params[*p].ident)).collect();
        names.join(", ")
    }

    /// A method that the table has not.
    pub fn unknown_method(&self, call: &Call<'_>) -> Refusal {
        let name = call.name.to_string();
        if FLAT.contains(&name.as_str()) {
            return Refusal::new(
                call.span(),
                format!(
                    "`{name}` cannot be differentiated; its derivative is zero almost everywhere: bind it to a `let` that does not depend on {}",
                    self.wrt()
                ),
            );
        }
        if MUTATING.contains(&name.as_str()) {
            return Refusal::new(
                call.span(),
                format!(
                    "`{name}` changes a value that depends on {}, which is not supported; build the changed value as a new one",
                    self.wrt()
                ),
            );
        }
        let near = nearest(
            &name,
            ops::ALL
                .iter()
                .flat_map(|k| ops::record(*k).spellings)
                .filter(|s| s.form == Form::MatrixMethod || s.form == Form::ScalarMethod)
                .map(|s| s.name),
        );
        let cure = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "write it with the operations in the table of the documentation".to_owned(),
        };
        Refusal::new(call.span(), format!("`{name}` on a value that depends on {} is not supported; {cure}", self.wrt()))
    }

    pub(super) fn unknown_call(&self, form: Form, call: &Call<'_>) -> Refusal {
        let name = call.name.to_string();
        let arities: Vec<String> = ops::ALL
            .iter()
            .flat_map(|k| ops::record(*k).spellings)
            .filter(|s| s.form == form && s.name == name)
            .flat_map(|s| s.arities)
            .map(ToString::to_string)
            .collect();
        if !arities.is_empty() {
            return Refusal::new(
                call.span(),
                format!("`{name}` takes {} arguments here, not {}", arities.join(" or "), call.arity()),
            );
        }
        match form {
            Form::ScalarMethod | Form::MatrixMethod | Form::FactorMethod | Form::FactorField => self.unknown_method(call),
            Form::Function => Refusal::new(
                call.span(),
                format!(
                    "`matgrad::{name}` has no derivative; the runtime functions that have one are in the table of the documentation"
                ),
            ),
            Form::Constructor => Refusal::new(
                call.span(),
                format!(
                    "a call of `{name}` with a value that depends on {} is not supported; write its body here, with the operations in the table of the documentation",
                    self.wrt()
                ),
            ),
        }
    }

    pub(super) fn method_on_code(&self, call: &Call<'_>) -> Refusal {
        Refusal::new(
            call.receiver_expr.map_or_else(|| call.span(), Spanned::span),
            format!(
                "what `{}` is called on is not known to be a scalar or a matrix; bind it with its type: `let h: DVector<f64> = …`",
                call.name
            ),
        )
    }
    pub(super) fn unopened_option(&self, call: &Call<'_>) -> Refusal {
        Refusal::new(
            call.span(),
            format!("`{}` on an `Option` is not supported; open it with `?`, `unwrap()` or `expect(..)` first", call.name),
        )
    }
    pub(super) fn nothing_to_open(&self, method: &syn::Ident) -> Refusal {
        Refusal::new(
            method.span(),
            format!(
                "`{method}` is supported on `cholesky()`, `try_inverse()`, `lu().solve(..)` and triangular solves; compute other options before, without {}",
                self.wrt()
            ),
        )
    }
    pub(super) fn active_message(&self, message: &syn::Expr) -> Refusal {
        Refusal::on(message, format!("a message that depends on {} is not supported; use a constant one", self.wrt()))
    }
    pub(super) fn question_mark(&self, e: &syn::ExprTry) -> Refusal {
        Refusal::on(
            &e.question_token,
            "`?` is supported on `cholesky()`, `try_inverse()`, `lu().solve(..)` and triangular solves, in a function that returns an `Option`",
        )
    }
    pub(super) fn carried_question_mark(&self, token: &impl ToTokens) -> Refusal {
        Refusal::on(
            token,
            "`?` is not supported in a function that returns no `Option`; open the value with `unwrap` or `expect`, or outside the function",
        )
    }
    pub(super) fn unknown_callee(&self, e: &syn::ExprCall) -> Refusal {
        Refusal::on(
            &e.func,
            format!(
                "a call of a computed function with a value that depends on {} is not supported; write its body here",
                self.wrt()
            ),
        )
    }
    pub(super) fn unknown_function(&self, e: &syn::ExprCall, name: &syn::Ident) -> Refusal {
        let known = ops::ALL.iter().flat_map(|k| ops::record(*k).spellings).any(|s| s.form == Form::Function && name == s.name);
        let cure = if known {
            format!("if it is matgrad's, write `matgrad::{name}`")
        } else {
            "write its body here, or compute what does not depend on it before".to_owned()
        };
        Refusal::new(
            e.func.span(),
            format!("`{name}` has no known derivative and its argument depends on {}; {cure}", self.wrt()),
        )
    }
    pub(super) fn unknown_function_path(&self, path: &syn::ExprPath) -> Refusal {
        Refusal::on(
            path,
            format!(
                "`{}` has no known derivative; write it as a closure: `|v| …`",
                path.to_token_stream().to_string().replace(' ', "")
            ),
        )
    }
    /// `Type::new(..)` that is none of the table's.
    pub fn unknown_constructor(&self, call: &Call<'_>) -> Refusal {
        Refusal::new(
            call.span(),
            format!(
                "`{}` of this type is not supported here; name one of nalgebra's types with its dimensions, such as `SMatrix::<f64, 2, 3>::{}(..)`",
                call.name, call.name
            ),
        )
    }
    /// An exponent that is no small constant.
    pub fn exponent(&self, call: &Call<'_>) -> Refusal {
        Refusal::new(
            call.args.first().map_or_else(|| call.span(), |a| a.span()),
            format!("the argument of `{}` has to be a small constant: an integer literal", call.name),
        )
    }
    pub(super) fn not_constant(&self, e: &syn::Expr) -> Refusal {
        Refusal::on(e, "the macro has to know this integer; write it as a literal")
    }
    pub(super) fn missing_generics(&self, call: &Call<'_>) -> Refusal {
        Refusal::new(call.span(), format!("the size has to be written out: `{}::<3>(..)`", call.name))
    }
    pub(super) fn expected(&self, what: &str, e: &syn::Expr, found: &Value) -> Refusal {
        match found {
            Value::Code => self.unknown_value(e),
            Value::Fallible(..) => {
                Refusal::on(e, format!("expected {what}, found an `Option`; open it with `?`, `unwrap()` or `expect(..)`"))
            }
            other => Refusal::on(e, format!("expected {what}, found {}", describe(other))),
        }
    }
    pub(super) fn expected_pair(&self, e: &syn::Expr) -> Refusal {
        Refusal::on(e, "expected a pair written out: `(i, j)`")
    }
    pub(super) fn unknown_value(&self, e: &syn::Expr) -> Refusal {
        Refusal::on(
            e,
            "the macro does not know whether this is a scalar or a matrix, and of what shape; bind it before with its type: `let h: DVector<f64> = …`",
        )
    }
    pub(super) fn unknown_name(&self, path: &syn::Path) -> Refusal {
        Refusal::on(
            path,
            format!(
                "the macro does not know what `{}` is; bind it before with its type: `let h: f64 = …`",
                path.to_token_stream().to_string().replace(' ', "")
            ),
        )
    }
    pub(super) fn unknown_coordinate(&self, name: &syn::Ident) -> Refusal {
        Refusal::new(name.span(), format!("`{name}` is no coordinate of this shape; use an index: `v[0]`, `m[(0, 1)]`"))
    }
    pub(super) fn outside(&self, span: Span, shape: Shape) -> Refusal {
        Refusal::new(span, format!("this entry lies outside of a {} matrix", self.describe_shape(shape)))
    }
    pub(super) fn linear_index(&self, e: &syn::ExprIndex) -> Refusal {
        Refusal::on(&e.index, "a linear index into a matrix is not supported; write row and column: `m[(i, j)]`")
    }
    pub(super) fn operator(&self, e: &syn::ExprBinary, a: &Value, b: &Value) -> Refusal {
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
    pub(super) fn negation(&self, e: &syn::ExprUnary, found: &Value) -> Refusal {
        match found {
            Value::Code => self.unknown_value(&e.expr),
            other => Refusal::on(&e.op, format!("`{}` of {} is not supported", e.op.to_token_stream(), describe(other))),
        }
    }
    pub(super) fn cast(&self, e: &syn::ExprCast) -> Refusal {
        Refusal::on(
            &e.as_token,
            format!(
                "a cast to `{}` of a value that depends on {} cannot be differentiated, or changes the floating-point type, which is not supported",
                e.ty.to_token_stream(),
                self.wrt()
            ),
        )
    }
    pub(super) fn literal(&self, e: &syn::ExprLit) -> Refusal {
        Refusal::on(e, "this literal is not a finite number")
    }
    pub(super) fn size_of_active(&self, e: &syn::Expr) -> Refusal {
        Refusal::on(
            e,
            format!(
                "an integer computed from a value that depends on {} is not supported here; compute it from the parameters: `x.nrows()`",
                self.wrt()
            ),
        )
    }
    pub(super) fn too_deep(&self, e: &syn::Expr) -> Refusal {
        Refusal::on(e, "expressions nested this deeply are not supported; bind a part to a `let`")
    }
    pub(super) fn syntax(&self, e: &syn::Expr) -> Refusal {
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
    pub(super) fn branch(&self, e: &syn::ExprIf) -> Refusal {
        Refusal::new(
            e.if_token.span,
            format!(
                "`if` on values that depend on {} is supported in the closure of `map`, as `if a < b {{ x }} else {{ y }}` between scalars; elsewhere differentiate the branches as functions of their own",
                self.wrt()
            ),
        )
    }
    pub(super) fn unknown_macro(&self, mac: &syn::Macro) -> Refusal {
        Refusal::on(
            &mac.path,
            format!(
                "the macro `{}!` on values that depend on {} is not supported; `vector!`, `matrix!` and `stack!` are",
                mac.path.to_token_stream().to_string().replace(' ', ""),
                self.wrt()
            ),
        )
    }
    pub(super) fn ragged(&self, mac: &syn::Macro) -> Refusal {
        Refusal::on(&mac.path, "every row needs the same number of entries, and at least one")
    }
    pub(super) fn unknown_zeros(&self, mac: &syn::Macro) -> Refusal {
        Refusal::on(&mac.path, "a block of zeros needs another block in its row and in its column")
    }
    pub(super) fn closure_arity(&self, e: &syn::ExprClosure) -> Refusal {
        Refusal::new(e.or1_token.span, "the number of this closure's parameters does not fit its use")
    }
    pub(super) fn closure_statement(&self, e: &syn::ExprClosure) -> Refusal {
        Refusal::new(
            e.or1_token.span,
            "statements with an effect in a closure are not supported; let the closure be an expression",
        )
    }
    pub(super) fn macro_statement(&self, tokens: &impl ToTokens) -> Refusal {
        Refusal::on(
            tokens,
            "this macro may leave the function early, which is not supported; call it outside the function, or use an assertion",
        )
    }
    pub(super) fn early_return(&self, tokens: &impl ToTokens) -> Refusal {
        Refusal::on(
            tokens,
            "an early `return` is not supported; let the value be the last expression, and check conditions with an assertion or outside the function",
        )
    }
    pub(super) fn effect(&self, statement: &syn::Stmt) -> Refusal {
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
    pub(super) fn item(&self, item: &syn::Item) -> Refusal {
        Refusal::on(item, "this item inside the body is not supported; move it out of the function")
    }
    pub(super) fn let_else(&self, local: &syn::Local) -> Refusal {
        Refusal::on(local, "`let … else` is not supported; open an `Option` with `?`, `unwrap` or `expect`")
    }
    pub(super) fn pattern(&self, pattern: &syn::Pat) -> Refusal {
        Refusal::on(pattern, "this pattern is not supported here; use names and tuples of names")
    }
    pub(super) fn unavailable(&self, tokens: &TokenStream) -> Refusal {
        Refusal::on(
            tokens,
            format!(
                "this code names a value computed from {} and cannot be read; write it with the operations in the table of the documentation",
                self.wrt()
            ),
        )
    }
    pub(super) fn no_result(&self, block: &syn::Block) -> Refusal {
        Refusal::new(
            block.brace_token.span.close(),
            "the function has to end with the value to differentiate, as an expression without `;`",
        )
    }
    pub(super) fn not_some(&self, e: &syn::Expr) -> Refusal {
        Refusal::on(e, "a function that returns an `Option` has to end with `Some(value)`")
    }
    pub(super) fn inactive_result(&self, e: &syn::Expr) -> Refusal {
        Refusal::on(e, format!("the result does not depend on {}", self.wrt()))
    }

    pub(super) fn dimensions(&self, span: Span, mismatch: Mismatch) -> Refusal {
        Refusal::new(
            span,
            format!("the shapes do not fit: {} is not {}", self.describe_dim(mismatch.0), self.describe_dim(mismatch.1)),
        )
    }
    pub(super) fn shapes(&self, span: Span, a: Shape, b: Shape) -> Refusal {
        Refusal::new(
            span,
            format!("the shapes do not fit: {} and {}{}", self.describe_shape(a), self.describe_shape(b), turned(a, b)),
        )
    }
    pub(super) fn product(&self, span: Span, a: Shape, b: Shape) -> Refusal {
        Refusal::new(
            span,
            format!("the shapes do not fit: the product of {} and {}", self.describe_shape(a), self.describe_shape(b)),
        )
    }
    fn describe_shape(&self, shape: Shape) -> String {
        format!("{}×{}", self.describe_dim(shape.rows), self.describe_dim(shape.cols))
    }
    fn describe_dim(&self, dim: Dim) -> String {
        match self.graph.dims.resolve(dim) {
            Dim::Const(n) => n.to_string(),
            dim @ Dim::Sym(_) => self.graph.dims.generic_name(dim).map_or_else(|| self.describe_source(dim), str::to_owned),
        }
    }
    fn describe_source(&self, dim: Dim) -> String {
        for source in self.graph.dims.sources(dim) {
            if let crate::ir::Source::Variable { variable: crate::ir::Variable::Param(p), axis, .. } = source {
                let name = &self.input.signature.params[p].ident;
                let method = if axis == crate::ir::Axis::Rows { "nrows" } else { "ncols" };
                return format!("`{name}.{method}()`");
            }
        }
        "n".to_owned()
    }
}

fn turned(a: Shape, b: Shape) -> &'static str {
    if a.transposed() == b { "; transpose one of them" } else { "" }
}

fn describe(value: &Value) -> &'static str {
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

/// The known name that a name resembles.
fn nearest(name: &str, known: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let best = known.map(|k| (distance(name, k), k)).min()?;
    (best.0 <= 1 + name.len() / 4 && best.0 > 0).then_some(best.1)
}

/// Levenshtein's distance.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let next = (corner + usize::from(x != *y)).min(row[j] + 1).min(row[j + 1] + 1);
            corner = std::mem::replace(&mut row[j + 1], next);
        }
    }
    row[b.len()]
}
