//! Jacobians: rows moved, Kronecker products applied without being formed, columns of Fréchet derivatives, triangles mirrored.

use nalgebra::allocator::Allocator;
use nalgebra::storage::{Storage, StorageMut};
use nalgebra::{DefaultAllocator, Dim, DimMin, Matrix, OMatrix, RealField, SquareMatrix};

use super::{exp_frechet, same_dim};

/// The matrix of `r` rows whose row `i` is row `source(i)` of `j`.
///
/// # Panics
/// If there is no such row.
#[must_use]
pub fn rows_from<T, R, R1, C, S>(r: R, j: &Matrix<T, R1, C, S>, source: impl Fn(usize) -> usize) -> OMatrix<T, R, C>
where
    T: RealField + Copy,
    R: Dim,
    R1: Dim,
    C: Dim,
    S: Storage<T, R1, C>,
    DefaultAllocator: Allocator<R, C>,
{
    OMatrix::from_fn_generic(r, j.shape_generic().1, |i, c| j[(source(i), c)])
}

/// The matrix of `r` rows whose row `target(i)` is row `i` of `j`, the other rows being zero.
///
/// # Panics
/// If there is no such row.
#[must_use]
pub fn rows_to<T, R, R1, C, S>(r: R, j: &Matrix<T, R1, C, S>, target: impl Fn(usize) -> usize) -> OMatrix<T, R, C>
where
    T: RealField + Copy,
    R: Dim,
    R1: Dim,
    C: Dim,
    S: Storage<T, R1, C>,
    DefaultAllocator: Allocator<R, C>,
{
    let mut out = OMatrix::zeros_generic(r, j.shape_generic().1);
    for i in 0..j.nrows() {
        out.row_mut(target(i)).copy_from(&j.row(i));
    }
    out
}

/// `(I ⊗ B) M`, `r` rows: each group of rows of M, as many as B has columns, multiplied by B.
///
/// # Panics
/// If the rows of M are not groups of that many.
#[must_use]
pub fn identity_kron_mul<T, R, R1, C1, S1, R2, C, S2>(
    r: R,
    b: &Matrix<T, R1, C1, S1>,
    m: &Matrix<T, R2, C, S2>,
) -> OMatrix<T, R, C>
where
    T: RealField + Copy,
    R: Dim,
    R1: Dim,
    C1: Dim,
    S1: Storage<T, R1, C1>,
    R2: Dim,
    C: Dim,
    S2: Storage<T, R2, C>,
    DefaultAllocator: Allocator<R, C>,
{
    let ((p, q), cols) = (b.shape(), m.shape_generic().1);
    let n = r.value().checked_div(p).unwrap_or(0);
    same_dim("n * b.ncols()", n * q, "m.nrows()", if p == 0 { 0 } else { m.nrows() });
    let mut out = OMatrix::zeros_generic(r, cols);
    let b = b.view((0, 0), (p, q));
    for group in 0..n {
        let rows = m.view((group * q, 0), (q, cols.value()));
        out.view_mut((group * p, 0), (p, cols.value())).gemm(T::one(), &b, &rows, T::zero());
    }
    out
}

/// `(A ⊗ I) M`, `r` rows: each column of M, as a matrix of as many columns as A has, multiplied by `Aᵀ` from the right.
///
/// # Panics
/// If a column of M is no such matrix.
#[must_use]
pub fn kron_identity_mul<T, R, R1, C1, S1, R2, C, S2>(
    r: R,
    a: &Matrix<T, R1, C1, S1>,
    m: &Matrix<T, R2, C, S2>,
) -> OMatrix<T, R, C>
where
    T: RealField + Copy,
    R: Dim,
    R1: Dim,
    C1: Dim,
    S1: Storage<T, R1, C1>,
    R2: Dim,
    C: Dim,
    S2: Storage<T, R2, C>,
    DefaultAllocator: Allocator<R, C>,
{
    let ((n, k), cols) = (a.shape(), m.shape_generic().1);
    let p = r.value().checked_div(n).unwrap_or(0);
    same_dim("a.ncols() * p", k * p, "m.nrows()", if n == 0 { 0 } else { m.nrows() });
    let mut out = OMatrix::zeros_generic(r, cols);
    for i in 0..n {
        let mut block = out.view_mut((i * p, 0), (p, cols.value()));
        for j in 0..k {
            let weight = a[(i, j)];
            if weight != T::zero() {
                block.zip_apply(&m.view((j * p, 0), (p, cols.value())), |sum, entry| *sum += weight * entry);
            }
        }
    }
    out
}

/// `L(X, ·)` of each column of J, a column being a matrix of the shape of X.
///
/// # Panics
/// If X is not square, or a column of J has not as many entries.
#[must_use]
pub fn frechet_columns<T, D, S, R, C, S2>(x: &Matrix<T, D, D, S>, j: &Matrix<T, R, C, S2>) -> OMatrix<T, R, C>
where
    T: RealField + Copy,
    D: DimMin<D, Output = D>,
    S: Storage<T, D, D>,
    R: Dim,
    C: Dim,
    S2: Storage<T, R, C>,
    DefaultAllocator: Allocator<D, D> + Allocator<D> + Allocator<R, C>,
{
    same_dim("x.len()", x.len(), "j.nrows()", j.nrows());
    each_column(x.shape_generic().0, j, |direction| exp_frechet(x, direction))
}

/// What a linear map of `d × d` matrices makes of each column of J.
pub(super) fn each_column<T, D, R, C, S>(
    d: D,
    j: &Matrix<T, R, C, S>,
    map: impl Fn(&OMatrix<T, D, D>) -> OMatrix<T, D, D>,
) -> OMatrix<T, R, C>
where
    T: RealField + Copy,
    D: Dim,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
    DefaultAllocator: Allocator<D, D> + Allocator<R, C>,
{
    let mut out = j.clone_owned();
    for c in 0..j.ncols() {
        let moved = map(&OMatrix::from_fn_generic(d, d, |p, q| j[(p + q * d.value(), c)]));
        out.column_mut(c).iter_mut().zip(moved.iter()).for_each(|(to, from)| *to = *from);
    }
    out
}

/// The matrix with its lower triangle mirrored.
#[inline]
#[must_use]
pub fn mirrored<T, D>(mut m: OMatrix<T, D, D>) -> OMatrix<T, D, D>
where
    T: RealField + Copy,
    D: Dim,
    DefaultAllocator: Allocator<D, D>,
{
    mirror(&mut m);
    m
}

/// Mirrors the lower triangle.
pub fn mirror<T, D, S>(m: &mut SquareMatrix<T, D, S>)
where
    T: RealField + Copy,
    D: Dim,
    S: StorageMut<T, D, D>,
{
    m.fill_upper_triangle_with_lower_triangle();
}
