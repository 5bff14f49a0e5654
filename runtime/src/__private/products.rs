//! Products with a transposed factor, `aᵀ b` and `a bᵀ`, at the speed of `a * b`.
//!
//! nalgebra's own `tr_mul` takes one dot product per entry and never reaches its blocked kernel; `a * b.transpose()` does, but writes
//! a whole transpose first. Both functions come twice: for storages that are contiguous by their type (everything owned), the kernel
//! reads the transpose through a view with swapped strides; for the others, [`super::panels`] copies blocks that stay in cache. The work is
//! done in [`super::products_to`], where the result is a matrix of the caller's.

use nalgebra::allocator::Allocator;
use nalgebra::constraint::{AreMultipliable, SameNumberOfColumns, SameNumberOfRows, ShapeConstraint};
use nalgebra::storage::{IsContiguous, Storage};
use nalgebra::{DefaultAllocator, Dim, Matrix, OMatrix, RealField};

use super::products_to::{are_few, mul_tr_contiguous_to, mul_tr_to, row_by_row, tr_mul_contiguous_to, tr_mul_to};

/// `a b`: `a` m×k in any storage, `b` k×n.
///
/// nalgebra's product, except where the columns of `a` have gaps between their entries: its kernels then write past the end of the
/// result (nalgebra 0.35, dimforge/nalgebra#1616). Costs 2mkn flops.
///
/// # Panics
/// If the columns of `a` are not as many as the rows of `b`.
#[inline]
#[must_use]
pub fn mul<T, R1, C1, S1, R2, C2, S2>(a: &Matrix<T, R1, C1, S1>, b: &Matrix<T, R2, C2, S2>) -> OMatrix<T, R1, C2>
where
    T: RealField + Copy,
    R1: Dim,
    C1: Dim,
    S1: Storage<T, R1, C1>,
    R2: Dim,
    C2: Dim,
    S2: Storage<T, R2, C2>,
    DefaultAllocator: Allocator<R1, C2>,
    ShapeConstraint: AreMultipliable<R1, C1, R2, C2>,
{
    if a.strides().0 == 1 {
        return a * b;
    }
    assert!(a.ncols() == b.nrows(), "A B: the columns of A are not as many as the rows of B");
    let mut product = OMatrix::zeros_generic(a.shape_generic().0, b.shape_generic().1);
    for (mut sum, column) in product.column_iter_mut().zip(b.column_iter()) {
        for (a, &factor) in a.column_iter().zip(column.iter()) {
            for (t, &entry) in sum.iter_mut().zip(a.iter()) {
                *t += entry * factor;
            }
        }
    }
    product
}

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
    let mut product = OMatrix::zeros_generic(a.shape_generic().1, b.shape_generic().1);
    tr_mul_to(a, b, &mut product);
    product
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
    let mut product = OMatrix::zeros_generic(a.shape_generic().1, b.shape_generic().1);
    tr_mul_contiguous_to(a, b, &mut product);
    product
}

/// `aᵀ b` like [`tr_mul_contiguous`], where that is symmetric in exact arithmetic: the lower half is computed, and mirrored.
///
/// # Panics
/// If the numbers of rows differ.
#[inline]
#[must_use]
pub fn tr_mul_mirrored<T, R1, D, S1, R2, S2>(a: &Matrix<T, R1, D, S1>, b: &Matrix<T, R2, D, S2>) -> OMatrix<T, D, D>
where
    T: RealField + Copy,
    R1: Dim,
    D: Dim,
    S1: Storage<T, R1, D> + IsContiguous,
    R2: Dim,
    S2: Storage<T, R2, D>,
    DefaultAllocator: Allocator<D, D>,
    ShapeConstraint: SameNumberOfRows<R1, R2>,
{
    let columns = a.shape_generic().1;
    let mut product = OMatrix::zeros_generic(columns, columns);
    super::tr_mul_mirrored_to(a, b, &mut product);
    product
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
    if are_few::<R1, R2>() {
        assert!(a.ncols() == b.ncols(), "a bᵀ: the numbers of columns differ");
        return OMatrix::from_fn_generic(a.shape_generic().0, b.shape_generic().0, |i, j| row_by_row(a, b, i, j));
    }
    let mut product = OMatrix::zeros_generic(a.shape_generic().0, b.shape_generic().0);
    mul_tr_to(a, b, &mut product);
    product
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
    if are_few::<R1, R2>() {
        assert!(a.ncols() == b.ncols(), "a bᵀ: the numbers of columns differ");
        return OMatrix::from_fn_generic(a.shape_generic().0, b.shape_generic().0, |i, j| row_by_row(a, b, i, j));
    }
    let mut product = OMatrix::zeros_generic(a.shape_generic().0, b.shape_generic().0);
    mul_tr_contiguous_to(a, b, &mut product);
    product
}
