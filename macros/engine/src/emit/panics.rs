//! What the function panics on and the companion does not compute: it is asked for all the same. Entries and blocks out of range, bounds of
//! `clamp` in the wrong order.

use proc_macro2::TokenStream;
use quote::quote;

use super::Emitter;
use super::code::Code;
use crate::Derivation;
use crate::ir::{Attr, Block, Dim, Graph, Index, Kind, NodeId, Region, Shape};

/// The checks that entries and blocks are where the function reads them, unless a root reads the same.
pub(super) fn ranges(derivation: &Derivation, roots: &[NodeId], emitter: &Emitter<'_>) -> TokenStream {
    let (read, g) = (&derivation.function.graph, &derivation.graph);
    let shape = |s: Shape| Shape::new(g.dims.resolve(s.rows), g.dims.resolve(s.cols));
    let known: Vec<Read> = g.reachable(roots).into_iter().filter_map(|id| Read::of(g, id, shape)).collect();
    let written = [derivation.function.result].into_iter().chain(derivation.function.opened.iter().copied());
    let mut checked: Vec<Read> = Vec::new();
    for id in read.reachable(&written.collect::<Vec<_>>()) {
        if let Some(one) = Read::of(read, id, shape).filter(|one| !known.contains(one) && !checked.contains(one)) {
            checked.push(one);
        }
    }
    checked.iter().map(|one| one.check(emitter)).collect()
}

/// Whether a loop or a branch of the function reads entries where only the iteration tells: it runs in every companion, for the panics it may have.
pub(super) fn reads_inside(g: &Graph, value: NodeId) -> bool {
    fn reads(g: &Graph, id: NodeId) -> bool {
        let inside = |r: &Region| r.graph.reachable(&r.results).into_iter().any(|id| reads(&r.graph, id));
        match &g.node(id).op.attr {
            Attr::Block(at) => [&at.row, &at.col].iter().any(|index| index.constant().is_none()),
            Attr::Opaque(_) => true,
            Attr::Loop(l) => inside(&l.body),
            Attr::Branch(b) => inside(&b.then) || inside(&b.otherwise),
            _ => false,
        }
    }
    g.reachable(&[value]).into_iter().any(|id| matches!(g.kind(id), Kind::Loop | Kind::Branch) && reads(g, id))
}

/// A block of a matrix.
#[derive(PartialEq)]
struct Read {
    at: Block,
    part: Shape,
    whole: Shape,
}

impl Read {
    fn of(g: &crate::ir::Graph, id: NodeId, shape: impl Fn(Shape) -> Shape) -> Option<Self> {
        match &g.node(id).op.attr {
            Attr::Block(at) if g.kind(id) == Kind::Slice => {
                Some(Self { at: at.clone(), part: shape(g.node(id).shape), whole: shape(g.node(g.args(id)[0]).shape) })
            }
            _ => None,
        }
    }
    fn check(&self, emitter: &Emitter<'_>) -> TokenStream {
        let rows = (&self.at.row, self.part.rows, self.whole.rows);
        let cols = (&self.at.col, self.part.cols, self.whole.cols);
        let checks = [rows, cols].into_iter().filter(|(start, len, size)| !is_within(start, *len, *size));
        checks
            .map(|(start, len, size)| {
                let (function, start) = (emitter.paths.private("in_range"), emitter.begin(start, len));
                let (len, size) = (emitter.size(len), emitter.size(size));
                quote!(#function(#start, #len, #size);)
            })
            .collect()
    }
}

/// Whether a range is known to lie within a dimension.
fn is_within(start: &Index, len: Dim, size: Dim) -> bool {
    if start.is_zero() && len == size {
        return true;
    }
    match (start.constant(), len, size) {
        (Some(start), Dim::Const(len), Dim::Const(size)) => start + len <= size,
        _ => false,
    }
}

/// Bounds of a `clamp`.
pub(super) struct Bounds {
    /// The lower and the upper one: what has to be computed to know whether they are in order.
    pub(super) roots: [NodeId; 2],
    /// What is clamped, if the bounds are the same at every entry: without entries, nothing is.
    entries: Option<Shape>,
}

/// The bounds of every `clamp`.
pub(super) fn bounds(derivation: &Derivation) -> Vec<Bounds> {
    let g = &derivation.graph;
    let of = |(low, high): &(NodeId, NodeId)| {
        if g.kind(*low) == Kind::Fill && g.kind(*high) == Kind::Fill {
            return Bounds { roots: [g.args(*low)[0], g.args(*high)[0]], entries: Some(g.shape(*low)) };
        }
        Bounds { roots: [*low, *high], entries: None }
    };
    derivation.bounds.iter().map(of).collect()
}

impl Bounds {
    /// The check that they are in order; `codes`: those of the roots.
    pub(super) fn check(&self, codes: &[Code], emitter: &Emitter<'_>) -> TokenStream {
        let [low, high] = codes else { return TokenStream::new() };
        if !low.is_scalar() {
            let (function, low, high) = (emitter.paths.private("all_in_order"), low.by_ref(), high.by_ref());
            return quote!(#function(#low, #high););
        }
        let (function, low, high) = (emitter.paths.private("in_order"), &low.tokens, &high.tokens);
        let check = quote!(#function(#low, #high););
        match self.entries {
            Some(shape) => {
                let (rows, cols) = (emitter.size(shape.rows), emitter.size(shape.cols));
                quote!(if #rows != 0 && #cols != 0 { #check })
            }
            None => check,
        }
    }
}
