//! The names in the attribute, as parameters of the function.

use proc_macro2::Ident;
use syn::visit::{self, Visit};
use syn::{FnArg, PatIdent};

use super::attribute::{Attribute, Declaration};
use super::derivative::Derivative;
use super::fence;
use super::signature::Signature;
use super::wholes::Whole;
use super::words;
use crate::error::{Error, Errors};
use crate::ir::Promises;

/// What the attribute asks for. Numbers are positions in [`Signature::params`].
#[derive(Clone, Default, Debug)]
pub struct Arguments {
    /// Which derivative.
    pub derivative: Derivative,
    /// What to differentiate by, in the order named: every parameter of a floating-point type if none is named.
    pub wrt: Vec<usize>,
    /// Parameters declared symmetric, among them those declared symmetric positive definite or diagonal.
    pub symmetric: Vec<usize>,
    /// Parameters declared symmetric positive definite.
    pub spd: Vec<usize>,
    /// Parameters declared diagonal.
    pub diagonal: Vec<usize>,
    /// Parameters declared lower triangular.
    pub lower_triangular: Vec<usize>,
    /// Parameters declared orthogonal.
    pub orthogonal: Vec<usize>,
    /// Parameters that are made of others, which are among those to differentiate by, one after the other.
    pub wholes: Vec<Whole>,
    /// Whether `self` is to be differentiated by.
    pub(super) by_self: bool,
    /// The names in the attribute, as they stand there.
    pub asked: Vec<Ident>,
    /// Where `matgrad` is to be found.
    pub crate_path: Option<syn::Path>,
}

/// Finds the parameters of an attribute.
pub(super) fn arguments(mut attribute: Attribute, signature: &Signature, errors: &mut Errors) -> Arguments {
    let names = std::mem::take(&mut attribute.names);
    let declarations = std::mem::take(&mut attribute.declarations);
    let all = names.is_empty() && !attribute.gaps;
    let mut arguments = attribute.unresolved();
    arguments.by_self = signature.place.own_type().is_some() && signature.receiver && names.iter().any(|name| name == "self");
    arguments.wrt = if all { fence::every(signature, errors) } else { named(&names, signature, errors) };
    arguments.asked = names;
    for (declaration, name) in declarations {
        arguments.declare(declaration, &name, signature, errors);
    }
    for index in arguments.spd.iter().chain(&arguments.diagonal).copied().collect::<Vec<_>>() {
        add(index, &mut arguments.symmetric);
    }
    arguments
}

impl Arguments {
    /// What is promised about parameters.
    #[must_use]
    pub fn promises(&self) -> Promises {
        Promises {
            symmetric: self.symmetric.clone(),
            diagonal: self.diagonal.clone(),
            lower_triangular: self.lower_triangular.clone(),
            orthogonal: self.orthogonal.clone(),
        }
    }
    /// The names of what is differentiated by, those of structs whole.
    pub(crate) fn names(&self, signature: &Signature) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for param in self.wrt.iter().map(|p| &signature.params[*p]) {
            let name = param.part.as_ref().map_or(&param.ident, |part| &part.root).to_string();
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }
    fn declare(&mut self, declaration: Declaration, name: &Ident, signature: &Signature, errors: &mut Errors) {
        let list = match declaration {
            Declaration::Symmetric => &mut self.symmetric,
            Declaration::Spd => &mut self.spd,
            Declaration::Diagonal => &mut self.diagonal,
            Declaration::LowerTriangular => &mut self.lower_triangular,
            Declaration::Orthogonal => &mut self.orthogonal,
        };
        let error = match find(name, signature) {
            Ok(index) if list.contains(&index) => {
                let word = declaration.word();
                Some(Error::new(name.span(), format!("`{name}` is declared `{word}` twice; remove one of them")))
            }
            Ok(index) => {
                list.push(index);
                let fits = fence::declared(signature, index, declaration, name);
                fits.and_then(|()| fence::together(self, index, name)).err()
            }
            Err(_) => Some(missing(name, signature)),
        };
        note(error, errors);
    }
}

/// The parameters named to be differentiated by; a misspelt name counts as the one it resembles.
fn named(names: &[Ident], signature: &Signature, errors: &mut Errors) -> Vec<usize> {
    let mut wrt = Vec::new();
    for (i, name) in names.iter().enumerate() {
        if name == "self" && fence::self_has_parts(signature) {
            continue;
        }
        let found = find(name, signature);
        let error = match found {
            Ok(_) if names[..i].contains(name) => {
                Some(Error::new(name.span(), format!("`{name}` is named twice; remove one of them")))
            }
            Ok(index) => fence::named(signature, index, name).err(),
            Err(_) => Some(missing(name, signature)),
        };
        note(error, errors);
        if let Ok(index) | Err(Some(index)) = found {
            add(index, &mut wrt);
        }
    }
    wrt
}

fn add(index: usize, list: &mut Vec<usize>) {
    if !list.contains(&index) {
        list.push(index);
    }
}

/// Notes an error, unless the same mistake has been met on another way.
fn note(error: Option<Error>, errors: &mut Errors) {
    if let Some(error) = error.filter(|e| errors.as_slice().iter().all(|known| known.message != e.message)) {
        errors.push(error);
    }
}

/// The parameter of this name; failing that, the one most like it.
fn find(name: &Ident, signature: &Signature) -> Result<usize, Option<usize>> {
    let (positions, names) = candidates(signature);
    match names.iter().position(|n| name == n) {
        Some(i) => Ok(positions[i]),
        None => Err(words::nearest(&name.to_string(), &names).map(|(i, _)| positions[i])),
    }
}

/// Why there is no parameter of this name.
fn missing(name: &Ident, signature: &Signature) -> Error {
    let (_, names) = candidates(signature);
    let message = if name == "self" {
        "`self` is not supported here; pass the field to differentiate by as a parameter".to_owned()
    } else if is_bound_in_pattern(name, signature) {
        format!("`{name}` is part of a pattern, which is not supported; name the parameter and destructure it in the body")
    } else if Declaration::named(name).is_some() {
        format!("`{name}` names no parameter; write `{name}(p)`")
    } else if let Some((_, near)) = words::nearest(&name.to_string(), &names) {
        format!("no parameter `{name}`; did you mean `{near}`?")
    } else {
        match &names[..] {
            [] => format!("no parameter `{name}`; `{}` has none", signature.sig.ident),
            [only] => format!("no parameter `{name}`; the only one is `{only}`"),
            _ => format!("no parameter `{name}`; the parameters are {}", words::listed(&names)),
        }
    };
    Error::new(name.span(), message)
}

/// The parameters that have a name, and their names.
fn candidates(signature: &Signature) -> (Vec<usize>, Vec<String>) {
    let named = signature.params.iter().enumerate().filter(|(_, p)| p.pat_ok);
    named.map(|(i, p)| (i, p.ident.to_string())).unzip()
}

fn is_bound_in_pattern(name: &Ident, signature: &Signature) -> bool {
    struct Search<'a>(&'a Ident, bool);
    impl<'ast> Visit<'ast> for Search<'_> {
        fn visit_pat_ident(&mut self, pattern: &'ast PatIdent) {
            self.1 |= pattern.ident == *self.0;
            visit::visit_pat_ident(self, pattern);
        }
    }
    let mut search = Search(name, false);
    for input in &signature.sig.inputs {
        if let FnArg::Typed(typed) = input {
            search.visit_pat(&typed.pat);
        }
    }
    search.1
}
