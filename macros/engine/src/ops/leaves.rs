//! Leaves: parameters, constants, dimensions, inactive code; and constants spread over a shape.

use super::helpers::given;
use super::{Differential, Record, Spelling, rows};
use crate::emit;
#[cfg(feature = "eval")]
use crate::eval::Mat;
#[cfg(feature = "eval")]
use crate::ir::Attr;
use crate::ir::Shape;
use crate::lower::{Call, Lowerer, Refusal, Value};
use crate::print::{self, Text};

/// A parameter of the function, or an input of a region.
pub static PARAM: Record = Record {
    name: "param",
    spellings: &[],
    shape: given,
    differential: Differential::Zero, // replaced by its own differential where it is asked for
    transpose: None,
    vec: None,
    notation: |_, _, _| Text::atom("?"), // the printer knows the names
    #[cfg(feature = "eval")]
    eval: |i| i.parameter(),
    emit: |e, id| e.parameter(id),
};

/// A scalar constant.
pub static CONST: Record = Record {
    name: "const",
    spellings: &[],
    shape: given,
    differential: Differential::Zero,
    transpose: None,
    vec: None,
    notation: |g, id, _| print::number(g.constant_value(id).unwrap_or(0.0)),
    #[cfg(feature = "eval")]
    eval: |i| match i.attr() {
        Attr::Real(value) => Some(Mat::scalar(value.0)),
        _ => None,
    },
    emit: |e, id| e.literal(e.graph().constant_value(id).unwrap_or(0.0)),
};

/// A piece of inactive code.
pub static OPAQUE: Record = Record {
    name: "opaque",
    spellings: &[],
    shape: given,
    differential: Differential::Zero,
    transpose: None,
    vec: None,
    notation: |_, _, _| Text::atom("?"), // the printer knows the code
    #[cfg(feature = "eval")]
    eval: |i| i.opaque(),
    emit: |e, id| e.opaque(id),
};

/// A dimension as a number.
pub static DIM: Record = Record {
    name: "dim",
    spellings: &[],
    shape: given,
    differential: Differential::Zero,
    transpose: None,
    vec: None,
    notation: |_, _, _| Text::atom("?"), // the printer names dimensions
    #[cfg(feature = "eval")]
    eval: |i| match i.attr() {
        #[allow(clippy::cast_precision_loss)] // dimensions are far below 2⁵³
        Attr::Dim(dim) => Some(Mat::scalar(i.size(*dim) as f64)),
        #[allow(clippy::cast_precision_loss)] // as above
        Attr::Divisor(dim) => Some(Mat::scalar(i.size(*dim).max(1) as f64)),
        _ => None,
    },
    emit: |e, id| e.dimension(id),
};

/// The differential of a node, as an unknown.
pub static DELTA: Record = Record {
    name: "delta",
    spellings: &[],
    shape: given,
    differential: Differential::Zero,
    transpose: None,
    vec: None,
    notation: |_, _, _| Text::atom("d?"), // the printer knows the names
    #[cfg(feature = "eval")]
    eval: |i| i.delta(),
    emit: |_, _| emit::Code::unreachable(), // deltas are transposed away before a program is made
};

/// `I`
pub static IDENTITY: Record = Record {
    name: "identity",
    spellings: &[
        Spelling::constructor("identity", &[0, 2], |cx, call| {
            let shape = cx.constructed_shape(call, 0)?;
            let square = cx.unify(call, &[], shape.rows, shape.cols)?; // nalgebra's oblong identity is refused
            Ok(cx.matrix(|g| g.identity(square)))
        }),
        Spelling::constructor("from_diagonal_element", &[1, 3], |cx, call| {
            let shape = cx.constructed_shape(call, 1)?;
            let square = cx.unify(call, &[], shape.rows, shape.cols)?;
            let s = cx.scalar_argument(call, call.arity() - 1)?;
            Ok(cx.matrix(|g| {
                let one = g.identity(square);
                g.scale(s, one)
            }))
        }),
    ],
    shape: given,
    differential: Differential::Zero,
    transpose: None,
    vec: None,
    notation: |_, _, _| Text::atom("I"),
    #[cfg(feature = "eval")]
    eval: |i| {
        let (n, m) = i.shape();
        Some(Mat::from_fn(n, m, |r, c| f64::from(u8::from(r == c))))
    },
    emit: |e, id| e.identity(id),
};

// d fill(s) = fill(ds);  ⟨G, fill(ds)⟩ = sum(G) ds
/// `s 1 1ᵀ`: a scalar in every entry.
pub static FILL: Record = Record {
    name: "fill",
    spellings: &[
        Spelling::constructor("zeros", &[0, 1, 2], |cx, call| {
            let shape = cx.constructed_shape(call, 0)?;
            Ok(cx.matrix(|g| g.filled(0.0, shape)))
        }),
        Spelling::constructor("from_element", &[1, 2, 3], filled),
        Spelling::constructor("repeat", &[1, 2, 3], filled),
    ],
    shape: given,
    differential: Differential::Linear,
    transpose: Some(|g, _, _, cot| g.sum(cot)),
    vec: Some(|g, id, _, j| {
        let count = rows::entries(g, g.shape(id));
        let ones = g.filled(1.0, Shape::column(count));
        g.matmul(&[ones, j])
    }),
    notation: |g, id, a| {
        let shape: Shape = g.shape(id);
        let ones = if shape.is_row() { "1ᵀ" } else { "1" };
        match g.constant_value(id) {
            Some(0.0) => Text::atom("0"),
            Some(1.0) => Text::atom(ones),
            _ => Text::scaled(&a[0], &Text::atom(ones)),
        }
    },
    #[cfg(feature = "eval")]
    eval: |i| {
        let (n, m) = i.shape();
        Some(Mat::from_fn(n, m, |_, _| i.scalar(0)))
    },
    emit: |e, id| e.fill(id),
};

/// `Type::from_element(.., value)`.
fn filled(cx: &mut Lowerer<'_>, call: &Call<'_>) -> Result<Value, Refusal> {
    let shape = cx.constructed_shape(call, 1)?;
    let value = cx.scalar_argument(call, call.arity() - 1)?;
    Ok(cx.matrix(|g| g.fill(value, shape)))
}
