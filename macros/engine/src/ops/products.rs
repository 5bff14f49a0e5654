//! Products that mix entries: matrix, Kronecker and cross products.

use super::helpers::{function, op, tr};
use super::{Differential, Record, Spelling};
#[cfg(feature = "eval")]
use crate::eval::Mat;
use crate::ir::{Attr, Dim, Dims, Kind, Mismatch, Shape, Source};
use crate::print::{self, Text};

// d(A B) = dA B + A dB;  tr(Gᵀ L dX R) = tr((Lᵀ G Rᵀ)ᵀ dX)
/// `A B ⋯`; spelled `*`, `dot`, `tr_mul`, `tr_dot`, `pow`, `row_sum`, `column_sum`.
pub static MATMUL: Record = Record {
    name: "matmul",
    spellings: &[
        Spelling::matrix("dot", &[1], |cx, call| {
            let (a, b) = (cx.receiver(call)?, cx.matrix_argument(call, 0)?);
            let (sa, sb) = (cx.shape(a), cx.shape(b));
            cx.unify(call, sa.rows, sb.rows)?;
            cx.unify(call, sa.cols, sb.cols)?;
            Ok(cx.scalar(|g| {
                if sa.cols == Dim::ONE {
                    let t = g.transpose(a);
                    g.matmul(&[t, b])
                } else if sa.rows == Dim::ONE {
                    let t = g.transpose(b);
                    g.matmul(&[a, t])
                } else {
                    g.inner(a, b)
                }
            }))
        }),
        Spelling::matrix("tr_dot", &[1], |cx, call| {
            let (a, b) = (cx.receiver(call)?, cx.matrix_argument(call, 0)?);
            let (sa, sb) = (cx.shape(a), cx.shape(b));
            cx.unify(call, sa.rows, sb.cols)?;
            cx.unify(call, sa.cols, sb.rows)?;
            Ok(cx.scalar(|g| {
                if sa.rows == Dim::ONE {
                    g.matmul(&[a, b])
                } else {
                    let t = g.transpose(a);
                    g.inner(t, b)
                }
            }))
        }),
        Spelling::matrix("tr_mul", &[1], |cx, call| {
            let (a, b) = (cx.receiver(call)?, cx.matrix_argument(call, 0)?);
            let turned = cx.graph_mut().transpose(a);
            cx.product(call.span(), turned, b)
        }),
        Spelling::matrix("pow", &[1], |cx, call| {
            let (a, k) = (cx.receiver(call)?, cx.constant_integer(call, 0)?);
            let shape = cx.shape(a);
            let n = cx.unify(call, shape.rows, shape.cols)?;
            let k = usize::try_from(k).ok().filter(|k| *k <= 64);
            let Some(k) = k else {
                return Err(cx.fence().exponent(call));
            };
            Ok(cx.matrix(|g| if k == 0 { g.identity(n) } else { g.matmul(&vec![a; k]) }))
        }),
        Spelling::matrix("row_sum", &[0], |cx, call| {
            let a = cx.receiver(call)?;
            let rows = cx.shape(a).rows;
            Ok(cx.matrix(|g| {
                let ones = g.filled(1.0, Shape::new(Dim::ONE, rows));
                g.matmul(&[ones, a])
            }))
        }),
        Spelling::matrix("column_sum", &[0], |cx, call| {
            let a = cx.receiver(call)?;
            let cols = cx.shape(a).cols;
            Ok(cx.matrix(|g| {
                let ones = g.filled(1.0, Shape::column(cols));
                g.matmul(&[a, ones])
            }))
        }),
        Spelling::matrix("row_mean", &[0], |cx, call| {
            let a = cx.receiver(call)?;
            let rows = cx.shape(a).rows;
            Ok(cx.matrix(|g| {
                let ones = g.filled(1.0, Shape::new(Dim::ONE, rows));
                let sum = g.matmul(&[ones, a]);
                let n = g.dim(rows);
                let share = g.pow(n, -1.0);
                g.scale(share, sum)
            }))
        }),
        Spelling::matrix("column_mean", &[0], |cx, call| {
            let a = cx.receiver(call)?;
            let cols = cx.shape(a).cols;
            Ok(cx.matrix(|g| {
                let ones = g.filled(1.0, Shape::column(cols));
                let sum = g.matmul(&[a, ones]);
                let n = g.dim(cols);
                let share = g.pow(n, -1.0);
                g.scale(share, sum)
            }))
        }),
    ],
    shape: |dims: &mut Dims, _: &Attr, shapes: &[Shape]| -> Result<Shape, Mismatch> {
        for pair in shapes.windows(2) {
            dims.unify(pair[0].cols, pair[1].rows)?;
        }
        Ok(Shape::new(shapes[0].rows, shapes[shapes.len() - 1].cols))
    },
    differential: Differential::Multilinear,
    transpose: Some(|g, id, i, cot| {
        let factors = g.args(id).to_vec();
        let mut result: Vec<_> = factors[..i].iter().rev().map(|f| tr(g, *f)).collect();
        result.push(cot);
        result.extend(factors[i + 1..].iter().rev().map(|f| tr(g, *f)));
        // a scalar product xᵀ dy: the cotangent is a scalar
        g.matmul(&result)
    }),
    notation: print::matrix_product,
    #[cfg(feature = "eval")]
    eval: |i| i.args().cloned().reduce(|a, b| a.mul(&b)),
    emit: |e, id| e.matrix_product(id),
};

#[allow(clippy::unnecessary_wraps, reason = "the type of a shape rule")]
fn kron_shape(dims: &mut Dims, _: &Attr, s: &[Shape]) -> Result<Shape, Mismatch> {
    let rows = dims.derived(Source::Product(vec![s[0].rows, s[1].rows]));
    let cols = dims.derived(Source::Product(vec![s[0].cols, s[1].cols]));
    Ok(Shape::new(rows, cols))
}

// d(A ⊗ B) = dA ⊗ B + A ⊗ dB;  ⟨G, dA ⊗ B⟩ = Σᵢⱼ ⟨Gᵢⱼ, B⟩ dAᵢⱼ over the blocks Gᵢⱼ of G
/// `A ⊗ B`; spelled `kronecker`.
pub static KRON: Record = Record {
    name: "kron",
    spellings: &[Spelling::matrix("kronecker", &[1], |cx, call| {
        let (a, b) = (cx.receiver(call)?, cx.matrix_argument(call, 0)?);
        Ok(cx.matrix(|g| op(g, Kind::Kron, &[a, b])))
    })],
    shape: kron_shape,
    differential: Differential::Multilinear,
    transpose: Some(|g, id, i, cot| {
        let (a, b) = (g.args(id)[0], g.args(id)[1]);
        let shape = g.shape(g.args(id)[i]);
        if i == 0 {
            g.make_shaped(Kind::KronTrLeft, Attr::None, &[cot, b], shape)
        } else {
            g.make_shaped(Kind::KronTrRight, Attr::None, &[cot, a], shape)
        }
    }),
    notation: |_, _, a| Text::infix(" ⊗ ", &a[0], &a[1]),
    #[cfg(feature = "eval")]
    eval: |i| {
        let (a, b) = (i.arg(0), i.arg(1));
        Some(Mat::from_fn(a.rows * b.rows, a.cols * b.cols, |r, c| a.at(r / b.rows, c / b.cols) * b.at(r % b.rows, c % b.cols)))
    },
    emit: |e, id| e.method(id, "kronecker"),
};

// ⟨H, KronTrLeft(dG, B)⟩ = ⟨H ⊗ B, dG⟩;  ⟨H, KronTrLeft(G, dB)⟩ = ⟨KronTrRight(G, H), dB⟩
/// `Aᵢⱼ = ⟨Gᵢⱼ, B⟩` over the blocks of `G`: the adjoint of `A ↦ A ⊗ B`.
pub static KRON_TR_LEFT: Record = Record {
    name: "kron_tr_left",
    spellings: &[],
    shape: super::helpers::given,
    differential: Differential::Multilinear,
    transpose: Some(|g, id, i, cot| {
        let (big, b) = (g.args(id)[0], g.args(id)[1]);
        let shape = g.shape(b);
        if i == 0 { op(g, Kind::Kron, &[cot, b]) } else { g.make_shaped(Kind::KronTrRight, Attr::None, &[big, cot], shape) }
    }),
    notation: |_, _, a| function("⟨blocks", a),
    #[cfg(feature = "eval")]
    eval: |i| {
        let (big, b, (n, m)) = (i.arg(0), i.arg(1), i.shape());
        Some(Mat::from_fn(n, m, |r, c| b.entries().map(|(p, q, v)| v * big.at(r * b.rows + p, c * b.cols + q)).sum()))
    },
    emit: |e, id| e.call_shaped(id, "kron_tr_left"),
};

// ⟨H, KronTrRight(dG, A)⟩ = ⟨A ⊗ H, dG⟩;  ⟨H, KronTrRight(G, dA)⟩ = ⟨KronTrLeft(G, H), dA⟩
/// `B = Σᵢⱼ Aᵢⱼ Gᵢⱼ` over the blocks of `G`: the adjoint of `B ↦ A ⊗ B`.
pub static KRON_TR_RIGHT: Record = Record {
    name: "kron_tr_right",
    spellings: &[],
    shape: super::helpers::given,
    differential: Differential::Multilinear,
    transpose: Some(|g, id, i, cot| {
        let (big, a) = (g.args(id)[0], g.args(id)[1]);
        let shape = g.shape(a);
        if i == 0 { op(g, Kind::Kron, &[a, cot]) } else { g.make_shaped(Kind::KronTrLeft, Attr::None, &[big, cot], shape) }
    }),
    notation: |_, _, a| function("Σ blocks", a),
    #[cfg(feature = "eval")]
    eval: |i| {
        let (big, a, (n, m)) = (i.arg(0), i.arg(1), i.shape());
        Some(Mat::from_fn(n, m, |r, c| a.entries().map(|(p, q, v)| v * big.at(p * n + r, q * m + c)).sum()))
    },
    emit: |e, id| e.call_shaped(id, "kron_tr_right"),
};

// d(a × b) = da × b + a × db;  ⟨g, da × b⟩ = ⟨b × g, da⟩,  ⟨g, a × db⟩ = ⟨g × a, db⟩
/// `a × b` of 3-vectors; spelled `cross`.
pub static CROSS: Record = Record {
    name: "cross",
    spellings: &[Spelling::matrix("cross", &[1], |cx, call| {
        let (a, b) = (cx.receiver(call)?, cx.matrix_argument(call, 0)?);
        let three = Shape::column(Dim::Const(3));
        let row = cx.shape(a).is_row();
        let shape = if row { three.transposed() } else { three };
        cx.unify_shape(call, a, shape)?;
        cx.unify_shape(call, b, shape)?;
        Ok(cx.matrix(|g| {
            let [a, b] = [a, b].map(|v| if row { g.transpose(v) } else { v });
            let cross = op(g, Kind::Cross, &[a, b]);
            if row { g.transpose(cross) } else { cross }
        }))
    })],
    shape: super::helpers::same_shape,
    differential: Differential::Multilinear,
    transpose: Some(|g, id, i, cot| {
        let (a, b) = (g.args(id)[0], g.args(id)[1]);
        if i == 0 { op(g, Kind::Cross, &[b, cot]) } else { op(g, Kind::Cross, &[cot, a]) }
    }),
    notation: |_, _, a| Text::infix(" × ", &a[0], &a[1]),
    #[cfg(feature = "eval")]
    eval: |i| {
        let (a, b) = (i.arg(0), i.arg(1));
        Some(Mat::from_fn(3, 1, |r, _| a.at((r + 1) % 3, 0) * b.at((r + 2) % 3, 0) - a.at((r + 2) % 3, 0) * b.at((r + 1) % 3, 0)))
    },
    emit: |e, id| e.method(id, "cross"),
};
