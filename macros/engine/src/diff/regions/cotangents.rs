//! Cotangents: a loop backwards, over the states that it reads; the side of a branch that is taken.

use std::collections::HashMap;

use super::beside::results;
use super::builder::{Builder, branch};
use super::tape::with_states;
use crate::diff::arranged::{arranged, may_be_steep};
use crate::diff::gradient::pullback;
use crate::ir::{Attr, Graph, Kind, Loop, NodeId, Output, Region, Shape};
use crate::simplify::is_zero;

/// The cotangents of the operands of a loop or a branch, from those of its outputs; and whether all of its operations have a rule.
/// `active`: which operands matter.
pub(in crate::diff) fn cotangents(
    g: &mut Graph,
    id: NodeId,
    of: &HashMap<Output, NodeId>,
    active: &[bool],
) -> (Vec<(usize, NodeId)>, bool) {
    let mut without_rule = false;
    let parts = match g.kind(id) {
        Kind::Loop => loop_cotangents(g, id, of, active, &mut without_rule),
        _ => branch_cotangents(g, id, of, active, &mut without_rule),
    };
    (parts, !without_rule)
}

/// The cotangents of the operands of a loop, from those of its outputs.
fn loop_cotangents(
    g: &mut Graph,
    id: NodeId,
    cotangents: &HashMap<Output, NodeId>,
    active: &[bool],
    without_rule: &mut bool,
) -> Vec<(usize, NodeId)> {
    let Attr::Loop(like) = g.node(id).op.attr.clone() else { return Vec::new() };
    let args = g.args(id).to_vec();
    let moved = like.moved_by(active);
    // a scalar cotangent of one sum is a factor outside, if it need not keep infinite slopes from counting
    let steep = may_be_steep(&like.body.graph, &like.body.results);
    let outside = match cotangents.iter().collect::<Vec<_>>()[..] {
        [(Output::Sum(_), cotangent)] if g.is_scalar(*cotangent) && g.constant_value(*cotangent) != Some(1.0) => {
            Some(*cotangent).filter(|_| !steep)
        }
        _ => None,
    };
    let mut seeds: Vec<(Output, NodeId)> = cotangents.iter().map(|(o, c)| (*o, *c)).collect();
    seeds.sort_unstable_by_key(|s| s.0);
    if outside.is_some() {
        seeds[0].1 = g.constant(1.0);
    }
    let counted = counted(&like, &seeds, &moved);
    let adjoint: Vec<usize> = (0..like.carried).filter(|i| moved[*i] && counted.contains(&Output::Last(*i))).collect();
    // operands of the draft: the loop's, what the cotangents of carried values are in the end, those of sums
    let mut builder = Builder::new(&like, &args);
    let seed = |output: Output| seeds.iter().find(|s| s.0 == output).map(|s| s.1);
    for i in &adjoint {
        let last = seed(Output::Last(*i)).unwrap_or_else(|| g.filled(0.0, g.shape(args[*i])));
        builder.operands.push(last);
    }
    let sums: Vec<(Output, NodeId)> = seeds.iter().filter(|s| matches!(s.0, Output::Sum(_))).copied().collect();
    builder.operands.extend(sums.iter().map(|s| s.1));
    let shapes: Vec<Shape> = builder.operands.iter().map(|a| g.shape(*a)).collect();
    let wrt: Vec<usize> = (0..args.len()).filter(|i| moved[*i]).collect();
    let (mut found, mut there) = (Vec::new(), Vec::new());
    let constants: Vec<Option<f64>> = builder.operands.iter().map(|a| g.constant_value(*a)).collect();
    let promises = g.promised(&args, like.carried..args.len());
    let draft = g.region_promised(promises, |inside| {
        let params = inside.inputs(&shapes);
        let values = results(inside, &like.body, &params);
        there.clone_from(&values);
        let mut all: Vec<(NodeId, NodeId)> = Vec::new();
        for (at, i) in adjoint.iter().enumerate() {
            all.push((values[*i], params[args.len() + at]));
        }
        for (at, (output, _)) in sums.iter().enumerate() {
            let (Output::Sum(i) | Output::Last(i)) = *output;
            let at = args.len() + adjoint.len() + at;
            all.push((values[like.carried + i], seeded(inside, constants[at], params[at])));
        }
        let pulled = pullback(inside, &all, &wrt);
        *without_rule |= !pulled.without_rule.is_empty();
        let made: Vec<NodeId> = pulled.by.iter().flatten().copied().collect();
        let made = arranged(inside, &values, &made);
        let mut made = made.into_iter();
        found = pulled.by.iter().map(|p| p.as_ref().and_then(|_| made.next())).collect();
        found.iter().flatten().copied().collect()
    });
    let cotangent = |i: usize| wrt.iter().position(|p| *p == i).and_then(|at| found[at]);
    let wanted: Vec<NodeId> = found.iter().flatten().copied().collect();
    let (mut body, place) = with_states(g, &draft, &like, id, &there, &wanted, &mut builder);
    let mut outputs = Vec::new();
    for (at, i) in adjoint.iter().enumerate() {
        let param = body.graph.input(args.len() + at, shapes[args.len() + at]);
        let next = match cotangent(*i) {
            Some(next) => place[&next],
            None => body.graph.filled(0.0, shapes[*i]),
        };
        builder.carried.push((param, next, format!("λ{}", like.names[*i])));
        outputs.push((*i, Output::Last(at)));
    }
    for i in like.carried..args.len() {
        if let Some(part) = cotangent(i)
            && !is_zero(&body.graph, place[&part])
        {
            outputs.push((i, Output::Sum(builder.sums.len())));
            builder.sums.push(place[&part]);
        }
    }
    builder.outputs = adjoint.len();
    let made = builder.finish(g, &body, !like.backward);
    outputs
        .into_iter()
        .map(|(i, output)| {
            let value = g.output(made, output);
            (i, outside.map_or(value, |factor| g.scale(factor, value)))
        })
        .collect()
}

/// The outputs whose cotangents count: those that have one, and carried values that reach one.
fn counted(like: &Loop, seeds: &[(Output, NodeId)], moved: &[bool]) -> Vec<Output> {
    let mut counted: Vec<Output> = seeds.iter().map(|s| s.0).collect();
    loop {
        let results: Vec<NodeId> = counted.iter().map(|o| like.result(*o)).collect();
        let read = like.body.read_by(&results);
        let news: Vec<Output> = (0..like.carried)
            .filter(|i| moved[*i] && read.contains(i) && !counted.contains(&Output::Last(*i)))
            .map(Output::Last)
            .collect();
        if news.is_empty() {
            return counted;
        }
        counted.extend(news);
    }
}

/// A cotangent inside: a constant is one there as well.
fn seeded(inside: &mut Graph, outside: Option<f64>, param: NodeId) -> NodeId {
    let shape = inside.shape(param);
    outside.map_or(param, |c| inside.filled(c, shape))
}

/// The cotangents of the operands of a branch, from those of its outputs.
fn branch_cotangents(
    g: &mut Graph,
    id: NodeId,
    cotangents: &HashMap<Output, NodeId>,
    active: &[bool],
    without_rule: &mut bool,
) -> Vec<(usize, NodeId)> {
    let Attr::Branch(like) = g.node(id).op.attr.clone() else { return Vec::new() };
    let args = g.args(id).to_vec();
    let mut operands = args.clone();
    let mut seeds: Vec<(Output, NodeId)> = cotangents.iter().map(|(o, c)| (*o, *c)).collect();
    seeds.sort_unstable_by_key(|s| s.0);
    operands.extend(seeds.iter().map(|s| s.1));
    let shapes: Vec<Shape> = operands.iter().map(|a| g.shape(*a)).collect();
    let wrt: Vec<usize> = (0..args.len()).filter(|i| active[*i]).collect();
    let constants: Vec<Option<f64>> = operands.iter().map(|a| g.constant_value(*a)).collect();
    let promises = g.promised(&args, 0..args.len());
    let mut side = |side: &Region| {
        g.region_promised(promises.clone(), |inside| {
            let params = inside.inputs(&shapes);
            let values = results(inside, side, &params);
            let all: Vec<(NodeId, NodeId)> = seeds
                .iter()
                .enumerate()
                .map(|(at, (Output::Last(i) | Output::Sum(i), _))| {
                    (values[*i], seeded(inside, constants[args.len() + at], params[args.len() + at]))
                })
                .collect();
            let pulled = pullback(inside, &all, &wrt);
            *without_rule |= !pulled.without_rule.is_empty();
            let made: Vec<NodeId> =
                pulled.by.iter().zip(&wrt).map(|(found, i)| found.unwrap_or_else(|| inside.filled(0.0, shapes[*i]))).collect();
            arranged(inside, &values, &made)
        })
    };
    let (then, otherwise) = (side(&like.then), side(&like.otherwise));
    let made = branch(g, &like, &then, &otherwise, &operands);
    wrt.iter().enumerate().map(|(at, i)| (*i, g.output(made, Output::Last(at)))).collect()
}
