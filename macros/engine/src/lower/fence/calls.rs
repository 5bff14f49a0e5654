//! Calls: of methods, functions and constructors.

use quote::ToTokens;
use syn::spanned::Spanned;

use super::nearest::nearest;
use super::{Call, Fence, Refusal};
use crate::ops::{self, Form};

/// Methods whose derivative is zero or does not exist.
const FLAT: &[&str] = &[
    "floor",
    "ceil",
    "round",
    "round_ties_even",
    "trunc",
    "signum",
    "fract",
    "rem_euclid",
    "div_euclid",
    "to_bits",
    "rem",
    "rank",
    "argmax",
    "argmin",
    "imax",
    "imin",
    "iamax",
    "iamin",
    "icamax",
];
/// Methods that change their receiver.
pub(super) const MUTATING: &[&str] = &[
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

impl Fence<'_> {
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

    pub(in crate::lower) fn unknown_call(&self, form: Form, call: &Call<'_>) -> Refusal {
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

    pub(in crate::lower) fn method_on_code(&self, call: &Call<'_>) -> Refusal {
        Refusal::new(
            call.receiver_expr.map_or_else(|| call.span(), Spanned::span),
            format!(
                "what `{}` is called on is not known to be a scalar or a matrix; bind it with its type: `let h: DVector<f64> = …`",
                call.name
            ),
        )
    }
    pub(in crate::lower) fn unknown_callee(&self, e: &syn::ExprCall) -> Refusal {
        Refusal::on(
            &e.func,
            format!(
                "a call of a computed function with a value that depends on {} is not supported; write its body here",
                self.wrt()
            ),
        )
    }
    pub(in crate::lower) fn unknown_function(&self, e: &syn::ExprCall, name: &syn::Ident) -> Refusal {
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
    pub(in crate::lower) fn unknown_function_path(&self, path: &syn::ExprPath) -> Refusal {
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
            call.args.first().map_or_else(|| call.span(), Spanned::span),
            format!("the argument of `{}` has to be a small constant: an integer literal", call.name),
        )
    }
    pub(in crate::lower) fn missing_generics(&self, call: &Call<'_>) -> Refusal {
        Refusal::new(call.span(), format!("the size has to be written out: `{}::<3>(..)`", call.name))
    }
}
