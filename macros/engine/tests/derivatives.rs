//! Random programs: tangents, pullbacks, Jacobians and Hessians agree with differences, and with each other.
//!
//! `MATGRAD_DERIVATIVES=50000 cargo test -p matgrad-engine --test derivatives -- --nocapture` tries more of them, from the seed `MATGRAD_SEED` on.
#![allow(missing_docs)]
#![allow(clippy::similar_names, reason = "the letters of the formulas")]

use std::collections::{BTreeMap, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use matgrad_engine::diff::{self, ScalarFunction};
use matgrad_engine::eval::{Environment, Mat, evaluate};
use matgrad_engine::generate::{Sample, generate, generate_with_regions};
use matgrad_engine::ir::{Attr, Graph, Kind, NodeId, Pass};
use matgrad_engine::{ops, schedule, simplify};

/// What came out of a program.
enum Outcome {
    Right,
    /// The differences do not agree with each other, or there is no value.
    Unreliable,
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
    let (mut right, mut unreliable, mut refused, mut wrong) = (0u64, 0u64, BTreeMap::new(), Vec::new());
    for (seed, outcome) in all {
        match outcome {
            Outcome::Right => right += 1,
            Outcome::Unreliable => unreliable += 1,
            Outcome::Refused(name) => *refused.entry(name).or_insert(0) += 1,
            Outcome::Wrong(message) if is_known(&message) => undefined += 1,
            Outcome::Wrong(message) => wrong.push(format!("seed {seed}: {message}")),
        }
    }
    println!("{programs} programs: {right} right, {unreliable} not told by differences, refused {refused:?}");
    assert!(wrong.is_empty(), "{} of {programs} programs are wrong:\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
    assert!(undefined * 100 <= programs, "{undefined} of {programs} programs have no Hessian");
    assert!(right * 2 >= programs, "only {right} of {programs} programs were told");
}

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(otherwise)
}

fn guarded(seed: u64) -> Outcome {
    catch_unwind(AssertUnwindSafe(|| check(seed))).unwrap_or_else(|_| Outcome::Wrong("panicked".to_owned()))
}

/// Numbers without a pattern.
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }
    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next()).unwrap_or(0) % n.max(1)
    }
    fn matrix(&mut self, rows: usize, cols: usize) -> Mat {
        #[allow(clippy::cast_precision_loss)] // 31 bits
        let mut entry = || self.next() as f64 / f64::from(1u32 << 30) - 1.0;
        Mat::from_fn(rows, cols, |_, _| entry())
    }
}

/// A program, what is differentiated, by what, and in which direction.
struct Case {
    sample: Sample,
    g: Graph,
    value: NodeId,
    p: usize,
    parameter: NodeId,
    direction: Mat,
    /// The number of a parameter that is the direction, and its node.
    along: (usize, NodeId),
    noise: Noise,
}

impl Case {
    fn of(seed: u64) -> Option<Self> {
        // a third of all with loops and branches
        let sample = if seed.is_multiple_of(3) { generate_with_regions(seed) } else { generate(seed) };
        let mut noise = Noise(seed ^ 0x9e37_79b9);
        let (mut g, place) = simplify::rebuild(&sample.graph, &[sample.root], &sample.spd);
        (g.twice, g.pass) = (true, Pass::Inner);
        let value = place[&sample.root];
        let p = sample.wrt[noise.below(sample.wrt.len())];
        let reachable = g.reachable(&[value]);
        let parameter = reachable.into_iter().find(|id| g.kind(*id) == Kind::Param && g.node(*id).op.attr == Attr::Param(p))?;
        let (rows, cols) = sample.parameters[p].shape();
        let mut direction = noise.matrix(rows, cols);
        let promises = &g.promises;
        if promises.orthogonal.contains(&p) {
            return None; // it moves on a curve
        }
        if promises.symmetric.contains(&p) {
            direction = direction.add(&direction.transpose()).scaled(0.5);
        }
        let (diagonal, lower) = (promises.diagonal.contains(&p), promises.lower_triangular.contains(&p));
        direction =
            Mat::from_fn(rows, cols, |r, c| if (diagonal && r != c) || (lower && r < c) { 0.0 } else { direction.at(r, c) });
        let number = sample.parameters.len();
        let shape = g.shape(parameter);
        let along = (number, g.make_shaped(Kind::Param, Attr::Param(number), &[], shape));
        Some(Self { sample, g, value, p, parameter, direction, along, noise })
    }
    fn environment(&self, t: f64) -> Environment {
        let moved = self.sample.parameters[self.p].add(&self.direction.scaled(t));
        self.sample.environment().with_parameter(self.p, moved).with_parameter(self.along.0, self.direction.clone())
    }
    fn at(&self, node: NodeId, t: f64) -> Option<Mat> {
        Some(evaluate(&self.g, &[node], &self.environment(t)).ok()?.remove(0))
    }
    /// By the graph, and by the program that is made of it.
    fn both_ways(&self, nodes: &[NodeId], environment: &Environment) -> Result<[Vec<Mat>; 2], String> {
        let graph = evaluate(&self.g, nodes, environment).map_err(|e| format!("the derivation: {e}"))?;
        let program = schedule::schedule(&self.g, nodes, &HashMap::new());
        let program = evaluate(&program.graph, &program.roots, environment).map_err(|e| format!("the program: {e}"))?;
        Ok([graph, program])
    }
    /// The derivative of a node along the direction, by differences; `None` if these do not agree.
    fn difference(&self, node: NodeId) -> Option<(Mat, f64)> {
        let five = |h: f64| -> Option<Mat> {
            let near = self.at(node, h)?.sub(&self.at(node, -h)?);
            let far = self.at(node, 2.0 * h)?.sub(&self.at(node, -2.0 * h)?);
            Some(near.scaled(8.0).sub(&far).scaled(1.0 / (12.0 * h)))
        };
        let (fine, coarse) = (five(2e-4)?, five(6e-4)?);
        let spread = fine.sub(&coarse).max_abs();
        let size = fine.max_abs().max(self.at(node, 0.0)?.max_abs());
        (fine.data.iter().all(|x| x.is_finite()) && spread <= 1e-6 * size).then_some((fine, size))
    }
    /// Some matrix on the way that the parameter reaches.
    fn interior(&mut self) -> NodeId {
        let active = self.g.dependents(|n| n.op.kind == Kind::Param && n.op.attr == Attr::Param(self.p));
        let stands = |kind: Kind| {
            ops::is_factorization(kind)
                || matches!(kind, Kind::Tri | Kind::Param | Kind::LeftVectors | Kind::RightVectors | Kind::EigenVectors)
        };
        let nodes: Vec<NodeId> = self
            .g
            .reachable(&[self.value])
            .into_iter()
            .filter(|id| active[id.index()] && !self.g.is_scalar(*id) && !stands(self.g.kind(*id)))
            .collect();
        if nodes.is_empty() { self.value } else { nodes[self.noise.below(nodes.len())] }
    }
}

fn check(seed: u64) -> Outcome {
    let Some(mut case) = Case::of(seed) else { return Outcome::Unreliable };
    // a Kronecker product of matrices of so many entries takes the interpreter minutes
    let order = case.g.reachable(&[case.value]);
    let large = |id: &NodeId| evaluate(&case.g, &[*id], &case.environment(0.0)).is_ok_and(|v| v[0].data.len() > 40);
    if order.iter().any(large) {
        return Outcome::Unreliable;
    }
    if case.at(case.value, 0.0).is_none_or(|v| !v.at(0, 0).is_finite()) {
        return Outcome::Unreliable;
    }
    for step in [first_derivatives, second_derivatives] {
        match step(&mut case) {
            Ok(Outcome::Right) => {}
            Ok(other) => return other,
            Err(message) => return Outcome::Wrong(message),
        }
    }
    Outcome::Right
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
    let (Some(tangent), Some(jacobian), Some(pulled)) = (found.of[0], jacobian.node, pulled.by[0]) else {
        return Ok(Outcome::Unreliable);
    };
    let Some(value) = case.at(f, 0.0) else { return Ok(Outcome::Unreliable) };
    if case.at(tangent, 0.0).is_none_or(|t| !t.max_abs().is_finite() || t.data.iter().any(|x| x.is_nan())) {
        return Ok(Outcome::Unreliable);
    }
    let magnitude = 1e-6 * value.max_abs();
    if !magnitude.is_finite() {
        return Ok(Outcome::Unreliable);
    }
    let cotangent = case.noise.matrix(value.rows, value.cols);
    let environment = case.environment(0.0).with_parameter(number, cotangent.clone());
    for [tangent, jacobian, pulled] in
        case.both_ways(&[tangent, jacobian, pulled], &environment)?.map(|m| <[Mat; 3]>::try_from(m).expect("three"))
    {
        same(
            "the Jacobian and the tangent",
            &applied(case, &jacobian),
            &column(&tangent),
            product_size(&jacobian, &case.direction) + magnitude,
        )?;
        let size = cotangent.zip(&tangent, |a, b| (a * b).abs()).data.iter().sum::<f64>()
            + pulled.zip(&case.direction, |a, b| (a * b).abs()).data.iter().sum::<f64>();
        let size = size + magnitude;
        same("the pullback", &Mat::scalar(pulled.inner(&case.direction)), &Mat::scalar(cotangent.inner(&tangent)), size)?;
        if let Some((expected, size)) = case.difference(f) {
            differences("the tangent", &tangent, &expected, size)?;
        }
    }
    Ok(Outcome::Right)
}

/// `H vec(dX)` is what differences of the gradient say; `H` is symmetric.
fn second_derivatives(case: &mut Case) -> Result<Outcome, String> {
    let scalar = ScalarFunction::new(&case.g, case.value).expect("a sample ends in a scalar");
    let gradients = diff::gradient(&mut case.g, scalar, &case.sample.wrt.clone());
    case.g.pass = Pass::Outer;
    let mine = case.sample.wrt.iter().position(|p| *p == case.p).expect("one of them");
    let other = case.noise.below(gradients.by.len());
    let (Some(gradient), Some(row)) = (gradients.by[mine], gradients.by[other]) else { return Ok(Outcome::Unreliable) };
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
    let (hessian, block) = (hessian.node.expect("a block"), block.node.expect("a block"));
    let Some((expected, size)) = case.difference(row) else { return Ok(Outcome::Unreliable) };
    let environment = case.environment(0.0);
    for [hessian, block, moved] in
        case.both_ways(&[hessian, block, moved], &environment)?.map(|m| <[Mat; 3]>::try_from(m).expect("three"))
    {
        let size = size + 1e-6;
        differences("the Hessian times a direction", &moved, &expected, size)?;
        same(
            "the Hessian and its product",
            &applied(case, &block),
            &column(&moved),
            product_size(&block, &case.direction) + size,
        )?;
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

fn differences(what: &str, found: &Mat, expected: &Mat, size: f64) -> Result<(), String> {
    // what is left of numbers that cancel is zero
    within(&format!("{what}, by differences"), found, expected, 1e-5 * size.max(expected.max_abs()) + 1e-20)
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
