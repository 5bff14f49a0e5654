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
    pub(super) runs: Runs,
}

/// When the statements of a block run.
#[derive(Clone, Debug)]
pub(super) enum Runs {
    /// Here.
    Once,
    /// Again and again: they are the body of a loop.
    Again(Repeated),
    /// If this holds. Otherwise what leaves the block has the default of its type, and is not read.
    If(TokenStream),
}

/// A loop of the prologue, that collects numbers in vectors.
#[derive(Clone, Debug)]
pub(super) struct Repeated {
    /// `for k in 0..n`
    pub(super) header: TokenStream,
    /// `k`
    pub(super) index: Ident,
    /// What the body begins with.
    pub(super) first: TokenStream,
    /// What counts the iterations, where that is not known before.
    pub(super) counted: Option<Ident>,
}

/// Where a loop keeps what it computes each time.
#[derive(Clone, Debug)]
pub(super) enum Kept {
    /// In a vector of so many zeros.
    Numbers(TokenStream),
    /// In the rows of a matrix of zeros.
    Rows(TokenStream),
    /// In a list of this type, and what that becomes in the end.
    Pushed(TokenStream, TokenStream),
}

/// What a statement binds that says where in an iteration it is complete: what it keeps is kept there.
pub(super) const COMPLETE: &str = "__complete";

/// A value that leaves a block.
#[derive(Clone, Debug)]
pub(super) struct Export {
    /// Its code in the block.
    pub(super) inside: TokenStream,
    /// Its name after the block.
    pub(super) outside: Ident,
    /// In a loop: where it is kept each time.
    pub(super) kept: Option<Kept>,
}

impl Export {
    /// A variable of ours, under the same name.
    pub(super) fn same(name: &str) -> Self {
        let name = Ident::new(name, Span::mixed_site());
        Self { inside: name.to_token_stream(), outside: name, kept: None }
    }
}

impl Opaque {
    /// Whether its type is that of a view, or may be.
    pub(super) fn is_view(&self) -> bool {
        matches!(&self.ty, Some(NumType { form: NumForm::Matrix { view: true, .. }, .. }))
    }
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

/// A `let`: what it binds, of which type, and to what.
#[derive(Clone, Debug)]
pub struct Parts {
    pub(super) pattern: TokenStream,
    pub(super) ty: TokenStream,
    pub(super) code: TokenStream,
}

impl Parts {
    /// `let pattern: type = code;`
    pub(super) fn tokens(&self) -> TokenStream {
        let Self { pattern, ty, code } = self;
        quote!(let #pattern: #ty = #code;)
    }
    /// All in one statement: the temporaries of each live until the end of the last.
    fn joined(all: &[Self]) -> Self {
        let (patterns, types, codes) = (all.iter().map(|p| &p.pattern), all.iter().map(|p| &p.ty), all.iter().map(|p| &p.code));
        Self { pattern: quote!((#(#patterns),*)), ty: quote!((#(#types),*)), code: quote!((#(#codes),*)) }
    }
}

impl Wrapped {
    pub(super) fn into_statement(self) -> Statement {
        let binds = self.exports.iter().map(|e| e.outside.to_string()).collect();
        let optional = self.statements.iter().all(|s| s.optional);
        let parts = self.parts();
        let tokens = match self.exports.len() {
            0 => parts.code.clone(),
            _ => {
                let Parts { pattern, code, .. } = &parts;
                quote!(let #pattern = #code;)
            }
        };
        Statement { tokens, binds, optional, ours: true, saves: None, block: Some(self), parts: Some(parts) }
    }

    fn parts(&self) -> Parts {
        let statements = self.statements.iter().map(|s| &s.tokens);
        let (inside, outside) = (self.exports.iter().map(|e| &e.inside), self.exports.iter().map(|e| &e.outside));
        if let Runs::Again(Repeated { header, index, first, counted }) = &self.runs {
            let begun = self.exports.iter().filter_map(|Export { outside, kept, .. }| {
                Some(match kept.as_ref()? {
                    Kept::Numbers(empty) | Kept::Rows(empty) => quote!(let mut #outside = #empty;),
                    Kept::Pushed(list, _) => quote!(let mut #outside = #list::new();),
                })
            });
            let keep: TokenStream = self
                .exports
                .iter()
                .filter_map(|Export { inside, outside, kept }| {
                    Some(match kept.as_ref()? {
                        Kept::Rows(_) => quote!(#outside.row_mut(#index).tr_copy_from(&#inside);),
                        Kept::Numbers(_) => quote!(#outside[#index] = #inside;),
                        Kept::Pushed(..) => quote!(#outside.push(#inside);),
                    })
                })
                .chain(counted.iter().map(|count| quote!(#count += 1;)))
                .collect();
            let is_complete = |s: &&Statement| s.binds.iter().any(|name| name == COMPLETE);
            let at = self.statements.iter().position(|s| is_complete(&s)).unwrap_or(self.statements.len());
            let (before, after) =
                (self.statements[..at].iter().map(|s| &s.tokens), self.statements[at..].iter().map(|s| &s.tokens));
            let outside: Vec<&Ident> = outside.collect();
            let ends: Vec<TokenStream> = self
                .exports
                .iter()
                .map(|export| match (&export.kept, &export.outside) {
                    (Some(Kept::Pushed(_, end)), outside) if !end.is_empty() => quote!(#end(#outside)),
                    (_, outside) => quote!(#outside),
                })
                .collect();
            let (pattern, kept) = match outside[..] {
                [] => (quote!(()), quote!()),
                [one] => (quote!(#one), quote!(#(#ends)*)),
                _ => (quote!((#(#outside),*)), quote!((#(#ends),*))),
            };
            return Parts {
                pattern,
                ty: quote!(_),
                code: quote!({ #(#begun)* #header { #first #(#before)* #keep #(#after)* } #kept }),
            };
        }
        if let Runs::If(condition) = &self.runs {
            let none = self.exports.iter().map(|_| quote!(::core::default::Default::default()));
            let outside: Vec<&Ident> = outside.collect();
            let (pattern, code) = match outside.len() {
                0 => (quote!(()), quote!(if #condition { #(#statements)* })),
                1 => (quote!(#(#outside)*), quote!(if #condition { #(#statements)* #(#inside)* } else { #(#none)* })),
                _ => (quote!((#(#outside),*)), quote!(if #condition { #(#statements)* (#(#inside),*) } else { (#(#none),*) })),
            };
            return Parts { pattern, ty: quote!(_), code };
        }
        let (pattern, code) = match self.exports.len() {
            0 => (quote!(()), quote!({ #(#statements)* })),
            1 => (quote!(#(#outside)*), quote!({ #(#statements)* #(#inside)* })),
            _ => (quote!((#(#outside),*)), quote!({ #(#statements)* (#(#inside),*) })),
        };
        Parts { pattern, ty: quote!(_), code }
    }
}

impl Statement {
    /// A statement of the user's.
    pub(super) fn carried(tokens: TokenStream, binds: Vec<String>, optional: bool) -> Self {
        Self { tokens, binds, optional, ours: false, saves: None, block: None, parts: None }
    }
    /// A `let` of ours.
    pub(super) fn of_ours(name: &Ident, parts: Parts, optional: bool) -> Self {
        let (tokens, binds) = (parts.tokens(), vec![name.to_string()]);
        Self { tokens, binds, optional, ours: true, saves: None, block: None, parts: Some(parts) }
    }
    /// Whether it is one value whose temporaries end with it, or with what it is joined to.
    pub(super) fn is_piece(&self) -> bool {
        self.ours && self.parts.is_some() && self.block.is_none() && !self.optional
    }

    /// Statements that are evaluated in one expression, as one; none, if one of them is no part of an expression.
    pub(super) fn joined(all: &[Self]) -> Option<Self> {
        let parts: Vec<Parts> = all.iter().map(|s| s.parts.clone()).collect::<Option<_>>()?;
        let names: HashSet<&String> = all.iter().flat_map(|s| &s.binds).collect();
        if parts.iter().flat_map(|p| mentions(&p.code)).any(|m| names.contains(&m.name)) {
            return None;
        }
        let parts = Parts::joined(&parts);
        let binds = all.iter().flat_map(|s| s.binds.iter().cloned()).collect();
        Some(Self { tokens: parts.tokens(), binds, optional: false, ours: true, saves: None, block: None, parts: Some(parts) })
    }

    /// Without the parts of a block that nobody wants.
    pub(super) fn pruned(self, wanted: &HashSet<String>) -> Self {
        let Some(Wrapped { statements, mut exports, runs }) = self.block else { return self };
        exports.retain(|e| wanted.contains(&e.outside.to_string()));
        let mut wanted: HashSet<String> = exports.iter().flat_map(|e| mentions(&e.inside)).map(|m| m.name).collect();
        let mut kept = Vec::new();
        for statement in statements.into_iter().rev() {
            if !statement.optional || statement.binds.iter().any(|n| wanted.contains(n)) {
                let statement = statement.pruned(&wanted);
                wanted.extend(mentions(&statement.tokens).into_iter().map(|m| m.name));
                kept.push(statement);
            }
        }
        kept.reverse();
        Wrapped { statements: kept, exports, runs }.into_statement()
    }
}
