//! A block of the prologue: statements whose names hide others, and what they compute.

use std::collections::HashSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use super::mentions::mentions;
use super::{Opaque, Statement};
use crate::parse::{NumForm, NumType};

/// Statements in brackets.
#[derive(Clone, Debug)]
pub struct Wrapped {
    pub(super) statements: Vec<Statement>,
    pub(super) exports: Vec<Export>,
}

/// A value that leaves a block.
#[derive(Clone, Debug)]
pub(super) struct Export {
    /// Its code in the block.
    pub(super) inside: TokenStream,
    /// Its name after the block.
    pub(super) outside: Ident,
}

impl Export {
    /// A variable of ours, under the same name.
    pub(super) fn same(name: &str) -> Self {
        let name = Ident::new(name, Span::mixed_site());
        Self { inside: name.to_token_stream(), outside: name }
    }
}

impl Opaque {
    /// The value, in nobody's debt.
    pub(super) fn owned(&self) -> TokenStream {
        let code = &self.code;
        match &self.ty {
            Some(NumType { form: NumForm::Scalar, .. }) if self.by_ref => quote!(*#code),
            Some(NumType { form: NumForm::Scalar | NumForm::Matrix { view: false, .. }, .. }) if !self.by_ref => code.clone(),
            _ => quote!(#code.clone_owned()),
        }
    }
}

impl Wrapped {
    pub(super) fn into_statement(self) -> Statement {
        let names = self.exports.iter().map(|e| e.outside.to_string()).collect();
        let only_for = self.statements.iter().all(|s| s.only_for.is_some()).then_some(names);
        Statement { tokens: self.tokens(), only_for, saves: None, block: Some(self) }
    }

    fn tokens(&self) -> TokenStream {
        let statements = self.statements.iter().map(|s| &s.tokens);
        let (inside, outside) = (self.exports.iter().map(|e| &e.inside), self.exports.iter().map(|e| &e.outside));
        match self.exports.len() {
            0 => quote!({ #(#statements)* }),
            1 => quote!(let #(#outside)* = { #(#statements)* #(#inside)* };),
            _ => quote!(let (#(#outside),*) = { #(#statements)* (#(#inside),*) };),
        }
    }
}

impl Statement {
    /// Without the parts of a block that nobody wants.
    pub(super) fn pruned(self, wanted: &HashSet<String>) -> Self {
        let Some(Wrapped { statements, mut exports }) = self.block else { return self };
        exports.retain(|e| wanted.contains(&e.outside.to_string()));
        let mut wanted: HashSet<String> = exports.iter().flat_map(|e| mentions(&e.inside)).map(|m| m.name).collect();
        let mut kept = Vec::new();
        for statement in statements.into_iter().rev() {
            if statement.only_for.as_ref().is_none_or(|names| names.iter().any(|n| wanted.contains(n))) {
                let statement = statement.pruned(&wanted);
                wanted.extend(mentions(&statement.tokens).into_iter().map(|m| m.name));
                kept.push(statement);
            }
        }
        kept.reverse();
        Wrapped { statements: kept, exports }.into_statement()
    }
}
