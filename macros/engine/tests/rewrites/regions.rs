//! Rewrites of what loops and branches yield.

use std::rc::Rc;

use matgrad_engine::ir::{Attr, Branch, Cmp, Condition, Dim, Graph, Kind, Loop, NodeId, OpaqueId, Output, Shape};

use super::common::Bench;
use super::corpus::{COLUMN, Row, SCALAR, row};

pub fn rows(rows: &mut Vec<Row>) {
    rows.push(row("Σₖ 0 = 0", &[COLUMN], |b, a| {
        let l = repeated(b, a, 0, |g, p| vec![g.filled(0.0, g.shape(p[0]))]);
        let zero = b.g.output(l, Output::Sum(0));
        b.g.add(a[0], zero)
    }));
    rows.push(row("cₙ = c₀ for cₖ₊₁ = cₖ", &[COLUMN, SCALAR], |b, a| {
        let l = repeated(b, a, 2, |g, p| vec![p[0], g.unary(Kind::Sin, p[1])]);
        b.g.output(l, Output::Last(0))
    }));
    rows.push(row("A if c, A if not = A", &[SCALAR, SCALAR, COLUMN], |b, a| {
        let shapes: Vec<Shape> = a.iter().map(|a| b.g.shape(*a)).collect();
        let mut side = || {
            b.g.region(|g| {
                let params = g.inputs(&shapes);
                vec![params[2]]
            })
        };
        let (then, otherwise) = (side(), side());
        let made = Branch { condition: Condition::Compare(Cmp::Lt), then, otherwise };
        let of = b.g.make_shaped(Kind::Branch, Attr::Branch(Rc::new(made)), a, Shape::SCALAR);
        b.g.output(of, Output::Last(0))
    }));
}

fn repeated(b: &mut Bench, a: &[NodeId], carried: usize, body: fn(&mut Graph, &[NodeId]) -> Vec<NodeId>) -> NodeId {
    let shapes: Vec<Shape> = a.iter().map(|a| b.g.shape(*a)).collect();
    let body = b.g.region(|g| {
        let params = g.inputs(&shapes);
        body(g, &params)
    });
    let names = vec!["c".to_owned(); carried];
    let (count, index) = (Dim::Const(3), OpaqueId(90));
    let made = Loop { body, carried, count, index, backward: false, first: Vec::new(), names };
    b.g.make_shaped(Kind::Loop, Attr::Loop(Rc::new(made)), a, Shape::SCALAR)
}
