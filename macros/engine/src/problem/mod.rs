//! `#[problem]`: a function as crates of optimisers ask for it.
//!
//! ```text
//! arguments ──▶ which crates, and the arguments of the derivative
//! problem   ──▶ a struct that holds everything but the point; entries in, value and derivatives out, computed once a point
//! crates    ──▶ the traits of each crate, on that struct
//! ```
//!
//! Optimisers know one list of numbers; a struct packs parameters into it, one after the other, matrices by their columns.

mod arguments;
mod crates;
mod fields;
mod structure;

use proc_macro2::TokenStream;
use quote::quote;

use crate::around::Place;
use crate::error::{Error, Errors};
use crate::parse::{self, Derivative, Parsed};
use crate::{derive, emit};
use arguments::{Asked, Stacked};
use fields::Fields;

/// `#[problem]`: the function as it is, the companions that no other attribute makes, and the struct. Where there is an error, stubs of
/// companions and no struct.
#[must_use]
#[allow(clippy::needless_pass_by_value, reason = "as the other attributes take them")]
pub fn problem(arguments: TokenStream, item: TokenStream) -> TokenStream {
    if crate::module::is_derived(&arguments) {
        return item;
    }
    let (companions, is_derived) = Problem::read(arguments, &item).companions();
    let used = is_derived.then(emit::counts_as_used);
    quote!(#used #item #companions)
}

/// An attribute that was read.
pub(crate) struct Problem {
    asked: Asked,
    stacked: Stacked,
    /// What is derived: a gradient of a number, a Jacobian of anything else.
    pub(crate) derivative: Derivative,
    parsed: Parsed,
    errors: Errors,
}

impl Problem {
    pub(crate) fn read(arguments: TokenStream, item: &TokenStream) -> Self {
        Self::read_in(&Place::default(), arguments, item)
    }
    /// The same on a function that stands somewhere.
    pub(crate) fn read_in(place: &Place, arguments: TokenStream, item: &TokenStream) -> Self {
        let mut errors = Errors::default();
        let asked = arguments::read(arguments, &mut errors);
        let stacked = Stacked::of(item);
        let of = |derivative| parse::parse_in(place, derivative, asked.rest.clone(), item.clone());
        let parsed = of(Derivative::Gradient);
        let number = parsed.signature.as_ref().is_none_or(returns_number);
        let (derivative, parsed) =
            if number { (Derivative::Gradient, parsed) } else { (Derivative::Jacobian, of(Derivative::Jacobian)) };
        Self { asked, stacked, derivative, parsed, errors }
    }
    /// The arguments of the derivative alone.
    #[cfg(feature = "source")]
    pub(crate) fn arguments(&self) -> TokenStream {
        self.asked.rest.clone()
    }
    /// What stands behind the function, or errors and stubs in its place; and whether it is there.
    pub(crate) fn companions(&self) -> (TokenStream, bool) {
        match self.code() {
            Ok(code) => (code, true),
            Err(errors) => {
                let signature = self.parsed.signature.as_ref().filter(|_| !self.stacked.has(self.derivative));
                let (errors, stubs) = (errors.to_tokens(), signature.map(|s| emit::stubs(s, &self.parsed.arguments)));
                (quote!(#errors #stubs), false)
            }
        }
    }
    /// What stands behind the function, if all is well.
    pub(crate) fn code(&self) -> Result<TokenStream, Errors> {
        let mut errors = self.errors.clone();
        match made(&self.asked, &self.stacked, self.derivative, &self.parsed) {
            Ok(code) => errors.barrier(code),
            Err(found) => {
                found.as_slice().iter().for_each(|e| errors.push(e.clone()));
                Err(errors)
            }
        }
    }
}

fn made(asked: &Asked, stacked: &Stacked, derivative: Derivative, parsed: &Parsed) -> Result<TokenStream, Errors> {
    let input = parsed.result.as_ref().map_err(Clone::clone)?;
    if asked.crates.is_empty() {
        let message = "`#[problem]` names no crate of optimisers; add `argmin`, `basin` or `levenberg_marquardt(path)`, with the path of its \
                       version of nalgebra";
        return Err(Error::new(input.signature.sig.ident.span(), message).into());
    }
    let fields = Fields::of(input)?;
    let derivation = derive(input)?;
    // the attribute below makes them, where it stands
    let companions = (!stacked.has(derivative)).then(|| emit::companions(input, &derivation));
    let structure = structure::structure(input, &fields, derivative);
    let traits = crates::traits(asked, stacked, derivative, input, &fields)?;
    Ok(quote!(#companions #structure #traits))
}

fn returns_number(signature: &parse::Signature) -> bool {
    match &signature.output {
        parse::Output::Num { ty, .. } => ty.form == parse::NumForm::Scalar && ty.list.is_none(),
        parse::Output::Unknown => true,
    }
}
