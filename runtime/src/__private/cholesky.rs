//! Cholesky factorization of symmetric positive definite matrices, `S = L Lᵀ`, shared by value and gradient.

use nalgebra::allocator::Allocator;
use nalgebra::constraint::{SameNumberOfRows, ShapeConstraint};
use nalgebra::storage::Storage;
use nalgebra::{Cholesky, DefaultAllocator, Dim, Matrix, OMatrix, RealField};

/// The factorization of the n×n matrix `s`, which is copied and of which only the lower triangle is read; `None` if it is not
/// positive definite. Costs n³/3 flops.
///
/// # Panics
/// If `s` is not square.
#[inline]
#[must_use]
pub fn cholesky<T, D, S>(s: &Matrix<T, D, D, S>) -> Option<Cholesky<T, D>>
where
    T: RealField + Copy,
    D: Dim,
    S: Storage<T, D, D>,
    DefaultAllocator: Allocator<D, D>,
{
    Cholesky::new(s.clone_owned())
}

/// The solution X of `S X = B`, in the shape of `b`, n×m. Costs 2n²m flops.
///
/// # Panics
/// If `b` has not n rows.
#[inline]
#[must_use]
pub fn chol_solve<T, D, R, C, S>(chol: &Cholesky<T, D>, b: &Matrix<T, R, C, S>) -> OMatrix<T, R, C>
where
    T: RealField + Copy,
    D: Dim,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
    DefaultAllocator: Allocator<D, D> + Allocator<R, C>,
    ShapeConstraint: SameNumberOfRows<R, D>,
{
    // nalgebra's solver reads without checking.
    assert!(b.nrows() == chol.l_dirty().nrows(), "S X = B: the numbers of rows differ");
    chol.solve(b)
}

/// `S⁻¹`. Costs 2n³ flops beyond the factorization.
#[inline]
#[must_use]
pub fn chol_inverse<T, D>(chol: &Cholesky<T, D>) -> OMatrix<T, D, D>
where
    T: RealField + Copy,
    D: Dim,
    DefaultAllocator: Allocator<D, D>,
{
    chol.inverse()
}

/// `ln det S = 2 Σ ln lᵢᵢ`. Costs n logarithms.
#[inline]
#[must_use]
pub fn chol_ln_det<T, D>(chol: &Cholesky<T, D>) -> T
where
    T: RealField + Copy,
    D: Dim,
    DefaultAllocator: Allocator<D, D>,
{
    let packed = chol.l_dirty();
    let half = (0..packed.nrows()).fold(T::zero(), |sum, i| sum + packed[(i, i)].ln());
    half + half
}

/// The factor L, with zeros above its diagonal.
#[inline]
#[must_use]
pub fn chol_l<T, D>(chol: &Cholesky<T, D>) -> OMatrix<T, D, D>
where
    T: RealField + Copy,
    D: Dim,
    DefaultAllocator: Allocator<D, D>,
{
    chol.l()
}

/// Φ(M): the lower triangle of the square matrix `m`, with its diagonal halved.
///
/// `dL = L Φ(L⁻¹ dS L⁻ᵀ)` is the differential of the Cholesky factor [Murray 2016, Differentiation of the Cholesky decomposition,
/// arXiv:1602.07527, eq. 10].
#[inline]
#[must_use]
pub fn phi<T, D, S>(m: &Matrix<T, D, D, S>) -> OMatrix<T, D, D>
where
    T: RealField + Copy,
    D: Dim,
    S: Storage<T, D, D>,
    DefaultAllocator: Allocator<D, D>,
{
    let mut half = m.lower_triangle();
    for i in 0..half.nrows() {
        half[(i, i)] *= nalgebra::convert(0.5);
    }
    half
}
