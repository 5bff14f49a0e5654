//! Products with a transposed factor, `aᵀ b` and `a bᵀ`, at the speed of `a * b`.
//!
//! nalgebra's own `tr_mul` takes one dot product per entry and never reaches its blocked kernel; `a * b.transpose()` does, but writes
//! a whole transpose first. Both functions come twice: for storages that are contiguous by their type (everything owned), the kernel
//! reads the transpose through a view with swapped strides; for the others, [`super::panels`] copies blocks that stay in cache.

use nalgebra::allocator::Allocator;
use nalgebra::constraint::{SameNumberOfColumns, SameNumberOfRows, ShapeConstraint};
use nalgebra::storage::{IsContiguous, Storage};
use nalgebra::{DefaultAllocator, Dim, Matrix, OMatrix, RealField};
#[cfg(feature = "std")]
use {
    super::panels,
    nalgebra::{Const, MatrixView},
};

/// `aᵀ b`: `a` k×m in any storage, `b` k×n, result m×n.
///
/// Costs 2kmn flops. Above a few entries a side, run-time sized matrices of `f32` and `f64` go through nalgebra's blocked kernel;
/// everything else is nalgebra's `tr_mul`.
///
/// # Panics
/// If the numbers of rows differ.
#[inline]
#[must_use]
pub fn tr_mul<T, R1, C1, S1, R2, C2, S2>(a: &Matrix<T, R1, C1, S1>, b: &Matrix<T, R2, C2, S2>) -> OMatrix<T, C1, C2>
where
    T: RealField + Copy,
    R1: Dim,
    C1: Dim,
    S1: Storage<T, R1, C1>,
    R2: Dim,
    C2: Dim,
    S2: Storage<T, R2, C2>,
    DefaultAllocator: Allocator<C1, C2>,
    ShapeConstraint: SameNumberOfRows<R1, R2>,
{
    assert!(a.nrows() == b.nrows(), "aᵀ b: the numbers of rows differ");
    #[cfg(feature = "std")]
    if panels::pay::<T, R1, C1, C2>(a.nrows(), a.ncols(), b.ncols(), 1000) {
        return panels::tr_mul(a, b);
    }
    tr_mul_by_loops(a, b)
}

/// `aᵀ b` like [`tr_mul`], without a copy, for an `a` that is contiguous by its type.
///
/// # Panics
/// If the numbers of rows differ.
#[inline]
#[must_use]
pub fn tr_mul_contiguous<T, R1, C1, S1, R2, C2, S2>(a: &Matrix<T, R1, C1, S1>, b: &Matrix<T, R2, C2, S2>) -> OMatrix<T, C1, C2>
where
    T: RealField + Copy,
    R1: Dim,
    C1: Dim,
    S1: Storage<T, R1, C1> + IsContiguous,
    R2: Dim,
    C2: Dim,
    S2: Storage<T, R2, C2>,
    DefaultAllocator: Allocator<C1, C2>,
    ShapeConstraint: SameNumberOfRows<R1, R2>,
{
    assert!(a.nrows() == b.nrows(), "aᵀ b: the numbers of rows differ");
    #[cfg(feature = "std")]
    if panels::pay::<T, R1, C1, C2>(a.nrows(), a.ncols(), b.ncols(), 500) {
        let (rows, columns) = a.shape_generic();
        let transposed = MatrixView::from_slice_with_strides_generic(a.as_slice(), columns, rows, rows, Const::<1>);
        let mut product = OMatrix::zeros_generic(columns, b.shape_generic().1);
        product.gemm(T::one(), &transposed, b, T::zero());
        return product;
    }
    tr_mul_by_loops(a, b)
}

/// `a bᵀ`: `a` m×k, `b` n×k in any storage, result m×n.
///
/// Costs 2kmn flops. Above a few entries a side, run-time sized matrices of `f32` and `f64` go through nalgebra's blocked kernel;
/// everything else is a sum of scaled columns, which forms no transpose.
///
/// # Panics
/// If the numbers of columns differ.
#[inline]
#[must_use]
pub fn mul_tr<T, R1, C1, S1, R2, C2, S2>(a: &Matrix<T, R1, C1, S1>, b: &Matrix<T, R2, C2, S2>) -> OMatrix<T, R1, R2>
where
    T: RealField + Copy,
    R1: Dim,
    C1: Dim,
    S1: Storage<T, R1, C1>,
    R2: Dim,
    C2: Dim,
    S2: Storage<T, R2, C2>,
    DefaultAllocator: Allocator<R1, R2>,
    ShapeConstraint: SameNumberOfColumns<C1, C2>,
{
    assert!(a.ncols() == b.ncols(), "a bᵀ: the numbers of columns differ");
    #[cfg(feature = "std")]
    if panels::pay::<T, C1, R1, R2>(a.ncols(), a.nrows(), b.nrows(), 1000) {
        return panels::mul_tr(a, b);
    }
    mul_tr_by_loops(a, b)
}

/// `a bᵀ` like [`mul_tr`], without a copy, for a `b` that is contiguous by its type.
///
/// # Panics
/// If the numbers of columns differ.
#[inline]
#[must_use]
pub fn mul_tr_contiguous<T, R1, C1, S1, R2, C2, S2>(a: &Matrix<T, R1, C1, S1>, b: &Matrix<T, R2, C2, S2>) -> OMatrix<T, R1, R2>
where
    T: RealField + Copy,
    R1: Dim,
    C1: Dim,
    S1: Storage<T, R1, C1>,
    R2: Dim,
    C2: Dim,
    S2: Storage<T, R2, C2> + IsContiguous,
    DefaultAllocator: Allocator<R1, R2>,
    ShapeConstraint: SameNumberOfColumns<C1, C2>,
{
    assert!(a.ncols() == b.ncols(), "a bᵀ: the numbers of columns differ");
    #[cfg(feature = "std")]
    if panels::pay::<T, C1, R1, R2>(a.ncols(), a.nrows(), b.nrows(), 500) {
        let (rows, columns) = b.shape_generic();
        let transposed = MatrixView::from_slice_with_strides_generic(b.as_slice(), columns, rows, rows, Const::<1>);
        let mut product = OMatrix::zeros_generic(a.shape_generic().0, rows);
        product.gemm(T::one(), a, &transposed, T::zero());
        return product;
    }
    mul_tr_by_loops(a, b)
}

#[inline]
fn tr_mul_by_loops<T, R1, C1, S1, R2, C2, S2>(a: &Matrix<T, R1, C1, S1>, b: &Matrix<T, R2, C2, S2>) -> OMatrix<T, C1, C2>
where
    T: RealField + Copy,
    R1: Dim,
    C1: Dim,
    S1: Storage<T, R1, C1>,
    R2: Dim,
    C2: Dim,
    S2: Storage<T, R2, C2>,
    DefaultAllocator: Allocator<C1, C2>,
    ShapeConstraint: SameNumberOfRows<R1, R2>,
{
    // One row each: an outer product, for which dot products are the wrong loop.
    if a.nrows() == 1 {
        return OMatrix::from_fn_generic(a.shape_generic().1, b.shape_generic().1, |i, j| a[(0, i)] * b[(0, j)]);
    }
    a.tr_mul(b)
}

#[inline]
fn mul_tr_by_loops<T, R1, C1, S1, R2, C2, S2>(a: &Matrix<T, R1, C1, S1>, b: &Matrix<T, R2, C2, S2>) -> OMatrix<T, R1, R2>
where
    T: RealField + Copy,
    R1: Dim,
    C1: Dim,
    S1: Storage<T, R1, C1>,
    R2: Dim,
    C2: Dim,
    S2: Storage<T, R2, C2>,
    DefaultAllocator: Allocator<R1, R2>,
{
    // One column each: an outer product, written in one pass.
    if a.ncols() == 1 {
        return OMatrix::from_fn_generic(a.shape_generic().0, b.shape_generic().0, |i, j| a[(i, 0)] * b[(j, 0)]);
    }
    let mut product = OMatrix::zeros_generic(a.shape_generic().0, b.shape_generic().0);
    for j in 0..b.nrows() {
        let mut column = product.column_mut(j);
        for k in 0..b.ncols() {
            let weight = b[(j, k)];
            if S1::RStride::try_to_usize() == Some(1) {
                // The first term overwrites, which spares reading the zeros.
                let keep = if k == 0 { T::zero() } else { T::one() };
                column.axpy(weight, &a.column(k), keep);
            } else {
                // nalgebra 0.35's `axpy` writes past the end of `column` if its other operand has gaps.
                column.zip_apply(&a.column(k), |t, s| *t += weight * s);
            }
        }
    }
    product
}
