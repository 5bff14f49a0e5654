//! Rewrites of sums.

use std::collections::HashMap;

use super::{FLAT, LONG, Rewrite, blocks, elementwise, factor, is_finite, single_term};
use crate::ir::{Attr, Dim, Graph, Kind, NodeId, Op, Shape};

pub(super) const LIN: &[Rewrite] = &[
    Rewrite { name: "Σ cᵢAᵢ flat, like terms together, constants folded", apply: collect },
    Rewrite { name: "c (1 − σ(t)) = c σ(−t)", apply: complement },
    Rewrite { name: "x − lse(x) 1 = log softmax(x)", apply: log_softmax },
    Rewrite { name: "a e₁ + b e₂ = (a, b)", apply: entries },
    Rewrite {
        name: "place(A at ·, 0) + place(B at ·, 1..) = [A, B]",
        apply: |g, op, args, shape| blocks::beside(g, &terms(op, args), shape),
    },
    Rewrite { name: "(c ? A : 0) + (c ? B : 0) = (c ? A + B : 0)", apply: choices },
    Rewrite { name: "AB + AC = A (B + C)", apply: |g, op, args, _| factor::common_factors(g, &terms(op, args)) },
    Rewrite { name: "s A + t A = (s + t) A", apply: |g, op, args, _| factor::common_matrix(g, &terms(op, args)) },
    Rewrite { name: "s A + s B = s (A + B)", apply: |g, op, args, _| factor::common_scalar(g, &terms(op, args)) },
    Rewrite { name: "A ∘ K + B ∘ K = (A + B) ∘ K", apply: |g, op, args, _| factor::common_entries(g, &terms(op, args)) },
    Rewrite { name: "c A ± c B = c (A ± B)", apply: common_coefficient },
];

fn terms(op: &Op, args: &[NodeId]) -> Vec<(f64, NodeId)> {
    match &op.attr {
        Attr::Coefs(coefs) => coefs.iter().map(|c| c.0).zip(args.iter().copied()).collect(),
        _ => Vec::new(),
    }
}

/// `x − lse(x) 1`, of a vector.
fn log_softmax(g: &mut Graph, op: &Op, args: &[NodeId], shape: Shape) -> Option<NodeId> {
    let terms = terms(op, args);
    let of = |(c, spread): (f64, NodeId)| {
        let s = *g.args(spread).first().filter(|_| c == -1.0 && g.kind(spread) == Kind::Fill)?;
        (g.kind(s) == Kind::LogSumExp).then(|| g.args(s)[0])
    };
    let x = match terms[..] {
        [(1.0, x), spread] | [spread, (1.0, x)] if of(spread) == Some(x) => x,
        _ => return None,
    };
    (shape.is_column() || shape.is_row()).then(|| g.unary(Kind::LogSoftmax, x))
}

/// Nested sums spliced, equal terms added up, constants folded into one, a long sum as a sum of sums; `None` if that is the sum as it
/// stands.
fn collect(g: &mut Graph, op: &Op, args: &[NodeId], shape: Shape) -> Option<NodeId> {
    let given = terms(op, args);
    let mut flat: Vec<(f64, NodeId)> = Vec::new();
    for (c, a) in &given {
        let inner = g.terms(*a);
        let whole = flat.len() + given.len() + inner.len();
        // 2 (A − B) stays: spreading the factor is no gain
        let is_flat = if c.abs() == 1.0 { whole <= 2 * FLAT } else { whole <= LONG && spreads(g, *c, &inner) };
        if g.kind(*a) == Kind::Lin && (inner.len() == 1 || is_flat) {
            flat.extend(inner.iter().map(|(k, b)| (c * k, *b)));
        } else {
            flat.push((*c, *a));
        }
    }
    let mut place: HashMap<NodeId, usize> = HashMap::new();
    let mut terms: Vec<(f64, NodeId)> = Vec::new();
    let mut constant: Option<usize> = None;
    for (c, a) in flat {
        if let Some(value) = g.constant_value(a) {
            let at = *constant.get_or_insert_with(|| {
                terms.push((0.0, a));
                terms.len() - 1
            });
            terms[at].0 += c * value;
        } else if let Some(at) = place.get(&a) {
            terms[*at].0 += c;
        } else {
            place.insert(a, terms.len());
            terms.push((c, a));
        }
    }
    if let Some(at) = constant {
        terms[at] = match terms[at].0 {
            0.0 => (0.0, terms[at].1),
            value if shape.is_scalar() => (1.0, g.constant(value)),
            value => (value, g.filled(1.0, shape)),
        };
    }
    // x − x is NaN where x is infinite
    terms.retain(|(c, a)| *c != 0.0 || (g.keeps_domain && !is_finite(g, *a)));
    match terms[..] {
        [] => Some(g.filled(0.0, shape)),
        [(1.0, a)] => Some(a),
        // a constant matrix is one fill
        [(c, a)] if g.constant_value(a) == Some(1.0) && !shape.is_scalar() => Some(g.filled(c, shape)),
        // blocks in zeros are added in one place, however many there are
        _ if terms.len() > LONG && terms.iter().all(|t| g.kind(t.1) != Kind::Place) => {
            let pieces: Vec<(f64, NodeId)> = terms.chunks(LONG).map(|piece| (1.0, g.lin(piece))).collect();
            Some(g.lin(&pieces))
        }
        _ if are_same(&terms, &given) => None,
        _ => Some(g.lin(&terms)),
    }
}

/// Whether two sums are the same, term by term: a coefficient that is NaN is itself.
fn are_same(a: &[(f64, NodeId)], b: &[(f64, NodeId)]) -> bool {
    let same = |((c, a), (k, b)): (&(f64, NodeId), &(f64, NodeId))| a == b && (c == k || (c.is_nan() && k.is_nan()));
    a.len() == b.len() && a.iter().zip(b).all(same)
}

/// Whether `c (k A + l)` is fewer multiplications as `(c k) A + c l`.
fn spreads(g: &Graph, c: f64, inner: &[(f64, NodeId)]) -> bool {
    let count = |c: f64| inner.iter().filter(|(k, a)| (c * k).abs() != 1.0 && g.constant_value(*a).is_none()).count();
    count(c) < 1 + count(1.0)
}

/// `c − c σ(t) = c σ(−t)`: keeps the digits that the difference loses.
fn complement(g: &mut Graph, op: &Op, args: &[NodeId], _: Shape) -> Option<NodeId> {
    let mut terms = terms(op, args);
    let one = terms.iter().position(|(_, a)| g.constant_value(*a).is_some())?;
    let c = terms[one].0 * g.constant_value(terms[one].1)?;
    let sigma = terms.iter().position(|(k, a)| *k == -c && g.kind(*a) == Kind::Sigmoid)?;
    let t = g.args(terms[sigma].1)[0];
    let minus = g.neg(t);
    terms[sigma] = (c, g.unary(Kind::Sigmoid, minus));
    terms.remove(one);
    debug_assert!(single_term(g, terms[0].1).is_none());
    Some(g.lin(&terms))
}

/// `c A − c B = c (A − B)`: one factor for all terms.
fn common_coefficient(g: &mut Graph, op: &Op, args: &[NodeId], _: Shape) -> Option<NodeId> {
    let terms = terms(op, args);
    // a positive term stays positive: −c A + c B = c (B − A)
    let c = terms.iter().map(|t| t.0).find(|c| *c > 0.0).or(terms.first().map(|t| t.0))?;
    if terms.len() < 2 || c == 0.0 || !c.is_finite() || c.abs() == 1.0 || terms.iter().any(|t| t.0.abs() != c.abs()) {
        return None;
    }
    let inner: Vec<(f64, NodeId)> = terms.into_iter().map(|(k, a)| (k / c, a)).collect();
    let sum = g.lin(&inner);
    Some(g.times(c, sum))
}

/// A sum of entries placed in a small vector or matrix is that vector or matrix, written out.
fn entries(g: &mut Graph, op: &Op, args: &[NodeId], shape: Shape) -> Option<NodeId> {
    let (Dim::Const(rows), Dim::Const(cols)) = (shape.rows, shape.cols) else { return None };
    let terms = terms(op, args);
    if terms.len() < 2 || rows * cols > 36 {
        return None;
    }
    // row by row, as a block matrix is
    let mut sums: Vec<Vec<(f64, NodeId)>> = vec![Vec::new(); rows * cols];
    for (c, a) in terms {
        let (Kind::Place, Attr::Block(at)) = (g.kind(a), &g.node(a).op.attr) else { return None };
        let (row, col, entry) = (at.row.constant()?, at.col.constant()?, g.args(a)[0]);
        if !g.is_scalar(entry) {
            return None;
        }
        sums.get_mut(row * cols + col)?.push((c, entry));
    }
    let written: Vec<NodeId> = sums.iter().map(|s| if s.is_empty() { g.constant(0.0) } else { g.lin(s) }).collect();
    Some(g.make(Kind::Stack, Attr::Grid(cols), &written))
}

/// Terms that one comparison chooses are one choice.
fn choices(g: &mut Graph, op: &Op, args: &[NodeId], _: Shape) -> Option<NodeId> {
    let terms = terms(op, args);
    let comparison = |g: &Graph, a: NodeId| {
        let kept = elementwise::chosen_or_zero(g, a)?;
        Some((g.node(a).op.clone(), g.args(a)[..2].to_vec(), kept))
    };
    let known: Vec<_> = terms.iter().map(|t| comparison(g, t.1)).collect();
    let lead = (0..known.len()).find(|i| known[*i].is_some() && known[i + 1..].contains(&known[*i]))?;
    let kept = known[lead].as_ref()?.2;
    let (same, rest): (Vec<_>, Vec<_>) = (0..terms.len()).partition(|i| known[*i] == known[lead]);
    let inner: Vec<(f64, NodeId)> = same.iter().map(|i| (terms[*i].0, g.args(terms[*i].1)[kept])).collect();
    let mut branches = g.args(terms[lead].1).to_vec();
    branches[kept] = g.lin(&inner);
    let (kind, attr) = (Kind::Select, g.node(terms[lead].1).op.attr.clone());
    let choice = g.make(kind, attr, &branches);
    let mut total: Vec<(f64, NodeId)> = rest.into_iter().map(|i| terms[i]).collect();
    total.insert(lead.min(total.len()), (1.0, choice));
    Some(g.lin(&total))
}
