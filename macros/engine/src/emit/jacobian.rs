//! Kernels of Jacobians.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::code::Form;
use super::{Code, Emitter};
use crate::ir::{Attr, Dim, Kind, NodeId, RowMap};

impl Emitter<'_> {
    /// Rows in other places.
    pub(crate) fn moved_rows(&mut self, id: NodeId) -> Code {
        let Attr::Rows(rows) = self.graph().node(id).op.attr.clone() else { return Code::unreachable() };
        let i = self.local("i", &[]);
        let source = self.row_source(&rows.map, &i);
        let function = self.paths.private(if rows.back { "rows_to" } else { "rows_from" });
        let count = self.generic_dim(self.graph().shape(id).rows);
        let operand = self.arg(id, 0);
        let operand = self.as_matrix(&operand).by_ref();
        Code::call(quote!(#function(#count, #operand, |#i| #source)))
    }

    /// The number of the row that row `i` comes from.
    fn row_source(&self, map: &RowMap, i: &Ident) -> TokenStream {
        let size = |dim| self.size(dim);
        match map {
            RowMap::Transpose(n, m) => {
                let (n, m) = (size(*n), size(*m));
                quote!(#i / #m + #i % #m * #n)
            }
            RowMap::Diagonal(n) => {
                let n = size(*n);
                quote!(#i * (#n + 1))
            }
            RowMap::Block { at, rows, of } => {
                let (row, col, rows, of) = (self.index(&at.row), self.index(&at.col), size(*rows), size(*of));
                quote!(#row + #i % #rows + (#col + #i / #rows) * #of)
            }
            RowMap::Kron([m, p, q]) => {
                let (m, p, q) = (size(*m), size(*p), size(*q));
                quote!((#i % (#m * #p) / #p + #i / (#m * #p) / #q * #m) * (#p * #q) + #i % (#m * #p) % #p + #i / (#m * #p) % #q * #p)
            }
        }
    }

    /// A matrix with its lower triangle mirrored.
    pub(crate) fn mirrored(&mut self, id: NodeId) -> Code {
        if let Some((a, b)) = self.mirrored_product(id) {
            let function = self.paths.private("tr_mul_mirrored");
            return Code::call(quote!(#function(#a, #b)));
        }
        let (function, operand) = (self.paths.private("mirrored"), self.arg(id, 0));
        let owned = if operand.form == Form::Temporary { operand.tokens } else { operand.cloned() };
        Code::call(quote!(#function(#owned)))
    }

    /// The `A` and `B` of a mirrored `Aᵀ B`, of which half is computed.
    pub(super) fn mirrored_product(&self, id: NodeId) -> Option<(TokenStream, TokenStream)> {
        let g = self.graph();
        let product = g.args(id)[0];
        let turned = |n: NodeId| g.kind(n) == Kind::Transpose;
        let &[a, b] = g.args(product) else { return None };
        let inner = *g.args(a).first().filter(|_| turned(a) && !turned(b) && g.kind(product) == Kind::MatMul)?;
        // computed here, and by no kernel of its own
        if !self.fits(product, id) || g.kind(inner) == Kind::Inv || crate::schedule::summed(g, product).is_some() {
            return None;
        }
        let (x, y) = (self.operand(product, 0), self.operand(product, 1));
        self.is_contiguous(inner, &x).then(|| (x.by_ref(), y.by_ref()))
    }

    /// `A ⊗ B`. nalgebra multiplies the sizes of types up to 127, and the number of entries of a small matrix is soon larger; those that are const
    /// parameters it cannot multiply.
    pub(crate) fn kronecker(&mut self, id: NodeId) -> Code {
        let g = self.graph();
        let all = [id, g.args(id)[0], g.args(id)[1]].map(|n| g.shape(n));
        let is_beyond = |dim| match dim {
            Dim::Const(n) => n > 127,
            Dim::Sym(_) => g.dims.generic_name(dim).is_some(),
        };
        if all.iter().any(|shape| is_beyond(shape.rows) || is_beyond(shape.cols)) {
            return self.call_shaped(id, "kronecker");
        }
        self.method(id, "kronecker")
    }

    /// `(I ⊗ B) M` and `(A ⊗ I) M`.
    pub(super) fn kronecker_product(&mut self, id: NodeId) -> Option<Code> {
        let g = self.graph();
        let kron = g.args(id)[0];
        let which = crate::schedule::half_of_kronecker(g, id)?;
        let function = self.paths.private(if which == 1 { "identity_kron_mul" } else { "kron_identity_mul" });
        let rows = self.generic_dim(g.shape(id).rows);
        let (factor, matrix) = (self.code(g.args(kron)[which]), self.arg(id, 1));
        let (factor, matrix) = (self.as_matrix(&factor).by_ref(), self.as_matrix(&matrix).by_ref());
        let tokens = quote!(#function(#rows, #factor, #matrix));
        Some(if self.graph().kind(id) == Kind::MatMul && self.graph().is_scalar(id) {
            Code::scalar(quote!(#tokens[(0, 0)]))
        } else {
            Code::call(tokens)
        })
    }
}
