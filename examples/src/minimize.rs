//! Minimisation by L-BFGS, the gradients from matgrad.

use std::convert::Infallible;
use std::error::Error;
use std::fmt;

use basin::{
    BoxBounds, ConstraintDescription, ConstraintSet, Constraints, CostFunction, Executor, FirstOrderState, Gradient,
    GradientState, Lbfgsb, State, StepOutcome, Termination,
};
use nalgebra::DVector;

/// A minimisation by L-BFGS, within bounds if there are any: the L-BFGS-B of Byrd, Lu, Nocedal and Zhu, from the crate `basin`.
#[derive(Clone, Debug)]
pub struct Minimization {
    bounds: Option<(DVector<f64>, DVector<f64>)>,
    gradient: f64,
    reduction: Option<f64>,
    iterations: u64,
}

/// Where a minimisation ended.
#[derive(Clone, Debug)]
pub struct Minimum {
    /// The point.
    pub point: DVector<f64>,
    /// The function there.
    pub value: f64,
    /// The largest entry of its gradient, those that point out of the bounds aside.
    pub gradient: f64,
    /// The number of steps.
    pub iterations: u64,
}

/// An iteration, for those who watch.
#[derive(Clone, Copy, Debug)]
pub struct Iteration<'a> {
    /// Its number, from 0, which is the start.
    pub number: u64,
    /// The value of the function.
    pub value: f64,
    /// Its gradient.
    pub gradient: &'a DVector<f64>,
}

impl Minimization {
    /// One that ends where no entry of the gradient is larger than this.
    #[must_use]
    pub fn until_gradient(largest: f64) -> Self {
        Self { bounds: None, gradient: largest, reduction: None, iterations: 15_000 }
    }

    /// Ends as well where a step reduces the function by less than this part of it.
    #[must_use]
    pub fn or_reduction(mut self, part: f64) -> Self {
        self.reduction = Some(part);
        self
    }

    /// Keeps every entry between its bounds, which may be infinite.
    #[must_use]
    pub fn between(mut self, lower: DVector<f64>, upper: DVector<f64>) -> Self {
        self.bounds = Some((lower, upper));
        self
    }

    /// Minimises a function that gives its value and its gradient, as `f_value_and_grad` does.
    ///
    /// # Errors
    /// If the iteration ends elsewhere than at a minimum.
    pub fn run(&self, start: DVector<f64>, f: impl Fn(&DVector<f64>) -> (f64, DVector<f64>)) -> Result<Minimum, NoMinimum> {
        self.run_watched(start, f, |_| {})
    }

    /// As [`run`](Self::run), and shows each iteration to `watch`.
    ///
    /// # Errors
    /// If the iteration ends elsewhere than at a minimum.
    pub fn run_watched(
        &self,
        start: DVector<f64>,
        f: impl Fn(&DVector<f64>) -> (f64, DVector<f64>),
        mut watch: impl FnMut(Iteration<'_>),
    ) -> Result<Minimum, NoMinimum> {
        let free = |infinite: f64| DVector::from_element(start.len(), infinite);
        let (lower, upper) = self.bounds.clone().unwrap_or_else(|| (free(f64::NEG_INFINITY), free(f64::INFINITY)));
        let solver = Lbfgsb::new()
            .with_absolute_projected_gradient_tolerance(self.gradient)
            .with_relative_cost_reduction_tolerance(self.reduction);
        let problem = Problem { f, lower: lower.clone(), upper: upper.clone() };
        let state = FirstOrderState::new(start);
        let no_minimum = |why: &dyn fmt::Debug| NoMinimum { why: format!("{why:?}") };
        let mut steps =
            Executor::new(problem, solver, state).max_iter(self.iterations).into_stepper().map_err(|e| no_minimum(&e))?;
        let mut last = None;
        let end = loop {
            let state = steps.state();
            if let Some(gradient) = state.gradient() {
                watch(Iteration { number: state.iter(), value: state.cost(), gradient });
                // where rounding hides what is left to gain, the steps are zero
                if last.replace(gradient.clone()).as_ref() == Some(gradient) {
                    return Err(no_minimum(&format_args!("no progress, with a gradient of {:.1e}", gradient.amax())));
                }
            }
            if let StepOutcome::Stopped(report) = steps.step().map_err(|e| no_minimum(&e))? {
                break report.termination;
            }
        };
        if !matches!(end, Termination::Converged(_)) {
            return Err(no_minimum(&end));
        }
        let state = steps.state();
        let point = state.param().clone();
        let gradient = state.gradient().map_or(f64::NAN, |g| (&point - (&point - g).sup(&lower).inf(&upper)).amax());
        Ok(Minimum { value: state.cost(), gradient, iterations: state.iter(), point })
    }
}

/// A function with its bounds, as basin asks for it.
struct Problem<F> {
    f: F,
    lower: DVector<f64>,
    upper: DVector<f64>,
}

impl<F> Constraints for Problem<F> {
    type Set = ConstraintSet<BoxBounds<DVector<f64>>>;

    fn constraints(&self) -> <Self::Set as ConstraintDescription>::Borrowed<'_> {
        ConstraintSet::new().with_bounds(BoxBounds::new(Some(&self.lower), Some(&self.upper)))
    }
}

impl<F: Fn(&DVector<f64>) -> (f64, DVector<f64>)> CostFunction for Problem<F> {
    type Param = DVector<f64>;
    type Output = f64;
    type Error = Infallible;

    fn cost(&self, x: &DVector<f64>) -> Result<f64, Infallible> {
        Ok((self.f)(x).0)
    }
}

impl<F: Fn(&DVector<f64>) -> (f64, DVector<f64>)> Gradient for Problem<F> {
    type Gradient = DVector<f64>;

    fn gradient(&self, x: &DVector<f64>) -> Result<DVector<f64>, Infallible> {
        Ok((self.f)(x).1)
    }

    fn cost_and_gradient(&self, x: &DVector<f64>) -> Result<(f64, DVector<f64>), Infallible> {
        Ok((self.f)(x))
    }
}

/// Why a minimisation found no minimum.
#[derive(Clone, Debug)]
pub struct NoMinimum {
    why: String,
}

impl fmt::Display for NoMinimum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the minimisation did not converge: {}", self.why)
    }
}

impl Error for NoMinimum {}
