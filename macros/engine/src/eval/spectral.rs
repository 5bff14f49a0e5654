//! Eigenvalues and singular values, by Jacobi's rotations: slow, and right to the last digits.

use super::Mat;

/// Sweeps converge quadratically; more than a dozen are never needed.
const SWEEPS: usize = 60;

impl Mat {
    /// `λ`, smallest first, and `Q` with `A = Q Diag(λ) Qᵀ`; of a matrix whose upper triangle mirrors the lower one, which is read.
    ///
    /// # Panics
    /// If `A` is not square.
    #[must_use]
    #[allow(clippy::many_single_char_names)] // the letters of the equation
    pub fn symmetric_eigen(&self) -> (Self, Self) {
        assert_eq!(self.rows, self.cols, "eigenvalues of a {}×{} matrix", self.rows, self.cols);
        let n = self.rows;
        let mut a = Self::from_fn(n, n, |r, c| self.at(r.max(c), r.min(c)));
        let mut q = Self::identity(n);
        for _ in 0..SWEEPS {
            for i in 0..n {
                for j in i + 1..n {
                    let (c, s) = rotation(a.at(i, i), a.at(j, j), a.at(i, j));
                    a.turn_columns(i, j, c, s);
                    a = a.transpose();
                    a.turn_columns(i, j, c, s);
                    q.turn_columns(i, j, c, s);
                }
            }
        }
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by(|i, j| a.at(*i, *i).total_cmp(&a.at(*j, *j)));
        let values = Self::from_fn(n, 1, |r, _| a.at(order[r], order[r]));
        (values, Self::from_fn(n, n, |r, c| q.at(r, order[c])))
    }

    /// `U`, `σ` with the largest first, and `Vᵀ` with `X = U Diag(σ) Vᵀ`, of `k = min(m, n)` columns and rows; a vector of a zero singular
    /// value may be zero.
    #[must_use]
    pub fn svd(&self) -> (Self, Self, Self) {
        if self.rows < self.cols {
            let (u, sigma, v_t) = self.transpose().svd();
            return (v_t.transpose(), sigma, u.transpose());
        }
        // X V has orthogonal columns: U Diag(σ)
        let (mut xv, mut v, k) = (self.clone(), Self::identity(self.cols), self.cols);
        for _ in 0..SWEEPS {
            for i in 0..k {
                for j in i + 1..k {
                    let (c, s) = rotation(xv.columns(i, i), xv.columns(j, j), xv.columns(i, j));
                    xv.turn_columns(i, j, c, s);
                    v.turn_columns(i, j, c, s);
                }
            }
        }
        let sizes: Vec<f64> = (0..k).map(|i| xv.columns(i, i).sqrt()).collect();
        let mut order: Vec<usize> = (0..k).collect();
        order.sort_by(|i, j| sizes[*j].total_cmp(&sizes[*i]));
        let sigma = Self::from_fn(k, 1, |r, _| sizes[order[r]]);
        let share = |size: f64| if size == 0.0 { 0.0 } else { 1.0 / size };
        let u = Self::from_fn(self.rows, k, |r, c| xv.at(r, order[c]) * share(sizes[order[c]]));
        (u, sigma, Self::from_fn(k, k, |r, c| v.at(c, order[r])))
    }

    /// The product of two columns.
    fn columns(&self, i: usize, j: usize) -> f64 {
        (0..self.rows).map(|r| self.at(r, i) * self.at(r, j)).sum()
    }
    /// Columns `i` and `j`, turned: `(c aᵢ − s aⱼ, s aᵢ + c aⱼ)`.
    #[allow(clippy::many_single_char_names)] // the letters of the equation
    fn turn_columns(&mut self, i: usize, j: usize, c: f64, s: f64) {
        for r in 0..self.rows {
            let (x, y) = (self.at(r, i), self.at(r, j));
            self.set(r, i, c * x - s * y);
            self.set(r, j, s * x + c * y);
        }
    }
}

/// Cosine and sine of the smaller turn that makes `[p t; t q]` diagonal                          [Golub & Van Loan, 8.5.2]
fn rotation(p: f64, q: f64, t: f64) -> (f64, f64) {
    if t == 0.0 {
        return (1.0, 0.0);
    }
    let tau = (q - p) / (2.0 * t);
    let tangent = tau.signum() / (tau.abs() + tau.hypot(1.0));
    let cosine = 1.0 / tangent.hypot(1.0);
    (cosine, tangent * cosine)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(rows: u32, cols: u32) -> Mat {
        let entries = (0..rows * cols).map(|k| (f64::from(k * k) * 0.7 + 0.3).sin()).collect();
        Mat::from_column_major(rows as usize, cols as usize, entries)
    }

    fn diagonal(v: &Mat) -> Mat {
        Mat::from_fn(v.rows, v.rows, |r, c| if r == c { v.at(r, 0) } else { 0.0 })
    }

    fn assert_close(a: &Mat, b: &Mat) {
        assert!(a.sub(b).max_abs() < 1e-13, "{a:?}\n{b:?}");
    }

    #[test]
    fn an_eigendecomposition_multiplies_back() {
        for n in [1, 2, 5, 13] {
            let a = sample(n, n);
            let a = a.add(&a.transpose());
            let (values, q) = a.symmetric_eigen();
            assert_close(&q.mul(&diagonal(&values)).mul(&q.transpose()), &a);
            assert_close(&q.transpose().mul(&q), &Mat::identity(a.rows));
            assert!(values.data.is_sorted());
        }
    }

    #[test]
    fn only_the_lower_triangle_is_read() {
        let a = sample(5, 5);
        let mirrored = Mat::from_fn(5, 5, |r, c| a.at(r.max(c), r.min(c)));
        assert_eq!(a.symmetric_eigen(), mirrored.symmetric_eigen());
    }

    #[test]
    fn a_singular_value_decomposition_multiplies_back() {
        for (rows, cols) in [(1, 1), (7, 3), (3, 7), (5, 5), (1, 4)] {
            let x = sample(rows, cols);
            let (u, sigma, v_t) = x.svd();
            assert_close(&u.mul(&diagonal(&sigma)).mul(&v_t), &x);
            let k = x.rows.min(x.cols);
            assert_close(&u.transpose().mul(&u), &Mat::identity(k));
            assert_close(&v_t.mul(&v_t.transpose()), &Mat::identity(k));
            assert!(sigma.data.is_sorted_by(|a, b| a >= b));
        }
    }

    #[test]
    fn repeated_and_zero_values() {
        let (values, _) = Mat::identity(3).scaled(2.0).symmetric_eigen();
        assert_eq!(values.data, [2.0; 3]);
        let (u, sigma, v_t) = Mat::from_row_major(2, 2, &[1.0, 2.0, 2.0, 4.0]).svd();
        assert!(sigma.at(1, 0).abs() < 1e-15 && (sigma.at(0, 0) - 5.0).abs() < 1e-15);
        assert_close(&u.mul(&diagonal(&sigma)).mul(&v_t), &Mat::from_row_major(2, 2, &[1.0, 2.0, 2.0, 4.0]));
    }
}
