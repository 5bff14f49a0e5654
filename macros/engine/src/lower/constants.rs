//! Constants of the scalar type, as generic code spells them.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::calls::Call;
use super::operators::bare;
use super::value::{Binding, Constant, Integer};
use super::{Lowerer, Refusal, Value};
use crate::ir::{Graph, Index, NodeId};
use crate::ops::{self, Form};
use crate::parse::conditions;

impl Lowerer<'_> {
    /// `T::one()`, `nalgebra::convert(2.0)`, `T::from_f64(0.5)`, `f64::from(n)` and their kin; `None` if the call is none of them.
    pub(super) fn scalar_path_call(&mut self, of: &str, call: &syn::ExprCall, name: &str) -> Result<Option<Value>, Refusal> {
        let args: Vec<&syn::Expr> = call.args.iter().collect();
        let on_type = super::calls::is_scalar_name(of, self);
        let on_nalgebra = ["nalgebra", "na"].contains(&of);
        let constant = match (name, &args[..]) {
            ("zero", []) if on_type || on_nalgebra => 0.0,
            ("one", []) if on_type || on_nalgebra => 1.0,
            ("pi", []) if on_type => std::f64::consts::PI,
            ("two_pi", []) if on_type => std::f64::consts::TAU,
            ("frac_pi_2", []) if on_type => std::f64::consts::FRAC_PI_2,
            ("e", []) if on_type => std::f64::consts::E,
            ("ln_2", []) if on_type => std::f64::consts::LN_2,
            ("convert", [value]) if on_nalgebra => return self.converted(value, &call.to_token_stream()).map(Some),
            ("from_f64" | "from_f32" | "from_usize" | "from_i32" | "from_u32", [value]) if on_type => {
                let inner = self.converted(value, &quote!(#call.unwrap()))?;
                return Ok(Some(Value::Some(Box::new(inner))));
            }
            ("from" | "from_subset", [value]) if on_type => return self.converted(value, &call.to_token_stream()).map(Some),
            _ => return Ok(None),
        };
        Ok(Some(self.scalar(|g| g.constant(constant))))
    }

    /// What a conversion to the scalar type makes of literals and integers; of other inactive code, its own value.
    fn converted(&mut self, e: &syn::Expr, whole: &TokenStream) -> Result<Value, Refusal> {
        // a size is one, whatever it is first cast to
        let inner = match bare(e) {
            syn::Expr::Cast(cast) if is_float(&cast.ty) => &*cast.expr,
            other => other,
        };
        match self.expression(inner)? {
            Value::Scalar(id) if self.graph.constant_value(id).is_some() => Ok(Value::Scalar(id)),
            Value::Int(Integer { known: Some(index), .. }) if index.code.is_none() => Ok(self.scalar(|g| count(g, &index))),
            Value::Int(_) | Value::Constant(_) | Value::Code => self.carried_scalar(whole),
            Value::Scalar(id) if !self.is_active(&Value::Scalar(id)) => self.carried_scalar(whole),
            Value::Scalar(_) => Err(self.fence().conversion(e)),
            other => Err(self.fence().expected("a number", e, &other)),
        }
    }
}

impl Lowerer<'_> {
    /// The constants that a block declares have a type, and so have their names all over the block.
    pub(super) fn declare_constants(&mut self, statements: &[syn::Stmt]) {
        for statement in statements {
            let (attrs, name, ty, value) = match statement {
                syn::Stmt::Item(syn::Item::Const(item)) => (&item.attrs, &item.ident, &item.ty, &item.expr),
                syn::Stmt::Item(syn::Item::Static(item)) => (&item.attrs, &item.ident, &item.ty, &item.expr),
                _ => continue,
            };
            let variable = self.prologue.declare(&name.to_string(), true);
            // of two under `cfg` one is there, and nobody says which
            if conditions::deciding(attrs).is_some() {
                let constant = Constant { code: name.to_token_stream(), text: name.to_string() };
                self.bind(&name.to_string(), Binding::carried(Value::Constant(constant), variable));
                continue;
            }
            self.prologue.types.insert(variable, (**ty).clone());
            let value = match self.annotated(name, ty, variable) {
                Value::Int(n) => Value::Int(Integer { known: self.constant_of(value).map(Index::at), ..n }),
                other => other,
            };
            let by_ref = matches!(&**ty, syn::Type::Reference(_));
            self.bind(&name.to_string(), Binding { by_ref, ..Binding::carried(value, variable) });
        }
    }
    /// What the macro can tell of the value of a constant.
    fn constant_of(&mut self, value: &syn::Expr) -> Option<usize> {
        let mark = self.prologue.mark();
        let read = self.expression(value);
        self.rewind(mark);
        match read {
            Ok(Value::Int(n)) => n.constant(),
            _ => None,
        }
    }
}

impl Lowerer<'_> {
    /// A function of numbers, of a constant: `Self::RATE.tanh()`, which is a constant again, and `FLOOR.hypot(x)` of something differentiated, beside
    /// which the constant is a number.
    pub(super) fn method_of_constant(&mut self, mut call: Call<'_>) -> Result<Value, Refusal> {
        let spellings = || ops::ALL.iter().flat_map(|kind| ops::record(*kind).spellings);
        let known = spellings().any(|s| s.form == Form::ScalarMethod && call.name == s.name && s.arities.contains(&call.arity()));
        let plain = |a: &&syn::Expr| matches!(bare(a), syn::Expr::Lit(_) | syn::Expr::Unary(_) | syn::Expr::Path(_));
        let active = call.args.iter().any(|a| self.mentions_active(&a.to_token_stream()));
        if known && active {
            call.receiver = call.receiver.map(|constant| self.number(constant)).transpose()?;
            return self.spelled(Form::ScalarMethod, &call);
        }
        if !known || call.name == "sin_cos" || !call.args.iter().all(plain) {
            return Err(self.fence().method_on_code(&call));
        }
        let (code, text) = (call.to_tokens(), super::readable(&call.to_tokens()));
        Ok(Value::Constant(Constant { code, text }))
    }
}

/// A constant plus dimensions, as a number.
pub(super) fn count(g: &mut Graph, index: &Index) -> NodeId {
    #[allow(clippy::cast_precision_loss)] // literals and dimensions are far below 2⁵³
    let base = index.base as f64;
    let mut terms: Vec<(f64, NodeId)> = index.dims.iter().map(|d| (1.0, g.dim(*d))).collect();
    if base != 0.0 || terms.is_empty() {
        terms.push((1.0, g.constant(base)));
    }
    if let [(_, one)] = terms[..] { one } else { g.lin(&terms) }
}

pub(super) fn is_float(ty: &syn::Type) -> bool {
    crate::parse::primitive(ty).is_some_and(|name| name == "f64" || name == "f32")
}
