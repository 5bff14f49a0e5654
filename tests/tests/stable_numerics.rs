//! Values and gradients where the textbook's form overflows, divides zero by zero or loses its digits. The numbers expected are those of
//! mpmath at 420 digits, from the formula at each case.
#![allow(missing_docs)]
#![allow(clippy::excessive_precision, reason = "the numbers are those of the reference, with all its digits")]
#![allow(clippy::redundant_closure_for_method_calls, clippy::clone_on_copy, reason = "one body for several types")]
#![allow(dead_code, reason = "the companions alone are called")]

use matgrad::grad;
use nalgebra::{DMatrix, DVector, SMatrix, SVector};

/// To a relative error of `digits`; where the exact number is below the smallest of its type, below that.
#[track_caller]
fn assert_near(digits: f64, what: &str, found: f64, expected: f64) {
    let off = (found - expected).abs();
    assert!(off <= digits * expected.abs() + f64::MIN_POSITIVE, "{what}: found {found:e}, expected {expected:e}");
}

/// Functions of a number: `(t, f(t), f'(t))`.
macro_rules! of_a_number {
    ($($(#[$attribute:meta])* $case:ident($x:ident) $body:tt $double:expr; $single:expr;)*) => {$(
        $(#[$attribute])*
        #[test]
        fn $case() {
            #[grad($x)]
            fn double($x: f64) -> f64 $body
            #[grad($x)]
            fn single($x: f32) -> f32 $body
            let points: &[(f64, f64, f64)] = &$double;
            for (t, value, slope) in points {
                let (found, gradient) = double_value_and_grad(*t);
                assert_near(1e-13, &format!("f({t})"), found, *value);
                assert_near(1e-13, &format!("f'({t})"), gradient, *slope);
                assert_near(1e-13, &format!("f'({t}) alone"), double_grad(*t), *slope);
            }
            let points: &[(f32, f64, f64)] = &$single;
            for (t, value, slope) in points {
                let (found, gradient) = single_value_and_grad(*t);
                assert_near(1e-5, &format!("f({t}) in f32"), f64::from(found), *value);
                assert_near(1e-5, &format!("f'({t}) in f32"), f64::from(gradient), *slope);
            }
        }
    )*};
}

of_a_number! {
    // 1 / (1 + exp(−t)); σ (1 − σ)
    logistic(t) { 1.0 / (1.0 + (-t).exp()) }
        [(-800.0, 0.0, 0.0), (-700.0, 9.859_676_543_759_770_857e-305, 9.859_676_543_759_770_857e-305),
         (-40.0, 4.248_354_255_291_588_977e-18, 4.248_354_255_291_588_959e-18), (40.0, 1.0, 4.248_354_255_291_588_959e-18),
         (700.0, 1.0, 9.859_676_543_759_770_857e-305), (800.0, 1.0, 0.0)];
        [(-80.0, 1.804_851_387_845_415_172e-35, 1.804_851_387_845_415_172e-35), (80.0, 1.0, 1.804_851_387_845_415_172e-35), (200.0, 1.0, 0.0)];
    // exp(t) / (1 + exp(t))
    logistic_as_a_share(t) { t.exp() / (1.0 + t.exp()) }
        [(-700.0, 9.859_676_543_759_770_857e-305, 9.859_676_543_759_770_857e-305), (40.0, 1.0, 4.248_354_255_291_588_959e-18), (800.0, 1.0, 0.0)];
        [(-80.0, 1.804_851_387_845_415_172e-35, 1.804_851_387_845_415_172e-35), (80.0, 1.0, 1.804_851_387_845_415_172e-35), (200.0, 1.0, 0.0)];
    // ln(1 + exp(t)); σ(t)
    softplus(t) { (1.0 + t.exp()).ln() }
        [(-700.0, 9.859_676_543_759_770_857e-305, 9.859_676_543_759_770_857e-305),
         (-40.0, 4.248_354_255_291_588_986e-18, 4.248_354_255_291_588_977e-18), (40.0, 40.0, 1.0), (800.0, 800.0, 1.0)];
        [(-80.0, 1.804_851_387_845_415_172e-35, 1.804_851_387_845_415_172e-35), (80.0, 80.0, 1.0), (200.0, 200.0, 1.0)];
    softplus_by_ln_1p(t) { t.exp().ln_1p() }
        [(-40.0, 4.248_354_255_291_588_986e-18, 4.248_354_255_291_588_977e-18), (800.0, 800.0, 1.0)];
        [(200.0, 200.0, 1.0)];
    // ln(1 / (1 + exp(−t))); σ(−t)
    logarithm_of_logistic(t) { (1.0 / (1.0 + (-t).exp())).ln() }
        [(-800.0, -800.0, 1.0), (-40.0, -40.0, 1.0), (40.0, -4.248_354_255_291_588_986e-18, 4.248_354_255_291_588_977e-18),
         (700.0, -9.859_676_543_759_770_857e-305, 9.859_676_543_759_770_857e-305)];
        [(-200.0, -200.0, 1.0), (80.0, -1.804_851_387_845_415_172e-35, 1.804_851_387_845_415_172e-35)];
    // ¼ ln σ(t) + ¾ ln(1 − σ(t)); ¼ − σ(t)
    cross_entropy(t) { let s = 1.0 / (1.0 + (-t).exp()); 0.25 * s.ln() + 0.75 * (1.0 - s).ln() }
        [(-700.0, -175.0, 0.25), (700.0, -525.0, -0.75), (-800.0, -200.0, 0.25), (800.0, -600.0, -0.75)];
        [(-200.0, -50.0, 0.25), (200.0, -150.0, -0.75)];
    cross_entropy_by_sigmoid(t) { 0.25 * matgrad::sigmoid(t).ln() + 0.75 * (1.0 - matgrad::sigmoid(t)).ln() }
        [(-800.0, -200.0, 0.25), (800.0, -600.0, -0.75)];
        [(-200.0, -50.0, 0.25), (200.0, -150.0, -0.75)];
    // ln(1 − σ(t)); −σ(t)
    logarithm_of_the_rest(t) { (1.0 - 1.0 / (1.0 + (-t).exp())).ln() }
        [(-40.0, -4.248_354_255_291_588_986e-18, -4.248_354_255_291_588_977e-18), (800.0, -800.0, -1.0)];
        [(-80.0, -1.804_851_387_845_415_172e-35, -1.804_851_387_845_415_172e-35), (200.0, -200.0, -1.0)];
    // √(t²); ±1
    root_of_a_square(t) { (t * t).sqrt() }
        [(1e200, 1e200, 1.0), (-1e-200, 1e-200, -1.0)];
        [(1e30, 1.000_000_015_047_466_2e30, 1.0), (-1e-30, 1.000_000_003_171_076_9e-30, -1.0)];
}

/// Functions of a column: `(x, f(x), ∂f/∂x)`.
macro_rules! of_a_column {
    ($($(#[$attribute:meta])* $case:ident ($x:ident) $body:tt $points:expr;)*) => {$(
        $(#[$attribute])*
        #[test]
        fn $case() {
            #[grad($x)]
            fn double($x: &DVector<f64>) -> f64 $body
            #[grad($x)]
            fn single($x: &SVector<f32, 3>) -> f32 $body
            let points: &[([f64; 3], f64, [f64; 3], bool)] = &$points;
            for (x, value, slopes, both) in points {
                let (found, gradient) = double_value_and_grad(&DVector::from_column_slice(x));
                assert_near(1e-13, &format!("f({x:?})"), found, *value);
                for (found, expected) in gradient.iter().zip(slopes) {
                    assert_near(1e-12, &format!("f'({x:?})"), *found, *expected);
                }
                if *both {
                    #[allow(clippy::cast_possible_truncation)] // the same point, nearly
                    let (found, gradient) = single_value_and_grad(&SVector::from(x.map(|t| t as f32)));
                    assert_near(1e-5, &format!("f({x:?}) in f32"), f64::from(found), *value);
                    for (found, expected) in gradient.iter().zip(slopes) {
                        assert_near(1e-5, &format!("f'({x:?}) in f32"), f64::from(*found), *expected);
                    }
                }
            }
        }
    )*};
}

const SHARES: [f64; 3] = [0.244_728_471_054_797_652_5, 0.665_240_955_774_821_889_5, 0.090_030_573_170_380_458];

of_a_column! {
    // ln Σ exp(xᵢ); softmax
    log_sum_exp(x) { x.map(|t| t.exp()).sum().ln() }
        [([1000.0, 1001.0, 999.0], 1_001.407_605_964_444_380_3, SHARES, true),
         ([-1000.0, -1001.0, -1000.5], -999.319_730_329_358_265_4,
          [0.506_480_391_055_654_026, 0.186_323_723_225_847_577, 0.307_195_885_718_498_397], false),
         ([-200.0, -199.0, -201.0], -198.592_394_035_555_619_7, SHARES, true),
         ([0.0, -40.0, -800.0], 4.248_354_255_291_588_986e-18, [1.0, 4.248_354_255_291_588_977e-18, 0.0], false)];
    // ln of an entry of softmax; e₁ − softmax
    logarithm_of_softmax(x) { (x.map(|t| t.exp()) / x.map(|t| t.exp()).sum())[0].ln() }
        [([1000.0, 1001.0, 999.0], -1.407_605_964_444_380_3, [1.0 - SHARES[0], -SHARES[1], -SHARES[2]], true),
         ([-800.0, 0.0, -1000.0], -800.0, [1.0, -1.0, 0.0], true)];
    logarithm_of_the_function_softmax(x) { matgrad::softmax(x).map(|t| t.ln())[2] }
        [([1000.0, 1001.0, 999.0], -2.407_605_964_444_380_3, [-SHARES[0], -SHARES[1], 1.0 - SHARES[2]], true),
         ([0.0, -1000.0, -800.0], -800.0, [-1.0, 0.0, 1.0], true)];
    // √Σ xᵢ²; x / ‖x‖
    norm(x) { x.norm() }
        [([1e200, 2e200, 3e200], 3.741_657_386_773_941_386e200, ROOTS, false),
         ([1e-200, 2e-200, 3e-200], 3.741_657_386_773_941_386e-200, ROOTS, false),
         ([1e30, 2e30, 3e30], 3.741_657_386_773_941_386e30, ROOTS, true),
         ([1e-30, 2e-30, 3e-30], 3.741_657_386_773_941_386e-30, ROOTS, true)];
    root_of_a_sum_of_squares(x) { x.map(|t| t * t).sum().sqrt() }
        [([1e200, 2e200, 3e200], 3.741_657_386_773_941_386e200, ROOTS, false),
         ([1e-30, 2e-30, 3e-30], 3.741_657_386_773_941_386e-30, ROOTS, true)];
    root_of_a_product(x) { x.dot(x).sqrt() }
        [([1e200, 2e200, 3e200], 3.741_657_386_773_941_386e200, ROOTS, false)];
}

/// `x / ‖x‖` of `(1, 2, 3)`.
const ROOTS: [f64; 3] = [0.267_261_241_912_424_384_7, 0.534_522_483_824_848_769_4, 0.801_783_725_737_273_154_1];

/// Functions of a matrix that are `ln det`.
macro_rules! ln_det {
    ($($case:ident [$($declared:tt)*] ($a:ident) $body:tt)*) => {$(
        #[test]
        fn $case() {
            #[grad($a $($declared)*)]
            fn double($a: &DMatrix<f64>) -> f64 $body
            #[grad($a $($declared)*)]
            fn single($a: &SMatrix<f32, 50, 50>) -> f32 $body
            // det = 10⁻⁶⁰⁰, 10⁶⁰⁰: n ln a
            for (scale, value) in [(1e-3, -1_381.551_055_796_427_410_4), (1e3, 1_381.551_055_796_427_410_4)] {
                let a = DMatrix::<f64>::identity(200, 200) * scale;
                let (found, gradient) = double_value_and_grad(&a);
                assert_near(1e-13, "ln det", found, value);
                assert!((gradient * scale - DMatrix::<f64>::identity(200, 200)).amax() < 1e-13, "the inverse");
            }
            let a = SMatrix::<f32, 50, 50>::identity() * 1e-2;
            let (found, gradient) = single_value_and_grad(&a);
            assert_near(1e-5, "ln det", f64::from(found), -230.258_509_299_404_568_4);
            assert!((gradient * 1e-2 - SMatrix::<f32, 50, 50>::identity()).amax() < 1e-5, "the inverse");
        }
    )*};
}

ln_det! {
    of_its_size [] (a) { a.determinant().abs().ln() }
    of_a_positive_definite_matrix [, spd(a)] (a) { a.determinant().ln() }
    of_a_factored_matrix [] (a) { a.clone().cholesky().unwrap().determinant().ln() }
    of_a_matrix_that_is_factored_elsewhere [] (a) { a.determinant().ln() + 0.0 * a.clone().cholesky().unwrap().l()[(0, 0)] }
    by_twice_the_logarithms [] (a) { 2.0 * a.clone().cholesky().unwrap().l().diagonal().map(|t| t.ln()).sum() }
    of_a_triangle [, lower_triangular(a)] (a) { a.determinant().abs().ln() }
    of_a_diagonal [, diagonal(a)] (a) { a.determinant().abs().ln() }
}
