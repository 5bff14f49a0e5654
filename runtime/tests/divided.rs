//! Quotients of a pair: differences, and their limits where values meet, to as many digits as there are.

mod common;

use matgrad::__private::{divided_differences, divided_sums, with_eigenvalues, with_singular_values};
use nalgebra::{DMatrix, DVector, Matrix2, Matrix3, SMatrix, Vector2, Vector3};

/// Of `c = exp(v)`: `exp(a) (exp(b − a) − 1) / (b − a)`, by a series where that cancels.
fn of_exponentials(a: f64, b: f64) -> f64 {
    let t = b - a;
    let series = 1.0 + t / 2.0 + t * t / 6.0 + t.powi(3) / 24.0 + t.powi(4) / 120.0 + t.powi(5) / 720.0;
    a.exp() * if t.abs() < 1e-2 { series } else { t.exp_m1() / t }
}

#[test]
fn of_differences_of_all_sizes() {
    for exponent in 0..=34 {
        let gap = 10.0_f64.powf(-0.5 * f64::from(exponent));
        for (v, digits) in [(Vector2::new(1.0, 1.0 + gap), 2e-10), (Vector2::new(-0.5 - gap, -0.5), 2e-10)] {
            let c = v.map(f64::exp);
            let limits = Matrix2::from_fn(|i, j| 0.5 * (c[i] + c[j]));
            let found = divided_differences(&v, &c, &limits);
            let expected = of_exponentials(v[0], v[1]);
            assert!((found[(0, 1)] - expected).abs() <= digits * expected, "{gap:e}: {found} instead of {expected}");
            assert_eq!((found[(0, 1)], found[(0, 0)]), (found[(1, 0)], 0.0));
        }
    }
}

#[test]
fn in_single_precision() {
    for gap in [0.0, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2_f32] {
        let v = Vector2::new(1.0, 1.0 + gap);
        let c = v.map(f32::exp);
        let found = divided_differences(&v, &c, &Matrix2::from_fn(|i, j| 0.5 * (c[i] + c[j])))[(0, 1)];
        let expected = of_exponentials(f64::from(v[0]), f64::from(v[1]));
        assert!((f64::from(found) - expected).abs() <= 2e-4 * expected, "{gap:e}: {found} instead of {expected}");
    }
}

#[test]
fn values_that_meet_and_slopes_that_do_not() {
    for gap in [0.0, 1e-16, 4e-16] {
        let v = Vector3::<f64>::new(1.0, 1.0 + gap, 2.0);
        let found = divided_differences(&v, &Vector3::new(1.0, 0.0, 0.0), &Matrix3::zeros());
        assert!(found[(0, 1)].is_nan() && found[(1, 0)].is_nan());
        assert_eq!((found[(0, 2)], found[(1, 2)]), (-1.0, 0.0));
    }
    // no limit known
    let found = divided_differences(&Vector2::new(1.0, 1.0), &Vector2::new(1.0, 1.0), &Matrix2::from_element(f64::NAN));
    assert!(found[(0, 1)].is_nan() && found[(0, 0)] == 0.0);
    let found = divided_differences(&Vector2::new(1.0, 2.0), &Vector2::new(1.0, 1.5), &Matrix2::from_element(f64::NAN));
    assert!((found[(0, 1)] - 0.5).abs() < 1e-15);
    // values that are zero but for rounding, and the slopes of cubes
    let v = Vector3::<f64>::new(3.0, 1e-16, -2e-16);
    let c = v.map(|t| 3.0 * t * t);
    let found = divided_differences(&v, &c, &Matrix3::from_fn(|i, j| 3.0 * (v[i] + v[j])));
    assert!(found[(1, 2)].abs() < 1e-15 && (found[(0, 1)] - 9.0).abs() < 1e-14);
}

#[test]
fn sums() {
    // c = v: all quotients are 1, and where both values are zero the limit is
    let v = Vector3::<f64>::new(2.0, 1.0, 0.0);
    let found = divided_sums(&v, &v, &Matrix3::from_element(1.0));
    common::close(&found, &Matrix3::from_element(1.0), 1e-15);
    // c = 1, as of a nuclear norm
    let found = divided_sums(&v, &Vector3::repeat(1.0), &Matrix3::zeros());
    assert_eq!((found[(0, 1)], found[(1, 2)], found[(0, 0)]), (2.0 / 3.0, 2.0, 0.5));
    assert!(found[(2, 2)].is_nan());
}

#[test]
fn no_values() {
    let (none, square) = (DVector::<f64>::zeros(0), DMatrix::<f64>::zeros(0, 0));
    assert_eq!(divided_differences(&none, &none, &square).shape(), (0, 0));
    assert_eq!(divided_sums(&none, &none, &square).shape(), (0, 0));
}

#[test]
fn matrices_with_a_spectrum() {
    let (u, c, v_t) = (common::fixed::<f64, 5, 3>(1), Vector3::new(2.0, -1.0, 0.5), common::fixed::<f64, 3, 4>(2));
    let expected: SMatrix<f64, 5, 4> = u * SMatrix::from_diagonal(&c) * v_t;
    common::close(&with_singular_values(&c, &u, &v_t), &expected, 1e-14);
    let q = common::fixed::<f64, 3, 3>(3);
    common::close(&with_eigenvalues(&c, &q), &(q * SMatrix::from_diagonal(&c) * q.transpose()), 1e-14);
}

#[test]
#[should_panic(expected = "shapes disagree")]
fn of_other_shapes() {
    let _ = divided_differences(&DVector::<f64>::zeros(3), &DVector::zeros(2), &DMatrix::zeros(3, 3));
}
