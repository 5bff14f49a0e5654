//! Matrices of listed entries: `DVector::from_vec(vec![a, b])`, `Matrix2::from_row_slice(&[a, b, c, d])`.
#![allow(clippy::wrong_self_convention, reason = "`from_entries` is of the user's spelling")]
#![allow(clippy::missing_errors_doc, reason = "every error is a refusal of the fence")]

use quote::ToTokens;
use syn::parse::Parser;
use syn::punctuated::Punctuated;

use super::fit::Site;
use super::{Lowerer, Refusal, Value};
use crate::ir::{Dim, Shape};
use crate::parse::{Element, NumForm, NumType, TypeDim};

/// More copies are not written out.
const COPIES: usize = 64;

impl Lowerer<'_> {
    /// `vec![a, b, c]`, `vec![a; 3]`.
    pub(super) fn listed(&mut self, mac: &syn::Macro) -> Result<Value, Refusal> {
        let list = Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated;
        match list.parse2(mac.tokens.clone()) {
            Ok(entries) => Ok(Value::Tuple(self.side_by_side(&entries)?)),
            Err(_) => match syn::parse2::<Copies>(mac.tokens.clone()) {
                Ok(Copies(entry, count)) => self.copies(&entry, &count),
                Err(_) => Err(self.fence().unknown_macro(mac)),
            },
        }
    }
    /// `[a; 3]`
    pub(super) fn copies(&mut self, entry: &syn::Expr, count: &syn::Expr) -> Result<Value, Refusal> {
        let n = self.integer_expression(count)?.constant().filter(|n| *n <= COPIES);
        let value = self.expression(entry)?;
        if let Some(n) = n {
            return Ok(Value::Tuple(vec![value; n]));
        }
        let len = self.size_of(count)?;
        match self.number(value)? {
            Value::Scalar(id) if self.shape(id).is_scalar() => {
                let column = match self.graph.constant_value(id) {
                    Some(c) => self.graph.filled(c, Shape::column(len)),
                    None => self.graph.fill(id, Shape::column(len)),
                };
                Ok(Value::List(column, Element::Number))
            }
            Value::Matrix(id) if self.shape(id).is_column() => {
                let ones = self.graph.filled(1.0, Shape::new(Dim::ONE, len));
                Ok(Value::List(self.graph.matmul(&[id, ones]), Element::Vector))
            }
            value => match self.as_list(&value) {
                Some((id, Element::Number)) => {
                    let ones = self.graph.filled(1.0, Shape::new(Dim::ONE, len));
                    let column = self.column_of(id);
                    Ok(Value::List(self.graph.matmul(&[column, ones]), Element::Array))
                }
                _ => Err(self.fence().not_constant(count)),
            },
        }
    }

    /// The matrix of this type with these entries, column by column, or row by row.
    pub(super) fn from_entries(
        &mut self,
        name: &syn::Ident,
        ty: &NumType,
        sizes: &[&syn::Expr],
        list: &syn::Expr,
        entries: Vec<Value>,
    ) -> Result<Value, Refusal> {
        let count = entries.len();
        let mut nodes = Vec::new();
        for entry in entries {
            match self.number(entry)? {
                Value::Scalar(id) if self.shape(id).is_scalar() => nodes.push(id),
                Value::Scalar(_) => return Err(self.fence().matrix_of_an_entry(name.span())),
                other => return Err(self.fence().expected("a scalar", list, &other)),
            }
        }
        let NumForm::Matrix { rows, cols, .. } = &ty.form else { return Err(self.fence().expected_pair(list)) };
        let mut sizes = sizes.iter();
        let mut side = |cx: &mut Self, dim: &TypeDim| match (dim, sizes.next()) {
            (TypeDim::Const(n), None) => Ok(Some(*n)),
            (_, None) => Ok(None),
            (_, Some(e)) => {
                let n = cx.integer_expression(e)?.constant();
                n.map(Some).ok_or_else(|| cx.fence().not_constant(e))
            }
        };
        // of a vector one size is given, and no number for the side that is one
        let (rows, cols) = match (rows, cols) {
            (TypeDim::Const(1), dim) => (Some(1), side(self, dim)?),
            (dim, TypeDim::Const(1)) => (side(self, dim)?, Some(1)),
            (rows, cols) => (side(self, rows)?, side(self, cols)?),
        };
        let rows = rows.or_else(|| count.checked_div(cols?));
        let cols = cols.or_else(|| count.checked_div(rows?));
        let (Some(rows), Some(cols)) = (rows, cols) else { return Err(self.fence().entries(list, count)) };
        if count == 0 || rows.checked_mul(cols) != Some(count) {
            return Err(self.fence().entries(list, count));
        }
        if name != "from_row_slice" {
            nodes = (0..count).map(|i| nodes[i / cols + (i % cols) * rows]).collect();
        }
        if cols == 1 && rows == 1 {
            return Ok(Value::Matrix(nodes[0]));
        }
        let site = Site { span: name.span(), whole: list.to_token_stream(), operands: Vec::new() };
        self.stacked(&site, cols, &nodes)
    }
}

/// `a; n`
struct Copies(syn::Expr, syn::Expr);

impl syn::parse::Parse for Copies {
    fn parse(input: syn::parse::ParseStream<'_>) -> syn::Result<Self> {
        let entry = input.parse()?;
        input.parse::<syn::Token![;]>()?;
        Ok(Self(entry, input.parse()?))
    }
}
