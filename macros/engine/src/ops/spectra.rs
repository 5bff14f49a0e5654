//! Matrices with a given spectrum: gradients of functions of eigenvalues and singular values, to be differentiated in turn.
//!
//! A function of the spectrum that does not care for its order is smooth where two values meet, though neither these nor their vectors are. What
//! a pair of values adds to its second derivative is a quotient of differences, and where they meet the limit of it.

use super::helpers::{op, total, tr};
use super::{Differential, Record};
use crate::diff;
#[cfg(feature = "eval")]
use crate::eval::Mat;
use crate::ir::{Attr, Dim, Graph, Kind, NodeId, Real, Shape};
use crate::print::Text;

// dG = Q (Diag(dc) + W ∘ (Qᵀ dA Q)) Qᵀ, Wᵢⱼ = (cᵢ − cⱼ) / (λᵢ − λⱼ) off the diagonal, for symmetric dA   [Daleckii & Krein 1965; Lewis & Sendov 2001]
/// `G = Q Diag(c) Qᵀ`, its operands the decomposition, `c` and `Q`, and a vector with NaN for eigenvalues that have no limit where they meet others. How
/// `Q` moves is in the equation.
pub static WITH_EIGENVALUES: Record = Record {
    name: "with_eigenvalues",
    spellings: &[],
    shape: super::helpers::given,
    differential: Differential::Rule(|g, id, d| {
        let (f, c, q) = (g.args(id)[0], g.args(id)[1], g.args(id)[2]);
        let turned = tr(g, q);
        let diagonal = d[1].map(|dc| op(g, Kind::DiagMat, &[dc]));
        let beside = d[0].map(|da| {
            let lambda = op(g, Kind::EigenValues, &[f]);
            let shares = shares(g, lambda, c, g.args(id).get(3).copied(), Pair::Difference);
            let da_t = tr(g, da);
            let da = g.lin(&[(0.5, da), (0.5, da_t)]);
            let inner = g.matmul(&[turned, da, q]);
            g.hadamard(&[shares, inner])
        });
        let inner = total(g, &[diagonal, beside])?;
        Some(g.matmul(&[q, inner, turned]))
    }),
    transpose: None,
    vec: None,
    notation: |_, _, a| Text::product(&[a[2].clone(), super::helpers::function("Diag", &a[1..2]), a[2].transposed()]),
    #[cfg(feature = "eval")]
    eval: |i| Some(between(i.arg(2), i.arg(1), &i.arg(2).transpose())),
    emit: |e, id| e.with_spectrum(id),
};

// dG = U (Diag(dc) + W₋ ∘ ½ (M + Mᵀ) + W₊ ∘ ½ (M − Mᵀ)) Vᵀ + (dX V − U M) Diag(c ⊘ σ) Vᵀ + U Diag(c ⊘ σ) (Uᵀ dX − M Vᵀ), M = Uᵀ dX V,
// W∓ᵢⱼ = (cᵢ ∓ cⱼ) / (σᵢ ∓ σⱼ)                                               [the differentials of U and V, as they stand there]
/// `G = U Diag(c) Vᵀ`, its operands the decomposition, `c`, `U` and `Vᵀ`, and a vector as in [`WITH_EIGENVALUES`].
pub static WITH_SINGULAR_VALUES: Record = Record {
    name: "with_singular_values",
    spellings: &[],
    shape: super::helpers::given,
    differential: Differential::Rule(|g, id, d| {
        let [f, c, u, v_t, ..] = g.args(id)[..] else { return None };
        let moved = d[0].map(|dx| {
            let sigma = op(g, Kind::SingularValues, &[f]);
            let unknown = g.args(id).get(4).copied();
            turned_and_out(g, [sigma, c, u, v_t], unknown, dx)
        });
        let diagonal = d[1].map(|dc| op(g, Kind::DiagMat, &[dc]));
        let inner = total(g, &[diagonal, moved.map(|m| m.0)])?;
        let within = g.matmul(&[u, inner, v_t]);
        total(g, &[Some(within), moved.and_then(|m| m.1)])
    }),
    transpose: None,
    vec: None,
    notation: |_, _, a| Text::product(&[a[2].clone(), super::helpers::function("Diag", &a[1..2]), a[3].clone()]),
    #[cfg(feature = "eval")]
    eval: |i| Some(between(i.arg(2), i.arg(1), i.arg(3))),
    emit: |e, id| e.with_spectrum(id),
};

/// What `dX` does within the spaces of `U` and `V`, turned into their coordinates, and what it does out of them.
fn turned_and_out(
    g: &mut Graph,
    [sigma, c, u, v_t]: [NodeId; 4],
    unknown: Option<NodeId>,
    dx: NodeId,
) -> (NodeId, Option<NodeId>) {
    let (v, u_t) = (tr(g, v_t), tr(g, u));
    let m = g.matmul(&[u_t, dx, v]);
    let m_t = tr(g, m);
    let (less, more) = (shares(g, sigma, c, unknown, Pair::Difference), shares(g, sigma, c, unknown, Pair::Sum));
    let (even, odd) = (g.lin(&[(0.5, m), (0.5, m_t)]), g.lin(&[(0.5, m), (-0.5, m_t)]));
    let (even, odd) = (g.hadamard(&[less, even]), g.hadamard(&[more, odd]));
    let within = g.add(even, odd);

    let by_sigma = op(g, Kind::Diagonal, &[more]);
    let by_sigma = op(g, Kind::DiagMat, &[by_sigma]);
    let shape = g.shape(dx);
    let larger = |a: Dim, b: Dim| a != b && !matches!((a, b), (Dim::Const(a), Dim::Const(b)) if a < b);
    let left = larger(shape.rows, shape.cols).then(|| {
        let (moved, inside) = (g.matmul(&[dx, v]), g.matmul(&[u, m]));
        let out = g.sub(moved, inside);
        g.matmul(&[out, by_sigma, v_t])
    });
    let right = larger(shape.cols, shape.rows).then(|| {
        let (moved, inside) = (g.matmul(&[u_t, dx]), g.matmul(&[m, v_t]));
        let out = g.sub(moved, inside);
        g.matmul(&[u, by_sigma, out])
    });
    (within, total(g, &[left, right]))
}

/// Of two values `vᵢ` and `vⱼ` with the slopes `cᵢ` and `cⱼ`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pair {
    /// `(cᵢ − cⱼ) / (vᵢ − vⱼ)`
    Difference,
    /// `(cᵢ + cⱼ) / (vᵢ + vⱼ)`, and `cᵢ / vᵢ` on the diagonal.
    Sum,
}

// Let c be the gradient h' of a function that does not change when vᵢ and vⱼ are exchanged, and H = ∂c/∂v. Along (eᵢ − eⱼ) it is even, and so
// (cᵢ − cⱼ) / (vᵢ − vⱼ) → ½ (Hᵢᵢ + Hⱼⱼ − Hᵢⱼ − Hⱼᵢ), an error of the second order in vᵢ − vⱼ away; likewise for sums, where it is even in v.
/// The quotients of a pair, with their limits where values meet; zeros on the diagonal of those of differences.
fn shares(g: &mut Graph, v: NodeId, c: NodeId, unknown: Option<NodeId>, pair: Pair) -> NodeId {
    let n = g.shape(v).rows;
    let shape = Shape::new(n, n);
    let mut terms = Vec::new();
    if let Some(slopes) = diff::slopes(g, c, v) {
        terms.push((1.0, limits(g, slopes, pair)));
    }
    if let Some(unknown) = unknown {
        let (down, across) = spread(g, unknown);
        terms.extend([(1.0, down), (1.0, across)]);
    }
    let limits = if terms.is_empty() { g.filled(0.0, shape) } else { g.lin(&terms) };
    let sign = if pair == Pair::Difference { -1.0 } else { 1.0 };
    g.make_shaped(Kind::DividedDifferences, Attr::Real(Real(sign)), &[v, c, limits], shape)
}

fn limits(g: &mut Graph, slopes: NodeId, pair: Pair) -> NodeId {
    let diagonal = op(g, Kind::Diagonal, &[slopes]);
    let ((down, across), turned) = (spread(g, diagonal), tr(g, slopes));
    if pair == Pair::Difference {
        return g.lin(&[(0.5, down), (0.5, across), (-0.5, slopes), (-0.5, turned)]);
    }
    let alone = op(g, Kind::DiagMat, &[diagonal]);
    g.lin(&[(0.5, down), (0.5, across), (0.5, slopes), (0.5, turned), (-1.0, alone)])
}

/// `a 1ᵀ` and `1 aᵀ`
fn spread(g: &mut Graph, a: NodeId) -> (NodeId, NodeId) {
    let ones = g.filled(1.0, Shape::new(Dim::ONE, g.shape(a).rows));
    let down = g.matmul(&[a, ones]);
    (down, tr(g, down))
}

/// `(cᵢ ∓ cⱼ) / (vᵢ ∓ vⱼ)`, the third operand where values meet and slopes are those of something smooth, NaN where they meet and slopes are not. Made
/// after differentiation.
pub static DIVIDED_DIFFERENCES: Record = Record {
    name: "divided_differences",
    spellings: &[],
    shape: super::helpers::given,
    differential: Differential::Zero,
    transpose: None,
    vec: None,
    notation: |g, id, a| {
        let sign = if is_sum(g, id) { '+' } else { '−' };
        let of = |a: &Text| {
            let a = if a.bracketed() == a.as_str() && !a.as_str().contains('^') { a.to_string() } else { format!("({a})") };
            format!("({a}ᵢ {sign} {a}ⱼ)")
        };
        Text::atom(format!("[{} / {}]", of(&a[1]), of(&a[0])))
    },
    #[cfg(feature = "eval")]
    eval: |i| {
        let (v, c, limits) = (i.arg(0), i.arg(1), i.arg(2));
        let Attr::Real(sign) = i.attr() else { return None };
        Some(Mat::from_fn(v.rows, v.rows, |p, q| {
            let (gap, rise) = (v.data[p] + sign.0 * v.data[q], c.data[p] + sign.0 * c.data[q]);
            match (gap.abs() <= 1e-13 * v.max_abs(), rise.abs() <= 1e-11 * c.max_abs()) {
                _ if sign.0 < 0.0 && p == q => 0.0,
                (false, _) => rise / gap,
                (true, true) => limits.at(p, q),
                (true, false) => f64::NAN,
            }
        }))
    },
    emit: |e, id| {
        let name = if is_sum(e.graph(), id) { "divided_sums" } else { "divided_differences" };
        e.call(id, name)
    },
};

fn is_sum(g: &Graph, id: NodeId) -> bool {
    matches!(g.node(id).op.attr, Attr::Real(sign) if sign.0 > 0.0)
}

#[cfg(feature = "eval")]
fn between(left: &Mat, c: &Mat, right: &Mat) -> Mat {
    Mat::from_fn(left.rows, left.cols, |r, k| left.at(r, k) * c.data[k]).mul(right)
}
