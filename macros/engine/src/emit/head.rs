//! The heads of companions: their names, parameters and results.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::names::Names;
use super::paths::Paths;
use crate::parse::{NumForm, NumType, Param, ScalarType, Signature, TypeDim};

/// One of the companions of a function.
#[derive(Clone, Copy)]
pub(super) struct Companion {
    /// Whether it returns the value too.
    pub(super) with_value: bool,
    /// Whether gradients are written to where the caller wants them.
    pub(super) into: bool,
}

impl Companion {
    /// All that `#[grad]` promises.
    pub(super) const ALL: [Self; 4] = [
        Self { with_value: false, into: false },
        Self { with_value: true, into: false },
        Self { with_value: false, into: true },
        Self { with_value: true, into: true },
    ];

    fn name(self) -> &'static str {
        match (self.with_value, self.into) {
            (false, false) => "grad",
            (true, false) => "value_and_grad",
            (false, true) => "grad_into",
            (true, true) => "value_and_grad_into",
        }
    }
}

/// The head of a companion: the function's, with another name and result. `buffers`: the parameters that gradients are written to.
pub(super) fn head(of: &Signature, companion: Companion, wrt: &[usize], buffers: &[Ident], paths: &Paths) -> TokenStream {
    let mut sig = of.sig.clone();
    sig.ident = format_ident!("{}_{}", of.sig.ident, companion.name(), span = of.sig.ident.span());
    sig.output = syn::ReturnType::Default;
    for (buffer, p) in buffers.iter().zip(wrt) {
        let ty = gradient_type(&of.params[*p], paths);
        let ty = syn::Type::Verbatim(quote!(&mut #ty));
        let pat = syn::PatIdent { attrs: Vec::new(), by_ref: None, mutability: None, ident: buffer.clone(), subpat: None };
        let typed = syn::PatType {
            attrs: Vec::new(),
            pat: Box::new(pat.into()),
            colon_token: <syn::Token![:]>::default(),
            ty: Box::new(ty),
        };
        sig.inputs.push(syn::FnArg::Typed(typed));
    }
    let output = output(of, companion, wrt, paths);
    let (vis, where_clause) = (&of.vis, sig.generics.where_clause.take());
    quote!(#vis #sig #output #where_clause)
}

/// Names of the parameters that gradients are written to: `w_gradient` for `w`, and no name that another parameter has.
pub(super) fn buffers(of: &Signature, companion: Companion, wrt: &[usize]) -> Vec<Ident> {
    let inputs = &of.sig.inputs;
    let mut names = Names::new([quote!(#inputs)]);
    let params = wrt.iter().filter(|_| companion.into).map(|p| of.params[*p].ident.to_string());
    params.map(|p| names.fresh(&format!("{}_gradient", p.trim_start_matches("r#")))).collect()
}

pub(super) fn paths(signature: &Signature, root: Option<&syn::Path>) -> Paths {
    let root = root.map_or_else(|| quote!(::matgrad), |path| quote!(#path));
    let scalar = signature.scalar.clone().unwrap_or(ScalarType::F64);
    let spelt = match &scalar {
        ScalarType::Generic(t) => quote!(#t),
        float => signature.primitive(&float.to_string()),
    };
    Paths { root, scalar, spelt }
}

/// A companion's result, with its arrow.
fn output(signature: &Signature, companion: Companion, wrt: &[usize], paths: &Paths) -> TokenStream {
    let gradients: Vec<TokenStream> = wrt.iter().map(|p| gradient_type(&signature.params[*p], paths)).collect();
    let gradients = if let [one] = &gradients[..] { one.clone() } else { quote!((#(#gradients),*)) };
    let (value, option) = match signature.value_type() {
        Some((ty, option)) => (promised(ty, paths), option),
        None => (paths.scalar_type(), false),
    };
    let all = match (companion.with_value, companion.into) {
        (true, false) => quote!((#value, #gradients)),
        (false, false) => gradients,
        (true, true) => value,
        (false, true) if option => quote!(()),
        (false, true) => return TokenStream::new(),
    };
    if option { quote!(-> ::core::option::Option<#all>) } else { quote!(-> #all) }
}

/// The parameter's own type, owned.
fn gradient_type(param: &Param, paths: &Paths) -> TokenStream {
    match &param.kind {
        Some(NumType { form: NumForm::Matrix { rows, cols, view: true }, scalar }) => {
            let matrix = paths.nalgebra("OMatrix");
            let dim = |d: &TypeDim| match d {
                TypeDim::Const(n) => {
                    let (constant, n) = (paths.nalgebra("Const"), proc_macro2::Literal::usize_unsuffixed(*n));
                    quote!(#constant<#n>)
                }
                TypeDim::Dyn => paths.nalgebra("Dyn"),
                TypeDim::ConstGeneric(name) => {
                    let constant = paths.nalgebra("Const");
                    quote!(#constant<#name>)
                }
                TypeDim::TypeGeneric(name) => quote!(#name),
            };
            let (scalar, rows, cols) = (Ident::new(&scalar.to_string(), Span::call_site()), dim(rows), dim(cols));
            quote!(#matrix<#scalar, #rows, #cols>)
        }
        Some(_) => {
            let ty = param.value_type();
            quote!(#ty)
        }
        None => promised(param.value_type(), paths),
    }
}

/// What stubs return for a type that is none of ours: itself, if a function can return it.
fn promised(ty: &syn::Type, paths: &Paths) -> TokenStream {
    match ty {
        syn::Type::Reference(inner) => promised(&inner.elem, paths),
        syn::Type::Slice(_) => {
            let (vector, scalar) = (paths.nalgebra("DVector"), paths.scalar_type());
            quote!(#vector<#scalar>)
        }
        syn::Type::ImplTrait(_) | syn::Type::TraitObject(_) => paths.scalar_type(),
        syn::Type::Path(path) if path.path.is_ident("str") => paths.scalar_type(),
        other => quote!(#other),
    }
}

/// Before the function: no complaint that it is never used, where its companions are. They cannot name it themselves, as nobody
/// tells the macro whether it stands in an `impl`.
pub fn counts_as_used() -> TokenStream {
    quote!(#[allow(dead_code, reason = "its companions may be all that is called")])
}

/// Attributes of the function that its companions need as well.
pub(super) fn inherited(attrs: &[syn::Attribute]) -> TokenStream {
    let wanted = ["cfg", "allow", "inline", "deprecated", "track_caller"];
    let wanted = attrs.iter().filter(|a| wanted.iter().any(|w| a.path().is_ident(w)));
    // inner ones stand before the companion
    wanted.map(|a| syn::Attribute { style: syn::AttrStyle::Outer, ..a.clone() }.to_token_stream()).collect()
}
