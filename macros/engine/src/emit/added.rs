//! What is added to a sum in place: blocks in zeros, and vectors to each column or row.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{Code, Emitter};
use crate::ir::{Attr, Kind, NodeId};
use crate::ops::algebra::{Side, broadcast};

/// A vector, as a matrix of copies of it.
enum Broadcast {
    /// `x 1ᵀ`: each column is `x`.
    Column(Code),
    /// `1 rᵀ`: each row is `r`.
    Row(Code),
}

impl Emitter<'_> {
    /// A block in zeros, or a vector beside copies of itself, that only one sum reads: it is added in place.
    pub(super) fn is_placed(&self, id: NodeId) -> bool {
        (self.graph().kind(id) == Kind::Place && !self.is_bound(id)) || self.broadcast(id).is_some()
    }

    /// `x 1ᵀ` and `1 rᵀ`, if nobody else reads them.
    fn broadcast(&self, id: NodeId) -> Option<Broadcast> {
        let alone = self.program.uses.get(&id) == Some(&1) && !self.is_bound(id) && self.output(id).is_none();
        let side = broadcast(self.graph(), id).filter(|_| alone)?;
        Some(match side {
            // a row that stands there turned
            Side::Column if self.graph().kind(self.graph().args(id)[0]) == Kind::Transpose => {
                let row = self.operand(id, 0).receiver();
                Broadcast::Column(Code::call(quote!(#row.transpose())))
            }
            Side::Column => Broadcast::Column(self.operand(id, 0)),
            Side::Row => Broadcast::Row(self.operand(id, 1)),
        })
    }

    /// A sum with blocks in zeros: the rest, and the blocks added to it in place.
    pub(super) fn accumulated(&mut self, id: NodeId, terms: &[(f64, NodeId)]) -> Code {
        let sum = self.fresh("sum");
        let (start, added) = self.accumulation(id, terms, &sum);
        Code::call(quote!({ let mut #sum = #start; #added #sum }))
    }

    /// What a sum begins with, and the statements that add the rest to this variable.
    pub(super) fn accumulation(&mut self, id: NodeId, terms: &[(f64, NodeId)], sum: &Ident) -> (TokenStream, TokenStream) {
        let (placed, rest): (Vec<_>, Vec<_>) = terms.iter().copied().partition(|t| self.is_placed(t.1));
        let shape = self.graph().shape(id);
        let start = if rest.is_empty() {
            let (matrix, rows, cols) =
                (self.paths.nalgebra("OMatrix"), self.generic_dim(shape.rows), self.generic_dim(shape.cols));
            let (scalar, zero) = (self.paths.scalar_type(), self.paths.literal(0.0));
            quote!(#matrix::<#scalar, _, _>::from_element_generic(#rows, #cols, #zero))
        } else {
            let codes: Vec<Code> = rest.iter().map(|t| self.code(t.1)).collect();
            self.matrix_sum(&rest, &codes).cloned()
        };
        (start, placed.iter().map(|(c, a)| self.added(sum, *c, *a)).collect())
    }

    /// `sum[block] += c A`.
    pub(super) fn added(&mut self, sum: &Ident, c: f64, placed: NodeId) -> TokenStream {
        let g = self.graph();
        if let Some(broadcast) = self.broadcast(placed) {
            return self.added_everywhere(sum, c, &broadcast);
        }
        let Attr::Block(at) = &g.node(placed).op.attr else { return TokenStream::new() };
        let block = g.args(placed)[0];
        let (row, col) = self.corner(at, g.shape(block));
        if g.is_scalar(block) {
            let value = self.scalar_multiple(c, block).tokens;
            return quote!(#sum[(#row, #col)] += #value;);
        }
        let shape = g.shape(block);
        let (rows, cols) = (self.generic_dim(shape.rows), self.generic_dim(shape.cols));
        let value = self.matrix_sum(&[(c, block)], &[self.code(block)]).operand();
        let view = self.local("block", std::slice::from_ref(sum));
        quote!({ let mut #view = #sum.generic_view_mut((#row, #col), (#rows, #cols)); #view += #value; })
    }

    /// `sum += c x 1ᵀ`, `sum += c 1 rᵀ`
    fn added_everywhere(&mut self, sum: &Ident, c: f64, broadcast: &Broadcast) -> TokenStream {
        let (column, factor) = (self.local("column", std::slice::from_ref(sum)), self.paths.literal(c.abs()));
        let operator = if c < 0.0 { quote!(-=) } else { quote!(+=) };
        match broadcast {
            Broadcast::Column(x) if c.abs() == 1.0 => {
                let x = self.variable("repeated", x).by_ref();
                quote!(for mut #column in #sum.column_iter_mut() { #column #operator #x; })
            }
            Broadcast::Column(x) => {
                let (x, t, entry) = (self.variable("repeated", x).by_ref(), self.local("t", &[]), self.local("entry", &[]));
                quote!(for mut #column in #sum.column_iter_mut() { #column.zip_apply(#x, |#t, #entry| *#t #operator #factor * #entry); })
            }
            Broadcast::Row(r) => {
                let (r, j) = (self.variable("repeated", r).receiver(), self.local("j", std::slice::from_ref(sum)));
                let value = match c {
                    1.0 => quote!(#r[#j]),
                    -1.0 => quote!(-#r[#j]),
                    _ if c < 0.0 => quote!(-#factor * #r[#j]),
                    _ => quote!(#factor * #r[#j]),
                };
                quote!(for #j in 0..#sum.ncols() { #sum.column_mut(#j).add_scalar_mut(#value); })
            }
        }
    }

    /// `A ∘ x 1ᵀ`, `A ∘ 1 rᵀ`
    pub(super) fn scaled_by_broadcast(&mut self, id: NodeId, args: &[NodeId]) -> Option<Code> {
        let scaled = self.local("scaled", &[]);
        let (start, each) = self.scaling(id, args, &scaled)?;
        Some(Code::call(quote!({ let mut #scaled = #start; #each #scaled })))
    }

    /// What a product with a vector in each column or row begins with, and the statements that scale this variable.
    pub(super) fn scaling(&mut self, id: NodeId, args: &[NodeId], scaled: &Ident) -> Option<(TokenStream, TokenStream)> {
        let [a, b] = *args else { return None };
        let (whole, broadcast) = match (self.broadcast(a), self.broadcast(b)) {
            (None, Some(broadcast)) => (a, broadcast),
            (Some(broadcast), None) => (b, broadcast),
            _ => return None,
        };
        let start = if self.is_last_reader(id, whole) { self.code(whole).owned() } else { self.code(whole).cloned() };
        let beside = std::slice::from_ref(scaled);
        let (column, j) = (self.local("column", beside), self.local("j", beside));
        let each = match broadcast {
            Broadcast::Column(x) => {
                let x = self.variable("repeated", &x).by_ref();
                quote!(for mut #column in #scaled.column_iter_mut() { #column.component_mul_assign(#x); })
            }
            Broadcast::Row(r) => {
                let r = self.variable("repeated", &r).receiver();
                quote!(for #j in 0..#scaled.ncols() { let mut #column = #scaled.column_mut(#j); #column *= #r[#j]; })
            }
        };
        Some((start, each))
    }
}
