//! Learns which protein acts on which from single-cell measurements: NOTEARS [Zheng, Aragam, Ravikumar and Xing 2018] finds the weights of an
//! acyclic graph by continuous optimisation, on the gradient of the augmented Lagrangian that `#[grad]` derives.
//!
//! ```text
//! cargo run --release --example notears
//! ```

#![allow(clippy::cast_precision_loss, reason = "the number of rows is far below 2⁵³")]

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use matgrad::grad;
use matgrad_examples::{Edges, Minimization, NoMinimum, Table, data_file, draw_graphs, finish, output_file};
use nalgebra::{DMatrix, DVector};

/// The augmented Lagrangian of `min ‖x − x w‖² / (2 n) + λ ‖w‖₁` over acyclic `w`: `h(w) = tr exp(w ∘ w) − d` is zero for these alone.
///
/// The absolute values are differentiable where `w` is split into a positive and a negative part, `w = plus − minus`.
#[grad(plus, minus)]
fn lagrangian(plus: &DMatrix<f64>, minus: &DMatrix<f64>, x: &DMatrix<f64>, lambda: f64, alpha: f64, rho: f64) -> f64 {
    let w = plus - minus;
    let loss = (x - x * &w).norm_squared() / (2.0 * x.nrows() as f64);
    let h = w.component_mul(&w).exp().trace() - w.nrows() as f64;
    loss + lambda * (plus.sum() + minus.sum()) + alpha * h + 0.5 * rho * h * h
}

/// The gradients as the documentation of `lagrangian_grad` shows them.
const GRADIENTS: &str = "\
∂lagrangian/∂plus  = 2 s − t + lambda 1
∂lagrangian/∂minus = t − 2 s + lambda 1
where r = exp((plus − minus) ∘ (plus − minus))
      h = tr(r) − n
      s = (alpha + rho h) ((plus − minus) ∘ rᵀ)
      t = xᵀ (x − x (plus − minus)) / p";

/// Learns an acyclic graph from the columns of a CSV file.
#[derive(Parser)]
struct Arguments {
    /// A header with the names of the nodes, then positive measurements
    #[arg(default_value_os_t = data_file("sachs.csv"))]
    file: PathBuf,
    /// The graph to compare with: a header, then two names in each line, from where to where
    #[arg(long, default_value_os_t = data_file("sachs_consensus_edges.csv"))]
    consensus: PathBuf,
    #[command(flatten)]
    settings: Settings,
}

/// What is minimised, and how far.
#[derive(clap::Args)]
pub struct Settings {
    /// The penalty on absolute values of weights
    #[arg(long, default_value_t = 0.03)]
    pub lambda: f64,
    /// Smaller weights are no edges
    #[arg(long, default_value_t = 0.3)]
    pub threshold: f64,
    /// The largest `h(w)` of a graph that counts as acyclic
    #[arg(long, default_value_t = 1e-8)]
    pub tolerance: f64,
}

fn main() -> ExitCode {
    finish(run(&Arguments::parse()))
}

fn run(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let table = Table::read(&arguments.file)?;
    let consensus = Edges::read(&arguments.consensus, table.names())?;
    let x = centred_logarithms(&table)?;
    println!("{}: {} cells, {} proteins", arguments.file.display(), x.nrows(), x.ncols());
    println!("\n  {}\n", GRADIENTS.replace('\n', "\n  "));

    let bar = ProgressBar::new_spinner().with_style(ProgressStyle::with_template("{spinner} {elapsed} {msg}")?);
    println!("     rho      alpha   lagrangian     h(w)   iterations");
    let w = learn(&x, &arguments.settings, |round| {
        let Round { rho, alpha, value, h, iterations } = round;
        bar.suspend(|| println!("{rho:>8.0e} {alpha:>10.2e} {value:>12.6} {h:>8.1e} {iterations:>8}"));
        bar.set_message(format!("h(w) = {h:.1e}"));
        bar.tick();
    })?;
    bar.finish_and_clear();

    let learned = Edges::of(&w, arguments.settings.threshold);
    println!("\nedges of more than {} in size, and what the consensus network has there:", arguments.settings.threshold);
    let names = table.names();
    for (i, j) in learned.iter() {
        let known = if consensus.contains(i, j) {
            "the same"
        } else if consensus.contains(j, i) {
            "the reverse"
        } else {
            "nothing"
        };
        println!("  {:>8} → {:<8} {:>6.2}   {known}", names[i], names[j], w[(i, j)]);
    }
    println!("\nedges                        {}, of the consensus network {}", learned.count(), consensus.count());
    println!("structural Hamming distance  {}", learned.distance(&consensus));

    let file = output_file("notears.svg")?;
    draw_graphs(&file, names, ("learned", &learned), ("consensus", &consensus))?;
    println!("\nthe graphs: {}", file.display());
    Ok(())
}

/// The logarithms of all columns, of mean zero.
///
/// # Errors
/// If a number is not positive.
pub fn centred_logarithms(table: &Table) -> Result<DMatrix<f64>, Box<dyn Error>> {
    table.require_positive()?;
    let mut x = table.values().map(f64::ln);
    for mut column in x.column_iter_mut() {
        column.add_scalar_mut(-column.mean());
    }
    Ok(x)
}

/// A matrix with as many rows as columns that has the same `‖x − x w‖² / n` for all `w`, as it has the same `xᵀx / n`.
#[must_use]
pub fn shortened(x: &DMatrix<f64>) -> DMatrix<f64> {
    let r = x.clone().qr().r();
    let share = r.nrows() as f64 / x.nrows() as f64;
    r * share.sqrt()
}

/// `h(w) = tr exp(w ∘ w) − d`: how far the graph of the weights is from having no cycle.
#[must_use]
pub fn cycles(w: &DMatrix<f64>) -> f64 {
    w.component_mul(w).exp().trace() - w.nrows() as f64
}

/// A minimisation of the augmented Lagrangian, for those who watch.
pub struct Round {
    /// The weight of `h²`.
    pub rho: f64,
    /// The multiplier of `h`.
    pub alpha: f64,
    /// The augmented Lagrangian at the minimum.
    pub value: f64,
    /// `h(w)` at the minimum.
    pub h: f64,
    /// The number of steps of L-BFGS.
    pub iterations: u64,
}

/// Weights of an acyclic graph, `w[(i, j)]` of the edge `i → j`, by the method of multipliers: the Lagrangian is minimised again and again,
/// with a multiplier that follows `h` and a penalty that grows until `h` falls fast enough.
///
/// # Errors
/// If a minimisation does not converge.
pub fn learn(x: &DMatrix<f64>, settings: &Settings, mut watch: impl FnMut(&Round)) -> Result<DMatrix<f64>, NoMinimum> {
    let d = x.ncols();
    let x = &shortened(x);
    // both parts are at least zero, and no node acts on itself
    let upper = DMatrix::from_fn(d, d, |i, j| if i == j { 0.0 } else { f64::INFINITY });
    let upper = pack(&upper, &upper);
    let minimization = Minimization::until_gradient(1e-5).or_reduction(2.2e-9).between(DVector::zeros(upper.len()), upper);

    let mut parts = DVector::zeros(2 * d * d);
    let (mut rho, mut alpha, mut h) = (1.0, 0.0, f64::INFINITY);
    while h > settings.tolerance && rho < 1e16 {
        let minimum = minimization.run(parts.clone(), |v| {
            let (plus, minus) = unpack(v, d);
            let (value, (by_plus, by_minus)) = lagrangian_value_and_grad(&plus, &minus, x, settings.lambda, alpha, rho);
            (value, pack(&by_plus, &by_minus))
        })?;
        let (plus, minus) = unpack(&minimum.point, d);
        let value = lagrangian(&plus, &minus, x, settings.lambda, alpha, rho);
        let reached = cycles(&(plus - minus));
        watch(&Round { rho, alpha, value, h: reached, iterations: minimum.iterations });
        if reached > 0.25 * h {
            rho *= 10.0;
        } else {
            (parts, h) = (minimum.point, reached);
            alpha += rho * h;
        }
    }
    let (plus, minus) = unpack(&parts, d);
    Ok(plus - minus)
}

/// The entries of two matrices as the vector that L-BFGS works on.
fn pack(plus: &DMatrix<f64>, minus: &DMatrix<f64>) -> DVector<f64> {
    DVector::from_iterator(plus.len() + minus.len(), plus.iter().chain(minus).copied())
}

/// The two `d × d` matrices of [`pack`].
fn unpack(v: &DVector<f64>, d: usize) -> (DMatrix<f64>, DMatrix<f64>) {
    let (plus, minus) = v.as_slice().split_at(d * d);
    (DMatrix::from_column_slice(d, d, plus), DMatrix::from_column_slice(d, d, minus))
}
