//! Where a byte of a text stands, as an editor counts.

/// A line and a column, both from 1; the column in characters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
}

/// The place of a byte; that of the end, if there is no such byte.
#[must_use]
pub fn place(text: &str, at: usize) -> Place {
    let before = (0..=at.min(text.len())).rev().find_map(|at| text.get(..at)).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().trim_start_matches('\u{feff}').chars().count() + 1;
    Place { line, column }
}
