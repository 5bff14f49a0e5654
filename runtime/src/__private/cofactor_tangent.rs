//! How the matrix of cofactors moves: the second derivative of the determinant, without a division by it.

use nalgebra::allocator::Allocator;
use nalgebra::storage::Storage;
use nalgebra::{DefaultAllocator, Dim, DimMin, FullPivLU, Matrix, OMatrix, OVector, RealField};

use super::cofactor::{cofactor, unit_factors};
use super::jacobian::each_column;
use super::{products_but_two, same_dim};

/// `D cof(A)[E]`, the derivative of the matrix of cofactors in direction E, right at singular matrices as well.
///
/// # Panics
/// If A is not square, or E has not its shape.
#[must_use]
pub fn cofactor_tangent<T, D, S1, S2>(a: &Matrix<T, D, D, S1>, e: &Matrix<T, D, D, S2>) -> OMatrix<T, D, D>
where
    T: RealField + Copy,
    D: DimMin<D, Output = D>,
    S1: Storage<T, D, D>,
    S2: Storage<T, D, D>,
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    same_dim("a.nrows()", a.nrows(), "e.nrows()", e.nrows());
    same_dim("a.ncols()", a.ncols(), "e.ncols()", e.ncols());
    CofactorTangents::at(a).along(&e.clone_owned())
}

/// `D cof(A)[·]` of each column of J, a column being a matrix of the shape of A.
///
/// # Panics
/// If A is not square, or a column of J has not as many entries.
#[must_use]
pub fn cofactor_columns<T, D, S, R, C, S2>(a: &Matrix<T, D, D, S>, j: &Matrix<T, R, C, S2>) -> OMatrix<T, R, C>
where
    T: RealField + Copy,
    D: DimMin<D, Output = D>,
    S: Storage<T, D, D>,
    R: Dim,
    C: Dim,
    S2: Storage<T, R, C>,
    DefaultAllocator: Allocator<D, D> + Allocator<D> + Allocator<R, C>,
{
    same_dim("a.len()", a.len(), "j.nrows()", j.nrows());
    let tangents = CofactorTangents::at(a);
    each_column(a.shape_generic().0, j, |direction| tangents.along(direction))
}

/// A matrix, prepared for the derivatives of its cofactors.
enum CofactorTangents<T, D>
where
    T: RealField + Copy,
    D: DimMin<D, Output = D>,
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    /// Up to 3×3: the matrix, of whose entries the cofactors are polynomials of degree 2 at most.
    Few(OMatrix<T, D, D>),
    /// P A Q = L D U, L and U with ones on the diagonal. Cofactors are multiplicative, so with X = L⁻¹ P and Y = Q U⁻¹
    ///
    /// cof(A + E) = det(P) det(Q) Xᵀ cof(D + X E Y) Yᵀ,
    ///
    /// and the cofactors of a matrix next to a diagonal one need no division [cf. Stewart 1998, On the adjugate matrix, Linear Algebra Appl. 283].
    Many {
        /// X
        left: OMatrix<T, D, D>,
        /// Yᵀ
        right: OMatrix<T, D, D>,
        /// The products of all pivots but two; zeros on the diagonal.
        others: OMatrix<T, D, D>,
        /// det(P) det(Q)
        sign: T,
    },
}

impl<T, D> CofactorTangents<T, D>
where
    T: RealField + Copy,
    D: DimMin<D, Output = D>,
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    fn at<S: Storage<T, D, D>>(a: &Matrix<T, D, D, S>) -> Self {
        assert!(a.is_square(), "the matrix is not square");
        if a.nrows() <= 3 {
            return Self::Few(a.clone_owned());
        }
        let f = FullPivLU::new(a.clone_owned());
        let (unit, pivots): (_, OVector<T, D>) = unit_factors(f.lu_internal());
        let (rows, columns) = a.shape_generic();
        let mut left = OMatrix::identity_generic(rows, columns);
        f.p().permute_rows(&mut left);
        unit.solve_lower_triangular_unchecked_mut(&mut left);
        let mut right = OMatrix::identity_generic(rows, columns);
        f.q().inv_permute_columns(&mut right);
        unit.tr_solve_upper_triangular_unchecked_mut(&mut right);
        let others = products_but_two(rows, columns, &pivots);
        Self::Many { left, right, others, sign: f.p().determinant::<T>() * f.q().determinant::<T>() }
    }

    /// D cof(A)\[E\].
    fn along(&self, e: &OMatrix<T, D, D>) -> OMatrix<T, D, D> {
        let (rows, columns) = e.shape_generic();
        match self {
            Self::Few(a) => match a.nrows() {
                0 | 1 => OMatrix::zeros_generic(rows, columns),
                // linear in A
                2 => cofactor(e),
                // With indices modulo 3 the sign takes care of itself.
                _ => OMatrix::from_fn_generic(rows, columns, |i, j| {
                    let (i1, i2, j1, j2) = ((i + 1) % 3, (i + 2) % 3, (j + 1) % 3, (j + 2) % 3);
                    a[(i1, j1)] * e[(i2, j2)] + e[(i1, j1)] * a[(i2, j2)] - a[(i1, j2)] * e[(i2, j1)] - e[(i1, j2)] * a[(i2, j1)]
                }),
            },
            Self::Many { left, right, others, sign } => {
                let f = left * e * right.transpose();
                // D cof(D)[F]: Σₖ Fₖₖ pᵢₖ on the diagonal, −Fⱼᵢ pᵢⱼ beside it, p the products of the other pivots
                let moved = OMatrix::from_fn_generic(rows, columns, |i, j| {
                    if i == j {
                        (0..f.nrows()).fold(T::zero(), |sum, k| sum + f[(k, k)] * others[(i, k)])
                    } else {
                        -f[(j, i)] * others[(i, j)]
                    }
                });
                left.tr_mul(&moved) * right * *sign
            }
        }
    }
}
