//! Indices with effects in places that are read and written: evaluated once, before.

use proc_macro2::Span;
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use super::effects::is_pure;
use super::operators::bare;
use super::value::{Binding, Integer};
use super::{Lowerer, Refusal, Value};
use crate::ir::Index;

/// Methods that read and write where their first so many arguments say.
const INDEXED: &[(&str, usize)] =
    &[("swap", 2), ("swap_rows", 2), ("swap_columns", 2), ("set_row", 1), ("set_column", 1), ("fill_row", 1), ("fill_column", 1)];

impl Lowerer<'_> {
    /// An assignment whose place can be said twice; none, if it can be already.
    pub(super) fn said_twice(&mut self, e: &syn::Expr) -> Result<Option<syn::Expr>, Refusal> {
        let mut e = bare(e).clone();
        let (place, with): (&mut syn::Expr, Option<&syn::Expr>) = match &mut e {
            syn::Expr::Assign(e) => (&mut e.left, Some(&e.right)),
            syn::Expr::Binary(e) => (&mut e.left, Some(&e.right)),
            syn::Expr::MethodCall(e) => {
                let indices = INDEXED.iter().find(|(name, _)| e.method == name).map_or(0, |(_, n)| *n);
                let mut found = self.with_indices_said(&mut e.receiver)?;
                for argument in e.args.iter_mut().take(indices) {
                    found |= self.index_said(argument)?;
                }
                return Ok(found.then_some(syn::Expr::MethodCall(e.clone())));
            }
            _ => return Ok(None),
        };
        let (span, pure) = (place.span(), with.is_none_or(|e| is_pure(&e.to_token_stream())));
        if !self.with_indices_said(place)? {
            return Ok(None);
        }
        // Rust evaluates the right side first
        if pure { Ok(Some(e)) } else { Err(self.effects_at(span)) }
    }

    /// Indices with effects under names of ours; whether there are any.
    pub(super) fn with_indices_said(&mut self, place: &mut syn::Expr) -> Result<bool, Refusal> {
        Ok(match place {
            syn::Expr::Index(e) => self.with_indices_said(&mut e.expr)? | self.index_said(&mut e.index)?,
            syn::Expr::MethodCall(e) => {
                let mut found = self.with_indices_said(&mut e.receiver)?;
                for index in &mut e.args {
                    found |= self.index_said(index)?;
                }
                found
            }
            syn::Expr::Field(e) => self.with_indices_said(&mut e.base)?,
            syn::Expr::Unary(e) => self.with_indices_said(&mut e.expr)?,
            syn::Expr::Paren(e) => self.with_indices_said(&mut e.expr)?,
            syn::Expr::Group(e) => self.with_indices_said(&mut e.expr)?,
            syn::Expr::Reference(e) => self.with_indices_said(&mut e.expr)?,
            _ => false,
        })
    }

    /// What is said twice has no effects.
    pub(super) fn refuse_effects(&self, e: &syn::Expr) -> Result<(), Refusal> {
        let mut search = Effects(None);
        search.visit_expr(e);
        search.0.map_or(Ok(()), |span| Err(self.effects_at(span)))
    }

    pub(super) fn effects_at(&self, span: Span) -> Refusal {
        self.fence().choice(span, "an index that is computed by a call here", "bind it before: `let i = …;`")
    }

    fn index_said(&mut self, index: &mut syn::Expr) -> Result<bool, Refusal> {
        if is_pure(&index.to_token_stream()) {
            return Ok(false);
        }
        match index {
            syn::Expr::Tuple(tuple) => {
                let mut found = false;
                for e in &mut tuple.elems {
                    found |= self.index_said(e)?;
                }
                return Ok(found);
            }
            syn::Expr::Range(_) => return Err(self.effects_at(index.span())),
            _ => {}
        }
        let n = self.integer_expression(index)?;
        let id = self.carried_integer(index, &n)?;
        let code = self.prologue.opaques[id.0 as usize].code.clone();
        let name = code.to_string();
        let variable = self.prologue.declare(&name, false);
        let known = Some(Index { code: Some(id), ..Index::default() });
        self.bind(&name, Binding::carried(Value::Int(Integer { known, code: code.clone() }), variable));
        *index = syn::parse_quote!(#code);
        Ok(true)
    }
}

/// Where an index has an effect.
struct Effects(Option<Span>);

impl Visit<'_> for Effects {
    fn visit_expr_index(&mut self, e: &syn::ExprIndex) {
        if !is_pure(&e.index.to_token_stream()) {
            self.0 = Some(e.index.span());
        }
        visit::visit_expr_index(self, e);
    }
}
