//! The end of `f_vjp`: the value, and a closure from a cotangent to gradients that keeps what it needs.

use std::collections::HashSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::companion::{Writer, without_moved};
use super::head::cotangent_type;
use super::names::Names;
use super::results::{self, Companion, Like};
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
            let made = !is_free(self.graph(), id) && !self.is_bound(id) && self.graph().kind(id) != Kind::Fill;
            // what the closure keeps is owned by it, and computed once
            if read.contains(&id) && made && !ops::is_factorization(self.graph().kind(id)) {
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
fn kept(form: super::code::Form) -> super::code::Form {
    use super::code::Form;
    match form {
        Form::Reference | Form::View | Form::TemporaryView | Form::Temporary => Form::Temporary,
        other => other,
    }
}

impl Writer<'_> {
    /// `(value, move |cotangent| gradients)`
    pub(super) fn pulled_back(&self, program: &Program, companion: Companion) -> (Vec<TokenStream>, Vec<Code>, TokenStream) {
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
        let early = without_moved(&mut parts, &copied, &mut names);
        let gradients = results::tuple(&parts);
        let param = &self.input.signature.params[cotangent];
        let (name, ty) = (&param.ident, cotangent_type(&self.input.signature, &self.paths));
        let list = lists::read(param, true, &self.paths).map(|l| l.1);
        let checks = self.cotangent_checks(&shapes, program.roots[0], &self.derivation.function.params[cotangent]);
        let (v, p) = (Ident::new("value", Span::mixed_site()), Ident::new("pullback", Span::mixed_site()));
        let value = codes[0].cloned();
        let value = if shapes.is_copied(program.roots[0]) {
            self.declared(&shapes, program.roots[0], Like::Value, &codes[0])
        } else {
            value
        };
        let pair = quote!((#v, #p));
        let pair = if self.option() { quote!(::core::option::Option::Some(#pair)) } else { pair };
        let end = quote! {
            let #v = #value;
            let #p = move |#name: #ty| {
                #list
                #checks
                #(#within)*
                #early
                #gradients
            };
            #pair
        };
        (before, codes, end)
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
