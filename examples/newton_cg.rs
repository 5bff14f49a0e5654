//! Reads handwritten digits: softmax regression by Newton's method whose linear systems are solved by conjugate gradients, on products of
//! the Hessian with directions that `#[hvp]` derives. The Hessian itself, 650 × 650, is never formed.
//!
//! ```text
//! cargo run --release --example newton_cg
//! ```

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use matgrad::{grad, hvp};
use matgrad_examples::{CLASSES, Images, data_file, finish};
use nalgebra::{DMatrix, DVector, RowDVector};

/// Cross-entropy of a softmax regression, and a penalty on large weights, as in the example `softmax_regression`.
#[grad(w, b)]
#[hvp(w, b)]
fn objective(w: &DMatrix<f64>, b: &RowDVector<f64>, x: &DMatrix<f64>, y: &DMatrix<f64>) -> f64 {
    let ones = DVector::from_element(x.nrows(), 1.0);
    let scores = x * w + ones * b;
    matgrad::log_sum_exp_rows(&scores).sum() - y.dot(&scores) + 0.5 * w.norm_squared()
}

/// The products as the documentation of `objective_hvp` shows them: how the gradient changes along a direction.
const PRODUCTS: &str = "\
d ∂objective/∂w = xᵀ s + dw
d ∂objective/∂b = 1ᵀ s
where scores = x w + 1 b
      s = softmax_rows(scores) ∘ (x dw + 1 db − (softmax_rows(scores) ∘ (x dw + 1 db)) 1 1ᵀ)";

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
    println!("\n  {}\n", PRODUCTS.replace('\n', "\n  "));

    println!("iteration       objective   ‖gradient‖   products");
    let problem = Problem::new(&train);
    let model = problem.minimize(|step| {
        println!("{:>9} {:>15.5} {:>12.2e} {:>10}", step.number, step.value, step.gradient, step.products);
    })?;
    println!("\nobjective       {:.5}, after {} products with the Hessian", model.value, model.products);
    println!("train accuracy  {:.3}", train.accuracy(&model.point.scores(&train.pixels)));
    println!("test accuracy   {:.3}", test.accuracy(&model.point.scores(&test.pixels)));
    Ok(())
}

/// Weights and intercepts: a point, a direction, or a gradient.
#[derive(Clone, Debug)]
pub struct Point {
    /// The weights, a column for each class.
    pub w: DMatrix<f64>,
    /// The intercepts.
    pub b: RowDVector<f64>,
}

impl Point {
    fn zeros(features: usize) -> Self {
        Self { w: DMatrix::zeros(features, CLASSES), b: RowDVector::zeros(CLASSES) }
    }

    /// The scores of images, a row each; the highest is the digit.
    #[must_use]
    pub fn scores(&self, pixels: &DMatrix<f64>) -> DMatrix<f64> {
        pixels * &self.w + DVector::from_element(pixels.nrows(), 1.0) * &self.b
    }

    fn dot(&self, other: &Self) -> f64 {
        self.w.dot(&other.w) + self.b.dot(&other.b)
    }

    fn norm(&self) -> f64 {
        self.w.norm().hypot(self.b.norm())
    }

    /// `self + t other`.
    fn plus(&self, t: f64, other: &Self) -> Self {
        Self { w: &self.w + t * &other.w, b: &self.b + t * &other.b }
    }
}

/// An iteration.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// Its number; the start is 0.
    pub number: usize,
    /// The value of the objective.
    pub value: f64,
    /// The norm of its gradient.
    pub gradient: f64,
    /// Products with Hessians so far.
    pub products: usize,
}

/// A fitted softmax regression.
pub struct Model {
    /// Weights and intercepts.
    pub point: Point,
    /// The least value of the objective.
    pub value: f64,
    /// Products with Hessians that it took.
    pub products: usize,
}

/// What is minimised.
pub struct Problem {
    x: DMatrix<f64>,
    y: DMatrix<f64>,
}

impl Problem {
    /// Softmax regression of these images.
    #[must_use]
    pub fn new(images: &Images) -> Self {
        Self { x: images.pixels.clone(), y: images.one_hot() }
    }

    fn value(&self, point: &Point) -> f64 {
        objective(&point.w, &point.b, &self.x, &self.y)
    }

    fn value_and_gradient(&self, point: &Point) -> (f64, Point) {
        let (value, (w, b)) = objective_value_and_grad(&point.w, &point.b, &self.x, &self.y);
        (value, Point { w, b })
    }

    /// The Hessian at a point times a direction.
    fn product(&self, point: &Point, direction: &Point) -> Point {
        let (w, b) = objective_hvp(&point.w, &point.b, &self.x, &self.y, &direction.w, &direction.b);
        Point { w, b }
    }

    /// Newton's method from zero, each system solved the better the nearer the minimum is.
    ///
    /// # Errors
    /// If no step along a direction reduces the objective.
    pub fn minimize(&self, mut watch: impl FnMut(Step)) -> Result<Model, String> {
        let mut point = Point::zeros(self.x.ncols());
        let (mut value, mut gradient) = self.value_and_gradient(&point);
        let (start, mut products) = (gradient.norm(), 0);
        for number in 0.. {
            watch(Step { number, value, gradient: gradient.norm(), products });
            if gradient.norm() <= 1e-9 * start {
                break;
            }
            let (direction, count) = self.direction(&point, &gradient, start);
            products += count;
            let slope = direction.dot(&gradient);
            let falls = |t: &f64| self.value(&point.plus(*t, &direction)) <= value + 1e-4 * t * slope + 1e-14 * value.abs();
            let halves = std::iter::successors(Some(1.0), |t| Some(0.5 * t));
            let t = halves.take(30).find(falls).ok_or("no step reduces the objective")?;
            point = point.plus(t, &direction);
            (value, gradient) = self.value_and_gradient(&point);
        }
        Ok(Model { point, value, products })
    }

    /// `d` with `H d ≈ −g` by conjugate gradients, so near that Newton's method converges faster than linearly
    /// [Nocedal and Wright, Numerical Optimization, algorithm 7.1], and the number of products.
    fn direction(&self, point: &Point, gradient: &Point, start: f64) -> (Point, usize) {
        let tolerance = (gradient.norm() / start).sqrt().min(0.5) * gradient.norm();
        let mut direction = Point::zeros(self.x.ncols());
        let mut residual = Point { w: -&gradient.w, b: -&gradient.b };
        let mut search = residual.clone();
        let mut square = residual.dot(&residual);
        let mut count = 0;
        while square.sqrt() > tolerance {
            let product = self.product(point, &search);
            count += 1;
            let curvature = search.dot(&product);
            // no curvature along the common shift of all intercepts, which the gradient has no part of but by rounding
            if curvature <= 1e-14 * search.dot(&search) {
                break;
            }
            let t = square / curvature;
            direction = direction.plus(t, &search);
            residual = residual.plus(-t, &product);
            let before = std::mem::replace(&mut square, residual.dot(&residual));
            search = residual.plus(square / before, &search);
        }
        (direction, count)
    }
}
