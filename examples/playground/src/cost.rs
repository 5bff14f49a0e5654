//! What the companions compute, in floating-point operations: a polynomial in the dimensions.

use std::collections::BTreeMap;

use matgrad_engine::Derivation;
use matgrad_engine::emit::report;
use matgrad_engine::ir::{Attr, Dim, Graph, Kind, NodeId, Shape};
use matgrad_engine::parse::Input;
use matgrad_engine::schedule::schedule;
use serde_json::{Value, json};

/// `{"value": "2 n p + 3 n", "all": "4 n p + 4 n"}`: of the function alone, and of the companion that gives all at once.
pub fn costs(input: &Input, derivation: &Derivation) -> Value {
    let names = report(input, derivation).dims;
    let name = |dim: Dim| names.get(&dim).cloned().unwrap_or_else(|| "n".to_owned());
    let of = |roots: &[NodeId]| {
        let program = schedule(&derivation.graph, roots, &derivation.lets);
        let mut total = Polynomial::default();
        for id in &program.order {
            total.add(&node(&program.graph, *id), 1.0);
        }
        total.written(&name)
    };
    let all: Vec<NodeId> = std::iter::once(derivation.value).chain(derivation.computed.iter().copied()).collect();
    json!({ "value": of(&[derivation.value]), "all": of(&all) })
}

/// A sum of products of dimensions.
#[derive(Clone, Default)]
struct Polynomial(BTreeMap<Vec<Dim>, f64>);

impl Polynomial {
    fn term(coefficient: f64, graph: &Graph, dims: &[Dim]) -> Self {
        let (mut symbols, mut number) = (Vec::new(), coefficient);
        for dim in dims {
            match graph.dims.resolve(*dim) {
                Dim::Const(n) => number *= crate::random::fraction(n),
                symbol @ Dim::Sym(_) => symbols.push(symbol),
            }
        }
        symbols.sort_unstable();
        Self(BTreeMap::from([(symbols, number)]))
    }
    fn add(&mut self, other: &Self, times: f64) {
        for (dims, number) in &other.0 {
            *self.0.entry(dims.clone()).or_default() += times * number;
        }
    }
    /// Each iteration of a loop once.
    fn repeated(self, graph: &Graph, count: Dim) -> Self {
        let mut all = Self::default();
        for (dims, number) in self.0 {
            all.add(&Self::term(number, graph, &[&dims[..], &[count]].concat()), 1.0);
        }
        all
    }
    /// Largest degree first.
    fn written(&self, name: &dyn Fn(Dim) -> String) -> String {
        let mut terms: Vec<(usize, f64, String)> = Vec::new();
        for (dims, number) in self.0.iter().filter(|(_, number)| **number > 0.0) {
            let mut powers: Vec<(String, usize)> = Vec::new();
            for dim in dims.iter().map(|d| name(*d)) {
                match powers.iter_mut().find(|(known, _)| *known == dim) {
                    Some((_, power)) => *power += 1,
                    None => powers.push((dim, 1)),
                }
            }
            powers.sort();
            let power = |(name, power): &(String, usize)| match power {
                1 => name.clone(),
                2 => format!("{name}²"),
                3 => format!("{name}³"),
                more => format!("{name}^{more}"),
            };
            terms.push((dims.len(), *number, powers.iter().map(power).collect::<Vec<_>>().join(" ")));
        }
        // what is done once, whatever the sizes, is nothing beside the rest
        if terms.iter().any(|term| term.0 > 0) {
            terms.retain(|term| term.0 > 0);
        }
        terms.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.total_cmp(&a.1)));
        let text = |(_, number, dims): &(usize, f64, String)| {
            let number = if number.fract() == 0.0 { format!("{number}") } else { format!("{number:.1}") };
            match (number.as_str(), dims.as_str()) {
                (_, "") => number,
                ("1", _) => dims.clone(),
                _ => format!("{number} {dims}"),
            }
        };
        if terms.is_empty() { "0".to_owned() } else { terms.iter().map(text).collect::<Vec<_>>().join(" + ") }
    }
}

/// The operations of one node, to leading order for factorizations.
fn node(g: &Graph, id: NodeId) -> Polynomial {
    let shape = g.shape(id);
    let args = g.args(id);
    let of = |i: usize| args.get(i).map_or(Shape::SCALAR, |a| g.shape(*a));
    let term = |c: f64, dims: &[Dim]| Polynomial::term(c, g, dims);
    let entries = |c: f64, s: Shape| term(c, &[s.rows, s.cols]);
    let cube = |c: f64, n: Dim| term(c, &[n, n, n]);
    match (g.kind(id), &g.node(id).op.attr) {
        (_, Attr::Loop(l)) => region(&l.body.graph, &l.body.results).repeated(g, l.count),
        (_, Attr::Branch(b)) => region(&b.then.graph, &b.then.results),
        (_, Attr::Region(r)) => {
            let inside = region(&r.graph, &r.results);
            let mut all = Polynomial::default();
            all.add(&entries(inside.0.values().sum(), shape), 1.0);
            all
        }
        (Kind::MatMul, _) => term(2.0, &[shape.rows, of(0).cols, shape.cols]),
        (Kind::Lu, _) => cube(2.0 / 3.0, shape.rows),
        (Kind::Chol, _) => cube(1.0 / 3.0, shape.rows),
        (Kind::Inv, _) => cube(2.0, shape.rows),
        (Kind::Det | Kind::Cofactor, _) => cube(2.0 / 3.0, of(0).rows),
        (Kind::ExpMatrix, _) => cube(20.0, shape.rows),
        (Kind::Sum | Kind::Trace, _) => entries(1.0, of(0)),
        (Kind::NormSq | Kind::Norm, _) => entries(2.0, of(0)),
        (Kind::Lin, Attr::Coefs(coefs)) => {
            let products = coefs.iter().filter(|c| !matches!(c.0, 1.0 | -1.0)).count();
            entries(crate::random::fraction(products + coefs.len().saturating_sub(1)), shape)
        }
        (
            Kind::Param
            | Kind::Const
            | Kind::Opaque
            | Kind::Dim
            | Kind::Fill
            | Kind::Identity
            | Kind::Transpose
            | Kind::Slice
            | Kind::Place
            | Kind::Reshape
            | Kind::Output,
            _,
        ) => Polynomial::default(),
        _ => entries(1.0, shape),
    }
}

fn region(g: &Graph, results: &[NodeId]) -> Polynomial {
    let mut all = Polynomial::default();
    for id in g.reachable(results) {
        all.add(&node(g, id), 1.0);
    }
    all
}
