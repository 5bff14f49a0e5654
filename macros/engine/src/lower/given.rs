//! Loops over inactive slices, arrays and lists beside active values: their items are variables of the companions.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::spanned::Spanned;

use super::inactive::Carried;
use super::items::Items;
use super::operators::bare;
use super::patterns::pattern_names;
use super::{Lowerer, Refusal, Value};
use crate::ir::Dim;

impl Lowerer<'_> {
    /// Whether this is an inactive slice, array or list whose type is written.
    pub(super) fn is_given(&self, e: &syn::Expr) -> bool {
        let tokens = e.to_token_stream();
        let known = self.written_type(e).is_some_and(|ty| element(&ty).is_some());
        known && !self.mentions_active(&tokens) && !self.mentions_derived(&tokens)
    }

    pub(super) fn given(&mut self, e: &syn::Expr) -> Result<Items, Refusal> {
        let ty = self.written_type(e);
        let Some((ty, element)) = ty.and_then(|ty| element(&ty).map(|element| (ty, element))) else {
            return Err(self.fence().loop_form(e.span(), "going through this beside active values"));
        };
        let len = match array_len(&ty) {
            Some(n) => Dim::Const(n),
            None => self.size_of(&syn::parse_quote!((#e).len()))?,
        };
        let by_ref = !is_array(&ty);
        let whole = self.carriable(&bare(e).to_token_stream())?;
        Ok(Items::Given { code: quote!((#whole)), element: Box::new(element), by_ref, len })
    }

    /// An item of inactive code: a variable of the companions.
    pub(super) fn given_variable(&mut self, pattern: &syn::Pat, code: &TokenStream, ty: &syn::Type) {
        let names: Vec<String> = pattern_names(pattern).iter().map(ToString::to_string).collect();
        self.hide_or_save(&names);
        self.prologue.carry(quote!(let #pattern: #ty = #code;), &names, true);
        self.bind_given(pattern, ty);
    }

    fn bind_given(&mut self, pattern: &syn::Pat, ty: &syn::Type) {
        match (pattern, ty) {
            (syn::Pat::Reference(inner), syn::Type::Reference(of)) => self.bind_given(&inner.pat, &of.elem),
            (syn::Pat::Tuple(tuple), syn::Type::Tuple(types)) if tuple.elems.len() == types.elems.len() => {
                tuple.elems.iter().zip(&types.elems).for_each(|(p, ty)| self.bind_given(p, ty));
            }
            (syn::Pat::Slice(slice), syn::Type::Array(array)) => {
                slice.elems.iter().for_each(|p| self.bind_given(p, &array.elem));
            }
            (syn::Pat::Slice(slice), syn::Type::Reference(of)) if matches!(&*of.elem, syn::Type::Array(_)) => {
                let syn::Type::Array(array) = &*of.elem else { return };
                let item = &array.elem;
                slice.elems.iter().for_each(|p| self.bind_given(p, &syn::parse_quote!(&#item)));
            }
            (syn::Pat::Wild(_) | syn::Pat::Rest(_), _) => {}
            // parts of what a reference refers to are references
            (syn::Pat::Tuple(tuple), syn::Type::Reference(of)) => match &*of.elem {
                syn::Type::Tuple(types) if tuple.elems.len() == types.elems.len() => {
                    for (p, ty) in tuple.elems.iter().zip(&types.elems) {
                        self.bind_given(p, &syn::parse_quote!(&#ty));
                    }
                }
                _ => self.bind_carried(pattern, Value::Code, None, &Carried::default()),
            },
            _ => self.bind_carried(pattern, Value::Code, Some(ty), &Carried::default()),
        }
    }
}

/// The type of the items of a slice, an array or a list.
fn element(ty: &syn::Type) -> Option<syn::Type> {
    match ty {
        syn::Type::Reference(inner) => element(&inner.elem),
        syn::Type::Paren(inner) => element(&inner.elem),
        syn::Type::Group(inner) => element(&inner.elem),
        syn::Type::Slice(slice) => Some((*slice.elem).clone()),
        syn::Type::Array(array) => Some((*array.elem).clone()),
        syn::Type::Path(path) => {
            let last = path.path.segments.last().filter(|s| s.ident == "Vec")?;
            let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
            match arguments.args.first()? {
                syn::GenericArgument::Type(ty) => Some(ty.clone()),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whether this is an array, and no reference to one.
fn is_array(ty: &syn::Type) -> bool {
    match ty {
        syn::Type::Group(inner) => is_array(&inner.elem),
        other => matches!(other, syn::Type::Array(_)),
    }
}

/// How many items an array has, if that is a literal.
fn array_len(ty: &syn::Type) -> Option<usize> {
    match ty {
        syn::Type::Reference(inner) => array_len(&inner.elem),
        syn::Type::Group(inner) => array_len(&inner.elem),
        syn::Type::Array(array) => match &array.len {
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(n), .. }) => n.base10_parse().ok(),
            _ => None,
        },
        _ => None,
    }
}
