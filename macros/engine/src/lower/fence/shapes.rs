//! Shapes that do not fit.

use std::collections::{BTreeSet, HashMap};

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};

use super::{Fence, Refusal};
use crate::ir::{Dim, Kind, Mismatch, NodeId, Shape};
use crate::lower::fit::{Needs, Site};
use crate::lower::readable;
use crate::print::dimension_names;

/// Longer code is not repeated in a message.
const LEGIBLE: usize = 48;

impl Fence<'_> {
    /// Both shapes, where each comes from, and what would fit.
    pub(in crate::lower) fn misfit(&self, site: &Site, needs: Needs) -> Refusal {
        let letters = self.letters();
        let names = self.operand_names(site);
        let shapes: Vec<Shape> = site.operands.iter().map(|o| self.graph.shape(o.1)).collect();
        let described: Vec<String> = site
            .operands
            .iter()
            .zip(&names)
            .zip(&shapes)
            .map(|((operand, name), shape)| {
                let origin = self.origin(operand.1, &site.whole).map(|by| format!(", as `{by}` needs,")).unwrap_or_default();
                format!("{name} is {}{origin}", self.describe(*shape, &letters))
            })
            .collect();
        let whole = legible(&site.whole).map_or_else(String::new, |code| format!(" in `{code}`"));
        let message = match (needs, &described[..]) {
            (Needs::Given(shape), [only, ..]) => {
                format!("the shapes{whole} do not fit: {} and has to be {}", only, self.describe(shape, &letters))
            }
            (_, [only]) => format!(
                "the shape{whole} does not fit: {}; take a square matrix, such as a product `a.tr_mul(&a)`",
                only.trim_end_matches(',')
            ),
            (_, [a, b, ..]) => format!(
                "the shapes{whole} do not fit: {a} and {}; {}",
                b.trim_end_matches(','),
                cure(needs, &names, shapes[0], shapes[1])
            ),
            (_, []) => format!("the shapes{whole} do not fit; take a square matrix"),
        };
        Refusal::new(site.span, message)
    }
    pub(in crate::lower) fn outside(&self, span: Span, shape: Shape) -> Refusal {
        let shape = self.describe(shape, &self.letters());
        Refusal::new(span, format!("this lies outside of a {shape} matrix; positions count from 0"))
    }
    pub(in crate::lower) fn dimensions(&self, span: Span, mismatch: Mismatch, needs: &str) -> Refusal {
        let letters = self.letters();
        let (a, b) = (self.dimension(mismatch.0, &letters), self.dimension(mismatch.1, &letters));
        Refusal::new(span, format!("the shapes do not fit: {a} is not {b}; {needs}"))
    }

    /// The operands as the message names them.
    fn operand_names(&self, site: &Site) -> Vec<String> {
        let positions = ["the first operand", "the second operand"];
        let mut names: Vec<String> = Vec::new();
        for (i, (tokens, _)) in site.operands.iter().enumerate() {
            let position = positions.get(i).copied().unwrap_or("an operand");
            names.push(legible(&plain(tokens.clone())).map_or_else(|| position.to_owned(), |code| format!("`{code}`")));
        }
        names
    }
    /// The expression that made a run-time size of this value a number.
    fn origin(&self, id: NodeId, site: &TokenStream) -> Option<&str> {
        let shape = self.graph.node(id).shape;
        let mut chain = [shape.rows, shape.cols].into_iter().flat_map(|d| self.graph.dims.chain(d));
        let origin = chain.find_map(|d| self.pins.get(&d))?;
        (origin.chars().count() <= LEGIBLE && *origin != readable(site)).then_some(origin)
    }
    fn letters(&self) -> HashMap<Dim, String> {
        let params = self.graph.nodes().iter().enumerate().filter(|(_, n)| n.op.kind == Kind::Param);
        let params = params.filter_map(|(i, _)| self.graph.id_at(i));
        let taken: BTreeSet<String> = self.input.signature.params.iter().map(|p| p.ident.to_string()).collect();
        dimension_names(self.graph, params, &taken, |id| self.opaques.get(id.0 as usize).map(|o| o.text.clone()))
    }
    fn describe(&self, shape: Shape, letters: &HashMap<Dim, String>) -> String {
        format!("{}×{}", self.dimension(shape.rows, letters), self.dimension(shape.cols, letters))
    }
    fn dimension(&self, dim: Dim, letters: &HashMap<Dim, String>) -> String {
        match self.graph.dims.resolve(dim) {
            Dim::Const(n) => n.to_string(),
            dim @ Dim::Sym(_) => letters.get(&dim).cloned().unwrap_or_else(|| "?".to_owned()),
        }
    }
}

/// Without a `&` before it or brackets around it.
fn plain(code: TokenStream) -> TokenStream {
    let mut trees: Vec<TokenTree> = code.into_iter().collect();
    if matches!(trees.first(), Some(TokenTree::Punct(p)) if p.as_char() == '&') {
        trees.remove(0);
    }
    match &trees[..] {
        [TokenTree::Group(group)] if group.delimiter() == Delimiter::Parenthesis => plain(group.stream()),
        _ => trees.into_iter().collect(),
    }
}

fn legible(code: &TokenStream) -> Option<String> {
    Some(readable(code)).filter(|text| text.chars().count() <= LEGIBLE)
}

/// One way to make two shapes fit.
fn cure(needs: Needs, names: &[String], a: Shape, b: Shape) -> String {
    let simple =
        |i: usize| names.get(i).map(|n| n.trim_matches('`')).filter(|n| n.chars().all(|c| c.is_alphanumeric() || c == '_'));
    let (first, second) = (simple(0).unwrap_or("a"), simple(1).unwrap_or("b"));
    let one_number = (a.is_scalar() != b.is_scalar()).then_some(());
    match (needs, one_number) {
        (Needs::Product | Needs::Same, Some(())) => {
            "a 1×1 matrix is no number; make it one, with `dot` in place of the product, or `to_scalar()`".to_owned()
        }
        (Needs::Product, None) if (a.is_column() && b.is_column()) || (a.is_row() && b.is_row()) => {
            format!("the inner product is `{first}.dot(&{second})`, the outer one `{first} * {second}.transpose()`")
        }
        (Needs::Product, None) if a.rows == b.rows => format!("the product with the transpose is `{first}.tr_mul(&{second})`"),
        (Needs::Product, None) if a.cols == b.cols => format!("transpose the second: `{first} * {second}.transpose()`"),
        (Needs::Product, None) => "the columns of the first have to be the rows of the second".to_owned(),
        (Needs::Same, None) if a.is_thin() && b.is_thin() && a.is_column() != b.is_column() => {
            "one is a row and the other a column: transpose one of them".to_owned()
        }
        (Needs::Same, None) if a.transposed() == b => "transpose one of them".to_owned(),
        (Needs::Same, None) => "both need one shape".to_owned(),
        (Needs::Beside, _) => "blocks side by side need as many rows".to_owned(),
        (Needs::Below, _) => "blocks below each other need as many columns".to_owned(),
        (Needs::Rows, _) => "both need as many rows".to_owned(),
        _ => "their sides have to agree".to_owned(),
    }
}
