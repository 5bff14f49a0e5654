//! The fence: every refusal of a body, its words and its place.
//!
//! Lower case, no full stop: what is wrong; what to do. *Cannot be differentiated* is mathematics, *not supported* is ours.
#![allow(clippy::unused_self, reason = "a refusal is made by the fence, whether or not its words name a parameter")]

mod advice;
mod calls;
mod loops;
mod shapes;
mod statements;
mod syntax;
mod values;

use std::collections::HashMap;

use super::{Binding, Call, Lowerer, Opaque, Refusal, Value};
use crate::ir::{Dim, Graph};
use crate::parse::Input;

/// Makes refusals.
pub struct Fence<'a> {
    input: &'a Input,
    graph: &'a Graph,
    opaques: &'a [Opaque],
    scopes: &'a [HashMap<String, Binding>],
    /// Run-time dimensions that turned out to be known, and the expression that needs it.
    pins: &'a HashMap<Dim, String>,
}

impl<'a> Fence<'a> {
    pub(in crate::lower) fn new(lowerer: &'a Lowerer<'_>) -> Self {
        let (input, graph) = (lowerer.input, &lowerer.graph);
        Self { input, graph, opaques: &lowerer.prologue.opaques, scopes: &lowerer.scopes, pins: &lowerer.pins }
    }

    /// What is differentiated by, for a sentence.
    fn wrt(&self) -> String {
        let names: Vec<String> =
            self.input.arguments.names(&self.input.signature).iter().map(|name| format!("`{name}`")).collect();
        names.join(" or ")
    }
}
