//! The vector of the skew-symmetric part of a matrix.

use nalgebra::storage::Storage;
use nalgebra::{Matrix, RealField, U3, Vector3};

/// `(m₃₂ − m₂₃, m₁₃ − m₃₁, m₂₁ − m₁₂)`: the adjoint of `a ↦ a.cross_matrix()`.
#[inline]
#[must_use]
pub fn axial<T: RealField + Copy, S: Storage<T, U3, U3>>(m: &Matrix<T, U3, U3, S>) -> Vector3<T> {
    let at = |row, col| m[(row, col)];
    Vector3::new(at(2, 1) - at(1, 2), at(0, 2) - at(2, 0), at(1, 0) - at(0, 1))
}
