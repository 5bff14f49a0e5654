//! Entries for tests: reproducible, irregular, no two matrices alike.

use std::cell::Cell;

use nalgebra::allocator::Allocator;
use nalgebra::{DMatrix, DefaultAllocator, Dim, OMatrix};

use crate::Real;

thread_local! {
    static DRAWN: Cell<u32> = const { Cell::new(0) };
}

/// What can be drawn.
pub trait Sample {
    /// Of this size, its entries those of a dynamic matrix.
    fn from_entries(entries: &DMatrix<f64>) -> Self;
}

impl Sample for f64 {
    fn from_entries(entries: &DMatrix<f64>) -> Self {
        entries[(0, 0)]
    }
}

impl Sample for f32 {
    fn from_entries(entries: &DMatrix<f64>) -> Self {
        Self::nearest(entries[(0, 0)])
    }
}

impl<T: Real, R: Dim, C: Dim> Sample for OMatrix<T, R, C>
where
    DefaultAllocator: Allocator<R, C>,
{
    /// # Panics
    /// If the size is not that of the type.
    fn from_entries(entries: &DMatrix<f64>) -> Self {
        let (rows, cols) = (R::from_usize(entries.nrows()), C::from_usize(entries.ncols()));
        assert_eq!((rows.value(), cols.value()), entries.shape(), "the size is not that of the type");
        Self::from_fn_generic(rows, cols, |i, j| T::nearest(entries[(i, j)]))
    }
}

/// Begin the sequence anew.
pub fn restart() {
    DRAWN.set(0);
}

/// A number between −1 and 1.
#[must_use]
pub fn number<X: Sample>() -> X {
    X::from_entries(&entries(1, 1))
}

/// A column with entries between −1 and 1.
#[must_use]
pub fn vector<X: Sample>(n: usize) -> X {
    X::from_entries(&entries(n, 1))
}

/// A matrix with entries between −1 and 1.
#[must_use]
pub fn matrix<X: Sample>(n: usize, m: usize) -> X {
    X::from_entries(&entries(n, m))
}

/// A matrix with entries between 0.5 and 1.5.
#[must_use]
pub fn positive<X: Sample>(n: usize, m: usize) -> X {
    X::from_entries(&entries(n, m).map(|t| 1.0 + 0.5 * t))
}

/// A matrix whose entries differ in size by 0.25 or more: no step of a difference changes which is the largest.
#[must_use]
pub fn distinct<X: Sample>(n: usize, m: usize) -> X {
    let drawn = entries(n, m);
    let mut order: Vec<usize> = (0..n * m).collect();
    order.sort_by(|i, j| drawn[*i].total_cmp(&drawn[*j]));
    let mut matrix = drawn;
    let mut size = 0.35;
    for (rank, i) in order.into_iter().enumerate() {
        matrix[i] = if rank % 2 == 0 { size } else { -size };
        size += 0.25;
    }
    X::from_entries(&matrix)
}

/// A symmetric positive definite matrix.
#[must_use]
pub fn spd<X: Sample>(n: usize) -> X {
    let a = entries(n, n);
    X::from_entries(&(&a * a.transpose() + DMatrix::identity(n, n)))
}

fn entries(n: usize, m: usize) -> DMatrix<f64> {
    DRAWN.set(DRAWN.get() + 1);
    let mut phase = f64::from(DRAWN.get()) * 0.7;
    DMatrix::from_fn(n, m, |_, _| {
        phase += 1.618_034;
        (phase * phase).sin()
    })
}
