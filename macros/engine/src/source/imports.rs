//! What a file imports of the macros: under which names, and what is left of it without them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, ItemUse, UseTree};

use super::find::{Items, bytes};
use crate::parse::Derivative;

/// Where the file has our attributes from, and what it calls them.
#[derive(Clone, Debug)]
pub(super) struct Names {
    /// Paths of this crate: `matgrad`, and what arguments `crate = path` say.
    roots: BTreeSet<String>,
    /// What `use matgrad::grad as derive` calls an attribute.
    renamed: BTreeMap<String, Ours>,
}

impl Names {
    pub(super) fn of(items: &Items<'_>) -> Self {
        let mut names = Self { roots: BTreeSet::from(["matgrad".to_owned()]), renamed: BTreeMap::new() };
        names.roots.extend(items.attributes().filter_map(stated_root));
        for item in &items.imports {
            names.rename(&item.tree, &mut Vec::new());
        }
        names
    }
    /// The attribute that a path names.
    pub(super) fn ours(&self, path: &syn::Path) -> Option<Ours> {
        let names: Vec<String> = path.segments.iter().map(|s| s.ident.to_string()).collect();
        match &names[..] {
            [name] => self.renamed.get(name).copied().or_else(|| ours(name)),
            [root @ .., name] => ours(name).filter(|_| self.is_root(root)),
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
                self.renamed.extend(ours(&rename.ident.to_string()).map(|d| (rename.rename.to_string(), d)));
            }
            UseTree::Rename(_) | UseTree::Name(_) | UseTree::Glob(_) => {}
        }
    }
    /// A tree without the names of our attributes; `path`: where it begins.
    fn remaining(&self, tree: &UseTree, path: &mut Vec<String>) -> Option<UseTree> {
        match tree {
            UseTree::Name(syn::UseName { ident }) | UseTree::Rename(syn::UseRename { ident, .. }) => {
                let ours = self.is_root(path) && ours(&ident.to_string()).is_some();
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

/// What the argument `crate = path` of an attribute says.
fn stated_root(attribute: &Attribute) -> Option<String> {
    ours(&attribute.path().segments.last()?.ident.to_string())?;
    let syn::Meta::List(list) = &attribute.meta else { return None };
    crate_path(list.tokens.clone())
}

fn crate_path(arguments: TokenStream) -> Option<String> {
    let mut trees = arguments.into_iter().skip_while(|tree| !matches!(tree, TokenTree::Ident(name) if name == "crate"));
    trees.next().filter(|_| matches!(trees.next(), Some(TokenTree::Punct(p)) if p.as_char() == '='))?;
    let path = trees.take_while(|tree| !matches!(tree, TokenTree::Punct(p) if p.as_char() == ','));
    let path: String = path.map(|tree| tree.to_string()).collect();
    Some(path.trim_start_matches("::").to_owned())
}

/// One of our attributes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Ours {
    Derivative(Derivative),
    Problem,
}

/// The attribute of this name.
fn ours(name: &str) -> Option<Ours> {
    let derivative = Derivative::ALL.into_iter().find(|d| d.attribute().trim_matches(['#', '[', ']']) == name);
    derivative.map(Ours::Derivative).or((name == "problem").then_some(Ours::Problem))
}

/// Imports of our attributes: where they stand, and what stands there without those.
pub(super) fn without_ours(file: &syn::File) -> Vec<(Range<usize>, String)> {
    let items = Items::of(file);
    let names = Names::of(&items);
    let changed = items.imports.iter().filter_map(|item| {
        let rest = names.remaining(&item.tree, &mut Vec::new());
        let written = |tree: &UseTree| tree.to_token_stream().to_string();
        if rest.as_ref().map(written) == Some(written(&item.tree)) {
            return None;
        }
        let instead = rest.map(|tree| {
            let item = syn::Item::Use(ItemUse { tree, ..(*item).clone() });
            prettyplease::unparse(&syn::File { shebang: None, attrs: Vec::new(), items: vec![item] }).trim_end().to_owned()
        });
        Some((bytes(*item), instead.unwrap_or_default()))
    });
    changed.collect()
}
