//! Operands of partial functions: brought into the domain where they are not there already.

use super::builder::Builder;
use crate::eval::Mat;
use crate::ir::{Attr, Fail, Kind, NodeId, Shape};

/// Entries stay this far inside a domain, and from kinks.
const MARGIN: f64 = 0.2;

impl Builder {
    /// `A`, or something made of it, with entries > 0.
    pub(super) fn positive(&mut self, a: NodeId) -> Option<NodeId> {
        if self.within(a, MARGIN, f64::MAX) {
            return Some(a);
        }
        let shape = self.graph.shape(a);
        match self.random.below(6) {
            0 => {
                let square = self.pow(a, 2.0)?;
                let one = self.constant(1.0, shape)?;
                self.lin(&[(1.0, one), (1.0, square)])
            }
            1 => {
                let damped = self.op(Kind::Tanh, &[a])?;
                self.op(Kind::Exp, &[damped])
            }
            2 => {
                let soft = self.op(Kind::Softplus, &[a])?;
                let some = self.constant(0.5, shape)?;
                self.lin(&[(1.0, soft), (1.0, some)])
            }
            3 => {
                let damped = self.op(Kind::Atan, &[a])?;
                let grown = self.op(Kind::Exp, &[damped])?;
                let one = self.constant(1.0, shape)?;
                self.lin(&[(1.0, one), (1.0, grown)])
            }
            4 => {
                let sigma = self.op(Kind::Sigmoid, &[a])?;
                let some = self.constant(MARGIN, shape)?;
                self.lin(&[(2.0, sigma), (1.0, some)])
            }
            _ => {
                let damped = self.op(Kind::Tanh, &[a])?;
                self.op(Kind::Cosh, &[damped])
            }
        }
    }
    /// `A`, or something made of it, with entries that are not near 0.
    pub(super) fn nonzero(&mut self, a: NodeId) -> Option<NodeId> {
        if self.off_zero(a, 2.0 * MARGIN) { Some(a) } else { self.positive(a) }
    }
    /// `A`, or something made of it, with entries between −1 and 1.
    pub(super) fn below_one(&mut self, a: NodeId) -> Option<NodeId> {
        if self.within(a, MARGIN - 1.0, 1.0 - MARGIN) {
            return Some(a);
        }
        let bounded = self.random.of(&[Kind::Tanh, Kind::Sin, Kind::Cos]);
        let bounded = self.op(bounded, &[a])?;
        self.lin(&[(0.75, bounded)])
    }
    /// `A`, or something made of it, with entries > 1.
    pub(super) fn above_one(&mut self, a: NodeId) -> Option<NodeId> {
        if self.within(a, 1.0 + MARGIN, f64::MAX) {
            return Some(a);
        }
        let positive = self.positive(a)?;
        let one = self.constant(1.0, self.graph.shape(a))?;
        self.lin(&[(1.0, one), (1.0, positive)])
    }
    /// `A`, if no entry is near 0.
    pub(super) fn off_kink(&mut self, a: NodeId) -> Option<NodeId> {
        self.off_zero(a, MARGIN / 4.0).then_some(a)
    }

    /// A square matrix, larger than `1 × 1` in most cases.
    pub(super) fn square(&mut self) -> Option<NodeId> {
        let is_square = |b: &Self, id: NodeId| {
            let (rows, cols) = b.size(id);
            rows == cols && rows > 1 && rows <= 6 && !b.graph.is_scalar(id)
        };
        if !self.random.once_in(4)
            && let Some(a) = self.choose(is_square)
        {
            return Some(a);
        }
        self.gram()
    }
    /// `A Aᵀ` or `Aᵀ A`, the smaller one in most cases.
    fn gram(&mut self) -> Option<NodeId> {
        let a = self.choose(|b, id| !b.graph.is_scalar(id) && b.size(id).0.min(b.size(id).1) < 6)?;
        let turned = self.transpose(a)?;
        let (rows, cols) = self.size(a);
        let outer = if self.random.once_in(6) { rows >= cols && rows < 6 } else { rows <= cols };
        self.op(Kind::MatMul, &if outer { [a, turned] } else { [turned, a] })
    }
    pub(super) fn is_well_conditioned(&self, a: NodeId) -> bool {
        let value = self.value(a);
        value.inverse().is_some_and(|inverse| inverse.norm_inf() * value.norm_inf() < 60.0 && inverse.norm_inf() < 8.0)
    }
    /// `A + c I`
    fn shifted(&mut self, a: NodeId) -> Option<NodeId> {
        let shift = (self.value(a).norm_inf() * 1.2).ceil() + 1.0;
        let n = self.graph.shape(a).rows;
        let identity = self.graph.identity(n);
        self.evaluated(identity)?;
        self.lin(&[(1.0, a), (shift, identity)])
    }
    /// A matrix that has an inverse.
    pub(super) fn invertible(&mut self) -> Option<NodeId> {
        let a = self.square()?;
        if self.is_well_conditioned(a) {
            return Some(a);
        }
        let damped = if self.value(a).max_abs() > 2.0 { self.op(Kind::Tanh, &[a])? } else { a };
        let shifted = self.shifted(damped)?;
        self.is_well_conditioned(shifted).then_some(shifted)
    }
    /// A factorization of a matrix that has an inverse.
    pub(super) fn factored(&mut self) -> Option<NodeId> {
        if self.random.once_in(2) {
            return self.cholesky();
        }
        let a = self.invertible()?;
        self.op(Kind::Lu, &[a])
    }
    /// The Cholesky factorization of a matrix that is symmetric and positive definite whatever the parameters nearby.
    pub(super) fn cholesky(&mut self) -> Option<NodeId> {
        let known = self.choose(Self::is_declared_spd).filter(|_| !self.random.once_in(3));
        let a = match known {
            Some(a) => a,
            None => self.positive_definite()?,
        };
        if !self.is_well_conditioned(a) || !is_positive_definite(self.value(a)) {
            return None;
        }
        let fail = self.random.of(&[Fail::Question, Fail::Unwrap]);
        self.put(Kind::Chol, Attr::Fail(fail), &[a])
    }
    fn is_declared_spd(&self, id: NodeId) -> bool {
        self.is_declared_symmetric(id) && is_positive_definite(self.value(id))
    }
    fn is_declared_symmetric(&self, id: NodeId) -> bool {
        matches!(self.graph.node(id).op.attr, Attr::Param(p) if self.graph.promises.symmetric.contains(&p))
    }
    /// A matrix that is symmetric whatever the parameters nearby.
    pub(super) fn symmetric(&mut self) -> Option<NodeId> {
        if let Some(a) = self.choose(Self::is_declared_symmetric).filter(|_| !self.random.once_in(3)) {
            return Some(a);
        }
        if self.random.once_in(2) {
            return self.gram();
        }
        let a = self.square()?;
        let turned = self.transpose(a)?;
        self.lin(&[(0.5, a), (0.5, turned)])
    }
    fn positive_definite(&mut self) -> Option<NodeId> {
        match self.random.below(6) {
            0 => {
                let symmetric = self.symmetric()?;
                self.shifted(symmetric)
            }
            1 => {
                // Aᵀ D A + c I
                let a = self.matrix()?;
                let turned = self.transpose(a)?;
                let diagonal = self.diagonal_matrix(self.graph.shape(a).rows)?;
                let palindrome = self.op(Kind::MatMul, &[turned, diagonal, a])?;
                self.shifted(palindrome)
            }
            2 => {
                let n = self.length();
                let n = self.dim(n);
                self.diagonal_matrix(n)
            }
            3 => {
                // exp(S), S = ½ (A + Aᵀ)
                let a = self.square()?;
                let damped = self.op(Kind::Tanh, &[a])?;
                let turned = self.transpose(damped)?;
                let symmetric = self.lin(&[(0.25, damped), (0.25, turned)])?;
                self.op(Kind::ExpMatrix, &[symmetric])
            }
            _ => {
                let gram = self.gram()?;
                self.shifted(gram)
            }
        }
    }
    /// `Diag(v)` for positive `v`.
    fn diagonal_matrix(&mut self, n: crate::ir::Dim) -> Option<NodeId> {
        let shape = Shape::column(n);
        let v = match self.choose(|b, id| b.graph.shape(id) == shape) {
            Some(v) => v,
            None => self.constant(0.8, shape)?,
        };
        let v = self.positive(v)?;
        self.op(Kind::DiagMat, &[v])
    }
}

fn is_positive_definite(a: &Mat) -> bool {
    a.rows == a.cols && a.cholesky().is_some_and(|l| (0..l.rows).all(|i| l.at(i, i) > MARGIN))
}
