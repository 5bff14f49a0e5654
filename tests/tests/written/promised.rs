//! What is promised of a parameter holds in loops and branches, and not of what a loop makes of it.

use matgrad::grad;
use nalgebra::*;

use super::point::{check, samples};

/// A symmetric matrix.
fn symmetric(n: usize) -> DMatrix<f64> {
    let m = DMatrix::from_vec(n, n, samples(n * n));
    &m + m.transpose()
}

#[grad(x, symmetric(q))]
fn quadratic(x: &DVector<f64>, q: &DMatrix<f64>, a: &DMatrix<f64>) -> f64 {
    let mut s = x.clone();
    let mut cost = 0.0;
    for k in 0..4 {
        s = a * &s * 0.1 + x * (k as f64);
        cost += s.dot(&(q * &s));
        if cost > 0.0 {
            cost += (q * &s).norm_squared() * 0.01;
        } else {
            cost -= (q.transpose() * &s).sum();
        }
    }
    cost
}

#[test]
fn quadratic_is_right() {
    let (x, q, a) = (DVector::from_vec(samples(5)), symmetric(5), DMatrix::from_vec(5, 5, samples(25)));
    let mut buffer = x.clone();
    let value = quadratic_value_and_grad_into(&x, &q, &a, &mut buffer);
    let both = quadratic_value_and_grad(&x, &q, &a);
    check(&x, |x| quadratic(x, &q, &a), both, quadratic_grad(&x, &q, &a), (value, buffer));
}

#[grad(x, symmetric(q))]
fn made_of_it(x: &DVector<f64>, q: &DMatrix<f64>, a: &DMatrix<f64>) -> f64 {
    let mut m = q.clone();
    let mut cost = 0.0;
    for k in 0..4 {
        cost += x.dot(&(&m * x)) + (m.transpose() * x).component_mul(&(&m * x)).sum() * (k as f64);
        m = &m * a * 0.3 + x * x.transpose() * &m * 0.1;
        m[(0, 1)] += x[2];
    }
    cost + (&m * x).norm_squared()
}

#[test]
fn made_of_it_is_right() {
    let (x, q, a) = (DVector::from_vec(samples(5)), symmetric(5), DMatrix::from_vec(5, 5, samples(25)));
    let mut buffer = x.clone();
    let value = made_of_it_value_and_grad_into(&x, &q, &a, &mut buffer);
    let both = made_of_it_value_and_grad(&x, &q, &a);
    check(&x, |x| made_of_it(x, &q, &a), both, made_of_it_grad(&x, &q, &a), (value, buffer));
}

#[grad(x)]
fn only_the_last(x: &DVector<f64>) -> f64 {
    let mut last = x[0];
    let mut s = 1.0;
    for i in 0..x.len() {
        s = s * 0.5 + x[i] * s;
        last = x[i].sin() * x[0] * s;
    }
    s + last * last
}

#[test]
fn only_the_last_is_right() {
    let x = DVector::from_vec(samples(6));
    let mut buffer = x.clone();
    let value = only_the_last_value_and_grad_into(&x, &mut buffer);
    check(&x, only_the_last, only_the_last_value_and_grad(&x), only_the_last_grad(&x), (value, buffer));
}
