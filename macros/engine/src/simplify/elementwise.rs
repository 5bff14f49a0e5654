//! Rewrites of elementwise products, powers and functions.

use super::products::is_ones;
use super::{FLAT, Rewrite, is_zero, single_term, zero_counts};
use crate::ir::{Attr, Graph, Kind, NodeId, Op, Shape};

pub(super) const HADAMARD: &[Rewrite] = &[
    Rewrite { name: "elementwise products are flat, constants and scalars outside, powers of one base together", apply: collect },
    Rewrite {
        name: "I ∘ A = Diag(diag A)",
        apply: |g, _, args, _| {
            of_derivatives(g)?;
            let i = args.iter().position(|a| g.kind(*a) == Kind::Identity)?;
            let rest: Vec<NodeId> = args.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, a)| *a).collect();
            let rest = g.hadamard(&rest);
            let diagonal = g.unary(Kind::Diagonal, rest);
            Some(g.unary(Kind::DiagMat, diagonal))
        },
    },
    Rewrite {
        name: "A ∘ Diag(diag(c ? B : 0)) = Diag(diag(A ∘ (c ? B : 0))): what is not chosen is not computed, were it infinite",
        apply: |g, _, args, _| {
            of_derivatives(g)?;
            let (i, choice) = args.iter().enumerate().find_map(|(i, a)| {
                let diagonal = (g.kind(*a) == Kind::DiagMat).then(|| g.args(*a)[0])?;
                let choice = (g.kind(diagonal) == Kind::Diagonal).then(|| g.args(diagonal)[0])?;
                chosen_or_zero(g, choice).map(|_| (i, choice))
            })?;
            let mut factors = args.to_vec();
            factors[i] = choice;
            let product = g.hadamard(&factors);
            let diagonal = g.unary(Kind::Diagonal, product);
            Some(g.unary(Kind::DiagMat, diagonal))
        },
    },
    Rewrite {
        name: "A ∘ (c ? B : 0) = (c ? A ∘ B : 0): what is not chosen is not computed, were it infinite",
        apply: |g, _, args, _| {
            of_derivatives(g)?;
            let (i, kept) = args.iter().enumerate().find_map(|(i, a)| Some((i, chosen_or_zero(g, *a)?)))?;
            let (attr, branches) = (g.node(args[i]).op.attr.clone(), g.args(args[i]).to_vec());
            let mut factors: Vec<NodeId> = args.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, a)| *a).collect();
            factors.push(branches[kept]);
            let mut branches = branches;
            branches[kept] = g.hadamard(&factors);
            Some(g.make(Kind::Select, attr, &branches))
        },
    },
    Rewrite {
        name: "A ∘ (Σ (c ? B : 0)) = Σ (c ? A ∘ B : 0): as above, where comparisons differ",
        apply: |g, _, args, _| {
            of_derivatives(g)?;
            let unscaled = |a: NodeId| if g.kind(a) == Kind::Scale { g.args(a)[1] } else { a };
            let is_choice = |a: &NodeId| chosen_or_zero(g, unscaled(*a)).is_some();
            let i = args.iter().position(|a| g.kind(*a) == Kind::Lin && g.args(*a).iter().all(is_choice))?;
            let mut factors = args.to_vec();
            let mut products = Vec::new();
            for (c, term) in g.terms(args[i]) {
                factors[i] = term;
                products.push((c, g.hadamard(&factors)));
            }
            Some(g.lin(&products))
        },
    },
    Rewrite {
        name: "sign(x) / |x| = 1 / x",
        apply: |g, _, args, _| {
            of_derivatives(g)?;
            let sign = args.iter().position(|a| matches!(g.kind(*a), Kind::Sign | Kind::Side))?;
            let x = g.args(args[sign])[0];
            let size = args.iter().position(|a| {
                let (b, k) = base(g, *a);
                k == -1.0 && g.kind(b) == Kind::Abs && g.args(b)[0] == x
            })?;
            let share = g.pow(x, -1.0);
            let others = args.iter().enumerate().filter(|(i, _)| *i != sign && *i != size).map(|(_, a)| *a);
            let factors: Vec<NodeId> = others.chain([share]).collect();
            Some(g.hadamard(&factors))
        },
    },
    super::stable::TANH,
    Rewrite {
        name: "exp(t) σ(−t) = σ(t)",
        apply: |g, _, args, _| {
            let e = args.iter().position(|a| g.kind(*a) == Kind::Exp)?;
            let t = g.args(args[e])[0];
            let minus = g.neg(t);
            let s = args.iter().position(|a| g.kind(*a) == Kind::Sigmoid && g.args(*a)[0] == minus)?;
            let sigma = g.unary(Kind::Sigmoid, t);
            let mut rest: Vec<NodeId> = args.iter().enumerate().filter(|(j, _)| *j != e && *j != s).map(|(_, a)| *a).collect();
            rest.push(sigma);
            Some(g.hadamard(&rest))
        },
    },
];

/// Nothing, where the function itself is made: the rewrite drops a `0 · ∞`.
fn of_derivatives(g: &Graph) -> Option<()> {
    (!g.keeps_domain).then_some(())
}

/// The position of the branch `B` of `c ? B : 0` or `c ? 0 : B`.
pub(super) fn chosen_or_zero(g: &Graph, id: NodeId) -> Option<usize> {
    match g.args(id)[..] {
        [_, _, x, y] if g.kind(id) == Kind::Select && is_zero(g, x) != is_zero(g, y) => Some(if is_zero(g, y) { 2 } else { 3 }),
        _ => None,
    }
}

/// The base and exponent of a factor.
fn base(g: &Graph, id: NodeId) -> (NodeId, f64) {
    match (g.kind(id), &g.node(id).op.attr) {
        (Kind::Pow, Attr::Real(k)) => (g.args(id)[0], k.0),
        _ => (id, 1.0),
    }
}

/// `n / n = 1` for the `n` that a mean divides by, which is 1 instead of 0: of no entries, derivatives are of no use.
fn cancel_counts(g: &Graph, powers: &mut Vec<(NodeId, f64)>) {
    let count = |(id, _): &(NodeId, f64)| match g.node(*id).op.attr {
        Attr::Dim(dim) => Some(dim),
        _ => None,
    };
    let mut at = 0;
    while at < powers.len() && !g.keeps_domain {
        let (dim, k) = (count(&powers[at]), powers[at].1);
        let divisor = powers.iter().position(|(id, _)| dim.is_some_and(|dim| g.node(*id).op.attr == Attr::Divisor(dim)));
        match divisor {
            Some(divisor) => {
                powers[divisor].1 += k;
                powers.remove(at);
            }
            None => at += 1,
        }
    }
}

/// Powers of one base that come together are made one up to this: `xᵏ` and `yᵏ` may overflow where the product of the two does not.
const HIGHEST: f64 = 16.0;

/// Whether a product within a product is taken apart, beside the `powers` that are known and the factors that come: if it is short, or brings powers of
/// one base together, and makes nothing long of it. A factor at a time, products would otherwise become as long as a function, each written out in full.
fn is_spliced(g: &Graph, inner: NodeId, args: &[NodeId], powers: &[(NodeId, f64)], pending: &[NodeId]) -> bool {
    let factors = g.args(inner);
    let (mut met, mut is_high) = (0, false);
    for (b, k) in factors.iter().map(|f| base(g, *f)) {
        let coming = pending.iter().map(|a| base(g, *a));
        let beside: Vec<f64> = powers.iter().copied().chain(coming).filter(|p| p.0 == b).map(|p| p.1).collect();
        if !beside.is_empty() {
            let total = beside.iter().sum::<f64>();
            met += 1;
            is_high |= (k + total).abs() > HIGHEST.max(k.abs()).max(total.abs());
        }
    }
    let whole = powers.len() + pending.len() + factors.len() - met;
    let is_short = factors.len() + args.len() - 1 <= FLAT;
    (is_short || (met > 0 && whole <= (2 * FLAT).max(factors.len()))) && !(is_high && whole > 1)
}

/// `‖A‖² ‖A‖ᵏ = ‖A‖ᵏ⁺²`, where the square may overflow.
fn norms_together(g: &Graph, powers: &mut Vec<(NodeId, f64)>) {
    let mut at = 0;
    while at < powers.len() && !g.keeps_domain {
        let (square, k) = powers[at];
        let is_norm = |(id, _): &(NodeId, f64)| g.kind(*id) == Kind::Norm && g.args(*id) == g.args(square);
        match powers.iter().position(is_norm).filter(|_| g.kind(square) == Kind::NormSq) {
            Some(norm) => {
                powers[norm].1 += 2.0 * k;
                powers.remove(at);
            }
            None => at += 1,
        }
    }
}

/// Whether `xᵃ xᵇ = xᵃ⁺ᵇ`. Of the function itself only where both are integers, or the sum is none, and of one sign: `x² / x` is NaN at 0, `√x √x` below.
fn powers_add(a: f64, b: f64, keeps_domain: bool) -> bool {
    let (integers, one_sign) = (a.fract() == 0.0 && b.fract() == 0.0, a * b > 0.0);
    !keeps_domain || (one_sign && (integers || (a + b).fract() != 0.0))
}

fn collect(g: &mut Graph, _: &Op, args: &[NodeId], shape: Shape) -> Option<NodeId> {
    let mut coef = 1.0;
    let mut scalars = Vec::new();
    let mut powers: Vec<(NodeId, f64)> = Vec::new();
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
            Kind::Const => coef *= g.constant_value(a)?,
            Kind::Hadamard if is_spliced(g, a, args, &powers, &pending) => pending.extend(g.args(a).iter().rev()),
            Kind::Scale => {
                scalars.push(g.args(a)[0]);
                pending.push(g.args(a)[1]);
            }
            Kind::Fill => scalars.push(g.args(a)[0]),
            // 1 1ᵀ is a matrix of ones
            Kind::MatMul if matches!(g.args(a), [u, v] if is_ones(g, *u) && is_ones(g, *v) && g.shape(*v).is_row()) => {}
            _ => {
                let (b, k) = base(g, a);
                match powers.iter_mut().find(|(other, m)| *other == b && powers_add(*m, k, g.keeps_domain)) {
                    Some((_, total)) => *total += k,
                    None => powers.push((b, k)),
                }
            }
        }
    }
    cancel_counts(g, &mut powers);
    norms_together(g, &mut powers);
    let mut factors: Vec<NodeId> = Vec::new();
    for (b, k) in powers {
        if k != 0.0 {
            factors.push(g.pow(b, k));
        }
    }
    factors.sort_unstable();
    if factors == args && coef == 1.0 && scalars.is_empty() {
        return None;
    }
    let product = if factors.is_empty() { g.filled(1.0, shape) } else { g.hadamard(&factors) };
    let product = if scalars.is_empty() {
        product
    } else {
        let scalar = g.hadamard(&scalars);
        g.scale(scalar, product)
    };
    Some(g.times(coef, product))
}

pub(super) const POW: &[Rewrite] = &[
    Rewrite {
        name: "A⁰ = 1, A¹ = A, constants",
        apply: |g, op, a, shape| {
            let k = exponent(op)?;
            if k == 0.0 {
                return Some(g.filled(1.0, shape));
            }
            if k == 1.0 {
                return Some(a[0]);
            }
            let value = g.constant_value(a[0])?;
            let power = if k.fract() == 0.0 && k.abs() < 64.0 {
                #[allow(clippy::cast_possible_truncation)] // a small integer
                value.powi(k as i32)
            } else {
                value.powf(k)
            };
            (power.is_finite() && power != 0.0).then(|| g.filled(power, shape))
        },
    },
    Rewrite {
        name: "(c A)ᵏ = cᵏ Aᵏ, (s A)ᵏ = sᵏ Aᵏ, (A ∘ B)ᵏ = Aᵏ ∘ Bᵏ for integers k",
        apply: |g, op, a, shape| {
            let k = exponent(op).filter(|k| k.fract() == 0.0 && k.abs() < 64.0)?;
            if let Some((c, inner)) = single_term(g, a[0]) {
                #[allow(clippy::cast_possible_truncation)] // a small integer
                let c = c.powi(k as i32);
                let power = g.pow(inner, k);
                return (c.is_finite() && c != 0.0).then(|| g.times(c, power));
            }
            match g.kind(a[0]) {
                Kind::Scale => {
                    let (s, inner) = (g.args(a[0])[0], g.args(a[0])[1]);
                    let (s, inner) = (g.pow(s, k), g.pow(inner, k));
                    Some(g.scale(s, inner))
                }
                Kind::Fill => {
                    let s = g.pow(g.args(a[0])[0], k);
                    Some(g.fill(s, shape))
                }
                Kind::Hadamard => {
                    let factors: Vec<NodeId> = g.args(a[0]).to_vec();
                    let factors: Vec<NodeId> = factors.into_iter().map(|f| g.pow(f, k)).collect();
                    Some(g.hadamard(&factors))
                }
                _ => None,
            }
        },
    },
    Rewrite {
        name: "(Aᵏ)ᵐ = Aᵏᵐ for integers m; √(A²) = |A|",
        apply: |g, op, a, _| {
            let m = exponent(op)?;
            if g.kind(a[0]) != Kind::Pow {
                return None;
            }
            let (b, k) = base(g, a[0]);
            if m.fract() == 0.0 {
                // (√x)² is NaN where x is negative
                let loses = k.fract() != 0.0 && (k * m).fract() == 0.0;
                return (!loses || !g.keeps_domain).then(|| g.pow(b, k * m));
            }
            (k == 2.0 && m == 0.5).then(|| g.unary(Kind::Abs, b))
        },
    },
    Rewrite {
        name: "‖A‖² and √‖A‖²; |A|² = A²",
        apply: |g, op, a, _| {
            let (k, inner) = (exponent(op)?, *g.args(a[0]).first()?);
            match g.kind(a[0]) {
                Kind::Norm if k == 2.0 => Some(g.unary(Kind::NormSq, inner)),
                Kind::NormSq if k == 0.5 => Some(g.unary(Kind::Norm, inner)),
                Kind::Abs if k == 2.0 => Some(g.pow(inner, 2.0)),
                _ => None,
            }
        },
    },
    super::stable::ROOT,
    Rewrite {
        name: "sign(x)² = 1, where sign(0) is 1",
        apply: |g, op, a, shape| (g.kind(a[0]) == Kind::Side && exponent(op)? % 2.0 == 0.0).then(|| g.filled(1.0, shape)),
    },
    Rewrite {
        name: "√(xᵀ x) = ‖x‖",
        apply: |g, op, a, _| {
            let [x_t, x] = g.args(a[0])[..] else { return None };
            let is_turned = g.kind(a[0]) == Kind::MatMul && g.kind(x_t) == Kind::Transpose && g.args(x_t)[0] == x;
            (is_turned && exponent(op)? == 0.5 && g.is_scalar(a[0])).then(|| g.unary(Kind::Norm, x))
        },
    },
    Rewrite {
        name: "1 / (1 + exp(t)) = σ(−t)",
        apply: |g, op, a, _| {
            if exponent(op)? != -1.0 {
                return None;
            }
            let t = one_plus_exp(g, a[0])?;
            let minus = g.neg(t);
            Some(g.unary(Kind::Sigmoid, minus))
        },
    },
];

fn exponent(op: &Op) -> Option<f64> {
    match op.attr {
        Attr::Real(k) => Some(k.0),
        _ => None,
    }
}

/// The `t` of `1 + exp(t)`.
fn one_plus_exp(g: &Graph, id: NodeId) -> Option<NodeId> {
    let terms = g.terms(id);
    let (mut one, mut t) = (false, None);
    for (c, a) in &terms {
        match g.constant_value(*a) {
            Some(value) => one = c * value == 1.0,
            None if *c == 1.0 && g.kind(*a) == Kind::Exp => t = Some(g.args(*a)[0]),
            None => return None,
        }
    }
    t.filter(|_| one && terms.len() == 2)
}

pub(super) const FUNCTION: &[Rewrite] = &[
    Rewrite {
        name: "ln(1 + exp(t)) = softplus(t)",
        apply: |g, op, a, _| {
            let t = match op.kind {
                Kind::Ln => one_plus_exp(g, a[0])?,
                Kind::Ln1p if g.kind(a[0]) == Kind::Exp => g.args(a[0])[0],
                _ => return None,
            };
            Some(g.unary(Kind::Softplus, t))
        },
    },
    Rewrite {
        name: "ln |det(A)ᵏ ∏ x| = k ln |det A| + Σ ln |x|",
        apply: |g, op, a, _| {
            if op.kind != Kind::Ln || g.kind(a[0]) != Kind::Abs {
                return None;
            }
            let product = g.args(a[0])[0];
            let factors = if g.kind(product) == Kind::Hadamard { g.args(product).to_vec() } else { vec![product] };
            let bases: Vec<(NodeId, f64)> = factors.into_iter().map(|f| base(g, f)).collect();
            if bases.iter().any(|b| !matches!(g.kind(b.0), Kind::Det | Kind::Product)) {
                return None;
            }
            let logs: Vec<(f64, NodeId)> = bases
                .into_iter()
                .map(|(product, k)| {
                    let of = g.args(product)[0];
                    if g.kind(product) == Kind::Det {
                        return (k, g.unary(Kind::LnDet, of));
                    }
                    let sizes = g.unary(Kind::Abs, of);
                    let logs = g.unary(Kind::Ln, sizes);
                    (k, g.sum(logs))
                })
                .collect();
            Some(g.lin(&logs))
        },
    },
    Rewrite {
        name: "ln σ(t) = −softplus(−t)",
        apply: |g, op, a, _| {
            if op.kind != Kind::Ln || g.kind(a[0]) != Kind::Sigmoid {
                return None;
            }
            let minus = g.neg(g.args(a[0])[0]);
            let soft = g.unary(Kind::Softplus, minus);
            Some(g.neg(soft))
        },
    },
    Rewrite {
        name: "ln sum(exp(x)) = lse(x), ln(exp(A) 1) = lse_rows(A), ln softmax(x) = log softmax(x)",
        apply: |g, op, a, _| {
            if op.kind != Kind::Ln {
                return None;
            }
            let inner = *g.args(a[0]).first()?;
            match (g.kind(a[0]), g.kind(inner)) {
                (Kind::Sum, Kind::Exp) => Some(g.unary(Kind::LogSumExp, g.args(inner)[0])),
                (Kind::MatMul, Kind::Exp) => {
                    let [_, ones] = g.args(a[0])[..] else { return None };
                    let rows = g.constant_value(ones) == Some(1.0) && g.shape(ones).is_column();
                    rows.then(|| g.unary(Kind::LogSumExpRows, g.args(inner)[0]))
                }
                (Kind::Softmax, _) => Some(g.unary(Kind::LogSoftmax, inner)),
                (Kind::SoftmaxRows, _) => Some(g.unary(Kind::LogSoftmaxRows, inner)),
                // by its square root a determinant is positive: nothing is lost
                (Kind::Det, Kind::Chol) => Some(g.unary(Kind::LnDet, inner)),
                _ => None,
            }
        },
    },
    super::stable::LN_COSH,
    super::stable::LN_OF_DET,
    super::stable::LOG_ADD_EXP,
    Rewrite {
        name: "ln of an entry of softmax is the entry of log softmax",
        apply: |g, op, a, shape| {
            let whole = *g.args(a[0]).first()?;
            let logarithm = match g.kind(whole) {
                Kind::Softmax => Kind::LogSoftmax,
                Kind::SoftmaxRows => Kind::LogSoftmaxRows,
                _ => return None,
            };
            if op.kind != Kind::Ln || g.kind(a[0]) != Kind::Slice {
                return None;
            }
            let block = g.node(a[0]).op.attr.clone();
            let logarithms = g.unary(logarithm, g.args(whole)[0]);
            Some(g.make_shaped(Kind::Slice, block, &[logarithms], shape))
        },
    },
    Rewrite {
        name: "|−A| = |A|, cos(−A) = cos(A), f(−A) = −f(A) for odd f",
        apply: |g, op, a, _| {
            let (c, inner) = single_term(g, a[0]).filter(|(c, _)| *c < 0.0)?;
            let positive = g.times(-c, inner);
            match op.kind {
                Kind::Abs | Kind::Cos => Some(g.unary(op.kind, positive)),
                Kind::Sign | Kind::Side | Kind::Sin | Kind::Tanh => {
                    let value = g.unary(op.kind, positive);
                    Some(g.neg(value))
                }
                _ => None,
            }
        },
    },
];

pub(super) const SELECT: &[Rewrite] = &[
    Rewrite { name: "a ? b: x, x is x", apply: |_, _, a, _| (a[2] == a[3]).then(|| a[2]) },
    Rewrite {
        name: "a ? b: c x, 0 is c (a ? b: x, 0)",
        apply: |g, op, a, shape| {
            let (kept, other) = if is_zero(g, a[3]) {
                (2, 3)
            } else if is_zero(g, a[2]) {
                (3, 2)
            } else {
                return None;
            };
            debug_assert!(is_zero(g, a[other]));
            super::pull_out(g, op, a, shape, kept)
        },
    },
];
