//! The variables that a body changes to something that depends on a differentiated parameter.
//!
//! Found before the body is read, as `let mut loss = 0.0;` tells nothing of what the loop below makes of it. What
//! comes out are names: where two variables of one name differ in this, the inactive one is read as the active one is, and refused in
//! code that is carried over.

use std::collections::{HashMap, HashSet};

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::visit::{self, Visit};

use super::mentions::{How, mentions};
use super::operators::bare;
use super::patterns::pattern_names;
use super::places::{ITERATES, shared_view};
use super::together::{exchanged, places, replaced_place};

/// Methods that change what they are called on, and are read.
pub(super) const MUTATORS: &[&str] = &[
    "add_assign",
    "add_scalar_mut",
    "axpy",
    "cmpy",
    "component_div_assign",
    "component_mul_assign",
    "copy_from",
    "copy_from_slice",
    "fill",
    "fill_column",
    "fill_row",
    "gemm",
    "gemm_tr",
    "gemv",
    "gemv_tr",
    "ger",
    "neg_mut",
    "push",
    "scale_mut",
    "set_column",
    "set_row",
    "set_zero",
    "sub_assign",
    "swap",
    "swap_columns",
    "swap_rows",
    "tr_copy_from",
    "unscale_mut",
];

/// Methods that change every entry by a closure.
pub(super) const APPLIES: &[&str] = &["apply", "zip_apply"];

/// The names of variables that are changed by something active, `active` being the names of the differentiated parameters.
pub(super) fn changed(body: &syn::Block, active: impl Iterator<Item = String>, mutating: &HashSet<String>) -> HashSet<String> {
    let mut search = Search { scopes: vec![HashMap::new()], names: Vec::new(), given: Vec::new(), flows: Vec::new(), mutating };
    let mut reached: HashSet<usize> = active.map(|name| search.declare(name)).collect();
    search.visit_block(body);
    reached.extend(&search.given);
    loop {
        let before = reached.len();
        for flow in &search.flows {
            if flow.from.iter().any(|v| reached.contains(v)) {
                reached.extend(&flow.to);
            }
        }
        if reached.len() == before {
            break;
        }
    }
    let changes = search.flows.iter().filter(|f| f.changes && f.from.iter().any(|v| reached.contains(v)));
    changes.flat_map(|f| &f.to).map(|v| search.names[*v].clone()).collect()
}

/// The variable at the root of a place: `m` of `m[(i, j)]`.
pub(super) fn root(e: &syn::Expr) -> Option<&syn::Ident> {
    match bare(e) {
        syn::Expr::Path(path) => path.path.get_ident(),
        syn::Expr::Index(e) => root(&e.expr),
        syn::Expr::Field(e) => root(&e.base),
        syn::Expr::MethodCall(e) if shared_view(&e.method.to_string()).is_some() => root(&e.receiver),
        syn::Expr::Unary(e) if matches!(e.op, syn::UnOp::Deref(_)) => root(&e.expr),
        _ => None,
    }
}

/// Whether an operator assigns: `+=` and its kin.
pub(super) fn assigns(op: syn::BinOp) -> bool {
    use syn::BinOp::{AddAssign, DivAssign, MulAssign, SubAssign};
    matches!(op, AddAssign(_) | SubAssign(_) | MulAssign(_) | DivAssign(_))
}

/// Variables that are computed from others.
struct Flow {
    from: Vec<usize>,
    to: Vec<usize>,
    changes: bool,
}

struct Search<'a> {
    scopes: Vec<HashMap<String, usize>>,
    names: Vec<String>,
    /// Parameters of closures.
    given: Vec<usize>,
    flows: Vec<Flow>,
    /// Methods of the module that take `&mut self`.
    mutating: &'a HashSet<String>,
}

impl Search<'_> {
    fn declare(&mut self, name: String) -> usize {
        self.names.push(name.clone());
        let variable = self.names.len() - 1;
        if let Some(scope) = self.scopes.last_mut() {
            scope.insert(name, variable);
        }
        variable
    }
    fn variable(&self, name: &str) -> Option<usize> {
        self.scopes.iter().rev().find_map(|scope| scope.get(name)).copied()
    }
    fn sources(&self, code: &TokenStream) -> Vec<usize> {
        mentions(code).into_iter().filter(|m| m.how != How::Sized).filter_map(|m| self.variable(&m.name)).collect()
    }
    /// The names of a pattern, from here on.
    fn bind(&mut self, pattern: &syn::Pat, from: Vec<usize>) {
        let to = pattern_names(pattern).iter().map(|name| self.declare(name.to_string())).collect();
        self.flows.push(Flow { from, to, changes: false });
    }
    /// The variables that an expression borrows mutably.
    fn lent(&self, e: &syn::Expr) -> Vec<usize> {
        borrowed_mutably(e).iter().filter_map(|name| self.variable(&name.to_string())).collect()
    }
    /// What is done to the names of a pattern is done to what they borrow.
    fn lend(&mut self, pattern: &syn::Pat, lent: Vec<usize>) {
        let from = pattern_names(pattern).iter().filter_map(|name| self.variable(&name.to_string())).collect();
        self.flows.push(Flow { from, to: lent, changes: true });
    }
    fn change(&mut self, place: &syn::Expr, from: &TokenStream) {
        if let Some(variable) = root(place).and_then(|name| self.variable(&name.to_string())) {
            let from = self.sources(from);
            self.flows.push(Flow { from, to: vec![variable], changes: true });
        }
    }
    /// Parts of a tuple or an array, each from its own.
    fn change_all(&mut self, left: &syn::Expr, right: &syn::Expr) {
        match (bare(left), bare(right)) {
            (syn::Expr::Tuple(to), syn::Expr::Tuple(of)) if to.elems.len() == of.elems.len() => {
                to.elems.iter().zip(&of.elems).for_each(|(left, right)| self.change_all(left, right));
            }
            _ => places(left).into_iter().for_each(|place| self.change(place, &right.to_token_stream())),
        }
    }
    /// A call changes what is lent to it.
    fn lent_to<'e>(&mut self, args: impl Iterator<Item = &'e syn::Expr>, from: &TokenStream) {
        args.filter_map(lent_place).for_each(|place| self.change(place, from));
    }
    fn scope(&mut self, inside: impl FnOnce(&mut Self)) {
        self.scopes.push(HashMap::new());
        inside(self);
        self.scopes.pop();
    }
}

impl Visit<'_> for Search<'_> {
    fn visit_block(&mut self, block: &syn::Block) {
        self.scope(|s| visit::visit_block(s, block));
    }
    fn visit_item(&mut self, _: &syn::Item) {}
    fn visit_local(&mut self, local: &syn::Local) {
        visit::visit_local(self, local);
        let from = local.init.as_ref().map_or_else(Vec::new, |init| self.sources(&init.expr.to_token_stream()));
        let lent = local.init.as_ref().map_or_else(Vec::new, |init| self.lent(&init.expr));
        self.bind(&local.pat, from);
        self.lend(&local.pat, lent);
    }
    fn visit_expr_closure(&mut self, e: &syn::ExprClosure) {
        // what a closure is called with, nobody knows here
        self.scope(|s| {
            let names = e.inputs.iter().flat_map(pattern_names);
            let parameters: Vec<usize> = names.map(|name| s.declare(name.to_string())).collect();
            s.given.extend(parameters);
            s.visit_expr(&e.body);
        });
    }
    fn visit_expr_for_loop(&mut self, e: &syn::ExprForLoop) {
        self.visit_expr(&e.expr);
        let (from, lent) = (self.sources(&e.expr.to_token_stream()), self.lent(&e.expr));
        self.scope(|s| {
            s.bind(&e.pat, from);
            s.lend(&e.pat, lent);
            s.visit_block(&e.body);
        });
    }
    fn visit_expr_match(&mut self, e: &syn::ExprMatch) {
        self.visit_expr(&e.expr);
        let from = self.sources(&e.expr.to_token_stream());
        for arm in &e.arms {
            self.scope(|s| {
                s.bind(&arm.pat, from.clone());
                visit::visit_arm(s, arm);
            });
        }
    }
    fn visit_expr_if(&mut self, e: &syn::ExprIf) {
        self.scope(|s| {
            s.visit_expr(&e.cond);
            s.visit_block(&e.then_branch);
        });
        e.else_branch.iter().for_each(|(_, e)| self.visit_expr(e));
    }
    fn visit_expr_while(&mut self, e: &syn::ExprWhile) {
        self.scope(|s| visit::visit_expr_while(s, e));
    }
    fn visit_expr_let(&mut self, e: &syn::ExprLet) {
        visit::visit_expr_let(self, e);
        let from = self.sources(&e.expr.to_token_stream());
        self.bind(&e.pat, from);
    }
    fn visit_expr_assign(&mut self, e: &syn::ExprAssign) {
        self.change_all(&e.left, &e.right);
        visit::visit_expr_assign(self, e);
    }
    fn visit_expr_call(&mut self, e: &syn::ExprCall) {
        let call = syn::Expr::Call(e.clone());
        if let Some((a, b)) = exchanged(&call) {
            self.change(a, &b.to_token_stream());
            self.change(b, &a.to_token_stream());
        }
        if let Some((place, with)) = replaced_place(&call) {
            self.change(place, &with.to_token_stream());
        }
        self.lent_to(e.args.iter(), &e.args.to_token_stream());
        visit::visit_expr_call(self, e);
    }
    fn visit_expr_binary(&mut self, e: &syn::ExprBinary) {
        if assigns(e.op) {
            self.change(&e.left, &e.right.to_token_stream());
        }
        visit::visit_expr_binary(self, e);
    }
    fn visit_expr_method_call(&mut self, e: &syn::ExprMethodCall) {
        if MUTATORS.iter().chain(APPLIES).any(|m| e.method == m) || self.mutating.contains(&e.method.to_string()) {
            self.change(&e.receiver, &e.args.to_token_stream());
        }
        self.lent_to(e.args.iter(), &e.to_token_stream());
        visit::visit_expr_method_call(self, e);
    }
}

/// What an argument lends to the function that is called.
fn lent_place(e: &syn::Expr) -> Option<&syn::Expr> {
    match bare(e) {
        syn::Expr::Reference(e) if e.mutability.is_some() => Some(&e.expr),
        _ => None,
    }
}

/// The variables that an expression borrows mutably.
pub(super) fn borrowed_mutably(e: &syn::Expr) -> Vec<syn::Ident> {
    struct Borrows(Vec<syn::Ident>);
    impl Visit<'_> for Borrows {
        fn visit_expr_method_call(&mut self, e: &syn::ExprMethodCall) {
            let name = e.method.to_string();
            if ITERATES.contains(&name.as_str()) || shared_view(&name).is_some() {
                self.0.extend(root(&e.receiver).cloned());
            }
            visit::visit_expr_method_call(self, e);
        }
        fn visit_expr_reference(&mut self, e: &syn::ExprReference) {
            if e.mutability.is_some() {
                self.0.extend(root(&e.expr).cloned());
            }
            visit::visit_expr_reference(self, e);
        }
        fn visit_expr_closure(&mut self, _: &syn::ExprClosure) {}
    }
    let mut borrows = Borrows(Vec::new());
    borrows.visit_expr(e);
    borrows.0
}

/// The variables from around a block that it changes.
pub(super) fn changed_in(body: &syn::Block, mutating: &HashSet<String>) -> HashSet<String> {
    changed_by(&syn::Expr::Block(syn::ExprBlock { attrs: Vec::new(), label: None, block: body.clone() }), mutating)
}

/// The variables from around a loop that it changes.
pub(super) fn changed_by_loop(e: &syn::ExprForLoop, mutating: &HashSet<String>) -> HashSet<String> {
    let mut changed = changed_in(&e.body, mutating);
    changed.extend(borrowed_mutably(&e.expr).into_iter().map(|name| name.to_string()));
    changed
}

/// The variables from around an expression that it changes.
pub(super) fn changed_by(e: &syn::Expr, mutating: &HashSet<String>) -> HashSet<String> {
    struct Changes<'a>(HashSet<String>, HashSet<String>, &'a HashSet<String>);
    impl Changes<'_> {
        fn change(&mut self, place: &syn::Expr) {
            self.0.extend(root(place).map(ToString::to_string));
        }
    }
    impl Visit<'_> for Changes<'_> {
        fn visit_expr_assign(&mut self, e: &syn::ExprAssign) {
            for place in places(&e.left) {
                self.change(place);
            }
            visit::visit_expr_assign(self, e);
        }
        fn visit_expr_call(&mut self, e: &syn::ExprCall) {
            let call = syn::Expr::Call(e.clone());
            let both = exchanged(&call).map(|(a, b)| vec![a, b]);
            let changed = both.or_else(|| replaced_place(&call).map(|(place, _)| vec![place]));
            changed.into_iter().flatten().for_each(|place| self.change(place));
            e.args.iter().filter_map(lent_place).for_each(|place| self.change(place));
            visit::visit_expr_call(self, e);
        }
        fn visit_expr_binary(&mut self, e: &syn::ExprBinary) {
            if assigns(e.op) {
                self.change(&e.left);
            }
            visit::visit_expr_binary(self, e);
        }
        fn visit_expr_method_call(&mut self, e: &syn::ExprMethodCall) {
            if MUTATORS.iter().chain(APPLIES).any(|m| e.method == m) || self.2.contains(&e.method.to_string()) {
                self.change(&e.receiver);
            }
            e.args.iter().filter_map(lent_place).for_each(|place| self.change(place));
            visit::visit_expr_method_call(self, e);
        }
        fn visit_expr_for_loop(&mut self, e: &syn::ExprForLoop) {
            self.0.extend(borrowed_mutably(&e.expr).into_iter().map(|name| name.to_string()));
            visit::visit_expr_for_loop(self, e);
        }
        fn visit_local(&mut self, local: &syn::Local) {
            // what borrows it may change it
            self.0.extend(local.init.iter().flat_map(|init| borrowed_mutably(&init.expr)).map(|name| name.to_string()));
            self.1.extend(pattern_names(&local.pat).iter().map(ToString::to_string));
            visit::visit_local(self, local);
        }
    }
    let mut changes = Changes(HashSet::new(), HashSet::new(), mutating);
    changes.visit_expr(e);
    changes.0
}
