//! Functions of a square matrix that are not elementwise.

use super::helpers::{op, square, total, tr};
use super::{Differential, Record, Spelling};
use crate::ir::{Attr, Block, Index, Kind};
use crate::print::Text;

// d exp(X) = L(X, dX) = ∫₀¹ exp(sX) dX exp((1−s)X) ds                          [Higham, Functions of Matrices, ch. 10]
/// `exp(X)`, the matrix exponential; spelled `exp` on a matrix.
pub static EXP_MATRIX: Record = Record {
    name: "exp_matrix",
    spellings: &[Spelling::matrix("exp", &[0], |cx, call| {
        let a = cx.square_receiver(call)?;
        Ok(cx.matrix(|g| op(g, Kind::ExpMatrix, &[a])))
    })],
    shape: square,
    differential: Differential::Rule(|g, id, d| {
        let x = g.args(id)[0];
        Some(g.make(Kind::ExpFrechet, Attr::None, &[x, d[0]?]))
    }),
    transpose: None,
    vec: None,
    notation: |_, _, a| super::helpers::function("exp", a),
    #[cfg(feature = "eval")]
    eval: |i| Some(i.arg(0).exp()),
    emit: |e, id| e.call(id, "matrix_exp"),
};

// dL(X, E) = L(X, dE) + [L([X E; 0 X], [dX 0; 0 dX])]₁₂                              [Higham & Relton 2014, SIMAX 35 (3)]
// ⟨G, L(X, dE)⟩ = ⟨L(Xᵀ, G), dE⟩
/// `L(X, E)`, the Fréchet derivative of the matrix exponential at `X` in direction `E`: linear in `E`.
pub static EXP_FRECHET: Record = Record {
    name: "exp_frechet",
    spellings: &[],
    shape: super::helpers::same_shape,
    differential: Differential::Rule(|g, id, d| {
        let (x, e) = (g.args(id)[0], g.args(id)[1]);
        let by_x = d[0].map(|dx| {
            let zero = g.filled(0.0, g.shape(x));
            let at = g.make(Kind::Stack, Attr::Grid(2), &[x, e, zero, x]);
            let direction = g.make(Kind::Stack, Attr::Grid(2), &[dx, zero, zero, dx]);
            let both = op(g, Kind::ExpFrechet, &[at, direction]);
            let n = g.shape(x).rows;
            let corner = Block { row: Index::default(), col: Index::default().after(n) };
            g.make_shaped(Kind::Slice, Attr::Block(corner), &[both], g.shape(x))
        });
        let by_e = d[1].map(|de| op(g, Kind::ExpFrechet, &[x, de]));
        total(g, &[by_x, by_e])
    }),
    transpose: Some(|g, id, i, cot| {
        debug_assert_eq!(i, 1, "the Fréchet derivative is linear in its direction");
        let turned = tr(g, g.args(id)[0]);
        op(g, Kind::ExpFrechet, &[turned, cot])
    }),
    vec: Some(|g, id, _, j| op(g, Kind::FrechetColumns, &[g.args(id)[0], j])),
    notation: |_, _, a| Text::atom(format!("dexp({}; {})", a[0], a[1])),
    #[cfg(feature = "eval")]
    eval: |i| Some(crate::eval::exp_frechet(i.arg(0), i.arg(1))),
    emit: |e, id| e.call(id, "exp_frechet"),
};
