//! Several assignments in one: tuples and arrays on the left, `mem::swap`, `mem::replace`.

use matgrad::grad;
use nalgebra::*;

use super::point::{check, samples};

#[grad(x)]
fn d1(x: &DVector<f64>, n: usize) -> f64 {
    let (mut a, mut b) = (x[0], x[1]);
    for _ in 0..n {
        (a, b) = (b, a * b + x[2]);
    }
    a * b
}

#[test]
fn d1_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let n: usize = 4;
    let mut buffer = x.clone();
    let value = d1_value_and_grad_into(&x, n, &mut buffer);
    check(&x, |q| d1(q, n), d1_value_and_grad(&x, n), d1_grad(&x, n), (value, buffer));
}

#[grad(x)]
fn d2(x: &DVector<f64>) -> f64 {
    let mut a = x[0] * 2.0;
    let mut b = x[1] * x[2];
    std::mem::swap(&mut a, &mut b);
    a * a + b
}

#[test]
fn d2_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let mut buffer = x.clone();
    let value = d2_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| d2(q), d2_value_and_grad(&x), d2_grad(&x), (value, buffer));
}

#[grad(x)]
fn d3(x: &DVector<f64>, n: usize) -> f64 {
    let mut u = x.clone();
    let mut w = x.map(|t| t * t);
    for i in 0..n {
        std::mem::swap(&mut u, &mut w);
        u[i] += w[i] * x[0];
    }
    u.dot(&w)
}

#[test]
fn d3_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let n: usize = 4;
    let mut buffer = x.clone();
    let value = d3_value_and_grad_into(&x, n, &mut buffer);
    check(&x, |q| d3(q, n), d3_value_and_grad(&x, n), d3_grad(&x, n), (value, buffer));
}

#[grad(x)]
fn d4(x: &[f64]) -> f64 {
    let mut v = x.to_vec();
    (v[0], v[1]) = (v[1] * 2.0, v[0] + v[2]);
    [v[3], v[4]] = [v[4], v[3] * v[0]];
    let n = v.len();
    v.swap(n - 1, 0);
    v[0] * v[1] + v[3] - v[4] * v[5]
}

#[test]
fn d4_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = d4_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| d4(q), d4_value_and_grad(&x), d4_grad(&x), (value, buffer));
}

#[grad(x)]
fn d5(x: &DVector<f64>, n: usize) -> f64 {
    let mut a = 1.0;
    let mut b = x[0];
    let mut k = 0;
    for i in 0..n {
        let mut t = 0.0;
        (a, t) = (b, a + x[i]);
        (k, _) = (k + i, 3);
        b = t * 0.5;
        let old = std::mem::replace(&mut a, b * x[i]);
        b += old;
    }
    a + b + k as f64
}

#[test]
fn d5_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let n: usize = 4;
    let mut buffer = x.clone();
    let value = d5_value_and_grad_into(&x, n, &mut buffer);
    check(&x, |q| d5(q, n), d5_value_and_grad(&x, n), d5_grad(&x, n), (value, buffer));
}

#[grad(x)]
fn d6(x: &DVector<f64>, n: usize) -> f64 {
    let mut s = (x[0], x[1]);
    for i in 0..n {
        s = (s.1, s.0 * x[i] + s.1);
        (s.0, s.1) = (s.1 * 0.5, s.0);
    }
    s.0 - s.1
}

#[test]
fn d6_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let n: usize = 4;
    let mut buffer = x.clone();
    let value = d6_value_and_grad_into(&x, n, &mut buffer);
    check(&x, |q| d6(q, n), d6_value_and_grad(&x, n), d6_grad(&x, n), (value, buffer));
}

#[grad(x)]
fn d7(x: &DVector<f64>, n: usize) -> f64 {
    let (mut lo, mut hi) = (1, 4);
    let first = x[lo] * x[hi];
    let mut s = first;
    for i in 0..n {
        (lo, hi) = (hi, lo);
        s += x[lo] * x[i] - x[hi];
        (s, lo) = (s * 2.0, lo + 0);
        [hi, _] = [hi, lo];
    }
    s + first * lo as f64
}

#[test]
fn d7_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let n: usize = 4;
    let mut buffer = x.clone();
    let value = d7_value_and_grad_into(&x, n, &mut buffer);
    check(&x, |q| d7(q, n), d7_value_and_grad(&x, n), d7_grad(&x, n), (value, buffer));
}

#[grad(x)]
fn d8(x: &DMatrix<f64>) -> f64 {
    let mut a = x.clone();
    (a[(0, 1)], a[(1, 0)]) = (a[(1, 0)] * 3.0, a[(0, 1)] * a[(2, 2)]);
    let mut r = vec![x[(0, 0)], x[(1, 1)], 2.0];
    let (i, j) = (0, 2);
    std::mem::swap(&mut a[(3, 3)], &mut r[i]);
    {
        let (p, q) = (r[j], r[1]);
        (r[1], r[j]) = (p, q);
    }
    a[(0, 1)] * a[(1, 0)] + a[(3, 3)] * r[0] + r[1] * r[2] * r[2]
}

#[test]
fn d8_is_right() {
    let x: DMatrix<f64> = DMatrix::from_vec(6, 6, samples(36));
    let mut buffer = x.clone();
    let value = d8_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| d8(q), d8_value_and_grad(&x), d8_grad(&x), (value, buffer));
}

#[grad(x)]
fn d9(x: &DVector<f64>, n: usize) -> f64 {
    let (mut a, mut b, mut c) = (x[0], x[1], 0.5);
    let mut i = 0;
    while i < n {
        let f = a * b - c;
        (a, b, c) = (b, if i % 2 == 0 { f } else { a }, a * c);
        (i, b) = (i + 1, b * x[i]);
    }
    a * b * c
}

#[test]
fn d9_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let n: usize = 4;
    let mut buffer = x.clone();
    let value = d9_value_and_grad_into(&x, n, &mut buffer);
    check(&x, |q| d9(q, n), d9_value_and_grad(&x, n), d9_grad(&x, n), (value, buffer));
}
