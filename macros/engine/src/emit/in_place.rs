//! Gradients computed where the caller wants them: the last operation writes into the buffer.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::code::Form;
use super::results::Like;
use super::{Code, Emitter};
use crate::ir::{Attr, Dim, Index, Kind, NodeId};
use crate::ops;
use crate::parse::{Element, List, NumForm, NumType};
use crate::schedule::is_free;

/// A node and the variable, a mutable reference, that its value is wanted in.
#[derive(Clone)]
pub(super) struct Output {
    pub(super) node: NodeId,
    pub(super) like: Like,
    /// The type that the variable refers to, if it is one of ours.
    pub(super) ty: Option<NumType>,
    pub(super) buffer: Ident,
}

impl Output {
    /// The list of vectors that the variable is: numbers that lie apart, and no matrix can be written to it.
    pub(super) fn list(&self) -> Option<List> {
        self.ty.as_ref().and_then(|ty| ty.list).filter(|list| list.element == Element::Vector)
    }
    /// The list of numbers that it is, which can be written to as a matrix.
    pub(super) fn numbers(&self) -> Option<List> {
        self.ty.as_ref().and_then(|ty| ty.list).filter(|list| list.element != Element::Vector)
    }
    /// The statement that stores what was computed elsewhere.
    pub(super) fn stored(&self, code: &Code) -> TokenStream {
        let (buffer, tokens) = (&self.buffer, &code.tokens);
        match &self.ty {
            Some(ty) if matches!(ty.form, NumForm::Matrix { .. }) && code.is_scalar() => quote!(#buffer.fill(#tokens);),
            Some(ty) if matches!(ty.form, NumForm::Matrix { .. }) => {
                let matrix = code.by_ref();
                quote!(#buffer.copy_from(#matrix);)
            }
            _ => quote!(*#buffer = #tokens;),
        }
    }
}

impl Emitter<'_> {
    /// Computing these nodes in their buffers, as far as an operation can write there.
    pub(super) fn with_outputs(mut self, outputs: Vec<Output>) -> Self {
        for output in outputs {
            let again = self.outputs.iter().any(|o| o.node == output.node);
            if !again && self.has_same_type(&output) {
                self.outputs.push(output);
            }
        }
        self
    }

    /// Whether a node is a matrix that some operation makes, of the type that the buffer has.
    fn has_same_type(&self, output: &Output) -> bool {
        let (g, id) = (self.graph(), output.node);
        let made = output.list().is_none()
            && !g.is_scalar(id)
            && !is_free(g, id)
            && g.kind(id) != Kind::Tri
            && !ops::is_factorization(g.kind(id));
        made && matches!(&output.ty, Some(ty) if matches!(ty.form, NumForm::Matrix { .. }) && !self.is_declared_otherwise(id, ty))
    }

    /// The buffer that a node is computed in.
    pub(super) fn output(&self, id: NodeId) -> Option<Ident> {
        self.outputs.iter().find(|o| o.node == id).map(|o| o.buffer.clone())
    }

    /// Whether an output was computed in its buffer.
    pub(super) fn is_written(&self, output: &Output) -> bool {
        self.outputs.iter().any(|o| o.buffer == output.buffer)
    }

    /// Computes a node in a buffer; its code is that of a reference to the buffer, if anything reads it.
    pub(super) fn computed_in(&mut self, id: NodeId, buffer: &Ident) -> Code {
        let written = self.write(id, buffer);
        self.statements.push(written);
        let shared = Code::of(quote!(&*#buffer), Form::Reference);
        if self.program.uses.get(&id).copied().unwrap_or(0) > 1 { self.bind(id, &shared) } else { shared }
    }

    /// The statements that compute a node in the matrix that `out` refers to, whatever that holds before.
    fn write(&mut self, id: NodeId, out: &Ident) -> TokenStream {
        let g = self.graph();
        let written = match g.kind(id) {
            Kind::MatMul => self.product_in(id, 1.0, false, out),
            Kind::Lin => Some(self.sum_in(id, out)),
            Kind::Scale => Some(self.scaled_in(id, out)),
            Kind::Hadamard if g.args(id).len() == 2 => self.hadamard_in(id, out),
            Kind::Map => self.map_in(id, out),
            Kind::Fill => {
                let value = self.arg(id, 0).tokens;
                Some(quote!(#out.fill(#value);))
            }
            Kind::Transpose => {
                let receiver = self.arg(id, 0).receiver();
                Some(quote!(#receiver.transpose_to(#out);))
            }
            Kind::Stack => self.blocks_in(id, out),
            Kind::Update => {
                let whole = self.arg(id, 0);
                let (start, block) = (whole.by_ref(), self.block_written(id, &out.to_token_stream()));
                let tokens = &whole.tokens;
                Some(if whole.is_scalar() { quote!(#out.fill(#tokens); #block) } else { quote!(#out.copy_from(#start); #block) })
            }
            Kind::Mirror if self.fits(g.args(id)[0], id) => {
                if let Some((a, b)) = self.mirrored_product(id) {
                    let function = self.paths.private("tr_mul_mirrored_to");
                    return quote!(#function(#a, #b, #out););
                }
                let (first, mirror) = (self.write(g.args(id)[0], out), self.paths.private("mirror"));
                Some(quote!(#first #mirror(#out);))
            }
            _ => None,
        };
        written.unwrap_or_else(|| {
            let matrix = (ops::record(g.kind(id)).emit)(self, id).by_ref();
            quote!(#out.copy_from(#matrix);)
        })
    }

    /// A block matrix, block by block.
    fn blocks_in(&mut self, id: NodeId, out: &Ident) -> Option<TokenStream> {
        let (g, args) = (self.graph(), self.graph().args(id).to_vec());
        let Attr::Grid(width) = g.node(id).op.attr else { return None };
        if width == 0 {
            return None;
        }
        let written = args.iter().enumerate().map(|(i, a)| {
            let ((row, col), code) = (self.place_in_stack(&args, width, i), self.code(*a));
            if code.is_scalar() {
                let value = code.tokens;
                return quote!(#out[(#row, #col)] = #value;);
            }
            let shape = self.graph().shape(*a);
            let (rows, cols) = (self.generic_dim(shape.rows), self.generic_dim(shape.cols));
            if crate::simplify::is_zero(self.graph(), *a) {
                let zero = self.paths.literal(0.0);
                return quote!(#out.generic_view_mut((#row, #col), (#rows, #cols)).fill(#zero););
            }
            let block = code.by_ref();
            quote!(#out.generic_view_mut((#row, #col), (#rows, #cols)).copy_from(#block);)
        });
        Some(written.collect())
    }

    /// Whether an operand is computed for this one reader, by an operation that can write into the reader's buffer.
    pub(super) fn fits(&self, operand: NodeId, id: NodeId) -> bool {
        let g = self.graph();
        let kinds = [Kind::MatMul, Kind::Lin, Kind::Scale, Kind::Hadamard, Kind::Map, Kind::Stack];
        let alone = self.program.uses.get(&operand) == Some(&1) && !self.is_bound(operand) && self.output(operand).is_none();
        alone && kinds.contains(&g.kind(operand)) && self.is_as_large(operand, id) && self.code(operand).form == Form::Temporary
    }

    fn is_as_large(&self, a: NodeId, b: NodeId) -> bool {
        let (dims, a, b) = (&self.graph().dims, self.graph().shape(a), self.graph().shape(b));
        dims.resolve(a.rows) == dims.resolve(b.rows) && dims.resolve(a.cols) == dims.resolve(b.cols)
    }

    /// `Σ cᵢ Aᵢ`: the first term written, the others added.
    fn sum_in(&mut self, id: NodeId, out: &Ident) -> TokenStream {
        let (placed, mut rest): (Vec<_>, Vec<_>) = self.graph().terms(id).into_iter().partition(|t| self.is_placed(t.1));
        if rest.is_empty() && self.cover(id, &placed) {
            return placed.into_iter().map(|(c, a)| self.assigned(c, a, out)).collect();
        }
        // what fits into the buffer first, otherwise a positive term: `b - a`, not `-a + b`
        rest.sort_by_key(|(c, a)| (!self.fits(*a, id), *c < 0.0));
        let mut statements = match rest[..] {
            [] => {
                let zero = self.paths.literal(0.0);
                quote!(#out.fill(#zero);)
            }
            [(1.0, a), (d, b)] if d.abs() == 1.0 && !self.fits(a, id) => {
                let (a, b) = (self.code(a).receiver(), self.code(b).by_ref());
                if d > 0.0 { quote!(#a.add_to(#b, #out);) } else { quote!(#a.sub_to(#b, #out);) }
            }
            [(c, first), ref others @ ..] => {
                let mut sum = self.multiple_in(id, c, first, out);
                for (c, a) in others {
                    let added = self.term_in(id, *c, *a, out);
                    sum.extend(added);
                }
                sum
            }
        };
        statements.extend(placed.iter().map(|(c, a)| self.added(out, *c, *a)));
        statements
    }

    /// `out[block] = c A`
    pub(super) fn assigned(&mut self, c: f64, placed: NodeId, out: &Ident) -> TokenStream {
        let g = self.graph();
        let Attr::Block(at) = g.node(placed).op.attr.clone() else { return TokenStream::new() };
        let block = g.args(placed)[0];
        let (row, col) = self.corner(&at, g.shape(block));
        if g.is_scalar(block) {
            let value = self.scalar_multiple(c, block).tokens;
            return quote!(#out[(#row, #col)] = #value;);
        }
        let (rows, cols) = (self.generic_dim(g.shape(block).rows), self.generic_dim(g.shape(block).cols));
        let view = self.local("block", std::slice::from_ref(out));
        let written = self.multiple_in(block, c, block, &view);
        quote!({ let #view = &mut #out.generic_view_mut((#row, #col), (#rows, #cols)); #written })
    }

    /// Whether blocks at known places fill a matrix, none of them over another.
    fn cover(&self, id: NodeId, placed: &[(f64, NodeId)]) -> bool {
        let g = self.graph();
        let size = |dim: Dim| match g.dims.resolve(dim) {
            Dim::Const(n) => Some(n),
            Dim::Sym(_) => None,
        };
        let rectangle = |a: NodeId| -> Option<[usize; 4]> {
            let (Attr::Block(at), shape) = (&g.node(a).op.attr, g.shape(g.args(a)[0])) else { return None };
            let first = |index: &Index| (index.dims.is_empty() && index.code.is_none()).then_some(index.base);
            let (row, col) = (first(&at.row)?, first(&at.col)?);
            Some([row, row + size(shape.rows)?, col, col + size(shape.cols)?])
        };
        let Some(all) = placed.iter().map(|t| rectangle(t.1)).collect::<Option<Vec<_>>>() else { return false };
        let apart = |a: &[usize; 4], b: &[usize; 4]| a[1] <= b[0] || b[1] <= a[0] || a[3] <= b[2] || b[3] <= a[2];
        let entries: usize = all.iter().map(|[top, bottom, left, right]| (bottom - top) * (right - left)).sum();
        let whole = size(g.shape(id).rows).zip(size(g.shape(id).cols)).map(|(rows, cols)| rows * cols);
        let few = all.len() <= 100; // every pair is looked at
        few && whole == Some(entries) && all.iter().enumerate().all(|(i, a)| all[i + 1..].iter().all(|b| apart(a, b)))
    }

    /// `s` of `c s A` where nobody else reads `s A`, and `A`.
    fn as_multiple(&self, c: f64, a: NodeId, id: NodeId) -> Option<(Code, NodeId)> {
        let g = self.graph();
        let scaled = g.kind(a) == Kind::Scale && self.fits(a, id) && !self.fits(g.args(a)[1], id);
        scaled.then(|| (self.scalar_multiple(c, g.args(a)[0]), g.args(a)[1]))
    }

    /// `out = c A`
    fn multiple_in(&mut self, id: NodeId, c: f64, a: NodeId, out: &Ident) -> TokenStream {
        if self.graph().kind(a) == Kind::Fill {
            let value = self.code(self.graph().args(a)[0]);
            let value = match self.graph().constant_value(a) {
                Some(constant) => self.paths.literal(c * constant),
                None => {
                    let (factor, value) = (self.paths.literal(c), value.factor());
                    quote!(#factor * #value)
                }
            };
            return quote!(#out.fill(#value););
        }
        if let Some((factor, a)) = self.as_multiple(c, a, id) {
            let (factor, matrix) = (self.named_factor(&factor), self.code(a).by_ref());
            let (g, entry) = (self.local("g", &[]), self.local("entry", &[]));
            return quote!(#out.zip_apply(#matrix, |#g, #entry| *#g = #entry * #factor););
        }
        if self.fits(a, id) {
            if self.graph().kind(a) == Kind::MatMul
                && let Some(product) = self.product_in(a, c, false, out)
            {
                return product;
            }
            let (first, factor) = (self.write(a, out), self.paths.literal(c));
            return match c {
                1.0 => first,
                -1.0 => quote!(#first #out.neg_mut();),
                _ => quote!(#first *#out *= #factor;),
            };
        }
        let (a, factor) = (self.code(a), self.paths.literal(c));
        let matrix = a.by_ref();
        if c == 1.0 {
            return quote!(#out.copy_from(#matrix););
        }
        let (g, entry) = (self.local("g", &[]), self.local("entry", &[]));
        let value = if c == -1.0 { quote!(-#entry) } else { quote!(#factor * #entry) };
        quote!(#out.zip_apply(#matrix, |#g, #entry| *#g = #value);)
    }

    /// `out += c A`
    pub(super) fn term_in(&mut self, id: NodeId, c: f64, a: NodeId, out: &Ident) -> TokenStream {
        if self.fits(a, id)
            && self.graph().kind(a) == Kind::MatMul
            && let Some(product) = self.product_in(a, c, true, out)
        {
            return product;
        }
        if let Some((factor, a)) = self.as_multiple(c.abs(), a, id) {
            let (factor, matrix) = (self.named_factor(&factor), self.code(a).by_ref());
            let (g, entry) = (self.local("g", &[]), self.local("entry", &[]));
            let operator = if c < 0.0 { quote!(-=) } else { quote!(+=) };
            return quote!(#out.zip_apply(#matrix, |#g, #entry| *#g #operator #entry * #factor););
        }
        let (code, factor) = (self.code(a), self.paths.literal(c));
        let operand = code.operand();
        match c {
            1.0 => quote!(*#out += #operand;),
            -1.0 => quote!(*#out -= #operand;),
            _ => {
                let (matrix, g, entry) = (code.by_ref(), self.local("g", &[]), self.local("entry", &[]));
                quote!(#out.zip_apply(#matrix, |#g, #entry| *#g += #factor * #entry);)
            }
        }
    }

    /// `s A`
    fn scaled_in(&mut self, id: NodeId, out: &Ident) -> TokenStream {
        let (s, a) = (self.graph().args(id)[0], self.graph().args(id)[1]);
        let factor = self.factor(s);
        if !self.fits(a, id) {
            let (g, entry) = (self.local("g", &[]), self.local("entry", &[]));
            let (factor, matrix) = (self.named_factor(&factor), self.code(a).by_ref());
            return quote!(#out.zip_apply(#matrix, |#g, #entry| *#g = #entry * #factor););
        }
        if self.graph().kind(a) == Kind::MatMul
            && let Some(product) = self.multiple_of_product_in(a, &factor, false, out)
        {
            return product;
        }
        let (first, factor) = (self.write(a, out), factor.tokens);
        quote!(#first *#out *= #factor;)
    }

    /// A factor that a pass over entries reads: a name or a literal.
    fn named_factor(&mut self, factor: &Code) -> TokenStream {
        let tokens = &factor.tokens;
        if syn::parse2::<Ident>(tokens.clone()).is_ok() || syn::parse2::<syn::Lit>(tokens.clone()).is_ok() {
            return tokens.clone();
        }
        let name = self.fresh("factor");
        self.statements.push(quote!(let #name = #tokens;));
        quote!(#name)
    }

    /// `A ∘ B`
    fn hadamard_in(&mut self, id: NodeId, out: &Ident) -> Option<TokenStream> {
        let args = self.graph().args(id).to_vec();
        let [a, b] = args[..] else { return None };
        for (first, second) in [(a, b), (b, a)] {
            if self.fits(first, id) {
                let (first, second) = (self.write(first, out), self.code(second).by_ref());
                return Some(quote!(#first #out.component_mul_assign(#second);));
            }
        }
        let (a, b) = (self.code(a).by_ref(), self.code(b).by_ref());
        let (g, x, y) = (self.local("g", &[]), self.local("a", &[]), self.local("b", &[]));
        Some(quote!(#out.zip_zip_apply(#a, #b, |#g, #x, #y| *#g = #x * #y);))
    }

    /// One pass over the entries.
    fn map_in(&mut self, id: NodeId, out: &Ident) -> Option<TokenStream> {
        let matrices: Vec<NodeId> = self.graph().args(id).iter().copied().filter(|a| !self.graph().is_scalar(*a)).collect();
        let mut inside = matrices.iter().copied().find(|a| self.fits(*a, id));
        let mut first = inside.map(|a| self.write(a, out));
        if inside.is_none() && matrices.len() > 2 {
            // nalgebra passes over two matrices beside the one that it writes
            inside = matrices.first().copied();
            let copied = self.code(matrices[0]).by_ref();
            first = Some(quote!(#out.copy_from(#copied);));
        }
        let g = self.local("g", &[]);
        let (matrices, entries, body) = self.kernel_beside(id, inside.map(|a| (a, &g)));
        let matrices: Vec<TokenStream> = matrices.iter().map(Code::by_ref).collect();
        Some(match &matrices[..] {
            [] => quote!(#first #out.apply(|#g| *#g = #body);),
            [a] => quote!(#first #out.zip_apply(#a, |#g, #(#entries),*| *#g = #body);),
            [a, b] => quote!(#first #out.zip_zip_apply(#a, #b, |#g, #(#entries),*| *#g = #body);),
            _ => return None,
        })
    }
}
