//! Scalar functions of a matrix: norms, traces, forms.

use matgrad_tests::{matrix, vector};
use nalgebra::{DMatrix, DVector, SMatrix, SVector};

textbook! {
    /// ∂ ‖A‖² = 2 A
    frobenius [a] (a: &DMatrix<f64> = matrix(5, 3)) { a: "2 a" }
        norm_squared { a.norm_squared() }
        norm { a.norm().powi(2) }
        dot { a.dot(a) }
        component_mul { a.component_mul(a).sum() }
        mapped { a.map(|t| t.powi(2)).sum() };

    /// ∂ tr(XXᵀ) = 2 X
    gram [x] (x: &DMatrix<f64> = matrix(5, 3)) { x: "2 x" }
        outer { (x * x.transpose()).trace() }
        inner { (x.transpose() * x).trace() }
        tr_mul { x.tr_mul(x).trace() }
        diagonal { (x.transpose() * x).diagonal().sum() };

    gram_of_few [x] (x: &SMatrix<f64, 5, 3> = matrix(5, 3)) { x: "2 x" }
        norm_squared { x.norm_squared() }
        outer { (x * x.transpose()).trace() }
        inner { (x.transpose() * x).trace() };

    /// ∂ tr(XA) = Aᵀ
    trace_of_product [x] (x: &DMatrix<f64> = matrix(5, 3), a: &DMatrix<f64> = matrix(3, 5)) { x: "aᵀ" }
        left { (x * a).trace() }
        right { (a * x).trace() }
        dot { x.dot(&a.transpose()) }
        tr_dot { x.tr_dot(a) };

    /// ∂ tr(XᵀA) = A
    inner_product [x] (x: &DMatrix<f64> = matrix(5, 3), a: &DMatrix<f64> = matrix(5, 3)) { x: "a" }
        left { (x.transpose() * a).trace() }
        right { (a.transpose() * x).trace() }
        tr_mul { x.tr_mul(a).trace() }
        dot { x.dot(a) }
        component_mul { x.component_mul(a).sum() };

    inner_product_of_few [x] (x: &SMatrix<f64, 5, 3> = matrix(5, 3), a: &SMatrix<f64, 5, 3> = matrix(5, 3)) { x: "a" }
        left { (x.transpose() * a).trace() }
        dot { a.dot(x) };

    /// ∂ tr(XAXᵀ) = X Aᵀ + X A, factored
    form_of_rows [x] (x: &DMatrix<f64> = matrix(5, 3), a: &DMatrix<f64> = matrix(3, 3)) { x: "x (a + aᵀ)" }
        trace { (x * a * x.transpose()).trace() }
        dot { (x * a).dot(x) };

    /// ∂ tr(XᵀAX) = (A + Aᵀ) X
    form_of_columns [x] (x: &DMatrix<f64> = matrix(3, 5), a: &DMatrix<f64> = matrix(3, 3)) { x: "(a + aᵀ) x" }
        trace { (x.transpose() * a * x).trace() }
        tr_mul { (x.tr_mul(a) * x).trace() }
        dot { x.dot(&(a * x)) };

    /// ∂ tr(AXB) = Aᵀ Bᵀ
    trace_of_three
        [x]
        (x: &DMatrix<f64> = matrix(5, 3), a: &DMatrix<f64> = matrix(7, 5), b: &DMatrix<f64> = matrix(3, 7))
        { x: "aᵀ bᵀ" }
        trace { (a * x * b).trace() }
        bracketed { (a * (x * b)).trace() };

    /// ∂ tr(AXᵀB) = B A
    trace_of_three_transposed
        [x]
        (x: &DMatrix<f64> = matrix(5, 3), a: &DMatrix<f64> = matrix(7, 3), b: &DMatrix<f64> = matrix(5, 7))
        { x: "b a" }
        trace { (a * x.transpose() * b).trace() }
        bracketed { (a * x.tr_mul(b)).trace() };

    /// ∂ tr(X²) = 2 Xᵀ
    trace_of_square [x] (x: &DMatrix<f64> = matrix(5, 5)) { x: "2 xᵀ" }
        product { (x * x).trace() }
        power { x.pow(2).trace() };

    /// ∂ aᵀXb = a bᵀ
    bilinear_form
        [x]
        (x: &DMatrix<f64> = matrix(5, 3), a: &DVector<f64> = vector(5), b: &DVector<f64> = vector(3))
        { x: "a bᵀ" }
        transposed { (a.transpose() * x * b).to_scalar() }
        dot { a.dot(&(x * b)) }
        tr_mul { (a.tr_mul(x) * b)[0] };

    bilinear_form_of_few
        [x]
        (x: &SMatrix<f64, 5, 3> = matrix(5, 3), a: &SVector<f64, 5> = vector(5), b: &SVector<f64, 3> = vector(3))
        { x: "a bᵀ" }
        transposed { (a.transpose() * x * b).to_scalar() }
        dot { a.dot(&(x * b)) };

    /// ∂ aᵀXᵀb = b aᵀ
    transposed_bilinear_form
        [x]
        (x: &DMatrix<f64> = matrix(5, 3), a: &DVector<f64> = vector(3), b: &DVector<f64> = vector(5))
        { x: "b aᵀ" }
        transposed { (a.transpose() * x.transpose() * b).to_scalar() }
        dot { a.dot(&x.tr_mul(b)) };

    /// ∂ aᵀ exp(Xb) = (a ∘ exp(Xb)) bᵀ, exp of every entry
    exponential_form
        [x]
        (x: &DMatrix<f64> = matrix(5, 3), a: &DVector<f64> = vector(5), b: &DVector<f64> = vector(3))
        { x: "(a ∘ exp(x b)) bᵀ" }
        path { a.dot(&(x * b).map(f64::exp)) }
        closure { a.dot(&(x * b).map(|t| t.exp())) }
        transposed { (a.transpose() * (x * b).map(|t| t.exp())).to_scalar() }
        component_mul { a.component_mul(&(x * b).map(|t| t.exp())).sum() };

    /// ∂ f(AXB) = Aᵀ ∂f/∂Y Bᵀ, here f(Y) = ‖Y − C‖²
    function_of_product
        [x]
        (
            x: &DMatrix<f64> = matrix(5, 3),
            a: &DMatrix<f64> = matrix(7, 5),
            b: &DMatrix<f64> = matrix(3, 2),
            c: &DMatrix<f64> = matrix(7, 2)
        )
        { x: "2 aᵀ (a x b − c) bᵀ" }
        norm_squared { (a * x * b - c).norm_squared() };

    function_of_product_by_residual
        [x]
        (
            x: &DMatrix<f64> = matrix(5, 3),
            a: &DMatrix<f64> = matrix(7, 5),
            b: &DMatrix<f64> = matrix(3, 2),
            c: &DMatrix<f64> = matrix(7, 2)
        )
        { x: "2 aᵀ r bᵀ"; r: "a x b − c" }
        norm_squared { let r = a * x * b - c; r.norm_squared() }
        dot { let r = a * x * b - c; r.dot(&r) }
        trace { let r = a * x * b - c; (r.transpose() * &r).trace() };

    /// ∂ (1/2n) ‖X − XW‖² = −(1/n) Xᵀ (X − XW)
    regression_on_itself [w] (w: &DMatrix<f64> = matrix(3, 3), x: &DMatrix<f64> = matrix(5, 3)) { w: "−xᵀ (x − x w) / p" }
        quotient { (x - x * w).norm_squared() / (2.0 * x.nrows() as f64) }
        share { 0.5 / x.nrows() as f64 * (x - x * w).norm_squared() }
        share_first { (1.0 / (2.0 * x.nrows() as f64)) * (x - x * w).norm_squared() };
}
