//! Steps: loops and branches, nested, with values that are carried, sums, entries by the number of the iteration.

use std::rc::Rc;

use super::builder::Builder;
use crate::ir::{Attr, Block, Branch, Cmp, Condition, Dim, Graph, Index, Kind, Loop, NodeId, OpaqueId, Output, Region, Shape};

/// A loop of some iterations over values that there are.
pub(super) fn looped(b: &mut Builder) -> Option<NodeId> {
    let operands = operands(b);
    let count = 1 + b.random.below(4);
    let (of, l) = repeated(b, &operands, count, 2);
    let outputs: Vec<Output> = l.outputs().collect();
    let mut first = None;
    for output in outputs {
        let value = b.graph.output(of, output);
        if let Some(value) = b.evaluated(value) {
            first = b.offer(value).or(first);
        }
    }
    first
}

/// A branch on a comparison of values that there are.
pub(super) fn branched(b: &mut Builder) -> Option<NodeId> {
    let x = b.choose(|b, id| b.graph.is_scalar(id))?;
    let y = b.choose(|b, id| b.graph.is_scalar(id))?;
    let apart = (b.value(x).at(0, 0) - b.value(y).at(0, 0)).abs() > 0.05;
    let mut operands = vec![x, y];
    operands.extend(self::operands(b));
    let of = apart.then(|| chosen(b, &operands, 1))?;
    let value = b.graph.output(of, Output::Last(0));
    b.evaluated(value)
}

fn operands(b: &mut Builder) -> Vec<NodeId> {
    let wanted = 2 + b.random.below(3);
    let mut operands = Vec::new();
    for _ in 0..wanted {
        operands.push(b.any()); // what is carried may be read as what it was, too
    }
    operands
}

/// What a body is made of: values of known shapes.
struct Body<'b> {
    b: &'b mut Builder,
    sizes: Vec<(usize, usize)>,
    /// The number of the iteration, and how many there are, in a loop.
    at: Option<(OpaqueId, usize)>,
}

fn repeated(b: &mut Builder, operands: &[NodeId], count: usize, depth: usize) -> (NodeId, Rc<Loop>) {
    let sizes: Vec<(usize, usize)> = operands.iter().map(|a| b.size(*a)).collect();
    let shapes: Vec<Shape> = operands.iter().map(|a| b.graph.shape(*a)).collect();
    let carried = b.random.below(3).min(operands.len());
    let index = b.integer(0);
    let mut graph = std::mem::take(&mut b.graph);
    let region = graph.region(|g| {
        let params = g.inputs(&shapes);
        let mut body = Body { b, sizes, at: Some((index, count)) };
        let mut results: Vec<NodeId> = (0..carried).map(|i| body.next(g, &params, i, depth)).collect();
        for _ in 0..=usize::from(body.b.random.once_in(2)) {
            let addend = body.addend(g, &params, &results[..carried], (index, count));
            results.push(addend);
        }
        results
    });
    b.graph = graph;
    let backward = carried > 0 && b.random.once_in(3);
    let names = (0..carried).map(|i| format!("c{i}")).collect();
    let l = Rc::new(Loop { body: region, carried, count: Dim::Const(count), index, backward, first: Vec::new(), names });
    let id = b.graph.make_shaped(Kind::Loop, Attr::Loop(Rc::clone(&l)), operands, Shape::SCALAR);
    (id, l)
}

fn chosen(b: &mut Builder, operands: &[NodeId], depth: usize) -> NodeId {
    let sizes: Vec<(usize, usize)> = operands.iter().map(|a| b.size(*a)).collect();
    let shapes: Vec<Shape> = operands.iter().map(|a| b.graph.shape(*a)).collect();
    let which = b.random.below(operands.len());
    let mut graph = std::mem::take(&mut b.graph);
    let mut side = |b: &mut Builder| {
        graph.region(|g| {
            let params = g.inputs(&shapes);
            let mut body = Body { b, sizes: sizes.clone(), at: None };
            vec![body.next(g, &params, which, depth)]
        })
    };
    let (then, otherwise): (Region, Region) = (side(b), side(b));
    b.graph = graph;
    let cmp = b.random.of(&[Cmp::Lt, Cmp::Ge, Cmp::Gt, Cmp::Le]);
    let made = Branch { condition: Condition::Compare(cmp), then, otherwise };
    b.graph.make_shaped(Kind::Branch, Attr::Branch(Rc::new(made)), operands, Shape::SCALAR)
}

impl Body<'_> {
    /// A value of the shape of operand `i`, of moderate size.
    fn next(&mut self, g: &mut Graph, params: &[NodeId], i: usize, depth: usize) -> NodeId {
        let value = params[i];
        let alike: Vec<usize> = (0..params.len()).filter(|j| g.shape(params[*j]) == g.shape(value) && *j != i).collect();
        let square: Vec<usize> = (0..params.len())
            .filter(|j| g.shape(params[*j]) == Shape::new(g.shape(value).rows, g.shape(value).rows) && self.sizes[*j].0 > 1)
            .collect();
        let scalars: Vec<usize> = (0..params.len()).filter(|j| g.is_scalar(params[*j])).collect();
        let bounded = self.b.random.of(&[Kind::Tanh, Kind::Sin, Kind::Cos, Kind::Atan]);
        match self.b.random.below(10) {
            0 if !square.is_empty() => {
                let a = params[self.b.random.of(&square)];
                let product = g.matmul(&[a, value]);
                g.unary(bounded, product)
            }
            1 | 2 if !alike.is_empty() => {
                let other = params[self.b.random.of(&alike)];
                let both = g.hadamard(&[value, other]);
                let both = g.unary(bounded, both);
                g.lin(&[(0.5, both), (0.25, other)])
            }
            3 if !scalars.is_empty() => {
                let s = params[self.b.random.of(&scalars)];
                let scaled = g.scale(s, value);
                g.unary(bounded, scaled)
            }
            // linear: no state is read
            4 => g.times(0.75, value),
            5 if depth > 0 && !scalars.is_empty() => self.branch(g, params, i, depth),
            6 if depth > 0 => self.inner(g, params, i),
            7 | 8 if self.may_update(g, value, i) => self.updated(g, value, bounded),
            _ => {
                let f = g.unary(bounded, value);
                g.lin(&[(0.5, value), (0.5, f)])
            }
        }
    }

    fn may_update(&self, g: &Graph, value: NodeId, i: usize) -> bool {
        let long = |(_, count)| self.sizes[i].0 >= count;
        g.shape(value).cols == Dim::ONE && !g.is_scalar(value) && self.at.is_some_and(long)
    }

    /// A vector with another entry where the iteration is, made of that and of the others.
    fn updated(&mut self, g: &mut Graph, value: NodeId, bounded: Kind) -> NodeId {
        let code = self.at.map(|at| at.0);
        let block = Attr::Block(Block { row: Index { code, ..Index::default() }, col: Index::default() });
        let own = g.make_shaped(Kind::Slice, block.clone(), &[value], Shape::SCALAR);
        let (own, all) = (g.unary(bounded, own), g.sum(value));
        let all = g.unary(Kind::Sin, all);
        let entry = g.lin(&[(0.5, own), (0.25, all)]);
        g.make_shaped(Kind::Update, block, &[value, entry], g.shape(value))
    }

    /// A branch in a body.
    fn branch(&mut self, g: &mut Graph, params: &[NodeId], i: usize, depth: usize) -> NodeId {
        let scalar = (0..params.len()).find(|j| g.is_scalar(params[*j])).map(|j| params[j]);
        let Some(scalar) = scalar else { return params[i] };
        let limit = g.constant(0.3);
        let mut operands = vec![scalar, limit];
        operands.extend(params);
        let (shapes, mut sizes): (Vec<Shape>, Vec<(usize, usize)>) =
            (operands.iter().map(|a| g.shape(*a)).collect(), vec![(1, 1), (1, 1)]);
        sizes.extend(&self.sizes);
        let mut sides = Vec::new();
        for _ in 0..2 {
            let (b, sizes, at) = (&mut *self.b, sizes.clone(), self.at);
            sides.push(g.region(|g| {
                let params = g.inputs(&shapes);
                let mut body = Body { b, sizes, at };
                vec![body.next(g, &params, i + 2, depth - 1)]
            }));
        }
        let otherwise = sides.pop().unwrap_or_else(|| unreachable!("there are two sides"));
        let then = sides.pop().unwrap_or_else(|| unreachable!("there are two sides"));
        let made = Branch { condition: Condition::Compare(Cmp::Lt), then, otherwise };
        let of = g.make_shaped(Kind::Branch, Attr::Branch(Rc::new(made)), &operands, Shape::SCALAR);
        g.output(of, Output::Last(0))
    }

    /// A loop in a body.
    fn inner(&mut self, g: &mut Graph, params: &[NodeId], i: usize) -> NodeId {
        let mut order: Vec<NodeId> = vec![params[i]];
        order.extend(params.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, p)| *p));
        let mut sizes = vec![self.sizes[i]];
        sizes.extend(self.sizes.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, s)| *s));
        let shapes: Vec<Shape> = order.iter().map(|a| g.shape(*a)).collect();
        let (index, count) = (self.b.integer(0), 1 + self.b.random.below(3));
        let b = &mut *self.b;
        let region = g.region(|g| {
            let params = g.inputs(&shapes);
            let mut body = Body { b, sizes, at: Some((index, count)) };
            vec![body.next(g, &params, 0, 0)]
        });
        let names = vec!["c".to_owned()];
        let l = Loop { body: region, carried: 1, count: Dim::Const(count), index, backward: false, first: Vec::new(), names };
        let of = g.make_shaped(Kind::Loop, Attr::Loop(Rc::new(l)), &order, Shape::SCALAR);
        g.output(of, Output::Last(0))
    }

    /// A term of a sum.
    fn addend(&mut self, g: &mut Graph, params: &[NodeId], next: &[NodeId], (index, count): (OpaqueId, usize)) -> NodeId {
        let at = Index { code: Some(index), ..Index::default() };
        let long: Vec<usize> = (0..params.len())
            .filter(|j| self.sizes[*j].0 >= count && g.shape(params[*j]).cols == Dim::ONE && !g.is_scalar(params[*j]))
            .collect();
        let pool: Vec<NodeId> = params.iter().chain(next).copied().collect();
        let value = self.b.random.of(&pool);
        let bounded = g.unary(Kind::Sin, value);
        match self.b.random.below(5) {
            0 => g.unary(Kind::NormSq, bounded),
            1 if !long.is_empty() => {
                // an entry by the number of the iteration
                let x = params[self.b.random.of(&long)];
                let block = Attr::Block(Block { row: at, col: Index::default() });
                let entry = g.make_shaped(Kind::Slice, block, &[x], Shape::SCALAR);
                let sum = g.sum(bounded);
                g.hadamard(&[entry, sum])
            }
            2 => {
                // what is collected, entry by entry
                let sum = g.sum(bounded);
                let block = Attr::Block(Block { row: at, col: Index::default() });
                g.make_shaped(Kind::Place, block, &[sum], Shape::column(Dim::Const(count)))
            }
            3 if g.shape(value).cols == Dim::ONE && !g.is_scalar(value) => {
                let turned = g.transpose(bounded);
                g.matmul(&[value, turned])
            }
            _ => bounded,
        }
    }
}
