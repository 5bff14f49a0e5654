//! The matrix of cofactors, which is the gradient of the determinant: `d det A = ⟨cof A, dA⟩`.

use nalgebra::allocator::Allocator;
use nalgebra::storage::Storage;
use nalgebra::{DefaultAllocator, DimMin, FullPivLU, Matrix, OMatrix, OVector, RealField};

use super::{lu, products_of_others};

/// cof A, n×n. Where A is regular it is `det(A) A⁻ᵀ`; it exists, and is right here, where A is singular too.
///
/// Up to 4×4 by its polynomials. Beyond, from a factorization, 8n³/3 flops; where A is close to singular, from a second one whose pivots
/// are searched in rows and columns. A 1×1 matrix has cofactor 1.
///
/// # Panics
/// If `a` is not square.
#[must_use]
pub fn cofactor<T, D, S>(a: &Matrix<T, D, D, S>) -> OMatrix<T, D, D>
where
    T: RealField + Copy,
    D: DimMin<D, Output = D>,
    S: Storage<T, D, D>,
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    assert!(a.is_square(), "the matrix is not square");
    let (rows, columns) = a.shape_generic();
    match a.nrows() {
        0 | 1 => OMatrix::from_element_generic(rows, columns, T::one()),
        2 => OMatrix::from_fn_generic(rows, columns, |i, j| {
            let minor = a[(1 - i, 1 - j)];
            if i == j { minor } else { -minor }
        }),
        // With indices modulo 3 the sign takes care of itself.
        3 => OMatrix::from_fn_generic(rows, columns, |i, j| {
            let (i1, i2, j1, j2) = ((i + 1) % 3, (i + 2) % 3, (j + 1) % 3, (j + 2) % 3);
            a[(i1, j1)] * a[(i2, j2)] - a[(i1, j2)] * a[(i2, j1)]
        }),
        4 => OMatrix::from_fn_generic(rows, columns, |i, j| {
            let minor = minor_of_four(a, i, j);
            if (i + j) % 2 == 0 { minor } else { -minor }
        }),
        _ => factored(a),
    }
}

/// The determinant of a 4×4 matrix without row i and column j, both read cyclically from behind the gap, which is an even permutation.
#[inline]
fn minor_of_four<T, D, S>(a: &Matrix<T, D, D, S>, i: usize, j: usize) -> T
where
    T: RealField + Copy,
    D: DimMin<D, Output = D>,
    S: Storage<T, D, D>,
{
    let m = |k: usize, l: usize| a[((i + k) % 4, (j + l) % 4)];
    m(1, 1) * (m(2, 2) * m(3, 3) - m(2, 3) * m(3, 2)) - m(1, 2) * (m(2, 1) * m(3, 3) - m(2, 3) * m(3, 1))
        + m(1, 3) * (m(2, 1) * m(3, 2) - m(2, 2) * m(3, 1))
}

/// With row exchanges alone if they tell enough: `cof A = det(A) A⁻ᵀ`. Otherwise from P A Q = L D U, L and U with ones on the diagonal.
/// Cofactors are multiplicative, and those of each factor need no division by a pivot: cof L = L⁻ᵀ, cof U = U⁻ᵀ, cof P = det(P) P,
/// cof D = the products of the other pivots. Hence
///
/// cof A = det(P) det(Q) Pᵀ L⁻ᵀ cof(D) U⁻ᵀ Qᵀ.
///
/// With pivots searched in rows and columns, L and U are well conditioned however singular A is, and the result is as exact as A
/// determines it [Stewart 1998, On the adjugate matrix, Linear Algebra Appl. 283].
fn factored<T, D, S>(a: &Matrix<T, D, D, S>) -> OMatrix<T, D, D>
where
    T: RealField + Copy,
    D: DimMin<D, Output = D>,
    S: Storage<T, D, D>,
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    let f = lu(a);
    let det = f.determinant();
    if comparable_pivots(f.lu_internal())
        && is_normal(det)
        && let Some(inverse) = f.try_inverse()
    {
        return inverse.transpose() * det;
    }
    let f = FullPivLU::new(a.clone_owned());
    let mut cofactors = without_exchanges(f.lu_internal());
    f.p().inv_permute_rows(&mut cofactors);
    f.q().inv_permute_columns(&mut cofactors);
    cofactors * (f.p().determinant::<T>() * f.q().determinant::<T>())
}

/// Whether the smallest pivot is above ε^¼ of the largest: then the cheaper factorization loses at most a few digits.
fn comparable_pivots<T, D>(packed: &OMatrix<T, D, D>) -> bool
where
    T: RealField + Copy,
    D: DimMin<D, Output = D>,
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    let pivots = packed.diagonal();
    pivots.amin() >= T::default_epsilon().sqrt().sqrt() * pivots.amax()
}

/// Whether the number is finite and has all its digits.
fn is_normal<T: RealField + Copy>(t: T) -> bool {
    t.is_finite() && !(t * T::default_epsilon()).is_zero()
}

/// L⁻ᵀ cof(D) U⁻ᵀ, from L below and D U above the diagonal.
fn without_exchanges<T, D>(packed: &OMatrix<T, D, D>) -> OMatrix<T, D, D>
where
    T: RealField + Copy,
    D: DimMin<D, Output = D>,
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    let (rows, columns) = packed.shape_generic();
    let (unit, pivots) = unit_factors(packed);
    let mut cofactors = OMatrix::identity_generic(rows, columns);
    unit.tr_solve_upper_triangular_unchecked_mut(&mut cofactors);
    let others = products_of_others(&pivots);
    for mut column in cofactors.column_iter_mut() {
        column.component_mul_assign(&others);
    }
    unit.tr_solve_lower_triangular_unchecked_mut(&mut cofactors);
    cofactors
}

/// L below, U above and ones on the diagonal, and the diagonal of D, from L below and D U above the diagonal.
pub(super) fn unit_factors<T, D>(packed: &OMatrix<T, D, D>) -> (OMatrix<T, D, D>, OVector<T, D>)
where
    T: RealField + Copy,
    D: DimMin<D, Output = D>,
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    let pivots = packed.diagonal();
    // A zero pivot has a row of zeros in D U; what U holds there is free, and zero off the diagonal will do.
    let mut unit = packed.clone_owned();
    for (i, &pivot) in pivots.iter().enumerate() {
        if !pivot.is_zero() {
            unit.view_range_mut(i, i + 1..).apply(|t| *t /= pivot);
        }
        unit[(i, i)] = T::one();
    }
    (unit, pivots)
}
