//! The softmax family: definitions, invariance under shifts, gradients, rows, extremes.
#![allow(clippy::float_cmp, reason = "these results are exact")]

mod common;

use common::{close, close_scalar, dynamic, fixed, gradient, with_gaps};
use matgrad::{log_softmax, log_softmax_rows, log_sum_exp, log_sum_exp_rows, softmax, softmax_rows, softplus};
use nalgebra::{DMatrix, DVector, RealField, RowSVector, SMatrix, convert, vector};

fn definitions<T: RealField + Copy>(tolerance: f64) {
    let x = fixed::<T, 7, 1>(1) * convert::<f64, T>(3.0);
    let total = x.map(nalgebra::ComplexField::exp).sum();
    close(&softmax(&x), &x.map(|t| t.exp() / total), tolerance);
    close(&log_softmax(&x), &x.map(|t| t - total.ln()), tolerance);
    close_scalar(log_sum_exp(&x), total.ln(), tolerance, "log_sum_exp");

    let row: RowSVector<T, 7> = x.transpose();
    close(&softmax(&row), &softmax(&x).transpose(), 0.0);
    close(&log_softmax(&row), &log_softmax(&x).transpose(), 0.0);
    close_scalar(log_sum_exp(&row), log_sum_exp(&x), 0.0, "of a row");

    let shift = convert::<f64, T>(100.0);
    close(&softmax(&x.add_scalar(shift)), &softmax(&x), 100.0 * tolerance);
    close_scalar(log_sum_exp(&x.add_scalar(shift)), log_sum_exp(&x) + shift, tolerance, "shifted");
}

#[test]
fn they_are_what_they_are_called() {
    definitions::<f64>(1e-14);
    definitions::<f32>(1e-6);
}

fn rows<T: RealField + Copy>() {
    let x = dynamic::<T>(5, 3, 2) * convert::<f64, T>(4.0);
    let whole = with_gaps(&x);
    let view = whole.view_with_steps((1, 2), (5, 3), (1, 2));
    let (p, l, s) = (softmax_rows(&view), log_softmax_rows(&view), log_sum_exp_rows(&view));
    assert_eq!((p.shape(), l.shape(), s.len()), ((5, 3), (5, 3), 5));
    for i in 0..5 {
        close(&p.row(i), &softmax(&x.row(i)), 1e-6);
        close(&l.row(i), &log_softmax(&x.row(i)), 1e-6);
        close_scalar(s[i], log_sum_exp(&x.row(i)), 1e-6, "log_sum_exp_rows");
    }
    let fixed: SMatrix<T, 5, 3> = SMatrix::from_iterator(x.iter().copied());
    close(&softmax_rows(&fixed), &p, 0.0);
    close(&log_softmax_rows(&fixed), &l, 0.0);
    close(&log_sum_exp_rows(&fixed), &s, 0.0);
}

#[test]
fn a_row_of_the_matrix_form_is_the_vector_form() {
    rows::<f64>();
    rows::<f32>();
}

#[test]
fn the_gradient_of_log_sum_exp_is_softmax() {
    let x = fixed::<f64, 11, 1>(3);
    close(&softmax(&x), &gradient(&x, log_sum_exp), 1e-8);
    let x = fixed::<f64, 3, 5>(4);
    let by_rows = gradient(&x, |x| log_sum_exp_rows(x).sum());
    close(&softmax_rows(&x), &by_rows, 1e-8);
}

#[test]
fn extremes_neither_overflow_nor_lose_digits() {
    let huge = vector![1e300, 1e300, -1e300];
    assert_eq!(softmax(&huge), vector![0.5, 0.5, 0.0]);
    assert_eq!(log_sum_exp(&huge), 1e300);
    for t in [-600.0, -40.0, -1.0, 0.0, 40.0, 600.0] {
        assert_eq!(log_sum_exp(&vector![0.0, t]), softplus(t));
        assert_eq!(log_sum_exp_rows(&vector![t, 0.0].transpose())[0], softplus(t));
        assert_eq!(log_softmax(&vector![t, 0.0])[1], -softplus(t));
    }
    let none = f64::NEG_INFINITY;
    assert_eq!(softmax(&vector![none, 2.0, none]), vector![0.0, 1.0, 0.0]);
    assert_eq!(log_sum_exp(&vector![none, none]), none);
    assert_eq!(log_sum_exp(&vector![1.0, f64::INFINITY]), f64::INFINITY);
    assert!(log_sum_exp(&vector![1.0, f64::NAN]).is_nan());
    assert!(log_sum_exp(&vector![f64::NAN, 1.0]).is_nan());
}

#[test]
fn empty_ones_have_no_terms() {
    let empty = DVector::<f64>::zeros(0);
    assert_eq!(softmax(&empty).len(), 0);
    assert_eq!(log_softmax(&empty).len(), 0);
    assert_eq!(log_sum_exp(&empty), f64::NEG_INFINITY);
    let no_columns = DMatrix::<f32>::zeros(3, 0);
    assert_eq!(softmax_rows(&no_columns).shape(), (3, 0));
    assert_eq!(log_softmax_rows(&no_columns).shape(), (3, 0));
    assert_eq!(log_sum_exp_rows(&no_columns), DVector::from_element(3, f32::NEG_INFINITY));
}
