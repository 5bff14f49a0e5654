//! Extreme entries of a matrix.

use super::helpers::{function, scalar};
use super::selection::slope_of_abs;
use super::{Differential, Record, Spelling, rows};
#[cfg(feature = "eval")]
use crate::eval::Mat;
use crate::ir::{Attr, Extreme, Graph, Kind, NodeId, Pass, Ties};
use crate::lower::{Call, Lowerer, Refusal, Value};
use crate::print::Text;

// d max(A) = mean of dA over the entries that attain it;  d max|A| = mean of sign(A) ∘ dA over them
/// The largest or smallest entry of `A`, or of `|A|`; spelled `max`, `min`, `amax`, `amin`.
///
/// Entries that are equal share the derivative, as equal arguments of `max` do.
pub static EXTREME: Record = Record {
    name: "extreme",
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
        let (a, da) = (g.args(id)[0], d[0]?);
        let Attr::Extreme(which, _) = g.node(id).op.attr else { return None };
        let ties = if g.pass == Pass::Only { Ties::Shared } else { Ties::One };
        let moved = if which.is_of_sizes() {
            let slope = slope_of_abs(g, a);
            g.hadamard(&[slope, da])
        } else {
            da
        };
        Some(g.make(Kind::Pick, Attr::Extreme(which, ties), &[a, moved]))
    }),
    transpose: None,
    vec: None,
    notation: |g, id, a| function(extreme_name(g, id), a),
    #[cfg(feature = "eval")]
    eval: |i| {
        let Attr::Extreme(which, _) = *i.attr() else { return None };
        // nalgebra's extreme of no entries is 0
        let entry = i.extremes()?.first().map_or(0.0, |(r, c)| i.arg(0).at(*r, *c));
        Some(Mat::scalar(if which.is_of_sizes() { entry.abs() } else { entry }))
    },
    emit: |e, id| e.extreme(id),
};

fn extreme(cx: &mut Lowerer<'_>, call: &Call<'_>, which: Extreme) -> Result<Value, Refusal> {
    let a = cx.receiver(call)?;
    Ok(cx.scalar(|g| g.make(Kind::Extreme, Attr::Extreme(which, Ties::Shared), &[a])))
}

// ⟨g, mean of dY over argmax A⟩ = ⟨g / k at each of the k entries of argmax A, dY⟩
/// The mean of the entries of `Y` where `A` has its extreme.
///
/// Linear in `Y`; the position does not move with `A` where the derivative exists.
pub static PICK: Record = Record {
    name: "pick",
    spellings: &[],
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
        Text::atom(format!("{}[arg {name} {}]", a[1].bracketed(), a[0].bracketed()))
    },
    #[cfg(feature = "eval")]
    eval: |i| {
        let at = i.extremes()?;
        #[allow(clippy::cast_precision_loss)] // sizes of tests
        let share = at.len().max(1) as f64;
        Some(Mat::scalar(at.iter().map(|(r, c)| i.arg(1).at(*r, *c) / share).sum()))
    },
    emit: |e, id| e.pick(id),
};

fn extreme_name(g: &Graph, id: NodeId) -> &'static str {
    match g.node(id).op.attr {
        Attr::Extreme(Extreme::Min, _) => "min",
        Attr::Extreme(Extreme::AbsMax, _) => "amax",
        Attr::Extreme(Extreme::AbsMin, _) => "amin",
        _ => "max",
    }
}

/// The vector with a share of 1 at the numbers of the extreme entries of operand 0, zeros elsewhere.
fn unit(g: &mut Graph, id: NodeId) -> NodeId {
    let (attr, a, one) = (g.node(id).op.attr.clone(), g.args(id)[0], g.constant(1.0));
    let unit = g.make(Kind::PlaceExtreme, attr, &[a, one]);
    rows::vec(g, unit)
}

// d place(A, s) = place(A, ds);  ⟨G, ds / k at each of argmax A⟩ = (mean of G over argmax A) ds
/// Equal shares of a scalar where `A` has its extreme, zeros elsewhere: the adjoint of [`PICK`].
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
        let (at, a) = (i.extremes()?, i.arg(0));
        #[allow(clippy::cast_precision_loss)] // sizes of tests
        let share = i.arg(1).at(0, 0) / at.len() as f64;
        Some(Mat::from_fn(a.rows, a.cols, |p, q| if at.contains(&(p, q)) { share } else { 0.0 }))
    },
    emit: |e, id| e.place_extreme(id),
};
