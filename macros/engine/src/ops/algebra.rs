//! Sums, scalings and elementwise products: the arithmetic of matrices of one shape.

use super::flat::is_flat_at_zero;
use super::helpers::same_shape;
use super::{Differential, Record, Spelling, rows};
#[cfg(feature = "eval")]
use crate::eval::Mat;
use crate::ir::{Attr, Dims, Graph, Kind, Mismatch, NodeId, Shape};
use crate::lower::{Call, Lowerer, Refusal, Value};
use crate::print::{self, Text};

// d(Σ cᵢ Aᵢ) = Σ cᵢ dAᵢ;  ⟨G, c dA⟩ = ⟨c G, dA⟩
/// `Σ cᵢ Aᵢ` with constant coefficients; spelled `+`, `-`, `*`, `/` by literals, `symmetric_part`, `lerp`.
pub static LIN: Record = Record {
    name: "lin",
    spellings: &[
        Spelling::scalar("neg", &[0], |cx, call| {
            let a = cx.receiver(call)?;
            Ok(cx.scalar(|g| g.neg(a)))
        }),
        Spelling::scalar("to_radians", &[0], |cx, call| multiple(cx, call, std::f64::consts::PI / 180.0)),
        Spelling::scalar("to_degrees", &[0], |cx, call| multiple(cx, call, 180.0 / std::f64::consts::PI)),
        // x.mul_add(a, b) = x a + b
        Spelling::scalar("mul_add", &[2], |cx, call| {
            let [x, a, b] = cx.scalars(call)?[..] else { return Err(cx.fence().unknown_method(call)) };
            Ok(cx.scalar(|g| {
                let product = g.hadamard(&[x, a]);
                g.add(product, b)
            }))
        }),
        Spelling::matrix("neg", &[0], |cx, call| {
            let a = cx.receiver(call)?;
            Ok(cx.matrix(|g| g.neg(a)))
        }),
        Spelling::matrix("add_scalar", &[1], |cx, call| {
            let (a, s) = (cx.receiver(call)?, cx.scalar_argument(call, 0)?);
            Ok(cx.matrix(|g| {
                let spread = g.fill(s, g.shape(a));
                g.add(a, spread)
            }))
        }),
        Spelling::matrix("symmetric_part", &[0], symmetric_part),
        Spelling::matrix("hermitian_part", &[0], symmetric_part),
        // (1 − t) A + t B
        Spelling::matrix("lerp", &[2], |cx, call| {
            let (a, b, t) = (cx.receiver(call)?, cx.matrix_argument(call, 0)?, cx.scalar_argument(call, 1)?);
            cx.same_shapes(call, a, b)?;
            Ok(cx.matrix(|g| {
                let one = g.constant(1.0);
                let rest = g.sub(one, t);
                let (first, second) = (g.scale(rest, a), g.scale(t, b));
                g.add(first, second)
            }))
        }),
    ],
    shape: same_shape,
    differential: Differential::Linear,
    transpose: Some(|g, id, i, cot| {
        let coef = g.terms(id)[i].0;
        g.times(coef, cot)
    }),
    vec: Some(|g, id, i, j| {
        let coef = g.terms(id)[i].0;
        g.times(coef, j)
    }),
    notation: |g, id, a| print::sum(&g.terms(id), a),
    #[cfg(feature = "eval")]
    eval: |i| {
        let Attr::Coefs(coefs) = i.attr() else { return None };
        let (n, m) = i.shape();
        Some(Mat::from_fn(n, m, |r, c| coefs.iter().zip(i.args()).map(|(k, a)| k.0 * a.at(r, c)).sum()))
    },
    emit: |e, id| e.sum_of_terms(id),
};

/// `k a`
fn multiple(cx: &mut Lowerer<'_>, call: &Call<'_>, k: f64) -> Result<Value, Refusal> {
    let a = cx.receiver(call)?;
    Ok(cx.scalar(|g| g.times(k, a)))
}

/// `½ (A + Aᵀ)`
fn symmetric_part(cx: &mut Lowerer<'_>, call: &Call<'_>) -> Result<Value, Refusal> {
    let a = cx.square_receiver(call)?;
    Ok(cx.matrix(|g| {
        let turned = g.transpose(a);
        g.lin(&[(0.5, a), (0.5, turned)])
    }))
}

// d(s A) = ds A + s dA;  ⟨G, ds A⟩ = ⟨G, A⟩ ds,  ⟨G, s dA⟩ = ⟨s G, dA⟩
/// `s A` for a scalar `s`; spelled `*`, `/`, `scale`, `unscale`.
pub static SCALE: Record = Record {
    name: "scale",
    spellings: &[
        Spelling::matrix("scale", &[1], |cx, call| {
            let (a, s) = (cx.receiver(call)?, cx.scalar_argument(call, 0)?);
            Ok(cx.matrix(|g| g.scale(s, a)))
        }),
        Spelling::matrix("unscale", &[1], |cx, call| {
            let (a, s) = (cx.receiver(call)?, cx.scalar_argument(call, 0)?);
            Ok(cx.matrix(|g| {
                let share = g.pow(s, -1.0);
                g.scale(share, a)
            }))
        }),
        // A / ‖A‖
        Spelling::matrix("normalize", &[0], |cx, call| {
            let a = cx.receiver(call)?;
            Ok(cx.matrix(|g| {
                let norm = g.unary(Kind::Norm, a);
                let share = g.pow(norm, -1.0);
                g.scale(share, a)
            }))
        }),
    ],
    shape: |_: &mut Dims, _: &Attr, s: &[Shape]| -> Result<Shape, Mismatch> { Ok(s[1]) },
    differential: Differential::Multilinear,
    transpose: Some(|g, id, i, cot| {
        let (s, a) = (g.args(id)[0], g.args(id)[1]);
        if i == 0 { g.inner(cot, a) } else { g.scale(s, cot) }
    }),
    vec: Some(|g, id, i, j| {
        let (s, a) = (g.args(id)[0], g.args(id)[1]);
        if i == 1 {
            return g.scale(s, j);
        }
        let column = rows::vec(g, a);
        g.matmul(&[column, j])
    }),
    notation: print::scaling,
    #[cfg(feature = "eval")]
    eval: |i| Some(i.arg(1).map(|x| i.scalar(0) * x)),
    emit: |e, id| e.scaled(id),
};

// d(s A) = ds A + s dA
/// `s A`, of which no rewrite takes `s` out: the entries over a norm, whose powers must not overflow one by one.
pub static RATIO: Record = Record {
    name: "ratio",
    spellings: &[],
    shape: |_: &mut Dims, _: &Attr, s: &[Shape]| -> Result<Shape, Mismatch> { Ok(s[1]) },
    differential: Differential::Rule(|g, id, d| {
        let (s, a) = (g.args(id)[0], g.args(id)[1]);
        let by_s = d[0].map(|ds| g.scale(ds, a));
        let by_a = d[1].map(|da| g.scale(s, da));
        super::helpers::total(g, &[by_s, by_a])
    }),
    transpose: None,
    vec: None,
    notation: print::scaling,
    #[cfg(feature = "eval")]
    eval: |i| Some(i.arg(1).map(|x| i.scalar(0) * x)),
    emit: |e, id| e.scaled(id),
};

// d(A ∘ B) = dA ∘ B + A ∘ dB;  ⟨G, A ∘ dB⟩ = ⟨A ∘ G, dB⟩
/// `A ∘ B ∘ ⋯`, the product of scalars included; spelled `component_mul`, `component_div`, and `*`, `/` between scalars.
pub static HADAMARD: Record = Record {
    name: "hadamard",
    spellings: &[
        Spelling::matrix("component_mul", &[1], |cx, call| {
            let (a, b) = cx.same_shape_pair(call)?;
            Ok(cx.matrix(|g| g.hadamard(&[a, b])))
        }),
        Spelling::matrix("component_div", &[1], |cx, call| {
            let (a, b) = cx.same_shape_pair(call)?;
            Ok(cx.matrix(|g| g.div(a, b)))
        }),
    ],
    shape: same_shape,
    differential: Differential::Multilinear,
    transpose: Some(|g, id, i, cot| {
        let mut factors = g.args(id).to_vec();
        factors[i] = cot;
        g.hadamard(&factors)
    }),
    vec: Some(|g, id, i, j| {
        let mut others = g.args(id).to_vec();
        others.remove(i);
        let others = g.hadamard(&others);
        rows::scaled(g, others, j)
    }),
    notation: print::elementwise_product,
    #[cfg(feature = "eval")]
    eval: |i| {
        let (n, m) = i.shape();
        Some(Mat::from_fn(n, m, |r, c| i.args().map(|a| a.at(r, c)).product()))
    },
    emit: |e, id| e.elementwise_product(id),
};

// d(A^{∘k}) = k A^{∘(k−1)} ∘ dA, taken to be 0 where A is 0 and at its smallest
/// `A^{∘k}` for a constant `k`; spelled `powi`, `powf`, `sqrt`, `recip`, and `/`.
pub static POW: Record = Record {
    name: "pow",
    spellings: super::elementwise::POWERS,
    shape: same_shape,
    differential: Differential::Rule(|g: &mut Graph, id: NodeId, d: &[Option<NodeId>]| {
        let (a, da) = (g.args(id)[0], d[0]?);
        let Attr::Real(k) = g.node(id).op.attr else { return None };
        let power = if k.0 > 0.0 && k.0 < 1.0 && is_flat_at_zero(g, a) {
            // where the value does not move, neither does its root: 0 for ∞ · 0
            let below = g.pow(a, 1.0 - k.0);
            g.unary(Kind::SafeRecip, below)
        } else {
            g.pow(a, k.0 - 1.0)
        };
        let slope = g.times(k.0, power);
        Some(g.hadamard(&[slope, da]))
    }),
    transpose: None,
    vec: None,
    notation: |g, id, a| match g.node(id).op.attr {
        Attr::Real(k) => print::power(g.is_scalar(id), &a[0], k.0),
        _ => Text::atom("?"),
    },
    #[cfg(feature = "eval")]
    eval: |i| match i.attr() {
        Attr::Real(k) => Some(i.arg(0).map(|x| crate::eval::pow(x, k.0))),
        _ => None,
    },
    emit: |e, id| e.power(id),
};

/// One pass over the entries of its operands: the elementwise kernel that the schedule makes of a chain of elementwise
/// operations. Its body is a [`crate::ir::Region`] of scalars, its operands are the inputs; scalar operands are the same for every entry.
pub static MAP: Record = Record {
    name: "map",
    spellings: &[],
    shape: |_: &mut Dims, _: &Attr, s: &[Shape]| -> Result<Shape, Mismatch> {
        Ok(s.iter().copied().find(|s| !s.is_scalar()).unwrap_or(Shape::SCALAR))
    },
    differential: Differential::Zero, // made by the schedule, after differentiation
    transpose: None,
    vec: None,
    notation: |_, _, a| super::helpers::function("map", a),
    #[cfg(feature = "eval")]
    eval: crate::eval::map_region,
    emit: |e, id| e.map(id),
};

/// Whether a node is one pass over the entries of its operands.
#[must_use]
pub fn is_elementwise(kind: Kind) -> bool {
    kind >= Kind::Exp && kind <= Kind::Select
        || matches!(kind, Kind::Lin | Kind::Scale | Kind::Ratio | Kind::Hadamard | Kind::Pow)
}

/// The side of a product that is no matrix of ones.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    /// `x 1ᵀ`
    Column,
    /// `1 rᵀ`
    Row,
}

/// Whether a product has a vector in each column, or in each row.
#[must_use]
pub fn broadcast(g: &Graph, id: NodeId) -> Option<Side> {
    if g.kind(id) != Kind::MatMul || g.shape(id).is_thin() {
        return None;
    }
    let ones = |a: NodeId| g.kind(a) == Kind::Fill && g.constant_value(a) == Some(1.0);
    // the left factor may be an inverse to solve with, which is no vector
    match *g.args(id) {
        [x, b] if g.shape(x).is_column() && ones(b) => Some(Side::Column),
        [a, r] if g.shape(r).is_row() && ones(a) => Some(Side::Row),
        _ => None,
    }
}
