//! Shared by the tests: reproducible matrices, comparison, finite differences.
#![allow(dead_code, reason = "every test file uses a part")]

use nalgebra::allocator::Allocator;
use nalgebra::storage::Storage;
use nalgebra::{DMatrix, DefaultAllocator, Dim, Matrix, OMatrix, RealField, SMatrix};

/// Entries between −1 and 1 that depend on the seed alone (splitmix64).
pub fn entries<T: RealField + Copy>(seed: u64) -> impl Iterator<Item = T> {
    let mut state = seed;
    std::iter::repeat_with(move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let bits = u32::try_from((z ^ (z >> 31)) >> 32).expect("32 bits");
        nalgebra::convert(f64::from(bits) / f64::from(u32::MAX) * 2.0 - 1.0)
    })
}

pub fn dynamic<T: RealField + Copy>(rows: usize, columns: usize, seed: u64) -> DMatrix<T> {
    DMatrix::from_iterator(rows, columns, entries(seed).take(rows * columns))
}

pub fn fixed<T: RealField + Copy, const R: usize, const C: usize>(seed: u64) -> SMatrix<T, R, C> {
    SMatrix::from_iterator(entries(seed).take(R * C))
}

/// A matrix of which only every second row and every third column, from (1, 2) on, is of interest: its view has gaps both ways.
pub fn with_gaps<T: RealField + Copy>(m: &DMatrix<T>) -> DMatrix<T> {
    let mut whole = dynamic(2 * m.nrows() + 1, 3 * m.ncols() + 2, 99);
    whole.view_with_steps_mut((1, 2), m.shape(), (1, 2)).copy_from(m);
    whole
}

pub fn close<T, R1, C1, S1, R2, C2, S2>(found: &Matrix<T, R1, C1, S1>, expected: &Matrix<T, R2, C2, S2>, tolerance: f64)
where
    T: RealField + Copy,
    R1: Dim,
    C1: Dim,
    S1: Storage<T, R1, C1>,
    R2: Dim,
    C2: Dim,
    S2: Storage<T, R2, C2>,
{
    assert_eq!(found.shape(), expected.shape());
    for (i, (&a, &b)) in found.iter().zip(expected.iter()).enumerate() {
        close_scalar(a, b, tolerance, &format!("entry {i}"));
    }
}

/// Relative to the larger of 1 and the expected value. Equal infinities are close, NaN never is.
pub fn close_scalar<T: RealField + Copy>(found: T, expected: T, tolerance: f64, what: &str) {
    let scale = RealField::max(T::one(), expected.abs());
    assert!(
        found == expected || (found - expected).abs() <= nalgebra::convert::<f64, T>(tolerance) * scale,
        "{what}: found {found}, expected {expected}"
    );
}

/// ⟨A, B⟩ = tr(Aᵀ B).
pub fn inner<T, R, C, S1, S2>(a: &Matrix<T, R, C, S1>, b: &Matrix<T, R, C, S2>) -> T
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S1: Storage<T, R, C>,
    S2: Storage<T, R, C>,
{
    a.iter().zip(b.iter()).fold(T::zero(), |sum, (&a, &b)| sum + a * b)
}

/// The gradient of `f` at `x` by central differences, entry by entry.
pub fn gradient<R: Dim, C: Dim>(x: &OMatrix<f64, R, C>, f: impl Fn(&OMatrix<f64, R, C>) -> f64) -> OMatrix<f64, R, C>
where
    DefaultAllocator: Allocator<R, C>,
{
    let step = 1e-6;
    let (rows, columns) = x.shape_generic();
    OMatrix::from_fn_generic(rows, columns, |i, j| {
        let mut up = x.clone_owned();
        let mut down = x.clone_owned();
        up[(i, j)] += step;
        down[(i, j)] -= step;
        (f(&up) - f(&down)) / (2.0 * step)
    })
}
