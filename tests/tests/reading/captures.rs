//! Closures read what they captured as it was where they were made.

use matgrad::grad;
use matgrad_tests::{check, vector};
use nalgebra::DVector;

/// The same vector each time.
fn fixed(n: usize) -> DVector<f64> {
    DVector::from_fn(n, |i, _| 0.7 - 0.45 * (i as f64))
}

macro_rules! verify {
    ($name:ident: $x:expr, $f:ident, $grad:ident, $both:ident $(, $argument:expr)*) => {
        #[test]
        fn $name() {
            let x = $x;
            check(&x, |x| $f(x $(, $argument)*), $grad(&x $(, $argument)*), $both(&x $(, $argument)*));
        }
    };
}

#[grad(x)]
fn number(x: &DVector<f64>) -> f64 {
    let mut c = 3.0;
    let g = move |v: f64| v * c;
    c = 100.0;
    g(x.sum()) * c
}
verify!(a_number: vector(3), number, number_grad, number_value_and_grad);

#[grad(x)]
fn twice_made(x: &DVector<f64>, mut c: f64) -> f64 {
    let g = move |v: f64| v * c;
    c += 2.0;
    let h = move |v: f64| g(v) + v * v * c;
    c += 5.0;
    x.map(h).sum() + x.map(g).sum() * x.map(|t| t * c).sum()
}
verify!(a_mutable_parameter_captured_twice: vector(3), twice_made, twice_made_grad, twice_made_value_and_grad, 0.7);

#[grad(x)]
fn index(x: &DVector<f64>, mut i: usize) -> f64 {
    let g = move |v: &DVector<f64>| v[i] * v[i] + (i as f64) * v[0];
    i += 1;
    let h = |v: &DVector<f64>| v[i] * (i as f64);
    let i = 0;
    g(x) * x[i] + h(x)
}
verify!(an_index: vector(4), index, index_grad, index_value_and_grad, 1);

#[grad(x)]
fn matrix(x: &DVector<f64>, y: &DVector<f64>) -> f64 {
    let mut w = y.clone();
    let saved = w.clone();
    let g = move |v: &DVector<f64>| v.dot(&saved) * 2.0;
    w *= 3.0;
    let z = w.clone();
    let h = move |v: &DVector<f64>| v.component_mul(&w).sum() + w.norm() * v.sum();
    let w = 5.0;
    g(x) * h(x) + x.dot(&z) * w
}
verify!(a_matrix: vector(3), matrix, matrix_grad, matrix_value_and_grad, &fixed(3));

#[grad(x)]
fn shadowed(x: &DVector<f64>, y: &DVector<f64>, n: usize) -> f64 {
    let c: f64 = y.iter().sum();
    let k = n + 1;
    let g = |v: f64| v * c + v * v * (k as f64);
    let at = |v: &DVector<f64>| v[k] * (k * 2) as f64;
    let c = 100.0;
    let k = 0;
    x.map(g).sum() * c + at(x) + x[k]
}
verify!(what_is_shadowed_later: vector(3), shadowed, shadowed_grad, shadowed_value_and_grad, &fixed(3), 1);

#[grad(x)]
fn arrays(x: &DVector<f64>) -> f64 {
    let mut low = 0.25;
    let mut high = 1.5;
    let squash = move |t: f64| (t - low) * (high - t);
    low = -1.0;
    high += low;
    x.map(squash).sum() + x.map(|t| squash(t) * high).sum() + low
}
verify!(a_closure_by_name_and_in_another: vector(3), arrays, arrays_grad, arrays_value_and_grad);

#[grad(x)]
fn inner(x: &DVector<f64>) -> f64 {
    let mut c = 2.0;
    let make = move |v: f64| {
        let d = c * 0.5;
        let nested = |w: f64| w * d + c;
        nested(v) * nested(c)
    };
    c = 50.0;
    x.map(make).norm_squared() * c
}
verify!(closures_in_closures: vector(3), inner, inner_grad, inner_value_and_grad);

#[grad(x)]
fn zipped(x: &DVector<f64>, y: &DVector<f64>) -> f64 {
    let mut c = 0.5;
    let both = move |a: f64, b: f64| a * b + c * a * a;
    c -= 7.0;
    x.zip_map(y, both).sum() * c + x.zip_map(y, |a, b| both(b, a) * c).sum()
}
verify!(closures_of_two: vector(3), zipped, zipped_grad, zipped_value_and_grad, &fixed(3));

#[grad(x)]
fn called_inactively(x: &DVector<f64>) -> f64 {
    let mut c = 0.5;
    let g = move |t: f64| t * c + 1.0;
    c = 9.0;
    let before = g(c);
    let total: f64 = (0..3).map(|i| g(i as f64)).sum();
    x.sum() * before + x.norm_squared() * total
}
verify!(inactive_calls: vector(3), called_inactively, called_inactively_grad, called_inactively_value_and_grad);

#[grad(x)]
fn parameters(x: &DVector<f64>, mut scale: f64, mut n: usize, mut y: DVector<f64>) -> f64 {
    let a = move |v: f64| v * scale;
    let b = move |v: &DVector<f64>| v[n];
    let first = x.dot(&y);
    scale *= 3.0;
    n += 1;
    y[0] = 4.0;
    let scale_now = scale;
    a(first) + b(x) * scale_now + x[n] * x.dot(&y)
}
verify!(mutable_parameters: vector(4), parameters, parameters_grad, parameters_value_and_grad, 0.3, 1, fixed(4));
