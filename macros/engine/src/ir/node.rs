//! Nodes: an operation, its operands, its shape.

use std::rc::Rc;

use super::{Branch, Dim, Kind, Loop, Output, Region};

/// A node of one [`Graph`](super::Graph).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct NodeId(pub(super) u32);

impl NodeId {
    /// Position in the arena; operands have smaller ones than their users.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A piece of the user's inactive code, kept by the phase that read it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct OpaqueId(pub u32);

/// A finite real constant, equal to itself bit by bit.
#[derive(Clone, Copy, Debug)]
pub struct Real(pub f64);

impl PartialEq for Real {
    fn eq(&self, other: &Self) -> bool {
        self.0.to_bits() == other.0.to_bits()
    }
}
impl Eq for Real {}
impl std::hash::Hash for Real {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.to_bits().hash(state);
    }
}

/// Rows and columns.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Shape {
    /// Number of rows.
    pub rows: Dim,
    /// Number of columns.
    pub cols: Dim,
}

impl Shape {
    /// `1 × 1`.
    pub const SCALAR: Self = Self { rows: Dim::ONE, cols: Dim::ONE };

    /// `rows × cols`.
    #[must_use]
    pub fn new(rows: Dim, cols: Dim) -> Self {
        Self { rows, cols }
    }
    /// `n × 1`.
    #[must_use]
    pub fn column(rows: Dim) -> Self {
        Self { rows, cols: Dim::ONE }
    }
    /// `cols × rows`.
    #[must_use]
    pub fn transposed(self) -> Self {
        Self { rows: self.cols, cols: self.rows }
    }
    /// `1 × 1`, known at compile time.
    #[must_use]
    pub fn is_scalar(self) -> bool {
        self == Self::SCALAR
    }
    /// One column, more than one row.
    #[must_use]
    pub fn is_column(self) -> bool {
        self.cols == Dim::ONE && self.rows != Dim::ONE
    }
    /// One row, more than one column.
    #[must_use]
    pub fn is_row(self) -> bool {
        self.rows == Dim::ONE && self.cols != Dim::ONE
    }
    /// A scalar, column or row.
    #[must_use]
    pub fn is_thin(self) -> bool {
        self.rows == Dim::ONE || self.cols == Dim::ONE
    }
}

/// An operation: its record in the table, and its constant attribute.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Op {
    /// Which record of the table.
    pub kind: Kind,
    /// What the record leaves open.
    pub attr: Attr,
}

/// Constants that belong to an operation.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Attr {
    /// Nothing.
    None,
    /// A real constant: the value of `Const`, the exponent of `Pow`.
    Real(Real),
    /// The coefficients of `Lin`, one an operand.
    Coefs(Vec<Real>),
    /// The number of a parameter.
    Param(usize),
    /// A piece of inactive code.
    Opaque(OpaqueId),
    /// A dimension, as the number it is.
    Dim(Dim),
    /// A dimension, or 1 where that is 0: what a mean is divided by, which is 0 of no entries.
    Divisor(Dim),
    /// The node whose differential this leaf stands for.
    Of(NodeId),
    /// Where a block begins.
    Block(Block),
    /// How many blocks a row of a block matrix has.
    Grid(usize),
    /// Which comparison.
    Cmp(Cmp),
    /// Which extreme entry, and how equal ones share.
    Extreme(Extreme, Ties),
    /// Which part of a matrix is read.
    Part(Part),
    /// What happens when a factorization fails.
    Fail(Fail),
    /// The body of a kernel.
    Region(Rc<Region>),
    /// How rows are moved.
    Rows(Rows),
    /// What is done again and again.
    Loop(Rc<Loop>),
    /// What is done in one case, and in the other.
    Branch(Rc<Branch>),
    /// Which value of a loop or a branch.
    Output(Output),
}

/// Rows moved as the entries of a matrix are by an operation.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Rows {
    /// Which row each row of the result comes from.
    pub map: RowMap,
    /// Whether the map is read backwards: where each row of the operand goes, the rest being zero.
    pub back: bool,
}

/// From the number of an entry of a value to that of an entry of an operand, both column by column.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum RowMap {
    /// The transpose of a matrix of this many rows and columns.
    Transpose(Dim, Dim),
    /// The diagonal of a matrix of this many rows.
    Diagonal(Dim),
    /// A block of this many rows, of a matrix of this many rows.
    Block {
        /// Where it begins.
        at: Block,
        /// Its rows.
        rows: Dim,
        /// Those of the whole.
        of: Dim,
    },
    /// `vec(A ⊗ B)` from `vec A ⊗ vec B`, A of `m` rows, B of `p` rows and `q` columns: `[m, p, q]`.
    Kron([Dim; 3]),
}

impl RowMap {
    /// The dimensions that it is made of, but for those of a position.
    #[must_use]
    pub fn dims(&self) -> Vec<Dim> {
        match self {
            Self::Transpose(n, m) => vec![*n, *m],
            Self::Diagonal(n) => vec![*n],
            Self::Block { rows, of, .. } => vec![*rows, *of],
            Self::Kron(all) => all.to_vec(),
        }
    }
    /// The number of an entry of the operand, from that of one of the value and the sizes of [`RowMap::dims`]; `at`: row and column of a block.
    #[must_use]
    pub fn source(&self, i: usize, sizes: &[usize], (row, col): (usize, usize)) -> Option<usize> {
        match (self, sizes) {
            (Self::Transpose(..), [n, m]) => Some(i.checked_div(*m)? + (i % m) * n),
            (Self::Diagonal(_), [n]) => Some(i * (n + 1)),
            (Self::Block { .. }, [rows, of]) => Some(row + i.checked_rem(*rows)? + (col + i / rows) * of),
            (Self::Kron(_), [m, p, q]) => {
                let (r, c) = (i.checked_rem(m * p)?, i / (m * p));
                let (a, b) = (r / p + c.checked_div(*q)? * m, r % p + (c % q) * p);
                Some(a * p * q + b)
            }
            _ => None,
        }
    }
}

impl Attr {
    /// The positions that it holds.
    #[must_use]
    pub fn positions(&self) -> Vec<&Index> {
        match self {
            Self::Block(block) | Self::Rows(Rows { map: RowMap::Block { at: block, .. }, .. }) => vec![&block.row, &block.col],
            _ => Vec::new(),
        }
    }
    /// The dimensions that it holds.
    #[must_use]
    pub fn dims(&self) -> Vec<Dim> {
        let positions = self.positions().into_iter().flat_map(|index| index.dims.iter().copied());
        match self {
            Self::Dim(dim) | Self::Divisor(dim) => vec![*dim],
            Self::Rows(rows) => rows.map.dims().into_iter().chain(positions).collect(),
            _ => positions.collect(),
        }
    }
    /// The dimension that a [`Kind::Dim`] counts.
    #[must_use]
    pub fn counted(&self) -> Option<Dim> {
        match self {
            Self::Dim(dim) | Self::Divisor(dim) => Some(*dim),
            _ => None,
        }
    }
}

/// The first row and column of a block.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Block {
    /// First row.
    pub row: Index,
    /// First column.
    pub col: Index,
}

/// A position: a constant, plus dimensions, plus at most one piece of inactive integer code.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Index {
    /// The constant part.
    pub base: usize,
    /// Dimensions to be added.
    pub dims: Vec<Dim>,
    /// Inactive code to be added.
    pub code: Option<OpaqueId>,
}

impl Index {
    /// The constant `base`.
    #[must_use]
    pub fn at(base: usize) -> Self {
        Self { base, ..Self::default() }
    }
    /// Zero, known at compile time.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        *self == Self::default()
    }
    /// The constant, if it is nothing more.
    #[must_use]
    pub fn constant(&self) -> Option<usize> {
        (self.dims.is_empty() && self.code.is_none()).then_some(self.base)
    }
    /// This position, `dim` further.
    #[must_use]
    pub fn after(mut self, dim: Dim) -> Self {
        match dim {
            Dim::Const(n) => self.base += n,
            Dim::Sym(_) => self.dims.push(dim),
        }
        self
    }
}

/// Comparisons of `Select`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Cmp {
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `>`, as `max` chooses: half of each where both are equal, and beside a NaN the other.
    Max,
    /// `<`, as `min` chooses: half of each where both are equal, and beside a NaN the other.
    Min,
    /// [`Cmp::Max`], and the first where both are equal: what is differentiated in turn is on one side.
    Larger,
    /// [`Cmp::Min`], and the first where both are equal.
    Smaller,
}

impl Cmp {
    /// As Rust spells it.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Lt => "<",
            Self::Le => "<=",
            Self::Gt => ">",
            Self::Ge => ">=",
            Self::Eq => "==",
            Self::Ne => "!=",
            // where half is taken of each, the larger is as large
            Self::Max | Self::Larger => ">=",
            Self::Min | Self::Smaller => "<=",
        }
    }
    /// Whether half is taken of each.
    #[must_use]
    #[allow(clippy::float_cmp)] // a tie is one to the last bit
    pub fn ties(self, a: f64, b: f64) -> bool {
        matches!(self, Self::Max | Self::Min) && a == b
    }
    /// The truth of `a ? b`; of the extremes, whether the first is chosen.
    #[must_use]
    #[allow(clippy::float_cmp)] // the user's comparison, as written
    pub fn holds(self, a: f64, b: f64) -> bool {
        match self {
            Self::Lt => a < b,
            Self::Le => a <= b,
            Self::Gt => a > b,
            Self::Ge => a >= b,
            Self::Eq => a == b,
            Self::Ne => a != b,
            Self::Max | Self::Larger => a >= b || b.is_nan(),
            Self::Min | Self::Smaller => a <= b || b.is_nan(),
        }
    }
}

/// Extreme entries.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Extreme {
    /// Largest entry.
    Max,
    /// Smallest entry.
    Min,
    /// Largest absolute value.
    AbsMax,
    /// Smallest absolute value.
    AbsMin,
}

impl Extreme {
    /// Whether absolute values are compared.
    #[must_use]
    pub fn is_of_sizes(self) -> bool {
        matches!(self, Self::AbsMax | Self::AbsMin)
    }
    /// Whether `new`, which stands behind `old`, takes its place, as in nalgebra's folds: a NaN stays until the next entry. Which of equal entries is
    /// found is as if each were larger by a little, and those in front by more.
    #[must_use]
    pub fn is_passed(self, old: f64, new: f64) -> bool {
        let stays = match self {
            Self::Max => old >= new,
            Self::Min => old < new,
            Self::AbsMax => old.abs() > new.abs() || (old.abs() == new.abs() && old >= 0.0),
            Self::AbsMin => old.abs() < new.abs() || (old.abs() == new.abs() && old < 0.0),
        };
        !stays
    }
    /// Whether two entries attain the extreme together.
    #[must_use]
    pub fn is_tie(self, a: f64, b: f64) -> bool {
        if self.is_of_sizes() { a.abs() == b.abs() } else { a == b }
    }
}

/// What the derivative of an extreme is where several entries attain it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Ties {
    /// They share it equally.
    Shared,
    /// One of them has it: of a derivative that is differentiated in turn, which is on one side of all kinks. On that side each entry is larger by a
    /// little, and those in front by more.
    One,
}

/// What happens when a factorization or a solution does not exist.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Fail {
    /// `?`: the function returns `None`.
    Question,
    /// `unwrap()`.
    Unwrap,
    /// `expect(message)`, the message being a piece of the user's code.
    Expect(OpaqueId),
    /// Nobody looks: an `_unchecked` method.
    Unchecked,
}

/// The part of a matrix that is read, the rest being taken for zeros.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Part {
    /// On and below the diagonal.
    Lower,
    /// On and above the diagonal.
    Upper,
    /// The diagonal.
    Diagonal,
}

impl Part {
    /// That of the transpose.
    #[must_use]
    pub fn transposed(self) -> Self {
        match self {
            Self::Lower => Self::Upper,
            Self::Upper => Self::Lower,
            Self::Diagonal => Self::Diagonal,
        }
    }
    /// Whether the entry in this row and column is in it.
    #[must_use]
    pub fn holds(self, row: usize, col: usize) -> bool {
        match self {
            Self::Lower => row >= col,
            Self::Upper => row <= col,
            Self::Diagonal => row == col,
        }
    }
}

/// One value of a function.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Node {
    /// What is done.
    pub op: Op,
    /// To what.
    pub args: Vec<NodeId>,
    /// What comes out.
    pub shape: Shape,
}
