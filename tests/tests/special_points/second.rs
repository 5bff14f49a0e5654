//! Second derivatives at kinks of parts of a function: right where the function is smooth as a whole, no finite number where there is none.

/// Functions of a vector: the Hessian at points, by its columns, and its products with a direction.
macro_rules! of_a_vector {
    ($($case:ident($x:ident $(, $s:ident: $ty:ty = $value:expr)?) $body:tt $([$($at:expr),*] => [$($expected:expr),*]),* $(,)?;)*) => {$(
        #[test]
        fn $case() {
            use matgrad::{grad, hessian, hvp};
            use nalgebra::{DMatrix, DVector};
            #[grad($x)]
            #[hessian($x)]
            #[hvp($x)]
            fn f($x: &DVector<f64> $(, $s: $ty)?) -> f64 $body
            let check = |what: &str, at: &[f64], expected: &[f64]| {
                let at = DVector::from_column_slice(at);
                let expected = DMatrix::from_column_slice(at.len(), at.len(), expected);
                let hessian = f_hessian(&at $(, $value)?);
                assert_same(what, hessian.as_slice(), expected.as_slice());
                let (value, gradient, beside) = f_value_grad_and_hessian(&at $(, $value)?);
                assert_same(what, beside.as_slice(), expected.as_slice());
                assert_same(what, gradient.as_slice(), f_grad(&at $(, $value)?).as_slice());
                assert_same(what, &[value], &[f(&at $(, $value)?)]);
                let v = DVector::from_fn(at.len(), |i, _| 1.0 + 0.5 * i as f64);
                assert_same(what, f_hvp(&at $(, $value)?, &v).as_slice(), (expected * &v).as_slice());
            };
            $(check(concat!(stringify!($case), " at ", stringify!($($at),*)), &[$($at),*], &[$($expected),*]);)*
        }
    )*};
}

/// To 12 digits; where NaN is expected, there is no finite number.
#[track_caller]
fn assert_same(what: &str, found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len(), "{what}");
    for (a, b) in found.iter().zip(expected) {
        let same = if b.is_nan() { !a.is_finite() } else { (a - b).abs() <= 1e-12 * b.abs().max(1.0) };
        assert!(same, "{what}: found {found:?}, expected {expected:?}");
    }
}

const NONE: f64 = f64::NAN;

of_a_vector! {
    // cos(r) = 1 − r²/2 + ⋯; elsewhere −sin(r)/r (I − e eᵀ) − cos(r) e eᵀ
    cosine_of_a_norm(x) { x.norm().cos() } [0.0, 0.0] => [-1.0, 0.0, 0.0, -1.0],
        [0.0, 2.0] => [-0.454_648_713_412_840_847_7, 0.0, 0.0, 0.416_146_836_547_142_387];
    hyperbolic_cosine_of_a_norm(x) { x.norm().cosh() } [0.0, 0.0] => [1.0, 0.0, 0.0, 1.0];
    // r sin(r) = r² − ⋯
    product_with_a_sine(x) { x.norm() * x.norm().sin() } [0.0, 0.0] => [2.0, 0.0, 0.0, 2.0];
    // (r² + ⋯) (1 + a ⋅ x): the linear factor does not count at 0
    beside_something_linear(x) { (x.norm().cosh() - 1.0) * (1.0 + x.sum()) } [0.0, 0.0] => [1.0, 0.0, 0.0, 1.0];
    // y + r²/2 in e^(y + cosh r): the other entries move too
    within_an_exponential(x) { (x[0] + (x[1] * x[1] + x[2] * x[2]).sqrt().cosh() - 1.0).exp() }
        [0.0, 0.0, 0.0] => [1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0],
        [1.0, 0.0, 0.0] => [core::f64::consts::E, 0.0, 0.0, 0.0, core::f64::consts::E, 0.0, 0.0, 0.0, core::f64::consts::E];
    distance_to_a_point(x, p: &DVector<f64> = &DVector::from_column_slice(&[1.0, 2.0])) { (x - p).norm().cos() }
        [1.0, 2.0] => [-1.0, 0.0, 0.0, -1.0];
    square_of_a_root(x) { (x[0].powi(2) + 4.0 * x[1].powi(2)).sqrt().powi(2) } [0.0, 0.0] => [2.0, 0.0, 0.0, 8.0];
    // r⁴, r³, r² by powers
    fourth_power(x) { x.norm().powi(4) } [0.0, 0.0] => [0.0, 0.0, 0.0, 0.0];
    third_power(x) { x.norm().powi(3) } [0.0, 0.0] => [0.0, 0.0, 0.0, 0.0];
    third_power_by_powf(x) { x.norm_squared().powf(1.5) } [0.0, 0.0] => [0.0, 0.0, 0.0, 0.0];
    third_power_of_a_root(x) { x.norm_squared().powf(0.75).powi(2) } [0.0, 0.0] => [0.0, 0.0, 0.0, 0.0];
    square_by_cube_roots(x) { x.norm_squared().cbrt().powi(3) } [0.0, 0.0] => [2.0, 0.0, 0.0, 2.0];
    exponent_at_run_time(x, p: f64 = 1.0) { x.norm_squared().powf(p) } [0.0, 0.0] => [2.0, 0.0, 0.0, 2.0];
    larger_exponent_at_run_time(x, p: f64 = 1.5) { x.norm_squared().powf(p) } [0.0, 0.0] => [0.0, 0.0, 0.0, 0.0];
    cosines_of_each_root(x) { x.component_mul(x).map(|t| t.sqrt().cos()).sum() } [0.0, 0.0] => [-1.0, 0.0, 0.0, -1.0];
    // cos |a| cos |b|
    product_of_cosines(x) { x.map(|t| t.abs().cos()).product() } [0.0, 0.0] => [-1.0, 0.0, 0.0, -1.0];
    // x² + y², whichever is larger; sizes likewise; x y
    squares_of_extremes(x) { x.max().powi(2) + x.min().powi(2) } [1.0, 1.0] => [2.0, 0.0, 0.0, 2.0], [0.0, 0.0] => [2.0, 0.0, 0.0, 2.0];
    squares_of_extreme_sizes(x) { x.amax().powi(2) + x.amin().powi(2) } [3.0, -3.0] => [2.0, 0.0, 0.0, 2.0],
        [-1.0, -1.0] => [2.0, 0.0, 0.0, 2.0], [0.0, 0.0] => [2.0, 0.0, 0.0, 2.0];
    product_of_extremes(x) { x.max() * x.min() } [1.0, 1.0] => [0.0, 1.0, 1.0, 0.0];
    // e(x₀) + e(x₁) + e(x₂) for the three in order
    exponentials_of_extremes(x) { x.max().exp() + x.min().exp() + (x.sum() - x.max() - x.min()).exp() }
        [0.0, 0.0, 0.0] => [1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0], [0.0, 1.0, 0.0] => [1.0, 0.0, 0.0, 0.0, core::f64::consts::E, 0.0, 0.0, 0.0, 1.0];
    constant_around_zero(x) { x.norm().max(1e-3) } [0.0, 0.0] => [0.0, 0.0, 0.0, 0.0];
    // ½ r² up to 1, r − ½ beyond
    huber_of_a_norm(x) { let r = x.norm(); let c = r.clamp(0.0, 1.0); c * r - 0.5 * c * c } [0.0, 0.0] => [1.0, 0.0, 0.0, 1.0],
        [0.0, 2.0] => [0.5, 0.0, 0.0, 0.0];
    no_weight(x, weight: f64 = 0.0) { weight * x.norm() + x.norm_squared() } [0.0, 0.0] => [2.0, 0.0, 0.0, 2.0];
    quartic_norm_to_its_power(x) { x.lp_norm(4).powi(4) } [0.0, 0.0] => [0.0, 0.0, 0.0, 0.0];
    huber_by_a_branch(x) { let r = x.norm(); if r < 1.0 { 0.5 * r * r } else { r - 0.5 } } [0.0, 0.0] => [1.0, 0.0, 0.0, 1.0],
        [0.0, 2.0] => [0.5, 0.0, 0.0, 0.0];
    cosine_in_a_branch(x) { let r = x.norm(); if x[0] < 1.0 { r.cos() } else { r } } [0.0, 0.0] => [-1.0, 0.0, 0.0, -1.0];
    form_in_a_branch(x) { if x[0] < 1.0 { x.norm().cosh() } else { 2.0 * x[0] } } [0.0, 0.0] => [1.0, 0.0, 0.0, 1.0];
    // the cosine is outside, and not seen inside
    cosine_of_a_branch(x) { let r = if x[0] < 1.0 { x.norm() } else { x[1] }; r.cos() } [0.0, 0.0] => [NONE, NONE, NONE, NONE];
    // no second derivative
    norm(x) { x.norm() } [0.0, 0.0] => [NONE, NONE, NONE, NONE], [3.0, 4.0] => [0.128, -0.096, -0.096, 0.072];
    sine_of_a_norm(x) { x.norm().sin() } [0.0, 0.0] => [NONE, NONE, NONE, NONE];
    norm_to_one_and_a_half(x) { x.norm_squared().powf(0.75) } [0.0, 0.0] => [NONE, 0.0, 0.0, NONE];
    quartic_norm(x) { x.lp_norm(4) } [0.0, 0.0] => [NONE, NONE, NONE, NONE];
    square_of_the_quartic_norm(x) { x.lp_norm(4).powi(2) } [0.0, 0.0] => [NONE, NONE, NONE, NONE];
    sine_of_a_cube_root(x) { x.norm_squared().cbrt().sin().powi(3) } [0.0, 0.0] => [NONE, NONE, NONE, NONE];
    // of the same vector, which is not seen
    product_of_two_norms(x) { x.norm() * x[0].hypot(x[1]) } [0.0, 0.0] => [NONE, NONE, NONE, NONE];
    product_of_norms_of_different_vectors(x) { x.norm() * x.rows(1, 1).norm() } [0.0, 0.0] => [NONE, NONE, NONE, NONE];
    // sizes
    squares_of_sizes(x) { x.abs().norm_squared() } [0.0, 0.0] => [2.0, 0.0, 0.0, 2.0], [0.0, -3.0] => [2.0, 0.0, 0.0, 2.0];
    // a diagonal form of |x|
    form_of_sizes(x, s: &DMatrix<f64> = &DMatrix::from_diagonal(&DVector::from_column_slice(&[1.0, 3.0]))) {
        let sizes = x.abs();
        sizes.dot(&(s * &sizes))
    } [0.0, -2.0] => [2.0, 0.0, 0.0, 6.0], [0.0, 0.0] => [2.0, 0.0, 0.0, 6.0];
    sizes(x) { x.abs().sum() } [0.0, -1.0] => [0.0, 0.0, 0.0, 0.0];
    hyperbolic_cosines_of_sizes(x) { x.map(|t| t.abs().cosh()).sum() } [0.0, 0.0] => [1.0, 0.0, 0.0, 1.0];
}

/// Functions of two numbers: the blocks of the Hessian by rows.
macro_rules! of_two {
    ($($case:ident($x:ident, $y:ident) $body:tt $(($a:expr, $b:expr) => [$($expected:expr),*]),* $(,)?;)*) => {$(
        #[test]
        fn $case() {
            use matgrad::{hessian, hvp};
            #[hessian]
            #[hvp]
            fn f($x: f64, $y: f64) -> f64 $body
            $(
                let what = concat!(stringify!($case), " at ", stringify!($a, $b));
                let ((xx, xy), (yx, yy)) = f_hessian($a, $b);
                let expected = [$($expected),*];
                assert_same(what, &[xx, xy, yx, yy], &expected);
                let (by_x, by_y) = f_hvp($a, $b, 1.0, 1.5);
                let product = [expected[0] + 1.5 * expected[1], expected[2] + 1.5 * expected[3]];
                assert_same(what, &[by_x, by_y], &product);
            )*
        }
    )*};
}

of_two! {
    square_of_a_radius(x, y) { x.hypot(y).powi(2) } (0.0, 0.0) => [2.0, 0.0, 0.0, 2.0], (1.0, 2.0) => [2.0, 0.0, 0.0, 2.0];
    cosine_of_a_radius(x, y) { x.hypot(y).cos() } (0.0, 0.0) => [-1.0, 0.0, 0.0, -1.0];
    // e^(−r²)
    bump(x, y) { (-x.hypot(y).powi(2)).exp() } (0.0, 0.0) => [-2.0, 0.0, 0.0, -2.0];
    radius(x, y) { x.hypot(y) } (0.0, 0.0) => [NONE, NONE, NONE, NONE];
    angle(y, x) { y.atan2(x) } (0.0, 0.0) => [NONE, NONE, NONE, NONE], (0.0, 2.0) => [0.0, -0.25, -0.25, 0.0];
    // x² − y², in polar coordinates: not seen
    saddle(x, y) { x.hypot(y).powi(2) * (2.0 * y.atan2(x)).cos() } (0.0, 0.0) => [NONE, NONE, NONE, NONE], (2.0, 0.0) => [2.0, 0.0, 0.0, -2.0];
    // ln(eˣ + eʸ)
    smooth_maximum(x, y) { x.max(y) + (-(x - y).abs()).exp().ln_1p() } (0.7, 0.7) => [0.25, -0.25, -0.25, 0.25], (0.0, 0.0) => [0.25, -0.25, -0.25, 0.25];
    smooth_minimum(x, y) { x.min(y) - (-(y - x).abs()).exp().ln_1p() } (0.7, 0.7) => [-0.25, 0.25, 0.25, -0.25];
    // x² + y², 2 x y, (x + y)²
    squares_in_order(x, y) { x.max(y).powi(2) + x.min(y).powi(2) } (1.0, 1.0) => [2.0, 0.0, 0.0, 2.0];
    squares_in_the_other_order(x, y) { y.max(x).powi(2) + x.min(y).powi(2) } (1.0, 1.0) => [2.0, 0.0, 0.0, 2.0];
    product_in_order(x, y) { 2.0 * x.max(y) * y.min(x) } (1.0, 1.0) => [0.0, 2.0, 2.0, 0.0];
    square_of_a_sum(x, y) { (x.max(y) + y.min(x)).powi(2) } (1.0, 1.0) => [2.0, 2.0, 2.0, 2.0];
    // max(x, y) = ½ (x + y + |y − x|): the difference is (max − min)² = (x − y)²
    by_the_size(x, y) { (x.max(y) - x.min(y)) * (y - x).abs() } (1.0, 1.0) => [2.0, -2.0, -2.0, 2.0];
    even(x, y) { x.abs().cosh() + y } (0.0, 1.0) => [1.0, 0.0, 0.0, 0.0], (-1.0, 1.0) => [1.543_080_634_815_243_778, 0.0, 0.0, 0.0];
    size_of_a_square(x, y) { (x.abs() * y).powi(2) } (0.0, 3.0) => [18.0, 0.0, 0.0, 0.0];
    square_by_ramps(x, y) { x.max(0.0).powi(2) + (-x).max(0.0).powi(2) + y } (0.0, 1.0) => [2.0, 0.0, 0.0, 0.0];
    square_by_relu(x, y) { matgrad::relu(x).powi(2) + matgrad::relu(-x).powi(2) + y } (0.0, 1.0) => [2.0, 0.0, 0.0, 0.0];
    // the pieces are linear
    size(x, y) { x.abs() + y.max(x) } (0.0, 0.0) => [0.0, 0.0, 0.0, 0.0];
}

#[test]
fn of_a_form_under_a_root() {
    use matgrad::{hessian, hvp};
    use nalgebra::{DMatrix, DVector};
    #[hessian(x)]
    #[hvp(x)]
    fn f(s: &DMatrix<f64>, x: &DVector<f64>) -> f64 {
        x.dot(&(s * x)).sqrt().powi(2)
    }
    #[hessian(x)]
    fn cosine(s: &DMatrix<f64>, x: &DVector<f64>) -> f64 {
        x.dot(&(s * x)).sqrt().cos()
    }
    let s = DMatrix::from_row_slice(2, 2, &[2.0, 1.0, 1.0, 3.0]);
    let (zero, v) = (DVector::zeros(2), DVector::from_column_slice(&[1.0, -2.0]));
    assert_same("2 S", f_hessian(&s, &zero).as_slice(), (&s * 2.0).as_slice());
    assert_same("2 S v", f_hvp(&s, &zero, &v).as_slice(), (&s * v * 2.0).as_slice());
    assert_same("−S", cosine_hessian(&s, &zero).as_slice(), (-&s).as_slice());
}
