//! Names in code, replaced by what they mean elsewhere.

use std::collections::HashMap;

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::ToTokens;

/// What names stand for: the generic parameters of an item.
#[derive(Clone, Debug, Default)]
pub(crate) struct Substitution(HashMap<String, TokenStream>);

impl Substitution {
    pub(crate) fn insert(&mut self, name: &impl ToString, by: TokenStream) {
        self.0.insert(name.to_string(), by);
    }
    pub(crate) fn contains(&self, name: &impl ToString) -> bool {
        self.0.contains_key(&name.to_string())
    }
    /// The arguments of a type for the parameters of its item, one after the other.
    pub(crate) fn of_arguments(generics: &syn::Generics, arguments: &syn::PathArguments) -> Self {
        let mut all = Self::default();
        let syn::PathArguments::AngleBracketed(brackets) = arguments else { return all };
        let given = brackets.args.iter().filter(|a| !matches!(a, syn::GenericArgument::Lifetime(_)));
        let parameters = generics.params.iter().filter_map(|p| match p {
            syn::GenericParam::Type(p) => Some(&p.ident),
            syn::GenericParam::Const(p) => Some(&p.ident),
            syn::GenericParam::Lifetime(_) => None,
        });
        for (parameter, argument) in parameters.zip(given) {
            all.insert(parameter, argument.to_token_stream());
        }
        all
    }
    /// Code with these names replaced; names of fields and methods are others.
    pub(crate) fn tokens(&self, code: TokenStream) -> TokenStream {
        if self.0.is_empty() {
            return code;
        }
        let mut after_dot = false;
        code.into_iter()
            .flat_map(|tree| {
                let is_member = std::mem::replace(&mut after_dot, matches!(&tree, TokenTree::Punct(p) if p.as_char() == '.'));
                match tree {
                    TokenTree::Ident(name) if !is_member => match self.0.get(&name.to_string()) {
                        Some(by) => by.clone(),
                        None => TokenTree::Ident(name).into(),
                    },
                    TokenTree::Group(group) => {
                        let mut replaced = Group::new(group.delimiter(), self.tokens(group.stream()));
                        replaced.set_span(group.span());
                        TokenTree::Group(replaced).into()
                    }
                    other => TokenStream::from(other),
                }
            })
            .collect()
    }
    /// A piece of syntax with these names replaced.
    pub(crate) fn applied<T: ToTokens + syn::parse::Parse>(&self, code: &T) -> Option<T> {
        syn::parse2(self.tokens(code.to_token_stream())).ok()
    }
}
