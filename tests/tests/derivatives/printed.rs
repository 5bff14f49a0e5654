//! The worked Jacobians and Hessians of the textbooks, as they are printed there.

use matgrad_engine::explain_as;
use matgrad_engine::parse::Derivative;

/// The last formula that an attribute documents: the Jacobian or the Hessian.
#[track_caller]
fn prints(derivative: Derivative, by: &str, function: &str, expected: &str) {
    let report = explain_as(derivative, by.parse().unwrap(), format!("fn f{function}").parse().unwrap()).expect("a derivation");
    let (left, right) = report.results.last().cloned().expect("a result");
    assert_eq!(report.definitions, [], "no names are needed");
    assert_eq!(format!("{left} = {right}"), expected);
}

#[test]
fn jacobians() {
    let by = |p: &str, function: &str, expected: &str| prints(Derivative::Jacobian, p, function, expected);
    by("x", "(x: &DVector<f64>) -> DVector<f64> { x.clone() }", "∂f/∂x = I");
    by("x", "(a: &DMatrix<f64>, x: &DVector<f64>) -> DVector<f64> { a * x }", "∂f/∂x = a");
    by("x", "(a: &DMatrix<f64>, x: &DVector<f64>) -> RowDVector<f64> { x.transpose() * a }", "∂f/∂x = aᵀ");
    by("x", "(a: &DMatrix<f64>, x: &DMatrix<f64>, b: &DMatrix<f64>) -> DMatrix<f64> { a * x * b }", "∂vec(f)/∂vec(x) = bᵀ ⊗ a");
    by("x", "(x: &DMatrix<f64>) -> DMatrix<f64> { x.transpose() }", "∂vec(f)/∂vec(x) = K");
    by("x", "(x: &DMatrix<f64>) -> DMatrix<f64> { x.transpose() * x }", "∂vec(f)/∂vec(x) = (xᵀ ⊗ I) K + I ⊗ xᵀ");
    by("w", "(w: &DMatrix<f64>, x: &DVector<f64>) -> DVector<f64> { w * x }", "∂f/∂vec(w) = xᵀ ⊗ I");
    by("x", "(a: &DMatrix<f64>, x: &DVector<f64>) -> DVector<f64> { (a * x).map(|t| t.exp()) }", "∂f/∂x = Diag(exp(a x)) a");
    by("a", "(a: &DMatrix<f64>) -> Option<DMatrix<f64>> { a.clone().try_inverse() }", "∂vec(f)/∂vec(a) = −a⁻ᵀ ⊗ a⁻¹");
    by("t", "(t: f64, a: &DMatrix<f64>, b: &DMatrix<f64>) -> DMatrix<f64> { a * t.sin() * b }", "∂f/∂t = cos(t) a b");
}

#[test]
fn hessians() {
    let by = |p: &str, function: &str, expected: &str| prints(Derivative::Hessian, p, function, expected);
    by("x", "(a: &DMatrix<f64>, b: &DVector<f64>, x: &DVector<f64>) -> f64 { x.dot(&(a * x)) + b.dot(x) }", "∂²f/∂x² = a + aᵀ");
    by("w", "(x: &DMatrix<f64>, y: &DVector<f64>, w: &DVector<f64>) -> f64 { (x * w - y).norm_squared() }", "∂²f/∂w² = 2 xᵀ x");
    by(
        "u",
        "(m: &DMatrix<f64>, u: &DMatrix<f64>, v: &DMatrix<f64>) -> f64 { (m - u * v.transpose()).norm_squared() }",
        "∂²f/∂vec(u)∂vec(u) = 2 ((vᵀ v) ⊗ I)",
    );
    by("a", "(a: &DMatrix<f64>) -> f64 { a.determinant() }", "∂²f/∂vec(a)∂vec(a) = det(a) (vec(a⁻ᵀ) vec(a⁻ᵀ)ᵀ − K (a⁻ᵀ ⊗ a⁻¹))");
    by("x, y", "(x: f64, y: f64) -> f64 { x * x * y + y * y * y }", "∂²f/∂y² = 6 y");
}
