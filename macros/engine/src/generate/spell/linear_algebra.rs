//! Factorizations and what is made with them.

use super::Speller;
use super::code::{Code, Level, Side, Type};
use crate::ir::{Attr, Fail, Kind, NodeId};

impl Speller<'_> {
    #[allow(clippy::too_many_lines, reason = "one arm an operation")]
    pub(super) fn algebra(&mut self, id: NodeId) -> Option<Code> {
        let node = self.sample.graph.node(id).clone();
        let a = node.args[0];
        let (rows, cols) = self.size(a);
        // nalgebra has these for sizes that are known
        let needs_size = matches!(
            node.op.kind,
            Kind::Lu
                | Kind::Eigen
                | Kind::Svd
                | Kind::PseudoInverse
                | Kind::ExpMatrix
                | Kind::Det
                | Kind::LnDet
                | Kind::SingularValues
                | Kind::EigenValues
        );
        if needs_size && (self.generic == Some(rows) || self.generic == Some(cols)) {
            return None;
        }
        match node.op.kind {
            Kind::Lu => {
                let a = self.square(a)?;
                Some(Code::atom(format!("{}.lu()", self.consumed(&a)), a.ty.factor()?))
            }
            Kind::Eigen => {
                let a = self.square(a)?;
                Some(Code::atom(format!("{}.symmetric_eigen()", self.consumed(&a)), a.ty.factor()?))
            }
            Kind::Chol => {
                let a = self.square(a)?;
                let text = format!("{}.cholesky()", self.consumed(&a));
                Some(Code::atom(self.opened(&text, &node.op.attr), a.ty.factor()?))
            }
            Kind::Inv => self.inverse(id),
            Kind::CholL => {
                let f = self.value(a)?;
                let side = f.ty.factored()?;
                Some(Code::atom(format!("{}.l()", f.receiver()), Type::Matrix(side, side)))
            }
            Kind::Det | Kind::LnDet => {
                let (factored, log) = (self.sample.graph.kind(a) == Kind::Chol, node.op.kind == Kind::LnDet);
                if factored {
                    let f = self.value(a)?;
                    let name = if log { "ln_determinant" } else { "determinant" };
                    return Some(Code::number(format!("{}.{name}()", f.receiver()), Level::Atom));
                }
                if !log && self.random.once_in(2) {
                    let f = self.value(a)?;
                    return Some(Code::number(format!("{}.determinant()", f.receiver()), Level::Atom));
                }
                let inner = self.sample.graph.args(a)[0];
                let inner = self.square(inner)?;
                Some(match (log, self.random.once_in(3)) {
                    (true, true) => Code::number(format!("{}.determinant().abs().ln()", inner.receiver()), Level::Atom),
                    (true, false) => Code::number(format!("matgrad::ln_det({})", inner.argument()), Level::Atom),
                    (false, _) => Code::number(format!("{}.determinant()", inner.receiver()), Level::Atom),
                })
            }
            Kind::EigenValues | Kind::SingularValues => self.spectrum(id),
            Kind::ExpMatrix => {
                let a = self.square(a)?;
                Some(Code::atom(format!("{}.exp()", a.receiver()), a.ty))
            }
            Kind::CrossMatrix => {
                let a = self.matrix(a)?;
                let (three, one) = (Side::fixed(3), Side::ONE);
                if a.ty != Type::Matrix(three, one) || self.has_generic(a.ty) {
                    return None; // nalgebra has it for vectors of three by their type
                }
                Some(Code::atom(format!("{}.cross_matrix()", a.receiver()), Type::Matrix(three, three)))
            }
            Kind::PseudoInverse => {
                let (a, eps) = (self.matrix(a)?, self.number(node.args[1])?);
                let (r, c) = a.ty.sides()?;
                let text = format!("{}.pseudo_inverse({})", self.consumed(&a), eps.text);
                let text = match node.op.attr {
                    Attr::Fail(Fail::Question) => self.opened(&format!("{text}.ok()"), &node.op.attr),
                    _ => self.opened(&text, &node.op.attr),
                };
                Some(Code::atom(text, Type::Matrix(c, r)))
            }
            _ => None,
        }
    }

    /// Eigenvalues or singular values.
    fn spectrum(&mut self, id: NodeId) -> Option<Code> {
        let a = self.sample.graph.args(id)[0];
        if self.sample.graph.kind(id) == Kind::EigenValues {
            if self.random.once_in(2) {
                let f = self.value(a)?;
                let ty = Type::Matrix(f.ty.factored()?, Side::ONE);
                return Some(Code::atom(format!("{}.eigenvalues.clone()", f.receiver()), ty));
            }
            let inner = self.sample.graph.args(a)[0];
            let inner = self.square(inner)?;
            let (r, _) = inner.ty.sides()?;
            return Some(Code::atom(format!("{}.symmetric_eigenvalues()", inner.receiver()), Type::Matrix(r, Side::ONE)));
        }
        let inner = self.sample.graph.args(a)[0];
        let inner = self.matrix(inner)?;
        let (r, c) = inner.ty.sides()?;
        let side = if r.size <= c.size { r } else { c };
        // nalgebra's type is fixed where both sides are
        let ty = Type::Matrix(Side { size: side.size, fixed: r.fixed && c.fixed }, Side::ONE);
        let text = if self.random.once_in(3) {
            format!("{}.svd(true, true).singular_values", self.consumed(&inner))
        } else {
            format!("{}.singular_values()", inner.receiver())
        };
        Some(Code::atom(text, ty))
    }

    /// `A⁻¹`, where nothing is solved for.
    fn inverse(&mut self, id: NodeId) -> Option<Code> {
        let f = self.sample.graph.args(id)[0];
        let (fail, of) = (self.sample.graph.node(id).op.attr.clone(), self.sample.graph.node(f).clone());
        match of.op.kind {
            Kind::Chol => {
                let f = self.value(f)?;
                let side = f.ty.factored()?;
                Some(Code::atom(format!("{}.inverse()", f.receiver()), Type::Matrix(side, side)))
            }
            Kind::Lu if self.generic != Some(self.size(f).0) && self.random.once_in(2) => {
                let f = self.value(f)?;
                let side = f.ty.factored()?;
                let text = format!("{}.try_inverse()", f.receiver());
                Some(Code::atom(self.opened(&text, &fail), Type::Matrix(side, side)))
            }
            Kind::Lu => {
                let a = self.square(of.args[0])?;
                let text = format!("{}.try_inverse()", self.consumed(&a));
                Some(Code::atom(self.opened(&text, &fail), a.ty))
            }
            _ => None,
        }
    }
}
