//! Shapes: checks on entry, and the same entries in another shape.

use nalgebra::allocator::Allocator;
use nalgebra::storage::Storage;
use nalgebra::{DefaultAllocator, Dim, Matrix, OMatrix, RealField, Vector};

use super::place;

/// Checks that two sizes agree; the names are the expressions they stand for.
///
/// # Panics
/// If they do not, with both names and both sizes, at the caller.
#[inline]
#[track_caller]
pub fn same_dim(a_name: &str, a: usize, b_name: &str, b: usize) {
    if a != b {
        shapes_disagree(a_name, a, b_name, b);
    }
}

/// The size of a dimension that has to be a number.
///
/// # Panics
/// If it is another, with its name and both, at the caller.
#[inline]
#[track_caller]
pub fn known_dim(name: &str, size: usize, known: usize) {
    if size != known {
        size_differs(name, size, known);
    }
}

#[cold]
#[inline(never)]
#[track_caller]
fn size_differs(name: &str, size: usize, known: usize) -> ! {
    panic!("shapes disagree: `{name}` is {size}, but the function needs {known}")
}

#[cold]
#[inline(never)]
#[track_caller]
fn shapes_disagree(a_name: &str, a: usize, b_name: &str, b: usize) -> ! {
    panic!("shapes disagree: `{a_name}` is {a}, but `{b_name}` is {b}")
}

/// The entries of `m` in column-major order, as an `r`×`c` matrix. One copy.
///
/// # Panics
/// If `m` has not r·c entries.
#[inline]
#[must_use]
#[track_caller]
pub fn reshape<T, R, C, R1, C1, S>(r: R, c: C, m: &Matrix<T, R1, C1, S>) -> OMatrix<T, R, C>
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    R1: Dim,
    C1: Dim,
    S: Storage<T, R1, C1>,
    DefaultAllocator: Allocator<R, C>,
{
    same_dim("rows * columns", r.value() * c.value(), "matrix.len()", m.len());
    OMatrix::from_iterator_generic(r, c, m.iter().copied())
}

/// `m` as an owned matrix whose dimensions have the types `R` and `C`. One copy.
///
/// # Panics
/// If `m` is not r×c.
#[inline]
#[must_use]
#[track_caller]
pub fn owned_as<T, R, C, R1, C1, S>(r: R, c: C, m: &Matrix<T, R1, C1, S>) -> OMatrix<T, R, C>
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    R1: Dim,
    C1: Dim,
    S: Storage<T, R1, C1>,
    DefaultAllocator: Allocator<R, C>,
{
    same_dim("rows", r.value(), "matrix.nrows()", m.nrows());
    same_dim("columns", c.value(), "matrix.ncols()", m.ncols());
    place(r, c, 0, 0, m)
}

/// The square matrix with the column vector `v` on its diagonal, zero elsewhere.
#[inline]
#[must_use]
pub fn diag<T, D, S>(v: &Vector<T, D, S>) -> OMatrix<T, D, D>
where
    T: RealField + Copy,
    D: Dim,
    S: Storage<T, D>,
    DefaultAllocator: Allocator<D, D>,
{
    OMatrix::from_diagonal(v)
}

/// `m` with zeros above the diagonal, in any shape.
#[inline]
#[must_use]
pub fn lower_triangle<T, R, C, S>(m: &Matrix<T, R, C, S>) -> OMatrix<T, R, C>
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
    DefaultAllocator: Allocator<R, C>,
{
    m.lower_triangle()
}

/// `m` with zeros below the diagonal, in any shape.
#[inline]
#[must_use]
pub fn upper_triangle<T, R, C, S>(m: &Matrix<T, R, C, S>) -> OMatrix<T, R, C>
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
    DefaultAllocator: Allocator<R, C>,
{
    m.upper_triangle()
}
