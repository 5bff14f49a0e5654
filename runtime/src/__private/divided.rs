//! What a pair of eigenvalues or singular values adds to a second derivative: a quotient of differences, also where two values meet.

use nalgebra::allocator::Allocator;
use nalgebra::storage::Storage;
use nalgebra::{Const, DefaultAllocator, Dim, Matrix, OMatrix, RealField};

use super::{abs, count, same_dim};

/// `(cᵢ − cⱼ) / (vᵢ − vⱼ)` off the diagonal, zeros on it; `limits` where values meet, NaN where they meet and what `c` is the gradient of is not smooth there.
///
/// # Panics
/// If shapes do not agree.
#[must_use]
pub fn divided_differences<T, D, S1, S2, S3>(
    v: &Matrix<T, D, Const<1>, S1>,
    c: &Matrix<T, D, Const<1>, S2>,
    limits: &Matrix<T, D, D, S3>,
) -> OMatrix<T, D, D>
where
    T: RealField + Copy,
    D: Dim,
    S1: Storage<T, D>,
    S2: Storage<T, D>,
    S3: Storage<T, D, D>,
    DefaultAllocator: Allocator<D, D>,
{
    let mut shares = divided(-T::one(), v, c, limits);
    shares.fill_diagonal(T::zero());
    shares
}

/// `(cᵢ + cⱼ) / (vᵢ + vⱼ)`, `cᵢ / vᵢ` on the diagonal; `limits` and NaN as for differences, where both values are zero.
///
/// # Panics
/// If shapes do not agree.
#[must_use]
pub fn divided_sums<T, D, S1, S2, S3>(
    v: &Matrix<T, D, Const<1>, S1>,
    c: &Matrix<T, D, Const<1>, S2>,
    limits: &Matrix<T, D, D, S3>,
) -> OMatrix<T, D, D>
where
    T: RealField + Copy,
    D: Dim,
    S1: Storage<T, D>,
    S2: Storage<T, D>,
    S3: Storage<T, D, D>,
    DefaultAllocator: Allocator<D, D>,
{
    divided(T::one(), v, c, limits)
}

fn divided<T, D, S1, S2, S3>(
    sign: T,
    v: &Matrix<T, D, Const<1>, S1>,
    c: &Matrix<T, D, Const<1>, S2>,
    limits: &Matrix<T, D, D, S3>,
) -> OMatrix<T, D, D>
where
    T: RealField + Copy,
    D: Dim,
    S1: Storage<T, D>,
    S2: Storage<T, D>,
    S3: Storage<T, D, D>,
    DefaultAllocator: Allocator<D, D>,
{
    same_dim("c.nrows()", c.nrows(), "v.nrows()", v.nrows());
    same_dim("limits.nrows()", limits.nrows(), "v.nrows()", v.nrows());
    same_dim("limits.ncols()", limits.ncols(), "v.nrows()", v.nrows());
    let rounding = Rounding::of(v.nrows(), v.iter(), c.iter());
    let (rows, columns) = limits.shape_generic();
    OMatrix::from_fn_generic(rows, columns, |i, j| rounding.quotient([v[i], sign * v[j]], [c[i], sign * c[j]], limits[(i, j)]))
}

/// How well values and slopes are known.
struct Rounding<T> {
    epsilon: T,
    /// Differences of values up to this one are none.
    values: T,
    /// The largest slope.
    slopes: T,
}

impl<T: RealField + Copy> Rounding<T> {
    fn of<'a>(n: usize, v: impl Iterator<Item = &'a T>, c: impl Iterator<Item = &'a T>) -> Self {
        let epsilon = T::default_epsilon();
        let four = T::one() + T::one() + T::one() + T::one();
        let largest = v.fold(T::zero(), |largest, x| largest.max(abs(*x)));
        let slopes = c.fold(T::zero(), |largest, x| largest.max(abs(*x)));
        Self { epsilon, values: four * count::<T>(n) * epsilon * largest, slopes }
    }

    // With u the difference of values over the length on which slopes change, the quotient has an error of about ε / u, and the limit, taken for
    // it, one of u² / 12. They differ by at most the former where the rise of the slopes does not tell them apart: there the limit is as good or better.
    /// `(c₁ + c₂) / (v₁ + v₂)`, or its limit.
    fn quotient(&self, v: [T; 2], c: [T; 2], limit: T) -> T {
        let (gap, rise) = (v[0] + v[1], c[0] + c[1]);
        let apart = abs(rise - gap * limit);
        let slope = abs(c[0]).max(abs(c[1]));
        let loose = self.epsilon.sqrt() * self.epsilon.sqrt().sqrt();
        let meets = abs(gap) <= self.values;
        let tolerance = if meets {
            loose * self.slopes + (T::one() + T::one()) * self.values * abs(limit)
        } else if abs(gap) <= self.epsilon.sqrt() * abs(v[0]).max(abs(v[1])) {
            loose * slope
        } else {
            self.epsilon * nalgebra::convert::<f64, T>(16.0) * slope
        };
        if apart <= tolerance {
            limit
        } else if meets {
            T::zero() / T::zero()
        } else {
            rise / gap
        }
    }
}
