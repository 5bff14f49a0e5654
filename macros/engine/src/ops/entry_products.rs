//! The product of all entries, and its derivatives: products of the others, which need no division and are right with zeros among the entries.

use super::helpers::{function, op, same_shape, scalar};
use super::{Differential, Record, Spelling, rows};
#[cfg(feature = "eval")]
use crate::eval::Mat;
use crate::ir::{Attr, Kind, Shape};
use crate::print::Text;

// d ∏ aᵢ = Σᵢ (∏_{j≠i} aⱼ) daᵢ
/// `∏ Aᵢⱼ`; spelled `product`.
pub static PRODUCT: Record = Record {
    name: "product",
    spellings: &[Spelling::matrix("product", &[0], |cx, call| {
        let a = cx.receiver(call)?;
        Ok(cx.scalar(|g| op(g, Kind::Product, &[a])))
    })],
    shape: scalar,
    differential: Differential::Rule(|g, id, d| {
        let others = op(g, Kind::ProductsOfOthers, &[g.args(id)[0]]);
        Some(g.inner(others, d[0]?))
    }),
    transpose: None,
    vec: None,
    notation: |_, _, a| function("prod", a),
    #[cfg(feature = "eval")]
    eval: |i| Some(Mat::scalar(i.arg(0).entries().map(|e| e.2).product())),
    emit: |e, id| e.method(id, "product"),
};

// d ∏_{j≠i} aⱼ = Σ_{k≠i} (∏_{j≠i,k} aⱼ) daₖ
/// `∏_{j≠i} aⱼ` at each `i`: the gradient of the product.
pub static PRODUCTS_OF_OTHERS: Record = Record {
    name: "products_of_others",
    spellings: &[],
    shape: same_shape,
    differential: Differential::Rule(|g, id, d| Some(op(g, Kind::OthersTangent, &[g.args(id)[0], d[0]?]))),
    transpose: None,
    vec: None,
    notation: |_, _, a| Text::atom(format!("∏_(j≠i) {}", a[0].bracketed())),
    #[cfg(feature = "eval")]
    eval: |i| {
        let a = i.arg(0);
        Some(Mat::from_fn(a.rows, a.cols, |r, c| a.entries().filter(|e| (e.0, e.1) != (r, c)).map(|e| e.2).product()))
    },
    emit: |e, id| e.call(id, "products_of_others"),
};

// ⟨G, T(A, dE)⟩ = ⟨T(A, G), dE⟩: it is the second derivative of a number
/// `T(A, E)ᵢ = Σ_{k≠i} (∏_{j≠i,k} aⱼ) eₖ`: linear in `E`. Nobody asks for third derivatives.
pub static OTHERS_TANGENT: Record = Record {
    name: "products_of_others_tangent",
    spellings: &[],
    shape: same_shape,
    differential: Differential::Rule(|g, id, d| match d {
        [None, Some(de)] => Some(op(g, Kind::OthersTangent, &[g.args(id)[0], *de])),
        _ => None,
    }),
    transpose: Some(|g, id, i, cot| {
        debug_assert_eq!(i, 1, "the derivative is linear in its direction");
        op(g, Kind::OthersTangent, &[g.args(id)[0], cot])
    }),
    vec: Some(|g, id, _, j| {
        let a = g.args(id)[0];
        let n = rows::entries(g, g.shape(a));
        let matrix = g.make_shaped(Kind::ProductsButTwo, Attr::None, &[a], Shape::new(n, n));
        rows::times(g, matrix, j)
    }),
    notation: |_, _, a| Text::atom(format!("Σ_(k≠i) {}ₖ ∏_(j≠i,k) {}", a[1].bracketed(), a[0].bracketed())),
    #[cfg(feature = "eval")]
    eval: |i| {
        let (a, e) = (i.arg(0), i.arg(1));
        let moved = |at: usize| (0..a.data.len()).filter(|k| *k != at).map(|k| e.data[k] * but_two(a, at, k)).sum();
        Some(Mat::from_column_major(a.rows, a.cols, (0..a.data.len()).map(moved).collect()))
    },
    emit: |e, id| e.call(id, "products_of_others_tangent"),
};

/// `∏_{j≠i,k} aⱼ` at `(i, k)`, zero on the diagonal. Made by a vec rule, after differentiation.
pub static PRODUCTS_BUT_TWO: Record = Record {
    name: "products_but_two",
    spellings: &[],
    shape: super::helpers::given,
    differential: Differential::Zero,
    transpose: None,
    vec: None,
    notation: |_, _, a| Text::atom(format!("[i≠k] ∏_(j≠i,k) {}", a[0].bracketed())),
    #[cfg(feature = "eval")]
    eval: |i| {
        let (a, (n, m)) = (i.arg(0), i.shape());
        Some(Mat::from_fn(n, m, |r, c| if r == c { 0.0 } else { but_two(a, r, c) }))
    },
    emit: |e, id| e.call_shaped(id, "products_but_two"),
};

#[cfg(feature = "eval")]
fn but_two(a: &Mat, i: usize, k: usize) -> f64 {
    a.data.iter().enumerate().filter(|(j, _)| *j != i && *j != k).map(|e| e.1).product()
}
