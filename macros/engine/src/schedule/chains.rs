//! How products associate: the matrix chain problem, with what is there already for nothing.

use std::collections::HashMap;

use crate::ir::{Attr, Dim, Graph, Kind, NodeId, Op, Real, Shape};
use crate::ops::algebra::is_elementwise;

/// A run-time dimension is taken to be this long: longer than the fixed ones, and all alike.
const DYNAMIC: f64 = 200.0;
/// A type-level dimension is taken to be this long.
const GENERIC: f64 = 8.0;

/// The graph with products of two factors, and where the nodes went.
pub(super) fn associate(g: &Graph, roots: &[NodeId]) -> (Graph, HashMap<NodeId, NodeId>) {
    let order = g.reachable(roots);
    let mut chains = Chains {
        from: g,
        to: Graph::new(g.dims.clone(), g.promises.clone(), None),
        place: HashMap::new(),
        needed: HashMap::new(),
        built: HashMap::new(),
        uses: super::uses(g, roots),
    };
    for id in &order {
        if g.kind(*id) == Kind::MatMul {
            chains.needed.insert(g.args(*id).to_vec(), *id);
        }
    }
    for id in order {
        let new = chains.node(id);
        chains.place.insert(id, new);
    }
    (chains.to, chains.place)
}

struct Chains<'g> {
    from: &'g Graph,
    to: Graph,
    place: HashMap<NodeId, NodeId>,
    /// Products that are computed anyway, by their factors.
    needed: HashMap<Vec<NodeId>, NodeId>,
    /// Parts of products that were computed on the way, by their factors.
    built: HashMap<Vec<NodeId>, NodeId>,
    uses: HashMap<NodeId, usize>,
}

/// A factor of a chain: where it stands in the program, and the node it comes from, if it is one.
#[derive(Clone, Copy)]
struct Factor {
    to: NodeId,
    from: Option<NodeId>,
}

impl Chains<'_> {
    fn node(&mut self, id: NodeId) -> NodeId {
        let g = self.from;
        match g.kind(id) {
            Kind::MatMul => {
                let factors = self.factors(g.args(id));
                self.chain(&factors, Some(id))
            }
            Kind::Trace if g.kind(g.args(id)[0]) == Kind::MatMul => self.trace(g.args(id)[0]),
            Kind::Sum if g.kind(g.args(id)[0]) == Kind::MatMul && !g.shape(g.args(id)[0]).is_thin() => self.sum(g.args(id)[0]),
            _ => {
                let args: Vec<NodeId> = g.args(id).iter().map(|a| self.place[a]).collect();
                let node = g.node(id);
                if let Some(other) = self.scaling(id).or_else(|| self.opposite(id, &args)) {
                    return other;
                }
                // a transpose of a transpose appears where a product came out transposed
                if node.op.kind == Kind::Transpose {
                    return self.transposed(args[0]);
                }
                if let Some(turned) = self.turned(id, &args) {
                    return turned;
                }
                self.to.intern(node.op.clone(), &args, g.shape(id))
            }
        }
    }

    /// A pass over transposes as the transpose of a pass, so that one that is there already is found; a sum over a transpose as one over
    /// the matrix itself.
    fn turned(&mut self, id: NodeId, args: &[NodeId]) -> Option<NodeId> {
        let (g, kind) = (self.from, self.from.kind(id));
        let matrices = || args.iter().copied().filter(|a| !self.to.is_scalar(*a));
        let turns =
            matrices().any(|a| self.is_transpose(a)) && matrices().all(|a| self.is_transpose(a) || self.to.kind(a) == Kind::Fill);
        let (pass, sum) = (is_elementwise(kind), matches!(kind, Kind::Sum | Kind::NormSq | Kind::Norm));
        if !turns || g.shape(id) == Shape::SCALAR && !sum || !pass && !sum {
            return None;
        }
        let turned: Vec<NodeId> = args.iter().map(|a| self.transposed(*a)).collect();
        let op = g.node(id).op.clone();
        if sum {
            return Some(self.to.intern(op, &turned, g.shape(id)));
        }
        let made = self.to.intern(op, &turned, g.shape(id).transposed());
        Some(self.transposed(made))
    }

    /// `c (s A) = (c s) A`, and `c A K B = A (c K) B` for an elementwise `K` that is computed anyway: no pass for the factor alone.
    fn scaling(&mut self, id: NodeId) -> Option<NodeId> {
        let g = self.from;
        let (kind, attr) = (g.kind(id), g.node(id).op.attr.clone());
        let inner = match (kind, &g.terms(id)[..]) {
            (Kind::Lin, [(_, inner)]) => *inner,
            (Kind::Scale, _) => g.args(id)[1],
            _ => return None,
        };
        let alone = |n: NodeId| self.uses.get(&n) == Some(&1);
        if g.is_scalar(id) || !alone(inner) {
            return None;
        }
        if kind == Kind::Lin && g.kind(inner) == Kind::Scale {
            let (s, a) = (self.place[&g.args(inner)[0]], self.place[&g.args(inner)[1]]);
            let s = self.to.intern(Op { kind, attr }, &[s], Shape::SCALAR);
            return Some(self.scaled(s, a));
        }
        if g.kind(inner) != Kind::MatMul {
            return None;
        }
        let mut factors = self.factors(g.args(inner));
        let takes_in = |f: &Factor| {
            let from = f.from.filter(|n| alone(*n) && !g.is_scalar(*n));
            from.is_some_and(|n| {
                crate::ops::algebra::is_elementwise(g.kind(n)) && g.shape(n).is_thin() && g.kind(n) != Kind::Scale
            })
        };
        let at = factors.iter().position(takes_in)?;
        let shape = self.to.shape(factors[at].to);
        let args = if kind == Kind::Scale { vec![self.place[&g.args(id)[0]], factors[at].to] } else { vec![factors[at].to] };
        factors[at] = Factor { to: self.to.intern(Op { kind, attr }, &args, shape), from: None };
        Some(self.chain(&factors, None))
    }

    /// `−A + B = −(A − B)`, where that is there already and `A` or `B` had to be computed: the sum is not read out again from its terms.
    fn opposite(&mut self, id: NodeId, args: &[NodeId]) -> Option<NodeId> {
        let (g, shape) = (self.from, self.from.shape(id));
        let Attr::Coefs(coefs) = &g.node(id).op.attr else { return None };
        let computed = args.iter().any(|a| !super::is_free(&self.to, *a) && self.to.kind(*a) != Kind::Fill);
        if args.len() < 2 || g.is_scalar(id) || !computed {
            return None;
        }
        let negated = Attr::Coefs(coefs.iter().map(|c| Real(-c.0)).collect());
        let known = self.to.find(Op { kind: Kind::Lin, attr: negated }, args, shape)?;
        Some(self.to.intern(Op { kind: Kind::Lin, attr: Attr::Coefs(vec![Real(-1.0)]) }, &[known], shape))
    }

    fn factors(&self, ids: &[NodeId]) -> Vec<Factor> {
        ids.iter().map(|id| Factor { to: self.place[id], from: Some(*id) }).collect()
    }

    /// The product of a chain; `whole`: the node that it is, which is not to be looked up.
    fn chain(&mut self, factors: &[Factor], whole: Option<NodeId>) -> NodeId {
        if let Some(shorter) = self.distributed(factors) {
            return self.chain(&shorter, None);
        }
        let n = factors.len();
        let mut plans: Vec<Vec<Plan>> = vec![vec![Plan::default(); n]; n];
        for length in 2..=n {
            for i in 0..=n - length {
                let j = i + length - 1;
                plans[i][j] = self.plan(factors, &plans, i, j, whole);
            }
        }
        self.build(factors, &plans, 0, n - 1)
    }

    /// The cheapest way to the product of factors `i..=j`.
    fn plan(&self, factors: &[Factor], plans: &[Vec<Plan>], i: usize, j: usize, whole: Option<NodeId>) -> Plan {
        if let Some((node, turned)) = self.known(&factors[i..=j], whole) {
            return Plan { cost: 0.0, known: Some((node, turned)), split: i };
        }
        let (rows, cols) = (self.length(factors[i], true), self.length(factors[j], false));
        // a diagonal scales, and what moves rows costs no more
        let scales = |k: usize| (k == i && self.is_diagonal(factors[i])) || (k + 1 == j && self.is_diagonal(factors[j]));
        let step = |k: usize| rows * cols * if scales(k) { 1.0 } else { self.length(factors[k], false) };
        let cost = |k: usize| plans[i][k].cost + plans[k + 1][j].cost + step(k);
        let best = (i..j).map(|k| (cost(k), k)).reduce(|a, b| if b.0 < a.0 { b } else { a });
        best.map_or_else(Plan::default, |(cost, split)| Plan { cost, known: None, split })
    }

    /// The node that these factors, or their transpose, are; computed before this one.
    fn known(&self, factors: &[Factor], whole: Option<NodeId>) -> Option<(NodeId, bool)> {
        let ids: Vec<NodeId> = factors.iter().map(|f| f.from).collect::<Option<_>>()?;
        if let Some(node) = self.at_hand(&ids, whole) {
            return Some((node, false));
        }
        let turned: Vec<NodeId> = ids.iter().rev().map(|id| self.transpose_in_source(*id)).collect::<Option<_>>()?;
        self.at_hand(&turned, whole).map(|node| (node, true))
    }

    fn at_hand(&self, ids: &[NodeId], whole: Option<NodeId>) -> Option<NodeId> {
        let needed = self.needed.get(ids).filter(|id| Some(**id) != whole).and_then(|id| self.place.get(id));
        needed.or_else(|| self.built.get(ids)).copied()
    }

    fn transpose_in_source(&self, id: NodeId) -> Option<NodeId> {
        let g = self.from;
        if g.kind(id) == Kind::Transpose {
            return Some(g.args(id)[0]);
        }
        if crate::simplify::is_symmetric(g, id) {
            return Some(id);
        }
        g.find(Op { kind: Kind::Transpose, attr: Attr::None }, &[id], g.shape(id).transposed())
    }

    fn is_diagonal(&self, factor: Factor) -> bool {
        self.to.kind(factor.to) == Kind::DiagMat || self.moves(factor.to)
    }

    fn length(&self, factor: Factor, rows: bool) -> f64 {
        let shape = self.to.shape(factor.to);
        length(&self.to, if rows { shape.rows } else { shape.cols })
    }

    fn build(&mut self, factors: &[Factor], plans: &[Vec<Plan>], i: usize, j: usize) -> NodeId {
        if i == j {
            return factors[i].to;
        }
        let plan = &plans[i][j];
        if let Some((node, turned)) = plan.known {
            return if turned { self.transposed(node) } else { node };
        }
        let (left, right) = (self.build(factors, plans, i, plan.split), self.build(factors, plans, plan.split + 1, j));
        let product = self.product(left, right);
        if let Some(ids) = factors[i..=j].iter().map(|f| f.from).collect::<Option<Vec<_>>>() {
            self.built.insert(ids, product);
        }
        product
    }

    /// `A B`, turned over where that saves a transpose or makes a column of a row.
    fn product(&mut self, a: NodeId, b: NodeId) -> NodeId {
        let shape = Shape::new(self.to.shape(a).rows, self.to.shape(b).cols);
        if let Some(product) = self.with_moved(a, b).or_else(|| self.with_diagonal(a, b)).or_else(|| self.with_kronecker(a, b)) {
            return product;
        }
        if self.to.is_scalar(b) {
            return self.scaled(b, a);
        }
        if self.to.is_scalar(a) {
            return self.scaled(a, b);
        }
        let both_turned = self.is_transpose(a) && self.is_transpose(b) && !self.is_inverse(a);
        let solves_right = self.is_inverse(b) && !self.is_inverse(a);
        if !shape.is_scalar() && (both_turned || shape.is_row() || solves_right) {
            let (a, b) = (self.transposed(a), self.transposed(b));
            let turned = self.binary(b, a, shape.transposed());
            return self.transposed(turned);
        }
        self.binary(a, b, shape)
    }

    /// `K B` and `A K = (Kᵀ Aᵀ)ᵀ`, for a matrix `K` that moves rows and is not formed.
    fn with_moved(&mut self, a: NodeId, b: NodeId) -> Option<NodeId> {
        let map = |c: &Self, id: NodeId| match &c.to.node(id).op.attr {
            Attr::Rows(rows) if c.moves(id) => Some(rows.clone()),
            _ => None,
        };
        if let Some(rows) = map(self, a) {
            let shape = Shape::new(self.to.shape(a).rows, self.to.shape(b).cols);
            return Some(self.to.intern(Op { kind: Kind::Rows, attr: Attr::Rows(rows) }, &[b], shape));
        }
        let mut rows = map(self, b)?;
        rows.back = !rows.back;
        let (turned, shape) = (self.transposed(a), Shape::new(self.to.shape(b).cols, self.to.shape(a).rows));
        let moved = self.to.intern(Op { kind: Kind::Rows, attr: Attr::Rows(rows) }, &[turned], shape);
        Some(self.transposed(moved))
    }

    /// Whether a matrix is the identity with its rows in other places.
    fn moves(&self, id: NodeId) -> bool {
        self.to.kind(id) == Kind::Rows && self.to.kind(self.to.args(id)[0]) == Kind::Identity
    }

    /// `Diag(v) B` and `A Diag(v)`: rows and columns scaled.
    fn with_diagonal(&mut self, a: NodeId, b: NodeId) -> Option<NodeId> {
        let is_diagonal = |c: &Self, id: NodeId| c.to.kind(id) == Kind::DiagMat;
        let (v, other, column) = match (is_diagonal(self, a), is_diagonal(self, b)) {
            (true, false) => (self.to.args(a)[0], b, true),
            (false, true) => (self.to.args(b)[0], a, false),
            _ => return None,
        };
        let shape = self.to.shape(other);
        let (v_shape, ones) = if column {
            (Shape::column(shape.rows), Shape::new(Dim::ONE, shape.cols))
        } else {
            (Shape::new(Dim::ONE, shape.cols), Shape::column(shape.rows))
        };
        let v = if column { v } else { self.transposed(v) };
        let weights = if shape == v_shape {
            v
        } else {
            let ones = self.to.filled(1.0, ones);
            if column { self.binary(v, ones, shape) } else { self.binary(ones, v, shape) }
        };
        Some(self.to.intern(Op { kind: Kind::Hadamard, attr: Attr::None }, &[weights, other], shape))
    }

    /// `(A ⊗ B) M = (A ⊗ I) ((I ⊗ B) M)`, of which neither product is formed.
    fn with_kronecker(&mut self, a: NodeId, m: NodeId) -> Option<NodeId> {
        if self.to.kind(a) != Kind::Kron || matches!(self.to.kind(m), Kind::Transpose | Kind::Kron) {
            return None;
        }
        let (left, right) = (self.to.args(a)[0], self.to.args(a)[1]);
        let (l, r, k) = (self.to.shape(left), self.to.shape(right), self.to.shape(m).cols);
        let is_identity = |c: &Self, id: NodeId| c.to.kind(id) == Kind::Identity;
        if is_identity(self, left) || is_identity(self, right) {
            return Some(self.binary(a, m, Shape::new(self.to.shape(a).rows, k)));
        }
        let (before, after) = (self.to.identity(l.cols), self.to.identity(r.rows));
        let half = self.to.make(Kind::Kron, Attr::None, &[before, right]);
        let rows = self.to.shape(half).rows;
        let inner = self.binary(half, m, Shape::new(rows, k));
        let half = self.to.make(Kind::Kron, Attr::None, &[left, after]);
        Some(self.binary(half, inner, Shape::new(self.to.shape(a).rows, k)))
    }

    fn binary(&mut self, a: NodeId, b: NodeId, shape: Shape) -> NodeId {
        self.to.intern(Op { kind: Kind::MatMul, attr: Attr::None }, &[a, b], shape)
    }

    fn scaled(&mut self, s: NodeId, a: NodeId) -> NodeId {
        let kind = if self.to.is_scalar(a) { Kind::Hadamard } else { Kind::Scale };
        self.to.intern(Op { kind, attr: Attr::None }, &[s, a], self.to.shape(a))
    }

    fn is_transpose(&self, id: NodeId) -> bool {
        self.to.kind(id) == Kind::Transpose
    }

    fn is_inverse(&self, id: NodeId) -> bool {
        let inner = if self.is_transpose(id) { self.to.args(id)[0] } else { id };
        self.to.kind(inner) == Kind::Inv
    }

    fn transposed(&mut self, id: NodeId) -> NodeId {
        if self.is_transpose(id) {
            return self.to.args(id)[0];
        }
        if self.to.is_scalar(id) || crate::simplify::is_symmetric(&self.to, id) {
            return id;
        }
        let shape = self.to.shape(id).transposed();
        if self.to.kind(id) == Kind::Fill {
            let (op, args) = (self.to.node(id).op.clone(), self.to.args(id).to_vec());
            return self.to.intern(op, &args, shape);
        }
        self.to.intern(Op { kind: Kind::Transpose, attr: Attr::None }, &[id], shape)
    }

    /// `(A + B) x = A x + B x`: two products with a vector are cheaper than a matrix that nobody else needs.
    fn distributed(&mut self, factors: &[Factor]) -> Option<Vec<Factor>> {
        let [.., sum, vector] = factors else { return None };
        let source = sum.from?;
        let (thin, matrix) = (self.to.shape(vector.to).cols == Dim::ONE, !self.from.shape(source).is_thin());
        if !(thin && matrix && self.from.kind(source) == Kind::Lin && self.uses.get(&source) == Some(&1)) {
            return None;
        }
        let mut terms = Vec::new();
        for (c, term) in self.from.terms(source) {
            if matches!(self.from.kind(term), Kind::Identity | Kind::Fill) {
                return None;
            }
            let mut chain = self.factors(&self.from.factors(term));
            chain.push(*vector);
            terms.push((crate::ir::Real(c), self.chain(&chain, None)));
        }
        let (coefs, args): (Vec<_>, Vec<_>) = terms.into_iter().unzip();
        let shape = Shape::column(self.to.shape(sum.to).rows);
        let total = self.to.intern(Op { kind: Kind::Lin, attr: Attr::Coefs(coefs) }, &args, shape);
        let mut shorter = factors[..factors.len() - 2].to_vec();
        shorter.push(Factor { to: total, from: None });
        Some(shorter)
    }

    /// `tr(P Q) = ⟨Pᵀ, Q⟩`, for the rotation and the cut that make `P` and `Q` cheapest.
    fn trace(&mut self, product: NodeId) -> NodeId {
        let factors = self.from.args(product).to_vec();
        let n = factors.len();
        // what is computed anyway is one factor
        if self.uses.get(&product).copied().unwrap_or(0) > 1 {
            let shape = Shape::SCALAR;
            let whole = self.place[&product];
            return self.to.intern(Op { kind: Kind::Trace, attr: Attr::None }, &[whole], shape);
        }
        let mut best: Option<(f64, usize, usize)> = None;
        for turn in 0..n {
            for cut in 1..n {
                let cost = self.cost(&rotated(&factors, turn)[..cut]) + self.cost(&rotated(&factors, turn)[cut..]);
                if best.is_none_or(|b| cost < b.0) {
                    best = Some((cost, turn, cut));
                }
            }
        }
        let (_, turn, cut) = best.unwrap_or((0.0, 0, 1));
        let turned = rotated(&factors, turn);
        let (p, q) = (self.factors(&turned[..cut]), self.factors(&turned[cut..]));
        let (p, q) = (self.chain(&p, None), self.chain(&q, None));
        let p = self.transposed(p);
        let shape = self.to.shape(q);
        let entries = self.to.intern(Op { kind: Kind::Hadamard, attr: Attr::None }, &[p, q], shape);
        self.to.intern(Op { kind: Kind::Sum, attr: Attr::None }, &[entries], Shape::SCALAR)
    }

    /// The cost of a chain, left to right: enough to compare rotations.
    fn cost(&self, factors: &[NodeId]) -> f64 {
        let rows = |id: NodeId| length(self.from, self.from.shape(id).rows);
        let cols = |id: NodeId| length(self.from, self.from.shape(id).cols);
        let mut cost = rows(factors[0]) * cols(factors[factors.len() - 1]);
        for pair in factors.windows(2) {
            cost += rows(factors[0]) * rows(pair[1]) * cols(pair[1]);
        }
        cost
    }

    /// `sum(A B) = (1ᵀ A) (B 1)`: vectors first.
    fn sum(&mut self, product: NodeId) -> NodeId {
        if self.uses.get(&product).copied().unwrap_or(0) > 1 {
            let whole = self.place[&product];
            return self.to.intern(Op { kind: Kind::Sum, attr: Attr::None }, &[whole], Shape::SCALAR);
        }
        let shape = self.from.shape(product);
        let row = self.ones(Shape::column(shape.rows));
        let row = self.transposed(row);
        let column = self.ones(Shape::column(shape.cols));
        let mut factors = vec![Factor { to: row, from: None }];
        factors.extend(self.factors(self.from.args(product)));
        factors.push(Factor { to: column, from: None });
        self.chain(&factors, None)
    }

    fn ones(&mut self, shape: Shape) -> NodeId {
        self.to.filled(1.0, shape)
    }
}

#[derive(Clone, Debug, Default)]
struct Plan {
    cost: f64,
    known: Option<(NodeId, bool)>,
    split: usize,
}

fn rotated(factors: &[NodeId], turn: usize) -> Vec<NodeId> {
    factors[turn..].iter().chain(&factors[..turn]).copied().collect()
}

fn length(g: &Graph, dim: Dim) -> f64 {
    match dim {
        #[allow(clippy::cast_precision_loss)] // an estimate
        Dim::Const(n) => n as f64,
        Dim::Sym(_) if g.dims.is_static(dim) => GENERIC,
        Dim::Sym(_) => DYNAMIC,
    }
}
