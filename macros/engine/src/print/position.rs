//! Where entries and blocks stand: subscripts count from 1, as on paper; in brackets stands what Rust says, `x[k]`, `A[·, 1..4]`.

use super::Text;
use super::printer::{dim_placeholder, placeholder};
use crate::ir::{Attr, Dim, Graph, Index, NodeId, Shape, Source};

/// `x₁`, `A₂₃`, `x[k]`, `A[1..3, ·]`.
#[must_use]
pub fn slice(g: &Graph, id: NodeId, args: &[Text]) -> Text {
    let Attr::Block(at) = &g.node(id).op.attr else { return Text::atom("?") };
    let (whole, part) = (g.shape(g.args(id)[0]), g.shape(id));
    let base = args[0].bracketed();
    if part.is_scalar() {
        return Text::atom(format!("{base}{}", entry(g, &at.row, &at.col, whole)));
    }
    let (rows, cols) = (range(g, &at.row, part.rows, whole.rows), range(g, &at.col, part.cols, whole.cols));
    Text::atom(match whole {
        s if s.cols == Dim::ONE => format!("{base}[{rows}]"),
        s if s.rows == Dim::ONE => format!("{base}[{cols}]"),
        _ => format!("{base}[{rows}, {cols}]"),
    })
}

/// `s e₂`, `s E₂₃`, `a e₂ᵀ`, `place(A at 1..3)`: zeros, but for a block.
#[must_use]
pub fn placed(g: &Graph, id: NodeId, args: &[Text]) -> Text {
    let Attr::Block(at) = &g.node(id).op.attr else { return Text::atom("?") };
    let (whole, part) = (g.shape(id), g.shape(g.args(id)[0]));
    let unit = |index: &Index| Text::atom(format!("e{}", subscript(g, &[index])));
    let factors = match part {
        s if s.is_scalar() && whole.is_column() => vec![args[0].clone(), unit(&at.row)],
        s if s.is_scalar() && whole.is_row() => vec![args[0].clone(), unit(&at.col).transposed()],
        s if s.is_scalar() => vec![args[0].clone(), Text::atom(format!("E{}", subscript(g, &[&at.row, &at.col])))],
        s if s.is_column() && s.rows == whole.rows => vec![args[0].clone(), unit(&at.col).transposed()],
        s if s.is_row() && s.cols == whole.cols => vec![unit(&at.row), args[0].clone()],
        _ => {
            let (rows, cols) = (range(g, &at.row, part.rows, whole.rows), range(g, &at.col, part.cols, whole.cols));
            return Text::atom(match whole {
                s if s.cols == Dim::ONE => format!("place({} at {rows})", args[0]),
                s if s.rows == Dim::ONE => format!("place({} at {cols})", args[0]),
                _ => format!("place({} at {rows}, {cols})", args[0]),
            });
        }
    };
    let factors: Vec<Text> = factors.into_iter().filter(|f| f.as_str() != "1" || !part.is_scalar()).collect();
    Text::product(&factors)
}

/// `x with x₂ = s`, `A with A[1..3, ·] = B`: a matrix, but for a block.
#[must_use]
pub fn updated(g: &Graph, id: NodeId, args: &[Text]) -> Text {
    let Attr::Block(at) = &g.node(id).op.attr else { return Text::atom("?") };
    let (whole, part) = (g.shape(id), g.shape(g.args(id)[1]));
    let place = if part.is_scalar() {
        entry(g, &at.row, &at.col, whole)
    } else {
        let (rows, cols) = (range(g, &at.row, part.rows, whole.rows), range(g, &at.col, part.cols, whole.cols));
        match whole {
            s if s.cols == Dim::ONE => format!("[{rows}]"),
            s if s.rows == Dim::ONE => format!("[{cols}]"),
            _ => format!("[{rows}, {cols}]"),
        }
    };
    Text::atom(format!("({} with {place} = {})", args[0], args[1]))
}

/// The position of an entry.
fn entry(g: &Graph, row: &Index, col: &Index, whole: Shape) -> String {
    match whole {
        s if s.cols == Dim::ONE => subscript(g, &[row]),
        s if s.rows == Dim::ONE => subscript(g, &[col]),
        _ => subscript(g, &[row, col]),
    }
}

/// `₂`, `₂₃`, from 1; `[k]`, `[1, k]`, `[1, 12]`, from 0, where that cannot be read.
fn subscript(g: &Graph, indices: &[&Index]) -> String {
    const DIGITS: [char; 10] = ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉'];
    let known: Option<Vec<String>> = indices.iter().map(|i| i.constant().map(|i| (i + 1).to_string())).collect();
    match known.filter(|k| k.len() == 1 || k.iter().all(|digits| digits.len() == 1)) {
        Some(known) => known.concat().chars().filter_map(|c| c.to_digit(10)).map(|d| DIGITS[d as usize]).collect(),
        None => format!("[{}]", indices.iter().map(|i| counted(g, i)).collect::<Vec<_>>().join(", ")),
    }
}

/// `2`, `k + 2`, `1 + n`, from 0.
fn counted(g: &Graph, index: &Index) -> String {
    let mut parts: Vec<String> = index.code.map(placeholder).into_iter().collect();
    if index.base > 0 || (parts.is_empty() && index.dims.is_empty()) {
        parts.push(index.base.to_string());
    }
    parts.extend(index.dims.iter().map(|d| dim_placeholder(g.dims.resolve(*d))));
    parts.join(" + ")
}

/// `·`, `2`, `1..3`, `..n`, `n..`.
fn range(g: &Graph, index: &Index, part: Dim, whole: Dim) -> String {
    if part == Dim::ONE {
        return counted(g, index);
    }
    if index.is_zero() && part == whole {
        return "·".to_owned();
    }
    let first = if index.is_zero() { String::new() } else { counted(g, index) };
    let end = index.clone().after(part);
    let end = if is_all(g, &end, whole) { String::new() } else { counted(g, &end) };
    format!("{first}..{end}")
}

/// Whether a position is known to be the end.
fn is_all(g: &Graph, end: &Index, whole: Dim) -> bool {
    if let Dim::Const(n) = whole {
        return end.constant() == Some(n);
    }
    let total = |dims: &[Dim]| {
        let mut end = dims.iter().map(|d| g.dims.resolve(*d)).fold(Index::default(), Index::after);
        end.dims.sort_unstable();
        end
    };
    let mut end = Index { dims: end.dims.iter().map(|d| g.dims.resolve(*d)).collect(), ..end.clone() };
    end.dims.sort_unstable();
    end == total(&[whole]) || g.dims.sources(whole).iter().any(|s| matches!(s, Source::Sum(parts) if total(parts) == end))
}
