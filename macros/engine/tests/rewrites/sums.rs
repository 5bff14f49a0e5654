//! Rows for the rewrites of sums.

use matgrad_engine::ir::{Attr, Cmp, Kind};

use crate::common::Domain::Any;
use crate::corpus::{COLUMN, M, Row, SCALAR, SQUARE, at, identity, of, row};

const BESIDE: &str = "place(A at ·, 0) + place(B at ·, 1..) = [A, B]";
const SUMS: &str = "Σ cᵢAᵢ flat, like terms together, constants folded";

pub fn rows(rows: &mut Vec<Row>) {
    rows.extend([
        row(SUMS, &[M, M], |b, x| {
            let inner = b.g.sub(x[0], x[1]);
            b.g.lin(&[(1.0, inner), (-1.0, x[0]), (2.0, x[1])])
        }),
        row(SUMS, &[M, M], |b, x| {
            let one = b.g.filled(1.0, b.g.shape(x[0]));
            let three = b.g.filled(3.0, b.g.shape(x[0]));
            let inner = b.g.times(2.0, x[1]);
            b.g.lin(&[(1.0, one), (3.0, inner), (2.0, three), (-1.0, x[0])])
        }),
        row(SUMS, &[SCALAR], |b, x| {
            let (one, three) = (b.g.constant(1.0), b.g.constant(3.0));
            b.g.lin(&[(2.0, one), (1.0, x[0]), (-1.0, three)])
        }),
        row(SUMS, &[M], |b, x| b.g.lin(&[(1.0, x[0]), (-1.0, x[0])])),
        row("c (1 − σ(t)) = c σ(−t)", &[M, M], |b, x| {
            let (one, sigma) = (b.g.filled(1.0, b.g.shape(x[0])), of(b, Kind::Sigmoid, x[0]));
            b.g.lin(&[(2.0, one), (-2.0, sigma), (1.0, x[1])])
        }),
        row("x − lse(x) 1 = log softmax(x)", &[COLUMN], |b, x| {
            let lse = of(b, Kind::LogSumExp, x[0]);
            let spread = b.g.fill(lse, b.g.shape(x[0]));
            b.g.lin(&[(-1.0, spread), (1.0, x[0])])
        }),
        row("a e₁ + b e₂ = (a, b)", &[SCALAR, SCALAR, SCALAR], |b, x| {
            let shape = b.shape(3, 1);
            let first = b.g.make_shaped(Kind::Place, at(0, 0), &x[..1], shape);
            let third = b.g.make_shaped(Kind::Place, at(2, 0), &x[1..2], shape);
            let again = b.g.make_shaped(Kind::Place, at(0, 0), &x[2..], shape);
            b.g.lin(&[(2.0, first), (-1.0, third), (1.0, again)])
        }),
        row("a e₁ + b e₂ = (a, b)", &[SCALAR, SCALAR], |b, x| {
            let shape = b.shape(2, 3);
            let first = b.g.make_shaped(Kind::Place, at(1, 0), &x[..1], shape);
            let second = b.g.make_shaped(Kind::Place, at(0, 2), &x[1..], shape);
            b.g.add(first, second)
        }),
        row(BESIDE, &[(3, 2, Any), (3, 1, Any)], |b, x| {
            let shape = b.shape(3, 3);
            let second = b.g.make_shaped(Kind::Place, at(0, 1), &x[..1], shape);
            let first = b.g.make_shaped(Kind::Place, at(0, 0), &x[1..], shape);
            b.g.lin(&[(2.0, second), (-1.0, first)])
        }),
        row(BESIDE, &[(2, 3, Any), (1, 3, Any), (2, 3, Any)], |b, x| {
            // zeros between them and at the end, two on one place
            let shape = b.shape(7, 3);
            let first = b.g.make_shaped(Kind::Place, at(0, 0), &x[..1], shape);
            let fifth = b.g.make_shaped(Kind::Place, at(4, 0), &x[1..2], shape);
            let again = b.g.make_shaped(Kind::Place, at(0, 0), &x[2..], shape);
            b.g.lin(&[(1.0, fifth), (3.0, first), (1.0, again)])
        }),
        row(BESIDE, &[SCALAR, (1, 2, Any)], |b, x| {
            let (identity, row) = (identity(b, 4), b.shape(1, 4));
            let unit = b.g.make_shaped(Kind::Slice, at(0, 0), &[identity], row);
            let last = b.g.make_shaped(Kind::Place, at(0, 2), &x[1..], row);
            b.g.lin(&[(2.0, unit), (1.0, last)])
        }),
        row("(c ? A : 0) + (c ? B : 0) = (c ? A + B : 0)", &[M, M, M], |b, x| {
            let zero = b.g.filled(0.0, b.g.shape(x[0]));
            let first = b.g.make(Kind::Select, Attr::Cmp(Cmp::Lt), &[x[0], x[1], zero, x[2]]);
            let second = b.g.make(Kind::Select, Attr::Cmp(Cmp::Lt), &[x[0], x[1], zero, x[1]]);
            b.g.lin(&[(2.0, first), (1.0, x[2]), (-1.0, second)])
        }),
        row("AB + AC = A (B + C)", &[M, SQUARE, SQUARE], |b, x| {
            let (first, second) = (b.g.matmul(&[x[0], x[1]]), b.g.matmul(&[x[0], x[2]]));
            b.g.lin(&[(2.0, first), (-2.0, second)])
        }),
        row("AB + AC = A (B + C)", &[M, SQUARE, (5, 2, Any)], |b, x| {
            let (first, second) = (b.g.matmul(&[x[0], x[2]]), b.g.matmul(&[x[0], x[1], x[2]]));
            b.g.add(first, second)
        }),
        row("AB + AC = A (B + C)", &[M, SQUARE, (3, 5, Any), SCALAR, SQUARE], |b, x| {
            let first = b.g.matmul(&[x[0], x[1], x[4]]);
            let (first, second) = (b.g.scale(x[3], first), b.g.matmul(&[x[2], x[1], x[4]]));
            let second = b.g.scale(x[3], second);
            b.g.lin(&[(2.0, first), (1.0, x[0]), (3.0, second)])
        }),
        row("AB + AC = A (B + C)", &[COLUMN, COLUMN, COLUMN, COLUMN], |b, x| {
            let (y, z) = (b.g.transpose(x[1]), b.g.transpose(x[2]));
            let first = b.g.matmul(&[x[0], y, x[1], z]);
            let second = b.g.matmul(&[x[0], y, x[3], z]);
            b.g.add(first, second)
        }),
        row("AB + AC = A (B + C)", &[COLUMN, COLUMN, COLUMN, SCALAR], |b, x| {
            let turned = b.g.transpose(x[1]);
            let (first, second) = (b.g.matmul(&[x[0], turned]), b.g.matmul(&[x[2], turned]));
            let first = b.g.scale(x[3], first);
            b.g.lin(&[(2.0, first), (-1.0, second)])
        }),
        row("s A + s B = s (A + B)", &[M, M, SCALAR], |b, x| {
            let (first, second) = (b.g.scale(x[2], x[0]), b.g.scale(x[2], x[1]));
            b.g.lin(&[(2.0, first), (-3.0, second)])
        }),
        row("s A + t A = (s + t) A", &[M, SCALAR, SCALAR], |b, x| {
            let (first, second) = (b.g.scale(x[1], x[0]), b.g.scale(x[2], x[0]));
            b.g.lin(&[(2.0, first), (-1.0, second)])
        }),
        row("s A + t A = (s + t) A", &[M, SCALAR, M], |b, x| {
            let scaled = b.g.scale(x[1], x[0]);
            b.g.lin(&[(1.0, scaled), (3.0, x[2]), (-2.0, x[0])])
        }),
        row("A ∘ K + B ∘ K = (A + B) ∘ K", &[M, M, M, M], |b, x| {
            let k = of(b, Kind::Exp, x[0]);
            let (first, second) = (b.g.hadamard(&[x[1], k]), b.g.hadamard(&[x[2], k]));
            b.g.lin(&[(2.0, first), (-1.0, second), (1.0, x[3])])
        }),
        row("A ∘ K + B ∘ K = (A + B) ∘ K", &[M, M], |b, x| {
            let k = of(b, Kind::Exp, x[0]);
            let first = b.g.hadamard(&[x[1], k]);
            b.g.add(k, first)
        }),
        row("c A ± c B = c (A ± B)", &[M, M], |b, x| b.g.lin(&[(2.0, x[0]), (-2.0, x[1])])),
    ]);
}
