//! Steps: sums, scalings, elementwise products and powers, matrix products.

use super::builder::Builder;
use crate::eval::Mat;
use crate::ir::{Attr, Dim, Kind, NodeId, Shape};

/// Constants that people write.
pub(super) const LITERALS: [f64; 9] = [2.0, 0.5, -1.0, 3.0, 0.25, 1.0, -0.7, 1.5, -2.0];

impl Builder {
    /// A scalar: one that is there, a constant, or an entry of something.
    pub(super) fn scalar(&mut self) -> Option<NodeId> {
        if self.random.once_in(8) {
            let value = self.random.of(&LITERALS);
            return self.constant(value, Shape::SCALAR);
        }
        if let Some(s) = self.choose(|b, id| b.graph.is_scalar(id)).filter(|_| !self.random.once_in(6)) {
            return Some(s);
        }
        let a = self.any();
        self.reduced(a)
    }
    /// A node of the shape of `a`, for an operation on both.
    pub(super) fn like(&mut self, a: NodeId) -> Option<NodeId> {
        let shape = self.graph.shape(a);
        let size = self.size(a);
        let scalar = self.graph.is_scalar(a);
        let fits = |b: &Self, id: NodeId| id != a && b.size(id) == size && b.graph.is_scalar(id) == scalar;
        match self.random.below(12) {
            0 => {
                let s = self.scalar()?;
                self.fill(s, shape)
            }
            1 => {
                let value = self.random.of(&LITERALS);
                self.constant(value, shape)
            }
            2 => Some(a),
            3 if size.0 == size.1 => self.transpose(a),
            4 => self.op(Kind::Sin, &[a]),
            _ => {
                if let Some(b) = self.choose(fits) {
                    return Some(b);
                }
                let turned = self.choose(|b, id| b.size(id) == (size.1, size.0) && b.graph.is_scalar(id) == scalar);
                match turned {
                    Some(b) => self.transpose(b),
                    None => self.op(Kind::Cos, &[a]),
                }
            }
        }
    }
}

/// `Σ cᵢ Aᵢ`, one to three terms.
pub(super) fn sum_of_terms(b: &mut Builder) -> Option<NodeId> {
    let a = b.any();
    let mut terms = vec![(b.random.of(&LITERALS), a)];
    for _ in 0..b.random.below(3) {
        let coef = if b.random.once_in(2) { 1.0 } else { b.random.of(&LITERALS) };
        terms.push((coef, b.like(a)?));
    }
    b.lin(&terms)
}

/// `A + s 1`
pub(super) fn add_scalar(b: &mut Builder) -> Option<NodeId> {
    let (a, s) = (b.any(), b.scalar()?);
    let spread = b.fill(s, b.graph.shape(a))?;
    b.lin(&[(1.0, a), (1.0, spread)])
}

/// `½ (A + Aᵀ)`
pub(super) fn symmetric_part(b: &mut Builder) -> Option<NodeId> {
    let a = b.square()?;
    let turned = b.transpose(a)?;
    b.lin(&[(0.5, a), (0.5, turned)])
}

/// `s A`
pub(super) fn scale(b: &mut Builder) -> Option<NodeId> {
    let (s, a) = (b.scalar()?, b.any());
    let id = b.graph.scale(s, a);
    b.evaluated(id)
}

/// `A / s`
pub(super) fn unscale(b: &mut Builder) -> Option<NodeId> {
    let s = b.scalar()?;
    let (s, a) = (b.nonzero(s)?, b.any());
    let share = b.pow(s, -1.0)?;
    let id = b.graph.scale(share, a);
    b.evaluated(id)
}

/// `A / ‖A‖`
pub(super) fn normalize(b: &mut Builder) -> Option<NodeId> {
    let a = b.matrix()?;
    let norm = b.op(Kind::Norm, &[a])?;
    let norm = b.off_kink(norm)?;
    let share = b.pow(norm, -1.0)?;
    b.op(Kind::Scale, &[share, a])
}

/// `A ∘ B ∘ ⋯`
pub(super) fn elementwise_product(b: &mut Builder) -> Option<NodeId> {
    let a = b.any();
    let mut factors = vec![a];
    for _ in 0..=b.random.below(2) {
        factors.push(b.like(a)?);
    }
    b.op(Kind::Hadamard, &factors)
}

/// `A ⊘ B`
pub(super) fn elementwise_quotient(b: &mut Builder) -> Option<NodeId> {
    let a = b.any();
    let below = b.like(a)?;
    let below = b.nonzero(below)?;
    let share = b.pow(below, -1.0)?;
    b.op(Kind::Hadamard, &[a, share])
}

/// `A^{∘k}` for a constant `k`.
pub(super) fn power(b: &mut Builder) -> Option<NodeId> {
    let k: f64 = b.random.of(&[2.0, 2.0, 3.0, 4.0, 1.0, 0.0, -1.0, -1.0, -2.0, -3.0, 0.5, 0.5, -0.5, 1.5, 1.0 / 3.0, 2.5]);
    let mut a = b.any();
    if k < 0.0 {
        a = b.nonzero(a)?;
    }
    if k.fract() != 0.0 {
        a = b.positive(a)?;
    }
    b.pow(a, k)
}

/// `A B`, `A B C`; transposes where they make factors fit.
pub(super) fn product(b: &mut Builder) -> Option<NodeId> {
    let mut factors = vec![b.matrix()?];
    if b.random.once_in(4) {
        factors[0] = b.transpose(factors[0])?;
    }
    for _ in 0..=b.random.below(3) {
        let last = factors[factors.len() - 1];
        factors.push(right_factor(b, last)?);
    }
    b.op(Kind::MatMul, &factors)
}

fn right_factor(b: &mut Builder, left: NodeId) -> Option<NodeId> {
    let inner = b.size(left).1;
    match b.random.below(8) {
        0 => b.transpose(left),
        1 => {
            let n = b.graph.shape(left).cols;
            b.constant(1.0, Shape::column(n))
        }
        2 => {
            let n = b.graph.shape(left).cols;
            let identity = b.graph.identity(n);
            b.evaluated(identity)
        }
        3 => {
            let v = b.choose(|b, id| b.size(id) == (inner, 1) && !b.graph.is_scalar(id))?;
            b.op(Kind::DiagMat, &[v])
        }
        _ => {
            if let Some(right) = b.choose(|b, id| b.size(id).0 == inner && !b.graph.is_scalar(id)) {
                return Some(right);
            }
            let turned = b.choose(|b, id| b.size(id).1 == inner && !b.graph.is_scalar(id))?;
            b.transpose(turned)
        }
    }
}

/// `A Aᵀ`, or `A⁰`, .. `A³`.
pub(super) fn matrix_power(b: &mut Builder) -> Option<NodeId> {
    let a = b.square()?;
    match b.random.below(4) {
        0 => {
            let identity = b.graph.identity(b.graph.shape(a).rows);
            b.evaluated(identity)
        }
        k => b.op(Kind::MatMul, &vec![a; k + 1]),
    }
}

/// `aᵀ b`, `tr(Aᵀ B)`, `a bᵀ`
pub(super) fn dot(b: &mut Builder) -> Option<NodeId> {
    let a = b.matrix()?;
    let other = b.like(a)?;
    let shape = b.graph.shape(a);
    if shape.cols == Dim::ONE {
        let turned = b.transpose(a)?;
        let outer = b.random.once_in(3);
        return if outer { b.op(Kind::MatMul, &[other, turned]) } else { b.op(Kind::MatMul, &[turned, other]) };
    }
    if shape.rows == Dim::ONE {
        let turned = b.transpose(other)?;
        return b.op(Kind::MatMul, &[a, turned]);
    }
    let entries = b.op(Kind::Hadamard, &[a, other])?;
    b.op(Kind::Sum, &[entries])
}

/// `xᵀ A x`
pub(super) fn quadratic_form(b: &mut Builder) -> Option<NodeId> {
    let a = b.square()?;
    let n = b.size(a).0;
    let x = b.choose(|b, id| b.size(id).0 == n && !b.graph.is_scalar(id))?;
    let turned = b.transpose(x)?;
    b.op(Kind::MatMul, &[turned, a, x])
}

/// `1ᵀ A`, `A 1`, and their means.
pub(super) fn sums_along(b: &mut Builder) -> Option<NodeId> {
    let a = b.matrix()?;
    let sides = b.graph.shape(a);
    let by_rows = b.random.once_in(2);
    let (sums, n) = if by_rows {
        let ones = b.constant(1.0, Shape::new(Dim::ONE, sides.rows))?;
        (b.op(Kind::MatMul, &[ones, a])?, sides.rows)
    } else {
        let ones = b.constant(1.0, Shape::column(sides.cols))?;
        (b.op(Kind::MatMul, &[a, ones])?, sides.cols)
    };
    if b.random.once_in(2) {
        return Some(sums);
    }
    let n = b.graph.dim(n);
    b.evaluated(n)?;
    let share = b.pow(n, -1.0)?;
    let id = b.graph.scale(share, sums);
    b.evaluated(id)
}

/// `A ⊗ B`
pub(super) fn kronecker(b: &mut Builder) -> Option<NodeId> {
    let a = b.matrix()?;
    let room = 60 / b.value(a).data.len().max(1);
    let other = b.choose(|b, id| b.value(id).data.len() <= room)?;
    let pair = if b.random.once_in(2) { [a, other] } else { [other, a] };
    b.op(Kind::Kron, &pair)
}

/// `a × b`
pub(super) fn cross(b: &mut Builder) -> Option<NodeId> {
    let is_vector = |b: &Builder, id: NodeId| b.size(id) == (3, 1);
    let (a, other) = (b.choose(is_vector)?, b.choose(is_vector)?);
    let three = Shape::column(Dim::Const(3));
    for id in [a, other] {
        let shape = b.graph.shape(id);
        b.graph.dims.unify(shape.rows, three.rows).ok()?;
        b.graph.dims.unify(shape.cols, three.cols).ok()?;
    }
    b.op(Kind::Cross, &[a, other])
}

/// `[a]×`, and its adjoint.
pub(super) fn cross_matrix(b: &mut Builder) -> Option<NodeId> {
    let (kind, size) = if b.random.once_in(2) { (Kind::CrossMatrix, (3, 1)) } else { (Kind::Axial, (3, 3)) };
    let a = b.choose(|b, id| b.size(id) == size)?;
    let shape = b.graph.shape(a);
    b.graph.dims.unify(shape.rows, Dim::Const(size.0)).ok()?;
    b.graph.dims.unify(shape.cols, Dim::Const(size.1)).ok()?;
    b.op(kind, &[a])
}

/// A constant matrix, inactive code, a dimension as a number.
pub(super) fn inactive(b: &mut Builder) -> Option<NodeId> {
    let a = b.any();
    let (shape, (rows, cols)) = (b.graph.shape(a), b.size(a));
    match b.random.below(5) {
        0 => {
            let id = b.graph.make_shaped(Kind::Dim, Attr::Dim(shape.rows), &[], Shape::SCALAR);
            let n = b.evaluated(id)?;
            b.op(Kind::Hadamard, &[n, n])
        }
        1 => {
            let id = b.graph.identity(shape.rows);
            b.evaluated(id)
        }
        _ => {
            let value = Mat::from_fn(rows, cols, |_, _| b.random.between(-1.5, 1.5));
            Some(b.opaque(shape, value))
        }
    }
}
