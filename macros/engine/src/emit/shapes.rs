//! Dimensions in generated code.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote};

use super::code::Form;
use super::{Code, Emitter};
use crate::ir::{Attr, Axis, Block, Dim, Index, NodeId, Shape, Source, Variable};
use crate::parse::{NumForm, NumType, TypeDim};

impl Emitter<'_> {
    /// A dimension as one of nalgebra's types: `Const::<3>`, `Dyn(x.nrows())`, `x.shape_generic().0`.
    pub(super) fn generic_dim(&self, dim: Dim) -> TokenStream {
        let dims = &self.graph().dims;
        let dim = dims.resolve(dim);
        if let Dim::Const(n) = dim {
            let (constant, n) = (self.paths.nalgebra("Const"), Literal::usize_unsuffixed(n));
            return quote!(#constant::<#n>);
        }
        if let Some(name) = dims.generic_name(dim) {
            let typed = dims.sources(dim).into_iter().find_map(|s| match s {
                Source::Variable { variable, axis, typed: true } => Some((variable, axis)),
                _ => None,
            });
            if let Some((variable, axis)) = typed {
                let (name, side) = (self.variable_name(variable), Literal::usize_unsuffixed(usize::from(axis == Axis::Cols)));
                return quote!(#name.shape_generic().#side);
            }
            let (constant, name) = (self.paths.nalgebra("Const"), Ident::new(name, Span::call_site()));
            return quote!(#constant::<#name>);
        }
        let (dynamic, size) = (self.paths.nalgebra("Dyn"), self.size(dim));
        quote!(#dynamic(#size))
    }

    /// Whether a dimension is a type parameter: static or not, and with the allocators that the function asks for.
    pub(super) fn is_of_any_kind(&self, dim: Dim) -> bool {
        let is_it = |d: &TypeDim| matches!(d, TypeDim::TypeGeneric(name) if self.graph().dims.generic_name(dim).is_some_and(|n| name == n));
        self.signature.params.iter().filter_map(|p| p.kind.as_ref()).any(|ty| match &ty.form {
            NumForm::Matrix { rows, cols, .. } => is_it(rows) || is_it(cols),
            NumForm::Scalar => false,
        })
    }

    /// Whether a value is of a type that is copied: a number, a matrix of known size.
    pub(super) fn is_copied(&self, id: NodeId) -> bool {
        let shape = self.graph().shape(id);
        [shape.rows, shape.cols].iter().all(|d| self.graph().dims.is_static(*d) && !self.is_of_any_kind(*d))
    }

    /// A dimension as a `usize`.
    pub(super) fn size(&self, dim: Dim) -> TokenStream {
        let dims = &self.graph().dims;
        match dims.resolve(dim) {
            Dim::Const(n) => {
                let n = Literal::usize_unsuffixed(n);
                quote!(#n)
            }
            dim @ Dim::Sym(_) => {
                let sources: Vec<Source> = dims.sources(dim).into_iter().filter(|s| self.is_told(s)).collect();
                let of = |wanted: fn(&Source) -> bool| sources.iter().find(|s| wanted(s));
                let best = of(|s| matches!(s, Source::Variable { .. })).or_else(|| of(|s| matches!(s, Source::Code(_))));
                let best = best.or_else(|| sources.first());
                match best {
                    Some(source) => self.source(source),
                    None => match dims.generic_name(dim) {
                        Some(name) => {
                            let name = Ident::new(name, Span::call_site());
                            quote!(#name)
                        }
                        None => quote!(0),
                    },
                }
            }
        }
    }

    /// What a source tells, as a `usize`.
    pub(super) fn source_size(&self, source: &Source) -> TokenStream {
        self.source(source)
    }

    fn source(&self, source: &Source) -> TokenStream {
        match source {
            Source::Variable { variable, axis, .. } => {
                let name = self.variable_name(*variable);
                match axis {
                    Axis::Rows => quote!(#name.nrows()),
                    Axis::Cols => quote!(#name.ncols()),
                }
            }
            Source::Code(code) => self.function.opaques[code.0 as usize].code.clone(),
            Source::Sum(parts) => {
                let parts = parts.iter().map(|p| self.size(*p));
                quote!((#(#parts)+*))
            }
            Source::Least(parts) => {
                let least = parts.iter().map(|p| self.size(*p)).reduce(|a, b| quote!(::core::cmp::Ord::min(#a, #b)));
                quote!(#least)
            }
            Source::Product(parts) => {
                let product = parts.iter().map(|p| self.size(*p)).reduce(|a, b| quote!(#a * #b));
                quote!((#product))
            }
        }
    }

    /// A variable of the user's, under the name that it has after the prologue.
    fn variable_name(&self, variable: Variable) -> TokenStream {
        match variable {
            Variable::Param(p) => self.function.params[p].to_token_stream(),
            Variable::Opaque(id) => self.function.opaques[id.0 as usize].code.clone(),
        }
    }

    /// A position as a `usize`.
    pub(super) fn index(&self, index: &Index) -> TokenStream {
        let mut parts: Vec<TokenStream> = index.dims.iter().map(|d| self.size(*d)).collect();
        if let Some(code) = index.code {
            parts.push(self.function.opaques[code.0 as usize].code.clone());
        }
        if index.base > 0 || parts.is_empty() {
            let base = Literal::usize_unsuffixed(index.base);
            parts.push(quote!(#base));
        }
        quote!(#(#parts)+*)
    }

    /// Where a block begins. What a range that ends before it begins goes through is nowhere, and not looked for.
    pub(super) fn corner(&self, at: &Block, shape: Shape) -> (TokenStream, TokenStream) {
        (self.begin(&at.row, shape.rows), self.begin(&at.col, shape.cols))
    }

    pub(super) fn begin(&self, index: &Index, len: Dim) -> TokenStream {
        let begin = self.index(index);
        match self.graph().dims.resolve(len) {
            Dim::Const(0) => return quote!(0),
            Dim::Const(_) => return begin,
            Dim::Sym(_) if index.is_zero() || !self.is_cut_short(len) => return begin,
            Dim::Sym(_) => {}
        }
        let (function, len) = (self.paths.private("begin"), self.size(len));
        quote!(#function(#begin, #len))
    }

    /// Whether a size is a difference that is 0 where it would be negative.
    fn is_cut_short(&self, dim: Dim) -> bool {
        self.graph().dims.sources(dim).iter().any(|source| match source {
            Source::Code(id) => self.function.opaques[id.0 as usize].is_difference,
            Source::Least(parts) => parts.iter().any(|part| self.is_cut_short(*part)),
            _ => false,
        })
    }

    /// A dimension as a number.
    pub(crate) fn dimension(&self, id: NodeId) -> Code {
        let Some(dim) = self.graph().node(id).op.attr.counted() else { return Code::unreachable() };
        let mut size = self.size(dim);
        if matches!(self.graph().node(id).op.attr, Attr::Divisor(_)) {
            size = quote!(::core::cmp::Ord::max(#size, 1));
        }
        let count = self.paths.count(&size);
        match self.paths.scalar {
            crate::parse::ScalarType::Generic(_) => Code::scalar(count),
            _ => Code::sum(count), // a cast binds more tightly than that, and reads better in brackets
        }
    }

    /// Whether a type leaves to run time what the value's own type knows.
    pub(super) fn is_declared_otherwise(&self, id: NodeId, ty: &NumType) -> bool {
        let NumForm::Matrix { rows, cols, .. } = &ty.form else { return false };
        let shape = self.graph().shape(id);
        let differs = |declared: &TypeDim, dim: Dim| matches!(declared, TypeDim::Dyn) && self.graph().dims.is_static(dim);
        differs(rows, shape.rows) || differs(cols, shape.cols)
    }

    /// A value of run-time type whose dimensions are known to the types of others, in those types.
    pub(super) fn in_static_shape(&self, id: NodeId, ty: &NumType, code: Code) -> Code {
        if !self.is_declared_otherwise(id, ty) {
            return code;
        }
        let shape = self.graph().shape(id);
        let (function, r, c, code) =
            (self.paths.private("owned_as"), self.generic_dim(shape.rows), self.generic_dim(shape.cols), code.by_ref());
        Code::of(quote!(#function(#r, #c, #code)), Form::Temporary)
    }

    /// A result in the type that a parameter declares.
    pub(super) fn in_declared_shape(&self, id: NodeId, ty: &NumType, code: &Code) -> TokenStream {
        let NumForm::Matrix { rows, cols, .. } = &ty.form else { return code.tokens.clone() };
        let shape = self.graph().shape(id);
        if code.is_scalar() && [rows, cols].contains(&&TypeDim::Dyn) {
            let (matrix, value, scalar) = (self.paths.nalgebra("OMatrix"), &code.tokens, self.paths.scalar_type());
            let one = |declared: &TypeDim| match declared {
                TypeDim::Dyn => {
                    let dynamic = self.paths.nalgebra("Dyn");
                    quote!(#dynamic(1))
                }
                _ => self.generic_dim(Dim::ONE),
            };
            let (rows, cols) = (one(rows), one(cols));
            return quote!(#matrix::<#scalar, _, _>::from_element_generic(#rows, #cols, #value));
        }
        if code.is_scalar() {
            let (function, value) = (self.paths.nalgebra("Matrix1"), &code.tokens);
            return quote!(#function::new(#value));
        }
        if !self.is_declared_otherwise(id, ty) {
            return code.owned();
        }
        let declared = |declared: &TypeDim, dim: Dim| match declared {
            TypeDim::Dyn => {
                let (dynamic, size) = (self.paths.nalgebra("Dyn"), self.size(dim));
                quote!(#dynamic(#size))
            }
            _ => self.generic_dim(dim),
        };
        let (function, r, c, code) =
            (self.paths.private("owned_as"), declared(rows, shape.rows), declared(cols, shape.cols), code.by_ref());
        quote!(#function(#r, #c, #code))
    }
}
