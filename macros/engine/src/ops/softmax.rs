//! The softmax family, over all entries or row by row.
//!
//! With `p = softmax(x)`: `d lse(x) = pᵀ dx`, `dp = p ∘ (dx − 1 pᵀ dx)`, `d ln p = dx − 1 pᵀ dx`  [Boyd & Vandenberghe, 3.1.5].

use super::helpers::{function, op, same_shape, scalar};
use super::{Differential, Record, Spelling};
#[cfg(feature = "eval")]
use crate::eval::Mat;
use crate::ir::{Dim, Graph, Kind, NodeId, Shape};
use crate::lower::{Call, Lowerer, Refusal, Value};

// d softmax(x) = p ∘ (dx − (pᵀ dx) 1)
/// `exp(x) / sum(exp(x))`
pub static SOFTMAX: Record = Record {
    name: "softmax",
    spellings: &[Spelling::function("softmax", &[1], |cx, call| matrix(cx, call, Kind::Softmax))],
    shape: same_shape,
    differential: Differential::Rule(|g, id, d| {
        let centred = centred(g, id, d[0]?);
        Some(g.hadamard(&[id, centred]))
    }),
    transpose: None,
    vec: None,
    notation: |_, _, a| function("softmax", a),
    #[cfg(feature = "eval")]
    eval: |i| Some(softmax(i.arg(0))),
    emit: |e, id| e.softmax_or_log_sum_exp(id, "softmax"),
};

// d ln softmax(x) = dx − (pᵀ dx) 1
/// `x − lse(x)`
pub static LOG_SOFTMAX: Record = Record {
    name: "log_softmax",
    spellings: &[Spelling::function("log_softmax", &[1], |cx, call| matrix(cx, call, Kind::LogSoftmax))],
    shape: same_shape,
    differential: Differential::Rule(|g, id, d| {
        let p = op(g, Kind::Softmax, &[g.args(id)[0]]);
        Some(centred(g, p, d[0]?))
    }),
    transpose: None,
    vec: None,
    notation: |_, _, a| function("log softmax", a),
    #[cfg(feature = "eval")]
    eval: |i| {
        let lse = log_sum_exp(i.arg(0));
        Some(i.arg(0).map(|x| x - lse))
    },
    emit: |e, id| e.runtime_function(id, "log_softmax"),
};

// d lse(x) = pᵀ dx
/// `ln sum(exp(x))`
pub static LOG_SUM_EXP: Record = Record {
    name: "log_sum_exp",
    spellings: &[Spelling::function("log_sum_exp", &[1], |cx, call| {
        let a = cx.matrix_argument(call, 0)?;
        Ok(cx.scalar(|g| op(g, Kind::LogSumExp, &[a])))
    })],
    shape: scalar,
    differential: Differential::Rule(|g, id, d| {
        let p = op(g, Kind::Softmax, &[g.args(id)[0]]);
        Some(g.inner(p, d[0]?))
    }),
    transpose: None,
    vec: None,
    notation: |_, _, a| function("lse", a),
    #[cfg(feature = "eval")]
    eval: |i| Some(Mat::scalar(log_sum_exp(i.arg(0)))),
    emit: |e, id| e.softmax_or_log_sum_exp(id, "log_sum_exp"),
};

// row by row: dP = P ∘ (dX − (P ∘ dX) 1 1ᵀ)
/// `softmax` of each row
pub static SOFTMAX_ROWS: Record = Record {
    name: "softmax_rows",
    spellings: &[Spelling::function("softmax_rows", &[1], |cx, call| matrix(cx, call, Kind::SoftmaxRows))],
    shape: same_shape,
    differential: Differential::Rule(|g, id, d| {
        let centred = centred_rows(g, id, d[0]?);
        Some(g.hadamard(&[id, centred]))
    }),
    transpose: None,
    vec: None,
    notation: |_, _, a| function("softmax_rows", a),
    #[cfg(feature = "eval")]
    eval: |i| Some(by_rows(i.arg(0), softmax)),
    emit: |e, id| e.runtime_function(id, "softmax_rows"),
};

// row by row: d ln P = dX − (P ∘ dX) 1 1ᵀ
/// `log_softmax` of each row
pub static LOG_SOFTMAX_ROWS: Record = Record {
    name: "log_softmax_rows",
    spellings: &[Spelling::function("log_softmax_rows", &[1], |cx, call| matrix(cx, call, Kind::LogSoftmaxRows))],
    shape: same_shape,
    differential: Differential::Rule(|g, id, d| {
        let p = op(g, Kind::SoftmaxRows, &[g.args(id)[0]]);
        Some(centred_rows(g, p, d[0]?))
    }),
    transpose: None,
    vec: None,
    notation: |_, _, a| function("log softmax_rows", a),
    #[cfg(feature = "eval")]
    eval: |i| {
        Some(by_rows(i.arg(0), |row| {
            let lse = log_sum_exp(row);
            row.map(|x| x - lse)
        }))
    },
    emit: |e, id| e.runtime_function(id, "log_softmax_rows"),
};

// row by row: d lse(X) = (P ∘ dX) 1
/// `log_sum_exp` of each row, as a column
pub static LOG_SUM_EXP_ROWS: Record = Record {
    name: "log_sum_exp_rows",
    spellings: &[Spelling::function("log_sum_exp_rows", &[1], |cx, call| matrix(cx, call, Kind::LogSumExpRows))],
    shape: |_, _, s| Ok(Shape::column(s[0].rows)),
    differential: Differential::Rule(|g, id, d| {
        let p = op(g, Kind::SoftmaxRows, &[g.args(id)[0]]);
        Some(row_sums(g, p, d[0]?))
    }),
    transpose: None,
    vec: None,
    notation: |_, _, a| function("lse_rows", a),
    #[cfg(feature = "eval")]
    eval: |i| {
        let lse = by_rows(i.arg(0), |row| Mat::scalar(log_sum_exp(row)));
        Some(lse)
    },
    emit: |e, id| e.runtime_function(id, "log_sum_exp_rows"),
};

fn matrix(cx: &mut Lowerer<'_>, call: &Call<'_>, kind: Kind) -> Result<Value, Refusal> {
    let a = cx.matrix_argument(call, 0)?;
    Ok(cx.matrix(|g| op(g, kind, &[a])))
}

/// `dx − ⟨p, dx⟩ 1`
fn centred(g: &mut Graph, p: NodeId, dx: NodeId) -> NodeId {
    let mean = g.inner(p, dx);
    let spread = g.fill(mean, g.shape(dx));
    g.sub(dx, spread)
}

/// `(P ∘ dX) 1`
fn row_sums(g: &mut Graph, p: NodeId, dx: NodeId) -> NodeId {
    let product = g.hadamard(&[p, dx]);
    let ones = g.filled(1.0, Shape::column(g.shape(dx).cols));
    g.matmul(&[product, ones])
}

/// `dX − (P ∘ dX) 1 1ᵀ`
fn centred_rows(g: &mut Graph, p: NodeId, dx: NodeId) -> NodeId {
    let means = row_sums(g, p, dx);
    let ones = g.filled(1.0, Shape::new(Dim::ONE, g.shape(dx).cols));
    let spread = g.matmul(&[means, ones]);
    g.sub(dx, spread)
}

#[cfg(feature = "eval")]
fn log_sum_exp(a: &Mat) -> f64 {
    let top = a.entries().map(|e| e.2).fold(f64::NEG_INFINITY, f64::max);
    top + a.entries().map(|e| (e.2 - top).exp()).sum::<f64>().ln()
}

#[cfg(feature = "eval")]
fn softmax(a: &Mat) -> Mat {
    let lse = log_sum_exp(a);
    a.map(|x| (x - lse).exp())
}

#[cfg(feature = "eval")]
fn by_rows(a: &Mat, f: impl Fn(&Mat) -> Mat) -> Mat {
    let rows: Vec<Mat> = (0..a.rows).map(|r| f(&Mat::from_fn(1, a.cols, |_, c| a.at(r, c)))).collect();
    Mat::from_fn(a.rows, rows.first().map_or(a.cols, |r| r.cols), |r, c| rows[r].at(0, c))
}
