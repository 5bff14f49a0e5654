//! Sizes that are told inside of a loop alone: by names that its body begins with.

use std::collections::HashSet;

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;
use syn::parse::Parser;

use super::Emitter;
use super::contract::where_it_is_found;
use crate::ir::{Attr, Axis, Dim, Graph, Loop, Source, Variable};
use crate::lower::{Function, pattern_names};

/// The names that the bodies of all loops begin with.
pub(super) fn bound_in_loops(g: &Graph, function: &Function) -> HashSet<String> {
    let mut names = HashSet::new();
    for node in g.nodes() {
        match &node.op.attr {
            Attr::Loop(l) => {
                names.extend(bound_in(l, function));
                names.extend(bound_in_loops(&l.body.graph, function));
            }
            Attr::Branch(b) => {
                for side in [&b.then, &b.otherwise] {
                    names.extend(bound_in_loops(&side.graph, function));
                }
            }
            _ => {}
        }
    }
    names
}

/// The names that the body of a loop begins with, its index among them.
pub(super) fn bound_in(l: &Loop, function: &Function) -> HashSet<String> {
    let code = |id: &crate::ir::OpaqueId| function.opaques[id.0 as usize].code.clone();
    let first: TokenStream = l.first.iter().map(code).collect();
    let statements = syn::Block::parse_within.parse2(first).unwrap_or_default();
    let patterns = statements.iter().filter_map(|s| if let syn::Stmt::Local(local) = s { Some(&local.pat) } else { None });
    let names = patterns.flat_map(pattern_names).map(|name| name.to_string());
    names.chain([code(&l.index).to_string()]).collect()
}

impl Emitter<'_> {
    /// Whether a size can be told here.
    pub(super) fn is_told(&self, source: &Source) -> bool {
        self.is_told_beside(source, &mut Vec::new())
    }

    /// The same, where some sizes are told by this one: a vector has as many rows as it has entries, and the other way round.
    fn is_told_beside(&self, source: &Source, asked: &mut Vec<Dim>) -> bool {
        let dims = &self.graph().dims;
        let (Source::Sum(parts) | Source::Product(parts) | Source::Least(parts)) = source else {
            return self.of_loops.is_empty() || self.names_of_loops(source).iter().all(|name| self.within.contains(name));
        };
        parts.iter().all(|part| {
            let part = dims.resolve(*part);
            if matches!(part, Dim::Const(_)) || dims.generic_name(part).is_some() {
                return true;
            }
            if asked.contains(&part) {
                return false;
            }
            asked.push(part);
            let told = dims.sources(part).iter().any(|source| self.is_told_beside(source, asked));
            asked.pop();
            told
        })
    }

    /// The names in the code of a size that a loop binds.
    fn names_of_loops(&self, source: &Source) -> Vec<String> {
        fn find(code: TokenStream, names: &HashSet<String>, found: &mut Vec<String>) {
            for tree in code {
                match tree {
                    TokenTree::Ident(name) if names.contains(&name.to_string()) => found.push(name.to_string()),
                    TokenTree::Group(group) => find(group.stream(), names, found),
                    _ => {}
                }
            }
        }
        let mut found = Vec::new();
        if !self.of_loops.is_empty() {
            find(self.source_size(source), &self.of_loops, &mut found);
        }
        found
    }

    /// Checks of sizes that have to agree, of which one is told by the names that a loop has just bound.
    pub(super) fn agreement(&self, bound: &HashSet<String>) -> TokenStream {
        let (dims, mut checks) = (&self.graph().dims, TokenStream::new());
        let is_new = |source: &Source| self.names_of_loops(source).iter().any(|name| bound.contains(name));
        for dim in dims.symbols() {
            let told: Vec<Source> = dims.sources(dim).into_iter().filter(|s| self.is_told(s)).collect();
            let (new, known): (Vec<Source>, Vec<Source>) = told.into_iter().partition(is_new);
            let mut all = known.into_iter().take(1).chain(new).collect::<Vec<_>>();
            all.dedup();
            let Some((first, others)) = all.split_first() else { continue };
            for other in others {
                checks.extend(where_it_is_found(self.same_size(other, first)));
            }
        }
        for (n, source) in dims.fixed().filter(|(_, s)| self.is_told(s) && is_new(s)) {
            let (known, size, n) =
                (self.paths.private("known_dim"), self.source_size(source), proc_macro2::Literal::usize_unsuffixed(n));
            let name = self.text_of(source);
            checks.extend(where_it_is_found(quote!(#known(#name, #size, #n);)));
        }
        checks
    }

    fn same_size(&self, a: &Source, b: &Source) -> TokenStream {
        let (size_a, size_b) = (self.source_size(a), self.source_size(b));
        if size_a.to_string() == size_b.to_string() {
            return TokenStream::new();
        }
        let (same, name_a, name_b) = (self.paths.private("same_dim"), self.text_of(a), self.text_of(b));
        quote!(#same(#name_a, #size_a, #name_b, #size_b);)
    }

    fn text_of(&self, source: &Source) -> String {
        match source {
            Source::Code(id) => self.function.opaques[id.0 as usize].text.clone(),
            Source::Variable { variable: Variable::Opaque(id), axis, .. } => {
                let side = if *axis == Axis::Rows { "nrows" } else { "ncols" };
                format!("{}.{side}()", self.function.opaques[id.0 as usize].text)
            }
            other => crate::lower::readable(&self.source_size(other)),
        }
    }
}
