//! `tr_mul` and `mul_tr` against the explicit transpose, on both sides of every threshold.
#![allow(clippy::many_single_char_names, reason = "the letters of the formulas")]

mod common;

use common::{close, dynamic, fixed, with_gaps};
use matgrad::__private::{
    mul, mul_tr, mul_tr_contiguous, mul_tr_contiguous_to, mul_tr_to, tr_mul, tr_mul_contiguous, tr_mul_contiguous_to,
    tr_mul_mirrored, tr_mul_mirrored_to, tr_mul_to,
};
use nalgebra::{DMatrix, DVector, RealField};

fn agrees<T: RealField + Copy>(k: usize, m: usize, n: usize, tolerance: f64) {
    let (a, b) = (dynamic::<T>(k, m, 1), dynamic::<T>(k, n, 2));
    let (a_t, b_t) = (a.transpose(), b.transpose());
    let expected = &a_t * &b;
    close(&tr_mul(&a, &b), &expected, tolerance);
    close(&tr_mul_contiguous(&a, &b), &expected, tolerance);
    close(&mul_tr(&a_t, &b_t), &expected, tolerance);
    close(&mul_tr_contiguous(&a_t, &b_t), &expected, tolerance);

    // what the result holds before is not read
    let mut out = DMatrix::from_element(m, n, T::zero() / T::zero());
    let mut written = |write: &dyn Fn(&mut DMatrix<T>)| {
        out.fill(T::zero() / T::zero());
        write(&mut out);
        close(&out, &expected, tolerance);
    };
    written(&|out| tr_mul_to(&a, &b, out));
    written(&|out| tr_mul_contiguous_to(&a, &b, out));
    written(&|out| mul_tr_to(&a_t, &b_t, out));
    written(&|out| mul_tr_contiguous_to(&a_t, &b_t, out));

    let (a_gaps, b_gaps) = (with_gaps(&a), with_gaps(&b));
    let a_view = a_gaps.view_with_steps((1, 2), (k, m), (1, 2));
    let b_view = b_gaps.view_with_steps((1, 2), (k, n), (1, 2));
    close(&tr_mul(&a_view, &b_view), &expected, tolerance);
    close(&tr_mul_contiguous(&a, &b_view), &expected, tolerance);

    let (a_gaps, b_gaps) = (with_gaps(&a_t), with_gaps(&b_t));
    let a_view = a_gaps.view_with_steps((1, 2), (m, k), (1, 2));
    let b_view = b_gaps.view_with_steps((1, 2), (n, k), (1, 2));
    close(&mul_tr(&a_view, &b_view), &expected, tolerance);
    close(&mul(&a_view, &b), &expected, tolerance);
    close(&mul(&a_t, &b), &expected, tolerance);
    close(&mul_tr_contiguous(&a_view, &b_t), &expected, tolerance);
}

#[test]
fn small_products() {
    for (k, m, n) in [(1, 1, 1), (1, 3, 5), (2, 3, 5), (3, 5, 1), (5, 1, 3), (7, 7, 7), (7, 11, 13)] {
        agrees::<f64>(k, m, n, 1e-13);
        agrees::<f32>(k, m, n, 1e-5);
    }
}

#[test]
fn products_of_several_blocks() {
    // More than one block of 256 deep and of 128 wide, none of them full.
    for (k, m, n) in
        [(263, 131, 17), (263, 17, 131), (521, 7, 67), (261, 133, 6), (262, 134, 6), (6, 6, 14), (17, 269, 71), (11, 137, 139)]
    {
        agrees::<f64>(k, m, n, 1e-12);
        agrees::<f32>(k, m, n, 1e-4);
    }
}

#[test]
fn empty_products_are_zero() {
    for (k, m, n) in [(0, 3, 5), (3, 0, 5), (3, 5, 0), (0, 0, 0)] {
        agrees::<f64>(k, m, n, 0.0);
    }
    assert_eq!(mul_tr(&DMatrix::<f32>::zeros(3, 0), &DMatrix::zeros(5, 0)), DMatrix::zeros(3, 5));
}

fn shapes<T: RealField + Copy>(tolerance: f64) {
    let (a, b) = (fixed::<T, 7, 3>(1), fixed::<T, 7, 5>(2));
    let (a_t, b_t) = (a.transpose(), b.transpose());
    close(&tr_mul(&a, &b), &(a_t * b), tolerance);
    close(&tr_mul_contiguous(&a, &b), &(a_t * b), tolerance);
    close(&mul_tr(&a_t, &b_t), &(a_t * b), tolerance);
    close(&mul_tr_contiguous(&a_t, &b_t), &(a_t * b), tolerance);

    // Static beside run-time sizes, vectors, rows.
    let x = dynamic::<T>(11, 7, 3);
    let v = DVector::from_iterator(11, x.column(2).iter().copied());
    close(&tr_mul(&x, &v), &(x.transpose() * &v), tolerance);
    close(&mul_tr(&x, &a_t), &(&x * a), tolerance);
    close(&mul_tr(&v, &a_t.column(1)), &(&v * a_t.column(1).transpose()), tolerance);
    close(&mul_tr(&x.row(3), &x), &(x.row(3) * x.transpose()), tolerance);
    close(&tr_mul(&x.row(3), &x.row(5)), &(x.row(3).transpose() * x.row(5)), tolerance);
}

#[test]
fn every_kind_of_shape() {
    shapes::<f64>(1e-14);
    shapes::<f32>(1e-6);
}

#[test]
#[should_panic(expected = "rows differ")]
fn the_inner_dimension_of_tr_mul_is_checked() {
    let _ = tr_mul(&dynamic::<f64>(7, 3, 1), &dynamic::<f64>(5, 3, 1));
}

#[test]
#[should_panic(expected = "columns differ")]
fn the_inner_dimension_of_mul_tr_is_checked() {
    let _ = mul_tr_contiguous(&dynamic::<f64>(3, 7, 1), &dynamic::<f64>(3, 5, 1));
}

#[test]
#[should_panic(expected = "another shape")]
fn the_shape_of_a_result_is_checked() {
    let mut out = DMatrix::zeros(5, 3);
    tr_mul_to(&dynamic::<f64>(7, 3, 1), &dynamic::<f64>(7, 5, 1), &mut out);
}

#[test]
fn symmetric_products_by_half() {
    for (k, n) in [(3, 5), (5, 130), (9, 200), (70, 129), (200, 257)] {
        let a = dynamic::<f64>(k, n, 1);
        let weights = dynamic::<f64>(k, 1, 2);
        let b = DMatrix::from_fn(k, n, |i, j| a[(i, j)] * weights[i]);
        let product = tr_mul_mirrored(&a, &b);
        close(&product, &(a.transpose() * &b), 1e-13);
        assert_eq!(product, product.transpose());
        let mut out = DMatrix::from_element(n, n, f64::NAN);
        tr_mul_mirrored_to(&a, &b, &mut out);
        assert_eq!(out, product);
    }
    let a = fixed::<f32, 5, 3>(3);
    close(&tr_mul_mirrored(&a, &a), &(a.transpose() * a), 1e-6);
}
