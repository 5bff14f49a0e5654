//! Sums, products and quotients of scalar functions of a matrix, here u = tr(AX) and v = ‖X‖².

use matgrad_tests::matrix;
use nalgebra::DMatrix;

textbook! {
    /// ∂ (u + v) = ∂u + ∂v
    sum [x] (x: &DMatrix<f64> = matrix(5, 3), a: &DMatrix<f64> = matrix(3, 5)) { x: "aᵀ + 2 x" }
        named { let u = (a * x).trace(); let v = x.norm_squared(); u + v }
        plain { (a * x).trace() + x.norm_squared() };

    /// ∂ (u v) = v ∂u + u ∂v
    product [x] (x: &DMatrix<f64> = matrix(5, 3), a: &DMatrix<f64> = matrix(3, 5)) { x: "‖x‖² aᵀ + 2 tr(a x) x" }
        plain { (a * x).trace() * x.norm_squared() };

    product_by_name
        [x]
        (x: &DMatrix<f64> = matrix(5, 3), a: &DMatrix<f64> = matrix(3, 5))
        { x: "‖x‖² aᵀ + 2 u x"; u: "tr(a x)" }
        named { let u = (a * x).trace(); let v = x.norm_squared(); u * v };

    product_of_forms
        [x]
        (x: &DMatrix<f64> = matrix(5, 3), a: &DMatrix<f64> = matrix(5, 3), b: &DMatrix<f64> = matrix(5, 3))
        { x: "sum(x ∘ b) a + sum(x ∘ a) b" }
        dot { x.dot(a) * x.dot(b) };

    /// ∂ (u / v) = ∂u / v − (u / v²) ∂v
    quotient
        [x]
        (x: &DMatrix<f64> = matrix(5, 3), a: &DMatrix<f64> = matrix(3, 5))
        { x: "aᵀ / ‖x‖² − 2 (tr(a x) / ‖x‖⁴) x" }
        plain { (a * x).trace() / x.norm_squared() };

    quotient_by_name
        [x]
        (x: &DMatrix<f64> = matrix(5, 3), a: &DMatrix<f64> = matrix(3, 5))
        { x: "aᵀ / ‖x‖² − 2 (u / ‖x‖⁴) x"; u: "tr(a x)" }
        named { let u = (a * x).trace(); let v = x.norm_squared(); u / v };

    /// ∂ (u / ‖X‖) = ∂u / ‖X‖ − (u / ‖X‖³) X
    quotient_by_norm
        [x]
        (x: &DMatrix<f64> = matrix(5, 3), a: &DMatrix<f64> = matrix(3, 5))
        { x: "aᵀ / ‖x‖ − (tr(a x) / ‖x‖³) x" }
        plain { (a * x).trace() / x.norm() }
        recip { (a * x).trace() * x.norm().recip() };
}
