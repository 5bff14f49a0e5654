//! The worked Jacobians and Hessians of the textbooks, as they are printed there.

use matgrad_engine::explain_as;
use matgrad_engine::parse::Derivative;

/// The last formula that an attribute documents: the Jacobian or the Hessian.
#[track_caller]
fn prints(derivative: Derivative, by: &str, function: &str, expected: &str) {
    documents(derivative, by, function, expected, &[]);
}

/// The same, and what the names in it stand for.
#[track_caller]
fn documents(derivative: Derivative, by: &str, function: &str, expected: &str, names: &[(&str, &str)]) {
    let report = explain_as(derivative, by.parse().unwrap(), format!("fn f{function}").parse().unwrap()).expect("a derivation");
    let found: Vec<(&str, &str)> = report.definitions.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert_eq!(found, names, "what names stand for");
    assert_eq!(all(derivative, by, function).pop().as_deref(), Some(expected));
}

/// The blocks of a Hessian, or a Jacobian.
fn all(derivative: Derivative, by: &str, function: &str) -> Vec<String> {
    let report = explain_as(derivative, by.parse().unwrap(), format!("fn f{function}").parse().unwrap()).expect("a derivation");
    report.results.iter().map(|(left, right)| format!("{left} = {right}")).collect()
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

#[test]
fn derivatives_by_a_number() {
    let by = |function: &str, expected: &str| prints(Derivative::Jacobian, "t", function, expected);
    // d A(t) B(t) / dt, for A(t) = sin(t) A and B(t) = exp(t) B
    by(
        "(t: f64, a: &DMatrix<f64>, b: &DMatrix<f64>) -> DMatrix<f64> { (a * t.sin()) * (b * t.exp()) }",
        "∂f/∂t = exp(t) (cos(t) + sin(t)) a b",
    );
    // d a(t)ᵀ B(t) / dt
    by(
        "(t: f64, a: &DVector<f64>, b: &DMatrix<f64>) -> RowDVector<f64> { (a * t).transpose() * (b * t.cos()) }",
        "∂f/∂t = (cos(t) − t sin(t)) aᵀ b",
    );
    // d A(f(t)) / dt = A′(f(t)) f′(t)
    by("(t: f64, a: &DMatrix<f64>) -> DMatrix<f64> { a * t.sin() }", "∂f/∂t = cos(t) a");
    let inverse = "(t: f64, a: &DMatrix<f64>, c: &DMatrix<f64>) -> Option<DMatrix<f64>> { (a + t * c).try_inverse() }";
    documents(Derivative::Jacobian, "t", inverse, "∂f/∂t = −r c r", &[("r", "(a + t c)⁻¹")]);
}

#[test]
fn jacobians_of_compositions() {
    documents(
        Derivative::Jacobian,
        "x",
        "(x: &DVector<f64>, a: &DMatrix<f64>, b: &DMatrix<f64>) -> DVector<f64> { (b * (a * x).map(|t| t.tanh())).map(|t| t.exp()) }",
        "∂f/∂x = Diag(exp(t)) b Diag(1 − r ∘ r) a",
        &[("r", "tanh(a x)"), ("t", "b r")],
    );
    let by = |function: &str, expected: &str| prints(Derivative::Jacobian, "x", function, expected);
    by("(x: &DMatrix<f64>) -> DVector<f64> { DVector::from_column_slice(x.as_slice()) }", "∂f/∂vec(x) = I");
    by("(x: &DVector<f64>) -> DVector<f64> { x.map(|t| t * t) }", "∂f/∂x = 2 Diag(x)");
    by("(x: &DVector<f64>, a: &DVector<f64>) -> f64 { a.dot(x) }", "∂f/∂x = aᵀ");
    by("(x: &DVector<f64>) -> DVector<f64> { x / x.norm() }", "∂f/∂x = I / ‖x‖ − x xᵀ / ‖x‖³");
}

#[test]
fn hessians_of_two_variables() {
    let form = "(x: f64, y: f64) -> f64 { x * x + x * y + y * y }";
    let blocks = ["∂²f/∂x² = 2", "∂²f/∂x∂y = 1", "∂²f/∂y∂x = 1", "∂²f/∂y² = 2"];
    assert_eq!(all(Derivative::Hessian, "x, y", form), blocks);
    let bell = "(x: f64, y: f64) -> f64 { (x * y).exp() }";
    let blocks = ["∂²f/∂x² = r y²", "∂²f/∂x∂y = r (x y + 1)", "∂²f/∂y∂x = r (x y + 1)", "∂²f/∂y² = r x²"];
    assert_eq!(all(Derivative::Hessian, "x, y", bell), blocks);
    let by = |function: &str, expected: &str| prints(Derivative::Hessian, "x", function, expected);
    by("(x: &DVector<f64>) -> f64 { x.norm_squared() }", "∂²f/∂x² = 2 I");
    by("(x: &DMatrix<f64>) -> f64 { matgrad::ln_det(x) }", "∂²f/∂vec(x)∂vec(x) = −(x⁻¹ ⊗ x⁻ᵀ) K");
}
