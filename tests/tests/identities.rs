//! The published identities of `tests/identities`: the engine's values, gradients, Jacobians and Hessians against numbers that no rule of ours made.
//!
//! Each row is a Rust function. It is parsed, read and differentiated like the user's, then evaluated by the interpreter: as the derivation
//! that is documented, and as the program that is emitted.
#![allow(missing_docs)]

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};

use matgrad_engine::eval::{Environment, Mat, evaluate};
use matgrad_engine::ir::{Graph, NodeId, OpaqueId};
use matgrad_engine::parse::Derivative;
use matgrad_engine::{Derivation, derive, parse, schedule};
use proc_macro2::TokenStream;
use serde_json::Value;

/// Rows that are not supported yet, and why. A row that passes, or gives a wrong number, may not stand here.
const NOT_YET: &[(&str, &str)] = &[];

/// Values and gradients agree to nine digits; below `SMALL`, what is left of numbers that cancel counts as zero.
const TOLERANCE: f64 = 1e-9;
const SMALL: f64 = 1e-4;

struct Row<'t> {
    id: &'t str,
    kind: &'t str,
    tier: &'t str,
    attribute: &'t str,
    signature: &'t str,
    body: &'t str,
}

impl<'t> Row<'t> {
    fn read(line: &'t str) -> Self {
        let [id, kind, tier, _source, _f, _variables, _wrt, _gradient, attribute, signature, body] =
            line.split('\t').collect::<Vec<_>>()[..]
        else {
            panic!("eleven columns: {line}")
        };
        Self { id, kind, tier, attribute, signature, body }
    }
    fn family(&self) -> &'t str {
        self.id.split('-').next().unwrap_or(self.id)
    }
    /// What stands between the parentheses of the attribute, and the function.
    fn tokens(&self) -> (Derivative, TokenStream, TokenStream) {
        let (derivative, arguments) = self.attribute.split_once('(').expect("#[grad(..)]");
        let derivative = Derivative::ALL.into_iter().find(|d| d.attribute() == format!("{derivative}]")).expect("an attribute");
        let arguments = arguments.strip_suffix(")]").expect("#[grad(..)]");
        let item = format!("fn identity{} {{ {} }}", self.signature, self.body);
        (derivative, arguments.parse().expect("tokens"), item.parse().expect("tokens"))
    }
    /// Second derivatives are given to fewer digits.
    fn tolerance(&self) -> f64 {
        if self.kind == "hess" { 1e-8 } else { TOLERANCE }
    }
}

enum Outcome {
    Right,
    Refused(String),
    Wrong(String),
}

#[test]
fn published_identities() {
    let table = include_str!("../identities/spelled.tsv");
    let points: HashMap<String, Vec<Value>> = serde_json::from_str(include_str!("../identities/points.json")).expect("JSON");
    let not_yet: HashMap<&str, &str> = NOT_YET.iter().copied().collect();
    let mut complaints = String::new();
    let mut census: BTreeMap<(&str, &str), [usize; 3]> = BTreeMap::new();
    let mut ids = Vec::new();
    for row in table.lines().skip(1).map(Row::read) {
        ids.push(row.id);
        let outcome = catch_unwind(AssertUnwindSafe(|| check(&row, &points[row.id])));
        let outcome = outcome.unwrap_or_else(|_| Outcome::Wrong("panicked".to_owned()));
        let counts = census.entry((row.tier, row.family())).or_default();
        let (place, complaint) = match (outcome, not_yet.get(row.id)) {
            (Outcome::Right, None) => (0, None),
            (Outcome::Right, Some(_)) => (0, Some("passes: take it off the list".to_owned())),
            (Outcome::Refused(_), Some(_)) => (1, None),
            (Outcome::Refused(message), None) => (1, Some(format!("refused: {message}"))),
            (Outcome::Wrong(message), _) => (2, Some(format!("WRONG: {message}"))),
        };
        counts[place] += 1;
        if let Some(complaint) = complaint {
            let _ = writeln!(complaints, "{} `{}`: {complaint}", row.id, row.body);
        }
    }
    for (id, _) in NOT_YET {
        assert!(ids.contains(id), "{id} is no row of the table");
    }
    println!("tier  family  right  refused  wrong");
    for ((tier, family), [right, refused, wrong]) in census {
        println!("{tier:<5} {family:<7} {right:5} {refused:8} {wrong:6}");
    }
    assert!(complaints.is_empty(), "\n{complaints}");
}

/// The row at its points, by derivation and by program.
fn check(row: &Row<'_>, points: &[Value]) -> Outcome {
    let (derivative, arguments, item) = row.tokens();
    let derived = parse::parse_for(derivative, arguments, item).result.and_then(|input| Ok((derive(&input)?, input)));
    let (derivation, input) = match derived {
        Ok(derived) => derived,
        Err(errors) => {
            return Outcome::Refused(errors.as_slice().iter().map(|e| e.message.as_str()).collect::<Vec<_>>().join("; "));
        }
    };
    let names: Vec<String> = input.signature.params.iter().map(|p| p.ident.to_string()).collect();
    for (i, point) in points.iter().enumerate() {
        if let Err(message) = check_at(&derivation, &names, point, row.tolerance()) {
            return Outcome::Wrong(format!("point {i}: {message}"));
        }
    }
    Outcome::Right
}

fn check_at(derivation: &Derivation, names: &[String], point: &Value, tolerance: f64) -> Result<(), String> {
    let mut environment = Environment::of_parameters(names.iter().map(|name| matrix(&point["inputs"][name])));
    // of inactive code, the rows have sizes written out
    for (id, opaque) in (0..).zip(&derivation.function.opaques) {
        if let Ok(size) = opaque.code.to_string().parse() {
            environment = environment.with_integer(OpaqueId(id), size);
        }
    }
    let expected = [matrix(&point["value"]), matrix(&point["derivative"])];
    let roots = [derivation.value, derivation.results[0]];
    agree("derivation", &derivation.graph, &roots, &environment, &expected, tolerance)?;
    let program = schedule::schedule(&derivation.graph, &roots, &derivation.lets);
    agree("program", &program.graph, &program.roots, &environment, &expected, tolerance)
}

fn agree(
    what: &str,
    graph: &Graph,
    roots: &[NodeId],
    environment: &Environment,
    expected: &[Mat; 2],
    tolerance: f64,
) -> Result<(), String> {
    let found = evaluate(graph, roots, environment).map_err(|e| format!("{what}: {e}"))?;
    for ((found, expected), which) in found.iter().zip(expected).zip(["value", "derivative"]) {
        // by a number the table has the vec of the result, we have its shape
        let by_number =
            (expected.cols == 1 && found.cols > 1).then(|| Mat::from_column_major(found.data.len(), 1, found.data.clone()));
        let found = by_number.as_ref().unwrap_or(found);
        if found.shape() != expected.shape() {
            return Err(format!("{which} of the {what} is {:?}, not {:?}", found.shape(), expected.shape()));
        }
        let off = found.sub(expected).max_abs();
        if off.is_nan() || off > tolerance * expected.max_abs().max(SMALL) {
            return Err(format!("{which} of the {what}: expected {:?}, found {:?}", expected.data, found.data));
        }
    }
    Ok(())
}

/// `{"shape": [n, m], "column_major": [..]}`
fn matrix(value: &Value) -> Mat {
    let size = |i: usize| usize::try_from(value["shape"][i].as_u64().expect("a size")).expect("a small one");
    let entries = value["column_major"].as_array().expect("entries").iter().map(|e| e.as_f64().expect("a number")).collect();
    Mat::from_column_major(size(0), size(1), entries)
}
