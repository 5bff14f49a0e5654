//! How large the dimensions are.

use std::collections::BTreeMap;

use super::{Environment, EvalError};
use crate::ir::{Dim, Dims, Graph, Source};

/// The sizes of the symbols of one graph.
pub(super) struct Sizes<'a> {
    dims: &'a Dims,
    known: BTreeMap<Dim, usize>,
}

impl<'a> Sizes<'a> {
    /// What follows from the given sizes, from the shapes of the given leaves, and from the sources of derived dimensions.
    pub(super) fn of(graph: &'a Graph, environment: &Environment) -> Result<Self, EvalError> {
        let mut sizes = Self { dims: &graph.dims, known: BTreeMap::new() };
        for (dim, size) in &environment.sizes {
            sizes.bind(*dim, *size, || "`with_size`".to_owned())?;
        }
        for node in graph.nodes() {
            if let Some(value) = environment.leaf(node) {
                let origin = || format!("the {}×{} value of {:?} {:?}", value.rows, value.cols, node.op.kind, node.op.attr);
                sizes.bind(node.shape.rows, value.rows, origin)?;
                sizes.bind(node.shape.cols, value.cols, origin)?;
            }
        }
        sizes.derive(environment)?;
        Ok(sizes)
    }
    /// All sizes that are known.
    pub(super) fn all(&self) -> Vec<(Dim, usize)> {
        self.known.iter().map(|(dim, size)| (*dim, *size)).collect()
    }
    /// The size of a dimension, if it is known.
    pub(super) fn get(&self, dim: Dim) -> Option<usize> {
        match self.dims.resolve(dim) {
            Dim::Const(n) => Some(n),
            symbol @ Dim::Sym(_) => self.known.get(&symbol).copied(),
        }
    }
    /// Take `dim` to have this size; whether that is news.
    fn bind(&mut self, dim: Dim, size: usize, origin: impl Fn() -> String) -> Result<bool, EvalError> {
        match self.get(dim) {
            None => {
                self.known.insert(self.dims.resolve(dim), size);
                Ok(true)
            }
            Some(known) if known == size => Ok(false),
            Some(known) => Err(EvalError::Contradiction { dim: self.dims.resolve(dim), known, size, origin: origin() }),
        }
    }
    /// Compute dimensions from others until nothing is new. One that is known already has to agree with what it is computed from.
    fn derive(&mut self, environment: &Environment) -> Result<(), EvalError> {
        let symbols = self.dims.symbols().flat_map(|dim| self.dims.sources(dim).into_iter().map(move |s| (dim, s)));
        let numbers = self.dims.fixed().map(|(n, source)| (Dim::Const(n), source.clone()));
        let sources: Vec<(Dim, Source)> = symbols.chain(numbers).collect();
        loop {
            let mut news = false;
            for (dim, source) in &sources {
                if let Some(size) = self.compute(source, environment) {
                    news |= self.bind(*dim, size, || format!("{source:?}"))?;
                }
            }
            if !news {
                return Ok(());
            }
        }
    }
    fn compute(&self, source: &Source, environment: &Environment) -> Option<usize> {
        match source {
            Source::Variable { .. } => None, // variables are leaves, and have been looked at
            Source::Sum(parts) => parts.iter().map(|d| self.get(*d)).sum(),
            Source::Product(parts) => parts.iter().map(|d| self.get(*d)).product(),
            Source::Least(parts) => parts.iter().map(|d| self.get(*d)).collect::<Option<Vec<_>>>()?.into_iter().min(),
            Source::Code(id) => environment.integers.get(id).copied(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::Mat;
    use crate::ir::{Attr, Kind, OpaqueId, Shape};

    fn parameter(g: &mut Graph, index: usize, rows: Dim, cols: Dim) {
        g.make_shaped(Kind::Param, Attr::Param(index), &[], Shape::new(rows, cols));
    }

    #[test]
    fn leaves_show_sizes_and_sources_compute_them() {
        let mut g = Graph::default();
        let (n, p) = (g.dims.dynamic(), g.dims.dynamic());
        parameter(&mut g, 0, n, p);
        let product = g.dims.derived(Source::Product(vec![n, p]));
        let code = g.dims.derived(Source::Code(OpaqueId(4)));
        let sum = g.dims.derived(Source::Sum(vec![product, code, Dim::Const(2)]));
        let unknown = g.dims.generic("N");
        let environment = Environment::of_parameters([Mat::zeros(3, 5)]).with_integer(OpaqueId(4), 7);
        let sizes = Sizes::of(&g, &environment).unwrap();
        assert_eq!([n, p, product, code, sum].map(|d| sizes.get(d)), [3, 5, 15, 7, 24].map(Some));
        assert_eq!(sizes.get(unknown), None);
        assert_eq!(Sizes::of(&g, &environment.with_size(unknown, 11)).unwrap().get(unknown), Some(11));
    }

    #[test]
    fn equal_dimensions_have_one_size() {
        let mut g = Graph::default();
        let (n, m) = (g.dims.dynamic(), g.dims.dynamic());
        parameter(&mut g, 0, n, Dim::ONE);
        parameter(&mut g, 1, m, Dim::ONE);
        let environment = Environment::of_parameters([Mat::zeros(3, 1), Mat::zeros(5, 1)]);
        assert!(Sizes::of(&g, &environment).is_ok());
        g.dims.unify(n, m).unwrap();
        let error = Sizes::of(&g, &environment).err().unwrap().to_string();
        assert!(error.contains("is 3") && error.contains("5×1 value of Param"), "{error}");
    }

    #[test]
    fn numbers_and_derived_sizes_have_to_agree() {
        let mut g = Graph::default();
        let (n, m) = (g.dims.dynamic(), g.dims.dynamic());
        parameter(&mut g, 0, n, Dim::Const(2));
        let sum = g.dims.derived(Source::Sum(vec![n, n]));
        g.dims.unify(sum, m).unwrap();
        parameter(&mut g, 1, m, Dim::ONE);
        let check = |g: &Graph, a: Mat, b: Mat| Sizes::of(g, &Environment::of_parameters([a, b])).is_ok();
        assert!(check(&g, Mat::zeros(3, 2), Mat::zeros(6, 1)));
        assert!(!check(&g, Mat::zeros(3, 2), Mat::zeros(7, 1)));
        assert!(!check(&g, Mat::zeros(3, 5), Mat::zeros(6, 1)));
        g.dims.unify(m, Dim::Const(10)).unwrap();
        assert!(check(&g, Mat::zeros(5, 2), Mat::zeros(10, 1)));
        assert!(!check(&g, Mat::zeros(3, 2), Mat::zeros(10, 1)));
    }
}
