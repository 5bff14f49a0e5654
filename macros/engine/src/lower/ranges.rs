//! Ranges of integers, and sizes that differ by some.

use quote::{ToTokens, quote};
use syn::spanned::Spanned;

use super::items::Items;
use super::operators::bare;
use super::value::Integer;
use super::{Lowerer, Refusal};
use crate::ir::{Dim, Index, Source};

impl Lowerer<'_> {
    /// A size, a number where it is one.
    pub(super) fn size_of(&mut self, e: &syn::Expr) -> Result<Dim, Refusal> {
        let n = self.integer_expression(e)?;
        match n.constant() {
            Some(n) => Ok(Dim::Const(n)),
            None => self.size_of_integer(e, &n),
        }
    }

    pub(super) fn size_of_integer(&mut self, e: &syn::Expr, n: &Integer) -> Result<Dim, Refusal> {
        match n.known.as_ref().map(|i| (i.base, &i.dims[..], i.code)) {
            Some((0, [dim], None)) => Ok(self.graph.dims.resolve(*dim)),
            _ => {
                let code = self.carried_integer(e, n)?;
                Ok(self.graph.dims.derived(Source::Code(code)))
            }
        }
    }

    /// `a..b`, `a..=b`
    pub(super) fn range(&mut self, e: &syn::ExprRange) -> Result<Items, Refusal> {
        let (Some(begin), Some(end)) = (&e.start, &e.end) else {
            return Err(self.fence().loop_form(e.limits.span(), "a range without end"));
        };
        if let Some(bound) = [begin, end].into_iter().find(|bound| self.is_other_integer(bound)) {
            let instead = "go through integers of type `usize`, and cast them where they are used";
            return Err(self.fence().choice(
                bound.span(),
                "a range of other integers than `usize` around active values",
                instead,
            ));
        }
        let (from, to) = (self.said_once(begin)?, self.integer_expression(end)?);
        let (from, mut to) = (self.as_size(from), self.as_size(to));
        if matches!(e.limits, syn::RangeLimits::Closed(_)) {
            let code = &to.code;
            let known = to.known.clone().and_then(|k| Some(Index { base: k.base.checked_add(1)?, ..k }));
            to = Integer { known, code: quote!((#code) + 1) };
        }
        let len = match (from.constant(), to.constant()) {
            (Some(a), Some(b)) => Dim::Const(b.saturating_sub(a)),
            (Some(0), None) => self.size_of_integer(end, &to)?,
            _ => {
                let (a, b) = (from.code.clone(), to.code.clone());
                self.difference(end, &b, &a)?
            }
        };
        let untyped = (is_untyped(begin) && is_untyped(end)).then(|| e.to_token_stream());
        Ok(Items::Range { begin: from, len, untyped })
    }

    /// The item of a range of literals, of whatever integers that is, as a bound. It is not negative.
    fn as_size(&self, n: Integer) -> Integer {
        let index = n.known.as_ref().and_then(|index| index.code);
        if !self.lanes.iter().any(|lane| lane.item.is_some() && Some(lane.index) == index) {
            return n;
        }
        let (usize, code) = (self.input.signature.primitive("usize"), &n.code);
        Integer { code: quote!(((#code) as #usize)), ..n }
    }

    /// An integer that is read in each iteration, and evaluated before.
    pub(super) fn said_once(&mut self, e: &syn::Expr) -> Result<Integer, Refusal> {
        let n = self.integer_expression(e)?;
        let stays = super::mentions::mentions(&n.code)
            .iter()
            .all(|m| self.lookup(&m.name).is_none_or(|b| b.lasts == super::value::Lasts::Always));
        if n.known.is_some() || (stays && super::effects::is_pure(&n.code)) {
            return Ok(n);
        }
        let id = self.carried_integer(e, &n)?;
        Ok(Integer::code(self.prologue.opaques[id.0 as usize].code.clone()))
    }

    /// Whether a bound is of another type than indices are, as far as that is written.
    fn is_other_integer(&self, e: &syn::Expr) -> bool {
        let ty = match bare(e) {
            syn::Expr::Cast(cast) => Some((*cast.ty).clone()),
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(n), .. }) if !n.suffix().is_empty() => {
                syn::parse_str(n.suffix()).ok()
            }
            syn::Expr::Binary(e) => return self.is_other_integer(&e.left) || self.is_other_integer(&e.right),
            // a negative bound
            syn::Expr::Unary(syn::ExprUnary { op: syn::UnOp::Neg(_), .. }) => return true,
            other => self.written_type(other),
        };
        ty.is_some_and(|ty| super::is_integer(&ty) && crate::parse::primitive(&ty).is_none_or(|name| name != "usize"))
    }

    /// `len − by`, not less than nothing.
    pub(super) fn shorter(&mut self, len: Dim, by: &Index, e: &syn::Expr) -> Result<Dim, Refusal> {
        if let (Dim::Const(n), Some(by)) = (self.graph.dims.resolve(len), by.constant()) {
            return Ok(Dim::Const(n.saturating_sub(by)));
        }
        let Some(code) = self.size_code(len) else {
            return Err(self.fence().loop_form(e.span(), "`skip` on something of unknown length"));
        };
        self.difference(e, &code, &e.to_token_stream())
    }

    /// `a − b`, not less than nothing, as a size.
    pub(super) fn difference(
        &mut self,
        e: &syn::Expr,
        a: &proc_macro2::TokenStream,
        b: &proc_macro2::TokenStream,
    ) -> Result<Dim, Refusal> {
        let usize = self.input.signature.primitive("usize");
        let n = Integer::code(quote!(#usize::saturating_sub(#a, #b)));
        let code = self.carried_integer(e, &n)?;
        let opaque = &mut self.prologue.opaques[code.0 as usize];
        opaque.text = format!("({} - {})", super::readable(a), super::readable(b));
        opaque.is_difference = true;
        Ok(self.graph.dims.derived(Source::Code(code)))
    }
}

/// Whether an integer is a literal without suffix.
fn is_untyped(e: &syn::Expr) -> bool {
    matches!(bare(e), syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(n), .. }) if n.suffix().is_empty())
}
