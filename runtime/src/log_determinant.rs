//! The logarithm of a determinant.

use nalgebra::allocator::Allocator;
use nalgebra::storage::Storage;
use nalgebra::{DefaultAllocator, DimMin, Matrix, RealField};

use crate::__private::{lu, lu_ln_det};

/// `ln |det A|`, by an LU factorization.
///
/// `A` is n×n. The logarithms of the pivots are summed, so that no determinant overflows or underflows on the way; −∞ if `A` is
/// singular. Its gradient is `A⁻ᵀ`. Costs 2n³/3 flops and n² floats. For a symmetric positive definite matrix
/// `a.cholesky()` with `ln_determinant` costs half.
///
/// # Panics
/// If `A` is not square.
///
/// ```
/// # use nalgebra::Matrix4;
/// let a = Matrix4::from_diagonal_element(1e-100);
/// assert_eq!(a.determinant(), 0.0);
/// assert!((matgrad::ln_det(&a) + 400.0 * 10_f64.ln()).abs() < 1e-9);
/// ```
#[must_use]
pub fn ln_det<T, D, S>(a: &Matrix<T, D, D, S>) -> T
where
    T: RealField + Copy,
    D: DimMin<D, Output = D>,
    S: Storage<T, D, D>,
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    lu_ln_det(&lu(a))
}
