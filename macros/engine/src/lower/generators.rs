//! Matrices whose entries a closure or an iterator gives: `from_fn`, `from_iterator`.

use std::collections::HashSet;

use proc_macro2::Ident;
use quote::{ToTokens, quote};
use syn::spanned::Spanned;

use super::items::Items;
use super::lanes::Lanes;
use super::value::Integer;
use super::{Lowerer, Refusal, Value};
use crate::ir::{Dim, Index};

impl Lowerer<'_> {
    /// `DVector::from_fn(n, |i, _| …)`, `DMatrix::from_fn(n, m, |i, j| …)`, `DVector::from_iterator(n, …)`.
    pub(super) fn generated(&mut self, of: &syn::Path, name: &Ident, args: &[&syn::Expr]) -> Option<Result<Value, Refusal>> {
        let code = args.iter().map(ToTokens::to_token_stream).collect();
        if !["from_fn", "from_iterator"].iter().any(|n| name == n) || !self.mentions_active(&code) {
            return None;
        }
        let ty = self.constructor_type(of)?;
        let crate::parse::NumForm::Matrix { rows, cols, .. } = &ty.form else { return None };
        Some(self.generate(name, (rows, cols), args))
    }

    fn generate(
        &mut self,
        name: &Ident,
        (rows, cols): (&crate::parse::TypeDim, &crate::parse::TypeDim),
        args: &[&syn::Expr],
    ) -> Result<Value, Refusal> {
        self.refuse_in_maps(name.span())?;
        let Some((last, sizes)) = args.split_last() else { return Err(self.fence().loop_form(name.span(), "this call")) };
        let mut sizes = sizes.iter();
        let mut side = |cx: &mut Self, dim: &crate::parse::TypeDim| match (dim, sizes.next()) {
            (crate::parse::TypeDim::Dyn, Some(e)) => cx.size_of(e),
            (crate::parse::TypeDim::Dyn, None) => Err(cx.fence().loop_form(name.span(), "this call")),
            (other, _) => Ok(cx.type_dim(other)),
        };
        let dynamic_rows = matches!(rows, crate::parse::TypeDim::Dyn);
        let n = side(self, rows)?;
        let m = if dynamic_rows || matches!(cols, crate::parse::TypeDim::Dyn) { side(self, cols)? } else { self.type_dim(cols) };
        let span = name.span();
        if name == "from_iterator" {
            if m != Dim::ONE && n != Dim::ONE {
                return Err(self.fence().loop_form(span, "`from_iterator` of a matrix"));
            }
            let items = self.items(last)?;
            let len = if m == Dim::ONE { n } else { m };
            let own = self.items_len(&items)?;
            self.unify_at(span, own, len, "`from_iterator` needs as many entries")?;
            let column = self.collected(&items, span)?;
            return Ok(self.matrix(|g| if m == Dim::ONE { column } else { g.transpose(column) }));
        }
        let Value::Closure(closure, seen) = self.expression(last)? else {
            return Err(self.fence().loop_form(last.span(), "`from_fn` with anything but a closure"));
        };
        let range = |len| Items::Range { begin: Integer { known: Some(Index::default()), code: quote!(0) }, len, untyped: None };
        let zero = || Value::Int(Integer { known: Some(Index::default()), code: quote!(0) });
        if m == Dim::ONE || n == Dim::ONE {
            let len = if m == Dim::ONE { n } else { m };
            let column = self.lane(
                &range(len),
                HashSet::new(),
                false,
                |cx, i| cx.inline(&closure, seen, if m == Dim::ONE { vec![i, zero()] } else { vec![zero(), i] }),
                |cx, lane, value| cx.all_values(lane, &value, span),
            )?;
            let Lanes::Scalar(column) = column else {
                return Err(self.fence().loop_form(span, "`from_fn` of what are no numbers"));
            };
            return Ok(self.matrix(|g| if m == Dim::ONE { column } else { g.transpose(column) }));
        }
        let rows = self.lane(
            &range(n),
            HashSet::new(),
            false,
            |cx, i| {
                let row = cx.lane(
                    &range(m),
                    HashSet::new(),
                    false,
                    |cx, j| cx.inline(&closure, seen, vec![i, j]),
                    |cx, lane, value| cx.all_values(lane, &value, span),
                )?;
                let Lanes::Scalar(column) = row else {
                    return Err(cx.fence().loop_form(span, "`from_fn` of what are no numbers"));
                };
                Ok(Value::Matrix(cx.graph.transpose(column)))
            },
            |cx, lane, value| cx.all_values(lane, &value, span),
        )?;
        match rows {
            Lanes::Row(all) => Ok(Value::Matrix(all)),
            _ => Err(self.fence().no_matrix_form(span)),
        }
    }
}
