//! Fits a linear model to the diabetes data: least squares by L-BFGS, on the gradient that `#[grad]` derives.
//!
//! ```text
//! cargo run --release --example linear_regression
//! ```

#![allow(clippy::cast_precision_loss, reason = "the number of rows is far below 2⁵³")]

use std::cell::RefCell;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use argmin::core::observers::{Observe, ObserverMode};
use argmin::core::{CostFunction, Executor, Gradient, IterState, KV, State};
use argmin::solver::linesearch::MoreThuenteLineSearch;
use argmin::solver::quasinewton::LBFGS;
use matgrad::grad;
use matgrad_examples::{Scaling, Table, r_squared};
use nalgebra::{DMatrix, DVector};

/// Mean squared error of a linear model.
#[grad(w)]
fn mse(w: &DVector<f64>, x: &DMatrix<f64>, y: &DVector<f64>) -> f64 {
    (x * w - y).norm_squared() / y.len() as f64
}

/// The gradient as the documentation of `mse_grad` shows it.
const GRADIENT: &str = "∂mse/∂w = (2 / n) xᵀ (x w − y)";

const USAGE: &str = "\
Fits `target` of a CSV file by a linear function of all other columns.

Usage: cargo run --release --example linear_regression [-- FILE]

  FILE        a header, then numbers; by default the diabetes data of this folder
  -h, --help  print this";

/// The fit is done where the gradient is this short. The cost is a few thousand, so its rounding hides steps that would shorten the
/// gradient much further.
const TOLERANCE: f64 = 1e-5;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let path = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/data/diabetes.csv")),
        ["-h" | "--help"] => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        [path] if !path.starts_with('-') => PathBuf::from(path),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match run(&path) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(path: &Path) -> Result<(), Box<dyn Error>> {
    let (features, y) = Table::read(path)?.split_off("target")?;
    let x = features.values();
    println!("{}: {} rows, {} features", path.display(), x.nrows(), x.ncols());
    println!("\nmse      = ‖x w − y‖² / n\n{GRADIENT}\n");

    let model = fit(x, &y)?;

    println!("\ncoefficients, in the units of the file:");
    let names = features.names().iter().map(String::as_str);
    for (name, coefficient) in names.chain(["intercept"]).zip(&model.coefficients) {
        println!("  {name:<9} {coefficient:>12.6}");
    }
    let x = with_ones(x);
    println!("\nmse       {:.5}", mse(&model.coefficients, &x, &y));
    println!("‖∂mse/∂w‖ {:.1e}, after {} iterations", model.gradient_norm, model.iterations);
    println!("R²        {:.5}", r_squared(&y, &(x * &model.coefficients)));
    Ok(())
}

/// A fitted linear model, and how the fit ended.
pub struct Model {
    /// One weight for each feature, then the intercept.
    pub coefficients: DVector<f64>,
    /// The norm of the gradient at the solution, on standardised features.
    pub gradient_norm: f64,
    /// The number of steps of L-BFGS.
    pub iterations: u64,
}

/// `x` with a last column of ones, whose weight is the intercept.
#[must_use]
pub fn with_ones(x: &DMatrix<f64>) -> DMatrix<f64> {
    x.clone().insert_column(x.ncols(), 1.0)
}

/// Least squares with an intercept.
///
/// L-BFGS sees standardised features and a column of ones. On the raw features of the diabetes data it takes 2552 steps to as short a
/// gradient instead of 28.
///
/// # Errors
/// If the iteration ends before the gradient is within [`TOLERANCE`].
pub fn fit(x: &DMatrix<f64>, y: &DVector<f64>) -> Result<Model, Box<dyn Error>> {
    let scaling = Scaling::of(x);
    let problem = LeastSquares::new(with_ones(&scaling.standardize(x)), y.clone());
    let start = vec![0.0; x.ncols() + 1];
    let solver = LBFGS::new(MoreThuenteLineSearch::new(), 7).with_tolerance_grad(TOLERANCE)?.with_tolerance_cost(0.0)?;

    println!("iteration              mse   ‖∂mse/∂w‖");
    let result = Executor::new(problem, solver)
        .configure(|state| state.param(start).max_iters(200))
        .add_observer(Progress, ObserverMode::Always)
        .run()?;

    let state = result.state;
    let (Some(w), Some(gradient)) = (state.get_param(), state.get_gradient()) else {
        return Err("the solver returned no solution".into());
    };
    let gradient_norm = norm(gradient);
    if gradient_norm > TOLERANCE {
        let why = state.get_termination_status();
        return Err(format!("no convergence: {why}, with a gradient of {gradient_norm:.1e}").into());
    }
    Ok(Model { coefficients: scaling.original(&DVector::from_column_slice(w)), gradient_norm, iterations: state.get_iter() })
}

/// [`mse`] as argmin asks for it. Value and gradient come from one call, and argmin asks for both at the same point: the last is kept.
struct LeastSquares {
    x: DMatrix<f64>,
    y: DVector<f64>,
    last: RefCell<Option<Evaluation>>,
}

struct Evaluation {
    w: Vec<f64>,
    value: f64,
    gradient: DVector<f64>,
}

impl LeastSquares {
    fn new(x: DMatrix<f64>, y: DVector<f64>) -> Self {
        Self { x, y, last: RefCell::new(None) }
    }

    fn at<R>(&self, w: &[f64], read: impl Fn(&Evaluation) -> R) -> R {
        let mut last = self.last.borrow_mut();
        let known = last.take().filter(|evaluation| evaluation.w == w);
        let evaluation = known.unwrap_or_else(|| {
            let (value, gradient) = mse_value_and_grad(&DVector::from_column_slice(w), &self.x, &self.y);
            Evaluation { w: w.to_owned(), value, gradient }
        });
        read(last.insert(evaluation))
    }
}

impl CostFunction for LeastSquares {
    type Param = Vec<f64>;
    type Output = f64;

    fn cost(&self, w: &Vec<f64>) -> Result<f64, argmin::core::Error> {
        Ok(self.at(w, |evaluation| evaluation.value))
    }
}

impl Gradient for LeastSquares {
    type Param = Vec<f64>;
    type Gradient = Vec<f64>;

    fn gradient(&self, w: &Vec<f64>) -> Result<Vec<f64>, argmin::core::Error> {
        Ok(self.at(w, |evaluation| evaluation.gradient.as_slice().to_owned()))
    }
}

/// Prints a line for each iteration.
struct Progress;

impl Observe<IterState<Vec<f64>, Vec<f64>, (), (), (), f64>> for Progress {
    fn observe_iter(
        &mut self,
        state: &IterState<Vec<f64>, Vec<f64>, (), (), (), f64>,
        _kv: &KV,
    ) -> Result<(), argmin::core::Error> {
        let gradient = state.get_gradient().map_or(f64::NAN, |g| norm(g));
        println!("{:>9} {:>16.8} {gradient:>11.2e}", state.get_iter() + 1, state.get_cost());
        Ok(())
    }
}

fn norm(v: &[f64]) -> f64 {
    v.iter().map(|t| t * t).sum::<f64>().sqrt()
}
