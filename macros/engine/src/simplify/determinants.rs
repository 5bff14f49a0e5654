//! Rewrites of determinants.

use super::Rewrite;
use super::factorizations::untransposed;
use crate::ir::{Dim, Kind, NodeId};

pub(super) const LN_DET: &[Rewrite] = &[
    TURNED_DET,
    super::numbers::LN_DETERMINANT,
    super::triangles::DETERMINANT,
    super::orthogonal::LN_DETERMINANT,
    OF_INVERSE,
    OF_PRODUCT,
];

pub(super) const DET: &[Rewrite] = &[TURNED_DET, super::triangles::DETERMINANT, OF_NUMBER, OF_INVERSE, OF_RANK_ONE, OF_PRODUCT];

const TURNED_DET: Rewrite = Rewrite {
    name: "det(Aᵀ) = det(A)",
    apply: |g, op, a, _| {
        let turned = untransposed(g, a[0])?;
        Some(g.unary(op.kind, turned))
    },
};

const OF_NUMBER: Rewrite = Rewrite {
    name: "the determinant of a number is the number",
    apply: |g, _, a, _| (matches!(g.kind(a[0]), Kind::Lu | Kind::Chol) && g.is_scalar(a[0])).then(|| g.args(a[0])[0]),
};

const OF_INVERSE: Rewrite = Rewrite {
    name: "det(A⁻¹) = 1 / det(A)",
    apply: |g, op, a, _| {
        if g.kind(a[0]) != Kind::Lu {
            return None;
        }
        let matrix = g.args(a[0])[0];
        let inner = *g.args(matrix).first()?;
        match (g.kind(matrix), op.kind) {
            (Kind::Inv, Kind::Det) if matches!(g.kind(inner), Kind::Lu | Kind::Chol) => {
                let det = g.unary(Kind::Det, inner);
                Some(g.pow(det, -1.0))
            }
            (Kind::Inv, _) if matches!(g.kind(inner), Kind::Lu | Kind::Chol) => {
                let ln_det = g.unary(Kind::LnDet, inner);
                Some(g.neg(ln_det))
            }
            _ => None,
        }
    },
};

const OF_RANK_ONE: Rewrite = Rewrite {
    // Sylvester's determinant identity, for one column and one row
    name: "det(I + u vᵀ) = 1 + vᵀ u",
    apply: |g, op, a, _| {
        let [(c, first), (d, second)] = g.terms(*g.args(a[0]).first()?)[..] else { return None };
        let (identity, (d, outer)) = if g.kind(first) == Kind::Identity { (c, (d, second)) } else { (d, (c, first)) };
        let is_identity = g.kind(first) == Kind::Identity || g.kind(second) == Kind::Identity;
        if op.kind != Kind::Det || g.kind(a[0]) != Kind::Lu || !is_identity || identity != 1.0 {
            return None;
        }
        let factors = g.factors(outer);
        let cut = (1..factors.len()).find(|i| g.shape(factors[*i]).rows == Dim::ONE)?;
        let turned: Vec<NodeId> = factors[cut..].iter().chain(&factors[..cut]).copied().collect();
        let (one, inner) = (g.constant(1.0), g.matmul(&turned));
        Some(g.lin(&[(1.0, one), (d, inner)]))
    },
};

const OF_PRODUCT: Rewrite = Rewrite {
    name: "det(A B) = det(A) det(B) for square A and B",
    apply: |g, op, a, _| {
        if g.kind(a[0]) != Kind::Lu || g.solved_with.contains(&a[0]) {
            return None;
        }
        let factors = g.factors(g.args(a[0])[0]);
        if factors.len() < 2 || factors.iter().any(|f| g.shape(*f).rows != g.shape(*f).cols) {
            return None;
        }
        let parts: Vec<NodeId> = factors.into_iter().map(|f| g.unary(Kind::Lu, f)).collect();
        let parts: Vec<NodeId> = parts.into_iter().map(|lu| g.unary(op.kind, lu)).collect();
        Some(match op.kind {
            Kind::Det => g.hadamard(&parts),
            _ => g.lin(&parts.into_iter().map(|p| (1.0, p)).collect::<Vec<_>>()),
        })
    },
};
