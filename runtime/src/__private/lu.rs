//! LU factorization with row exchanges, `P A = L U`, shared by value and gradient.

use nalgebra::allocator::Allocator;
use nalgebra::constraint::{SameNumberOfRows, ShapeConstraint};
use nalgebra::storage::Storage;
use nalgebra::{DefaultAllocator, Dim, DimMin, LU, Matrix, OMatrix, RealField};

use super::stable::of_sign;

/// The factorization of the n×n matrix `a`, which is copied. Costs 2n³/3 flops.
///
/// # Panics
/// If `a` is not square.
#[inline]
#[must_use]
pub fn lu<T, D, S>(a: &Matrix<T, D, D, S>) -> LU<T, D, D>
where
    T: RealField + Copy,
    D: DimMin<D, Output = D>,
    S: Storage<T, D, D>,
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    assert!(a.is_square(), "the matrix is not square");
    LU::new(a.clone_owned())
}

/// The solution X of `A X = B`, in the shape of `b`, n×m; `None` if A is singular. Costs 2n²m flops.
///
/// # Panics
/// If `b` has not n rows.
#[must_use]
pub fn lu_solve<T, D, R, C, S>(lu: &LU<T, D, D>, b: &Matrix<T, R, C, S>) -> Option<OMatrix<T, R, C>>
where
    T: RealField + Copy,
    D: DimMin<D, Output = D>,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
    DefaultAllocator: Allocator<D, D> + Allocator<D> + Allocator<R, C>,
    ShapeConstraint: SameNumberOfRows<R, D>,
{
    // nalgebra counts down from n − 1, which an empty matrix does not have.
    if b.is_empty() && lu.lu_internal().is_empty() {
        return Some(b.clone_owned());
    }
    lu.solve(b)
}

/// The solution X of `Aᵀ X = B`, in the shape of `b`, n×m; `None` if A is singular. Costs 2n²m flops.
///
/// # Panics
/// If `b` has not n rows.
#[must_use]
pub fn lu_solve_tr<T, D, R, C, S>(lu: &LU<T, D, D>, b: &Matrix<T, R, C, S>) -> Option<OMatrix<T, R, C>>
where
    T: RealField + Copy,
    D: DimMin<D, Output = D>,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
    DefaultAllocator: Allocator<D, D> + Allocator<D> + Allocator<R, C>,
    ShapeConstraint: SameNumberOfRows<R, D>,
{
    let packed = lu.lu_internal();
    let n = packed.nrows();
    assert!(b.nrows() == n, "Aᵀ X = B: the numbers of rows differ");
    // P A = L U, hence Aᵀ = Uᵀ Lᵀ P: solve with Uᵀ, then with Lᵀ, then undo P.
    let mut x = b.clone_owned();
    if !packed.tr_solve_upper_triangular_mut(&mut x) {
        return None;
    }
    for mut column in x.column_iter_mut() {
        // L shares its storage with U and has an implicit diagonal of ones, which nalgebra's transposed solve cannot be told.
        for i in (0..n).rev() {
            let below = packed.view_range(i + 1.., i).dot(&column.rows_range(i + 1..));
            column[i] -= below;
        }
    }
    lu.p().inv_permute_rows(&mut x);
    Some(x)
}

/// `A⁻¹`; `None` if A is singular. Costs 4n³/3 flops beyond the factorization, and is needed only where every entry is.
#[must_use]
pub fn lu_inverse<T, D>(lu: &LU<T, D, D>) -> Option<OMatrix<T, D, D>>
where
    T: RealField + Copy,
    D: DimMin<D, Output = D>,
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    if lu.lu_internal().is_empty() {
        return Some(lu.lu_internal().clone_owned());
    }
    lu.try_inverse()
}

/// `ln |det A| = Σ ln |uᵢᵢ|`, −∞ if A is singular. Costs n logarithms.
#[must_use]
pub fn lu_ln_det<T, D>(lu: &LU<T, D, D>) -> T
where
    T: RealField + Copy,
    D: DimMin<D, Output = D>,
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    let packed = lu.lu_internal();
    (0..packed.nrows()).fold(T::zero(), |sum, i| sum + packed[(i, i)].abs().ln())
}

/// `ln det A`, −∞ if A is singular, and no number where the determinant is negative. Costs n logarithms.
#[must_use]
pub fn lu_ln_of_det<T, D>(lu: &LU<T, D, D>) -> T
where
    T: RealField + Copy,
    D: DimMin<D, Output = D>,
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    let packed = lu.lu_internal();
    let negative = (0..packed.nrows()).filter(|i| packed[(*i, *i)] < T::zero()).count();
    let even = lu.p().determinant::<T>() > T::zero();
    of_sign(lu_ln_det(lu), even == (negative % 2 == 0))
}
