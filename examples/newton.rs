//! Tells benign tumours from malignant ones: logistic regression by Newton's method, on the gradient and the Hessian that `#[hessian]` derives,
//! and watches the number of right digits double from step to step.
//!
//! ```text
//! cargo run --release --example newton
//! ```

#![allow(clippy::cast_precision_loss, reason = "the number of rows is far below 2⁵³")]

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use matgrad::hessian;
use matgrad_examples::{Curve, Labels, Scaling, Table, data_file, draw_curves, finish, output_file};
use nalgebra::{DMatrix, DVector};

/// The negative logarithm of the likelihood of classes `y`, 0 or 1, whose probabilities are `σ(x w)`, and a penalty on large weights, one
/// factor for each.
#[hessian(w)]
fn objective(w: &DVector<f64>, x: &DMatrix<f64>, y: &DVector<f64>, penalty: &DVector<f64>) -> f64 {
    let scores = x * w;
    scores.map(|s| (1.0 + s.exp()).ln()).sum() - y.dot(&scores) + 0.5 * penalty.component_mul(w).dot(w)
}

/// Gradient and Hessian as the documentation of `objective_hessian` shows them.
const HESSIAN: &str = "\
∂objective/∂w   = xᵀ (r − y) + w ∘ penalty
∂²objective/∂w² = xᵀ Diag(r ∘ σ(−x w)) x + Diag(penalty)
where r = σ(x w)";

/// Fits a column of zeros and ones in a CSV file by a logistic regression on all others.
#[derive(Parser)]
struct Arguments {
    /// A header, then numbers
    #[arg(default_value_os_t = data_file("breast_cancer.csv"))]
    file: PathBuf,
    /// The column with the classes
    #[arg(long, default_value = "target")]
    target: String,
}

fn main() -> ExitCode {
    finish(run(&Arguments::parse()))
}

fn run(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let (features, classes) = Table::read(&arguments.file)?.split_off_classes(&arguments.target, 2)?;
    let y = DVector::from_iterator(classes.len(), classes.iter().map(|class| *class as f64));
    println!("{}: {} rows, {} features", arguments.file.display(), features.values().nrows(), features.values().ncols());
    println!("\n  {}\n", HESSIAN.replace('\n', "\n  "));

    let problem = Problem::new(features.values(), y);
    println!("iteration   objective   ‖gradient‖   ‖gradient‖ over the square of the one before");
    let mut before: Option<f64> = None;
    let model = problem.minimize(|step| {
        let ratio = before.map(|norm| format!("{:>9.4}", step.gradient / (norm * norm))).unwrap_or_default();
        println!("{:>9} {:>11.6} {:>12.2e} {ratio}", step.number, step.value, step.gradient);
        before = Some(step.gradient);
    })?;

    let last = model.steps.last().ok_or("there is no step")?;
    println!("\nminimum   {:.6}, after {} steps", last.value, last.number);
    println!("accuracy  {:.5}", problem.accuracy(&model.w));

    let points = model.steps.iter().map(|step| (step.number as f64, step.gradient.log10())).collect();
    let file = output_file("newton.svg")?;
    let labels = Labels { title: "Newton's method", x: "step", y: "log₁₀ ‖gradient‖" };
    draw_curves(&file, labels, &[Curve { name: "Newton".to_owned(), points }])?;
    println!("\nthe gradient over the steps: {}", file.display());
    Ok(())
}

/// What is minimised.
pub struct Problem {
    /// Standardised features, and ones for the intercept.
    x: DMatrix<f64>,
    y: DVector<f64>,
    /// 1 for each weight, 0 for the intercept.
    penalty: DVector<f64>,
}

/// A step of Newton's method, and the start, which has the number 0.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// Its number.
    pub number: usize,
    /// The value of the objective.
    pub value: f64,
    /// The norm of its gradient.
    pub gradient: f64,
}

/// A fitted logistic regression.
pub struct Model {
    /// The weights of the standardised features, then the intercept.
    pub w: DVector<f64>,
    /// How it was found.
    pub steps: Vec<Step>,
}

/// Where the gradient is this small, the next step would leave nothing of it but rounding.
const SMALL: f64 = 1e-8;

impl Problem {
    /// The classes `y` by the columns of `features`.
    #[must_use]
    pub fn new(features: &DMatrix<f64>, y: DVector<f64>) -> Self {
        let p = features.ncols();
        let x = Scaling::of(features).standardize(features).insert_column(p, 1.0);
        Self { x, y, penalty: DVector::from_element(p, 1.0).push(0.0) }
    }

    /// Newton's method from zero: `w ← w − t H⁻¹ g`, with `t = 1` unless the objective would not fall.
    ///
    /// # Errors
    /// If the Hessian is not positive definite, or no step reduces the objective.
    pub fn minimize(&self, mut watch: impl FnMut(Step)) -> Result<Model, String> {
        let mut w = DVector::zeros(self.x.ncols());
        let mut steps = Vec::new();
        loop {
            let (value, gradient, hessian) = objective_value_grad_and_hessian(&w, &self.x, &self.y, &self.penalty);
            let step = Step { number: steps.len(), value, gradient: gradient.norm() };
            watch(step);
            steps.push(step);
            if step.gradient <= SMALL {
                return Ok(Model { w, steps });
            }
            let direction = hessian.cholesky().ok_or("the Hessian is not positive definite")?.solve(&-&gradient);
            let slope = direction.dot(&gradient);
            let falls = |t: &f64| {
                let there = objective(&(&w + *t * &direction), &self.x, &self.y, &self.penalty);
                // at the end a step changes less than the rounding of the value
                there <= value + 1e-4 * t * slope + 1e-14 * value.abs()
            };
            let halves = std::iter::successors(Some(1.0), |t| Some(0.5 * t));
            let t = halves.take(30).find(falls).ok_or("no step reduces the objective")?;
            w += t * direction;
        }
    }

    /// The share of the rows whose class is the more probable one.
    #[must_use]
    pub fn accuracy(&self, w: &DVector<f64>) -> f64 {
        let scores = &self.x * w;
        let right = scores.iter().zip(&self.y).filter(|(score, y)| (**score > 0.0) == (**y > 0.5));
        right.count() as f64 / self.y.len() as f64
    }
}
