//! Rows for the rewrites of inverses, determinants and matrix functions.

use matgrad_engine::ir::{Attr, Fail, Kind, NodeId, Part};

use crate::common::Bench;
use crate::common::Domain::{Any, Spd, Symmetric, Unit};
use crate::corpus::{COLUMN, INVERTIBLE, Row, SCALAR, SQUARE, identity, of, row};

const INVERSE: &str = "one inverse of A, whatever happens when it does not exist";

const OF_INVERSE: &str = "det(A⁻¹) = 1 / det(A)";
const OF_TRIANGLE: &str = "det(L) = ∏ lᵢᵢ, ln|det L| = Σ ln|lᵢᵢ| for triangular L";

const NESTED: &str = "products are flat, identities gone, scalars outside";

pub fn rows(rows: &mut Vec<Row>) {
    fn turned_lu(b: &mut Bench, a: NodeId) -> NodeId {
        let turned = b.g.transpose(a);
        of(b, Kind::Lu, turned)
    }
    rows.extend([
        row("(Aᵀ)⁻¹ = (A⁻¹)ᵀ", &[INVERTIBLE], |b, x| {
            let lu = turned_lu(b, x[0]);
            of(b, Kind::Inv, lu)
        }),
        row(INVERSE, &[INVERTIBLE], |b, x| {
            let lu = of(b, Kind::Lu, x[0]);
            let first = b.g.make(Kind::Inv, Attr::Fail(Fail::Unwrap), &[lu]);
            let second = of(b, Kind::Inv, lu);
            b.g.matmul(&[first, x[0], second])
        }),
        row("(Aᵀ)⁻¹ = (A⁻¹)ᵀ", &[INVERTIBLE], |b, x| {
            let turned = b.g.transpose(x[0]);
            let triangle = b.g.make(Kind::Tri, Attr::Part(Part::Upper), &[turned]);
            of(b, Kind::Inv, triangle)
        }),
        row("the triangle of tril(A) is that of A", &[INVERTIBLE], |b, x| {
            let lower = of(b, Kind::LowerTriangle, x[0]);
            let triangle = b.g.make(Kind::Tri, Attr::Part(Part::Lower), &[lower]);
            of(b, Kind::Inv, triangle)
        }),
        row("the triangle of a number is the number", &[SCALAR], |b, x| of(b, Kind::LowerTriangle, x[0])),
        row("the triangle of a number is the number", &[SCALAR], |b, x| of(b, Kind::UpperTriangle, x[0])),
        // of a full matrix the triangle is inverted: nothing cancels
        row(NESTED, &[INVERTIBLE], |b, x| {
            let triangle = b.g.make(Kind::Tri, Attr::Part(Part::Lower), &[x[0]]);
            let inverse = of(b, Kind::Inv, triangle);
            let product = b.g.matmul(&[inverse, x[0]]);
            b.g.matmul(&[product, x[0]])
        }),
        row("A⁻¹ A = I", &[INVERTIBLE], |b, x| {
            let lower = of(b, Kind::LowerTriangle, x[0]);
            let one = identity(b, 5);
            let lower = b.g.add(lower, one);
            let triangle = b.g.make(Kind::Tri, Attr::Part(Part::Lower), &[lower]);
            let inverse = of(b, Kind::Inv, triangle);
            b.g.matmul(&[inverse, lower, x[0]])
        }),
        row("det(Aᵀ) = det(A)", &[INVERTIBLE], |b, x| {
            let lu = turned_lu(b, x[0]);
            of(b, Kind::Det, lu)
        }),
        row("det(Aᵀ) = det(A)", &[INVERTIBLE], |b, x| {
            let lu = turned_lu(b, x[0]);
            of(b, Kind::LnDet, lu)
        }),
        row("cof(Aᵀ) = cof(A)ᵀ", &[SQUARE], |b, x| {
            let lu = turned_lu(b, x[0]);
            of(b, Kind::Cofactor, lu)
        }),
        row("the determinant of a number is the number", &[SCALAR], |b, x| {
            let lu = of(b, Kind::Lu, x[0]);
            of(b, Kind::Det, lu)
        }),
        row("the cofactor of a number is 1", &[SCALAR], |b, x| {
            let lu = of(b, Kind::Lu, x[0]);
            let cofactor = of(b, Kind::Cofactor, lu);
            b.g.hadamard(&[x[0], cofactor])
        }),
        row("the cofactor of a number does not move", &[SCALAR, SCALAR], |b, x| {
            let lu = of(b, Kind::Lu, x[0]);
            b.g.make(Kind::CofactorTangent, Attr::None, &[lu, x[1]])
        }),
        row("D cof(A)[c E] = c D cof(A)[E]", &[SQUARE, SQUARE], |b, x| {
            let (lu, twice) = (of(b, Kind::Lu, x[0]), b.g.times(2.0, x[1]));
            b.g.make(Kind::CofactorTangent, Attr::None, &[lu, twice])
        }),
        row("D cof(Aᵀ)[E] = D cof(A)[Eᵀ]ᵀ", &[SQUARE, SQUARE], |b, x| {
            let lu = turned_lu(b, x[0]);
            b.g.make(Kind::CofactorTangent, Attr::None, &[lu, x[1]])
        }),
        row("cof(A) / det(A) = A⁻ᵀ", &[INVERTIBLE, SCALAR], |b, x| {
            let lu = of(b, Kind::Lu, x[0]);
            let (det, cofactor) = (of(b, Kind::Det, lu), of(b, Kind::Cofactor, lu));
            let share = b.g.pow(det, -1.0);
            let scalar = b.g.hadamard(&[x[1], share]);
            b.g.scale(scalar, cofactor)
        }),
        row("cof(A) / det(A) = A⁻ᵀ", &[INVERTIBLE], |b, x| {
            let lu = of(b, Kind::Lu, x[0]);
            let (det, cofactor) = (of(b, Kind::Det, lu), of(b, Kind::Cofactor, lu));
            let (share, turned) = (b.g.pow(det, -1.0), b.g.transpose(cofactor));
            b.g.scale(share, turned)
        }),
        row("cof(A) / det(A) = A⁻ᵀ", &[INVERTIBLE], |b, x| {
            let lu = of(b, Kind::Lu, x[0]);
            let (det, cofactor) = (of(b, Kind::Det, lu), of(b, Kind::Cofactor, lu));
            let share = b.g.pow(det, -2.0);
            b.g.scale(share, cofactor)
        }),
        row(OF_INVERSE, &[INVERTIBLE, SCALAR], |b, x| {
            let lu = of(b, Kind::Lu, x[0]);
            let inverse = of(b, Kind::Inv, lu);
            let lu = of(b, Kind::Lu, inverse);
            let (det, ln_det) = (of(b, Kind::Det, lu), of(b, Kind::LnDet, lu));
            b.g.lin(&[(1.0, det), (2.0, ln_det), (1.0, x[1])])
        }),
        row(OF_TRIANGLE, &[COLUMN, SCALAR], |b, x| {
            let diagonal = of(b, Kind::DiagMat, x[0]);
            let lu = of(b, Kind::Lu, diagonal);
            let (det, ln_det) = (of(b, Kind::Det, lu), of(b, Kind::LnDet, lu));
            b.g.lin(&[(1.0, det), (2.0, ln_det), (1.0, x[1])])
        }),
        row("det(A B) = det(A) det(B) for square A and B", &[INVERTIBLE, INVERTIBLE], |b, x| {
            let product = b.g.matmul(&[x[0], x[1], x[0]]);
            let lu = of(b, Kind::Lu, product);
            let (det, ln_det) = (of(b, Kind::Det, lu), of(b, Kind::LnDet, lu));
            b.g.add(det, ln_det)
        }),
        row("det(I + u vᵀ) = 1 + vᵀ u", &[SQUARE, COLUMN, COLUMN], |b, x| {
            let (identity, turned) = (identity(b, 5), b.g.transpose(x[2]));
            let outer = b.g.matmul(&[x[0], x[1], turned]);
            let sum = b.g.lin(&[(-0.5, outer), (1.0, identity)]);
            let lu = of(b, Kind::Lu, sum);
            of(b, Kind::Det, lu)
        }),
        row("exp(Xᵀ) = exp(X)ᵀ", &[SQUARE], |b, x| {
            let turned = b.g.transpose(x[0]);
            of(b, Kind::ExpMatrix, turned)
        }),
        row("L(X, I) = exp(X)", &[SQUARE], |b, x| {
            let identity = identity(b, 5);
            b.g.make(Kind::ExpFrechet, Attr::None, &[x[0], identity])
        }),
        row("Q Diag(s c) Qᵀ = s Q Diag(c) Qᵀ", &[(5, 5, Symmetric), (5, 1, Any), SCALAR], |b, x| {
            let c = b.g.scale(x[2], x[1]);
            with_eigenvalues(b, x[0], c)
        }),
        row("Q Diag(s c) Qᵀ = s Q Diag(c) Qᵀ", &[(7, 3, Any), (3, 1, Any)], |b, x| {
            let (f, c) = (of(b, Kind::Svd, x[0]), b.g.times(2.0, x[1]));
            let (u, v_t) = (of(b, Kind::LeftVectors, f), of(b, Kind::RightVectors, f));
            b.g.make(Kind::WithSingularValues, Attr::None, &[f, c, u, v_t])
        }),
        row("Q Diag(s 1) Qᵀ = s I", &[(5, 5, Symmetric), SCALAR], |b, x| {
            let shape = b.shape(5, 1);
            let c = b.g.fill(x[1], shape);
            with_eigenvalues(b, x[0], c)
        }),
        // a matrix factored by Cholesky once is so everywhere, and its inverse is symmetric
        row("Sᵀ = S for symmetric S", &[(5, 5, Spd)], |b, x| {
            let (chol, lu) = (of(b, Kind::Chol, x[0]), of(b, Kind::Lu, x[0]));
            let (det, inverse) = (of(b, Kind::LnDet, chol), of(b, Kind::Inv, lu));
            let turned = b.g.transpose(inverse);
            b.g.scale(det, turned)
        }),
        row("Σ cᵢAᵢ flat, like terms together, constants folded", &[(3, 5, Unit)], |b, x| b.g.lin(&[(1.0, x[0])])),
    ]);
}

fn with_eigenvalues(b: &mut Bench, a: NodeId, c: NodeId) -> NodeId {
    let f = of(b, Kind::Eigen, a);
    let q = of(b, Kind::EigenVectors, f);
    b.g.make(Kind::WithEigenvalues, Attr::None, &[f, c, q])
}
