//! Functions under `#[problem]`, handed to optimisers: value and derivatives once a point, minima that are known.
#![allow(
    missing_docs,
    clippy::cast_precision_loss,
    clippy::trivially_copy_pass_by_ref,
    reason = "functions as `#[problem]` takes them"
)]
#![allow(clippy::float_cmp, reason = "the same numbers by another way")]

use std::sync::atomic::{AtomicUsize, Ordering};

use argmin::core::{CostFunction as _, Executor as Argmin, Gradient as _, Hessian as _, Operator as _, State as _};
use argmin::solver::linesearch::MoreThuenteLineSearch;
use argmin::solver::quasinewton::LBFGS;
use levenberg_marquardt::{LeastSquaresProblem, LevenbergMarquardt};
use matgrad::problem;
use nalgebra::{DMatrix, DVector, Matrix2, Vector2, dmatrix, dvector, vector};

/// How often `ridge` is computed; a test of its own, so that no other counts.
static COMPUTED: AtomicUsize = AtomicUsize::new(0);

fn counted() -> f64 {
    COMPUTED.fetch_add(1, Ordering::SeqCst);
    1.0
}

/// Least squares with a ridge, of a matrix and a number.
#[problem(w, b, argmin, basin)]
fn ridge(w: &DMatrix<f64>, x: &DMatrix<f64>, y: &DMatrix<f64>, b: f64, lambda: f64) -> f64 {
    let once: f64 = counted();
    (x * w - y).add_scalar(b).norm_squared() * once + lambda * w.norm_squared()
}

/// Rosenbrock's valley, with second derivatives.
#[problem(x, argmin, basin)]
#[matgrad::hessian(x)]
#[matgrad::hvp(x)]
fn rosenbrock(x: &Vector2<f64>) -> f64 {
    100.0 * (x[1] - x[0] * x[0]).powi(2) + (1.0 - x[0]).powi(2)
}

/// A function with a value on one side only.
#[problem(x, argmin, basin)]
#[matgrad::grad(x)]
fn entropy(x: &Vector2<f64>, s: &Matrix2<f64>) -> Option<f64> {
    let factor = (s * x[0]).cholesky()?;
    Some(x.norm_squared() - factor.ln_determinant())
}

/// An exponential decay through points.
#[problem(a, rate, argmin, basin, levenberg_marquardt(nalgebra_v0_34))]
pub fn decay(a: f64, rate: f64, t: &DVector<f64>, y: &[f64]) -> DVector<f64> {
    t.map(|t| a * (-rate * t).exp()) - DVector::from_column_slice(y)
}

#[test]
fn parameters_are_packed_and_computed_once() {
    let (x, y) = (dmatrix![1.0, 2.0; 0.5, -1.0; 3.0, 0.1], dmatrix![1.0, 0.0; 2.0, 1.0; -1.0, 0.5]);
    let w = dmatrix![0.1, 0.3; 0.2, 0.4];
    let problem = RidgeProblem::new(w.clone(), &x, &y, 0.5, 0.01);
    let start = problem.start();
    assert_eq!(start, [0.1, 0.2, 0.3, 0.4, 0.5]);
    assert_eq!(problem.unpacked(&[1.0, 2.0, 3.0, 4.0, 5.0]), (dmatrix![1.0, 3.0; 2.0, 4.0], 5.0));
    let (value, (dw, db)) = ridge_value_and_grad(&w, &x, &y, 0.5, 0.01);
    COMPUTED.store(0, Ordering::SeqCst);
    assert_eq!(problem.cost(&start).unwrap(), value);
    assert_eq!(problem.gradient(&start).unwrap(), [dw.as_slice(), &[db]].concat());
    let packed = DVector::from_vec(start.clone());
    assert_eq!(basin::CostFunction::cost(&problem, &packed), Ok(value));
    assert_eq!(basin::Gradient::cost_and_gradient(&problem, &packed).unwrap().1.as_slice(), [dw.as_slice(), &[db]].concat());
    assert_eq!(COMPUTED.load(Ordering::SeqCst), 1, "one point, computed once");
    let moved: Vec<f64> = start.iter().map(|s| s + 1.0).collect();
    assert_ne!(problem.cost(&moved).unwrap(), value);
    assert_eq!(COMPUTED.load(Ordering::SeqCst), 2, "another point is computed");
}

#[test]
#[should_panic(expected = "as many numbers as at the start")]
fn a_list_of_another_length_is_refused() {
    let (x, y) = (dmatrix![1.0], dmatrix![1.0]);
    let _ = RidgeProblem::new(dmatrix![0.1], &x, &y, 0.5, 0.01).unpacked(&[1.0, 2.0, 3.0]);
}

#[test]
fn argmin_finds_the_minimum() {
    let problem = RosenbrockProblem::new(vector![-1.2, 1.0]);
    let start = problem.start();
    // the Hessian at the start, by hand: 1200 x² − 400 y + 2, −400 x, 200
    assert_eq!(problem.hessian(&start).unwrap(), [[1200.0 * 1.44 - 400.0 + 2.0, 480.0], [480.0, 200.0]].map(Vec::from));
    let solver = LBFGS::new(MoreThuenteLineSearch::new(), 7);
    let found = Argmin::new(problem, solver).configure(|state| state.param(start).max_iters(200)).run().expect("a minimum");
    let best = found.state().get_best_param().expect("a point");
    assert!((best[0] - 1.0).abs() < 1e-6 && (best[1] - 1.0).abs() < 1e-6, "{best:?}");
}

#[test]
fn basin_finds_the_minimum() {
    use basin::{Executor, FirstOrderState, Lbfgs, State as _};
    let problem = RosenbrockProblem::new(vector![-1.2, 1.0]);
    let start = DVector::from_vec(problem.start());
    let direction = dvector![1.0, 2.0];
    let product = basin::HessianProduct::hessian_product(&problem, &start, &direction).unwrap();
    let hessian = basin::Hessian::hessian(&problem, &start).unwrap();
    assert!((product - hessian * direction).norm() < 1e-9);
    let found =
        Executor::new(problem, Lbfgs::new().unbounded(), FirstOrderState::new(start)).max_iter(500).run().expect("a minimum");
    let best = found.state.param();
    assert!((best - dvector![1.0, 1.0]).norm() < 1e-4, "{best:?}");
}

/// The README's.
#[problem(w, basin)]
fn mse(w: &DVector<f64>, x: &DMatrix<f64>, y: &DVector<f64>) -> f64 {
    (x * w - y).norm_squared() / y.len() as f64
}

#[test]
fn the_readme_minimises() {
    use basin::{Executor, FirstOrderState, Lbfgs, State as _};
    let (x, y) = (dmatrix![1.0, 2.0; 0.5, -1.0; 3.0, 0.1], dvector![1.0, 2.0, -1.0]);
    let problem = MseProblem::new(DVector::zeros(2), &x, &y);
    let start = FirstOrderState::new(DVector::from_vec(problem.start()));
    let best = Executor::new(problem, Lbfgs::new().unbounded(), start).run().expect("a minimum");
    // the normal equations
    let solution = (x.tr_mul(&x)).try_inverse().unwrap() * x.tr_mul(&y);
    assert!((best.state.param() - solution).norm() < 1e-5);
}

#[test]
fn where_a_function_has_no_value_optimisers_are_told() {
    let identity = Matrix2::identity();
    let problem = EntropyProblem::new(vector![1.0, 2.0], &identity);
    assert!(problem.cost(&vec![1.0, 2.0]).is_ok());
    assert_eq!(problem.cost(&vec![-1.0, 2.0]).unwrap_err().to_string(), "`entropy` has no value here");
    let there = dvector![-1.0, 2.0];
    assert_eq!(basin::Gradient::gradient(&problem, &there).unwrap_err().to_string(), "`entropy` has no value here");
}

#[test]
fn residuals_are_fitted() {
    let t = DVector::from_fn(8, |i, _| 0.25 * f64::from(u8::try_from(i).unwrap()));
    let y: Vec<f64> = t.iter().map(|t| 3.0 * (-1.5 * t).exp()).collect();
    let problem = DecayProblem::new(1.0, 1.0, &t, &y);
    // argmin's table of rows, basin's matrix and the other nalgebra's are one Jacobian
    let start = problem.start();
    let rows = argmin::core::Jacobian::jacobian(&problem, &start).unwrap();
    let matrix = basin::Jacobian::jacobian(&problem, &DVector::from_vec(start.clone())).unwrap();
    let theirs = LeastSquaresProblem::jacobian(&problem).unwrap();
    for (r, t) in t.iter().enumerate() {
        let by_hand = [(-t).exp(), -t * (-t).exp()];
        for c in 0..2 {
            assert!((rows[r][c] - by_hand[c]).abs() < 1e-15 && matrix[(r, c)] == rows[r][c] && theirs[(r, c)] == rows[r][c]);
        }
    }
    assert_eq!(problem.apply(&start).unwrap(), LeastSquaresProblem::residuals(&problem).unwrap().as_slice());
    let (found, report) = LevenbergMarquardt::new().minimize(problem);
    assert!(report.termination.was_successful());
    let (a, rate) = found.unpacked(&found.start());
    assert!((a - 3.0).abs() < 1e-10 && (rate - 1.5).abs() < 1e-10, "{a} {rate}");
}
