//! What the function opens with `?`, `unwrap` or `expect` and the companion does not need: it is asked for all the same, so that a
//! companion has a value exactly where the function has one.

use proc_macro2::TokenStream;
use quote::quote;

use super::Code;
use crate::Derivation;
use crate::ir::{Attr, Fail, Graph, Kind, NodeId};
use crate::lower::Function;

/// Something that may not exist, and that nothing else computes.
pub(super) struct Opened {
    /// What is opened.
    node: NodeId,
    /// What has to be computed to know whether it exists.
    pub(super) root: NodeId,
}

/// Everything that is opened and not computed from `roots`.
pub(super) fn unneeded(derivation: &Derivation, roots: &[NodeId]) -> Vec<Opened> {
    let g = &derivation.graph;
    let needed = g.reachable(roots);
    let mut missing: Vec<Opened> = Vec::new();
    for id in &derivation.opened {
        let node = untransposed(g, *id);
        let may_fail = matches!(&g.node(node).op.attr, Attr::Fail(fail) if *fail != Fail::Unchecked);
        if may_fail && !needed.contains(&node) && missing.iter().all(|m| m.node != node) {
            // that a matrix is invertible shows in its factorization
            let root = if g.kind(node) == Kind::Inv && g.kind(g.args(node)[0]) == Kind::Lu { g.args(node)[0] } else { node };
            missing.push(Opened { node, root });
        }
    }
    missing
}

impl Opened {
    /// The statement that opens it; `code`: that of the root.
    pub(super) fn statement(&self, g: &Graph, function: &Function, code: &Code) -> TokenStream {
        let tokens = &code.tokens;
        if self.root == self.node {
            // a factorization is a variable, and was opened when it was bound
            return if g.kind(self.node) == Kind::Chol { TokenStream::new() } else { quote!(let _ = #tokens;) };
        }
        let option = quote!(#tokens.is_invertible().then_some(()));
        match &g.node(self.node).op.attr {
            Attr::Fail(Fail::Question) => quote!(#option?;),
            Attr::Fail(Fail::Expect(message)) => {
                let message = &function.opaques[message.0 as usize].code;
                quote!(#option.expect(#message);)
            }
            _ => quote!(#option.unwrap();),
        }
    }
}

fn untransposed(g: &Graph, id: NodeId) -> NodeId {
    if g.kind(id) == Kind::Transpose { g.args(id)[0] } else { id }
}
