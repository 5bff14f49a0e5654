//! Decompositions, and what is computed by them.

use super::Mat;

/// `P A = L U` by Gauss with partial pivoting.
struct Lu {
    /// `U` on and above the diagonal, `L` without its ones below it.
    packed: Mat,
    /// Row `i` of `P A` is row `order[i]` of `A`.
    order: Vec<usize>,
    /// `det P`
    sign: f64,
}

impl Lu {
    fn new(a: &Mat) -> Self {
        assert_eq!(a.rows, a.cols, "the decomposition of a {}×{} matrix", a.rows, a.cols);
        let n = a.rows;
        let mut lu = Self { packed: a.clone(), order: (0..n).collect(), sign: 1.0 };
        for k in 0..n {
            lu.swap_rows(k, lu.pivot(k));
            let pivot = lu.packed.at(k, k);
            if pivot == 0.0 {
                continue; // nothing is left below it to eliminate
            }
            for r in k + 1..n {
                let factor = lu.packed.at(r, k) / pivot;
                lu.packed.set(r, k, factor);
                for c in k + 1..n {
                    lu.packed.set(r, c, lu.packed.at(r, c) - factor * lu.packed.at(k, c));
                }
            }
        }
        lu
    }
    /// The row, from `k` on, of the largest entry of column `k`.
    fn pivot(&self, k: usize) -> usize {
        (k + 1..self.packed.rows)
            .fold(k, |best, r| if self.packed.at(r, k).abs() > self.packed.at(best, k).abs() { r } else { best })
    }
    fn swap_rows(&mut self, r: usize, s: usize) {
        if r == s {
            return;
        }
        for c in 0..self.packed.cols {
            let (above, below) = (self.packed.at(r, c), self.packed.at(s, c));
            self.packed.set(r, c, below);
            self.packed.set(s, c, above);
        }
        self.order.swap(r, s);
        self.sign = -self.sign;
    }
    fn det(&self) -> f64 {
        (0..self.packed.rows).fold(self.sign, |det, k| det * self.packed.at(k, k))
    }
    /// `A⁻¹ e` for column `e` of the identity: `L y = P e`, then `U x = y`.
    fn solve_unit(&self, e: usize) -> Vec<f64> {
        let n = self.packed.rows;
        let mut x: Vec<f64> = self.order.iter().map(|r| f64::from(u8::from(*r == e))).collect();
        for r in 0..n {
            x[r] -= (0..r).map(|c| self.packed.at(r, c) * x[c]).sum::<f64>();
        }
        for r in (0..n).rev() {
            let known: f64 = (r + 1..n).map(|c| self.packed.at(r, c) * x[c]).sum();
            x[r] = (x[r] - known) / self.packed.at(r, r);
        }
        x
    }
}

impl Mat {
    /// `det A`, 1 of an empty matrix.
    ///
    /// # Panics
    /// If `A` is not square.
    #[must_use]
    pub fn det(&self) -> f64 {
        Lu::new(self).det()
    }
    /// `A⁻¹`, `None` if a pivot is exactly zero.
    ///
    /// # Panics
    /// If `A` is not square.
    #[must_use]
    pub fn inverse(&self) -> Option<Self> {
        let (lu, n) = (Lu::new(self), self.rows);
        if (0..n).any(|k| lu.packed.at(k, k) == 0.0) {
            return None;
        }
        Some(Self::from_column_major(n, n, (0..n).flat_map(|c| lu.solve_unit(c)).collect()))
    }
    /// `cof(A)ᵢⱼ = (−1)^{i+j} det(A without row i and column j)`: by definition, singular or not.
    ///
    /// # Panics
    /// If `A` is not square.
    #[must_use]
    pub fn cofactor(&self) -> Self {
        assert_eq!(self.rows, self.cols, "cofactors of a {}×{} matrix", self.rows, self.cols);
        Self::from_fn(self.rows, self.cols, |r, c| {
            let minor = self.without(r, c).det();
            if (r + c) % 2 == 0 { minor } else { -minor }
        })
    }
    /// How the matrix of cofactors moves along each column of `directions`, by definition:
    /// `D cof(A)[E]ᵢⱼ = Σ ± det(A without rows i, k and columns j, l) Eₖₗ`.
    ///
    /// # Panics
    /// If `A` is not square, or a direction has not its number of entries.
    #[must_use]
    pub fn cofactor_columns(&self, directions: &Self) -> Self {
        let n = self.rows;
        assert_eq!((n, n * n), (self.cols, directions.rows), "cofactors of a square matrix");
        let mut out = Self::zeros(n * n, directions.cols);
        for (i, j, k, l) in (0..n * n * n * n).map(|q| (q % n, q / n % n, q / n / n % n, q / n / n / n)) {
            if i == k || j == l {
                continue;
            }
            // the row and the column in what is left
            let (row, col) = (k - usize::from(k > i), l - usize::from(l > j));
            let minor = self.without(i, j).without(row, col).det();
            let signed = if (i + j + row + col) % 2 == 0 { minor } else { -minor };
            for c in 0..directions.cols {
                let sum = out.at(i + j * n, c) + signed * directions.at(k + l * n, c);
                out.set(i + j * n, c, sum);
            }
        }
        out
    }
    /// This matrix without one row and one column.
    fn without(&self, row: usize, col: usize) -> Self {
        let skip = |at: usize, gone: usize| at + usize::from(at >= gone);
        Self::from_fn(self.rows - 1, self.cols - 1, |r, c| self.at(skip(r, row), skip(c, col)))
    }
    /// The lower triangular `L` with `A = L Lᵀ` and a positive diagonal; `None` if there is none.
    ///
    /// Like nalgebra's, it reads the lower triangle of `A` and takes the upper one to be its mirror image.
    ///
    /// # Panics
    /// If `A` is not square.
    #[must_use]
    pub fn cholesky(&self) -> Option<Self> {
        assert_eq!(self.rows, self.cols, "the decomposition of a {}×{} matrix", self.rows, self.cols);
        let n = self.rows;
        let mut l = Self::zeros(n, n);
        for c in 0..n {
            // Aᵣ꜀ = Σₖ Lᵣₖ L꜀ₖ, solved for k = c
            let rest = |l: &Self, r: usize| self.at(r, c) - (0..c).map(|k| l.at(r, k) * l.at(c, k)).sum::<f64>();
            let square = rest(&l, c);
            if square.is_nan() || square <= 0.0 {
                return None;
            }
            l.set(c, c, square.sqrt());
            for r in c + 1..n {
                let entry = rest(&l, r) / l.at(c, c);
                l.set(r, c, entry);
            }
        }
        Some(l)
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp)] // exact by construction
mod tests {
    use super::*;

    /// A matrix without structure.
    fn sample(n: u32, seed: f64) -> Mat {
        let size = n as usize;
        Mat::from_column_major(size, size, (0..n * n).map(|k| (f64::from(k * k) * 0.7 + seed).sin()).collect())
    }

    fn assert_close(a: &Mat, b: &Mat, tolerance: f64) {
        assert!(a.sub(b).max_abs() <= tolerance, "{a:?}\n{b:?}");
    }

    /// `Σ_π sign(π) ∏ Aᵢπ₍ᵢ₎`, by expansion along the first row.
    fn leibniz(a: &Mat) -> f64 {
        if a.rows == 0 {
            return 1.0;
        }
        (0..a.cols).map(|c| a.at(0, c) * leibniz(&a.without(0, c)) * if c % 2 == 0 { 1.0 } else { -1.0 }).sum()
    }

    #[test]
    fn determinants_by_definition() {
        for n in 0..7 {
            let a = sample(n, 0.3);
            assert!((a.det() - leibniz(&a)).abs() < 1e-13, "{n}");
        }
        assert_eq!(Mat::from_row_major(2, 2, &[0.0, 1.0, 1.0, 0.0]).det(), -1.0);
    }

    #[test]
    fn the_determinant_is_multiplicative() {
        let (a, b) = (sample(11, 0.1), sample(11, 0.2));
        let product = a.det() * b.det();
        assert!((a.mul(&b).det() - product).abs() < 1e-11 * product.abs());
        assert!((a.transpose().det() - a.det()).abs() < 1e-12 * a.det().abs());
    }

    #[test]
    fn an_inverse_on_both_sides() {
        for n in [1, 2, 5, 13] {
            let a = sample(n, 0.4);
            let inverse = a.inverse().unwrap();
            assert_close(&a.mul(&inverse), &Mat::identity(a.rows), 1e-12);
            assert_close(&inverse.mul(&a), &Mat::identity(a.rows), 1e-12);
        }
        assert_eq!(Mat::from_row_major(2, 2, &[1.0, 2.0, 2.0, 4.0]).inverse(), None);
        assert_eq!(Mat::zeros(3, 3).inverse(), None);
        assert_eq!(Mat::zeros(0, 0).inverse(), Some(Mat::zeros(0, 0)));
    }

    #[test]
    fn cofactors_are_the_adjugate_transposed() {
        // A cof(A)ᵀ = det(A) I
        for n in [1, 2, 3, 7, 13] {
            let a = sample(n, 0.5);
            let identity = Mat::identity(a.rows).scaled(a.det());
            assert_close(&a.mul(&a.cofactor().transpose()), &identity, 1e-11 * a.det().abs().max(1.0));
        }
    }

    #[test]
    fn cofactors_of_singular_matrices() {
        // rank n − 1: A = Diag(1, 2, 3, 0) has the cofactor 6 in the last place
        let diagonal = Mat::from_fn(4, 4, |r, c| if r == c && r < 3 { [1.0, 2.0, 3.0][r] } else { 0.0 });
        assert_eq!(diagonal.cofactor(), Mat::from_fn(4, 4, |r, c| if (r, c) == (3, 3) { 6.0 } else { 0.0 }));
        // cof(P A Q) = cof(P) cof(A) cof(Q): the same matrix, no longer diagonal
        let (p, q) = (sample(4, 0.6), sample(4, 0.7));
        let expected = p.cofactor().mul(&diagonal.cofactor()).mul(&q.cofactor());
        assert_close(&p.mul(&diagonal).mul(&q).cofactor(), &expected, 1e-13);
        // rank n − 2: nothing is left
        let twice = Mat::from_fn(3, 3, |r, c| if r == 0 && c == 0 { 1.0 } else { 0.0 });
        assert_eq!(twice.cofactor().max_abs(), 0.0);
        assert_eq!(Mat::scalar(0.0).cofactor(), Mat::scalar(1.0));
    }

    #[test]
    fn cholesky_multiplies_back() {
        for n in [1, 3, 13] {
            let b = sample(n, 0.8);
            let a = b.mul(&b.transpose()).add(&Mat::identity(b.rows));
            let l = a.cholesky().unwrap();
            assert_close(&l.mul(&l.transpose()), &a, 1e-13 * a.max_abs());
            assert!(l.entries().all(|(r, c, v)| if r < c { v == 0.0 } else { r > c || v > 0.0 }));
        }
        assert_eq!(Mat::from_row_major(2, 2, &[1.0, 2.0, 2.0, 1.0]).cholesky(), None);
        assert_eq!(Mat::scalar(f64::NAN).cholesky(), None);
    }
}
