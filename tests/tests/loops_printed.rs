//! Loops that have a matrix form print as that form: the same formulas as the function written with matrices.
#![allow(missing_docs)]

use matgrad_engine::explain;

/// What stands between the brackets of the attribute, the parameters, the loop, the matrix form.
const PAIRS: &[[&str; 4]] = &[
    [
        "w",
        "w: &SVector<f64, 3>, x: &SMatrix<f64, 7, 3>, y: &SVector<f64, 7>",
        "let mut s = 0.0; for i in 0..7 { let r = x.row(i).transpose().dot(w) - y[i]; s += r * r; } s",
        "(x * w - y).norm_squared()",
    ],
    [
        "w",
        "w: &SVector<f64, 3>, x: &SMatrix<f64, 7, 3>, y: &SVector<f64, 7>",
        "let mut s = 0.0; for i in 0..7 { s += (1.0 + (-y[i] * x.row(i).transpose().dot(w)).exp()).ln(); } s",
        "(-y.component_mul(&(x * w))).map(matgrad::softplus).sum()",
    ],
    [
        "x, a",
        "x: &SVector<f64, 5>, a: &SMatrix<f64, 5, 3>, y: &SVector<f64, 3>",
        "let mut s = 0.0; for i in 0..5 { for j in 0..3 { s += x[i] * a[(i, j)] * y[j]; } } s",
        "x.dot(&(a * y))",
    ],
    [
        "a",
        "a: &SMatrix<f64, 5, 3>, b: &SMatrix<f64, 3, 2>",
        "let mut c = SMatrix::<f64, 5, 2>::zeros(); for i in 0..5 { for j in 0..2 { for k in 0..3 { c[(i, j)] += a[(i, k)] * b[(k, j)]; } } } c.norm_squared()",
        "(a * b).norm_squared()",
    ],
    ["x", "x: &DVector<f64>", "let mut s = 0.0; for v in x.iter() { s += v.exp(); } s.ln()", "x.map(|v| v.exp()).sum().ln()"],
    ["x", "x: &DVector<f64>", "x.iter().map(|v| v.powi(2)).sum::<f64>()", "x.norm_squared()"],
    ["x", "x: &DVector<f64>", "x.iter().fold(0.0, |s, v| s + v.sin())", "x.map(|v| v.sin()).sum()"],
    [
        "w",
        "w: &DVector<f64>, y: &DVector<f64>",
        "assert_eq!(w.len(), y.len()); w.iter().zip(y.iter()).map(|(a, b)| a * b).sum::<f64>()",
        "w.dot(y)",
    ],
    [
        "x",
        "x: &DMatrix<f64>, c: &DVector<f64>",
        "let mut d = 0.0; for r in x.row_iter() { d += (r - c.transpose()).norm_squared(); } d",
        "(x - DVector::from_element(x.nrows(), 1.0) * c.transpose()).norm_squared()",
    ],
    [
        "x",
        "x: &DVector<f64>, t: &DVector<f64>",
        "let mut e = DVector::zeros(x.len()); for i in 0..x.len() { e[i] = x[i].exp(); } let total = e.sum(); for i in 0..x.len() { e[i] /= total; } e.dot(t)",
        "matgrad::softmax(x).dot(t)",
    ],
    [
        "w",
        "w: &DVector<f64>, lambda: f64",
        "let mut s = 0.0; for i in 0..w.len() { s += lambda * (w[i].exp() + w[i].cosh()); } s",
        "lambda * (w.map(|t| t.exp()).sum() + w.map(|t| t.cosh()).sum())",
    ],
    [
        "x",
        "x: &DMatrix<f64>",
        "let mut c = DMatrix::zeros(x.ncols(), x.ncols()); for i in 0..x.nrows() { c += x.row(i).transpose() * x.row(i); } c.norm_squared()",
        "(x.transpose() * x).norm_squared()",
    ],
];

fn formulas(attribute: &str, parameters: &str, body: &str) -> (String, Vec<(String, String)>) {
    let item = format!("fn f({parameters}) -> f64 {{ {body} }}");
    let report = explain(attribute.parse().unwrap(), item.parse().unwrap());
    let report =
        report.unwrap_or_else(|errors| panic!("{body}: {:?}", errors.as_slice().iter().map(|e| &e.message).collect::<Vec<_>>()));
    (report.value, report.gradients)
}

#[test]
fn loops_print_as_their_matrix_form() {
    let mut apart = Vec::new();
    for [attribute, parameters, by_loop, by_matrices] in PAIRS {
        let (found, expected) = (formulas(attribute, parameters, by_loop), formulas(attribute, parameters, by_matrices));
        if found != expected {
            apart.push(format!("{by_loop}\n    {found:?}\n    {expected:?}"));
        }
    }
    assert!(apart.is_empty(), "{}", apart.join("\n"));
}
