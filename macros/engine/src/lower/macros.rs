//! Macros that make matrices: `vector!`, `matrix!`, `stack!`.

use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned;

use super::fit::Site;
use super::{Lowerer, Refusal, Value};
use crate::ir::{Dim, NodeId, Shape};

impl Lowerer<'_> {
    pub(super) fn macro_call(&mut self, e: &syn::ExprMacro) -> Result<Value, Refusal> {
        let Some(name) = e.mac.path.segments.last().map(|s| s.ident.to_string()) else {
            return Err(self.fence().unknown_macro(&e.mac));
        };
        if name == "vec" {
            return self.listed(&e.mac);
        }
        if !["vector", "matrix", "stack"].contains(&name.as_str()) {
            return Err(self.fence().unknown_macro(&e.mac));
        }
        let Lines(mut lines) = e.mac.parse_body().map_err(|e| Refusal::new(e.span(), e.to_string()))?;
        if name == "vector" {
            // a column: every entry is a line
            lines = lines.into_iter().flatten().map(|entry| vec![entry]).collect();
        }
        let width = lines.first().map_or(0, Vec::len);
        if width == 0 || lines.iter().any(|l| l.len() != width) {
            return Err(self.fence().ragged(&e.mac));
        }
        let mut blocks: Vec<Option<NodeId>> = Vec::new();
        for entry in lines.iter().flatten() {
            blocks.push(self.block_entry(entry, name == "stack")?);
        }
        let blocks = self.zero_blocks(blocks, width, &e.mac)?;
        let operands = lines.iter().flatten().map(ToTokens::to_token_stream).zip(blocks.iter().copied()).collect();
        self.stacked(&Site { span: e.mac.path.span(), whole: e.to_token_stream(), operands }, width, &blocks)
    }

    /// An entry: a scalar, a block in `stack!`, or `0` there for a block of zeros.
    fn block_entry(&mut self, entry: &syn::Expr, blocks: bool) -> Result<Option<NodeId>, Refusal> {
        match self.numeric(entry)? {
            Value::Scalar(id) if !self.shape(id).is_scalar() => Err(self.fence().matrix_of_an_entry(entry.span())),
            Value::Scalar(id) => Ok(Some(id)),
            Value::Matrix(id) if blocks => Ok(Some(id)),
            Value::Int(n) if blocks && n.constant() == Some(0) => Ok(None),
            other if blocks => Err(self.fence().expected("a matrix or vector", entry, &other)),
            other => Err(self.fence().expected("a scalar", entry, &other)),
        }
    }

    /// Blocks of zeros have the rows of their line and the columns of their column.
    fn zero_blocks(&mut self, blocks: Vec<Option<NodeId>>, width: usize, mac: &syn::Macro) -> Result<Vec<NodeId>, Refusal> {
        let rows: Vec<Option<Dim>> =
            blocks.chunks(width).map(|l| l.iter().flatten().next().map(|b| self.shape(*b).rows)).collect();
        let cols: Vec<Option<Dim>> =
            (0..width).map(|c| blocks.iter().skip(c).step_by(width).flatten().next().map(|b| self.shape(*b).cols)).collect();
        let mut full = Vec::new();
        for (i, block) in blocks.into_iter().enumerate() {
            full.push(match (block, rows[i / width], cols[i % width]) {
                (Some(block), _, _) => block,
                (None, Some(rows), Some(cols)) => self.graph.filled(0.0, Shape::new(rows, cols)),
                _ => return Err(self.fence().unknown_zeros(mac)),
            });
        }
        Ok(full)
    }
}

/// Expressions between commas, in lines between semicolons; what is empty at the end is none.
struct Lines(Vec<Vec<syn::Expr>>);

impl Parse for Lines {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let (mut lines, mut line) = (Vec::new(), Vec::new());
        while !input.is_empty() {
            line.push(input.parse()?);
            if input.peek(syn::Token![;]) {
                input.parse::<syn::Token![;]>()?;
                lines.push(std::mem::take(&mut line));
            } else if !input.is_empty() {
                input.parse::<syn::Token![,]>()?;
            }
        }
        if !line.is_empty() {
            lines.push(line);
        }
        Ok(Self(lines))
    }
}
