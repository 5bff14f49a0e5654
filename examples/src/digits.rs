//! Images of handwritten digits.

use std::path::Path;

use nalgebra::DMatrix;

use crate::{Table, TableError};

/// How many digits there are.
pub const CLASSES: usize = 10;

/// Images, a row each, and what they show.
#[derive(Clone, Debug, PartialEq)]
pub struct Images {
    /// The pixels, from 0 for paper to 1 for ink.
    pub pixels: DMatrix<f64>,
    /// The digits.
    pub digits: Vec<usize>,
}

impl Images {
    /// Reads images with pixels from 0 to 16 and a column `digit`; the first `train` are to learn from, the others to test.
    ///
    /// # Errors
    /// If the file is no such table, or there are no images to learn from, or none to test.
    pub fn read(path: &Path, train: usize) -> Result<(Self, Self), TableError> {
        let (table, digits) = Table::read(path)?.split_off_classes("digit", 10)?;
        let all = Self { pixels: table.values() / 16.0, digits };
        let indices: Vec<usize> = (0..all.digits.len()).collect();
        if train == 0 || train >= indices.len() {
            return Err(TableError::NoSplit { path: path.to_owned(), rows: indices.len(), train });
        }
        let (first, last) = indices.split_at(train);
        Ok((all.select(first), all.select(last)))
    }

    /// The images with these numbers.
    ///
    /// # Panics
    /// If there are not that many.
    #[must_use]
    pub fn select(&self, numbers: &[usize]) -> Self {
        Self { pixels: self.pixels.select_rows(numbers), digits: numbers.iter().map(|i| self.digits[*i]).collect() }
    }

    /// A row for each image, 1 in the column of its digit, 0 elsewhere.
    #[must_use]
    pub fn one_hot(&self) -> DMatrix<f64> {
        DMatrix::from_fn(self.digits.len(), CLASSES, |i, class| if self.digits[i] == class { 1.0 } else { 0.0 })
    }

    /// Which digits were taken for which: rows are the digits shown, columns those with the highest score.
    ///
    /// # Panics
    /// If there is not a row of ten scores for each image.
    #[must_use]
    pub fn confusion(&self, scores: &DMatrix<f64>) -> DMatrix<usize> {
        let mut confusion = DMatrix::zeros(CLASSES, CLASSES);
        for (row, digit) in scores.row_iter().zip(&self.digits) {
            confusion[(*digit, row.transpose().imax())] += 1;
        }
        confusion
    }

    /// The share of images whose digit has the highest score.
    ///
    /// # Panics
    /// If there is not a row of ten scores for each image.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "there are fewer images than 2⁵³")]
    pub fn accuracy(&self, scores: &DMatrix<f64>) -> f64 {
        self.confusion(scores).diagonal().sum() as f64 / self.digits.len() as f64
    }
}
