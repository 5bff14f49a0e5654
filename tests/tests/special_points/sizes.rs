//! Numbers whose squares, powers and exponentials overflow or vanish.

use crate::{of_a_vector, of_numbers};

of_numbers! {
    // tanh
    log_cosh(t) { t.cosh().ln() } (1000.0) => (1.0), (-1000.0) => (-1.0), (1e-9) => (1e-9), (0.5) => (0.462_117_157_260_009_758);
    tanh_by_hand(t) { t.sinh() / t.cosh() } (1000.0) => (0.0), (0.0) => (1.0);
    secant(t) { 1.0 / t.cosh() } (1000.0) => (0.0), (1.0) => (-0.493_554_347_564_457_3);
    log_add_exp(x, y) { (x.exp() + y.exp()).ln() }
        (1000.0, 999.0) => (0.731_058_578_630_004_879, 0.268_941_421_369_995_121),
        (-1000.0, -1000.0) => (0.5, 0.5), (800.0, -800.0) => (1.0, 0.0);
    log_add_exp_of_three(x, y, z) { (x.exp() + 2.0 * y.exp() + z.exp()).ln() } (1000.0, 1000.0, 1000.0) => (0.25, 0.5, 0.25);
    log_add_exp_to_base_two(x, y) { (x.exp() + y.exp()).log2() }
        (1000.0, 1000.0) => (0.721_347_520_444_481_704, 0.721_347_520_444_481_704);
    log_of_a_shifted_exp(t) { (3.0 + t.exp()).ln() } (1000.0) => (1.0), (-1000.0) => (0.0);
    quotient(a, b) { a / b } (1e-200, 1e-200) => (1e200, -1e200), (1e200, 1e200) => (1e-200, -1e-200);
    radius(x, y) { x.hypot(y) } (3e200, 4e200) => (0.6, 0.8), (3e-200, 4e-200) => (0.6, 0.8);
    angle(y, x) { y.atan2(x) } (4e200, 3e200) => (1.2e-201, -1.6e-201), (4e-200, 3e-200) => (1.2e199, -1.6e199), (3e-200, -4e-200) => (-1.6e199, -1.2e199);
    area(t) { t.asinh() } (1e200) => (1e-200), (-1e200) => (1e-200), (0.0) => (1.0);
    power(x) { x.powi(3) } (1e100) => (3e200), (1e-100) => (3e-200);
    logarithm_of_a_power(x) { x.powi(4).ln() } (1e100) => (4e-100), (1e-100) => (4e100);
}

// What the README gives up: where the function itself overflows or vanishes, nothing is owed of the gradient. 1 and (0.6, 0.8) were right.
of_numbers! {
    root_of_squares_that_overflow(x, y) { (x * x + y * y).sqrt() } (3e200, 4e200) => (0.0, 0.0), (3e-200, 4e-200) => (0.0, 0.0), (3e150, 4e150) => (0.6, 0.8);
    root_of_a_square_and_more(t) { (1.0 + t.powi(2)).sqrt() } (1e160) => (0.0), (1e150) => (1.0), (1e-200) => (1e-200);
}
of_a_vector! {
    root_of_a_norm_and_more(x) { (x.norm_squared() + 1.0).sqrt() } [1e160, 0.0] => [0.0, 0.0], [1e150, 0.0] => [1.0, 0.0], [1e-200, 0.0] => [1e-200, 0.0];
    root_of_entries(x) { (x[0] * x[0] + x[1] * x[1]).sqrt() } [3e200, 4e200] => [0.0, 0.0], [3e-200, 4e-200] => [0.0, 0.0], [3e150, 4e150] => [0.6, 0.8];
}

of_a_vector! {
    // (I − u uᵀ) c / ‖x‖, u = (0.6, 0.8), c = (1, 0)
    normalized(x) { x.normalize()[0] } [3e200, 4e200] => [1.28e-201, -0.96e-201], [3e-200, 4e-200] => [1.28e199, -0.96e199];
    over_the_norm(x) { (x / x.norm())[0] } [3e200, 4e200] => [1.28e-201, -0.96e-201], [3e-200, 4e-200] => [1.28e199, -0.96e199];
    times_the_inverse(x) { (x * (1.0 / x.norm()))[0] } [3e200, 4e200] => [1.28e-201, -0.96e-201];
    unscaled(x) { x.unscale(x.norm())[0] } [3e200, 4e200] => [1.28e-201, -0.96e-201];
    entry_over_the_norm(x) { x[0] / x.norm() } [3e200, 4e200] => [1.28e-201, -0.96e-201], [3e-200, 4e-200] => [1.28e199, -0.96e199];
    sum_over_the_norm(x) { x.sum() / x.norm() } [3e200, 4e200] => [0.32e-201, -0.24e-201];
    // −x / ‖x‖³
    inverse_norm(x) { 1.0 / x.norm() } [3e100, 4e100] => [-0.024e-200, -0.032e-200], [3e-100, 4e-100] => [-0.024e200, -0.032e200];
    cubic_norm(x) { x.lp_norm(3) } [1e200, 1e200] => [0.629_960_524_947_436_582, 0.629_960_524_947_436_582],
        [-1e-200, 1e-200] => [-0.629_960_524_947_436_582, 0.629_960_524_947_436_582];
    quartic_norm(x) { x.lp_norm(4) } [1e200, -1e200] => [0.594_603_557_501_360_533, -0.594_603_557_501_360_533];
    rms(x) { (x.norm_squared() / 2.0).sqrt() } [3e200, 4e200] => [0.424_264_068_711_928_515, 0.565_685_424_949_238_020];
    deviation(x) { x.variance().sqrt() } [0.0, 2e200] => [-0.5, 0.5], [0.0, 2e-200] => [-0.5, 0.5];
    logarithm_of_the_norm(x) { x.norm().ln() } [3e200, 4e200] => [1.2e-201, 1.6e-201], [3e-200, 4e-200] => [1.2e199, 1.6e199];
    logarithm_of_a_product(x) { x.product().ln() } [1e-200, 1e-200] => [1e200, 1e200], [1e200, 1e200] => [1e-200, 1e-200];
    log_sum_exp(x) { x.map(|t| t.exp()).sum().ln() } [1000.0, 1000.0] => [0.5, 0.5];
    log_sum_exp_and_more(x) { (1.0 + x.map(|t| t.exp()).sum()).ln() } [1000.0, 1000.0] => [0.5, 0.5], [-1000.0, -1000.0] => [0.0, 0.0];
}

#[test]
fn cosines() {
    use nalgebra::DVector;
    #[matgrad::grad]
    fn cosine(x: &DVector<f64>, y: &DVector<f64>) -> f64 {
        x.dot(y) / (x.norm() * y.norm())
    }
    #[matgrad::grad]
    fn of_normalized(x: &DVector<f64>, y: &DVector<f64>) -> f64 {
        x.normalize().dot(&y.normalize())
    }
    #[matgrad::grad]
    fn with_a_floor(x: &DVector<f64>, y: &DVector<f64>) -> f64 {
        x.dot(y) / (x.norm() * y.norm()).max(1e-300)
    }
    // (I − u uᵀ) v / ‖x‖ with u = (0.6, 0.8), v = (1, 0), and (I − v vᵀ) u / ‖y‖
    for scale in [1e200, 1e154, 1.0, 1e-140] {
        let (x, y) = (DVector::from_vec(vec![3.0 * scale, 4.0 * scale]), DVector::from_vec(vec![2.0, 0.0]));
        for f in [cosine_value_and_grad, of_normalized_value_and_grad, with_a_floor_value_and_grad] {
            let (value, (by_x, by_y)) = f(&x, &y);
            crate::assert_near("value", &[value], &[0.6]);
            crate::assert_near("by x", by_x.as_slice(), &[0.128 / scale, -0.096 / scale]);
            crate::assert_near("by y", by_y.as_slice(), &[0.0, 0.4]);
        }
    }
}

#[test]
fn in_single_precision() {
    use nalgebra::Vector2;
    #[matgrad::grad(x)]
    fn f(x: &Vector2<f32>) -> f32 {
        x.normalize().x
    }
    #[matgrad::grad(x)]
    fn angle(x: &Vector2<f32>) -> f32 {
        x.y.atan2(x.x)
    }
    for scale in [1e19_f32, 1e13, 1.0, 1e-19, 1e-25] {
        let x = Vector2::new(3.0, 4.0) * scale;
        assert!((f_grad(&x) * scale - Vector2::new(0.128, -0.096)).norm() < 1e-6, "{scale}");
        assert!((angle_grad(&x) * scale - Vector2::new(-0.16, 0.12)).norm() < 1e-6, "{scale}");
    }
}

#[test]
fn determinants() {
    use nalgebra::{DMatrix, Matrix3};
    #[matgrad::grad(a)]
    fn of_any_size(a: &DMatrix<f64>) -> f64 {
        a.determinant().ln()
    }
    #[matgrad::grad(a)]
    fn of_three(a: &Matrix3<f64>) -> f64 {
        a.determinant().log10()
    }
    #[matgrad::grad(a)]
    fn in_a_variable(a: &DMatrix<f64>) -> f64 {
        let d = a.determinant();
        d.ln() * 2.0
    }
    for scale in [1e-100, 1e100] {
        let a = DMatrix::<f64>::identity(4, 4) * scale;
        let expected = DMatrix::<f64>::identity(4, 4) / scale;
        let (value, gradient) = of_any_size_value_and_grad(&a);
        crate::assert_near("value", &[value], &[4.0 * scale.ln()]);
        crate::assert_near("gradient", gradient.as_slice(), expected.as_slice());
        crate::assert_near("gradient", in_a_variable_grad(&a).as_slice(), (expected * 2.0).as_slice());
        let (value, gradient) = of_three_value_and_grad(&(Matrix3::identity() * scale * scale));
        crate::assert_near("value", &[value], &[6.0 * scale.log10()]);
        crate::assert_near("gradient", gradient.as_slice(), (Matrix3::identity() / scale / scale / 10_f64.ln()).as_slice());
    }
    // two rows exchanged: −1
    let turned = Matrix3::new(0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0);
    assert!(of_three_value_and_grad(&turned).0.is_nan() && of_three(&turned).is_nan());
    // 1 of two negative pivots
    let negative = DMatrix::from_row_slice(2, 2, &[-2.0, 1.0, 0.0, -3.0]);
    crate::assert_near("value", &[of_any_size_value_and_grad(&negative).0], &[6_f64.ln()]);
    assert_eq!(of_any_size_value_and_grad(&DMatrix::zeros(2, 2)).0, f64::NEG_INFINITY);
}
