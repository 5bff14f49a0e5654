//! The arguments of the attribute, by their form alone: `w, b, symmetric(p), spd(s), diagonal(d), crate = path`.

use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use syn::parse::Parser;

use super::derivative::Derivative;
use super::item::ungrouped;
use super::resolve::Arguments;
use super::words;
use crate::error::{Error, Errors};

/// What the attribute says, before it is known what the names mean.
#[derive(Default)]
pub(super) struct Attribute {
    /// Which attribute it is.
    pub(super) derivative: Derivative,
    /// Parameters to differentiate by, in the order named.
    pub(super) names: Vec<Ident>,
    /// Promises about parameters.
    pub(super) declarations: Vec<(Declaration, Ident)>,
    /// Whether something could not be read that may have been a name.
    pub(super) gaps: bool,
    crate_path: Option<syn::Path>,
}

/// A promise about a parameter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Declaration {
    Symmetric,
    Spd,
    Diagonal,
    LowerTriangular,
    Orthogonal,
}

/// What can stand between two commas.
const KNOWN: &str =
    "parameter names, `symmetric(p)`, `spd(p)`, `diagonal(p)`, `lower_triangular(p)`, `orthogonal(p)` and `crate = path`";

impl Declaration {
    pub(super) const ALL: [Self; 5] = [Self::Symmetric, Self::Spd, Self::Diagonal, Self::LowerTriangular, Self::Orthogonal];

    /// As it is written.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Symmetric => "symmetric",
            Self::Spd => "spd",
            Self::Diagonal => "diagonal",
            Self::LowerTriangular => "lower_triangular",
            Self::Orthogonal => "orthogonal",
        }
    }
    /// The declaration of this name.
    pub(super) fn named(word: &Ident) -> Option<Self> {
        Self::ALL.into_iter().find(|d| word == d.word())
    }
    /// As a property, in a sentence.
    pub(super) fn adjective(self) -> &'static str {
        match self {
            Self::Symmetric => "symmetric",
            Self::Spd => "symmetric positive definite",
            Self::Diagonal => "diagonal",
            Self::LowerTriangular => "lower triangular",
            Self::Orthogonal => "orthogonal",
        }
    }
}

impl Attribute {
    /// The arguments where there is no function to resolve names in.
    pub(super) fn unresolved(self) -> Arguments {
        Arguments { derivative: self.derivative, crate_path: self.crate_path, ..Arguments::default() }
    }

    fn add(&mut self, piece: &[TokenTree], errors: &mut Errors) {
        match piece {
            [TokenTree::Ident(word)] if word == "crate" => {
                errors.push(Error::new(word.span(), "`crate` has no path; write `crate = path::to::matgrad`"));
            }
            [TokenTree::Ident(name)] => self.names.push(name.clone()),
            [TokenTree::Ident(word), TokenTree::Group(group)] if group.delimiter() == Delimiter::Parenthesis => {
                self.declare(word, group, errors);
            }
            [TokenTree::Ident(word), TokenTree::Punct(equals), path @ ..] if equals.as_char() == '=' => {
                self.set(word, equals.span(), path, errors);
            }
            [TokenTree::Ident(name), TokenTree::Punct(dot), field @ ..] if dot.as_char() == '.' => {
                self.gaps = true;
                let field = field.first().map_or_else(|| "it".to_owned(), |f| format!("`{f}`"));
                let message =
                    format!("a field of `{name}` is not supported; pass {field} as a parameter of its own, and name that");
                errors.push(Error::new(dot.span(), message));
            }
            [TokenTree::Ident(name), next, ..] => {
                self.gaps = true;
                errors.push(Error::new(next.span(), format!("there is no `,` after `{name}`; put one there")));
            }
            [first, rest @ ..] => {
                self.gaps = true;
                let name = match (first, rest) {
                    (TokenTree::Literal(text), []) => Some(text.to_string().trim_matches('"').to_owned()),
                    (TokenTree::Punct(_), [TokenTree::Ident(name)]) => Some(name.to_string()),
                    _ => None,
                };
                let name = name.filter(|n| syn::parse_str::<Ident>(n).is_ok());
                let message = match name {
                    Some(name) => format!("this is not a parameter name; if the parameter is meant, write `{name}`"),
                    None => format!("this is not a parameter name; the arguments are {KNOWN}"),
                };
                errors.push(Error::new(first.span(), message));
            }
            [] => unreachable!("attribute::pieces gives no empty piece"),
        }
    }

    fn declare(&mut self, word: &Ident, group: &Group, errors: &mut Errors) {
        let Some(declaration) = Declaration::named(word) else {
            errors.push(unknown(word));
            return;
        };
        let pieces = pieces(group.stream(), errors);
        if pieces.is_empty() {
            errors.push(Error::new(word.span(), format!("`{word}` names no parameter; write `{word}(p)` or remove it")));
        }
        for piece in pieces {
            match &piece[..] {
                [TokenTree::Ident(name)] => self.declarations.push((declaration, name.clone())),
                [TokenTree::Ident(name), next, ..] => {
                    errors.push(Error::new(next.span(), format!("there is no `,` after `{name}`; put one there")));
                }
                [other, ..] => {
                    errors.push(Error::new(other.span(), format!("this is not a parameter name; write `{word}(p)`")));
                }
                [] => unreachable!("attribute::pieces gives no empty piece"),
            }
        }
    }

    fn set(&mut self, word: &Ident, equals: Span, path: &[TokenTree], errors: &mut Errors) {
        if word != "crate" {
            errors.push(unknown(word));
            return;
        }
        let span = path.first().map_or(equals, TokenTree::span);
        // Brackets are no part of a path, and reading them recurses: `,` is no part of it either.
        let flat = ungrouped(path.iter().cloned().collect()).into_iter().map(|token| match token {
            TokenTree::Group(_) => Punct::new(',', Spacing::Alone).into(),
            leaf => leaf,
        });
        match syn::Path::parse_mod_style.parse2(flat.collect()) {
            Ok(_) if self.crate_path.is_some() => {
                errors.push(Error::new(word.span(), "`crate` is given twice; remove one of them"));
            }
            Ok(path) => self.crate_path = Some(path),
            Err(_) => errors.push(Error::new(span, "this is not a path; write `crate = path::to::matgrad`")),
        }
    }
}

/// Reads the arguments, passing over those that are malformed.
pub(super) fn read(arguments: TokenStream, errors: &mut Errors) -> Attribute {
    let mut attribute = Attribute::default();
    for piece in pieces(arguments, errors) {
        attribute.add(&piece, errors);
    }
    attribute
}

/// The tokens between commas, each at least one; a comma at the end is fine.
fn pieces(tokens: TokenStream, errors: &mut Errors) -> Vec<Vec<TokenTree>> {
    let mut pieces = Vec::new();
    let mut piece = TokenStream::new();
    for token in ungrouped(tokens) {
        match &token {
            TokenTree::Punct(comma) if comma.as_char() == ',' => {
                if piece.is_empty() {
                    errors.push(Error::new(comma.span(), "there is nothing before this `,`; remove it"));
                }
                pieces.push(std::mem::take(&mut piece));
            }
            _ => piece.extend([token]),
        }
    }
    pieces.push(piece);
    pieces.into_iter().map(|p| ungrouped(p).into_iter().collect::<Vec<_>>()).filter(|p| !p.is_empty()).collect()
}

fn unknown(word: &Ident) -> Error {
    let known = Declaration::ALL.iter().map(|d| d.word()).chain(["crate"]);
    let message = match words::nearest(&word.to_string(), known) {
        Some((_, near)) => format!("no argument `{word}`; did you mean `{near}`?"),
        None => format!("no argument `{word}`; the arguments are {KNOWN}"),
    };
    Error::new(word.span(), message)
}
