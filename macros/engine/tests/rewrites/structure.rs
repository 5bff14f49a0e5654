//! Rows for the rewrites of transposes, reductions and blocks, and of linear maps in general.

use matgrad_engine::ir::{Attr, Dim, Kind, NodeId, Shape};

use crate::common::Bench;
use crate::common::Domain::{Any, Symmetric};
use crate::corpus::{COLUMN, M, Row, SCALAR, SQUARE, SYMMETRIC, at, identity, of, row};

const PULL: &str = "L(c A) = c L(A), L(s A) = s L(A), L(0) = 0";

/// A linear operation of one operand, of `c A`, of `s A` and of 0.
macro_rules! linear {
    ($rows:ident, $name:expr, $leaf:expr, |$b:ident, $a:ident| $value:expr) => {{
        fn operation($b: &mut Bench, $a: NodeId) -> NodeId {
            $value
        }
        $rows.push(row($name, &[$leaf], |b, x| {
            let a = b.g.times(2.0, x[0]);
            operation(b, a)
        }));
        $rows.push(row($name, &[$leaf, SCALAR], |b, x| {
            let a = b.g.make(Kind::Scale, Attr::None, &[x[1], x[0]]);
            operation(b, a)
        }));
        $rows.push(row($name, &[$leaf], |b, x| {
            let a = b.g.filled(0.0, b.g.shape(x[0]));
            operation(b, a)
        }));
    }};
}

pub fn maps(rows: &mut Vec<Row>) {
    rows.push(row("Diag(s 1) = s I", &[M, SCALAR], |b, x| {
        let shape = b.shape(5, 1);
        let entries = b.g.fill(x[1], shape);
        let diagonal = of(b, Kind::DiagMat, entries);
        b.g.matmul(&[x[0], diagonal])
    }));
    linear!(rows, PULL, M, |b, a| b.g.transpose(a));
    linear!(rows, PULL, M, |b, a| b.g.sum(a));
    linear!(rows, PULL, SQUARE, |b, a| b.g.trace(a));
    linear!(rows, PULL, SQUARE, |b, a| of(b, Kind::Diagonal, a));
    linear!(rows, PULL, COLUMN, |b, a| of(b, Kind::DiagMat, a));
    linear!(rows, PULL, M, |b, a| {
        let shape = b.shape(15, 1);
        b.g.make_shaped(Kind::Reshape, Attr::None, &[a], shape)
    });
    linear!(rows, PULL, M, |b, a| of(b, Kind::LowerTriangle, a));
    linear!(rows, PULL, M, |b, a| of(b, Kind::UpperTriangle, a));
    linear!(rows, PULL, M, |b, a| {
        let shape = b.shape(2, 3);
        b.g.make_shaped(Kind::Slice, at(1, 2), &[a], shape)
    });
    linear!(rows, PULL, M, |b, a| {
        let other = b.leaf((2, 7, Any));
        b.g.make(Kind::Kron, Attr::None, &[a, other])
    });
    linear!(rows, "B(A, c B) = c B(A, B)", M, |b, a| {
        let other = b.leaf((2, 7, Any));
        b.g.make(Kind::Kron, Attr::None, &[other, a])
    });
    linear!(rows, PULL, (3, 1, Any), |b, a| {
        let other = b.leaf((3, 1, Any));
        b.g.make(Kind::Cross, Attr::None, &[a, other])
    });
    linear!(rows, "B(A, c B) = c B(A, B)", (3, 1, Any), |b, a| {
        let other = b.leaf((3, 1, Any));
        b.g.make(Kind::Cross, Attr::None, &[other, a])
    });
    linear!(rows, PULL, (3, 1, Any), |b, a| of(b, Kind::CrossMatrix, a));
    linear!(rows, PULL, (3, 3, Any), |b, a| of(b, Kind::Axial, a));
    linear!(rows, "L(X, c E) = c L(X, E)", SQUARE, |b, a| {
        let x = b.leaf(SQUARE);
        b.g.make(Kind::ExpFrechet, Attr::None, &[x, a])
    });
    rows.extend([
        row("place(c A) = c place(A), place(0) = 0", &[(2, 3, Any)], |b, x| {
            let (a, shape) = (b.g.times(2.0, x[0]), b.shape(5, 7));
            b.g.make_shaped(Kind::Place, at(1, 2), &[a], shape)
        }),
        row("update(0, A) = place(A)", &[(2, 3, Any)], |b, x| {
            let shape = b.shape(5, 7);
            let zeros = b.g.filled(0.0, shape);
            b.g.make_shaped(Kind::Update, at(1, 2), &[zeros, x[0]], shape)
        }),
        row("place(c) = c place(1)", &[M], |b, x| {
            let (three, shape) = (b.g.constant(3.0), b.shape(3, 5));
            let placed = b.g.make_shaped(Kind::Place, at(1, 2), &[three], shape);
            b.g.add(x[0], placed)
        }),
        row("Sᵀ = S for symmetric S", &[SYMMETRIC], |b, x| b.g.transpose(x[0])),
        row("Sᵀ = S for symmetric S", &[M, SYMMETRIC], |b, x| {
            let turned = b.g.transpose(x[0]);
            let both = b.g.matmul(&[x[0], x[1], turned]);
            b.g.transpose(both)
        }),
        row("Sᵀ = S for symmetric S", &[SQUARE], |b, x| {
            let turned = b.g.transpose(x[0]);
            let sum = b.g.lin(&[(0.5, x[0]), (0.5, turned)]);
            b.g.transpose(sum)
        }),
        row("Sᵀ = S for symmetric S", &[COLUMN, (3, 3, Symmetric)], |b, x| {
            let diagonal = of(b, Kind::DiagMat, x[0]);
            let product = b.g.make(Kind::Kron, Attr::None, &[diagonal, x[1]]);
            b.g.transpose(product)
        }),
        row("Sᵀ = S for symmetric S", &[SQUARE, SQUARE], |b, x| {
            let difference = b.g.lin(&[(0.5, x[0]), (-2.0, x[1])]);
            let turned = b.g.transpose(difference);
            let sum = b.g.add(difference, turned);
            b.g.transpose(sum)
        }),
        row("[a]×ᵀ = −[a]×", &[(3, 1, Any)], |b, x| {
            let matrix = of(b, Kind::CrossMatrix, x[0]);
            b.g.transpose(matrix)
        }),
        row("[a]× b = a × b", &[(2, 3, Any), (3, 1, Any), (3, 5, Any), (5, 1, Any)], |b, x| {
            let matrix = of(b, Kind::CrossMatrix, x[1]);
            b.g.matmul(&[x[0], matrix, x[2], x[3]])
        }),
        row("[a]× b = a × b", &[(1, 2, Any), (2, 3, Any), (3, 1, Any), (3, 5, Any)], |b, x| {
            let matrix = of(b, Kind::CrossMatrix, x[2]);
            b.g.matmul(&[x[0], x[1], matrix, x[3]])
        }),
        row("axial(a bᵀ) = b × a", &[(3, 5, Any), (5, 1, Any), (1, 2, Any), (2, 3, Any)], |b, x| {
            let product = b.g.matmul(x);
            of(b, Kind::Axial, product)
        }),
        row(
            "a block within a block of [A B; C D] is a block of that",
            &[(3, 2, Any), (3, 5, Any), (7, 2, Any), (7, 5, Any)],
            |b, x| {
                let stack = b.g.make(Kind::Stack, Attr::Grid(2), x);
                let shape = b.shape(4, 2);
                b.g.make_shaped(Kind::Slice, at(5, 3), &[stack], shape)
            },
        ),
        row("a block of a block of A is a block of A", &[(7, 11, Any)], |b, x| {
            let (outer, inner) = (b.shape(5, 7), b.shape(2, 3));
            let block = b.g.make_shaped(Kind::Slice, at(1, 3), &[x[0]], outer);
            b.g.make_shaped(Kind::Slice, at(2, 1), &[block], inner)
        }),
        row("Aᵀᵀ = A", &[M], |b, x| {
            let turned = b.g.transpose(x[0]);
            b.g.transpose(turned)
        }),
        row("(A B)ᵀ = Bᵀ Aᵀ", &[M, SQUARE, COLUMN], |b, x| {
            let product = b.g.matmul(x);
            b.g.transpose(product)
        }),
        row("(s 1)ᵀ = s 1", &[SCALAR], |b, x| {
            let shape = b.shape(3, 5);
            let fill = b.g.fill(x[0], shape);
            b.g.transpose(fill)
        }),
        row("(Σ cᵢ Aᵢᵀ)ᵀ = Σ cᵢ Aᵢ", &[SQUARE, SQUARE, SYMMETRIC], |b, x| {
            let (first, second) = (b.g.transpose(x[0]), b.g.transpose(x[1]));
            let sum = b.g.lin(&[(2.0, first), (3.0, second), (-1.0, x[2])]);
            b.g.transpose(sum)
        }),
        row("(Σ cᵢ Aᵢᵀ)ᵀ = Σ cᵢ Aᵢ", &[COLUMN, SQUARE, COLUMN, SCALAR], |b, x| {
            let (first, second) = (b.g.transpose(x[0]), b.g.transpose(x[2]));
            let (first, second) = (b.g.matmul(&[first, x[1]]), b.g.scale(x[3], second));
            let sum = b.g.lin(&[(2.0, first), (3.0, second)]);
            b.g.transpose(sum)
        }),
        row("diag(Diag(v)) = v, diag(I) = 1", &[COLUMN], |b, x| {
            let diagonal = of(b, Kind::DiagMat, x[0]);
            of(b, Kind::Diagonal, diagonal)
        }),
        row("diag(Diag(v)) = v, diag(I) = 1", &[COLUMN], |b, x| {
            let identity = identity(b, 5);
            let ones = of(b, Kind::Diagonal, identity);
            b.g.add(x[0], ones)
        }),
        row("diag(Diag(v)) = v, diag(I) = 1", &[SCALAR], |b, x| {
            let shape = b.shape(5, 5);
            let fill = b.g.fill(x[0], shape);
            of(b, Kind::Diagonal, fill)
        }),
        row("diag(Diag(v)) = v, diag(I) = 1", &[SQUARE], |b, x| {
            let turned = b.g.transpose(x[0]);
            of(b, Kind::Diagonal, turned)
        }),
        row("all of A is A; a block of s 1 is s 1", &[M], |b, x| {
            let shape = b.g.shape(x[0]);
            b.g.make_shaped(Kind::Slice, at(0, 0), x, shape)
        }),
        row("all of A is A; a block of s 1 is s 1", &[SCALAR], |b, x| {
            let (whole, part) = (b.shape(5, 7), b.shape(2, 3));
            let fill = b.g.fill(x[0], whole);
            b.g.make_shaped(Kind::Slice, at(1, 2), &[fill], part)
        }),
    ]);
}

pub fn reductions(rows: &mut Vec<Row>) {
    rows.extend([
        row("[c A; c B] = c [A; B]", &[(3, 2, Any), (5, 2, Any)], |b, x| {
            let (first, second) = (b.g.times(2.0, x[0]), b.g.times(-2.0, x[1]));
            b.g.make(Kind::Stack, Attr::Grid(1), &[first, second])
        }),
        row("[s A; s B] = s [A; B]", &[(3, 2, Any), (5, 2, Any), SCALAR], |b, x| {
            let (first, second) = (b.g.scale(x[2], x[0]), b.g.scale(x[2], x[1]));
            b.g.make(Kind::Stack, Attr::Grid(1), &[first, second])
        }),
        row("[[a, b]; [c, d]] = [a, b; c, d]", &[(3, 2, Any), (3, 5, Any), (7, 2, Any), (7, 5, Any)], |b, x| {
            let above = b.g.make(Kind::Stack, Attr::Grid(2), &x[..2]);
            let below = b.g.make(Kind::Stack, Attr::Grid(2), &x[2..]);
            b.g.make(Kind::Stack, Attr::Grid(1), &[above, below])
        }),
        row(
            "[[a, b]; [c, d]] = [a, b; c, d]",
            &[(3, 2, Any), (7, 2, Any), (3, 5, Any), (7, 5, Any), (3, 4, Any), (7, 4, Any)],
            |b, x| {
                let left = b.g.make(Kind::Stack, Attr::Grid(1), &x[..2]);
                let right = b.g.make(Kind::Stack, Attr::Grid(2), &[x[2], x[4], x[3], x[5]]);
                b.g.make(Kind::Stack, Attr::Grid(2), &[left, right])
            },
        ),
        row("sum of a scalar", &[SCALAR], |b, x| of(b, Kind::Sum, x[0])),
        row("sum(diag(A)) = tr(A)", &[SQUARE], |b, x| {
            let diagonal = of(b, Kind::Diagonal, x[0]);
            b.g.sum(diagonal)
        }),
        row("sum(Aᵀ) = sum(A), sum(Diag(v)) = sum(v), sum(place(A)) = sum(A)", &[M], |b, x| {
            let turned = b.g.transpose(x[0]);
            b.g.sum(turned)
        }),
        row("sum(Aᵀ) = sum(A), sum(Diag(v)) = sum(v), sum(place(A)) = sum(A)", &[COLUMN], |b, x| {
            let diagonal = of(b, Kind::DiagMat, x[0]);
            b.g.sum(diagonal)
        }),
        row("sum(Aᵀ) = sum(A), sum(Diag(v)) = sum(v), sum(place(A)) = sum(A)", &[(2, 3, Any)], |b, x| {
            let shape = b.shape(5, 7);
            let placed = b.g.make_shaped(Kind::Place, at(1, 2), &[x[0]], shape);
            b.g.sum(placed)
        }),
        row("sum(s 1 1ᵀ) = m n s, sum(I) = n", &[SCALAR], |b, x| {
            let shape = b.shape(3, 5);
            let fill = b.g.fill(x[0], shape);
            b.g.sum(fill)
        }),
        row("sum(s 1 1ᵀ) = m n s, sum(I) = n", &[SCALAR], |b, x| {
            let identity = identity(b, 5);
            let n = b.g.sum(identity);
            b.g.hadamard(&[n, x[0]])
        }),
        row("sum(A 1) = sum(A), sum(1ᵀ A) = sum(A)", &[M], |b, x| {
            let ones = b.g.filled(1.0, Shape::column(b.g.shape(x[0]).cols));
            let rows = b.g.matmul(&[x[0], ones]);
            b.g.sum(rows)
        }),
        row("sum(A 1) = sum(A), sum(1ᵀ A) = sum(A)", &[M], |b, x| {
            let ones = b.g.filled(1.0, Shape::new(Dim::ONE, b.g.shape(x[0]).rows));
            let columns = b.g.matmul(&[ones, x[0]]);
            b.g.sum(columns)
        }),
        row("sum(u ∘ v) = uᵀ v for vectors", &[COLUMN, COLUMN], |b, x| b.g.inner(x[0], x[1])),
        row("sum(u ∘ v) = uᵀ v for vectors", &[(1, 5, Any), (1, 5, Any)], |b, x| b.g.inner(x[0], x[1])),
        row("sum(A + s 1 1ᵀ) = sum(A) + m n s", &[M, SCALAR], |b, x| {
            let spread = b.g.fill(x[1], b.g.shape(x[0]));
            let sum = b.g.lin(&[(2.0, x[0]), (-1.0, spread)]);
            b.g.sum(sum)
        }),
        row("sum(Aᵀ ∘ B) = tr(A B)", &[M, (5, 3, Any)], |b, x| {
            let turned = b.g.transpose(x[1]);
            b.g.inner(turned, x[0])
        }),
        row("sum(Aᵀ ∘ B) = tr(A B)", &[SQUARE, COLUMN, COLUMN], |b, x| {
            let turned = b.g.transpose(x[2]);
            let outer = b.g.matmul(&[x[1], turned]);
            b.g.inner(x[0], outer)
        }),
        row("diag(u vᵀ) = u ∘ v", &[COLUMN, COLUMN], |b, x| {
            let turned = b.g.transpose(x[1]);
            let outer = b.g.matmul(&[x[0], turned]);
            of(b, Kind::Diagonal, outer)
        }),
        row("diag(A Diag(v) B) = (A ∘ Bᵀ) v", &[M, COLUMN, (5, 3, Any), M, (5, 3, Any)], |b, x| {
            let diagonal = of(b, Kind::DiagMat, x[1]);
            let first = b.g.matmul(&[x[0], diagonal, x[2]]);
            let second = b.g.matmul(&[x[3], diagonal, x[4]]);
            let sum = b.g.lin(&[(1.0, first), (-2.0, second)]);
            of(b, Kind::Diagonal, sum)
        }),
        row("sum(A ∘ A) = ‖A‖²", &[M], |b, x| b.g.inner(x[0], x[0])),
        row("tr(Aᵀ) = tr(A)", &[SQUARE], |b, x| {
            let turned = b.g.transpose(x[0]);
            b.g.trace(turned)
        }),
        row("tr(I) = n, tr(Diag(v)) = sum(v)", &[SCALAR], |b, x| {
            let identity = identity(b, 5);
            let n = b.g.trace(identity);
            b.g.add(n, x[0])
        }),
        row("tr(I) = n, tr(Diag(v)) = sum(v)", &[COLUMN], |b, x| {
            let diagonal = of(b, Kind::DiagMat, x[0]);
            b.g.trace(diagonal)
        }),
        row("tr(u A vᵀ) = A vᵀ u, thin side out", &[COLUMN, (3, 1, Any), M], |b, x| {
            let turned = b.g.transpose(x[1]);
            let product = b.g.matmul(&[x[0], turned, x[2]]);
            b.g.trace(product)
        }),
        row("‖a‖² = a² for scalars", &[SCALAR], |b, x| of(b, Kind::NormSq, x[0])),
        row("‖c A‖² = c² ‖A‖²", &[M], |b, x| {
            let a = b.g.times(-2.0, x[0]);
            of(b, Kind::NormSq, a)
        }),
        row("‖Aᵀ‖² = ‖A‖², ‖Diag(v)‖² = ‖v‖²", &[M], |b, x| {
            let turned = b.g.transpose(x[0]);
            of(b, Kind::NormSq, turned)
        }),
        row("‖Aᵀ‖² = ‖A‖², ‖Diag(v)‖² = ‖v‖²", &[COLUMN], |b, x| {
            let diagonal = of(b, Kind::DiagMat, x[0]);
            of(b, Kind::NormSq, diagonal)
        }),
        row("‖a‖ = |a| for scalars", &[SCALAR], |b, x| of(b, Kind::Norm, x[0])),
        row("‖c A‖ = |c| ‖A‖", &[M], |b, x| {
            let a = b.g.times(-2.0, x[0]);
            of(b, Kind::Norm, a)
        }),
        row("‖Aᵀ‖ = ‖A‖", &[M], |b, x| {
            let turned = b.g.transpose(x[0]);
            of(b, Kind::Norm, turned)
        }),
        row("s in the one entry", &[SCALAR], |b, x| {
            let shape = b.shape(1, 1);
            b.g.make_shaped(Kind::Fill, Attr::None, x, shape)
        }),
        row("(c s) 1 = c (s 1)", &[SCALAR], |b, x| {
            let (s, shape) = (b.g.times(2.0, x[0]), b.shape(3, 5));
            b.g.fill(s, shape)
        }),
    ]);
}
