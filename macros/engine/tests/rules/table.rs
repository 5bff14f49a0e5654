//! One row an operation, or several where it has several forms.

use matgrad_engine::ir::{Attr, Block, Cmp, Extreme, Index, Kind, NodeId, Part, Real, Ties};
use matgrad_engine::ops::{self, Differential};

use crate::common::Domain::{AboveOne, Any, Invertible, Lower, Positive, Spd, Symmetric, Tolerance, Unit};
use crate::common::{Bench, Leaf};

/// A node of an operation over leaves, or over factorizations of leaves.
pub struct Row {
    pub kind: Kind,
    pub leaves: &'static [Leaf],
    pub node: fn(&mut Bench, &[NodeId]) -> NodeId,
    /// Operands that an operation with a rule of its own is linear in, all together.
    linear: &'static [usize],
    /// Operands that nothing moves: those of second derivatives.
    at_rest: &'static [usize],
    /// What it means if there is no differential.
    pub without: Without,
}

/// What it means if there is no differential.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Without {
    /// A mistake.
    Wrong,
    /// That the value does not move.
    Flat,
}

impl Row {
    const fn new(kind: Kind, leaves: &'static [Leaf], node: fn(&mut Bench, &[NodeId]) -> NodeId) -> Self {
        Self { kind, leaves, node, linear: &[], at_rest: &[], without: Without::Wrong }
    }
    const fn linear_in(self, linear: &'static [usize]) -> Self {
        Self { linear, ..self }
    }
    const fn at_rest(self, at_rest: &'static [usize]) -> Self {
        Self { at_rest, ..self }
    }
    const fn flat(self) -> Self {
        Self { without: Without::Flat, ..self }
    }

    /// The sets of operands to move: each alone, and all.
    pub fn choices(&self) -> Vec<Vec<usize>> {
        if matches!(ops::record(self.kind).differential, Differential::Zero) {
            return Vec::new();
        }
        // vectors of a decomposition are operands beside it
        let operands: Vec<usize> =
            (0..self.operands()).filter(|i| self.leaves[*i].2 != Tolerance && !self.at_rest.contains(i)).collect();
        let mut choices: Vec<Vec<usize>> = operands.iter().map(|i| vec![*i]).collect();
        if operands.len() > 1 {
            choices.push(operands);
        }
        choices
    }
    /// The operands with a trace rule.
    pub fn linear(&self) -> Vec<usize> {
        match (ops::record(self.kind).transpose, ops::record(self.kind).differential) {
            (None, _) => Vec::new(),
            (Some(_), Differential::Linear | Differential::Multilinear) => (0..self.operands()).collect(),
            (Some(_), _) => {
                assert!(!self.linear.is_empty(), "{:?} has a trace rule: for which operands?", self.kind);
                self.linear.to_vec()
            }
        }
    }
    /// The operands that the operation is linear in all together.
    pub fn together(&self) -> impl Iterator<Item = usize> {
        match ops::record(self.kind).differential {
            Differential::Linear => (0..self.operands()).collect(),
            Differential::Multilinear => Vec::new(),
            _ => self.linear.to_vec(),
        }
        .into_iter()
    }
    fn operands(&self) -> usize {
        self.leaves.len()
    }
}

/// An operation of its operands, without attribute.
macro_rules! plain {
    ($kind:ident, $leaves:expr) => {
        Row::new(Kind::$kind, const { &$leaves }, |b, x| b.g.make(Kind::$kind, Attr::None, x))
    };
    ($kind:ident, $leaves:expr, $attr:expr) => {
        Row::new(Kind::$kind, const { &$leaves }, |b, x| b.g.make(Kind::$kind, $attr, x))
    };
}

/// An operation whose shape is given.
macro_rules! shaped {
    ($kind:ident, $leaves:expr, ($rows:expr, $cols:expr), $attr:expr) => {
        Row::new(Kind::$kind, const { &$leaves }, |b, x| {
            let shape = b.shape($rows, $cols);
            b.g.make_shaped(Kind::$kind, $attr, x, shape)
        })
    };
}

/// An operation of a factorization.
macro_rules! factored {
    ($kind:ident, Lu) => {
        factored!($kind, Lu, [(5, 5, Invertible)])
    };
    ($kind:ident, Chol) => {
        factored!($kind, Chol, [(5, 5, Spd)])
    };
    ($kind:ident, $factorization:ident, $leaves:expr) => {
        Row::new(Kind::$kind, const { &$leaves }, |b, x| {
            let f = b.g.unary(Kind::$factorization, x[0]);
            b.g.unary(Kind::$kind, f)
        })
    };
}

/// `U Diag(c) Vᵀ` with the vectors of a matrix of this shape.
macro_rules! with_singular_values {
    ($rows:literal, $cols:literal) => {
        Row::new(
            Kind::WithSingularValues,
            const { &[($rows, $cols, Any), (if $rows < $cols { $rows } else { $cols }, 1, Any)] },
            |b, x| {
                let f = b.g.unary(Kind::Svd, x[0]);
                let (u, v_t) = (b.g.unary(Kind::LeftVectors, f), b.g.unary(Kind::RightVectors, f));
                b.g.make(Kind::WithSingularValues, Attr::None, &[f, x[1], u, v_t])
            },
        )
    };
}

fn at(row: usize, col: usize) -> Attr {
    Attr::Block(Block { row: Index::at(row), col: Index::at(col) })
}

fn power(k: f64) -> Attr {
    Attr::Real(Real(k))
}

#[rustfmt::skip] // one row a line
pub fn rows() -> Vec<Row> {
    vec![
        shaped!(Fill, [(1, 1, Any)], (3, 5), Attr::None),
        // arithmetic
        Row::new(Kind::Lin, &[(3, 5, Any), (3, 5, Any), (3, 5, Any)], |b, x| b.g.lin(&[(2.0, x[0]), (-0.5, x[1]), (1.0, x[2])])),
        plain!(Scale, [(1, 1, Any), (3, 5, Any)]),
        plain!(Ratio, [(1, 1, Any), (3, 5, Any)]),
        plain!(Hadamard, [(3, 5, Any), (3, 5, Any), (3, 5, Any)]),
        plain!(Hadamard, [(1, 1, Any), (1, 1, Any)]),
        plain!(Pow, [(3, 5, Any)], power(2.0)),
        plain!(Pow, [(3, 5, Any)], power(-3.0)),
        plain!(Pow, [(3, 5, Positive)], power(0.5)),
        plain!(Pow, [(1, 1, Positive)], power(-1.7)),
        // products
        plain!(MatMul, [(3, 5, Any), (5, 7, Any), (7, 2, Any)]),
        plain!(MatMul, [(1, 5, Any), (5, 1, Any)]),
        plain!(MatMul, [(3, 1, Any), (1, 5, Any), (5, 1, Any)]),
        plain!(Kron, [(2, 3, Any), (5, 7, Any)]),
        plain!(Kron, [(3, 1, Any), (1, 5, Any)]),
        shaped!(KronTrLeft, [(6, 35, Any), (2, 7, Any)], (3, 5), Attr::None),
        shaped!(KronTrRight, [(6, 35, Any), (2, 7, Any)], (3, 5), Attr::None),
        Row::new(Kind::Cross, &[(3, 1, Any), (3, 1, Any)], |b, x| b.g.make(Kind::Cross, Attr::None, x)),
        plain!(CrossMatrix, [(3, 1, Any)]),
        plain!(Axial, [(3, 3, Any)]),
        // structure
        plain!(Transpose, [(3, 5, Any)]),
        plain!(Diagonal, [(5, 5, Any)]),
        plain!(DiagMat, [(5, 1, Any)]),
        shaped!(Slice, [(5, 7, Any)], (2, 3), at(3, 1)),
        shaped!(Slice, [(5, 7, Any)], (1, 1), at(0, 6)),
        shaped!(Place, [(2, 3, Any)], (5, 7), at(3, 1)),
        shaped!(Update, [(5, 7, Any), (2, 3, Any)], (5, 7), at(3, 1)),
        shaped!(Update, [(5, 1, Any), (1, 1, Any)], (5, 1), at(3, 0)),
        plain!(Stack, [(2, 3, Any), (2, 5, Any), (7, 3, Any), (7, 5, Any)], Attr::Grid(2)),
        plain!(Stack, [(2, 1, Any), (3, 1, Any), (5, 1, Any)], Attr::Grid(1)),
        plain!(Stack, [(2, 1, Any), (2, 3, Any), (2, 5, Any)], Attr::Grid(3)),
        shaped!(Reshape, [(3, 5, Any)], (15, 1), Attr::None),
        shaped!(Reshape, [(3, 10, Any)], (2, 15), Attr::None),
        plain!(LowerTriangle, [(5, 5, Any)]),
        plain!(LowerTriangle, [(3, 5, Any)]),
        plain!(UpperTriangle, [(5, 3, Any)]),
        // reductions
        plain!(Sum, [(3, 5, Any)]),
        plain!(Trace, [(5, 5, Any)]),
        plain!(NormSq, [(3, 5, Any)]),
        plain!(Norm, [(3, 5, Any)]),
        plain!(LpNorm, [(3, 5, Any)], power(3.0)),
        plain!(LpNorm, [(3, 5, Any)], power(4.0)),
        plain!(LpNorm, [(3, 5, Any), (1, 1, Positive)]).at_rest(&[1]),
        plain!(Product, [(5, 1, Any)]),
        plain!(LnProduct, [(5, 1, Positive)]),
        plain!(Product, [(2, 3, Any)]),
        plain!(ProductsOfOthers, [(2, 3, Any)]),
        plain!(OthersTangent, [(2, 3, Any), (2, 3, Any)]).linear_in(&[1]).at_rest(&[0]),
        plain!(Extreme, [(3, 5, Any)], Attr::Extreme(Extreme::Max, Ties::Shared)),
        plain!(Extreme, [(3, 5, Any)], Attr::Extreme(Extreme::Min, Ties::Shared)),
        plain!(Extreme, [(3, 5, Any)], Attr::Extreme(Extreme::AbsMax, Ties::Shared)),
        plain!(Extreme, [(3, 5, Any)], Attr::Extreme(Extreme::AbsMin, Ties::Shared)),
        plain!(Pick, [(3, 5, Any), (3, 5, Any)], Attr::Extreme(Extreme::Max, Ties::Shared)).linear_in(&[1]).flat(),
        plain!(Pick, [(3, 5, Any), (3, 5, Any)], Attr::Extreme(Extreme::Min, Ties::One)).linear_in(&[1]).flat(),
        plain!(Pick, [(3, 5, Any), (3, 5, Any)], Attr::Extreme(Extreme::AbsMax, Ties::One)).linear_in(&[1]).flat(),
        plain!(Pick, [(3, 5, Any), (3, 5, Any)], Attr::Extreme(Extreme::AbsMin, Ties::Shared)).linear_in(&[1]).flat(),
        plain!(PlaceExtreme, [(3, 5, Any), (1, 1, Any)], Attr::Extreme(Extreme::Max, Ties::Shared)).linear_in(&[1]).flat(),
        plain!(PlaceExtreme, [(3, 5, Any), (1, 1, Any)], Attr::Extreme(Extreme::Min, Ties::One)).linear_in(&[1]).flat(),
        plain!(PlaceExtreme, [(3, 5, Any), (1, 1, Any)], Attr::Extreme(Extreme::AbsMax, Ties::One)).linear_in(&[1]).flat(),
        plain!(PlaceExtreme, [(3, 5, Any), (1, 1, Any)], Attr::Extreme(Extreme::AbsMin, Ties::Shared)).linear_in(&[1]).flat(),
        // elementwise
        plain!(Exp, [(3, 5, Any)]),
        plain!(ExpM1, [(3, 5, Any)]),
        plain!(Ln, [(3, 5, Positive)]),
        plain!(Ln1p, [(3, 5, Unit)]),
        plain!(Log2, [(3, 5, Positive)]),
        plain!(Log10, [(3, 5, Positive)]),
        plain!(Cbrt, [(3, 5, Any)]),
        plain!(Sin, [(3, 5, Any)]),
        plain!(Cos, [(3, 5, Any)]),
        plain!(Tan, [(3, 5, Unit)]),
        plain!(Asin, [(3, 5, Unit)]),
        plain!(Acos, [(3, 5, Unit)]),
        plain!(Atan, [(3, 5, Any)]),
        plain!(Sinh, [(3, 5, Any)]),
        plain!(Cosh, [(3, 5, Any)]),
        plain!(Tanh, [(3, 5, Any)]),
        plain!(Asinh, [(3, 5, Any)]),
        plain!(Acosh, [(3, 5, AboveOne)]),
        plain!(Atanh, [(3, 5, Unit)]),
        plain!(Sigmoid, [(3, 5, Any)]),
        plain!(Softplus, [(3, 5, Any)]),
        plain!(LogAddExp, [(3, 5, Any), (3, 5, Any)]),
        plain!(Share, [(3, 5, Any), (3, 5, Any)]),
        plain!(LnCosh, [(3, 5, Any)]),
        plain!(Turn, [(3, 5, Any), (3, 5, Any)]),
        plain!(Abs, [(3, 5, Any)]),
        plain!(Relu, [(3, 5, Any)]),
        plain!(Sign, [(3, 5, Any)]).flat(),
        plain!(Side, [(3, 5, Any)]).flat(),
        plain!(Still, [(3, 5, Any)]).flat(),
        plain!(SafeRecip, [(3, 5, Any)]),
        plain!(Limit, [(3, 5, Any), (3, 5, Any), (3, 5, Any)]).flat(),
        plain!(PowF, [(3, 5, Positive), (3, 5, Any)]),
        plain!(Hypot, [(3, 5, Any), (3, 5, Any)]),
        plain!(Atan2, [(3, 5, Any), (3, 5, Any)]),
        plain!(Select, [(3, 5, Any), (3, 5, Any), (3, 5, Any), (3, 5, Any)], Attr::Cmp(Cmp::Lt)).linear_in(&[2, 3]).flat(),
        plain!(Select, [(3, 5, Any), (3, 5, Any), (3, 5, Any), (3, 5, Any)], Attr::Cmp(Cmp::Max)).linear_in(&[2, 3]).flat(),
        plain!(Select, [(3, 5, Any), (3, 5, Any), (3, 5, Any), (3, 5, Any)], Attr::Cmp(Cmp::Min)).linear_in(&[2, 3]).flat(),
        plain!(Select, [(3, 5, Any), (3, 5, Any), (3, 5, Any), (3, 5, Any)], Attr::Cmp(Cmp::Ge)).linear_in(&[2, 3]).flat(),
        // softmax family
        plain!(Softmax, [(5, 1, Any)]),
        plain!(Softmax, [(2, 3, Any)]),
        plain!(LogSoftmax, [(5, 1, Any)]),
        plain!(LogSoftmax, [(1, 5, Any)]),
        plain!(LogSumExp, [(5, 1, Any)]),
        plain!(LogSumExp, [(2, 3, Any)]),
        plain!(SoftmaxRows, [(3, 5, Any)]),
        plain!(LogSoftmaxRows, [(3, 5, Any)]),
        plain!(LogSumExpRows, [(3, 5, Any)]),
        // linear algebra
        plain!(Lu, [(5, 5, Invertible)]),
        plain!(Chol, [(5, 5, Spd)]),
        plain!(Tri, [(5, 5, Any)], Attr::Part(Part::Lower)),
        plain!(Tri, [(5, 5, Any)], Attr::Part(Part::Upper)),
        plain!(Tri, [(5, 5, Any)], Attr::Part(Part::Diagonal)),
        Row::new(Kind::Inv, const { &[(5, 5, Lower)] }, |b, x| {
            let triangle = b.g.make(Kind::Tri, Attr::Part(Part::Lower), x);
            b.g.unary(Kind::Inv, triangle)
        }),
        factored!(Inv, Lu),
        factored!(Inv, Chol),
        factored!(Det, Lu),
        factored!(Det, Chol),
        factored!(Cofactor, Lu),
        factored!(Cofactor, Chol),
        Row::new(Kind::CofactorTangent, const { &[(5, 5, Invertible), (5, 5, Any)] }, |b, x| {
            let f = b.g.unary(Kind::Lu, x[0]);
            b.g.make(Kind::CofactorTangent, Attr::None, &[f, x[1]])
        })
        .linear_in(&[1])
        .at_rest(&[0]),
        factored!(LnDet, Lu),
        factored!(LnOfDet, Lu),
        factored!(LnDet, Chol),
        factored!(CholL, Chol),
        plain!(Eigen, [(5, 5, Symmetric)]),
        factored!(EigenValues, Eigen, [(5, 5, Symmetric)]),
        factored!(EigenVectors, Eigen, [(5, 5, Symmetric)]),
        plain!(Svd, [(3, 5, Any)]),
        factored!(SingularValues, Svd, [(7, 3, Any)]),
        factored!(SingularValues, Svd, [(3, 5, Any)]),
        factored!(LeftVectors, Svd, [(7, 3, Any)]),
        factored!(LeftVectors, Svd, [(3, 5, Any)]),
        factored!(RightVectors, Svd, [(7, 3, Any)]),
        factored!(RightVectors, Svd, [(3, 5, Any)]),
        plain!(PseudoInverse, [(7, 3, Any), (1, 1, Tolerance)]),
        plain!(PseudoInverse, [(3, 5, Any), (1, 1, Tolerance)]),
        Row::new(Kind::WithEigenvalues, const { &[(5, 5, Symmetric), (5, 1, Any)] }, |b, x| {
            let f = b.g.unary(Kind::Eigen, x[0]);
            let q = b.g.unary(Kind::EigenVectors, f);
            b.g.make(Kind::WithEigenvalues, Attr::None, &[f, x[1], q])
        }),
        with_singular_values!(7, 3),
        with_singular_values!(3, 5),
        with_singular_values!(5, 5),
        plain!(ExpMatrix, [(5, 5, Any)]),
        plain!(ExpFrechet, [(5, 5, Any), (5, 5, Any)]).linear_in(&[1]),
    ]
}
