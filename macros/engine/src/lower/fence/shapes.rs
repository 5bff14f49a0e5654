//! Shapes that do not fit.

use proc_macro2::Span;

use super::{Fence, Refusal};
use crate::ir::{Axis, Dim, Mismatch, Shape, Source, Variable};

impl Fence<'_> {
    pub(in crate::lower) fn outside(&self, span: Span, shape: Shape) -> Refusal {
        Refusal::new(span, format!("this entry lies outside of a {} matrix", self.describe_shape(shape)))
    }
    pub(in crate::lower) fn dimensions(&self, span: Span, mismatch: Mismatch) -> Refusal {
        Refusal::new(
            span,
            format!("the shapes do not fit: {} is not {}", self.describe_dim(mismatch.0), self.describe_dim(mismatch.1)),
        )
    }
    pub(in crate::lower) fn shapes(&self, span: Span, a: Shape, b: Shape) -> Refusal {
        Refusal::new(
            span,
            format!("the shapes do not fit: {} and {}{}", self.describe_shape(a), self.describe_shape(b), turned(a, b)),
        )
    }
    pub(in crate::lower) fn product(&self, span: Span, a: Shape, b: Shape) -> Refusal {
        Refusal::new(
            span,
            format!("the shapes do not fit: the product of {} and {}", self.describe_shape(a), self.describe_shape(b)),
        )
    }
    fn describe_shape(&self, shape: Shape) -> String {
        format!("{}×{}", self.describe_dim(shape.rows), self.describe_dim(shape.cols))
    }
    fn describe_dim(&self, dim: Dim) -> String {
        match self.graph.dims.resolve(dim) {
            Dim::Const(n) => n.to_string(),
            dim @ Dim::Sym(_) => self.graph.dims.generic_name(dim).map_or_else(|| self.describe_source(dim), str::to_owned),
        }
    }
    fn describe_source(&self, dim: Dim) -> String {
        for source in self.graph.dims.sources(dim) {
            if let Source::Variable { variable: Variable::Param(p), axis, .. } = source {
                let name = &self.input.signature.params[p].ident;
                let method = if axis == Axis::Rows { "nrows" } else { "ncols" };
                return format!("`{name}.{method}()`");
            }
        }
        "n".to_owned()
    }
}

fn turned(a: Shape, b: Shape) -> &'static str {
    if a.transposed() == b { "; transpose one of them" } else { "" }
}
