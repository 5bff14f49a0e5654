//! The inverse in the place of an LU factorization, for sizes that are parameters: nalgebra inverts these, and has no LU factorization of
//! them without a bound that the user's function need not have.

use nalgebra::allocator::Allocator;
use nalgebra::storage::Storage;
use nalgebra::{DefaultAllocator, Dim, Matrix, OMatrix, RealField, Scalar};

/// The inverse of a matrix, if there is one.
pub struct Inverted<T, D>(Option<OMatrix<T, D, D>>)
where
    T: Scalar,
    D: Dim,
    DefaultAllocator: Allocator<D, D>;

impl<T, D> Inverted<T, D>
where
    T: Scalar,
    D: Dim,
    DefaultAllocator: Allocator<D, D>,
{
    /// Whether there is an inverse.
    #[inline]
    #[must_use]
    pub fn is_invertible(&self) -> bool {
        self.0.is_some()
    }
}

/// The inverse of the n×n matrix `a`. Costs 2n³ flops.
///
/// # Panics
/// If `a` is not square.
#[inline]
#[must_use]
pub fn inverted<T, D, S>(a: &Matrix<T, D, D, S>) -> Inverted<T, D>
where
    T: RealField + Copy,
    D: Dim,
    S: Storage<T, D, D>,
    DefaultAllocator: Allocator<D, D>,
{
    Inverted(a.clone_owned().try_inverse())
}

/// The solution `A⁻¹ B` of `A X = B`; `None` if A is singular. Costs 2n²m flops.
#[inline]
#[must_use]
pub fn inverted_solve<T, D, C, S>(a: &Inverted<T, D>, b: &Matrix<T, D, C, S>) -> Option<OMatrix<T, D, C>>
where
    T: RealField + Copy,
    D: Dim,
    C: Dim,
    S: Storage<T, D, C>,
    DefaultAllocator: Allocator<D, D> + Allocator<D, C>,
{
    a.0.as_ref().map(|inverse| inverse * b)
}

/// The solution `A⁻ᵀ B` of `Aᵀ X = B`; `None` if A is singular. Costs 2n²m flops.
#[inline]
#[must_use]
pub fn inverted_solve_tr<T, D, C, S>(a: &Inverted<T, D>, b: &Matrix<T, D, C, S>) -> Option<OMatrix<T, D, C>>
where
    T: RealField + Copy,
    D: Dim,
    C: Dim,
    S: Storage<T, D, C>,
    DefaultAllocator: Allocator<D, D> + Allocator<D, C>,
{
    a.0.as_ref().map(|inverse| inverse.tr_mul(b))
}

/// `A⁻¹`; `None` if A is singular.
#[inline]
#[must_use]
pub fn inverted_inverse<T, D>(a: &Inverted<T, D>) -> Option<OMatrix<T, D, D>>
where
    T: RealField + Copy,
    D: Dim,
    DefaultAllocator: Allocator<D, D>,
{
    a.0.clone()
}
