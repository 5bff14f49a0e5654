//! Kernels of products and reductions.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::code::Form;
use super::{Code, Emitter};
use crate::ir::{Attr, Dim, Fail, Kind, NodeId, Part};
use crate::ops::triangular::part_of;
use crate::schedule::{Sums, half_of_kronecker, summed};

impl Emitter<'_> {
    /// `A B`, each possibly transposed, the first possibly an inverse to solve with.
    pub(crate) fn matrix_product(&mut self, id: NodeId) -> Code {
        let g = self.graph();
        let (a, b) = (g.args(id)[0], g.args(id)[1]);
        if self.sums_columns(id) {
            return self.sums_of_columns(id, |sum| sum);
        }
        if let Some((matrix, sums)) = summed(g, id) {
            let receiver = self.code(matrix).receiver();
            return Code::call(match sums {
                Sums::OfRows => quote!(#receiver.column_sum()),
                Sums::OfColumns => quote!(#receiver.row_sum()),
                Sums::OfColumnsTurned => quote!(#receiver.row_sum_tr()),
            });
        }
        if let Some(code) = self.kronecker_product(id) {
            return code;
        }
        let strip = |x: NodeId| if g.kind(x) == Kind::Transpose { (g.args(x)[0], true) } else { (x, false) };
        let ((inner_a, turned_a), (inner_b, turned_b)) = (strip(a), strip(b));
        if g.kind(inner_a) == Kind::Inv {
            return self.solve(id, inner_a, turned_a);
        }
        let (x, y) = (self.operand(id, 0), self.operand(id, 1));
        if g.is_scalar(id) {
            return self.dot((inner_a, turned_a), (inner_b, turned_b), &x, &y);
        }
        let column = |n: NodeId| g.shape(n).cols == Dim::ONE;
        let (receiver, operand) = (x.receiver(), y.by_ref());
        match (turned_a, turned_b) {
            (true, false) if column(b) => Code::call(quote!(#receiver.tr_mul(#operand))),
            (true, false) => {
                let name = if self.is_contiguous(inner_a, &x) { "tr_mul_contiguous" } else { "tr_mul" };
                let (function, x) = (self.paths.private(name), x.by_ref());
                Code::call(quote!(#function(#x, #operand)))
            }
            (false, true) if column(a) && self.may_have_gaps(inner_a) => {
                let (mul, x, y) = (self.paths.private("mul"), x.by_ref(), y.receiver());
                Code::call(quote!(#mul(#x, &#y.transpose())))
            }
            (false, false) if self.may_have_gaps(inner_a) => {
                let (mul, x) = (self.paths.private("mul"), x.by_ref());
                Code::call(quote!(#mul(#x, #operand)))
            }
            (false, true) if column(a) && !self.is_of_any_kind(g.shape(id).cols) => {
                let (left, y) = (x.operand(), y.receiver());
                Code::matrix_product(quote!(#left * #y.transpose()))
            }
            (false, true) => {
                let name = if self.is_contiguous(inner_b, &y) { "mul_tr_contiguous" } else { "mul_tr" };
                let (function, x) = (self.paths.private(name), x.by_ref());
                Code::call(quote!(#function(#x, #operand)))
            }
            (false, false) => {
                let (left, right) = (x.operand(), y.operand());
                Code::matrix_product(quote!(#left * #right))
            }
            (true, true) => {
                let (function, x) = (self.paths.private("tr_mul"), x.by_ref());
                let y = y.receiver();
                Code::call(quote!(#function(#x, &#y.transpose())))
            }
        }
    }

    /// `out = c A B`, or `out += c A B`.
    pub(super) fn product_in(&self, id: NodeId, c: f64, add: bool, out: &Ident) -> Option<TokenStream> {
        let factor = self.literal(c);
        self.multiple_of_product_in(id, &factor, add, out)
    }

    /// `out = s A B`, or `out += s A B`, where there is a kernel for it.
    pub(super) fn multiple_of_product_in(&self, id: NodeId, factor: &Code, add: bool, out: &Ident) -> Option<TokenStream> {
        let g = self.graph();
        let (a, b) = (g.args(id)[0], g.args(id)[1]);
        let strip = |x: NodeId| if g.kind(x) == Kind::Transpose { (g.args(x)[0], true) } else { (x, false) };
        let ((inner_a, turned_a), (inner_b, turned_b)) = (strip(a), strip(b));
        let column = |n: NodeId| g.shape(n).cols == Dim::ONE;
        if g.kind(inner_a) == Kind::Inv
            || half_of_kronecker(g, id).is_some()
            || summed(g, id).is_some()
            || (!turned_a && self.may_have_gaps(inner_a))
        {
            return None;
        }
        let (x, y) = (self.operand(id, 0), self.operand(id, 1));
        let (receiver, x_ref, y_ref) = (x.receiver(), x.by_ref(), y.by_ref());
        let (one, beta) = (self.paths.literal(1.0), self.paths.literal(if add { 1.0 } else { 0.0 }));
        let factor = &factor.tokens;
        // these take the factor once for each column or entry, the others at the end
        match (turned_a, turned_b) {
            (true, false) if column(b) => return Some(quote!(#out.gemv_tr(#factor, #x_ref, #y_ref, #beta);)),
            // nalgebra 0.35 writes past the end of columns that it adds a vector with gaps to
            (false, true) if column(a) && self.is_contiguous(a, &x) => {
                return Some(quote!(#out.ger(#factor, #x_ref, #y_ref, #beta);));
            }
            _ => {}
        }
        let is_one = factor.to_string() == one.to_string();
        if add && !is_one {
            return None;
        }
        let product = match (turned_a, turned_b) {
            (false, false) if column(b) => quote!(#out.gemv(#one, #x_ref, #y_ref, #beta);),
            (false, false) if add => quote!(#out.gemm(#one, #x_ref, #y_ref, #beta);),
            (false, false) => quote!(#receiver.mul_to(#y_ref, #out);),
            (true, false) if !add => {
                let name = if self.is_contiguous(inner_a, &x) { "tr_mul_contiguous_to" } else { "tr_mul_to" };
                let function = self.paths.private(name);
                quote!(#function(#x_ref, #y_ref, #out);)
            }
            (false, true) if !add => {
                let name = if self.is_contiguous(inner_b, &y) { "mul_tr_contiguous_to" } else { "mul_tr_to" };
                let function = self.paths.private(name);
                quote!(#function(#x_ref, #y_ref, #out);)
            }
            _ => return None,
        };
        Some(if is_one { product } else { quote!(#product *#out *= #factor;) })
    }

    /// Whether a matrix is known to have its entries in one piece: not if it is a view.
    pub(super) fn is_contiguous(&self, id: NodeId, code: &Code) -> bool {
        if self.own.contains_key(&id) {
            return true;
        }
        if let crate::ir::Attr::Param(i) = self.graph().node(id).op.attr
            && let Some(input) = self.input(i)
        {
            return input.contiguous;
        }
        match (code.form, &self.graph().node(id).op.attr) {
            (Form::Variable | Form::Temporary, _) => true,
            (Form::Reference, _) if self.output(id).is_some() => true,
            (Form::Reference, crate::ir::Attr::Param(i)) => self.signature.params.get(*i).is_some_and(|p| !p.is_view()),
            _ => false,
        }
    }

    /// Whether the columns of what is there may have gaps between their entries: those of a view of the caller's, by its type or a type
    /// parameter. nalgebra's products write past the end of their result where the first factor has gaps.
    pub(super) fn may_have_gaps(&self, id: NodeId) -> bool {
        let g = self.graph();
        let mut id = id;
        while g.kind(id) == Kind::Slice {
            id = g.args(id)[0];
        }
        match g.node(id).op.attr {
            crate::ir::Attr::Param(i) if self.input(i).is_some() => self.input(i).is_some_and(|input| input.gaps),
            crate::ir::Attr::Param(i) => self.signature.params.get(i).is_some_and(crate::parse::Param::is_view),
            _ => false,
        }
    }

    /// Whether a pass over the entries has one reader, so that no matrix of its results is needed.
    fn is_read_once(&self, map: NodeId) -> bool {
        let g = self.graph();
        let (matrices, named) = (g.args(map).iter().filter(|a| !g.is_scalar(**a)), |a: &NodeId| {
            !matches!(self.code(*a).form, Form::Temporary | Form::TemporaryView)
        });
        g.kind(map) == Kind::Map
            && !self.is_bound(map)
            && self.program.uses.get(&map) == Some(&1)
            && matrices.clone().count() <= 2
            && matrices.clone().all(named)
    }

    /// Whether a product is the sum of each column of a pass over the entries.
    pub(super) fn sums_columns(&self, id: NodeId) -> bool {
        let g = self.graph();
        g.kind(id) == Kind::MatMul && matches!(summed(g, id), Some((map, Sums::OfColumnsTurned)) if self.is_read_once(map))
    }

    /// The sum of each column of a pass over the entries, as a column, and what is made of each sum.
    pub(super) fn sums_of_columns(&mut self, id: NodeId, then: impl Fn(TokenStream) -> TokenStream) -> Code {
        let map = self.graph().args(self.graph().args(id)[0])[0];
        let rows = self.generic_dim(self.graph().shape(id).rows);
        let (matrices, entries, body) = self.kernel(map);
        let (vector, constant) = (self.paths.nalgebra("OVector"), self.paths.nalgebra("Const"));
        let (scalar, zero) = (self.paths.scalar_type(), self.paths.literal(0.0));
        let (total, j) = (self.local("total", &entries), self.local("j", &entries));
        let columns: Vec<TokenStream> = matrices.iter().map(Code::receiver).collect();
        let sum = match (&columns[..], &entries[..]) {
            ([a], [x]) => quote!(#a.column(#j).fold(#zero, |#total, #x| #total + (#body))),
            ([a, b, ..], [x, y, ..]) => {
                quote!(#a.column(#j).zip_fold(&#b.column(#j), #zero, |#total, #x, #y| #total + (#body)))
            }
            _ => return Code::unreachable(),
        };
        let each = then(sum);
        Code::call(quote!(#vector::<#scalar, _>::from_fn_generic(#rows, #constant::<1>, |#j, _| #each)))
    }

    /// A product of a row and a column.
    fn dot(&self, a: (NodeId, bool), b: (NodeId, bool), x: &Code, y: &Code) -> Code {
        let g = self.graph();
        let row = |n: NodeId| g.shape(n).rows == Dim::ONE;
        let (receiver, operand) = (x.receiver(), y.by_ref());
        Code::scalar(match (a.1, b.1) {
            (true, false) if !row(a.0) => quote!(#receiver.dot(#operand)),
            (false, true) if row(b.0) => quote!(#receiver.dot(#operand)),
            (false, false) => quote!(#receiver.tr_dot(#operand)),
            _ => {
                let y = y.receiver();
                quote!(#receiver.dot(&#y.transpose()))
            }
        })
    }

    /// `A⁻¹ B` and `A⁻ᵀ B` from a factorization of `A`.
    fn solve(&mut self, id: NodeId, inverse: NodeId, turned: bool) -> Code {
        let g = self.graph();
        let factor_node = g.args(inverse)[0];
        let factor = self.code(factor_node);
        let b = g.args(id)[1];
        let turned_b = g.kind(b) == Kind::Transpose;
        let right = self.operand(id, 1);
        let right = if turned_b {
            let receiver = right.receiver();
            quote!(&#receiver.transpose())
        } else {
            self.as_matrix(&right).by_ref()
        };
        let tokens = match g.kind(factor_node) {
            Kind::Chol => {
                let factor = factor.tokens;
                quote!(#factor.solve(#right))
            }
            Kind::Tri => self.triangular_solve(id, inverse, turned, &right),
            _ => {
                let function = self.paths.private(match (self.is_inverted(factor_node), turned) {
                    (true, true) => "inverted_solve_tr",
                    (true, false) => "inverted_solve",
                    (false, true) => "lu_solve_tr",
                    (false, false) => "lu_solve",
                });
                let factor = factor.tokens;
                let solution = quote!(#function(&#factor, #right));
                self.opened(inverse, &solution, g.shape(id))
            }
        };
        if g.is_scalar(id) { Code::scalar(quote!(#tokens[(0, 0)])) } else { Code::call(tokens) }
    }

    /// `L⁻¹ B` and `L⁻ᵀ B` by substitution, `D⁻¹ B` by divisions; `like`: the node whose shape the solution has.
    pub(super) fn triangular_solve(&mut self, like: NodeId, inverse: NodeId, turned: bool, right: &TokenStream) -> TokenStream {
        let g = self.graph();
        let triangle = g.args(inverse)[0];
        let receiver = self.code(triangle).receiver();
        let unchecked = g.node(inverse).op.attr == Attr::Fail(Fail::Unchecked);
        let part = part_of(&g.node(triangle).op.attr);
        if part == Part::Diagonal && !unchecked {
            let (function, d) = (self.paths.private("diag_solve"), self.code(triangle).by_ref());
            return self.opened(inverse, &quote!(#function(#d, #right)), g.shape(like));
        }
        let side = match part {
            Part::Lower | Part::Diagonal => "lower",
            Part::Upper => "upper",
        };
        let (turn, check) = (if turned { "tr_" } else { "" }, if unchecked { "_unchecked" } else { "" });
        let method = Ident::new(&format!("{turn}solve_{side}_triangular{check}"), Span::call_site());
        let solution = quote!(#receiver.#method(#right));
        if unchecked { solution } else { self.opened(inverse, &solution, g.shape(like)) }
    }

    /// `Σ Aᵢⱼ`, as a fold over a pass that nobody else reads.
    pub(crate) fn sum(&mut self, id: NodeId) -> Code {
        let g = self.graph();
        let a = g.args(id)[0];
        let alone = self.program.uses.get(&a) == Some(&1) && !self.is_bound(a);
        match g.kind(a) {
            Kind::Hadamard if alone && g.args(a).len() == 2 => {
                let (x, y) = (self.arg(a, 0), self.arg(a, 1));
                self.inner((g.args(a)[0], x), (g.args(a)[1], y))
            }
            Kind::Map if alone => self.folded(a),
            _ => {
                let receiver = self.arg(id, 0).receiver();
                Code::scalar(quote!(#receiver.sum()))
            }
        }
    }

    /// `⟨X, Y⟩`, a transpose on either side being read in place.
    fn inner(&self, (a, x): (NodeId, Code), (b, y): (NodeId, Code)) -> Code {
        let g = self.graph();
        let turned = |n: NodeId| g.kind(n) == Kind::Transpose && !self.is_bound(n);
        let under = |n: NodeId| self.code(g.args(n)[0]);
        let (receiver, operand, method) = match (turned(a), turned(b)) {
            (true, true) => (under(a).receiver(), under(b).by_ref(), quote!(dot)),
            (true, false) => (under(a).receiver(), y.by_ref(), quote!(tr_dot)),
            (false, true) => (under(b).receiver(), x.by_ref(), quote!(tr_dot)),
            (false, false) => (x.receiver(), y.by_ref(), quote!(dot)),
        };
        Code::scalar(quote!(#receiver.#method(#operand)))
    }

    /// `tr A`.
    pub(crate) fn trace(&mut self, id: NodeId) -> Code {
        let receiver = self.arg(id, 0).receiver();
        Code::scalar(quote!(#receiver.trace()))
    }

    /// `Aᵀ` where a matrix has to be written out.
    pub(crate) fn transposed(&mut self, id: NodeId) -> Code {
        let (g, a, code) = (self.graph(), self.graph().args(id)[0], self.arg(id, 0));
        let sums = if g.kind(a) == Kind::MatMul { summed(g, a) } else { None };
        if let Some((matrix, Sums::OfColumnsTurned)) = sums
            && self.program.uses.get(&a) == Some(&1)
            && !self.is_bound(a)
            && !self.sums_columns(a)
        {
            let receiver = self.code(matrix).receiver();
            return Code::call(quote!(#receiver.row_sum()));
        }
        let receiver = code.receiver();
        Code::of(quote!(#receiver.transpose()), Form::Temporary)
    }
}
