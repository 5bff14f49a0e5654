//! Which nodes are orthogonal matrices, by their form; and what that shortens.

use super::{Rewrite, is_symmetric};
use crate::ir::{Attr, Graph, Kind, NodeId};

/// Whether `QᵀQ = QQᵀ = I` whatever the values of its parameters (those declared orthogonal being so).
#[must_use]
pub fn is_orthogonal(g: &Graph, id: NodeId) -> bool {
    let mut stack = vec![id];
    let mut steps = 0;
    while let Some(id) = stack.pop() {
        steps += 1;
        if steps > 64 {
            return false; // not worth the search
        }
        match g.kind(id) {
            Kind::Identity => {}
            Kind::Param if matches!(g.node(id).op.attr, Attr::Param(p) if g.promises.orthogonal.contains(&p)) => {}
            Kind::Transpose | Kind::MatMul => stack.extend(g.args(id)),
            _ => return false,
        }
    }
    true
}

/// Whether `B = Aᵀ`, by their form.
fn are_transposes(g: &Graph, a: NodeId, b: NodeId) -> bool {
    let turned = |x: NodeId, y: NodeId| g.kind(x) == Kind::Transpose && g.args(x)[0] == y;
    turned(a, b) || turned(b, a) || (a == b && is_symmetric(g, a))
}

pub(super) const PRODUCT: Rewrite = Rewrite {
    name: "Qᵀ Q = I for orthogonal Q",
    apply: |g, _, args, shape| {
        let i = (1..args.len()).find(|i| are_transposes(g, args[i - 1], args[*i]) && is_orthogonal(g, args[*i]))?;
        let rest: Vec<NodeId> = args[..i - 1].iter().chain(&args[i + 1..]).copied().collect();
        Some(if rest.is_empty() { g.identity(shape.rows) } else { g.matmul(&rest) })
    },
};

pub(super) const TRACE: Rewrite = Rewrite {
    name: "tr(Qᵀ A Q) = tr(A) for orthogonal Q",
    apply: |g, _, a, _| {
        let factors = g.factors(a[0]);
        let ([first, .., last], true) = (&factors[..], factors.len() > 2) else { return None };
        if !are_transposes(g, *first, *last) || !is_orthogonal(g, *last) {
            return None;
        }
        let inner = g.matmul(&factors[1..factors.len() - 1]);
        Some(g.trace(inner))
    },
};

pub(super) const INVERSE: Rewrite = Rewrite {
    name: "Q⁻¹ = Qᵀ for orthogonal Q",
    apply: |g, _, a, _| {
        let matrix = *g.args(a[0]).first()?;
        (g.kind(a[0]) == Kind::Lu && is_orthogonal(g, matrix)).then(|| g.transpose(matrix))
    },
};

pub(super) const LN_DETERMINANT: Rewrite = Rewrite {
    name: "ln|det Q| = 0 for orthogonal Q",
    apply: |g, _, a, _| {
        let matrix = *g.args(a[0]).first()?;
        (g.kind(a[0]) == Kind::Lu && is_orthogonal(g, matrix)).then(|| g.constant(0.0))
    },
};

pub(super) const NORM: Rewrite = Rewrite {
    name: "‖Q A‖ = ‖A‖ = ‖A Q‖, ‖Q‖² = n for orthogonal Q",
    apply: |g, op, a, _| {
        if is_orthogonal(g, a[0]) {
            let n = g.dim(g.shape(a[0]).rows);
            return Some(if op.kind == Kind::Norm { g.pow(n, 0.5) } else { n });
        }
        let factors = g.factors(a[0]);
        let last = factors.len() - 1;
        let rest = match () {
            () if last == 0 => return None,
            () if is_orthogonal(g, factors[0]) => &factors[1..],
            () if is_orthogonal(g, factors[last]) => &factors[..last],
            () => return None,
        };
        let rest = g.matmul(rest);
        Some(g.unary(op.kind, rest))
    },
};
