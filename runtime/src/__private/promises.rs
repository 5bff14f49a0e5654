//! What the attribute was told about its inputs, and what becomes of a derivative that does not exist.

use nalgebra::allocator::Allocator;
use nalgebra::storage::Storage;
use nalgebra::{DefaultAllocator, Dim, Matrix, OMatrix, RealField};

/// Checks, in debug builds, that a matrix declared symmetric is: entries that mirror each other may differ by √ε of the largest.
///
/// # Panics
/// In debug builds, if it is not, with its name and the place, at the caller.
#[inline]
#[track_caller]
pub fn debug_symmetric<T, R, C, S>(name: &str, m: &Matrix<T, R, C, S>)
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
{
    if cfg!(debug_assertions) {
        let (rows, columns) = m.shape();
        assert!(rows == columns, "`{name}` is declared symmetric, but is {rows}×{columns}");
        let tolerance = m.amax() * T::default_epsilon().sqrt();
        for j in 0..columns {
            for i in 0..j {
                let difference = (m[(i, j)] - m[(j, i)]).abs();
                // NaN is nobody's fault here.
                assert!(
                    difference <= tolerance || !difference.is_finite(),
                    "`{name}` is declared symmetric, but its entries ({i}, {j}) and ({j}, {i}) differ by {difference}"
                );
            }
        }
    }
}

/// The matrix, or one of NaN where there is none: the derivative at a singular matrix, for a function that did not ask.
#[inline]
#[must_use]
pub fn or_nan<T, R, C>(m: Option<OMatrix<T, R, C>>, rows: R, columns: C) -> OMatrix<T, R, C>
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    DefaultAllocator: Allocator<R, C>,
{
    m.unwrap_or_else(|| OMatrix::from_element_generic(rows, columns, T::zero() / T::zero()))
}
