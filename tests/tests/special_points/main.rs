//! Values and gradients at zeros, at kinks, and for numbers whose squares overflow or vanish, for the operations of the README's table. What is expected is
//! the closed form beside it, or the limit from the function's domain; none of it is computed by the forms that companions use.
#![allow(
    clippy::cast_precision_loss,
    clippy::neg_cmp_op_on_partial_ord,
    clippy::neg_multiply,
    clippy::float_cmp,
    clippy::approx_constant,
    clippy::trivially_copy_pass_by_ref,
    reason = "as users write them, and NaN on either side"
)]
#![allow(missing_docs, dead_code, reason = "the companions alone are called")]
#![allow(clippy::excessive_precision, reason = "numbers of the reference, with all digits")]
#![allow(clippy::redundant_closure_for_method_calls, clippy::clone_on_copy, reason = "the spellings are the cases")]

mod kinks;
mod second;
mod sizes;
mod zeros;

/// To 12 digits, relative to the largest of the expected; infinities are equal or not.
#[track_caller]
fn assert_near(what: &str, found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len(), "{what}");
    let size = expected.iter().filter(|v| v.is_finite()).fold(0.0_f64, |m, v| m.max(v.abs()));
    for (a, b) in found.iter().zip(expected) {
        let near = a == b || (a - b).abs() <= 1e-12 * size.max(f64::MIN_POSITIVE);
        assert!(near, "{what}: found {found:?}, expected {expected:?}");
    }
}

/// Functions of a vector: the gradient at points.
macro_rules! of_a_vector {
    ($($case:ident($x:ident) $body:tt $([$($at:expr),*] => [$($expected:expr),*]),* $(,)?;)*) => {$(
        #[test]
        fn $case() {
            use matgrad::{grad, jvp};
            use nalgebra::DVector;
            #[grad($x)]
            #[jvp($x)]
            fn f($x: &DVector<f64>) -> f64 $body
            $(
                let at = DVector::from_column_slice(&[$($at),*]);
                let what = concat!(stringify!($case), " at ", stringify!($($at),*));
                crate::assert_near(what, f_grad(&at).as_slice(), &[$($expected),*]);
                let (value, gradient) = f_value_and_grad(&at);
                crate::assert_near(what, gradient.as_slice(), &[$($expected),*]);
                // what moves alone, moves the result as the gradient says
                let unit = |i: usize| DVector::from_fn(at.len(), |k, _| if k == i { 1.0 } else { 0.0 });
                let tangents: Vec<f64> = (0..at.len()).map(|i| f_jvp(&at, &unit(i)).1).collect();
                crate::assert_near(&format!("the tangent of {what}"), &tangents, &[$($expected),*]);
                let own = f(&at);
                // where the function itself overflows or vanishes, its companion may know better
                assert!(!own.is_finite() || own == 0.0 || (value - own).abs() <= 1e-12 * own.abs(), "{what}: {value} is not {own}");
            )*
        }
    )*};
}

/// Gradients by one number or several.
trait Flat {
    fn flat(self) -> Vec<f64>;
}
impl Flat for f64 {
    fn flat(self) -> Vec<f64> {
        vec![self]
    }
}
impl Flat for (f64, f64) {
    fn flat(self) -> Vec<f64> {
        vec![self.0, self.1]
    }
}
impl Flat for (f64, f64, f64) {
    fn flat(self) -> Vec<f64> {
        vec![self.0, self.1, self.2]
    }
}

/// Functions of numbers: the gradients at points.
macro_rules! of_numbers {
    ($($case:ident($($x:ident),*) $body:tt $(($($at:expr),*) => ($($expected:expr),*)),* $(,)?;)*) => {$(
        #[test]
        fn $case() {
            use matgrad::{grad, jvp};
            #[grad($($x),*)]
            #[jvp($($x),*)]
            fn f($($x: f64),*) -> f64 $body
            // what moves alone, moves the result as the gradient says
            let tangents = |at: &[f64]| -> Vec<f64> {
                let tangent = |moved: usize| {
                    let mut numbers = at.iter().enumerate().map(|(i, x)| (*x, if i == moved { 1.0 } else { 0.0 }));
                    $(let $x = numbers.next().unwrap();)*
                    f_jvp($($x.0,)* $($x.1),*).1
                };
                (0..at.len()).map(tangent).collect()
            };
            $(
                let what = concat!(stringify!($case), " at ", stringify!($($at),*));
                crate::assert_near(what, &crate::Flat::flat(f_grad($($at),*)), &[$($expected),*]);
                let (value, own) = (f_value_and_grad($($at),*).0, f($($at),*));
                if !own.is_nan() {
                    crate::assert_near(&format!("the tangent of {what}"), &tangents(&[$($at),*]), &[$($expected),*]);
                }
                // where the function itself overflows or vanishes, its companion may know better
                assert!(!own.is_finite() || own == 0.0 || (value - own).abs() <= 1e-12 * own.abs(), "{what}: {value} is not {own}");
            )*
        }
    )*};
}

use {of_a_vector, of_numbers};
