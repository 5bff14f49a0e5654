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

/// Checks, in debug builds, that a matrix declared diagonal is: entries off its diagonal may be √ε of the largest.
///
/// # Panics
/// In debug builds, if it is not, with its name and the place, at the caller.
#[inline]
#[track_caller]
pub fn debug_diagonal<T, R, C, S>(name: &str, m: &Matrix<T, R, C, S>)
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
{
    debug_zero(name, m, "diagonal", |i, j| i != j);
}

/// Checks, in debug builds, that a matrix declared lower triangular is: entries above its diagonal may be √ε of the largest.
///
/// # Panics
/// In debug builds, if it is not, with its name and the place, at the caller.
#[inline]
#[track_caller]
pub fn debug_lower_triangular<T, R, C, S>(name: &str, m: &Matrix<T, R, C, S>)
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
{
    debug_zero(name, m, "lower triangular", |i, j| i < j);
}

#[inline]
#[track_caller]
fn debug_zero<T, R, C, S>(name: &str, m: &Matrix<T, R, C, S>, declared: &str, is_outside: impl Fn(usize, usize) -> bool)
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
{
    if cfg!(debug_assertions) {
        let (rows, columns) = m.shape();
        assert!(rows == columns, "`{name}` is declared {declared}, but is {rows}×{columns}");
        let tolerance = m.amax() * T::default_epsilon().sqrt();
        for j in 0..columns {
            for i in 0..rows {
                let entry = m[(i, j)];
                // NaN is nobody's fault here.
                assert!(
                    !is_outside(i, j) || entry.abs() <= tolerance || !entry.is_finite(),
                    "`{name}` is declared {declared}, but its entry ({i}, {j}) is {entry}"
                );
            }
        }
    }
}

/// Checks, in debug builds, that a matrix declared orthogonal is: the products of its n columns may be off by n √ε.
///
/// # Panics
/// In debug builds, if it is not, with its name and the place, at the caller.
#[inline]
#[track_caller]
pub fn debug_orthogonal<T, R, C, S>(name: &str, m: &Matrix<T, R, C, S>)
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
{
    if cfg!(debug_assertions) {
        let (rows, columns) = m.shape();
        assert!(rows == columns, "`{name}` is declared orthogonal, but is {rows}×{columns}");
        let tolerance = super::count::<T>(rows) * T::default_epsilon().sqrt();
        for j in 0..columns {
            for i in 0..=j {
                let product = m.column(i).dot(&m.column(j));
                let expected = if i == j { T::one() } else { T::zero() };
                assert!(
                    (product - expected).abs() <= tolerance || !product.is_finite(),
                    "`{name}` is declared orthogonal, but the product of its columns {i} and {j} is {product}"
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
