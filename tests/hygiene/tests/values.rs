//! Gradients of the functions of this crate, against differences.
#![allow(missing_docs, clippy::many_single_char_names, reason = "a test")]

use algebra::{DMatrix, DVector, Matrix3, SMatrix, SVector, Vector2, Vector3};
use matgrad_hygiene::{bare, constants, macros, methods, private, re_exported, renamed, shadowed};
use matgrad_tests::{assert_close, check, matrix, spd, vector};

#[test]
fn renamed_dependencies() {
    let (w, x, y): (DVector<f64>, DMatrix<f64>, DVector<f64>) = (vector(3), matrix(5, 3), vector(5));
    let (gradient, both) = (renamed::logistic_grad(&w, &x, &y), renamed::logistic_value_and_grad(&w, &x, &y));
    check(&w, |w| renamed::logistic(w, &x, &y), gradient, both);
    let (m, s): (SVector<f64, 3>, SMatrix<f64, 3, 3>) = (vector(3), spd(3));
    let y = m * 2.0;
    let (gradient, both) = (renamed::gaussian_grad(&m, &s, &y).unwrap(), renamed::gaussian_value_and_grad(&m, &s, &y).unwrap());
    check(&(m, s), |(m, s)| renamed::gaussian(m, &s.symmetric_part(), &y).unwrap(), gradient, both);
    assert!((renamed::weight(0.0) - 0.5).abs() < 1e-15);
}

#[test]
fn through_another_crate() {
    let (w, x, y): (DVector<f64>, DMatrix<f64>, DVector<f64>) = (vector(3), matrix(5, 3), vector(5));
    let gradient = re_exported::loss_grad(w.as_view(), &x, &y);
    let both = re_exported::loss_value_and_grad(w.as_view(), &x, &y);
    check(&w, |w| re_exported::loss(w.as_view(), &x, &y), gradient, both);
}

#[test]
fn shadowed_names() {
    let (w, x, y): (DVector<f64>, DMatrix<f64>, DVector<f64>) = (vector(3), matrix(5, 3), vector(5));
    let (gradient, both) = (shadowed::loss_grad(&w, &x, &y), shadowed::loss_value_and_grad(&w, &x, &y));
    check(&(w, x), |(w, x)| shadowed::loss(w, x, &y), gradient, both);
    let s: DMatrix<f64> = spd(3);
    let (gradient, both) = (shadowed::inverse_grad(&s).unwrap(), shadowed::inverse_value_and_grad(&s).unwrap());
    check(&s, |s| shadowed::inverse(s).unwrap(), gradient, both);
    let (v, a): (Vector3<f64>, Matrix3<f64>) = (vector(3), matrix(3, 3));
    let (gradient, both) = (shadowed::fixed_grad(&v, a), shadowed::fixed_value_and_grad(&v, a));
    check(&(v, a), |(v, a)| shadowed::fixed(v, *a), gradient, both);
}

#[test]
fn methods_of_other_traits() {
    let (w, x): (DVector<f64>, DMatrix<f64>) = (vector(3), matrix(5, 3));
    let (gradient, both) = (methods::loss_grad(&w, &x), methods::loss_value_and_grad(&w, &x));
    check(&w, |w| methods::loss(w, &x), gradient, both);
}

#[test]
fn constants_in_lower_case() {
    let x: DVector<f64> = vector(3);
    check(&x, constants::scaled, constants::scaled_grad(&x), constants::scaled_value_and_grad(&x));
}

#[test]
fn macros_of_other_names() {
    let (x, a): (DVector<f64>, DMatrix<f64>) = (vector(3), spd(3));
    let (gradient, both) = (macros::form_grad(&x, &a), macros::form_value_and_grad(&x, &a));
    check(&(x, a), |(x, a)| macros::form(x, &a.symmetric_part()), gradient, both);
}

#[test]
fn private_functions() {
    let (x, y): (DVector<f64>, Vector2<f64>) = (vector(3), vector(2));
    let (by_x, by_y, by_t) = private::gradients(&x, &y, 0.5);
    assert_close(1e-14, &by_x, &(&x * 2.0));
    assert_close(1e-14, &by_y, &(y * 6.0));
    assert!((by_t - 0.75).abs() < 1e-14);
}

#[test]
fn without_the_prelude() {
    let (w, x): (DVector<f64>, DMatrix<f64>) = (vector(3), matrix(5, 3));
    let (gradient, both) = (bare::loss_grad(&w, &x), bare::loss_value_and_grad(&w, &x));
    check(&(w, x), |(w, x)| bare::loss(w, x), gradient, both);
    let (v, t): (Vector3<f64>, f64) = (vector(3), 0.5);
    let (gradient, both) = (bare::fixed_grad(v, t).unwrap(), bare::fixed_value_and_grad(v, t).unwrap());
    check(&(v, t), |(v, t)| bare::fixed(*v, *t).unwrap(), gradient, both);
}
