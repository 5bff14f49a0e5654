//! Steps: functions of the entries, and the softmax family.

use super::builder::Builder;
use crate::ir::{Attr, Cmp, Kind, NodeId};

/// The step of a function of one operand: one of all operations that are such.
pub(super) fn function(b: &mut Builder) -> Option<NodeId> {
    let a = b.any();
    let kind = b.random.of(&[
        Kind::Exp,
        Kind::ExpM1,
        Kind::Ln,
        Kind::Ln1p,
        Kind::Log2,
        Kind::Log10,
        Kind::Cbrt,
        Kind::Sin,
        Kind::Cos,
        Kind::Tan,
        Kind::Asin,
        Kind::Acos,
        Kind::Atan,
        Kind::Sinh,
        Kind::Cosh,
        Kind::Tanh,
        Kind::Asinh,
        Kind::Acosh,
        Kind::Atanh,
        Kind::Sigmoid,
        Kind::Softplus,
        Kind::Abs,
    ]);
    let a = match kind {
        Kind::Exp | Kind::ExpM1 | Kind::Sinh | Kind::Cosh if !b.within(a, -3.0, 3.0) => b.op(Kind::Atan, &[a])?,
        Kind::Ln | Kind::Ln1p | Kind::Log2 | Kind::Log10 => b.positive(a)?,
        Kind::Cbrt | Kind::Abs => b.nonzero(a)?,
        Kind::Tan if !b.within(a, -1.2, 1.2) => b.below_one(a)?,
        Kind::Asin | Kind::Acos | Kind::Atanh => b.below_one(a)?,
        Kind::Acosh => b.above_one(a)?,
        _ => a,
    };
    b.op(kind, &[a])
}

/// `xʸ`, `hypot`, `atan2`
pub(super) fn function_of_two(b: &mut Builder) -> Option<NodeId> {
    let x = b.any();
    let kind = b.random.of(&[Kind::PowF, Kind::Hypot, Kind::Atan2]);
    let y = b.like(x)?;
    let pair = match kind {
        Kind::PowF => [b.positive(x)?, y],
        // the cut of atan2 is at x < 0, y = 0
        Kind::Atan2 => [b.nonzero(x)?, y],
        _ => [x, b.nonzero(y)?],
    };
    b.op(kind, &pair)
}

/// What overflows by parts: `ln(Σ exp(t))`, `ln(cosh(t))`, `sinh(t) / cosh(t)`, roots of sums of squares.
pub(super) fn by_parts(b: &mut Builder) -> Option<NodeId> {
    let t = b.any();
    let t = if b.within(t, -3.0, 3.0) { t } else { b.op(Kind::Atan, &[t])? };
    match b.random.below(4) {
        0 => {
            let other = b.like(t)?;
            let other = b.op(Kind::Tanh, &[other])?;
            let (grown, other) = (b.op(Kind::Exp, &[t])?, b.op(Kind::Exp, &[other])?);
            let total = b.lin(&[(2.0, grown), (0.5, other)])?;
            let logarithm = b.random.of(&[Kind::Ln, Kind::Ln1p, Kind::Log2]);
            b.op(logarithm, &[total])
        }
        1 => {
            let cosh = b.op(Kind::Cosh, &[t])?;
            b.op(Kind::Ln, &[cosh])
        }
        2 => {
            let (sinh, cosh) = (b.op(Kind::Sinh, &[t])?, b.op(Kind::Cosh, &[t])?);
            let share = b.pow(cosh, -1.0)?;
            b.op(Kind::Hadamard, &[sinh, share])
        }
        _ => {
            let other = b.like(t)?;
            let (x, y) = (b.pow(t, 2.0)?, b.pow(other, 2.0)?);
            let total = b.lin(&[(1.0, x), (3.0, y)])?;
            let total = b.nonzero(total)?;
            b.pow(total, 0.5)
        }
    }
}

/// The forms that people give to `ln(1 + exp(t))` and to the logistic function.
pub(super) fn logistic(b: &mut Builder) -> Option<NodeId> {
    let t = b.any();
    let sign = b.random.of(&[1.0, -1.0]);
    let t = if b.random.once_in(2) { b.lin(&[(sign, t)])? } else { t };
    let t = if b.within(t, -4.0, 4.0) { t } else { b.op(Kind::Tanh, &[t])? };
    let grown = b.op(Kind::Exp, &[t])?;
    let one = b.constant(1.0, b.graph.shape(t))?;
    let below = b.lin(&[(1.0, one), (1.0, grown)])?;
    match b.random.below(6) {
        0 => b.op(Kind::Ln1p, &[grown]),
        1 => b.op(Kind::Ln, &[below]),
        2 => b.pow(below, -1.0),
        3 => {
            let share = b.pow(below, -1.0)?;
            b.op(Kind::Hadamard, &[grown, share])
        }
        4 => {
            let sigma = b.op(Kind::Sigmoid, &[t])?;
            b.op(Kind::Ln, &[sigma])
        }
        _ => {
            let sigma = b.op(Kind::Sigmoid, &[t])?;
            b.lin(&[(1.0, one), (-1.0, sigma)])
        }
    }
}

/// `max`, `min`, `clamp`, `relu`, `if`
pub(super) fn choice(b: &mut Builder) -> Option<NodeId> {
    let a = b.any();
    let other = b.like(a)?;
    match b.random.below(5) {
        0 => select(b, Cmp::Max, [a, other, a, other]),
        1 => select(b, Cmp::Min, [a, other, a, other]),
        2 => {
            let a = b.off_kink(a)?;
            b.op(Kind::Relu, &[a])
        }
        3 => {
            let shape = b.graph.shape(a);
            let (low, high) = (b.constant(-0.6, shape)?, b.constant(0.8, shape)?);
            let raised = select(b, Cmp::Lt, [a, low, low, a])?;
            select(b, Cmp::Gt, [raised, high, high, raised])
        }
        _ => {
            let cmp = b.random.of(&[Cmp::Lt, Cmp::Le, Cmp::Gt, Cmp::Ge, Cmp::Eq, Cmp::Ne]);
            let (x, y) = (b.like(a)?, b.like(a)?);
            select(b, cmp, [a, other, x, y])
        }
    }
}

/// `a > c ? σ(a) : y` with a partial function `σ`, which has no value where it is not chosen.
pub(super) fn guarded(b: &mut Builder) -> Option<NodeId> {
    let a = b.any();
    let shape = b.graph.shape(a);
    let (threshold, kind) =
        b.random.of(&[(0.2, Kind::Ln), (0.2, Kind::Pow), (-0.6, Kind::Ln1p), (1.2, Kind::Acosh), (0.2, Kind::PowF)]);
    let threshold = b.constant(threshold, shape)?;
    let function = match kind {
        Kind::Pow => {
            let k = b.random.of(&[0.5, -0.5, 1.5]);
            b.put_anyway(kind, Attr::Real(crate::ir::Real(k)), &[a])?
        }
        Kind::PowF => {
            let y = b.like(a)?;
            b.put_anyway(kind, Attr::None, &[a, y])?
        }
        _ => b.put_anyway(kind, Attr::None, &[a])?,
    };
    let function = if b.random.once_in(3) { b.put_anyway(Kind::Sin, Attr::None, &[function])? } else { function };
    let other = if b.random.once_in(2) { b.constant(0.0, shape)? } else { b.like(a)? };
    match b.random.below(3) {
        0 => select(b, Cmp::Le, [a, threshold, other, function]),
        1 => select(b, Cmp::Lt, [threshold, a, function, other]),
        _ => select(b, Cmp::Gt, [a, threshold, function, other]),
    }
}

/// A choice that is clear at every entry.
fn select(b: &mut Builder, cmp: Cmp, args: [NodeId; 4]) -> Option<NodeId> {
    let (left, right) = (b.value(args[0]), b.value(args[1]));
    let gaps = left.data.iter().zip(&right.data).map(|(x, y)| (x - y).abs());
    // operands that are equal as such are so everywhere nearby
    if args[0] != args[1] && gaps.into_iter().any(|gap| gap < 0.03) {
        return None;
    }
    b.put(Kind::Select, Attr::Cmp(cmp), &args)
}

/// `softmax` and its kin.
pub(super) fn softmax(b: &mut Builder) -> Option<NodeId> {
    let a = b.matrix()?;
    let kind = b.random.of(&[
        Kind::Softmax,
        Kind::LogSoftmax,
        Kind::LogSumExp,
        Kind::SoftmaxRows,
        Kind::LogSoftmaxRows,
        Kind::LogSumExpRows,
    ]);
    b.op(kind, &[a])
}

/// The forms that people give to `softmax` and `lse`.
pub(super) fn softmax_by_hand(b: &mut Builder) -> Option<NodeId> {
    let a = b.matrix()?;
    if b.random.once_in(3) {
        let kind = b.random.of(&[Kind::Softmax, Kind::SoftmaxRows]);
        let p = b.op(kind, &[a])?;
        return b.op(Kind::Ln, &[p]);
    }
    let a = if b.within(a, -3.0, 3.0) { a } else { b.op(Kind::Tanh, &[a])? };
    let grown = b.op(Kind::Exp, &[a])?;
    let total = b.op(Kind::Sum, &[grown])?;
    if b.random.once_in(2) {
        return b.op(Kind::Ln, &[total]);
    }
    let share = b.pow(total, -1.0)?;
    b.op(Kind::Scale, &[share, grown])
}
