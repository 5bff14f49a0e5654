//! What a file imports of the macros: under which names, and what is left of it without them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Attribute, ItemUse, UseTree};

use super::find::bytes;
use crate::parse::Derivative;

/// Where the file has our attributes from, and what it calls them.
#[derive(Clone, Debug)]
pub(super) struct Names {
    /// Paths of this crate: `matgrad`, and what arguments `crate = path` say.
    roots: BTreeSet<String>,
    /// What `use matgrad::grad as derive` calls an attribute.
    renamed: BTreeMap<String, Derivative>,
}

impl Names {
    pub(super) fn of(file: &syn::File) -> Self {
        let mut names = Self { roots: BTreeSet::from(["matgrad".to_owned()]), renamed: BTreeMap::new() };
        Roots(&mut names.roots).visit_file(file);
        let mut imports = Imports(Vec::new());
        imports.visit_file(file);
        for item in imports.0 {
            names.rename(&item.tree, &mut Vec::new());
        }
        names
    }
    /// The derivative that a path of an attribute asks for.
    pub(super) fn derivative(&self, path: &syn::Path) -> Option<Derivative> {
        let names: Vec<String> = path.segments.iter().map(|s| s.ident.to_string()).collect();
        match &names[..] {
            [name] => self.renamed.get(name).copied().or_else(|| derivative(name)),
            [root @ .., name] => derivative(name).filter(|_| self.is_root(root)),
            [] => None,
        }
    }
    fn is_root(&self, path: &[String]) -> bool {
        self.roots.contains(&path.join("::"))
    }
    fn rename(&mut self, tree: &UseTree, path: &mut Vec<String>) {
        match tree {
            UseTree::Path(inner) => {
                path.push(inner.ident.to_string());
                self.rename(&inner.tree, path);
                path.pop();
            }
            UseTree::Group(group) => group.items.iter().for_each(|item| self.rename(item, path)),
            UseTree::Rename(rename) if self.is_root(path) => {
                self.renamed.extend(derivative(&rename.ident.to_string()).map(|d| (rename.rename.to_string(), d)));
            }
            UseTree::Rename(_) | UseTree::Name(_) | UseTree::Glob(_) => {}
        }
    }
    /// A tree without the names of our attributes; `path`: where it begins.
    fn remaining(&self, tree: &UseTree, path: &mut Vec<String>) -> Option<UseTree> {
        match tree {
            UseTree::Name(syn::UseName { ident }) | UseTree::Rename(syn::UseRename { ident, .. }) => {
                let ours = self.is_root(path) && derivative(&ident.to_string()).is_some();
                (!ours).then(|| tree.clone())
            }
            UseTree::Glob(_) => Some(tree.clone()),
            UseTree::Path(inner) => {
                path.push(inner.ident.to_string());
                let rest = self.remaining(&inner.tree, path);
                path.pop();
                Some(UseTree::Path(syn::UsePath { tree: Box::new(rest?), ..inner.clone() }))
            }
            UseTree::Group(group) => {
                let items: Vec<UseTree> = group.items.iter().filter_map(|item| self.remaining(item, path)).collect();
                match items.len() {
                    0 if !group.items.is_empty() => None,
                    1 if group.items.len() > 1 => items.into_iter().next(),
                    _ => Some(UseTree::Group(syn::UseGroup { items: items.into_iter().collect(), ..group.clone() })),
                }
            }
        }
    }
}

/// What arguments `crate = path` say.
struct Roots<'n>(&'n mut BTreeSet<String>);

impl Visit<'_> for Roots<'_> {
    fn visit_attribute(&mut self, attribute: &Attribute) {
        let ours = attribute.path().segments.last().is_some_and(|s| derivative(&s.ident.to_string()).is_some());
        if ours && let syn::Meta::List(list) = &attribute.meta {
            self.0.extend(crate_path(list.tokens.clone()));
        }
    }
}

fn crate_path(arguments: TokenStream) -> Option<String> {
    let mut trees = arguments.into_iter().skip_while(|tree| !matches!(tree, TokenTree::Ident(name) if name == "crate"));
    trees.next().filter(|_| matches!(trees.next(), Some(TokenTree::Punct(p)) if p.as_char() == '='))?;
    let path = trees.take_while(|tree| !matches!(tree, TokenTree::Punct(p) if p.as_char() == ','));
    let path: String = path.map(|tree| tree.to_string()).collect();
    Some(path.trim_start_matches("::").to_owned())
}

struct Imports<'f>(Vec<&'f ItemUse>);

impl<'f> Visit<'f> for Imports<'f> {
    fn visit_item_use(&mut self, item: &'f ItemUse) {
        self.0.push(item);
    }
}

/// The derivative of an attribute of this name.
pub(super) fn derivative(name: &str) -> Option<Derivative> {
    Derivative::ALL.into_iter().find(|d| d.attribute().trim_matches(['#', '[', ']']) == name)
}

/// Imports of our attributes: where they stand, and what stands there without those.
pub(super) fn without_ours(file: &syn::File) -> Vec<(Range<usize>, String)> {
    let names = Names::of(file);
    let mut imports = Imports(Vec::new());
    visit::visit_file(&mut imports, file);
    let changed = imports.0.into_iter().filter_map(|item| {
        let rest = names.remaining(&item.tree, &mut Vec::new());
        let written = |tree: &UseTree| tree.to_token_stream().to_string();
        if rest.as_ref().map(written) == Some(written(&item.tree)) {
            return None;
        }
        let instead = rest.map(|tree| {
            let item = syn::Item::Use(ItemUse { tree, ..item.clone() });
            prettyplease::unparse(&syn::File { shebang: None, attrs: Vec::new(), items: vec![item] }).trim_end().to_owned()
        });
        Some((bytes(item), instead.unwrap_or_default()))
    });
    changed.collect()
}
