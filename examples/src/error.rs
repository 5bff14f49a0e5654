//! Why a file could not be used.

use std::error::Error;
use std::path::PathBuf;
use std::{fmt, io};

/// Why a table could not be had.
#[derive(Debug)]
pub enum TableError {
    /// The file cannot be read, or is no text.
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file is not in the format CSV.
    Csv {
        /// The file.
        path: PathBuf,
        /// What the reader found.
        source: csv::Error,
    },
    /// A line has more or fewer fields than the header.
    Ragged {
        /// The file.
        path: PathBuf,
        /// Its line, counted from 1.
        line: u64,
        /// The number of its fields.
        fields: usize,
        /// The number of names in the header.
        columns: usize,
    },
    /// A field is not a finite number.
    NotANumber {
        /// The file.
        path: PathBuf,
        /// Its line, counted from 1.
        line: u64,
        /// The name of the column.
        column: String,
        /// The text of the field.
        field: String,
    },
    /// A number is not of the kind that the program needs.
    Unfit {
        /// The file.
        path: PathBuf,
        /// Its line, counted from 1.
        line: u64,
        /// The name of the column.
        column: String,
        /// The number.
        value: f64,
        /// What it should be.
        permitted: String,
    },
    /// A line names no node of the graph.
    NoNode {
        /// The file.
        path: PathBuf,
        /// Its line, counted from 1.
        line: u64,
        /// The name of the column.
        column: String,
        /// The text of the field.
        field: String,
    },
    /// A list of edges has more or fewer columns than two.
    NotTwoColumns {
        /// The file.
        path: PathBuf,
        /// The number of its columns.
        columns: usize,
    },
    /// There are no rows to learn from, or none to test.
    NoSplit {
        /// The file.
        path: PathBuf,
        /// The number of its rows.
        rows: usize,
        /// How many of them were to learn from.
        train: usize,
    },
    /// There is no line below the header.
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// A column that the program needs is missing.
    NoColumn {
        /// The file.
        path: PathBuf,
        /// The name of the column.
        column: String,
    },
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { path, source } => write!(f, "{}: {source}", path.display()),
            Self::Csv { path, source } => write!(f, "{}: {source}", path.display()),
            Self::Ragged { path, line, fields, columns } => {
                write!(f, "{}, line {line}: there are {fields} fields, but {columns} columns", path.display())
            }
            Self::NotANumber { path, line, column, field } => {
                write!(f, "{}, line {line}, column `{column}`: `{field}` is not a finite number", path.display())
            }
            Self::Unfit { path, line, column, value, permitted } => {
                write!(f, "{}, line {line}, column `{column}`: `{value}` is not {permitted}", path.display())
            }
            Self::NoNode { path, line, column, field } => {
                write!(f, "{}, line {line}, column `{column}`: there is no node `{field}`", path.display())
            }
            Self::NotTwoColumns { path, columns } => {
                write!(f, "{}, line 1: edges have two columns, from where and to where, not {columns}", path.display())
            }
            Self::NoSplit { path, rows, train } => {
                write!(f, "{}: of {rows} rows, {train} to learn from are too few or leave none to test", path.display())
            }
            Self::Empty { path } => {
                write!(f, "{}: there are no numbers below the header", path.display())
            }
            Self::NoColumn { path, column } => {
                write!(f, "{}: there is no column `{column}`", path.display())
            }
        }
    }
}

impl Error for TableError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::Csv { source, .. } => Some(source),
            _ => None,
        }
    }
}
