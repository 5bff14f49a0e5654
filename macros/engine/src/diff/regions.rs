//! Loops and branches: the same three steps, inside.
//!
//! ```text
//! cₖ₊₁ = F(k, cₖ, A),  s = Σₖ S(k, cₖ, A)                  what a loop is
//! ċₖ₊₁ = dF,           ṡ = Σₖ dS                            its tangent: the same loop, beside itself
//! λₖ   = F_cᵀ λₖ₊₁ + S_cᵀ σ,   Ā = Σₖ F_Aᵀ λₖ₊₁ + S_Aᵀ σ     its cotangents: a loop backwards, over the states that it reads
//! ```
//!
//! A branch has the tangents and the cotangents of the side that is taken.

use std::collections::HashMap;
use std::rc::Rc;

use super::arranged;
use super::gradient::pullback;
use super::jacobian::read_off;
use super::tangent::tangents;
use crate::ir::{Attr, Block, Branch, Condition, Dim, Graph, Index, Kind, Loop, NodeId, Output, Region, Shape};
use crate::simplify::is_zero;

/// A loop that is being made: its operands and its body grow together.
struct Builder {
    like: Rc<Loop>,
    /// Parameter, next value, name.
    carried: Vec<(NodeId, NodeId, String)>,
    /// How many of these, the first, are wanted in the end; others are there to be read.
    outputs: usize,
    sums: Vec<NodeId>,
    operands: Vec<NodeId>,
}

impl Builder {
    /// With these operands; what of them is carried, and what comes of it, is told later.
    fn new(like: Rc<Loop>) -> Self {
        Self { like, carried: Vec::new(), outputs: 0, sums: Vec::new(), operands: Vec::new() }
    }

    /// The loop, of what was made inside with `operands` for parameters: those that nothing reads are left out.
    fn finish(self, g: &mut Graph, draft: &Region, backward: bool) -> NodeId {
        let carried = self.needed(draft);
        let Self { like, sums, operands, .. } = self;
        let results: Vec<NodeId> = carried.iter().map(|c| c.1).chain(sums.iter().copied()).collect();
        let first: Vec<usize> = carried.iter().map(|c| number(draft, c.0)).collect();
        let mut read = draft.read_by(&results);
        read.sort_unstable();
        let order: Vec<usize> = first.iter().copied().chain(read.into_iter().filter(|i| !first.contains(i))).collect();
        let args: Vec<NodeId> = order.iter().map(|i| operands[*i]).collect();
        let shapes: Vec<Shape> = args.iter().map(|a| g.shape(*a)).collect();
        let body = g.region(|inside| {
            let mut params = vec![None; operands.len()];
            for (new, old) in order.iter().enumerate() {
                params[*old] = Some(inside.input(new, shapes[new]));
            }
            let params: Vec<NodeId> = params.into_iter().map(Option::unwrap_or_default).collect();
            let place = draft.copy_of(inside, &params, &results);
            results.iter().map(|r| place[r]).collect()
        });
        let backward = backward && !carried.is_empty();
        let names = carried.into_iter().map(|c| c.2).collect();
        let made =
            Loop { body, carried: first.len(), count: like.count, index: like.index, backward, first: like.first.clone(), names };
        g.make_shaped(Kind::Loop, Attr::Loop(Rc::new(made)), &args, Shape::SCALAR)
    }
}

/// The number of a parameter.
fn number(draft: &Region, id: NodeId) -> usize {
    match draft.graph.node(id).op.attr {
        Attr::Param(i) => i,
        _ => unreachable!("diff::regions carries parameters"),
    }
}

/// The tangent of a loop: its outputs are the tangents of the loop's.
pub fn loop_tangent(g: &mut Graph, id: NodeId, d: &[Option<NodeId>]) -> Option<NodeId> {
    let Attr::Loop(like) = g.node(id).op.attr.clone() else { return None };
    let args = g.args(id).to_vec();
    let given: Vec<bool> = d.iter().map(Option::is_some).collect();
    let moved = like.moved_by(&given);
    // operands: the loop's own, and the tangents of those that move
    let mut builder = Builder::new(Rc::clone(&like));
    builder.operands.clone_from(&args);
    let mut moves = Vec::new();
    for (i, a) in args.iter().enumerate().filter(|(i, _)| moved[*i]) {
        moves.push((i, builder.operands.len()));
        let tangent = d[i].unwrap_or_else(|| g.filled(0.0, g.shape(*a)));
        builder.operands.push(tangent);
    }
    let shapes: Vec<Shape> = builder.operands.iter().map(|a| g.shape(*a)).collect();
    let mut next = (Vec::new(), Vec::new());
    let draft = g.region(|inside| {
        let params: Vec<NodeId> = shapes.iter().enumerate().map(|(i, s)| inside.input(i, *s)).collect();
        let place = like.body.copy(inside, &params);
        let values: Vec<NodeId> = like.body.results.iter().map(|r| place[r]).collect();
        let directions: Vec<(usize, NodeId)> = moves.iter().map(|(i, at)| (*i, params[*at])).collect();
        let found = tangents(inside, &values, &directions).of;
        let found: Vec<NodeId> =
            found.into_iter().zip(&values).map(|(t, v)| t.unwrap_or_else(|| inside.filled(0.0, inside.shape(*v)))).collect();
        let found = arranged(inside, &values, &found);
        for i in 0..like.carried {
            // what does not move stays 0
            let of = moves.iter().find(|m| m.0 == i).map_or(params[i], |m| params[m.1]);
            next.0.push((of, found[i], format!("d{}", like.names[i])));
        }
        for i in 0..like.carried {
            next.0.push((params[i], values[i], like.names[i].clone()));
        }
        next.1 = found[like.carried..].to_vec();
        next.0.iter().map(|c| c.1).chain(next.1.iter().copied()).collect()
    });
    builder.carried = next.0;
    builder.sums = next.1;
    Some(builder.finish_with_still(g, &draft, &like, &moved))
}

impl Builder {
    /// The carried values that are outputs, and those that something reads.
    fn needed(&self, draft: &Region) -> Vec<(NodeId, NodeId, String)> {
        let mut needed: Vec<bool> = (0..self.carried.len()).map(|i| i < self.outputs).collect();
        loop {
            let live = self.carried.iter().zip(&needed).filter(|(_, n)| **n).map(|(c, _)| c.1);
            let read = draft.read_by(&live.chain(self.sums.iter().copied()).collect::<Vec<_>>());
            let news: Vec<usize> =
                (0..needed.len()).filter(|i| !needed[*i] && read.contains(&number(draft, self.carried[*i].0))).collect();
            if news.is_empty() {
                return self.carried.iter().zip(needed).filter(|(_, n)| *n).map(|(c, _)| c.clone()).collect();
            }
            for i in news {
                needed[i] = true;
            }
        }
    }

    /// A tangent: carried values that do not move have a tangent all the same, 0 from the first to the last.
    fn finish_with_still(mut self, g: &mut Graph, draft: &Region, like: &Loop, moved: &[bool]) -> NodeId {
        let mut draft = draft.clone();
        for i in (0..like.carried).filter(|i| !moved[*i]) {
            let shape = draft.graph.shape(draft.results[i]);
            let zero = g.filled(0.0, shape);
            let param = draft.graph.input(self.operands.len(), shape);
            self.operands.push(zero);
            self.carried[i].0 = param;
            self.carried[i].1 = param;
        }
        self.outputs = like.carried;
        self.finish(g, &draft, like.backward)
    }
}

/// The cotangents of the operands of a loop or a branch, from those of its outputs; and whether all of its operations have a rule.
/// `active`: which operands matter.
pub(super) fn cotangents(
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
    // a scalar cotangent of one sum is a factor outside
    let outside = match cotangents.iter().collect::<Vec<_>>()[..] {
        [(Output::Sum(_), cotangent)] if g.is_scalar(*cotangent) && g.constant_value(*cotangent) != Some(1.0) => Some(*cotangent),
        _ => None,
    };
    let mut seeds: Vec<(Output, NodeId)> = cotangents.iter().map(|(o, c)| (*o, *c)).collect();
    seeds.sort_unstable_by_key(|s| s.0);
    if outside.is_some() {
        seeds[0].1 = g.constant(1.0);
    }
    // the carried values whose cotangents count: they end in one, or reach one
    let mut counted: Vec<Output> = seeds.iter().map(|s| s.0).collect();
    loop {
        let results: Vec<NodeId> = counted.iter().map(|o| like.result(*o)).collect();
        let read = like.body.read_by(&results);
        let news: Vec<Output> = (0..like.carried)
            .filter(|i| moved[*i] && read.contains(i) && !counted.contains(&Output::Last(*i)))
            .map(Output::Last)
            .collect();
        if news.is_empty() {
            break;
        }
        counted.extend(news);
    }
    let adjoint: Vec<usize> = (0..like.carried).filter(|i| moved[*i] && counted.contains(&Output::Last(*i))).collect();
    // operands of the draft: the loop's, what the cotangents of carried values are in the end, those of sums
    let mut builder = Builder::new(Rc::clone(&like));
    builder.operands.clone_from(&args);
    let seed = |output: Output| seeds.iter().find(|s| s.0 == output).map(|s| s.1);
    for i in &adjoint {
        let last = seed(Output::Last(*i)).unwrap_or_else(|| g.filled(0.0, g.shape(args[*i])));
        builder.operands.push(last);
    }
    let sums: Vec<(Output, NodeId)> = seeds.iter().filter(|s| matches!(s.0, Output::Sum(_))).copied().collect();
    builder.operands.extend(sums.iter().map(|s| s.1));
    let shapes: Vec<Shape> = builder.operands.iter().map(|a| g.shape(*a)).collect();
    let wrt: Vec<usize> = (0..args.len()).filter(|i| moved[*i]).collect();
    let mut found = Vec::new();
    let constants: Vec<Option<f64>> = builder.operands.iter().map(|a| g.constant_value(*a)).collect();
    let draft = g.region(|inside| {
        let params: Vec<NodeId> = shapes.iter().enumerate().map(|(i, s)| inside.input(i, *s)).collect();
        let place = like.body.copy(inside, &params);
        let values: Vec<NodeId> = like.body.results.iter().map(|r| place[r]).collect();
        let mut all: Vec<(NodeId, NodeId)> = Vec::new();
        for (at, i) in adjoint.iter().enumerate() {
            all.push((values[*i], params[args.len() + at]));
        }
        for (at, (output, _)) in sums.iter().enumerate() {
            let (Output::Sum(i) | Output::Last(i)) = *output;
            let at = args.len() + adjoint.len() + at;
            // a constant is one inside as well
            let seed = match constants[at] {
                Some(c) => inside.filled(c, shapes[at]),
                None => params[at],
            };
            all.push((values[like.carried + i], seed));
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
    let draft = with_states(g, &draft, &like, id, &wanted, &mut builder);
    let (draft, place) = draft;
    let mut outputs = Vec::new();
    let mut body = draft;
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

/// The draft, where carried values are read off the states that the loop went through; and where its nodes went.
fn with_states(
    g: &mut Graph,
    draft: &Region,
    like: &Rc<Loop>,
    id: NodeId,
    wanted: &[NodeId],
    builder: &mut Builder,
) -> (Region, HashMap<NodeId, NodeId>) {
    let read: Vec<usize> = draft.read_by(wanted).into_iter().filter(|i| *i < like.carried).collect();
    let states = states(g, id, like, &read);
    let first = builder.operands.len();
    builder.operands.extend(states.iter().copied());
    let shapes: Vec<Shape> = builder.operands.iter().map(|a| g.shape(*a)).collect();
    let mut place = HashMap::new();
    let region = g.region(|inside| {
        let mut params: Vec<NodeId> = shapes.iter().enumerate().map(|(i, s)| inside.input(i, *s)).collect();
        for (at, i) in read.iter().enumerate() {
            params[*i] = state(inside, params[first + at], shapes[*i], like);
        }
        place = draft.copy_of(inside, &params, wanted);
        wanted.iter().map(|w| place[w]).collect()
    });
    (region, place)
}

/// All values of some carried ones, those before each iteration: the columns of matrices, of numbers a vector.
fn states(g: &mut Graph, id: NodeId, like: &Rc<Loop>, which: &[usize]) -> Vec<NodeId> {
    if which.is_empty() {
        return Vec::new();
    }
    let args = g.args(id).to_vec();
    let shapes: Vec<Shape> = args.iter().map(|a| g.shape(*a)).collect();
    let body = g.region(|inside| {
        let params: Vec<NodeId> = shapes.iter().enumerate().map(|(i, s)| inside.input(i, *s)).collect();
        let place = like.body.copy(inside, &params);
        let mut results: Vec<NodeId> = like.body.results.iter().map(|r| place[r]).collect();
        for i in which {
            let column = shapes[*i].cols == Dim::ONE;
            let part = if column { params[*i] } else { crate::ops::rows::vec(inside, params[*i]) };
            let entries = inside.shape(part).rows;
            let (block, whole) = if entries == Dim::ONE {
                (Block { row: at(like), col: Index::default() }, Shape::column(like.count))
            } else {
                (Block { row: Index::default(), col: at(like) }, Shape::new(entries, like.count))
            };
            results.push(inside.make_shaped(Kind::Place, Attr::Block(block), &[part], whole));
        }
        results
    });
    let first = like.sums();
    let longer = Loop { body, ..(**like).clone() };
    let made = g.make_shaped(Kind::Loop, Attr::Loop(Rc::new(longer)), &args, Shape::SCALAR);
    (0..which.len()).map(|i| g.output(made, Output::Sum(first + i))).collect()
}

/// The value of this iteration, from all of them.
fn state(inside: &mut Graph, all: NodeId, shape: Shape, like: &Loop) -> NodeId {
    if shape.is_scalar() {
        let block = Block { row: at(like), col: Index::default() };
        return inside.make_shaped(Kind::Slice, Attr::Block(block), &[all], Shape::SCALAR);
    }
    let block = Block { row: Index::default(), col: at(like) };
    let entries = inside.shape(all).rows;
    let column = inside.make_shaped(Kind::Slice, Attr::Block(block), &[all], Shape::column(entries));
    if shape.cols == Dim::ONE { column } else { inside.make_shaped(Kind::Reshape, Attr::None, &[column], shape) }
}

/// The number of the iteration, as a position.
fn at(like: &Loop) -> Index {
    Index { code: Some(like.index), ..Index::default() }
}

/// The tangent of a branch.
pub fn branch_tangent(g: &mut Graph, id: NodeId, d: &[Option<NodeId>]) -> Option<NodeId> {
    let Attr::Branch(like) = g.node(id).op.attr.clone() else { return None };
    let mut operands = g.args(id).to_vec();
    let mut moves = Vec::new();
    for (i, tangent) in d.iter().enumerate() {
        if let Some(tangent) = tangent {
            moves.push((i, operands.len()));
            operands.push(*tangent);
        }
    }
    let shapes: Vec<Shape> = operands.iter().map(|a| g.shape(*a)).collect();
    let mut side = |side: &Region| {
        g.region(|inside| {
            let params: Vec<NodeId> = shapes.iter().enumerate().map(|(i, s)| inside.input(i, *s)).collect();
            let place = side.copy(inside, &params);
            let values: Vec<NodeId> = side.results.iter().map(|r| place[r]).collect();
            let directions: Vec<(usize, NodeId)> = moves.iter().map(|(i, at)| (*i, params[*at])).collect();
            let found = tangents(inside, &values, &directions).of;
            let found: Vec<NodeId> =
                found.into_iter().zip(&values).map(|(t, v)| t.unwrap_or_else(|| inside.filled(0.0, inside.shape(*v)))).collect();
            arranged(inside, &values, &found)
        })
    };
    let (then, otherwise) = (side(&like.then), side(&like.otherwise));
    Some(branch(g, &like, &then, &otherwise, &operands))
}

/// A branch on the same condition, without operands that nothing reads.
fn branch(g: &mut Graph, like: &Branch, then: &Region, otherwise: &Region, operands: &[NodeId]) -> NodeId {
    let compared = match like.condition {
        Condition::Compare(_) => 2,
        Condition::Code(_) => 0,
    };
    let mut order: Vec<usize> = then.read_by(&then.results);
    order.extend(otherwise.read_by(&otherwise.results));
    order.retain(|i| *i >= compared);
    order.sort_unstable();
    order.dedup();
    order.splice(0..0, 0..compared);
    let args: Vec<NodeId> = order.iter().map(|i| operands[*i]).collect();
    let shapes: Vec<Shape> = args.iter().map(|a| g.shape(*a)).collect();
    let mut side = |side: &Region| {
        g.region(|inside| {
            let mut params = vec![NodeId::default(); operands.len()];
            for (new, old) in order.iter().enumerate() {
                params[*old] = inside.input(new, shapes[new]);
            }
            let place = side.copy(inside, &params);
            side.results.iter().map(|r| place[r]).collect()
        })
    };
    let (then, otherwise) = (side(then), side(otherwise));
    let made = Branch { condition: like.condition.clone(), then, otherwise };
    g.make_shaped(Kind::Branch, Attr::Branch(Rc::new(made)), &args, Shape::SCALAR)
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
    let mut side = |side: &Region| {
        g.region(|inside| {
            let params: Vec<NodeId> = shapes.iter().enumerate().map(|(i, s)| inside.input(i, *s)).collect();
            let place = side.copy(inside, &params);
            let values: Vec<NodeId> = side.results.iter().map(|r| place[r]).collect();
            let seed = |inside: &mut Graph, at: usize| match constants[at] {
                Some(c) => inside.filled(c, shapes[at]),
                None => params[at],
            };
            let all: Vec<(NodeId, NodeId)> = seeds
                .iter()
                .enumerate()
                .map(|(at, (Output::Last(i) | Output::Sum(i), _))| (values[*i], seed(inside, args.len() + at)))
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

/// The Jacobian of a loop or a branch that is linear in some operands, from theirs: the same, with matrices whose columns move together.
pub(super) fn jacobian(g: &mut Graph, id: NodeId, of: &[Option<NodeId>]) -> (Option<NodeId>, bool) {
    let mut without_rule = false;
    let found = jacobian_inside(g, id, of, &mut without_rule);
    (found, !without_rule)
}

fn jacobian_inside(g: &mut Graph, id: NodeId, of: &[Option<NodeId>], without_rule: &mut bool) -> Option<NodeId> {
    let args = g.args(id).to_vec();
    let given: Vec<bool> = of.iter().map(Option::is_some).collect();
    let cols = g.shape(of.iter().flatten().next().copied()?).cols;
    match g.node(id).op.attr.clone() {
        Attr::Loop(like) => {
            let moved = like.moved_by(&given);
            let mut builder = Builder::new(Rc::clone(&like));
            builder.operands.clone_from(&args);
            let mut known = Vec::new();
            for (i, a) in args.iter().enumerate().filter(|(i, _)| moved[*i]) {
                known.push((i, builder.operands.len()));
                let operand = match of[i] {
                    Some(j) => j,
                    None => {
                        let rows = crate::ops::rows::entries(g, g.shape(*a));
                        g.filled(0.0, Shape::new(rows, cols))
                    }
                };
                builder.operands.push(operand);
            }
            let shapes: Vec<Shape> = builder.operands.iter().map(|a| g.shape(*a)).collect();
            let mut next = (Vec::new(), Vec::new());
            let draft = g.region(|inside| {
                let params: Vec<NodeId> = shapes.iter().enumerate().map(|(i, s)| inside.input(i, *s)).collect();
                let (values, found) = linear_inside(inside, &like.body, &params, &known, cols, without_rule);
                for i in 0..like.carried {
                    let of = known.iter().find(|m| m.0 == i).map_or(params[i], |m| params[m.1]);
                    next.0.push((of, found[i], format!("J{}", like.names[i])));
                }
                for i in 0..like.carried {
                    next.0.push((params[i], values[i], like.names[i].clone()));
                }
                next.1 = found[like.carried..].to_vec();
                found
            });
            builder.carried = next.0;
            builder.sums = next.1;
            Some(builder.finish_with_still(g, &draft, &like, &moved))
        }
        Attr::Branch(like) => {
            let mut operands = args.clone();
            let mut known = Vec::new();
            for (i, j) in of.iter().enumerate() {
                if let Some(j) = j {
                    known.push((i, operands.len()));
                    operands.push(*j);
                }
            }
            let shapes: Vec<Shape> = operands.iter().map(|a| g.shape(*a)).collect();
            let mut side = |side: &Region| {
                g.region(|inside| {
                    let params: Vec<NodeId> = shapes.iter().enumerate().map(|(i, s)| inside.input(i, *s)).collect();
                    linear_inside(inside, side, &params, &known, cols, without_rule).1
                })
            };
            let (then, otherwise) = (side(&like.then), side(&like.otherwise));
            Some(branch(g, &like, &then, &otherwise, &operands))
        }
        _ => None,
    }
}

/// A body, and the Jacobians of its results: `known`: of which parameters there are Jacobians, and in which.
fn linear_inside(
    inside: &mut Graph,
    body: &Region,
    params: &[NodeId],
    known: &[(usize, usize)],
    cols: Dim,
    without_rule: &mut bool,
) -> (Vec<NodeId>, Vec<NodeId>) {
    let place = body.copy(inside, params);
    let values: Vec<NodeId> = body.results.iter().map(|r| place[r]).collect();
    let jacobians: HashMap<NodeId, NodeId> = known.iter().map(|(i, at)| (params[*i], params[*at])).collect();
    let mut missing = Vec::new();
    let found = read_off(inside, &values, jacobians, &mut missing);
    *without_rule |= !missing.is_empty();
    let found = found
        .into_iter()
        .zip(&values)
        .map(|(j, value)| {
            j.unwrap_or_else(|| {
                let rows = crate::ops::rows::entries(inside, inside.shape(*value));
                inside.filled(0.0, Shape::new(rows, cols))
            })
        })
        .collect();
    (values, found)
}
