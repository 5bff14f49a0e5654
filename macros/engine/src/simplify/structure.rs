//! Rewrites of transposes, reductions and blocks.

use super::{Rewrite, is_symmetric, pull_out, single_term};
use crate::ir::{Attr, Block, Dim, Graph, Index, Kind, NodeId};

pub(super) const PULL: Rewrite =
    Rewrite { name: "L(c A) = c L(A), L(s A) = s L(A), L(0) = 0", apply: |g, op, a, shape| pull_out(g, op, a, shape, 0) };

pub(super) const LINEAR: &[Rewrite] = &[PULL];

pub(super) const RESHAPE: &[Rewrite] = &[super::numbers::RESHAPE, PULL];

const OF_NUMBER: Rewrite =
    Rewrite { name: "the diagonal of a number is the number", apply: |g, _, a, _| g.is_scalar(a[0]).then(|| a[0]) };

pub(super) const DIAG_MAT: &[Rewrite] = &[
    PULL,
    OF_NUMBER,
    super::triangles::DIAG_OF_DIAG,
    Rewrite {
        name: "Diag(s 1) = s I",
        apply: |g, _, a, shape| {
            (g.kind(a[0]) == Kind::Fill).then(|| {
                let (s, identity) = (g.args(a[0])[0], g.identity(shape.rows));
                g.scale(s, identity)
            })
        },
    },
];

pub(super) const TRIANGLE: &[Rewrite] = &[
    PULL,
    Rewrite { name: "the triangle of a number is the number", apply: |g, _, a, _| g.is_scalar(a[0]).then(|| a[0]) },
    super::triangles::TRIANGLE,
];

pub(super) const PLACE: &[Rewrite] = &[
    Rewrite {
        name: "place(c A) = c place(A), place(0) = 0",
        apply: |g, op, a, shape| if g.kind(a[0]) == Kind::Scale { None } else { pull_out(g, op, a, shape, 0) },
    },
    Rewrite {
        name: "place(c) = c place(1)",
        apply: |g, op, a, shape| {
            let c = g.constant_value(a[0]).filter(|c| *c != 1.0 && g.is_scalar(a[0]))?;
            let one = g.constant(1.0);
            let unit = g.make_shaped(op.kind, op.attr.clone(), &[one], shape);
            Some(g.times(c, unit))
        },
    },
];

const PULL_SECOND: Rewrite = Rewrite { name: "B(A, c B) = c B(A, B)", apply: |g, op, a, shape| pull_out(g, op, a, shape, 1) };

pub(super) const BILINEAR: &[Rewrite] = &[PULL, PULL_SECOND];

pub(super) const KRON: &[Rewrite] = &[
    super::numbers::KRONECKER,
    PULL,
    PULL_SECOND,
    Rewrite {
        name: "I ⊗ I = I",
        apply: |g, _, a, shape| {
            (g.kind(a[0]) == Kind::Identity && g.kind(a[1]) == Kind::Identity).then(|| g.identity(shape.rows))
        },
    },
];

pub(super) const TRANSPOSE: &[Rewrite] = &[
    PULL,
    Rewrite { name: "Sᵀ = S for symmetric S", apply: |g, _, a, _| is_symmetric(g, a[0]).then(|| a[0]) },
    Rewrite { name: "[a]×ᵀ = −[a]×", apply: |g, _, a, _| (g.kind(a[0]) == Kind::CrossMatrix).then(|| g.neg(a[0])) },
    Rewrite { name: "Aᵀᵀ = A", apply: |g, _, a, _| (g.kind(a[0]) == Kind::Transpose).then(|| g.args(a[0])[0]) },
    Rewrite {
        name: "(A B)ᵀ = Bᵀ Aᵀ",
        apply: |g, _, a, _| {
            if g.kind(a[0]) != Kind::MatMul {
                return None;
            }
            let factors: Vec<NodeId> = g.args(a[0]).iter().rev().copied().collect();
            let factors: Vec<NodeId> = factors.into_iter().map(|f| g.transpose(f)).collect();
            Some(g.matmul(&factors))
        },
    },
    Rewrite {
        name: "(s 1)ᵀ = s 1",
        apply: |g, _, a, shape| {
            (g.kind(a[0]) == Kind::Fill).then(|| {
                let s = g.args(a[0])[0];
                g.fill(s, shape)
            })
        },
    },
    Rewrite {
        name: "(Σ cᵢ Aᵢᵀ)ᵀ = Σ cᵢ Aᵢ",
        apply: |g, _, a, _| {
            let terms = g.terms(a[0]);
            if g.kind(a[0]) != Kind::Lin || !terms.iter().all(|t| turns(g, t.1)) {
                return None;
            }
            let terms: Vec<(f64, NodeId)> = terms.into_iter().map(|(c, t)| (c, g.transpose(t))).collect();
            Some(g.lin(&terms))
        },
    },
];

/// Whether the transpose of a matrix is no more than the matrix. A product is where it becomes a column.
fn turns(g: &Graph, id: NodeId) -> bool {
    match g.kind(id) {
        Kind::Transpose | Kind::Fill => true,
        Kind::Scale => turns(g, g.args(id)[1]),
        Kind::MatMul if g.shape(id).is_row() => true,
        _ => is_symmetric(g, id),
    }
}

pub(super) const UPDATE: Rewrite = Rewrite {
    name: "update(0, A) = place(A)",
    apply: |g, op, a, shape| {
        (g.constant_value(a[0]) == Some(0.0)).then(|| g.make_shaped(Kind::Place, op.attr.clone(), &a[1..], shape))
    },
};

pub(super) const SUM: &[Rewrite] = &[
    PULL,
    Rewrite { name: "sum of a scalar", apply: |g, _, a, _| g.is_scalar(a[0]).then(|| a[0]) },
    Rewrite {
        name: "sum(Aᵀ) = sum(A), sum(Diag(v)) = sum(v), sum(place(A)) = sum(A)",
        apply: |g, _, a, _| {
            matches!(g.kind(a[0]), Kind::Transpose | Kind::DiagMat | Kind::Place).then(|| {
                let inner = g.args(a[0])[0];
                g.sum(inner)
            })
        },
    },
    Rewrite {
        name: "sum(A 1) = sum(A), sum(1ᵀ A) = sum(A)",
        apply: |g, _, a, _| {
            let [left, right] = g.args(a[0])[..] else { return None };
            let ones = |n: NodeId| g.kind(n) == Kind::Fill && g.constant_value(n) == Some(1.0);
            match () {
                () if g.kind(a[0]) != Kind::MatMul => None,
                () if ones(right) && g.shape(right).is_column() => Some(g.sum(left)),
                () if ones(left) && g.shape(left).is_row() => Some(g.sum(right)),
                () => None,
            }
        },
    },
    Rewrite {
        name: "sum(diag(A)) = tr(A)",
        apply: |g, _, a, _| {
            (g.kind(a[0]) == Kind::Diagonal).then(|| {
                let inner = g.args(a[0])[0];
                g.trace(inner)
            })
        },
    },
    Rewrite {
        name: "sum(s 1 1ᵀ) = m n s, sum(I) = n",
        apply: |g, _, a, _| {
            let shape = g.shape(a[0]);
            match g.kind(a[0]) {
                Kind::Fill => {
                    let (s, n, m) = (g.args(a[0])[0], g.dim(shape.rows), g.dim(shape.cols));
                    Some(g.hadamard(&[n, m, s]))
                }
                Kind::Identity => Some(g.dim(shape.rows)),
                _ => None,
            }
        },
    },
    Rewrite {
        name: "sum(u ∘ v) = uᵀ v for vectors",
        apply: |g, _, a, _| {
            let shape = g.shape(a[0]);
            if g.kind(a[0]) != Kind::Hadamard || !(shape.is_column() || shape.is_row()) {
                return None;
            }
            let [u, v] = g.args(a[0])[..] else { return None };
            if [u, v].iter().any(|f| g.kind(*f) == Kind::Pow) {
                return None;
            }
            let (u, v) = if shape.is_row() { (u, g.transpose(v)) } else { (g.transpose(u), v) };
            Some(g.matmul(&[u, v]))
        },
    },
    Rewrite {
        name: "sum(Aᵀ ∘ B) = tr(A B)",
        apply: |g, _, a, _| {
            let [left, right] = g.args(a[0])[..] else { return None };
            if g.kind(a[0]) != Kind::Hadamard || g.shape(a[0]).is_thin() {
                return None;
            }
            let turned = |id: NodeId| g.factors(id).iter().all(|f| g.kind(*f) == Kind::Transpose || is_symmetric(g, *f));
            let outer = |id: NodeId| g.factors(id).iter().skip(1).any(|f| g.shape(*f).rows == Dim::ONE);
            let (first, second) = match (turned(left) || outer(left), turned(right) || outer(right)) {
                (true, _) => (left, right),
                (false, true) => (right, left),
                (false, false) => return None,
            };
            let first = g.transpose(first);
            let product = g.matmul(&[first, second]);
            Some(g.trace(product))
        },
    },
    Rewrite {
        name: "sum(A + s 1 1ᵀ) = sum(A) + m n s",
        apply: |g, _, a, _| {
            let terms = g.terms(a[0]);
            if g.kind(a[0]) != Kind::Lin || !terms.iter().any(|t| g.kind(t.1) == Kind::Fill) {
                return None;
            }
            let sums: Vec<(f64, NodeId)> = terms.into_iter().map(|(c, t)| (c, g.sum(t))).collect();
            Some(g.lin(&sums))
        },
    },
    Rewrite {
        name: "sum(A ∘ A) = ‖A‖²",
        apply: |g, _, a, _| {
            let Attr::Real(k) = g.node(a[0]).op.attr else { return None };
            (g.kind(a[0]) == Kind::Pow && k.0 == 2.0).then(|| {
                let inner = g.args(a[0])[0];
                g.unary(Kind::NormSq, inner)
            })
        },
    },
];

pub(super) const TRACE: &[Rewrite] = &[
    PULL,
    super::orthogonal::TRACE,
    Rewrite {
        name: "tr(Aᵀ) = tr(A)",
        apply: |g, _, a, _| {
            (g.kind(a[0]) == Kind::Transpose).then(|| {
                let inner = g.args(a[0])[0];
                g.trace(inner)
            })
        },
    },
    Rewrite {
        name: "tr(I) = n, tr(Diag(v)) = sum(v)",
        apply: |g, _, a, _| match g.kind(a[0]) {
            Kind::Identity => {
                let n = g.shape(a[0]).rows;
                Some(g.dim(n))
            }
            Kind::DiagMat => {
                let v = g.args(a[0])[0];
                Some(g.sum(v))
            }
            _ => None,
        },
    },
    Rewrite {
        name: "tr(u A vᵀ) = A vᵀ u, thin side out",
        apply: |g, _, a, _| {
            let factors = g.factors(a[0]);
            let at = (1..factors.len()).find(|i| g.shape(factors[*i]).rows == Dim::ONE)?;
            let turned: Vec<NodeId> = factors[at..].iter().chain(&factors[..at]).copied().collect();
            Some(g.matmul(&turned))
        },
    },
];

pub(super) const NORM_SQ: &[Rewrite] = &[
    super::orthogonal::NORM,
    Rewrite { name: "‖a‖² = a² for scalars", apply: |g, _, a, _| g.is_scalar(a[0]).then(|| g.pow(a[0], 2.0)) },
    Rewrite {
        name: "‖c A‖² = c² ‖A‖²",
        apply: |g, _, a, _| {
            let (c, inner) = single_term(g, a[0])?;
            let rest = g.unary(Kind::NormSq, inner);
            Some(g.times(c * c, rest))
        },
    },
    Rewrite {
        name: "‖Aᵀ‖² = ‖A‖², ‖Diag(v)‖² = ‖v‖²",
        apply: |g, _, a, _| {
            matches!(g.kind(a[0]), Kind::Transpose | Kind::DiagMat).then(|| {
                let inner = g.args(a[0])[0];
                g.unary(Kind::NormSq, inner)
            })
        },
    },
];

pub(super) const NORM: &[Rewrite] = &[
    super::orthogonal::NORM,
    Rewrite { name: "‖a‖ = |a| for scalars", apply: |g, _, a, _| g.is_scalar(a[0]).then(|| g.unary(Kind::Abs, a[0])) },
    Rewrite {
        name: "‖c A‖ = |c| ‖A‖",
        apply: |g, _, a, _| {
            let (c, inner) = single_term(g, a[0])?;
            let rest = g.unary(Kind::Norm, inner);
            Some(g.times(c.abs(), rest))
        },
    },
    Rewrite {
        name: "‖Aᵀ‖ = ‖A‖",
        apply: |g, _, a, _| {
            (g.kind(a[0]) == Kind::Transpose).then(|| {
                let inner = g.args(a[0])[0];
                g.unary(Kind::Norm, inner)
            })
        },
    },
];

pub(super) const FILL: &[Rewrite] = &[
    Rewrite { name: "s in the one entry", apply: |_, _, a, shape| shape.is_scalar().then(|| a[0]) },
    Rewrite {
        name: "(c s) 1 = c (s 1)",
        apply: |g, _, a, shape| {
            let (c, s) = single_term(g, a[0])?;
            let rest = g.fill(s, shape);
            Some(g.times(c, rest))
        },
    },
];

pub(super) const DIAGONAL: &[Rewrite] = &[
    PULL,
    OF_NUMBER,
    Rewrite {
        name: "diag(A Diag(v) B) = (A ∘ Bᵀ) v",
        apply: |g, _, a, _| {
            let through_diagonal = |g: &Graph, t: NodeId| {
                let factors = g.factors(t);
                (1..factors.len().saturating_sub(1)).any(|i| g.kind(factors[i]) == Kind::DiagMat)
            };
            let terms = g.terms(a[0]);
            if !terms.iter().all(|t| through_diagonal(g, t.1)) {
                return None;
            }
            let parts: Vec<(f64, NodeId)> = terms.into_iter().map(|(c, t)| (c, scaled_diagonal(g, t))).collect();
            Some(g.lin(&parts))
        },
    },
    Rewrite {
        name: "diag(u vᵀ) = u ∘ v",
        apply: |g, _, a, _| {
            let factors = g.factors(a[0]);
            let at = (1..factors.len()).find(|i| g.shape(factors[*i]).rows == Dim::ONE)?;
            let (u, v) = (g.matmul(&factors[..at]), g.matmul(&factors[at..]));
            let v = g.transpose(v);
            Some(g.hadamard(&[u, v]))
        },
    },
    Rewrite {
        name: "diag(Diag(v)) = v, diag(I) = 1",
        apply: |g, _, a, shape| match g.kind(a[0]) {
            Kind::DiagMat => Some(g.args(a[0])[0]),
            Kind::Identity => Some(g.filled(1.0, shape)),
            Kind::Fill => {
                let s = g.args(a[0])[0];
                Some(g.fill(s, shape))
            }
            Kind::Transpose => {
                let inner = g.args(a[0])[0];
                Some(g.unary(Kind::Diagonal, inner))
            }
            _ => None,
        },
    },
];

pub(super) const SLICE: &[Rewrite] = &[
    PULL,
    Rewrite {
        name: "all of A is A; a block of s 1 is s 1",
        apply: |g, op, a, shape| {
            if g.kind(a[0]) == Kind::Fill {
                let s = g.args(a[0])[0];
                return Some(g.fill(s, shape));
            }
            let Attr::Block(at) = &op.attr else { return None };
            (at.row.is_zero() && at.col.is_zero() && g.shape(a[0]) == shape).then(|| a[0])
        },
    },
    Rewrite {
        name: "a block within a block of [A B; C D] is a block of that",
        apply: |g, op, a, shape| {
            let (Attr::Block(at), Attr::Grid(width)) = (&op.attr, &g.node(a[0]).op.attr) else { return None };
            let (parts, width) = (g.args(a[0]).to_vec(), *width);
            let (i, row) = within(&at.row, shape.rows, parts.iter().step_by(width).map(|p| g.shape(*p).rows))?;
            let (j, col) = within(&at.col, shape.cols, parts.iter().take(width).map(|p| g.shape(*p).cols))?;
            let part = *parts.get(i * width + j)?;
            Some(g.make_shaped(Kind::Slice, Attr::Block(Block { row, col }), &[part], shape))
        },
    },
    Rewrite {
        name: "a block of a block of A is a block of A",
        apply: |g, op, a, shape| {
            let (Kind::Slice, Attr::Block(at), Attr::Block(inner)) = (g.kind(a[0]), &op.attr, &g.node(a[0]).op.attr) else {
                return None;
            };
            let further = |a: &Index, b: &Index| Some(Index::at(a.constant()?.checked_add(b.constant()?)?));
            let block = Block { row: further(&at.row, &inner.row)?, col: further(&at.col, &inner.col)? };
            let whole = g.args(a[0])[0];
            Some(g.make_shaped(Kind::Slice, Attr::Block(block), &[whole], shape))
        },
    },
];

/// The part that holds `len` entries from a position on, and the position in it.
fn within(at: &Index, len: Dim, sizes: impl Iterator<Item = Dim>) -> Option<(usize, Index)> {
    let mut start = Index::default();
    for (i, size) in sizes.enumerate() {
        if *at == start && len == size {
            return Some((i, Index::default()));
        }
        if let (Some(at), Some(start), Dim::Const(size), Dim::Const(len)) = (at.constant(), start.constant(), size, len)
            && at >= start
            && at + len <= start + size
        {
            return Some((i, Index::at(at - start)));
        }
        start = start.after(size);
    }
    None
}

/// `(A ∘ Bᵀ) v` for the chain `A Diag(v) B`.
fn scaled_diagonal(g: &mut Graph, chain: NodeId) -> NodeId {
    let factors = g.factors(chain);
    let at = (1..factors.len() - 1).find(|i| g.kind(factors[*i]) == Kind::DiagMat).unwrap_or(1);
    let (left, right, v) = (g.matmul(&factors[..at]), g.matmul(&factors[at + 1..]), g.args(factors[at])[0]);
    let right = g.transpose(right);
    let product = g.hadamard(&[left, right]);
    g.matmul(&[product, v])
}
