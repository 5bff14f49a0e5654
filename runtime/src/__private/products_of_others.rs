//! The gradient of a product of entries.

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
