//! Results that may not exist.

use matgrad::grad;
use matgrad_tests::{check, spd, vector};
use nalgebra::{DMatrix, DVector, Matrix2, SMatrix, SVector};

#[grad(a, b)]
fn question(a: &DMatrix<f64>, b: &DVector<f64>) -> Option<f64> {
    let solution = a.clone().lu().solve(b)?;
    Some(solution.norm_squared())
}

#[test]
fn opened_by_question_mark() {
    let (a, b): (DMatrix<f64>, DVector<f64>) = (spd(4), vector(4));
    let (gradient, both) = (question_grad(&a, &b).unwrap(), question_value_and_grad(&a, &b).unwrap());
    check(&(a, b), |(a, b)| question(a, b).unwrap(), gradient, both);
}

#[test]
fn nothing_where_the_function_has_nothing() {
    let (a, b) = (DMatrix::zeros(4, 4), vector(4));
    assert!(question(&a, &b).is_none());
    assert!(question_grad(&a, &b).is_none());
    assert!(question_value_and_grad(&a, &b).is_none());
}

#[grad(s)]
fn chained(s: &SMatrix<f64, 3, 3>, y: &SVector<f64, 3>) -> Option<f64> {
    let c = s.clone().cholesky()?;
    let inverse = s.try_inverse()?;
    Some(c.solve(y).dot(y) + c.ln_determinant() + inverse.trace())
}

#[test]
fn several_question_marks() {
    let (s, y) = (spd(3), vector(3));
    let (gradient, both) = (chained_grad(&s, &y).unwrap(), chained_value_and_grad(&s, &y).unwrap());
    // `cholesky` reads the lower triangle only: the gradient is with respect to a symmetric matrix
    let f = |s: &SMatrix<f64, 3, 3>| {
        let s = (s + s.transpose()) * 0.5;
        chained(&s, &y).unwrap()
    };
    check(&s, f, gradient, both);
    assert!(chained_grad(&-s, &y).is_none());
}

#[grad(a)]
fn unwrapped(a: &Matrix2<f64>) -> f64 {
    a.try_inverse().unwrap().norm_squared()
}

#[grad(a)]
fn expected(a: &Matrix2<f64>, b: &nalgebra::Vector2<f64>) -> f64 {
    a.lu().solve(b).expect("a regular matrix").sum()
}

#[test]
fn unwrap_and_expect() {
    let (a, b) = (spd(2), vector(2));
    check(&a, unwrapped, unwrapped_grad(&a), unwrapped_value_and_grad(&a));
    check(&a, |a| expected(a, &b), expected_grad(&a, &b), expected_value_and_grad(&a, &b));
}

#[test]
#[should_panic(expected = "called `Option::unwrap()` on a `None` value")]
fn unwrap_panics_as_in_the_function() {
    let _ = unwrapped_grad(&Matrix2::zeros());
}

#[test]
#[should_panic(expected = "a regular matrix")]
fn expect_panics_as_in_the_function() {
    let _ = expected_value_and_grad(&Matrix2::zeros(), &vector(2));
}

#[grad(x)]
fn inactive_question(x: &DVector<f64>, rates: &[f64], name: Option<&str>) -> Option<f64> {
    let rate: f64 = *rates.first()?;
    let length: usize = name?.len();
    Some(x.norm_squared() * rate + x[length])
}

#[test]
fn question_marks_of_inactive_code() {
    let x = vector(4);
    let (gradient, both) = (
        inactive_question_grad(&x, &[2.0], Some("ab")).unwrap(),
        inactive_question_value_and_grad(&x, &[2.0], Some("ab")).unwrap(),
    );
    check(&x, |x| inactive_question(x, &[2.0], Some("ab")).unwrap(), gradient, both);
    assert!(inactive_question_grad(&x, &[], Some("ab")).is_none());
    assert!(inactive_question_value_and_grad(&x, &[2.0], None).is_none());
}

#[grad(x)]
fn early_none(x: &DVector<f64>, n: usize) -> Option<f64> {
    if n > x.len() {
        return None;
    }
    Some(x.norm_squared() * n as f64)
}

#[test]
fn return_none_at_the_beginning() {
    let x = vector(4);
    check(&x, |x| early_none(x, 2).unwrap(), early_none_grad(&x, 2).unwrap(), early_none_value_and_grad(&x, 2).unwrap());
    assert!(early_none_grad(&x, 9).is_none());
}

#[grad(x)]
fn opened_and_unneeded(x: &DVector<f64>, a: &DMatrix<f64>, s: &DMatrix<f64>) -> Option<f64> {
    let inverse = a.clone().try_inverse()?;
    let _factor = s.clone().cholesky()?;
    Some(x.norm_squared() + (a * inverse).trace())
}

#[test]
fn nothing_where_an_unneeded_part_does_not_exist() {
    let (x, regular): (DVector<f64>, DMatrix<f64>) = (vector(3), spd(3));
    let singular = DMatrix::from_element(3, 3, 1.0);
    let f = |x: &DVector<f64>| opened_and_unneeded(x, &regular, &regular).unwrap();
    let (gradient, both) = (
        opened_and_unneeded_grad(&x, &regular, &regular).unwrap(),
        opened_and_unneeded_value_and_grad(&x, &regular, &regular).unwrap(),
    );
    check(&x, f, gradient, both);
    for (a, s) in [(&singular, &regular), (&regular, &-&regular)] {
        assert!(opened_and_unneeded(&x, a, s).is_none());
        assert!(opened_and_unneeded_grad(&x, a, s).is_none());
        assert!(opened_and_unneeded_value_and_grad(&x, a, s).is_none());
    }
}

#[grad(x)]
fn expected_and_unneeded(x: &DVector<f64>, a: &DMatrix<f64>) -> f64 {
    x.norm_squared() + a.clone().lu().solve(x).expect("no solution").sum() * 0.0
}

#[test]
#[should_panic(expected = "no solution")]
fn a_panic_where_an_unneeded_part_does_not_exist() {
    let x = vector(3);
    check(
        &x,
        |x| expected_and_unneeded(x, &spd(3)),
        expected_and_unneeded_grad(&x, &spd(3)),
        (x.norm_squared(), x.clone() * 2.0),
    );
    let _ = expected_and_unneeded_grad(&x, &DMatrix::zeros(3, 3));
}

#[grad(a, b)]
#[allow(clippy::question_mark, reason = "the spelling is the case")]
fn opened_or_none(a: &DMatrix<f64>, b: &DVector<f64>, rate: Option<f64>) -> Option<f64> {
    let Some(rate) = rate else { return None };
    let rate: f64 = rate;
    let Some(inverse) = a.clone().try_inverse() else {
        return None;
    };
    let Some(factor): Option<nalgebra::Cholesky<f64, nalgebra::Dyn>> = a.clone().cholesky() else { return Option::None };
    Some(inverse.trace() * b.norm_squared() * rate + factor.ln_determinant())
}

#[test]
fn let_else_that_returns_none() {
    let (a, b): (DMatrix<f64>, DVector<f64>) = (spd(4), vector(4));
    let (gradient, both) =
        (opened_or_none_grad(&a, &b, Some(3.0)).unwrap(), opened_or_none_value_and_grad(&a, &b, Some(3.0)).unwrap());
    let f = |(a, b): &(DMatrix<f64>, DVector<f64>)| opened_or_none(&((a + a.transpose()) * 0.5), b, Some(3.0)).unwrap();
    check(&(a.clone(), b.clone()), f, gradient, both);
    assert!(opened_or_none_grad(&a, &b, None).is_none());
    assert!(opened_or_none_value_and_grad(&-a, &b, Some(3.0)).is_none());
}

#[grad(a)]
fn opened_or_panic(a: &Matrix2<f64>) -> f64 {
    let Some(inverse) = a.try_inverse() else { panic!("no inverse") };
    inverse.norm_squared()
}

#[test]
#[should_panic(expected = "no inverse")]
fn let_else_that_panics() {
    let a = spd(2);
    check(&a, opened_or_panic, opened_or_panic_grad(&a), opened_or_panic_value_and_grad(&a));
    let _ = opened_or_panic_grad(&Matrix2::zeros());
}
