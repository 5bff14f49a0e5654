//! Tangents and Jacobians: a loop or a branch beside what goes along with its values.

use std::collections::HashMap;
use std::rc::Rc;

use super::builder::{Builder, branch};
use crate::diff::arranged;
use crate::diff::jacobian::read_off;
use crate::diff::tangent::tangents;
use crate::ir::{Attr, Branch, Graph, Loop, NodeId, Region, Shape};
use crate::ops::rows;

/// The tangent of a loop or a branch: its outputs are the tangents of the outputs. None if an operation inside has no rule.
pub(crate) fn tangent(g: &mut Graph, id: NodeId, d: &[Option<NodeId>]) -> Option<NodeId> {
    let mut inside = |inside: &mut Graph, values: &[NodeId], along: &[(NodeId, NodeId)]| {
        let number = |param: NodeId| match inside.node(param).op.attr {
            Attr::Param(i) => i,
            _ => unreachable!("diff::regions moves parameters"),
        };
        let moves: Vec<(usize, NodeId)> = along.iter().map(|(param, direction)| (number(*param), *direction)).collect();
        let found = tangents(inside, values, &moves);
        let filled = |(tangent, value): (Option<NodeId>, &NodeId)| {
            let shape = inside.shape(*value);
            tangent.unwrap_or_else(|| inside.filled(0.0, shape))
        };
        let all: Vec<NodeId> = found.of.into_iter().zip(values).map(filled).collect();
        found.without_rule.is_empty().then(|| arranged(inside, values, &all))
    };
    beside(g, id, d, "d", &|_, shape| shape, &mut inside)
}

/// The Jacobian of a loop or a branch that is linear in some operands, from theirs: the same, with matrices whose columns move together. None
/// if an operation inside has no rule.
pub(in crate::diff) fn jacobian(g: &mut Graph, id: NodeId, of: &[Option<NodeId>]) -> Option<NodeId> {
    let cols = g.shape(of.iter().flatten().next().copied()?).cols;
    let shaped = |g: &mut Graph, shape: Shape| Shape::new(rows::entries(g, shape), cols);
    let mut inside = |inside: &mut Graph, values: &[NodeId], along: &[(NodeId, NodeId)]| {
        let mut missing = Vec::new();
        let found = read_off(inside, values, along.iter().copied().collect::<HashMap<_, _>>(), &mut missing);
        let filled = |(j, value): (Option<NodeId>, &NodeId)| {
            j.unwrap_or_else(|| {
                let shape = inside.shape(*value);
                let shape = shaped(inside, shape);
                inside.filled(0.0, shape)
            })
        };
        let all = found.into_iter().zip(values).map(filled).collect();
        missing.is_empty().then_some(all)
    };
    beside(g, id, of, "J", &shaped, &mut inside)
}

/// From values of a body, and parameters of it with what goes along with them, to what goes along with the values.
type Inside<'a> = dyn FnMut(&mut Graph, &[NodeId], &[(NodeId, NodeId)]) -> Option<Vec<NodeId>> + 'a;

/// A loop or a branch beside what goes along with its values, which are its outputs; `of`: what goes along with the operands. `shaped`: the shape
/// of what goes along with a value of a shape.
fn beside(
    g: &mut Graph,
    id: NodeId,
    of: &[Option<NodeId>],
    prefix: &str,
    shaped: &dyn Fn(&mut Graph, Shape) -> Shape,
    inside: &mut Inside<'_>,
) -> Option<NodeId> {
    match g.node(id).op.attr.clone() {
        Attr::Loop(like) => loop_beside(g, id, &like, of, prefix, shaped, inside),
        Attr::Branch(like) => branch_beside(g, id, &like, of, inside),
        _ => None,
    }
}

fn loop_beside(
    g: &mut Graph,
    id: NodeId,
    like: &Rc<Loop>,
    of: &[Option<NodeId>],
    prefix: &str,
    shaped: &dyn Fn(&mut Graph, Shape) -> Shape,
    inside: &mut Inside<'_>,
) -> Option<NodeId> {
    let args = g.args(id).to_vec();
    let moved = like.moved_by(&of.iter().map(Option::is_some).collect::<Vec<_>>());
    let mut builder = Builder::new(like, &args);
    // where among the operands that is what goes along with one of them; what does not move begins with 0, and stays so
    let mut at = HashMap::new();
    for (i, a) in args.iter().enumerate().filter(|(i, _)| moved[*i] || *i < like.carried) {
        at.insert(i, builder.operands.len());
        let operand = of[i].unwrap_or_else(|| {
            let shape = g.shape(*a);
            let shape = shaped(g, shape);
            g.filled(0.0, shape)
        });
        builder.operands.push(operand);
    }
    let shapes: Vec<Shape> = builder.operands.iter().map(|a| g.shape(*a)).collect();
    let mut made = None;
    let promises = g.promised(&args, like.carried..args.len());
    let draft = g.region_promised(promises, |g| {
        let params = g.inputs(&shapes);
        let values = results(g, &like.body, &params);
        let along: Vec<(NodeId, NodeId)> = (0..args.len()).filter(|i| moved[*i]).map(|i| (params[i], params[at[&i]])).collect();
        let Some(found) = inside(g, &values, &along) else { return Vec::new() };
        let next = |i: usize| if moved[i] { found[i] } else { params[at[&i]] };
        let beside = (0..like.carried).map(|i| (params[at[&i]], next(i), format!("{prefix}{}", like.names[i])));
        let own = (0..like.carried).map(|i| (params[i], values[i], like.names[i].clone()));
        builder.carried = beside.chain(own).collect();
        builder.sums = found[like.carried..].to_vec();
        made = Some(());
        builder.carried.iter().map(|c| c.1).chain(builder.sums.iter().copied()).collect()
    });
    made?;
    builder.outputs = like.carried;
    Some(builder.finish(g, &draft, like.backward))
}

fn branch_beside(g: &mut Graph, id: NodeId, like: &Branch, of: &[Option<NodeId>], inside: &mut Inside<'_>) -> Option<NodeId> {
    let mut operands = g.args(id).to_vec();
    let promises = g.promised(&operands, 0..operands.len());
    let mut at = Vec::new();
    for (i, beside) in of.iter().enumerate().filter_map(|(i, beside)| Some((i, (*beside)?))) {
        at.push((i, operands.len()));
        operands.push(beside);
    }
    let shapes: Vec<Shape> = operands.iter().map(|a| g.shape(*a)).collect();
    let mut side = |side: &Region| {
        let mut complete = true;
        let region = g.region_promised(promises.clone(), |g| {
            let params = g.inputs(&shapes);
            let values = results(g, side, &params);
            let along: Vec<(NodeId, NodeId)> = at.iter().map(|(i, at)| (params[*i], params[*at])).collect();
            inside(g, &values, &along).unwrap_or_else(|| {
                complete = false;
                Vec::new()
            })
        });
        complete.then_some(region)
    };
    let (then, otherwise) = (side(&like.then)?, side(&like.otherwise)?);
    Some(branch(g, like, &then, &otherwise, &operands))
}

/// The results of a body, once more.
pub(super) fn results(g: &mut Graph, body: &Region, params: &[NodeId]) -> Vec<NodeId> {
    let place = body.copy(g, params);
    body.results.iter().map(|r| place[r]).collect()
}
