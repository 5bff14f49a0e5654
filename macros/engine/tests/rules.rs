//! Every operation of the table against its own interpreter: its differential against differences, its trace rule against
//! `⟨G, L(dX)⟩ = ⟨L*(G), dX⟩`, its vec rule column by column.
#![allow(clippy::too_many_lines, reason = "a table is as long as it has rows")]
#![allow(missing_docs)]

mod common;
#[path = "rules/table.rs"]
mod table;

use common::{Bench, Leaf, Numbers, agree};
use matgrad_engine::diff::{ScalarFunction, differential, gradient};
use matgrad_engine::eval::{Environment, EvalError, Mat, evaluate};
use matgrad_engine::ir::{Dim, Graph, Kind, NodeId, Promises, Shape, Source};
use matgrad_engine::ops::{self, Differential};
use matgrad_engine::simplify::rewrite;
use table::{Row, Without, rows};

#[test]
fn every_operation_has_a_row() {
    let rows = rows();
    // loops and branches: tests/regions.rs
    let regions = [Kind::Loop, Kind::Branch, Kind::Output];
    for kind in ops::ALL.iter().filter(|kind| !regions.contains(kind)) {
        let record = ops::record(*kind);
        assert_eq!(record.transpose.is_some(), record.vec.is_some(), "{kind:?} has one of trace rule and vec rule");
        let needed = !matches!(record.differential, Differential::Zero) || record.transpose.is_some();
        assert!(!needed || rows.iter().any(|row| row.kind == *kind), "tests/rules/table.rs has no row for {kind:?}");
    }
}

#[test]
fn differentials_are_right() {
    let mut wrong = Vec::new();
    // what gradients stop at moves, and has no differential by intention: tests/tests/modules/hostile.rs
    for (i, row) in rows().iter().enumerate().filter(|(_, row)| row.kind != Kind::Still) {
        for symbolic in [false, true] {
            for simplifying in [false, true] {
                for active in row.choices() {
                    if let Err(message) = check_differential(row, symbolic, simplifying, &active) {
                        wrong.push(format!("row {i}, {:?}, operands {active:?}: {message}", row.kind));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn trace_rules_are_right() {
    let mut wrong = Vec::new();
    for (i, row) in rows().iter().enumerate() {
        for symbolic in [false, true] {
            for simplifying in [false, true] {
                for operand in row.linear() {
                    if let Err(message) = check_transpose(row, symbolic, simplifying, operand) {
                        wrong.push(format!("row {i}, {:?}, operand {operand}: {message}", row.kind));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn vec_rules_are_right() {
    let mut wrong = Vec::new();
    // a factorization stands for its matrix, and has no value of any other
    for (i, row) in rows().iter().enumerate().filter(|(_, row)| !ops::is_factorization(row.kind)) {
        for symbolic in [false, true] {
            for simplifying in [false, true] {
                for operand in row.linear() {
                    if let Err(message) = check_vec(row, symbolic, simplifying, operand) {
                        wrong.push(format!("row {i}, {:?}, operand {operand}: {message}", row.kind));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// By what is read as symmetric the gradient is symmetric, declared or not; that of an inverse, or of cofactors, is linear in its
/// cotangent as it is.
#[test]
fn gradients_by_symmetric_operands_are_symmetric() {
    let as_it_is = |kind: Kind| ops::is_factorization(kind) || matches!(kind, Kind::Inv | Kind::Cofactor);
    let symmetric = |row: &&Row| matches!(row.leaves, [leaf] if leaf.2.is_symmetric()) && !as_it_is(row.kind);
    for row in rows().iter().filter(symmetric) {
        for simplifying in [false, true] {
            let mut setting = Setting::of(row, false);
            let shape = setting.bench.g.shape(setting.node);
            let value = setting.value(&setting.values);
            let weights = Numbers::from(13).matrix((value.rows, value.cols, common::Domain::Any));
            let weight = setting.bench.parameter(shape);
            let g = &mut setting.bench.g;
            g.rewriter = simplifying.then_some(rewrite as _);
            let scalar = g.inner(weight, setting.node);
            let scalar = ScalarFunction::new(g, scalar).expect("a scalar");
            let gradient = gradient(g, scalar, &[0]).by[0].expect("a gradient");
            let environment = Environment::of_parameters([setting.values[0].clone(), weights]);
            let found = value_of(&setting.bench.g, gradient, &environment).expect("a value");
            let off = found.sub(&found.transpose()).max_abs();
            assert!(off <= 1e-12 * found.max_abs().max(1.0), "{:?}: off by {off:e}", row.kind);
        }
    }
}

/// The row's node over its leaves, the values of these, and directions to move them in.
struct Setting {
    bench: Bench,
    node: NodeId,
    /// Which leaf each operand is, or is a factorization of.
    leaf_of: Vec<usize>,
    values: Vec<Mat>,
    directions: Vec<Mat>,
}

impl Setting {
    fn of(row: &Row, symbolic: bool) -> Self {
        let mut bench = Bench::new(symbolic, Promises::default());
        let leaves = bench.leaves(row.leaves);
        let node = (row.node)(&mut bench, &leaves);
        assert_eq!(bench.g.kind(node), row.kind, "the row builds another node");
        let reads = |kind: Kind| {
            ops::is_factorization(kind) || matches!(kind, Kind::Tri | Kind::EigenVectors | Kind::LeftVectors | Kind::RightVectors)
        };
        let leaf = |a: &NodeId| {
            std::iter::successors(Some(*a), |a| reads(bench.g.kind(*a)).then(|| bench.g.args(*a)[0]))
                .last()
                .expect("one at least")
        };
        let leaf_of = bench.g.args(node).iter().map(|a| leaves.iter().position(|l| *l == leaf(a)).expect("a leaf")).collect();
        let mut numbers = Numbers::from(3);
        let values = row.leaves.iter().map(|leaf| numbers.matrix(*leaf)).collect();
        let directions = row.leaves.iter().map(|leaf| numbers.direction(*leaf)).collect();
        Self { bench, node, leaf_of, values, directions }
    }
    fn operand(&self, i: usize) -> NodeId {
        self.bench.g.args(self.node)[i]
    }
    fn value(&self, values: &[Mat]) -> Mat {
        value_of(&self.bench.g, self.node, &self.bench.environment(values)).expect("the row has a value")
    }
}

fn value_of(g: &Graph, node: NodeId, environment: &Environment) -> Result<Mat, EvalError> {
    Ok(evaluate(g, &[node], environment)?.remove(0))
}

/// `dF` with the directions for differentials, against `(8 (F(h) − F(−h)) − (F(2h) − F(−2h))) / 12h`.
fn check_differential(row: &Row, symbolic: bool, simplifying: bool, active: &[usize]) -> Result<(), String> {
    let mut setting = Setting::of(row, symbolic);
    let moved = |t: f64| {
        let mut values = setting.values.clone();
        for leaf in distinct(active.iter().map(|i| setting.leaf_of[*i])) {
            values[leaf] = values[leaf].add(&setting.directions[leaf].scaled(t));
        }
        setting.value(&values)
    };
    let h = 3e-4;
    let (near, far) = (moved(h).sub(&moved(-h)), moved(2.0 * h).sub(&moved(-2.0 * h)));
    let expected = near.scaled(8.0).sub(&far).scaled(1.0 / (12.0 * h));

    if simplifying {
        setting.bench.g.rewriter = Some(rewrite);
    }
    let args = setting.bench.g.args(setting.node).to_vec();
    let mut environment = setting.bench.environment(&setting.values);
    let mut deltas = vec![None; args.len()];
    for i in active {
        environment = environment.with_delta(args[*i], setting.directions[setting.leaf_of[*i]].clone());
        deltas[*i] = Some(setting.bench.delta(args[*i]));
    }
    match differential(&mut setting.bench.g, setting.node, &deltas) {
        Some(form) => {
            let found = value_of(&setting.bench.g, form, &environment).map_err(|e| e.to_string())?;
            agree(&found, &expected, 1e-8)
        }
        None => match row.without {
            Without::Wrong => Err("no differential".to_owned()),
            Without::Flat => agree(&expected, &expected.scaled(0.0), 1e-12),
        },
    }
}

/// `⟨G, L(dX)⟩ = ⟨L*(G), dX⟩` for one operand of `L`, the others being constant, or zero where `L` is linear in all together.
fn check_transpose(row: &Row, symbolic: bool, simplifying: bool, operand: usize) -> Result<(), String> {
    let mut setting = Setting::of(row, symbolic);
    let leaf = setting.leaf_of[operand];
    let mut values = setting.values.clone();
    values[leaf] = Numbers::from(7).matrix(row.leaves[leaf]);
    for other in row.together().filter(|i| *i != operand) {
        values[setting.leaf_of[other]] = setting.values[setting.leaf_of[other]].scaled(0.0);
    }
    let form = setting.value(&values);
    let shape: Leaf = (form.rows, form.cols, common::Domain::Any);
    let cotangent = Numbers::from(11).matrix(shape);

    let given = setting.bench.g.shape(setting.node);
    let cot = setting.bench.parameter(given);
    if simplifying {
        setting.bench.g.rewriter = Some(rewrite);
    }
    let rule = ops::record(row.kind).transpose.expect("a linear operation");
    let pulled = rule(&mut setting.bench.g, setting.node, operand, cot);
    setting.values.push(cotangent.clone());
    let environment = setting.bench.environment(&setting.values);
    let pulled = value_of(&setting.bench.g, pulled, &environment).map_err(|e| e.to_string())?;
    if pulled.shape() != values[leaf].shape() {
        return Err(format!("a cotangent of shape {:?} for an operand of shape {:?}", pulled.shape(), values[leaf].shape()));
    }
    agree(&Mat::scalar(pulled.inner(&values[leaf])), &Mat::scalar(cotangent.inner(&form)), 1e-12)
}

/// Column by column, `J` applied to operand `i` of `L`: `vec L(vec⁻¹ j)`, the other operands as for trace rules.
fn check_vec(row: &Row, symbolic: bool, simplifying: bool, operand: usize) -> Result<(), String> {
    const COLUMNS: usize = 3;
    let mut setting = Setting::of(row, symbolic);
    let leaf = setting.leaf_of[operand];
    let (rows, cols) = setting.values[leaf].shape();
    let jacobian = Numbers::from(17).matrix((rows * cols, COLUMNS, common::Domain::Any));
    let mut expected = Vec::new();
    for c in 0..COLUMNS {
        let mut values = setting.values.clone();
        for other in row.together().filter(|i| *i != operand) {
            values[setting.leaf_of[other]] = setting.values[setting.leaf_of[other]].scaled(0.0);
        }
        values[leaf] = Mat::from_fn(rows, cols, |p, q| jacobian.at(p + q * rows, c));
        expected.extend(setting.value(&values).data);
    }
    let expected = Mat::from_column_major(expected.len() / COLUMNS, COLUMNS, expected);

    let of = setting.operand(operand);
    let count = entries(&mut setting.bench.g, of);
    let j = setting.bench.parameter(Shape::new(count, Dim::Const(COLUMNS)));
    if simplifying {
        setting.bench.g.rewriter = Some(rewrite);
    }
    let rule = ops::record(row.kind).vec.expect("a linear operation");
    let applied = rule(&mut setting.bench.g, setting.node, operand, j);
    setting.values.push(jacobian);
    let environment = setting.bench.environment(&setting.values);
    let found = value_of(&setting.bench.g, applied, &environment).map_err(|e| e.to_string())?;
    if found.shape() != expected.shape() {
        return Err(format!("a Jacobian of shape {:?} instead of {:?}", found.shape(), expected.shape()));
    }
    agree(&found, &expected, 1e-12)
}

/// The number of entries of a node.
fn entries(g: &mut Graph, of: NodeId) -> Dim {
    let shape = g.shape(of);
    g.dims.derived(Source::Product(vec![shape.rows, shape.cols]))
}

fn distinct(items: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut items: Vec<usize> = items.collect();
    items.sort_unstable();
    items.dedup();
    items
}
