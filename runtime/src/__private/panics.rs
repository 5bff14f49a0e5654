//! What the function panics on, where a companion would not notice.

use nalgebra::storage::Storage;
use nalgebra::{Dim, Matrix, RealField};

/// Checks that `len` entries from `start` on are among `size`.
///
/// # Panics
/// If they are not.
#[inline]
#[track_caller]
pub fn in_range(start: usize, len: usize, size: usize) {
    assert!(
        start.checked_add(len).is_some_and(|end| end <= size),
        "entries {start}..{start} + {len} are out of range: there are {size}"
    );
}

/// Where the `len` entries of a range begin: anywhere, if it ends before it begins.
#[inline]
#[must_use]
pub fn begin(start: usize, len: usize) -> usize {
    if len == 0 { 0 } else { start }
}

/// Checks the bounds of `clamp`.
///
/// # Panics
/// If they are not in order, or no numbers.
#[inline]
#[track_caller]
pub fn in_order<T: RealField + Copy>(low: T, high: T) {
    assert!(low <= high, "min > max, or either was NaN. min = {low}, max = {high}");
}

/// Checks the bounds of `clamp` at every entry.
///
/// # Panics
/// Where they are not in order, or no numbers.
#[inline]
#[track_caller]
pub fn all_in_order<T, R, C, S1, S2>(low: &Matrix<T, R, C, S1>, high: &Matrix<T, R, C, S2>)
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S1: Storage<T, R, C>,
    S2: Storage<T, R, C>,
{
    low.iter().zip(high.iter()).for_each(|(low, high)| in_order(*low, *high));
}
