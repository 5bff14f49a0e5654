//! Inputs at which a function can be computed: sizes that fit, entries inside its domain.

use std::collections::BTreeMap;

use matgrad_engine::Derivation;
use matgrad_engine::eval::{Environment, Mat};
use matgrad_engine::ir::{Attr, Dim, Graph, Kind, NodeId, OpaqueId, Source};
use matgrad_engine::parse::Input;

use crate::random::Random;

/// Values of all leaves.
#[derive(Clone)]
pub struct Inputs {
    /// Of the parameters, and of what companions take beside them.
    pub parameters: Vec<Mat>,
    opaques: Vec<(OpaqueId, Mat)>,
    integers: Vec<(OpaqueId, usize)>,
    sizes: Vec<(Dim, usize)>,
}

impl Inputs {
    /// Drawn; the sizes are others from attempt to attempt, and so is where entries lie.
    pub fn draw(input: &Input, derivation: &Derivation, attempt: usize, random: &mut Random) -> Self {
        let g = &derivation.graph;
        let (sizes, integers) = sizes(derivation, attempt, random);
        let size = |dim: Dim| match g.dims.resolve(dim) {
            Dim::Const(n) => n,
            symbol @ Dim::Sym(_) => sizes.get(&symbol).copied().unwrap_or(3),
        };
        let (low, high) = [(-1.5, 1.5), (0.2, 2.0), (0.1, 0.9), (1.1, 3.0)][attempt % 4];
        let parameters = (0..derivation.function.params.len()).map(|p| {
            let shape = derivation.parameter(p).map(|id| g.shape(id));
            let (rows, cols) = shape.map_or((1, 1), |s| (size(s.rows), size(s.cols)));
            admissible(input, g, p, random.matrix(rows, cols, low, high))
        });
        let parameters = parameters.collect();
        let opaques = leaves(g).into_iter().filter_map(|(id, node)| {
            let shape = g.shape(node);
            let text = &derivation.function.opaques.get(id.0 as usize)?.text;
            let known = text.parse().ok().or_else(|| constant(text));
            let drawn = random.matrix(size(shape.rows), size(shape.cols), low, high);
            Some((id, known.map_or(drawn, Mat::scalar)))
        });
        let opaques = opaques.collect();
        Self { parameters, opaques, integers, sizes: sizes.into_iter().collect() }
    }
    /// For one of the graphs of the derivation, with other values of the parameters. The function as it was read knows fewer dimensions.
    pub fn environment(&self, graph: &Graph, parameters: &[Mat]) -> Environment {
        let mut environment = Environment::of_parameters(parameters.iter().cloned());
        for (id, value) in &self.opaques {
            environment = environment.with_opaque(*id, value.clone());
        }
        for (id, value) in &self.integers {
            environment = environment.with_integer(*id, *value);
        }
        self.sizes.iter().filter(|(dim, _)| graph.dims.holds(*dim)).fold(environment, |e, (dim, size)| e.with_size(*dim, *size))
    }
}

/// A number that code names.
fn constant(text: &str) -> Option<f64> {
    match text.rsplit("::").next()? {
        "PI" => Some(std::f64::consts::PI),
        "TAU" => Some(std::f64::consts::TAU),
        "E" => Some(std::f64::consts::E),
        "LN_2" => Some(std::f64::consts::LN_2),
        _ => None,
    }
}

/// The pieces of inactive code that nodes are.
fn leaves(g: &Graph) -> BTreeMap<OpaqueId, NodeId> {
    let mut found = BTreeMap::new();
    for at in 0..g.nodes().len() {
        let Some(id) = g.id_at(at) else { continue };
        match &g.node(id).op.attr {
            Attr::Opaque(code) if g.kind(id) == Kind::Opaque => {
                found.entry(*code).or_insert(id);
            }
            _ => {}
        }
    }
    found
}

/// How large the symbols are, and what integers of inactive code are then.
fn sizes(derivation: &Derivation, attempt: usize, random: &mut Random) -> (BTreeMap<Dim, usize>, Vec<(OpaqueId, usize)>) {
    let dims = &derivation.graph.dims;
    let symbols: Vec<Dim> = dims.symbols().map(|d| dims.resolve(d)).filter(|d| matches!(d, Dim::Sym(_))).collect();
    let made = |d: &Dim| dims.sources(*d).iter().any(|s| matches!(s, Source::Sum(_) | Source::Product(_) | Source::Least(_)));
    let mut known: BTreeMap<Dim, usize> = BTreeMap::new();
    let mut pool = [3, 2, 4, 5, 1].into_iter().cycle();
    for dim in symbols.iter().filter(|d| !made(d)) {
        let size = if attempt < 4 { pool.next().unwrap_or(3) } else { 1 + random.below(5) };
        known.entry(*dim).or_insert(size);
    }
    for _ in 0..=symbols.len() {
        for dim in &symbols {
            let computed = dims.sources(*dim).iter().find_map(|source| {
                let all = |parts: &[Dim]| -> Option<Vec<usize>> {
                    let one = |d: &Dim| match dims.resolve(*d) {
                        Dim::Const(n) => Some(n),
                        symbol @ Dim::Sym(_) => known.get(&symbol).copied(),
                    };
                    parts.iter().map(one).collect()
                };
                match source {
                    Source::Sum(parts) => all(parts).map(|p| p.into_iter().sum()),
                    Source::Product(parts) => all(parts).map(|p| p.into_iter().product()),
                    Source::Least(parts) => all(parts)?.into_iter().min(),
                    _ => None,
                }
            });
            if let Some(size) = computed {
                known.insert(*dim, size);
            }
        }
    }
    let coded = symbols.iter().flat_map(|d| dims.sources(*d).into_iter().map(move |s| (*d, s)));
    let coded: BTreeMap<OpaqueId, usize> =
        coded.filter_map(|(d, s)| if let Source::Code(id) = s { Some((id, known.get(&d).copied()?)) } else { None }).collect();
    let integers = (0..).zip(&derivation.function.opaques).map(|(id, opaque)| {
        let id = OpaqueId(id);
        // any number will do for code that only rustc can run: 0 is a position that there is, and a branch is taken in one attempt or another
        let integer = opaque.text.parse().ok().or_else(|| coded.get(&id).copied()).unwrap_or(usize::from(attempt % 2 == 1));
        (id, integer)
    });
    (known.clone(), integers.collect())
}

/// The same, as it is declared to be.
fn admissible(input: &Input, g: &Graph, p: usize, a: Mat) -> Mat {
    if a.rows != a.cols || a.is_scalar() {
        return a;
    }
    let n = crate::random::fraction(a.rows);
    let part = |holds: fn(usize, usize) -> bool| Mat::from_fn(a.rows, a.cols, |r, c| if holds(r, c) { a.at(r, c) } else { 0.0 });
    if g.promises.orthogonal.contains(&p) {
        return reflection(&a, 0).mul(&reflection(&a, 1));
    }
    let moved = |a: Mat| a.add(&Mat::identity(a.rows).scaled(n));
    if g.promises.diagonal.contains(&p) {
        return moved(part(|r, c| r == c));
    }
    if g.promises.lower_triangular.contains(&p) {
        return moved(part(|r, c| r >= c));
    }
    if input.arguments.spd.contains(&p) {
        return a.mul(&a.transpose()).scaled(1.0 / n).add(&Mat::identity(a.rows));
    }
    if input.arguments.symmetric.contains(&p) {
        return a.add(&a.transpose()).scaled(0.5);
    }
    a
}

/// `I − 2 v vᵀ / vᵀv` for a column of a matrix.
fn reflection(of: &Mat, column: usize) -> Mat {
    let v = Mat::from_fn(of.rows, 1, |r, _| of.at(r, column));
    Mat::identity(of.rows).sub(&v.mul(&v.transpose()).scaled(2.0 / v.inner(&v)))
}
