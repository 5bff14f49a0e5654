//! Structs, tuples and arrays to differentiate by: read by their parts where companions begin, and put together where they end.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::names::Names;
use crate::parse::{Arguments, Param, Part, Signature, Whole};

/// A whole, of what its parts are.
pub(super) type PutTogether<'a> = dyn Fn(&Whole, &dyn Fn(usize) -> TokenStream) -> TokenStream + 'a;

/// What is asked for, in order: a parameter, or one that is made of parts.
#[derive(Clone, Copy)]
pub(super) enum Item<'a> {
    One,
    Whole(&'a Whole),
}

/// Parameters to differentiate by, with those that are parts of one counted as that.
pub(super) fn items(arguments: &Arguments) -> Vec<Item<'_>> {
    let mut items = Vec::new();
    let mut rest = &arguments.wrt[..];
    while let Some((first, others)) = rest.split_first() {
        match arguments.wholes.iter().find(|whole| whole.tree.parts().first() == Some(first)) {
            Some(whole) => {
                items.push(Item::Whole(whole));
                rest = rest.get(whole.tree.parts().len()..).unwrap_or_default();
            }
            None => {
                items.push(Item::One);
                rest = others;
            }
        }
    }
    items
}

/// One piece of code for each parameter to differentiate by, of one for each part.
pub(super) fn folded(arguments: &Arguments, parts: Vec<TokenStream>, whole: &PutTogether<'_>) -> Vec<TokenStream> {
    let mut parts = parts.into_iter();
    let one = |item: Item<'_>| match item {
        Item::One => parts.next().unwrap_or_default(),
        Item::Whole(of) => {
            let numbers = of.tree.parts();
            let own: Vec<TokenStream> = parts.by_ref().take(numbers.len()).collect();
            whole(of, &|p| numbers.iter().position(|n| *n == p).and_then(|at| own.get(at)).cloned().unwrap_or_default())
        }
    };
    items(arguments).into_iter().map(one).collect()
}

/// The type of a whole.
pub(super) fn type_of(whole: &Whole) -> TokenStream {
    let ty = &whole.ty;
    quote!(#ty)
}

/// The statement that reads a part.
pub(super) fn read(param: &Param) -> Option<TokenStream> {
    let (ident, Part { root, access, .. }) = (&param.ident, param.part.as_ref()?);
    Some(if param.by_ref { quote!(let #ident = &#root #access;) } else { quote!(let #ident = #root #access;) })
}

/// The name of the parameter that a whole derivative is written to, or that says where a whole moves.
pub(super) fn beside(whole: &Whole, suffix: &str, signature: &Signature) -> Ident {
    let inputs = &signature.sig.inputs;
    Names::new([quote!(#inputs)]).fresh(&format!("{}_{suffix}", whole.root.to_string().trim_start_matches("r#")))
}

/// A part of such a parameter, as a parameter of its own.
pub(super) fn part_beside(param: &Param, beside: &Ident, suffix: &str) -> Param {
    let part = param.part.as_ref().map(|part| Part {
        root: beside.clone(),
        access: part.access.clone(),
        name: part.name.replacen(&part.root.to_string(), &beside.to_string(), 1),
    });
    Param { ident: format_ident!("{}_{suffix}", param.ident, span = param.ident.span()), part, ..param.clone() }
}

/// The statements that copy what is kept, and name the places that the parts of a derivative are written to.
pub(super) fn written(whole: &Whole, into: &Ident, buffers: &[(usize, Ident)]) -> TokenStream {
    let root = &whole.root;
    let kept = whole.tree.kept().into_iter().map(|access| quote!(#into #access = ::core::clone::Clone::clone(&#root #access);));
    let name = |p: usize| buffers.iter().find(|(of, _)| *of == p).map_or_else(|| quote!(_), |(_, buffer)| quote!(#buffer));
    let pattern = whole.tree.pattern(&name);
    quote!(#(#kept)* let #pattern = &mut *#into;)
}
