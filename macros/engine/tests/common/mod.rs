//! What the tests of rules and rewrites share: graphs over leaves with values.
#![allow(dead_code)] // each test uses a part

use std::collections::BTreeMap;

use matgrad_engine::eval::{Environment, Mat};
use matgrad_engine::ir::{Attr, Dim, Dims, Graph, Kind, NodeId, Promises, Shape};

/// Where the entries of a leaf lie.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Domain {
    /// Of either sign, away from zero and from each other.
    Any,
    /// Positive, away from zero.
    Positive,
    /// Between −0.9 and 0.9.
    Unit,
    /// Above 1.
    AboveOne,
    /// A square matrix, well-conditioned.
    Invertible,
    /// A lower triangular matrix, well-conditioned.
    Lower,
    /// A diagonal matrix, positive.
    Diagonal,
    /// An orthogonal matrix.
    Orthogonal,
    /// A symmetric matrix.
    Symmetric,
    /// A symmetric positive definite matrix.
    Spd,
    /// A tolerance: tiny, and never moved.
    Tolerance,
}

impl Domain {
    pub fn is_symmetric(self) -> bool {
        matches!(self, Self::Symmetric | Self::Spd)
    }
}

/// A leaf: its rows, columns, and where its entries lie.
pub type Leaf = (usize, usize, Domain);

/// Reproducible numbers, spread evenly: multiples of the golden ratio.
pub struct Numbers(u32);

impl Numbers {
    pub fn from(seed: u32) -> Self {
        Self(97 * seed)
    }
    /// Between 0 and 1.
    pub fn next(&mut self) -> f64 {
        self.0 += 1;
        (f64::from(self.0) * 0.618_033_988_749_894_9).fract()
    }
    fn entry(&mut self, domain: Domain) -> f64 {
        let t = self.next();
        match domain {
            Domain::Positive => 0.3 + 2.0 * t,
            Domain::Unit => 1.8 * t - 0.9,
            Domain::AboveOne => 1.2 + 2.0 * t,
            Domain::Tolerance => 1e-9,
            _ if t < 0.5 => -0.2 - 2.0 * t,
            _ => 2.0 * t - 0.75,
        }
    }
    pub fn matrix(&mut self, (rows, cols, domain): Leaf) -> Mat {
        let raw = Mat::from_fn(rows, cols, |_, _| self.entry(domain));
        #[allow(clippy::cast_precision_loss)] // small sizes
        let n = rows as f64;
        match domain {
            Domain::Invertible => raw.add(&Mat::identity(rows).scaled(n)),
            Domain::Diagonal => Mat::from_fn(rows, cols, |r, c| if r == c { 0.3 + raw.at(r, c).abs() } else { 0.0 }),
            Domain::Orthogonal => reflection(&raw, 0).mul(&reflection(&raw, 1)),
            Domain::Lower => {
                let full = raw.add(&Mat::identity(rows).scaled(n));
                Mat::from_fn(rows, cols, |r, c| if r >= c { full.at(r, c) } else { 0.0 })
            }
            Domain::Symmetric => raw.add(&raw.transpose()).scaled(0.5),
            Domain::Spd => raw.mul(&raw.transpose()).scaled(1.0 / n).add(&Mat::identity(rows)),
            _ => raw,
        }
    }
    /// A direction in which a leaf may move.
    pub fn direction(&mut self, (rows, cols, domain): Leaf) -> Mat {
        let domain = match domain {
            Domain::Symmetric | Domain::Spd => Domain::Symmetric,
            Domain::Lower => Domain::Lower,
            _ => Domain::Any,
        };
        self.matrix((rows, cols, domain))
    }
}

/// `I − 2 v vᵀ / vᵀv` for a column of a matrix.
fn reflection(of: &Mat, column: usize) -> Mat {
    let v = Mat::from_fn(of.rows, 1, |r, _| of.at(r, column));
    Mat::identity(of.rows).sub(&v.mul(&v.transpose()).scaled(2.0 / v.inner(&v)))
}

/// What the leaves are promised to be.
pub fn promises(leaves: &[Leaf]) -> Promises {
    let of = |is: fn(Domain) -> bool| (0..).zip(leaves).filter(|(_, l)| is(l.2)).map(|(i, _)| i).collect();
    Promises {
        symmetric: of(|d| d.is_symmetric() || d == Domain::Diagonal),
        diagonal: of(|d| d == Domain::Diagonal),
        lower_triangular: of(|d| d == Domain::Lower),
        orthogonal: of(|d| d == Domain::Orthogonal),
    }
}

/// A graph of leaves, to build on.
pub struct Bench {
    pub g: Graph,
    /// Whether dimensions are symbols rather than numbers.
    symbolic: bool,
    dims: BTreeMap<usize, Dim>,
    parameters: usize,
    /// The leaves made so far.
    pub made: Vec<Leaf>,
}

impl Bench {
    pub fn new(symbolic: bool, promises: Promises) -> Self {
        Self { g: Graph::new(Dims::default(), promises, None), symbolic, dims: BTreeMap::new(), parameters: 0, made: Vec::new() }
    }
    /// A dimension of this size; equal sizes are one dimension.
    pub fn dim(&mut self, size: usize) -> Dim {
        if size == 1 || !self.symbolic {
            return Dim::Const(size);
        }
        *self.dims.entry(size).or_insert_with(|| self.g.dims.dynamic())
    }
    pub fn shape(&mut self, rows: usize, cols: usize) -> Shape {
        Shape::new(self.dim(rows), self.dim(cols))
    }
    /// The next parameter.
    pub fn leaf(&mut self, leaf: Leaf) -> NodeId {
        self.made.push(leaf);
        let shape = self.shape(leaf.0, leaf.1);
        self.parameter(shape)
    }
    /// The next parameter, of a shape that there is already.
    pub fn parameter(&mut self, shape: Shape) -> NodeId {
        self.parameters += 1;
        self.g.make_shaped(Kind::Param, Attr::Param(self.parameters - 1), &[], shape)
    }
    pub fn leaves(&mut self, leaves: &[Leaf]) -> Vec<NodeId> {
        leaves.iter().map(|leaf| self.leaf(*leaf)).collect()
    }
    pub fn delta(&mut self, of: NodeId) -> NodeId {
        let shape = self.g.shape(of);
        self.g.make_shaped(Kind::Delta, Attr::Of(of), &[], shape)
    }
    /// The parameters, and how large the dimensions are.
    pub fn environment(&self, values: &[Mat]) -> Environment {
        let environment = Environment::of_parameters(values.iter().cloned());
        self.dims.iter().fold(environment, |e, (size, dim)| e.with_size(*dim, *size))
    }
}

/// Whether two values agree to `tolerance`, relative to their size or to 1; or what they are.
pub fn agree(found: &Mat, expected: &Mat, tolerance: f64) -> Result<(), String> {
    if found.shape() != expected.shape() {
        return Err(format!("expected {:?}, found {:?}", expected.shape(), found.shape()));
    }
    let off = found.sub(expected).max_abs();
    if off.is_nan() || off > tolerance * expected.max_abs().max(1.0) {
        return Err(format!("expected {:?}, found {:?}", expected.data, found.data));
    }
    Ok(())
}
