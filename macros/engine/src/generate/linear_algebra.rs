//! Steps: inverses, determinants, factorizations, the matrix exponential.

use super::builder::Builder;
use crate::ir::{Attr, Fail, Kind, NodeId};

/// `A⁻¹`
pub(super) fn inverse(b: &mut Builder) -> Option<NodeId> {
    let f = b.factored()?;
    inverted(b, f)
}

fn inverted(b: &mut Builder, f: NodeId) -> Option<NodeId> {
    // Cholesky has failed before, if it fails
    let attr = match b.graph.kind(f) {
        Kind::Chol => Attr::None,
        _ => Attr::Fail(b.random.of(&[Fail::Question, Fail::Unwrap])),
    };
    b.put(Kind::Inv, attr, &[f])
}

/// `A⁻¹ B`
pub(super) fn solve(b: &mut Builder) -> Option<NodeId> {
    let f = b.factored()?;
    let inverse = inverted(b, f)?;
    let n = b.size(f).0;
    let right = b.choose(|b, id| b.size(id).0 == n && !b.graph.is_scalar(id))?;
    b.op(Kind::MatMul, &[inverse, right])
}

/// `xᵀ A⁻¹ x`
pub(super) fn mahalanobis(b: &mut Builder) -> Option<NodeId> {
    let f = b.factored()?;
    let inverse = inverted(b, f)?;
    let n = b.size(f).0;
    let x = b.choose(|b, id| b.size(id).0 == n && !b.graph.is_scalar(id))?;
    let turned = b.transpose(x)?;
    b.op(Kind::MatMul, &[turned, inverse, x])
}

/// `det A`, `ln |det A|`
pub(super) fn determinant(b: &mut Builder) -> Option<NodeId> {
    if b.random.once_in(4) {
        // singular or not
        let a = b.square()?;
        let lu = b.op(Kind::Lu, &[a])?;
        return b.op(Kind::Det, &[lu]);
    }
    let f = b.factored()?;
    let kind = b.random.of(&[Kind::Det, Kind::LnDet]);
    let value = b.op(kind, &[f])?;
    if kind == Kind::Det && b.within(value, 0.2, f64::MAX) && b.random.once_in(2) {
        return b.op(Kind::Ln, &[value]);
    }
    if kind == Kind::Det && b.random.once_in(2) {
        let value = b.nonzero(value)?;
        let size = b.op(Kind::Abs, &[value])?;
        return b.op(Kind::Ln, &[size]);
    }
    Some(value)
}

/// `chol(A)`, `chol(A)⁻¹ B`
pub(super) fn cholesky_factor(b: &mut Builder) -> Option<NodeId> {
    let f = b.cholesky()?;
    let l = b.op(Kind::CholL, &[f])?;
    match b.random.below(3) {
        0 => {
            let lu = b.op(Kind::Lu, &[l])?;
            b.put(Kind::Inv, Attr::Fail(Fail::Unwrap), &[lu])
        }
        _ => Some(l),
    }
}

/// `exp(A)`
pub(super) fn exponential(b: &mut Builder) -> Option<NodeId> {
    let a = b.square()?;
    let norm = b.value(a).norm_inf();
    let a = if norm > 3.0 { b.lin(&[((2.0 / norm * 64.0).ceil() / 64.0, a)])? } else { a };
    b.op(Kind::ExpMatrix, &[a])
}
