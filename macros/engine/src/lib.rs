//! The engine of `matgrad`: from the tokens of a function to the tokens of its derivative.
//!
//! ```text
//! parse → lower → simplify → diff → schedule → emit
//! ```
//!
//! Its README is its architecture. No `proc_macro` type is in it: it runs in a macro, in a test, or on a page.
#![forbid(unsafe_code)]
#![allow(clippy::float_cmp, reason = "constants of a formula are equal to the last bit or not at all")]

pub mod diff;
pub mod emit;
pub mod error;
#[cfg(feature = "eval")]
pub mod eval;
#[cfg(feature = "generate")]
pub mod generate;
pub mod ir;
pub mod lower;
pub mod ops;
pub mod parse;
pub mod print;
pub mod schedule;
pub mod simplify;

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::quote;

use diff::ScalarFunction;
use error::{Error, Errors};
use ir::{Attr, Graph, Kind, NodeId};

/// `#[grad]`: the function as it is, and its companions; where there is an error, stubs in their place. Before the function stands an
/// attribute, by which it counts as used where only companions are called.
#[must_use]
pub fn grad(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let parsed = parse::parse(arguments, item);
    let item = parsed.item.clone();
    let derived = parsed.result.and_then(|input| {
        let derivation = derive(&input)?;
        Ok(emit::companions(&input, &derivation))
    });
    match derived {
        Ok(companions) => {
            let used = emit::counts_as_used();
            quote!(#used #item #companions)
        }
        Err(errors) => {
            let errors = errors.to_tokens();
            let stubs = parsed.signature.as_ref().map(|signature| emit::stubs(signature, &parsed.arguments));
            quote!(#item #errors #stubs)
        }
    }
}

/// What `#[grad]` documents: the derivation in ordinary notation.
///
/// # Errors
/// Those of the attribute.
pub fn explain(arguments: TokenStream, item: TokenStream) -> Result<emit::Report, Errors> {
    let input = parse::parse(arguments, item).result?;
    let derivation = derive(&input)?;
    Ok(emit::report(&input, &derivation))
}

/// A function and its gradients, in mathematics.
#[derive(Debug)]
pub struct Derivation {
    /// The function as it was read.
    pub function: lower::Function,
    /// The simplified function, and its gradients.
    pub graph: Graph,
    /// Its value.
    pub value: NodeId,
    /// Its gradients, in the order asked for.
    pub gradients: Vec<NodeId>,
    /// `df = Σ ± tr(Hᵢ dXᵢ)` as the derivation shows it: whether the sign is minus, and `Hᵢ = ± Gᵢᵀ`.
    pub differential: Vec<(bool, NodeId)>,
    /// What the function opens with `?`, `unwrap` or `expect`, needed or not.
    pub opened: Vec<NodeId>,
    /// Names that the user gave to values.
    pub lets: HashMap<NodeId, String>,
}

impl Derivation {
    /// The node of a parameter, if anything reads it.
    #[must_use]
    pub fn parameter(&self, i: usize) -> Option<NodeId> {
        let attr = Attr::Param(i);
        let at = self.graph.nodes().iter().position(|n| n.op.kind == Kind::Param && n.op.attr == attr)?;
        self.graph.id_at(at)
    }
}

/// The pipeline up to the mathematics: lower, simplify, differentiate.
///
/// # Errors
/// What cannot be differentiated, or is not supported.
pub fn derive(input: &parse::Input) -> Result<Derivation, Errors> {
    let function = lower::lower(input)?;
    let roots: Vec<NodeId> = [function.result].into_iter().chain(function.opened.iter().copied()).collect();
    let (mut graph, place) = simplify::rebuild(&function.graph, &roots, &input.arguments.spd);
    let value = place[&function.result];
    let Some(scalar) = ScalarFunction::new(&graph, value) else {
        let message = "`#[grad]` needs a function that returns a number; the derivative of a vector or matrix is a Jacobian, and `#[jacobian]` is not supported yet: reduce the result, with `sum`, `norm_squared` or `dot`";
        let ty = input.signature.value_type().map(|(ty, _)| ty);
        return Err(Error::on(&quote!(#ty), message).into());
    };
    let found = diff::gradient(&mut graph, scalar, &input.arguments.wrt);
    let mut errors = Errors::default();
    for id in found.without_rule {
        let origin = function.spans.iter().find(|(old, _)| place.get(old) == Some(&id));
        let span = origin.map_or_else(|| input.signature.sig.ident.span(), |(_, span)| *span);
        errors.push(Error::new(span, format!("the derivative of `{}` is not supported here", ops::record(graph.kind(id)).name)));
    }
    let mut gradients = Vec::new();
    for (gradient, p) in found.by.into_iter().zip(&input.arguments.wrt) {
        let param = &input.signature.params[*p];
        match gradient {
            Some(gradient) => gradients.push(gradient),
            None if errors.is_empty() => errors.push(Error::new(
                param.ident.span(),
                format!("the result does not depend on `{0}`; its derivative is zero: name the parameters to differentiate by in the attribute, without `{0}`", param.ident),
            )),
            None => {}
        }
    }
    if errors.is_empty() && overflows(&graph, gradients.iter().copied().chain(roots.iter().map(|r| place[r])), input) {
        let message = "the constants of this function, multiplied out, are no finite numbers; scale its values";
        errors.push(Error::new(input.signature.sig.ident.span(), message));
    }
    let differential = gradients.iter().map(|gradient| signed_transpose(&mut graph, *gradient)).collect();
    let lets = function.lets.iter().filter_map(|(id, name)| Some((*place.get(id)?, name.clone()))).collect();
    let opened = function.opened.iter().map(|id| place[id]).collect();
    errors.barrier(Derivation { function, graph, value, gradients, differential, opened, lets })
}

/// Whether a constant below these nodes is no finite number of the function's type.
fn overflows(g: &Graph, roots: impl Iterator<Item = NodeId>, input: &parse::Input) -> bool {
    let largest = if input.signature.scalar == Some(parse::ScalarType::F32) { f64::from(f32::MAX) } else { f64::MAX };
    let fits = |c: &ir::Real| c.0.abs() <= largest;
    g.reachable(&roots.collect::<Vec<_>>()).iter().any(|id| match &g.node(*id).op.attr {
        Attr::Real(c) => !fits(c),
        Attr::Coefs(all) => !all.iter().all(fits),
        Attr::Region(region) => overflows(&region.graph, region.results.iter().copied(), input),
        _ => false,
    })
}

/// `± Gᵀ`, the sign being that of a `G` that is one term.
fn signed_transpose(g: &mut Graph, gradient: NodeId) -> (bool, NodeId) {
    let transposed = g.transpose(gradient);
    match g.terms(transposed)[..] {
        [(c, _)] if c < 0.0 => (true, g.neg(transposed)),
        _ => (false, transposed),
    }
}
