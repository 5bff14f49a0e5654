//! The derivatives of a product of entries, without a division.

use nalgebra::allocator::Allocator;
use nalgebra::storage::Storage;
use nalgebra::{DefaultAllocator, Dim, Matrix, OMatrix, RealField};

/// Each entry becomes the product of all other entries, in the shape of `x`.
///
/// Without a division, hence right at zeros too. Two passes of one product an entry: prefixes down, suffixes up.
#[must_use]
pub fn products_of_others<T, R, C, S>(x: &Matrix<T, R, C, S>) -> OMatrix<T, R, C>
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
    DefaultAllocator: Allocator<R, C>,
{
    let mut others = x.clone_owned();
    let mut prefix = T::one();
    for t in &mut others {
        let next = prefix * *t;
        *t = prefix;
        prefix = next;
    }
    let mut suffix = T::one();
    for (product, &t) in others.iter_mut().zip(x.iter()).rev() {
        *product *= suffix;
        suffix *= t;
    }
    others
}

/// How [`products_of_others`] moves when `x` moves along `e`: `Σ_{k≠i} e_k ∏_{l≠i,k} x_l` at each `i`, by the same two passes.
///
/// # Panics
/// If the shapes differ.
#[must_use]
pub fn products_of_others_tangent<T, R, C, S1, S2>(x: &Matrix<T, R, C, S1>, e: &Matrix<T, R, C, S2>) -> OMatrix<T, R, C>
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S1: Storage<T, R, C>,
    S2: Storage<T, R, C>,
    DefaultAllocator: Allocator<R, C>,
{
    assert!(x.shape() == e.shape(), "a direction of the shape of the entries");
    let (mut others, mut moved) = (x.clone_owned(), e.clone_owned());
    // a product, and how it moves
    let mut prefix = (T::one(), T::zero());
    for (t, d) in others.iter_mut().zip(moved.iter_mut()) {
        let next = (prefix.0 * *t, prefix.1 * *t + prefix.0 * *d);
        (*t, *d) = prefix;
        prefix = next;
    }
    let mut suffix = (T::one(), T::zero());
    let entries = x.iter().zip(e.iter()).rev();
    for ((product, tangent), (&t, &d)) in others.iter().zip(moved.iter_mut()).rev().zip(entries) {
        *tangent = *tangent * suffix.0 + *product * suffix.1;
        suffix = (suffix.0 * t, suffix.1 * t + suffix.0 * d);
    }
    moved
}

/// `∏_{l≠i,k} x_l` at `(i, k)`, zero on the diagonal: the second derivatives of the product of the entries.
#[must_use]
pub fn products_but_two<T, N, R, C, S>(n: N, m: N, x: &Matrix<T, R, C, S>) -> OMatrix<T, N, N>
where
    T: RealField + Copy,
    N: Dim,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
    DefaultAllocator: Allocator<N, N>,
{
    let mut out = OMatrix::zeros_generic(n, m);
    // below the diagonal, then mirrored: column by column, the prefixes without one entry, times the suffixes
    for (k, _) in x.iter().enumerate() {
        let rest = || x.iter().enumerate().filter(|(l, _)| *l != k);
        let mut prefix = T::one();
        for (i, &t) in rest() {
            if i > k {
                out[(i, k)] = prefix;
            }
            prefix *= t;
        }
        let mut suffix = T::one();
        for (i, &t) in x.iter().enumerate().skip(k + 1).rev() {
            out[(i, k)] *= suffix;
            suffix *= t;
        }
    }
    out.fill_upper_triangle_with_lower_triangle();
    out
}
