// Worked examples of the texts, each with where it is from.
export const gallery = [
  ["Least squares", `use matgrad::grad;
use nalgebra::{DMatrix, DVector};

/// Mean squared error of a linear model.
#[grad(w)]
fn mse(w: &DVector<f64>, x: &DMatrix<f64>, y: &DVector<f64>) -> f64 {
    (x * w - y).norm_squared() / y.len() as f64
}
`],
  ["Logistic regression", `/// Labels are 1 and −1.
#[grad(w)]
#[hessian(w)]
fn logistic(w: &DVector<f64>, x: &DMatrix<f64>, y: &DVector<f64>) -> f64 {
    y.component_mul(&(x * w)).map(|m| (1.0 + (-m).exp()).ln()).sum()
}
`],
  ["Softmax regression", `/// Cross entropy of classes in one-hot rows, with a ridge.
#[grad(w, b)]
fn loss(w: &DMatrix<f64>, b: &RowDVector<f64>, x: &DMatrix<f64>, y: &DMatrix<f64>) -> f64 {
    let ones = DVector::from_element(x.nrows(), 1.0);
    let scores = x * w + ones * b;
    matgrad::log_sum_exp_rows(&scores).sum() - y.dot(&scores) + 0.5 * w.norm_squared()
}
`],
  ["Gaussian likelihood", `/// Negative log likelihood of one observation (Petersen & Pedersen, The Matrix Cookbook, 8.1).
#[grad(m, s, spd(s))]
fn gaussian(x: &DVector<f64>, m: &DVector<f64>, s: &DMatrix<f64>) -> Option<f64> {
    let r = x - m;
    let c = s.clone().cholesky()?;
    Some(0.5 * (c.ln_determinant() + r.dot(&c.solve(&r))))
}
`],
  ["Quadratic form", `/// (a + aᵀ) x, and 2 a x once a is declared symmetric (Cookbook, 81).
#[grad(x, a)]
fn quadratic(x: &DVector<f64>, a: &DMatrix<f64>) -> f64 {
    x.dot(&(a * x))
}
`],
  ["Determinant", `/// Cookbook, 49 and 57.
#[grad(x)]
fn determinant(x: &DMatrix<f64>) -> f64 {
    x.determinant()
}

#[grad(x)]
fn log_determinant(x: &DMatrix<f64>) -> f64 {
    matgrad::ln_det(x)
}
`],
  ["Trace of an inverse", `/// Cookbook, 124: −(x⁻¹ b a x⁻¹)ᵀ.
#[grad(x)]
fn trace_of_inverse(a: &DMatrix<f64>, x: &DMatrix<f64>, b: &DMatrix<f64>) -> Option<f64> {
    Some((a * x.clone().try_inverse()? * b).trace())
}
`],
  ["Matrix factorization", `/// A low-rank model of a table, where a mask says what was seen.
#[grad(u, v)]
fn factorization(u: &DMatrix<f64>, v: &DMatrix<f64>, a: &DMatrix<f64>, mask: &DMatrix<f64>, lambda: f64) -> f64 {
    mask.component_mul(&(u * v.transpose() - a)).norm_squared() + lambda * (u.norm_squared() + v.norm_squared())
}
`],
  ["Two-layer network", `#[grad(w1, b1, w2)]
fn network(w1: &DMatrix<f64>, b1: &DVector<f64>, w2: &DVector<f64>, x: &DVector<f64>, y: f64) -> f64 {
    let hidden = (w1 * x + b1).map(|t| t.tanh());
    (w2.dot(&hidden) - y).powi(2)
}
`],
  ["A residual and its Jacobian", `/// Exponential decay, for Gauss and Newton.
#[jacobian(b)]
fn residual(b: &Vector2<f64>, t: &DVector<f64>, y: &DVector<f64>) -> DVector<f64> {
    t.map(|t| b[0] * (-b[1] * t).exp()) - y
}
`],
  ["Rosenbrock", `#[grad(x)]
#[hessian(x)]
fn rosenbrock(x: &Vector2<f64>) -> f64 {
    100.0 * (x[1] - x[0] * x[0]).powi(2) + (1.0 - x[0]).powi(2)
}
`],
  ["A loop", `/// Steps of an explicit integrator; the gradient runs them backwards.
#[grad(rate, start)]
fn decay(rate: f64, start: &Vector2<f64>) -> f64 {
    let mut state = *start;
    for _ in 0..20 {
        state += 0.1 * Vector2::new(-rate * state[0], rate * state[0] * state[1]);
    }
    state.norm_squared()
}
`],
  ["Refused", `/// What is wrong is underlined, and said below.
#[grad(w)]
fn rounded(w: &DVector<f64>, x: &DMatrix<f64>) -> f64 {
    (x * w).map(|t| t.floor()).sum() + w.mystery()
}
`],
];
