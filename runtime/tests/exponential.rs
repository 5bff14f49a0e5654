//! The matrix exponential and its Fréchet derivative against the block formula, differences, and closed forms.
#![allow(clippy::many_single_char_names, reason = "the letters of the formulas")]

mod common;

use common::{close, close_scalar, dynamic, fixed, inner, with_gaps};
use matgrad::__private::{exp_and_frechet, exp_frechet, matrix_exp};
use nalgebra::{DMatrix, Matrix2, RealField, SMatrix, convert};

/// 1-norms that reach every degree of the approximant, 13 without and with squaring.
const SCALES: [f64; 7] = [1e-9, 4e-3, 0.06, 0.25, 0.6, 1.3, 15.0];

/// exp([X E; 0 X]) = [exp(X) L(X, E); 0 exp(X)]  [Mathias 1996, SIAM J. Matrix Anal. Appl. 17].
fn by_blocks<T: RealField + Copy>(x: &DMatrix<T>, e: &DMatrix<T>) -> DMatrix<T> {
    let n = x.nrows();
    let mut block = DMatrix::zeros(2 * n, 2 * n);
    block.view_mut((0, 0), (n, n)).copy_from(x);
    block.view_mut((0, n), (n, n)).copy_from(e);
    block.view_mut((n, n), (n, n)).copy_from(x);
    block.exp().view((0, n), (n, n)).into_owned()
}

fn block_formula<T: RealField + Copy>(tolerance: f64) {
    for scale in SCALES {
        let x = dynamic::<T>(5, 5, 1) * convert::<f64, T>(scale);
        let e = dynamic::<T>(5, 5, 2);
        let (r, l) = exp_and_frechet(&x, &e);
        let size = 1.0 + nalgebra::try_convert::<T, f64>(x.exp().amax()).expect("a number");
        close(&r, &x.exp(), tolerance * size);
        close(&l, &by_blocks(&x, &e), tolerance * size);
        close(&exp_frechet(&x, &e), &l, 0.0);
        close(&matrix_exp(&x), &x.exp(), tolerance);

        let whole = with_gaps(&x);
        close(&exp_frechet(&whole.view_with_steps((1, 2), (5, 5), (1, 2)), &e), &l, 0.0);
        let (x, e) = (SMatrix::<T, 5, 5>::from_iterator(x.iter().copied()), SMatrix::<T, 5, 5>::from_iterator(e.iter().copied()));
        close(&exp_frechet(&x, &e), &l, tolerance * size);
    }
}

#[test]
fn it_is_the_corner_of_the_block_exponential() {
    block_formula::<f64>(1e-13);
    block_formula::<f32>(1e-5);
}

#[test]
fn it_is_what_differences_tend_to() {
    for scale in SCALES {
        let x = fixed::<f64, 4, 4>(3) * (scale / 2.0);
        let e = fixed::<f64, 4, 4>(4);
        let h = 1e-5;
        let difference = ((x + e * h).exp() - (x - e * h).exp()) / (2.0 * h);
        close(&exp_frechet(&x, &e), &difference, 1e-6 * x.exp().amax());
    }
}

#[test]
fn its_adjoint_is_itself_at_the_transpose() {
    for scale in SCALES {
        let x = fixed::<f64, 7, 7>(5) * (scale / 3.0);
        let (e, g) = (fixed::<f64, 7, 7>(6), fixed::<f64, 7, 7>(7));
        let forward = inner(&g, &exp_frechet(&x, &e));
        let reverse = inner(&exp_frechet(&x.transpose(), &g), &e);
        close_scalar(forward, reverse, 1e-12 * x.exp().amax(), "⟨G, L(X, E)⟩ = ⟨L(Xᵀ, G), E⟩");
    }
}

#[test]
fn closed_forms() {
    // In direction X itself: L(X, X) = X exp(X). At 0: L(0, E) = E. Of a scalar: eˣ e.
    let x = fixed::<f64, 5, 5>(8);
    close(&exp_frechet(&x, &x), &(x * x.exp()), 1e-13);
    let e = fixed::<f32, 3, 3>(9);
    close(&exp_frechet(&SMatrix::zeros(), &e), &e, 0.0);
    let scalar = exp_frechet(&DMatrix::from_element(1, 1, -2.5_f64), &DMatrix::from_element(1, 1, 3.0));
    close_scalar(scalar[0], 3.0 * (-2.5_f64).exp(), 1e-15, "eˣ e");
    // A rotation by t, whose derivative is a quarter turn further.
    let quarter = Matrix2::new(0.0, -1.0, 1.0, 0.0_f64);
    let (r, l) = exp_and_frechet(&(quarter * 2.0), &quarter);
    let (s, c) = 2.0_f64.sin_cos();
    close(&r, &Matrix2::new(c, -s, s, c), 1e-14);
    close(&l, &Matrix2::new(-s, -c, c, -s), 1e-14);
}

#[test]
fn it_is_linear_in_the_direction() {
    let x = fixed::<f64, 3, 3>(10);
    let (a, b) = (fixed::<f64, 3, 3>(11), fixed::<f64, 3, 3>(12));
    close(&exp_frechet(&x, &(a * 1e6 - b * 3.0)), &(exp_frechet(&x, &a) * 1e6 - exp_frechet(&x, &b) * 3.0), 1e-12);
}

#[test]
fn extremes_end() {
    // Each of these makes nalgebra's own exponential square 2⁶⁴ times.
    let decay = matrix_exp(&(DMatrix::<f32>::identity(2, 2) * -1e5));
    close(&decay, &DMatrix::zeros(2, 2), 0.0);
    let nilpotent = Matrix2::new(1.0, 1.0, -1.0, -1.0) * 1e30;
    assert_eq!(matrix_exp(&nilpotent).shape(), (2, 2));
    for bad in [f64::NAN, f64::INFINITY] {
        let x = Matrix2::new(1.0, bad, 0.0, 1.0);
        assert!(matrix_exp(&x).iter().all(|t| t.is_nan()));
        assert!(exp_frechet(&x, &Matrix2::identity()).iter().all(|t| t.is_nan()));
    }
    let empty = DMatrix::<f64>::zeros(0, 0);
    assert_eq!(exp_and_frechet(&empty, &empty), (empty.clone(), empty.clone()));
    assert_eq!(matrix_exp(&empty), empty);
}

#[test]
#[should_panic(expected = "not square")]
fn a_rectangle_has_none() {
    let _ = exp_frechet(&dynamic::<f64>(3, 5, 1), &dynamic::<f64>(3, 5, 1));
}
