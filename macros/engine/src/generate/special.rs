//! The second oracle: where numbers are special, the value of what the engine makes of a sample is that of the function as it stands.
//!
//! One parameter gets a special entry, or is special throughout; the graph as read, the simplified graph and the program are evaluated there.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::Sample;
use super::check::{Failure, Outcome};
use super::random::Random;
use crate::diff::{self, ScalarFunction};
use crate::eval::{Mat, evaluate, evaluate_missing};
use crate::ir::{Attr, Dim, Kind, NodeId};
use crate::{schedule, simplify};

/// Numbers at which functions have no value, or one that rounding does not reach.
const SPECIAL: [f64; 12] =
    [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 0.0, -0.0, 5e-324, -1e-310, 1e-200, 1e200, -1e200, f64::MAX, 1.0];

/// A sample at special values of one of its parameters that is declared to be nothing; `None` if there is none.
#[must_use]
pub fn specialized(sample: &Sample, seed: u64) -> Option<Sample> {
    let promises = &sample.graph.promises;
    let is_free = |p: &usize| !promises.hold(*p) && !sample.symmetric.contains(p) && !sample.parameters[*p].data.is_empty();
    let free: Vec<usize> = (0..sample.parameters.len()).filter(is_free).collect();
    if free.is_empty() {
        return None;
    }
    let mut random = Random::new(seed);
    let (p, special) = (random.of(&free), random.of(&SPECIAL));
    let mut copy = sample.clone();
    let entries = &mut copy.parameters[p].data;
    if random.once_in(3) {
        entries.fill(special);
    } else {
        let at = random.below(entries.len());
        entries[at] = special;
    }
    Some(copy)
}

/// A sample in which a size known at run time is 0 or 1; `None` if it has none.
#[must_use]
pub fn resized(sample: &Sample, seed: u64) -> Option<Sample> {
    let mut random = Random::new(seed);
    let g = &sample.graph;
    let mut free: Vec<Dim> =
        sample.sizes.iter().map(|(dim, _)| g.dims.resolve(*dim)).filter(|d| matches!(d, Dim::Sym(_))).collect();
    free.dedup();
    if free.is_empty() {
        return None;
    }
    let (dim, size) = (random.of(&free), random.below(2));
    let mut copy = sample.clone();
    for (known, n) in &mut copy.sizes {
        if g.dims.resolve(*known) == dim {
            *n = size;
        }
    }
    for node in g.nodes() {
        let leaf = match node.op.attr {
            Attr::Param(p) if node.op.kind == Kind::Param => &mut copy.parameters[p],
            Attr::Opaque(id) if node.op.kind == Kind::Opaque => &mut copy.opaques.iter_mut().find(|o| o.0 == id)?.1,
            _ => continue,
        };
        let new = |side: Dim, old: usize| if g.dims.resolve(side) == dim { size } else { old };
        let (rows, cols) = (new(node.shape.rows, leaf.rows), new(node.shape.cols, leaf.cols));
        if (rows, cols) != leaf.shape() {
            *leaf = Mat::from_fn(rows, cols, |r, c| if r < leaf.rows && c < leaf.cols { leaf.at(r, c) } else { 0.5 });
        }
    }
    keep_promises(&mut copy);
    Some(copy)
}

/// A parameter of one entry is what it is declared, as its larger self was.
fn keep_promises(sample: &mut Sample) {
    for (p, value) in sample.parameters.iter_mut().enumerate().filter(|(_, value)| value.data.len() == 1) {
        let entry = &mut value.data[0];
        if sample.graph.promises.orthogonal.contains(&p) {
            *entry = 1f64.copysign(*entry);
        } else if sample.spd.contains(&p) {
            *entry = entry.abs();
        }
    }
}

/// Compare the values of a sample where it stands, after [`specialized`].
#[must_use]
pub fn check_value(sample: &Sample) -> Outcome {
    let mut values = Vec::new();
    if evaluate_missing(&sample.graph, &[sample.root], &sample.environment(), &mut values).is_err() {
        return Outcome::Unreliable; // it panics, or is `None`
    }
    let Some(expected) = values[sample.root.index()].as_ref().map(|v| v.at(0, 0)) else { return Outcome::Unreliable };
    let seen = Seen::of(sample, &values);
    let found = match catch_unwind(AssertUnwindSafe(|| values_of(sample))) {
        Ok(Ok(found)) => found,
        Ok(Err(Failure::NoValue(..))) if seen.fragile || seen.infinite => return Outcome::Unreliable,
        Ok(Err(failure)) => return Outcome::Wrong(failure),
        Err(_) => return Outcome::Wrong(Failure::Panic("at special values".to_owned())),
    };
    for (which, found) in found {
        if seen.same(expected, found) {
            continue;
        }
        return if seen.gives_up(expected) {
            Outcome::Unreliable
        } else {
            Outcome::Wrong(Failure::Value(which, expected, found))
        };
    }
    if seen.fragile { Outcome::Unreliable } else { Outcome::Right(0.0) }
}

/// The value of the function by all ways.
fn values_of(sample: &Sample) -> Result<Vec<(&'static str, f64)>, Failure> {
    let (mut g, place) = simplify::rebuild(&sample.graph, &[sample.root], &sample.spd);
    let value = place[&sample.root];
    let scalar = ScalarFunction::new(&g, value).unwrap_or_else(|| unreachable!("a sample ends in a scalar"));
    let gradients = diff::gradient(&mut g, scalar, &sample.wrt);
    let roots: Vec<NodeId> = [value].into_iter().chain(gradients.by.into_iter().flatten()).collect();
    let program = schedule::schedule(&g, &roots, &HashMap::new());
    let graphs = [("the simplified function", &g, value), ("the program", &program.graph, program.roots[0])];
    let mut found = Vec::new();
    for (which, graph, root) in graphs {
        let value = evaluate(graph, &[root], &sample.environment()).map_err(|error| Failure::NoValue(which, error))?;
        found.push((which, value[0].at(0, 0)));
    }
    Ok(found)
}

/// What was met on the way to a value: what the README gives up depends on it.
struct Seen {
    /// A value is infinite, or so large that its square is.
    infinite: bool,
    /// An operation on zeros that a matrix has by its form.
    structural: bool,
    /// A number that is not zero became zero, or a choice is at its turning point: rounding decides.
    fragile: bool,
    /// The largest entry.
    magnitude: f64,
}

impl Seen {
    fn of(sample: &Sample, values: &[Option<Mat>]) -> Self {
        let g = &sample.graph;
        let used = g.reachable(&[sample.root]);
        let value = |id: NodeId| values[id.index()].as_ref();
        let entries = || used.iter().filter_map(|id| value(*id)).flat_map(|m| &m.data);
        let structural = used.iter().any(|id| {
            matches!(
                g.kind(*id),
                Kind::DiagMat
                    | Kind::Identity
                    | Kind::LowerTriangle
                    | Kind::UpperTriangle
                    | Kind::CrossMatrix
                    | Kind::CholL
                    | Kind::Tri
            )
        });
        let magnitude = entries().map(|t| t.abs()).filter(|t| t.is_finite()).fold(1.0, f64::max);
        // a stable form of what has lost it before keeps a denormal number
        let denormal = entries().any(|t| *t != 0.0 && t.abs() < f64::MIN_POSITIVE);
        let tiny = denormal
            || used.iter().any(|id| {
                let small = |t: &f64| *t != 0.0 && t.abs() < 1e-9 * magnitude;
                !g.args(*id).is_empty() && value(*id).is_some_and(|m| m.data.iter().any(small))
            });
        let turning = used.iter().any(|id| match (g.kind(*id), g.args(*id)) {
            (Kind::Select, [a, b, ..]) => value(*a)
                .zip(value(*b))
                .is_some_and(|(a, b)| a.data.iter().zip(&b.data).any(|(x, y)| (x - y).abs() <= 1e-9 * x.abs().max(1.0))),
            // the sign of a zero is half a turn, or a whole one
            (Kind::Atan2, [y, x]) => {
                value(*y).zip(value(*x)).is_some_and(|(y, x)| y.data.iter().zip(&x.data).any(|(y, x)| *y == 0.0 && *x <= 0.0))
            }
            (Kind::Chol | Kind::Eigen | Kind::Svd | Kind::PseudoInverse, _) => true,
            _ => false,
        });
        let infinite = magnitude > 1e150 || entries().any(|t| t.is_infinite());
        Self { infinite, structural, fragile: tiny || turning, magnitude }
    }
    /// Whether another value than the function's is rounding, or what the README gives up.
    fn gives_up(&self, expected: f64) -> bool {
        self.infinite || self.fragile || (self.structural && expected.is_nan())
    }
    /// The same number up to rounding, both NaN, or both infinite or NaN where infinities are met.
    fn same(&self, expected: f64, found: f64) -> bool {
        if self.infinite && !expected.is_finite() {
            return !found.is_finite();
        }
        expected.is_nan() == found.is_nan()
            && (expected.is_nan() || (expected - found).abs() <= 1e-8 * self.magnitude.max(expected.abs()))
    }
}
