//! Triangular systems: matrices of which one triangle is read, and no factorization is needed.
//!
//! Like a factorization, [`TRI`] is what an inverse names as its operand; it stands for the part of the matrix that is read.

use super::helpers::{op, square};
use super::{Differential, Record, Spelling};
#[cfg(feature = "eval")]
use crate::eval::Mat;
use crate::ir::{Attr, Fail, Kind, NodeId, Part};
use crate::lower::{Call, Lowerer, Refusal, Value};
use crate::print::Text;
use crate::simplify::is_part;

/// How `L x = b`, and `Lᵀ x = b`, are solved.
#[derive(Clone, Copy)]
struct Solve {
    part: Part,
    transposed: bool,
    checked: bool,
}

const LOWER: Solve = Solve { part: Part::Lower, transposed: false, checked: true };
const UPPER: Solve = Solve { part: Part::Upper, ..LOWER };

impl Solve {
    const fn transposed(self) -> Self {
        Self { transposed: true, ..self }
    }
    const fn unchecked(self) -> Self {
        Self { checked: false, ..self }
    }

    /// `tril(L)⁻¹ b`, `tril(L)⁻ᵀ b` as `triu(Lᵀ)⁻¹ b`.
    fn lower(self, cx: &mut Lowerer<'_>, call: &Call<'_>) -> Result<Value, Refusal> {
        let (a, b) = (cx.square_receiver(call)?, cx.matrix_argument(call, 0)?);
        let (rows, height) = (cx.shape(a).rows, cx.shape(b).rows);
        cx.unify(call, &[a, b], rows, height)?;
        let g = cx.graph_mut();
        let (a, part) = if self.transposed { (g.transpose(a), self.part.transposed()) } else { (a, self.part) };
        let triangle = g.make(Kind::Tri, Attr::Part(part), &[a]);
        if self.checked {
            return Ok(Value::fallible(Kind::Inv, vec![triangle, b]));
        }
        Ok(cx.matrix(|g| {
            let inverse = g.make(Kind::Inv, Attr::Fail(Fail::Unchecked), &[triangle]);
            g.matmul(&[inverse, b])
        }))
    }
}

// d tril(A) = tril(dA)
/// The triangle of a matrix that is read (or its diagonal, where there is nothing else), to solve with; spelled `solve_lower_triangular(&b)`, `solve_upper_triangular(&b)`, the `tr_` and
/// `ad_` forms for the transpose, and the `_unchecked` forms of all.
pub static TRI: Record = Record {
    name: "triangle",
    spellings: &[
        Spelling::matrix("solve_lower_triangular", &[1], |cx, call| LOWER.lower(cx, call)),
        Spelling::matrix("solve_upper_triangular", &[1], |cx, call| UPPER.lower(cx, call)),
        Spelling::matrix("tr_solve_lower_triangular", &[1], |cx, call| LOWER.transposed().lower(cx, call)),
        Spelling::matrix("tr_solve_upper_triangular", &[1], |cx, call| UPPER.transposed().lower(cx, call)),
        Spelling::matrix("ad_solve_lower_triangular", &[1], |cx, call| LOWER.transposed().lower(cx, call)),
        Spelling::matrix("ad_solve_upper_triangular", &[1], |cx, call| UPPER.transposed().lower(cx, call)),
        Spelling::matrix("solve_lower_triangular_unchecked", &[1], |cx, call| LOWER.unchecked().lower(cx, call)),
        Spelling::matrix("solve_upper_triangular_unchecked", &[1], |cx, call| UPPER.unchecked().lower(cx, call)),
        Spelling::matrix("tr_solve_lower_triangular_unchecked", &[1], |cx, call| LOWER.transposed().unchecked().lower(cx, call)),
        Spelling::matrix("tr_solve_upper_triangular_unchecked", &[1], |cx, call| UPPER.transposed().unchecked().lower(cx, call)),
        Spelling::matrix("ad_solve_lower_triangular_unchecked", &[1], |cx, call| LOWER.transposed().unchecked().lower(cx, call)),
        Spelling::matrix("ad_solve_upper_triangular_unchecked", &[1], |cx, call| UPPER.transposed().unchecked().lower(cx, call)),
    ],
    shape: square,
    differential: Differential::Rule(|g, id, d| {
        let da = d[0]?;
        Some(match part_of(&g.node(id).op.attr) {
            Part::Lower => op(g, Kind::LowerTriangle, &[da]),
            Part::Upper => op(g, Kind::UpperTriangle, &[da]),
            Part::Diagonal => {
                let diagonal = op(g, Kind::Diagonal, &[da]);
                op(g, Kind::DiagMat, &[diagonal])
            }
        })
    }),
    transpose: None,
    vec: None,
    notation: |g, id, a| {
        let part = part_of(&g.node(id).op.attr);
        if is_part(g, g.args(id)[0], part) {
            return a[0].clone();
        }
        let name = match part {
            Part::Lower => "tril",
            Part::Upper => "triu",
            Part::Diagonal => "Diag diag",
        };
        Text::atom(format!("{name}({})", a[0]))
    },
    #[cfg(feature = "eval")]
    eval: |i| {
        let (part, a) = (part_of(i.attr()), i.arg(0));
        Some(Mat::from_fn(a.rows, a.cols, |r, c| if part.holds(r, c) { a.at(r, c) } else { 0.0 }))
    },
    emit: |e, id| e.triangle(id),
};

/// The part that a node of [`TRI`] reads.
pub(crate) fn part_of(attr: &Attr) -> Part {
    match attr {
        Attr::Part(part) => *part,
        other => unreachable!("ops::triangular makes no triangle with {other:?}"),
    }
}

/// The part of its operand that a node reads, if it is a [`TRI`].
pub(crate) fn part_read(g: &crate::ir::Graph, id: NodeId) -> Option<Part> {
    (g.kind(id) == Kind::Tri).then(|| part_of(&g.node(id).op.attr))
}
