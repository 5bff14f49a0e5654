//! Elementwise functions of one operand: `dσ(X) = σ′(X) ∘ dX`.
//!
//! A record states the derivative `σ′(X)`; the differential is the same for all. Spelled on scalars, and on the entries of a
//! matrix in the closure of `map`.

use super::flat::is_flat_at_zero;
use super::helpers::{chain, function, op, same_shape};
use super::{Differential, Record, Spelling};
use crate::ir::{Attr, Graph, Kind, NodeId};
use crate::lower::{Call, Lowerer, Refusal, Value};
use crate::print::Text;

/// The record of an elementwise function: equation, kind, names in Rust and in print, derivative `|graph, x, y|` with `y = σ(x)`,
/// value; then spellings that have it as a part.
macro_rules! function {
    ($(#[$doc:meta])* $record:ident, $kind:ident, $name:literal, $print:literal, |$g:ident, $x:pat_param, $y:pat_param| $slope:expr, $eval:expr $(; $also:expr)*) => {
        $(#[$doc])*
        pub static $record: Record = Record {
            name: $name,
            spellings: &[Spelling::scalar($name, &[0], |cx, call| unary(cx, call, Kind::$kind)), $($also),*],
            shape: same_shape,
            differential: Differential::Rule(|$g, id, d| {
                let ($x, $y, dx) = ($g.args(id)[0], id, d[0]?);
                let slope = $slope;
                Some(chain($g, slope, dx))
            }),
            transpose: None,
            vec: None,
            notation: |_, _, a| function($print, a),
            #[cfg(feature = "eval")]
            eval: |i| Some(i.arg(0).map($eval)),
            emit: |e, id| e.scalar_function(id, $name),
        };
    };
}

/// A scalar function of the receiver.
pub(super) fn unary(cx: &mut Lowerer<'_>, call: &Call<'_>, kind: Kind) -> Result<Value, Refusal> {
    let a = cx.receiver(call)?;
    Ok(cx.scalar(|g| op(g, kind, &[a])))
}

/// `1 + c x²`.
fn one_plus_square(g: &mut Graph, c: f64, x: NodeId) -> NodeId {
    let square = g.pow(x, 2.0);
    let one = g.filled(1.0, g.shape(x));
    g.lin(&[(1.0, one), (c, square)])
}

/// `1 + x`.
fn one_plus(g: &mut Graph, x: NodeId) -> NodeId {
    let one = g.filled(1.0, g.shape(x));
    g.add(one, x)
}

function! {
    /// `d exp(x) = exp(x) dx`
    EXP, Exp, "exp", "exp", |g, _, y| y, f64::exp
}
function! {
    /// `d (exp(x) − 1) = exp(x) dx`
    EXP_M1, ExpM1, "exp_m1", "expm1", |g, x, _| op(g, Kind::Exp, &[x]), f64::exp_m1
}
function! {
    /// `d ln(x) = dx / x`
    LN, Ln, "ln", "ln", |g, x, _| g.pow(x, -1.0), f64::ln;
    // ln(x) / ln(base)
    Spelling::scalar("log", &[1], |cx, call| {
        let [a, base] = cx.scalars(call)?[..] else { return Err(cx.fence().unknown_method(call)) };
        Ok(cx.scalar(|g| {
            let (logarithm, of_base) = (op(g, Kind::Ln, &[a]), op(g, Kind::Ln, &[base]));
            g.div(logarithm, of_base)
        }))
    })
}
function! {
    /// `d ln(1 + x) = dx / (1 + x)`
    LN_1P, Ln1p, "ln_1p", "ln1p", |g, x, _| { let t = one_plus(g, x); g.pow(t, -1.0) }, f64::ln_1p
}
function! {
    /// `d log₂(x) = dx / (x ln 2)`
    LOG2, Log2, "log2", "log₂", |g, x, _| { let t = g.pow(x, -1.0); g.times(std::f64::consts::LOG2_E, t) }, f64::log2
}
function! {
    /// `d log₁₀(x) = dx / (x ln 10)`
    LOG10, Log10, "log10", "log₁₀", |g, x, _| { let t = g.pow(x, -1.0); g.times(std::f64::consts::LOG10_E, t) }, f64::log10
}
function! {
    /// `d ∛x = dx / (3 (∛x)²)`
    CBRT, Cbrt, "cbrt", "∛", |g, x, y| {
        let t = if is_flat_at_zero(g, x) {
            let below = g.pow(y, 2.0);
            op(g, Kind::SafeRecip, &[below])
        } else {
            g.pow(y, -2.0)
        };
        g.times(1.0 / 3.0, t)
    }, f64::cbrt
}
function! {
    /// `d sin(x) = cos(x) dx`
    SIN, Sin, "sin", "sin", |g, x, _| op(g, Kind::Cos, &[x]), f64::sin;
    Spelling::scalar("sin_cos", &[0], |cx, call| Ok(Value::Tuple(vec![unary(cx, call, Kind::Sin)?, unary(cx, call, Kind::Cos)?])))
}
function! {
    /// `d cos(x) = −sin(x) dx`
    COS, Cos, "cos", "cos", |g, x, _| { let t = op(g, Kind::Sin, &[x]); g.neg(t) }, f64::cos
}
function! {
    /// `d tan(x) = (1 + tan(x)²) dx`
    TAN, Tan, "tan", "tan", |g, _, y| one_plus_square(g, 1.0, y), f64::tan
}
function! {
    /// `d asin(x) = dx / √(1 − x²)`
    ASIN, Asin, "asin", "asin", |g, x, _| { let t = one_plus_square(g, -1.0, x); g.pow(t, -0.5) }, f64::asin
}
function! {
    /// `d acos(x) = −dx / √(1 − x²)`
    ACOS, Acos, "acos", "acos", |g, x, _| { let t = one_plus_square(g, -1.0, x); let t = g.pow(t, -0.5); g.neg(t) }, f64::acos
}
function! {
    /// `d atan(x) = dx / (1 + x²)`
    ATAN, Atan, "atan", "atan", |g, x, _| { let t = one_plus_square(g, 1.0, x); g.pow(t, -1.0) }, f64::atan
}
function! {
    /// `d sinh(x) = cosh(x) dx`
    SINH, Sinh, "sinh", "sinh", |g, x, _| op(g, Kind::Cosh, &[x]), f64::sinh
}
function! {
    /// `d cosh(x) = sinh(x) dx`
    COSH, Cosh, "cosh", "cosh", |g, x, _| op(g, Kind::Sinh, &[x]), f64::cosh
}
function! {
    /// `d tanh(x) = (1 − tanh(x)²) dx`
    TANH, Tanh, "tanh", "tanh", |g, _, y| one_plus_square(g, -1.0, y), f64::tanh
}
function! {
    /// `d asinh(x) = dx / √(1 + x²)`
    ASINH, Asinh, "asinh", "asinh", |g, x, _| {
        // √(1 + x²), where x² overflows too
        let one = g.filled(1.0, g.shape(x));
        let t = op(g, Kind::Hypot, &[one, x]);
        g.pow(t, -1.0)
    }, f64::asinh
}
function! {
    /// `d acosh(x) = dx / (√(x − 1) √(x + 1))`
    ACOSH, Acosh, "acosh", "acosh", |g, x, _| {
        let one = g.filled(1.0, g.shape(x));
        let (low, high) = (g.sub(x, one), g.add(x, one));
        let (low, high) = (g.pow(low, -0.5), g.pow(high, -0.5));
        g.hadamard(&[low, high])
    }, f64::acosh
}
function! {
    /// `d atanh(x) = dx / (1 − x²)`
    ATANH, Atanh, "atanh", "atanh", |g, x, _| { let t = one_plus_square(g, -1.0, x); g.pow(t, -1.0) }, f64::atanh
}

/// `d σ(x) = σ(x) σ(−x) dx` for the logistic function `σ(x) = 1 / (1 + exp(−x))`: `σ(−x)` keeps its digits where `1 − σ(x)` loses
/// them.
pub static SIGMOID: Record = Record {
    name: "sigmoid",
    spellings: &[Spelling::function("sigmoid", &[1], |cx, call| {
        let a = cx.scalar_argument(call, 0)?;
        Ok(cx.scalar(|g| op(g, Kind::Sigmoid, &[a])))
    })],
    shape: same_shape,
    differential: Differential::Rule(|g, id, d| {
        let minus = g.neg(g.args(id)[0]);
        let other = op(g, Kind::Sigmoid, &[minus]);
        let slope = g.hadamard(&[id, other]);
        Some(chain(g, slope, d[0]?))
    }),
    transpose: None,
    vec: None,
    notation: |_, _, a| function("σ", a),
    #[cfg(feature = "eval")]
    eval: |i| Some(i.arg(0).map(|t| if t >= 0.0 { 1.0 / (1.0 + (-t).exp()) } else { t.exp() / (1.0 + t.exp()) })),
    emit: |e, id| e.scalar_function(id, "sigmoid"),
};

/// `d ln(1 + exp(x)) = σ(x) dx`
pub static SOFTPLUS: Record = Record {
    name: "softplus",
    spellings: &[Spelling::function("softplus", &[1], |cx, call| {
        let a = cx.scalar_argument(call, 0)?;
        Ok(cx.scalar(|g| op(g, Kind::Softplus, &[a])))
    })],
    shape: same_shape,
    differential: Differential::Rule(|g, id, d| {
        let slope = op(g, Kind::Sigmoid, &[g.args(id)[0]]);
        Some(chain(g, slope, d[0]?))
    }),
    transpose: None,
    vec: None,
    notation: |_, _, a| Text::atom(format!("ln(1 + exp({}))", a[0])),
    #[cfg(feature = "eval")]
    eval: |i| Some(i.arg(0).map(|t| t.max(0.0) + (-t.abs()).exp().ln_1p())),
    emit: |e, id| e.scalar_function(id, "softplus"),
};

/// Spellings of [`super::algebra::POW`], the power with a constant exponent.
pub(super) const POWERS: &[Spelling] = &[
    Spelling::scalar("sqrt", &[0], |cx, call| constant_power(cx, call, 0.5)),
    Spelling::scalar("recip", &[0], |cx, call| constant_power(cx, call, -1.0)),
    Spelling::scalar("powi", &[1], |cx, call| {
        if let Some(k) = cx.known_integer(call, 0)? {
            let k = i32::try_from(k).map_err(|_| cx.fence().exponent(call))?;
            return constant_power(cx, call, f64::from(k));
        }
        let (a, k) = (cx.receiver(call)?, cx.integer_as_exponent(call, 0)?);
        let pair = cx.spread(vec![a, k]);
        Ok(cx.scalar(|g| op(g, Kind::PowF, &pair)))
    }),
    Spelling::scalar("powf", &[1], |cx, call| {
        let [a, k] = cx.scalars(call)?[..] else { return Err(cx.fence().unknown_method(call)) };
        Ok(cx.scalar(|g| match g.constant_value(k) {
            Some(k) => g.make(Kind::Pow, Attr::Real(crate::ir::Real(k)), &[a]),
            None => op(g, Kind::PowF, &[a, k]),
        }))
    }),
];

fn constant_power(cx: &mut Lowerer<'_>, call: &Call<'_>, k: f64) -> Result<Value, Refusal> {
    let a = cx.receiver(call)?;
    Ok(cx.scalar(|g| g.pow(a, k)))
}
