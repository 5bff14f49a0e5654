//! Cotangents of what has a kink, for derivatives that are differentiated in turn.
//!
//! `d ‖x‖ = xᵀ dx / ‖x‖`, with `1 / ‖x‖` taken to be 0 at 0, is right as a first derivative: the `x` beside it is 0. The gradient
//! `G = (c / ‖x‖) x` of a function with the slope `c` by the norm is differentiated once more: `dG = (c / ‖x‖) dx` at 0, and there the limit
//! of `c / ‖x‖` counts. It is the slope `∂c / ∂‖x‖` where `c` is 0, as it is of a function that is smooth as a whole; otherwise there is none, nor a second derivative.

use super::spectrum::spectrum;
use super::tangent::slope;
use super::trace_rules::pull;
use crate::ir::{Attr, Graph, Kind, NodeId};
use crate::ops::is_flat_at_zero;

/// What there is to know of the function around a node.
pub(super) struct Around<'a> {
    /// Which of its nodes move.
    pub active: &'a [bool],
    /// The cotangents that come from outside, where it is the body of a loop or a side of a branch: how they move is not known inside.
    pub given: Vec<NodeId>,
}

/// What a cotangent of a node is pulled back to, by its differential `form`: with the limits at its kink.
pub(super) fn pull_with_limits(
    g: &mut Graph,
    around: &Around<'_>,
    id: NodeId,
    form: NodeId,
    cotangent: NodeId,
) -> Vec<(NodeId, NodeId)> {
    match g.kind(id) {
        Kind::LpNorm => beside(g, id, form, cotangent),
        Kind::PowF => power(g, id, form, cotangent),
        Kind::Atan2 => angle(g, id, form, cotangent),
        Kind::EigenValues | Kind::SingularValues => vec![spectrum(g, around, id, cotangent)],
        _ => root(g, around, id, form, cotangent),
    }
}

/// The differential `k dA / B` of a norm or a root, `B` being the node itself or a power of it.
fn root(g: &mut Graph, around: &Around<'_>, id: NodeId, form: NodeId, cotangent: NodeId) -> Vec<(NodeId, NodeId)> {
    let Some((below, order)) = divisor(g, id) else { return pull(g, form, cotangent) };
    let shape = g.shape(id);
    let share = g.unary(Kind::SafeRecip, below);
    let one = g.filled(1.0, shape);
    let rest = replaced(g, form, share, one);
    if let Some(quotient) = divided(g, cotangent, below) {
        return pull(g, rest, quotient);
    }
    if g.constant_value(cotangent).is_some_and(|c| c != 0.0) {
        let recip = g.pow(below, -1.0);
        let quotient = g.hadamard(&[cotangent, recip]);
        return pull(g, rest, quotient);
    }
    let mut parts = pull(g, form, cotangent);
    if !is_infinite(g, cotangent, id) {
        let zero = g.filled(0.0, shape);
        let is_given = g.reachable(&[cotangent]).into_iter().any(|n| around.given.contains(&n));
        let at_zero = match order {
            _ if is_given => g.make(Kind::Limit, Attr::None, &[below, one, zero]),
            Order::First => slope(g, cotangent, id).unwrap_or(zero),
            Order::Lower => zero,
            Order::Higher => g.make(Kind::Limit, Attr::None, &[below, one, zero]),
        };
        let at_zero = beside_other_kinks(g, around, id, cotangent, at_zero);
        let limit = g.make(Kind::Limit, Attr::None, &[below, cotangent, at_zero]);
        parts.extend(pull(g, rest, limit));
    }
    parts
}

/// How `B` in `k dA / B` compares with the node.
enum Order {
    /// It is the node.
    First,
    /// It vanishes more slowly: what vanishes as the node does vanishes in the limit.
    Lower,
    /// It vanishes faster, or as fast as something that has a kink itself.
    Higher,
}

/// The `B` of a differential `k dA / B` that is taken to be 0 where `B` is.
fn divisor(g: &mut Graph, id: NodeId) -> Option<(NodeId, Order)> {
    let a = *g.args(id).first()?;
    match (g.kind(id), g.node(id).op.attr.clone()) {
        (Kind::Norm | Kind::Hypot, _) => Some((id, Order::First)),
        (Kind::Pow, Attr::Real(k)) if k.0 > 0.0 && k.0 < 1.0 && is_flat_at_zero(g, a) => {
            let order = match k.0 {
                k if k < 0.5 || has_kinks(g, a) => Order::Higher,
                0.5 => Order::First,
                _ => Order::Lower,
            };
            Some((g.pow(a, 1.0 - k.0), order))
        }
        (Kind::Cbrt, _) if is_flat_at_zero(g, a) => Some((g.pow(id, 2.0), Order::Higher)),
        _ => None,
    }
}

/// Whether a value may have a kink where it is 0.
fn has_kinks(g: &Graph, a: NodeId) -> bool {
    g.reachable(&[a]).into_iter().any(|n| match (g.kind(n), &g.node(n).op.attr) {
        (Kind::Pow, Attr::Real(k)) => k.0.fract() != 0.0,
        (kind, _) => matches!(
            kind,
            Kind::Abs
                | Kind::Extreme
                | Kind::Relu
                | Kind::Select
                | Kind::Norm
                | Kind::LpNorm
                | Kind::Hypot
                | Kind::Cbrt
                | Kind::PowF
        ),
    })
}

/// The slope at the kink of a node; NaN where the cotangent moves with something else that has its kink there too: in `‖x‖ ‖A x‖` neither norm knows of the
/// other.
fn beside_other_kinks(g: &mut Graph, around: &Around<'_>, id: NodeId, cotangent: NodeId, slope_here: NodeId) -> NodeId {
    let is_other = |g: &Graph, n: NodeId| {
        let kink = matches!(g.kind(n), Kind::Abs | Kind::Extreme | Kind::Norm | Kind::LpNorm | Kind::Hypot | Kind::Cbrt)
            || matches!(g.node(n).op.attr, Attr::Real(k) if g.kind(n) == Kind::Pow && k.0 > 0.0 && k.0 < 1.0);
        kink && n != id && around.active.get(n.index()) == Some(&true)
    };
    let others: Vec<NodeId> = g.reachable(&[cotangent]).into_iter().filter(|n| is_other(g, *n)).collect();
    let (shape, zero) = (g.shape(id), g.constant(0.0));
    let mut total = slope_here;
    for other in others {
        let Some(slope) = slope(g, cotangent, other) else { continue };
        // where any entry of it is 0
        let slope = if g.is_scalar(slope) { slope } else { g.unary(Kind::NormSq, slope) };
        let (slope, zero) = (g.fill(slope, g.shape(other)), g.fill(zero, g.shape(other)));
        let limits = g.make(Kind::Limit, Attr::None, &[other, slope, zero]);
        let limit = g.sum(limits);
        let limit = g.fill(limit, shape);
        total = g.add(total, limit);
    }
    total
}

/// Whether a cotangent may be infinite at the kink of the node: then so is the function, and has no limit there.
fn is_infinite(g: &Graph, cotangent: NodeId, id: NodeId) -> bool {
    g.reachable(&[cotangent]).into_iter().any(|n| {
        let divides = match (g.kind(n), &g.node(n).op.attr) {
            (Kind::Pow, Attr::Real(k)) => k.0 < 0.0,
            (kind, _) => matches!(kind, Kind::SafeRecip | Kind::Ln),
        };
        divides && g.args(n)[0] == id
    })
}

/// `c / b` where `b` is a factor of `c`, or of each of its terms.
fn divided(g: &mut Graph, c: NodeId, b: NodeId) -> Option<NodeId> {
    if g.kind(c) == Kind::Lin {
        let mut terms = Vec::new();
        for (k, term) in g.terms(c) {
            terms.push((k, divided(g, term, b)?));
        }
        return Some(g.lin(&terms));
    }
    let factors = match g.kind(c) {
        Kind::Hadamard | Kind::Scale => g.args(c).to_vec(),
        _ => vec![c],
    };
    for (i, factor) in factors.iter().enumerate() {
        let Some(quotient) = quotient(g, *factor, b) else { continue };
        let mut factors = factors.clone();
        factors[i] = quotient;
        return Some(match (g.kind(c), &factors[..]) {
            (Kind::Scale, [s, a]) => g.scale(*s, *a),
            _ => g.hadamard(&factors),
        });
    }
    None
}

/// `xᵃ / xᵇ` for `a ≥ b`; `‖x‖² / ‖x‖`.
fn quotient(g: &mut Graph, a: NodeId, b: NodeId) -> Option<NodeId> {
    if (g.kind(a), g.kind(b)) == (Kind::NormSq, Kind::Norm) && g.args(a) == g.args(b) {
        return Some(b);
    }
    let base = |id: NodeId| match g.node(id).op.attr {
        Attr::Real(k) if g.kind(id) == Kind::Pow => (g.args(id)[0], k.0),
        _ => (id, 1.0),
    };
    let ((x, k), (y, m)) = (base(a), base(b));
    (x == y && k >= m).then(|| g.pow(x, k - m))
}

/// A node with another in place of one that it is made of.
fn replaced(g: &mut Graph, id: NodeId, old: NodeId, new: NodeId) -> NodeId {
    let mut place = std::collections::HashMap::from([(old, new)]);
    for node in g.reachable(&[id]).into_iter().filter(|n| *n > old) {
        if !g.args(node).iter().any(|a| place.contains_key(a)) {
            continue;
        }
        let args: Vec<NodeId> = g.args(node).iter().map(|a| place.get(a).copied().unwrap_or(*a)).collect();
        let (op, shape) = (g.node(node).op.clone(), g.shape(node));
        let made = g.make_shaped(op.kind, op.attr, &args, shape);
        place.insert(node, made);
    }
    place.get(&id).copied().unwrap_or(id)
}

/// A norm `‖A‖ₚ`: the slopes by it of what is smooth at 0 vanish there twice, as `‖A‖₄⁴` does.
fn beside(g: &mut Graph, id: NodeId, form: NodeId, cotangent: NodeId) -> Vec<(NodeId, NodeId)> {
    let mut parts = pull(g, form, cotangent);
    let (a, zero) = (g.args(id)[0], g.constant(0.0));
    let second = match slope(g, cotangent, id) {
        Some(slope) => g.make(Kind::Limit, Attr::None, &[id, slope, zero]),
        None => zero,
    };
    let limit = g.make(Kind::Limit, Attr::None, &[id, cotangent, second]);
    parts.push((a, g.scale(limit, a)));
    parts
}

/// An angle: what is smooth at the origin in polar coordinates is not seen to be so.
fn angle(g: &mut Graph, id: NodeId, form: NodeId, cotangent: NodeId) -> Vec<(NodeId, NodeId)> {
    let mut parts = pull(g, form, cotangent);
    let args = g.args(id).to_vec();
    let radius = g.make(Kind::Hypot, Attr::None, &args);
    let (one, zero) = (g.filled(1.0, g.shape(id)), g.filled(0.0, g.shape(id)));
    // a weight may be 0
    let above = if slope(g, cotangent, id).is_some() { one } else { cotangent };
    let limit = g.make(Kind::Limit, Attr::None, &[radius, above, zero]);
    for (a, part) in &mut parts {
        let none = g.hadamard(&[limit, *a]);
        *part = g.add(*part, none);
    }
    parts
}

// c y xʸ⁻¹ dx, where x is 0 and at its smallest
/// A power `xʸ` of such an `x`: 0 in the first derivative, as `dx` is.
fn power(g: &mut Graph, id: NodeId, form: NodeId, cotangent: NodeId) -> Vec<(NodeId, NodeId)> {
    let mut parts = pull(g, form, cotangent);
    let (x, y) = (g.args(id)[0], g.args(id)[1]);
    if parts.iter().any(|p| p.0 == x) && is_flat_at_zero(g, x) {
        let one = g.filled(1.0, g.shape(id));
        let less = g.sub(y, one);
        let power = g.make(Kind::PowF, Attr::None, &[x, less]);
        let slope = g.hadamard(&[cotangent, y, power]);
        let weight = g.hadamard(&[y, id]);
        parts.push((x, g.make(Kind::Limit, Attr::None, &[x, weight, slope])));
    }
    parts
}
