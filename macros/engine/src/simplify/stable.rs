//! Rewrites into functions whose parts overflow, vanish or cancel where the whole does not.

use super::{FLAT, Rewrite, rewrite, single_term};
use crate::ir::{Attr, Graph, Kind, NodeId, Op, Shape};

pub(super) const LN_COSH: Rewrite = Rewrite {
    name: "ln(cosh(t)) is one function",
    apply: |g, op, a, _| {
        (op.kind == Kind::Ln && g.kind(a[0]) == Kind::Cosh).then(|| {
            let t = g.args(a[0])[0];
            g.unary(Kind::LnCosh, t)
        })
    },
};

pub(super) const LN_OF_DET: Rewrite = Rewrite {
    name: "ln(det(A)) by the factorization, ln(∏ x) by the entries",
    apply: |g, op, a, _| {
        if op.kind != Kind::Ln {
            return None;
        }
        let of = *g.args(a[0]).first()?;
        match g.kind(a[0]) {
            Kind::Det if g.kind(of) == Kind::Lu => Some(g.unary(Kind::LnOfDet, of)),
            Kind::Product => Some(g.unary(Kind::LnProduct, of)),
            _ => None,
        }
    },
};

pub(super) const LOG_ADD_EXP: Rewrite = Rewrite {
    name: "ln(Σ cᵢ exp(tᵢ)) shifted by the largest tᵢ + ln cᵢ, for cᵢ > 0",
    apply: |g, op, a, shape| {
        let mut terms = g.terms(a[0]);
        match op.kind {
            Kind::Ln if terms.len() > 1 => {}
            Kind::Ln1p => terms.push((1.0, g.filled(1.0, shape))),
            _ => return None,
        }
        let grows = |(_, t): &(f64, NodeId)| logarithm(g, *t).is_some();
        let all = terms.len() <= FLAT
            && terms.iter().all(|t| t.0 > 0.0 && (grows(t) || g.constant_value(t.1).is_some_and(|v| v > 0.0)));
        if !all || !terms.iter().any(grows) {
            return None;
        }
        let mut logarithms = Vec::new();
        for (c, term) in terms {
            let exponent = logarithm(g, term).map(|(kind, t)| if kind == Kind::Exp { t } else { g.unary(Kind::LogSumExp, t) });
            let constant = g.constant_value(term).unwrap_or(1.0) * c;
            let shift = g.filled(constant.ln(), shape);
            logarithms.push(exponent.map_or(shift, |t| g.add(t, shift)));
        }
        logarithms.into_iter().reduce(|a, b| g.make(Kind::LogAddExp, Attr::None, &[a, b]))
    },
};

/// What a term of the sum is the exponential of: `t` of `exp(t)`, `x` of `sum(exp(x))`.
fn logarithm(g: &Graph, term: NodeId) -> Option<(Kind, NodeId)> {
    let of = *g.args(term).first()?;
    match g.kind(term) {
        Kind::Exp => Some((Kind::Exp, of)),
        Kind::Sum if g.kind(of) == Kind::Exp => Some((Kind::Sum, g.args(of)[0])),
        _ => None,
    }
}

/// `log₂(y) = ln(y) / ln 2`, where `ln(y)` is something better than the logarithm of `y`.
pub(super) const OTHER_BASES: &[Rewrite] = &[Rewrite {
    name: "log₂ and log₁₀ of what has a stable logarithm",
    apply: |g, op, a, shape| {
        let base = if op.kind == Kind::Log2 { std::f64::consts::LOG2_E } else { std::f64::consts::LOG10_E };
        let natural = rewrite(g, &Op { kind: Kind::Ln, attr: Attr::None }, a, shape)?;
        Some(g.times(base, natural))
    },
}];

pub(super) const TANH: Rewrite = Rewrite {
    name: "sinh(t) / cosh(t) = tanh(t)",
    apply: |g, _, args, _| {
        // both overflow, and the function is NaN there
        if g.keeps_domain {
            return None;
        }
        let sinh = args.iter().position(|a| g.kind(*a) == Kind::Sinh)?;
        let t = g.args(args[sinh])[0];
        let (below, k) = args.iter().enumerate().find_map(|(i, a)| match g.node(*a).op.attr {
            Attr::Real(k) if g.kind(*a) == Kind::Pow && k.0 <= -1.0 => {
                let base = g.node(g.args(*a)[0]);
                (base.op.kind == Kind::Cosh && base.args[0] == t).then_some((i, k.0))
            }
            _ => None,
        })?;
        let (tanh, cosh) = (g.unary(Kind::Tanh, t), g.args(args[below])[0]);
        let rest = g.pow(cosh, k + 1.0);
        let others = args.iter().enumerate().filter(|(i, _)| *i != sinh && *i != below).map(|(_, a)| *a);
        let factors: Vec<NodeId> = others.chain([tanh, rest]).collect();
        Some(g.hadamard(&factors))
    },
};

pub(super) const ROOT: Rewrite = Rewrite {
    name: "√(c ‖A‖²) = √c ‖A‖ for a number c > 0, and a size c",
    apply: |g, op, a, shape| root(g, op, a, shape),
};

fn root(g: &mut Graph, op: &Op, a: &[NodeId], _: Shape) -> Option<NodeId> {
    if !matches!(op.attr, Attr::Real(k) if k.0 == 0.5) || !g.is_scalar(a[0]) {
        return None;
    }
    let (c, product) = single_term(g, a[0]).unwrap_or((1.0, a[0]));
    let factors = if g.kind(product) == Kind::Hadamard { g.args(product).to_vec() } else { vec![product] };
    let is_size = |id: NodeId| g.kind(id) == Kind::Dim || g.kind(id) == Kind::Pow && g.kind(g.args(id)[0]) == Kind::Dim;
    let is_square = |id: NodeId| g.kind(id) == Kind::NormSq || is_inner(g, id);
    let [square] = factors.iter().copied().filter(|f| is_square(*f)).collect::<Vec<_>>()[..] else { return None };
    if c <= 0.0 || factors.len() == 1 && c == 1.0 || factors.iter().any(|f| *f != square && !is_size(*f)) {
        return None;
    }
    let mut roots = Vec::new();
    for f in factors {
        roots.push(g.pow(f, 0.5));
    }
    let product = g.hadamard(&roots);
    Some(g.times(c.sqrt(), product))
}

/// `xᵀ x`
fn is_inner(g: &Graph, id: NodeId) -> bool {
    matches!(g.args(id)[..], [x_t, x] if g.kind(id) == Kind::MatMul && g.kind(x_t) == Kind::Transpose && g.args(x_t)[0] == x)
}
