//! The inverse in the place of an LU factorization: both solves, and where there is none.

mod common;

use common::{close, fixed};
use matgrad::__private::{inverted, inverted_inverse, inverted_solve, inverted_solve_tr};
use nalgebra::{Matrix2, RealField, SMatrix};

fn solves<T: RealField + Copy>(tolerance: f64) {
    let (a, b) = (fixed::<T, 7, 7>(1), fixed::<T, 7, 3>(2));
    let f = inverted(&a);
    assert!(f.is_invertible());
    close(&(a * inverted_solve(&f, &b).expect("regular")), &b, tolerance);
    close(&(a.transpose() * inverted_solve_tr(&f, &b).expect("regular")), &b, tolerance);
    close(&(a * inverted_inverse(&f).expect("regular")), &SMatrix::<T, 7, 7>::identity(), tolerance);
}

#[test]
fn solutions_solve() {
    solves::<f64>(1e-11);
    solves::<f32>(1e-3);
}

#[test]
fn singular_matrices_have_none() {
    let a = Matrix2::new(1.0, 2.0, 2.0, 4.0);
    let f = inverted(&a);
    assert!(!f.is_invertible());
    assert!(inverted_solve(&f, &a).is_none() && inverted_solve_tr(&f, &a).is_none() && inverted_inverse(&f).is_none());
}
