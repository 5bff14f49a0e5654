//! The end of `f_vjp`: the value, and a closure from a cotangent to gradients that keeps what it needs.

use std::collections::HashSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::code::{Form, at_end};
use super::companion::{Writer, mentions, without_moved};
use super::head::cotangent_type;
use super::names::Names;
use super::results::{self, Companion, Like};
use super::wholes;
use super::{Code, Emitter, lists};
use crate::ir::{Attr, Kind, NodeId};
use crate::ops;
use crate::parse::{NumForm, TypeDim};
use crate::schedule::{Program, is_free, operands};

impl Emitter<'_> {
    /// The statements before the closure, those in it, and the codes of the roots. `cotangent`: the number of the parameter that the closure has.
    pub(super) fn run_split(mut self, cotangent: usize) -> (Vec<TokenStream>, Vec<TokenStream>, Vec<Code>) {
        let within = self.graph().dependents(|n| n.op.kind == Kind::Param && n.op.attr == Attr::Param(cotangent));
        let order = self.program.order.clone();
        let (inside, outside): (Vec<NodeId>, Vec<NodeId>) = order.into_iter().partition(|id| within[id.index()]);
        let read: HashSet<NodeId> = inside.iter().flat_map(|id| operands(self.graph(), *id)).collect();
        for id in outside {
            let mut code = self.emitted(id);
            let kind = self.graph().kind(id);
            // a part of a parameter, and what inactive code gives
            let borrowed = kind != Kind::Param && matches!(code.form, Form::Reference | Form::View | Form::TemporaryView);
            let made = !is_free(self.graph(), id) && !self.is_bound(id) || kind == Kind::Opaque && code.form == Form::Scalar;
            // another name of a variable is that variable
            let made = (made || borrowed) && kind != Kind::Fill && code.form != Form::Variable;
            // what the closure keeps is owned by it, and computed once
            if read.contains(&id) && made && !ops::is_factorization(kind) {
                let owned = Code { tokens: code.owned(), form: kept(code.form), binding: code.binding };
                code = self.bind(id, &owned);
            }
            self.kept.insert(id);
            self.set_code(id, code);
        }
        let before = std::mem::take(&mut self.statements);
        self.exists = true;
        for id in inside {
            let code = self.emitted(id);
            self.set_code(id, code);
        }
        let roots = self.program.roots.iter().map(|root| self.code(*root)).collect();
        (before, self.statements, roots)
    }
}

/// The form of an owned copy.
fn kept(form: Form) -> Form {
    match form {
        Form::Reference | Form::View | Form::TemporaryView | Form::Temporary => Form::Temporary,
        other => other,
    }
}

/// Whether a type is an integer's or the like.
fn is_plain(ty: &syn::Type) -> bool {
    const PLAIN: &[&str] =
        &["bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128", "usize"];
    matches!(ty, syn::Type::Path(path) if path.path.get_ident().is_some_and(|name| PLAIN.iter().any(|plain| name == plain)))
}

/// Whether a statement binds a value of a plain type, and says so.
fn binds_plain(statement: &TokenStream) -> bool {
    let Ok(syn::Stmt::Local(local)) = syn::parse2(statement.clone()) else { return false };
    matches!(&local.pat, syn::Pat::Type(typed) if is_plain(&typed.ty))
}

impl Writer<'_> {
    /// `(value, move |cotangent| gradients)`; and whether the closure owns all that it reads.
    pub(super) fn pulled_back(
        &self,
        program: &Program,
        companion: Companion,
    ) -> (Vec<TokenStream>, Vec<Code>, TokenStream, bool) {
        let cotangent = self.input.signature.params.len() - 1;
        let (before, within, codes) = self.emitter(program).run_split(cotangent);
        let shapes = self.emitter(program);
        let likes = results::likes(companion, &self.input.arguments);
        let (mut parts, mut copied) = (Vec::new(), Vec::new());
        for ((root, code), like) in program.roots.iter().zip(&codes).skip(1).zip(likes) {
            copied.push(shapes.is_copied(*root));
            parts.push(self.declared(&shapes, *root, like, code));
        }
        let mut names = Names::new([self.taken(), quote!(#(#before)* #(#within)* #(#parts)*)]);
        let early = without_moved(&mut parts, &copied, "gradient", &mut names);
        let parts = wholes::folded(&self.input.arguments, parts, &results::put_together);
        let gradients = at_end(&results::tuple(&parts));
        let param = &self.input.signature.params[cotangent];
        let (name, ty) = (&param.ident, cotangent_type(&self.input.signature, &self.paths));
        let list = lists::read(param, true, &self.paths).map(|l| l.1);
        let checks = self.cotangent_checks(&shapes, program.roots[0], &self.derivation.function.params[cotangent]);
        let (v, p) = (Ident::new("value", Span::mixed_site()), Ident::new("pullback", Span::mixed_site()));
        let root = program.roots[0];
        let of = results::num_type(Like::Value, &self.input.signature);
        let value = if shapes.is_copied(root) || of.as_ref().is_some_and(|ty| shapes.is_declared_otherwise(root, ty)) {
            self.declared(&shapes, root, Like::Value, &codes[0])
        } else {
            let own = codes[0].cloned();
            of.and_then(|ty| ty.list).map_or(own.clone(), |list| lists::made(list, &own, &self.paths))
        };
        let pair = quote!((#v, #p));
        let pair = if self.option() { quote!(::core::option::Option::Some(#pair)) } else { pair };
        let read = quote!(#checks #(#within)* #early #gradients);
        let (owned, lent) = self.copies(&read);
        let end = quote! {
            let #v = #value;
            #owned
            let #p = move |#name: #ty| {
                #list
                #lent
                #checks
                #(#within)*
                #early
                #gradients
            };
            #pair
        };
        (before, codes, end, self.owns(&read))
    }

    /// Whether all that code reads are matrices and numbers, which are copied where they are not owned: no slice, no value of the user's types.
    fn owns(&self, code: &TokenStream) -> bool {
        let of_others = self.input.signature.params.iter().filter(|p| match &p.kind {
            Some(ty) => ty.list.is_some(),
            None => !is_plain(&p.ty),
        });
        let bound = self.derivation.function.prologue.iter().filter(|s| !binds_plain(&s.tokens)).flat_map(|s| &s.binds);
        let names = of_others.map(|p| p.ident.to_string()).chain(bound.cloned()).chain(["self".to_owned()]);
        !names.into_iter().any(|name| mentions(code, &name))
    }

    /// Copies of the parameters that the closure reads and does not own, and within it these as they were, by reference.
    fn copies(&self, within: &TokenStream) -> (TokenStream, TokenStream) {
        let (mut owned, mut lent) = (TokenStream::new(), TokenStream::new());
        let names = &self.derivation.function.params;
        let params = &self.input.signature.params;
        for (name, param) in names.iter().zip(&params[..params.len() - 1]) {
            let Some(ty) = param.kind.as_ref().filter(|_| mentions(within, &name.to_string())) else { continue };
            match ty.form {
                NumForm::Scalar if param.by_ref => {
                    owned.extend(quote!(let #name = *#name;));
                    lent.extend(quote!(let #name = &#name;));
                }
                NumForm::Matrix { .. } if param.by_ref && ty.list.is_none() => {
                    owned.extend(quote!(let #name = #name.clone_owned();));
                    lent.extend(quote!(let #name = &#name;));
                }
                NumForm::Matrix { view, .. } if view || ty.list.is_some() => {
                    owned.extend(quote!(let #name = #name.clone_owned();));
                    lent.extend(quote!(let #name = #name.generic_view((0, 0), #name.shape_generic());));
                }
                _ => {}
            }
        }
        (owned, lent)
    }

    /// A cotangent has the shape of the result, where the type does not say so.
    fn cotangent_checks(&self, shapes: &Emitter<'_>, value: NodeId, name: &Ident) -> TokenStream {
        let ty = results::num_type(Like::Value, &self.input.signature);
        let Some(NumForm::Matrix { rows, cols, .. }) = ty.map(|ty| ty.form) else { return TokenStream::new() };
        let shape = shapes.graph().shape(value);
        let same = self.paths.private("same_dim");
        let sides = [(rows, shape.rows, "nrows"), (cols, shape.cols, "ncols")].into_iter();
        let sides = sides.filter(|(declared, ..)| matches!(declared, TypeDim::Dyn | TypeDim::TypeGeneric(_)));
        sides
            .map(|(_, dim, method)| {
                let (text, size) = (format!("cotangent.{method}()"), shapes.size(dim));
                let (needed, method) = (format!("{method}() of the result"), Ident::new(method, Span::call_site()));
                quote!(#same(#text, #name.#method(), #needed, #size);)
            })
            .collect()
    }
}
