//! Cholesky: solve, inverse, factor, logarithm of the determinant, and Φ of its differential.

mod common;

use common::{close, close_scalar, dynamic, fixed, with_gaps};
use matgrad::__private::{chol_inverse, chol_l, chol_ln_det, chol_solve, cholesky, lower_triangle, phi, upper_triangle};
use nalgebra::{DMatrix, Matrix2, RealField, SMatrix};

fn positive_definite<T: RealField + Copy, const N: usize>(seed: u64) -> SMatrix<T, N, N> {
    let a = fixed::<T, N, N>(seed);
    a * a.transpose() + SMatrix::identity()
}

fn identities<T: RealField + Copy>(tolerance: f64) {
    let s = positive_definite::<T, 7>(1);
    let b = fixed::<T, 7, 3>(2);
    let c = cholesky(&s).expect("positive definite");
    let l = chol_l(&c);
    close(&(l * l.transpose()), &s, tolerance);
    close(&upper_triangle(&l), &SMatrix::from_diagonal(&l.diagonal()), 0.0);
    close(&(s * chol_solve(&c, &b)), &b, tolerance);
    close(&(s * chol_inverse(&c)), &SMatrix::<T, 7, 7>::identity(), tolerance);
    close_scalar(chol_ln_det(&c), s.determinant().ln(), tolerance, "ln det");

    let dynamic = DMatrix::from_iterator(7, 7, s.iter().copied());
    let whole = with_gaps(&dynamic);
    let from_view = cholesky(&whole.view_with_steps((1, 2), (7, 7), (1, 2))).expect("definite");
    close(&chol_l(&from_view), &l, 0.0);
    close(&chol_solve(&from_view, &b.column(1)), &chol_solve(&c, &b).column(1), 0.0);
}

#[test]
fn factors_multiply_back() {
    identities::<f64>(1e-13);
    identities::<f32>(1e-4);
}

#[test]
fn an_indefinite_matrix_has_no_factor() {
    assert!(cholesky(&Matrix2::new(1.0, 2.0, 2.0, 1.0)).is_none());
    assert!(cholesky(&Matrix2::new(0.0_f32, 0.0, 0.0, 1.0)).is_none());
}

#[test]
fn ln_det_does_not_underflow() {
    let c = cholesky(&(SMatrix::<f32, 5, 5>::identity() * 1e-30)).expect("positive definite");
    close_scalar(chol_ln_det(&c), 5.0 * 1e-30_f32.ln(), 1e-6, "ln det");
}

#[test]
fn phi_halves_the_diagonal_and_drops_what_is_above() {
    let m = fixed::<f64, 5, 5>(3);
    close(
        &(phi(&m) + phi(&m).transpose()),
        &(lower_triangle(&m) + lower_triangle(&m).transpose() - SMatrix::from_diagonal(&m.diagonal())),
        0.0,
    );
    close(&upper_triangle(&phi(&m)), &(SMatrix::from_diagonal(&m.diagonal()) * 0.5), 0.0);
}

#[test]
fn phi_gives_the_differential_of_the_factor() {
    // dL = L Φ(L⁻¹ dS L⁻ᵀ)
    let s = positive_definite::<f64, 5>(4);
    let e = fixed::<f64, 5, 5>(5).symmetric_part();
    let factor = |s: SMatrix<f64, 5, 5>| chol_l(&cholesky(&s).expect("positive definite"));
    let l = factor(s);
    let l_inverse = l.try_inverse().expect("regular");
    let h = 1e-6;
    let difference = (factor(s + e * h) - factor(s - e * h)) / (2.0 * h);
    close(&(l * phi(&(l_inverse * e * l_inverse.transpose()))), &difference, 1e-8);
}

#[test]
#[should_panic(expected = "rows differ")]
fn the_solve_checks_its_shapes() {
    let c = cholesky(&DMatrix::<f64>::identity(3, 3)).expect("positive definite");
    let _ = chol_solve(&c, &dynamic::<f64>(5, 2, 1));
}
