//! The value that a companion returns is the function's own where that is not a number, infinite, or does not exist.
#![allow(
    clippy::cast_precision_loss,
    clippy::neg_cmp_op_on_partial_ord,
    clippy::neg_multiply,
    clippy::trivially_copy_pass_by_ref,
    reason = "as users write them, and NaN on either side"
)]
#![allow(clippy::eq_op, clippy::erasing_op, clippy::suboptimal_flops, reason = "what simplification would like to cancel")]
#![allow(clippy::float_cmp, clippy::redundant_closure_for_method_calls, reason = "equal or NaN; closures are what is read")]

use matgrad::grad;
use nalgebra::{DMatrix, DVector};

/// What an argument may be where nothing over- or underflows.
const NUMBERS: [f64; 9] = [0.0, -0.0, 1.0, -1.0, 0.3, 2.5, f64::INFINITY, f64::NEG_INFINITY, f64::NAN];
/// Where it may.
const EXTREMES: [f64; 8] = [f64::MIN_POSITIVE, 5e-324, -3e-320, 1e200, -1e200, 1e-200, f64::MAX, f64::MIN];

/// Equal, or both no numbers.
fn same(found: f64, expected: f64) -> bool {
    found == expected || (found.is_nan() && expected.is_nan()) || (found - expected).abs() <= 1e-12 * expected.abs()
}

/// What is given up: of infinite factors and terms, a sum of products may be NaN in one order and infinite in another.
fn same_or_infinite(found: f64, expected: f64, infinite: bool) -> bool {
    same(found, expected) || (infinite && !found.is_finite() && !expected.is_finite())
}

/// Functions of a number, or of vectors of up to three numbers, each compared with its companions at all of [`NUMBERS`].
macro_rules! of_numbers {
    ($($name:ident: |$x:ident| $body:expr;)*) => {$(
        #[test]
        fn $name() {
            #[grad]
            fn f($x: f64) -> f64 {
                $body
            }
            for t in EXTREMES {
                assert!(f_value_and_grad(t).0.is_finite() || !f(t).is_finite(), "at {t}: {}, and {}", f(t), f_value_and_grad(t).0);
            }
            for t in NUMBERS {
                let mut gradient = 0.0;
                let (expected, found) = (f(t), [f_value_and_grad(t).0, f_value_and_grad_into(t, &mut gradient)]);
                assert!(found.iter().all(|v| same(*v, expected)), "at {t}: {expected}, and {found:?}");
            }
        }
    )*};
}

macro_rules! of_vectors {
    ($($name:ident: |$x:ident| $body:expr;)*) => {$(
        #[test]
        fn $name() {
            #[grad]
            fn f($x: &DVector<f64>) -> f64 {
                $body
            }
            for n in 0..4 {
                for t in NUMBERS {
                    for u in NUMBERS {
                        let $x = DVector::from_fn(n, |i, _| [t, u, 0.5][i]);
                        let (expected, found) = (f(&$x), f_value_and_grad(&$x).0);
                        let infinite = $x.iter().any(|t| t.is_infinite());
                        assert!(same_or_infinite(found, expected, infinite), "at {}: {expected}, and {found}", $x.transpose());
                    }
                }
            }
        }
    )*};
}

of_numbers! {
    a_root_squared: |x| x.sqrt().powi(2);
    a_root_times_itself: |x| x.sqrt() * x.sqrt();
    a_root_times_a_power: |x| x.sqrt() * x.powf(1.5);
    a_root_of_a_square: |x| x.powi(2).sqrt();
    a_quotient_that_cancels: |x| x.powi(2) / x;
    a_quotient_of_itself: |x| x / x;
    a_reciprocal_of_a_reciprocal: |x| 1.0 / (1.0 / x);
    a_product_with_the_reciprocal: |x| x * x.recip();
    a_difference_with_itself: |x| x - x + x.tanh();
    a_difference_that_vanishes_in_part: |x| 2.0 * x + 1.0 - x - x + x.tanh();
    a_product_with_zero: |x| 0.0 * x + x.tanh();
    a_zero_that_is_a_difference: |x| (1.0 - 1.0) * x + x.atan();
    a_power_that_is_zero: |x| x.powi(0) + x.atan();
    a_logarithm_of_an_exponential: |x| x.sin().exp().ln() + 0.0 * x;
    an_exponential_of_a_logarithm: |x| x.ln().exp();
    logarithms_that_cancel: |x| x.ln() - x.ln() + x.tanh();
}

of_vectors! {
    signs: |x| x.component_div(&x.abs()).sum();
    entries_over_entries: |x| x.component_div(x).sum();
    a_vector_less_itself: |x| (x - x).sum() + x.map(|t| t.tanh()).sum();
    zero_times_a_vector: |x| (x * 0.0).sum() + x.map(|t| t.tanh()).sum();
    roots_squared: |x| x.map(|t| t.sqrt().powi(2)).sum();
    squares_over_entries: |x| x.map(|t| t * t).component_div(x).sum();
    zeros_times_a_vector: |x| x.dot(&DVector::zeros(x.len())) + x.map(|t| t.tanh()).sum();
    a_matrix_of_zeros: |x| (DMatrix::zeros(x.len(), x.len()) * x).sum() + x.map(|t| t.tanh()).sum();
    a_choice_times_infinity: |x| x.component_mul(&x.map(|t| if t > 1.0 { t } else { 0.0 })).sum();
    a_scaled_choice: |x| (x.map(|t| if t > 1.0 { t } else { 0.0 }) * x.sum()).sum();
    a_scaled_diagonal: |x| DMatrix::from_diagonal(&(x * x.sum())).sum();
    a_normalized_vector: |x| x.normalize().sum();
    a_vector_over_its_norm: |x| (x / x.norm()).sum();
    a_vector_over_its_sum: |x| x.unscale(x.sum()).norm_squared();
    identity_times: |x| DMatrix::identity(x.len(), x.len()).component_mul(&(x * x.transpose())).sum();
    means: |x| x.mean() + x.add_scalar(1.0).mean();
    a_variance: |x| x.variance();
    row_means: |x| (x * x.transpose()).row_mean().sum() + (x * x.transpose()).column_mean().sum();
    row_variances: |x| (x * x.transpose()).row_variance().sum() + x.row_variance()[0] + x.column_variance().sum();
    p_norms: |x| x.lp_norm(1) + x.lp_norm(2) + x.lp_norm(3);
    a_quotient_by_the_length: |x| x.sum() / x.len() as f64;
    the_largest: |x| x.max();
    the_smallest: |x| x.min();
    the_largest_size: |x| x.amax();
    the_smallest_size: |x| x.amin();
    a_product_of_all: |x| x.product();
}

/// Whether all panic, or none.
macro_rules! alike {
    ($($call:expr),+ $(,)?) => {{
        let panics = [$(std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| { let _ = $call; })).is_err()),+];
        assert!(panics.iter().all(|p| *p == panics[0]), "{panics:?}: {}", stringify!($($call),+));
        panics[0]
    }};
}

#[test]
fn entries_that_the_gradient_does_not_need_are_out_of_range_all_the_same() {
    #[grad(x)]
    fn entry(x: &DVector<f64>, y: &DVector<f64>, i: usize) -> f64 {
        x.sum() + y[i]
    }
    #[grad(x)]
    fn block(x: &DVector<f64>, y: &DMatrix<f64>, i: usize) -> f64 {
        x.sum() + y.view((i, 1), (2, 2)).sum() + y.row(i).sum() + y.column(0).sum()
    }
    #[grad(x)]
    fn of_itself(x: &DVector<f64>, i: usize) -> f64 {
        x.norm() + x[i] - x[i]
    }
    #[grad(x)]
    fn of_a_constant(x: &DVector<f64>, n: usize) -> f64 {
        x.sum() * DVector::from_element(n, 2.0)[7]
    }
    let (x, y, m) = (DVector::from_element(3, 0.5), DVector::zeros(5), DMatrix::zeros(4, 3));
    for i in 0..12 {
        assert_eq!(alike!(entry(&x, &y, i), entry_grad(&x, &y, i), entry_value_and_grad(&x, &y, i)), i >= 5);
        assert_eq!(alike!(block(&x, &m, i), block_grad(&x, &m, i), block_value_and_grad(&x, &m, i)), i > 2);
        assert_eq!(alike!(of_itself(&x, i), of_itself_grad(&x, i), of_itself_value_and_grad(&x, i)), i >= 3);
        assert_eq!(alike!(of_a_constant(&x, i), of_a_constant_grad(&x, i), of_a_constant_value_and_grad(&x, i)), i < 8);
    }
}

#[test]
fn bounds_out_of_order_panic() {
    #[grad(x)]
    fn number(x: f64, low: f64, high: f64) -> f64 {
        x.clamp(low, high)
    }
    #[grad(x)]
    fn entries(x: &DVector<f64>, low: f64, high: &DVector<f64>) -> f64 {
        x.zip_map(high, |t, h| t.clamp(low, h)).sum()
    }
    #[grad(x)]
    fn unused(x: &DVector<f64>, y: f64, low: f64) -> f64 {
        x.sum() + y.clamp(low, 1.0)
    }
    let x = DVector::from_vec(vec![0.5, f64::NAN]);
    for (low, high) in [(0.0, 1.0), (1.0, 1.0), (2.0, 1.0), (f64::NAN, 1.0), (0.0, f64::NAN), (-0.0, 0.0)] {
        let wrong = !(low <= high);
        assert_eq!(alike!(number(0.3, low, high), number_grad(0.3, low, high), number_value_and_grad(0.3, low, high)), wrong);
        let h = DVector::from_vec(vec![5.0, high]);
        assert_eq!(alike!(entries(&x, low, &h), entries_grad(&x, low, &h), entries_value_and_grad(&x, low, &h)), wrong);
        assert!(!alike!(
            entries(&DVector::zeros(0), low, &DVector::zeros(0)),
            entries_grad(&DVector::zeros(0), low, &DVector::zeros(0))
        ));
        alike!(unused(&x, 0.5, low), unused_grad(&x, 0.5, low), unused_value_and_grad(&x, 0.5, low));
    }
}
