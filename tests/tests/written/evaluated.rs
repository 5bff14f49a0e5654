//! What is evaluated once, before: items of written arrays, lists of one name, lists that inactive code changes, names of places.

use matgrad::grad;
use nalgebra::*;

use super::point::{check, samples};

#[grad(x)]
fn t1(x: f64) -> f64 {
    let mut s = x;
    for v in [s, s * 2.0] {
        s += v * v;
    }
    s
}

#[test]
fn t1_is_right() {
    let x: f64 = 0.7;
    let mut buffer = x.clone();
    let value = t1_value_and_grad_into(x, &mut buffer);
    check(&x, |q| t1(*q), t1_value_and_grad(x), t1_grad(x), (value, buffer));
}

#[grad(x)]
fn t2(x: f64, n: usize) -> f64 {
    let mut v = vec![x];
    for _ in 0..n {
        let a = {
            let v = [x, x, x];
            v.len() as f64 * x
        };
        let l = v[0];
        v.push(a + l);
    }
    v[1] + v[2]
}

#[test]
fn t2_is_right() {
    let x: f64 = 0.7;
    let n: usize = 6;
    let mut buffer = x.clone();
    let value = t2_value_and_grad_into(x, n, &mut buffer);
    check(&x, |q| t2(*q, n), t2_value_and_grad(x, n), t2_grad(x, n), (value, buffer));
}

#[grad(x)]
fn t3(x: f64, mut ys: Vec<f64>) -> f64 {
    ys.sort_by(|a, b| b.partial_cmp(a).unwrap());
    x * ys[0]
}

#[test]
fn t3_is_right() {
    let x: f64 = 0.7;
    let ys: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = t3_value_and_grad_into(x, ys.clone(), &mut buffer);
    check(&x, |q| t3(*q, ys.clone()), t3_value_and_grad(x, ys.clone()), t3_grad(x, ys.clone()), (value, buffer));
}

#[grad(x)]
fn t4(x: f64, mut ys: [f64; 3]) -> f64 {
    ys[0] = 5.0;
    ys[1] += 2.0;
    x * ys[0] * ys[1]
}

#[test]
fn t4_is_right() {
    let x: f64 = 0.7;
    let ys: [f64; 3] = [0.7, -0.4, 1.3];
    let mut buffer = x.clone();
    let value = t4_value_and_grad_into(x, ys, &mut buffer);
    check(&x, |q| t4(*q, ys), t4_value_and_grad(x, ys), t4_grad(x, ys), (value, buffer));
}

#[grad(x)]
fn t5(x: f64, mut ys: Vec<f64>) -> f64 {
    let mut s = 0.0;
    ys[0] = 7.0;
    for y in &ys {
        s += x * y;
    }
    ys[0] = 1.0;
    s + ys[0] * x
}

#[test]
fn t5_is_right() {
    let x: f64 = 0.7;
    let ys: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = t5_value_and_grad_into(x, ys.clone(), &mut buffer);
    check(&x, |q| t5(*q, ys.clone()), t5_value_and_grad(x, ys.clone()), t5_grad(x, ys.clone()), (value, buffer));
}

#[grad(x)]
fn t6(x: &[f64], n: usize) -> f64 {
    let mut best = x[0];
    let mut at = 0;
    for i in 1..n {
        if i % 2 == 1 {
            at = i;
        }
        best = best * 0.5 + x[at];
    }
    best
}

#[test]
fn t6_is_right() {
    let x: Vec<f64> = samples(6);
    let n: usize = 6;
    let mut buffer = x.clone();
    let value = t6_value_and_grad_into(&x, n, &mut buffer);
    check(&x, |q| t6(q, n), t6_value_and_grad(&x, n), t6_grad(&x, n), (value, buffer));
}

#[grad(x)]
fn t7(x: &[[f64; 2]]) -> f64 {
    let ys = x.to_vec();
    let mut s = 0.0;
    let n = ys.len();
    for i in 0..n {
        let j = (i + 1) % n;
        s += ys[i][0] * ys[j][1] - ys[j][0] * ys[i][1];
    }
    0.5 * s
}

#[test]
fn t7_is_right() {
    let x: Vec<[f64; 2]> = vec![[0.1, 0.2], [0.4, -0.5], [0.7, 0.8], [1., 1.1], [0.3, 0.2], [0.5, 0.1]];
    let mut buffer = x.clone();
    let value = t7_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| t7(q), t7_value_and_grad(&x), t7_grad(&x), (value, buffer));
}

#[grad(x)]
fn t8(x: f64, ys: &[f64]) -> f64 {
    let mut lo = 0.0;
    let mut hi = 4.0;
    for _ in 0..6 {
        let mid = 0.5 * (lo + hi);
        if mid * mid > ys[0].abs() {
            hi = mid;
        } else {
            lo = mid;
        }
    }
    x * lo + x * x * hi
}

#[test]
fn t8_is_right() {
    let x: f64 = 0.7;
    let ys: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = t8_value_and_grad_into(x, &ys, &mut buffer);
    check(&x, |q| t8(*q, &ys), t8_value_and_grad(x, &ys), t8_grad(x, &ys), (value, buffer));
}

#[grad(x)]
fn t10(x: f64) -> f64 {
    let mut a = x;
    let mut b = x * x;
    for v in [&mut a, &mut b] {
        *v *= 3.0;
    }
    a * b
}

#[test]
fn t10_is_right() {
    let x: f64 = 0.7;
    let mut buffer = x.clone();
    let value = t10_value_and_grad_into(x, &mut buffer);
    check(&x, |q| t10(*q), t10_value_and_grad(x), t10_grad(x), (value, buffer));
}

#[grad(x)]
fn t11(x: &[f64]) -> f64 {
    let mut y = x.to_vec();
    let n = y.len();
    for i in 0..n {
        for j in 0..n - 1 - i {
            if y[j] > y[j + 1] {
                y.swap(j, j + 1);
            }
        }
    }
    y[0] * 2.0 + y[n - 1]
}

#[test]
fn t11_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = t11_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| t11(q), t11_value_and_grad(&x), t11_grad(&x), (value, buffer));
}

#[grad(x)]
fn t14(x: &DVector<f64>) -> f64 {
    let mut y = x.clone();
    let view = y.rows_mut(1, 2);
    let mut w = view;
    w[0] = 3.0;
    w *= 2.0;
    y.norm_squared()
}

#[test]
fn t14_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let mut buffer = x.clone();
    let value = t14_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| t14(q), t14_value_and_grad(&x), t14_grad(&x), (value, buffer));
}

#[grad(x)]
fn t15(x: f64) -> f64 {
    let mut a = [x, 2.0];
    let v = &mut a[0];
    let w = v;
    *w *= x;
    a[0] + a[1]
}

#[test]
fn t15_is_right() {
    let x: f64 = 0.7;
    let mut buffer = x.clone();
    let value = t15_value_and_grad_into(x, &mut buffer);
    check(&x, |q| t15(*q), t15_value_and_grad(x), t15_grad(x), (value, buffer));
}
