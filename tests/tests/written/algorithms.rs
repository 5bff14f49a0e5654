//! Algorithms: iterations, sums with compensation, polygons, tables, smoothing.

use matgrad::grad;
use nalgebra::*;

use super::point::{check, samples};

#[grad(x)]
fn w1(x: &[f64], n: usize) -> f64 {
    let mut acc = 0.0;
    let mut i = 0;
    loop {
        if i >= n {
            break;
        }
        let step = if i % 2 == 0 { 1 } else { 2 };
        acc = acc * 0.5 + x[i];
        i += step;
    }
    acc
}

#[test]
fn w1_is_right() {
    let x: Vec<f64> = samples(6);
    let n: usize = 6;
    let mut buffer = x.clone();
    let value = w1_value_and_grad_into(&x, n, &mut buffer);
    check(&x, |q| w1(q, n), w1_value_and_grad(&x, n), w1_grad(&x, n), (value, buffer));
}

#[grad(x)]
fn w2(x: &[f64]) -> f64 {
    let mut prev = x[0];
    let mut runs = vec![prev];
    for &v in &x[1..] {
        prev = 0.7 * prev + 0.3 * v;
        runs.push(prev);
    }
    let last = runs[runs.len() - 1];
    runs.iter().map(|r| (r - last).powi(2)).sum()
}

#[test]
fn w2_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = w2_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| w2(q), w2_value_and_grad(&x), w2_grad(&x), (value, buffer));
}

#[grad(x)]
fn w3(x: &[f64]) -> f64 {
    let (mut s, mut c) = (0.0, 0.0);
    for v in x {
        let y = v - c;
        let t = s + y;
        c = (t - s) - y;
        s = t;
    }
    s
}

#[test]
fn w3_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = w3_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| w3(q), w3_value_and_grad(&x), w3_grad(&x), (value, buffer));
}

#[grad(x)]
fn w4(x: &DMatrix<f64>, b: &DVector<f64>) -> f64 {
    let n = b.len();
    let mut y = DVector::zeros(n);
    for it in 0..4 {
        let w = 1.0 / (it as f64 + 2.0);
        for i in 0..n {
            let mut r = b[i];
            for j in 0..n {
                if j != i {
                    r -= 0.1 * x[(i, j)] * y[j];
                }
            }
            y[i] = (1.0 - w) * y[i] + w * r;
        }
    }
    y.dot(b)
}

#[test]
fn w4_is_right() {
    let x: DMatrix<f64> = DMatrix::from_vec(6, 6, samples(36));
    let b: DVector<f64> = DVector::from_vec(samples(6));
    let mut buffer = x.clone();
    let value = w4_value_and_grad_into(&x, &b, &mut buffer);
    check(&x, |q| w4(q, &b), w4_value_and_grad(&x, &b), w4_grad(&x, &b), (value, buffer));
}

#[grad(x)]
fn w5(x: &[[f64; 3]]) -> f64 {
    let n = x.len() as f64;
    let mut c = [0.0; 3];
    for p in x {
        for k in 0..3 {
            c[k] += p[k] / n;
        }
    }
    let mut s = 0.0;
    for p in x {
        let mut d = 0.0;
        for (a, b) in p.iter().zip(c.iter()) {
            d += (a - b) * (a - b);
        }
        s += d.sqrt();
    }
    s
}

#[test]
fn w5_is_right() {
    let x: Vec<[f64; 3]> =
        vec![[0.1, 0.2, 0.3], [0.4, -0.5, 0.6], [0.7, 0.8, -0.9], [1., 1.1, 1.2], [0.3, 0.2, 0.1], [0.5, 0.1, 0.9]];
    let mut buffer = x.clone();
    let value = w5_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| w5(q), w5_value_and_grad(&x), w5_grad(&x), (value, buffer));
}

#[grad(x)]
fn w6(x: &[f64]) -> f64 {
    let mut it = 0;
    let mut v = x[0];
    while it < x.len() - 1 {
        it += 1;
        if it == 2 {
            v += 1.0;
        }
        v = v * x[it];
    }
    v
}

#[test]
fn w6_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = w6_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| w6(q), w6_value_and_grad(&x), w6_grad(&x), (value, buffer));
}

#[grad(x)]
fn w7(x: &DVector<f64>, idx: &[usize]) -> f64 {
    let mut y: DVector<f64> = DVector::zeros(6);
    for (slot, &i) in idx.iter().enumerate() {
        y[slot] += x[i];
        y[i] -= 0.5 * x[slot];
    }
    y.norm_squared()
}

#[test]
fn w7_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let idx: Vec<usize> = vec![2, 0, 3, 1, 1, 2];
    let mut buffer = x.clone();
    let value = w7_value_and_grad_into(&x, &idx, &mut buffer);
    check(&x, |q| w7(q, &idx), w7_value_and_grad(&x, &idx), w7_grad(&x, &idx), (value, buffer));
}

#[grad(x)]
fn w8(x: &[Vector2<f64>], ts: &[f64]) -> f64 {
    let mut e = 0.0;
    for t in ts {
        let k = (t.abs() * 1.99) as usize;
        let u = t.abs() * 2.0 - k as f64;
        let p = x[k.min(1)] * (1.0 - u) + x[k.min(1) + 1] * u;
        e += p.norm_squared();
    }
    e
}

#[test]
fn w8_is_right() {
    let x: Vec<Vector2<f64>> = vec![Vector2::new(0.1, 0.2), Vector2::new(1., -0.5), Vector2::new(-0.7, 0.8)];
    let ts: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = w8_value_and_grad_into(&x, &ts, &mut buffer);
    check(&x, |q| w8(q, &ts), w8_value_and_grad(&x, &ts), w8_grad(&x, &ts), (value, buffer));
}

#[grad(x)]
fn w10(x: &Vector3<f64>) -> f64 {
    let mut m: Matrix3<f64> = Matrix3::zeros();
    for i in 0..3 {
        for j in i..3 {
            m[(i, j)] = x[i] * x[j];
            m[(j, i)] = m[(i, j)];
        }
    }
    (m + Matrix3::identity()).determinant()
}

#[test]
fn w10_is_right() {
    let x: Vector3<f64> = Vector3::new(0.3, -0.8, 1.1);
    let mut buffer = x.clone();
    let value = w10_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| w10(q), w10_value_and_grad(&x), w10_grad(&x), (value, buffer));
}

#[grad(x)]
fn w11(x: &[f64]) -> f64 {
    let mut out = x.to_vec();
    for pass in 0..2 {
        let src = out.clone();
        for i in 1..src.len() - 1 {
            out[i] = (src[i - 1] + src[i] + src[i + 1]) / (3.0 + pass as f64);
        }
    }
    out.iter().map(|v| v.powi(3)).sum()
}

#[test]
fn w11_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = w11_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| w11(q), w11_value_and_grad(&x), w11_grad(&x), (value, buffer));
}

#[grad(x)]
fn w13(x: f64, n: usize) -> f64 {
    let mut c = vec![0.0; n + 1];
    c[0] = 1.0;
    for k in 1..=n {
        c[k] = c[k - 1] * (x - k as f64 + 1.0) / k as f64;
    }
    c.iter().sum()
}

#[test]
fn w13_is_right() {
    let x: f64 = 0.7;
    let n: usize = 6;
    let mut buffer = x.clone();
    let value = w13_value_and_grad_into(x, n, &mut buffer);
    check(&x, |q| w13(*q, n), w13_value_and_grad(x, n), w13_grad(x, n), (value, buffer));
}

#[grad(x)]
fn w14(x: &[f64]) -> f64 {
    let mut total = 0.0;
    for (i, a) in x.iter().enumerate() {
        for b in &x[i + 1..] {
            total += (a - b).abs();
        }
    }
    total
}

#[test]
fn w14_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = w14_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| w14(q), w14_value_and_grad(&x), w14_grad(&x), (value, buffer));
}

#[grad(x)]
fn w15(x: &[f64]) -> f64 {
    let mut sorted: Vec<usize> = (0..x.len()).collect();
    sorted.reverse();
    let mut s = 0.0;
    for (r, &i) in sorted.iter().enumerate() {
        s += x[i] * (r + 1) as f64;
    }
    s
}

#[test]
fn w15_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = w15_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| w15(q), w15_value_and_grad(&x), w15_grad(&x), (value, buffer));
}
