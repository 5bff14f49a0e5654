//! Where a slope is infinite: by itself it is, multiplied by 0 it is not.

use crate::{of_a_vector, of_numbers};

const INF: f64 = f64::INFINITY;

of_numbers! {
    // the derivative is infinite, and says so
    root(v) { v.sqrt() } (0.0) => (INF), (4.0) => (0.25);
    cube_root(v) { v.cbrt() } (0.0) => (INF), (8.0) => (1.0 / 12.0);
    logarithm(v) { v.ln() } (0.0) => (INF);
    power_below_one(v) { v.powf(0.25) } (0.0) => (INF), (1.0) => (0.25);
    power_above_one(v) { v.powf(1.5) } (0.0) => (0.0), (4.0) => (3.0);
    arc(v) { v.acos() } (1.0) => (-INF), (0.0) => (-1.0);
    // √v, c / (2 √v)
    root_without_weight(c, v) { c * v.sqrt() } (0.0, 0.0) => (0.0, 0.0), (2.0, 4.0) => (2.0, 0.5);
    power_without_weight(c, v) { c * v.powf(0.3) } (0.0, 0.0) => (0.0, 0.0);
    arc_without_weight(c, v) { c * v.asin() } (0.0, 1.0) => (1.570_796_326_794_896_619, 0.0);
    logarithm_without_weight(c, v) { c * (v + 1.0).ln() } (0.0, 0.0) => (0.0, 0.0);
    // a product of roots: xy under one root
    geometric_mean(x, y) { x.sqrt() * y.sqrt() } (0.0, 0.0) => (0.0, 0.0), (4.0, 9.0) => (0.75, 1.0 / 3.0);
    // e^{−t²/2}: −t e^{−t²/2}
    root_of_an_underflow(t) { (-t * t).exp().sqrt() } (40.0) => (0.0), (1.0) => (-0.606_530_659_712_633_424);
    power_of_an_underflow(t) { (-t * t).exp().powf(0.1) } (90.0) => (0.0);
    guarded_logarithm(v) { let f = |t: f64| t; let _ = f; v.max(0.0).powf(0.5) } (0.0) => (0.0), (4.0) => (0.25), (-1.0) => (0.0);
    // by the exponent: vᵖ ln v; by the base: p vᵖ⁻¹
    power(v, p) { v.powf(p) }
        (0.0, 2.0) => (0.0, 0.0), (0.0, 1.0) => (1.0, 0.0), (0.0, 0.0) => (0.0, 0.0), (3.0, 0.0) => (0.0, 1.098_612_288_668_109_691),
        (2.0, 3.0) => (12.0, 5.545_177_444_479_562_475);
    power_by_exp(v, p) { (p * v.ln()).exp() } (0.0, 2.0) => (0.0, 0.0), (2.0, 3.0) => (12.0, 5.545_177_444_479_562_475);
    power_by_exp_with_a_factor(v, p) { (p * v.ln() + v).exp() } (0.0, 2.0) => (0.0, 0.0);
    power_of_a_square(v, p) { (v * v).powf(p) } (0.0, 0.7) => (0.0, 0.0), (0.0, 2.0) => (0.0, 0.0), (2.0, 1.0) => (4.0, 5.545_177_444_479_562_475);
    // p ln p, of which the value is NaN and the slope −∞; weighted by 0 nothing
    // not chosen where s is 0, although the slope by s is divided by it
    guarded_multiple(s, p) { let f = |t: f64| if t > 0.2 { t.ln() } else { t }; let v = nalgebra::Vector2::new(p, 2.0 * p); (v * s).map(f).sum() }
        (0.0, 1.5) => (4.5, 0.0), (0.0, 0.0) => (0.0, 0.0), (1.0, 1.0) => (2.0, 2.0), (2.0, 0.0) => (0.0, 6.0);
    guarded_product(s, p) { let v = nalgebra::Vector1::new(s * p * p); v.map(|t| if t > 0.2 { t.sqrt() } else { 0.0 }).x }
        (0.0, 3.0) => (0.0, 0.0), (3.0, 0.0) => (0.0, 0.0), (4.0, 3.0) => (0.75, 2.0);
    // in a loop that stays one, under an `if`: c Σ √v
    loop_without_weight(c, v) { let mut s = 0.0; for i in 0..2_usize { if i < 1 { s += v.sqrt(); } else { s += 2.0 * v; } } c * s }
        (0.0, 0.0) => (0.0, 0.0), (2.0, 4.0) => (10.0, 4.5);
    entropy_without_weight(c, p) { c * p.ln() } (0.0, 0.0) => (-INF, 0.0);
}

of_a_vector! {
    exponents(x) { x.map(|p| 0.0_f64.powf(p)).sum() } [1.0, 2.0, 0.0] => [0.0, 0.0, 0.0];
    // 3² ln 3: of the zero, nothing
    exponent_of_all(x) { x.rows(1, 2).map(|t| t.powf(x[0])).sum() } [2.0, 0.0, 3.0] => [9.887_510_598_012_987_157, 0.0, 6.0];
    exponent_of_itself_and_others(x) { x.map(|t| t.powf(x[0])).sum() } [2.0, 0.0] => [6.772_588_722_239_781_238, 0.0];
    exponent_of_weighted(x) { nalgebra::Vector2::new(5.0, 1.0).dot(&nalgebra::Vector2::new(x[1], x[2]).map(|t| t.powf(x[0]))) }
        [2.0, 0.0, 3.0] => [9.887_510_598_012_987_157, 0.0, 6.0];
    exponent_of_a_product(x) { x[1].powf(x[0]) * x[2] + x[2].powf(x[0]) } [2.0, 0.0, 3.0] => [9.887_510_598_012_987_157, 0.0, 6.0];
    exponent_of_a_norm(x) { x.rows(1, 2).map(|t| t.powf(x[0])).norm() } [1.0, 0.0, 3.0] => [3.295_836_866_004_329_074, 0.0, 1.0];
    exponents_by_exp(x) { x.rows(1, 2).map(|t| (t.ln() * x[0]).exp()).sum() } [2.0, 0.0, 3.0] => [9.887_510_598_012_987_157, 0.0, 6.0];
    exponent_in_a_loop(x) { let mut s = 0.0; for i in 1..x.len() { s += x[i].powf(x[0]); } s } [2.0, 0.0, 3.0] => [9.887_510_598_012_987_157, 0.0, 6.0];
    exponent_in_a_recurrence(x) { let mut s: f64 = 0.0; for i in 1..x.len() { s = s.sin() + x[i].powf(x[0]); } s } [2.0, 0.0, 3.0] => [9.887_510_598_012_987_157, 0.0, 6.0];
    powers(x) { x.map(|v| v.powi(0)).sum() + x.sum() } [0.0, 3.0] => [1.0, 1.0];
    guarded_roots(x) { x.map(|v| if v > 0.0 { v.sqrt() } else { 0.0 }).sum() } [0.0, 4.0, -1.0] => [0.0, 0.25, 0.0];
    guarded_logarithms(x) { x.map(|v| if v > 0.0 { v.ln().sin() } else { 0.0 }).sum() } [0.0, 1.0, -1.0] => [0.0, 1.0, 0.0];
    entropy(x) { -x.map(|v| if v > 0.0 { v * v.ln() } else { 0.0 }).sum() } [0.0, 0.5] => [0.0, -0.306_852_819_440_054_690];
    sine_over(x) { x.map(|v| if v == 0.0 { 1.0 } else { v.sin() / v }).sum() } [0.0, 1.0] => [0.0, -0.301_168_678_939_756_789];
    smaller_of_a_root(x) { x.map(|v| v.sqrt().min(1.0)).sum() } [4.0, 0.25] => [0.0, 1.0];
    masked_out(x) { matgrad::log_sum_exp(x) } [f64::NEG_INFINITY, f64::NEG_INFINITY] => [0.0, 0.0], [f64::NEG_INFINITY, 1.0] => [0.0, 1.0];
    product(x) { x.product() } [0.0, 2.0, 3.0] => [6.0, 0.0, 0.0], [0.0, 0.0, 3.0] => [0.0, 0.0, 0.0];
}

#[test]
fn labels_without_weight() {
    use nalgebra::DVector;
    #[matgrad::grad(p)]
    fn cross_entropy(p: &DVector<f64>, y: &DVector<f64>) -> f64 {
        -y.dot(&p.map(|t| t.ln()))
    }
    #[matgrad::grad(p)]
    fn divergence(p: &DVector<f64>, y: &DVector<f64>) -> f64 {
        y.zip_map(p, |y, p| if y > 0.0 { y * (y / p).ln() } else { 0.0 }).sum()
    }
    let (p, y) = (DVector::from_vec(vec![0.0, 0.5, 0.5]), DVector::from_vec(vec![0.0, 0.25, 0.75]));
    crate::assert_near("cross entropy", cross_entropy_grad(&p, &y).as_slice(), &[0.0, -0.5, -1.5]);
    crate::assert_near("divergence", divergence_grad(&p, &y).as_slice(), &[0.0, -0.5, -1.5]);
}

#[test]
fn rows_that_are_masked_out() {
    use nalgebra::{DMatrix, DVector};
    #[matgrad::grad(q)]
    fn f(q: &DMatrix<f64>, mask: &DMatrix<f64>) -> f64 {
        matgrad::softmax_rows(&(q + mask)).map(|t| t * t).sum()
    }
    #[matgrad::grad(q)]
    fn lse(q: &DMatrix<f64>, mask: &DMatrix<f64>, w: &DVector<f64>) -> f64 {
        matgrad::log_sum_exp_rows(&(q + mask)).map(|t| t.exp()).dot(w)
    }
    let none = f64::NEG_INFINITY;
    let mask = DMatrix::from_row_slice(2, 2, &[none, none, 0.0, 0.0]);
    let (q, w) = (DMatrix::zeros(2, 2), DVector::from_vec(vec![1.0, 1.0]));
    assert_eq!(f_value_and_grad(&q, &mask), (0.5, DMatrix::zeros(2, 2)));
    crate::assert_near("lse", lse_grad(&q, &mask, &w).as_slice(), &[0.0, 1.0, 0.0, 1.0]);
}

/// What the README gives up: a zero of a matrix and an infinite slope meet in a product, and a logarithm that is infinite in an exponential that is 0.
#[test]
fn infinite_slopes_and_values_on_the_way() {
    use nalgebra::{Matrix2, Vector2};
    #[matgrad::grad(x)]
    fn behind_a_matrix(x: &Vector2<f64>, a: &Matrix2<f64>) -> f64 {
        (a * x).map(|t| t.sqrt()).sum()
    }
    #[matgrad::grad(v)]
    fn power(v: f64, p: f64) -> f64 {
        (p * v.ln()).exp()
    }
    let a = Matrix2::new(0.0, 1.0, 1.0, 1.0);
    // 0.25 and ∞
    let found = behind_a_matrix_grad(&Vector2::new(4.0, 0.0), &a);
    assert!(found[0].is_nan() && found[1] == f64::INFINITY, "{found}");
    // 1 / (2 · 3) and 1 / (2 · 2) + 1 / (2 · 3)
    let found = behind_a_matrix_grad(&Vector2::new(5.0, 4.0), &a);
    assert!((found - Vector2::new(1.0 / 6.0, 0.25 + 1.0 / 6.0)).norm() < 1e-15, "{found}");
    // 1 of `v.powf(p)`
    assert_eq!(power_grad(0.0, 1.0), 0.0);
    crate::assert_near("beside it", &[power_grad(1e-300, 1.0)], &[1.0]);
}
