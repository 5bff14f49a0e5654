//! Determinants, inverses, exponentials.

use matgrad_tests::{matrix, vector};
use nalgebra::{DMatrix, DVector, Matrix3};

use crate::regular;

textbook! {
    /// ∂ det X = det(X) X⁻ᵀ
    determinant [x] (x: &DMatrix<f64> = regular(5)) { x: "det(x) x⁻ᵀ" }
        method { x.determinant() }
        named { let d = x.determinant(); 1.0 * d };

    determinant_of_few [x] (x: &Matrix3<f64> = matrix(3, 3)) { x: "det(x) x⁻ᵀ" }
        method { x.determinant() };

    /// ∂ ln det X = X⁻ᵀ
    log_determinant [x] (x: &DMatrix<f64> = regular(5)) { x: "x⁻ᵀ" }
        method { x.determinant().ln() }
        absolute { x.determinant().abs().ln() }
        function { matgrad::ln_det(x) }
        factored { x.clone().lu().determinant().ln() };

    /// ∂ tr(A X⁻¹ B) = −(X⁻¹ B A X⁻¹)ᵀ
    trace_of_inverse
        [x]
        (x: &DMatrix<f64> = regular(5), a: &DMatrix<f64> = matrix(3, 5), b: &DMatrix<f64> = matrix(5, 3))
        { x: "−(x⁻¹ b a x⁻¹)ᵀ" }
        try_inverse { (a * x.clone().try_inverse().unwrap() * b).trace() }
        solve { (a * x.clone().lu().solve(b).unwrap()).trace() };

    /// ∂ aᵀ X⁻¹ b = −X⁻ᵀ a bᵀ X⁻ᵀ
    form_of_inverse
        [x]
        (x: &DMatrix<f64> = regular(5), a: &DVector<f64> = vector(5), b: &DVector<f64> = vector(5))
        { x: "−x⁻ᵀ a (x⁻¹ b)ᵀ" }
        try_inverse { a.dot(&(x.clone().try_inverse().unwrap() * b)) }
        solve { a.dot(&x.clone().lu().solve(b).unwrap()) };

    /// ∂ tr exp X = (exp X)ᵀ
    exponential [x] (x: &DMatrix<f64> = matrix(5, 5)) { x: "exp(x)ᵀ" }
        method { x.exp().trace() }
        named { let e = x.exp(); e.trace() };

    /// ∂ (tr exp(W ∘ W) − d) = 2 exp(W ∘ W)ᵀ ∘ W
    acyclicity [w] (w: &DMatrix<f64> = matrix(5, 5)) { w: "2 (w ∘ exp(w ∘ w)ᵀ)" }
        component_mul { w.component_mul(w).exp().trace() - w.nrows() as f64 }
        mapped { w.map(|t| t * t).exp().trace() - w.ncols() as f64 };
}
