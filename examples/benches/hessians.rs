//! How long Hessians take: `cargo bench -p matgrad-examples --bench hessians`, pinned to one processor by `taskset -c 0`.
//!
//! A line for each problem in JSON, with the norm of the gradient and of the Hessian, by which another system's figures on the same inputs
//! can be told to be of the same problem. An entry `k` of the inputs of seed `s` is `hash32(k + s 0x9E3779B9) / 2³² − ½`, column by column.
#![allow(missing_docs, clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "sizes and counts are small")]

use std::hint::black_box;
use std::time::Instant;

use matgrad::{grad, hessian};
use nalgebra::{DMatrix, DVector};

#[grad(x)]
#[hessian(x)]
fn quadratic(x: &DVector<f64>, a: &DMatrix<f64>) -> f64 {
    x.dot(&(a * x))
}

#[grad(w)]
#[hessian(w)]
fn logistic(w: &DVector<f64>, x: &DMatrix<f64>, y: &DVector<f64>) -> f64 {
    y.component_mul(&(x * w)).map(|m| (1.0 + (-m).exp()).ln()).sum()
}

fn hash32(mut k: u32) -> u32 {
    for _ in 0..2 {
        k ^= k >> 16;
        k = k.wrapping_mul(0x045d_9f3b);
    }
    k ^ (k >> 16)
}

fn uniform(seed: u32, rows: usize, columns: usize) -> DMatrix<f64> {
    let entry = |k: usize| f64::from(hash32((k as u32).wrapping_add(seed.wrapping_mul(0x9E37_79B9)))) / 4_294_967_296.0 - 0.5;
    DMatrix::from_fn(rows, columns, |i, j| entry(j * rows + i))
}

fn vector(seed: u32, rows: usize) -> DVector<f64> {
    uniform(seed, rows, 1).column(0).into_owned()
}

/// The least milliseconds of a call, of seven loops of a twentieth of a second or more.
fn milliseconds<T>(mut call: impl FnMut() -> T) -> f64 {
    let mut run = |count: u32| {
        let start = Instant::now();
        for _ in 0..count {
            black_box(call());
        }
        start.elapsed().as_secs_f64()
    };
    run(1);
    let mut count = 1;
    while run(count) <= 0.05 {
        count *= 2;
    }
    let best = (0..7).map(|_| run(count)).fold(f64::INFINITY, f64::min);
    best / f64::from(count) * 1e3
}

fn report(name: &str, value: f64, gradient: &DVector<f64>, hessian: &DMatrix<f64>, time: f64) {
    let (gradient, hessian) = (gradient.norm(), hessian.norm());
    println!(
        "{{\"name\": \"{name}\", \"value\": {value}, \"grad_norm\": {gradient}, \"hessian_norm\": {hessian}, \"hessian_ms\": {time}}}"
    );
}

fn main() {
    let (x, a) = (vector(1, 1000), uniform(2, 1000, 1000));
    let time = milliseconds(|| quadratic_hessian(black_box(&x), black_box(&a)));
    let (value, gradient) = quadratic_value_and_grad(&x, &a);
    report("quadratic", value, &gradient, &quadratic_hessian(&x, &a), time);

    let (x, w, y) = (uniform(1, 1000, 500), vector(2, 500), vector(3, 1000).map(f64::signum));
    let time = milliseconds(|| logistic_hessian(black_box(&w), black_box(&x), black_box(&y)));
    let (value, gradient) = logistic_value_and_grad(&w, &x, &y);
    report("logistic_hessian", value, &gradient, &logistic_hessian(&w, &x, &y), time);
}
