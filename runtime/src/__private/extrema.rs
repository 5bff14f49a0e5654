//! Where the extreme entries of a matrix are: the first in column-major order, which is the kink policy of `max`, `min`, `amax`, `amin`.
//!
//! NaN entries never win against a number. An empty matrix gives `(0, 0)`, at which [`super::place_at`] places nothing.

use nalgebra::storage::Storage;
use nalgebra::{ComplexField, Dim, Matrix, RealField};

use super::scalar::is_nan;

/// Row and column of the first largest entry. One pass.
#[must_use]
pub fn arg_max<T, R, C, S>(x: &Matrix<T, R, C, S>) -> (usize, usize)
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
{
    first_best(x, |t| t)
}

/// Row and column of the first smallest entry. One pass.
#[must_use]
pub fn arg_min<T, R, C, S>(x: &Matrix<T, R, C, S>) -> (usize, usize)
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
{
    first_best(x, |t| -t)
}

/// Row and column of the first entry of largest magnitude. One pass.
#[must_use]
pub fn arg_amax<T, R, C, S>(x: &Matrix<T, R, C, S>) -> (usize, usize)
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
{
    first_best(x, ComplexField::abs)
}

/// Row and column of the first entry of smallest magnitude. One pass.
#[must_use]
pub fn arg_amin<T, R, C, S>(x: &Matrix<T, R, C, S>) -> (usize, usize)
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
{
    first_best(x, |t| -t.abs())
}

#[inline]
fn first_best<T, R, C, S>(x: &Matrix<T, R, C, S>, score: impl Fn(T) -> T) -> (usize, usize)
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
{
    let mut best: Option<T> = None;
    let mut at = (0, 0);
    for (j, column) in x.column_iter().enumerate() {
        for (i, &t) in column.iter().enumerate() {
            let t = score(t);
            if best.is_none_or(|best| t > best || (is_nan(best) && !is_nan(t))) {
                best = Some(t);
                at = (i, j);
            }
        }
    }
    at
}
