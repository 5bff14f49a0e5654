//! Random programs: tangents, pullbacks, Jacobians and Hessians agree with differences, and with each other.
//!
//! `MATGRAD_DERIVATIVES=50000 cargo test -p matgrad-engine --test derivatives -- --nocapture` tries more of them, from the seed `MATGRAD_SEED` on.
#![allow(missing_docs)]
#![allow(clippy::similar_names, reason = "the letters of the formulas")]

#[path = "derivatives/case.rs"]
mod case;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use matgrad_engine::diff::{self, ScalarFunction};
use matgrad_engine::eval::Mat;
use matgrad_engine::ir::{Attr, Graph, Kind, NodeId, Pass};
use matgrad_engine::ops;

use case::{Case, Difference, is_constant};

/// What came out of a program.
enum Outcome {
    Right,
    /// There is no value, or differences do not agree with each other.
    Untold(&'static str),
    /// An operation without a rule.
    Refused(&'static str),
    Wrong(String),
}

#[test]
fn derivatives_agree() {
    let programs = number("MATGRAD_DERIVATIVES", 5_000);
    let first = number("MATGRAD_SEED", 0);
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let all: Vec<(u64, Outcome)> = thread::scope(|scope| {
        let share = |t: usize| (first + t as u64..first + programs).step_by(threads);
        let workers: Vec<_> =
            (0..threads).map(|t| scope.spawn(move || share(t).map(|seed| (seed, guarded(seed))).collect::<Vec<_>>())).collect();
        workers.into_iter().flat_map(|w| w.join().expect("panics are caught")).collect()
    });
    let mut undefined = 0u64;
    let (mut right, mut untold, mut refused, mut wrong) = (0u64, BTreeMap::new(), BTreeMap::new(), Vec::new());
    for (seed, outcome) in all {
        match outcome {
            Outcome::Right => right += 1,
            Outcome::Untold(why) => *untold.entry(why).or_insert(0) += 1,
            Outcome::Refused(name) => *refused.entry(name).or_insert(0) += 1,
            Outcome::Wrong(message) if is_known(&message) => undefined += 1,
            Outcome::Wrong(message) => wrong.push(format!("seed {seed}: {message}")),
        }
    }
    println!("{programs} programs: {right} right, not told {untold:?}, refused {refused:?}, no Hessian {undefined}");
    assert!(wrong.is_empty(), "{} of {programs} programs are wrong:\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
    assert!(undefined * 100 <= programs, "{undefined} of {programs} programs have no Hessian");
    assert!(refused.is_empty(), "operations without a rule: {refused:?}");
    assert!(right * 20 >= programs * 19, "only {right} of {programs} programs were told");
}

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(otherwise)
}

fn guarded(seed: u64) -> Outcome {
    catch_unwind(AssertUnwindSafe(|| check(seed))).unwrap_or_else(|_| Outcome::Wrong("panicked".to_owned()))
}

fn check(seed: u64) -> Outcome {
    let Some(mut case) = Case::of(seed) else {
        return match is_constant(seed) {
            Some(true) => Outcome::Right,
            Some(false) => Outcome::Wrong("nothing to differentiate by is left, and it is not constant".to_owned()),
            None => Outcome::Untold("no value"),
        };
    };
    if case.at(case.value, 0.0).is_none_or(|v| !v.at(0, 0).is_finite()) {
        return Outcome::Untold("no finite value");
    }
    let mut outcome = Outcome::Right;
    for step in [first_derivatives, second_derivatives] {
        match step(&mut case) {
            Ok(Outcome::Right) => {}
            Ok(untold @ Outcome::Untold(_)) => outcome = untold,
            Ok(other) => return other,
            Err(message) => return Outcome::Wrong(message),
        }
    }
    outcome
}

fn names(g: &Graph, without: &[NodeId]) -> Option<Outcome> {
    without.first().map(|id| Outcome::Refused(ops::record(g.kind(*id)).name))
}

/// `J vec(dX) = vec(dF)`, which is what differences say, and `⟨C, dF⟩ = ⟨pullback(C), dX⟩`.
fn first_derivatives(case: &mut Case) -> Result<Outcome, String> {
    let f = case.interior();
    let found = diff::tangents(&mut case.g, &[f], &[(case.p, case.along.1)]);
    let jacobian = diff::jacobian(&mut case.g, f, case.p, case.parameter);
    let (number, shape) = (case.along.0 + 1, case.g.shape(f));
    let seed = case.g.make_shaped(Kind::Param, Attr::Param(number), &[], shape);
    let pulled = diff::pullback(&mut case.g, &[(f, seed)], &[case.p]);
    if let Some(refused) = names(&case.g, &found.without_rule).or_else(|| names(&case.g, &jacobian.without_rule)) {
        return Ok(refused);
    }
    let Some(value) = case.at(f, 0.0) else { return Ok(Outcome::Untold("no value on the way")) };
    // what does not move has none of them
    let tangent = found.of[0].unwrap_or_else(|| case.g.filled(0.0, shape));
    let pulled = pulled.by[0].unwrap_or_else(|| case.g.filled(0.0, case.g.shape(case.parameter)));
    if case.at(tangent, 0.0).is_none_or(|t| t.data.iter().any(|x| !x.is_finite())) {
        return Ok(Outcome::Untold("an infinite tangent"));
    }
    let jacobian = jacobian.node.filter(|j| case.is_small(&[*j]));
    let magnitude = 1e-6 * value.max_abs();
    let cotangent = case.noise.matrix(value.rows, value.cols);
    let environment = case.environment(0.0).with_parameter(number, cotangent.clone());
    let difference = case.difference(f, tangent);
    let nodes: Vec<NodeId> = [tangent, pulled].into_iter().chain(jacobian).collect();
    for found in case.both_ways(&nodes, &environment)? {
        let (tangent, pulled) = (&found[0], &found[1]);
        if let Some(jacobian) = found.get(2) {
            let size = product_size(jacobian, &case.direction) + magnitude;
            same("the Jacobian and the tangent", &applied(case, jacobian), &column(tangent), size)?;
        }
        let size = cotangent.zip(tangent, |a, b| (a * b).abs()).data.iter().sum::<f64>()
            + pulled.zip(&case.direction, |a, b| (a * b).abs()).data.iter().sum::<f64>();
        let size = size + magnitude;
        same("the pullback", &Mat::scalar(pulled.inner(&case.direction)), &Mat::scalar(cotangent.inner(tangent)), size)?;
        if let Some(difference) = &difference {
            differences("the tangent", tangent, difference)?;
        }
    }
    Ok(if difference.is_some() { Outcome::Right } else { Outcome::Untold("differences of the function") })
}

/// `H vec(dX)` is what differences of the gradient say; `H` is symmetric.
fn second_derivatives(case: &mut Case) -> Result<Outcome, String> {
    if case.is_orthogonal() {
        return Ok(Outcome::Right); // they are refused
    }
    let scalar = ScalarFunction::new(&case.g, case.value).expect("a sample ends in a scalar");
    let gradients = diff::gradient(&mut case.g, scalar, &case.sample.wrt.clone());
    case.g.pass = Pass::Outer;
    let mine = case.sample.wrt.iter().position(|p| *p == case.p).expect("one of them");
    let other = case.noise.below(gradients.by.len());
    let Some(gradient) = gradients.by[mine] else {
        // it does not depend on it, which differences see
        let still = case.difference(case.value, case.value).map_or(Ok(()), |d| differences("no gradient", &Mat::scalar(0.0), &d));
        return still.map(|()| Outcome::Right);
    };
    let row = gradients.by[other].unwrap_or(gradient);
    let hessian = diff::hessian_block(&mut case.g, gradient, case.p, case.parameter);
    let block = diff::hessian_block(&mut case.g, row, case.p, case.parameter);
    let moved = diff::tangents(&mut case.g, &[row], &[(case.p, case.along.1)]);
    if let Some(refused) =
        [&hessian.without_rule, &block.without_rule, &moved.without_rule].into_iter().find_map(|w| names(&case.g, w))
    {
        return Ok(refused);
    }
    let zero = case.g.filled(0.0, case.g.shape(row));
    let moved = moved.of[0].unwrap_or(zero);
    let blocks = [hessian.node.expect("a block"), block.node.expect("a block")];
    let Some(difference) = case.difference(row, moved) else { return Ok(Outcome::Untold("differences of the gradient")) };
    let environment = case.environment(0.0);
    let nodes: Vec<NodeId> = std::iter::once(moved).chain(blocks.into_iter().filter(|_| case.is_small(&blocks))).collect();
    let top = case.at(row, 0.0).map_or(0.0, |g| g.max_abs()).max(difference.expected.max_abs());
    for found in case.both_ways(&nodes, &environment)? {
        let size = top + 1e-6;
        differences("the Hessian times a direction", &found[0], &difference)?;
        let [_, hessian, block] = &found[..] else { continue };
        let product = product_size(block, &case.direction) + size;
        same("the Hessian and its product", &applied(case, block), &column(&found[0]), product)?;
        let skew = hessian.sub(&hessian.transpose()).max_abs();
        if skew > 1e-7 * (hessian.max_abs() + size) {
            return Err(format!("the Hessian departs from its transpose by {skew:e}: {:?}", hessian.data));
        }
    }
    Ok(Outcome::Right)
}

fn column(a: &Mat) -> Mat {
    Mat::from_column_major(a.data.len(), 1, a.data.clone())
}

/// `J vec(dX)`; by a number, `J dx` in the shape of `J`.
fn applied(case: &Case, jacobian: &Mat) -> Mat {
    if case.direction.is_scalar() {
        return column(&jacobian.scaled(case.direction.at(0, 0)));
    }
    column(&jacobian.mul(&column(&case.direction)))
}

fn product_size(jacobian: &Mat, direction: &Mat) -> f64 {
    jacobian.max_abs() * direction.max_abs()
}

fn same(what: &str, found: &Mat, expected: &Mat, size: f64) -> Result<(), String> {
    within(what, found, expected, 1e-8 * (size + expected.max_abs()) + 1e-15)
}

fn differences(what: &str, found: &Mat, difference: &Difference) -> Result<(), String> {
    within(&format!("{what}, by differences"), found, &difference.expected, difference.tolerance)
}

/// Known: beside a choice, what was not chosen may be infinite, and a product of Jacobians may multiply it by zero; the determinant's second
/// derivative is by its inverse. They give NaN or no value, never another number.
fn is_known(message: &str) -> bool {
    message.contains("off by NaN") || message.contains("has no value at its operands")
}

fn within(what: &str, found: &Mat, expected: &Mat, tolerance: f64) -> Result<(), String> {
    if found.shape() != expected.shape() {
        return Err(format!("{what}: the shape is {:?} and not {:?}", found.shape(), expected.shape()));
    }
    let off = found.sub(expected).max_abs();
    let right = off <= tolerance;
    if right { Ok(()) } else { Err(format!("{what}: off by {off:e}: {:?}, expected {:?}", found.data, expected.data)) }
}
