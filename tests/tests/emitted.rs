//! What `cargo matgrad emit` writes is what the macros make: the same numbers to the last bit, from a crate that is built without them.
#![allow(clippy::float_cmp, reason = "the same to the last bit, or numbers that are exact")]

#[path = "../emitted/src/model.rs"]
mod by_macro;

use matgrad_emitted as emitted;
use nalgebra::{Matrix3, SMatrix, Vector2, Vector3, matrix, vector};

use by_macro::Potential as _;
use emitted::Potential as _;

fn data() -> (Vector2<f64>, SMatrix<f64, 3, 2>, Vector3<f64>) {
    (vector![0.3, -1.2], matrix![1.0, 0.2; -0.7, 2.0; 0.4, -1.1], vector![1.0, -1.0, 1.0])
}

#[test]
fn attributes_that_stack() {
    let (w, x, y) = data();
    assert_eq!(emitted::logistic_value_and_grad(&w, &x, &y), by_macro::logistic_value_and_grad(&w, &x, &y));
    assert_eq!(emitted::logistic_hessian(&w, &x, &y), by_macro::logistic_hessian(&w, &x, &y));
    let direction = vector![1.0, 2.0];
    assert_eq!(emitted::logistic_hvp(&w, &x, &y, &direction), by_macro::logistic_hvp(&w, &x, &y, &direction));
    // d softplus(−m) = −σ(−m) dm, and the ridge
    let margins = (x * w).component_mul(&y);
    let by_hand = -x.transpose() * y.component_mul(&margins.map(|m| 1.0 / (1.0 + m.exp()))) + w;
    assert!((emitted::logistic_grad(&w, &x, &y) - by_hand).norm() < 1e-14);
}

#[test]
fn residuals_and_their_derivatives() {
    let (b, t, y) = (vector![2.0_f32, 0.5, 1.0], vector![0.5_f32, 1.0, 2.0], vector![0.4_f32, 0.7, 1.2]);
    assert_eq!(emitted::residual_value_and_jacobian(&b, &t, &y), by_macro::residual_value_and_jacobian(&b, &t, &y));
    let moved = vector![1.0_f32, -1.0, 0.5];
    assert_eq!(emitted::residual_jvp(&b, &t, &y, &moved), by_macro::residual_jvp(&b, &t, &y, &moved));
    let cotangent = vector![1.0_f32, 2.0, 3.0];
    let (value, pullback) = emitted::residual_vjp(&b, &t, &y);
    let (expected, by_macro) = by_macro::residual_vjp(&b, &t, &y);
    assert_eq!((value, pullback(&cotangent)), (expected, by_macro(&cotangent)));
}

#[test]
fn what_may_not_exist() {
    let (x, s) = (vector![1.0, 2.0, 3.0], matrix![4.0, 1.0, 0.0; 1.0, 3.0, 0.5; 0.0, 0.5, 2.0]);
    assert!(emitted::distance_grad(&x, &s).is_some());
    assert_eq!(emitted::distance_value_and_grad(&x, &s), by_macro::distance_value_and_grad(&x, &s));
    assert_eq!(emitted::distance_grad(&x, &-Matrix3::identity()), None);
}

#[test]
fn loops_and_names() {
    let start = vector![1.0, 0.5];
    assert_eq!(emitted::decay_value_and_grad(0.7, &start), by_macro::decay_value_and_grad(0.7, &start));
    let at = vector![0.1, -0.2, 0.9];
    assert_eq!(emitted::names_value_and_grad(&at, 1.0, 2.0, 3.0), by_macro::names_value_and_grad(&at, 1.0, 2.0, 3.0));
    assert_eq!(emitted::probability(0.3), by_macro::probability(0.3));
}

#[test]
fn methods_and_modules() {
    let x = vector![0.1, -0.2, 0.9];
    let (ours, theirs) = (emitted::Model { slope: 1.5 }, by_macro::Model { slope: 1.5 });
    assert_eq!(ours.energy_value_and_grad(&x), theirs.energy_value_and_grad(&x));
    assert_eq!(ours.potential_value_and_grad(&x), theirs.potential_value_and_grad(&x));
    assert_eq!(emitted::inner::polynomial_grad(2.0), 10.0);
    assert_eq!(by_macro::inner::polynomial_grad(2.0), 10.0);
}

#[test]
#[should_panic(expected = "a slope\n over two lines")]
fn strings_over_two_lines_are_not_indented() {
    let _ = emitted::Model { slope: -1.5 }.energy_grad(&Vector3::zeros());
}
