//! Directed graphs.

use std::collections::BTreeSet;
use std::path::Path;

use nalgebra::DMatrix;

use crate::TableError;
use crate::records::Records;

/// The edges of a directed graph, each from one node to another by their numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edges {
    edges: BTreeSet<(usize, usize)>,
}

impl Edges {
    /// An edge `i → j` wherever an entry `(i, j)` is larger than `threshold` in size.
    #[must_use]
    pub fn of(weights: &DMatrix<f64>, threshold: f64) -> Self {
        let nodes = 0..weights.nrows();
        let pairs = nodes.clone().flat_map(|i| nodes.clone().map(move |j| (i, j)));
        pairs.filter(|(i, j)| weights[(*i, *j)].abs() > threshold).collect()
    }

    /// Reads a CSV file with a header and two names of nodes in each line, from where to where.
    ///
    /// # Errors
    /// If the file cannot be read, or a name is not among `names`.
    pub fn read(path: &Path, names: &[String]) -> Result<Self, TableError> {
        let Records { names: header, lines } = Records::read(path)?;
        let [from, to] = &header[..] else {
            return Err(TableError::NotTwoColumns { path: path.to_owned(), columns: header.len() });
        };
        let mut edges = Self::default();
        for (line, fields) in lines {
            let node = |column: &str, field: &str| {
                let known = names.iter().position(|name| name == field.trim());
                let (path, column, field) = (path.to_owned(), column.to_owned(), field.to_owned());
                known.ok_or(TableError::NoNode { path, line, column, field })
            };
            edges.edges.insert((node(from, &fields[0])?, node(to, &fields[1])?));
        }
        Ok(edges)
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.edges.len()
    }

    /// Each edge, from where to where.
    pub fn iter(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.edges.iter().copied()
    }

    /// Whether this edge is there.
    #[must_use]
    pub fn contains(&self, from: usize, to: usize) -> bool {
        self.edges.contains(&(from, to))
    }

    /// The structural Hamming distance: how many edges have to be added, removed or turned to come from one graph to the other.
    #[must_use]
    pub fn distance(&self, other: &Self) -> usize {
        let pairs: BTreeSet<(usize, usize)> = self.iter().chain(other.iter()).map(|(i, j)| (i.min(j), i.max(j))).collect();
        let differs = |&&(i, j): &&(usize, usize)| {
            (self.contains(i, j), self.contains(j, i)) != (other.contains(i, j), other.contains(j, i))
        };
        pairs.iter().filter(differs).count()
    }
}

impl FromIterator<(usize, usize)> for Edges {
    fn from_iter<I: IntoIterator<Item = (usize, usize)>>(edges: I) -> Self {
        Self { edges: edges.into_iter().collect() }
    }
}
