//! Derivatives of a sample by differences of its function as it stands.

use super::Sample;
use crate::eval::{Environment, Mat, evaluate_missing};
use crate::ir::{Attr, Kind, NodeId};

/// The function of a sample near its parameters.
pub(super) struct Differences<'s> {
    sample: &'s Sample,
    /// The values of all nodes; those that depend on the parameter that moves are computed anew.
    values: Vec<Option<Mat>>,
    /// The value of the function.
    pub(super) value: f64,
    /// The largest entry of all values: what rounding errors are relative to.
    pub(super) magnitude: f64,
}

/// A derivative and what is known of its error.
#[derive(Clone, Copy, Debug)]
pub(super) struct Derivative {
    pub(super) value: f64,
    /// By how much the differences of two steps disagree.
    pub(super) spread: f64,
}

impl<'s> Differences<'s> {
    /// `None` if the function has no finite value, or reads matrices as symmetric that are not.
    pub(super) fn of(sample: &'s Sample) -> Option<Self> {
        let mut values = Vec::new();
        evaluate_missing(&sample.graph, &[sample.root], &sample.environment(), &mut values).ok()?;
        let finite = values.iter().flatten().map(Mat::max_abs).filter(|top| top.is_finite());
        let magnitude = finite.fold(1.0, f64::max);
        let value = values[sample.root.index()].as_ref()?.at(0, 0);
        let differences = Self { sample, values, value, magnitude };
        (value.is_finite() && differences.is_sound()).then_some(differences)
    }
    /// Whether all that is read as symmetric is so, and no choice is at its turning point.
    fn is_sound(&self) -> bool {
        let value = |id: NodeId| self.values[id.index()].as_ref();
        self.sample.graph.nodes().iter().all(|node| match (node.op.kind, &node.args[..]) {
            (Kind::Chol | Kind::Eigen, [a]) => value(*a).is_none_or(|a| a.sub(&a.transpose()).max_abs() <= 1e-12 * a.max_abs()),
            (Kind::Select, [a, b, ..]) if a != b => {
                value(*a).zip(value(*b)).is_none_or(|(a, b)| a.data.iter().zip(&b.data).all(|(x, y)| (x - y).abs() > 1e-2))
            }
            (Kind::Abs | Kind::Relu, [a]) => value(*a).is_none_or(|a| a.data.iter().all(|x| x.abs() > 1e-2)),
            _ => true,
        })
    }

    /// The derivative by parameter `p` in a direction, `None` where the function has no value nearby.
    pub(super) fn along(&mut self, p: usize, direction: &Mat, step: f64) -> Option<Derivative> {
        let moves = self.sample.graph.dependents(|node| node.op.attr == Attr::Param(p) && node.op.kind == Kind::Param);
        let environment = self.sample.environment();
        let mut at = |t: f64| self.moved(&environment, &moves, p, direction, t);
        // f(x + t) − f(x − t)
        let mut odd = |t: f64| Some(at(t)? - at(-t)?);
        let all = [1.0, 2.0, 4.0].map(|factor| odd(factor * step));
        self.forget(&moves);
        let [Some(near), Some(middle), Some(far)] = all else { return None };
        let five_point = |near: f64, far: f64, h: f64| (8.0 * near - far) / (12.0 * h);
        let (fine, coarse) = (five_point(near, middle, step), five_point(middle, far, 2.0 * step));
        Some(Derivative { value: fine, spread: (fine - coarse).abs() })
    }
    fn moved(&mut self, environment: &Environment, moves: &[bool], p: usize, direction: &Mat, t: f64) -> Option<f64> {
        let base = &self.sample.parameters[p];
        let environment = environment.clone().with_parameter(p, base.add(&direction.scaled(t)));
        self.forget(moves);
        evaluate_missing(&self.sample.graph, &[self.sample.root], &environment, &mut self.values).ok()?;
        let value = self.values[self.sample.root.index()].as_ref().map(|v| v.at(0, 0));
        value.filter(|v| v.is_finite() && self.is_sound())
    }
    fn forget(&mut self, moves: &[bool]) {
        for (value, moves) in self.values.iter_mut().zip(moves) {
            if *moves {
                *value = None;
            }
        }
    }
}
