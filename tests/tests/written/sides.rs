//! What one side of a branch reads is what it was there, whatever becomes of it later.

use matgrad::grad;
use nalgebra::*;

use super::point::{check, samples};

#[grad(x)]
fn u1(x: f64, flag: bool) -> f64 {
    let mut c = 2.0;
    let mut s = x;
    if flag {
        s = x * c;
    }
    c = 100.0;
    s * c
}

#[test]
fn u1_is_right() {
    let x: f64 = 0.7;
    let flag: bool = true;
    let mut buffer = x.clone();
    let value = u1_value_and_grad_into(x, flag, &mut buffer);
    check(&x, |q| u1(*q, flag), u1_value_and_grad(x, flag), u1_grad(x, flag), (value, buffer));
}

#[grad(x)]
fn u3(x: &DVector<f64>) -> f64 {
    let mut m = 3;
    let mut s = 0.0;
    for i in 0..m {
        m += 1;
        s += x[i] * m as f64;
    }
    s
}

#[test]
fn u3_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let mut buffer = x.clone();
    let value = u3_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| u3(q), u3_value_and_grad(&x), u3_grad(&x), (value, buffer));
}

#[grad(x)]
fn u4(x: &DMatrix<f64>) -> f64 {
    let mut m = x.clone();
    let mut j = 0;
    for v in m.column_mut(0).iter_mut() {
        j += 1;
        *v *= j as f64;
    }
    m.norm_squared() + j as f64
}

#[test]
fn u4_is_right() {
    let x: DMatrix<f64> = DMatrix::from_vec(6, 6, samples(36));
    let mut buffer = x.clone();
    let value = u4_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| u4(q), u4_value_and_grad(&x), u4_grad(&x), (value, buffer));
}

#[grad(x)]
fn u5(x: f64, ys: Vec<f64>) -> f64 {
    let mut zs = ys.clone();
    zs[0] = 9.0;
    let k: f64 = zs[0];
    x * k + x * ys[0]
}

#[test]
fn u5_is_right() {
    let x: f64 = 0.7;
    let ys: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = u5_value_and_grad_into(x, ys.clone(), &mut buffer);
    check(&x, |q| u5(*q, ys.clone()), u5_value_and_grad(x, ys.clone()), u5_grad(x, ys.clone()), (value, buffer));
}

#[grad(x)]
fn u6(x: f64) -> f64 {
    let mut a = [1.0, 2.0, 3.0];
    a[0] = 5.0;
    for i in 0..3 {
        a[i] *= 2.0;
    }
    let k: f64 = a[0];
    x * k
}

#[test]
fn u6_is_right() {
    let x: f64 = 0.7;
    let mut buffer = x.clone();
    let value = u6_value_and_grad_into(x, &mut buffer);
    check(&x, |q| u6(*q), u6_value_and_grad(x), u6_grad(x), (value, buffer));
}

#[grad(x)]
fn u8(x: &[f64], flag: bool) -> f64 {
    let mut j = 1;
    let mut s = 1.0;
    if flag {
        s = x[j] * x[0];
    }
    j = 3;
    s * x[j]
}

#[test]
fn u8_is_right() {
    let x: Vec<f64> = samples(6);
    let flag: bool = true;
    let mut buffer = x.clone();
    let value = u8_value_and_grad_into(&x, flag, &mut buffer);
    check(&x, |q| u8(q, flag), u8_value_and_grad(&x, flag), u8_grad(&x, flag), (value, buffer));
}

#[grad(x)]
fn u9(x: &[f64]) -> f64 {
    let mut t = 0.5;
    let mut s = 1.0;
    for i in 0..4 {
        if i % 2 == 0 {
            s = s * x[i] * t;
        }
        t += 1.0;
    }
    s * t
}

#[test]
fn u9_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = u9_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| u9(q), u9_value_and_grad(&x), u9_grad(&x), (value, buffer));
}

#[grad(x)]
fn u10(x: &[f64], k: Option<usize>) -> f64 {
    let mut s = 1.0;
    let mut at = 0;
    while at < 3 {
        if let Some(j) = k {
            s = s * x[j] + x[at];
        }
        at += 1;
    }
    s
}

#[test]
fn u10_is_right() {
    let x: Vec<f64> = samples(6);
    let k: Option<usize> = Some(2);
    let mut buffer = x.clone();
    let value = u10_value_and_grad_into(&x, k, &mut buffer);
    check(&x, |q| u10(q, k), u10_value_and_grad(&x, k), u10_grad(&x, k), (value, buffer));
}

#[grad(x)]
fn u11(x: f64, ks: &[Option<f64>]) -> f64 {
    let mut s = x;
    for k in ks {
        match k {
            Some(v) => {
                s = s * v + 1.0;
            }
            None => {
                s += x;
            }
        }
    }
    s
}

#[test]
fn u11_is_right() {
    let x: f64 = 0.7;
    let ks: Vec<Option<f64>> = vec![Some(0.5), None, Some(1.5)];
    let mut buffer = x.clone();
    let value = u11_value_and_grad_into(x, &ks, &mut buffer);
    check(&x, |q| u11(*q, &ks), u11_value_and_grad(x, &ks), u11_grad(x, &ks), (value, buffer));
}

#[grad(x)]
fn u13(x: &[f64]) -> f64 {
    let mut w = vec![1.0; 3];
    let mut s = 0.0;
    for i in 0..3 {
        let old: f64 = w[i];
        w[i] = old * 2.0;
        let new: f64 = w[i];
        s += x[i] * old + x[i + 1] * new;
    }
    s
}

#[test]
fn u13_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = u13_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| u13(q), u13_value_and_grad(&x), u13_grad(&x), (value, buffer));
}

#[grad(x)]
fn v1(x: f64, flag: bool) -> f64 {
    let k: f64 = 2.0;
    let mut s = x;
    if flag {
        let z = k * 3.0;
        s = x * z;
    }
    let k: f64 = 5.0;
    s * k
}

#[test]
fn v1_is_right() {
    let x: f64 = 0.7;
    let flag: bool = true;
    let mut buffer = x.clone();
    let value = v1_value_and_grad_into(x, flag, &mut buffer);
    check(&x, |q| v1(*q, flag), v1_value_and_grad(x, flag), v1_grad(x, flag), (value, buffer));
}

#[grad(x)]
fn v2(x: f64, flag: bool, ys: Vec<f64>) -> f64 {
    let mut s = x;
    if flag {
        let z: f64 = ys[1];
        s = x * z;
    }
    let zs = ys;
    s * zs[0]
}

#[test]
fn v2_is_right() {
    let x: f64 = 0.7;
    let flag: bool = true;
    let ys: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = v2_value_and_grad_into(x, flag, ys.clone(), &mut buffer);
    check(
        &x,
        |q| v2(*q, flag, ys.clone()),
        v2_value_and_grad(x, flag, ys.clone()),
        v2_grad(x, flag, ys.clone()),
        (value, buffer),
    );
}

#[grad(x)]
fn v3(x: &[f64]) -> f64 {
    let mut t = 0.5;
    let mut s = 1.0;
    for i in 0..4 {
        if i % 2 == 0 {
            s = s * x[i] + t;
        }
        t *= 3.0;
    }
    s * t
}

#[test]
fn v3_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = v3_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| v3(q), v3_value_and_grad(&x), v3_grad(&x), (value, buffer));
}

#[grad(x)]
fn v5(x: f64, ks: &[usize]) -> f64 {
    let mut s = x;
    let mut c = 1.0;
    for &k in ks {
        if k > 1 {
            c += 1.0;
        }
        if k > 0 {
            s = s * c + x;
        }
        c *= 2.0;
    }
    s
}

#[test]
fn v5_is_right() {
    let x: f64 = 0.7;
    let ks: Vec<usize> = vec![2, 0, 3, 1, 1, 2];
    let mut buffer = x.clone();
    let value = v5_value_and_grad_into(x, &ks, &mut buffer);
    check(&x, |q| v5(*q, &ks), v5_value_and_grad(x, &ks), v5_grad(x, &ks), (value, buffer));
}

#[grad(x)]
fn v6(x: f64, flag: bool) -> f64 {
    let mut c = 2.0;
    let y = if flag { x * c } else { x + c };
    c = 7.0;
    y * c
}

#[test]
fn v6_is_right() {
    let x: f64 = 0.7;
    let flag: bool = true;
    let mut buffer = x.clone();
    let value = v6_value_and_grad_into(x, flag, &mut buffer);
    check(&x, |q| v6(*q, flag), v6_value_and_grad(x, flag), v6_grad(x, flag), (value, buffer));
}

#[grad(x)]
fn v7(x: f64, n: usize) -> f64 {
    let mut c = 2.0;
    let mut s = x;
    match n {
        0 => {}
        m => {
            s = x * c * m as f64;
        }
    }
    c += n as f64;
    s * c
}

#[test]
fn v7_is_right() {
    let x: f64 = 0.7;
    let n: usize = 6;
    let mut buffer = x.clone();
    let value = v7_value_and_grad_into(x, n, &mut buffer);
    check(&x, |q| v7(*q, n), v7_value_and_grad(x, n), v7_grad(x, n), (value, buffer));
}
