//! Every rewrite: it fires on a graph made for it, and leaves the value as it was; and so does the schedule.
#![allow(clippy::too_many_lines, reason = "a table is as long as it has rows")]
#![allow(missing_docs)]

mod common;
#[path = "rewrites/corpus.rs"]
mod corpus;
#[path = "rewrites/elementwise.rs"]
mod elementwise;
#[path = "rewrites/factorizations.rs"]
mod factorizations;
#[path = "rewrites/numbers.rs"]
mod numbers;
#[path = "rewrites/products.rs"]
mod products;
#[path = "rewrites/promises.rs"]
mod promised;
#[path = "rewrites/regions.rs"]
mod regions;
#[path = "rewrites/structure.rs"]
mod structure;
#[path = "rewrites/sums.rs"]
mod sums;

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use common::{Bench, Numbers, agree, promises};
use corpus::{Row, corpus};
use matgrad_engine::eval::{Mat, evaluate};
use matgrad_engine::ir::{Graph, Kind, NodeId, Op, Shape};
use matgrad_engine::{ops, schedule, simplify};

#[test]
fn values_stay_and_rewrites_fire() {
    let mut wrong = Vec::new();
    for (i, row) in corpus().iter().enumerate() {
        let mut fired = BTreeSet::new();
        for symbolic in [false, true] {
            let (bench, root, values) = row.set_up(symbolic);
            if let Err(message) = check_values(&bench, root, &values) {
                wrong.push(format!("row {i}, {}: {message}", row.name));
            }
            let (simple, simple_root, fires) = rewritten(&bench.g, root);
            let expected = evaluate(&bench.g, &[root], &bench.environment(&values));
            match (expected, evaluate(&simple, &[simple_root], &bench.environment(&values))) {
                (Ok(expected), Ok(found)) => {
                    if let Err(message) = agree(&found[0], &expected[0], 1e-12) {
                        wrong.push(format!("row {i}, {}, in derivatives: {message}", row.name));
                    }
                }
                (_, Err(e)) | (Err(e), _) => wrong.push(format!("row {i}, {}: {e}", row.name)),
            }
            fired.extend(fires);
        }
        if !fired.iter().any(|(_, name)| *name == row.name) {
            wrong.push(format!("row {i}, {} does not fire; what fires: {fired:?}", row.name));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_rewrite_has_a_row() {
    let mut fired = BTreeSet::new();
    for row in corpus() {
        for symbolic in [false, true] {
            let (bench, root, _) = row.set_up(symbolic);
            fired.extend(rewritten(&bench.g, root).2);
        }
    }
    for kind in ops::ALL {
        for rule in simplify::rules(*kind) {
            // elementwise functions share their rewrites, most of which are for one of them
            let shared = simplify::rules(*kind).iter().any(|r| r.name.starts_with("ln "));
            let known = fired.iter().any(|(k, name)| *name == rule.name && (shared || k == kind));
            assert!(known, "tests/rewrites/has no row on which {kind:?}: {} fires", rule.name);
        }
    }
}

impl Row {
    fn set_up(&self, symbolic: bool) -> (Bench, NodeId, Vec<Mat>) {
        let mut bench = Bench::new(symbolic, promises(self.leaves));
        let leaves = bench.leaves(self.leaves);
        let root = (self.build)(&mut bench, &leaves);
        let mut numbers = Numbers::from(5);
        let values = bench.made.iter().map(|leaf| numbers.matrix(*leaf)).collect();
        (bench, root, values)
    }
}

/// The graph as it was built, the simplified one, and the program have one value.
fn check_values(bench: &Bench, root: NodeId, values: &[Mat]) -> Result<(), String> {
    let environment = bench.environment(values);
    let value = |g: &Graph, root: NodeId| match evaluate(g, &[root], &environment) {
        Ok(mut values) => Ok(values.remove(0)),
        Err(e) => Err(e.to_string()),
    };
    let expected = value(&bench.g, root).map_err(|e| format!("as built: {e}"))?;
    let (simple, place) = simplify::rebuild(&bench.g, &[root], &[]);
    let simplified = value(&simple, place[&root]).map_err(|e| format!("simplified: {e}"))?;
    agree(&simplified, &expected, 1e-12).map_err(|e| format!("simplified: {e}"))?;
    let program = schedule::schedule(&simple, &[place[&root]], &HashMap::new());
    let scheduled = value(&program.graph, program.roots[0]).map_err(|e| format!("program: {e}"))?;
    agree(&scheduled, &expected, 1e-12).map_err(|e| format!("program: {e}"))
}

thread_local! {
    static FIRED: RefCell<Vec<(Kind, &'static str)>> = const { RefCell::new(Vec::new()) };
}

/// [`simplify::rewrite`], with a record of what it did.
fn watched(g: &mut Graph, op: &Op, args: &[NodeId], shape: Shape) -> Option<NodeId> {
    simplify::rules(op.kind).iter().find_map(|rule| {
        let node = (rule.apply)(g, op, args, shape)?;
        FIRED.with_borrow_mut(|fired| fired.push((op.kind, rule.name)));
        Some(node)
    })
}

/// A graph with all rewrites, those that are for derivatives only among them; and which there were.
fn rewritten(from: &Graph, root: NodeId) -> (Graph, NodeId, Vec<(Kind, &'static str)>) {
    let mut to = Graph::new(from.dims.clone(), from.promises.clone(), Some(watched));
    let mut place = HashMap::new();
    for id in from.reachable(&[root]) {
        let node = from.node(id);
        let args: Vec<NodeId> = node.args.iter().map(|a| place[a]).collect();
        place.insert(id, to.make_shaped(node.op.kind, node.op.attr.clone(), &args, from.shape(id)));
    }
    (to, place[&root], FIRED.take())
}
