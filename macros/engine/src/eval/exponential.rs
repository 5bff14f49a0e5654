//! The matrix exponential and its Fréchet derivative.

use super::Mat;

/// Terms of the series: `1 / 24! < 2⁻⁷⁸`, for matrices of norm at most 1.
const TERMS: u32 = 24;

impl Mat {
    /// `exp(A) = Σ Aᵏ / k!`, by the series of `A / 2ˢ`, squared `s` times.
    ///
    /// # Panics
    /// If `A` is not square.
    #[must_use]
    pub fn exp(&self) -> Self {
        assert_eq!(self.rows, self.cols, "the exponential of a {}×{} matrix", self.rows, self.cols);
        let norm = self.norm_inf();
        if !norm.is_finite() {
            return self.map(|_| f64::NAN);
        }
        let (mut scale, mut squarings) = (1.0, 0);
        while norm * scale > 1.0 {
            scale *= 0.5; // exact, but for subnormal entries
            squarings += 1;
        }
        let mut result = series(&self.scaled(scale));
        for _ in 0..squarings {
            result = result.mul(&result);
        }
        result
    }
}

/// `I + X (I + X/2 (I + X/3 (⋯)))`
fn series(x: &Mat) -> Mat {
    let identity = Mat::identity(x.rows);
    (1..=TERMS).rev().fold(identity.clone(), |inner, k| identity.add(&x.scaled(1.0 / f64::from(k)).mul(&inner)))
}

/// `L(X, E)`, the Fréchet derivative of the exponential at `X` in direction `E`:
///
/// ```text
/// exp [X E; 0 X] = [exp(X) L(X, E); 0 exp(X)]            [Higham, Functions of Matrices, (10.43)]
/// ```
///
/// # Panics
/// If `X` is not square, or `E` not of its shape.
#[must_use]
pub fn exp_frechet(x: &Mat, e: &Mat) -> Mat {
    assert_eq!(x.shape(), e.shape(), "a direction of another shape");
    let n = x.rows;
    // linear in E: of unit size it does not add to the squarings
    let size = e.max_abs();
    if size == 0.0 {
        return e.clone();
    }
    let block = Mat::from_fn(2 * n, 2 * n, |r, c| match (r < n, c < n) {
        (true, true) => x.at(r, c),
        (true, false) => e.at(r, c - n) / size,
        (false, true) => 0.0,
        (false, false) => x.at(r - n, c - n),
    });
    let exp = block.exp();
    Mat::from_fn(n, n, |r, c| size * exp.at(r, n + c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(n: usize, seed: f64) -> Mat {
        let mut at = seed;
        Mat::from_fn(n, n, |_, _| {
            at = (at * 1.7 + 0.9) % 2.0;
            at - 1.0
        })
    }

    fn assert_close(a: &Mat, b: &Mat, tolerance: f64) {
        assert!(a.sub(b).max_abs() <= tolerance, "{a:?}\n{b:?}");
    }

    #[test]
    fn exponential_of_a_diagonal() {
        let values = [-30.0, -1.0, 0.0, 0.5, 3.0, 7.0];
        let exp = Mat::from_fn(6, 6, |r, c| if r == c { values[r] } else { 0.0 }).exp();
        for (r, c, v) in exp.entries() {
            let expected = if r == c { values[r].exp() } else { 0.0 };
            assert!((v - expected).abs() <= 2e-14 * expected, "({r}, {c}): {v} {expected}");
        }
    }

    #[test]
    fn exponential_of_a_nilpotent() {
        // N³ = 0: exp(N) = I + N + N²/2
        let n = Mat::from_row_major(3, 3, &[0.0, 2.0, -5.0, 0.0, 0.0, 3.0, 0.0, 0.0, 0.0]);
        let expected = Mat::from_row_major(3, 3, &[1.0, 2.0, -2.0, 0.0, 1.0, 3.0, 0.0, 0.0, 1.0]);
        assert_close(&n.exp(), &expected, 1e-14);
        assert_eq!(Mat::zeros(4, 4).exp(), Mat::identity(4));
    }

    #[test]
    fn exponential_of_a_rotation() {
        for angle in [0.1, 1.0, 3.0, 10.0_f64] {
            let turn = Mat::from_row_major(2, 2, &[0.0, -angle, angle, 0.0]).exp();
            let expected = Mat::from_row_major(2, 2, &[angle.cos(), -angle.sin(), angle.sin(), angle.cos()]);
            assert_close(&turn, &expected, 2e-14);
        }
    }

    #[test]
    fn identities_of_the_exponential() {
        let a = sample(5, 0.3);
        let exp = a.exp();
        assert_close(&exp.mul(&a.scaled(-1.0).exp()), &Mat::identity(5), 1e-13);
        let trace: f64 = (0..5).map(|k| a.at(k, k)).sum();
        assert!((exp.det() - trace.exp()).abs() < 1e-13 * trace.exp()); // Jacobi
        assert_close(&a.transpose().exp(), &exp.transpose(), 1e-14 * exp.max_abs());
    }

    #[test]
    fn what_is_not_finite_stays_so() {
        assert!(Mat::scalar(f64::INFINITY).exp().max_abs().is_nan());
    }

    #[test]
    fn frechet_derivative_by_differences() {
        let (x, e, h) = (sample(5, 0.4), sample(5, 0.5).map(|v| v * v - 0.2), 1e-3);
        let at = |t: f64| x.add(&e.scaled(t)).exp();
        let near = at(h).sub(&at(-h)).scaled(8.0);
        let far = at(2.0 * h).sub(&at(-2.0 * h));
        let expected = near.sub(&far).scaled(1.0 / (12.0 * h));
        let derivative = exp_frechet(&x, &e);
        assert_close(&derivative, &expected, 1e-10 * expected.max_abs());
        assert_close(&exp_frechet(&x, &e.scaled(1e9)), &derivative.scaled(1e9), 1e-13 * 1e9 * derivative.max_abs());
    }

    #[test]
    fn frechet_derivative_along_itself() {
        // X commutes with itself: L(X, X) = X exp(X)
        let x = sample(4, 0.6);
        assert_close(&exp_frechet(&x, &x), &x.mul(&x.exp()), 1e-13);
        assert_eq!(exp_frechet(&x, &Mat::zeros(4, 4)), Mat::zeros(4, 4));
    }
}
