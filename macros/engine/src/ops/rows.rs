//! What vec rules need beside products: rows of a Jacobian moved as entries of a matrix move.
//!
//! A Jacobian has a row for each entry of its value, column by column, and a column for each entry of its parameter. Where an operation moves entries,
//! its Jacobian moves rows: no permutation and no selection is a matrix that is multiplied by.

use super::helpers::op;
use super::{Differential, Record};
#[cfg(feature = "eval")]
use crate::eval::Mat;
use crate::ir::{Attr, Dim, Graph, Kind, NodeId, RowMap, Shape};
use crate::print::Text;

/// The rows of a matrix in other places: of what, and which way, its attribute says. Made by vec rules, after differentiation.
pub static ROWS: Record = Record {
    name: "rows",
    spellings: &[],
    shape: super::helpers::given,
    differential: Differential::Zero,
    transpose: None,
    vec: None,
    notation: |g, id, a| {
        let Attr::Rows(rows) = &g.node(id).op.attr else { return Text::atom("?") };
        let symbol = match (&rows.map, rows.back) {
            (RowMap::Transpose(..), _) => "K",
            (RowMap::Diagonal(_), false) => "S",
            (RowMap::Diagonal(_), true) => "Sᵀ",
            (RowMap::Block { .. }, false) => "B",
            (RowMap::Block { .. }, true) => "Bᵀ",
            (RowMap::Kron(_), false) => "P",
            (RowMap::Kron(_), true) => "Pᵀ",
        };
        if g.kind(g.args(id)[0]) == Kind::Identity {
            Text::atom(symbol)
        } else {
            Text::product(&[Text::atom(symbol), a[0].clone()])
        }
    },
    #[cfg(feature = "eval")]
    eval: |i| {
        let Attr::Rows(rows) = i.attr() else { return None };
        let ((n, m), a) = (i.shape(), i.arg(0));
        let source = |r: usize| i.row_source(&rows.map, r);
        if !rows.back {
            let sources = (0..n).map(source).collect::<Option<Vec<_>>>()?;
            return sources.iter().all(|s| *s < a.rows).then(|| Mat::from_fn(n, m, |r, c| a.at(sources[r], c)));
        }
        let mut out = Mat::zeros(n, m);
        for r in 0..a.rows {
            let to = source(r).filter(|to| *to < n)?;
            (0..m).for_each(|c| out.set(to, c, a.at(r, c)));
        }
        Some(out)
    },
    emit: |e, id| e.moved_rows(id),
};

/// `L(X, ·)` of each column: the Fréchet derivative of the matrix exponential in the directions that are the columns of a Jacobian.
pub static FRECHET_COLUMNS: Record = Record {
    name: "frechet_columns",
    spellings: &[],
    shape: |_, _, s| Ok(s[1]),
    differential: Differential::Zero,
    transpose: None,
    vec: None,
    notation: |_, _, a| Text::atom(format!("dexp({}; {})", a[0], a[1])),
    #[cfg(feature = "eval")]
    eval: |i| {
        let (x, j) = (i.arg(0), i.arg(1));
        let columns: Vec<Mat> = (0..j.cols)
            .map(|c| crate::eval::exp_frechet(x, &Mat::from_fn(x.rows, x.cols, |p, q| j.at(p + q * x.rows, c))))
            .collect();
        Some(Mat::from_fn(j.rows, j.cols, |r, c| columns[c].data[r]))
    },
    emit: |e, id| e.call(id, "frechet_columns"),
};

/// A matrix that is symmetric in exact arithmetic, symmetric: its lower triangle, mirrored.
pub static MIRROR: Record = Record {
    name: "mirror",
    spellings: &[],
    shape: super::helpers::square,
    differential: Differential::Zero,
    transpose: None,
    vec: None,
    notation: |_, _, a| a[0].clone(),
    #[cfg(feature = "eval")]
    eval: |i| Some(Mat::from_fn(i.arg(0).rows, i.arg(0).cols, |r, c| i.arg(0).at(r.max(c), r.min(c)))),
    emit: |e, id| e.mirrored(id),
};

/// The number of entries.
pub(crate) fn entries(g: &mut Graph, shape: Shape) -> Dim {
    let parts = vec![g.dims.resolve(shape.rows), g.dims.resolve(shape.cols)];
    g.dims.derived(crate::ir::Source::Product(parts))
}

/// `vec A`.
pub(crate) fn vec(g: &mut Graph, a: NodeId) -> NodeId {
    let shape = g.shape(a);
    if shape.cols == Dim::ONE {
        return a;
    }
    if shape.rows == Dim::ONE {
        return g.transpose(a);
    }
    let column = Shape::column(entries(g, shape));
    g.make_shaped(Kind::Reshape, Attr::None, &[a], column)
}

/// `A ⊗ B`, where numbers are factors.
pub(crate) fn kron(g: &mut Graph, a: NodeId, b: NodeId) -> NodeId {
    let one = |g: &Graph, a: NodeId| g.is_scalar(a) && g.kind(a) == Kind::Identity;
    match (g.kind(a), g.kind(b)) {
        _ if one(g, a) => b,
        _ if one(g, b) => a,
        (Kind::Identity, Kind::Identity) => {
            let both = Shape::new(g.shape(a).rows, g.shape(b).rows);
            let count = entries(g, both);
            g.identity(count)
        }
        _ if g.is_scalar(a) => g.scale(a, b),
        _ if g.is_scalar(b) => g.scale(b, a),
        _ => op(g, Kind::Kron, &[a, b]),
    }
}

/// `L J`; where `J` is a sum with the identity in it, term by term: `L (I + B) = L + L B`.
pub(crate) fn times(g: &mut Graph, l: NodeId, j: NodeId) -> NodeId {
    let terms = g.terms(j);
    let is_identity =
        |g: &Graph, a: NodeId| g.kind(a) == Kind::Identity || g.kind(a) == Kind::Scale && g.kind(g.args(a)[1]) == Kind::Identity;
    if terms.len() > 1 && terms.iter().any(|t| is_identity(g, t.1)) {
        let terms: Vec<(f64, NodeId)> = terms.into_iter().map(|(c, t)| (c, g.matmul(&[l, t]))).collect();
        return g.lin(&terms);
    }
    g.matmul(&[l, j])
}

/// `diag(vec C) J`: the rows of a Jacobian, scaled.
pub(crate) fn scaled(g: &mut Graph, c: NodeId, j: NodeId) -> NodeId {
    if g.is_scalar(c) {
        return g.scale(c, j);
    }
    let weights = vec(g, c);
    let diagonal = op(g, Kind::DiagMat, &[weights]);
    times(g, diagonal, j)
}

/// The entries of a value in each of so many columns.
pub(crate) fn spread(g: &mut Graph, a: NodeId, cols: Dim) -> NodeId {
    if g.is_scalar(a) {
        return g.fill(a, Shape::new(Dim::ONE, cols));
    }
    let (column, ones) = (vec(g, a), g.filled(1.0, Shape::new(Dim::ONE, cols)));
    g.matmul(&[column, ones])
}

/// Whether a Jacobian is made of parameters and constants by sums and products alone, so that its entries are as finite as these.
pub(crate) fn is_finite(g: &Graph, j: NodeId) -> bool {
    use Kind::{Const, DiagMat, Fill, Identity, Kron, Lin, MatMul, Opaque, Param, Place, Reshape, Rows, Scale, Slice, Transpose};
    let made = |kind: Kind| {
        matches!(
            kind,
            Const
                | DiagMat
                | Fill
                | Identity
                | Kron
                | Lin
                | MatMul
                | Opaque
                | Param
                | Place
                | Reshape
                | Rows
                | Scale
                | Slice
                | Transpose
        )
    };
    g.reachable(&[j]).into_iter().all(|id| made(g.kind(id)))
}

/// The rows of a Jacobian, moved.
pub(crate) fn moved(g: &mut Graph, map: RowMap, back: bool, rows: Dim, j: NodeId) -> NodeId {
    let cols = g.shape(j).cols;
    g.make_shaped(Kind::Rows, Attr::Rows(crate::ir::Rows { map, back }), &[j], Shape::new(rows, cols))
}
