//! Tables of numbers in CSV files.

use std::path::{Path, PathBuf};

use nalgebra::{DMatrix, DVector};

use crate::TableError;
use crate::records::Records;

/// The numbers of a CSV file whose first line names the columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    path: PathBuf,
    names: Vec<String>,
    values: DMatrix<f64>,
    /// The line of each row in the file.
    lines: Vec<u64>,
}

impl Table {
    /// Reads a file in which every field below the header is a finite number.
    ///
    /// # Errors
    /// If the file cannot be read, its lines differ in length, it has no line of numbers, or a field is not a finite number; the
    /// message names file, line and column.
    pub fn read(path: &Path) -> Result<Self, TableError> {
        let Records { names, lines: records } = Records::read(path)?;
        let (mut values, mut lines) = (Vec::new(), Vec::new());
        for (line, fields) in records {
            for (name, field) in names.iter().zip(&fields) {
                match field.trim().parse::<f64>() {
                    Ok(number) if number.is_finite() => values.push(number),
                    _ => {
                        let (path, column) = (path.to_owned(), name.clone());
                        return Err(TableError::NotANumber { path, line, column, field: field.to_owned() });
                    }
                }
            }
            lines.push(line);
        }
        if values.is_empty() {
            return Err(TableError::Empty { path: path.to_owned() });
        }
        let values = DMatrix::from_row_slice(lines.len(), names.len(), &values);
        Ok(Self { path: path.to_owned(), values, names, lines })
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

    /// The column of this name as classes, numbered from 0, and the table of all others.
    ///
    /// # Errors
    /// If there is no such column, or it has an entry other than `0`, `1`, … `classes - 1`.
    pub fn split_off_classes(self, name: &str, classes: u32) -> Result<(Self, Vec<usize>), TableError> {
        let (rest, column) = self.split_off(name)?;
        let class = |value: &f64| (0..classes).position(|class| (f64::from(class) - value).abs() < f64::EPSILON);
        let known: Option<Vec<usize>> = column.iter().map(class).collect();
        let Some(known) = known else {
            let permitted = format!("one of the classes 0 to {}", classes.saturating_sub(1));
            return Err(rest.unfit(&column, name, &permitted, |value| class(value).is_some()));
        };
        Ok((rest, known))
    }

    /// Checks that all numbers are positive, for logarithms.
    ///
    /// # Errors
    /// If one is not.
    pub fn require_positive(&self) -> Result<(), TableError> {
        for (name, column) in self.names.iter().zip(self.values.column_iter()) {
            let positive = |value: &f64| *value > 0.0;
            if !column.iter().all(positive) {
                return Err(self.unfit(&column.into_owned(), name, "positive", positive));
            }
        }
        Ok(())
    }

    /// The error of the first entry of a column that does not fit.
    fn unfit(&self, column: &DVector<f64>, name: &str, permitted: &str, fits: impl Fn(&f64) -> bool) -> TableError {
        let row = column.iter().position(|value| !fits(value)).unwrap_or(0);
        TableError::Unfit {
            path: self.path.clone(),
            line: self.lines[row],
            column: name.to_owned(),
            value: column[row],
            permitted: permitted.to_owned(),
        }
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
