//! One convention a function, whatever its spelling; kinks that cancel in a function cancel in its gradient.

use crate::{of_a_vector, of_numbers};

of_numbers! {
    larger(a, b) { a.max(b) } (1.0, 1.0) => (0.5, 0.5), (2.0, 1.0) => (1.0, 0.0), (1.0, 2.0) => (0.0, 1.0);
    smaller(a, b) { a.min(b) } (1.0, 1.0) => (0.5, 0.5), (2.0, 1.0) => (0.0, 1.0), (1.0, 2.0) => (1.0, 0.0);
    // ln(eᵃ + eᵇ): σ(a − b), σ(b − a)
    smooth_maximum(a, b) { a.max(b) + (-(a - b).abs()).exp().ln_1p() }
        (0.7, 0.7) => (0.5, 0.5), (1.0, 0.0) => (0.731_058_578_630_004_879, 0.268_941_421_369_995_121);
    // a + b
    larger_and_smaller(a, b) { a.max(b) + a.min(b) } (3.0, 3.0) => (1.0, 1.0), (0.0, 0.0) => (1.0, 1.0);
    // (a + b + |a − b|) / 2 − max(a, b) = 0
    by_the_size(a, b) { 0.5 * (a + b + (a - b).abs()) - a.max(b) + a * b } (2.0, 2.0) => (2.0, 2.0);
    identity_by_ramps(v) { v.max(0.0) - (-v).max(0.0) } (0.0) => (1.0), (2.0) => (1.0), (-2.0) => (1.0);
    identity_by_relu(v) { matgrad::relu(v) - matgrad::relu(-v) } (0.0) => (1.0), (2.0) => (1.0), (-2.0) => (1.0);
    ramp(v) { v.max(0.0) } (0.0) => (0.5), (1.0) => (1.0), (-1.0) => (0.0);
    ramp_by_relu(v) { matgrad::relu(v) } (0.0) => (0.5), (1.0) => (1.0), (-1.0) => (0.0);
    ramp_the_other_way_round(v) { 0.0_f64.max(v) } (0.0) => (0.5), (1.0) => (1.0), (-1.0) => (0.0);
    ramp_by_abs(v) { 0.5 * (v + v.abs()) } (0.0) => (0.5);
    hinge(m) { (1.0 - m).max(0.0) } (1.0) => (-0.5), (0.0) => (-1.0), (2.0) => (0.0);
    // smooth: max(v, 0)² has the derivative 2 max(v, 0)
    squared_ramp(v) { v.max(0.0).powi(2) } (0.0) => (0.0), (3.0) => (6.0);
    leaky(v) { v.max(0.1 * v) } (0.0) => (0.55), (1.0) => (1.0), (-1.0) => (0.1);
    size(v) { v.abs() } (0.0) => (0.0), (-0.0) => (0.0);
    size_by_a_root(v) { (v * v).sqrt() } (0.0) => (0.0), (-3.0) => (-1.0);
    size_by_ramps(v) { v.max(-v) } (0.0) => (0.0), (-3.0) => (-1.0);
    // v − clamp(v, −1, 1), and Huber's: ½ c² + |v| − ... with c = clamp(v, −1, 1), smooth
    clamped(v) { v.clamp(-1.0, 1.0) } (1.0) => (1.0), (-1.0) => (1.0), (1.5) => (0.0);
    huber(v) { let c = v.clamp(-1.0, 1.0); c * v - 0.5 * c * c } (1.0) => (1.0), (-1.0) => (-1.0), (3.0) => (1.0), (0.5) => (0.5);
    // three equal arguments: what the inner maximum has, it shares
    three(a, b, c) { a.max(b).max(c) } (1.0, 1.0, 1.0) => (0.25, 0.25, 0.5);
    radius(x, y) { x.hypot(y) } (0.0, 0.0) => (0.0, 0.0);
    radius_by_a_root(x, y) { (x.powi(2) + y.powi(2)).sqrt() } (0.0, 0.0) => (0.0, 0.0), (3.0, 4.0) => (0.6, 0.8);
    radius_by_powf(x, y) { (x * x + y * y).powf(0.5) } (0.0, 0.0) => (0.0, 0.0);
    radius_with_weights(x, y) { (2.0 * x * x + y * y / 4.0).sqrt() } (0.0, 0.0) => (0.0, 0.0), (2.0, 2.0) => (4.0 / 3.0, 1.0 / 6.0);
    angle(y, x) { y.atan2(x) } (0.0, 0.0) => (0.0, 0.0), (0.0, 2.0) => (0.5, 0.0), (2.0, 0.0) => (0.0, -0.5);
    cube_root_of_a_square(x) { (x * x).cbrt() } (0.0) => (0.0), (8.0) => (1.0 / 3.0);
}

of_numbers! {
    // beside a NaN, the other
    nothing_beside_a_number(a) { a.max(f64::NAN) + a.min(f64::NAN) } (2.0) => (2.0);
}

#[test]
fn beside_a_nan_extremes_are_the_other() {
    #[matgrad::grad]
    fn f(a: f64, b: f64) -> f64 {
        a.max(b) * 3.0 + b.min(a)
    }
    for (a, b) in [(f64::NAN, 2.0), (2.0, f64::NAN)] {
        let (value, (by_a, by_b)) = f_value_and_grad(a, b);
        assert_eq!((value, f(a, b)), (8.0, 8.0));
        assert_eq!((by_a, by_b), if a.is_nan() { (0.0, 4.0) } else { (4.0, 0.0) });
    }
    assert!(f_value_and_grad(f64::NAN, f64::NAN).0.is_nan());
}

of_a_vector! {
    norm(x) { x.norm() } [0.0, 0.0] => [0.0, 0.0], [3.0, -4.0] => [0.6, -0.8];
    norm_by_dot(x) { x.dot(x).sqrt() } [0.0, 0.0] => [0.0, 0.0];
    norm_by_squares(x) { x.norm_squared().sqrt() } [0.0, 0.0] => [0.0, 0.0];
    norm_by_powf(x) { x.norm_squared().powf(0.5) } [0.0, 0.0] => [0.0, 0.0];
    norm_by_map(x) { x.map(|t| t.powi(2)).sum().sqrt() } [0.0, 0.0] => [0.0, 0.0];
    norm_by_entries(x) { (x[0].powi(2) + x[1].powi(2)).sqrt() } [0.0, 0.0] => [0.0, 0.0], [3.0, -4.0] => [0.6, -0.8];
    norm_of_sizes(x) { x.abs().map(|t| t * t).sum().sqrt() } [0.0, 0.0] => [0.0, 0.0], [3.0, -4.0] => [0.6, -0.8];
    norm_of_a_product(x) { (x.transpose() * x)[0].sqrt() } [0.0, 0.0] => [0.0, 0.0];
    rms(x) { (x.norm_squared() / x.len() as f64).sqrt() } [0.0, 0.0] => [0.0, 0.0];
    distance(x) { x.metric_distance(&x.map(|t| 2.0 * t)) } [0.0, 0.0] => [0.0, 0.0], [3.0, -4.0] => [0.6, -0.8];
    cubic_norm(x) { x.lp_norm(3) } [0.0, 0.0] => [0.0, 0.0], [0.0, -2.0] => [0.0, -1.0];
    quartic_norm(x) { x.lp_norm(4) } [0.0, 0.0] => [0.0, 0.0], [0.0, -2.0] => [0.0, -1.0];
    cubic_norm_by_map(x) { x.map(|t| t.abs().powi(3)).sum().cbrt() } [0.0, 0.0] => [0.0, 0.0], [0.0, -2.0] => [0.0, -1.0];
    deviation(x) { x.variance().sqrt() } [2.0, 2.0] => [0.0, 0.0], [0.0, 2.0] => [-0.5, 0.5];
    deviation_by_hand(x) { let m = x.mean(); (x.add_scalar(-m).norm_squared() / x.len() as f64).sqrt() } [2.0, 2.0] => [0.0, 0.0];
    sample_deviation(x) { let m = x.mean(); (x.add_scalar(-m).norm_squared() / (x.len() as f64 - 1.0)).sqrt() } [2.0, 2.0] => [0.0, 0.0];
    energy(x) { (-1.0 * x.norm().powi(2)).exp() } [0.0, 0.0] => [0.0, 0.0];
    norm_to_a_power(x) { x.norm_squared().powf(0.75) } [0.0, 0.0] => [0.0, 0.0];
    // equal entries share
    largest(x) { x.max() } [2.0, 1.0, 2.0, 2.0] => [1.0 / 3.0, 0.0, 1.0 / 3.0, 1.0 / 3.0], [1.0, 2.0] => [0.0, 1.0];
    smallest(x) { x.min() } [1.0, 2.0, 1.0] => [0.5, 0.0, 0.5], [0.0, -0.0] => [0.5, 0.5];
    largest_size(x) { x.amax() } [3.0, -3.0, 1.0] => [0.5, -0.5, 0.0], [0.0, 0.0] => [0.0, 0.0], [-5.0, 1.0] => [-1.0, 0.0];
    smallest_size(x) { x.amin() } [1.0, -1.0, 1.0, 3.0] => [1.0 / 3.0, -1.0 / 3.0, 1.0 / 3.0, 0.0];
    largest_size_of_numbers(x) { x.camax() - x.camin() } [2.0, -2.0] => [0.0, 0.0], [3.0, -2.0] => [1.0, 1.0];
    // x + y, whichever is larger
    extremes_of_two(x) { x.max() + x.min() } [2.0, 2.0] => [1.0, 1.0], [1.0, 2.0] => [1.0, 1.0];
    sizes_of_two(x) { x.amax().powi(2) + x.amin().powi(2) } [2.0, -2.0] => [4.0, -4.0], [2.0, 2.0] => [4.0, 4.0];
    // ln Σ eˣ by its largest entry: the softmax
    shifted(x) { let m = x.max(); m + x.map(|t| (t - m).exp()).sum().ln() } [1.0, 1.0, 1.0] => [1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0], [0.7, 0.7] => [0.5, 0.5];
    // by one and by several
    largest_of_two_spellings(x) { x.max() - x[0].max(x[1]) } [1.5, 1.5] => [0.0, 0.0];
    // amax(x) = max(x, −x), and a size shared with itself is one at 0
    largest_of_both_signs(x) { x.max().max((-x).max()) - x.amax() } [3.0, 1.0] => [0.0, 0.0], [2.0, -2.0] => [0.0, 0.0], [0.0, 0.0] => [0.0, 0.0];
    smoothed_away(x) { x.norm().max(1e-3) } [0.0, 0.0] => [0.0, 0.0];
    two_norms(x) { (x.norm_squared() + x.map(|t| t.powi(4)).sum()).sqrt() } [0.0, 0.0] => [0.0, 0.0];
    ramps(x) { x.map(|t| t.max(0.0)).sum() } [0.0, 1.0, -1.0] => [0.5, 1.0, 0.0];
    ramps_by_relu(x) { x.map(matgrad::relu).sum() } [0.0, 1.0, -1.0] => [0.5, 1.0, 0.0];
    ramps_by_sup(x) { let zero = x.map(|t| 0.0 * t); x.sup(&zero).sum() } [0.0, 1.0, -1.0] => [0.5, 1.0, 0.0];
}

#[test]
fn a_quadratic_form_under_a_root() {
    use nalgebra::{DMatrix, DVector};
    #[matgrad::grad(w)]
    fn risk(w: &DVector<f64>, s: &DMatrix<f64>) -> f64 {
        (w.transpose() * s * w)[(0, 0)].sqrt()
    }
    #[matgrad::grad(w)]
    fn by_dot(w: &DVector<f64>, s: &DMatrix<f64>) -> f64 {
        w.dot(&(s * w)).sqrt()
    }
    let s = DMatrix::from_row_slice(2, 2, &[4.0, 0.0, 0.0, 9.0]);
    for f in [risk_grad, by_dot_grad] {
        assert_eq!(f(&DVector::zeros(2), &s), DVector::zeros(2));
        crate::assert_near("risk", f(&DVector::from_vec(vec![0.0, 2.0]), &s).as_slice(), &[0.0, 3.0]);
    }
}

/// `jvp` is linear in the direction, and what `vjp` transposes.
#[test]
fn the_tangent_of_an_extreme_is_that_of_its_gradient() {
    use matgrad::{grad, hvp, jvp};
    use nalgebra::Matrix2x3;
    #[grad(x)]
    #[jvp(x)]
    #[hvp(x)]
    fn f(x: &Matrix2x3<f64>) -> f64 {
        x.max() + 2.0 * x.min() + 4.0 * x.amax() + 8.0 * x.amin()
    }
    let at = Matrix2x3::new(3.0, -3.0, 1.0, 3.0, -1.0, -3.0);
    let expected = Matrix2x3::new(
        1.0 / 2.0 + 4.0 / 4.0,
        -4.0 / 4.0 + 2.0 / 2.0,
        8.0 / 2.0,
        1.0 / 2.0 + 4.0 / 4.0,
        -8.0 / 2.0,
        -4.0 / 4.0 + 2.0 / 2.0,
    );
    assert_eq!(f_grad(&at), expected);
    for i in 0..6 {
        let mut direction = Matrix2x3::zeros();
        direction[i] = 1.0;
        assert_eq!(f_jvp(&at, &direction), (f(&at), expected[i]));
    }
    assert_eq!(f_hvp(&at, &at), Matrix2x3::zeros());
}

#[test]
fn the_tangent_of_extremes_is_that_of_their_jacobian() {
    use matgrad::{jacobian, jvp, vjp};
    use nalgebra::{DMatrix, DVector, dvector};
    #[jacobian(x)]
    #[jvp(x)]
    #[vjp(x)]
    fn g(x: &DVector<f64>) -> DVector<f64> {
        DVector::from_column_slice(&[x.max(), x.amin(), x.max() * x.amax()])
    }
    let at = dvector![2.0, -2.0, 2.0];
    let third = 1.0 / 3.0;
    let expected =
        DMatrix::from_row_slice(3, 3, &[0.5, 0.0, 0.5, third, -third, third, 1.0 + 2.0 * third, -2.0 * third, 1.0 + 2.0 * third]);
    let near = |a: &DMatrix<f64>, b: &DMatrix<f64>| assert!((a - b).amax() < 1e-15, "{a} is not {b}");
    near(&g_jacobian(&at), &expected);
    let unit = |i: usize| DVector::from_fn(3, |k, _| if k == i { 1.0 } else { 0.0 });
    for i in 0..3 {
        near(&DMatrix::from_columns(&[g_jvp(&at, &unit(i)).1]), &expected.columns(i, 1).into_owned());
        near(&DMatrix::from_columns(&[g_vjp(&at).1(&unit(i))]), &expected.rows(i, 1).transpose());
    }
}
