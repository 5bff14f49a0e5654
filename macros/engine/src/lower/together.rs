//! Several assignments in one: `(a, b) = (b, a + b)`, `std::mem::swap(&mut a, &mut b)`, `std::mem::replace(&mut a, b)`.

use proc_macro2::Ident;
use syn::spanned::Spanned;

use super::changed::root;
use super::jumps::Own;
use super::operators::bare;
use super::value::Lasts;
use super::{Lowerer, Refusal, Value};

impl Lowerer<'_> {
    /// An assignment to several places, one of which at least is active.
    pub(super) fn assigned_together(&mut self, e: &syn::Expr) -> Option<Result<(), Refusal>> {
        if let Some((a, b)) = exchanged(e) {
            let is_active = self.is_active_place(a) || self.is_active_place(b);
            return is_active.then(|| self.all_assigned(&syn::parse_quote_spanned!(e.span()=> (#a, #b) = (#b, #a))));
        }
        let syn::Expr::Assign(assign) = bare(e) else { return None };
        let places = places(&assign.left);
        let left = bare(&assign.left);
        let several = matches!(left, syn::Expr::Array(_) | syn::Expr::Call(_) | syn::Expr::Struct(_) | syn::Expr::Tuple(_));
        let active = places.iter().any(|place| self.is_active_place(place));
        (several && !places.is_empty() && active).then(|| self.all_assigned(assign))
    }

    pub(super) fn is_active_place(&self, place: &syn::Expr) -> bool {
        let binding = root(place).and_then(|name| self.lookup(&name.to_string()));
        binding.is_some_and(|b| b.active && (b.lasts == Lasts::Assigned || matches!(b.value, Value::Place(_))))
    }

    /// First all values, then the places from left to right.
    fn all_assigned(&mut self, e: &syn::ExprAssign) -> Result<(), Refusal> {
        self.scopes.push(std::collections::HashMap::new());
        let (mut bound, mut then) = (Vec::new(), Vec::new());
        let parted = self.parted(&e.left, &e.right, &mut bound, &mut then);
        let done = parted.and_then(|()| bound.iter().chain(&then).try_for_each(|statement| self.statement(statement)));
        self.scopes.pop();
        done
    }

    /// `bound`: names for the values; `then`: the assignments.
    fn parted(
        &mut self,
        left: &syn::Expr,
        right: &syn::Expr,
        bound: &mut Vec<syn::Stmt>,
        then: &mut Vec<syn::Stmt>,
    ) -> Result<(), Refusal> {
        match (bare(left), bare(right)) {
            (syn::Expr::Tuple(syn::ExprTuple { elems: to, .. }), syn::Expr::Tuple(syn::ExprTuple { elems: of, .. }))
            | (syn::Expr::Array(syn::ExprArray { elems: to, .. }), syn::Expr::Array(syn::ExprArray { elems: of, .. }))
                if to.len() == of.len() =>
            {
                to.iter().zip(of).try_for_each(|(left, right)| self.parted(left, right, bound, then))
            }
            (left, right) => {
                let pattern = self.pattern_of(left, then)?;
                bound.push(syn::parse_quote_spanned!(left.span()=> let #pattern = #right;));
                Ok(())
            }
        }
    }

    /// A pattern with a name of ours for each place.
    fn pattern_of(&mut self, left: &syn::Expr, then: &mut Vec<syn::Stmt>) -> Result<syn::Pat, Refusal> {
        let mut all = |cx: &mut Self, elems: &syn::punctuated::Punctuated<syn::Expr, syn::Token![,]>| {
            elems.iter().map(|e| cx.pattern_of(e, then)).collect::<Result<Vec<_>, _>>()
        };
        match bare(left) {
            syn::Expr::Tuple(e) => {
                let parts = all(self, &e.elems)?;
                Ok(syn::parse_quote!((#(#parts,)*)))
            }
            syn::Expr::Array(e) => {
                let parts = all(self, &e.elems)?;
                Ok(syn::parse_quote!([#(#parts),*]))
            }
            syn::Expr::Infer(_) => Ok(syn::parse_quote!(_)),
            syn::Expr::Range(_) | syn::Expr::Struct(_) | syn::Expr::Call(_) => Err(self.fence().choice(
                left.span(),
                "an assignment to parts of this kind",
                "bind the value with `let`, and assign its parts one by one",
            )),
            place => {
                let name = self.assigned_name();
                then.push(syn::parse_quote_spanned!(place.span()=> #place = #name;));
                Ok(syn::parse_quote!(#name))
            }
        }
    }

    fn assigned_name(&mut self) -> Ident {
        let name = self.free_name("next");
        self.flags.push((name.to_string(), Own::Held));
        name
    }

    /// `std::mem::replace(&mut a, b)`: what was there.
    pub(super) fn replaced_value(&mut self, place: &syn::Expr, with: &syn::Expr) -> Result<Value, Refusal> {
        let name = self.assigned_name();
        let before = self.expression(place)?;
        let bound: syn::Stmt = syn::parse_quote_spanned!(with.span()=> let #name = #with;);
        let then: syn::Stmt = syn::parse_quote_spanned!(place.span()=> #place = #name;);
        self.scopes.push(std::collections::HashMap::new());
        let done = self.statement(&bound).and_then(|()| self.statement(&then));
        self.scopes.pop();
        done.map(|()| before)
    }
}

/// The places that are assigned to.
pub(super) fn places(left: &syn::Expr) -> Vec<&syn::Expr> {
    match bare(left) {
        syn::Expr::Tuple(e) => e.elems.iter().flat_map(places).collect(),
        syn::Expr::Array(e) => e.elems.iter().flat_map(places).collect(),
        syn::Expr::Call(e) => e.args.iter().flat_map(places).collect(),
        syn::Expr::Struct(e) => e.fields.iter().flat_map(|field| places(&field.expr)).collect(),
        syn::Expr::Infer(_) | syn::Expr::Range(_) => Vec::new(),
        place => vec![place],
    }
}

/// What `mem::swap` exchanges.
pub(super) fn exchanged(e: &syn::Expr) -> Option<(&syn::Expr, &syn::Expr)> {
    let args = called(e, "swap")?;
    Some((borrowed(args.first()?)?, borrowed(args.get(1)?)?))
}

/// What `mem::replace` replaces, and with what.
pub(super) fn replaced_place(e: &syn::Expr) -> Option<(&syn::Expr, &syn::Expr)> {
    let args = called(e, "replace")?;
    Some((borrowed(args.first()?)?, args.get(1)?))
}

/// The arguments of a function of `std::mem`.
fn called<'e>(e: &'e syn::Expr, name: &str) -> Option<Vec<&'e syn::Expr>> {
    let syn::Expr::Call(call) = bare(e) else { return None };
    let syn::Expr::Path(path) = &*call.func else { return None };
    let mut names = path.path.segments.iter().rev().map(|s| s.ident.to_string());
    let is_it = names.next().is_some_and(|last| last == name) && names.next().is_none_or(|of| of == "mem");
    (is_it && call.args.len() == 2).then(|| call.args.iter().collect())
}

/// `a` of `&mut a`.
fn borrowed(e: &syn::Expr) -> Option<&syn::Expr> {
    match bare(e) {
        syn::Expr::Reference(e) if e.mutability.is_some() => Some(bare(&e.expr)),
        _ => None,
    }
}
