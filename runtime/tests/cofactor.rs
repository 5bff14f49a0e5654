//! Cofactors against their definition by minors, at regular, singular and badly scaled matrices.
#![allow(clippy::float_cmp, reason = "these results are exact")]

mod common;

use common::{close, dynamic, fixed, gradient, with_gaps};
use matgrad::__private::{cofactor, cofactor_columns, cofactor_tangent};
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

/// How the definition by minors moves along E: the determinants of minors are multilinear in their rows.
fn by_minors_moved(a: &DMatrix<f64>, e: &DMatrix<f64>) -> DMatrix<f64> {
    DMatrix::from_fn(a.nrows(), a.ncols(), |i, j| {
        let (minor, moved) = (a.clone().remove_row(i).remove_column(j), e.clone().remove_row(i).remove_column(j));
        let tangent: f64 = (0..minor.nrows())
            .map(|row| {
                let mut changed = minor.clone();
                changed.set_row(row, &moved.row(row));
                changed.determinant()
            })
            .sum();
        if (i + j) % 2 == 0 { tangent } else { -tangent }
    })
}

#[test]
fn how_cofactors_move() {
    for n in [0usize, 1, 2, 3, 4, 5, 7] {
        for rank in n.saturating_sub(4)..=n {
            let (a, e) = (of_rank::<f64>(n, rank), dynamic::<f64>(n, n, 12));
            let expected = by_minors_moved(&a, &e);
            close(&cofactor_tangent(&a, &e), &expected, 1e-13);
            let e = DMatrix::from_column_slice(n * n, 1, e.as_slice());
            close(&cofactor_columns(&a, &e), &DMatrix::from_column_slice(n * n, 1, expected.as_slice()), 1e-13);
        }
    }
    for n in [3, 4, 5, 7] {
        close(&cofactor_tangent(&of_rank::<f64>(n, n - 3), &dynamic(n, n, 12)), &DMatrix::zeros(n, n), 1e-13);
    }
    let singular = of_rank::<f32>(5, 4);
    let expected = by_minors_moved(&singular.map(f64::from), &DMatrix::identity(5, 5));
    close(&cofactor_tangent(&singular, &DMatrix::identity(5, 5)).map(f64::from), &expected, 1e-5);
}

#[test]
fn nearly_singular_matrices_move_with_all_digits() {
    for tiny in [1e-3, 1e-6, 1e-9, 1e-12, 1e-15] {
        let (a, e) = (of_rank::<f64>(6, 5) + DMatrix::identity(6, 6) * tiny, dynamic(6, 6, 12));
        let expected = by_minors_moved(&a, &e);
        assert!(expected.norm() > 1e-2);
        close(&cofactor_tangent(&a, &e), &expected, 1e-13);
    }
}

#[test]
fn it_is_the_second_derivative_of_the_determinant() {
    let (a, e) = (fixed::<f64, 5, 5>(6), fixed::<f64, 5, 5>(7));
    let moved = gradient(&a, |a| cofactor(a).dot(&e));
    close(&cofactor_tangent(&a, &e), &moved, 1e-8);
}
