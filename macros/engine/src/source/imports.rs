//! What a file imports of the macros: under which names, and what is left of it without them.

use std::ops::Range;

use quote::ToTokens;
use syn::{ItemUse, UseTree};

use super::find::{Items, bytes};
use crate::around::{Names, ours};

/// The names of our attributes in a file.
pub(super) fn names_of(items: &Items<'_>) -> Names {
    Names::of(items.attributes(), items.imports.iter().map(|item| &item.tree))
}

/// A tree without the names of our attributes; `path`: where it begins.
fn remaining(names: &Names, tree: &UseTree, path: &mut Vec<String>) -> Option<UseTree> {
    match tree {
        UseTree::Name(syn::UseName { ident }) | UseTree::Rename(syn::UseRename { ident, .. }) => {
            let ours = names.is_root(path) && ours(&ident.to_string()).is_some();
            (!ours).then(|| tree.clone())
        }
        UseTree::Glob(_) => Some(tree.clone()),
        UseTree::Path(inner) => {
            path.push(inner.ident.to_string());
            let rest = remaining(names, &inner.tree, path);
            path.pop();
            Some(UseTree::Path(syn::UsePath { tree: Box::new(rest?), ..inner.clone() }))
        }
        UseTree::Group(group) => {
            let items: Vec<UseTree> = group.items.iter().filter_map(|item| remaining(names, item, path)).collect();
            match items.len() {
                0 if !group.items.is_empty() => None,
                1 if group.items.len() > 1 => items.into_iter().next(),
                _ => Some(UseTree::Group(syn::UseGroup { items: items.into_iter().collect(), ..group.clone() })),
            }
        }
    }
}

/// Imports of our attributes: where they stand, and what stands there without those.
pub(super) fn without_ours(file: &syn::File) -> Vec<(Range<usize>, String)> {
    let items = Items::of(file);
    let names = names_of(&items);
    let changed = items.imports.iter().filter_map(|item| {
        let rest = remaining(&names, &item.tree, &mut Vec::new());
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
