//! More of lists: dynamic programming, sub-slices, captured numbers, Runge and Kutta.

use matgrad::grad;
use nalgebra::*;

use super::point::{check, samples};

#[grad(x)]
fn d1(x: f64) -> f64 {
    let xs = [x, x * x];
    let mut ys = xs;
    ys[0] = 3.0;
    xs[0] * ys[1] + ys[0]
}

#[test]
fn d1_is_right() {
    let x: f64 = 0.7;
    let mut buffer = x.clone();
    let value = d1_value_and_grad_into(x, &mut buffer);
    check(&x, |q| d1(*q), d1_value_and_grad(x), d1_grad(x), (value, buffer));
}

#[grad(x)]
fn d2(x: &[f64]) -> f64 {
    let (mut lo, mut hi) = (0, x.len() - 1);
    let mut s = 0.0;
    while lo < hi {
        s += x[lo] * x[hi];
        lo += 1;
        hi -= 1;
    }
    s
}

#[test]
fn d2_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = d2_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| d2(q), d2_value_and_grad(&x), d2_grad(&x), (value, buffer));
}

#[grad(x)]
fn d3(x: &DVector<f64>) -> f64 {
    let n = x.len();
    let mut grid = vec![vec![0.0; 3]; 3];
    for i in 0..3 {
        for j in 0..3 {
            grid[i][j] = x[i] * x[j];
        }
    }
    let mut s = 0.0;
    for row in &grid {
        for v in row {
            s += v.sin();
        }
    }
    s / n as f64
}

#[test]
fn d3_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let mut buffer = x.clone();
    let value = d3_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| d3(q), d3_value_and_grad(&x), d3_grad(&x), (value, buffer));
}

#[grad(x)]
fn d4(x: &[f64]) -> f64 {
    let mut m = [[0.0; 2]; 3];
    for i in 0..3 {
        for j in 0..2 {
            m[i][j] = x[i] * (j as f64 + 1.0);
        }
    }
    m[2][1] * m[0][0] + m[1][0]
}

#[test]
fn d4_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = d4_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| d4(q), d4_value_and_grad(&x), d4_grad(&x), (value, buffer));
}

#[grad(x)]
fn d5(x: &[f64]) -> f64 {
    let n = x.len();
    let mut dp = vec![0.0; n + 1];
    dp[0] = 1.0;
    for i in 1..=n {
        dp[i] = dp[i - 1] * x[i - 1] + if i >= 2 { dp[i - 2] } else { 0.0 };
    }
    dp[n]
}

#[test]
fn d5_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = d5_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| d5(q), d5_value_and_grad(&x), d5_grad(&x), (value, buffer));
}

#[grad(x)]
fn d6(x: &[f64]) -> f64 {
    x.iter().zip(x.iter().skip(1)).map(|(a, b)| (b - a).powi(2)).sum()
}

#[test]
fn d6_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = d6_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| d6(q), d6_value_and_grad(&x), d6_grad(&x), (value, buffer));
}

#[grad(x)]
fn d7(x: &[f64]) -> f64 {
    x.iter().rev().fold(0.0, |acc, v| acc * 0.5 + v)
}

#[test]
fn d7_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = d7_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| d7(q), d7_value_and_grad(&x), d7_grad(&x), (value, buffer));
}

#[grad(x)]
fn d8(x: &[f64]) -> f64 {
    let total: f64 = x.iter().sum();
    x.iter().map(|v| v / total).map(|p| -p * p.abs().ln()).sum::<f64>()
}

#[test]
fn d8_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = d8_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| d8(q), d8_value_and_grad(&x), d8_grad(&x), (value, buffer));
}

#[grad(x)]
fn d9(x: &[f64]) -> f64 {
    let (mut a, mut b) = (1.0, 0.0);
    for v in x {
        let t = a;
        a = a * v + b;
        b = t;
    }
    a + b
}

#[test]
fn d9_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = d9_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| d9(q), d9_value_and_grad(&x), d9_grad(&x), (value, buffer));
}

#[grad(w)]
fn d10(w: &[f64], data: &[(f64, f64)]) -> f64 {
    let mut s = 0.0;
    for &(x, y) in data {
        let p = w[0] + w[1] * x;
        s += (y - p).powi(2);
    }
    s
}

#[test]
fn d10_is_right() {
    let w: Vec<f64> = samples(6);
    let data: Vec<(f64, f64)> = vec![(0.1, 0.2), (0.4, -0.5), (0.7, 0.8)];
    let mut buffer = w.clone();
    let value = d10_value_and_grad_into(&w, &data, &mut buffer);
    check(&w, |q| d10(q, &data), d10_value_and_grad(&w, &data), d10_grad(&w, &data), (value, buffer));
}

#[grad(w)]
fn d11(w: &[f64], data: &[[f64; 2]]) -> f64 {
    data.iter()
        .map(|&[x, y]| {
            let p = w[0] + w[1] * x;
            (y - p).abs()
        })
        .sum::<f64>()
}

#[test]
fn d11_is_right() {
    let w: Vec<f64> = samples(6);
    let data: Vec<[f64; 2]> = vec![[0.1, 0.2], [0.4, -0.5], [0.7, 0.8], [1., 1.1], [0.3, 0.2], [0.5, 0.1]];
    let mut buffer = w.clone();
    let value = d11_value_and_grad_into(&w, &data, &mut buffer);
    check(&w, |q| d11(q, &data), d11_value_and_grad(&w, &data), d11_grad(&w, &data), (value, buffer));
}

#[grad(w)]
fn d12(w: &[f64], data: &[[f64; 2]]) -> f64 {
    let mut s = 0.0;
    for row in data {
        let mut p = w[2];
        for (a, b) in w.iter().zip(row) {
            p += a * b;
        }
        s += 1.0 / (1.0 + (-p).exp());
    }
    s
}

#[test]
fn d12_is_right() {
    let w: Vec<f64> = samples(6);
    let data: Vec<[f64; 2]> = vec![[0.1, 0.2], [0.4, -0.5], [0.7, 0.8], [1., 1.1], [0.3, 0.2], [0.5, 0.1]];
    let mut buffer = w.clone();
    let value = d12_value_and_grad_into(&w, &data, &mut buffer);
    check(&w, |q| d12(q, &data), d12_value_and_grad(&w, &data), d12_grad(&w, &data), (value, buffer));
}

#[grad(x)]
fn d13(x: &[f64]) -> f64 {
    let mut best = f64::NEG_INFINITY;
    for &v in x {
        if v > best {
            best = v;
        }
    }
    best
}

#[test]
fn d13_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = d13_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| d13(q), d13_value_and_grad(&x), d13_grad(&x), (value, buffer));
}

#[grad(x)]
fn d15(x: &[f64]) -> f64 {
    let s: f64 = x[..3].iter().sum();
    let p: f64 = x[3..].iter().product();
    s * p
}

#[test]
fn d15_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = d15_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| d15(q), d15_value_and_grad(&x), d15_grad(&x), (value, buffer));
}

#[grad(x)]
fn d18(x: &[f64]) -> f64 {
    let mean = x.iter().sum::<f64>() / x.len() as f64;
    let var = x.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / x.len() as f64;
    let mut sk = 0.0;
    for v in x {
        sk += ((v - mean) / var.sqrt()).powi(3);
    }
    sk
}

#[test]
fn d18_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = d18_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| d18(q), d18_value_and_grad(&x), d18_grad(&x), (value, buffer));
}

#[grad(p)]
fn d19(p: &[f64; 3]) -> f64 {
    let &[a, b, c] = p;
    let mut y = a;
    let dt = 0.1;
    let f = |y: f64, t: f64| b * y + c * t;
    for k in 0..5 {
        let t = k as f64 * dt;
        let k1 = f(y, t);
        let k2 = f(y + dt * k1, t + dt);
        y += dt * (k1 + k2) / 2.0;
    }
    y
}

#[test]
fn d19_is_right() {
    let p: [f64; 3] = [0.7, -0.4, 1.3];
    let mut buffer = p.clone();
    let value = d19_value_and_grad_into(&p, &mut buffer);
    check(&p, |q| d19(q), d19_value_and_grad(&p), d19_grad(&p), (value, buffer));
}

#[grad(x)]
fn d21(x: &[f64]) -> f64 {
    let m = x.iter().cloned().fold(f64::NAN, f64::min);
    m * 2.0
}

#[test]
fn d21_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = d21_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| d21(q), d21_value_and_grad(&x), d21_grad(&x), (value, buffer));
}

#[grad(x)]
fn d24(x: &[f64]) -> f64 {
    if x.is_empty() {
        return 0.0;
    }
    let mut s = x[0];
    for v in &x[1..] {
        s = (s * s + v * v).sqrt();
    }
    s
}

#[test]
fn d24_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = d24_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| d24(q), d24_value_and_grad(&x), d24_grad(&x), (value, buffer));
}

#[grad(x)]
fn d25(x: &[f64]) -> f64 {
    assert!(x.len() >= 2, "too short");
    let n = x.len();
    let h = 1.0 / (n - 1) as f64;
    let mut s = 0.5 * (x[0] + x[n - 1]);
    for v in x.iter().take(n - 1).skip(1) {
        s += v;
    }
    s * h
}

#[test]
fn d25_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = d25_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| d25(q), d25_value_and_grad(&x), d25_grad(&x), (value, buffer));
}
