//! Slices, arrays and `Vec`s: read as matrices where companions begin, and returned as what they are.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::paths::Paths;
use crate::parse::{Container, Element, List, Param, entries_name, item_type};

/// The matrix that a list is, as a variable of ours; `keeps`: whether the list may be moved away after that.
pub(super) fn read(param: &Param, keeps: bool, paths: &Paths) -> Option<(Ident, TokenStream)> {
    let list = param.kind.as_ref()?.list?;
    let (name, ident) = (entries_name(&param.ident), &param.ident);
    let function = paths.private(match (list.container, list.element) {
        (Container::Array, Element::Number) => "array_entries",
        (_, Element::Number) => "entries",
        (Container::Array, Element::Array) => "array_of_arrays",
        (_, Element::Array) => "arrays",
        (Container::Array, Element::Vector) => "array_of_vectors",
        (_, Element::Vector) => "vectors",
    });
    let borrowed = if param.by_ref { quote!(#ident) } else { quote!(&#ident) };
    let own = (!keeps && list.element != Element::Vector).then(|| quote!(.clone_owned()));
    Some((name.clone(), quote!(let #name = #function(#borrowed) #own;)))
}

/// The type of a derivative by a list, or of a value that is one.
pub(super) fn owned_type(list: List, written: &syn::Type, paths: &Paths) -> TokenStream {
    match (list.container, item_type(written)) {
        (Container::Slice | Container::Vec, Some(item)) => {
            let vec = paths.private("Vec");
            quote!(#vec<#item>)
        }
        _ => quote!(#written),
    }
}

/// The type of what is borrowed from a list: `[T]`, `[T; N]`.
pub(super) fn borrowed_type(list: List, written: &syn::Type) -> TokenStream {
    match (list.container, item_type(written)) {
        (Container::Slice | Container::Vec, Some(item)) => quote!([#item]),
        _ => quote!(#written),
    }
}

/// A matrix, owned, as the list that it is.
pub(super) fn made(list: List, matrix: &TokenStream, paths: &Paths) -> TokenStream {
    let function = paths.private(match (list.container, list.element) {
        (Container::Array, Element::Number) => "to_array",
        (_, Element::Number) => "to_vec",
        (Container::Array, Element::Array) => "to_array_of_arrays",
        (_, Element::Array) => "to_arrays",
        (Container::Array, Element::Vector) => "to_array_of_vectors",
        (_, Element::Vector) => "to_vectors",
    });
    quote!(#function(#matrix))
}

/// The statement that makes a list of numbers of the caller's a matrix to write to.
pub(super) fn written(list: List, buffer: &Ident, paths: &Paths) -> TokenStream {
    let function = paths.private(match (list.container, list.element) {
        (Container::Array, Element::Number) => "array_entries_mut",
        (_, Element::Number) => "entries_mut",
        (Container::Array, _) => "array_of_arrays_mut",
        _ => "arrays_mut",
    });
    quote!(let #buffer = &mut #function(#buffer);)
}

/// The statement that writes a matrix, by reference, into a list of vectors of the caller's.
pub(super) fn stored(buffer: &Ident, matrix: &TokenStream, paths: &Paths) -> TokenStream {
    let function = paths.private("write_vectors");
    quote!(#function(#buffer, #matrix);)
}
