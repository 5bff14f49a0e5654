//! Rewrites of matrix products and scalings.

use super::{FLAT, Rewrite, is_zero, may_stand_outside, single_term, zero_counts};
use crate::ir::{Attr, Dim, Graph, Kind, NodeId, Op, Real, Shape};

pub(super) const SCALE: &[Rewrite] = &[
    Rewrite { name: "s A with s constant is c A", apply: |g, _, a, _| g.constant_value(a[0]).map(|c| g.times(c, a[1])) },
    Rewrite {
        name: "(c s) A = c (s A)",
        apply: |g, _, a, _| {
            let (c, s) = single_term(g, a[0])?;
            let rest = g.scale(s, a[1]);
            Some(g.times(c, rest))
        },
    },
    Rewrite {
        name: "s (c A) = c (s A), s 0 = 0",
        apply: |g, op, a, shape| {
            if g.kind(a[1]) == Kind::Scale {
                return None;
            }
            super::pull_out(g, op, a, shape, 1)
        },
    },
    Rewrite {
        name: "s (t A) = (s t) A",
        apply: |g, _, a, _| {
            if g.kind(a[1]) != Kind::Scale {
                return None;
            }
            let (t, inner) = (g.args(a[1])[0], g.args(a[1])[1]);
            let product = g.hadamard(&[a[0], t]);
            Some(g.scale(product, inner))
        },
    },
    Rewrite {
        name: "s (t 1) = (s t) 1",
        apply: |g, _, a, shape| {
            if g.kind(a[1]) != Kind::Fill {
                return None;
            }
            let product = g.hadamard(&[a[0], g.args(a[1])[0]]);
            Some(g.fill(product, shape))
        },
    },
    Rewrite {
        name: "s place(A) = place(s A): only the block is scaled",
        apply: |g, _, a, shape| {
            if g.kind(a[1]) != Kind::Place {
                return None;
            }
            let (attr, block) = (g.node(a[1]).op.attr.clone(), g.args(a[1])[0]);
            let scaled = g.scale(a[0], block);
            Some(g.make_shaped(Kind::Place, attr, &[scaled], shape))
        },
    },
    Rewrite {
        name: "exp(x) / sum(exp(x)) = softmax(x)",
        apply: |g, _, a, _| {
            let [total] = g.args(a[0])[..] else { return None };
            let share = g.node(a[0]).op.attr == Attr::Real(Real(-1.0)) && g.kind(a[0]) == Kind::Pow;
            let of_these = g.kind(total) == Kind::Sum && g.args(total) == [a[1]] && g.kind(a[1]) == Kind::Exp;
            (share && of_these).then(|| {
                let x = g.args(a[1])[0];
                g.unary(Kind::Softmax, x)
            })
        },
    },
    Rewrite { name: "s I[r.., ·] = place(s I at ·, r..)", apply: super::blocks::scaled_identity },
    Rewrite { name: "cof(A) / det(A) = A⁻ᵀ", apply: super::factorizations::cofactor_over_det },
    Rewrite { name: "s A, scalar: the product of scalars", apply: |g, _, a, _| g.is_scalar(a[1]).then(|| g.hadamard(a)) },
];

pub(super) const MATMUL: &[Rewrite] = &[
    Rewrite { name: "products are flat, identities gone, scalars outside", apply: flatten },
    Rewrite { name: "A⁻¹ A = I", apply: cancel_inverse },
    super::orthogonal::PRODUCT,
    Rewrite { name: "1ᵀ A 1 = sum(A)", apply: total },
    Rewrite { name: "Diag(u) Diag(v) = Diag(u ∘ v)", apply: diagonals },
    Rewrite { name: "Diag(v) 1 = v", apply: diagonal_of_ones },
    Rewrite { name: "Diag(v) b = v ∘ b for vectors", apply: diagonal_and_vector },
    Rewrite { name: "(A ⊗ B) (C ⊗ D) = A C ⊗ B D", apply: mixed_product },
    Rewrite { name: "[a]× b = a × b", apply: cross_product },
    Rewrite { name: "A I[r.., ·] = place(A at ·, r..)", apply: super::blocks::of_identity },
    Rewrite { name: "A place(B at ·, c) = place(A B at ·, c)", apply: super::blocks::through_products },
];

pub(super) const AXIAL: &[Rewrite] = &[
    super::structure::PULL,
    Rewrite {
        name: "axial(a bᵀ) = b × a",
        apply: |g, _, a, _| {
            let factors = g.factors(a[0]);
            let at = (1..factors.len()).find(|i| g.shape(factors[*i]).rows == Dim::ONE)?;
            let (a, row) = (g.matmul(&factors[..at]), g.matmul(&factors[at..]));
            let b = g.transpose(row);
            Some(g.make(Kind::Cross, Attr::None, &[b, a]))
        },
    },
];

fn diagonal_of_ones(g: &mut Graph, _: &Op, args: &[NodeId], _: Shape) -> Option<NodeId> {
    let i = (1..args.len())
        .find(|i| g.kind(args[i - 1]) == Kind::DiagMat && is_ones(g, args[*i]) && g.shape(args[*i]).is_column())?;
    let v = g.args(args[i - 1])[0];
    let chain: Vec<NodeId> = args[..i - 1].iter().copied().chain([v]).chain(args[i + 1..].iter().copied()).collect();
    Some(g.matmul(&chain))
}

fn mixed_product(g: &mut Graph, _: &Op, args: &[NodeId], _: Shape) -> Option<NodeId> {
    let fits = |g: &Graph, a: NodeId, b: NodeId| g.shape(a).cols == g.shape(b).rows;
    let merges = |g: &Graph, x: NodeId, y: NodeId| {
        let both = g.kind(x) == Kind::Kron && g.kind(y) == Kind::Kron;
        both && fits(g, g.args(x)[0], g.args(y)[0]) && fits(g, g.args(x)[1], g.args(y)[1])
    };
    let i = (1..args.len()).find(|i| merges(g, args[i - 1], args[*i]))?;
    let ([a, b], [c, d]) = (g.args(args[i - 1]), g.args(args[i])) else { return None };
    let (a, b, c, d) = (*a, *b, *c, *d);
    let (left, right) = (g.matmul(&[a, c]), g.matmul(&[b, d]));
    let merged = g.make(Kind::Kron, Attr::None, &[left, right]);
    let chain: Vec<NodeId> = args[..i - 1].iter().copied().chain([merged]).chain(args[i + 1..].iter().copied()).collect();
    Some(g.matmul(&chain))
}

/// Of the factors from `[a]×` on, or up to it, if they are a vector.
fn cross_product(g: &mut Graph, _: &Op, args: &[NodeId], shape: Shape) -> Option<NodeId> {
    let crosses = |g: &Graph, i: usize| g.kind(args[i]) == Kind::CrossMatrix;
    if shape.is_column() {
        let at = (0..args.len() - 1).rev().find(|i| crosses(g, *i))?;
        let (a, b) = (g.args(args[at])[0], g.matmul(&args[at + 1..]));
        let product = g.make(Kind::Cross, Attr::None, &[a, b]);
        return Some(g.matmul(&[&args[..at], &[product]].concat()));
    }
    if shape.is_row() {
        // (bᵀ [a]×)ᵀ = −a × b
        let at = (1..args.len()).find(|i| crosses(g, *i))?;
        let (a, row) = (g.args(args[at])[0], g.matmul(&args[..at]));
        let b = g.transpose(row);
        let product = g.make(Kind::Cross, Attr::None, &[b, a]);
        let product = g.transpose(product);
        return Some(g.matmul(&[&[product], &args[at + 1..]].concat()));
    }
    None
}

fn flatten(g: &mut Graph, _: &Op, args: &[NodeId], shape: Shape) -> Option<NodeId> {
    let mut coef = 1.0;
    let mut scalars = Vec::new();
    let mut chain = Vec::new();
    let mut pending: Vec<NodeId> = args.iter().rev().copied().collect();
    while let Some(a) = pending.pop() {
        if is_zero(g, a) && !zero_counts(g, args) {
            return Some(g.filled(0.0, shape));
        }
        if let Some((c, inner)) = single_term(g, a) {
            coef *= c;
            pending.push(inner);
            continue;
        }
        match g.kind(a) {
            _ if g.is_scalar(a) => scalars.push(a),
            Kind::MatMul if chain.len() + pending.len() + g.args(a).len() <= FLAT => pending.extend(g.args(a).iter().rev()),
            Kind::Scale if may_stand_outside(g, Kind::MatMul, g.args(a)[0]) => {
                scalars.push(g.args(a)[0]);
                pending.push(g.args(a)[1]);
            }
            Kind::Fill if may_be_spread_last(g, a) => {
                scalars.push(g.args(a)[0]);
                let ones = g.filled(1.0, g.shape(a));
                chain.push(ones);
            }
            Kind::Identity => {}
            _ => chain.push(a),
        }
    }
    if chain == args {
        return None;
    }
    // scalar factors that are not at an end may stand between matrices that they make fit: (n×1)(1×1)(1×m)
    let product = match chain[..] {
        [] if shape.is_scalar() => None,
        [] => Some(g.identity(shape.rows)),
        _ => Some(g.matmul(&chain)),
    };
    let scalar = (!scalars.is_empty()).then(|| g.hadamard(&scalars));
    let value = match (scalar, product) {
        (Some(s), Some(p)) => g.scale(s, p),
        (Some(only), None) | (None, Some(only)) => only,
        (None, None) => g.constant(1.0),
    };
    Some(g.times(coef, value))
}

/// Whether `A (s 1) = s (A 1)` is to be written so.
fn may_be_spread_last(g: &Graph, fill: NodeId) -> bool {
    g.constant_value(fill) != Some(1.0) && !is_zero(g, fill) && may_stand_outside(g, Kind::MatMul, g.args(fill)[0])
}

/// The matrix that an inverse inverts, and whether the inverse is transposed.
fn inverted(g: &Graph, id: NodeId) -> Option<(NodeId, bool)> {
    match g.kind(id) {
        Kind::Inv => {
            let factor = g.args(id)[0];
            let matrix = g.args(factor)[0];
            // of a matrix that is more than its triangle, the triangle is inverted
            let whole = crate::ops::triangular::part_read(g, factor).is_none_or(|part| super::is_part(g, matrix, part));
            whole.then_some((matrix, false))
        }
        Kind::Transpose => inverted(g, g.args(id)[0]).map(|(a, _)| (a, true)),
        _ => None,
    }
}

fn cancel_inverse(g: &mut Graph, _: &Op, args: &[NodeId], shape: Shape) -> Option<NodeId> {
    if g.keeps_domain {
        return None; // a singular matrix has no inverse to cancel
    }
    for i in 0..args.len().saturating_sub(1) {
        for (inverse, other) in [(args[i], args[i + 1]), (args[i + 1], args[i])] {
            let Some((a, transposed)) = inverted(g, inverse) else { continue };
            let a = if transposed { g.transpose(a) } else { a };
            if a == other {
                let rest: Vec<NodeId> = args[..i].iter().chain(&args[i + 2..]).copied().collect();
                return Some(if rest.is_empty() { g.identity(shape.rows) } else { g.matmul(&rest) });
            }
        }
    }
    None
}

pub(super) fn is_ones(g: &Graph, id: NodeId) -> bool {
    g.kind(id) == Kind::Fill && g.constant_value(id) == Some(1.0)
}

fn total(g: &mut Graph, _: &Op, args: &[NodeId], shape: Shape) -> Option<NodeId> {
    let (first, last) = (args[0], *args.last()?);
    if !shape.is_scalar() {
        return None;
    }
    if args.len() == 2 && is_ones(g, first) && g.shape(first).rows == Dim::ONE {
        return Some(g.sum(last));
    }
    if args.len() == 2 && is_ones(g, last) {
        return Some(g.sum(first));
    }
    if is_ones(g, first) && is_ones(g, last) {
        let middle = g.matmul(&args[1..args.len() - 1]);
        return Some(g.sum(middle));
    }
    None
}

fn diagonal_and_vector(g: &mut Graph, _: &Op, args: &[NodeId], _: Shape) -> Option<NodeId> {
    if let [before @ .., d, b] = args
        && g.kind(*d) == Kind::DiagMat
        && g.shape(*b).is_column()
    {
        let entries = g.hadamard(&[g.args(*d)[0], *b]);
        let chain: Vec<NodeId> = before.iter().copied().chain([entries]).collect();
        return Some(g.matmul(&chain));
    }
    if let [b, d, after @ ..] = args
        && g.kind(*d) == Kind::DiagMat
        && g.shape(*b).is_row()
    {
        let column = g.transpose(*b);
        let entries = g.hadamard(&[g.args(*d)[0], column]);
        let entries = g.transpose(entries);
        let chain: Vec<NodeId> = [entries].into_iter().chain(after.iter().copied()).collect();
        return Some(g.matmul(&chain));
    }
    None
}

fn diagonals(g: &mut Graph, _: &Op, args: &[NodeId], _: Shape) -> Option<NodeId> {
    let i = (1..args.len()).find(|i| g.kind(args[i - 1]) == Kind::DiagMat && g.kind(args[*i]) == Kind::DiagMat)?;
    let entries = g.hadamard(&[g.args(args[i - 1])[0], g.args(args[i])[0]]);
    let merged = g.unary(Kind::DiagMat, entries);
    let chain: Vec<NodeId> = args[..i - 1].iter().copied().chain([merged]).chain(args[i + 1..].iter().copied()).collect();
    Some(g.matmul(&chain))
}
