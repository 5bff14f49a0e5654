//! Steps: entries moved about, and reductions.

use super::builder::Builder;
use crate::ir::{Attr, Block, Extreme, Index, Kind, NodeId, Real, Shape, Source, Ties};

/// `Aᵀ`
pub(super) fn transpose(b: &mut Builder) -> Option<NodeId> {
    let a = b.matrix()?;
    b.transpose(a)
}

/// `diag(A)`, `tril(A)`, `triu(A)`
pub(super) fn part(b: &mut Builder) -> Option<NodeId> {
    let kind = b.random.of(&[Kind::Diagonal, Kind::LowerTriangle, Kind::UpperTriangle]);
    let a = if kind == Kind::Diagonal { b.square()? } else { b.matrix()? };
    b.op(kind, &[a])
}

/// `Diag(v)`
pub(super) fn from_diagonal(b: &mut Builder) -> Option<NodeId> {
    let v = b.choose(|b, id| b.size(id).1 == 1 && b.size(id).0 < 8 && !b.graph.is_scalar(id))?;
    b.op(Kind::DiagMat, &[v])
}

/// `A[block]`
pub(super) fn slice(b: &mut Builder) -> Option<NodeId> {
    let a = b.matrix()?;
    let (rows, cols) = b.size(a);
    let shape = b.graph.shape(a);
    let (row, height) = (b.random.below(rows), 1 + b.random.below(rows));
    let (col, width) = (b.random.below(cols), 1 + b.random.below(cols));
    let (height, width) = (height.min(rows - row), width.min(cols - col));
    match b.random.below(4) {
        // an entry
        0 => block(b, a, (row, col), Shape::SCALAR),
        // a column
        1 => block(b, a, (0, col), Shape::column(shape.rows)),
        // a row
        2 => block(b, a, (row, 0), Shape::new(crate::ir::Dim::ONE, shape.cols)),
        _ => {
            let shape = b.shape_of((height, width));
            block(b, a, (row, col), shape)
        }
    }
}

fn block(b: &mut Builder, a: NodeId, (row, col): (usize, usize), shape: Shape) -> Option<NodeId> {
    let (row, col) = (index(b, row), index(b, col));
    b.put_shaped(Kind::Slice, Attr::Block(Block { row, col }), &[a], shape)
}

/// A matrix with another entry, row or column.
pub(super) fn update(b: &mut Builder) -> Option<NodeId> {
    let a = b.matrix()?;
    let ((rows, cols), shape) = (b.size(a), b.graph.shape(a));
    let (row, col) = (b.random.below(rows), b.random.below(cols));
    let (size, at) = match b.random.below(3) {
        0 => ((1, 1), (row, col)),
        1 => ((1, cols), (row, 0)),
        _ => ((rows, 1), (0, col)),
    };
    let part = b.choose(|b, id| b.size(id) == size)?;
    let block = Block { row: Index::at(at.0), col: Index::at(at.1) };
    b.put_shaped(Kind::Update, Attr::Block(block), &[a, part], shape)
}

/// A position as a constant, after a dimension, or as integer code.
fn index(b: &mut Builder, at: usize) -> Index {
    match b.random.below(5) {
        0 => Index { code: Some(b.integer(at)), ..Index::default() },
        1 => {
            let n = b.length();
            if n > at {
                return Index::at(at);
            }
            let dim = b.dim(n);
            Index::at(at - n).after(dim)
        }
        _ => Index::at(at),
    }
}

/// `[A B; C D]`, one to three blocks along each side.
pub(super) fn stack(b: &mut Builder) -> Option<NodeId> {
    let corner = b.any();
    let (rows, cols) = b.size(corner);
    let (height, width) = match b.random.below(5) {
        0 => (2, 2),
        1 => (1, 3),
        2 => (1, 2),
        3 => (3, 1),
        _ => (2, 1),
    };
    let mut blocks: Vec<NodeId> = Vec::new();
    for i in 0..height * width {
        let block = match (i / width, i % width) {
            (0, 0) => corner,
            (0, _) => fitting(b, corner, Some(rows), None)?,
            (_, 0) => fitting(b, corner, None, Some(cols))?,
            (r, c) => {
                let (left, above) = (blocks[r * width], blocks[c]);
                fitting(b, corner, Some(b.size(left).0), Some(b.size(above).1))?
            }
        };
        blocks.push(block);
    }
    b.put(Kind::Stack, Attr::Grid(width), &blocks)
}

/// A block with so many rows and columns; `otherwise` where nothing else fits.
fn fitting(b: &mut Builder, otherwise: NodeId, rows: Option<usize>, cols: Option<usize>) -> Option<NodeId> {
    let fits = |b: &Builder, id: NodeId| rows.is_none_or(|n| b.size(id).0 == n) && cols.is_none_or(|m| b.size(id).1 == m);
    if !b.random.once_in(6)
        && let Some(block) = b.choose(fits)
    {
        return Some(block);
    }
    let (n, m) = b.size(otherwise);
    let shape = b.shape_of((rows.unwrap_or(n), cols.unwrap_or(m)));
    b.constant(0.0, shape)
}

/// `vec(A)`, and other shapes of as many entries.
pub(super) fn reshape(b: &mut Builder) -> Option<NodeId> {
    let a = b.matrix()?;
    let (shape, (rows, cols)) = (b.graph.shape(a), b.size(a));
    let turned = b.random.once_in(3) && rows != cols;
    let target = if turned && b.random.once_in(2) {
        shape.transposed()
    } else {
        let n = b.graph.dims.derived(Source::Product(vec![shape.rows, shape.cols]));
        if turned { Shape::new(crate::ir::Dim::ONE, n) } else { Shape::column(n) }
    };
    b.put_shaped(Kind::Reshape, Attr::None, &[a], target)
}

impl Builder {
    /// A scalar made of all entries of a matrix, or of some.
    pub(super) fn reduced(&mut self, a: NodeId) -> Option<NodeId> {
        if self.graph.is_scalar(a) {
            return Some(a);
        }
        match self.random.below(13) {
            12 => {
                let a = self.nonzero(a)?;
                let p = self.random.of(&[3.0, 4.0]);
                self.put(Kind::LpNorm, Attr::Real(Real(p)), &[a])
            }
            0 | 1 => self.op(Kind::Sum, &[a]),
            2 => self.op(Kind::NormSq, &[a]),
            3 => {
                let norm = self.op(Kind::Norm, &[a])?;
                self.off_kink(norm)
            }
            4 => {
                let total = self.op(Kind::Sum, &[a])?;
                let n = self.count(a)?;
                let share = self.pow(n, -1.0)?;
                self.op(Kind::Hadamard, &[total, share])
            }
            5 => variance(self, a),
            6 => lp_norm(self, a),
            7 => self.op(Kind::Product, &[a]),
            8 => extreme(self, a),
            9 => self.op(Kind::LogSumExp, &[a]),
            10 if self.size(a).0 == self.size(a).1 => self.op(Kind::Trace, &[a]),
            _ => {
                let (rows, cols) = self.size(a);
                let at = (self.random.below(rows), self.random.below(cols));
                block(self, a, at, Shape::SCALAR)
            }
        }
    }
    /// The number of entries.
    fn count(&mut self, a: NodeId) -> Option<NodeId> {
        let shape = self.graph.shape(a);
        let (rows, cols) = (self.graph.dim(shape.rows), self.graph.dim(shape.cols));
        self.evaluated(rows)?;
        self.evaluated(cols)?;
        self.op(Kind::Hadamard, &[rows, cols])
    }
}

/// A scalar made of a matrix.
pub(super) fn reduction(b: &mut Builder) -> Option<NodeId> {
    let a = b.matrix()?;
    b.reduced(a)
}

/// `tr A`
pub(super) fn trace(b: &mut Builder) -> Option<NodeId> {
    let a = b.square()?;
    b.op(Kind::Trace, &[a])
}

/// `mean((A − mean(A))²)`
fn variance(b: &mut Builder, a: NodeId) -> Option<NodeId> {
    let total = b.op(Kind::Sum, &[a])?;
    let n = b.count(a)?;
    let share = b.pow(n, -1.0)?;
    let mean = b.op(Kind::Hadamard, &[total, share])?;
    let spread = b.fill(mean, b.graph.shape(a))?;
    let centred = b.lin(&[(1.0, a), (-1.0, spread)])?;
    let squares = b.op(Kind::NormSq, &[centred])?;
    b.op(Kind::Hadamard, &[squares, share])
}

/// `(Σ |Aᵢⱼ|ᵖ)^{1/p}`
fn lp_norm(b: &mut Builder, a: NodeId) -> Option<NodeId> {
    let a = b.off_kink(a)?;
    let sizes = b.op(Kind::Abs, &[a])?;
    let p = b.random.of(&[1.0, 3.0, 4.0]);
    let powers = b.pow(sizes, p)?;
    let total = b.op(Kind::Sum, &[powers])?;
    b.pow(total, 1.0 / p)
}

/// `max(A)` and its kin, if no other entry is near.
fn extreme(b: &mut Builder, a: NodeId) -> Option<NodeId> {
    let which = b.random.of(&[Extreme::Max, Extreme::Min, Extreme::AbsMax, Extreme::AbsMin]);
    let absolute = which.is_of_sizes();
    let mut entries: Vec<f64> = b.value(a).data.iter().map(|x| if absolute { x.abs() } else { *x }).collect();
    entries.sort_by(f64::total_cmp);
    let near = |pair: Option<&[f64]>| pair.is_some_and(|p| p[1] - p[0] < 0.05);
    if near(entries.first_chunk::<2>().map(<[f64; 2]>::as_slice)) || near(entries.last_chunk::<2>().map(<[f64; 2]>::as_slice)) {
        return None;
    }
    let a = if absolute { b.off_kink(a)? } else { a };
    b.put(Kind::Extreme, Attr::Extreme(which, Ties::Shared), &[a])
}
