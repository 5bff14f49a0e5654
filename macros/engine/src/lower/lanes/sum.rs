//! Sums over a lane.

use super::Lane;
use super::batch::{Batched, Lanes, all};
use crate::ir::{Attr, Graph, Kind, NodeId, Shape};
use crate::lower::Lowerer;

impl Lowerer<'_> {
    /// `Σₖ Fₖ`; none if it has no form without a loop.
    pub(in crate::lower) fn sum_over(&mut self, lane: &mut Lane, seen: &mut Batched, id: NodeId) -> Option<NodeId> {
        if self.is_same(lane, seen, id) {
            let n = self.graph.dim(lane.len);
            return Some(self.graph.scale(n, id));
        }
        let node = self.graph.node(id).clone();
        match node.op.kind {
            // Σ (c A + d B) = c Σ A + d Σ B
            Kind::Lin => {
                let terms = self.graph.terms(id);
                let sums =
                    terms.into_iter().map(|(c, a)| Some((c, self.sum_over(lane, seen, a)?))).collect::<Option<Vec<_>>>()?;
                Some(self.graph.lin(&sums))
            }
            Kind::Hadamard if node.shape.is_scalar() => self.sum_of_products(lane, seen, &node.args),
            // Σ s A = s Σ A
            Kind::Scale if self.is_same(lane, seen, node.args[0]) => {
                let sum = self.sum_over(lane, seen, node.args[1])?;
                Some(self.graph.scale(node.args[0], sum))
            }
            Kind::Scale => self.weighted(lane, seen, &node.args),
            Kind::MatMul => self.sum_of_matrix_products(lane, seen, id, None),
            // Σ ‖aₖ‖² = ‖A‖²
            Kind::NormSq => match self.batch(lane, seen, node.args[0])? {
                Lanes::Scalar(a) | Lanes::Row(a) | Lanes::Column(a) => Some(self.graph.unary(Kind::NormSq, a)),
                Lanes::Same(_) => None,
            },
            _ => self.sum_of_lanes(lane, seen, id),
        }
    }

    /// `Σ aₖ bₖ = aᵀ b`, what is the same for each `k` outside.
    fn sum_of_products(&mut self, lane: &mut Lane, seen: &mut Batched, factors: &[NodeId]) -> Option<NodeId> {
        let factors = self.scalar_factors(factors);
        let (outside, inside): (Vec<NodeId>, Vec<NodeId>) = factors.iter().partition(|f| self.is_same(lane, seen, **f));
        let sum = match inside[..] {
            [one] => self.sum_over(lane, seen, one)?,
            [a, b] if a == b => {
                let a = self.batch(lane, seen, a)?;
                let a = all(&mut self.graph, lane.len, a);
                self.graph.unary(Kind::NormSq, a)
            }
            [first, ref rest @ ..] => {
                let mut column = |cx: &mut Self, id| cx.batch(lane, seen, id).map(|a| all(&mut cx.graph, lane.len, a));
                let a = column(self, first)?;
                let b: Vec<NodeId> = rest.iter().map(|f| column(self, *f)).collect::<Option<_>>()?;
                let (b, turned) = (self.graph.hadamard(&b), self.graph.transpose(a));
                self.graph.matmul(&[turned, b])
            }
            [] => return None,
        };
        let scale = |sum, s: &NodeId| self.graph.scale(*s, sum);
        Some(outside.iter().fold(sum, scale))
    }

    /// The factors of products of products.
    fn scalar_factors(&self, factors: &[NodeId]) -> Vec<NodeId> {
        let mut flat = Vec::new();
        let mut pending: Vec<NodeId> = factors.iter().rev().copied().collect();
        while let Some(id) = pending.pop() {
            match self.graph.kind(id) {
                Kind::Hadamard => pending.extend(self.graph.args(id).iter().rev()),
                _ => flat.push(id),
            }
        }
        flat
    }

    /// `Σ sₖ Aₖ`
    fn weighted(&mut self, lane: &mut Lane, seen: &mut Batched, args: &[NodeId]) -> Option<NodeId> {
        let Some(Lanes::Scalar(s)) = self.batch(lane, seen, args[0]) else { return None };
        if self.is_same(lane, seen, args[1]) {
            let total = self.graph.sum(s);
            return Some(self.graph.scale(total, args[1]));
        }
        if self.graph.kind(args[1]) == Kind::MatMul {
            return self.sum_of_matrix_products(lane, seen, args[1], Some(s));
        }
        match self.batch(lane, seen, args[1])? {
            // Σ sₖ aₖ = Aᵀ s
            Lanes::Column(a) => {
                let turned = self.graph.transpose(a);
                Some(self.graph.matmul(&[turned, s]))
            }
            Lanes::Row(a) => {
                let turned = self.graph.transpose(s);
                Some(self.graph.matmul(&[turned, a]))
            }
            _ => None,
        }
    }

    /// `Σ L aₖ M bₖ R`, each term weighted by an entry of `weights`.
    fn sum_of_matrix_products(
        &mut self,
        lane: &mut Lane,
        seen: &mut Batched,
        id: NodeId,
        weights: Option<NodeId>,
    ) -> Option<NodeId> {
        let factors = self.graph.args(id).to_vec();
        let same: Vec<bool> = factors.iter().map(|f| self.is_same(lane, seen, *f)).collect();
        let (first, last) = (same.iter().position(|s| !s)?, same.iter().rposition(|s| !s)?);
        let g_shape = |cx: &Self, i: usize| cx.graph.shape(factors[i]);
        let outer = (first..last).find(|i| g_shape(self, *i).is_column() && g_shape(self, *i + 1).is_row());
        let inner = match outer {
            // Σ wₖ aₖ bₖᵀ = Aᵀ Diag(w) B
            Some(i) => {
                let left = self.product_of_lanes(lane, seen, &factors[first..=i])?;
                let right = self.product_of_lanes(lane, seen, &factors[i + 1..=last])?;
                let (Lanes::Column(a), Lanes::Row(b)) = (left, right) else { return None };
                let turned = self.graph.transpose(a);
                match weights {
                    Some(w) => {
                        let w = self.graph.unary(Kind::DiagMat, w);
                        self.graph.matmul(&[turned, w, b])
                    }
                    None => self.graph.matmul(&[turned, b]),
                }
            }
            None if weights.is_none() && self.graph.shape(id).is_scalar() && first < last => {
                return self.inner_products(lane, seen, &factors);
            }
            None => {
                let lanes = self.product_of_lanes(lane, seen, &factors[first..=last])?;
                self.total(lane, lanes, weights)?
            }
        };
        let whole: Vec<NodeId> =
            factors[..first].iter().copied().chain([inner]).chain(factors[last + 1..].iter().copied()).collect();
        let mut product = whole[0];
        for factor in &whole[1..] {
            product = multiplied(&mut self.graph, product, *factor);
        }
        Some(product)
    }

    /// `Σ aₖᵀ M bₖ = Σ (A M ∘ B)ᵢⱼ`
    fn inner_products(&mut self, lane: &mut Lane, seen: &mut Batched, factors: &[NodeId]) -> Option<NodeId> {
        let (last, before) = factors.split_last()?;
        let left = self.product_of_lanes(lane, seen, before)?;
        let right = self.batch(lane, seen, *last)?;
        match (left, right) {
            (Lanes::Row(a), Lanes::Column(b)) => Some(self.graph.inner(a, b)),
            _ => {
                let lanes = self.product_of_lanes(lane, seen, factors)?;
                self.total(lane, lanes, None)
            }
        }
    }

    fn product_of_lanes(&mut self, lane: &mut Lane, seen: &mut Batched, factors: &[NodeId]) -> Option<Lanes> {
        let product = match factors {
            [one] => *one,
            _ => {
                let shape = Shape::new(self.shape(factors[0]).rows, self.shape(factors[factors.len() - 1]).cols);
                self.graph.intern(crate::ir::Op { kind: Kind::MatMul, attr: Attr::None }, factors, shape)
            }
        };
        self.batch(lane, seen, product)
    }

    fn sum_of_lanes(&mut self, lane: &mut Lane, seen: &mut Batched, id: NodeId) -> Option<NodeId> {
        let lanes = self.batch(lane, seen, id)?;
        self.total(lane, lanes, None)
    }

    /// `Σ wₖ aₖ` of what has been batched.
    fn total(&mut self, lane: &Lane, lanes: Lanes, weights: Option<NodeId>) -> Option<NodeId> {
        let g = &mut self.graph;
        let weights = weights.unwrap_or_else(|| g.filled(1.0, Shape::column(lane.len)));
        let is_plain = g.constant_value(weights) == Some(1.0);
        let turned = g.transpose(weights);
        match lanes {
            Lanes::Scalar(a) if is_plain => Some(g.sum(a)),
            Lanes::Scalar(a) | Lanes::Row(a) => Some(g.matmul(&[turned, a])),
            Lanes::Column(a) => {
                let a = g.transpose(a);
                Some(g.matmul(&[a, weights]))
            }
            Lanes::Same(_) => None,
        }
    }
}

/// `A B`, where either may be a scalar.
fn multiplied(g: &mut Graph, a: NodeId, b: NodeId) -> NodeId {
    if g.shape(a).is_scalar() {
        g.scale(a, b)
    } else if g.shape(b).is_scalar() {
        g.scale(b, a)
    } else {
        g.matmul(&[a, b])
    }
}
