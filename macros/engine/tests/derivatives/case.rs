//! A program, what it is differentiated by, and what differences say.

use std::collections::{BTreeMap, HashMap};

use matgrad_engine::eval::{Environment, Mat, evaluate};
use matgrad_engine::generate::{Sample, generate, generate_with_regions};
use matgrad_engine::ir::{Attr, Dim, Graph, Kind, NodeId, Pass, Source};
use matgrad_engine::{ops, schedule, simplify};

/// The interpreter forms Kronecker products: of matrices with so many entries it does in no time.
const LARGE: usize = 4_000;

/// Numbers without a pattern.
pub struct Noise(u64);

impl Noise {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }
    pub fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next()).unwrap_or(0) % n.max(1)
    }
    pub fn matrix(&mut self, rows: usize, cols: usize) -> Mat {
        #[allow(clippy::cast_precision_loss)] // 31 bits
        let mut entry = || self.next() as f64 / f64::from(1u32 << 30) - 1.0;
        Mat::from_fn(rows, cols, |_, _| entry())
    }
}

/// A program, what is differentiated, by what, and in which direction.
pub struct Case {
    pub sample: Sample,
    pub g: Graph,
    pub value: NodeId,
    pub p: usize,
    pub parameter: NodeId,
    pub direction: Mat,
    /// The number of a parameter that is the direction, and its node.
    pub along: (usize, NodeId),
    pub noise: Noise,
    /// The values of all nodes, where they have one.
    values: HashMap<NodeId, Mat>,
}

/// What differences say of a derivative, and how far off they may be.
pub struct Difference {
    pub expected: Mat,
    pub tolerance: f64,
}

impl Case {
    /// `None` if all that is differentiated by is gone when the function is in normal form.
    pub fn of(seed: u64) -> Option<Self> {
        let sample = program(seed);
        let mut noise = Noise(seed ^ 0x9e37_79b9);
        let (mut g, place) = simplify::rebuild(&sample.graph, &[sample.root], &sample.spd);
        (g.twice, g.pass) = (true, Pass::Inner);
        let value = place[&sample.root];
        let number = |id: NodeId| match g.node(id).op.attr {
            Attr::Param(p) if g.kind(id) == Kind::Param && sample.wrt.contains(&p) => Some((p, id)),
            _ => None,
        };
        let there: Vec<(usize, NodeId)> = g.reachable(&[value]).into_iter().filter_map(number).collect();
        let (p, parameter) = *there.get(noise.below(there.len()))?;
        let direction = direction(&mut noise, &g, p, &sample.parameters[p]);
        let number = sample.parameters.len();
        let shape = g.shape(parameter);
        let along = (number, g.make_shaped(Kind::Param, Attr::Param(number), &[], shape));
        let mut case = Self { sample, g, value, p, parameter, direction, along, noise, values: HashMap::new() };
        let order = case.g.reachable(&[value]);
        let environment = case.environment(0.0);
        if let Ok(values) = evaluate(&case.g, &order, &environment) {
            case.values = order.into_iter().zip(values).collect();
        }
        Some(case)
    }
    /// Whether the parameter moves on a curve.
    pub fn is_orthogonal(&self) -> bool {
        self.g.promises.orthogonal.contains(&self.p)
    }

    pub fn environment(&self, t: f64) -> Environment {
        let there = moved(&self.sample.parameters[self.p], &self.direction, t, self.is_orthogonal());
        self.sample.environment().with_parameter(self.p, there).with_parameter(self.along.0, self.direction.clone())
    }
    pub fn at(&self, node: NodeId, t: f64) -> Option<Mat> {
        Some(evaluate(&self.g, &[node], &self.environment(t)).ok()?.remove(0))
    }
    /// By the graph, and by the program that is made of it.
    pub fn both_ways(&self, nodes: &[NodeId], environment: &Environment) -> Result<[Vec<Mat>; 2], String> {
        let graph = evaluate(&self.g, nodes, environment).map_err(|e| format!("the derivation: {e}"))?;
        let program = schedule::schedule(&self.g, nodes, &HashMap::new());
        let program = evaluate(&program.graph, &program.roots, environment).map_err(|e| format!("the program: {e}"))?;
        Ok([graph, program])
    }

    /// The derivative of a node along the direction, by differences of some step, to be compared with `found`; `None` if those of two steps do not
    /// agree at any.
    pub fn difference(&self, node: NodeId, found: NodeId) -> Option<Difference> {
        let top = self.at(node, 0.0)?.max_abs();
        let five = |h: f64| -> Option<Mat> {
            let near = self.at(node, h)?.sub(&self.at(node, -h)?);
            let far = self.at(node, 2.0 * h)?.sub(&self.at(node, -2.0 * h)?);
            Some(near.scaled(8.0).sub(&far).scaled(1.0 / (12.0 * h)))
        };
        let rounding = 1e-15 * self.magnitude(found).max(self.magnitude(node));
        for (h, agree) in [(2e-4, 1e-6), (2e-5, 1e-6), (2e-3, 1e-6), (2e-4, 1e-4), (2e-5, 1e-4), (2e-3, 1e-4), (2e-6, 1e-4)] {
            let (Some(expected), Some(coarse)) = (five(h), five(3.0 * h)) else { continue };
            let spread = expected.sub(&coarse).max_abs();
            let size = expected.max_abs().max(top);
            if expected.data.iter().all(|x| x.is_finite()) && spread <= agree * size {
                let tolerance = 1e-5 * size + 10.0 * spread + rounding / h.min(1e-4);
                return Some(Difference { expected, tolerance });
            }
        }
        None
    }
    /// The largest of all finite entries that a node is made of: what rounding errors are relative to, and what is left of numbers that cancel.
    pub fn magnitude(&self, node: NodeId) -> f64 {
        let values = evaluate(&self.g, &self.g.reachable(&[node]), &self.environment(0.0)).unwrap_or_default();
        values.iter().flat_map(|v| &v.data).map(|x| x.abs()).filter(|x| x.is_finite()).fold(0.0, f64::max)
    }

    /// Some matrix on the way that the parameter reaches.
    pub fn interior(&mut self) -> NodeId {
        let active = self.g.dependents(|n| n.op.kind == Kind::Param && n.op.attr == Attr::Param(self.p));
        let stands = |kind: Kind| {
            ops::is_factorization(kind)
                || matches!(kind, Kind::Tri | Kind::Param | Kind::LeftVectors | Kind::RightVectors | Kind::EigenVectors)
        };
        let is_finite = |id: &NodeId| self.values.get(id).is_some_and(|v| v.data.iter().all(|x| x.is_finite()));
        let nodes: Vec<NodeId> = self
            .g
            .reachable(&[self.value])
            .into_iter()
            .filter(|id| active[id.index()] && !self.g.is_scalar(*id) && !stands(self.g.kind(*id)) && is_finite(id))
            .collect();
        if nodes.is_empty() { self.value } else { nodes[self.noise.below(nodes.len())] }
    }

    /// Whether the interpreter can form all that these are made of.
    pub fn is_small(&self, nodes: &[NodeId]) -> bool {
        let mut sizes = BTreeMap::new();
        for (id, value) in &self.values {
            let shape = self.g.shape(*id);
            sizes.insert(self.g.dims.resolve(shape.rows), value.rows);
            sizes.insert(self.g.dims.resolve(shape.cols), value.cols);
        }
        let entries = |id: NodeId| {
            let shape = self.g.shape(id);
            self.size(shape.rows, &sizes).saturating_mul(self.size(shape.cols, &sizes))
        };
        self.g.reachable(nodes).into_iter().all(|id| entries(id) <= LARGE)
    }
    fn size(&self, dim: Dim, known: &BTreeMap<Dim, usize>) -> usize {
        let dim = self.g.dims.resolve(dim);
        if let Dim::Const(n) = dim {
            return n;
        }
        let computed = |source| match source {
            Source::Sum(parts) => Some(parts.iter().map(|d| self.size(*d, known)).sum()),
            Source::Product(parts) => Some(parts.iter().map(|d| self.size(*d, known)).product()),
            Source::Least(parts) => parts.iter().map(|d| self.size(*d, known)).min(),
            _ => None,
        };
        known.get(&dim).copied().or_else(|| self.g.dims.sources(dim).into_iter().find_map(computed)).unwrap_or(usize::MAX)
    }
}

/// A direction in which a parameter stays what it is declared.
fn direction(noise: &mut Noise, g: &Graph, p: usize, at: &Mat) -> Mat {
    let free = noise.matrix(at.rows, at.cols);
    let promises = &g.promises;
    if promises.orthogonal.contains(&p) {
        return at.mul(&free.sub(&free.transpose()));
    }
    let free = if promises.symmetric.contains(&p) { free.add(&free.transpose()).scaled(0.5) } else { free };
    let (diagonal, lower) = (promises.diagonal.contains(&p), promises.lower_triangular.contains(&p));
    Mat::from_fn(at.rows, at.cols, |r, c| if (diagonal && r != c) || (lower && r < c) { 0.0 } else { free.at(r, c) })
}

// d Q (I − ½ t Ω)⁻¹ (I + ½ t Ω) = Q Ω dt at t = 0, QᵀQ = I for skew-symmetric Ω
/// A parameter on its way.
fn moved(at: &Mat, direction: &Mat, t: f64, is_orthogonal: bool) -> Mat {
    if !is_orthogonal {
        return at.add(&direction.scaled(t));
    }
    let turn = at.transpose().mul(direction).scaled(0.5 * t);
    let (plus, minus) = (Mat::identity(at.rows).add(&turn), Mat::identity(at.rows).sub(&turn));
    at.mul(&minus.inverse().expect("it is skew-symmetric").mul(&plus))
}

/// Whether the function as it was read stays what it is when the parameters move; `None` if it has no value.
pub fn is_constant(seed: u64) -> Option<bool> {
    let sample = program(seed);
    let mut noise = Noise(seed);
    let value = |environment: &Environment| Some(evaluate(&sample.graph, &[sample.root], environment).ok()?[0].at(0, 0));
    let here = value(&sample.environment())?;
    let mut there = sample.environment();
    for p in &sample.wrt {
        let at = &sample.parameters[*p];
        let direction = direction(&mut noise, &sample.graph, *p, at);
        there = there.with_parameter(*p, moved(at, &direction, 1e-2, sample.graph.promises.orthogonal.contains(p)));
    }
    Some((value(&there)? - here).abs() <= 1e-10 * (1.0 + here.abs()))
}

/// A third of all with loops and branches.
fn program(seed: u64) -> Sample {
    if seed.is_multiple_of(3) { generate_with_regions(seed) } else { generate(seed) }
}
