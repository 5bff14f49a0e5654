//! Rows for the rewrites of operations of matrices on numbers.

use matgrad_engine::ir::{Attr, Extreme, Kind, NodeId, Ties};

use crate::common::Bench;
use crate::common::Domain::{Any, Positive};
use crate::corpus::{COLUMN, M, Row, SCALAR, of, row};

const VECTOR: &str = "the singular value of a vector is its norm";

fn of_svd(b: &mut Bench, a: NodeId) -> NodeId {
    let f = of(b, Kind::Svd, a);
    of(b, Kind::SingularValues, f)
}

pub fn rows(rows: &mut Vec<Row>) {
    rows.extend([
        row("softmax(s) = 1 + 0 s", &[SCALAR], |b, x| of(b, Kind::Softmax, x[0])),
        row("softmax(s) = 1 + 0 s", &[SCALAR], |b, x| of(b, Kind::SoftmaxRows, x[0])),
        row("ln softmax(s) = 0 s", &[SCALAR], |b, x| of(b, Kind::LogSoftmax, x[0])),
        row("ln softmax(s) = 0 s", &[SCALAR], |b, x| of(b, Kind::LogSoftmaxRows, x[0])),
        row("lse(s) = s", &[SCALAR], |b, x| of(b, Kind::LogSumExp, x[0])),
        row("lse(s) = s", &[SCALAR], |b, x| of(b, Kind::LogSumExpRows, x[0])),
        row("the product of one entry is the entry", &[SCALAR], |b, x| of(b, Kind::Product, x[0])),
        row("the logarithm of the product of one entry is that of the entry", &[(1, 1, Positive)], |b, x| {
            of(b, Kind::LnProduct, x[0])
        }),
        row("the product of no entries is 1", &[SCALAR], |b, x| of(b, Kind::ProductsOfOthers, x[0])),
        row("the product of no entries does not move", &[SCALAR, SCALAR], |b, x| b.g.make(Kind::OthersTangent, Attr::None, x)),
        row("T(A, c E) = c T(A, E)", &[COLUMN, COLUMN], |b, x| {
            let twice = b.g.times(2.0, x[1]);
            b.g.make(Kind::OthersTangent, Attr::None, &[x[0], twice])
        }),
        row("the exponential of a number is elementwise", &[SCALAR], |b, x| of(b, Kind::ExpMatrix, x[0])),
        row("L(s, e) = exp(s) e for numbers", &[SCALAR, SCALAR], |b, x| b.g.make(Kind::ExpFrechet, Attr::None, x)),
        row("the eigenvalue of a number is the number", &[SCALAR], |b, x| {
            let f = of(b, Kind::Eigen, x[0]);
            of(b, Kind::EigenValues, f)
        }),
        row("the eigenvector of a number is 1", &[SCALAR], |b, x| {
            let f = of(b, Kind::Eigen, x[0]);
            let vector = of(b, Kind::EigenVectors, f);
            b.g.pow(vector, 2.0) // of either sign
        }),
        row(VECTOR, &[SCALAR], |b, x| of_svd(b, x[0])),
        row(VECTOR, &[COLUMN], |b, x| of_svd(b, x[0])),
        row(VECTOR, &[(1, 5, Any)], |b, x| of_svd(b, x[0])),
        row("chol(s) = √s", &[(1, 1, Positive)], |b, x| {
            let f = of(b, Kind::Chol, x[0]);
            of(b, Kind::CholL, f)
        }),
        row("ln|det s| = ln|s|", &[SCALAR, (1, 1, Positive)], |b, x| {
            let (lu, chol) = (of(b, Kind::Lu, x[0]), of(b, Kind::Chol, x[1]));
            let parts = [of(b, Kind::LnDet, lu), of(b, Kind::LnDet, chol)];
            b.g.add(parts[0], parts[1])
        }),
        row("the determinant of a number is the number", &[(1, 1, Positive)], |b, x| {
            let chol = of(b, Kind::Chol, x[0]);
            of(b, Kind::Det, chol)
        }),
        row("the extreme of one entry is the entry", &[SCALAR, SCALAR], |b, x| {
            b.g.make(Kind::Pick, Attr::Extreme(Extreme::AbsMin, Ties::Shared), x)
        }),
        row("the extreme of one entry is the entry", &[SCALAR, SCALAR], |b, x| {
            b.g.make(Kind::PlaceExtreme, Attr::Extreme(Extreme::Max, Ties::One), x)
        }),
        row("the extreme of one entry is the entry, or its size", &[SCALAR, SCALAR], |b, x| {
            let largest = b.g.make(Kind::Extreme, Attr::Extreme(Extreme::Max, Ties::Shared), &x[..1]);
            let size = b.g.make(Kind::Extreme, Attr::Extreme(Extreme::AbsMin, Ties::Shared), &x[1..]);
            b.g.sub(largest, size)
        }),
        row("a number in a shape of one entry", &[SCALAR], |b, x| {
            let shape = b.shape(1, 1);
            b.g.make_shaped(Kind::Reshape, Attr::None, x, shape)
        }),
        row("s ⊗ A = A ⊗ s = s A", &[SCALAR, M, (2, 3, Any)], |b, x| {
            let left = b.g.make(Kind::Kron, Attr::None, &[x[0], x[1]]);
            let right = b.g.make(Kind::Kron, Attr::None, &[x[2], x[0]]);
            b.g.make(Kind::Kron, Attr::None, &[left, right])
        }),
    ]);
}
