//! From the tokens of the attribute and of the item to [`Input`].
//!
//! The macro sees tokens, not types: it knows a parameter by the spelling of its type ([`read_type`]), and takes the
//! type parameters of a surrounding `impl` on trust. The head of the function is read before its body and apart from
//! it, so that a half-typed body still has stubs.

mod aliases;
mod attribute;
pub(crate) mod conditions;
pub(crate) mod depth;
mod derivative;
mod fence;
mod item;
mod lists;
mod resolve;
mod signature;
mod types;
mod wholes;
mod words;

#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;

pub(crate) use aliases::is_matrix_name;
pub use derivative::Derivative;
pub use lists::{Container, Element, List};
pub(crate) use lists::{entries_name, item_type};
pub use resolve::Arguments;
pub use signature::{Output, Param, Signature};
pub use types::{NumForm, NumType, ScalarType, TypeDim, read_type};
pub(crate) use types::{has_bound, number, primitive};
pub use wholes::{Part, Tree, Whole};
pub(crate) use words::nearest;

use crate::around::{Place, items_of};
use crate::error::Errors;

/// What is known even when something is wrong: enough to give the function back and to write stubs.
#[derive(Debug)]
pub struct Parsed {
    /// The user's tokens, untouched.
    pub item: TokenStream,
    /// The head of the function, if it could be read.
    pub signature: Option<Signature>,
    /// The arguments as far as they are understood: those of the input, if it is there. For stubs only otherwise: a
    /// misspelt name counts as the one it resembles, and a parameter may be of any type.
    pub arguments: Arguments,
    /// The input, or everything that is wrong with it.
    pub result: Result<Input, Errors>,
}

/// A function to be differentiated, by parameters that can be.
#[derive(Clone, Debug)]
pub struct Input {
    /// Its head.
    pub signature: Signature,
    /// Its body, without inner attributes.
    pub body: syn::Block,
    /// What the attribute asks for.
    pub arguments: Arguments,
}

/// Reads the arguments of `#[grad]` and the item that it stands on. Takes any tokens.
#[must_use]
pub fn parse(arguments: TokenStream, item: TokenStream) -> Parsed {
    parse_for(Derivative::Gradient, arguments, item)
}

/// Reads the arguments of an attribute and the item that it stands on. Takes any tokens.
#[must_use]
pub fn parse_for(derivative: Derivative, arguments: TokenStream, item: TokenStream) -> Parsed {
    parse_in(&Place::default(), derivative, arguments, item)
}

/// The same of an item that stands somewhere.
#[must_use]
pub fn parse_in(place: &Place, derivative: Derivative, arguments: TokenStream, item: TokenStream) -> Parsed {
    let mut errors = Errors::default();
    let mut attribute = attribute::read(arguments, &mut errors);
    attribute.derivative = derivative;
    let Some(head) = keep(item::head(item.clone()), &mut errors) else {
        return Parsed { item, signature: None, arguments: attribute.unresolved(), result: Err(errors) };
    };
    let mut signature = Signature::read(head.attrs, head.vis, head.sig, place.clone());
    let body = keep(item::body(head.rest), &mut errors);
    let mut arguments = resolve::arguments(attribute, &signature, &mut errors);
    wholes::take_apart(&mut signature, &mut arguments, &mut errors);
    fence::function(&signature, &arguments, &mut errors);
    signature.settle_scalar(&arguments);
    let result = match body {
        Some((inner, body)) if errors.is_empty() => {
            signature.attrs.extend(inner);
            signature.place = signature.place.without(&items_of(&body));
            Ok(Input { signature: signature.clone(), body, arguments: arguments.clone() })
        }
        _ => Err(errors),
    };
    Parsed { item, signature: Some(signature), arguments, result }
}

/// Notes the errors of a result, if it has any.
fn keep<T>(result: Result<T, Errors>, errors: &mut Errors) -> Option<T> {
    result.map_err(|found| found.as_slice().iter().for_each(|e| errors.push(e.clone()))).ok()
}
