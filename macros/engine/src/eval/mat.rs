//! Dense matrices.

/// A dense `rows × cols` matrix of `f64`; a scalar is `1 × 1`.
#[derive(Clone, Debug, PartialEq)]
pub struct Mat {
    /// Number of rows.
    pub rows: usize,
    /// Number of columns.
    pub cols: usize,
    /// The entries, column by column.
    pub data: Vec<f64>,
}

impl Mat {
    /// A `1 × 1` matrix.
    #[must_use]
    pub fn scalar(value: f64) -> Self {
        Self { rows: 1, cols: 1, data: vec![value] }
    }
    /// The matrix with entries `f(row, column)`.
    #[must_use]
    pub fn from_fn(rows: usize, cols: usize, mut f: impl FnMut(usize, usize) -> f64) -> Self {
        let data = (0..cols).flat_map(|c| (0..rows).map(move |r| (r, c))).map(|(r, c)| f(r, c)).collect();
        Self { rows, cols, data }
    }
    /// The matrix with these entries, column by column.
    ///
    /// # Panics
    /// If there are not `rows * cols` entries.
    #[must_use]
    pub fn from_column_major(rows: usize, cols: usize, data: Vec<f64>) -> Self {
        assert_eq!(data.len(), rows * cols, "a {rows}×{cols} matrix of {} entries", data.len());
        Self { rows, cols, data }
    }
    /// The matrix with these entries, row by row, the way one writes it.
    ///
    /// # Panics
    /// If there are not `rows * cols` entries.
    #[must_use]
    pub fn from_row_major(rows: usize, cols: usize, data: &[f64]) -> Self {
        assert_eq!(data.len(), rows * cols, "a {rows}×{cols} matrix of {} entries", data.len());
        Self::from_fn(rows, cols, |r, c| data[r * cols + c])
    }
    /// A matrix of zeros.
    #[must_use]
    pub fn zeros(rows: usize, cols: usize) -> Self {
        Self::from_fn(rows, cols, |_, _| 0.0)
    }
    /// `I`
    #[must_use]
    pub fn identity(n: usize) -> Self {
        Self::from_fn(n, n, |r, c| f64::from(u8::from(r == c)))
    }

    /// `(rows, cols)`
    #[must_use]
    pub fn shape(&self) -> (usize, usize) {
        (self.rows, self.cols)
    }
    /// Whether there is one entry.
    #[must_use]
    pub fn is_scalar(&self) -> bool {
        self.shape() == (1, 1)
    }
    /// Where an entry is stored: an index outside is a bug of the caller, and must not read another column.
    fn position(&self, r: usize, c: usize) -> usize {
        assert!(r < self.rows && c < self.cols, "entry ({r}, {c}) of a {}×{} matrix", self.rows, self.cols);
        c * self.rows + r
    }
    /// One entry.
    ///
    /// # Panics
    /// If it lies outside.
    #[must_use]
    pub fn at(&self, r: usize, c: usize) -> f64 {
        self.data[self.position(r, c)]
    }
    /// Replace one entry.
    ///
    /// # Panics
    /// If it lies outside.
    pub fn set(&mut self, r: usize, c: usize, value: f64) {
        let at = self.position(r, c);
        self.data[at] = value;
    }
    /// All entries as `(row, column, value)`, column by column.
    pub fn entries(&self) -> impl Iterator<Item = (usize, usize, f64)> + Clone + '_ {
        self.data.iter().enumerate().map(|(at, v)| (at % self.rows, at / self.rows, *v))
    }

    /// `f` of every entry.
    #[must_use]
    pub fn map(&self, f: impl FnMut(f64) -> f64) -> Self {
        Self { rows: self.rows, cols: self.cols, data: self.data.iter().copied().map(f).collect() }
    }
    /// `f` of every two entries at the same place.
    ///
    /// # Panics
    /// If the shapes differ.
    #[must_use]
    pub fn zip(&self, other: &Self, mut f: impl FnMut(f64, f64) -> f64) -> Self {
        assert_eq!(self.shape(), other.shape(), "entries of matrices of different shapes");
        let data = self.data.iter().zip(&other.data).map(|(a, b)| f(*a, *b)).collect();
        Self { rows: self.rows, cols: self.cols, data }
    }
    /// `A + B`
    ///
    /// # Panics
    /// If the shapes differ.
    #[must_use]
    pub fn add(&self, other: &Self) -> Self {
        self.zip(other, |a, b| a + b)
    }
    /// `A − B`
    ///
    /// # Panics
    /// If the shapes differ.
    #[must_use]
    pub fn sub(&self, other: &Self) -> Self {
        self.zip(other, |a, b| a - b)
    }
    /// `s A`
    #[must_use]
    pub fn scaled(&self, s: f64) -> Self {
        self.map(|a| s * a)
    }
    /// `Aᵀ`
    #[must_use]
    pub fn transpose(&self) -> Self {
        Self::from_fn(self.cols, self.rows, |r, c| self.at(c, r))
    }
    /// `A B`
    ///
    /// # Panics
    /// If `A` has not as many columns as `B` has rows.
    #[must_use]
    pub fn mul(&self, other: &Self) -> Self {
        assert_eq!(self.cols, other.rows, "a product of a matrix of {} columns by one of {} rows", self.cols, other.rows);
        Self::from_fn(self.rows, other.cols, |r, c| (0..self.cols).map(|k| self.at(r, k) * other.at(k, c)).sum())
    }
    /// `⟨A, B⟩ = tr(Aᵀ B)`
    ///
    /// # Panics
    /// If the shapes differ.
    #[must_use]
    pub fn inner(&self, other: &Self) -> f64 {
        self.zip(other, |a, b| a * b).data.iter().sum()
    }
    /// `maxᵢⱼ |Aᵢⱼ|`, 0 of an empty matrix; not a number as soon as an entry is, so that no comparison with a tolerance passes.
    #[must_use]
    pub fn max_abs(&self) -> f64 {
        largest(self.data.iter().map(|a| a.abs()))
    }
    /// `‖A‖_∞ = maxᵢ Σⱼ |Aᵢⱼ|`; not a number as soon as an entry is.
    #[must_use]
    pub fn norm_inf(&self) -> f64 {
        largest((0..self.rows).map(|r| (0..self.cols).map(|c| self.at(r, c).abs()).sum()))
    }
}

/// The largest of some numbers ≥ 0. `f64::max` would drop what is not a number.
fn largest(values: impl Iterator<Item = f64>) -> f64 {
    values.fold(0.0, |top, v| if v > top || v.is_nan() { v } else { top })
}

/// `xᵏ`, exactly what Rust has for it: `powi` of an integer, `sqrt` of ½, `powf` of anything else.
#[must_use]
pub fn pow(x: f64, k: f64) -> f64 {
    #[allow(clippy::cast_possible_truncation)] // saturates, and then is no longer equal
    let integer = k as i32;
    #[allow(clippy::float_cmp)] // exactly these exponents
    if f64::from(integer) == k {
        x.powi(integer)
    } else if k == 0.5 {
        x.sqrt()
    } else {
        x.powf(k)
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp)] // exact by construction
mod tests {
    use super::*;

    #[test]
    fn entries_go_column_by_column() {
        let a = Mat::from_row_major(2, 3, &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
        assert_eq!(a.data, [1.0, 4.0, 2.0, 5.0, 3.0, 6.0]);
        assert_eq!(a, Mat::from_column_major(2, 3, vec![1.0, 4.0, 2.0, 5.0, 3.0, 6.0]));
        assert_eq!(a.entries().nth(3), Some((1, 1, 5.0)));
        assert_eq!(a.transpose().data, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
        assert_eq!(Mat::zeros(0, 3).entries().count(), 0);
    }

    #[test]
    fn products_by_hand() {
        let a = Mat::from_row_major(2, 3, &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
        let b = Mat::from_row_major(3, 1, &[1.0, 0.0, -1.0]);
        assert_eq!(a.mul(&b).data, [-2.0, -2.0]);
        assert_eq!(a.inner(&a), 91.0);
        assert_eq!(a.norm_inf(), 15.0);
        assert_eq!(a.mul(&Mat::identity(3)), a);
    }

    #[test]
    fn norms_keep_what_is_not_a_number() {
        for at in 0..3 {
            let mut a = Mat::zeros(3, 1);
            a.set(at, 0, f64::NAN);
            assert!(a.max_abs().is_nan() && a.norm_inf().is_nan());
        }
        assert_eq!(Mat::zeros(0, 0).max_abs(), 0.0);
    }

    #[test]
    #[should_panic(expected = "entry (2, 0) of a 2×2 matrix")]
    fn an_index_outside_does_not_read_the_next_column() {
        let _ = Mat::identity(2).at(2, 0);
    }

    #[test]
    fn powers() {
        assert_eq!(pow(-2.0, 3.0), -8.0);
        assert_eq!(pow(-2.0, -1.0), -0.5);
        assert_eq!(pow(2.0, 0.5), 2f64.sqrt());
        assert_eq!(pow(0.0, 0.0), 1.0);
        assert!(pow(-2.0, 1.5).is_nan());
        assert_eq!(pow(1.0, 1e20), 1.0);
    }
}
