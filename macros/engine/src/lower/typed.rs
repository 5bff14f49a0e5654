//! Inactive code whose type the signature or an annotation tells: entries of slices and arrays, parts of tuples, what references refer to.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Expr, GenericArgument, Member, PathArguments, Type, UnOp};

use super::operators::bare;
use super::value::{Integer, Lasts};
use super::{Lowerer, Refusal, Value};
use crate::around::Helper;
use crate::parse::{NumForm, NumType};

impl Lowerer<'_> {
    /// Code that could not be read, by its type: a number or a matrix is evaluated in the prologue, an integer is its code.
    pub(super) fn typed(&mut self, e: &Expr) -> Result<Value, Refusal> {
        let Some(ty) = self.written_type(e) else { return Ok(Value::Code) };
        let code = self.by_arguments(e.to_token_stream());
        if super::is_integer(&ty) {
            return Ok(Value::Int(Integer::code(code)));
        }
        let (target, references) = referred(&ty);
        let own = self.input.signature.read_type(target).filter(|ty| self.is_own_scalar(&ty.scalar));
        let Some(own) = own else { return Ok(Value::Code) };
        // an `&f64` is read where it stands
        let code = references.iter().fold(code, |code, _| quote!(*#code));
        let copied = matches!(own.form, NumForm::Matrix { .. })
            && (self.may_change(e) || self.mentions_derived(&code) || !self.lenders(&code).is_empty());
        let code = if copied { quote!((#code).clone_owned()) } else { code };
        let Ok(code) = self.carriable(&code) else { return Ok(Value::Code) };
        match own.form {
            NumForm::Scalar => self.bind_scalar("inactive", &code, text(e)),
            NumForm::Matrix { .. } => Ok(self.typed_matrix(text(e), target, own, &code, copied)),
        }
    }

    /// A matrix of this type: what may change later is copied.
    fn typed_matrix(&mut self, text: String, target: &Type, ty: NumType, code: &TokenStream, copied: bool) -> Value {
        let name = self.prologue.fresh("inactive");
        let shape = self.shape_of_type(&ty);
        let (ty_of, code) = if copied { (quote!(_), code.clone()) } else { (quote!(&#target), quote!(&#code)) };
        self.prologue.bind_as(&name, ty_of, code);
        let id = self.variable_opaque(&name, shape, Some(ty), !copied, None);
        self.prologue.opaques[id.0 as usize].text = text;
        match self.opaque_value(id, shape) {
            Value::Scalar(id) => Value::Matrix(id),
            value => value,
        }
    }

    /// The type of an expression, as far as it is written somewhere.
    pub(super) fn written_type(&self, e: &Expr) -> Option<Type> {
        match bare(e) {
            Expr::Path(path) => {
                let name = path.path.get_ident()?.to_string();
                match self.lookup(&name) {
                    Some(binding) => self.prologue.types.get(&binding.variable?).cloned(),
                    None if name == "self" => self.surroundings().own_type().cloned(),
                    None => None,
                }
            }
            Expr::Reference(inner) if inner.mutability.is_none() => {
                let ty = self.written_type(&inner.expr)?;
                Some(syn::parse_quote!(&#ty))
            }
            Expr::Unary(inner) if matches!(inner.op, UnOp::Deref(_)) => match self.written_type(&inner.expr)? {
                Type::Reference(reference) => Some(*reference.elem),
                _ => None,
            },
            Expr::Index(inner) if !matches!(bare(&inner.index), Expr::Range(_)) => {
                entry(&self.surroundings().plain(&self.written_type(&inner.expr)?))
            }
            Expr::Field(inner) => {
                let ty = self.written_type(&inner.base)?;
                if let Some(field) = self.surroundings().field(&ty, &inner.member) {
                    return Some(field);
                }
                match (&inner.member, referred(&ty).0) {
                    (Member::Unnamed(i), Type::Tuple(tuple)) => tuple.elems.iter().nth(i.index as usize).cloned(),
                    (Member::Named(name), point) => self.coordinates_of(point, &name.to_string()),
                    _ => None,
                }
            }
            Expr::MethodCall(call) if call.method == "clone" && call.args.is_empty() => {
                Some(referred(&self.written_type(&call.receiver)?).0.clone())
            }
            Expr::MethodCall(call) => {
                let ty = self.written_type(&call.receiver)?;
                returned(&*self.surroundings().method(&ty, &call.method.to_string())?)
            }
            Expr::Call(call) => match &*call.func {
                Expr::Path(path) => returned(&*self.surroundings().function(&path.path)?),
                _ => None,
            },
            _ => None,
        }
    }

    /// `p.coords`, `p.x` of one of nalgebra's points.
    fn coordinates_of(&self, ty: &Type, field: &str) -> Option<Type> {
        let (n, scalar) = point(ty)?;
        let at = ["x", "y", "z", "w", "a", "b"].iter().position(|name| *name == field);
        match at {
            Some(i) if i < n => Some(scalar),
            None if field == "coords" => {
                let paths = crate::emit::paths(&self.input.signature, self.input.arguments.crate_path.as_ref());
                let (vector, n) = (paths.nalgebra("SVector"), proc_macro2::Literal::usize_unsuffixed(n));
                Some(syn::parse_quote!(#vector<#scalar, #n>))
            }
            _ => None,
        }
    }

    /// Whether the variable at the root of an expression may be assigned to.
    pub(super) fn may_change(&self, e: &Expr) -> bool {
        match bare(e) {
            // the receiver of the function itself
            Expr::Path(path) if path.path.is_ident("self") && self.lookup("self").is_none() => {
                self.input.signature.sig.receiver().is_none_or(|receiver| receiver.mutability.is_some())
            }
            Expr::Path(path) => {
                let binding = path.path.get_ident().and_then(|name| self.lookup(&name.to_string()));
                let written = binding.and_then(|b| self.prologue.types.get(&b.variable?));
                binding.is_none_or(|b| b.lasts != Lasts::Always) || written.is_some_and(|ty| referred(ty).1.contains(&true))
            }
            Expr::Reference(inner) => self.may_change(&inner.expr),
            Expr::Unary(inner) => self.may_change(&inner.expr),
            Expr::Index(inner) => self.may_change(&inner.expr),
            Expr::Field(inner) => self.may_change(&inner.base),
            _ => true,
        }
    }
}

/// The type of what a helper returns, if that is the same for all calls.
fn returned(helper: &Helper) -> Option<Type> {
    let syn::ReturnType::Type(_, ty) = &helper.sig.output else { return None };
    let generic =
        helper.sig.generics.type_params().next().is_some() || helper.of.as_ref().is_some_and(|(g, _)| !g.params.is_empty());
    (!generic && !matches!(&**ty, Type::ImplTrait(_)) && helper.sig.generics.const_params().next().is_none())
        .then(|| (**ty).clone())
}

/// How an expression reads in a formula: no formula has references.
fn text(e: &Expr) -> String {
    match bare(e) {
        Expr::Unary(inner) if matches!(inner.op, UnOp::Deref(_)) => text(&inner.expr),
        other => super::readable(&other.to_token_stream()),
    }
}

/// A type behind its references, and which of them are mutable.
fn referred(mut ty: &Type) -> (&Type, Vec<bool>) {
    let mut references = Vec::new();
    loop {
        match ty {
            Type::Reference(reference) => {
                references.push(reference.mutability.is_some());
                ty = &reference.elem;
            }
            Type::Paren(inner) => ty = &inner.elem,
            Type::Group(inner) => ty = &inner.elem,
            _ => return (ty, references),
        }
    }
}

/// The type of the entries of an array, a slice, a `Vec`, a point.
fn entry(ty: &Type) -> Option<Type> {
    match ty {
        Type::Array(array) => Some((*array.elem).clone()),
        Type::Slice(slice) => Some((*slice.elem).clone()),
        other => argument(other, "Vec").or_else(|| point(other).map(|(_, scalar)| scalar)),
    }
}

/// The size and the scalar of `Point3<f64>`.
fn point(ty: &Type) -> Option<(usize, Type)> {
    let Type::Path(path) = ty else { return None };
    let name = path.path.segments.last()?.ident.to_string();
    let n = ["1", "2", "3", "4", "5", "6"].iter().position(|n| name.strip_prefix("Point") == Some(n))?;
    Some((n + 1, argument(ty, &name)?))
}

/// The first argument of a type of this name.
fn argument(ty: &Type, name: &str) -> Option<Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|s| s.ident == name)?;
    let PathArguments::AngleBracketed(brackets) = &last.arguments else { return None };
    match brackets.args.first()? {
        GenericArgument::Type(inner) => Some(inner.clone()),
        _ => None,
    }
}
