//! The head of the function: its parameters and its result.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::spanned::Spanned;
use syn::{Attribute, FnArg, GenericArgument, Ident, Pat, PatType, PathArguments, ReturnType, Type, Visibility};

use super::resolve::Arguments;
use super::types::{NumForm, NumType, Reader, ScalarType, Unread, bare, path};
use super::wholes::Part;
use crate::around::Place;

/// The head of a function, and what its types mean.
#[derive(Clone, Debug)]
pub struct Signature {
    /// All of the function's.
    pub attrs: Vec<Attribute>,
    /// As written.
    pub vis: Visibility,
    /// As written.
    pub sig: syn::Signature,
    /// Whether it is a method, with `self`.
    pub receiver: bool,
    /// The one floating-point type of the result and of the parameters to differentiate by.
    pub scalar: Option<ScalarType>,
    /// The parameters in order, without `self`.
    pub params: Vec<Param>,
    /// The result.
    pub output: Output,
    /// What stands around it.
    pub place: Place,
}

/// A parameter with a type.
#[derive(Clone, Debug)]
pub struct Param {
    /// Its name; one made up if it has none.
    pub ident: Ident,
    /// Whether it has a name: the pattern is `x` or `mut x`.
    pub pat_ok: bool,
    /// As written.
    pub ty: Type,
    /// Whether it is taken by reference.
    pub by_ref: bool,
    /// What its type means. Parameters of other types, mutable ones among them, are inactive.
    pub kind: Option<NumType>,
    /// Its pattern.
    pub span: Span,
    /// Where it stands in another, if it is a part of one: it has a name of ours then.
    pub part: Option<Part>,
}

/// The result of a function.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Output {
    /// A type that we know.
    Num {
        /// The type, without `Option`.
        ty: NumType,
        /// Whether it stands in an `Option`.
        option: bool,
    },
    /// Nothing, or a type that we do not know.
    Unknown,
}

impl Signature {
    pub(crate) fn read(attrs: Vec<Attribute>, vis: Visibility, sig: syn::Signature, place: Place) -> Self {
        let typed = |a: &FnArg| matches!(a, FnArg::Typed(_));
        let mut signature = Self {
            attrs,
            vis,
            receiver: sig.inputs.iter().any(|a| !typed(a)),
            scalar: None,
            params: Vec::new(),
            output: Output::Unknown,
            place,
            sig,
        };
        signature.read_types(&[]);
        // `t: T` of an `impl<T: RealField>` is a scalar where a matrix of `T` stands beside it.
        let scalars = signature.trusted_scalars();
        if !scalars.is_empty() {
            signature.read_types(&scalars);
        }
        signature
    }

    /// The head of a function that is read where it is called.
    pub(crate) fn of_helper(sig: syn::Signature, place: Place) -> Self {
        Self::read(Vec::new(), Visibility::Inherited, sig, place)
    }
    /// Parameters of these types.
    pub(crate) fn of_types(generics: syn::Generics, params: &[(Pat, Type)], place: Place) -> Self {
        let mut sig: syn::Signature = syn::parse_quote!(fn helper());
        sig.generics = generics;
        sig.inputs = params
            .iter()
            .map(|(pat, ty)| {
                let (pat, ty) = (Box::new(pat.clone()), Box::new(ty.clone()));
                FnArg::Typed(PatType { attrs: Vec::new(), pat, colon_token: <syn::Token![:]>::default(), ty })
            })
            .collect();
        Self::of_helper(sig, place)
    }

    /// The type of numbers that a type in the body spells: `_` as a scalar is that of the function.
    #[must_use]
    pub fn read_type(&self, ty: &Type) -> Option<NumType> {
        self.reader(&self.trusted_scalars(), self.scalar.as_ref()).read(ty).ok()
    }

    /// Whether a name is a const parameter of the function; any other is a constant, or a parameter from around it.
    pub(crate) fn is_own_const(&self, name: &Ident) -> bool {
        self.sig.generics.const_params().any(|p| p.ident == *name)
    }

    /// The type of the value as written, without `Option`, and whether it stands in one. None if there is none.
    #[must_use]
    pub fn value_type(&self) -> Option<(&Type, bool)> {
        match &self.sig.output {
            ReturnType::Default => None,
            ReturnType::Type(_, ty) => Some(inside_option(ty).map_or((&**ty, false), |inner| (inner, true))),
        }
    }

    /// A primitive type as generated code spells it: by its path where the function does so too, since its name may mean something else.
    pub(crate) fn primitive(&self, name: &str) -> TokenStream {
        let name = Ident::new(name, Span::call_site());
        if self.spells_paths() { quote!(::core::primitive::#name) } else { quote!(#name) }
    }
    fn spells_paths(&self) -> bool {
        let inputs = self.sig.inputs.iter().filter_map(|a| match a {
            FnArg::Typed(typed) => Some(typed.ty.to_token_stream()),
            FnArg::Receiver(_) => None,
        });
        let output = self.sig.output.to_token_stream();
        let mut tokens: Vec<TokenStream> = inputs.chain([output]).collect();
        while let Some(inside) = tokens.pop() {
            for tree in inside {
                match tree {
                    TokenTree::Ident(name) if name == "primitive" => return true,
                    TokenTree::Group(group) => tokens.push(group.stream()),
                    _ => {}
                }
            }
        }
        false
    }

    /// Why a type is none of ours, if it is not.
    pub(super) fn unread(&self, ty: &Type) -> Option<Unread> {
        self.reader(&self.trusted_scalars(), None).read_listed(ty).err()
    }

    /// The scalar of the result, or else of what is differentiated by, or else of any parameter.
    pub(super) fn settle_scalar(&mut self, arguments: &Arguments) {
        let output = match &self.output {
            Output::Num { ty, .. } => Some(ty),
            Output::Unknown => None,
        };
        let wrt = arguments.wrt.iter().filter_map(|i| self.params[*i].kind.as_ref());
        let params = self.params.iter().filter_map(|p| p.kind.as_ref());
        self.scalar = output.into_iter().chain(wrt).chain(params).next().map(|ty| ty.scalar.clone());
    }

    fn read_types(&mut self, scalars: &[Ident]) {
        let reader = self.reader(scalars, None);
        let typed = self.sig.inputs.iter().filter_map(|a| match a {
            FnArg::Typed(typed) => Some(typed),
            FnArg::Receiver(_) => None,
        });
        let params = typed.enumerate().map(|(i, typed)| Param::read(i, typed, reader)).collect();
        let output = self.value_type().and_then(|(ty, option)| Some(Output::Num { ty: reader.read_listed(ty).ok()?, option }));
        self.params = params;
        self.output = output.unwrap_or(Output::Unknown);
    }

    /// Reads the types of what parameters are made of.
    pub(super) fn reader_of_parts(&self) -> Reader<'_> {
        self.reader(&[], None)
    }
    fn reader<'a>(&'a self, scalars: &'a [Ident], inferred: Option<&'a ScalarType>) -> Reader<'a> {
        Reader { generics: &self.sig.generics, scalars, inferred, place: Some(&self.place) }
    }

    /// Names from around the function that are scalars because a matrix has them as entries.
    fn trusted_scalars(&self) -> Vec<Ident> {
        let output = match &self.output {
            Output::Num { ty, .. } => Some(ty),
            Output::Unknown => None,
        };
        let types = self.params.iter().filter_map(|p| p.kind.as_ref()).chain(output);
        types
            .filter_map(|ty| match (&ty.scalar, &ty.form) {
                (ScalarType::Generic(name), NumForm::Matrix { .. }) => Some(name.clone()),
                _ => None,
            })
            .collect()
    }
}

impl Param {
    /// As formulas and messages call it.
    #[must_use]
    pub fn name(&self) -> String {
        self.part.as_ref().map_or_else(|| self.ident.to_string(), |part| part.name.clone())
    }
    /// Whether it is a view, whose entries may lie apart.
    #[must_use]
    pub fn is_view(&self) -> bool {
        matches!(&self.kind, Some(ty) if matches!(ty.form, NumForm::Matrix { view: true, .. }))
    }
    /// The type as written, without the reference.
    #[must_use]
    pub fn value_type(&self) -> &Type {
        match bare(&self.ty) {
            Type::Reference(reference) => bare(&reference.elem),
            ty => ty,
        }
    }

    fn read(index: usize, typed: &PatType, reader: Reader<'_>) -> Self {
        let name = match &*typed.pat {
            Pat::Ident(p) if p.by_ref.is_none() && p.subpat.is_none() => Some(p.ident.clone()),
            _ => None,
        };
        let mut param = Self {
            pat_ok: name.is_some(),
            span: name.as_ref().map_or_else(|| typed.pat.span(), Ident::span),
            ident: name.unwrap_or_else(|| format_ident!("__matgrad_param_{index}", span = Span::mixed_site())),
            ty: (*typed.ty).clone(),
            by_ref: matches!(bare(&typed.ty), Type::Reference(_)),
            kind: None,
            part: None,
        };
        if !param.is_nested() {
            param.kind = reader.read_listed(&typed.ty).ok();
        }
        param
    }

    /// Whether the type is a reference to a reference.
    pub(super) fn is_nested(&self) -> bool {
        self.by_ref && matches!(self.value_type(), Type::Reference(_))
    }
}

/// `T` of `Option<T>`.
fn inside_option(ty: &Type) -> Option<&Type> {
    let last = path(bare(ty))?.segments.last().filter(|s| s.ident == "Option")?;
    let PathArguments::AngleBracketed(brackets) = &last.arguments else { return None };
    match brackets.args.first()? {
        GenericArgument::Type(inner) if brackets.args.len() == 1 => Some(inner),
        _ => None,
    }
}
