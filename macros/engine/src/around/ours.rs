//! Our attributes: under which names a file or a module has them, and what they ask for.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Meta, UseTree};

use crate::parse::{Derivative, conditions};

/// Where a file has our attributes from, and what it calls them.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    /// Paths of this crate: `matgrad`, and what arguments `crate = path` say.
    roots: BTreeSet<String>,
    /// What `use matgrad::grad as derive` calls an attribute.
    renamed: BTreeMap<String, Ours>,
}

impl Names {
    /// Of these attributes and imports.
    pub(crate) fn of<'a>(attributes: impl Iterator<Item = &'a Attribute>, imports: impl Iterator<Item = &'a UseTree>) -> Self {
        let mut names = Self { roots: BTreeSet::from(["matgrad".to_owned()]), renamed: BTreeMap::new() };
        names.roots.extend(attributes.filter_map(stated_root));
        for tree in imports {
            names.rename(tree, &mut Vec::new());
        }
        names
    }
    /// The attribute that a path names.
    pub(crate) fn ours(&self, path: &syn::Path) -> Option<Ours> {
        let names: Vec<String> = path.segments.iter().map(|s| s.ident.to_string()).collect();
        match &names[..] {
            [name] => self.renamed.get(name).copied().or_else(|| ours(name)),
            [root @ .., name] => ours(name).filter(|_| self.is_root(root)),
            [] => None,
        }
    }
    pub(crate) fn is_root(&self, path: &[String]) -> bool {
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

    /// What an attribute asks for, if it is ours.
    pub(crate) fn asked(&self, attribute: &Attribute) -> Option<Asked> {
        if !matches!(attribute.style, syn::AttrStyle::Outer) {
            return None;
        }
        if let Some((ours, arguments)) = self.meta(&attribute.meta) {
            return Some(Asked { ours, arguments, condition: None, rest: None });
        }
        let metas = attribute.path().is_ident("cfg_attr").then(|| conditions::arguments(&attribute.meta)).flatten()?;
        let condition = metas.first()?;
        let (at, (ours, arguments)) = metas.iter().enumerate().skip(1).find_map(|(i, m)| Some((i, self.meta(m)?)))?;
        let others: Vec<&Meta> = metas.iter().enumerate().skip(1).filter(|(i, _)| *i != at).map(|(_, m)| m).collect();
        let rest = (!others.is_empty()).then(|| syn::parse_quote!(#[cfg_attr(#condition, #(#others),*)]));
        Some(Asked { ours, arguments, condition: Some(condition.to_token_stream()), rest })
    }
    fn meta(&self, meta: &Meta) -> Option<(Ours, TokenStream)> {
        let ours = self.ours(meta.path())?;
        let arguments = match meta {
            Meta::Path(_) => TokenStream::new(),
            Meta::List(list) => list.tokens.clone(),
            Meta::NameValue(_) => return None,
        };
        Some((ours, arguments))
    }
}

/// What an attribute asks for.
pub(crate) struct Asked {
    pub(crate) ours: Ours,
    pub(crate) arguments: TokenStream,
    /// The `c` of `#[cfg_attr(c, grad)]`.
    pub(crate) condition: Option<TokenStream>,
    /// What else the attribute said.
    #[cfg_attr(not(feature = "source"), allow(dead_code, reason = "what a tool writes back"))]
    pub(crate) rest: Option<Attribute>,
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
pub(crate) enum Ours {
    Derivative(Derivative),
    Problem,
    /// On a module.
    Differentiable,
}

/// The attribute of this name.
pub(crate) fn ours(name: &str) -> Option<Ours> {
    let derivative = Derivative::ALL.into_iter().find(|d| d.attribute().trim_matches(['#', '[', ']']) == name);
    match name {
        "problem" => Some(Ours::Problem),
        "differentiable" => Some(Ours::Differentiable),
        _ => derivative.map(Ours::Derivative),
    }
}
