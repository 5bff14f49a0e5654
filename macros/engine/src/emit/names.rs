//! Names of variables: the user's own where there is one, ours where there is none, never one that is taken.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};

use crate::ir::Kind;
use crate::ops;

/// The names of one companion.
pub struct Names {
    taken: BTreeSet<String>,
}

impl Names {
    /// With all names in these tokens taken.
    pub fn new(tokens: impl IntoIterator<Item = TokenStream>) -> Self {
        let mut taken = BTreeSet::new();
        let mut stack: Vec<TokenStream> = tokens.into_iter().collect();
        while let Some(tokens) = stack.pop() {
            for tree in tokens {
                match tree {
                    TokenTree::Ident(name) => {
                        taken.insert(name.to_string());
                    }
                    TokenTree::Group(group) => stack.push(group.stream()),
                    _ => {}
                }
            }
        }
        Self { taken }
    }
    /// A fresh name like this one. It has the hygiene of `macro_rules!` locals: no name of the user can meet it.
    pub fn fresh(&mut self, wish: &str) -> Ident {
        let mut name = wish.to_owned();
        let mut i = 1;
        while !self.taken.insert(name.clone()) {
            i += 1;
            name = format!("{wish}_{i}");
        }
        match syn::parse_str::<Ident>(&name) {
            Ok(_) => Ident::new(&name, Span::mixed_site()),
            Err(_) => Ident::new(&format!("value_{}", self.taken.len()), Span::mixed_site()),
        }
    }
    /// A name like this one that is neither taken nor among `beside`, and stays free.
    pub fn local(&self, wish: &str, beside: &[Ident]) -> Ident {
        let mut name = wish.to_owned();
        let mut i = 1;
        while self.taken.contains(&name) || beside.iter().any(|b| *b == name) {
            i += 1;
            name = format!("{wish}_{i}");
        }
        Ident::new(&name, Span::mixed_site())
    }
    /// A name for the value of an operation.
    pub fn for_kind(&mut self, kind: Kind) -> Ident {
        self.fresh(match kind {
            Kind::Lu => "lu",
            Kind::Chol => "cholesky",
            Kind::MatMul => "product",
            Kind::Map | Kind::Lin | Kind::Scale | Kind::Hadamard => "t",
            Kind::Transpose => "transposed",
            Kind::Dim => "n",
            Kind::Pow => "power",
            other => ops::record(other).name,
        })
    }
}
