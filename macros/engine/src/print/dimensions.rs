//! Letters for dimensions.

use std::collections::{BTreeSet, HashMap};

use crate::ir::{Dim, Graph, NodeId, OpaqueId, Source};

/// `n` and `p` for the first matrix of these, and on through the alphabet; dimensions that types or code name keep their names.
pub fn dimension_names(
    graph: &Graph,
    params: impl Iterator<Item = NodeId>,
    taken: &BTreeSet<String>,
    code: impl Fn(OpaqueId) -> Option<String>,
) -> HashMap<Dim, String> {
    let dims = &graph.dims;
    let mut pool =
        ["n", "p", "m", "q", "k", "l", "r", "s", "d", "h"].iter().map(|s| (*s).to_owned()).chain((1..).map(|i| format!("n{i}")));
    // the code for a size, where no variable has it
    let coded = |dim| match dims.sources(dim)[..] {
        [Source::Code(id)] => code(id),
        _ => None,
    };
    let mut names: HashMap<Dim, String> = HashMap::new();
    let (matrices, others): (Vec<_>, Vec<_>) = params.partition(|id| !graph.shape(*id).is_thin());
    let shapes = matrices.into_iter().chain(others).map(|id| graph.shape(id));
    for dim in shapes.flat_map(|s| [s.rows, s.cols]).chain(dims.symbols()) {
        let dim = dims.resolve(dim);
        if let Dim::Sym(_) = dim
            && !names.contains_key(&dim)
        {
            let name = dims.generic_name(dim).map(str::to_owned);
            let name = name.or_else(|| coded(dim)).or_else(|| pool.find(|n| !taken.contains(n)));
            names.insert(dim, name.unwrap_or_default());
        }
    }
    names
}
