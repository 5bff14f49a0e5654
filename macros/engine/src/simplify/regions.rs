//! Rewrites of what loops and branches yield; and their bodies, made anew with all rewrites.

use std::collections::HashMap;
use std::rc::Rc;

use super::{Rewrite, is_zero};
use crate::ir::{Attr, Branch, Dim, Graph, Kind, Loop, NodeId, Output, Region, Shape};

pub(super) const OUTPUT: &[Rewrite] = &[
    Rewrite {
        name: "Σₖ 0 = 0",
        apply: |g, op, a, shape| {
            let (l, output) = loop_of(g, op, a)?;
            let empty = g.dims.resolve(l.count) == Dim::Const(0);
            let nothing = matches!(output, Output::Sum(_)) && (empty || is_zero(&l.body.graph, l.result(output)));
            nothing.then(|| g.filled(0.0, shape))
        },
    },
    Rewrite {
        name: "cₙ = c₀ for cₖ₊₁ = cₖ",
        apply: |g, op, a, _| {
            let (l, Output::Last(i)) = loop_of(g, op, a)? else { return None };
            let first = g.args(a[0])[i];
            let next = l.result(Output::Last(i));
            let stays = is_param(&l.body.graph, next, i)
                || g.dims.resolve(l.count) == Dim::Const(0)
                || g.constant_value(first).is_some_and(|c| l.body.graph.constant_value(next) == Some(c));
            stays.then_some(first)
        },
    },
    Rewrite {
        name: "A if c, A if not = A",
        apply: |g, op, a, shape| {
            let (Attr::Branch(b), Attr::Output(Output::Last(i))) = (g.node(a[0]).op.attr.clone(), &op.attr) else { return None };
            let (then, otherwise) = (b.then.results[*i], b.otherwise.results[*i]);
            if let (Some(c), Some(d)) = (b.then.graph.constant_value(then), b.otherwise.graph.constant_value(otherwise)) {
                return (c == d).then(|| g.filled(c, shape));
            }
            let args = g.args(a[0]);
            let same = |j: &usize| is_param(&b.then.graph, then, *j) && is_param(&b.otherwise.graph, otherwise, *j);
            (0..args.len()).find(same).map(|j| args[j])
        },
    },
];

fn loop_of(g: &Graph, op: &crate::ir::Op, a: &[NodeId]) -> Option<(Rc<Loop>, Output)> {
    match (&g.node(a[0]).op.attr, &op.attr) {
        (Attr::Loop(l), Attr::Output(output)) => Some((Rc::clone(l), *output)),
        _ => None,
    }
}

/// Whether a node is the parameter of this number.
fn is_param(g: &Graph, id: NodeId, i: usize) -> bool {
    g.kind(id) == Kind::Param && g.node(id).op.attr == Attr::Param(i)
}

/// A loop or a branch whose bodies are made anew, with the rewrites of `g`; any other attribute is what it is. `args`: its operands, in `g`.
pub(super) fn rebuilt(g: &mut Graph, attr: Attr, args: &[NodeId]) -> Attr {
    let shapes: Vec<Shape> = args.iter().map(|a| g.shape(*a)).collect();
    let fixed = if let Attr::Loop(l) = &attr { l.carried } else { 0 };
    let promises = g.promised(args, fixed..args.len());
    let mut anew = |region: &Region| {
        g.region_promised(promises.clone(), |inside| {
            let params = inside.inputs(&shapes);
            let mut place: HashMap<NodeId, NodeId> = HashMap::new();
            for id in region.graph.reachable(&region.results) {
                let node = region.graph.node(id);
                let args: Vec<NodeId> = node.args.iter().map(|a| place[a]).collect();
                let new = match node.op.attr.clone() {
                    Attr::Param(i) if node.op.kind == Kind::Param => params[i],
                    Attr::Dim(dim) => inside.dim(dim),
                    Attr::Divisor(dim) => inside.divisor(dim),
                    attr => {
                        let attr = rebuilt(inside, attr, &args);
                        inside.make_shaped(node.op.kind, attr, &args, region.graph.shape(id))
                    }
                };
                place.insert(id, new);
            }
            region.results.iter().map(|r| place[r]).collect()
        })
    };
    match attr {
        Attr::Loop(l) => {
            let body = anew(&l.body);
            Attr::Loop(Rc::new(Loop { body, ..(*l).clone() }))
        }
        Attr::Branch(b) => {
            let (then, otherwise) = (anew(&b.then), anew(&b.otherwise));
            Attr::Branch(Rc::new(Branch { then, otherwise, condition: b.condition.clone() }))
        }
        other => other,
    }
}
