//! Structure: linear operations that move entries without changing them.

use super::helpers::{function, op};
use super::{Differential, Record, Spelling, rows};
#[cfg(feature = "eval")]
use crate::eval::Mat;
use crate::ir::{Attr, Block, Dim, Dims, Graph, Index, Kind, Mismatch, NodeId, RowMap, Shape, Source};
use crate::lower::{Call, Lowerer, Refusal, Value};
use crate::print;

// d(Aᵀ) = dAᵀ;  ⟨G, dXᵀ⟩ = ⟨Gᵀ, dX⟩
/// `Aᵀ`; spelled `transpose`, `adjoint`.
pub static TRANSPOSE: Record = Record {
    name: "transpose",
    spellings: &[Spelling::matrix("transpose", &[0], transposed), Spelling::matrix("adjoint", &[0], transposed)],
    shape: |_: &mut Dims, _: &Attr, s: &[Shape]| -> Result<Shape, Mismatch> { Ok(s[0].transposed()) },
    differential: Differential::Linear,
    transpose: Some(|g, _, _, cot| g.transpose(cot)),
    vec: Some(|g, id, _, j| {
        let shape = g.shape(g.args(id)[0]);
        let count = g.shape(j).rows;
        if shape.is_thin() { j } else { rows::moved(g, RowMap::Transpose(shape.rows, shape.cols), false, count, j) }
    }),
    notation: |_, _, a| a[0].transposed(),
    #[cfg(feature = "eval")]
    eval: |i| Some(i.arg(0).transpose()),
    emit: |e, id| e.transposed(id),
};

fn transposed(cx: &mut Lowerer<'_>, call: &Call<'_>) -> Result<Value, Refusal> {
    let a = cx.receiver(call)?;
    Ok(cx.matrix(|g| g.transpose(a)))
}

// d diag(A) = diag(dA);  ⟨g, diag(dA)⟩ = ⟨Diag(g), dA⟩
/// The diagonal of a square matrix, as a column; spelled `diagonal`.
pub static DIAGONAL: Record = Record {
    name: "diagonal",
    spellings: &[Spelling::matrix("diagonal", &[0], |cx, call| {
        let a = cx.receiver(call)?;
        let shape = cx.shape(a);
        cx.unify(call, &[a], shape.rows, shape.cols)?;
        Ok(cx.matrix(|g| op(g, Kind::Diagonal, &[a])))
    })],
    shape: |dims: &mut Dims, _: &Attr, s: &[Shape]| -> Result<Shape, Mismatch> {
        Ok(Shape::column(dims.unify(s[0].rows, s[0].cols)?))
    },
    differential: Differential::Linear,
    transpose: Some(|g, _, _, cot| op(g, Kind::DiagMat, &[cot])),
    vec: Some(|g, id, _, j| {
        let n = g.shape(id).rows;
        rows::moved(g, RowMap::Diagonal(n), false, n, j)
    }),
    notation: |_, _, a| function("diag", a),
    #[cfg(feature = "eval")]
    eval: |i| Some(Mat::from_fn(i.arg(0).rows, 1, |r, _| i.arg(0).at(r, r))),
    emit: |e, id| e.method(id, "diagonal"),
};

// d Diag(v) = Diag(dv);  ⟨G, Diag(dv)⟩ = ⟨diag(G), dv⟩
/// The diagonal matrix of a column; spelled `from_diagonal`.
pub static DIAG_MAT: Record = Record {
    name: "diag_mat",
    spellings: &[Spelling::constructor("from_diagonal", &[1], |cx, call| {
        let v = cx.matrix_argument(call, 0)?;
        let rows = cx.shape(v).rows;
        cx.unify_shape(call, 0, v, Shape::column(rows))?; // nalgebra's needs a column too
        Ok(cx.matrix(|g| op(g, Kind::DiagMat, &[v])))
    })],
    shape: |dims: &mut Dims, _: &Attr, s: &[Shape]| -> Result<Shape, Mismatch> {
        dims.unify(s[0].cols, Dim::ONE)?;
        Ok(Shape::new(s[0].rows, s[0].rows))
    },
    differential: Differential::Linear,
    transpose: Some(|g, _, _, cot| op(g, Kind::Diagonal, &[cot])),
    vec: Some(|g, id, _, j| {
        let shape = g.shape(id);
        let count = rows::entries(g, shape);
        rows::moved(g, RowMap::Diagonal(shape.rows), true, count, j)
    }),
    notation: |_, _, a| function("Diag", a),
    #[cfg(feature = "eval")]
    eval: |i| Some(Mat::from_fn(i.arg(0).rows, i.arg(0).rows, |r, c| if r == c { i.arg(0).at(r, 0) } else { 0.0 })),
    emit: |e, id| e.call(id, "diag"),
};

// d A[block] = dA[block];  ⟨G, dA[block]⟩ = ⟨place(G), dA⟩
/// A block of a matrix, an entry included; spelled `x[i]`, `m[(i, j)]`, `v.x`, `column`, `row`, `columns`, `rows`, `view`, and
/// the `fixed_*` forms.
pub static SLICE: Record = Record {
    name: "slice",
    spellings: &[
        Spelling::matrix("column", &[1], |cx, call| {
            let col = cx.index_argument(call, 0)?;
            cx.slice(call, Index::default(), col, |s| Shape::column(s.rows))
        }),
        Spelling::matrix("row", &[1], |cx, call| {
            let row = cx.index_argument(call, 0)?;
            cx.slice(call, row, Index::default(), |s| Shape::new(Dim::ONE, s.cols))
        }),
        Spelling::matrix("columns", &[2], |cx, call| {
            let (col, n) = (cx.index_argument(call, 0)?, cx.size_argument(call, 1)?);
            cx.slice(call, Index::default(), col, |s| Shape::new(s.rows, n))
        }),
        Spelling::matrix("rows", &[2], |cx, call| {
            let (row, n) = (cx.index_argument(call, 0)?, cx.size_argument(call, 1)?);
            cx.slice(call, row, Index::default(), |s| Shape::new(n, s.cols))
        }),
        Spelling::matrix("fixed_columns", &[1], |cx, call| {
            let (col, n) = (cx.index_argument(call, 0)?, cx.generic_size(call, 0)?);
            cx.slice(call, Index::default(), col, |s| Shape::new(s.rows, n))
        }),
        Spelling::matrix("fixed_rows", &[1], |cx, call| {
            let (row, n) = (cx.index_argument(call, 0)?, cx.generic_size(call, 0)?);
            cx.slice(call, row, Index::default(), |s| Shape::new(n, s.cols))
        }),
        Spelling::matrix("view", &[2], |cx, call| {
            let ((row, col), (n, m)) = (cx.index_pair(call, 0)?, cx.size_pair(call, 1)?);
            cx.slice(call, row, col, |_| Shape::new(n, m))
        }),
        Spelling::matrix("fixed_view", &[2], |cx, call| {
            let (row, col) = (cx.index_argument(call, 0)?, cx.index_argument(call, 1)?);
            let (n, m) = (cx.generic_size(call, 0)?, cx.generic_size(call, 1)?);
            cx.slice(call, row, col, |_| Shape::new(n, m))
        }),
    ],
    shape: super::helpers::given,
    differential: Differential::Linear,
    transpose: Some(|g, id, _, cot| {
        let (attr, shape) = (g.node(id).op.attr.clone(), g.shape(g.args(id)[0]));
        g.make_shaped(Kind::Place, attr, &[cot], shape)
    }),
    vec: Some(|g, id, _, j| {
        let Attr::Block(at) = g.node(id).op.attr.clone() else { return j };
        rows_of_block(g, j, at, g.shape(id), g.shape(g.args(id)[0]), false)
    }),
    notation: print::slice,
    #[cfg(feature = "eval")]
    eval: |i| {
        let ((row, col), (n, m)) = (i.block()?, i.shape());
        let a = i.arg(0);
        (row + n <= a.rows && col + m <= a.cols).then(|| Mat::from_fn(n, m, |r, c| a.at(row + r, col + c)))
    },
    emit: |e, id| e.slice(id),
};

// d place(A) = place(dA);  ⟨G, place(dA)⟩ = ⟨G[block], dA⟩
/// A block in a matrix of zeros: the adjoint of [`SLICE`].
pub static PLACE: Record = Record {
    name: "place",
    spellings: &[],
    shape: super::helpers::given,
    differential: Differential::Linear,
    transpose: Some(|g, id, _, cot| {
        let (attr, shape) = (g.node(id).op.attr.clone(), g.shape(g.args(id)[0]));
        g.make_shaped(Kind::Slice, attr, &[cot], shape)
    }),
    vec: Some(|g, id, _, j| {
        let Attr::Block(at) = g.node(id).op.attr.clone() else { return j };
        rows_of_block(g, j, at, g.shape(g.args(id)[0]), g.shape(id), true)
    }),
    notation: print::placed,
    #[cfg(feature = "eval")]
    eval: |i| {
        let ((row, col), (n, m)) = (i.block()?, i.shape());
        let a = i.arg(0);
        Some(Mat::from_fn(n, m, |r, c| {
            if r >= row && c >= col && r - row < a.rows && c - col < a.cols { a.at(r - row, c - col) } else { 0.0 }
        }))
    },
    emit: |e, id| e.place(id),
};

// d update(A, B) = update(dA, dB);  ⟨G, update(dA, dB)⟩ = ⟨update(G, 0), dA⟩ + ⟨G[block], dB⟩
/// A matrix with another block in place of its own; spelled `v[i] = s`, `set_row`, `set_column`.
pub static UPDATE: Record = Record {
    name: "update",
    spellings: &[],
    shape: super::helpers::given,
    differential: Differential::Linear,
    transpose: Some(|g, id, i, cot| {
        let (attr, args) = (g.node(id).op.attr.clone(), g.args(id).to_vec());
        let shape = g.shape(args[i]);
        if i == 1 {
            return g.make_shaped(Kind::Slice, attr, &[cot], shape);
        }
        let zeros = g.filled(0.0, g.shape(args[1]));
        g.make_shaped(Kind::Update, attr, &[cot, zeros], shape)
    }),
    vec: Some(|g, id, i, j| {
        let Attr::Block(at) = g.node(id).op.attr.clone() else { return j };
        let (whole, block) = (g.shape(id), g.shape(g.args(id)[1]));
        if i == 1 {
            return rows_of_block(g, j, at, block, whole, true);
        }
        let own = rows_of_block(g, j, at.clone(), block, whole, false);
        let own = rows_of_block(g, own, at, block, whole, true);
        g.sub(j, own)
    }),
    notation: print::updated,
    #[cfg(feature = "eval")]
    eval: |i| {
        let ((row, col), block) = (i.block()?, i.arg(1));
        let mut out = i.arg(0).clone();
        if row + block.rows > out.rows || col + block.cols > out.cols {
            return None;
        }
        block.entries().for_each(|(r, c, v)| out.set(row + r, col + c, v));
        Some(out)
    },
    emit: |e, id| e.update(id),
};

// d [A B; C D] = [dA dB; dC dD];  ⟨G, [.. dA ..]⟩ = ⟨G[block of A], dA⟩
/// A block matrix; spelled `stack!`, `vector!`, `matrix!`, `VectorN::new`, `MatrixRxC::new`, `from_columns`,
/// `from_rows`, `push`, `to_homogeneous`.
pub static STACK: Record = Record {
    name: "stack",
    spellings: &[
        Spelling::constructor("from_columns", &[1], |cx, call| {
            let columns = cx.array_argument(call, 0)?;
            cx.stack(call, columns.len(), &columns)
        }),
        Spelling::constructor("from_rows", &[1], |cx, call| {
            let rows = cx.array_argument(call, 0)?;
            cx.stack(call, 1, &rows)
        }),
        Spelling::constructor("new", &[1, 2, 3, 4, 5, 6, 8, 9, 10, 12, 15, 16, 18, 20, 24, 25, 30, 36], |cx, call| {
            let shape = cx.constructed_shape(call, call.arity())?;
            let entries = (0..call.arity()).map(|i| cx.scalar_argument(call, i)).collect::<Result<Vec<_>, _>>()?;
            let (Dim::Const(n), Dim::Const(m)) = (shape.rows, shape.cols) else {
                return Err(cx.fence().unknown_constructor(call));
            };
            if n * m != entries.len() {
                return Err(cx.fence().unknown_constructor(call)); // rustc says how many there have to be
            }
            cx.stack(call, m, &entries)
        }),
        Spelling::matrix("push", &[1], |cx, call| {
            let (a, last) = (cx.column_receiver(call)?, cx.scalar_argument(call, 0)?);
            cx.stack(call, 1, &[a, last])
        }),
        Spelling::matrix("to_homogeneous", &[0], |cx, call| {
            let a = cx.receiver(call)?;
            let shape = cx.shape(a);
            if shape.cols == Dim::ONE {
                let zero = cx.graph_mut().constant(0.0);
                return cx.stack(call, 1, &[a, zero]);
            }
            // a transformation: nothing is moved
            cx.unify(call, &[a], shape.rows, shape.cols)?;
            let g = cx.graph_mut();
            let (column, row) = (g.filled(0.0, Shape::column(shape.rows)), g.filled(0.0, Shape::new(Dim::ONE, shape.cols)));
            let one = g.constant(1.0);
            cx.stack(call, 2, &[a, column, row, one])
        }),
    ],
    shape: |dims: &mut Dims, attr: &Attr, s: &[Shape]| -> Result<Shape, Mismatch> {
        let Attr::Grid(width) = *attr else { return Ok(Shape::SCALAR) };
        for (i, a) in s.iter().enumerate() {
            dims.unify(a.rows, s[i - i % width].rows)?;
            dims.unify(a.cols, s[i % width].cols)?;
        }
        let cols = s[..width].iter().map(|a| a.cols).collect();
        let rows = s.iter().step_by(width).map(|a| a.rows).collect();
        Ok(Shape::new(dims.derived(Source::Sum(rows)), dims.derived(Source::Sum(cols))))
    },
    differential: Differential::Linear,
    transpose: Some(|g, id, i, cot| {
        let Some(at) = place_in_stack(g, id, i) else { return cot };
        let shape = g.shape(g.args(id)[i]);
        g.make_shaped(Kind::Slice, Attr::Block(at), &[cot], shape)
    }),
    vec: Some(|g, id, i, j| {
        let Some(at) = place_in_stack(g, id, i) else { return j };
        rows_of_block(g, j, at, g.shape(g.args(id)[i]), g.shape(id), true)
    }),
    notation: |g, id, a| print::block_matrix(g, id, a),
    #[cfg(feature = "eval")]
    eval: |i| {
        let Attr::Grid(width) = *i.attr() else { return None };
        let (n, m) = i.shape();
        let args: Vec<&Mat> = i.args().collect();
        let mut out = Mat::from_fn(n, m, |_, _| 0.0);
        let mut row = 0;
        for line in args.chunks(width) {
            let mut col = 0;
            for a in line {
                a.entries().for_each(|(r, c, v)| out.set(row + r, col + c, v));
                col += a.cols;
            }
            row += line[0].rows;
        }
        Some(out)
    },
    emit: |e, id| e.stack(id),
};

/// Where operand `i` of a block matrix begins.
fn place_in_stack(g: &Graph, id: NodeId, i: usize) -> Option<Block> {
    let Attr::Grid(width) = g.node(id).op.attr else { return None };
    let args = g.args(id);
    let row = (0..i / width).fold(Index::default(), |at, r| at.after(g.shape(args[r * width]).rows));
    let col = (0..i % width).fold(Index::default(), |at, c| at.after(g.shape(args[c]).cols));
    Some(Block { row, col })
}

/// The rows of a Jacobian that belong to a block of `whole`; or with `back` those of the block, among zeros for the rest.
fn rows_of_block(g: &mut Graph, j: NodeId, at: Block, part: Shape, whole: Shape, back: bool) -> NodeId {
    let count = rows::entries(g, if back { whole } else { part });
    let Some(first) = rows_together(&at, part, whole) else {
        return rows::moved(g, RowMap::Block { at, rows: part.rows, of: whole.rows }, back, count, j);
    };
    let kind = if back { Kind::Place } else { Kind::Slice };
    let (block, cols) = (Block { row: first, col: Index::default() }, g.shape(j).cols);
    g.make_shaped(kind, Attr::Block(block), &[j], Shape::new(count, cols))
}

/// The first of the rows of a Jacobian that belong to a block, where these stand together: those of whole columns, and of a part of one.
fn rows_together(at: &Block, part: Shape, whole: Shape) -> Option<Index> {
    if whole.rows == Dim::ONE {
        return Some(at.col.clone());
    }
    let together = part.cols == Dim::ONE || (part.rows == whole.rows && at.row.is_zero());
    let before = at.col.constant().filter(|columns| together && *columns <= 36)?;
    Some((0..before).fold(at.row.clone(), |first, _| first.after(whole.rows)))
}

// d vec(A) = vec(dA);  ⟨g, vec(dA)⟩ = ⟨vec⁻¹(g), dA⟩
/// The entries in column-major order, in another shape; spelled `from_column_slice(m.as_slice())`.
pub static RESHAPE: Record = Record {
    name: "reshape",
    spellings: &[],
    shape: super::helpers::given,
    differential: Differential::Linear,
    transpose: Some(|g, id, _, cot| {
        let shape = g.shape(g.args(id)[0]);
        g.make_shaped(Kind::Reshape, Attr::None, &[cot], shape)
    }),
    vec: Some(|_, _, _, j| j),
    notation: |g, id, a| function(if g.shape(id).is_column() { "vec" } else { "vec⁻¹" }, a),
    #[cfg(feature = "eval")]
    eval: |i| {
        let (n, m) = i.shape();
        let a = i.arg(0);
        (n * m == a.rows * a.cols).then(|| Mat::from_fn(n, m, |r, c| a.at((r + c * n) % a.rows, (r + c * n) / a.rows)))
    },
    emit: |e, id| e.call_shaped(id, "reshape"),
};

// d tril(A) = tril(dA);  ⟨G, tril(dA)⟩ = ⟨tril(G), dA⟩
/// The lower triangle, the diagonal included; spelled `lower_triangle`.
pub static LOWER_TRIANGLE: Record = Record {
    name: "lower_triangle",
    spellings: &[Spelling::matrix("lower_triangle", &[0], |cx, call| {
        let a = cx.receiver(call)?;
        Ok(cx.matrix(|g| op(g, Kind::LowerTriangle, &[a])))
    })],
    shape: super::helpers::given,
    differential: Differential::Linear,
    transpose: Some(|g, _, _, cot| op(g, Kind::LowerTriangle, &[cot])),
    vec: Some(|g, id, _, j| {
        let ones = g.filled(1.0, g.shape(id));
        let mask = op(g, Kind::LowerTriangle, &[ones]);
        rows::scaled(g, mask, j)
    }),
    notation: |_, _, a| function("tril", a),
    #[cfg(feature = "eval")]
    eval: |i| Some(Mat::from_fn(i.arg(0).rows, i.arg(0).cols, |r, c| if r >= c { i.arg(0).at(r, c) } else { 0.0 })),
    emit: |e, id| e.call(id, "lower_triangle"),
};

// d triu(A) = triu(dA);  ⟨G, triu(dA)⟩ = ⟨triu(G), dA⟩
/// The upper triangle, the diagonal included; spelled `upper_triangle`.
pub static UPPER_TRIANGLE: Record = Record {
    name: "upper_triangle",
    spellings: &[Spelling::matrix("upper_triangle", &[0], |cx, call| {
        let a = cx.receiver(call)?;
        Ok(cx.matrix(|g| op(g, Kind::UpperTriangle, &[a])))
    })],
    shape: super::helpers::given,
    differential: Differential::Linear,
    transpose: Some(|g, _, _, cot| op(g, Kind::UpperTriangle, &[cot])),
    vec: Some(|g, id, _, j| {
        let ones = g.filled(1.0, g.shape(id));
        let mask = op(g, Kind::UpperTriangle, &[ones]);
        rows::scaled(g, mask, j)
    }),
    notation: |_, _, a| function("triu", a),
    #[cfg(feature = "eval")]
    eval: |i| Some(Mat::from_fn(i.arg(0).rows, i.arg(0).cols, |r, c| if r <= c { i.arg(0).at(r, c) } else { 0.0 })),
    emit: |e, id| e.call(id, "upper_triangle"),
};
