//! Shapes that have to fit, and what made a run-time dimension a number.
#![allow(clippy::missing_errors_doc, reason = "every error is a refusal of the fence")]

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::spanned::Spanned;

use super::{Call, Lowerer, Refusal, Value};
use crate::ir::{Attr, Dim, Kind, NodeId, Shape, Source};

/// An expression whose operands have to fit, as the user wrote them.
#[derive(Clone)]
pub(super) struct Site {
    /// The operator, or the method.
    pub(super) span: Span,
    /// The whole expression.
    pub(super) whole: TokenStream,
    /// Its operands and their values.
    pub(super) operands: Vec<(TokenStream, NodeId)>,
}

/// What an expression needs of the shapes of its operands.
#[derive(Clone, Copy)]
pub(super) enum Needs {
    /// One shape.
    Same,
    /// The columns of the first are the rows of the second.
    Product,
    /// As many rows: `tr_mul`.
    Rows,
    /// As many rows as columns.
    Square,
    /// Sides that agree, whichever.
    Sides,
    /// Blocks side by side.
    Beside,
    /// Blocks below each other.
    Below,
    /// This shape.
    Given(Shape),
}

impl Site {
    pub(super) fn binary(e: &syn::ExprBinary, a: NodeId, b: NodeId) -> Self {
        let operands = vec![(e.left.to_token_stream(), a), (e.right.to_token_stream(), b)];
        Self { span: e.op.span(), whole: e.to_token_stream(), operands }
    }
    /// A call, with the values of its receiver and first arguments.
    pub(super) fn call(call: &Call<'_>, values: &[NodeId]) -> Self {
        let written = call.receiver_expr.into_iter().chain(call.args.iter().copied());
        let operands = written.zip(values).map(|(e, id)| (e.to_token_stream(), *id)).collect();
        Self { span: call.span(), whole: call.to_tokens(), operands }
    }
    /// With these operands alone.
    pub(super) fn of(self, positions: &[usize]) -> Self {
        let operands = positions.iter().filter_map(|i| self.operands.get(*i).cloned()).collect();
        Self { operands, ..self }
    }
}

impl Lowerer<'_> {
    /// Take two sides of these operands of a call to be equal.
    pub fn unify(&mut self, call: &Call<'_>, operands: &[NodeId], a: Dim, b: Dim) -> Result<Dim, Refusal> {
        let rows: Vec<Dim> = operands.iter().map(|o| self.shape(*o).rows).collect();
        let needs = match rows[..] {
            [_] => Needs::Square,
            [first, second] if [first, second] == [a, b].map(|d| self.graph.dims.resolve(d)) => Needs::Rows,
            _ => Needs::Sides,
        };
        self.fit(&Site::call(call, operands), needs, &[(a, b)])?;
        Ok(self.graph.dims.resolve(a))
    }
    /// Take operand `i` of a call, its receiver first, to have this shape.
    pub fn unify_shape(&mut self, call: &Call<'_>, i: usize, a: NodeId, shape: Shape) -> Result<(), Refusal> {
        let own = self.shape(a);
        let site = Site::call(call, &[a, a]).of(&[i]);
        self.fit(&site, Needs::Given(shape), &[(own.rows, shape.rows), (own.cols, shape.cols)])
    }
    pub(super) fn unify_receiver(&mut self, e: &syn::ExprMethodCall, a: NodeId, shape: Shape) -> Result<(), Refusal> {
        let own = self.shape(a);
        let operands = vec![(e.receiver.to_token_stream(), a)];
        let site = Site { span: e.method.span(), whole: e.to_token_stream(), operands };
        self.fit(&site, Needs::Given(shape), &[(own.rows, shape.rows), (own.cols, shape.cols)])
    }
    /// Take two operands of a call to have one shape.
    pub fn same_shapes(&mut self, call: &Call<'_>, a: NodeId, b: NodeId) -> Result<(), Refusal> {
        self.same_shape(&Site::call(call, &[a, b]))
    }
    pub(super) fn same_shape(&mut self, site: &Site) -> Result<(), Refusal> {
        let [a, b] = self.pair_of(site);
        self.fit(site, Needs::Same, &[(a.rows, b.rows), (a.cols, b.cols)])
    }
    /// `A B`.
    pub(super) fn product(&mut self, site: &Site) -> Result<Value, Refusal> {
        let [a, b] = self.pair_of(site);
        self.fit(site, Needs::Product, &[(a.cols, b.rows)])?;
        let operands: Vec<NodeId> = site.operands.iter().map(|o| o.1).collect();
        Ok(self.matrix(|g| g.matmul(&operands)))
    }
    /// `Aᵀ B`, of a call on `A`.
    pub fn transposed_product(&mut self, call: &Call<'_>, a: NodeId, b: NodeId) -> Result<Value, Refusal> {
        let (rows_a, rows_b) = (self.shape(a).rows, self.shape(b).rows);
        self.fit(&Site::call(call, &[a, b]), Needs::Rows, &[(rows_a, rows_b)])?;
        Ok(self.matrix(|g| {
            let turned = g.transpose(a);
            g.matmul(&[turned, b])
        }))
    }

    /// A block matrix, `width` blocks a row; the operands of the site are the blocks, as far as they are written out.
    pub(super) fn stacked(&mut self, site: &Site, width: usize, blocks: &[NodeId]) -> Result<Value, Refusal> {
        self.graph.try_make(Kind::Stack, Attr::Grid(width), blocks).map(Value::Matrix).map_err(|mismatch| {
            let differ = |a: Dim, b: Dim| {
                let dims = &self.graph.dims;
                dims.is_static(a) && dims.is_static(b) && dims.resolve(a) != dims.resolve(b)
            };
            let pairs = (0..blocks.len()).flat_map(|j| (0..j).map(move |i| (i, j)));
            for (i, j) in pairs {
                let (a, b) = (self.shape(blocks[i]), self.shape(blocks[j]));
                let beside = i / width == j / width && differ(a.rows, b.rows);
                if site.operands.len() == blocks.len() && (beside || (i % width == j % width && differ(a.cols, b.cols))) {
                    let needs = if beside { Needs::Beside } else { Needs::Below };
                    return self.fence().misfit(&site.clone().of(&[i, j]), needs);
                }
            }
            self.fence().dimensions(
                site.span,
                mismatch,
                "blocks side by side need as many rows, blocks below each other as many columns",
            )
        })
    }

    fn pair_of(&self, site: &Site) -> [Shape; 2] {
        [0, 1].map(|i| site.operands.get(i).map_or(Shape::SCALAR, |o| self.shape(o.1)))
    }

    fn fit(&mut self, site: &Site, needs: Needs, sides: &[(Dim, Dim)]) -> Result<(), Refusal> {
        let shapes: Vec<Shape> = site.operands.iter().map(|o| self.shape(o.1)).collect();
        for (a, b) in sides {
            let open = [a, b].map(|d| self.graph.dims.resolve(*d)).into_iter().filter(|d| !self.graph.dims.is_static(*d));
            let open: Vec<Dim> = open.collect();
            let lonely = !matches!(needs, Needs::Given(_)) && self.leaves_one_entry(&shapes, *a, *b);
            if lonely || self.graph.dims.unify(*a, *b).is_err() {
                return Err(self.fence().misfit(site, needs));
            }
            for dim in open.into_iter().filter(|d| self.graph.dims.is_static(*d)).collect::<Vec<_>>() {
                self.pins.insert(dim, super::readable(&site.whole));
            }
        }
        Ok(())
    }

    /// Whether a vector of run-time length would have to be one number: a row was taken for a column, or a matrix for a number.
    fn leaves_one_entry(&self, shapes: &[Shape], a: Dim, b: Dim) -> bool {
        let dims = &self.graph.dims;
        let (a, b) = (dims.resolve(a), dims.resolve(b));
        let long = match (a, b) {
            (Dim::ONE, long @ Dim::Sym(_)) | (long @ Dim::Sym(_), Dim::ONE) if !dims.is_static(long) => long,
            _ => return false,
        };
        let is_vector = |s: &Shape| (s.is_column() && s.rows == long) || (s.is_row() && s.cols == long);
        shapes.iter().any(is_vector) && dims.sources(long).iter().any(|s| matches!(s, Source::Variable { .. }))
    }
}
