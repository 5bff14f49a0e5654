//! What a record sees of the node it evaluates.

use super::sizes::Sizes;
use super::{Environment, Mat, evaluate};
use crate::ir::{Attr, Dim, Index, Node, RowMap, Ties};

/// One node, with the values of its operands.
pub struct Inputs<'a> {
    pub(super) node: &'a Node,
    pub(super) args: Vec<&'a Mat>,
    pub(super) shape: (usize, usize),
    pub(super) sizes: &'a Sizes<'a>,
    pub(super) environment: &'a Environment,
}

impl<'a> Inputs<'a> {
    /// The attribute of the node.
    #[must_use]
    pub fn attr(&self) -> &'a Attr {
        &self.node.op.attr
    }
    /// The operands.
    #[must_use]
    pub fn args(&self) -> impl ExactSizeIterator<Item = &'a Mat> + Clone + '_ {
        self.args.iter().copied()
    }
    /// Operand `i`.
    ///
    /// # Panics
    /// If the node has fewer operands.
    #[must_use]
    pub fn arg(&self, i: usize) -> &'a Mat {
        self.args[i]
    }
    /// Operand `i`, a scalar.
    ///
    /// # Panics
    /// If it is none.
    #[must_use]
    pub fn scalar(&self, i: usize) -> f64 {
        let a = self.args[i];
        assert!(a.is_scalar(), "operand {i} of {:?} is {}×{}, not a scalar", self.node.op.kind, a.rows, a.cols);
        a.at(0, 0)
    }
    /// The shape of the node.
    #[must_use]
    pub fn shape(&self) -> (usize, usize) {
        self.shape
    }
    /// The size of a dimension of the node's shape or attribute.
    ///
    /// # Panics
    /// If it is not known: `evaluate` has looked at these.
    #[must_use]
    pub fn size(&self, dim: Dim) -> usize {
        self.sizes.get(dim).unwrap_or_else(|| unreachable!("eval::evaluate knows the dimensions of a node, but not {dim:?}"))
    }
    /// First row and column of the block that the attribute names.
    #[must_use]
    pub fn block(&self) -> Option<(usize, usize)> {
        let Attr::Block(block) = self.attr() else { return None };
        Some((self.position(&block.row)?, self.position(&block.col)?))
    }
    /// The number of the row that row `i` comes from.
    #[must_use]
    pub fn row_source(&self, map: &RowMap, i: usize) -> Option<usize> {
        let at = match map {
            RowMap::Block { at, .. } => (self.position(&at.row)?, self.position(&at.col)?),
            _ => (0, 0),
        };
        let sizes: Vec<usize> = map.dims().into_iter().map(|dim| self.size(dim)).collect();
        map.source(i, &sizes, at)
    }
    fn position(&self, index: &Index) -> Option<usize> {
        let code = match index.code {
            Some(id) => *self.environment.integers.get(&id)?,
            None => 0,
        };
        Some(index.base + index.dims.iter().map(|d| self.size(*d)).sum::<usize>() + code)
    }
    /// Rows and columns of the entries of operand 0 that attain the extreme the attribute names, or of one of them.
    #[must_use]
    pub fn extremes(&self) -> Option<Vec<(usize, usize)>> {
        let Attr::Extreme(which, ties) = *self.attr() else { return None };
        let Some(best) = self.arg(0).entries().reduce(|best, e| if which.is_passed(best.2, e.2) { e } else { best }) else {
            return Some(Vec::new());
        };
        let is_tied = |e: &(usize, usize, f64)| ties == Ties::Shared && which.is_tie(best.2, e.2);
        let at: Vec<_> = self.arg(0).entries().filter(is_tied).map(|(r, c, _)| (r, c)).collect();
        Some(if at.is_empty() { vec![(best.0, best.1)] } else { at })
    }
    /// The value of the parameter that this leaf is.
    #[must_use]
    pub fn parameter(&self) -> Option<Mat> {
        self.environment.leaf(self.node).cloned()
    }
    /// The value of the inactive code that this leaf is.
    #[must_use]
    pub fn opaque(&self) -> Option<Mat> {
        self.environment.leaf(self.node).cloned()
    }
    /// The value of the differential that this leaf is.
    #[must_use]
    pub fn delta(&self) -> Option<Mat> {
        self.environment.leaf(self.node).cloned()
    }
}

/// The value of a kernel: its region at every entry. Operand `i` is the region's parameter `i`; a `1 × 1` operand is the same at
/// every entry, the others have one shape, which is that of the result.
#[must_use]
pub fn map_region(inputs: &Inputs<'_>) -> Option<Mat> {
    let Attr::Region(region) = inputs.attr() else { return None };
    let [_] = region.results[..] else { return None };
    let (rows, cols) = inputs.args().find(|a| !a.is_scalar()).map_or((1, 1), Mat::shape);
    if inputs.args().any(|a| !a.is_scalar() && a.shape() != (rows, cols)) {
        return None;
    }
    // inactive code means the same inside; parameters and differentials do not
    let outer = &inputs.environment.opaques;
    let mut out = Mat::zeros(rows, cols);
    for c in 0..cols {
        for r in 0..rows {
            let entries = inputs.args().map(|a| if a.is_scalar() { a.clone() } else { Mat::scalar(a.at(r, c)) });
            let mut environment = Environment::of_parameters(entries);
            environment.opaques.clone_from(outer);
            let values = evaluate(&region.graph, &region.results, &environment).ok()?;
            out.set(r, c, values.first().filter(|v| v.is_scalar())?.at(0, 0));
        }
    }
    Some(out)
}
