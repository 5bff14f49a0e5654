//! Cofactors against their definition by minors, at regular, singular and badly scaled matrices.
#![allow(clippy::float_cmp, reason = "these results are exact")]

mod common;

use common::{close, dynamic, fixed, gradient, with_gaps};
use matgrad::__private::cofactor;
use nalgebra::{DMatrix, Matrix1, Matrix2, RealField, SMatrix};

/// The definition: signed determinants of the matrix without a row and a column.
fn by_minors<T: RealField + Copy>(a: &DMatrix<T>) -> DMatrix<T> {
    DMatrix::from_fn(a.nrows(), a.ncols(), |i, j| {
        let minor = a.clone().remove_row(i).remove_column(j).determinant();
        if (i + j) % 2 == 0 { minor } else { -minor }
    })
}

fn regular<T: RealField + Copy>(tolerance: f64) {
    for n in [1, 2, 3, 4, 5, 7, 11] {
        let a = dynamic::<T>(n, n, 1);
        close(&cofactor(&a), &by_minors(&a), tolerance);
        let whole = with_gaps(&a);
        close(&cofactor(&whole.view_with_steps((1, 2), (n, n), (1, 2))), &cofactor(&a), 0.0);
    }
    let a = fixed::<T, 5, 5>(2);
    let inverse = a.try_inverse().expect("regular");
    close(&cofactor(&a), &(inverse.transpose() * a.determinant()), tolerance);
}

#[test]
fn at_regular_matrices() {
    regular::<f64>(1e-13);
    regular::<f32>(1e-4);
}

fn of_rank<T: RealField + Copy>(n: usize, rank: usize) -> DMatrix<T> {
    dynamic::<T>(n, rank, 3) * dynamic::<T>(rank, n, 4)
}

#[test]
fn at_singular_matrices() {
    for n in [2, 3, 4, 5, 7] {
        let a = of_rank::<f64>(n, n - 1);
        close(&cofactor(&a), &by_minors(&a), 1e-13);
        assert!(cofactor(&a).norm() > 1e-3, "rank n − 1 has a gradient");
        close(&cofactor(&of_rank::<f64>(n, n.saturating_sub(2))), &DMatrix::zeros(n, n), 1e-14);
        close(&cofactor(&of_rank::<f32>(n, n - 1)), &by_minors(&of_rank::<f32>(n, n - 1)), 1e-5);
        assert_eq!(cofactor(&DMatrix::<f64>::zeros(n, n)), DMatrix::zeros(n, n));
    }
    assert_eq!(cofactor(&Matrix1::new(0.0)), Matrix1::new(1.0));
    assert_eq!(cofactor(&Matrix2::new(1.0, 2.0, 2.0, 4.0)), Matrix2::new(4.0, -2.0, -2.0, 1.0));
}

#[test]
fn a_zero_pivot_in_the_middle() {
    // Rank 4, and elimination by rows alone meets the zero pivot in the third column.
    let mut a = fixed::<f64, 5, 5>(5);
    let repeated = a.column(0) + a.column(1);
    a.set_column(2, &repeated);
    let expected = by_minors(&DMatrix::from_iterator(5, 5, a.iter().copied()));
    close(&cofactor(&a), &expected, 1e-14);
}

#[test]
fn nearly_singular_matrices_keep_their_digits() {
    for tiny in [1e-3, 1e-6, 1e-9, 1e-12, 1e-15] {
        let a = of_rank::<f64>(7, 6) + DMatrix::identity(7, 7) * tiny;
        close(&cofactor(&a), &by_minors(&a), 1e-13);
    }
}

#[test]
fn the_determinant_may_underflow_where_its_gradient_does_not() {
    let a = SMatrix::<f64, 5, 5>::identity() * 1e-70;
    assert_eq!(a.determinant(), 0.0);
    assert!((cofactor(&a)[(2, 2)] / 1e-280 - 1.0).abs() < 1e-14);
}

#[test]
fn it_is_the_gradient_of_the_determinant() {
    let a = fixed::<f64, 6, 6>(6);
    close(&cofactor(&a), &gradient(&a, nalgebra::Matrix::determinant), 1e-8);
}

#[test]
fn of_an_empty_matrix() {
    assert_eq!(cofactor(&DMatrix::<f64>::zeros(0, 0)).shape(), (0, 0));
}

#[test]
#[should_panic(expected = "not square")]
fn of_a_rectangle() {
    let _ = cofactor(&dynamic::<f64>(3, 5, 1));
}
