//! Products that mix entries: matrix, Kronecker and cross products.

use super::helpers::{function, op, tr};
use super::{Differential, Record, Spelling, rows};
#[cfg(feature = "eval")]
use crate::eval::Mat;
use crate::ir::{Attr, Dim, Dims, Graph, Kind, Mismatch, NodeId, RowMap, Shape, Source};
use crate::lower::{Call, Lowerer, Refusal, Value};
use crate::print::{self, Text};

// d(A B) = dA B + A dB;  tr(Gᵀ L dX R) = tr((Lᵀ G Rᵀ)ᵀ dX)
/// `A B ⋯`; spelled `*`, `dot`, `tr_mul`, `tr_dot`, `pow`, `perp`, and by columns or rows `row_sum`, `row_mean`, `row_variance`,
/// `column_sum`, `column_mean`, `column_variance`.
pub static MATMUL: Record = Record {
    name: "matmul",
    spellings: &[
        Spelling::matrix("dot", &[1], dot),
        Spelling::matrix("dotc", &[1], dot),
        Spelling::matrix("tr_dot", &[1], |cx, call| {
            let (a, b) = (cx.receiver(call)?, cx.matrix_argument(call, 0)?);
            let (sa, sb) = (cx.shape(a), cx.shape(b));
            cx.unify(call, &[a, b], sa.rows, sb.cols)?;
            cx.unify(call, &[a, b], sa.cols, sb.rows)?;
            Ok(cx.scalar(|g| {
                if sa.rows == Dim::ONE {
                    g.matmul(&[a, b])
                } else {
                    let t = g.transpose(a);
                    g.inner(t, b)
                }
            }))
        }),
        Spelling::matrix("tr_mul", &[1], tr_mul),
        Spelling::matrix("ad_mul", &[1], tr_mul),
        Spelling::matrix("pow", &[1], |cx, call| {
            let a = cx.square_receiver(call)?;
            let n = cx.shape(a).rows;
            let known = cx.known_integer(call, 0)?.and_then(|k| usize::try_from(k).ok());
            let Some(k) = known.filter(|k| *k <= 64) else { return cx.matrix_power(call, a) };
            Ok(cx.matrix(|g| if k == 0 { g.identity(n) } else { g.matmul(&vec![a; k]) }))
        }),
        // a.x b.y − a.y b.x
        Spelling::matrix("perp", &[1], |cx, call| {
            let (a, b) = (cx.column_receiver(call)?, cx.matrix_argument(call, 0)?);
            let ([ax, ay], [bx, by]) = (cx.coordinates(call, a)?, cx.coordinates(call, b)?);
            Ok(cx.scalar(|g| {
                let (first, second) = (g.hadamard(&[ax, by]), g.hadamard(&[ay, bx]));
                g.sub(first, second)
            }))
        }),
        Spelling::matrix("row_sum", &[0], |cx, call| along(cx, call, row_sum)),
        Spelling::matrix("row_sum_tr", &[0], |cx, call| along(cx, call, |g, a| turned(g, a, row_sum))),
        Spelling::matrix("column_sum", &[0], |cx, call| along(cx, call, column_sum)),
        Spelling::matrix("row_mean", &[0], |cx, call| along(cx, call, row_mean)),
        Spelling::matrix("row_mean_tr", &[0], |cx, call| along(cx, call, |g, a| turned(g, a, row_mean))),
        Spelling::matrix("column_mean", &[0], |cx, call| along(cx, call, column_mean)),
        // nalgebra's: the population variance of each column, of each row
        Spelling::matrix("row_variance", &[0], |cx, call| along(cx, call, row_variance)),
        Spelling::matrix("row_variance_tr", &[0], |cx, call| along(cx, call, |g, a| turned(g, a, row_variance))),
        Spelling::matrix("column_variance", &[0], |cx, call| {
            along(cx, call, |g, a| {
                let a = g.transpose(a);
                turned(g, a, row_variance)
            })
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
    vec: Some(|g, id, i, j| {
        let factors = g.args(id).to_vec();
        let right: Vec<NodeId> = factors[i + 1..].iter().rev().map(|f| tr(g, *f)).collect();
        let shape = g.shape(factors[i]);
        let left = if i == 0 { g.identity(shape.rows) } else { g.matmul(&factors[..i]) };
        let right = if right.is_empty() { g.identity(shape.cols) } else { g.matmul(&right) };
        let matrix = rows::kron(g, right, left);
        rows::times(g, matrix, j)
    }),
    notation: print::matrix_product,
    #[cfg(feature = "eval")]
    eval: |i| i.args().cloned().reduce(|a, b| a.mul(&b)),
    emit: |e, id| e.matrix_product(id),
};

fn dot(cx: &mut Lowerer<'_>, call: &Call<'_>) -> Result<Value, Refusal> {
    let (a, b) = (cx.receiver(call)?, cx.matrix_argument(call, 0)?);
    let sa = cx.shape(a);
    cx.same_shapes(call, a, b)?;
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
}

fn tr_mul(cx: &mut Lowerer<'_>, call: &Call<'_>) -> Result<Value, Refusal> {
    let (a, b) = (cx.receiver(call)?, cx.matrix_argument(call, 0)?);
    cx.transposed_product(call, a, b)
}

/// A reduction of the receiver along its rows or columns.
fn along(cx: &mut Lowerer<'_>, call: &Call<'_>, reduce: impl FnOnce(&mut Graph, NodeId) -> NodeId) -> Result<Value, Refusal> {
    let a = cx.receiver(call)?;
    Ok(cx.matrix(|g| reduce(g, a)))
}

/// A reduction, transposed.
fn turned(g: &mut Graph, a: NodeId, reduce: impl FnOnce(&mut Graph, NodeId) -> NodeId) -> NodeId {
    let reduced = reduce(g, a);
    g.transpose(reduced)
}

/// `1ᵀ A`
fn row_sum(g: &mut Graph, a: NodeId) -> NodeId {
    let ones = g.filled(1.0, Shape::new(Dim::ONE, g.shape(a).rows));
    g.matmul(&[ones, a])
}

/// `A 1`
fn column_sum(g: &mut Graph, a: NodeId) -> NodeId {
    let ones = g.filled(1.0, Shape::column(g.shape(a).cols));
    g.matmul(&[a, ones])
}

fn row_mean(g: &mut Graph, a: NodeId) -> NodeId {
    let (sum, n) = (row_sum(g, a), g.divisor(g.shape(a).rows));
    share(g, sum, n)
}

fn column_mean(g: &mut Graph, a: NodeId) -> NodeId {
    let (sum, n) = (column_sum(g, a), g.divisor(g.shape(a).cols));
    share(g, sum, n)
}

/// `mean((A − 1 m)²)` of each column, `m` the means of the columns.
fn row_variance(g: &mut Graph, a: NodeId) -> NodeId {
    let (mean, ones) = (row_mean(g, a), g.filled(1.0, Shape::column(g.shape(a).rows)));
    let centre = g.matmul(&[ones, mean]);
    let centred = g.sub(a, centre);
    let squares = g.hadamard(&[centred, centred]);
    row_mean(g, squares)
}

/// `A / n`
fn share(g: &mut Graph, a: NodeId, n: NodeId) -> NodeId {
    let share = g.pow(n, -1.0);
    g.scale(share, a)
}

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
    vec: Some(|g, id, i, j| {
        let (a, b) = (g.args(id)[0], g.args(id)[1]);
        let map = kron_map(g, a, b);
        let count = rows::entries(g, g.shape(id));
        let other = rows::vec(g, g.args(id)[1 - i]);
        let both = if i == 0 { op(g, Kind::Kron, &[j, other]) } else { op(g, Kind::Kron, &[other, j]) };
        rows::moved(g, map, false, count, both)
    }),
    notation: |_, _, a| {
        // (B X)ᵀ for Xᵀ Bᵀ
        let signs = |text: &Text| text.as_str().matches('ᵀ').count();
        let turned = a[0].untransposed().map(Text::transposed).filter(|turned| signs(turned) < signs(&a[0]));
        Text::infix(" ⊗ ", turned.as_ref().unwrap_or(&a[0]), &a[1])
    },
    #[cfg(feature = "eval")]
    eval: |i| {
        let (a, b) = (i.arg(0), i.arg(1));
        Some(Mat::from_fn(a.rows * b.rows, a.cols * b.cols, |r, c| a.at(r / b.rows, c / b.cols) * b.at(r % b.rows, c % b.cols)))
    },
    emit: |e, id| e.kronecker(id),
};

/// Where the entries of `A ⊗ B` come from.
fn kron_map(g: &Graph, a: NodeId, b: NodeId) -> RowMap {
    RowMap::Kron([g.shape(a).rows, g.shape(b).rows, g.shape(b).cols])
}

/// The blocks of `G`, of the shape of `B`, as columns, one for each entry of `A`.
fn blocks(g: &mut Graph, big: NodeId, a: NodeId, b: NodeId, map: RowMap) -> NodeId {
    let column = rows::vec(g, big);
    let count = g.shape(column).rows;
    let sorted = rows::moved(g, map, true, count, column);
    let shape = Shape::new(rows::entries(g, g.shape(b)), rows::entries(g, g.shape(a)));
    g.make_shaped(Kind::Reshape, Attr::None, &[sorted], shape)
}

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
    vec: Some(|g, id, i, j| {
        let (big, b) = (g.args(id)[0], g.args(id)[1]);
        let map = kron_map(g, id, b);
        if i == 1 {
            let blocks = blocks(g, big, id, b, map);
            let blocks = tr(g, blocks);
            return g.matmul(&[blocks, j]);
        }
        let column = rows::vec(g, b);
        let (row, count) = (tr(g, column), rows::entries(g, g.shape(id)));
        let identity = g.identity(count);
        let matrix = op(g, Kind::Kron, &[identity, row]);
        let count = g.shape(j).rows;
        let j = rows::moved(g, map, true, count, j);
        g.matmul(&[matrix, j])
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
    vec: Some(|g, id, i, j| {
        let (big, a) = (g.args(id)[0], g.args(id)[1]);
        let map = kron_map(g, a, id);
        if i == 1 {
            let blocks = blocks(g, big, a, id, map);
            return g.matmul(&[blocks, j]);
        }
        let column = rows::vec(g, a);
        let (row, count) = (tr(g, column), rows::entries(g, g.shape(id)));
        let identity = g.identity(count);
        let matrix = op(g, Kind::Kron, &[row, identity]);
        let count = g.shape(j).rows;
        let j = rows::moved(g, map, true, count, j);
        g.matmul(&[matrix, j])
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
        cx.unify_shape(call, 0, a, shape)?;
        cx.unify_shape(call, 1, b, shape)?;
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
    vec: Some(|g, id, i, j| {
        let other = g.unary(Kind::CrossMatrix, g.args(id)[1 - i]);
        let other = if i == 0 { g.neg(other) } else { other };
        g.matmul(&[other, j])
    }),
    notation: |_, _, a| Text::infix(" × ", &a[0], &a[1]),
    #[cfg(feature = "eval")]
    eval: |i| {
        let (a, b) = (i.arg(0), i.arg(1));
        Some(Mat::from_fn(3, 1, |r, _| a.at((r + 1) % 3, 0) * b.at((r + 2) % 3, 0) - a.at((r + 2) % 3, 0) * b.at((r + 1) % 3, 0)))
    },
    emit: |e, id| e.method(id, "cross"),
};

// d [a]× = [da]×;  ⟨G, [da]×⟩ = ⟨axial(G), da⟩
/// `[a]×` of a 3-vector, with `[a]× b = a × b`; spelled `cross_matrix`.
pub static CROSS_MATRIX: Record = Record {
    name: "cross_matrix",
    spellings: &[Spelling::matrix("cross_matrix", &[0], |cx, call| {
        let a = cx.column_receiver(call)?;
        cx.unify_shape(call, 0, a, Shape::column(Dim::Const(3)))?;
        Ok(cx.matrix(|g| g.unary(Kind::CrossMatrix, a)))
    })],
    shape: |_, _, _| Ok(Shape::new(Dim::Const(3), Dim::Const(3))),
    differential: Differential::Linear,
    transpose: Some(|g, _, _, cot| g.unary(Kind::Axial, cot)),
    vec: Some(|g, _, _, j| {
        let matrix = crosses(g);
        g.matmul(&[matrix, j])
    }),
    notation: |_, _, a| Text::atom(format!("[{}]×", a[0])),
    #[cfg(feature = "eval")]
    eval: |i| {
        let [x, y, z] = [0, 1, 2].map(|r| i.arg(0).at(r, 0));
        let rows = [[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]];
        Some(Mat::from_fn(3, 3, |r, c| rows[r][c]))
    },
    emit: |e, id| e.method(id, "cross_matrix"),
};

/// `C` with `vec [a]× = C a`.
fn crosses(g: &mut Graph) -> NodeId {
    const SIGNS: [[i8; 3]; 9] =
        [[0, 0, 0], [0, 0, 1], [0, -1, 0], [0, 0, -1], [0, 0, 0], [1, 0, 0], [0, 1, 0], [-1, 0, 0], [0, 0, 0]];
    let entries: Vec<NodeId> = SIGNS.as_flattened().iter().map(|sign| g.constant(f64::from(*sign))).collect();
    g.make(Kind::Stack, Attr::Grid(3), &entries)
}

// d axial(A) = axial(dA);  ⟨g, axial(dA)⟩ = ⟨[g]×, dA⟩
/// `(A₃₂ − A₂₃, A₁₃ − A₃₁, A₂₁ − A₁₂)`: the adjoint of [`CROSS_MATRIX`].
pub static AXIAL: Record = Record {
    name: "axial",
    spellings: &[],
    shape: |_, _, _| Ok(Shape::column(Dim::Const(3))),
    differential: Differential::Linear,
    transpose: Some(|g, _, _, cot| g.unary(Kind::CrossMatrix, cot)),
    vec: Some(|g, _, _, j| {
        let matrix = crosses(g);
        let matrix = tr(g, matrix);
        g.matmul(&[matrix, j])
    }),
    notation: |_, _, a| function("axial", a),
    #[cfg(feature = "eval")]
    eval: |i| {
        let a = i.arg(0);
        Some(Mat::from_fn(3, 1, |r, _| a.at((r + 2) % 3, (r + 1) % 3) - a.at((r + 1) % 3, (r + 2) % 3)))
    },
    emit: |e, id| e.call(id, "axial"),
};
