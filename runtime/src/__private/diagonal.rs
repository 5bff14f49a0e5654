//! Systems with a diagonal matrix.

use nalgebra::allocator::Allocator;
use nalgebra::constraint::{SameNumberOfRows, ShapeConstraint};
use nalgebra::storage::Storage;
use nalgebra::{DefaultAllocator, Dim, Matrix, OMatrix, RealField};

/// The solution X of `D X = B`, in the shape of `b`, n×m, of the diagonal of the n×n matrix `d` alone; `None` if an entry of it is zero.
/// Costs nm divisions.
///
/// # Panics
/// If the numbers of rows differ.
#[must_use]
pub fn diag_solve<T, D, R, C, S, B>(d: &Matrix<T, D, D, S>, b: &Matrix<T, R, C, B>) -> Option<OMatrix<T, R, C>>
where
    T: RealField + Copy,
    D: Dim,
    R: Dim,
    C: Dim,
    S: Storage<T, D, D>,
    B: Storage<T, R, C>,
    DefaultAllocator: Allocator<R, C>,
    ShapeConstraint: SameNumberOfRows<R, D>,
{
    let n = d.nrows();
    assert!(b.nrows() == n, "D X = B: the numbers of rows differ");
    if (0..n).any(|i| d[(i, i)].is_zero()) {
        return None;
    }
    let mut x = b.clone_owned();
    for mut column in x.column_iter_mut() {
        for (i, t) in column.iter_mut().enumerate() {
            *t /= d[(i, i)];
        }
    }
    Some(x)
}
