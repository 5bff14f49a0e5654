//! Companions as text.

use std::collections::BTreeSet;

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::quote;
use syn::{Attribute, parse_quote};

use crate::error::Error;

/// What an item stands in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Owner {
    /// A module or a block.
    Module,
    Impl,
    Trait,
}

/// Formatted functions, each line behind `indentation`. A formatter that comes later leaves them alone, since it would want them otherwise.
pub(super) fn companions(
    tokens: &TokenStream,
    owner: Owner,
    condition: Option<&TokenStream>,
    indentation: &str,
) -> Result<String, Error> {
    let ours = |error: syn::Error| {
        Error::new(Span::call_site(), format!("the companions do not parse, which is a bug of matgrad: {error}"))
    };
    let mut attrs: Vec<Attribute> = vec![parse_quote!(#[rustfmt::skip])];
    attrs.extend(condition.map(|c| -> Attribute { parse_quote!(#[cfg(#c)]) }));
    let wrapped = match owner {
        Owner::Module => tokens.clone(),
        Owner::Impl => quote!(impl Owner { #tokens }),
        Owner::Trait => quote!(trait Owner { #tokens }),
    };
    let mut file: syn::File = syn::parse2(wrapped).map_err(ours)?;
    for function in functions(&mut file) {
        function.extend(attrs.iter().cloned());
    }
    Ok(indented(&prettyplease::unparse(&file), owner != Owner::Module, indentation))
}

/// The attributes of every function.
fn functions(file: &mut syn::File) -> Vec<&mut Vec<Attribute>> {
    let mut found = Vec::new();
    for item in &mut file.items {
        match item {
            syn::Item::Fn(f) => found.push(&mut f.attrs),
            syn::Item::Impl(i) => found.extend(i.items.iter_mut().filter_map(|item| match item {
                syn::ImplItem::Fn(f) => Some(&mut f.attrs),
                _ => None,
            })),
            syn::Item::Trait(t) => found.extend(t.items.iter_mut().filter_map(|item| match item {
                syn::TraitItem::Fn(f) => Some(&mut f.attrs),
                _ => None,
            })),
            _ => {}
        }
    }
    found
}

/// The functions, without what they are wrapped in, a blank line between two. What a string holds is not moved.
fn indented(text: &str, wrapped: bool, indentation: &str) -> String {
    let held = held(text);
    let lines: Vec<&str> = text.lines().collect();
    let lines = if wrapped { &lines[1..lines.len() - 1] } else { &lines[..] };
    let (first, own) = if wrapped { (2, "    ") } else { (1, "") };
    let mut out = Vec::new();
    for (number, line) in (first..).zip(lines) {
        if held.contains(&number) {
            out.push((*line).to_owned());
            continue;
        }
        let line = line.strip_prefix(own).unwrap_or(line);
        out.push(if line.is_empty() { String::new() } else { format!("{indentation}{line}") });
        if line == "}" {
            out.push(String::new()); // the end of a function
        }
    }
    while out.last().is_some_and(String::is_empty) {
        out.pop();
    }
    out.join("\n")
}

/// The lines that begin inside a literal.
fn held(text: &str) -> BTreeSet<usize> {
    let mut lines = BTreeSet::new();
    let mut stack: Vec<TokenStream> = text.parse().into_iter().collect();
    while let Some(tokens) = stack.pop() {
        for tree in tokens {
            match tree {
                TokenTree::Group(group) => stack.push(group.stream()),
                TokenTree::Literal(literal) => {
                    let span = literal.span();
                    lines.extend(span.start().line + 1..=span.end().line);
                }
                _ => {}
            }
        }
    }
    lines
}
