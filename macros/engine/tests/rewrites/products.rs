//! Rows for the rewrites of matrix products and scalings.

use matgrad_engine::ir::{Attr, Kind};

use crate::common::Domain::Any;
use crate::corpus::{COLUMN, INVERTIBLE, M, Row, SCALAR, SQUARE, at, identity, of, row};

const PRODUCTS: &str = "products are flat, identities gone, scalars outside";

pub fn rows(rows: &mut Vec<Row>) {
    rows.extend([
        row("s A with s constant is c A", &[M], |b, x| {
            let s = b.g.constant(2.0);
            b.g.make(Kind::Scale, Attr::None, &[s, x[0]])
        }),
        row("(c s) A = c (s A)", &[M, SCALAR], |b, x| {
            let s = b.g.times(2.0, x[1]);
            b.g.scale(s, x[0])
        }),
        row("s (c A) = c (s A), s 0 = 0", &[M, SCALAR], |b, x| {
            let a = b.g.times(2.0, x[0]);
            b.g.scale(x[1], a)
        }),
        row("s (c A) = c (s A), s 0 = 0", &[M, SCALAR], |b, x| {
            let zero = b.g.filled(0.0, b.g.shape(x[0]));
            b.g.scale(x[1], zero)
        }),
        row("Diag(v) 1 = v", &[COLUMN], |b, x| {
            let diagonal = of(b, Kind::DiagMat, x[0]);
            let ones = b.g.filled(1.0, b.g.shape(x[0]));
            b.g.matmul(&[diagonal, ones])
        }),
        row("Diag(v) b = v ∘ b for vectors", &[(7, 5, Any), COLUMN, COLUMN], |b, x| {
            let diagonal = of(b, Kind::DiagMat, x[1]);
            b.g.matmul(&[x[0], diagonal, x[2]])
        }),
        row("Diag(v) b = v ∘ b for vectors", &[SQUARE, COLUMN, COLUMN], |b, x| {
            let (diagonal, row) = (of(b, Kind::DiagMat, x[1]), b.g.transpose(x[2]));
            b.g.matmul(&[row, diagonal, x[0]])
        }),
        row("I ⊗ I = I", &[SQUARE], |b, x| {
            let five = b.g.shape(x[0]).rows;
            let eye = b.g.identity(five);
            let both = b.g.make(Kind::Kron, Attr::None, &[eye, eye]);
            let times = b.g.make(Kind::Kron, Attr::None, &[x[0], x[0]]);
            b.g.matmul(&[both, times])
        }),
        row("(A ⊗ B) (C ⊗ D) = A C ⊗ B D", &[(3, 2, Any), (2, 5, Any), (2, 7, Any), (5, 3, Any)], |b, x| {
            let left = b.g.make(Kind::Kron, Attr::None, &x[..2]);
            let right = b.g.make(Kind::Kron, Attr::None, &x[2..]);
            b.g.matmul(&[left, right])
        }),
        row("s (t A) = (s t) A", &[M, SCALAR, SCALAR], |b, x| {
            let a = b.g.scale(x[1], x[0]);
            b.g.scale(x[2], a)
        }),
        row("s (t 1) = (s t) 1", &[SCALAR, SCALAR], |b, x| {
            let shape = b.shape(3, 5);
            let a = b.g.fill(x[0], shape);
            b.g.scale(x[1], a)
        }),
        row("s place(A) = place(s A): only the block is scaled", &[(2, 3, Any), SCALAR], |b, x| {
            let shape = b.shape(5, 7);
            let placed = b.g.make_shaped(Kind::Place, at(1, 2), &x[..1], shape);
            b.g.scale(x[1], placed)
        }),
        row("A I[r.., ·] = place(A at ·, r..)", &[(3, 2, Any)], |b, x| {
            let (eye, shape) = (identity(b, 7), b.shape(2, 7));
            let rows = b.g.make_shaped(Kind::Slice, at(3, 0), &[eye], shape);
            b.g.matmul(&[x[0], rows])
        }),
        row("A I[r.., ·] = place(A at ·, r..)", &[(2, 3, Any), (3, 5, Any)], |b, x| {
            let (eye, shape) = (identity(b, 7), b.shape(7, 2));
            let columns = b.g.make_shaped(Kind::Slice, at(0, 3), &[eye], shape);
            b.g.matmul(&[columns, x[0], x[1]])
        }),
        row("A place(B at ·, c) = place(A B at ·, c)", &[(3, 5, Any), (5, 2, Any)], |b, x| {
            let shape = b.shape(5, 7);
            let placed = b.g.make_shaped(Kind::Place, at(0, 3), &x[1..], shape);
            b.g.matmul(&[x[0], placed])
        }),
        row("A place(B at ·, c) = place(A B at ·, c)", &[(2, 5, Any), (5, 3, Any)], |b, x| {
            let shape = b.shape(7, 5);
            let placed = b.g.make_shaped(Kind::Place, at(1, 0), &x[..1], shape);
            b.g.matmul(&[placed, x[1]])
        }),
        row("s I[r.., ·] = place(s I at ·, r..)", &[SCALAR], |b, x| {
            let (eye, shape) = (identity(b, 5), b.shape(2, 5));
            let rows = b.g.make_shaped(Kind::Slice, at(3, 0), &[eye], shape);
            b.g.scale(x[0], rows)
        }),
        row("exp(x) / sum(exp(x)) = softmax(x)", &[M], |b, x| {
            let e = of(b, Kind::Exp, x[0]);
            let total = b.g.sum(e);
            let share = b.g.pow(total, -1.0);
            b.g.scale(share, e)
        }),
        row("s A, scalar: the product of scalars", &[SCALAR, SCALAR], |b, x| b.g.make(Kind::Scale, Attr::None, x)),
        row(PRODUCTS, &[M, SQUARE, COLUMN], |b, x| {
            let inner = b.g.matmul(&[x[1], x[2]]);
            b.g.matmul(&[x[0], inner])
        }),
        row(PRODUCTS, &[M, SQUARE, SCALAR], |b, x| {
            let (identity, scaled) = (identity(b, 5), b.g.scale(x[2], x[1]));
            b.g.matmul(&[x[0], identity, scaled])
        }),
        row(PRODUCTS, &[M, SCALAR], |b, x| {
            let shape = b.shape(5, 2);
            let fill = b.g.fill(x[1], shape);
            let twice = b.g.times(2.0, x[0]);
            b.g.matmul(&[twice, fill])
        }),
        row(PRODUCTS, &[COLUMN, SCALAR, (1, 3, Any)], |b, x| b.g.matmul(x)),
        row(PRODUCTS, &[M], |b, x| {
            let shape = b.shape(5, 2);
            let zero = b.g.filled(0.0, shape);
            b.g.matmul(&[x[0], zero])
        }),
        row(PRODUCTS, &[SCALAR, SCALAR], |b, x| b.g.matmul(x)),
        row(PRODUCTS, &[SCALAR], |b, x| {
            let identity = identity(b, 5);
            let scaled = b.g.scale(x[0], identity);
            b.g.matmul(&[scaled, identity])
        }),
        row("A⁻¹ A = I", &[M, INVERTIBLE, SQUARE], |b, x| {
            let lu = of(b, Kind::Lu, x[1]);
            let inverse = of(b, Kind::Inv, lu);
            b.g.matmul(&[x[0], inverse, x[1], x[2]])
        }),
        row("A⁻¹ A = I", &[INVERTIBLE], |b, x| {
            let lu = of(b, Kind::Lu, x[0]);
            let inverse = of(b, Kind::Inv, lu);
            b.g.matmul(&[x[0], inverse])
        }),
        row("A⁻¹ A = I", &[INVERTIBLE, SQUARE], |b, x| {
            let lu = of(b, Kind::Lu, x[0]);
            let inverse = of(b, Kind::Inv, lu);
            let (inverse, a) = (b.g.transpose(inverse), b.g.transpose(x[0]));
            b.g.matmul(&[a, inverse, x[1]])
        }),
        row("1ᵀ A 1 = sum(A)", &[M], |b, x| {
            let (row, column) = (b.shape(1, 3), b.shape(5, 1));
            let (row, column) = (b.g.filled(1.0, row), b.g.filled(1.0, column));
            b.g.matmul(&[row, x[0], column])
        }),
        row("1ᵀ A 1 = sum(A)", &[COLUMN], |b, x| {
            let row = b.shape(1, 5);
            let row = b.g.filled(1.0, row);
            b.g.matmul(&[row, x[0]])
        }),
        row("1ᵀ A 1 = sum(A)", &[(1, 5, Any)], |b, x| {
            let column = b.shape(5, 1);
            let column = b.g.filled(1.0, column);
            b.g.matmul(&[x[0], column])
        }),
        row("Diag(u) Diag(v) = Diag(u ∘ v)", &[M, COLUMN, COLUMN, SQUARE], |b, x| {
            let (u, v) = (of(b, Kind::DiagMat, x[1]), of(b, Kind::DiagMat, x[2]));
            b.g.matmul(&[x[0], u, v, x[3]])
        }),
    ]);
}
