//! The fence: every refusal of a body, its words and its place.
//!
//! Lower case, no full stop: what is wrong; what to do. *Cannot be differentiated* is mathematics, *not supported* is ours.
#![allow(clippy::unused_self, reason = "a refusal is made by the fence, whether or not its words name a parameter")]

mod calls;
mod nearest;
mod shapes;
mod statements;
mod syntax;
mod values;

use super::{Call, Refusal, Value};
use crate::ir::Graph;
use crate::parse::Input;

/// Makes refusals.
pub struct Fence<'a> {
    input: &'a Input,
    graph: &'a Graph,
}

impl<'a> Fence<'a> {
    pub(in crate::lower) fn new(input: &'a Input, graph: &'a Graph) -> Self {
        Self { input, graph }
    }

    /// What is differentiated by, for a sentence.
    fn wrt(&self) -> String {
        let names: Vec<String> =
            self.input.arguments.wrt.iter().map(|p| format!("`{}`", self.input.signature.params[*p].ident)).collect();
        names.join(", ")
    }
}
