//! Reads handwritten digits with a network of two layers, trained by stochastic gradient descent: `#[grad]` derives the gradients of all
//! weights at once, and one companion computes them. `from_formula_to_code.md` walks through the derivation.
//!
//! ```text
//! cargo run --release --example two_layer_network
//! ```

#![allow(clippy::cast_precision_loss, reason = "the numbers of images and units are far below 2⁵³")]

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use matgrad::grad;
use matgrad_examples::{CLASSES, Curve, Images, Labels, data_file, draw_curves, finish, output_file};
use nalgebra::{DMatrix, DVector, RowDVector};
use rand::{SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};

/// Mean cross-entropy of a network with one hidden layer, `softmax(σ(xᵢᵀ w1 + b1) w2 + b2)`, for the rows `xᵢᵀ` of `x`.
///
/// `y` has a 1 in each row, in the column of the class: `−yᵢᵀ ln softmax(s) = ln sum(exp(s)) − yᵢᵀ s`.
#[grad(w1, b1, w2, b2)]
fn loss(
    w1: &DMatrix<f64>,
    b1: &RowDVector<f64>,
    w2: &DMatrix<f64>,
    b2: &RowDVector<f64>,
    x: &DMatrix<f64>,
    y: &DMatrix<f64>,
) -> f64 {
    let ones = DVector::from_element(x.nrows(), 1.0);
    let hidden = (x * w1 + &ones * b1).map(matgrad::sigmoid);
    let scores = hidden * w2 + ones * b2;
    (matgrad::log_sum_exp_rows(&scores).sum() - y.dot(&scores)) / x.nrows() as f64
}

/// The gradients as the documentation of `loss_grad` shows them.
const GRADIENTS: &str = "\
∂loss/∂w1 = xᵀ s / q
∂loss/∂b1 = 1ᵀ s / q
∂loss/∂w2 = hiddenᵀ r / q
∂loss/∂b2 = 1ᵀ r / q
where hidden = σ(x w1 + 1 b1)
      scores = hidden w2 + 1 b2
      r = softmax_rows(scores) − y
      s = hidden ∘ (r w2ᵀ) ∘ σ(−x w1 − 1 b1)";

/// Reads digits with a network of two layers.
#[derive(Parser)]
struct Arguments {
    /// A header, then 64 pixels from 0 to 16 and a digit in each line
    #[arg(default_value_os_t = data_file("digits.csv"))]
    file: PathBuf,
    /// How many of the first lines to learn from; the others are the test
    #[arg(long, default_value_t = 1347)]
    train: usize,
    #[command(flatten)]
    training: Training,
}

/// How the network is trained.
#[derive(clap::Args)]
pub struct Training {
    /// Units of the hidden layer
    #[arg(long, default_value_t = 64)]
    pub hidden: usize,
    /// How often each image is seen
    #[arg(long, default_value_t = 60)]
    pub epochs: u32,
    /// Images of which one gradient is computed
    #[arg(long, default_value_t = 16)]
    pub batch: usize,
    /// The length of the first steps; it falls to zero over the training
    #[arg(long, default_value_t = 2.0)]
    pub rate: f64,
    /// The seed of all random numbers
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}

fn main() -> ExitCode {
    finish(run(&Arguments::parse()))
}

fn run(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let (train, test) = Images::read(&arguments.file, arguments.train)?;
    println!("{}: {} images to learn from, {} to test", arguments.file.display(), train.digits.len(), test.digits.len());
    println!("\n  {}\n", GRADIENTS.replace('\n', "\n  "));

    let bar = ProgressBar::new(arguments.training.epochs.into())
        .with_style(ProgressStyle::with_template("{wide_bar} epoch {pos}/{len}, {msg}")?);
    let mut losses = Vec::new();
    let network = fit(&train, &arguments.training, |epoch, network| {
        let at = |images: &Images| network.loss(&images.pixels, &images.one_hot());
        bar.set_message(format!("loss {:.4}", at(&train)));
        bar.inc(1);
        losses.push((f64::from(epoch), at(&train).log10(), at(&test).log10()));
    });
    bar.finish_and_clear();

    println!("train loss      {:.4}", network.loss(&train.pixels, &train.one_hot()));
    println!("train accuracy  {:.3}", train.accuracy(&network.scores(&train.pixels)));
    println!("test accuracy   {:.3}", test.accuracy(&network.scores(&test.pixels)));
    println!("\ntest images, a row for each digit shown, a column for each digit read:\n");
    println!("    {}", (0..CLASSES).map(|digit| format!("{digit:>4}")).collect::<Vec<_>>().concat());
    for (digit, row) in test.confusion(&network.scores(&test.pixels)).row_iter().enumerate() {
        let count = |n: &usize| if *n == 0 { format!("{:>4}", "·") } else { format!("{n:>4}") };
        println!("  {digit} {}", row.iter().map(count).collect::<Vec<_>>().concat());
    }

    let curve = |name: &str, read: fn(&(f64, f64, f64)) -> (f64, f64)| Curve {
        name: name.to_owned(),
        points: losses.iter().map(read).collect(),
    };
    let curves = [curve("train", |l| (l.0, l.1)), curve("test", |l| (l.0, l.2))];
    let file = output_file("two_layer_network.svg")?;
    draw_curves(&file, Labels { title: "Two-layer network", x: "epoch", y: "log₁₀ loss" }, &curves)?;
    println!("\nthe loss over the training: {}", file.display());
    Ok(())
}

/// A network with one hidden layer.
pub struct Network {
    w1: DMatrix<f64>,
    b1: RowDVector<f64>,
    w2: DMatrix<f64>,
    b2: RowDVector<f64>,
}

impl Network {
    /// Random weights, of a size that keeps the size of what they are multiplied with; no intercepts.
    fn random(inputs: usize, hidden: usize, random: &mut ChaCha8Rng) -> Self {
        let mut weights = |rows: usize, cols: usize| {
            let normal = DMatrix::<f64>::from_fn(rows, cols, |_, _| StandardNormal.sample(random));
            normal / (rows as f64).sqrt()
        };
        let (w1, w2) = (weights(inputs, hidden), weights(hidden, CLASSES));
        Self { w1, b1: RowDVector::zeros(hidden), w2, b2: RowDVector::zeros(CLASSES) }
    }

    /// The scores of images, a row each; the highest is the digit.
    #[must_use]
    pub fn scores(&self, pixels: &DMatrix<f64>) -> DMatrix<f64> {
        let ones = DVector::from_element(pixels.nrows(), 1.0);
        let hidden = (pixels * &self.w1 + &ones * &self.b1).map(matgrad::sigmoid);
        hidden * &self.w2 + ones * &self.b2
    }

    /// The mean cross-entropy on images.
    #[must_use]
    pub fn loss(&self, pixels: &DMatrix<f64>, one_hot: &DMatrix<f64>) -> f64 {
        loss(&self.w1, &self.b1, &self.w2, &self.b2, pixels, one_hot)
    }
}

/// Trains a network by stochastic gradient descent, and shows it to `watch` after each epoch.
pub fn fit(images: &Images, training: &Training, mut watch: impl FnMut(u32, &Network)) -> Network {
    let mut random = ChaCha8Rng::seed_from_u64(training.seed);
    let mut network = Network::random(images.pixels.ncols(), training.hidden, &mut random);
    let mut order: Vec<usize> = (0..images.digits.len()).collect();
    for epoch in 0..training.epochs {
        let rate = training.rate * (1.0 - f64::from(epoch) / f64::from(training.epochs));
        order.shuffle(&mut random);
        for numbers in order.chunks(training.batch.max(1)) {
            let batch = images.select(numbers);
            let Network { w1, b1, w2, b2 } = &mut network;
            let (by_w1, by_b1, by_w2, by_b2) = loss_grad(w1, b1, w2, b2, &batch.pixels, &batch.one_hot());
            *w1 -= rate * by_w1;
            *b1 -= rate * by_b1;
            *w2 -= rate * by_w2;
            *b2 -= rate * by_b2;
        }
        watch(epoch + 1, &network);
    }
    network
}
