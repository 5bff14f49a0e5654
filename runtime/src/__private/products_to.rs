//! `out = aᵀ b` and `out = a bᵀ`: see [`super::products`]. What `out` holds before is not read.

use nalgebra::constraint::{SameNumberOfColumns, SameNumberOfRows, ShapeConstraint};
use nalgebra::storage::{IsContiguous, Storage, StorageMut};
use nalgebra::{Dim, Matrix, RealField};
#[cfg(feature = "std")]
use {
    super::panels,
    nalgebra::{Const, Dyn, MatrixView},
};

/// `out = aᵀ b`: `a` k×m in any storage, `b` k×n, `out` m×n.
///
/// # Panics
/// If the numbers of rows differ, or `out` has another shape.
#[inline]
pub fn tr_mul_to<T, R1, C1, S1, R2, C2, S2, S3>(
    a: &Matrix<T, R1, C1, S1>,
    b: &Matrix<T, R2, C2, S2>,
    out: &mut Matrix<T, C1, C2, S3>,
) where
    T: RealField + Copy,
    R1: Dim,
    C1: Dim,
    S1: Storage<T, R1, C1>,
    R2: Dim,
    C2: Dim,
    S2: Storage<T, R2, C2>,
    S3: StorageMut<T, C1, C2>,
    ShapeConstraint: SameNumberOfRows<R1, R2>,
{
    assert!(a.nrows() == b.nrows(), "aᵀ b: the numbers of rows differ");
    assert!(out.shape() == (a.ncols(), b.ncols()), "aᵀ b: the result has another shape");
    #[cfg(feature = "std")]
    if panels::pay::<T, R1, C1, C2>(a.nrows(), a.ncols(), b.ncols(), 1000) {
        return panels::tr_mul(a, b, out);
    }
    tr_mul_by_loops(a, b, out);
}

/// `out = aᵀ b` like [`tr_mul_to`], without a copy, for an `a` that is contiguous by its type.
///
/// # Panics
/// If the numbers of rows differ, or `out` has another shape.
#[inline]
pub fn tr_mul_contiguous_to<T, R1, C1, S1, R2, C2, S2, S3>(
    a: &Matrix<T, R1, C1, S1>,
    b: &Matrix<T, R2, C2, S2>,
    out: &mut Matrix<T, C1, C2, S3>,
) where
    T: RealField + Copy,
    R1: Dim,
    C1: Dim,
    S1: Storage<T, R1, C1> + IsContiguous,
    R2: Dim,
    C2: Dim,
    S2: Storage<T, R2, C2>,
    S3: StorageMut<T, C1, C2>,
    ShapeConstraint: SameNumberOfRows<R1, R2>,
{
    assert!(a.nrows() == b.nrows(), "aᵀ b: the numbers of rows differ");
    assert!(out.shape() == (a.ncols(), b.ncols()), "aᵀ b: the result has another shape");
    #[cfg(feature = "std")]
    if panels::pay::<T, R1, C1, C2>(a.nrows(), a.ncols(), b.ncols(), 500) {
        let (rows, columns) = a.shape_generic();
        let transposed = MatrixView::from_slice_with_strides_generic(a.as_slice(), columns, rows, rows, Const::<1>);
        return out.gemm(T::one(), &transposed, b, T::zero());
    }
    tr_mul_by_loops(a, b, out);
}

/// `out = aᵀ b` like [`tr_mul_contiguous_to`], where that is symmetric in exact arithmetic: the lower half is computed, and mirrored.
///
/// # Panics
/// If the numbers of rows differ, or `out` has another shape.
#[inline]
pub fn tr_mul_mirrored_to<T, R1, D, S1, R2, S2, S3>(
    a: &Matrix<T, R1, D, S1>,
    b: &Matrix<T, R2, D, S2>,
    out: &mut Matrix<T, D, D, S3>,
) where
    T: RealField + Copy,
    R1: Dim,
    D: Dim,
    S1: Storage<T, R1, D> + IsContiguous,
    R2: Dim,
    S2: Storage<T, R2, D>,
    S3: StorageMut<T, D, D>,
    ShapeConstraint: SameNumberOfRows<R1, R2>,
{
    #[cfg(feature = "std")]
    {
        // columns by the panel, from the diagonal down: wide enough for the kernel, narrow enough that little is computed twice
        const WIDTH: usize = 64;
        let (k, n) = a.shape();
        if n > 2 * WIDTH && panels::pay::<T, R1, D, D>(k, n, n, 500) {
            assert!(k == b.nrows(), "aᵀ b: the numbers of rows differ");
            assert!(b.ncols() == n && out.shape() == (n, n), "aᵀ b: the result has another shape");
            for first in (0..n).step_by(WIDTH) {
                let (rows, width) = (n - first, WIDTH.min(n - first));
                let columns = &a.as_slice()[first * k..];
                let transposed = MatrixView::from_slice_with_strides_generic(columns, Dyn(rows), Dyn(k), Dyn(k), Const::<1>);
                let panel = b.view((0, first), (k, width));
                out.view_mut((first, first), (rows, width)).gemm(T::one(), &transposed, &panel, T::zero());
            }
            return super::mirror(out);
        }
    }
    tr_mul_contiguous_to(a, b, out);
    super::mirror(out);
}

/// `out = a bᵀ`: `a` m×k, `b` n×k in any storage, `out` m×n.
///
/// # Panics
/// If the numbers of columns differ, or `out` has another shape.
#[inline]
pub fn mul_tr_to<T, R1, C1, S1, R2, C2, S2, S3>(
    a: &Matrix<T, R1, C1, S1>,
    b: &Matrix<T, R2, C2, S2>,
    out: &mut Matrix<T, R1, R2, S3>,
) where
    T: RealField + Copy,
    R1: Dim,
    C1: Dim,
    S1: Storage<T, R1, C1>,
    R2: Dim,
    C2: Dim,
    S2: Storage<T, R2, C2>,
    S3: StorageMut<T, R1, R2>,
    ShapeConstraint: SameNumberOfColumns<C1, C2>,
{
    assert!(a.ncols() == b.ncols(), "a bᵀ: the numbers of columns differ");
    assert!(out.shape() == (a.nrows(), b.nrows()), "a bᵀ: the result has another shape");
    #[cfg(feature = "std")]
    if panels::pay::<T, C1, R1, R2>(a.ncols(), a.nrows(), b.nrows(), 1000) {
        return panels::mul_tr(a, b, out);
    }
    mul_tr_by_loops(a, b, out);
}

/// `out = a bᵀ` like [`mul_tr_to`], without a copy, for a `b` that is contiguous by its type.
///
/// # Panics
/// If the numbers of columns differ, or `out` has another shape.
#[inline]
pub fn mul_tr_contiguous_to<T, R1, C1, S1, R2, C2, S2, S3>(
    a: &Matrix<T, R1, C1, S1>,
    b: &Matrix<T, R2, C2, S2>,
    out: &mut Matrix<T, R1, R2, S3>,
) where
    T: RealField + Copy,
    R1: Dim,
    C1: Dim,
    S1: Storage<T, R1, C1>,
    R2: Dim,
    C2: Dim,
    S2: Storage<T, R2, C2> + IsContiguous,
    S3: StorageMut<T, R1, R2>,
    ShapeConstraint: SameNumberOfColumns<C1, C2>,
{
    assert!(a.ncols() == b.ncols(), "a bᵀ: the numbers of columns differ");
    assert!(out.shape() == (a.nrows(), b.nrows()), "a bᵀ: the result has another shape");
    #[cfg(feature = "std")]
    if panels::pay::<T, C1, R1, R2>(a.ncols(), a.nrows(), b.nrows(), 500) {
        let (rows, columns) = b.shape_generic();
        let transposed = MatrixView::from_slice_with_strides_generic(b.as_slice(), columns, rows, rows, Const::<1>);
        return out.gemm(T::one(), a, &transposed, T::zero());
    }
    mul_tr_by_loops(a, b, out);
}

#[inline]
fn tr_mul_by_loops<T, R1, C1, S1, R2, C2, S2, S3>(
    a: &Matrix<T, R1, C1, S1>,
    b: &Matrix<T, R2, C2, S2>,
    out: &mut Matrix<T, C1, C2, S3>,
) where
    T: RealField + Copy,
    R1: Dim,
    C1: Dim,
    S1: Storage<T, R1, C1>,
    R2: Dim,
    C2: Dim,
    S2: Storage<T, R2, C2>,
    S3: StorageMut<T, C1, C2>,
    ShapeConstraint: SameNumberOfRows<R1, R2>,
{
    if a.nrows() == 1 {
        // one row each: an outer product, for which dot products are the wrong loop
        for j in 0..b.ncols() {
            for i in 0..a.ncols() {
                out[(i, j)] = a[(0, i)] * b[(0, j)];
            }
        }
        return;
    }
    a.tr_mul_to(b, out);
}

#[inline]
fn mul_tr_by_loops<T, R1, C1, S1, R2, C2, S2, S3>(
    a: &Matrix<T, R1, C1, S1>,
    b: &Matrix<T, R2, C2, S2>,
    out: &mut Matrix<T, R1, R2, S3>,
) where
    T: RealField + Copy,
    R1: Dim,
    C1: Dim,
    S1: Storage<T, R1, C1>,
    R2: Dim,
    C2: Dim,
    S2: Storage<T, R2, C2>,
    S3: StorageMut<T, R1, R2>,
    ShapeConstraint: SameNumberOfColumns<C1, C2>,
{
    if are_few::<R1, R2>() {
        for j in 0..b.nrows() {
            for i in 0..a.nrows() {
                out[(i, j)] = row_by_row(a, b, i, j);
            }
        }
        return;
    }
    for j in 0..b.nrows() {
        let mut column = out.column_mut(j);
        column.fill(T::zero());
        for k in 0..b.ncols() {
            let weight = b[(j, k)];
            if S1::RStride::try_to_usize() == Some(1) {
                column.axpy(weight, &a.column(k), T::one());
            } else {
                // nalgebra 0.35's `axpy` writes past the end of `column` if its other operand has gaps
                column.zip_apply(&a.column(k), |t, s| *t += weight * s);
            }
        }
    }
}

/// Whether a matrix is known to have so few entries that each stays in a register while it is summed.
pub(super) fn are_few<R: Dim, C: Dim>() -> bool {
    R::try_to_usize().zip(C::try_to_usize()).is_some_and(|(rows, columns)| rows * columns <= 16)
}

/// `(a bᵀ)ᵢⱼ`
#[inline]
pub(super) fn row_by_row<T, R1, C1, S1, R2, C2, S2>(a: &Matrix<T, R1, C1, S1>, b: &Matrix<T, R2, C2, S2>, i: usize, j: usize) -> T
where
    T: RealField + Copy,
    R1: Dim,
    C1: Dim,
    S1: Storage<T, R1, C1>,
    R2: Dim,
    C2: Dim,
    S2: Storage<T, R2, C2>,
{
    let mut sum = T::zero();
    for k in 0..a.ncols() {
        sum += a[(i, k)] * b[(j, k)];
    }
    sum
}
