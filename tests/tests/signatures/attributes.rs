//! Arguments of the attribute, and the other attributes of the function.

use matgrad::grad;
use matgrad_tests::{check, matrix, spd, vector};
use nalgebra::{DMatrix, DVector, Matrix3, Vector3};

#[grad]
fn none_named(x: &DVector<f64>, n: usize, a: &DMatrix<f64>, t: f64, name: &str) -> f64 {
    let offset: usize = name.len() + n;
    (a * x).norm_squared() * t + x[offset]
}

#[test]
fn every_parameter_of_a_floating_point_type() {
    let (x, a, t): (DVector<f64>, DMatrix<f64>, f64) = (vector(3), matrix(5, 3), 0.3);
    let (gradient, both) = (none_named_grad(&x, 1, &a, t, "a"), none_named_value_and_grad(&x, 1, &a, t, "a"));
    check(&(x, a, t), |(x, a, t)| none_named(x, 1, a, *t, "a"), gradient, both);
}

#[grad(t, a)]
fn order(a: &Matrix3<f64>, x: &Vector3<f64>, t: f64) -> f64 {
    (a * x).norm_squared() * t
}

#[test]
fn gradients_in_the_order_named() {
    let (a, x, t) = (matrix(3, 3), vector(3), 0.3);
    check(&(t, a), |(t, a)| order(a, &x, *t), order_grad(&a, &x, t), order_value_and_grad(&a, &x, t));
}

#[grad(a, symmetric(a))]
fn symmetric(a: &DMatrix<f64>, x: &DVector<f64>, y: &DVector<f64>) -> f64 {
    x.dot(&(a * y)) + (a * a * x).norm_squared()
}

#[test]
fn a_symmetric_gradient() {
    let (a, x, y): (DMatrix<f64>, DVector<f64>, DVector<f64>) = (spd(4), vector(4), vector(4));
    let f = |a: &DMatrix<f64>| symmetric(&a.symmetric_part(), &x, &y);
    let gradient = symmetric_grad(&a, &x, &y);
    matgrad_tests::assert_close(1e-14, &gradient, &gradient.transpose());
    check(&a, f, gradient, symmetric_value_and_grad(&a, &x, &y));
}

#[grad(x, symmetric(a))]
fn symmetric_beside(a: &Matrix3<f64>, x: &Vector3<f64>) -> f64 {
    x.dot(&(a * x)) + a.trace()
}

#[test]
fn a_promise_about_an_inactive_parameter() {
    let (a, x) = (spd(3), vector(3));
    check(&x, |x| symmetric_beside(&a, x), symmetric_beside_grad(&a, &x), symmetric_beside_value_and_grad(&a, &x));
}

#[grad(s, y, spd(s))]
fn gaussian(s: &DMatrix<f64>, y: &DVector<f64>) -> f64 {
    let inverse = s.clone().try_inverse().unwrap();
    0.5 * (y.dot(&(inverse * y)) + s.determinant().ln())
}

#[test]
fn a_positive_definite_matrix() {
    let (s, y): (DMatrix<f64>, DVector<f64>) = (spd(4), vector(4));
    let f = |(s, y): &(DMatrix<f64>, DVector<f64>)| gaussian(&s.symmetric_part(), y);
    let (gradient, both) = (gaussian_grad(&s, &y), gaussian_value_and_grad(&s, &y));
    matgrad_tests::assert_close(1e-14, &gradient.0, &gradient.0.transpose());
    check(&(s, y), f, gradient, both);
}

#[test]
#[cfg(debug_assertions)]
#[should_panic(expected = "symmetric")]
fn a_broken_promise() {
    let a = Matrix3::new(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0);
    let _ = symmetric_beside_grad(&a, &vector(3));
}

mod facade {
    pub mod inner {
        pub use matgrad;
    }
}

#[grad(x, crate = crate::attributes::facade::inner::matgrad)]
fn re_exported(x: &DVector<f64>, a: &DMatrix<f64>) -> f64 {
    (a * x).map(|t| (1.0 + t.exp()).ln()).sum() + facade::inner::matgrad::log_sum_exp(x)
}

#[grad(x, crate = facade::inner::matgrad)]
fn re_exported_by_relative_path(x: &DVector<f64>) -> f64 {
    (x - DVector::repeat(x.len(), 1.0)).norm_squared()
}

#[test]
fn matgrad_under_another_path() {
    let (x, a) = (vector(3), matrix(5, 3));
    check(&x, |x| re_exported(x, &a), re_exported_grad(&x, &a), re_exported_value_and_grad(&x, &a));
    check(
        &x,
        re_exported_by_relative_path,
        re_exported_by_relative_path_grad(&x),
        re_exported_by_relative_path_value_and_grad(&x),
    );
}

mod public {
    #![deny(missing_docs)]
    use super::{DVector, grad};

    /// Documented.
    ///
    /// In several lines.
    #[must_use]
    #[inline]
    #[grad(x)]
    pub fn documented(x: &DVector<f64>) -> f64 {
        x.norm_squared()
    }

    #[grad(x)]
    #[doc(hidden)]
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "for the test")]
    pub(in crate::attributes) fn restricted(x: &DVector<f64>) -> f64 {
        x.norm()
    }
}

#[test]
fn visibility_and_documentation() {
    let x = vector(3);
    check(&x, public::documented, public::documented_grad(&x), public::documented_value_and_grad(&x));
    check(&x, public::restricted, public::restricted_grad(&x), public::restricted_value_and_grad(&x));
}

#[cfg(test)]
#[grad(x)]
#[cfg(not(target_os = "none"))]
fn conditional(x: &DVector<f64>) -> f64 {
    x.norm_squared()
}

#[cfg(target_os = "none")]
#[grad(x)]
fn conditional(x: &DVector<f64>) -> f64 {
    nowhere(x)
}

#[grad(x)]
#[cfg(target_os = "none")]
fn never_there(x: &DVector<f64>) -> f64 {
    x.norm_squared()
}

#[test]
fn cfg_on_the_function() {
    let x = vector(3);
    check(&x, conditional, conditional_grad(&x), conditional_value_and_grad(&x));
}

#[deprecated(note = "for the test")]
#[grad(x)]
fn old(x: &DVector<f64>) -> f64 {
    x.norm_squared()
}

#[test]
#[expect(deprecated, reason = "that is what is tested")]
fn deprecation() {
    let x = vector(3);
    check(&x, old, old_grad(&x), old_value_and_grad(&x));
}

#[grad(x)]
fn with_inner_attributes(x: &DVector<f64>) -> f64 {
    #![allow(clippy::let_and_return)]
    let value = x.norm_squared();
    value
}

#[test]
fn inner_attributes() {
    let x = vector(3);
    check(&x, with_inner_attributes, with_inner_attributes_grad(&x), with_inner_attributes_value_and_grad(&x));
}
