//! Every refusal of a function for what its head says.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::spanned::Spanned;
use syn::{Attribute, FnArg, GenericParam, Ident, ReturnType, Type, TypeParamBound};

use super::attribute::Declaration;
use super::conditions;
use super::resolve::Arguments;
use super::signature::{Output, Param, Signature};
use super::types::{NumForm, ScalarType, Unread, bare, has_bound, path};
use super::wholes;
use crate::error::{Error, Errors};
use crate::lower::readable;

const FUNCTIONS: &[&str] = &["Fn", "FnMut", "FnOnce"];

/// Whether a function of this kind, with this result and these types, can be differentiated at all.
pub(super) fn function(signature: &Signature, arguments: &Arguments, errors: &mut Errors) {
    qualifiers(signature, errors);
    for input in &signature.sig.inputs {
        let attrs = match input {
            FnArg::Typed(typed) => &typed.attrs,
            FnArg::Receiver(receiver) => &receiver.attrs,
        };
        decided(attrs, "a parameter", errors);
    }
    for parameter in &signature.sig.generics.params {
        let attrs = match parameter {
            GenericParam::Type(p) => &p.attrs,
            GenericParam::Lifetime(p) => &p.attrs,
            GenericParam::Const(p) => &p.attrs,
        };
        decided(attrs, "a generic parameter", errors);
    }
    errors.keep(output(signature));
    scalars(signature, arguments, errors);
}

/// An attribute under which a part of the head stands.
fn decided(attrs: &[Attribute], place: &str, errors: &mut Errors) {
    let Some(attr) = conditions::deciding(attrs) else { return };
    let name = readable(&attr.path().to_token_stream());
    let message = format!("`{name}` on {place} is not supported; put it on the function, once for each case");
    errors.push(Error::new(attr.path().span(), message));
}

/// Whether a parameter that is named in the attribute can be differentiated by.
pub(super) fn named(signature: &Signature, index: usize, name: &Ident) -> Result<(), Error> {
    let param = &signature.params[index];
    if param.is_nested() {
        let message = format!("`{name}` is a reference to a reference, which is not supported; take it by one `&`");
        return Err(Error::on(&param.ty, message));
    }
    let (place, message) = match signature.unread(&param.ty) {
        None => return Ok(()),
        Some(Unread::Unknown) if wholes::has_parts(signature, param.value_type()) => return Ok(()),
        Some(Unread::Unknown | Unread::Unbounded(_)) if is_function(signature, &param.ty) => (
            name_of(&param.ty),
            format!("`{name}` is a function, by which there is no derivative; leave it out of the attribute"),
        ),
        Some(Unread::Mutable) => {
            let place = match bare(&param.ty) {
                Type::Reference(r) => {
                    let (and, mutability) = (&r.and_token, &r.mutability);
                    quote!(#and #mutability)
                }
                view => name_of(view),
            };
            (place, format!("`{name}` is mutable, and differentiating by it is not supported; take it by `&` or by value"))
        }
        Some(Unread::NotReal) if complex(&param.ty).is_some() => (
            quote!(#name),
            format!("`{name}` is complex, which is not supported; take real and imaginary parts as parameters of their own"),
        ),
        Some(Unread::NotReal) => (
            quote!(#name),
            format!("`{name}` is not of a floating-point type and cannot be differentiated; leave it out of the attribute"),
        ),
        Some(Unread::Unbounded(t)) => {
            (quote!(#t), format!("`{t}` is not known as a floating-point type; add the bound `{t}: nalgebra::RealField + Copy`"))
        }
        Some(Unread::Dimension(span)) => {
            let message = "is not supported; write a number, a const parameter, `Const<N>` or `Dyn`";
            return Err(Error::new(span, format!("this dimension of `{name}` {message}")));
        }
        Some(Unread::Unknown) if signature.place.structure(&param.ty).is_some_and(|of| !signature.place.can_make(&of)) => (
            name_of(&param.ty),
            format!(
                "a field of the type of `{name}` is private to another module, and the derivative could not be made; make its fields `pub`"
            ),
        ),
        Some(Unread::Unknown) if signature.place.is_seen() && is_named(&param.ty) => (
            name_of(&param.ty),
            format!(
                "the type of `{name}` is none of nalgebra's and no struct of the `#[differentiable]` module; move the struct into it, or take its fields"
            ),
        ),
        Some(Unread::Unknown) => (
            name_of(&param.ty),
            format!("the type of `{name}` is not known, since the macro sees only how it is spelt; {}", spelling(&param.ty)),
        ),
    };
    Err(Error::on(&place, message))
}

/// Whether `self` can be differentiated by.
pub(super) fn self_has_parts(signature: &Signature) -> bool {
    let ty = signature.place.own_type().filter(|_| signature.receiver);
    ty.is_some_and(|ty| wholes::has_parts(signature, ty))
}

/// All parameters of a floating-point type, where none is named.
pub(super) fn every(signature: &Signature, errors: &mut Errors) -> Vec<usize> {
    let name_them = "name the parameters to differentiate by in the attribute";
    let mut all = Vec::new();
    let mut refused = false;
    for (index, param) in signature.params.iter().enumerate() {
        let written = &param.ident;
        let message = match (&param.kind, signature.unread(&param.ty)) {
            (Some(_), _) if param.pat_ok => {
                all.push(index);
                continue;
            }
            (Some(_), _) => format!("this parameter has no name; name it and destructure it in the body, or {name_them}"),
            (None, None) => format!("`{written}` is a reference to a reference, which is not supported; take it by one `&`"),
            (None, Some(Unread::Mutable)) if is_mutable_number(signature, param) => {
                format!("`{written}` is mutable, and differentiating by it is not supported; {name_them}")
            }
            _ => continue,
        };
        refused = true;
        errors.push(Error::new(param.span, message));
    }
    if all.is_empty() && !refused {
        errors.push(none_known(signature));
    }
    all
}

/// Nothing is named, and no parameter is of a type that we know: what is wrong with the first that might have been meant.
fn none_known(signature: &Signature) -> Error {
    let function = &signature.sig.ident;
    let meant = |param: &&Param| match signature.unread(&param.ty) {
        Some(Unread::NotReal) => complex(&param.ty).is_some(),
        Some(_) => !is_function(signature, &param.ty),
        None => false,
    };
    let error = signature.params.iter().enumerate().find(|(_, param)| meant(param)).and_then(|(index, param)| {
        let error = named(signature, index, &param.ident).err()?;
        Some(complex(&param.ty).map_or(error.clone(), |place| Error::new(place, error.message)))
    });
    if let Some(error) = error {
        return error;
    }
    let message = if signature.params.is_empty() {
        format!("`{function}` has no parameter to differentiate by; add one")
    } else {
        format!("no parameter of `{function}` is of a floating-point type; add the one to differentiate by, for example `x: f64`")
    };
    Error::new(function.span(), message)
}

/// Whether a promise can hold for a parameter.
pub(super) fn declared(signature: &Signature, index: usize, declaration: Declaration, name: &Ident) -> Result<(), Error> {
    let adjective = declaration.adjective();
    let message = match signature.params[index].kind.as_ref().map(|ty| &ty.form) {
        Some(NumForm::Matrix { rows, cols, .. }) if rows == cols => return Ok(()),
        Some(NumForm::Matrix { rows, cols, .. }) => {
            format!("`{name}` is {rows}×{cols} by its type and cannot be {adjective}; make it square or remove the declaration")
        }
        Some(NumForm::Scalar) => format!("`{name}` is a number, not a matrix, and cannot be {adjective}; remove the declaration"),
        None => return named(signature, index, name),
    };
    Err(Error::new(name.span(), message))
}

/// Whether the declarations of a parameter leave it room to move.
pub(super) fn together(arguments: &Arguments, index: usize, name: &Ident) -> Result<(), Error> {
    let rigid = [&arguments.spd, &arguments.diagonal, &arguments.lower_triangular].iter().any(|list| list.contains(&index));
    if !rigid || !arguments.orthogonal.contains(&index) {
        return Ok(());
    }
    let message =
        format!("`{name}` is declared orthogonal and more, which only diagonal matrices of ±1 are; remove a declaration");
    Err(Error::new(name.span(), message))
}

fn qualifiers(signature: &Signature, errors: &mut Errors) {
    let sig = &signature.sig;
    let found = [
        (sig.constness.map(|t| t.span), "`const` functions are not supported; remove `const`"),
        (sig.asyncness.map(|t| t.span), "`async` functions are not supported; wait outside and pass the values in"),
        (
            sig.unsafety.filter(|_| sig.variadic.is_none()).map(|t| t.span),
            "`unsafe` functions are not supported; put the unsafe part into a function of its own",
        ),
        (
            sig.abi.as_ref().filter(|_| sig.variadic.is_none()).map(|a| a.extern_token.span),
            "`extern` functions are not supported; put the attribute on a Rust function and call it from this one",
        ),
        (sig.variadic.as_ref().map(|v| v.dots.spans[0]), "variadic functions are not supported; pass a slice"),
    ];
    for (span, message) in found {
        if let Some(span) = span {
            errors.push(Error::new(span, message));
        }
    }
}

fn output(signature: &Signature) -> Result<(), Error> {
    let function = &signature.sig.ident;
    let nothing =
        |place: &dyn ToTokens| Err(Error::on(&place, format!("`{function}` returns nothing to differentiate; return the value")));
    let ty = match &signature.sig.output {
        ReturnType::Default => return nothing(function),
        ReturnType::Type(_, ty) => bare(ty),
    };
    let (value, _) = signature.value_type().unwrap_or((ty, false));
    let value = bare(value);
    let message = match value {
        Type::Tuple(tuple) if tuple.elems.is_empty() => return nothing(value),
        Type::Never(_) => return nothing(value),
        Type::Tuple(_) => "several results are not supported; write a function for each",
        Type::Reference(_) => "a reference as result is not supported; return the value",
        Type::ImplTrait(_) | Type::TraitObject(_) => {
            "a result of unnamed type is not supported; spell the type, for example `f64`"
        }
        Type::Array(_) | Type::Slice(_) if signature.unread(value).is_some() => {
            "several results are not supported; write a function for each"
        }
        _ if is_result(value) => "`Result` is not supported; return an `Option`",
        _ => match (&signature.output, signature.unread(value)) {
            (Output::Unknown, Some(Unread::NotReal)) => {
                "a result that is not of a floating-point type cannot be differentiated; return for example `f64`"
            }
            (Output::Unknown, Some(Unread::Unknown)) if has_arguments(value) => {
                "a result of this type is not supported, since it is no number; return for example `f64`"
            }
            _ => return Ok(()),
        },
    };
    Err(Error::on(&name_of(value), message))
}

/// One scalar in the result and everything that is differentiated by, and a usable one.
fn scalars(signature: &Signature, arguments: &Arguments, errors: &mut Errors) {
    let output = match &signature.output {
        Output::Num { ty, .. } => Some((&ty.scalar, "the result".to_owned())),
        Output::Unknown => None,
    };
    let wrt = arguments.wrt.iter().map(|i| &signature.params[*i]);
    let mut typed = wrt.filter_map(|p| Some((&p.kind.as_ref()?.scalar, p)));
    let first = output.or_else(|| typed.next().map(|(s, p)| (s, format!("`{}`", p.ident))));
    let Some((scalar, holder)) = first else { return };
    for (other, param) in typed.filter(|(s, _)| *s != scalar) {
        let name = &param.ident;
        let message = format!("`{name}` is of `{other}` and {holder} of `{scalar}`, which is not supported; use one of the two");
        errors.push(Error::on(&name_of(&param.ty), message));
    }
    let ScalarType::Generic(t) = scalar else { return };
    let generics = &signature.sig.generics;
    let own = generics.type_params().find(|p| p.ident == *t);
    if let Some(own) = own.filter(|_| !has_bound(generics, t, &["Copy", "Float", "FloatCore", "Real"])) {
        errors.push(Error::new(own.ident.span(), format!("`{t}` without `Copy` is not supported; add the bound `{t}: Copy`")));
    }
}

/// Whether the type is `&mut` of a type that we know, or a mutable view.
fn is_mutable_number(signature: &Signature, param: &Param) -> bool {
    !param.by_ref || matches!(signature.unread(param.value_type()), None | Some(Unread::Mutable))
}

fn has_arguments(ty: &Type) -> bool {
    path(ty).and_then(|p| p.segments.last()).is_some_and(|s| !s.arguments.is_none())
}

fn is_result(ty: &Type) -> bool {
    path(ty).and_then(|p| p.segments.last()).is_some_and(|s| s.ident == "Result")
}

/// Which lists can be differentiated by.
const LISTS: &str =
    "take a list of numbers, or of arrays or vectors whose length is in their type, such as `&[f64]` or `&[[f64; 3]]`";

/// Whether a type is a name without arguments.
fn is_named(ty: &Type) -> bool {
    let mut ty = bare(ty);
    while let Type::Reference(reference) = ty {
        ty = bare(&reference.elem);
    }
    path(ty).and_then(|p| p.segments.last()).is_some_and(|last| last.arguments.is_none())
}

/// What to write in place of a type that is not known.
fn spelling(ty: &Type) -> String {
    let mut ty = bare(ty);
    while let Type::Reference(reference) = ty {
        ty = bare(&reference.elem);
    }
    match ty {
        Type::ImplTrait(_) | Type::TraitObject(_) => "name one of nalgebra's, such as `&DVector<f64>`".to_owned(),
        Type::Slice(_) | Type::Array(_) => LISTS.to_owned(),
        Type::Tuple(_) => "take its parts as parameters of their own".to_owned(),
        _ => match path(ty).and_then(|p| p.segments.last()) {
            Some(last) if last.ident == "Vec" => LISTS.to_owned(),
            Some(last) if last.ident == "Option" => "open it outside, and take the value".to_owned(),
            Some(last) if last.arguments.is_none() => {
                format!(
                    "if `{}` is an alias, spell what it stands for, such as `&DVector<f64>`; if it is a struct, take its field",
                    last.ident
                )
            }
            _ => "spell one of nalgebra's, such as `&DVector<f64>`".to_owned(),
        },
    }
}

/// Whether a type is that of a function or a closure: `impl Fn`, `&dyn Fn`, `fn(f64) -> f64`, `F: Fn`.
fn is_function(signature: &Signature, ty: &Type) -> bool {
    let mut ty = bare(ty);
    while let Type::Reference(reference) = ty {
        ty = bare(&reference.elem);
    }
    let calls = |bound: &TypeParamBound| match bound {
        TypeParamBound::Trait(t) => t.path.segments.last().is_some_and(|s| FUNCTIONS.iter().any(|name| s.ident == name)),
        _ => false,
    };
    match ty {
        Type::BareFn(_) => true,
        Type::ImplTrait(ty) => ty.bounds.iter().any(calls),
        Type::TraitObject(ty) => ty.bounds.iter().any(calls),
        _ => path(ty).and_then(|p| p.get_ident()).is_some_and(|name| has_bound(&signature.sig.generics, name, FUNCTIONS)),
    }
}

/// Where a type says that it is complex.
fn complex(ty: &Type) -> Option<Span> {
    fn find(tokens: TokenStream) -> Option<Span> {
        tokens.into_iter().find_map(|tree| match tree {
            TokenTree::Ident(word) => word.to_string().starts_with("Complex").then(|| word.span()),
            TokenTree::Group(group) => find(group.stream()),
            _ => None,
        })
    }
    find(ty.to_token_stream())
}

/// The token of a type that names it; the whole type, if it has no name.
fn name_of(ty: &Type) -> TokenStream {
    let mut ty = bare(ty);
    while let Type::Reference(reference) = ty {
        ty = bare(&reference.elem);
    }
    let named = path(ty).and_then(|p| p.segments.last());
    named.map_or_else(|| ty.to_token_stream(), |s| s.ident.to_token_stream())
}
