//! Constants, blocks, extremes and factorizations.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::code::Form;
use super::{Code, Emitter};
use crate::ir::{Attr, Dim, Fail, Kind, NodeId, Shape};

impl Emitter<'_> {
    /// `I`
    pub(crate) fn identity(&mut self, id: NodeId) -> Code {
        if self.graph().is_scalar(id) {
            return Code::scalar(self.paths.literal(1.0));
        }
        let (matrix, n) = (self.paths.nalgebra("OMatrix"), self.generic_dim(self.graph().shape(id).rows));
        let scalar = self.paths.scalar_type();
        Code::call(quote!(#matrix::<#scalar, _, _>::identity_generic(#n, #n)))
    }

    /// `s 1 1ᵀ`
    pub(crate) fn fill(&mut self, id: NodeId) -> Code {
        let shape = self.graph().shape(id);
        let value = self.arg(id, 0).tokens;
        let (matrix, rows, cols) = (self.paths.nalgebra("OMatrix"), self.generic_dim(shape.rows), self.generic_dim(shape.cols));
        let scalar = self.paths.scalar_type();
        Code::call(quote!(#matrix::<#scalar, _, _>::from_element_generic(#rows, #cols, #value)))
    }

    /// A block or an entry.
    pub(crate) fn slice(&mut self, id: NodeId) -> Code {
        let g = self.graph();
        let (a, shape) = (g.args(id)[0], g.shape(id));
        let Attr::Block(at) = g.node(id).op.attr.clone() else { return Code::unreachable() };
        let base = self.arg(id, 0);
        let base = if base.is_scalar() { return base } else { self.variable("whole", &base) };
        let (whole, receiver) = (g.shape(a), base.receiver());
        let (row, col) = self.corner(&at, shape);
        if shape.is_scalar() {
            return Code::scalar(match whole {
                s if s.cols == Dim::ONE => quote!(#receiver[#row]),
                s if s.rows == Dim::ONE => quote!(#receiver[#col]),
                _ => quote!(#receiver[(#row, #col)]),
            });
        }
        let all_rows = at.row.is_zero() && shape.rows == whole.rows;
        let all_cols = at.col.is_zero() && shape.cols == whole.cols;
        let tokens = match shape {
            s if all_rows && s.cols == Dim::ONE => quote!(#receiver.column(#col)),
            s if all_cols && s.rows == Dim::ONE => quote!(#receiver.row(#row)),
            s => {
                let (rows, cols) = (self.generic_dim(s.rows), self.generic_dim(s.cols));
                quote!(#receiver.generic_view((#row, #col), (#rows, #cols)))
            }
        };
        Code::of(tokens, Form::TemporaryView)
    }

    /// A block in zeros.
    pub(crate) fn place(&mut self, id: NodeId) -> Code {
        let shape = self.graph().shape(id);
        if shape.is_scalar() {
            return self.arg(id, 0); // the only place: that of a loop that runs once
        }
        let Attr::Block(at) = self.graph().node(id).op.attr.clone() else { return Code::unreachable() };
        let (rows, cols) = (self.generic_dim(shape.rows), self.generic_dim(shape.cols));
        let (row, col) = self.corner(&at, self.graph().shape(self.graph().args(id)[0]));
        let code = self.arg(id, 0);
        if code.is_scalar() {
            let (function, value) = (self.paths.private("place_at"), code.tokens);
            return Code::call(quote!(#function(#rows, #cols, #row, #col, #value)));
        }
        let (function, block) = (self.paths.private("place"), code.by_ref());
        Code::call(quote!(#function(#rows, #cols, #row, #col, #block)))
    }

    /// A matrix with another block in place of its own: one entry. Others are changed where they are, by [`Emitter::changed`].
    pub(crate) fn update(&mut self, id: NodeId) -> Code {
        self.arg(id, 1)
    }

    /// A block matrix: entries of a small matrix, or blocks copied one by one.
    pub(crate) fn stack(&mut self, id: NodeId) -> Code {
        let g = self.graph();
        let Attr::Grid(width) = g.node(id).op.attr else { return Code::unreachable() };
        let (args, shape) = (g.args(id).to_vec(), g.shape(id));
        let codes: Vec<Code> = args.iter().map(|a| self.code(*a)).collect();
        if shape.is_scalar() {
            return codes[0].clone();
        }
        let (matrix, rows, cols) = (self.paths.nalgebra("OMatrix"), self.generic_dim(shape.rows), self.generic_dim(shape.cols));
        if codes.iter().all(Code::is_scalar) {
            // column by column
            let height = args.len() / width;
            let scalar = self.paths.scalar_type();
            let entry = |row: usize, col: usize| &codes[row * width + col].tokens;
            if let (Dim::Const(r), Dim::Const(c)) = (g.dims.resolve(shape.rows), g.dims.resolve(shape.cols)) {
                let (matrix, r, c) = (self.paths.nalgebra("SMatrix"), Literal::usize_unsuffixed(r), Literal::usize_unsuffixed(c));
                let columns = (0..width).map(|col| (0..height).map(|row| entry(row, col)).collect::<Vec<_>>());
                let columns = columns.map(|column| quote!([#(#column),*]));
                return Code::call(quote!(#matrix::<#scalar, #r, #c>::from([#(#columns),*])));
            }
            let entries = (0..args.len()).map(|i| entry(i % height, i / height));
            return Code::call(quote!(#matrix::<#scalar, _, _>::from_iterator_generic(#rows, #cols, [#(#entries),*])));
        }
        let (name, scalar, zero) = (self.fresh("stacked"), self.paths.scalar_type(), self.paths.literal(0.0));
        let mut copies = Vec::new();
        for (i, (a, code)) in args.iter().zip(&codes).enumerate() {
            if crate::simplify::is_zero(g, *a) {
                continue;
            }
            let (block, (row, col)) = (g.shape(*a), self.place_in_stack(&args, width, i));
            copies.push(if code.is_scalar() {
                let value = &code.tokens;
                quote!(#name[(#row, #col)] = #value;)
            } else {
                let (r, c, block) = (self.generic_dim(block.rows), self.generic_dim(block.cols), code.by_ref());
                quote!(#name.generic_view_mut((#row, #col), (#r, #c)).copy_from(#block);)
            });
        }
        Code::of(
            quote!({ let mut #name = #matrix::<#scalar, _, _>::from_element_generic(#rows, #cols, #zero); #(#copies)* #name }),
            Form::Temporary,
        )
    }

    /// The row and the column where a block begins.
    pub(super) fn place_in_stack(&self, args: &[NodeId], width: usize, i: usize) -> (TokenStream, TokenStream) {
        (self.offset(args, (0..i / width).map(|r| r * width), true), self.offset(args, 0..i % width, false))
    }

    fn offset(&self, args: &[NodeId], before: impl Iterator<Item = usize>, rows: bool) -> TokenStream {
        let mut at = crate::ir::Index::default();
        for i in before {
            let shape = self.graph().shape(args[i]);
            at = at.after(if rows { shape.rows } else { shape.cols });
        }
        self.index(&at)
    }

    /// What may not exist, opened as the user opened it; where the function did not ask, the derivative is not a number, or `None`.
    pub(super) fn opened(&mut self, id: NodeId, option: &TokenStream, shape: Shape) -> TokenStream {
        match self.graph().node(id).op.attr {
            // in a closure there is nothing to return early from, and what is asked for there has been found to exist
            Attr::Fail(Fail::Question) if !self.exists => quote!(#option?),
            Attr::Fail(Fail::Unwrap) => quote!(#option.unwrap()),
            Attr::Fail(Fail::Expect(message)) => {
                let message = &self.function.opaques[message.0 as usize].code;
                quote!(#option.expect(#message))
            }
            _ => {
                let (function, rows, cols) =
                    (self.paths.private("or_nan"), self.generic_dim(shape.rows), self.generic_dim(shape.cols));
                quote!(#function(#option, #rows, #cols))
            }
        }
    }

    /// A factorization that may fail.
    pub(crate) fn fallible_call(&mut self, id: NodeId, name: &str) -> Code {
        let (function, a) = (self.paths.private(name), self.arg(id, 0));
        let a = self.as_matrix(&a).by_ref();
        let option = quote!(#function(#a));
        let tokens = match self.graph().node(id).op.attr {
            Attr::None if self.option => quote!(#option?),
            Attr::None => {
                let message = "matgrad: a matrix declared `spd` is not positive definite";
                quote!(#option.expect(#message))
            }
            _ => self.opened(id, &option, self.graph().shape(id)),
        };
        Code::of(tokens, Form::Factor)
    }

    /// The matrix whose triangle is read.
    pub(crate) fn triangle(&mut self, id: NodeId) -> Code {
        let code = self.arg(id, 0);
        self.as_matrix(&code)
    }

    /// A number as a `Matrix1`, where a method of matrices is called on it.
    pub(super) fn as_matrix(&self, code: &Code) -> Code {
        if !code.is_scalar() {
            return code.clone();
        }
        let (matrix, value) = (self.paths.nalgebra("Matrix1"), &code.tokens);
        Code::of(quote!(#matrix::new(#value)), Form::Temporary)
    }

    /// A factorization that always exists.
    pub(crate) fn factorization(&mut self, id: NodeId, name: &str) -> Code {
        let name = if self.is_inverted(id) { "inverted" } else { name };
        let (function, a) = (self.paths.private(name), self.arg(id, 0));
        let a = self.as_matrix(&a).by_ref();
        Code::of(quote!(#function(#a)), Form::Factor)
    }

    /// Whether the inverse stands for an LU factorization: nalgebra has none for a size that is a parameter, if the function does not say
    /// that it has. What only that would allow, the function does not do.
    pub(super) fn is_inverted(&self, id: NodeId) -> bool {
        let g = self.graph();
        let is_generic = g.kind(id) == Kind::Lu && g.dims.generic_name(g.shape(id).rows).is_some();
        let generics = &self.signature.sig.generics;
        let mut bounds = generics.to_token_stream().into_iter().chain(generics.where_clause.to_token_stream());
        is_generic
            && !bounds.any(|t| matches!(&t, proc_macro2::TokenTree::Ident(i) if i == "DimMin"))
            && self.program.order.iter().all(|user| !g.args(*user).contains(&id) || g.kind(*user) == Kind::Inv)
    }

    /// `A⁻¹`, written out.
    pub(crate) fn inverse(&mut self, id: NodeId) -> Code {
        let factor_node = self.graph().args(id)[0];
        let factor = self.code(factor_node).tokens;
        let tokens = match self.graph().kind(factor_node) {
            Kind::Chol => quote!(#factor.inverse()),
            Kind::Tri => {
                let identity = self.identity(id);
                let identity = self.as_matrix(&identity).by_ref();
                self.triangular_solve(id, id, false, &identity)
            }
            _ => {
                let function = self.paths.private(if self.is_inverted(factor_node) { "inverted_inverse" } else { "lu_inverse" });
                self.opened(id, &quote!(#function(&#factor)), self.graph().shape(id))
            }
        };
        if self.graph().is_scalar(id) { Code::scalar(quote!(#tokens[(0, 0)])) } else { Code::call(tokens) }
    }

    /// `det(A) A⁻ᵀ`, and how that moves, from the matrix itself.
    pub(crate) fn cofactor(&mut self, id: NodeId, name: &str) -> Code {
        let factor = self.graph().args(id)[0];
        let matrix = self.code(self.graph().args(factor)[0]);
        // a Cholesky factorization reads one triangle
        let matrix = if self.graph().kind(factor) == Kind::Chol {
            let (function, owned) = (self.paths.private("mirrored"), self.as_matrix(&matrix).cloned());
            quote!(&#function(#owned))
        } else {
            self.as_matrix(&matrix).by_ref()
        };
        let (function, others) = (self.paths.private(name), self.references(id, 1));
        self.result(id, quote!(#function(#matrix, #(#others),*)))
    }

    /// A number read off a factorization.
    pub(crate) fn factor_scalar(&mut self, id: NodeId, name: &str) -> Code {
        let cholesky = self.graph().kind(self.graph().args(id)[0]) == Kind::Chol;
        let factor = self.arg(id, 0).tokens;
        match (name, cholesky) {
            ("ln_det", true) => Code::scalar(quote!(#factor.ln_determinant())),
            ("ln_det", false) => {
                let function = self.paths.private("lu_ln_det");
                Code::scalar(quote!(#function(&#factor)))
            }
            ("ln_of_det", _) => {
                let function = self.paths.private("lu_ln_of_det");
                Code::scalar(quote!(#function(&#factor)))
            }
            _ => Code::scalar(quote!(#factor.determinant())),
        }
    }

    /// `‖A‖ₚ`
    pub(crate) fn lp_norm(&mut self, id: NodeId) -> Code {
        let a = self.arg(id, 0);
        let a = self.as_matrix(&a).by_ref();
        let Attr::Real(p) = self.graph().node(id).op.attr else {
            let (function, p) = (self.paths.private("lp_norm_by"), self.arg(id, 1).tokens);
            return Code::scalar(quote!(#function(#a, #p)));
        };
        #[allow(clippy::cast_possible_truncation)] // at most 64
        let p = proc_macro2::Literal::i32_unsuffixed(p.0 as i32);
        let function = self.paths.private("lp_norm");
        Code::scalar(quote!(#function(#a, #p)))
    }

    /// `X⁺`
    pub(crate) fn pseudo_inverse(&mut self, id: NodeId) -> Code {
        let (function, a, eps) = (self.paths.private("pseudo_inverse"), self.arg(id, 0), self.arg(id, 1).tokens);
        let a = self.as_matrix(&a).by_ref();
        let tokens = self.opened(id, &quote!(#function(#a, #eps)), self.graph().shape(id));
        if self.graph().is_scalar(id) { Code::scalar(quote!(#tokens[(0, 0)])) } else { Code::call(tokens) }
    }

    /// A field of a decomposition.
    pub(crate) fn factor_field(&mut self, id: NodeId, name: &str) -> Code {
        let (factor, field) = (self.arg(id, 0).tokens, proc_macro2::Ident::new(name, proc_macro2::Span::call_site()));
        if self.graph().is_scalar(id) {
            return Code::scalar(quote!(#factor.#field[(0, 0)]));
        }
        Code::of(quote!(#factor.#field), Form::View)
    }

    /// A matrix with the vectors of a decomposition, and another spectrum.
    pub(crate) fn with_spectrum(&mut self, id: NodeId) -> Code {
        let kind = self.graph().kind(id);
        let count = if kind == Kind::WithEigenvalues { 2 } else { 3 };
        let function = self.paths.private(crate::ops::record(kind).name);
        let args: Vec<TokenStream> = self.references(id, 1).into_iter().take(count).collect();
        Code::call(quote!(#function(#(#args),*)))
    }

    /// A matrix read off a factorization.
    pub(crate) fn factor_method(&mut self, id: NodeId, name: &str) -> Code {
        let (factor, method) = (self.arg(id, 0).tokens, proc_macro2::Ident::new(name, proc_macro2::Span::call_site()));
        Code::call(quote!(#factor.#method()))
    }
}
