//! Reads handwritten digits: softmax regression on the whole data by L-BFGS, on gradients that `#[grad]` derives.
//!
//! ```text
//! cargo run --release --example softmax_regression
//! ```

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use matgrad::grad;
use matgrad_examples::{CLASSES, Images, Minimization, NoMinimum, data_file, draw_images, finish, output_file};
use nalgebra::{DMatrix, DVector, DVectorView, RowDVector};

/// Cross-entropy of a softmax regression, `−Σ ln softmax(xᵢᵀ w + b)` at the class of each row of `x`, and a penalty on large weights.
///
/// `y` has a 1 in each row, in the column of the class: `−yᵢᵀ ln softmax(s) = ln sum(exp(s)) − yᵢᵀ s`.
#[grad(w, b)]
fn objective(w: &DMatrix<f64>, b: &RowDVector<f64>, x: &DMatrix<f64>, y: &DMatrix<f64>) -> f64 {
    let ones = DVector::from_element(x.nrows(), 1.0);
    let scores = x * w + ones * b;
    matgrad::log_sum_exp_rows(&scores).sum() - y.dot(&scores) + 0.5 * w.norm_squared()
}

/// The gradients as the documentation of `objective_grad` shows them.
const GRADIENTS: &str = "\
∂objective/∂w = xᵀ r + w
∂objective/∂b = 1ᵀ r
where scores = x w + 1 b
      r = softmax_rows(scores) − y";

/// Reads digits by softmax regression.
#[derive(Parser)]
struct Arguments {
    /// A header, then 64 pixels from 0 to 16 and a digit in each line
    #[arg(default_value_os_t = data_file("digits.csv"))]
    file: PathBuf,
    /// How many of the first lines to learn from; the others are the test
    #[arg(long, default_value_t = 1347)]
    train: usize,
}

fn main() -> ExitCode {
    finish(run(&Arguments::parse()))
}

fn run(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let (train, test) = Images::read(&arguments.file, arguments.train)?;
    println!("{}: {} images to learn from, {} to test", arguments.file.display(), train.digits.len(), test.digits.len());
    println!("\n  {}\n", GRADIENTS.replace('\n', "\n  "));

    let model = fit(&train)?;

    println!("\nobjective       {:.5}, after {} iterations", model.objective, model.iterations);
    println!("train accuracy  {:.3}", train.accuracy(&model.scores(&train.pixels)));
    println!("test accuracy   {:.3}", test.accuracy(&model.scores(&test.pixels)));

    // eight rows of pixels
    let picture = |w: DVectorView<'_, f64>| DMatrix::from_row_iterator(8, w.len() / 8, w.iter().copied());
    let images: Vec<_> = model.w.column_iter().enumerate().map(|(digit, w)| (digit.to_string(), picture(w))).collect();
    let file = output_file("softmax_regression.svg")?;
    draw_images(&file, "Which pixels speak for a digit (blue) and which against it (red)", &images)?;
    println!("\nthe weights as images: {}", file.display());
    Ok(())
}

/// A fitted softmax regression.
pub struct Model {
    /// The weights, a column for each class.
    pub w: DMatrix<f64>,
    /// The intercepts.
    pub b: RowDVector<f64>,
    /// The least value of the objective.
    pub objective: f64,
    /// The number of steps of L-BFGS.
    pub iterations: u64,
}

impl Model {
    /// The scores of images, a row each; the highest is the digit.
    #[must_use]
    pub fn scores(&self, pixels: &DMatrix<f64>) -> DMatrix<f64> {
        pixels * &self.w + DVector::from_element(pixels.nrows(), 1.0) * &self.b
    }
}

/// Softmax regression.
///
/// # Errors
/// If the minimisation does not converge.
pub fn fit(images: &Images) -> Result<Model, NoMinimum> {
    let (x, y) = (&images.pixels, images.one_hot());
    // the minimisation knows vectors alone: first the weights, column by column, then the intercepts
    let weights = x.ncols() * CLASSES;
    let unpack = |v: &DVector<f64>| {
        let (w, b) = v.as_slice().split_at(weights);
        (DMatrix::from_column_slice(x.ncols(), CLASSES, w), RowDVector::from_row_slice(b))
    };
    println!("iteration       objective   ‖gradient‖");
    let minimum = Minimization::until_gradient(1e-3).run_watched(
        DVector::zeros(weights + CLASSES),
        |v| {
            let (w, b) = unpack(v);
            let (value, (by_w, by_b)) = objective_value_and_grad(&w, &b, x, &y);
            (value, DVector::from_iterator(v.len(), by_w.iter().chain(&by_b).copied()))
        },
        |i| {
            if i.number % 10 == 0 {
                println!("{:>9} {:>15.5} {:>12.2e}", i.number, i.value, i.gradient.norm());
            }
        },
    )?;
    let (w, b) = unpack(&minimum.point);
    Ok(Model { objective: objective(&w, &b, x, &y), w, b, iterations: minimum.iterations })
}
