//! Where the extreme entries of a matrix are: the first in column-major order, which is the kink policy of `max`, `min`, `amax`, `amin`.
//!
//! A NaN wins against what stands before it, and loses against what follows, as in nalgebra's folds. An empty matrix gives `(0, 0)`, at which [`super::place_at`] places nothing and [`entry_or_zero`]
//! finds 0, which is nalgebra's extreme of no entries.

use nalgebra::storage::Storage;
use nalgebra::{ComplexField, Dim, Matrix, RealField};

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

/// The entry at a row and column, 0 if there is none.
#[inline]
#[must_use]
pub fn entry_or_zero<T, R, C, S>(x: &Matrix<T, R, C, S>, at: (usize, usize)) -> T
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
{
    x.get(at).copied().unwrap_or_else(T::zero)
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
            let stays = best.is_some_and(|best| best >= t);
            if !stays {
                best = Some(t);
                at = (i, j);
            }
        }
    }
    at
}
