//! The variables that a body changes to something that depends on a differentiated parameter.
//!
//! Found before the body is read, as `let mut loss = 0.0;` tells nothing of what the loop below makes of it. Names are compared, not
//! variables: where two variables of one name differ in this, the inactive one is read as the active one is, and refused in code that
//! is carried over.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::visit::{self, Visit};

use super::body::pattern_names;
use super::mentions::{How, mentions};
use super::operators::bare;

/// Methods that change what they are called on, and are read.
pub(super) const MUTATORS: &[&str] =
    &["add_assign", "sub_assign", "axpy", "copy_from", "fill", "neg_mut", "scale_mut", "set_column", "set_row"];

/// The names that are changed by something active, `active` being the names of the differentiated parameters.
pub(super) fn changed(body: &syn::Block, active: impl Iterator<Item = String>) -> HashSet<String> {
    let mut search = Search { flows: Vec::new() };
    search.visit_block(body);
    let mut reached: HashSet<String> = active.collect();
    loop {
        let before = reached.len();
        for flow in
            search.flows.iter().filter(|f| f.from.iter().any(|n| reached.contains(n))).map(|f| f.to.clone()).collect::<Vec<_>>()
        {
            reached.extend(flow);
        }
        if reached.len() == before {
            break;
        }
    }
    let changes = search.flows.into_iter().filter(|f| f.changes && f.from.iter().any(|n| reached.contains(n)));
    changes.flat_map(|f| f.to).collect()
}

/// The variable at the root of a place: `m` of `m[(i, j)]`.
pub(super) fn root(e: &syn::Expr) -> Option<&syn::Ident> {
    match bare(e) {
        syn::Expr::Path(path) => path.path.get_ident(),
        syn::Expr::Index(e) => root(&e.expr),
        syn::Expr::Field(e) => root(&e.base),
        syn::Expr::Unary(e) if matches!(e.op, syn::UnOp::Deref(_)) => root(&e.expr),
        _ => None,
    }
}

/// Whether an operator assigns: `+=` and its kin.
pub(super) fn assigns(op: syn::BinOp) -> bool {
    use syn::BinOp::{AddAssign, DivAssign, MulAssign, SubAssign};
    matches!(op, AddAssign(_) | SubAssign(_) | MulAssign(_) | DivAssign(_))
}

/// What is computed from what.
struct Flow {
    from: Vec<String>,
    to: Vec<String>,
    changes: bool,
}

struct Search {
    flows: Vec<Flow>,
}

impl Search {
    fn flow(&mut self, from: &TokenStream, to: Vec<String>, changes: bool) {
        let from = mentions(from).into_iter().filter(|m| m.how != How::Sized).map(|m| m.name).collect();
        self.flows.push(Flow { from, to, changes });
    }
    fn bound(&mut self, pattern: &syn::Pat, from: &TokenStream) {
        self.flow(from, pattern_names(pattern).iter().map(ToString::to_string).collect(), false);
    }
    fn change(&mut self, place: &syn::Expr, from: &TokenStream) {
        if let Some(name) = root(place) {
            self.flow(from, vec![name.to_string()], true);
        }
    }
}

impl Visit<'_> for Search {
    fn visit_local(&mut self, local: &syn::Local) {
        if let Some(init) = &local.init {
            self.bound(&local.pat, &init.expr.to_token_stream());
        }
        visit::visit_local(self, local);
    }
    fn visit_expr_for_loop(&mut self, e: &syn::ExprForLoop) {
        self.bound(&e.pat, &e.expr.to_token_stream());
        visit::visit_expr_for_loop(self, e);
    }
    fn visit_expr_assign(&mut self, e: &syn::ExprAssign) {
        self.change(&e.left, &e.right.to_token_stream());
        visit::visit_expr_assign(self, e);
    }
    fn visit_expr_binary(&mut self, e: &syn::ExprBinary) {
        if assigns(e.op) {
            self.change(&e.left, &e.right.to_token_stream());
        }
        visit::visit_expr_binary(self, e);
    }
    fn visit_expr_method_call(&mut self, e: &syn::ExprMethodCall) {
        if MUTATORS.iter().any(|m| e.method == m) {
            self.change(&e.receiver, &e.args.to_token_stream());
        }
        visit::visit_expr_method_call(self, e);
    }
}
