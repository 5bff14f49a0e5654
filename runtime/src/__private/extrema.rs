//! Where the extreme entries of a matrix are.
//!
//! Entries that attain an extreme together share its derivative equally. Where one has to be found of them, it is found as if each entry were larger by a little,
//! and those in front, column by column, by more: so a second derivative is on the same side of all extremes of a matrix.
//!
//! A NaN wins against what stands before it, and loses against what follows, as in nalgebra's folds. An empty matrix gives `(0, 0)`, at which [`super::place_at`] places nothing and [`entry_or_zero`]
//! finds 0, which is nalgebra's extreme of no entries.

use nalgebra::allocator::Allocator;
use nalgebra::storage::Storage;
use nalgebra::{DefaultAllocator, Dim, Matrix, OMatrix, RealField};

use super::scalar::count;

/// Row and column of the largest entry, the first of equals. One pass.
#[must_use]
pub fn arg_max<T, R, C, S>(x: &Matrix<T, R, C, S>) -> (usize, usize)
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
{
    best(x, |old, new| old >= new)
}

/// Row and column of the smallest entry, the last of equals. One pass.
#[must_use]
pub fn arg_min<T, R, C, S>(x: &Matrix<T, R, C, S>) -> (usize, usize)
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
{
    best(x, |old, new| old < new)
}

/// Row and column of the entry of largest magnitude: of equals the first that is not negative, or the last. One pass.
#[must_use]
pub fn arg_amax<T, R, C, S>(x: &Matrix<T, R, C, S>) -> (usize, usize)
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
{
    best(x, |old, new| old.abs() > new.abs() || (old.abs() == new.abs() && old >= T::zero()))
}

/// Row and column of the entry of smallest magnitude: of equals the first that is negative, or the last. One pass.
#[must_use]
pub fn arg_amin<T, R, C, S>(x: &Matrix<T, R, C, S>) -> (usize, usize)
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
{
    best(x, |old, new| old.abs() < new.abs() || (old.abs() == new.abs() && old < T::zero()))
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

/// The mean of the entries of `from` where `of` has what `find` finds.
#[inline]
#[must_use]
pub fn picked<T, R, C, S, S1>(
    of: &Matrix<T, R, C, S>,
    find: impl Fn(&Matrix<T, R, C, S>) -> (usize, usize),
    from: &Matrix<T, R, C, S1>,
) -> T
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
    S1: Storage<T, R, C>,
{
    mean(of, find(of), from, |a, b| a == b)
}

/// The mean of the entries of `from` where `of` has the magnitude that `find` finds.
#[inline]
#[must_use]
pub fn picked_by_size<T, R, C, S, S1>(
    of: &Matrix<T, R, C, S>,
    find: impl Fn(&Matrix<T, R, C, S>) -> (usize, usize),
    from: &Matrix<T, R, C, S1>,
) -> T
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
    S1: Storage<T, R, C>,
{
    mean(of, find(of), from, |a, b| a.abs() == b.abs())
}

/// Equal shares of `value` where `of` has what `find` finds, zeros elsewhere.
#[inline]
#[must_use]
pub fn placed<T, R, C, S>(
    of: &Matrix<T, R, C, S>,
    find: impl Fn(&Matrix<T, R, C, S>) -> (usize, usize),
    value: T,
) -> OMatrix<T, R, C>
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
    DefaultAllocator: Allocator<R, C>,
{
    shares(of, find(of), value, |a, b| a == b)
}

/// Equal shares of `value` where `of` has the magnitude that `find` finds, zeros elsewhere.
#[inline]
#[must_use]
pub fn placed_by_size<T, R, C, S>(
    of: &Matrix<T, R, C, S>,
    find: impl Fn(&Matrix<T, R, C, S>) -> (usize, usize),
    value: T,
) -> OMatrix<T, R, C>
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
    DefaultAllocator: Allocator<R, C>,
{
    shares(of, find(of), value, |a, b| a.abs() == b.abs())
}

#[inline]
fn mean<T, R, C, S, S1>(
    of: &Matrix<T, R, C, S>,
    at: (usize, usize),
    from: &Matrix<T, R, C, S1>,
    is_tie: impl Fn(T, T) -> bool,
) -> T
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
    S1: Storage<T, R, C>,
{
    let extreme = entry_or_zero(of, at);
    let (mut sum, mut ties) = (T::zero(), 0);
    for (&a, &b) in of.iter().zip(from.iter()) {
        if is_tie(a, extreme) {
            sum += b;
            ties += 1;
        }
    }
    // a NaN is equal to nothing
    match ties {
        0 => entry_or_zero(from, at),
        1 => sum,
        _ => sum / count(ties),
    }
}

#[inline]
fn shares<T, R, C, S>(of: &Matrix<T, R, C, S>, at: (usize, usize), value: T, is_tie: impl Fn(T, T) -> bool) -> OMatrix<T, R, C>
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
    DefaultAllocator: Allocator<R, C>,
{
    let extreme = entry_or_zero(of, at);
    let ties = of.iter().filter(|a| is_tie(**a, extreme)).count();
    let share = if ties > 1 { value / count(ties) } else { value };
    let mut shares = of.map(|a| if is_tie(a, extreme) { share } else { T::zero() });
    // a NaN is equal to nothing
    if let (0, Some(entry)) = (ties, shares.get_mut(at)) {
        *entry = value;
    }
    shares
}

/// Where the entry is that `stays` in the place of the best before all that follow.
#[inline]
fn best<T, R, C, S>(x: &Matrix<T, R, C, S>, stays: impl Fn(T, T) -> bool) -> (usize, usize)
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
            if !best.is_some_and(|best| stays(best, t)) {
                best = Some(t);
                at = (i, j);
            }
        }
    }
    at
}
