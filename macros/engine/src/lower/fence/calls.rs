//! Calls: of methods, functions and constructors.

use quote::ToTokens;
use syn::spanned::Spanned;

use super::advice::{self, COMPARING, FLAT, JUMPING, MUTATING};
use super::values::describe;
use super::{Call, Fence, Refusal, Value};
use crate::ops::{self, Form};
use crate::parse::nearest;

impl Fence<'_> {
    /// A method that the table has not.
    pub fn unknown_method(&self, call: &Call<'_>) -> Refusal {
        let name = call.name.to_string();
        if matches!(call.receiver, Some(Value::Factor(_))) {
            return self.unknown_of_factor(call);
        }
        let known = self.flat(call.name).or_else(|| self.mutation(call.name));
        if let Some(refusal) = known {
            return refusal;
        }
        let near = || {
            let forms = [Form::MatrixMethod, Form::ScalarMethod];
            let names = spellings().filter(|s| forms.contains(&s.form)).map(|s| s.name);
            nearest(&name, names).filter(|(_, near)| *near != name).map(|(_, near)| format!("did you mean `{near}`?"))
        };
        let ours = || {
            let ours = spellings().any(|s| s.form == Form::Function && s.name == name);
            ours.then(|| format!("it is a function: `matgrad::{name}(..)`"))
        };
        let elsewhere = || {
            let (on_scalars, on_matrices) = (
                spellings().any(|s| s.form == Form::ScalarMethod && s.name == name),
                spellings().any(|s| s.form == Form::MatrixMethod && s.name == name),
            );
            match call.receiver {
                Some(Value::Matrix(_)) if on_scalars => {
                    Some(format!("it is a method of numbers: for each entry `map(|t| t.{name}(..))`"))
                }
                Some(Value::Scalar(_)) if on_matrices => Some("it is a method of matrices, and this is a number".to_owned()),
                _ => None,
            }
        };
        let cure = advice::instead(&name).map(str::to_owned).or_else(ours).or_else(elsewhere).or_else(near);
        let cure = cure.unwrap_or_else(|| "write it with the operations in the table of the documentation".to_owned());
        Refusal::new(call.span(), format!("`{name}` on a value that depends on {} is not supported; {cure}", self.wrt()))
    }

    /// A struct that misses a field.
    pub fn unfinished_struct(&self, e: &impl ToTokens) -> Refusal {
        Refusal::on(e, "not all fields of this struct are known here; write them all")
    }
    /// A name in a helper of another module.
    pub fn stranger(&self, name: &syn::Ident) -> Refusal {
        let message = format!(
            "`{name}` stands in another module than the function that is differentiated, and may mean something else there; pass its value to \
             this helper, or move the helper"
        );
        Refusal::new(name.span(), message)
    }
    /// A function that is read where it is called, and calls itself.
    pub fn recursion(&self, call: &impl ToTokens, helper: &str) -> Refusal {
        let message = format!("`{helper}` calls itself, and is read where it is called; write the recursion as a loop");
        Refusal::on(call, message)
    }
    /// A helper with another number of parameters, or one that nobody reads.
    pub fn helper_arity(&self, call: &impl ToTokens, helper: &str, takes: usize) -> Refusal {
        Refusal::on(call, format!("`{helper}` is read where it is called, with its {takes} parameters; call it with as many"))
    }
    /// What a helper changes behind a reference.
    pub fn mutable_argument(&self, e: &impl ToTokens) -> Refusal {
        let message =
            "state that is changed behind `&mut` by a function that is called is not supported; return the new value from it";
        Refusal::on(e, message)
    }
    /// A size of a helper that its arguments do not tell.
    pub fn untold_parameter(&self, call: &impl ToTokens, helper: &str, parameter: &syn::Ident) -> Refusal {
        let message = format!(
            "`{parameter}` of `{helper}` is not told by the types of its arguments; write it, `{}::<…>(..)`, or give the size to a parameter",
            helper.rsplit("::").next().unwrap_or(helper)
        );
        Refusal::on(call, message)
    }
    /// A helper that cannot be read with these arguments.
    pub fn unread_helper(&self, call: &impl ToTokens, helper: &str) -> Refusal {
        Refusal::on(call, format!("`{helper}` cannot be read with these arguments; write its body here"))
    }

    /// What has no derivative worth having, whoever calls it.
    fn flat(&self, name: &syn::Ident) -> Option<Refusal> {
        let is = |names: &[&str]| names.iter().any(|n| name == n);
        let why = match () {
            () if is(FLAT) => "its derivative is zero almost everywhere",
            () if is(JUMPING) => "it jumps, and a derivative would not show it",
            () if is(COMPARING) => "it jumps from one answer to the other",
            () => return None,
        };
        let wrt = self.wrt();
        Some(Refusal::new(
            name.span(),
            format!("`{name}` cannot be differentiated; {why}: bind it to a `let` that does not depend on {wrt}"),
        ))
    }
    /// What changes a value in place.
    pub(super) fn mutation(&self, name: &syn::Ident) -> Option<Refusal> {
        MUTATING.iter().any(|n| name == n).then(|| {
            let wrt = self.wrt();
            Refusal::new(
                name.span(),
                format!(
                    "`{name}` changes a value that depends on {wrt}, which is not supported; build the changed value as a new one"
                ),
            )
        })
    }

    pub(in crate::lower) fn unknown_call(&self, form: Form, call: &Call<'_>) -> Refusal {
        let name = call.name.to_string();
        let arities: Vec<String> =
            spellings().filter(|s| s.form == form && s.name == name).flat_map(|s| s.arities).map(ToString::to_string).collect();
        if !arities.is_empty() {
            return Refusal::new(
                call.span(),
                format!("`{name}` is given {} of its {} arguments; pass them all", call.arity(), arities.join(" or ")),
            );
        }
        match form {
            Form::ScalarMethod | Form::MatrixMethod => self.unknown_method(call),
            Form::FactorMethod | Form::FactorField => self.unknown_of_factor(call),
            Form::Function => {
                let ours = spellings().filter(|s| s.form == Form::Function).map(|s| s.name);
                let cure = match nearest(&name, ours) {
                    Some((_, near)) => format!("did you mean `matgrad::{near}`?"),
                    None => "those that have one are in the table of the documentation".to_owned(),
                };
                Refusal::new(call.span(), format!("`matgrad::{name}` has no derivative that is known; {cure}"))
            }
            Form::Constructor => self.unknown_constructor(call),
        }
    }
    fn unknown_of_factor(&self, call: &Call<'_>) -> Refusal {
        let known: Vec<&str> = spellings().filter(|s| s.form == Form::FactorMethod).map(|s| s.name).collect();
        if let Some(refusal) = self.mutation(call.name) {
            return refusal;
        }
        let name = call.name.to_string();
        let cure = match (advice::instead(&name), nearest(&name, known)) {
            (Some(advice), _) => advice.to_owned(),
            (_, Some((_, near))) if near != name => format!("did you mean `{near}`?"),
            _ => "its solutions, inverse and determinant are".to_owned(),
        };
        Refusal::new(call.span(), format!("`{}` of a factorization is not supported here; {cure}", call.name))
    }

    pub(in crate::lower) fn method_on_code(&self, call: &Call<'_>) -> Refusal {
        if let Some(range) = call.receiver_expr.filter(|e| is_range(e)) {
            let range = crate::lower::readable(&range.to_token_stream());
            return Refusal::new(
                call.span(),
                format!(
                    "`{range}.{}(..)` is a loop, which on values that depend on {} is not supported; write the sum or product with matrices, such as `x * w`",
                    call.name,
                    self.wrt()
                ),
            );
        }
        let known = spellings().any(|s| matches!(s.form, Form::ScalarMethod | Form::MatrixMethod) && call.name == s.name);
        match (&call.receiver, call.receiver_expr) {
            (Some(Value::Code), Some(e)) if !known || is_self(e) => {
                let (name, wrt) = (call.name, self.wrt());
                Refusal::new(
                    call.span(),
                    format!(
                        "`{name}` has no known derivative and its argument depends on {wrt}; write its body here, or compute what does not depend on {wrt} before"
                    ),
                )
            }
            (Some(Value::Code), Some(e)) => {
                let scalar = self.scalar();
                let of_scalars = spellings().any(|s| s.form == Form::ScalarMethod && call.name == s.name);
                let of_matrices = spellings().any(|s| s.form == Form::MatrixMethod && call.name == s.name);
                if of_scalars && !of_matrices {
                    self.untyped(e, &[scalar])
                } else {
                    self.untyped(e, &[format!("DVector<{scalar}>")])
                }
            }
            (Some(Value::List(..) | Value::Tuple(_)), _) => self.unknown_method(call),
            (Some(other), _) => Refusal::new(
                call.span(),
                format!("`{}` of {} is not supported; call it on a number or a matrix", call.name, describe(other)),
            ),
            (None, _) => Refusal::new(call.span(), format!("`{}` needs a number or a matrix; pass one", call.name)),
        }
    }
    pub(in crate::lower) fn unknown_callee(&self, e: &syn::ExprCall) -> Refusal {
        let wrt = self.wrt();
        Refusal::on(
            &e.func,
            format!(
                "a call of a computed function has no known derivative and its argument depends on {wrt}; write its body here"
            ),
        )
    }
    pub(in crate::lower) fn unknown_function(&self, e: &syn::ExprCall, name: &syn::Ident) -> Refusal {
        let written = name.to_string();
        if let Some(refusal) = self.flat(name).filter(|_| matches!(&*e.func, syn::Expr::Path(p) if p.path.segments.len() > 1)) {
            return refusal;
        }
        if LOOPS.contains(&written.as_str()) {
            let (wrt, path) = (self.wrt(), crate::lower::readable(&e.func.to_token_stream()));
            return Refusal::new(
                name.span(),
                format!(
                    "`{path}` runs a closure once an entry, like a loop, which on values that depend on {wrt} is not supported; write the matrix with operations on matrices, or its entries with `vector!` or `matrix!`"
                ),
            );
        }
        if let syn::Expr::Path(path) = &*e.func
            && self.input.signature.place.is_undecided(&path.path)
        {
            let message = format!(
                "`{written}` stands under an attribute here, or more than once, and the macro cannot tell what it is; give each its own name, and \
                 call the one that is meant"
            );
            return Refusal::new(name.span(), message);
        }
        let ours = spellings().filter(|s| s.form == Form::Function).map(|s| s.name);
        let cure = match nearest(&written, ours) {
            Some((_, same)) if same == written => format!("if it is matgrad's, write `matgrad::{name}`"),
            Some((_, near)) => format!("did you mean `matgrad::{near}`?"),
            None if self.input.signature.place.is_seen() => {
                "write its body here, or move it into the `#[differentiable]` module".to_owned()
            }
            None if matches!(&*e.func, syn::Expr::Path(p) if p.path.segments.len() == 1) => {
                "write its body here, or put `#[matgrad::differentiable]` on a `mod … { … }` around both".to_owned()
            }
            None => format!("write its body here, or compute what does not depend on {} before", self.wrt()),
        };
        let (wrt, path) = (self.wrt(), crate::lower::readable(&e.func.to_token_stream()));
        Refusal::new(name.span(), format!("`{path}` has no known derivative and its argument depends on {wrt}; {cure}"))
    }
    pub(in crate::lower) fn unknown_function_path(&self, path: &syn::ExprPath) -> Refusal {
        let last = path.path.segments.last().map(|s| &s.ident);
        if let Some(refusal) = last.filter(|_| path.path.segments.len() > 1).and_then(|name| self.flat(name)) {
            return refusal;
        }
        let name = path.to_token_stream().to_string().replace(' ', "");
        Refusal::on(path, format!("`{name}` has no known derivative; write its body as a closure: `|v| …`"))
    }
    /// `Type::new(..)` that is none of the table's.
    pub fn unknown_constructor(&self, call: &Call<'_>) -> Refusal {
        let (name, scalar) = (call.name, self.scalar());
        Refusal::new(
            call.span(),
            format!(
                "`{name}` of this type is not supported, since its dimensions are not known; name one of nalgebra's types with them, such as `SMatrix::<{scalar}, 2, 3>::{name}(..)`"
            ),
        )
    }
    /// An exponent that is no small constant.
    pub fn exponent(&self, call: &Call<'_>) -> Refusal {
        Refusal::new(
            call.args.first().map_or_else(|| call.span(), Spanned::span),
            format!(
                "the argument of `{}` has to be small and known, since the formula depends on it; write an integer literal",
                call.name
            ),
        )
    }
    pub(in crate::lower) fn missing_generics(&self, call: &Call<'_>) -> Refusal {
        let name = call.name;
        Refusal::new(
            call.span(),
            format!("the macro sees no types, and cannot tell the size of `{name}`; write it out: `{name}::<3>(..)`"),
        )
    }
}

/// Constructors that call a closure, or run an iterator, for their entries.
const LOOPS: &[&str] =
    &["from_fn", "from_iterator", "from_row_iterator", "from_fn_generic", "from_iterator_generic", "from_distribution"];

/// A range, or an iterator made of one.
fn is_range(e: &syn::Expr) -> bool {
    match crate::lower::bare(e) {
        syn::Expr::Range(_) => true,
        syn::Expr::MethodCall(call) => is_range(&call.receiver),
        _ => false,
    }
}

fn is_self(e: &syn::Expr) -> bool {
    matches!(e, syn::Expr::Path(path) if path.path.is_ident("self"))
}

fn spellings() -> impl Iterator<Item = &'static ops::Spelling> {
    ops::ALL.iter().flat_map(|kind| ops::record(*kind).spellings)
}
