//! The matrix of cofactors, and how it moves: the first and the second derivative of the determinant, at singular matrices as well.

use super::helpers::{function, op, square};
use super::{Differential, Record};
#[cfg(feature = "eval")]
use crate::eval::Mat;
use crate::ir::{Attr, Dims, Kind, Mismatch, Shape};
use crate::print::Text;

// cof(A) = det(A) A⁻ᵀ, a polynomial in the entries of A; d cof(A) is its derivative, without a division
/// The matrix of cofactors: the gradient of the determinant.
pub static COFACTOR: Record = Record {
    name: "cofactor",
    spellings: &[],
    shape: square,
    differential: Differential::Rule(|g, id, d| Some(op(g, Kind::CofactorTangent, &[g.args(id)[0], d[0]?]))),
    transpose: None,
    vec: None,
    notation: |_, _, a| Text::product(&[function("det", &a[..1]), a[0].superscript("⁻ᵀ")]),
    #[cfg(feature = "eval")]
    eval: |i| Some(i.arg(0).cofactor()),
    emit: |e, id| e.cofactor(id, "cofactor"),
};

// D cof(A)[E] = det(A) (tr(A⁻¹ E) A⁻ᵀ − A⁻ᵀ Eᵀ A⁻ᵀ) where A is invertible           [Magnus & Neudecker, ch. 8, 10]
// ⟨G, D cof(A)[dE]⟩ = ⟨D cof(A)[G], dE⟩: it is the second derivative of a number
/// `D cof(A)[E]`, the derivative of the matrix of cofactors in direction `E`: linear in `E`. Nobody asks for third derivatives.
pub static COFACTOR_TANGENT: Record = Record {
    name: "cofactor_tangent",
    spellings: &[],
    shape: super::helpers::same_shape,
    differential: Differential::Rule(|g, id, d| match d {
        [None, Some(de)] => Some(op(g, Kind::CofactorTangent, &[g.args(id)[0], *de])),
        _ => None,
    }),
    transpose: Some(|g, id, i, cot| {
        debug_assert_eq!(i, 1, "the derivative is linear in its direction");
        op(g, Kind::CofactorTangent, &[g.args(id)[0], cot])
    }),
    vec: Some(|g, id, _, j| op(g, Kind::CofactorColumns, &[g.args(id)[0], j])),
    notation: |_, _, a| {
        let (inverse, det) = (a[0].superscript("⁻¹"), function("det", &a[..1]));
        let turned = inverse.transposed();
        let trace = function("tr", &[Text::product(&[inverse, a[1].clone()])]);
        let moved = Text::product(&[turned.clone(), a[1].transposed(), turned.clone()]);
        Text::product(&[det, Text::sum_of(&[(false, Text::product(&[trace, turned])), (true, moved)])])
    },
    #[cfg(feature = "eval")]
    eval: |i| {
        let e = i.arg(1);
        let moved = i.arg(0).cofactor_columns(&Mat::from_column_major(e.data.len(), 1, e.data.clone()));
        Some(Mat::from_column_major(e.rows, e.cols, moved.data))
    },
    emit: |e, id| e.cofactor(id, "cofactor_tangent"),
};

// vec D cof(A)[E] = det(A) (vec(A⁻ᵀ) vec(A⁻ᵀ)ᵀ − K (A⁻ᵀ ⊗ A⁻¹)) vec E                [Magnus & Neudecker, ch. 10]
/// `D cof(A)[·]` of each column: in the directions that are the columns of a Jacobian.
pub static COFACTOR_COLUMNS: Record = Record {
    name: "cofactor_columns",
    spellings: &[],
    shape: second,
    differential: Differential::Zero,
    transpose: None,
    vec: None,
    notation: |g, id, a| {
        let (inverse, det) = (a[0].superscript("⁻¹"), function("det", &a[..1]));
        let turned = inverse.transposed();
        let entries = function("vec", std::slice::from_ref(&turned));
        let outer = Text::product(&[entries.clone(), entries.transposed()]);
        let both = Text::product(&[Text::atom("K"), Text::atom(format!("({})", Text::infix(" ⊗ ", &turned, &inverse)))]);
        let matrix = Text::product(&[det, Text::sum_of(&[(false, outer), (true, both)])]);
        if g.kind(g.args(id)[1]) == Kind::Identity { matrix } else { Text::product(&[matrix, a[1].clone()]) }
    },
    #[cfg(feature = "eval")]
    eval: |i| Some(i.arg(0).cofactor_columns(i.arg(1))),
    emit: |e, id| e.cofactor(id, "cofactor_columns"),
};

/// The shape of the second operand.
#[allow(clippy::unnecessary_wraps, reason = "the type of a shape rule")]
fn second(_: &mut Dims, _: &Attr, s: &[Shape]) -> Result<Shape, Mismatch> {
    Ok(s[1])
}
