//! Reductions, and what has a name of its own although it is made of several operations.

use super::Speller;
use super::code::{Code, Level, Side, Type};
use crate::ir::{Attr, Extreme, Kind, NodeId};

impl Speller<'_> {
    pub(super) fn reduction(&mut self, id: NodeId) -> Option<Code> {
        let node = self.sample.graph.node(id).clone();
        let a = node.args[0];
        let by_method = |s: &mut Self, names: &[&'static str]| {
            let a = s.matrix(a)?;
            let name = s.random.of(names);
            Some(Code::number(format!("{}.{name}()", a.receiver()), Level::Atom))
        };
        match (node.op.kind, &node.op.attr) {
            (Kind::Sum, _) => {
                let g = &self.sample.graph;
                let product =
                    (g.kind(a) == Kind::Hadamard && g.args(a).len() == 2 && !self.is_named(a)).then(|| g.args(a).to_vec());
                if let Some(pair) = product.filter(|_| self.random.once_in(2)) {
                    let (a, b) = (self.matrix(pair[0])?, self.matrix(pair[1])?);
                    return Some(Code::number(format!("{}.dot({})", a.receiver(), b.argument()), Level::Atom));
                }
                by_method(self, &["sum"])
            }
            (Kind::Trace, _) => {
                let a = self.square(a)?;
                Some(Code::number(format!("{}.trace()", a.receiver()), Level::Atom))
            }
            (Kind::NormSq, _) if self.random.once_in(3) => {
                let a = self.matrix(a)?;
                let a = self.bound(&a);
                Some(Code::number(format!("{}.dot({})", a.receiver(), a.argument()), Level::Atom))
            }
            (Kind::NormSq, _) => by_method(self, &["norm_squared", "magnitude_squared"]),
            (Kind::Norm, _) if self.random.once_in(4) => {
                let a = self.matrix(a)?;
                Some(Code::number(format!("{}.norm_squared().sqrt()", a.receiver()), Level::Atom))
            }
            (Kind::Norm, _) => by_method(self, &["norm", "magnitude"]),
            (Kind::LpNorm, Attr::Real(p)) => {
                let (a, p) = (self.matrix(a)?, p.0);
                Some(Code::number(format!("{}.lp_norm({p})", a.receiver()), Level::Atom))
            }
            (Kind::Product, _) => by_method(self, &["product"]),
            (Kind::Extreme, Attr::Extreme(which, _)) => match which {
                Extreme::Max => by_method(self, &["max"]),
                Extreme::Min => by_method(self, &["min"]),
                Extreme::AbsMax => by_method(self, &["amax", "camax"]),
                Extreme::AbsMin => by_method(self, &["amin", "camin"]),
            },
            (Kind::LogSumExp, _) => {
                let a = self.matrix(a)?;
                Some(Code::number(format!("matgrad::log_sum_exp({})", a.argument()), Level::Atom))
            }
            (Kind::LogSumExpRows, _) => {
                let a = self.matrix(a)?;
                let (r, _) = a.ty.sides()?;
                Some(Code::atom(format!("matgrad::log_sum_exp_rows({})", a.argument()), Type::Matrix(r, Side::ONE)))
            }
            (kind, _) => {
                let name = match kind {
                    Kind::Softmax => "softmax",
                    Kind::LogSoftmax => "log_softmax",
                    Kind::SoftmaxRows => "softmax_rows",
                    Kind::LogSoftmaxRows => "log_softmax_rows",
                    _ => return None,
                };
                let a = self.matrix(a)?;
                Some(Code::atom(format!("matgrad::{name}({})", a.argument()), a.ty))
            }
        }
    }

    /// A pattern that has a name: means, variances, norms, the symmetric part.
    pub(super) fn idiom(&mut self, id: NodeId) -> Option<Code> {
        if self.random.once_in(4) {
            return None;
        }
        let g = &self.sample.graph;
        let of = |id: NodeId, kind: Kind| (g.kind(id) == kind).then(|| g.args(id));
        let power = |id: NodeId| match (g.kind(id), &g.node(id).op.attr) {
            (Kind::Pow, Attr::Real(k)) => Some((g.args(id)[0], k.0)),
            _ => None,
        };
        let (name, a): (String, NodeId) = match (g.kind(id), &g.node(id).op.attr) {
            (Kind::Pow, Attr::Real(root)) if g.is_scalar(id) => {
                let sum = of(g.args(id)[0], Kind::Sum)?[0];
                let (sizes, p) = power(sum)?;
                ((p * root.0 - 1.0).abs() < 1e-15 && p >= 1.0).then_some(())?;
                (format!("lp_norm({p})"), of(sizes, Kind::Abs)?[0])
            }
            (Kind::Hadamard, _) => {
                let [total, share] = *g.args(id) else { return None };
                let (count, _) = power(share).filter(|p| p.1 == -1.0)?;
                let counted = |a: NodeId| {
                    let dims = of(count, Kind::Hadamard).filter(|d| d.len() == 2)?;
                    let size = |d: NodeId| match g.node(d).op.attr {
                        Attr::Dim(dim) | Attr::Divisor(dim) => Some(self.sample.size(dim)),
                        _ => g.constant_value(d).map(|c| usize::from(c == 1.0)),
                    };
                    let (rows, cols) = self.size(a);
                    (size(dims[0])? * size(dims[1])? == rows * cols).then_some(())
                };
                if let Some([a]) = of(total, Kind::Sum) {
                    counted(*a)?;
                    ("mean()".to_owned(), *a)
                } else {
                    let centred = of(total, Kind::NormSq)?[0];
                    let [a, spread] = *of(centred, Kind::Lin)? else { return None };
                    let [mean_total, mean_share] = *of(of(spread, Kind::Fill)?[0], Kind::Hadamard)? else { return None };
                    let is_mean = of(mean_total, Kind::Sum)? == [a] && mean_share == share;
                    let Attr::Coefs(coefs) = &g.node(centred).op.attr else { return None };
                    (is_mean && coefs[0].0 == 1.0 && coefs[1].0 == -1.0).then_some(())?;
                    counted(a)?;
                    ("variance()".to_owned(), a)
                }
            }
            (Kind::Lin, Attr::Coefs(coefs)) if coefs.len() == 2 && coefs.iter().all(|c| c.0 == 0.5) => {
                let [a, turned] = *g.args(id) else { return None };
                (of(turned, Kind::Transpose)? == [a]).then_some(())?;
                let a = self.square(a)?;
                return Some(Code::atom(format!("{}.symmetric_part()", a.receiver()), a.ty));
            }
            (Kind::Scale, _) => {
                // 1ᵀ A / n, A 1 / n
                let [share, sums] = *g.args(id) else { return None };
                let (count, _) = power(share).filter(|p| p.1 == -1.0)?;
                let n = g.node(count).op.attr.counted()?;
                let [left, right] = *of(sums, Kind::MatMul)? else { return None };
                let ones = |a: NodeId| g.constant_value(a) == Some(1.0);
                let n = self.sample.size(n);
                let (name, a) = if ones(left) && self.size(left) == (1, n) {
                    ("row_mean", right)
                } else if ones(right) && self.size(right) == (n, 1) {
                    ("column_mean", left)
                } else {
                    return None;
                };
                let a = self.matrix(a)?;
                let (r, c) = a.ty.sides()?;
                let ty = if name == "row_mean" { Type::Matrix(Side::ONE, c) } else { Type::Matrix(r, Side::ONE) };
                return Some(Code::atom(format!("{}.{name}()", a.receiver()), ty));
            }
            _ => return None,
        };
        let a = self.matrix(a)?;
        Some(Code::number(format!("{}.{name}", a.receiver()), Level::Atom))
    }
}
