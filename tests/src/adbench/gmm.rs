//! A mixture of Gaussians, by its logarithms of weights, its means, and the triangular factors of its inverse covariances.

use matgrad::grad;
use nalgebra::{DMatrix, DVector};

/// The logarithm of the likelihood, up to what does not depend on parameters. A column of `icf` holds the logarithms of the diagonal of a
/// factor, and then what is under it, column by column.
#[grad(alphas, means, icf)]
pub fn log_likelihood(
    alphas: &DVector<f64>,
    means: &DMatrix<f64>,
    icf: &DMatrix<f64>,
    x: &DMatrix<f64>,
    gamma: f64,
    m: usize,
) -> f64 {
    let (d, k) = (means.nrows(), means.ncols());
    let n = x.ncols();
    let mut terms = DMatrix::<f64>::zeros(n, k);
    let mut prior = 0.0;
    for j in 0..k {
        let mut q = DMatrix::<f64>::zeros(d, d);
        let mut sum = 0.0;
        for c in 0..d {
            q[(c, c)] = icf[(c, j)].exp();
            sum += icf[(c, j)];
            let below = d + c * d - c * (c + 1) / 2;
            for r in c + 1..d {
                q[(r, c)] = icf[(below + r - c - 1, j)];
            }
        }
        let y = &q * (x - means.column(j) * DVector::from_element(n, 1.0).transpose());
        let distances = y.component_mul(&y).row_sum().transpose();
        terms.set_column(j, &(distances * -0.5).add_scalar(alphas[j] + sum));
        prior += 0.5 * gamma * gamma * q.norm_squared() - m as f64 * sum;
    }
    matgrad::log_sum_exp_rows(&terms).sum() - n as f64 * matgrad::log_sum_exp(alphas) + prior
}

/// What the log-likelihood of ADBench has beside: it depends on no parameter.
#[must_use]
pub fn constant(d: usize, k: usize, n: usize, gamma: f64, m: usize) -> f64 {
    let nu = (d + m + 1) as f64;
    let half = |two: usize| ln_gamma_of_half(two);
    let ln_multivariate: f64 = (1..=d).map(|j| half(d + m + 2 - j)).sum::<f64>();
    let ln_multivariate = 0.25 * (d * (d - 1)) as f64 * std::f64::consts::PI.ln() + ln_multivariate;
    let wishart = nu * d as f64 * (gamma.ln() - 0.5 * 2.0_f64.ln()) - ln_multivariate;
    -0.5 * (n * d) as f64 * (2.0 * std::f64::consts::PI).ln() - k as f64 * wishart
}

/// `ln Γ(n / 2)`
fn ln_gamma_of_half(n: usize) -> f64 {
    let first = if n.is_multiple_of(2) { 0.0 } else { 0.5 * std::f64::consts::PI.ln() };
    let least = if n.is_multiple_of(2) { 2 } else { 1 };
    first + (least..n).step_by(2).map(|i| (0.5 * i as f64).ln()).sum::<f64>()
}

/// An instance.
pub struct Mixture {
    /// The parameters.
    pub parameters: (DVector<f64>, DMatrix<f64>, DMatrix<f64>),
    /// The points, a column each.
    pub x: DMatrix<f64>,
    /// Of the prior.
    pub gamma: f64,
    /// Of the prior.
    pub m: usize,
}

/// Reads an instance.
///
/// # Panics
/// If the text is none.
#[must_use]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sizes")]
pub fn read(text: &str) -> Mixture {
    let all = super::numbers(text);
    let (d, k, n) = (all[0] as usize, all[1] as usize, all[2] as usize);
    let z = d * (d + 1) / 2;
    let mut rest = &all[3..];
    let mut take = |rows: usize, cols: usize| {
        let (these, others) = rest.split_at(rows * cols);
        rest = others;
        DMatrix::from_column_slice(rows, cols, these)
    };
    let (alphas, means, icf, x) = (take(k, 1), take(d, k), take(z, k), take(d, n));
    let wishart = take(2, 1);
    Mixture { parameters: (alphas.column(0).into_owned(), means, icf), x, gamma: wishart[0], m: wishart[1] as usize }
}
