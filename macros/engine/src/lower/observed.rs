//! Assertions and prints that read active values: carried over, with the statements that compute what they read.
//!
//! ```text
//! let r = x * w - y; debug_assert!(r.amax() < 1e9);
//! ```
//! becomes `{ let r = x * w - y; debug_assert!(r.amax() < 1e9); }` in its place among the effects of the function: what it reads is the
//! user's own code, and so what it shows, and whether it fails, is what the function shows, and whether the function fails.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::mentions::{How, mentions};
use super::patterns::pattern_names;
use super::prologue::{Mark, VariableId, ident};
use super::value::Lasts;
use super::{Lowerer, Value};

/// What statements bind that are there for a `?` alone.
const QUESTION: &str = "question";

/// Whether a statement is there for a `?` alone.
pub(super) fn is_question(statement: &super::Statement) -> bool {
    statement.binds.iter().any(|name| name.strip_prefix("__").is_some_and(|name| name.starts_with(QUESTION)))
}

/// A `let` of active values, and what its names meant where it stood.
#[derive(Clone, Debug)]
pub(super) struct Source {
    tokens: TokenStream,
    names: Vec<(String, Meaning)>,
}

/// What a name means.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Meaning {
    /// A variable that companions have.
    Variable(VariableId),
    /// What a statement on active values bound.
    Source(usize),
    /// No variable.
    Free,
}

impl Lowerer<'_> {
    /// A `let` that may be said again: it has no effect, and reads nothing that changes.
    pub(super) fn source(&mut self, local: &syn::Local, mark: Mark) -> Option<usize> {
        let tokens = local.to_token_stream();
        if self.prologue.has_carried(mark) {
            return None;
        }
        let names = mentions(&tokens).into_iter().map(|m| Some((self.meaning(&m.name)?, m.name)));
        let names: Vec<_> = names.map(|pair| pair.map(|(meaning, name)| (name, meaning))).collect::<Option<_>>()?;
        if names.iter().any(|(name, _)| self.lookup(name).is_some_and(|b| b.lasts != Lasts::Always && b.variable.is_some())) {
            return None;
        }
        self.sources.push(Source { tokens, names });
        Some(self.sources.len() - 1)
    }
    /// The names of a `let` come from it.
    pub(super) fn note_source(&mut self, local: &syn::Local, source: Option<usize>) {
        for name in pattern_names(&local.pat) {
            if let Some(binding) = self.scopes.last_mut().and_then(|scope| scope.get_mut(&name.to_string())) {
                binding.source = source;
            }
        }
    }

    /// A statement that looks at active values, with the statements that compute them.
    pub(super) fn observed(&self, statement: &syn::Stmt) -> Option<TokenStream> {
        let tokens = statement.to_token_stream();
        let (mut needed, mut variables) = (BTreeSet::new(), BTreeSet::new());
        let mut waiting: Vec<Meaning> = Vec::new();
        for mention in mentions(&tokens) {
            waiting.push(self.meaning(&mention.name)?);
        }
        while let Some(meaning) = waiting.pop() {
            let Meaning::Source(i) = meaning else { continue };
            if !needed.insert(i) {
                continue;
            }
            let source = self.sources.get(i)?;
            let moved = mentions(&source.tokens).into_iter().filter(|m| matches!(m.how, How::Moved | How::Called));
            let moved: BTreeSet<String> = moved.map(|m| m.name).collect();
            for (name, meaning) in &source.names {
                match meaning {
                    Meaning::Variable(v) if !self.prologue.means(name, Some(*v)) => return None,
                    Meaning::Variable(v) if moved.contains(name) && !self.prologue.is_copied(*v) => {
                        variables.insert(name.clone());
                    }
                    Meaning::Free if !self.prologue.means(name, None) => return None,
                    _ => {}
                }
                waiting.push(meaning.clone());
            }
        }
        let clones =
            variables.iter().map(|name| ident(name)).map(|name| quote!(let #name = ::core::clone::Clone::clone(&#name);));
        let lets = needed.iter().filter_map(|i| self.sources.get(*i)).map(|s| &s.tokens);
        let block = quote!({ #(#clones)* #(#lets)* #tokens });
        Some(if is_debug(statement) { quote!(if ::core::cfg!(debug_assertions) #block) } else { block })
    }

    /// `?` on active values, as it stands: where code with effects comes after it, companions leave before that code, as the function does.
    pub(super) fn leave_in_time(&mut self, e: &syn::ExprTry) {
        if let Some(tokens) = self.observed(&syn::parse_quote!(let _ = #e;)) {
            let name = self.prologue.fresh(QUESTION);
            self.prologue.carry(tokens, &[name.to_string()], true);
        }
    }

    fn meaning(&self, name: &str) -> Option<Meaning> {
        match self.lookup(name) {
            None => self.prologue.means(name, None).then_some(Meaning::Free),
            Some(b) if (matches!(b.value, Value::Code) && b.active) || b.held.is_some() || b.decided.is_some() => None,
            Some(b) => match (b.variable, b.source) {
                (Some(v), _) => self.prologue.means(name, Some(v)).then_some(Meaning::Variable(v)),
                (None, source) => source.map(Meaning::Source),
            },
        }
    }
}

/// Whether a statement is there in debug builds alone.
fn is_debug(statement: &syn::Stmt) -> bool {
    let mac = match statement {
        syn::Stmt::Macro(m) => &m.mac,
        syn::Stmt::Expr(syn::Expr::Macro(m), _) => &m.mac,
        _ => return false,
    };
    mac.path.segments.last().is_some_and(|s| s.ident.to_string().starts_with("debug_assert"))
}
