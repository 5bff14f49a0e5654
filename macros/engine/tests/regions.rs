//! Loops and branches: their tangents, cotangents and Jacobians against differences of the interpreter's values.
#![allow(missing_docs)]
#![allow(clippy::too_many_lines, reason = "a table is as long as it has rows")]

use std::rc::Rc;

use matgrad_engine::diff::{self, ScalarFunction};
use matgrad_engine::eval::{Environment, Mat, evaluate};
use matgrad_engine::ir::{
    Attr, Block, Branch, Cmp, Condition, Dim, Graph, Index, Kind, Loop, NodeId, OpaqueId, Output, Promises, Shape,
};
use matgrad_engine::schedule::schedule;
use matgrad_engine::simplify::rewrite;

const K: OpaqueId = OpaqueId(7);
const N: usize = 5;
const P: usize = 3;

/// A function of `w` (3), `a` (3 × 3) and a number `s`, with a loop or a branch in it.
struct Case {
    name: &'static str,
    build: fn(&mut Graph, [NodeId; 3]) -> NodeId,
}

fn graph() -> (Graph, [NodeId; 3]) {
    let mut g = Graph::new(matgrad_engine::ir::Dims::default(), Promises::default(), Some(rewrite));
    let w = g.input(0, Shape::column(Dim::Const(P)));
    let a = g.input(1, Shape::new(Dim::Const(P), Dim::Const(P)));
    let s = g.input(2, Shape::SCALAR);
    (g, [w, a, s])
}

fn repeated(
    g: &mut Graph,
    operands: &[NodeId],
    carried: usize,
    backward: bool,
    body: impl FnOnce(&mut Graph, &[NodeId]) -> Vec<NodeId>,
) -> NodeId {
    let shapes: Vec<Shape> = operands.iter().map(|a| g.shape(*a)).collect();
    let body = g.region(|inside| {
        let params = inside.inputs(&shapes);
        body(inside, &params)
    });
    let names = vec!["c".to_owned(); carried];
    let made = Loop { body, carried, count: Dim::Const(N), index: K, backward, first: Vec::new(), names };
    g.make_shaped(Kind::Loop, Attr::Loop(Rc::new(made)), operands, Shape::SCALAR)
}

fn entry(g: &mut Graph, of: NodeId, code: bool, base: usize) -> NodeId {
    let row = Index { base, dims: Vec::new(), code: code.then_some(K) };
    g.make_shaped(Kind::Slice, Attr::Block(Block { row, col: Index::default() }), &[of], Shape::SCALAR)
}

fn cases() -> Vec<Case> {
    vec![
        Case {
            name: "a number carried",
            build: |g, [w, _, s]| {
                let half = g.constant(0.5);
                let l = repeated(g, &[half, w, s], 1, false, |g, p| {
                    let one = g.constant(1.0);
                    let rest = g.sub(one, p[0]);
                    let n = g.unary(Kind::NormSq, p[1]);
                    let both = g.hadamard(&[p[2], p[0], rest]);
                    let n = g.times(0.01, n);
                    vec![g.add(both, n)]
                });
                g.output(l, Output::Last(0))
            },
        },
        Case {
            name: "a vector carried, backward, and two sums",
            build: |g, [w, a, s]| {
                let l = repeated(g, &[w, a, s], 1, true, |g, p| {
                    let ax = g.matmul(&[p[1], p[0]]);
                    let next = g.unary(Kind::Tanh, ax);
                    let n = g.unary(Kind::NormSq, p[0]);
                    let scaled = g.hadamard(&[p[2], n]);
                    let sum = g.unary(Kind::Exp, scaled);
                    let outer = g.transpose(p[0]);
                    let outer = g.matmul(&[next, outer]);
                    vec![next, sum, outer]
                });
                let (c, sum, outer) = (g.output(l, Output::Last(0)), g.output(l, Output::Sum(0)), g.output(l, Output::Sum(1)));
                let c = g.sum(c);
                let outer = g.inner(outer, a);
                let ln = g.unary(Kind::Ln, sum);
                g.lin(&[(1.0, c), (0.5, ln), (-0.25, outer)])
            },
        },
        Case {
            name: "a matrix carried",
            build: |g, [w, a, s]| {
                let l = repeated(g, &[a, w, s], 1, false, |g, p| {
                    let row = g.transpose(p[1]);
                    let aw = g.matmul(&[p[0], p[1]]);
                    let update = g.matmul(&[aw, row]);
                    let sin = g.unary(Kind::Sin, p[0]);
                    let sin = g.scale(p[2], sin);
                    vec![g.lin(&[(0.1, update), (0.3, sin)])]
                });
                let last = g.output(l, Output::Last(0));
                let at = g.transpose(last);
                let both = g.matmul(&[last, at]);
                g.trace(both)
            },
        },
        Case {
            name: "no carried value, and entries by their numbers",
            build: |g, [_, a, s]| {
                let flat = g.make_shaped(Kind::Reshape, Attr::None, &[a], Shape::column(Dim::Const(9)));
                let l = repeated(g, &[flat, s], 0, false, |g, p| {
                    let (x, y) = (entry(g, p[0], true, 0), entry(g, p[0], true, 3));
                    let xy = g.hadamard(&[x, y, p[1]]);
                    vec![g.unary(Kind::Sin, xy)]
                });
                let sum = g.output(l, Output::Sum(0));
                g.hadamard(&[sum, sum])
            },
        },
        Case {
            name: "two carried values that depend on each other, one that does not move",
            build: |g, [w, a, s]| {
                let one = g.constant(1.0);
                let first = entry(g, w, false, 0);
                let l = repeated(g, &[first, s, one, a], 3, false, |g, p| {
                    let cos = g.unary(Kind::Cos, p[1]);
                    let both = g.hadamard(&[p[0], cos, p[2]]);
                    let y = g.sub(p[1], both);
                    let trace = g.trace(p[3]);
                    let trace = g.times(0.1, trace);
                    let x = g.add(p[1], trace);
                    let still = g.times(0.5, p[2]);
                    vec![x, y, still]
                });
                let (x, y) = (g.output(l, Output::Last(0)), g.output(l, Output::Last(1)));
                g.hadamard(&[x, y])
            },
        },
        Case {
            name: "a loop in a loop",
            build: |g, [w, a, s]| {
                let outer = repeated(g, &[w, a, s], 1, false, |g, p| {
                    let zero = g.constant(0.2);
                    let inner = repeated(g, &[zero, p[0], p[2]], 1, false, |g, q| {
                        let n = g.sum(q[1]);
                        let both = g.hadamard(&[q[0], q[2]]);
                        let both = g.add(both, n);
                        vec![g.unary(Kind::Sin, both)]
                    });
                    let c = g.output(inner, Output::Last(0));
                    let ax = g.matmul(&[p[1], p[0]]);
                    let ax = g.scale(c, ax);
                    vec![g.times(0.7, ax), c]
                });
                let (last, sum) = (g.output(outer, Output::Last(0)), g.output(outer, Output::Sum(0)));
                let n = g.unary(Kind::NormSq, last);
                g.add(n, sum)
            },
        },
        Case {
            name: "a branch, and one in a loop",
            build: |g, [w, a, s]| {
                let choose = |g: &mut Graph, operands: &[NodeId]| {
                    let shapes: Vec<Shape> = operands.iter().map(|a| g.shape(*a)).collect();
                    let mut side = |which: bool| {
                        g.region(|g| {
                            let p = g.inputs(&shapes);
                            let n = g.unary(Kind::NormSq, p[2]);
                            if which { vec![g.unary(Kind::Exp, p[0]), n] } else { vec![g.hadamard(&[p[0], p[1], n]), p[0]] }
                        })
                    };
                    let (then, otherwise) = (side(true), side(false));
                    let made = Branch { condition: Condition::Compare(Cmp::Lt), then, otherwise };
                    g.make_shaped(Kind::Branch, Attr::Branch(Rc::new(made)), operands, Shape::SCALAR)
                };
                let first = entry(g, w, false, 0);
                let b = choose(g, &[first, s, w]);
                let (x, y) = (g.output(b, Output::Last(0)), g.output(b, Output::Last(1)));
                let l = repeated(g, &[x, w, a], 1, false, |g, p| {
                    let limit = g.constant(0.9);
                    let b = choose(g, &[p[0], limit, p[1]]);
                    let (x, y) = (g.output(b, Output::Last(0)), g.output(b, Output::Last(1)));
                    let trace = g.trace(p[2]);
                    let y = g.hadamard(&[y, trace]);
                    let x = g.unary(Kind::Sin, x);
                    vec![x, y]
                });
                let (c, sum) = (g.output(l, Output::Last(0)), g.output(l, Output::Sum(0)));
                g.lin(&[(1.0, c), (0.5, sum), (1.0, y)])
            },
        },
    ]
}

fn at(x: &[Mat; 3]) -> Environment {
    Environment::of_parameters(x.iter().cloned())
}

fn points() -> [Mat; 3] {
    let w = Mat::from_column_major(P, 1, vec![0.3, -0.8, 0.5]);
    let a = Mat::from_column_major(P, P, vec![0.4, -0.2, 0.7, 0.1, 0.9, -0.5, 0.6, 0.3, -0.1]);
    [w, a, Mat::scalar(0.6)]
}

fn direction() -> [Mat; 3] {
    let w = Mat::from_column_major(P, 1, vec![0.7, 0.2, -0.4]);
    let a = Mat::from_column_major(P, P, vec![-0.3, 0.5, 0.1, 0.8, -0.6, 0.2, 0.4, -0.7, 0.9]);
    [w, a, Mat::scalar(-0.5)]
}

fn moved(t: f64) -> [Mat; 3] {
    let (x, d) = (points(), direction());
    std::array::from_fn(|i| Mat::from_fn(x[i].rows, x[i].cols, |r, c| x[i].at(r, c) + t * d[i].at(r, c)))
}

fn gradient(g: &mut Graph, f: NodeId, wrt: &[usize]) -> diff::Gradients {
    let f = ScalarFunction::new(g, f).unwrap();
    diff::gradient(g, f, wrt)
}

fn inner(a: &[Mat], b: &[Mat]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a.entries().map(|(r, c, v)| v * b.at(r, c)).sum::<f64>()).sum()
}

/// Richardson's extrapolation of central differences.
fn difference(f: &dyn Fn(f64) -> f64) -> f64 {
    let d = |h: f64| (f(h) - f(-h)) / (2.0 * h);
    (4.0 * d(5e-4) - d(1e-3)) / 3.0
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-7 * (1.0 + a.abs().max(b.abs()))
}

#[test]
fn gradients_are_right() {
    for case in cases() {
        let (mut g, leaves) = graph();
        let f = (case.build)(&mut g, leaves);
        let value = |t: f64| evaluate(&g, &[f], &at(&moved(t))).unwrap()[0].at(0, 0);
        let expected = difference(&value);
        let mut g = g.clone();
        let found = gradient(&mut g, f, &[0, 1, 2]);
        assert!(found.without_rule.is_empty(), "{}", case.name);
        let gradients: Vec<NodeId> =
            found.by.iter().zip(leaves).map(|(x, l)| x.unwrap_or_else(|| g.filled(0.0, g.shape(l)))).collect();
        let values = evaluate(&g, &gradients, &at(&points())).unwrap();
        let along = inner(&values, &direction());
        assert!(close(along, expected), "{}: {along} and not {expected}", case.name);
    }
}

#[test]
fn tangents_are_right_and_so_are_those_of_gradients() {
    for case in cases() {
        let (mut g, leaves) = graph();
        let f = (case.build)(&mut g, leaves);
        let moves: Vec<(usize, NodeId)> = leaves.iter().enumerate().map(|(i, l)| (i, g.input(10 + i, g.shape(*l)))).collect();
        let gradients: Vec<NodeId> = gradient(&mut g, f, &[0, 1, 2]).by.into_iter().flatten().collect();
        let mut nodes = vec![f];
        nodes.extend(&gradients);
        let found = diff::tangents(&mut g, &nodes, &moves);
        assert!(found.without_rule.is_empty(), "{}", case.name);
        let there = |t: f64| direction().into_iter().enumerate().fold(at(&moved(t)), |e, (i, d)| e.with_parameter(10 + i, d));
        for (node, tangent) in nodes.iter().zip(&found.of) {
            let zero = g.filled(0.0, g.shape(*node));
            let computed = evaluate(&g, &[tangent.unwrap_or(zero)], &there(0.0)).unwrap().remove(0);
            for (r, c, v) in computed.entries() {
                let expected = difference(&|t| evaluate(&g, &[*node], &there(t)).unwrap()[0].at(r, c));
                assert!(close(v, expected), "{}: {v} and not {expected}", case.name);
            }
        }
    }
}

#[test]
fn hessians_are_right() {
    for case in cases() {
        for p in 0..3 {
            let (mut g, leaves) = graph();
            let f = (case.build)(&mut g, leaves);
            let Some(gradient) = gradient(&mut g, f, &[p]).by[0] else { continue };
            let block = diff::hessian_block(&mut g, gradient, p, leaves[p]);
            assert!(block.without_rule.is_empty(), "{}", case.name);
            let h = evaluate(&g, &[block.node.unwrap()], &at(&points())).unwrap().remove(0);
            let entries = direction()[p].entries().map(|e| e.2).collect::<Vec<_>>();
            let only = |t: f64| {
                let mut x = points();
                x[p] = moved(t)[p].clone();
                x
            };
            for i in 0..h.rows {
                let along: f64 = (0..h.cols).map(|j| h.at(i, j) * entries[j]).sum();
                let rows = g.shape(leaves[p]);
                let Dim::Const(rows) = rows.rows else { panic!() };
                let expected = difference(&|t| evaluate(&g, &[gradient], &at(&only(t))).unwrap()[0].at(i % rows, i / rows));
                assert!(close(along, expected), "{}, {p}: row {i} of the Hessian: {along} and not {expected}", case.name);
            }
        }
    }
}

#[test]
fn scheduled_programs_have_the_same_values() {
    for case in cases() {
        let (mut g, leaves) = graph();
        let f = (case.build)(&mut g, leaves);
        let mut roots = vec![f];
        roots.extend(gradient(&mut g, f, &[0, 1, 2]).by.into_iter().flatten());
        let gradients = roots[1..].to_vec();
        for (p, gradient) in gradients.into_iter().enumerate().take(2) {
            roots.extend(diff::hessian_block(&mut g, gradient, p, leaves[p]).node);
        }
        let program = schedule(&g, &roots, &std::collections::HashMap::new());
        let (expected, found) =
            (evaluate(&g, &roots, &at(&points())).unwrap(), evaluate(&program.graph, &program.roots, &at(&points())).unwrap());
        for (a, b) in expected.iter().zip(&found) {
            assert!(a.entries().all(|(r, c, v)| close(v, b.at(r, c))), "{}: {a:?} and {b:?}", case.name);
        }
    }
}

#[test]
fn a_sum_and_its_gradient_are_one_pass() {
    let (mut g, [_, a, s]) = graph();
    let flat = g.make_shaped(Kind::Reshape, Attr::None, &[a], Shape::column(Dim::Const(9)));
    let l = repeated(&mut g, &[flat, s], 0, false, |g, p| {
        let (x, y) = (entry(g, p[0], true, 0), entry(g, p[0], true, 3));
        let xy = g.hadamard(&[x, y, p[1]]);
        vec![g.unary(Kind::Sin, xy)]
    });
    let sum = g.output(l, Output::Sum(0));
    let f = g.hadamard(&[sum, sum]); // a factor outside, which is known when the loop is done
    let mut roots = vec![f];
    roots.extend(gradient(&mut g, f, &[1, 2]).by.into_iter().flatten());
    let program = schedule(&g, &roots, &std::collections::HashMap::new());
    let loops: Vec<&Loop> = program
        .order
        .iter()
        .filter_map(|id| match &program.graph.node(*id).op.attr {
            Attr::Loop(l) => Some(&**l),
            _ => None,
        })
        .collect();
    assert_eq!(loops.len(), 1);
    let sines = loops[0].body.graph.nodes().iter().filter(|n| n.op.kind == Kind::Sin).count();
    assert_eq!(sines, 1, "what the value and the gradients share is computed once");
}

#[test]
fn only_the_states_that_are_read_are_kept() {
    // x ← A x needs none of them, x ← tanh(A x) all
    for (linear, kept) in [(true, 0), (false, 1)] {
        let (mut g, [w, a, _]) = graph();
        let l = repeated(&mut g, &[w, a], 1, false, |g, p| {
            let ax = g.matmul(&[p[1], p[0]]);
            vec![if linear { ax } else { g.unary(Kind::Tanh, ax) }]
        });
        let last = g.output(l, Output::Last(0));
        let f = g.unary(Kind::NormSq, last);
        let by = gradient(&mut g, f, &[0]).by[0].unwrap();
        let program = schedule(&g, &[f, by], &std::collections::HashMap::new());
        let sums: usize = program
            .order
            .iter()
            .map(|id| match &program.graph.node(*id).op.attr {
                Attr::Loop(l) => l.sums(),
                _ => 0,
            })
            .sum();
        assert_eq!(sums, kept);
    }
}
