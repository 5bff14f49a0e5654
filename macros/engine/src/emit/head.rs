//! The heads of companions: their names, parameters and results.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::names::Names;
use super::paths::Paths;
use super::results::{self, Companion, Like};
use super::wholes;
use crate::parse::{Arguments, Derivative, NumForm, NumType, Param, ScalarType, Signature};

/// The head of a companion: the function's, with another name and result. `pullback_owns`: whether a pullback borrows nothing; `buffers`: the parameters that
/// derivatives are written to.
pub(super) fn head(
    of: &Signature,
    companion: Companion,
    arguments: &Arguments,
    pullback_owns: bool,
    buffers: &[Ident],
    paths: &Paths,
) -> TokenStream {
    let mut sig = of.sig.clone();
    sig.ident = format_ident!("{}_{}", of.sig.ident, companion.name, span = of.sig.ident.span());
    sig.output = syn::ReturnType::Default;
    let whole_of = |p: usize| arguments.wholes.iter().find(|whole| whole.tree.parts().contains(&p));
    for (buffer, like) in buffers.iter().zip(results::likes(companion, arguments)) {
        match like {
            Like::Param(p) if of.params[p].part.is_some() => {
                if let Some(whole) = whole_of(p).filter(|whole| whole.tree.parts().first() == Some(&p)) {
                    let (into, ty) = (wholes::beside(whole, results::suffix(arguments.derivative), of), wholes::type_of(whole));
                    sig.inputs.push(typed(&into, quote!(&mut #ty)));
                }
            }
            _ => {
                let ty = results::buffer_type(like, of, paths);
                sig.inputs.push(typed(buffer, quote!(&mut #ty)));
            }
        }
    }
    let output = output(of, companion, arguments, pullback_owns, paths);
    let (vis, where_clause) = (&of.vis, sig.generics.where_clause.take());
    quote!(#vis #sig #output #where_clause)
}

fn typed(name: &Ident, ty: TokenStream) -> syn::FnArg {
    let pat = syn::PatIdent { attrs: Vec::new(), by_ref: None, mutability: None, ident: name.clone(), subpat: None };
    syn::FnArg::Typed(syn::PatType {
        attrs: Vec::new(),
        pat: Box::new(pat.into()),
        colon_token: <syn::Token![:]>::default(),
        ty: Box::new(syn::Type::Verbatim(ty)),
    })
}

/// Names of the parameters that derivatives are written to: `w_gradient` for `w`, and no name that another parameter has.
pub(super) fn buffers(of: &Signature, companion: Companion, arguments: &Arguments) -> Vec<Ident> {
    let inputs = &of.sig.inputs;
    let mut names = Names::new([quote!(#inputs)]);
    let likes = results::likes(companion, arguments).into_iter().filter(|_| companion.into);
    likes.map(|like| names.fresh(&results::buffer(like, arguments, of))).collect()
}

/// Names of the parameters that say where others move: `w_tangent` for `w`.
pub fn directions(of: &Signature, arguments: &Arguments) -> Vec<Ident> {
    let Some(suffix) = arguments.derivative.direction() else { return Vec::new() };
    let inputs = &of.sig.inputs;
    let mut names = Names::new([quote!(#inputs)]);
    let params = arguments.wrt.iter().map(|p| &of.params[*p]);
    params
        .map(|param| match &param.part {
            Some(_) => format_ident!("{}_{suffix}", param.ident, span = param.ident.span()),
            None => names.fresh(&format!("{}_{suffix}", param.ident.to_string().trim_start_matches("r#"))),
        })
        .collect()
}

/// The signature with the parameters that say where others move.
pub(super) fn with_directions(of: &Signature, arguments: &Arguments) -> Signature {
    let mut with = of.clone();
    let paths = paths(of, arguments.crate_path.as_ref());
    let suffix = arguments.derivative.direction().unwrap_or_default();
    for (name, p) in directions(of, arguments).into_iter().zip(&arguments.wrt) {
        let param = &of.params[*p];
        if let Some(whole) = arguments.wholes.iter().find(|whole| whole.tree.parts().contains(p)) {
            if whole.tree.parts().first() == Some(p) {
                let ty = wholes::type_of(whole);
                with.sig.inputs.push(typed(&wholes::beside(whole, suffix, of), quote!(&#ty)));
            }
            with.params.push(wholes::part_beside(param, &wholes::beside(whole, suffix, of), suffix));
            continue;
        }
        let by_ref = !matches!(&param.kind, Some(ty) if ty.form == NumForm::Scalar);
        let ty = if by_ref {
            let ty = results::buffer_type(Like::Param(*p), of, &paths);
            quote!(&#ty)
        } else {
            results::owned_type(param, &paths)
        };
        with.sig.inputs.push(typed(&name, ty.clone()));
        let kind = param.kind.clone().map(NumType::owned);
        with.params.push(Param {
            pat_ok: true,
            span: name.span(),
            ident: name,
            ty: syn::Type::Verbatim(ty),
            by_ref,
            kind,
            part: None,
        });
    }
    if arguments.derivative == Derivative::Vjp {
        let kind = results::num_type(Like::Value, of).map(NumType::owned);
        let by_ref = !matches!(&kind, Some(ty) if ty.form == NumForm::Scalar);
        let (name, ty) = (cotangent(of), syn::Type::Verbatim(cotangent_type(of, &paths)));
        with.params.push(Param { pat_ok: true, span: name.span(), ident: name, ty, by_ref, kind, part: None });
    }
    with
}

/// What a pullback calls its argument.
pub fn cotangent(of: &Signature) -> Ident {
    let inputs = &of.sig.inputs;
    Names::new([quote!(#inputs)]).fresh("cotangent")
}

pub(crate) fn paths(signature: &Signature, root: Option<&syn::Path>) -> Paths {
    let root = root.map_or_else(|| quote!(::matgrad), |path| quote!(#path));
    let scalar = signature.scalar.clone().unwrap_or(ScalarType::F64);
    let spelt = match &scalar {
        ScalarType::Generic(t) => quote!(#t),
        float => signature.primitive(&float.to_string()),
    };
    Paths { root, scalar, spelt }
}

/// A companion's result, with its arrow.
fn output(signature: &Signature, companion: Companion, arguments: &Arguments, pullback_owns: bool, paths: &Paths) -> TokenStream {
    let spelled = |like: Like| results::spelled(like, signature, paths);
    let parts = results::likes(companion, arguments).into_iter().map(spelled).collect();
    let derivatives = results::grouped(companion, arguments, parts, &|whole, _| wholes::type_of(whole));
    let option = signature.value_type().is_some_and(|v| v.1);
    let value = spelled(Like::Value);
    let all = match (companion.with_value, companion.into) {
        _ if arguments.derivative == Derivative::Vjp => {
            let (pullback, argument) = (&derivatives[0], cotangent_type(signature, paths));
            let whole_life = pullback_owns.then(|| quote!(+ 'static));
            quote!((#value, impl ::core::ops::Fn(#argument) -> #pullback #whole_life))
        }
        (true, false) => quote!((#value, #(#derivatives),*)),
        (false, false) => results::tuple(&derivatives),
        (true, true) => value,
        (false, true) if option => quote!(()),
        (false, true) => return TokenStream::new(),
    };
    if option { quote!(-> ::core::option::Option<#all>) } else { quote!(-> #all) }
}

/// What a pullback takes: a cotangent, of the type of the result, by reference unless it is a number.
pub(super) fn cotangent_type(signature: &Signature, paths: &Paths) -> TokenStream {
    let is_matrix = matches!(results::num_type(Like::Value, signature), Some(ty) if ty.form != NumForm::Scalar);
    if is_matrix {
        let ty = results::buffer_type(Like::Value, signature, paths);
        quote!(&#ty)
    } else {
        results::spelled(Like::Value, signature, paths)
    }
}

/// What `counts_as_used` says, so that companions do not take it over.
const USED: &str = "its companions may be all that is called";

/// Before the function: no complaint that it is never used, where its companions are. They cannot name it themselves, as nobody
/// tells the macro whether it stands in an `impl`.
pub fn counts_as_used() -> TokenStream {
    quote!(#[allow(dead_code, reason = #USED)])
}

/// The same as text.
#[cfg(feature = "source")]
pub(crate) fn counts_as_used_text() -> String {
    format!("#[allow(dead_code, reason = {USED:?})]")
}

/// Attributes of the function that its companions need as well.
pub(super) fn inherited(attrs: &[syn::Attribute]) -> TokenStream {
    // inner ones stand before the companion
    let metas = attrs.iter().filter(|a| !is_ours(a)).filter_map(|a| inherited_meta(&a.meta));
    metas.map(|meta| quote!(#[#meta])).collect()
}

fn inherited_meta(meta: &syn::Meta) -> Option<TokenStream> {
    let wanted = ["cfg", "allow", "inline", "deprecated", "track_caller"];
    if wanted.iter().any(|w| meta.path().is_ident(w)) {
        return Some(meta.to_token_stream());
    }
    let arguments = meta.path().is_ident("cfg_attr").then(|| crate::parse::conditions::arguments(meta)).flatten()?;
    let condition = arguments.first()?;
    let inner: Vec<TokenStream> = arguments.iter().skip(1).filter_map(inherited_meta).collect();
    (!inner.is_empty()).then(|| quote!(cfg_attr(#condition, #(#inner),*)))
}

/// Whether another of our attributes, which stood before this one, put it there.
fn is_ours(attribute: &syn::Attribute) -> bool {
    attribute.to_token_stream().to_string().contains(USED)
}
