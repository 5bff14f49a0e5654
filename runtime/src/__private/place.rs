//! The trace rule of picking a block: the gradient of the whole is zero outside the block.

use nalgebra::allocator::Allocator;
use nalgebra::storage::Storage;
use nalgebra::{DefaultAllocator, Dim, Matrix, OMatrix, RealField};

/// An `r`×`c` matrix of zeros with `block` placed so that its first entry is at `(row, column)`.
///
/// `tr(Gᵀ X[row.., column..]) = tr(place(G)ᵀ X)`.
///
/// # Panics
/// If the block does not fit.
#[inline]
#[must_use]
pub fn place<T, R, C, R1, C1, S>(r: R, c: C, row: usize, column: usize, block: &Matrix<T, R1, C1, S>) -> OMatrix<T, R, C>
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    R1: Dim,
    C1: Dim,
    S: Storage<T, R1, C1>,
    DefaultAllocator: Allocator<R, C>,
{
    let mut whole = OMatrix::zeros_generic(r, c);
    whole.view_mut((row, column), block.shape()).copy_from(&block.view((0, 0), block.shape()));
    whole
}

/// An `r`×`c` matrix of zeros with `value` at `(row, column)`; an empty matrix stays empty.
///
/// # Panics
/// If the matrix is not empty and has no such entry.
#[inline]
#[must_use]
pub fn place_at<T, R, C>(r: R, c: C, row: usize, column: usize, value: T) -> OMatrix<T, R, C>
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    DefaultAllocator: Allocator<R, C>,
{
    let mut whole = OMatrix::zeros_generic(r, c);
    if !whole.is_empty() {
        whole[(row, column)] = value;
    }
    whole
}
