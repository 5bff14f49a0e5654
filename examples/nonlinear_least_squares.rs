//! Fits nonlinear models to data with certified solutions by the method of Levenberg and Marquardt, from the crate of that name:
//! `#[problem]` derives the Jacobian of a residual, and makes of both what the crate asks for.
//!
//! ```text
//! cargo run --release --example nonlinear_least_squares
//! ```

#![allow(clippy::cast_precision_loss, reason = "small numbers")]

use std::cmp::Ordering;
use std::error::Error;
use std::process::ExitCode;

use clap::Parser;
use levenberg_marquardt::{LeastSquaresProblem, LevenbergMarquardt, MinimizationReport};
use matgrad::problem;
use matgrad_examples::{MGH09, MISRA1A, Reference, THURBER, finish};
use nalgebra::{DMatrix, DVector};
use nalgebra_v0_34::Dyn; // the crate's own version of nalgebra

/// What is left of `y` by `b₁ (1 − exp(−b₂ x))`.
#[problem(b, levenberg_marquardt(nalgebra_v0_34))]
fn misra1a(b: &DVector<f64>, x: &DVector<f64>, y: &DVector<f64>) -> DVector<f64> {
    x.map(|x| b[0] * (1.0 - (-b[1] * x).exp())) - y
}

/// What is left of `y` by a quotient of two cubic polynomials.
#[problem(b, levenberg_marquardt(nalgebra_v0_34))]
fn thurber(b: &DVector<f64>, x: &DVector<f64>, y: &DVector<f64>) -> DVector<f64> {
    let above = x.map(|x| b[0] + b[1] * x + b[2] * x.powi(2) + b[3] * x.powi(3));
    let below = x.map(|x| 1.0 + b[4] * x + b[5] * x.powi(2) + b[6] * x.powi(3));
    above.component_div(&below) - y
}

/// What is left of `y` by `b₁ (x² + b₂ x) / (x² + b₃ x + b₄)`.
#[problem(b, levenberg_marquardt(nalgebra_v0_34))]
fn mgh09(b: &DVector<f64>, x: &DVector<f64>, y: &DVector<f64>) -> DVector<f64> {
    x.map(|x| b[0] * (x * x + b[1] * x) / (x * x + b[2] * x + b[3])) - y
}

/// The Jacobian as the documentation of `misra1a_jacobian` shows it.
const JACOBIAN: &str = "\
∂misra1a/∂b = (1 − r) I[0, ·] + b₁ (x ∘ r) I[1, ·]
where r = exp(−b₂ x)";

/// The problems, each with its model.
pub const PROBLEMS: [(Reference, Model); 3] = [
    (
        MISRA1A,
        Model { minimize: |b, x, y, by| minimized(Misra1aProblem::new(b, x, y), by), residual: misra1a_value_and_jacobian },
    ),
    (
        THURBER,
        Model { minimize: |b, x, y, by| minimized(ThurberProblem::new(b, x, y), by), residual: thurber_value_and_jacobian },
    ),
    (MGH09, Model { minimize: |b, x, y, by| minimized(Mgh09Problem::new(b, x, y), by), residual: mgh09_value_and_jacobian }),
];

/// What is fitted.
#[derive(Clone, Copy)]
pub struct Model {
    /// The least squares from a start, of predictor and response.
    minimize: Minimize,
    /// A residual of parameters, predictor and response, and its Jacobian by the parameters.
    residual: Residual,
}

type Minimize = fn(DVector<f64>, &DVector<f64>, &DVector<f64>, &LevenbergMarquardt<f64>) -> Minimized;
type Residual = fn(&DVector<f64>, &DVector<f64>, &DVector<f64>) -> (DVector<f64>, DMatrix<f64>);

/// Where a minimisation ended, and how.
type Minimized = (DVector<f64>, MinimizationReport<f64>);

fn minimized(problem: impl LeastSquaresProblem<f64, Dyn, Dyn>, by: &LevenbergMarquardt<f64>) -> Minimized {
    let (problem, report) = by.minimize(problem);
    (DVector::from_iterator(problem.params().len(), problem.params().iter().copied()), report)
}

/// Fits Misra1a, Thurber and MGH09 of the NIST Statistical Reference Datasets.
#[derive(Parser)]
struct Arguments {
    /// Evaluations for each parameter and one more, after which a fit is given up
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u16).range(1..))]
    patience: u16,
}

fn main() -> ExitCode {
    finish(run(&Arguments::parse()))
}

fn run(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    println!("  {}\n", JACOBIAN.replace('\n', "\n  "));
    for (reference, model) in PROBLEMS {
        let fits: Vec<Fit> = reference
            .starts
            .into_iter()
            .map(|start| fit(&reference, model, start, arguments.patience.into()))
            .collect::<Result<_, _>>()?;
        println!("{}", reference.name);
        println!(
            "             estimate   ± deviation          certified   digits that agree, from the first start and the second"
        );
        for (i, certified) in reference.parameters.iter().enumerate() {
            let (estimate, deviation) = (fits[1].parameters[i], fits[1].deviations[i]);
            let [far, near] = [0, 1].map(|start: usize| digits(fits[start].parameters[i], *certified).floor());
            println!("  b{}  {estimate:>17.10e} {deviation:>12.4e} {certified:>18.10e}   {far:>2} {near:>2}", i + 1);
        }
        println!("  residual sum of squares {:.10e}, certified {:.10e}", fits[1].residual, reference.residual);
        println!("  {} and {} evaluations\n", fits[0].evaluations, fits[1].evaluations);
    }
    Ok(())
}

/// How many digits agree: the negative logarithm of the relative error. Certified values have 11 digits.
#[must_use]
pub fn digits(value: f64, certified: f64) -> f64 {
    -((value - certified).abs() / certified.abs()).log10().max(-11.0)
}

/// A fitted model.
pub struct Fit {
    /// The parameters.
    pub parameters: DVector<f64>,
    /// Their standard deviations.
    pub deviations: DVector<f64>,
    /// The residual sum of squares.
    pub residual: f64,
    /// How often the residual was computed.
    pub evaluations: usize,
}

/// The least squares of a model from a start.
///
/// # Errors
/// If the iteration does not converge.
pub fn fit(reference: &Reference, model: Model, start: &[f64], patience: usize) -> Result<Fit, String> {
    let (x, y) = (DVector::from_column_slice(reference.x), DVector::from_column_slice(reference.y));
    let by = LevenbergMarquardt::new().with_patience(patience);
    let (mut b, report) = (model.minimize)(DVector::from_column_slice(start), &x, &y, &by);
    if !report.termination.was_successful() {
        return Err(format!("{}: the fit did not converge: {:?}", reference.name, report.termination));
    }
    let (value, r) = polish(&mut b, |b| (model.residual)(b, &x, &y)).ok_or("the Jacobian has not full rank")?;
    // the covariance of the parameters is s² (JᵀJ)⁻¹ = s² R⁻¹ R⁻ᵀ, with s² the residual sum of squares for each degree of freedom
    let variance = value.norm_squared() / (x.len() - b.len()) as f64;
    let inverse = r.try_inverse().ok_or("the Jacobian has not full rank")?;
    let deviations = DVector::from_iterator(b.len(), inverse.row_iter().map(|row| variance.sqrt() * row.norm()));
    Ok(Fit { residual: value.norm_squared(), parameters: b, deviations, evaluations: report.number_of_evaluations })
}

/// The last digits. Where its sum of squares falls no more, a fit has half the digits of a number; the step of Gauss and Newton, `J d = −v`
/// in the sense of least squares, has them all. The value at the end, and the triangular factor of the Jacobian.
fn polish(
    b: &mut DVector<f64>,
    residual: impl Fn(&DVector<f64>) -> (DVector<f64>, DMatrix<f64>),
) -> Option<(DVector<f64>, DMatrix<f64>)> {
    let mut last = f64::INFINITY;
    loop {
        let (value, jacobian) = residual(b);
        let qr = jacobian.qr();
        let r = qr.r();
        let step = r.solve_upper_triangular(&qr.q().tr_mul(&value))?;
        let size = step.component_div(b).amax();
        // until the steps are rounding, and do not shrink any more
        if size.partial_cmp(&last) != Some(Ordering::Less) {
            return Some((value, r));
        }
        *b -= step;
        last = size;
    }
}
