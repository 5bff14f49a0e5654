//! Rewrites of inverses, determinants and matrix functions.

use super::{Rewrite, pull_out};
use crate::ir::{Attr, Graph, Kind, NodeId, Op, Shape};

pub(super) const INV: &[Rewrite] = &[
    super::orthogonal::INVERSE,
    Rewrite {
        name: "(Aᵀ)⁻¹ = (A⁻¹)ᵀ",
        apply: |g, op, a, shape| {
            let turned = untransposed(g, a[0])?;
            let inverse = g.make_shaped(Kind::Inv, op.attr.clone(), &[turned], shape);
            Some(g.transpose(inverse))
        },
    },
    Rewrite {
        name: "one inverse of A, whatever happens when it does not exist",
        apply: |g, op, a, _| {
            // the derivative does not say what happens; the function does, if it inverts the same matrix
            if op.attr != Attr::None {
                return None;
            }
            let known = g.nodes().iter().position(|n| n.op.kind == Kind::Inv && n.args == a)?;
            g.id_at(known)
        },
    },
];

pub(super) const COFACTOR: &[Rewrite] = &[
    Rewrite {
        name: "cof(Aᵀ) = cof(A)ᵀ",
        apply: |g, _, a, _| {
            let turned = untransposed(g, a[0])?;
            let cofactor = g.unary(Kind::Cofactor, turned);
            Some(g.transpose(cofactor))
        },
    },
    Rewrite { name: "the cofactor of a number is 1", apply: |g, _, a, _| g.is_scalar(a[0]).then(|| g.constant(1.0)) },
];

pub(super) const COFACTOR_TANGENT: &[Rewrite] = &[
    Rewrite { name: "D cof(A)[c E] = c D cof(A)[E]", apply: |g, op, a, shape| pull_out(g, op, a, shape, 1) },
    Rewrite {
        name: "D cof(Aᵀ)[E] = D cof(A)[Eᵀ]ᵀ",
        apply: |g, op, a, shape| {
            let (inner, turned) = (untransposed(g, a[0])?, g.transpose(a[1]));
            let tangent = g.make_shaped(op.kind, op.attr.clone(), &[inner, turned], shape);
            Some(g.transpose(tangent))
        },
    },
    Rewrite { name: "the cofactor of a number does not move", apply: |g, _, a, _| g.is_scalar(a[0]).then(|| g.constant(0.0)) },
];

/// The factorization of `A`, given that of `Aᵀ`.
pub(super) fn untransposed(g: &mut Graph, factorization: NodeId) -> Option<NodeId> {
    let operand = *g.args(factorization).first()?;
    if !matches!(g.kind(factorization), Kind::Lu | Kind::Chol | Kind::Tri) || g.kind(operand) != Kind::Transpose {
        return None;
    }
    let (kind, inner) = (g.kind(factorization), g.args(operand)[0]);
    let attr = match g.node(factorization).op.attr {
        Attr::Part(part) => Attr::Part(part.transposed()),
        ref other => other.clone(),
    };
    Some(g.make(kind, attr, &[inner]))
}

/// `cof(A) / det(A) = A⁻ᵀ`: no determinant that could overflow.
pub(super) fn cofactor_over_det(g: &mut Graph, _: &Op, args: &[NodeId], _: Shape) -> Option<NodeId> {
    let (cofactor, turned) = match g.kind(args[1]) {
        Kind::Transpose => (g.args(args[1])[0], true),
        _ => (args[1], false),
    };
    if g.kind(cofactor) != Kind::Cofactor {
        return None;
    }
    let factorization = g.args(cofactor)[0];
    let factors = if g.kind(args[0]) == Kind::Hadamard { g.args(args[0]).to_vec() } else { vec![args[0]] };
    let at = factors.iter().position(|f| {
        matches!(g.node(*f).op.attr, Attr::Real(k) if g.kind(*f) == Kind::Pow && k.0 <= -1.0)
            && g.kind(g.args(*f)[0]) == Kind::Det
            && g.args(g.args(*f)[0])[0] == factorization
    })?;
    let mut rest: Vec<NodeId> = factors.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, f)| *f).collect();
    if let Attr::Real(k) = g.node(factors[at]).op.attr
        && k.0 != -1.0
    {
        let det = g.args(factors[at])[0];
        rest.push(g.pow(det, k.0 + 1.0));
    }
    let inverse = g.unary(Kind::Inv, factorization);
    let inverse = if turned { inverse } else { g.transpose(inverse) };
    if rest.is_empty() {
        return Some(inverse);
    }
    let scalar = g.hadamard(&rest);
    Some(g.scale(scalar, inverse))
}

pub(super) const EXP_MATRIX: &[Rewrite] = &[
    super::numbers::EXPONENTIAL,
    Rewrite {
        name: "exp(Xᵀ) = exp(X)ᵀ",
        apply: |g, _, a, _| {
            if g.kind(a[0]) != Kind::Transpose {
                return None;
            }
            let inner = g.args(a[0])[0];
            let exp = g.unary(Kind::ExpMatrix, inner);
            Some(g.transpose(exp))
        },
    },
];

pub(super) const EXP_FRECHET: &[Rewrite] = &[
    super::numbers::FRECHET,
    Rewrite { name: "L(X, c E) = c L(X, E)", apply: |g, op, a, shape| pull_out(g, op, a, shape, 1) },
    Rewrite {
        name: "L(X, I) = exp(X)",
        apply: |g, _, a, _| (g.kind(a[1]) == Kind::Identity).then(|| g.unary(Kind::ExpMatrix, a[0])),
    },
];

pub(super) const WITH_SPECTRUM: Rewrite =
    Rewrite { name: "Q Diag(s c) Qᵀ = s Q Diag(c) Qᵀ", apply: |g, op, a, shape| pull_out(g, op, a, shape, 1) };

pub(super) const WITH_EIGENVALUES: &[Rewrite] = &[
    WITH_SPECTRUM,
    Rewrite {
        name: "Q Diag(s 1) Qᵀ = s I",
        apply: |g, _, a, shape| {
            (g.kind(a[1]) == Kind::Fill).then(|| {
                let (s, identity) = (g.args(a[1])[0], g.identity(shape.rows));
                g.scale(s, identity)
            })
        },
    },
];
