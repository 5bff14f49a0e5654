//! Reductions: from many entries to one.

use super::helpers::{function, op, scalar, square_to_scalar};
use super::{Differential, Record, Spelling, rows};
#[cfg(feature = "eval")]
use crate::eval::Mat;
use crate::ir::{Attr, Cmp, Dim, Graph, Kind, NodeId, Real, Shape};
use crate::lower::{Call, Lowerer, Refusal, Value};
use crate::print::Text;

// d sum(A) = sum(dA);  ⟨g, sum(dA)⟩ = ⟨g 1 1ᵀ, dA⟩
/// `Σ Aᵢⱼ`; spelled `sum`, `mean`, `variance`.
pub static SUM: Record = Record {
    name: "sum",
    spellings: &[
        Spelling::matrix("sum", &[0], |cx, call| {
            let a = cx.receiver(call)?;
            Ok(cx.scalar(|g| g.sum(a)))
        }),
        Spelling::matrix("mean", &[0], |cx, call| {
            let a = cx.receiver(call)?;
            Ok(cx.scalar(|g| mean(g, a)))
        }),
        // var(A) = mean((A − mean(A))²), nalgebra's: the population variance
        Spelling::matrix("variance", &[0], |cx, call| {
            let a = cx.receiver(call)?;
            Ok(cx.scalar(|g| {
                let shape = g.shape(a);
                let centre = mean(g, a);
                let centre = g.fill(centre, shape);
                let centred = g.sub(a, centre);
                let squares = op(g, Kind::NormSq, &[centred]);
                let n = count(g, shape);
                g.div(squares, n)
            }))
        }),
    ],
    shape: scalar,
    differential: Differential::Linear,
    transpose: Some(|g, id, _, cot| {
        let shape = g.shape(g.args(id)[0]);
        g.fill(cot, shape)
    }),
    vec: Some(|g, _, _, j| {
        let ones = g.filled(1.0, Shape::new(Dim::ONE, g.shape(j).rows));
        g.matmul(&[ones, j])
    }),
    notation: |_, _, a| function("sum", a),
    #[cfg(feature = "eval")]
    eval: |i| Some(Mat::scalar(i.arg(0).entries().map(|e| e.2).sum())),
    emit: |e, id| e.sum(id),
};

/// The number of entries; of none, what leaves 0 as it is: the mean of no entries is nalgebra's, 0.
fn count(g: &mut Graph, shape: Shape) -> NodeId {
    let (rows, cols) = (g.divisor(shape.rows), g.divisor(shape.cols));
    g.hadamard(&[rows, cols])
}

fn mean(g: &mut Graph, a: NodeId) -> NodeId {
    let (total, n) = (g.sum(a), count(g, g.shape(a)));
    g.div(total, n)
}

// d tr(A) = tr(dA);  ⟨g, tr(dA)⟩ = ⟨g I, dA⟩
/// `tr A`; spelled `trace`.
pub static TRACE: Record = Record {
    name: "trace",
    spellings: &[Spelling::matrix("trace", &[0], |cx, call| {
        let a = cx.receiver(call)?;
        let shape = cx.shape(a);
        cx.unify(call, &[a], shape.rows, shape.cols)?;
        Ok(cx.scalar(|g| g.trace(a)))
    })],
    shape: square_to_scalar,
    differential: Differential::Linear,
    transpose: Some(|g, id, _, cot| {
        let n = g.shape(g.args(id)[0]).rows;
        let identity = g.identity(n);
        g.scale(cot, identity)
    }),
    vec: Some(|g, id, _, j| {
        let n = g.shape(g.args(id)[0]).rows;
        let identity = g.identity(n);
        let column = rows::vec(g, identity);
        let row = g.transpose(column);
        g.matmul(&[row, j])
    }),
    notation: |_, _, a| function("tr", a),
    #[cfg(feature = "eval")]
    eval: |i| Some(Mat::scalar((0..i.arg(0).rows).map(|r| i.arg(0).at(r, r)).sum())),
    emit: |e, id| e.trace(id),
};

// d ‖A‖² = 2 tr(Aᵀ dA)
/// `‖A‖²_F`; spelled `norm_squared`, `magnitude_squared`.
pub static NORM_SQ: Record = Record {
    name: "norm_squared",
    spellings: &[Spelling::matrix("norm_squared", &[0], norm_squared), Spelling::matrix("magnitude_squared", &[0], norm_squared)],
    shape: scalar,
    differential: Differential::Rule(|g, id, d| {
        let inner = g.inner(g.args(id)[0], d[0]?);
        Some(g.times(2.0, inner))
    }),
    transpose: None,
    vec: None,
    notation: |_, _, a| Text::atom(format!("‖{}‖", a[0])).superscript("²"),
    #[cfg(feature = "eval")]
    eval: |i| Some(Mat::scalar(i.arg(0).entries().map(|e| e.2 * e.2).sum())),
    emit: |e, id| e.method(id, "norm_squared"),
};

fn norm_squared(cx: &mut Lowerer<'_>, call: &Call<'_>) -> Result<Value, Refusal> {
    let a = cx.receiver(call)?;
    Ok(cx.scalar(|g| op(g, Kind::NormSq, &[a])))
}

// d ‖A‖ = tr(Aᵀ dA) / ‖A‖, taken to be 0 at A = 0
/// `‖A‖_F`; spelled `norm`, `magnitude`, `metric_distance`.
pub static NORM: Record = Record {
    name: "norm",
    spellings: &[
        Spelling::matrix("norm", &[0], norm),
        Spelling::matrix("magnitude", &[0], norm),
        Spelling::matrix("metric_distance", &[1], |cx, call| {
            let (a, b) = cx.same_shape_pair(call)?;
            Ok(cx.scalar(|g| {
                let difference = g.sub(a, b);
                op(g, Kind::Norm, &[difference])
            }))
        }),
    ],
    shape: scalar,
    differential: Differential::Rule(|g, id, d| {
        let inner = g.inner(g.args(id)[0], d[0]?);
        let share = op(g, Kind::SafeRecip, &[id]);
        Some(g.scale(share, inner))
    }),
    transpose: None,
    vec: None,
    notation: |_, _, a| Text::atom(format!("‖{}‖", a[0])),
    #[cfg(feature = "eval")]
    eval: |i| Some(Mat::scalar(i.arg(0).entries().map(|e| e.2 * e.2).sum::<f64>().sqrt())),
    emit: |e, id| e.call(id, "norm"),
};

fn norm(cx: &mut Lowerer<'_>, call: &Call<'_>) -> Result<Value, Refusal> {
    let a = cx.receiver(call)?;
    Ok(cx.scalar(|g| op(g, Kind::Norm, &[a])))
}

// d ‖A‖ₚ = ⟨sign(A) ∘ (|A| / ‖A‖ₚ)^{p−1}, dA⟩, taken to be 0 at A = 0
/// `‖A‖ₚ = (Σ |Aᵢⱼ|ᵖ)^{1/p}`; spelled `lp_norm`.
pub static LP_NORM: Record = Record {
    name: "lp_norm",
    spellings: &[Spelling::matrix("lp_norm", &[1], |cx, call| {
        let a = cx.receiver(call)?;
        let Some(p) = cx.known_integer(call, 0)?.filter(|p| (1..=64).contains(p)) else {
            let p = cx.integer_as_exponent(call, 0)?;
            return Ok(cx.scalar(|g| op(g, Kind::LpNorm, &[a, p])));
        };
        #[allow(clippy::cast_precision_loss)] // p ≤ 64
        let p = p as f64;
        Ok(cx.scalar(|g| {
            if p == 2.0 {
                return op(g, Kind::Norm, &[a]);
            }
            if p > 1.0 {
                return g.make(Kind::LpNorm, Attr::Real(Real(p)), &[a]);
            }
            let sizes = op(g, Kind::Abs, &[a]);
            g.sum(sizes)
        }))
    })],
    shape: scalar,
    differential: Differential::Rule(|g, id, d| {
        let (a, da) = (g.args(id)[0], d[0]?);
        let Attr::Real(p) = g.node(id).op.attr else {
            let slope = lp_slope(g, id);
            return Some(g.inner(slope, da));
        };
        let share = op(g, Kind::SafeRecip, &[id]);
        let ratio = g.make(Kind::Ratio, Attr::None, &[share, a]);
        // p − 1 is odd: the power has the sign
        let slope = g.pow(ratio, p.0 - 1.0);
        if p.0 % 2.0 == 0.0 {
            return Some(g.inner(slope, da));
        }
        let sign = op(g, Kind::Sign, &[a]);
        let slope = g.hadamard(&[slope, sign]);
        Some(g.inner(slope, da))
    }),
    transpose: None,
    vec: None,
    notation: |g, id, a| {
        let digits = |p: f64| {
            p.to_string().chars().filter_map(|c| "₀₁₂₃₄₅₆₇₈₉".chars().nth(c as usize - '0' as usize)).collect::<String>()
        };
        let p = match g.node(id).op.attr {
            Attr::Real(p) => digits(p.0),
            _ => format!("_{}", a[1].bracketed()),
        };
        Text::atom(format!("‖{}‖{p}", a[0]))
    },
    #[cfg(feature = "eval")]
    eval: |i| {
        let p = if let Attr::Real(p) = *i.attr() { p } else { Real(i.arg(1).at(0, 0)) };
        Some(Mat::scalar(i.arg(0).entries().map(|e| e.2.abs().powf(p.0)).sum::<f64>().powf(1.0 / p.0)))
    },
    emit: |e, id| e.lp_norm(id),
};

/// `sign(A) ∘ (|A| / ‖A‖ₚ)^{p−1}` for a `p` that the program knows. Where the norm is 0, and at `p = 0`, where it does not move, it is 0.
fn lp_slope(g: &mut Graph, id: NodeId) -> NodeId {
    let (a, p) = (g.args(id)[0], g.args(id)[1]);
    let shape = g.shape(a);
    let (sizes, sign) = (op(g, Kind::Abs, &[a]), op(g, Kind::Sign, &[a]));
    let share = op(g, Kind::SafeRecip, &[id]);
    let ratio = g.make(Kind::Ratio, Attr::None, &[share, sizes]);
    let (zero, one) = (g.constant(0.0), g.constant(1.0));
    let less = g.sub(p, one);
    let less = g.make(Kind::Select, Attr::Cmp(Cmp::Eq), &[id, zero, one, less]);
    let less = g.fill(less, shape);
    let power = op(g, Kind::PowF, &[ratio, less]);
    let sign_of_p = op(g, Kind::Sign, &[p]);
    let moves = g.hadamard(&[sign_of_p, sign_of_p]);
    let slope = g.hadamard(&[power, sign]);
    g.scale(moves, slope)
}
