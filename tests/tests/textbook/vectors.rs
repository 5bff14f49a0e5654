//! Linear and quadratic forms, and least squares.

use matgrad_tests::{matrix, positive, vector};
use nalgebra::{DMatrix, DVector, RowDVector, SMatrix, SVector};

use crate::symmetric;

textbook! {
    /// ∂ xᵀx = 2 x
    self_product [x] (x: &DVector<f64> = vector(5)) { x: "2 x" }
        dot { x.dot(x) }
        norm_squared { x.norm_squared() }
        transposed { (x.transpose() * x).to_scalar() }
        indexed { (x.transpose() * x)[(0, 0)] }
        tr_mul { x.tr_mul(x)[0] }
        tr_dot { x.transpose().tr_dot(x) }
        component_mul { x.component_mul(x).sum() }
        mapped { x.map(|t| t * t).sum() }
        zipped { x.zip_map(x, |s, t| s * t).sum() }
        norm { x.norm().powi(2) }
        norms { x.norm() * x.norm() }
        outer { (x * x.transpose()).trace() }
        summed { (x.transpose() * x).sum() };

    self_product_of_few [x] (x: &SVector<f64, 5> = vector(5)) { x: "2 x" }
        dot { x.dot(x) }
        transposed { (x.transpose() * x).to_scalar() }
        coordinates { (x.transpose() * x).x };

    self_product_of_a_row [x] (x: &RowDVector<f64> = RowDVector::from_fn(5, |_, j| (j as f64).sin())) { x: "2 x" }
        dot { x.dot(x) }
        transposed { (x * x.transpose()).to_scalar() };

    /// ∂ aᵀx = a
    linear_form [x] (x: &DVector<f64> = vector(5), a: &DVector<f64> = vector(5)) { x: "a" }
        dot { a.dot(x) }
        turned { x.dot(a) }
        transposed { (a.transpose() * x).to_scalar() }
        turned_transposed { (x.transpose() * a).to_scalar() }
        tr_mul { a.tr_mul(x)[0] }
        component_mul { a.component_mul(x).sum() };

    linear_form_of_few [x] (x: &SVector<f64, 5> = vector(5), a: &SVector<f64, 5> = vector(5)) { x: "a" }
        dot { a.dot(x) }
        transposed { (a.transpose() * x)[0] };

    /// ∂ xᵀAx = (A + Aᵀ) x
    quadratic_form [x] (x: &DVector<f64> = vector(5), a: &DMatrix<f64> = matrix(5, 5)) { x: "(a + aᵀ) x" }
        transposed { (x.transpose() * a * x).to_scalar() }
        dot { x.dot(&(a * x)) }
        turned { (a * x).dot(x) }
        turned_transposed { ((a * x).transpose() * x).to_scalar() }
        tr_mul { (x.tr_mul(a) * x)[0] }
        outer { (x * x.transpose() * a).trace() }
        component_mul { (x * x.transpose()).component_mul(a).sum() };

    quadratic_form_of_few [x] (x: &SVector<f64, 5> = vector(5), a: &SMatrix<f64, 5, 5> = matrix(5, 5)) { x: "(a + aᵀ) x" }
        transposed { (x.transpose() * a * x).to_scalar() }
        dot { x.dot(&(a * x)) };

    /// ∂ xᵀAx = x xᵀ by A
    quadratic_form_by_its_matrix [a] (x: &DVector<f64> = vector(5), a: &DMatrix<f64> = matrix(5, 5)) { a: "x xᵀ" }
        transposed { (x.transpose() * a * x).to_scalar() }
        dot { x.dot(&(a * x)) };

    /// ∂ xᵀAx = 2 A x, A symmetric
    symmetric_form [x, symmetric(a)] (x: &DVector<f64> = vector(5), a: &DMatrix<f64> = symmetric(5)) { x: "2 a x" }
        transposed { (x.transpose() * a * x).to_scalar() }
        dot { x.dot(&(a * x)) }
        turned { (a * x).dot(x) }
        tr_mul { (x.tr_mul(a) * x)[0] };

    /// ∂ (xᵀAx + bᵀx) = (A + Aᵀ) x + b
    quadratic_function
        [x]
        (x: &DVector<f64> = vector(5), a: &DMatrix<f64> = matrix(5, 5), b: &DVector<f64> = vector(5))
        { x: "(a + aᵀ) x + b" }
        transposed { (x.transpose() * a * x).to_scalar() + b.dot(x) }
        all_transposed { (x.transpose() * a * x + b.transpose() * x).to_scalar() }
        dot { x.dot(&(a * x)) + b.dot(x) }
        factored { x.dot(&(a * x + b)) }
        factored_left { ((x.transpose() * a + b.transpose()) * x).to_scalar() };

    /// ∂ (½ xᵀAx − bᵀx) = A x − b, A symmetric
    energy
        [x, symmetric(a)]
        (x: &DVector<f64> = vector(5), a: &DMatrix<f64> = symmetric(5), b: &DVector<f64> = vector(5))
        { x: "a x − b" }
        dot { 0.5 * x.dot(&(a * x)) - b.dot(x) }
        transposed { (0.5 * x.transpose() * a * x - b.transpose() * x).to_scalar() };

    /// ∂ xᵀAx / xᵀx
    rayleigh_quotient
        [x, symmetric(a)]
        (x: &DVector<f64> = vector(5), a: &DMatrix<f64> = symmetric(5))
        { x: "2 (a x / (xᵀ x) − (xᵀ a x / (xᵀ x)²) x)" }
        dot { x.dot(&(a * x)) / x.dot(x) };

    /// ∂ ‖Xw − y‖² = 2 Xᵀ (Xw − y)
    least_squares
        [w]
        (w: &DVector<f64> = vector(3), x: &DMatrix<f64> = matrix(5, 3), y: &DVector<f64> = vector(5))
        { w: "2 xᵀ (x w − y)" }
        norm_squared { (x * w - y).norm_squared() }
        norm { (x * w - y).norm().powi(2) }
        transposed { ((x * w - y).transpose() * (x * w - y)).to_scalar() }
        zipped { (x * w).zip_map(y, |f, y| (f - y).powi(2)).sum() };

    /// by the residual r
    least_squares_by_residual
        [w]
        (w: &DVector<f64> = vector(3), x: &DMatrix<f64> = matrix(5, 3), y: &DVector<f64> = vector(5))
        { w: "2 xᵀ r"; r: "x w − y" }
        norm_squared { let r = x * w - y; r.norm_squared() }
        dot { let r = x * w - y; r.dot(&r) }
        component_mul { let r = x * w - y; r.component_mul(&r).sum() }
        mapped { (x * w - y).map(|r| r * r).sum() };

    least_squares_of_few
        [w]
        (w: &SVector<f64, 3> = vector(3), x: &SMatrix<f64, 5, 3> = matrix(5, 3), y: &SVector<f64, 5> = vector(5))
        { w: "2 xᵀ (x w − y)" }
        norm_squared { (x * w - y).norm_squared() };

    /// ∂ (1/n) ‖y − Xw‖² = (2/n) Xᵀ (Xw − y), the sign taken out
    mean_square
        [w]
        (w: &DVector<f64> = vector(3), x: &DMatrix<f64> = matrix(5, 3), y: &DVector<f64> = vector(5))
        { w: "−(2 / n) xᵀ (y − x w)" }
        quotient { (y - x * w).norm_squared() / y.len() as f64 }
        share { 1.0 / (y.len() as f64) * (y - x * w).norm_squared() }
        rows { (y - x * w).norm_squared() / x.nrows() as f64 };

    mean_square_by_error
        [w]
        (w: &DVector<f64> = vector(3), x: &DMatrix<f64> = matrix(5, 3), y: &DVector<f64> = vector(5))
        { w: "−(2 / n) xᵀ e"; e: "y − x w" }
        mean { (y - x * w).map(|e| e * e).mean() }
        quotient { let e = y - x * w; e.norm_squared() / y.len() as f64 };

    mean_square_of_a_given_number
        [w]
        (w: &DVector<f64> = vector(3), x: &DMatrix<f64> = matrix(5, 3), y: &DVector<f64> = vector(5), n: f64 = positive(1, 1))
        { w: "−(2 / n) xᵀ (y − x w)" }
        quotient { (y - x * w).norm_squared() / n }
        share { (1.0 / n) * (y - x * w).norm_squared() };

    /// ∂ (Ax + b)ᵀ C (Dx + e) = Aᵀ C (Dx + e) + Dᵀ Cᵀ (Ax + b)
    bilinear
        [x]
        (
            x: &DVector<f64> = vector(3),
            a: &DMatrix<f64> = matrix(5, 3),
            b: &DVector<f64> = vector(5),
            c: &DMatrix<f64> = matrix(5, 7),
            d: &DMatrix<f64> = matrix(7, 3),
            e: &DVector<f64> = vector(7)
        )
        { x: "aᵀ c (d x + e) + dᵀ cᵀ (a x + b)" }
        transposed { ((a * x + b).transpose() * c * (d * x + e)).to_scalar() }
        dot { (a * x + b).dot(&(c * (d * x + e))) };

    /// with names of the user's
    bilinear_by_name
        [x]
        (
            x: &DVector<f64> = vector(3),
            a: &DMatrix<f64> = matrix(5, 3),
            b: &DVector<f64> = vector(5),
            c: &DMatrix<f64> = matrix(5, 7),
            d: &DMatrix<f64> = matrix(7, 3),
            e: &DVector<f64> = vector(7)
        )
        { x: "aᵀ c v + dᵀ cᵀ u"; u: "a x + b", v: "d x + e" }
        dot { let u = a * x + b; let v = d * x + e; u.dot(&(c * v)) };

    /// ∂ (½ ‖Xw − y‖² + ½ λ ‖w‖²) = Xᵀ (Xw − y) + λ w
    ridge
        [w]
        (
            w: &DVector<f64> = vector(3),
            x: &DMatrix<f64> = matrix(5, 3),
            y: &DVector<f64> = vector(5),
            lambda: f64 = positive(1, 1)
        )
        { w: "xᵀ (x w − y) + lambda w" }
        halves { 0.5 * (x * w - y).norm_squared() + 0.5 * lambda * w.norm_squared() }
        halved { 0.5 * ((x * w - y).norm_squared() + lambda * w.dot(w)) };
}
