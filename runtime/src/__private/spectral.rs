//! Eigenvalues of symmetric matrices, singular values and the pseudoinverse, each with what its differential needs.

use nalgebra::allocator::Allocator;
use nalgebra::storage::Storage;
use nalgebra::{
    Const, DefaultAllocator, Dim, DimDiff, DimMin, DimMinimum, DimSub, Matrix, OMatrix, OVector, RealField, SVD, SymmetricEigen,
};

/// `S = Q Diag(λ) Qᵀ` for a symmetric n×n matrix, which is copied and of which only the lower triangle is read. The eigenvalues are
/// those of `symmetric_eigenvalues`, in its order. Costs about 9n³ flops.
///
/// # Panics
/// If `s` is not square.
#[inline]
#[must_use]
pub fn symmetric_eigen<T, D, S>(s: &Matrix<T, D, D, S>) -> SymmetricEigen<T, D>
where
    T: RealField + Copy,
    D: DimSub<Const<1>>,
    S: Storage<T, D, D>,
    DefaultAllocator: Allocator<D, D> + Allocator<D> + Allocator<DimDiff<D, Const<1>>>,
{
    SymmetricEigen::new(s.clone_owned())
}

/// `X = U Diag(σ) Vᵀ` for an m×n matrix, with k = min(m, n) columns of `U` and of `V`, the singular values largest first.
#[derive(Clone, Debug)]
pub struct Svd<T, R, C>
where
    T: RealField,
    R: DimMin<C>,
    C: Dim,
    DefaultAllocator: Allocator<R, DimMinimum<R, C>> + Allocator<DimMinimum<R, C>> + Allocator<DimMinimum<R, C>, C>,
{
    /// m×k, its columns orthonormal.
    pub u: OMatrix<T, R, DimMinimum<R, C>>,
    /// k
    pub singular_values: OVector<T, DimMinimum<R, C>>,
    /// k×n, its rows orthonormal.
    pub v_t: OMatrix<T, DimMinimum<R, C>, C>,
}

/// The singular value decomposition of `x`, which is copied. Costs some 20 m n² flops for m ≥ n.
#[inline]
#[must_use]
pub fn svd<T, R, C, S>(x: &Matrix<T, R, C, S>) -> Svd<T, R, C>
where
    T: RealField + Copy,
    R: DimMin<C>,
    C: Dim,
    S: Storage<T, R, C>,
    DimMinimum<R, C>: DimSub<Const<1>>,
    DefaultAllocator: Allocator<R, C>
        + Allocator<R>
        + Allocator<C>
        + Allocator<DimDiff<DimMinimum<R, C>, Const<1>>>
        + Allocator<R, DimMinimum<R, C>>
        + Allocator<DimMinimum<R, C>>
        + Allocator<DimMinimum<R, C>, C>,
{
    match SVD::new(x.clone_owned(), true, true) {
        SVD { u: Some(u), singular_values, v_t: Some(v_t) } => Svd { u, singular_values, v_t },
        _ => unreachable!("both factors were asked for"),
    }
}

/// `X⁺`, n×m, with singular values up to `eps` taken to be zero; `None` if `eps` is negative.
#[inline]
#[must_use]
pub fn pseudo_inverse<T, R, C, S>(x: &Matrix<T, R, C, S>, eps: T) -> Option<OMatrix<T, C, R>>
where
    T: RealField + Copy,
    R: DimMin<C>,
    C: Dim,
    S: Storage<T, R, C>,
    DimMinimum<R, C>: DimSub<Const<1>>,
    DefaultAllocator: Allocator<R, C>
        + Allocator<C, R>
        + Allocator<R>
        + Allocator<C>
        + Allocator<DimDiff<DimMinimum<R, C>, Const<1>>>
        + Allocator<R, DimMinimum<R, C>>
        + Allocator<DimMinimum<R, C>>
        + Allocator<DimMinimum<R, C>, C>,
{
    x.clone_owned().pseudo_inverse(eps).ok()
}

/// `Q Diag(c) Qᵀ`.
///
/// # Panics
/// If `c` has not an entry for each column of `q`.
#[must_use]
pub fn with_eigenvalues<T, D, S1, S2>(c: &Matrix<T, D, Const<1>, S1>, q: &Matrix<T, D, D, S2>) -> OMatrix<T, D, D>
where
    T: RealField + Copy,
    D: Dim,
    S1: Storage<T, D>,
    S2: Storage<T, D, D>,
    DefaultAllocator: Allocator<D, D>,
{
    scaled(q, c) * q.transpose()
}

/// `U Diag(c) Vᵀ`.
///
/// # Panics
/// If `c` has not an entry for each column of `u`.
#[must_use]
pub fn with_singular_values<T, R, K, C, S1, S2, S3>(
    c: &Matrix<T, K, Const<1>, S1>,
    u: &Matrix<T, R, K, S2>,
    v_t: &Matrix<T, K, C, S3>,
) -> OMatrix<T, R, C>
where
    T: RealField + Copy,
    R: Dim,
    K: Dim,
    C: Dim,
    S1: Storage<T, K>,
    S2: Storage<T, R, K>,
    S3: Storage<T, K, C>,
    DefaultAllocator: Allocator<R, K> + Allocator<R, C>,
{
    scaled(u, c) * v_t
}

/// `A Diag(c)`
fn scaled<T, R, K, S1, S2>(a: &Matrix<T, R, K, S1>, c: &Matrix<T, K, Const<1>, S2>) -> OMatrix<T, R, K>
where
    T: RealField + Copy,
    R: Dim,
    K: Dim,
    S1: Storage<T, R, K>,
    S2: Storage<T, K>,
    DefaultAllocator: Allocator<R, K>,
{
    super::same_dim("c.nrows()", c.nrows(), "a.ncols()", a.ncols());
    let mut scaled = a.clone_owned();
    scaled.column_iter_mut().zip(c.iter()).for_each(|(mut column, factor)| column *= *factor);
    scaled
}
