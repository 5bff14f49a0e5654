//! Loops and branches that are being made: operands that nothing reads are left out.

use std::rc::Rc;

use crate::ir::{Attr, Branch, Condition, Graph, Kind, Loop, NodeId, Region, Shape};

/// A loop that is being made: its operands and its body grow together.
pub(super) struct Builder {
    like: Rc<Loop>,
    /// Parameter, next value, name.
    pub(super) carried: Vec<(NodeId, NodeId, String)>,
    /// How many of these, the first, are wanted in the end; others are there to be read.
    pub(super) outputs: usize,
    pub(super) sums: Vec<NodeId>,
    pub(super) operands: Vec<NodeId>,
}

impl Builder {
    /// With these operands; what of them is carried, and what comes of it, is told later.
    pub(super) fn new(like: &Rc<Loop>, operands: &[NodeId]) -> Self {
        Self { like: Rc::clone(like), carried: Vec::new(), outputs: 0, sums: Vec::new(), operands: operands.to_vec() }
    }

    /// The loop, of what was made inside with `operands` for parameters.
    pub(super) fn finish(self, g: &mut Graph, draft: &Region, backward: bool) -> NodeId {
        let carried = self.needed(draft);
        let results: Vec<NodeId> = carried.iter().map(|c| c.1).chain(self.sums.iter().copied()).collect();
        let first: Vec<usize> = carried.iter().map(|c| number(draft, c.0)).collect();
        let mut read = draft.read_by(&results);
        read.sort_unstable();
        let order: Vec<usize> = first.iter().copied().chain(read.into_iter().filter(|i| !first.contains(i))).collect();
        let (body, args) = of_these(g, draft, &results, &self.operands, &order, first.len());
        let Loop { count, index, first, .. } = (*self.like).clone();
        let (backward, names) = (backward && !carried.is_empty(), carried.iter().map(|c| c.2.clone()).collect());
        let made = Loop { body, carried: carried.len(), count, index, backward, first, names };
        g.make_shaped(Kind::Loop, Attr::Loop(Rc::new(made)), &args, Shape::SCALAR)
    }

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
}

/// The number of a parameter.
fn number(draft: &Region, id: NodeId) -> usize {
    match draft.graph.node(id).op.attr {
        Attr::Param(i) => i,
        _ => unreachable!("diff::regions carries parameters"),
    }
}

/// A branch on the same condition.
pub(super) fn branch(g: &mut Graph, like: &Branch, then: &Region, otherwise: &Region, operands: &[NodeId]) -> NodeId {
    let compared = match like.condition {
        Condition::Compare(_) => 2,
        Condition::Code(_) => 0,
    };
    let mut order: Vec<usize> = [then, otherwise].iter().flat_map(|side| side.read_by(&side.results)).collect();
    order.retain(|i| *i >= compared);
    order.sort_unstable();
    order.dedup();
    order.splice(0..0, 0..compared);
    let (then, _) = of_these(g, then, &then.results, operands, &order, 0);
    let (otherwise, args) = of_these(g, otherwise, &otherwise.results, operands, &order, 0);
    let made = Branch { condition: like.condition.clone(), then, otherwise };
    g.make_shaped(Kind::Branch, Attr::Branch(Rc::new(made)), &args, Shape::SCALAR)
}

/// A region with these results and of these operands alone, in this order; so many of them are carried.
fn of_these(
    g: &mut Graph,
    draft: &Region,
    results: &[NodeId],
    operands: &[NodeId],
    order: &[usize],
    carried: usize,
) -> (Region, Vec<NodeId>) {
    let args: Vec<NodeId> = order.iter().map(|i| operands[*i]).collect();
    let shapes: Vec<Shape> = args.iter().map(|a| g.shape(*a)).collect();
    let promises = g.promised(&args, carried..args.len());
    let region = g.region_promised(promises, |inside| {
        let mut params = vec![NodeId::default(); operands.len()];
        for (param, old) in inside.inputs(&shapes).into_iter().zip(order) {
            params[*old] = param;
        }
        let place = draft.copy_of(inside, &params, results);
        results.iter().map(|r| place[r]).collect()
    });
    (region, args)
}
