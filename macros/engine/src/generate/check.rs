//! The oracle: whether what the engine makes of a sample is what differences say.

use std::collections::HashMap;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::Sample;
use super::differences::{Derivative, Differences};
use super::random::Random;
use crate::diff::{self, ScalarFunction};
use crate::eval::{EvalError, Mat, evaluate};
use crate::ir::{Graph, NodeId};
use crate::{ops, schedule, simplify};

/// What came out of a check.
#[derive(Debug)]
pub enum Outcome {
    /// All agree, up to this error relative to the size of the gradient.
    Right(f64),
    /// The differences do not agree with each other: near a kink, a pole, or out of their precision.
    Unreliable,
    /// Something is wrong.
    Wrong(Failure),
}

/// A mistake of the engine.
#[derive(Clone, Debug)]
pub enum Failure {
    /// It panicked.
    Panic(String),
    /// A node that a parameter reaches has no differential.
    NoRule(Vec<&'static str>),
    /// What it made cannot be evaluated.
    NoValue(&'static str, EvalError),
    /// Another value than that of the function.
    Value(&'static str, f64, f64),
    /// A gradient of another shape than its parameter.
    Shape(&'static str, usize),
    /// A gradient that is not finite, of a value that is.
    NotFinite(&'static str, usize),
    /// A gradient out of the directions in which its parameter stays what it is declared.
    NotAdmissible(&'static str, usize),
    /// Another derivative than the differences say, by a parameter in a direction.
    Gradient(&'static str, usize, f64, f64),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Panic(message) => write!(f, "the engine panics: {message}"),
            Self::NoRule(names) => write!(f, "no differential: {}", names.join(", ")),
            Self::NoValue(which, error) => write!(f, "{which} cannot be evaluated: {error}"),
            Self::Value(which, expected, found) => write!(f, "the value of {which} is {found}, and should be {expected}"),
            Self::Shape(which, p) => write!(f, "{which}: the gradient by parameter {p} has not its shape"),
            Self::NotFinite(which, p) => write!(f, "{which}: the gradient by parameter {p} is not finite"),
            Self::NotAdmissible(which, p) => {
                write!(f, "{which}: along the gradient by parameter {p} it does not stay what it is declared")
            }
            Self::Gradient(which, p, expected, found) => {
                write!(f, "{which}: the derivative by parameter {p} in some direction is {found}, and should be {expected}")
            }
        }
    }
}

const DERIVED: &str = "the derivation";
const GRADIENTS: &str = "the program of the gradients";
const BOTH: &str = "the program of value and gradients";

/// Differentiate, simplify and schedule a sample, and compare all with differences of the function as it stands.
#[must_use]
pub fn check(sample: &Sample) -> Outcome {
    let Some(mut differences) = Differences::of(sample) else { return Outcome::Unreliable };
    let made = catch_unwind(AssertUnwindSafe(|| Made::of(sample)));
    let made = match made {
        Ok(Ok(made)) => made,
        Ok(Err(failure)) => return Outcome::Wrong(failure),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().cloned();
            let text = text.or_else(|| panic.downcast_ref::<&str>().map(|s| (*s).to_owned()));
            return Outcome::Wrong(Failure::Panic(text.unwrap_or_default()));
        }
    };
    match compare(sample, &made, &mut differences) {
        Ok(Some(error)) => Outcome::Right(error),
        Ok(None) => Outcome::Unreliable,
        Err(failure) => Outcome::Wrong(failure),
    }
}

/// What the engine made of a sample.
struct Made {
    /// The values of the function, by all ways.
    values: Vec<(&'static str, f64)>,
    /// The gradients, by all ways, in the order of `wrt`; 0 by a parameter on which the function does not depend.
    gradients: Vec<(&'static str, Vec<Mat>)>,
}

impl Made {
    fn of(sample: &Sample) -> Result<Self, Failure> {
        let (mut g, place) = simplify::rebuild(&sample.graph, &[sample.root], &sample.spd);
        let value = place[&sample.root];
        let scalar = ScalarFunction::new(&g, value).unwrap_or_else(|| unreachable!("a sample ends in a scalar"));
        let found = diff::gradient(&mut g, scalar, &sample.wrt);
        if !found.without_rule.is_empty() {
            return Err(Failure::NoRule(found.without_rule.iter().map(|id| ops::record(g.kind(*id)).name).collect()));
        }
        let roots: Vec<NodeId> = found.by.iter().flatten().copied().collect();
        let roots = diff::arranged(&mut g, &[value], &roots);
        let mut both = vec![value];
        both.extend(&roots);

        let mut made = Self { values: Vec::new(), gradients: Vec::new() };
        made.run(sample, DERIVED, &g, &both, &found.by)?;
        let program = schedule::schedule(&g, &roots, &HashMap::new());
        made.run(sample, GRADIENTS, &program.graph, &program.roots, &found.by)?;
        let program = schedule::schedule(&g, &both, &HashMap::new());
        made.run(sample, BOTH, &program.graph, &program.roots, &found.by)?;
        Ok(made)
    }
    /// The roots of one graph: the value, if they begin with it, and the gradients that there are.
    fn run(
        &mut self,
        sample: &Sample,
        which: &'static str,
        g: &Graph,
        roots: &[NodeId],
        by: &[Option<NodeId>],
    ) -> Result<(), Failure> {
        let mut found = evaluate(g, roots, &sample.environment()).map_err(|error| Failure::NoValue(which, error))?.into_iter();
        if roots.len() > by.iter().flatten().count() {
            self.values.extend(found.next().map(|value| (which, value.at(0, 0))));
        }
        let mut gradients = Vec::new();
        for (p, there) in sample.wrt.iter().zip(by) {
            let zero = || Mat::zeros(sample.parameters[*p].rows, sample.parameters[*p].cols);
            let gradient = there.and_then(|_| found.next()).unwrap_or_else(zero);
            if gradient.shape() != sample.parameters[*p].shape() {
                return Err(Failure::Shape(which, *p));
            }
            gradients.push(gradient);
        }
        self.gradients.push((which, gradients));
        Ok(())
    }
}

/// The relative error; `None` if the differences are of no use.
fn compare(sample: &Sample, made: &Made, differences: &mut Differences<'_>) -> Result<Option<f64>, Failure> {
    let (expected, magnitude) = (differences.value, differences.magnitude);
    for (which, value) in &made.values {
        let close = (value - expected).abs() <= 1e-10 * magnitude + 1e-8 * expected.abs();
        if !close {
            return Err(Failure::Value(which, expected, *value));
        }
    }
    let mut random = Random::new(7);
    let mut worst = 0.0f64;
    for (i, p) in sample.wrt.iter().enumerate() {
        let direction = direction(sample, *p, &mut random);
        let gradients: Vec<(&'static str, &Mat)> = made.gradients.iter().map(|(which, all)| (*which, &all[i])).collect();
        let Some(derivative) = differentiate(differences, *p, &direction) else { return Ok(None) };
        for (which, gradient) in &gradients {
            let top = gradient.max_abs();
            if !top.is_finite() {
                return Err(Failure::NotFinite(which, *p));
            }
            if departs(sample, *p, gradient) > 1e-9 * top + 1e-11 * magnitude {
                return Err(Failure::NotAdmissible(which, *p));
            }
            let found = gradient.inner(&direction);
            let size = gradient.zip(&direction, |g, d| (g * d).abs()).data.iter().sum::<f64>().max(derivative.value.abs());
            let error = (found - derivative.value).abs();
            if error > 1e-6 * size + 10.0 * derivative.spread + 1e-9 * magnitude {
                return Err(Failure::Gradient(which, *p, derivative.value, found));
            }
            worst = worst.max(error / (size + 1e-3 * magnitude));
        }
    }
    Ok(Some(worst))
}

/// A direction in which to look at a gradient, one in which the parameter stays what it is declared: no entry is near 0, and so none is
/// overlooked.
fn direction(sample: &Sample, p: usize, random: &mut Random) -> Mat {
    let (value, promises) = (&sample.parameters[p], &sample.graph.promises);
    let free = Mat::from_fn(value.rows, value.cols, |_, _| random.of(&[-1.0, 1.0]) * random.between(0.4, 1.0));
    if promises.orthogonal.contains(&p) {
        return value.mul(&free.sub(&free.transpose())); // QᵀdQ is skew-symmetric
    }
    let part = |holds: fn(usize, usize) -> bool| {
        Mat::from_fn(value.rows, value.cols, |r, c| if holds(r, c) { free.at(r, c) } else { 0.0 })
    };
    if promises.diagonal.contains(&p) {
        part(|r, c| r == c)
    } else if promises.lower_triangular.contains(&p) {
        part(|r, c| r >= c)
    } else if sample.symmetric.contains(&p) {
        Mat::from_fn(value.rows, value.cols, |r, c| free.at(r.max(c), r.min(c)))
    } else {
        free
    }
}

/// How far a gradient is from the directions in which its parameter stays what it is declared.
fn departs(sample: &Sample, p: usize, gradient: &Mat) -> f64 {
    let (value, promises) = (&sample.parameters[p], &sample.graph.promises);
    let part = |outside: fn(usize, usize) -> bool| {
        Mat::from_fn(value.rows, value.cols, |r, c| if outside(r, c) { gradient.at(r, c) } else { 0.0 })
    };
    if promises.orthogonal.contains(&p) {
        let turned = value.transpose().mul(gradient);
        turned.add(&turned.transpose()).max_abs()
    } else if promises.diagonal.contains(&p) {
        part(|r, c| r != c).max_abs()
    } else if promises.lower_triangular.contains(&p) {
        part(|r, c| r < c).max_abs()
    } else if sample.symmetric.contains(&p) {
        gradient.sub(&gradient.transpose()).max_abs()
    } else {
        0.0
    }
}

/// The derivative in a direction, by differences of a step at which they can be trusted.
fn differentiate(differences: &mut Differences<'_>, p: usize, direction: &Mat) -> Option<Derivative> {
    let noise = 1e-8 * differences.magnitude;
    let mut tried = [5e-4, 5e-5].into_iter().filter_map(|step| differences.along(p, direction, step));
    tried.find(|d| d.spread <= 1e-4 * d.value.abs() + noise)
}
