//! What companions return: of which types, and in which order.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::lists;
use super::paths::Paths;
use super::wholes;
use crate::parse::{Arguments, Derivative, List, NumForm, NumType, Output, Param, Signature, TypeDim, Whole};

/// One of the companions of a function.
#[derive(Clone, Copy, Debug)]
pub(super) struct Companion {
    /// What its name ends with.
    pub(super) name: &'static str,
    /// Whether it returns the value too.
    pub(super) with_value: bool,
    /// Whether it returns the gradients before what is asked for.
    pub(super) with_gradients: bool,
    /// Whether derivatives are written to where the caller wants them.
    pub(super) into: bool,
}

const fn companion(name: &'static str, with_value: bool, with_gradients: bool, into: bool) -> Companion {
    Companion { name, with_value, with_gradients, into }
}

impl Companion {
    /// All that an attribute promises.
    pub(super) fn all(derivative: Derivative) -> &'static [Self] {
        match derivative {
            Derivative::Gradient => {
                const {
                    &[
                        companion("grad", false, false, false),
                        companion("value_and_grad", true, false, false),
                        companion("grad_into", false, false, true),
                        companion("value_and_grad_into", true, false, true),
                    ]
                }
            }
            Derivative::Jacobian => {
                const {
                    &[
                        companion("jacobian", false, false, false),
                        companion("value_and_jacobian", true, false, false),
                        companion("jacobian_into", false, false, true),
                        companion("value_and_jacobian_into", true, false, true),
                    ]
                }
            }
            Derivative::Hessian => {
                const {
                    &[
                        companion("hessian", false, false, false),
                        companion("value_grad_and_hessian", true, true, false),
                        companion("hessian_into", false, false, true),
                        companion("value_grad_and_hessian_into", true, true, true),
                    ]
                }
            }
            Derivative::Jvp => const { &[companion("jvp", true, false, false), companion("jvp_into", true, false, true)] },
            Derivative::Hvp => const { &[companion("hvp", false, false, false), companion("hvp_into", false, false, true)] },
            Derivative::Vjp => const { &[companion("vjp", true, false, false)] },
        }
    }
}

/// What a result is like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Like {
    /// The value of the function.
    Value,
    /// The parameter of this number.
    Param(usize),
    /// The Jacobian of the value by this parameter.
    Jacobian(usize),
    /// The block of the Hessian by these parameters.
    Block(usize, usize),
}

/// What an attribute asks for, in order.
pub(super) fn asked(arguments: &Arguments) -> Vec<Like> {
    let wrt = || arguments.wrt.iter().copied();
    match arguments.derivative {
        Derivative::Gradient | Derivative::Hvp | Derivative::Vjp => wrt().map(Like::Param).collect(),
        Derivative::Jvp => vec![Like::Value],
        Derivative::Jacobian => wrt().map(Like::Jacobian).collect(),
        Derivative::Hessian => wrt().flat_map(|p| wrt().map(move |q| Like::Block(p, q))).collect(),
    }
}

/// What a companion computes but the value.
pub(super) fn likes(companion: Companion, arguments: &Arguments) -> Vec<Like> {
    let gradients = arguments.wrt.iter().filter(|_| companion.with_gradients).map(|p| Like::Param(*p));
    gradients.chain(asked(arguments)).collect()
}

/// Parts in the tuples in which they are returned: gradients before the rest, a Hessian by rows of blocks.
pub(super) fn grouped(
    companion: Companion,
    arguments: &Arguments,
    mut parts: Vec<TokenStream>,
    whole: &wholes::PutTogether<'_>,
) -> Vec<TokenStream> {
    let n = arguments.wrt.len();
    let mut groups = Vec::new();
    if companion.with_gradients {
        let rest = parts.split_off(n);
        groups.push(tuple(&wholes::folded(arguments, parts, whole)));
        parts = rest;
    }
    if matches!(arguments.derivative, Derivative::Gradient | Derivative::Hvp | Derivative::Vjp) {
        parts = wholes::folded(arguments, parts, whole);
    }
    if arguments.derivative == Derivative::Hessian && n > 1 {
        parts = parts.chunks(n).map(tuple).collect();
    }
    groups.push(tuple(&parts));
    groups
}

pub(super) fn tuple(parts: &[TokenStream]) -> TokenStream {
    if let [one] = parts { one.clone() } else { quote!((#(#parts),*)) }
}

/// A whole derivative of those by its parts.
pub(super) fn put_together(whole: &Whole, of: &dyn Fn(usize) -> TokenStream) -> TokenStream {
    whole.tree.made(&whole.root, of)
}

/// What a buffer for a result ends with.
pub(super) fn suffix(derivative: Derivative) -> &'static str {
    if derivative == Derivative::Hvp { "product" } else { "gradient" }
}

/// What a buffer for a result is called.
pub(super) fn buffer(like: Like, arguments: &Arguments, signature: &Signature) -> String {
    let name = |p: usize| signature.params[p].ident.to_string().trim_start_matches("r#").to_owned();
    match (like, arguments.derivative) {
        (Like::Value, _) => "tangent".to_owned(),
        (Like::Param(p), derivative) => format!("{}_{}", name(p), suffix(derivative)),
        (Like::Jacobian(p), _) => format!("{}_jacobian", name(p)),
        (Like::Block(p, _), _) if arguments.wrt.len() == 1 => format!("{}_hessian", name(p)),
        (Like::Block(p, q), _) => format!("{}_{}_hessian", name(p), name(q)),
    }
}

/// The type of a result, if it is made of types that we know.
pub(super) fn num_type(like: Like, signature: &Signature) -> Option<NumType> {
    let of = |p: usize| signature.params[p].kind.clone();
    let value = || match &signature.output {
        Output::Num { ty, .. } => Some(ty.clone()),
        Output::Unknown => None,
    };
    match like {
        Like::Value => value(),
        Like::Param(p) => of(p),
        Like::Jacobian(p) => {
            let (value, by) = (value()?, of(p)?);
            // by a number, the result keeps its shape
            if by.form == NumForm::Scalar { Some(NumType { list: None, ..value }) } else { Some(matrix(&value, &by)) }
        }
        Like::Block(p, q) => {
            let (a, b) = (of(p)?, of(q)?);
            if a.form == NumForm::Scalar && b.form == NumForm::Scalar { Some(a) } else { Some(matrix(&a, &b)) }
        }
    }
}

/// A matrix of as many rows as `a` has entries, and as many columns as `b`.
fn matrix(a: &NumType, b: &NumType) -> NumType {
    let form = NumForm::Matrix { rows: entries(&a.form), cols: entries(&b.form), view: false };
    NumType { scalar: a.scalar.clone(), form, list: None }
}

/// The number of entries, as a type can say it: a product of type-level dimensions is left to run time.
fn entries(form: &NumForm) -> TypeDim {
    let NumForm::Matrix { rows, cols, .. } = form else { return TypeDim::Const(1) };
    match (rows, cols) {
        (TypeDim::Const(n), TypeDim::Const(m)) => TypeDim::Const(n * m),
        (side, TypeDim::Const(1)) | (TypeDim::Const(1), side) => side.clone(),
        _ => TypeDim::Dyn,
    }
}

/// How the value is spelt, if not as a type of nalgebra's.
pub(super) fn value_list(signature: &Signature) -> Option<List> {
    match &signature.output {
        Output::Num { ty, .. } => ty.list,
        Output::Unknown => None,
    }
}

/// The type of what a derivative is written to, as code.
pub(super) fn buffer_type(like: Like, signature: &Signature, paths: &Paths) -> TokenStream {
    let of = |list: Option<List>, ty: Option<&syn::Type>| list.zip(ty).map(|(list, ty)| lists::borrowed_type(list, ty));
    let listed = match like {
        Like::Value => of(value_list(signature), signature.value_type().map(|v| v.0)),
        Like::Param(p) => {
            let param = &signature.params[p];
            of(param.kind.as_ref().and_then(|ty| ty.list), Some(param.value_type()))
        }
        Like::Jacobian(_) | Like::Block(..) => None,
    };
    listed.unwrap_or_else(|| spelled(like, signature, paths))
}

/// The type of a result, as code.
pub(super) fn spelled(like: Like, signature: &Signature, paths: &Paths) -> TokenStream {
    match like {
        Like::Value => match (signature.value_type(), value_list(signature)) {
            (Some((ty, _)), Some(list)) => lists::owned_type(list, ty, paths),
            (Some((ty, _)), None) => promised(ty, paths),
            (None, _) => paths.scalar_type(),
        },
        Like::Param(p) => owned_type(&signature.params[p], paths),
        Like::Jacobian(_) | Like::Block(..) => match num_type(like, signature) {
            Some(NumType { form: NumForm::Matrix { rows, cols, .. }, .. }) => matrix_type(&rows, &cols, paths),
            _ => paths.scalar_type(),
        },
    }
}

fn matrix_type(rows: &TypeDim, cols: &TypeDim, paths: &Paths) -> TokenStream {
    let (matrix, scalar) = (paths.nalgebra("OMatrix"), paths.scalar_type());
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
    let (rows, cols) = (dim(rows), dim(cols));
    quote!(#matrix<#scalar, #rows, #cols>)
}

/// The parameter's own type, owned.
pub(crate) fn owned_type(param: &Param, paths: &Paths) -> TokenStream {
    match &param.kind {
        Some(NumType { list: Some(list), .. }) => lists::owned_type(*list, param.value_type(), paths),
        Some(NumType { form: NumForm::Matrix { rows, cols, view: true }, scalar, .. }) => {
            let spelt = Ident::new(&scalar.to_string(), Span::call_site());
            matrix_type(rows, cols, &Paths { spelt: quote!(#spelt), ..paths.clone() })
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
