//! Products of matrices.

use super::code::{Code, Level, Side, Type};
use super::{Hold, Speller};
use crate::ir::{Attr, Kind, NodeId, Part};

impl Speller<'_> {
    pub(super) fn product(&mut self, id: NodeId) -> Option<Code> {
        let node = self.sample.graph.node(id).clone();
        match node.op.kind {
            Kind::Kron => {
                let (a, b) = (self.matrix(node.args[0])?, self.matrix(node.args[1])?);
                let ((r, c), (p, q)) = (a.ty.sides()?, b.ty.sides()?);
                if self.has_generic(a.ty) || self.has_generic(b.ty) {
                    return None;
                }
                let times = |x: Side, y: Side| Side { size: x.size * y.size, fixed: x.fixed && y.fixed };
                let ty = Type::Matrix(times(r, p), times(c, q));
                Some(Code::atom(format!("{}.kronecker({})", a.receiver(), b.argument()), ty))
            }
            Kind::Cross => {
                let (a, b) = (self.matrix(node.args[0])?, self.matrix(node.args[1])?);
                // three is no parameter
                if self.has_generic(a.ty) || self.has_generic(b.ty) {
                    return None;
                }
                Some(Code::atom(format!("{}.cross({})", a.receiver(), b.argument()), a.ty.and(b.ty)))
            }
            _ => self.matrix_product(&node.args, self.sample.graph.is_scalar(id)),
        }
    }

    /// `A B ⋯`
    fn matrix_product(&mut self, factors: &[NodeId], scalar: bool) -> Option<Code> {
        let [first, rest @ ..] = factors else { return None };
        if rest.is_empty() {
            return self.matrix(*first);
        }
        let g = &self.sample.graph;
        let square = self.size(*first).0 == self.size(*first).1 && self.generic != Some(self.size(*first).0);
        if factors.iter().all(|f| f == first) && square && self.random.once_in(2) {
            let a = self.matrix(*first)?;
            // nalgebra has no powers of views
            if !a.is_view() && a.ty.sides().is_some_and(|(r, c)| r == c) {
                return Some(Code::atom(format!("{}.pow({})", a.receiver(), factors.len()), a.ty));
            }
        }
        if g.kind(*first) == Kind::Inv && !self.is_named(*first) && !self.random.once_in(4) {
            let right = self.matrix_product(rest, false)?;
            if let Some(solution) = self.solution(*first, &right) {
                return Some(solution);
            }
        }
        let is_ones = |s: &Self, id: NodeId| s.sample.graph.constant_value(id) == Some(1.0) && !s.is_named(id);
        if rest.len() == 1 && !scalar {
            if is_ones(self, *first) && self.size(*first).0 == 1 && !self.random.once_in(3) {
                let a = self.matrix(rest[0])?;
                let (_, c) = a.ty.sides()?;
                return Some(Code::atom(format!("{}.row_sum()", a.receiver()), Type::Matrix(Side::ONE, c)));
            }
            if is_ones(self, rest[0]) && self.size(rest[0]).1 == 1 && !self.random.once_in(3) {
                let a = self.matrix(*first)?;
                let (r, _) = a.ty.sides()?;
                return Some(Code::atom(format!("{}.column_sum()", a.receiver()), Type::Matrix(r, Side::ONE)));
            }
        }
        let turned = (g.kind(*first) == Kind::Transpose && !self.is_named(*first)).then(|| g.args(*first)[0]);
        if let Some(a) = turned.filter(|_| !self.random.once_in(3)) {
            let (a, b) = (self.matrix(a)?, self.matrix_product(rest, false)?);
            let ((_, c), (_, q)) = (a.ty.sides()?, b.ty.sides()?);
            if scalar && a.ty == b.ty && self.random.once_in(2) {
                return Some(Code::number(format!("{}.dot({})", a.receiver(), b.argument()), Level::Atom));
            }
            return Some(Code::atom(format!("{}.tr_mul({})", a.receiver(), b.argument()), Type::Matrix(c, q)));
        }
        // (A ⋯) (⋯ B)
        let at = if self.random.once_in(2) { rest.len() } else { 1 + self.random.below(rest.len()) };
        let left = self.matrix_product(&factors[..at], false)?;
        let right =
            if at + 1 == factors.len() { self.operand(factors[at])? } else { self.matrix_product(&factors[at..], false)? };
        let ((r, _), (_, q)) = (left.ty.sides()?, right.ty.sides()?);
        if scalar && r == Side::ONE && q == Side::ONE && self.random.once_in(3) {
            return Some(Code::number(format!("{}.tr_dot({})", left.receiver(), right.argument()), Level::Atom));
        }
        Some(Code::new(
            format!("{} * {}", left.operand(Level::Product), right.operand(Level::Prefix)),
            Level::Product,
            Type::Matrix(r, q),
        ))
    }

    /// `A⁻¹ B` by a solution.
    fn solution(&mut self, inverse: NodeId, right: &Code) -> Option<Code> {
        let f = self.sample.graph.args(inverse)[0];
        let (fail, of) = (self.sample.graph.node(inverse).op.attr.clone(), self.sample.graph.node(f).clone());
        // what is solved for is written over a copy of the right-hand side
        let ty = right.ty;
        match (of.op.kind, &of.op.attr) {
            (Kind::Lu, _) => {
                let f = self.value(f)?;
                let text = format!("{}.solve({})", f.receiver(), right.argument());
                Some(Code::atom(self.opened(&text, &fail), ty))
            }
            (Kind::Chol, _) => {
                let f = self.value(f)?;
                Some(Code::atom(format!("{}.solve({})", f.receiver(), right.argument()), ty))
            }
            (Kind::Tri, Attr::Part(part)) => {
                let g = &self.sample.graph;
                let inner = of.args[0];
                let turned = g.kind(inner) == Kind::Transpose && !self.is_named(inner) && !self.random.once_in(3);
                let (a, part) = if turned { (g.args(inner)[0], part.transposed()) } else { (inner, *part) };
                let a = self.matrix(a)?;
                let side = match part {
                    Part::Lower => "lower",
                    Part::Upper => "upper",
                    Part::Diagonal => return None,
                };
                let prefix = if turned { self.random.of(&["tr_", "ad_"]) } else { "" };
                let unchecked = matches!(fail, Attr::Fail(crate::ir::Fail::Unchecked));
                let suffix = if unchecked { "_unchecked" } else { "" };
                let text = format!("{}.{prefix}solve_{side}_triangular{suffix}({})", a.receiver(), right.argument());
                Some(Code::atom(if unchecked { text } else { self.opened(&text, &fail) }, ty))
            }
            _ => None,
        }
    }

    /// What may not exist, opened.
    pub(super) fn opened(&mut self, text: &str, fail: &Attr) -> String {
        match fail {
            Attr::Fail(crate::ir::Fail::Question) => {
                self.optional = true;
                format!("{text}?")
            }
            _ if self.random.once_in(3) => format!("{text}.expect(\"it exists\")"),
            _ => format!("{text}.unwrap()"),
        }
    }
    /// A variable or expression that can be consumed.
    pub(super) fn consumed(&mut self, a: &Code) -> String {
        if a.hold == Hold::Reference && self.random.once_in(3) { format!("{}.clone_owned()", a.text) } else { a.owned() }
    }
}
