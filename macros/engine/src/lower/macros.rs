//! Macros that make matrices: `vector!`, `matrix!`, `stack!`.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::spanned::Spanned;

use super::{Lowerer, Refusal, Value};
use crate::ir::{Dim, NodeId, Shape};

impl Lowerer<'_> {
    pub(super) fn macro_call(&mut self, e: &syn::ExprMacro) -> Result<Value, Refusal> {
        let Some(name) = e.mac.path.segments.last().map(|s| s.ident.to_string()) else {
            return Err(self.fence().unknown_macro(&e.mac));
        };
        let lines = match name.as_str() {
            // a column: every entry is a line
            "vector" => separated(e.mac.tokens.clone(), ',').into_iter().map(|t| vec![t]).collect(),
            "matrix" | "stack" => separated(e.mac.tokens.clone(), ';').into_iter().map(|l| separated(l, ',')).collect::<Vec<_>>(),
            _ => return Err(self.fence().unknown_macro(&e.mac)),
        };
        let width = lines.first().map_or(0, Vec::len);
        if width == 0 || lines.iter().any(|l| l.len() != width) {
            return Err(self.fence().ragged(&e.mac));
        }
        let mut blocks: Vec<Option<NodeId>> = Vec::new();
        for entry in lines.iter().flatten() {
            blocks.push(self.block_entry(entry, name == "stack", &e.mac)?);
        }
        let blocks = self.zero_blocks(blocks, width, &e.mac)?;
        self.stack_at(e.mac.span(), width, &blocks)
    }

    /// An entry: a scalar, a block in `stack!`, or `0` there for a block of zeros.
    fn block_entry(&mut self, tokens: &TokenStream, blocks: bool, mac: &syn::Macro) -> Result<Option<NodeId>, Refusal> {
        let entry: syn::Expr = syn::parse2(tokens.clone()).map_err(|e| Refusal::new(e.span(), e.to_string()))?;
        match self.expression(&entry)? {
            Value::Scalar(id) => Ok(Some(id)),
            Value::Matrix(id) if blocks => Ok(Some(id)),
            Value::Int(n) if blocks && n.constant() == Some(0) => Ok(None),
            other if blocks => Err(self.fence().expected("a matrix or vector", &entry, &other)),
            other => {
                let _ = mac;
                Err(self.fence().expected("a scalar", &entry, &other))
            }
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

/// Tokens between separators, without an empty last piece.
fn separated(tokens: TokenStream, separator: char) -> Vec<TokenStream> {
    let mut pieces = vec![TokenStream::new()];
    for tree in tokens {
        match &tree {
            TokenTree::Punct(p) if p.as_char() == separator => pieces.push(TokenStream::new()),
            _ => {
                if let Some(piece) = pieces.last_mut() {
                    piece.extend(tree.to_token_stream());
                }
            }
        }
    }
    if pieces.last().is_some_and(TokenStream::is_empty) {
        pieces.pop();
    }
    pieces
}
