//! Where a function returns `None` early, its companions do what it does before, and nothing of what comes after.

use std::cell::RefCell;

use matgrad::{grad, jvp};
use nalgebra::{DMatrix, DVector, Matrix2};

type Log = RefCell<Vec<u32>>;

fn note(log: &Log, what: u32) -> f64 {
    log.borrow_mut().push(what);
    f64::from(what)
}

#[grad(w)]
#[jvp(w)]
fn factored(w: &DMatrix<f64>, log: &Log) -> Option<f64> {
    note(log, 1);
    let c = w.clone().cholesky()?;
    let k: f64 = note(log, 2);
    Some(c.ln_determinant() * k)
}

#[grad(w)]
fn factored_twice(w: &DMatrix<f64>, log: &Log) -> Option<f64> {
    let s = w * w.transpose();
    let Some(c) = s.clone().cholesky() else { return None };
    note(log, 1);
    let i = (w - DMatrix::identity(w.nrows(), w.nrows())).try_inverse()?;
    note(log, 2);
    Some(c.ln_determinant() + i.trace())
}

#[grad(w)]
fn inactive_in_between(w: &Matrix2<f64>, items: &[f64], log: &Log) -> Option<f64> {
    let i = w.try_inverse()?;
    note(log, 1);
    let first: f64 = *items.first()?;
    note(log, 2);
    Some(i.trace() * first)
}

#[grad(w)]
fn asserted(w: &DMatrix<f64>, y: &DVector<f64>) -> Option<f64> {
    let z = w.clone().lu().solve(y)?;
    assert!(y.len() < 2, "y is long");
    Some(z.norm_squared())
}

/// What each of these notes, and whether it returns something.
fn notes<T>(run: impl FnOnce(&Log) -> Option<T>) -> (bool, Vec<u32>) {
    let log = Log::default();
    let some = run(&log).is_some();
    (some, log.into_inner())
}

#[test]
fn effects_after_an_early_return_do_not_happen() {
    let (good, bad) = (DMatrix::from_row_slice(2, 2, &[2.0, 0.5, 0.5, 3.0]), DMatrix::<f64>::zeros(2, 2));
    let identity = DMatrix::<f64>::identity(2, 2);
    for w in [&good, &bad, &identity] {
        let expected = notes(|log| factored(w, log));
        assert_eq!(notes(|log| factored_grad(w, log)), expected);
        assert_eq!(notes(|log| factored_value_and_grad(w, log)), expected);
        assert_eq!(notes(|log| factored_grad_into(w, log, &mut good.clone())), expected);
        assert_eq!(notes(|log| factored_jvp(w, log, &good)), expected);
        let expected = notes(|log| factored_twice(w, log));
        assert_eq!(notes(|log| factored_twice_grad(w, log)), expected);
        assert_eq!(notes(|log| factored_twice_value_and_grad(w, log)), expected);
    }
    assert_eq!(notes(|log| factored_twice(&identity, log)).1, [1]);
    for (w, items) in [(Matrix2::identity(), &[1.5][..]), (Matrix2::zeros(), &[1.5]), (Matrix2::identity(), &[])] {
        let expected = notes(|log| inactive_in_between(&w, items, log));
        assert_eq!(notes(|log| inactive_in_between_value_and_grad(&w, items, log)), expected);
    }
    let long = DVector::from_element(2, 1.0);
    assert!(asserted(&bad, &long).is_none() && asserted_grad(&bad, &long).is_none());
}

#[grad(w)]
fn scaled(w: &DVector<f64>, a: &[f64], i: usize) -> f64 {
    w.map(|t| t * a[i]).sum()
}

/// What the README gives up: the index is read once, also where the closure does not run.
#[test]
fn an_index_in_a_closure_is_read_before_it() {
    let (none, one) = (DVector::zeros(0), DVector::from_element(1, 2.0));
    assert!(scaled(&none, &[], 0).abs() < 1e-300);
    assert!(std::panic::catch_unwind(|| scaled_grad(&none, &[], 0)).is_err());
    assert!(std::panic::catch_unwind(|| scaled(&one, &[], 0)).is_err());
    assert!(std::panic::catch_unwind(|| scaled_grad(&one, &[], 0)).is_err());
    assert_eq!(scaled_grad(&one, &[3.0], 0), DVector::from_element(1, 3.0));
}
