//! The whole of what is documented.

use matgrad_engine::emit::Report;

#[track_caller]
fn assert_documented(report: &Report, equations: &[&str], shapes: &[(&str, &str)]) {
    assert_eq!(report.equations(), equations);
    let found: Vec<(&str, &str)> = report.shapes.iter().map(|(name, shape)| (name.as_str(), shape.as_str())).collect();
    assert_eq!(found, shapes);
}

#[test]
fn logistic_regression() {
    let report = crate::report(
        "w",
        "fn logistic(w: &DVector<f64>, x: &DMatrix<f64>, y: &DVector<f64>) -> f64 {
            y.component_mul(&(x * w)).map(|m| (1.0 + (-m).exp()).ln()).sum()
        }",
    );
    assert_documented(
        &report,
        &[
            "logistic     = sum(ln(1 + exp(−m)))",
            "d logistic   = −(y ∘ σ(−m))ᵀ x dw",
            "∂logistic/∂w = −xᵀ (y ∘ σ(−m))",
            "where m = y ∘ (x w)",
        ],
        &[("w", "p"), ("x", "n×p"), ("y", "n")],
    );
}

#[test]
fn two_gradients() {
    let report = crate::report(
        "x, a",
        "fn f(x: &SVector<f32, 5>, a: &SMatrix<f32, 3, 5>, b: &SVector<f32, 3>) -> f32 { (a * x - b).norm_squared() }",
    );
    assert_documented(
        &report,
        &["f     = ‖r‖²", "df    = 2 rᵀ a dx + tr(2 x rᵀ da)", "∂f/∂x = 2 aᵀ r", "∂f/∂a = 2 r xᵀ", "where r = a x − b"],
        &[("x", "5"), ("a", "3×5"), ("b", "3")],
    );
}

#[test]
fn sizes_by_their_names() {
    let report = crate::report(
        "w",
        "fn form<const N: usize, const M: usize>(w: &SMatrix<f64, N, M>, x: &RowSVector<f64, N>, y: &SVector<f64, M>) -> f64 {
            (x * w * y).x
        }",
    );
    assert_documented(
        &report,
        &["form     = x w y", "d form   = tr(y x dw)", "∂form/∂w = xᵀ yᵀ"],
        &[("w", "N×M"), ("x", "1×N"), ("y", "M")],
    );
}

#[test]
fn factors_of_sums_that_begin_with_a_quotient() {
    let report = crate::report("x", "fn f(x: &DVector<f64>) -> f64 { x.dot(x) / x.norm().powi(2) }");
    assert_documented(
        &report,
        &["f     = xᵀ x / ‖x‖²", "df    = 2 (1 / ‖x‖² − xᵀ x / ‖x‖⁴) xᵀ dx", "∂f/∂x = 2 (1 / ‖x‖² − xᵀ x / ‖x‖⁴) x"],
        &[("x", "n")],
    );
}

#[test]
fn exponents_that_are_code() {
    let report = crate::report("x", "fn f(x: f64, n: i32, k: usize) -> f64 { x.powi(n - 1) * k as f64 }");
    assert_documented(
        &report,
        &["f     = k x^(n - 1)", "df    = k (n - 1) x^((n - 1) − 1) dx", "∂f/∂x = k (n - 1) x^((n - 1) − 1)"],
        &[],
    );
}

#[test]
fn what_cancels_in_derivatives() {
    let report = crate::report("x", "fn f(x: f64) -> f64 { x.sqrt() * x.sqrt() }");
    assert_documented(&report, &["f     = √x √x", "df    = 1 dx", "∂f/∂x = 1"], &[]);
}
