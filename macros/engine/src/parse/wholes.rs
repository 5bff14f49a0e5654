//! Structs, tuples and arrays to differentiate by: their numbers and matrices are parameters of their own, *parts*, and the derivative is put
//! together from theirs, in the same type.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{Expr, Lit, Member, Type};

use super::derivative::Derivative;
use super::resolve::Arguments;
use super::signature::{Param, Signature};
use super::types::{NumForm, bare};
use crate::error::{Error, Errors};

/// Where a part stands in a parameter.
#[derive(Clone, Debug)]
pub struct Part {
    /// The parameter: `net`, `self`.
    pub root: Ident,
    /// The way to it: `.layers[0].w`.
    pub access: TokenStream,
    /// As a formula shows it.
    pub name: String,
}

/// A parameter that is made of parts.
#[derive(Clone, Debug)]
pub struct Whole {
    /// Its name: `net`, `self`.
    pub root: Ident,
    /// Its number, if it is not `self`.
    pub param: Option<usize>,
    /// Its type, without the reference.
    pub ty: Type,
    /// What it is made of.
    pub tree: Tree,
}

/// What a type is made of.
#[derive(Clone, Debug)]
pub enum Tree {
    /// The part of this number.
    Part(usize),
    /// What no derivative is taken by: it is copied.
    Kept(TokenStream),
    /// A struct, by its path.
    Struct(TokenStream, Vec<(Member, Tree)>),
    /// A tuple.
    Tuple(Vec<Tree>),
    /// An array of a length that is written.
    Array(Vec<Tree>),
}

impl Tree {
    /// The numbers of its parts, in order.
    #[must_use]
    pub fn parts(&self) -> Vec<usize> {
        match self {
            Self::Part(p) => vec![*p],
            Self::Kept(_) => Vec::new(),
            Self::Struct(_, fields) => fields.iter().flat_map(|(_, tree)| tree.parts()).collect(),
            Self::Tuple(all) | Self::Array(all) => all.iter().flat_map(Self::parts).collect(),
        }
    }
    /// A value of the type, of values of its parts; what is kept is copied from `root`.
    #[must_use]
    pub fn made(&self, root: &Ident, of: &dyn Fn(usize) -> TokenStream) -> TokenStream {
        match self {
            Self::Part(p) => of(*p),
            Self::Kept(access) => quote!(::core::clone::Clone::clone(&#root #access)),
            Self::Struct(path, fields) => {
                let fields = fields.iter().map(|(member, tree)| {
                    let value = tree.made(root, of);
                    quote!(#member: #value)
                });
                quote!(#path { #(#fields),* })
            }
            Self::Tuple(all) => {
                let values = all.iter().map(|tree| tree.made(root, of));
                quote!((#(#values,)*))
            }
            Self::Array(all) => {
                let values = all.iter().map(|tree| tree.made(root, of));
                quote!([#(#values),*])
            }
        }
    }
    /// A pattern that gives names to its parts.
    #[must_use]
    pub fn pattern(&self, of: &dyn Fn(usize) -> TokenStream) -> TokenStream {
        match self {
            Self::Part(p) => of(*p),
            Self::Kept(_) => quote!(_),
            Self::Struct(path, fields) => {
                let fields = fields.iter().map(|(member, tree)| {
                    let pattern = tree.pattern(of);
                    quote!(#member: #pattern)
                });
                quote!(#path { #(#fields),* })
            }
            Self::Tuple(all) => {
                let patterns = all.iter().map(|tree| tree.pattern(of));
                quote!((#(#patterns,)*))
            }
            Self::Array(all) => {
                let patterns = all.iter().map(|tree| tree.pattern(of));
                quote!([#(#patterns),*])
            }
        }
    }
    /// What is kept, as the ways to it.
    #[must_use]
    pub fn kept(&self) -> Vec<&TokenStream> {
        match self {
            Self::Part(_) => Vec::new(),
            Self::Kept(access) => vec![access],
            Self::Struct(_, fields) => fields.iter().flat_map(|(_, tree)| tree.kept()).collect(),
            Self::Tuple(all) | Self::Array(all) => all.iter().flat_map(Self::kept).collect(),
        }
    }
}

/// Structs of structs are followed so far.
const DEPTH: usize = 8;
/// Arrays of structs and matrices are taken apart up to this length.
const LENGTH: usize = 64;

/// Takes the parameters apart that are named in the attribute and are made of parts.
pub(super) fn take_apart(signature: &mut Signature, arguments: &mut Arguments, errors: &mut Errors) {
    let mut wrt = Vec::new();
    let mut asked: Vec<Option<usize>> = arguments.wrt.iter().map(|p| Some(*p)).collect();
    if arguments.by_self {
        // in the order named
        let before = arguments.asked.iter().take_while(|name| *name != "self").count();
        asked.insert(before.min(asked.len()), None);
    }
    for p in asked {
        let is_part = p.is_some_and(|p| signature.params[p].kind.is_some());
        match (p, is_part) {
            (Some(p), true) => wrt.push(p),
            (p, _) => match whole(signature, p) {
                Some(whole) if !whole.tree.parts().is_empty() => {
                    wrt.extend(whole.tree.parts());
                    errors.keep(supported(&whole, arguments.derivative));
                    arguments.wholes.push(whole);
                }
                // complained of where it is named
                _ => wrt.extend(p),
            },
        }
    }
    arguments.wrt = wrt;
}

/// Whether a type is one that has parts.
pub(super) fn has_parts(signature: &Signature, ty: &Type) -> bool {
    let mut trial = signature.clone();
    let root = Ident::new("whole", Span::call_site());
    let tree = Apart { signature: &mut trial, root: &root }.tree(ty, &quote!(), "", DEPTH);
    tree.is_some_and(|tree| !tree.parts().is_empty())
}

fn whole(signature: &mut Signature, p: Option<usize>) -> Option<Whole> {
    let (root, ty) = match p {
        Some(p) => {
            let param = &signature.params[p];
            (param.ident.clone(), param.value_type().clone())
        }
        None => {
            let receiver = signature.sig.receiver()?;
            let ty = signature.place.own_type()?.clone();
            (Ident::new("self", receiver.self_token.span), ty)
        }
    };
    let name = root.to_string();
    let tree = Apart { signature, root: &root }.tree(&ty, &quote!(), &name, DEPTH)?;
    Some(Whole { root, param: p, ty, tree })
}

/// Second derivatives and Jacobians have no type of the same form.
fn supported(whole: &Whole, derivative: Derivative) -> Result<(), Error> {
    if !matches!(derivative, Derivative::Jacobian | Derivative::Hessian) {
        return Ok(());
    }
    let message = format!(
        "`{}` by a struct or a tuple is not supported, since its entries are matrices; take the parts of `{}` as parameters of their own, or write \
         `#[jvp]`, `#[vjp]` or `#[hvp]`",
        derivative.attribute(),
        whole.root
    );
    Err(Error::new(whole.root.span(), message))
}

struct Apart<'a> {
    signature: &'a mut Signature,
    root: &'a Ident,
}

impl Apart<'_> {
    fn tree(&mut self, ty: &Type, access: &TokenStream, name: &str, left: usize) -> Option<Tree> {
        let left = left.checked_sub(1)?;
        let written = bare(ty);
        let top = access.is_empty();
        if !top && let Some(kind) = self.signature.reader_of_parts().read_listed(written).ok() {
            // a matrix of borrowed entries has no derivative of the same type
            let view = matches!(kind.form, NumForm::Matrix { view: true, .. });
            if view || matches!(written, Type::Reference(_)) {
                return Some(Tree::Kept(access.clone()));
            }
            return Some(Tree::Part(self.part(written, access, name)));
        }
        let plain = self.signature.place.plain(written);
        if matches!(written, Type::Reference(_)) && !top {
            return Some(Tree::Kept(access.clone()));
        }
        match &plain {
            Type::Tuple(tuple) => {
                let all = tuple.elems.iter().enumerate().map(|(i, ty)| {
                    let at = syn::Index::from(i);
                    self.tree(ty, &quote!(#access.#at), &format!("{name}.{i}"), left)
                });
                Some(Tree::Tuple(all.collect::<Option<_>>()?))
            }
            Type::Array(array) => {
                let Expr::Lit(syn::ExprLit { lit: Lit::Int(n), .. }) = &array.len else {
                    return Some(Tree::Kept(access.clone()));
                };
                let n: usize = n.base10_parse().ok().filter(|n| *n <= LENGTH)?;
                let all = (0..n).map(|i| {
                    let at = proc_macro2::Literal::usize_unsuffixed(i);
                    self.tree(&array.elem, &quote!(#access[#at]), &format!("{name}[{i}]"), left)
                });
                Some(Tree::Array(all.collect::<Option<_>>()?))
            }
            Type::Path(path) => match self.signature.place.structure(&plain) {
                Some(structure) if self.signature.place.can_make(&structure) => {
                    let mut path = path.path.clone();
                    path.segments.iter_mut().for_each(|s| s.arguments = syn::PathArguments::None);
                    let fields = structure.fields.iter().map(|(member, ty)| {
                        let (dot, text) = (quote!(#access.#member), member.to_token_stream());
                        Some((member.clone(), self.tree(ty, &dot, &format!("{name}.{text}"), left)?))
                    });
                    let fields = fields.collect::<Option<_>>()?;
                    Some(Tree::Struct(path.to_token_stream(), fields))
                }
                _ => Some(Tree::Kept(access.clone())),
            },
            _ => Some(Tree::Kept(access.clone())),
        }
    }

    /// A new parameter for a part.
    fn part(&mut self, ty: &Type, access: &TokenStream, name: &str) -> usize {
        let number = self.signature.params.len();
        let kind = self.signature.reader_of_parts().read_listed(ty).ok();
        let is_number = matches!(&kind, Some(kind) if kind.form == NumForm::Scalar);
        let stem: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
        let stem = format!("__{}", stem.trim_end_matches('_'));
        let taken = |name: &str| self.signature.params.iter().any(|param| param.ident == name);
        let numbered = (2..).map(|i| format!("{stem}_{i}"));
        let ident = std::iter::once(stem.clone()).chain(numbered).find(|name| !taken(name)).unwrap_or(stem);
        self.signature.params.push(Param {
            ident: Ident::new(&ident, Span::mixed_site()),
            pat_ok: true,
            ty: if is_number { ty.clone() } else { syn::parse_quote!(&#ty) },
            by_ref: !is_number,
            kind,
            span: self.root.span(),
            part: Some(Part { root: self.root.clone(), access: access.clone(), name: name.to_owned() }),
        });
        number
    }
}
