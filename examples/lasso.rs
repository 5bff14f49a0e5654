//! Chooses features of the diabetes data: the lasso by proximal gradient steps (FISTA), the smooth part differentiated by `#[grad]`, for
//! penalties from where all weights are zero to where hardly any is.
//!
//! ```text
//! cargo run --release --example lasso
//! ```

#![allow(clippy::cast_precision_loss, reason = "the number of rows is far below 2⁵³")]

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use matgrad::grad;
use matgrad_examples::{Curve, Labels, Scaling, Table, data_file, draw_curves, finish, output_file, r_squared};
use nalgebra::{DMatrix, DVector};

/// The differentiable part of the lasso `‖x w − y‖² / (2 n) + λ ‖w‖₁`.
#[grad(w)]
fn smooth(w: &DVector<f64>, x: &DMatrix<f64>, y: &DVector<f64>) -> f64 {
    (x * w - y).norm_squared() / (2.0 * y.len() as f64)
}

/// The gradient as the documentation of `smooth_grad` shows it.
const GRADIENT: &str = "∂smooth/∂w = xᵀ (x w − y) / n";

/// Fits one column of a CSV file by few of the others.
#[derive(Parser)]
struct Arguments {
    /// A header, then numbers
    #[arg(default_value_os_t = data_file("diabetes.csv"))]
    file: PathBuf,
    /// The column that is fitted
    #[arg(long, default_value = "target")]
    target: String,
    /// The penalty of the fit that is shown in full
    #[arg(long, default_value_t = 1.0, value_parser = positive)]
    lambda: f64,
}

fn positive(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|value: &f64| *value > 0.0 && value.is_finite()).ok_or_else(|| "not a positive number".to_owned())
}

fn main() -> ExitCode {
    finish(run(&Arguments::parse()))
}

fn run(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let (features, y) = Table::read(&arguments.file)?.split_off(&arguments.target)?;
    let names = features.names();
    println!("{}: {} rows, {} features", arguments.file.display(), y.len(), names.len());
    println!("\n  {GRADIENT}\n");

    // standardised features and a centred target need no intercept
    let x = Scaling::of(features.values()).standardize(features.values());
    let y = y.add_scalar(-y.mean());

    println!(
        "the path of the weights:\n  lambda     R² {}",
        names.iter().map(|name| format!("{name:>8}")).collect::<Vec<_>>().concat()
    );
    let path = lasso_path(&x, &y)?;
    for Fit { lambda, w } in path.iter().step_by(5) {
        let weight = |w: &f64| if *w == 0.0 { format!("{:>8}", "·") } else { format!("{w:>8.2}") };
        println!("{lambda:>8.3} {:>6.3} {}", r_squared(&y, &(&x * w)), w.iter().map(weight).collect::<Vec<_>>().concat());
    }

    let w = lasso(&x, &y, arguments.lambda, DVector::zeros(x.ncols()))?;
    let chosen: Vec<&str> = names.iter().zip(&w).filter(|(_, w)| **w != 0.0).map(|(name, _)| name.as_str()).collect();
    println!("\nlambda     {}", arguments.lambda);
    println!("smooth     {:.5}", smooth(&w, &x, &y));
    println!("R²         {:.5}", r_squared(&y, &(&x * &w)));
    println!("non-zero   {}: {}", chosen.len(), chosen.join(", "));

    let curve = |(i, name): (usize, &String)| Curve {
        name: name.clone(),
        points: path.iter().rev().map(|fit| (fit.lambda.log10(), fit.w[i])).collect(),
    };
    let curves: Vec<Curve> = names.iter().enumerate().map(curve).collect();
    let file = output_file("lasso.svg")?;
    draw_curves(&file, Labels { title: "Lasso", x: "log₁₀ λ", y: "weight" }, &curves)?;
    println!("\nthe weights over lambda: {}", file.display());
    Ok(())
}

/// How many steps a minimisation may take.
const MOST_STEPS: usize = 100_000;

/// The minimum of `smooth(w) + λ ‖w‖₁` by FISTA [Beck and Teboulle 2009], with restarts [O'Donoghue and Candès 2015].
///
/// # Errors
/// If it is not reached in many steps.
pub fn lasso(x: &DMatrix<f64>, y: &DVector<f64>, lambda: f64, start: DVector<f64>) -> Result<DVector<f64>, Box<dyn Error>> {
    // the gradient of `smooth` changes no faster than by the largest eigenvalue of xᵀ x / n
    let step = 1.0 / (x.tr_mul(x) / x.nrows() as f64).symmetric_eigenvalues().max();
    let (mut w, mut momentum) = (start, 1.0_f64);
    let mut ahead = w.clone();
    for _ in 0..MOST_STEPS {
        let next = soft_threshold(&(&ahead - step * smooth_grad(&ahead, x, y)), step * lambda);
        // what the step changes is the gradient of the whole, times the step
        if (&next - &ahead).amax() <= 1e-9 * step * lambda {
            return Ok(next);
        }
        if (&ahead - &next).dot(&(&next - &w)) > 0.0 {
            momentum = 1.0;
        }
        let next_momentum = 0.5 + (0.25 + momentum * momentum).sqrt();
        ahead = &next + (momentum - 1.0) / next_momentum * (&next - &w);
        (w, momentum) = (next, next_momentum);
    }
    Err(format!("no convergence after {MOST_STEPS} steps at lambda {lambda}").into())
}

/// The proximal map of `t ‖·‖₁`: every entry moves towards zero by `t`, and stays there.
#[must_use]
pub fn soft_threshold(v: &DVector<f64>, t: f64) -> DVector<f64> {
    v.map(|entry| entry.signum() * (entry.abs() - t).max(0.0))
}

/// A minimum of the lasso.
pub struct Fit {
    /// How strong the penalty is.
    pub lambda: f64,
    /// The weights.
    pub w: DVector<f64>,
}

/// Fits from the smallest penalty at which all weights are zero to a thousandth of it.
///
/// # Errors
/// If a minimisation does not converge.
pub fn lasso_path(x: &DMatrix<f64>, y: &DVector<f64>) -> Result<Vec<Fit>, Box<dyn Error>> {
    let mut w = DVector::zeros(x.ncols());
    let largest = smooth_grad(&w, x, y).amax();
    let mut path = Vec::new();
    for step in 0..=60 {
        let lambda = largest * 10_f64.powf(-f64::from(step) / 20.0);
        w = lasso(x, y, lambda, w)?;
        path.push(Fit { lambda, w: w.clone() });
    }
    Ok(path)
}
