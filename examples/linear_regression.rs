//! Fits a linear model to the diabetes data: least squares and ridge regression by L-BFGS, on gradients that `#[grad]` derives, and checks
//! that they vanish where the normal equations say.
//!
//! ```text
//! cargo run --release --example linear_regression
//! ```

#![allow(clippy::cast_precision_loss, reason = "the number of rows is far below 2⁵³")]

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use matgrad::grad;
use matgrad_examples::{Curve, Labels, Minimization, Minimum, NoMinimum, Scaling, Table};
use matgrad_examples::{data_file, draw_curves, finish, output_file, r_squared};
use nalgebra::{DMatrix, DVector};

/// Mean squared error of a linear model.
#[grad(w)]
fn mse(w: &DVector<f64>, x: &DMatrix<f64>, y: &DVector<f64>) -> f64 {
    (x * w - y).norm_squared() / y.len() as f64
}

/// The gradient as the documentation of `mse_grad` shows it.
const GRADIENT: &str = "∂mse/∂w = (2 / n) xᵀ (x w − y)";

/// Mean squared error, with a penalty on large weights.
#[grad(w)]
fn ridge(w: &DVector<f64>, x: &DMatrix<f64>, y: &DVector<f64>, lambda: f64) -> f64 {
    (x * w - y).norm_squared() / y.len() as f64 + lambda * w.norm_squared()
}

/// The gradient as the documentation of `ridge_grad` shows it.
const RIDGE_GRADIENT: &str = "∂ridge/∂w = 2 (xᵀ (x w − y) / n + lambda w)";

/// Fits one column of a CSV file by a linear function of all others.
#[derive(Parser)]
struct Arguments {
    /// A header, then numbers
    #[arg(default_value_os_t = data_file("diabetes.csv"))]
    file: PathBuf,
    /// The column that is fitted
    #[arg(long, default_value = "target")]
    target: String,
}

fn main() -> ExitCode {
    finish(run(&Arguments::parse()))
}

fn run(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let (features, y) = Table::read(&arguments.file)?.split_off(&arguments.target)?;
    let x = features.values();
    println!("{}: {} rows, {} features", arguments.file.display(), x.nrows(), x.ncols());

    println!("\nLeast squares\n\n  {GRADIENT}\n");
    let model = fit(x, &y)?;
    println!("\ncoefficients, in the units of the file:");
    let names = features.names().iter().map(String::as_str);
    for (name, coefficient) in names.chain(["intercept"]).zip(&model.coefficients) {
        println!("  {name:<9} {coefficient:>12.6}");
    }
    let ones = with_ones(x);
    println!("\nmse  {:.5}, after {} iterations", mse(&model.coefficients, &ones, &y), model.minimum.iterations);
    println!("R²   {:.5}", r_squared(&y, &(&ones * &model.coefficients)));

    // on standardised features, where gradients of different features compare
    let z = with_ones(&Scaling::of(x).standardize(x));
    let exact = normal_equations(&z, &y, 0.0).ok_or("the features are linearly dependent")?;
    let (there, at_zero) = (mse_grad(&exact, &z, &y).norm(), mse_grad(&DVector::zeros(z.ncols()), &z, &y).norm());
    println!("‖∂mse/∂w‖ at w = (xᵀx)⁻¹ xᵀy: {there:.0e}; at w = 0: {at_zero:.1}");

    println!("\nRidge regression, standardised features, centred target\n\n  {RIDGE_GRADIENT}\n");
    let path = ridge_path(x, &y)?;
    println!("  lambda       ridge      ‖w‖       R²   ‖∂ridge/∂w‖ at (xᵀx + n lambda I)⁻¹ xᵀy");
    for point in path.iter().step_by(STEPS_A_DECADE) {
        let RidgeFit { lambda, value, w, r_squared, gradient_at_exact } = point;
        println!("{lambda:>8} {value:>11.3} {:>8.3} {r_squared:>8.5}   {gradient_at_exact:.0e}", w.norm());
    }
    let curve = |(i, name): (usize, &String)| Curve {
        name: name.clone(),
        points: path.iter().map(|point| (point.lambda.log10(), point.w[i])).collect(),
    };
    let curves: Vec<Curve> = features.names().iter().enumerate().map(curve).collect();
    let file = output_file("ridge.svg")?;
    draw_curves(&file, Labels { title: "Ridge regression", x: "log₁₀ λ", y: "weight" }, &curves)?;
    println!("\nthe weights over lambda: {}", file.display());
    Ok(())
}

/// A fitted linear model, and how the fit ended.
pub struct Model {
    /// One weight for each feature, then the intercept.
    pub coefficients: DVector<f64>,
    /// The minimum of the error, on standardised features.
    pub minimum: Minimum,
}

/// `x` with a last column of ones, whose weight is the intercept.
#[must_use]
pub fn with_ones(x: &DMatrix<f64>) -> DMatrix<f64> {
    x.clone().insert_column(x.ncols(), 1.0)
}

/// Least squares with an intercept.
///
/// L-BFGS sees standardised features and a column of ones, as the features of the file differ in scale by orders of magnitude.
///
/// # Errors
/// If the iteration does not converge.
pub fn fit(x: &DMatrix<f64>, y: &DVector<f64>) -> Result<Model, NoMinimum> {
    let scaling = Scaling::of(x);
    let z = with_ones(&scaling.standardize(x));
    println!("iteration              mse   ‖∂mse/∂w‖");
    // the error is a few thousand, so its rounding hides steps that would shorten the gradient much further than this
    let minimum = Minimization::until_gradient(1e-5).run_watched(
        DVector::zeros(z.ncols()),
        |w| mse_value_and_grad(w, &z, y),
        |i| println!("{:>9} {:>16.8} {:>11.2e}", i.number, i.value, i.gradient.norm()),
    )?;
    Ok(Model { coefficients: scaling.original(&minimum.point), minimum })
}

/// `(xᵀx + n lambda I)⁻¹ xᵀy`, the minimum of `ridge` in closed form; of `mse` for `lambda = 0`. `None` if the matrix is singular.
#[must_use]
pub fn normal_equations(x: &DMatrix<f64>, y: &DVector<f64>, lambda: f64) -> Option<DVector<f64>> {
    let mut gram = x.tr_mul(x);
    for i in 0..gram.nrows() {
        gram[(i, i)] += lambda * x.nrows() as f64;
    }
    Some(gram.cholesky()?.solve(&x.tr_mul(y)))
}

/// A ridge regression.
pub struct RidgeFit {
    /// How strong the penalty is.
    pub lambda: f64,
    /// What was minimised.
    pub value: f64,
    /// The weights, on standardised features.
    pub w: DVector<f64>,
    /// How good the fit is.
    pub r_squared: f64,
    /// The norm of the gradient where it should vanish.
    pub gradient_at_exact: f64,
}

/// Penalties on the path, for each power of ten.
const STEPS_A_DECADE: usize = 5;

/// Ridge regressions from `lambda = 0.001` to `100`, each from the one before.
///
/// # Errors
/// If an iteration does not converge, or the normal equations have no solution.
pub fn ridge_path(x: &DMatrix<f64>, y: &DVector<f64>) -> Result<Vec<RidgeFit>, Box<dyn Error>> {
    let z = Scaling::of(x).standardize(x);
    let centred = y.add_scalar(-y.mean());
    let mut w = DVector::zeros(z.ncols());
    let mut path = Vec::new();
    for step in 0..=5 * STEPS_A_DECADE {
        let lambda = 10_f64.powf(step as f64 / STEPS_A_DECADE as f64 - 3.0);
        w = Minimization::until_gradient(1e-5).run(w, |w| ridge_value_and_grad(w, &z, &centred, lambda))?.point;
        let exact = normal_equations(&z, &centred, lambda).ok_or("the features are linearly dependent")?;
        let gradient_at_exact = ridge_grad(&exact, &z, &centred, lambda).norm();
        let value = ridge(&w, &z, &centred, lambda);
        path.push(RidgeFit { lambda, value, r_squared: r_squared(&centred, &(&z * &w)), gradient_at_exact, w: w.clone() });
    }
    Ok(path)
}
