//! Rows for the rewrites that rely on promises: of triangular, diagonal and orthogonal matrices.

use matgrad_engine::ir::{Attr, Fail, Kind, NodeId, Part};

use crate::common::Domain::{Diagonal, Lower, Orthogonal, Spd};
use crate::common::{Bench, Leaf};
use crate::corpus::{COLUMN, INVERTIBLE, Row, SCALAR, SQUARE, SYMMETRIC, at, of, row};

const LOWER: Leaf = (5, 5, Lower);
const DIAGONAL: Leaf = (5, 5, Diagonal);
const ORTHOGONAL: Leaf = (5, 5, Orthogonal);

const NO_FACTORIZATION: &str = "a triangular matrix needs no factorization";
const DETERMINANT: &str = "det(L) = ∏ lᵢᵢ, ln|det L| = Σ ln|lᵢᵢ| for triangular L";
const LOGARITHM: &str = "ln sum(exp(x)) = lse(x), ln(exp(A) 1) = lse_rows(A), ln softmax(x) = log softmax(x)";
const LOGARITHMS: &str = "ln |det(A)ᵏ ∏ x| = k ln |det A| + Σ ln |x|";
const NORM: &str = "‖Q A‖ = ‖A‖ = ‖A Q‖, ‖Q‖² = n for orthogonal Q";

pub fn rows(rows: &mut Vec<Row>) {
    triangular(rows);
    orthogonal(rows);
}

fn inverse(b: &mut Bench, a: NodeId) -> NodeId {
    let lu = of(b, Kind::Lu, a);
    b.g.make(Kind::Inv, Attr::Fail(Fail::Unwrap), &[lu])
}

fn triangular(rows: &mut Vec<Row>) {
    rows.extend([
        row(NO_FACTORIZATION, &[LOWER, COLUMN], |b, x| {
            let inverse = inverse(b, x[0]);
            b.g.matmul(&[inverse, x[1]])
        }),
        row(NO_FACTORIZATION, &[LOWER, COLUMN], |b, x| {
            let turned = b.g.transpose(x[0]);
            let inverse = inverse(b, turned);
            b.g.matmul(&[inverse, x[1]])
        }),
        row(NO_FACTORIZATION, &[DIAGONAL, LOWER, COLUMN], |b, x| {
            let product = b.g.matmul(&[x[1], x[0], x[1]]);
            let sum = b.g.add(product, x[0]);
            let inverse = inverse(b, sum);
            b.g.matmul(&[inverse, x[2]])
        }),
        row(NO_FACTORIZATION, &[DIAGONAL], |b, x| inverse(b, x[0])),
        row("the triangle of a diagonal matrix is its diagonal", &[DIAGONAL, COLUMN], |b, x| {
            let triangle = b.g.make(Kind::Tri, Attr::Part(Part::Upper), &x[..1]);
            let inverse = of(b, Kind::Inv, triangle);
            b.g.matmul(&[inverse, x[1]])
        }),
        row("Sᵀ = S for symmetric S", &[DIAGONAL], |b, x| {
            let inverse = inverse(b, x[0]);
            b.g.transpose(inverse)
        }),
        row("A⁻¹ A = I", &[LOWER, SQUARE], |b, x| {
            let inverse = inverse(b, x[0]);
            b.g.matmul(&[inverse, x[0], x[1]])
        }),
        row(DETERMINANT, &[LOWER], |b, x| {
            let lu = of(b, Kind::Lu, x[0]);
            of(b, Kind::Det, lu)
        }),
        row(DETERMINANT, &[DIAGONAL], |b, x| {
            let lu = of(b, Kind::Lu, x[0]);
            of(b, Kind::LnDet, lu)
        }),
        row(LOGARITHMS, &[LOWER], |b, x| {
            let diagonal = of(b, Kind::Diagonal, x[0]);
            let product = of(b, Kind::Product, diagonal);
            let size = of(b, Kind::Abs, product);
            of(b, Kind::Ln, size)
        }),
        row(LOGARITHM, &[(5, 5, Spd)], |b, x| {
            let cholesky = of(b, Kind::Chol, x[0]);
            let det = of(b, Kind::Det, cholesky);
            of(b, Kind::Ln, det)
        }),
        row("tril(L) = L for lower triangular L", &[LOWER], |b, x| of(b, Kind::LowerTriangle, x[0])),
        row("tril(L) = L for lower triangular L", &[LOWER], |b, x| {
            let turned = b.g.transpose(x[0]);
            of(b, Kind::UpperTriangle, turned)
        }),
        row("tril(L) = L for lower triangular L", &[SQUARE, DIAGONAL], |b, x| {
            let product = b.g.hadamard(&[x[0], x[1]]);
            of(b, Kind::UpperTriangle, product)
        }),
        row("Diag(diag D) = D for diagonal D", &[DIAGONAL], |b, x| {
            let diagonal = of(b, Kind::Diagonal, x[0]);
            of(b, Kind::DiagMat, diagonal)
        }),
        row("diag(u vᵀ) = u ∘ v", &[COLUMN, COLUMN, SQUARE], |b, x| {
            let v = b.g.transpose(x[1]);
            let product = b.g.matmul(&[x[2], x[0], v]);
            of(b, Kind::Diagonal, product)
        }),
        row("the diagonal of a number is the number", &[SCALAR], |b, x| of(b, Kind::Diagonal, x[0])),
        row("the diagonal of a number is the number", &[SCALAR], |b, x| of(b, Kind::DiagMat, x[0])),
        row("ln of an entry of softmax is the entry of log softmax", &[COLUMN], |b, x| {
            let softmax = of(b, Kind::Softmax, x[0]);
            let shape = b.shape(2, 1);
            let entries = b.g.make_shaped(Kind::Slice, at(3, 0), &[softmax], shape);
            of(b, Kind::Ln, entries)
        }),
        row("ln of an entry of softmax is the entry of log softmax", &[SQUARE], |b, x| {
            let softmax = of(b, Kind::SoftmaxRows, x[0]);
            let entry = b.g.make_shaped(Kind::Slice, at(3, 2), &[softmax], matgrad_engine::ir::Shape::SCALAR);
            of(b, Kind::Ln, entry)
        }),
        row("√(xᵀ x) = ‖x‖", &[COLUMN], |b, x| {
            let turned = b.g.transpose(x[0]);
            let product = b.g.matmul(&[turned, x[0]]);
            b.g.pow(product, 0.5)
        }),
    ]);
}

fn orthogonal(rows: &mut Vec<Row>) {
    rows.extend([
        row("Qᵀ Q = I for orthogonal Q", &[ORTHOGONAL, SQUARE], |b, x| {
            let turned = b.g.transpose(x[0]);
            b.g.matmul(&[x[1], turned, x[0], x[1]])
        }),
        row("Qᵀ Q = I for orthogonal Q", &[ORTHOGONAL], |b, x| {
            let turned = b.g.transpose(x[0]);
            b.g.matmul(&[x[0], turned])
        }),
        row("tr(Qᵀ A Q) = tr(A) for orthogonal Q", &[ORTHOGONAL, SQUARE], |b, x| {
            let turned = b.g.transpose(x[0]);
            let product = b.g.matmul(&[turned, x[1], x[0]]);
            of(b, Kind::Trace, product)
        }),
        row("Q⁻¹ = Qᵀ for orthogonal Q", &[ORTHOGONAL], |b, x| inverse(b, x[0])),
        row("Q⁻¹ = Qᵀ for orthogonal Q", &[ORTHOGONAL], |b, x| {
            let square = b.g.matmul(&[x[0], x[0]]);
            inverse(b, square)
        }),
        row("ln|det Q| = 0 for orthogonal Q", &[ORTHOGONAL, SCALAR], |b, x| {
            let lu = of(b, Kind::Lu, x[0]);
            let ln_det = of(b, Kind::LnDet, lu);
            b.g.add(ln_det, x[1])
        }),
        row(NORM, &[ORTHOGONAL, COLUMN], |b, x| {
            let product = b.g.matmul(&[x[0], x[1]]);
            of(b, Kind::Norm, product)
        }),
        row(NORM, &[ORTHOGONAL, SYMMETRIC], |b, x| {
            let product = b.g.matmul(&[x[1], x[0]]);
            of(b, Kind::NormSq, product)
        }),
        row(NORM, &[ORTHOGONAL, INVERTIBLE], |b, x| {
            let (size, of_product) = (of(b, Kind::Norm, x[0]), b.g.matmul(&[x[0], x[1], x[0]]));
            let of_product = of(b, Kind::Norm, of_product);
            b.g.add(size, of_product)
        }),
    ]);
}
