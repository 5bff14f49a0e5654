//! `while`, `loop`, `break`, `if let`, `match`, and indices that change while a loop runs.

use matgrad::grad;
use nalgebra::*;

use super::point::{check, samples};

#[grad(x0)]
fn w1(x0: f64, k: f64) -> f64 {
    let mut x = x0;
    let mut t = 0.0;
    while t < 1.0 {
        x -= 0.1 * k * x * t;
        t += 0.1;
    }
    x
}

#[test]
fn w1_is_right() {
    let x0: f64 = 0.7;
    let k: f64 = 0.7;
    let mut buffer = x0.clone();
    let value = w1_value_and_grad_into(x0, k, &mut buffer);
    check(&x0, |q| w1(*q, k), w1_value_and_grad(x0, k), w1_grad(x0, k), (value, buffer));
}

#[grad(x)]
fn w2(x: &DVector<f64>) -> f64 {
    let mut i = 0;
    let mut s = 0.0;
    while i < x.len() {
        s += x[i] * x[i];
        i += 2;
    }
    s
}

#[test]
fn w2_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let mut buffer = x.clone();
    let value = w2_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| w2(q), w2_value_and_grad(&x), w2_grad(&x), (value, buffer));
}

#[grad(x)]
fn w3(x: &DVector<f64>) -> f64 {
    let mut i = 0;
    let mut s = 1.0;
    while i < x.len() {
        s = s * x[i] + 0.5;
        i += 1;
        if i == 3 {
            break;
        }
    }
    s
}

#[test]
fn w3_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let mut buffer = x.clone();
    let value = w3_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| w3(q), w3_value_and_grad(&x), w3_grad(&x), (value, buffer));
}

#[grad(x)]
fn w4(x: f64) -> f64 {
    let mut y = x;
    let mut i = 0;
    loop {
        y = 0.5 * (y + x / y);
        i += 1;
        if i >= 5 {
            break;
        }
    }
    y
}

#[test]
fn w4_is_right() {
    let x: f64 = 0.7;
    let mut buffer = x.clone();
    let value = w4_value_and_grad_into(x, &mut buffer);
    check(&x, |q| w4(*q), w4_value_and_grad(x), w4_grad(x), (value, buffer));
}

#[grad(x)]
fn w5(x: f64) -> f64 {
    let mut y = x;
    let mut i = 0;
    loop {
        if i >= 5 {
            break;
        }
        y = y.sin() + x;
        i += 1;
    }
    y
}

#[test]
fn w5_is_right() {
    let x: f64 = 0.7;
    let mut buffer = x.clone();
    let value = w5_value_and_grad_into(x, &mut buffer);
    check(&x, |q| w5(*q), w5_value_and_grad(x), w5_grad(x), (value, buffer));
}

#[grad(theta)]
fn b1(theta: f64, ys: &[f64]) -> f64 {
    let mut s = 0.0;
    for &y in ys {
        if y > 1.0 {
            break;
        }
        s += (y - theta).powi(2);
    }
    s
}

#[test]
fn b1_is_right() {
    let theta: f64 = 0.7;
    let ys: Vec<f64> = samples(6);
    let mut buffer = theta.clone();
    let value = b1_value_and_grad_into(theta, &ys, &mut buffer);
    check(&theta, |q| b1(*q, &ys), b1_value_and_grad(theta, &ys), b1_grad(theta, &ys), (value, buffer));
}

#[grad(theta)]
fn b2(theta: f64, ys: &[f64]) -> f64 {
    let mut s = theta;
    for (i, &y) in ys.iter().enumerate() {
        s = s * y + theta;
        if i == 2 {
            break;
        }
    }
    s
}

#[test]
fn b2_is_right() {
    let theta: f64 = 0.7;
    let ys: Vec<f64> = samples(6);
    let mut buffer = theta.clone();
    let value = b2_value_and_grad_into(theta, &ys, &mut buffer);
    check(&theta, |q| b2(*q, &ys), b2_value_and_grad(theta, &ys), b2_grad(theta, &ys), (value, buffer));
}

#[grad(theta)]
fn b3(theta: f64, ys: &[f64]) -> f64 {
    let mut s = theta;
    let mut seen = 0;
    for &y in ys {
        let z = y * 2.0;
        if z < 0.0 {
            seen += 1;
            break;
        }
        s = s * z + theta;
    }
    s * (seen as f64 + 1.0)
}

#[test]
fn b3_is_right() {
    let theta: f64 = 0.7;
    let ys: Vec<f64> = samples(6);
    let mut buffer = theta.clone();
    let value = b3_value_and_grad_into(theta, &ys, &mut buffer);
    check(&theta, |q| b3(*q, &ys), b3_value_and_grad(theta, &ys), b3_grad(theta, &ys), (value, buffer));
}

#[grad(x)]
fn c1(x: &DVector<f64>) -> f64 {
    let mut s = 0.0;
    for i in 0..x.len() {
        let mut j = i;
        j += 2;
        j = j % x.len();
        s += x[i] * x[j];
    }
    s
}

#[test]
fn c1_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let mut buffer = x.clone();
    let value = c1_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| c1(q), c1_value_and_grad(&x), c1_grad(&x), (value, buffer));
}

#[grad(x)]
fn c2(x: &DVector<f64>) -> f64 {
    let mut k = 0;
    let mut s = 0.0;
    for i in 0..3 {
        for _ in 0..i {
            s += x[k] * x[k + 1];
            k += 1;
        }
    }
    s
}

#[test]
fn c2_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let mut buffer = x.clone();
    let value = c2_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| c2(q), c2_value_and_grad(&x), c2_grad(&x), (value, buffer));
}

#[grad(x)]
fn c3(x: &DVector<f64>) -> f64 {
    let mut s = 0.0;
    let mut j = x.len();
    for i in (0..x.len()).rev() {
        j -= 1;
        s = s * 0.5 + x[i] * x[j];
    }
    s
}

#[test]
fn c3_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let mut buffer = x.clone();
    let value = c3_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| c3(q), c3_value_and_grad(&x), c3_grad(&x), (value, buffer));
}

#[grad(x)]
fn c5(x: &[f64], lens: &[usize]) -> f64 {
    let mut at = 0;
    let mut s = 1.0;
    for &n in lens.iter().take(3) {
        let part = &x[at..at + n];
        s = s * 0.7 + part.iter().map(|v| v * v).sum::<f64>();
        at += n;
    }
    s
}

#[test]
fn c5_is_right() {
    let x: Vec<f64> = samples(6);
    let lens: Vec<usize> = vec![2, 0, 3, 1, 1, 2];
    let mut buffer = x.clone();
    let value = c5_value_and_grad_into(&x, &lens, &mut buffer);
    check(&x, |q| c5(q, &lens), c5_value_and_grad(&x, &lens), c5_grad(&x, &lens), (value, buffer));
}

#[grad(x)]
fn m1(x: f64, k: &Option<f64>) -> f64 {
    match k {
        Some(v) if *v > 1.0 => x * v,
        Some(v) => x + v,
        None => x,
    }
}

#[test]
fn m1_is_right() {
    let x: f64 = 0.7;
    let k: Option<f64> = Some(1.3);
    let mut buffer = x.clone();
    let value = m1_value_and_grad_into(x, &k, &mut buffer);
    check(&x, |q| m1(*q, &k), m1_value_and_grad(x, &k), m1_grad(x, &k), (value, buffer));
}

#[grad(x)]
fn m2(x: f64, n: usize) -> f64 {
    match n {
        0 => 1.0,
        1 => x,
        k => {
            let mut p = 1.0;
            for _ in 0..k {
                p *= x;
            }
            p
        }
    }
}

#[test]
fn m2_is_right() {
    let x: f64 = 0.7;
    let n: usize = 6;
    let mut buffer = x.clone();
    let value = m2_value_and_grad_into(x, n, &mut buffer);
    check(&x, |q| m2(*q, n), m2_value_and_grad(x, n), m2_grad(x, n), (value, buffer));
}

#[grad(x)]
fn m3(x: &DVector<f64>, k: Option<f64>) -> f64 {
    let mut s = x.norm_squared();
    for i in 0..x.len() {
        if let Some(v) = k {
            s += v * x[i];
        } else {
            s -= x[i];
        }
    }
    s
}

#[test]
fn m3_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let k: Option<f64> = Some(1.3);
    let mut buffer = x.clone();
    let value = m3_value_and_grad_into(&x, k, &mut buffer);
    check(&x, |q| m3(q, k), m3_value_and_grad(&x, k), m3_grad(&x, k), (value, buffer));
}

#[grad(x)]
fn m4(x: f64, n: i32) -> f64 {
    let y = match n {
        i32::MIN..=0 => x,
        1 | 2 | 3 => x * x,
        _ => x.powi(3),
    };
    y + 1.0
}

#[test]
fn m4_is_right() {
    let x: f64 = 0.7;
    let n: i32 = 3;
    let mut buffer = x.clone();
    let value = m4_value_and_grad_into(x, n, &mut buffer);
    check(&x, |q| m4(*q, n), m4_value_and_grad(x, n), m4_grad(x, n), (value, buffer));
}

#[grad(x)]
fn m5(x: f64, k: Option<f64>) -> f64 {
    let w: f64 = if let Some(v) = k { v } else { 1.0 };
    x * w
}

#[test]
fn m5_is_right() {
    let x: f64 = 0.7;
    let k: Option<f64> = Some(1.3);
    let mut buffer = x.clone();
    let value = m5_value_and_grad_into(x, k, &mut buffer);
    check(&x, |q| m5(*q, k), m5_value_and_grad(x, k), m5_grad(x, k), (value, buffer));
}

#[grad(x)]
fn wl(x: &DVector<f64>, b: &DVector<f64>) -> f64 {
    let mut y = x.clone();
    let mut step = 1.0;
    let mut k = 0;
    while step > 0.1 && k < 10 {
        y = &y - b * step;
        step *= 0.5;
        k += 1;
    }
    y.norm_squared()
}

#[test]
fn wl_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let b: DVector<f64> = DVector::from_vec(samples(6));
    let mut buffer = x.clone();
    let value = wl_value_and_grad_into(&x, &b, &mut buffer);
    check(&x, |q| wl(q, &b), wl_value_and_grad(&x, &b), wl_grad(&x, &b), (value, buffer));
}

#[grad(x)]
fn nest(x: f64) -> f64 {
    let mut s = 0.0;
    for i in 1..4 {
        let mut y = x;
        let mut k = 0;
        while k < i {
            y = y * y * 0.5;
            k += 1;
        }
        s += y;
    }
    s
}

#[test]
fn nest_is_right() {
    let x: f64 = 0.7;
    let mut buffer = x.clone();
    let value = nest_value_and_grad_into(x, &mut buffer);
    check(&x, |q| nest(*q), nest_value_and_grad(x), nest_grad(x), (value, buffer));
}

#[grad(x)]
fn eff(x: &DVector<f64>) -> f64 {
    let mut seen = Vec::new();
    let mut s = 0.0;
    for i in 0..x.len() {
        seen.push(i);
        if seen.len() > 3 {
            break;
        }
        s += x[i].exp();
    }
    s * seen.len() as f64
}

#[test]
fn eff_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let mut buffer = x.clone();
    let value = eff_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| eff(q), eff_value_and_grad(&x), eff_grad(&x), (value, buffer));
}

#[grad(x)]
fn it1(x: &[f64], t: f64) -> f64 {
    let mut i = 0;
    while i + 1 < x.len() && (i as f64) < t * 4.0 {
        i += 1;
    }
    x[i] * x[0]
}

#[test]
fn it1_is_right() {
    let x: Vec<f64> = samples(6);
    let t: f64 = 0.7;
    let mut buffer = x.clone();
    let value = it1_value_and_grad_into(&x, t, &mut buffer);
    check(&x, |q| it1(q, t), it1_value_and_grad(&x, t), it1_grad(&x, t), (value, buffer));
}

#[grad(x)]
fn binsearch(x: &[f64], grid: &[f64]) -> f64 {
    let mut lo = 0;
    let mut hi = grid.len();
    while hi - lo > 1 {
        let mid = (lo + hi) / 2;
        if grid[mid] > 0.5 {
            hi = mid;
        } else {
            lo = mid;
        }
    }
    x[lo] * 2.0
}

#[test]
fn binsearch_is_right() {
    let x: Vec<f64> = samples(6);
    let grid: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = binsearch_value_and_grad_into(&x, &grid, &mut buffer);
    check(&x, |q| binsearch(q, &grid), binsearch_value_and_grad(&x, &grid), binsearch_grad(&x, &grid), (value, buffer));
}
