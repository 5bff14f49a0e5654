//! One row a rewrite, or several where its equation has several forms; in files like those of `simplify`.

use matgrad_engine::ir::{Attr, Block, Index, Kind, NodeId};

use crate::common::Domain::{Any, Invertible, Symmetric};
use crate::common::{Bench, Leaf};
use crate::{elementwise, factorizations, numbers, products, promised, regions, structure, sums};

/// A graph on which a rewrite fires. Leaves with a symmetric domain are declared symmetric.
pub struct Row {
    pub name: &'static str,
    pub leaves: &'static [Leaf],
    pub build: fn(&mut Bench, &[NodeId]) -> NodeId,
}

pub const M: Leaf = (3, 5, Any);
pub const SQUARE: Leaf = (5, 5, Any);
pub const COLUMN: Leaf = (5, 1, Any);
pub const SCALAR: Leaf = (1, 1, Any);
pub const SYMMETRIC: Leaf = (5, 5, Symmetric);
pub const INVERTIBLE: Leaf = (5, 5, Invertible);

pub fn corpus() -> Vec<Row> {
    let families = [elementwise::products, elementwise::functions, products::rows, structure::maps, structure::reductions];
    let mut rows = Vec::new();
    for family in families.into_iter().chain([sums::rows, factorizations::rows, numbers::rows, promised::rows, regions::rows]) {
        family(&mut rows);
    }
    rows
}

pub fn row(name: &'static str, leaves: &'static [Leaf], build: fn(&mut Bench, &[NodeId]) -> NodeId) -> Row {
    Row { name, leaves, build }
}

/// The block that begins here.
pub fn at(row: usize, col: usize) -> Attr {
    Attr::Block(Block { row: Index::at(row), col: Index::at(col) })
}

/// An operation of one operand.
pub fn of(b: &mut Bench, kind: Kind, a: NodeId) -> NodeId {
    b.g.make(kind, Attr::None, &[a])
}

/// The identity matrix.
pub fn identity(b: &mut Bench, n: usize) -> NodeId {
    let n = b.dim(n);
    b.g.identity(n)
}
