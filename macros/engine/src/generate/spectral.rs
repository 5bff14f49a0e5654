//! Steps: triangular systems, eigenvalues, singular values, the pseudoinverse.

use super::builder::Builder;
use crate::eval::Mat;
use crate::ir::{Attr, Dim, Fail, Kind, NodeId, Part, Shape};

/// Eigenvalues and singular values are this far from each other, and singular values from 0.
const GAP: f64 = 0.3;

/// `tril(A)⁻¹ B` and its kin.
pub(super) fn triangular_solve(b: &mut Builder) -> Option<NodeId> {
    let mut a = b.invertible()?;
    if b.random.once_in(3) {
        a = b.transpose(a)?;
    }
    let part = b.random.of(&[Part::Lower, Part::Upper]);
    let triangle = b.put(Kind::Tri, Attr::Part(part), &[a])?;
    if !b.is_well_conditioned(triangle) {
        return None;
    }
    let fail = b.random.of(&[Fail::Question, Fail::Unwrap, Fail::Unchecked]);
    let inverse = b.put(Kind::Inv, Attr::Fail(fail), &[triangle])?;
    let n = b.size(triangle).0;
    let right = b.choose(|b, id| b.size(id).0 == n && !b.graph.is_scalar(id))?;
    b.op(Kind::MatMul, &[inverse, right])
}

/// `λ`, `Q`, `Q Diag(h(λ)) Qᵀ` of a symmetric matrix.
pub(super) fn eigen(b: &mut Builder) -> Option<NodeId> {
    let a = b.symmetric()?;
    if a_gap_closes(&b.value(a).symmetric_eigen().0) {
        return None;
    }
    let f = b.op(Kind::Eigen, &[a])?;
    let (values, vectors) = (b.op(Kind::EigenValues, &[f])?, b.op(Kind::EigenVectors, &[f])?);
    match b.random.below(3) {
        0 => Some(values),
        1 => Some(vectors),
        _ => {
            let moved = b.op(Kind::Sin, &[values])?;
            let diagonal = b.op(Kind::DiagMat, &[moved])?;
            let turned = b.transpose(vectors)?;
            b.op(Kind::MatMul, &[vectors, diagonal, turned])
        }
    }
}

/// `σ`, `U`, `Vᵀ`, `U Diag(h(σ)) Vᵀ` of any matrix.
pub(super) fn singular(b: &mut Builder) -> Option<NodeId> {
    let a = b.matrix()?;
    let sigma = b.value(a).svd().1;
    if a_gap_closes(&sigma) || sigma.data.iter().any(|s| *s < GAP) {
        return None;
    }
    let f = b.op(Kind::Svd, &[a])?;
    let values = b.op(Kind::SingularValues, &[f])?;
    let (left, right) = (b.op(Kind::LeftVectors, &[f])?, b.op(Kind::RightVectors, &[f])?);
    match b.random.below(4) {
        0 => Some(values),
        1 => Some(left),
        2 => Some(right),
        _ => {
            let moved = b.op(Kind::Atan, &[values])?;
            let diagonal = b.op(Kind::DiagMat, &[moved])?;
            b.op(Kind::MatMul, &[left, diagonal, right])
        }
    }
}

/// Whether two neighbours among sorted values are too near to each other.
fn a_gap_closes(values: &Mat) -> bool {
    values.data.windows(2).any(|pair| (pair[1] - pair[0]).abs() < GAP)
}

/// `A⁺`, of full rank, or of rank one.
pub(super) fn pseudo_inverse(b: &mut Builder) -> Option<NodeId> {
    let mut a = b.matrix()?;
    if b.random.once_in(4) && b.graph.shape(a).cols == Dim::ONE {
        let other = b.choose(|b, id| b.graph.shape(id).cols == Dim::ONE && !b.graph.is_scalar(id))?;
        let turned = b.transpose(other)?;
        a = b.op(Kind::MatMul, &[a, turned])?;
    }
    let sigma = b.value(a).svd().1;
    if sigma.data.iter().any(|s| *s > 1e-12 && *s < GAP) || sigma.max_abs() < GAP {
        return None;
    }
    let eps = b.constant(1e-6, Shape::SCALAR)?;
    let fail = b.random.of(&[Fail::Question, Fail::Unwrap]);
    b.put(Kind::PseudoInverse, Attr::Fail(fail), &[a, eps])
}
