//! Functions that the textbook writes in parts, and whose parts overflow, vanish or cancel. The rewrites of `simplify` find them.

use super::helpers::{chain, function, op, same_shape, scalar, total};
use super::{Differential, Record};
#[cfg(feature = "eval")]
use crate::eval::Mat;
use crate::ir::{Kind, NodeId};
use crate::print::Text;

// d ln(exp(a) + exp(b)) = s da + t db, s = exp(a) / (exp(a) + exp(b)), t = exp(b) / (exp(a) + exp(b))
/// `ln(exp(a) + exp(b))`
pub static LOG_ADD_EXP: Record = Record {
    name: "log_add_exp",
    spellings: &[],
    shape: same_shape,
    differential: Differential::Rule(|g, id, d| {
        let (a, b) = (g.args(id)[0], g.args(id)[1]);
        let mut part = |of: NodeId, other: NodeId, by: Option<NodeId>| {
            let share = op(g, Kind::Share, &[of, other]);
            Some(chain(g, share, by?))
        };
        let parts = [part(a, b, d[0]), part(b, a, d[1])];
        total(g, &parts)
    }),
    transpose: None,
    vec: None,
    notation: |_, _, a| Text::atom(format!("ln(exp({}) + exp({}))", a[0], a[1])),
    #[cfg(feature = "eval")]
    eval: |i| {
        Some(i.arg(0).zip(i.arg(1), |a, b| if a == b { a + 2_f64.ln() } else { a.max(b) + (-(a - b).abs()).exp().ln_1p() }))
    },
    emit: |e, id| e.scalar_function(id, "log_add_exp"),
};

// d s = s t (da − db) for s = exp(a) / (exp(a) + exp(b)), t = 1 − s
/// `exp(a) / (exp(a) + exp(b)) = σ(a − b)`
pub static SHARE: Record = Record {
    name: "share",
    spellings: &[],
    shape: same_shape,
    differential: Differential::Rule(|g, id, d| {
        let (a, b) = (g.args(id)[0], g.args(id)[1]);
        let other = op(g, Kind::Share, &[b, a]);
        let slope = g.hadamard(&[id, other]);
        let by_a = d[0].map(|da| chain(g, slope, da));
        let by_b = d[1].map(|db| {
            let part = chain(g, slope, db);
            g.neg(part)
        });
        total(g, &[by_a, by_b])
    }),
    transpose: None,
    vec: None,
    notation: |_, _, a| Text::atom(format!("σ({} − {})", a[0], a[1].bracketed_factor())),
    #[cfg(feature = "eval")]
    eval: |i| Some(i.arg(0).zip(i.arg(1), |a, b| 1.0 / (1.0 + (b - a).exp()))),
    emit: |e, id| e.scalar_function(id, "share"),
};

/// `d ln(cosh(x)) = tanh(x) dx`
pub static LN_COSH: Record = Record {
    name: "ln_cosh",
    spellings: &[],
    shape: same_shape,
    differential: Differential::Rule(|g, id, d| {
        let slope = op(g, Kind::Tanh, &[g.args(id)[0]]);
        Some(chain(g, slope, d[0]?))
    }),
    transpose: None,
    vec: None,
    notation: |_, _, a| Text::atom(format!("ln(cosh({}))", a[0])),
    #[cfg(feature = "eval")]
    eval: |i| Some(i.arg(0).map(|t| t.cosh().ln())),
    emit: |e, id| e.scalar_function(id, "ln_cosh"),
};

// with r² = a² + b²: d (a / r²) = (da − 2 (a / r²) (a da + b db)) / r²
/// `a / (a² + b²)`, 0 at a = b = 0: the slopes of `atan2`.
pub static TURN: Record = Record {
    name: "turn",
    spellings: &[],
    shape: same_shape,
    differential: Differential::Rule(|g, id, d| {
        let (a, b) = (g.args(id)[0], g.args(id)[1]);
        let (aa, bb) = (g.pow(a, 2.0), g.pow(b, 2.0));
        let radius = g.add(aa, bb);
        let share = g.pow(radius, -1.0);
        let alone = d[0].map(|da| g.hadamard(&[share, da]));
        let by_a = d[0].map(|da| g.hadamard(&[a, da]));
        let by_b = d[1].map(|db| g.hadamard(&[b, db]));
        let moved = total(g, &[by_a, by_b])?;
        let moved = g.hadamard(&[id, share, moved]);
        let moved = g.times(-2.0, moved);
        total(g, &[alone, Some(moved)])
    }),
    transpose: None,
    vec: None,
    notation: |_, _, a| {
        let below = Text::infix(" + ", &a[0].superscript("²"), &a[1].superscript("²"));
        Text::quotient(&a[0], &below)
    },
    #[cfg(feature = "eval")]
    eval: |i| Some(i.arg(0).zip(i.arg(1), |a, b| if a == 0.0 { 0.0 } else { a / (a * a + b * b) })),
    emit: |e, id| e.scalar_function(id, "turn"),
};

// d ln ∏ xᵢ = Σ dxᵢ / xᵢ
/// `ln ∏ xᵢ`
pub static LN_PRODUCT: Record = Record {
    name: "ln_product",
    spellings: &[],
    shape: scalar,
    differential: Differential::Rule(|g, id, d| {
        let share = g.pow(g.args(id)[0], -1.0);
        Some(g.inner(share, d[0]?))
    }),
    transpose: None,
    vec: None,
    notation: |_, _, a| Text::atom(format!("ln({})", function("prod", a))),
    #[cfg(feature = "eval")]
    eval: |i| Some(Mat::scalar(i.arg(0).entries().map(|e| e.2).product::<f64>().ln())),
    emit: |e, id| e.call(id, "ln_product"),
};
