//! Slices, arrays and `Vec`s of numbers and of vectors, as matrices, and matrices as these.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use nalgebra::{Const, Dyn, MatrixView, MatrixViewMut, SMatrix, SVector, Scalar, Storage, VectorView, VectorViewMut};
#[cfg(feature = "alloc")]
use nalgebra::{DVector, OMatrix};

/// The numbers of a slice as a column.
pub fn entries<T: Scalar>(list: &[T]) -> VectorView<'_, T, Dyn> {
    VectorView::from_slice_generic(list, Dyn(list.len()), Const::<1>)
}

/// The numbers of an array as a column.
pub fn array_entries<T: Scalar, const N: usize>(list: &[T; N]) -> VectorView<'_, T, Const<N>> {
    VectorView::from_slice_generic(list, Const::<N>, Const::<1>)
}

/// Arrays as columns.
pub fn arrays<T: Scalar, const R: usize>(list: &[[T; R]]) -> MatrixView<'_, T, Const<R>, Dyn> {
    MatrixView::from_slice_generic(list.as_flattened(), Const::<R>, Dyn(list.len()))
}

/// Arrays as columns, so many.
pub fn array_of_arrays<T: Scalar, const R: usize, const C: usize>(list: &[[T; R]; C]) -> MatrixView<'_, T, Const<R>, Const<C>> {
    MatrixView::from_slice_generic(list.as_flattened(), Const::<R>, Const::<C>)
}

/// Vectors as columns.
#[cfg(feature = "alloc")]
pub fn vectors<T: Scalar, const R: usize>(list: &[SVector<T, R>]) -> OMatrix<T, Const<R>, Dyn> {
    OMatrix::from_iterator_generic(Const::<R>, Dyn(list.len()), list.iter().flat_map(|column| column.iter().cloned()))
}

/// Vectors as columns, so many.
pub fn array_of_vectors<T: Scalar, const R: usize, const C: usize>(list: &[SVector<T, R>; C]) -> SMatrix<T, R, C> {
    SMatrix::from_fn(|i, j| list[j][i].clone())
}

/// The entries of a column.
#[cfg(feature = "alloc")]
#[must_use]
pub fn to_vec<T: Scalar>(column: DVector<T>) -> Vec<T> {
    column.data.into()
}

/// The entries of a column.
#[must_use]
pub fn to_array<T: Scalar, const N: usize>(column: SVector<T, N>) -> [T; N] {
    column.into()
}

/// The columns.
#[cfg(feature = "alloc")]
#[must_use]
#[allow(clippy::needless_pass_by_value, reason = "called like `to_vec`")]
pub fn to_arrays<T: Scalar, const R: usize>(matrix: OMatrix<T, Const<R>, Dyn>) -> Vec<[T; R]> {
    matrix.column_iter().map(|column| column.clone_owned().into()).collect()
}

/// The columns.
#[must_use]
pub fn to_array_of_arrays<T: Scalar, const R: usize, const C: usize>(matrix: SMatrix<T, R, C>) -> [[T; R]; C] {
    matrix.into()
}

/// The columns.
#[cfg(feature = "alloc")]
#[must_use]
#[allow(clippy::needless_pass_by_value, reason = "called like `to_vec`")]
pub fn to_vectors<T: Scalar, const R: usize>(matrix: OMatrix<T, Const<R>, Dyn>) -> Vec<SVector<T, R>> {
    matrix.column_iter().map(|column| column.clone_owned()).collect()
}

/// The columns.
#[must_use]
#[allow(clippy::needless_pass_by_value, reason = "called like `to_array`")]
pub fn to_array_of_vectors<T: Scalar, const R: usize, const C: usize>(matrix: SMatrix<T, R, C>) -> [SVector<T, R>; C] {
    core::array::from_fn(|j| matrix.column(j).clone_owned())
}

/// The numbers of a slice as a column to write to.
pub fn entries_mut<T: Scalar>(list: &mut [T]) -> VectorViewMut<'_, T, Dyn> {
    let len = list.len();
    VectorViewMut::from_slice_generic(list, Dyn(len), Const::<1>)
}

/// The numbers of an array as a column to write to.
pub fn array_entries_mut<T: Scalar, const N: usize>(list: &mut [T; N]) -> VectorViewMut<'_, T, Const<N>> {
    VectorViewMut::from_slice_generic(list, Const::<N>, Const::<1>)
}

/// Arrays as columns to write to.
pub fn arrays_mut<T: Scalar, const R: usize>(list: &mut [[T; R]]) -> MatrixViewMut<'_, T, Const<R>, Dyn> {
    let len = list.len();
    MatrixViewMut::from_slice_generic(list.as_flattened_mut(), Const::<R>, Dyn(len))
}

/// Arrays as columns to write to, so many.
pub fn array_of_arrays_mut<T: Scalar, const R: usize, const C: usize>(
    list: &mut [[T; R]; C],
) -> MatrixViewMut<'_, T, Const<R>, Const<C>> {
    MatrixViewMut::from_slice_generic(list.as_flattened_mut(), Const::<R>, Const::<C>)
}

/// Write columns into as many vectors.
pub fn write_vectors<T: Scalar, const R: usize, C: nalgebra::Dim, S: Storage<T, Const<R>, C>>(
    list: &mut [SVector<T, R>],
    matrix: &nalgebra::Matrix<T, Const<R>, C, S>,
) {
    list.iter_mut().flat_map(|column| column.iter_mut()).zip(matrix.iter()).for_each(|(to, from)| *to = from.clone());
}
