//! The blocked kernel, fed block by block from storages of any kind. nalgebra has the kernel with `std` only.

extern crate alloc;

use alloc::{vec, vec::Vec};
use core::any::TypeId;
use core::cmp::min;

use nalgebra::storage::{Storage, StorageMut};
use nalgebra::{Const, DMatrixViewMut, Dim, Dyn, Matrix, MatrixView, RealField};

/// Blocks are as deep as the kernel's own, so that splitting the sum costs nothing.
const DEPTH: usize = 256;

/// Up to this size nalgebra 0.35 multiplies by loops, one of which (`axcpy`) writes past the end of its result if the columns of the
/// left factor have gaps, as they have in a transposed view. So no dimension handed to `gemm` here may be as small as this.
const SIDE: usize = 5;

/// Whether the kernel is faster than loops for an m×n result of inner dimension k.
///
/// It knows two scalar types, and wants more than [`SIDE`] entries a side and `least` products. Sizes that the compiler knows are
/// left to loops, which it unrolls.
#[inline]
pub fn pay<T: 'static, K: Dim, M: Dim, N: Dim>(k: usize, m: usize, n: usize, least: usize) -> bool {
    let run_time = K::try_to_usize().is_none() || M::try_to_usize().is_none() || N::try_to_usize().is_none();
    let known = TypeId::of::<T>() == TypeId::of::<f64>() || TypeId::of::<T>() == TypeId::of::<f32>();
    let sides = k > SIDE && m > SIDE && n > SIDE;
    run_time && known && sides && k.saturating_mul(m).saturating_mul(n) >= least
}

/// Width of a block that is used for `uses` columns of the other factor: used often, its copy is cheap, and the kernel wants it wide;
/// used seldom, it must not leave the cache.
fn width(uses: usize) -> usize {
    if uses < 64 { 128 } else { 4096 }
}

/// `0..total` in pieces of `size`, as pairs of start and length. A last piece of up to [`SIDE`] joins the one before it.
fn pieces(total: usize, size: usize) -> impl Iterator<Item = (usize, usize)> {
    let mut start = 0;
    core::iter::from_fn(move || {
        let rest = total - start;
        let length = if rest > size + SIDE { size } else { rest };
        let piece = (start, length);
        start += length;
        (length > 0).then_some(piece)
    })
}

/// Room for the largest block of at most `depth`×`width`.
fn buffer<T: RealField + Copy>(depth: usize, width: usize, of: (usize, usize)) -> Vec<T> {
    vec![T::zero(); min(depth + SIDE, of.0) * min(width + SIDE, of.1)]
}

/// The transpose of `block`, as a view of its copy in `buffer`.
fn transposed<'b, T, S>(block: &Matrix<T, Dyn, Dyn, S>, buffer: &'b mut [T]) -> MatrixView<'b, T, Dyn, Dyn, Dyn, Const<1>>
where
    T: RealField + Copy,
    S: Storage<T, Dyn, Dyn>,
{
    let (rows, columns) = block.shape();
    let buffer = &mut buffer[..rows * columns];
    DMatrixViewMut::from_slice(buffer, rows, columns).copy_from(block);
    MatrixView::from_slice_with_strides_generic(buffer, Dyn(columns), Dyn(rows), Dyn(rows), Const::<1>)
}

/// `out = aᵀ b`, in blocks of `a`.
pub fn tr_mul<T, R1, C1, S1, R2, C2, S2, S3>(
    a: &Matrix<T, R1, C1, S1>,
    b: &Matrix<T, R2, C2, S2>,
    out: &mut Matrix<T, C1, C2, S3>,
) where
    T: RealField + Copy,
    R1: Dim,
    C1: Dim,
    S1: Storage<T, R1, C1>,
    R2: Dim,
    C2: Dim,
    S2: Storage<T, R2, C2>,
    S3: StorageMut<T, C1, C2>,
{
    let (k, m) = a.shape();
    let n = b.ncols();
    let mut buffer = buffer(DEPTH, width(n), (k, m));
    out.fill(T::zero());
    for (row, depth) in pieces(k, DEPTH) {
        let right = b.view((row, 0), (depth, n));
        for (column, width) in pieces(m, width(n)) {
            let left = transposed(&a.view((row, column), (depth, width)), &mut buffer);
            out.view_mut((column, 0), (width, n)).gemm(T::one(), &left, &right, T::one());
        }
    }
}

/// `out = a bᵀ`, in blocks of `b`.
pub fn mul_tr<T, R1, C1, S1, R2, C2, S2, S3>(
    a: &Matrix<T, R1, C1, S1>,
    b: &Matrix<T, R2, C2, S2>,
    out: &mut Matrix<T, R1, R2, S3>,
) where
    T: RealField + Copy,
    R1: Dim,
    C1: Dim,
    S1: Storage<T, R1, C1>,
    R2: Dim,
    C2: Dim,
    S2: Storage<T, R2, C2>,
    S3: StorageMut<T, R1, R2>,
{
    let (m, k) = a.shape();
    let n = b.nrows();
    let mut buffer = buffer(DEPTH, width(m), (k, n));
    out.fill(T::zero());
    for (column, depth) in pieces(k, DEPTH) {
        let left = a.view((0, column), (m, depth));
        for (row, width) in pieces(n, width(m)) {
            let right = transposed(&b.view((row, column), (width, depth)), &mut buffer);
            out.view_mut((0, row), (m, width)).gemm(T::one(), &left, &right, T::one());
        }
    }
}
