//! The norm, of very large and very small matrices as well.

use nalgebra::storage::Storage;
use nalgebra::{Dim, Matrix, RealField};

/// `√Σ mᵢⱼ²`. Where the squares overflow or vanish, the matrix is measured by its largest entry; otherwise this is nalgebra's norm, bit
/// by bit.
#[must_use]
pub fn norm<T, R, C, S>(m: &Matrix<T, R, C, S>) -> T
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
{
    let plain = m.norm();
    let Some(huge) = T::max_value() else { return plain };
    // below this, squares are less than the smallest number of full precision over ε
    let tiny = (huge.sqrt() * T::default_epsilon().sqrt()).recip();
    if plain.is_finite() && plain >= tiny {
        return plain;
    }
    let largest = m.amax();
    if largest.is_zero() || !largest.is_finite() {
        return plain;
    }
    let squares = m.iter().fold(T::zero(), |sum, t| sum + (*t / largest) * (*t / largest));
    largest * squares.sqrt()
}
