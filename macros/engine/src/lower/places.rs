//! Places: what is on the left of an assignment, and names that are no more than that: `for v in y.iter_mut()`, `let v = &mut y[i]`.

use std::collections::{HashMap, HashSet};

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::spanned::Spanned;

use super::changed::root;
use super::mentions::mentions;
use super::operators::bare;
use super::value::Lasts;
use super::{Lowerer, Refusal, Value};
use crate::ir::{Attr, Block, Index, Kind, Shape};

use super::items::sum_of;

/// Methods that borrow a part mutably, and those that read the same part.
const VIEWS: &[(&str, &str)] = &[
    ("row_mut", "row"),
    ("column_mut", "column"),
    ("rows_mut", "rows"),
    ("columns_mut", "columns"),
    ("fixed_rows_mut", "fixed_rows"),
    ("fixed_columns_mut", "fixed_columns"),
    ("view_mut", "view"),
    ("fixed_view_mut", "fixed_view"),
    ("slice_mut", "view"),
    ("fixed_slice_mut", "fixed_view"),
    ("index_mut", "index"),
    ("as_mut", "as_ref"),
    ("as_view_mut", "as_view"),
];

/// Methods that go through parts that they borrow mutably.
pub(super) const ITERATES: &[&str] = &["iter_mut", "row_iter_mut", "column_iter_mut"];

/// The method that reads what one of this name borrows mutably.
pub(super) fn shared_view(name: &str) -> Option<&'static str> {
    VIEWS.iter().find(|(mutable, _)| *mutable == name).map(|(_, shared)| *shared)
}

/// A place with another expression in place of the variable at its root.
pub(super) fn with_root(place: &syn::Expr, with: &syn::Expr) -> syn::Expr {
    match bare(place) {
        syn::Expr::Index(e) => syn::Expr::Index(syn::ExprIndex { expr: Box::new(with_root(&e.expr, with)), ..e.clone() }),
        syn::Expr::Field(e) => syn::Expr::Field(syn::ExprField { base: Box::new(with_root(&e.base, with)), ..e.clone() }),
        syn::Expr::MethodCall(e) => {
            syn::Expr::MethodCall(syn::ExprMethodCall { receiver: Box::new(with_root(&e.receiver, with)), ..e.clone() })
        }
        syn::Expr::Unary(e) => with_root(&e.expr, with),
        _ => with.clone(),
    }
}

/// A statement on a place, on another.
pub(super) fn on_place(e: &syn::Expr, with: &syn::Expr) -> syn::Expr {
    match bare(e) {
        syn::Expr::Assign(e) => syn::Expr::Assign(syn::ExprAssign { left: Box::new(with_root(&e.left, with)), ..e.clone() }),
        syn::Expr::Binary(e) => syn::Expr::Binary(syn::ExprBinary { left: Box::new(with_root(&e.left, with)), ..e.clone() }),
        syn::Expr::MethodCall(e) => {
            syn::Expr::MethodCall(syn::ExprMethodCall { receiver: Box::new(with_root(&e.receiver, with)), ..e.clone() })
        }
        other => other.clone(),
    }
}

/// What an expression borrows mutably, if it does nothing else: `&mut y[i]`, `y.rows_mut(0, 3)`.
pub(super) fn borrowed_place(e: &syn::Expr) -> Option<&syn::Expr> {
    match bare(e) {
        syn::Expr::Reference(e) if e.mutability.is_some() => Some(&e.expr),
        whole @ syn::Expr::MethodCall(e) if shared_view(&e.method.to_string()).is_some() => Some(whole),
        _ => None,
    }
}

/// What stands for a place that can no longer be said.
fn hidden(name: &str, span: Span) -> syn::Expr {
    let name = Ident::new(name, span);
    syn::parse_quote_spanned!(span=> hidden!(#name))
}

impl Lowerer<'_> {
    /// `let v = &mut y[i];`, `let mut v = y.rows_mut(0, 3);`
    pub(super) fn place_of(&mut self, local: &syn::Local) -> Option<Result<(), Refusal>> {
        let init = local.init.as_ref().filter(|init| init.diverge.is_none())?;
        // a reference that gets another name
        if let syn::Expr::Path(path) = bare(&init.expr)
            && let Some(Value::Place(of)) =
                path.path.get_ident().and_then(|name| self.lookup(&name.to_string())).map(|b| &b.value)
        {
            let of = Value::Place(of.clone());
            return Some(self.bind_pattern(&local.pat, of, true));
        }
        let place = borrowed_place(&init.expr)?;
        let name = root(place)?.to_string();
        self.lookup(&name).filter(|b| b.active && (b.lasts == Lasts::Assigned || matches!(b.value, Value::Place(_))))?;
        let pattern = match &local.pat {
            syn::Pat::Type(typed) => &*typed.pat,
            other => other,
        };
        let syn::Pat::Ident(of) = pattern else { return Some(Err(self.fence().assigned(local.pat.span(), &name))) };
        // `let y = &mut y;` is another name for nothing
        if of.ident == name && matches!(bare(place), syn::Expr::Path(_)) {
            return Some(Ok(()));
        }
        let place = match self.fixed_place(place) {
            Ok(place) => place,
            Err(refusal) => return Some(Err(refusal)),
        };
        Some(self.bind_pattern(&syn::Pat::Ident(of.clone()), Value::Place(Box::new(place)), true))
    }

    /// A place as it can be said later: where it is does not change.
    pub(super) fn fixed_place(&mut self, place: &syn::Expr) -> Result<syn::Expr, Refusal> {
        let name = root(place).map(ToString::to_string).unwrap_or_default();
        let moves = mentions(&place.to_token_stream())
            .into_iter()
            .any(|m| m.name != name && self.lookup(&m.name).is_some_and(|b| b.lasts != Lasts::Always));
        if moves {
            return Err(self.fence().choice(
                place.span(),
                "another name of a place whose index may change",
                "bind the index before, by a `let` without `mut`",
            ));
        }
        let mut place = place.clone();
        self.with_indices_said(&mut place)?;
        Ok(self.whole_place(&place))
    }

    /// Names of places as those of the variables that they are in.
    pub(super) fn changed_wholes(&self, names: HashSet<String>) -> HashSet<String> {
        let whole = |name: String| match self.lookup(&name).map(|b| &b.value) {
            Some(Value::Place(of)) => root(of).map_or(name, ToString::to_string),
            _ => name,
        };
        names.into_iter().map(whole).collect()
    }

    /// A name that is bound again means something else in the places that are written with it.
    pub(super) fn hide_places(&mut self, name: &str) {
        for binding in self.scopes.iter_mut().flat_map(HashMap::values_mut) {
            if let Value::Place(of) = &mut binding.value
                && mentions(&of.to_token_stream()).iter().any(|m| m.name == name)
            {
                **of = hidden(name, of.span());
            }
        }
    }

    /// A place that is written with a name that means something else by now.
    pub(super) fn refuse_hidden(&self, place: &syn::Expr, span: Span) -> Result<(), Refusal> {
        let syn::Expr::Macro(e) = bare(place) else { return Ok(()) };
        let words = format!("another name of a place, after `{}` was bound again,", e.mac.tokens);
        Err(self.fence().choice(span, &words, "give what is bound later a name of its own"))
    }

    /// A place by variables alone, not by other places.
    pub(super) fn whole_place(&self, place: &syn::Expr) -> syn::Expr {
        match root(place).and_then(|name| self.lookup(&name.to_string())).map(|b| &b.value) {
            Some(Value::Place(of)) => with_root(place, of),
            _ => place.clone(),
        }
    }

    /// Where a place is in the variable of this name.
    pub(super) fn place(&mut self, place: &syn::Expr, name: &str) -> Result<(Block, Shape), Refusal> {
        // in a closure of `map`, a number stands for those of all entries
        if self.maps > 0 {
            return Err(self.fence().loop_form(place.span(), "an assignment to an entry in a closure that runs once an entry"));
        }
        let Some(of) = self.lookup(name).and_then(|b| b.value.whole()) else {
            return Err(self.fence().assigned(place.span(), name));
        };
        // read as what it holds now, for its place
        let outer = std::mem::replace(&mut self.quiet, true);
        let part = self.expression(place);
        self.quiet = outer;
        let part = part?.whole();
        let whole = Block { row: Index::default(), col: Index::default() };
        let mut at = part.map(|id| (whole, id));
        while let Some((block, id)) = at {
            if id == of {
                let shape = part.map_or(Shape::SCALAR, |part| self.shape(part));
                return Ok((block, shape));
            }
            let node = self.graph.node(id).clone();
            at = match (node.op.kind, &node.op.attr) {
                (Kind::Slice, Attr::Block(outer)) => sum_of(&outer.row, &block.row)
                    .zip(sum_of(&outer.col, &block.col))
                    .map(|(row, col)| (Block { row, col }, node.args[0])),
                _ => None,
            };
        }
        Err(self.fence().assigned(place.span(), name))
    }
}
