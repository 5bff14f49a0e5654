//! Tables of numbers in CSV files.

use std::error::Error;
use std::fmt;
use std::path::{Path, PathBuf};

use nalgebra::{DMatrix, DVector};

/// The numbers of a CSV file whose first line names the columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    path: PathBuf,
    names: Vec<String>,
    values: DMatrix<f64>,
}

impl Table {
    /// Reads a file in which every field below the header is a finite number.
    ///
    /// # Errors
    /// If the file cannot be read, its lines differ in length, it has no line of numbers, or a field is not a finite number; the
    /// message names file, line and column.
    pub fn read(path: &Path) -> Result<Self, TableError> {
        let csv_error = |source| TableError::Csv { path: path.to_owned(), source };
        let mut reader = csv::Reader::from_path(path).map_err(csv_error)?;
        let names: Vec<String> = reader.headers().map_err(csv_error)?.iter().map(str::to_owned).collect();
        let mut values = Vec::new();
        for record in reader.records() {
            let record = record.map_err(csv_error)?;
            for (name, field) in names.iter().zip(&record) {
                match field.trim().parse::<f64>() {
                    Ok(number) if number.is_finite() => values.push(number),
                    _ => {
                        return Err(TableError::NotANumber {
                            path: path.to_owned(),
                            line: record.position().map_or(0, csv::Position::line),
                            column: name.clone(),
                            field: field.to_owned(),
                        });
                    }
                }
            }
        }
        if values.is_empty() {
            return Err(TableError::Empty { path: path.to_owned() });
        }
        let rows = values.len() / names.len();
        Ok(Self { path: path.to_owned(), values: DMatrix::from_row_slice(rows, names.len(), &values), names })
    }

    /// The column of this name, and the table of all others.
    ///
    /// # Errors
    /// If there is no such column.
    pub fn split_off(mut self, name: &str) -> Result<(Self, DVector<f64>), TableError> {
        let Some(index) = self.names.iter().position(|other| other == name) else {
            return Err(TableError::NoColumn { path: self.path, column: name.to_owned() });
        };
        let column = self.values.column(index).into_owned();
        self.names.remove(index);
        self.values = self.values.remove_column(index);
        Ok((self, column))
    }

    /// The names of the columns.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The numbers: one row for each line, one column for each name.
    #[must_use]
    pub fn values(&self) -> &DMatrix<f64> {
        &self.values
    }
}

/// Why a table could not be had.
#[derive(Debug)]
pub enum TableError {
    /// The file cannot be read, or is not a CSV file with lines of equal length.
    Csv {
        /// The file.
        path: PathBuf,
        /// What the reader found.
        source: csv::Error,
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
            Self::Csv { path, source } => write!(f, "{}: {source}", path.display()),
            Self::NotANumber { path, line, column, field } => {
                write!(f, "{}, line {line}, column `{column}`: `{field}` is not a finite number", path.display())
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
            Self::Csv { source, .. } => Some(source),
            _ => None,
        }
    }
}
