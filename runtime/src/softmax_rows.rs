//! Softmax and its logarithm, one distribution a row. All passes run down the columns, the order in which nalgebra stores a matrix.

use nalgebra::allocator::Allocator;
use nalgebra::storage::Storage;
use nalgebra::{DefaultAllocator, Dim, Matrix, OMatrix, OVector, RealField, U1};

/// `softmax_rows(X)ᵢⱼ = exp(Xᵢⱼ) / Σₖ exp(Xᵢₖ)`: [`softmax`](crate::softmax) of every row.
///
/// The result has the shape of `X`, n×p, and rows that sum to 1; a row of nothing but −∞ gives zeros. Costs np exponentials and n further floats.
///
/// ```
/// # use nalgebra::matrix;
/// let p = matgrad::softmax_rows(&matrix![0.0, 0.0; 1000.0, -1000.0]);
/// assert_eq!(p, matrix![0.5, 0.5; 1.0, 0.0]);
/// ```
#[must_use]
pub fn softmax_rows<T, R, C, S>(x: &Matrix<T, R, C, S>) -> OMatrix<T, R, C>
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
    DefaultAllocator: Allocator<R, C> + Allocator<R>,
{
    let (largest, none) = (arg_max_rows(x), T::zero().ln());
    let mut p = x.clone_owned();
    let mut total = OVector::zeros_generic(x.shape_generic().0, U1);
    for mut column in p.column_iter_mut() {
        column.zip_apply(&largest, |t, (m, _)| *t = if *t == none { T::zero() } else { (*t - m).exp() });
        total += column;
    }
    for mut column in p.column_iter_mut() {
        column.zip_apply(&total, |t, total| *t = if total.is_zero() { total } else { *t / total });
    }
    p
}

/// `log_softmax_rows(X)ᵢⱼ = Xᵢⱼ − ln Σₖ exp(Xᵢₖ)`: [`log_softmax`](crate::log_softmax) of every row.
///
/// The result has the shape of `X`, n×p. Costs np exponentials and 3n further floats.
///
/// ```
/// # use nalgebra::matrix;
/// assert_eq!(matgrad::log_softmax_rows(&matrix![0.0, -1000.0])[1], -1000.0);
/// ```
#[must_use]
pub fn log_softmax_rows<T, R, C, S>(x: &Matrix<T, R, C, S>) -> OMatrix<T, R, C>
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
    DefaultAllocator: Allocator<R, C> + Allocator<R>,
{
    let parts = shifted_rows(x);
    let mut p = x.clone_owned();
    for mut column in p.column_iter_mut() {
        column.zip_apply(&parts, |t, (largest, rest)| *t = (*t - largest) - rest);
    }
    p
}

/// `log_sum_exp_rows(X)ᵢ = ln Σₖ exp(Xᵢₖ)`: [`log_sum_exp`](crate::log_sum_exp) of every row, as a column vector.
///
/// `X` is n×p, the result has length n; a row without entries gives −∞. Costs np exponentials and 3n further floats.
///
/// ```
/// # use nalgebra::{matrix, vector};
/// assert_eq!(matgrad::log_sum_exp_rows(&matrix![7.0, -1000.0; 0.0, 1000.0]), vector![7.0, 1000.0]);
/// ```
#[must_use]
pub fn log_sum_exp_rows<T, R, C, S>(x: &Matrix<T, R, C, S>) -> OVector<T, R>
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
    DefaultAllocator: Allocator<R>,
{
    shifted_rows(x).map(|(largest, rest)| largest + rest)
}

/// The largest entry of every row, and the first column that holds it.
fn arg_max_rows<T, R, C, S>(x: &Matrix<T, R, C, S>) -> OVector<(T, usize), R>
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
    DefaultAllocator: Allocator<R>,
{
    let none = (T::zero().ln(), 0);
    let mut best = OVector::from_element_generic(x.shape_generic().0, U1, none);
    for (j, column) in x.column_iter().enumerate() {
        best.zip_apply(&column, |best, t| {
            if j == 0 || t > best.0 {
                *best = (t, j);
            }
        });
    }
    best
}

/// For every row, `m = maxₖ Xᵢₖ` and `ln Σₖ exp(Xᵢₖ − m)`.
fn shifted_rows<T, R, C, S>(x: &Matrix<T, R, C, S>) -> OVector<(T, T), R>
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
    DefaultAllocator: Allocator<R>,
{
    let best = arg_max_rows(x);
    let mut parts = best.map(|(largest, _)| (largest, T::zero()));
    for (j, column) in x.column_iter().enumerate() {
        // The largest entry itself contributes exp(0) = 1, which ln(1 + s) adds back.
        parts.zip_zip_apply(&best, &column, |part, (largest, at), t| {
            if j != at && largest.is_finite() {
                part.1 += (t - largest).exp();
            }
        });
    }
    parts.apply(|part| part.1 = part.1.ln_1p());
    parts
}
