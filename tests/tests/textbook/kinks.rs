//! λ ‖w‖₁, which has a kink.

use matgrad::grad;
use matgrad_tests::{number, vector};
use nalgebra::DVector;

textbook! {
    /// ∂ λ ‖w‖₁ = λ sign(w)
    lasso [w] (w: &DVector<f64> = vector(5), lambda: f64 = number()) { w: "lambda sign(w)" }
        lp_norm { lambda * w.lp_norm(1) }
        abs { lambda * w.abs().sum() }
        mapped { lambda * w.map(|t| t.abs()).sum() }
        path { w.map(f64::abs).sum() * lambda };
}

#[grad(w)]
fn penalty(w: &DVector<f64>, lambda: f64) -> f64 {
    lambda * w.lp_norm(1)
}

#[test]
fn the_derivative_of_abs_at_0_is_0() {
    let w = DVector::from_column_slice(&[3.0, 0.0, -2.0, -0.0, 5.0]);
    let (value, gradient): (f64, DVector<f64>) = penalty_value_and_grad(&w, 7.0);
    assert!((value - penalty(&w, 7.0)).abs() < 1e-12);
    assert_eq!(gradient, DVector::from_column_slice(&[7.0, 0.0, -7.0, 0.0, 7.0]));
    assert_eq!(penalty_grad(&w, 7.0), gradient);
}
