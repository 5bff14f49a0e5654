//! The parameters of a function as fields of a struct.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};

use crate::emit;
use crate::error::{Error, Errors};
use crate::parse::{Input, NumForm, Param, ScalarType};

/// A parameter.
pub(super) struct Field {
    pub(super) name: Ident,
    /// What the struct holds: of a parameter to optimise the owned type, of another what the function takes.
    pub(super) ty: TokenStream,
    /// Whether it is optimised.
    pub(super) active: bool,
    /// Whether it is a number.
    pub(super) scalar: bool,
    pub(super) by_ref: bool,
}

/// All parameters, in the order of the function.
pub(super) struct Fields {
    pub(super) all: Vec<Field>,
    /// Those that are optimised, in the order asked for.
    pub(super) active: Vec<usize>,
    /// `<'problem>`, if something is borrowed.
    pub(super) lifetime: Option<TokenStream>,
    /// `f32` or `f64`.
    pub(super) scalar: TokenStream,
    /// `FitProblem` of `fit`.
    pub(super) name: Ident,
}

impl Fields {
    /// # Errors
    /// What a struct cannot hold.
    pub(super) fn of(input: &Input) -> Result<Self, Errors> {
        let (signature, mut errors) = (&input.signature, Errors::default());
        let ident = &signature.sig.ident;
        if signature.receiver {
            errors.push(Error::new(
                ident.span(),
                "`#[problem]` on a method is not supported, since a struct cannot stand in an `impl`; make it a function",
            ));
        }
        if !signature.sig.generics.params.is_empty() || matches!(signature.scalar, Some(ScalarType::Generic(_)) | None) {
            let message = "`#[problem]` on a generic function is not supported; write one for the types that are optimised";
            errors.push(Error::new(ident.span(), message));
        }
        let paths = emit::paths(signature, input.arguments.crate_path.as_ref());
        let mut borrows = false;
        let mut all = Vec::new();
        for (i, param) in signature.params.iter().enumerate() {
            let active = input.arguments.wrt.contains(&i);
            if let Err(error) = holdable(param, active) {
                errors.push(error);
                continue;
            }
            let ty = if active { emit::owned_type(param, &paths) } else { borrowed(param.ty.to_token_stream(), &mut borrows) };
            let scalar = matches!(&param.kind, Some(ty) if ty.form == NumForm::Scalar && ty.list.is_none());
            all.push(Field { name: param.ident.clone(), ty, active, scalar, by_ref: param.by_ref });
        }
        let lifetime = borrows.then(|| quote!(<'problem>));
        let name = Ident::new(&format!("{}Problem", camel(&ident.to_string())), ident.span());
        let (active, scalar) = (input.arguments.wrt.clone(), paths.scalar_type());
        errors.barrier(Self { all, active, lifetime, scalar, name })
    }
    /// Those that are optimised, in the order asked for.
    pub(super) fn optimised(&self) -> impl Iterator<Item = &Field> {
        self.active.iter().map(|i| &self.all[*i])
    }
    /// The arguments of a companion: what is optimised from local variables, the rest from fields.
    pub(super) fn call(&self) -> Vec<TokenStream> {
        let argument = |field: &Field| {
            let name = &field.name;
            match (field.active, field.by_ref) {
                (true, true) => quote!(&#name),
                (true, false) => quote!(#name),
                (false, _) => quote!(::core::clone::Clone::clone(&self.#name)),
            }
        };
        self.all.iter().map(argument).collect()
    }
}

/// Whether a struct can hold a parameter.
fn holdable(param: &Param, active: bool) -> Result<(), Error> {
    let name = &param.ident;
    if !param.pat_ok {
        return Err(Error::new(param.span, "a parameter of a `#[problem]` needs a name, which its field has; write one"));
    }
    let text = param.ty.to_token_stream().to_string();
    if text.contains("& mut") || text.split(|c: char| !c.is_alphanumeric()).any(|word| word == "impl") {
        let message = format!("a struct cannot hold `{name}`; take it as `&` of a named type");
        return Err(Error::on(&param.ty, message));
    }
    let view = param.is_view();
    if view && active {
        let message =
            format!("`{name}` is optimised, and a view owns no entries; take it as `&DVector<_>` or another type that owns them");
        return Err(Error::on(&param.ty, message));
    }
    if view && !text.contains('\'') {
        let message = format!(
            "a struct that holds `{name}` has to say how long it is borrowed; write the lifetime, as in `DVectorView<'_, f64>`"
        );
        return Err(Error::on(&param.ty, message));
    }
    let several = matches!(&param.kind, Some(ty) if ty.list.is_some() && ty.form != NumForm::Scalar);
    if active && several {
        let message =
            format!("`{name}` is a list of matrices, which `#[problem]` does not pack; take one matrix with a column for each");
        return Err(Error::on(&param.ty, message));
    }
    Ok(())
}

/// A type with a lifetime where one was left out, and whether there is one.
fn borrowed(ty: TokenStream, borrows: &mut bool) -> TokenStream {
    let mut out = TokenStream::new();
    let mut trees = ty.into_iter().peekable();
    while let Some(tree) = trees.next() {
        match tree {
            TokenTree::Group(group) => {
                let inside = borrowed(group.stream(), borrows);
                let mut again = proc_macro2::Group::new(group.delimiter(), inside);
                again.set_span(group.span());
                out.extend([TokenTree::Group(again)]);
            }
            TokenTree::Punct(p) if p.as_char() == '&' => {
                let named = matches!(trees.peek(), Some(TokenTree::Punct(quote)) if quote.as_char() == '\'');
                out.extend([TokenTree::Punct(p)]);
                if !named {
                    *borrows = true;
                    out.extend(quote!('problem));
                }
            }
            TokenTree::Punct(p) if p.as_char() == '\'' && matches!(trees.peek(), Some(TokenTree::Ident(name)) if name == "_") => {
                trees.next();
                *borrows = true;
                out.extend(quote!('problem));
            }
            other => out.extend([other]),
        }
    }
    out
}

/// `LeastSquares` of `least_squares`.
fn camel(name: &str) -> String {
    let words = name.trim_start_matches("r#").split('_').filter(|word| !word.is_empty());
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    words.map(capital).collect()
}

/// A name of ours.
pub(super) fn local(name: &str) -> Ident {
    Ident::new(&format!("__matgrad_{name}"), Span::mixed_site())
}
