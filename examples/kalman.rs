//! Finds out how noisy a moving object and its measurements are: maximum likelihood for the noise covariances of a linear state-space model,
//! by the gradient of the Kalman filter's innovation likelihood. `#[grad]` derives one step; the sum over the steps is plain Rust.
//!
//! ```text
//! cargo run --release --example kalman
//! ```

#![allow(clippy::cast_precision_loss, reason = "the number of steps is far below 2⁵³")]

use std::error::Error;
use std::process::ExitCode;

use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use matgrad::grad;
use matgrad_examples::{Curve, Labels, Minimization, NoMinimum, draw_curves, finish, output_file};
use nalgebra::{DVector, Matrix2, Vector2};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};

/// One step of a Kalman filter, as a term of the Lagrangian by which the likelihood of all steps is differentiated.
///
/// Before the measurement `y` the state is distributed `N(m, p)`. The term is the negative logarithm of the likelihood of `y`, up to a
/// constant, and what the step predicts for the next state, `m' = f (m + k v)` and `p' = f (p − k s kᵀ) fᵀ + q`, against the multipliers `u`
/// and `z`. So the derivatives by `u` and `z` are the prediction, with which one goes forward; and those by `m` and `p`, at the multipliers
/// of the step after, are the multipliers of the step before, with which one goes back.
#[grad(m, p, lq, lr, u, z, spd(p), lower_triangular(lq), lower_triangular(lr), symmetric(z))]
#[allow(dead_code, reason = "it is its companions that are called")]
fn step(
    m: &Vector2<f64>,
    p: &Matrix2<f64>,
    lq: &Matrix2<f64>,
    lr: &Matrix2<f64>,
    u: &Vector2<f64>,
    z: &Matrix2<f64>,
    y: &Vector2<f64>,
) -> Option<f64> {
    let (f, h): (Matrix2<f64>, Matrix2<f64>) = (F, H);
    let v = y - h * m;
    let s = (h * p * h.transpose() + lr * lr.transpose()).cholesky()?;
    let k = p * h.transpose() * s.inverse();
    let next_m = f * (m + k * v);
    let next_p = f * (p - k * h * p) * f.transpose() + lq * lq.transpose();
    Some(0.5 * (s.ln_determinant() + v.dot(&s.solve(&v))) + u.dot(&next_m) + z.dot(&next_p))
}

/// The prediction as the documentation of `step_grad` shows it.
const PREDICTION: &str = "\
∂step/∂u  = f (m + p hᵀ r v)
∂step/∂z  = f (p − p hᵀ r h p) fᵀ + lq lqᵀ
where v = y − h m
      r = (h p hᵀ + lr lrᵀ)⁻¹";

/// Estimates noise covariances from a simulated drive along a road.
#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    settings: Settings,
    /// Drives simulated from the estimate, whose estimates give the standard errors
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(2..))]
    replicates: u32,
}

/// What is simulated.
#[derive(clap::Args, Clone, Copy)]
pub struct Settings {
    /// Seconds, with a measurement in each
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u32).range(10..))]
    pub steps: u32,
    /// The seed of all random numbers
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}

fn main() -> ExitCode {
    finish(run(&Arguments::parse()))
}

fn run(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let mut random = ChaCha8Rng::seed_from_u64(arguments.settings.seed);
    let drive = Drive::simulate(&TRUTH, arguments.settings.steps, &mut random);
    println!("a drive of {} seconds; position and velocity are measured", drive.measured.len());
    println!("\n  {}\n", PREDICTION.replace('\n', "\n  "));
    let estimate = fit(&drive.measured, &START)?;

    let bar = ProgressBar::new(arguments.replicates.into())
        .with_style(ProgressStyle::with_template("{wide_bar} drive {pos}/{len} for the standard errors")?);
    let errors = standard_errors(&estimate, arguments.settings.steps, arguments.replicates, &mut random, || bar.inc(1))?;
    bar.finish_and_clear();

    println!("          truth   estimate   standard error");
    let entries = ["q₁₁", "q₂₁", "q₂₂", "r₁₁", "r₂₁", "r₂₂"].iter().zip(TRUTH.covariances());
    for ((name, truth), (estimated, error)) in entries.zip(estimate.covariances().into_iter().zip(errors)) {
        println!("  {name}   {truth:>8.4}   {estimated:>8.4}   {error:>8.4}");
    }
    let likelihood = |noise: &Noise| likelihood(noise, &drive.measured).map_or(f64::NAN, |(value, _)| value);
    println!("\nmean −ln likelihood: {:.6} at the truth, {:.6} at the estimate", likelihood(&TRUTH), likelihood(&estimate));

    let predicted = filter(&estimate, &drive.measured).ok_or(SINGULAR)?;
    let curve = |name: &str, velocities: &mut dyn Iterator<Item = f64>| Curve {
        name: name.to_owned(),
        points: (0_u32..).map(f64::from).zip(velocities).take(120).collect(),
    };
    let curves = [
        curve("measured", &mut drive.measured.iter().map(|y| y[1] / H[(1, 1)])),
        curve("predicted", &mut predicted.iter().map(|before| before.m[1])),
        curve("true", &mut drive.states.iter().map(|x| x[1])),
    ];
    let file = output_file("kalman.svg")?;
    draw_curves(&file, Labels { title: "Kalman filter", x: "second", y: "velocity in m/s" }, &curves)?;
    println!("\nthe first two minutes: {}", file.display());
    Ok(())
}

/// The state is position and velocity, in metres and metres per second; in a second, the one grows by the other.
const F: Matrix2<f64> = Matrix2::new(1.0, 1.0, 0.0, 1.0);

/// The position is measured in metres, the velocity in kilometres per hour.
const H: Matrix2<f64> = Matrix2::new(1.0, 0.0, 0.0, 3.6);

/// The noise that simulations have.
pub const TRUTH: Noise = Noise { lq: Matrix2::new(0.5, 0.0, 0.2, 0.3), lr: Matrix2::new(2.0, 0.0, 0.6, 1.5) };

/// Where estimations begin.
pub const START: Noise = Noise { lq: Matrix2::new(1.0, 0.0, 0.0, 1.0), lr: Matrix2::new(1.0, 0.0, 0.0, 1.0) };

const SINGULAR: &str = "a covariance of innovations is singular";

/// Gaussian noise of the motion and of the measurements.
#[derive(Clone, Copy, Debug)]
pub struct Noise {
    /// A factor of the covariance `q = lq lqᵀ` of the motion, lower triangular.
    pub lq: Matrix2<f64>,
    /// A factor of the covariance `r = lr lrᵀ` of the measurements, lower triangular.
    pub lr: Matrix2<f64>,
}

impl Noise {
    /// The entries of the lower triangles of `q` and `r`.
    #[must_use]
    pub fn covariances(&self) -> [f64; 6] {
        let (q, r) = (self.lq * self.lq.transpose(), self.lr * self.lr.transpose());
        [q.m11, q.m21, q.m22, r.m11, r.m21, r.m22]
    }

    /// The entries of the factors, as the vector that L-BFGS works on.
    fn pack(&self) -> DVector<f64> {
        DVector::from_column_slice(&[self.lq.m11, self.lq.m21, self.lq.m22, self.lr.m11, self.lr.m21, self.lr.m22])
    }

    fn unpack(v: &DVector<f64>) -> Self {
        Self { lq: Matrix2::new(v[0], 0.0, v[1], v[2]), lr: Matrix2::new(v[3], 0.0, v[4], v[5]) }
    }
}

/// A simulated drive.
pub struct Drive {
    /// Where the object was, and how fast.
    pub states: Vec<Vector2<f64>>,
    /// What was measured.
    pub measured: Vec<Vector2<f64>>,
}

impl Drive {
    /// A drive with this noise.
    #[must_use]
    pub fn simulate(noise: &Noise, steps: u32, random: &mut ChaCha8Rng) -> Self {
        let mut normal = || Vector2::from_fn(|_, _| StandardNormal.sample(random));
        let mut x = normal();
        let mut drive = Self { states: Vec::new(), measured: Vec::new() };
        for _ in 0..steps {
            drive.states.push(x);
            drive.measured.push(H * x + noise.lr * normal());
            x = F * x + noise.lq * normal();
        }
        drive
    }
}

/// What the filter knows before a measurement.
pub struct Prediction {
    m: Vector2<f64>,
    p: Matrix2<f64>,
    /// The term of the measurement in the likelihood.
    term: f64,
}

/// The predictions before all measurements: the derivatives by the multipliers, forwards. `None` if a covariance is singular.
#[must_use]
pub fn filter(noise: &Noise, measured: &[Vector2<f64>]) -> Option<Vec<Prediction>> {
    let (mut m, mut p) = (Vector2::zeros(), Matrix2::identity());
    let mut predictions = Vec::new();
    for y in measured {
        let (u, z) = (Vector2::zeros(), Matrix2::zeros());
        let (term, (.., next_m, next_p)) = step_value_and_grad(&m, &p, &noise.lq, &noise.lr, &u, &z, y)?;
        predictions.push(Prediction { m, p, term });
        (m, p) = (next_m, next_p);
    }
    Some(predictions)
}

/// The mean of the negative logarithms of the likelihoods of all measurements, up to a constant, and its gradient by the factors of the
/// covariances: the derivatives by the state, backwards. `None` if a covariance is singular.
#[must_use]
pub fn likelihood(noise: &Noise, measured: &[Vector2<f64>]) -> Option<(f64, Noise)> {
    let predictions = filter(noise, measured)?;
    let mut value = 0.0;
    let mut gradient = Noise { lq: Matrix2::zeros(), lr: Matrix2::zeros() };
    let (mut u, mut z) = (Vector2::zeros(), Matrix2::zeros());
    for (Prediction { m, p, term }, y) in predictions.iter().zip(measured).rev() {
        let (by_m, by_p, by_lq, by_lr, ..) = step_grad(m, p, &noise.lq, &noise.lr, &u, &z, y)?;
        value += term;
        gradient.lq += by_lq;
        gradient.lr += by_lr;
        (u, z) = (by_m, by_p);
    }
    let share = 1.0 / measured.len() as f64;
    Some((share * value, Noise { lq: share * gradient.lq, lr: share * gradient.lr }))
}

/// The noise under which the measurements are most likely.
///
/// # Errors
/// If the minimisation does not converge.
pub fn fit(measured: &[Vector2<f64>], start: &Noise) -> Result<Noise, NoMinimum> {
    let minimum = Minimization::until_gradient(1e-6).run(start.pack(), |v| match likelihood(&Noise::unpack(v), measured) {
        Some((value, gradient)) => (value, gradient.pack()),
        // no step ends there
        None => (f64::INFINITY, DVector::zeros(v.len())),
    })?;
    Ok(Noise::unpack(&minimum.point))
}

/// The standard deviations of estimates of the covariances from drives that are simulated with this noise: the parametric bootstrap.
///
/// # Errors
/// If a minimisation does not converge.
pub fn standard_errors(
    noise: &Noise,
    steps: u32,
    replicates: u32,
    random: &mut ChaCha8Rng,
    mut done: impl FnMut(),
) -> Result<[f64; 6], NoMinimum> {
    let mut squares = [0.0; 6];
    for _ in 0..replicates {
        let estimate = fit(&Drive::simulate(noise, steps, random).measured, noise)?;
        for ((square, estimated), known) in squares.iter_mut().zip(estimate.covariances()).zip(noise.covariances()) {
            *square += (estimated - known).powi(2);
        }
        done();
    }
    Ok(squares.map(|square| (square / f64::from(replicates)).sqrt()))
}
