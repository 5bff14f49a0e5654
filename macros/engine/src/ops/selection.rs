//! Elementwise functions with kinks, and of two operands.
//!
//! The policy at a kink is the same everywhere: the mean of the slopes on both sides. `abs` at 0 has derivative 0; of equal arguments, `max` and `min`
//! take half of each. Kinks that cancel in a function, as those of `max(a, b) − |a − b| / 2`, then cancel in its derivative.

use super::elementwise::unary;
use super::flat::is_flat_at_zero;
use super::helpers::{chain, function, op, same_shape, total};
use super::{Differential, Record, Spelling, rows};
#[cfg(feature = "eval")]
use crate::eval::Mat;
use crate::ir::{Attr, Cmp, Dims, Graph, Kind, Mismatch, NodeId, Op, Pass, Shape};
use crate::lower::{Call, Lowerer, Refusal, Value};
use crate::print::{self, Text};

// d |x| = sign(x) dx, 0 at 0
/// `|x|`; spelled `abs`.
pub static ABS: Record = Record {
    name: "abs",
    spellings: &[
        Spelling::scalar("abs", &[0], |cx, call| unary(cx, call, Kind::Abs)),
        Spelling::matrix("abs", &[0], |cx, call| {
            let a = cx.receiver(call)?;
            Ok(cx.matrix(|g| op(g, Kind::Abs, &[a])))
        }),
    ],
    shape: same_shape,
    differential: Differential::Rule(|g, id, d| {
        let x = g.args(id)[0];
        let slope = slope_of_abs(g, x);
        Some(chain(g, slope, d[0]?))
    }),
    transpose: None,
    vec: None,
    notation: |_, _, a| Text::atom(format!("|{}|", a[0])),
    #[cfg(feature = "eval")]
    eval: |i| Some(i.arg(0).map(f64::abs)),
    emit: |e, id| e.scalar_function(id, "abs"),
};

pub(super) fn slope_of_abs(g: &mut Graph, x: NodeId) -> NodeId {
    if g.pass == Pass::Only { op(g, Kind::Sign, &[x]) } else { side(g, x) }
}

/// `sign(x)`, 0 at 0: the derivative of `|x|`, itself flat wherever it is smooth.
pub static SIGN: Record = Record {
    name: "sign",
    spellings: &[],
    shape: same_shape,
    differential: Differential::Rule(|_, _, _| None),
    transpose: None,
    vec: None,
    notation: |_, _, a| function("sign", a),
    #[cfg(feature = "eval")]
    eval: |i| {
        Some(i.arg(0).map(|t| {
            if t > 0.0 {
                1.0
            } else if t < 0.0 {
                -1.0
            } else {
                0.0
            }
        }))
    },
    emit: |e, id| e.scalar_function(id, "sign"),
};

/// `sign(x)`, 1 at 0: see [`side`].
pub static SIDE: Record = Record {
    name: "side",
    spellings: &[],
    shape: same_shape,
    differential: Differential::Rule(|_, _, _| None),
    transpose: None,
    vec: None,
    notation: |_, _, a| function("sign", a),
    #[cfg(feature = "eval")]
    eval: |i| Some(i.arg(0).map(|t| if t < 0.0 { -1.0 } else { 1.0 })),
    emit: |e, id| e.scalar_function(id, "side"),
};

/// `x`, taken not to move: gradients stop there.
pub static STILL: Record = Record {
    name: "constant",
    spellings: &[Spelling::function("constant", &[1], |cx, call| match cx.numeric_argument(call, 0)? {
        Value::Scalar(a) => Ok(cx.scalar(|g| g.unary(Kind::Still, a))),
        Value::Matrix(a) => Ok(cx.matrix(|g| g.unary(Kind::Still, a))),
        other => Ok(other),
    })],
    shape: same_shape,
    differential: Differential::Rule(|_, _, _| None),
    transpose: None,
    vec: None,
    notation: |_, _, a| function("constant", a),
    #[cfg(feature = "eval")]
    eval: |i| Some(i.arg(0).clone()),
    emit: |e, id| e.scalar_function(id, "constant"),
};

// sign(u) sign(u) = 1, and not 0, where u is 0
/// `sign(x)` for a derivative that is differentiated in turn: a second derivative has products of signs, of which none may be 0, and is taken
/// on one side of all kinks. It is right there where the function is smooth as a whole, as then it is the same on all sides.
fn side(g: &mut Graph, x: NodeId) -> NodeId {
    let backward = is_backward(g, x);
    let x = if backward { g.neg(x) } else { x };
    let sign = op(g, Kind::Side, &[x]);
    if backward { g.neg(sign) } else { sign }
}

/// Whether the first value in a difference has a minus: `a − b` and `b − a` are on the same side of 0 where it has none.
fn is_backward(g: &Graph, x: NodeId) -> bool {
    let terms = g.terms(x);
    terms.iter().filter(|t| g.constant_value(t.1).is_none()).min_by_key(|t| t.1).is_some_and(|t| t.0 < 0.0)
}

/// How `max` and `min` choose in a derivative that is differentiated in turn: on the side of `a ≥ b` where they are equal, or on that of `b ≥ a`, as
/// [`side`] is.
fn on_one_side(g: &mut Graph, cmp: Cmp, [a, b, x, y]: [NodeId; 4]) -> Option<NodeId> {
    let cmp = match cmp {
        Cmp::Max => Cmp::Larger,
        Cmp::Min => Cmp::Smaller,
        _ => return None,
    };
    let difference = g.sub(a, b);
    let first = is_backward(g, difference) == (cmp == Cmp::Smaller);
    Some(if first { select(g, cmp, [a, b, x, y]) } else { select(g, cmp, [b, a, y, x]) })
}

// c / b = c'(0) where c and b are 0, if b is the size of what moves; no limit where c is not 0
/// What the limit of `c / b` where `b → 0` adds to `c · (1 / b)`, this taken to be 0 at `b = 0`: the third operand where `b` and `c` are 0, NaN where `b` alone is,
/// 0 elsewhere. What it is a factor of is 0 where it is not: it is not differentiated in turn.
pub static LIMIT: Record = Record {
    name: "limit",
    spellings: &[],
    shape: same_shape,
    differential: Differential::Rule(|_, _, _| None),
    transpose: None,
    vec: None,
    notation: |g, id, a| {
        let bracket = Text::atom(format!("[{} = 0]", a[0]));
        match g.constant_value(g.args(id)[2]) {
            Some(0.0) => Text::product(&[bracket, Text::atom(format!("lim({} / {})", a[1].bracketed(), a[0].bracketed()))]),
            _ if g.is_scalar(id) => Text::product(&[bracket, a[2].clone()]),
            _ => Text::infix(" ∘ ", &bracket, &a[2]),
        }
    },
    #[cfg(feature = "eval")]
    eval: |i| {
        let (n, m) = i.shape();
        Some(Mat::from_fn(n, m, |r, c| match (i.arg(0).at(r, c), i.arg(1).at(r, c)) {
            (0.0, 0.0) => i.arg(2).at(r, c),
            (0.0, _) => f64::NAN,
            _ => 0.0,
        }))
    },
    emit: |e, id| e.scalar_function(id, "limit"),
};

// d (1/x) = −(1/x)² dx
/// `1 / x`, 0 at 0: what a norm is divided by.
pub static SAFE_RECIP: Record = Record {
    name: "safe_recip",
    spellings: &[],
    shape: same_shape,
    differential: Differential::Rule(|g, id, d| {
        let square = g.pow(id, 2.0);
        let slope = g.neg(square);
        Some(chain(g, slope, d[0]?))
    }),
    transpose: None,
    vec: None,
    notation: |g, id, a| print::power(g.is_scalar(id), &a[0], -1.0),
    #[cfg(feature = "eval")]
    eval: |i| Some(i.arg(0).map(|t| if t == 0.0 { 0.0 } else { 1.0 / t })),
    emit: |e, id| e.scalar_function(id, "safe_recip"),
};

// d xʸ = y xʸ⁻¹ dx + xʸ ln(x) dy
/// `xʸ`; spelled `powf` with an exponent that is not a constant, `exp2`.
pub static POWF: Record = Record {
    name: "powf",
    spellings: &[Spelling::scalar("exp2", &[0], |cx, call| {
        let y = cx.receiver(call)?;
        Ok(cx.scalar(|g| {
            let two = g.filled(2.0, g.shape(y));
            op(g, Kind::PowF, &[two, y])
        }))
    })],
    shape: same_shape,
    differential: Differential::Rule(|g, id, d| {
        let (x, y) = (g.args(id)[0], g.args(id)[1]);
        let by_x = d[0].map(|dx| {
            if is_flat_at_zero(g, x) {
                let share = op(g, Kind::SafeRecip, &[x]);
                return g.hadamard(&[y, id, share, dx]);
            }
            let one = g.filled(1.0, g.shape(y));
            let less = g.sub(y, one);
            let power = op(g, Kind::PowF, &[x, less]);
            g.hadamard(&[y, power, dx])
        });
        let by_y = d[1].map(|dy| {
            let log = op(g, Kind::Ln, &[x]);
            g.hadamard(&[id, log, dy])
        });
        total(g, &[by_x, by_y])
    }),
    transpose: None,
    vec: None,
    notation: |g, id, a| {
        // xᵗ, the exponent being one number
        let spread = g.kind(g.args(id)[1]) == Kind::Fill;
        let exponent = a[1].as_str().strip_suffix(" 1").filter(|_| spread).map(Text::atom);
        Text::power(&a[0], &exponent.unwrap_or_else(|| a[1].clone()))
    },
    #[cfg(feature = "eval")]
    eval: |i| Some(i.arg(0).zip(i.arg(1), f64::powf)),
    emit: |e, id| e.scalar_function(id, "powf"),
};

// d √(x² + y²) = (x dx + y dy) / √(x² + y²), taken to be 0 at x = y = 0
/// `√(x² + y²)`; spelled `hypot`.
pub static HYPOT: Record = Record {
    name: "hypot",
    spellings: &[Spelling::scalar("hypot", &[1], |cx, call| binary(cx, call, Kind::Hypot))],
    shape: same_shape,
    differential: Differential::Rule(|g, id, d| {
        let (x, y) = (g.args(id)[0], g.args(id)[1]);
        let share = op(g, Kind::SafeRecip, &[id]);
        let by_x = d[0].map(|dx| g.hadamard(&[x, share, dx]));
        let by_y = d[1].map(|dy| g.hadamard(&[y, share, dy]));
        total(g, &[by_x, by_y])
    }),
    transpose: None,
    vec: None,
    notation: |_, _, a| function("hypot", a),
    #[cfg(feature = "eval")]
    eval: |i| Some(i.arg(0).zip(i.arg(1), f64::hypot)),
    emit: |e, id| e.scalar_function(id, "hypot"),
};

// d atan2(y, x) = (x dy − y dx) / (x² + y²), taken to be 0 at x = y = 0
/// `atan2(y, x)`; spelled `y.atan2(x)`.
pub static ATAN2: Record = Record {
    name: "atan2",
    spellings: &[Spelling::scalar("atan2", &[1], |cx, call| binary(cx, call, Kind::Atan2))],
    shape: same_shape,
    differential: Differential::Rule(|g, id, d| {
        let (y, x) = (g.args(id)[0], g.args(id)[1]);
        let by_y = d[0].map(|dy| {
            let slope = op(g, Kind::Turn, &[x, y]);
            chain(g, slope, dy)
        });
        let by_x = d[1].map(|dx| {
            let slope = op(g, Kind::Turn, &[y, x]);
            let part = chain(g, slope, dx);
            g.neg(part)
        });
        total(g, &[by_y, by_x])
    }),
    transpose: None,
    vec: None,
    notation: |_, _, a| function("atan2", a),
    #[cfg(feature = "eval")]
    eval: |i| Some(i.arg(0).zip(i.arg(1), f64::atan2)),
    emit: |e, id| e.scalar_function(id, "atan2"),
};

fn binary(cx: &mut Lowerer<'_>, call: &Call<'_>, kind: Kind) -> Result<Value, Refusal> {
    let operands = cx.scalars(call)?;
    Ok(cx.scalar(|g| op(g, kind, &operands)))
}

// d max(x, 0) = dx where x > 0, ½ dx at 0
/// `max(x, 0)`, with the derivative that [`SELECT`] gives to `max`; spelled `matgrad::relu`. Unlike `max`, it keeps a NaN.
pub static RELU: Record = Record {
    name: "relu",
    spellings: &[Spelling::function("relu", &[1], |cx, call| {
        let a = cx.scalar_argument(call, 0)?;
        Ok(cx.scalar(|g| op(g, Kind::Relu, &[a])))
    })],
    shape: same_shape,
    differential: Differential::Rule(|g, id, d| {
        let (x, dx) = (g.args(id)[0], d[0]?);
        let zero = g.filled(0.0, g.shape(x));
        let args = [x, zero, dx, zero];
        let one_sided = if g.pass == Pass::Only { None } else { on_one_side(g, Cmp::Max, args) };
        Some(one_sided.unwrap_or_else(|| select(g, Cmp::Max, args)))
    }),
    transpose: None,
    vec: None,
    notation: |_, _, a| Text::atom(format!("max({}, 0)", a[0])),
    #[cfg(feature = "eval")]
    eval: |i| Some(i.arg(0).map(|t| if t <= 0.0 { 0.0 } else { t })),
    emit: |e, id| e.scalar_function(id, "relu"),
};

// d (a < b ? x : y) = a < b ? dx : dy;  ⟨G, a < b ? dx : dy⟩ = ⟨a < b ? G : 0, dx⟩ + ⟨a < b ? 0 : G, dy⟩
/// `x` where `a ? b` holds, `y` elsewhere; spelled `max`, `min`, `sup`, `inf`, `clamp`, and `if` in a closure.
pub static SELECT: Record = Record {
    name: "select",
    spellings: &[
        Spelling::scalar("max", &[1], |cx, call| {
            let [a, b] = cx.scalars(call)?[..] else { return Err(cx.fence().unknown_method(call)) };
            Ok(cx.scalar(|g| select(g, Cmp::Max, [a, b, a, b])))
        }),
        Spelling::scalar("min", &[1], |cx, call| {
            let [a, b] = cx.scalars(call)?[..] else { return Err(cx.fence().unknown_method(call)) };
            Ok(cx.scalar(|g| select(g, Cmp::Min, [a, b, a, b])))
        }),
        Spelling::matrix("sup", &[1], |cx, call| {
            let (a, b) = cx.same_shape_pair(call)?;
            Ok(cx.matrix(|g| select(g, Cmp::Max, [a, b, a, b])))
        }),
        Spelling::matrix("inf", &[1], |cx, call| {
            let (a, b) = cx.same_shape_pair(call)?;
            Ok(cx.matrix(|g| select(g, Cmp::Min, [a, b, a, b])))
        }),
        Spelling::scalar("clamp", &[2], |cx, call| {
            let [a, low, high] = cx.scalars(call)?[..] else { return Err(cx.fence().unknown_method(call)) };
            cx.in_order(low, high);
            Ok(cx.scalar(|g| {
                let raised = select(g, Cmp::Lt, [a, low, low, a]);
                select(g, Cmp::Gt, [raised, high, high, raised])
            }))
        }),
    ],
    shape: |dims: &mut Dims, attr: &Attr, s: &[Shape]| -> Result<Shape, Mismatch> { same_shape(dims, attr, s) },
    differential: Differential::Rule(|g, id, d| {
        let args = g.args(id).to_vec();
        let zero = g.filled(0.0, g.shape(id));
        let (dx, dy) = (d[2].unwrap_or(zero), d[3].unwrap_or(zero));
        if d[2].is_none() && d[3].is_none() {
            return None;
        }
        let attr = g.node(id).op.attr.clone();
        if let Attr::Cmp(cmp) = attr
            && g.pass != Pass::Only
            && let Some(one_sided) = on_one_side(g, cmp, [args[0], args[1], dx, dy])
        {
            return Some(one_sided);
        }
        Some(g.make(Kind::Select, attr, &[args[0], args[1], dx, dy]))
    }),
    transpose: Some(|g, id, i, cot| {
        let args = g.args(id).to_vec();
        let zero = g.filled(0.0, g.shape(id));
        let attr = g.node(id).op.attr.clone();
        let (x, y) = if i == 2 { (cot, zero) } else { (zero, cot) };
        g.make(Kind::Select, attr, &[args[0], args[1], x, y])
    }),
    vec: Some(|g, id, i, j| {
        let args = g.args(id).to_vec();
        let attr = g.node(id).op.attr.clone();
        let weighed = rows::is_finite(g, j);
        let (a, b, x) = if weighed {
            (args[0], args[1], g.filled(1.0, g.shape(id)))
        } else {
            // what is not chosen may be infinite, and is no summand
            let cols = g.shape(j).cols;
            (rows::spread(g, args[0], cols), rows::spread(g, args[1], cols), j)
        };
        let zero = g.filled(0.0, g.shape(x));
        let (x, y) = if i == 2 { (x, zero) } else { (zero, x) };
        if weighed {
            let chosen = g.make(Kind::Select, attr, &[a, b, x, y]);
            return rows::scaled(g, chosen, j);
        }
        // no rewrite takes a factor out of the choice
        let shape = g.shape(j);
        g.intern(Op { kind: Kind::Select, attr }, &[a, b, x, y], shape)
    }),
    notation: print::selection,
    #[cfg(feature = "eval")]
    eval: |i| {
        let Attr::Cmp(cmp) = *i.attr() else { return None };
        let (n, m) = i.shape();
        Some(Mat::from_fn(n, m, |r, c| {
            let (a, b, x, y) = (i.arg(0).at(r, c), i.arg(1).at(r, c), i.arg(2).at(r, c), i.arg(3).at(r, c));
            match () {
                () if cmp.ties(a, b) => 0.5 * x + 0.5 * y,
                () if cmp.holds(a, b) => x,
                () => y,
            }
        }))
    },
    emit: |e, id| e.selection(id),
};

/// `a ? b` picks `x`, otherwise `y`.
pub(crate) fn select(g: &mut Graph, cmp: Cmp, args: [NodeId; 4]) -> NodeId {
    g.make(Kind::Select, Attr::Cmp(cmp), &args)
}
