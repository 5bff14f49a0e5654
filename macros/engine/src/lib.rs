//! The engine of `matgrad`: from the tokens of a function to the tokens of its derivative.
//!
//! ```text
//! parse → lower → simplify → diff → schedule → emit
//! ```
//!
//! Its README is its architecture. No `proc_macro` type is in it: it runs in a macro, in a test, or on a page.
#![forbid(unsafe_code)]
#![allow(clippy::float_cmp, reason = "constants of a formula are equal to the last bit or not at all")]

mod around;
mod derivation;
pub mod diff;
pub mod emit;
pub mod error;
#[cfg(feature = "eval")]
pub mod eval;
#[cfg(feature = "generate")]
pub mod generate;
pub mod ir;
pub mod lower;
mod module;
pub mod ops;
pub mod parse;
pub mod print;
mod problem;
pub mod schedule;
pub mod simplify;
#[cfg(feature = "source")]
pub mod source;
#[cfg(feature = "source")]
pub mod typeset;

use proc_macro2::TokenStream;
use quote::quote;

pub use around::Place;
pub use derivation::{Derivation, derive};
use error::Errors;
pub use module::differentiable;
use parse::Derivative;
pub use problem::problem;

/// `#[grad]`: [`expand`] for gradients.
#[must_use]
pub fn grad(arguments: TokenStream, item: TokenStream) -> TokenStream {
    expand(Derivative::Gradient, arguments, item)
}

/// An attribute: the function as it is, and its companions; where there is an error, stubs in their place. Before the function stands an
/// attribute, by which it counts as used where only companions are called.
#[must_use]
pub fn expand(derivative: Derivative, arguments: TokenStream, item: TokenStream) -> TokenStream {
    if module::is_derived(&arguments) {
        return item;
    }
    let (companions, is_derived) = expand_in(&Place::default(), derivative, arguments, item.clone());
    let used = is_derived.then(emit::counts_as_used);
    quote!(#used #item #companions)
}

/// The companions of a function that stands somewhere, or errors and stubs in their place; and whether there are companions.
fn expand_in(place: &Place, derivative: Derivative, arguments: TokenStream, item: TokenStream) -> (TokenStream, bool) {
    let parsed = parse::parse_in(place, derivative, arguments, item);
    let derived = parsed.result.and_then(|input| {
        let derivation = derive(&input)?;
        Ok(emit::companions(&input, &derivation))
    });
    match derived {
        Ok(companions) => (companions, true),
        Err(errors) => {
            let errors = errors.to_tokens();
            let stubs = parsed.signature.as_ref().map(|signature| emit::stubs(signature, &parsed.arguments));
            (quote!(#errors #stubs), false)
        }
    }
}

/// What `#[grad]` documents: the derivation in ordinary notation.
///
/// # Errors
/// Those of the attribute.
pub fn explain(arguments: TokenStream, item: TokenStream) -> Result<emit::Report, Errors> {
    explain_as(Derivative::Gradient, arguments, item)
}

/// What an attribute documents.
///
/// # Errors
/// Those of the attribute.
pub fn explain_as(derivative: Derivative, arguments: TokenStream, item: TokenStream) -> Result<emit::Report, Errors> {
    let input = parse::parse_for(derivative, arguments, item).result?;
    let derivation = derive(&input)?;
    Ok(emit::report(&input, &derivation))
}
