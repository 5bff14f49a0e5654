//! What `#[problem(w, spd(s), argmin, levenberg_marquardt(nalgebra_v0_34))]` asks for, and what other attributes stand below it.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::quote;
use syn::parse::Parser;

use crate::error::{Error, Errors};
use crate::parse::Derivative;

/// A crate of optimisers.
#[derive(Clone, Debug)]
pub(super) enum Crate {
    Argmin,
    Basin,
    /// With the path of the nalgebra that it knows.
    LevenbergMarquardt(Ident, TokenStream),
}

/// What is asked for.
pub(super) struct Asked {
    pub(super) crates: Vec<Crate>,
    /// The arguments of the derivative.
    pub(super) rest: TokenStream,
}

/// Takes the crates out of the arguments.
pub(super) fn read(arguments: TokenStream, errors: &mut Errors) -> Asked {
    let mut asked = Asked { crates: Vec::new(), rest: TokenStream::new() };
    for part in parts(arguments) {
        let trees: Vec<TokenTree> = part.clone().into_iter().collect();
        let found = match &trees[..] {
            [TokenTree::Ident(name)] if name == "argmin" => Some(Crate::Argmin),
            [TokenTree::Ident(name)] if name == "basin" => Some(Crate::Basin),
            [TokenTree::Ident(name), rest @ ..] if name == "levenberg_marquardt" => levenberg_marquardt(name, rest, errors),
            _ => {
                asked.rest.extend(quote!(#part,));
                continue;
            }
        };
        asked.crates.extend(found);
    }
    asked
}

fn levenberg_marquardt(name: &Ident, rest: &[TokenTree], errors: &mut Errors) -> Option<Crate> {
    let inside = match rest {
        [TokenTree::Group(group)] if group.delimiter() == Delimiter::Parenthesis => group.stream(),
        _ => TokenStream::new(),
    };
    if syn::Path::parse_mod_style.parse2(inside.clone()).is_ok() {
        return Some(Crate::LevenbergMarquardt(name.clone(), inside));
    }
    let message = "`levenberg_marquardt` is of an older nalgebra, which has to be named; add it to `Cargo.toml`, as \
                   `nalgebra_v0_34 = { package = \"nalgebra\", version = \"0.34\" }`, and write `levenberg_marquardt(nalgebra_v0_34)`";
    errors.push(Error::new(name.span(), message));
    None
}

/// What stands between commas.
fn parts(tokens: TokenStream) -> Vec<TokenStream> {
    let mut parts = vec![TokenStream::new()];
    for tree in tokens {
        match (&tree, parts.last_mut()) {
            (TokenTree::Punct(p), _) if p.as_char() == ',' => parts.push(TokenStream::new()),
            (_, Some(part)) => part.extend([tree]),
            (_, None) => {}
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// Other attributes of ours below this one.
#[derive(Clone, Default, Debug)]
pub(super) struct Stacked(Vec<Derivative>);

impl Stacked {
    pub(super) fn of(item: &TokenStream) -> Self {
        let mut stacked = Self::default();
        let mut trees = item.clone().into_iter();
        while let Some(TokenTree::Punct(hash)) = trees.next() {
            let (true, Some(TokenTree::Group(group))) = (hash.as_char() == '#', trees.next()) else { break };
            let Ok(meta) = syn::parse2::<syn::Meta>(group.stream()) else { continue };
            let Some(last) = meta.path().segments.last() else { continue };
            stacked.0.extend(Derivative::ALL.into_iter().find(|d| d.attribute() == format!("#[{}]", last.ident)));
        }
        stacked
    }
    /// Whether the companions of a derivative are made there.
    pub(super) fn has(&self, derivative: Derivative) -> bool {
        self.0.contains(&derivative)
    }
}
