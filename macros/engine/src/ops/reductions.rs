//! Reductions: from many entries to one.

use super::helpers::{function, op, scalar, square_to_scalar};
use super::{Differential, Record, Spelling, rows};
#[cfg(feature = "eval")]
use crate::eval::Mat;
use crate::ir::{Attr, Dim, Extreme, Graph, Kind, NodeId, Real, Shape};
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
        let (a, p) = (cx.receiver(call)?, cx.constant_integer(call, 0)?);
        if !(1..=64).contains(&p) {
            return Err(cx.fence().exponent(call));
        }
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
        let Attr::Real(p) = g.node(id).op.attr else { return None };
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
        let p = if let Attr::Real(p) = g.node(id).op.attr { digits(p.0) } else { String::new() };
        Text::atom(format!("‖{}‖{p}", a[0]))
    },
    #[cfg(feature = "eval")]
    eval: |i| {
        let Attr::Real(p) = *i.attr() else { return None };
        Some(Mat::scalar(i.arg(0).entries().map(|e| e.2.abs().powf(p.0)).sum::<f64>().powf(1.0 / p.0)))
    },
    emit: |e, id| e.lp_norm(id),
};

// d max(A) = dA at the first entry that attains the maximum;  ⟨g, dY[argmax A]⟩ = ⟨g placed at argmax A, dY⟩
/// The entry of `Y` where `A` has its extreme: `max(A) = pick(A, A)`; spelled `max`, `min`, `amax`, `amin`.
///
/// Linear in `Y`; the position does not move with `A` where the derivative exists.
pub static PICK: Record = Record {
    name: "pick",
    spellings: &[
        Spelling::matrix("max", &[0], |cx, call| extreme(cx, call, Extreme::Max)),
        Spelling::matrix("min", &[0], |cx, call| extreme(cx, call, Extreme::Min)),
        Spelling::matrix("amax", &[0], |cx, call| extreme(cx, call, Extreme::AbsMax)),
        Spelling::matrix("amin", &[0], |cx, call| extreme(cx, call, Extreme::AbsMin)),
        Spelling::matrix("camax", &[0], |cx, call| extreme(cx, call, Extreme::AbsMax)),
        Spelling::matrix("camin", &[0], |cx, call| extreme(cx, call, Extreme::AbsMin)),
    ],
    shape: scalar,
    differential: Differential::Rule(|g, id, d| {
        let (attr, a, dy) = (g.node(id).op.attr.clone(), g.args(id)[0], d[1]?);
        Some(g.make(Kind::Pick, attr, &[a, dy]))
    }),
    transpose: Some(|g, id, i, cot| {
        debug_assert_eq!(i, 1, "pick is linear in what it picks from");
        let (attr, a) = (g.node(id).op.attr.clone(), g.args(id)[0]);
        let shape = g.shape(a);
        g.make_shaped(Kind::PlaceExtreme, attr, &[a, cot], shape)
    }),
    vec: Some(|g, id, _, j| {
        let unit = unit(g, id);
        let row = g.transpose(unit);
        g.matmul(&[row, j])
    }),
    notation: |g, id, a| {
        let name = extreme_name(g, id);
        if g.args(id)[0] == g.args(id)[1] {
            function(name, &a[..1])
        } else {
            Text::atom(format!("{}[arg {name} {}]", a[1].bracketed(), a[0].bracketed()))
        }
    },
    #[cfg(feature = "eval")]
    eval: |i| {
        // nalgebra's extreme of no entries is 0
        Some(Mat::scalar(i.extreme().map_or(0.0, |(r, c)| i.arg(1).at(r, c))))
    },
    emit: |e, id| e.pick(id),
};

/// `max |A|` is `|·|` of the entry picked by `|A|`, so that the sign is kept by the differential of the absolute value.
fn extreme(cx: &mut Lowerer<'_>, call: &Call<'_>, which: Extreme) -> Result<Value, Refusal> {
    let a = cx.receiver(call)?;
    Ok(cx.scalar(|g| {
        let entry = g.make(Kind::Pick, Attr::Extreme(which), &[a, a]);
        match which {
            Extreme::Max | Extreme::Min => entry,
            Extreme::AbsMax | Extreme::AbsMin => op(g, Kind::Abs, &[entry]),
        }
    }))
}

fn extreme_name(g: &Graph, id: NodeId) -> &'static str {
    match g.node(id).op.attr {
        Attr::Extreme(Extreme::Min) => "min",
        Attr::Extreme(Extreme::AbsMax) => "amax",
        Attr::Extreme(Extreme::AbsMin) => "amin",
        _ => "max",
    }
}

/// The vector with a 1 at the number of the extreme entry of operand 0, zeros elsewhere.
fn unit(g: &mut Graph, id: NodeId) -> NodeId {
    let (attr, a, one) = (g.node(id).op.attr.clone(), g.args(id)[0], g.constant(1.0));
    let unit = g.make(Kind::PlaceExtreme, attr, &[a, one]);
    rows::vec(g, unit)
}

// d place(A, s) = place(A, ds);  ⟨G, ds placed at argmax A⟩ = G[argmax A] ds
/// A scalar where `A` has its extreme, zeros elsewhere: the adjoint of [`PICK`].
pub static PLACE_EXTREME: Record = Record {
    name: "place_extreme",
    spellings: &[],
    shape: |_, _, s| Ok(s[0]),
    differential: Differential::Rule(|g, id, d| {
        let (attr, a, ds) = (g.node(id).op.attr.clone(), g.args(id)[0], d[1]?);
        Some(g.make(Kind::PlaceExtreme, attr, &[a, ds]))
    }),
    transpose: Some(|g, id, i, cot| {
        debug_assert_eq!(i, 1, "place_extreme is linear in what it places");
        let (attr, a) = (g.node(id).op.attr.clone(), g.args(id)[0]);
        g.make(Kind::Pick, attr, &[a, cot])
    }),
    vec: Some(|g, id, _, j| {
        let unit = unit(g, id);
        g.matmul(&[unit, j])
    }),
    notation: |g, id, a| {
        Text::product(&[a[1].clone(), Text::atom(format!("e(arg {} {})", extreme_name(g, id), a[0].bracketed()))])
    },
    #[cfg(feature = "eval")]
    eval: |i| {
        let (at, a) = (i.extreme(), i.arg(0));
        let s = i.arg(1).at(0, 0);
        Some(Mat::from_fn(a.rows, a.cols, |p, q| if Some((p, q)) == at { s } else { 0.0 }))
    },
    emit: |e, id| e.place_extreme(id),
};
