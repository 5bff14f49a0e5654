//! What the README gives up under "Numerics", a test for each line that no other file shows. Indices in closures are in `reading`, overflow and infinite
//! slopes in `special_points`.
#![allow(missing_docs, dead_code)]
#![allow(clippy::float_cmp, clippy::eq_op, clippy::suboptimal_flops, reason = "numbers that are the same, as users write them")]

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use matgrad::grad;
use nalgebra::{DMatrix, DVector};

fn panics<R>(f: impl FnOnce() -> R) -> bool {
    catch_unwind(AssertUnwindSafe(f)).is_err()
}

#[test]
fn signs_of_zeros() {
    #[grad]
    fn angle(t: f64) -> f64 {
        t.atan2(t - 0.7 * t)
    }
    #[grad]
    fn quotient(t: f64) -> f64 {
        1.0 / (t - 0.7 * t)
    }
    for t in [0.0, -0.0] {
        let turn = (angle(t) - angle_value_and_grad(t).0).abs() / std::f64::consts::PI;
        assert!([0.0, 1.0, 2.0].contains(&turn), "{turn}");
        assert!(quotient(t).is_infinite() && quotient_value_and_grad(t).0.is_infinite());
    }
    assert_eq!((quotient(-0.0), quotient_value_and_grad(-0.0).0), (f64::INFINITY, f64::NEG_INFINITY));
}

#[test]
fn sums_and_products_are_regrouped() {
    #[grad(x)]
    fn sums(x: &DVector<f64>) -> f64 {
        (x - x).sum() + x.sum()
    }
    #[grad(x)]
    fn products(x: &DVector<f64>, a: &DMatrix<f64>, b: &DMatrix<f64>) -> f64 {
        ((a * b) * x).sum()
    }
    let x = DVector::from_element(1, f64::INFINITY);
    assert!(sums(&x).is_nan() && sums_value_and_grad(&x).0 == f64::INFINITY);
    // 10²⁰⁰ · 10²⁰⁰ · 10⁻²⁰⁰
    let (large, small) = (DMatrix::from_element(1, 1, 1e200), DVector::from_element(1, 1e-200));
    assert_eq!((products(&small, &large, &large), products_value_and_grad(&small, &large, &large).0), (f64::INFINITY, 1e200));
}

#[test]
fn zeros_by_form() {
    #[grad(x)]
    fn diagonal(x: &DVector<f64>, y: &DVector<f64>) -> f64 {
        (DMatrix::from_diagonal(x) * y).sum()
    }
    #[grad(x)]
    fn identity(x: &DVector<f64>) -> f64 {
        (DMatrix::identity(x.len(), x.len()) * x).norm()
    }
    let (x, y) = (DVector::from_vec(vec![1.0, 2.0]), DVector::from_vec(vec![3.0, f64::INFINITY]));
    assert!(diagonal(&x, &y).is_nan());
    assert_eq!(diagonal_value_and_grad(&x, &y), (f64::INFINITY, y.clone()));
    assert!(identity(&y).is_nan() && identity_value_and_grad(&y).0 == f64::INFINITY);
}

#[test]
fn divisors_without_a_reciprocal() {
    #[grad(x)]
    fn quotients(x: &DVector<f64>, d: f64) -> f64 {
        (x / d).sum()
    }
    let x = DVector::from_vec(vec![3e-200, 4e-200]);
    let (own, found) = (quotients(&x, 1e-300), quotients_value_and_grad(&x, 1e-300).0);
    assert!((own - 7e100).abs() < 1e88 && (found - own).abs() < 1e88, "{own}, {found}");
    let (own, found) = (quotients(&x, 1e-310), quotients_value_and_grad(&x, 1e-310).0);
    assert!((own - 7e110).abs() < 1e98 && found == f64::INFINITY, "{own}, {found}");
}

#[test]
fn panics_come_before_effects() {
    #[grad(x)]
    fn noted(x: &DVector<f64>, y: &DVector<f64>, log: &Cell<u32>) -> f64 {
        log.set(1);
        x.dot(y)
    }
    let (x, y) = (DVector::from_element(2, 1.0), DVector::from_element(3, 1.0));
    let (by_function, by_companion) = (Cell::new(0), Cell::new(0));
    assert!(panics(|| noted(&x, &y, &by_function)) && panics(|| noted_grad(&x, &y, &by_companion)));
    assert_eq!((by_function.get(), by_companion.get()), (1, 0));
}

#[test]
fn code_that_does_not_run() {
    #[grad(x)]
    fn in_a_loop(x: &DVector<f64>, y: &DVector<f64>, n: usize) -> f64 {
        let mut s = x.sum();
        for _ in 0..n {
            s = (s + x.dot(y)).sin();
        }
        s
    }
    #[grad(x)]
    fn before_a_loop(x: &DVector<f64>, m: &DMatrix<f64>, n: usize) -> f64 {
        let mut s = x.sum();
        for _ in 0..n {
            s = (s + m.clone().try_inverse().unwrap().sum()).sin();
        }
        s
    }
    #[grad(x)]
    fn on_a_side(x: &DVector<f64>, y: &DVector<f64>, all: bool) -> f64 {
        if all { x.dot(y) } else { x.sum() }
    }
    let (x, y) = (DVector::from_element(2, 1.0), DVector::from_element(3, 1.0));
    assert_eq!(in_a_loop(&x, &y, 0), 2.0);
    assert!(panics(|| in_a_loop_grad(&x, &y, 0)));
    assert_eq!(on_a_side(&x, &y, false), 2.0);
    assert!(panics(|| on_a_side_grad(&x, &y, false)));
    let m = DMatrix::zeros(2, 2);
    assert_eq!(before_a_loop(&x, &m, 0), 2.0);
    assert!(panics(|| before_a_loop_grad(&x, &m, 0)));
}

#[test]
fn factorizations_of_infinite_matrices() {
    #[grad(s)]
    fn total(s: &DMatrix<f64>, c: f64) -> Option<f64> {
        Some((s * c).try_inverse()?.sum())
    }
    let s = DMatrix::from_row_slice(2, 2, &[1.0, 0.5, 0.5, 1.0]);
    // the determinant of `s * 1e-320` is 0; divided by `c` afterwards, what overflows is the inverse
    assert!(total(&s, 1e-320).is_none());
    assert!(total_value_and_grad(&s, 1e-320).is_some_and(|(value, _)| !value.is_finite()));
    let infinite = [f64::INFINITY, f64::NAN].map(|c| (total(&s, c), total_value_and_grad(&s, c)));
    assert!(infinite.iter().all(|(own, found)| own.is_none_or(f64::is_nan) && found.as_ref().is_none_or(|f| f.0.is_nan())));
}
