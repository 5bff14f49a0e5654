//! A failing sample, made smaller while it still fails.

use std::collections::HashMap;
use std::mem::discriminant;

use super::sample::Replacement;
use super::{Failure, Outcome, Sample, check};
use crate::eval::{Mat, evaluate_missing};
use crate::ir::{Attr, Graph, Kind, NodeId, Shape};

/// The smallest sample found that still fails, and how it fails.
///
/// Nodes are replaced by their operands and by leaves, sums and products lose operands, the result becomes the sum of an earlier value,
/// and numbers are rounded; what still fails is tried again.
#[must_use]
pub fn shrink(sample: &Sample) -> Option<(Sample, Failure)> {
    shrink_by(sample, check)
}

/// [`shrink`], of a sample that fails another check.
#[must_use]
pub fn shrink_by(sample: &Sample, check: fn(&Sample) -> Outcome) -> Option<(Sample, Failure)> {
    let failure_of = |sample: &Sample| match check(sample) {
        Outcome::Wrong(failure) => Some(failure),
        _ => None,
    };
    let mut failure = failure_of(sample)?;
    let mut best = sample.clone();
    loop {
        let smaller = candidates(&best).into_iter().find_map(|s| {
            let found = failure_of(&s).filter(|f| discriminant(f) == discriminant(&failure))?;
            Some((s, found))
        });
        match smaller {
            Some((sample, found)) => (best, failure) = (sample, found),
            None => return Some((best, failure)),
        }
    }
}

/// Samples simpler than this one: each has fewer nodes, fewer operands, fewer declarations or rounder numbers.
fn candidates(sample: &Sample) -> Vec<Sample> {
    let g = &sample.graph;
    let nodes = g.reachable(&[sample.root]);
    let mut found = Vec::new();
    // an earlier value as the result
    for id in nodes.iter().filter(|id| **id != sample.root && !matches!(g.kind(**id), Kind::Loop | Kind::Branch)) {
        found.push(ending_in(sample, *id));
    }
    let mut values = Vec::new();
    let _ = evaluate_missing(g, &[sample.root], &sample.environment(), &mut values);
    // a loop or a branch has several values
    let is_one = |id: NodeId| !g.args(id).is_empty() && !matches!(g.kind(id), Kind::Loop | Kind::Branch);
    for id in nodes.iter().rev().filter(|id| is_one(**id)) {
        for replacement in replacements(g, *id, values[id.index()].as_ref()) {
            found.push(sample.replaced(&HashMap::from([(*id, replacement)])).compact());
        }
    }
    found.retain(|s| weight(s) < weight(sample));
    for i in 0..sample.wrt.len() {
        let mut fewer = sample.clone();
        fewer.wrt.remove(i);
        found.push(fewer);
    }
    for i in 0..sample.spd.len() {
        let mut fewer = sample.clone();
        fewer.spd.remove(i);
        found.push(fewer);
    }
    found.extend(rounded(sample));
    found
}

/// What shrinking makes less, in this order: operations, operands, leaves.
fn weight(sample: &Sample) -> (usize, usize, usize) {
    let g = &sample.graph;
    let nodes = g.reachable(&[sample.root]);
    let operands = nodes.iter().map(|id| g.args(*id).len()).sum();
    (sample.operations(), operands, nodes.len())
}

fn ending_in(sample: &Sample, id: NodeId) -> Sample {
    let mut shorter = sample.clone();
    shorter.root =
        if shorter.graph.is_scalar(id) { id } else { shorter.graph.make_shaped(Kind::Sum, Attr::None, &[id], Shape::SCALAR) };
    shorter.compact()
}

fn replacements(g: &Graph, id: NodeId, value: Option<&Mat>) -> Vec<Replacement> {
    let node = g.node(id);
    let mut found = Vec::new();
    if let Some(value) = value.filter(|v| v.max_abs().is_finite()) {
        let symmetric = value.rows > 1 && value.rows == value.cols && value.sub(&value.transpose()).max_abs() < 1e-12;
        for active in [false, true] {
            found.push(Replacement::Parameter { value: value.clone(), active, symmetric });
        }
    }
    found.extend(
        node.args.iter().filter(|a| g.shape(**a) == g.shape(id) && node.op.kind != Kind::Output).map(|a| Replacement::Node(*a)),
    );
    if node.args.len() > 1 && matches!(node.op.kind, Kind::Lin | Kind::Hadamard) {
        for i in 0..node.args.len() {
            let mut args = node.args.clone();
            args.remove(i);
            let mut attr = node.op.attr.clone();
            if let Attr::Coefs(coefs) = &mut attr {
                coefs.remove(i);
            }
            found.push(Replacement::Fewer(attr, args));
        }
    }
    found
}

/// The sample with the parameters' entries rounded to tenths, then to halves.
fn rounded(sample: &Sample) -> Vec<Sample> {
    let mut found = Vec::new();
    for (p, value) in sample.parameters.iter().enumerate() {
        for parts in [2.0, 10.0] {
            let round = value.map(|x| (x * parts).round() / parts);
            if round != *value {
                let mut simpler = sample.clone();
                simpler.parameters[p] = round;
                found.push(simpler);
            }
        }
    }
    found
}
