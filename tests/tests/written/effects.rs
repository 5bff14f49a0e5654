//! Inactive code with effects on one side of an `if` around active values: counters, indices, logs; blocks around changes.

use matgrad::grad;
use nalgebra::*;

use super::point::{check, samples};

#[grad(x)]
fn a1(x: &DVector<f64>, d: i32) -> f64 {
    let mut count = 0;
    let mut total = x[0];
    if d > 0 {
        count += 1;
        total += x[1] * x[2];
    }
    total * total + count as f64
}

#[test]
fn a1_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let d: i32 = 3;
    let mut buffer = x.clone();
    let value = a1_value_and_grad_into(&x, d, &mut buffer);
    check(&x, |q| a1(q, d), a1_value_and_grad(&x, d), a1_grad(&x, d), (value, buffer));
}

#[grad(x)]
fn a2(x: &DVector<f64>, ds: &[i32]) -> f64 {
    let mut count = 0;
    let mut total = 0.0;
    for i in 0..x.len() {
        if ds[i] > 0 {
            count += 1;
            total += x[i] * x[i];
        }
    }
    total / count as f64
}

#[test]
fn a2_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let ds: Vec<i32> = vec![1, -2, 3, 0, -1, 2];
    let mut buffer = x.clone();
    let value = a2_value_and_grad_into(&x, &ds, &mut buffer);
    check(&x, |q| a2(q, &ds), a2_value_and_grad(&x, &ds), a2_grad(&x, &ds), (value, buffer));
}

#[grad(x)]
fn a3(x: &DVector<f64>, ds: &[i32]) -> f64 {
    let mut i = 0;
    let mut total = 0.0;
    while i < x.len() {
        if ds[i] < 0 {
            i += 1;
            continue;
        }
        total += x[i].sin() * total + x[i];
        i += 2;
    }
    total
}

#[test]
fn a3_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let ds: Vec<i32> = vec![1, -2, 3, 0, -1, 2];
    let mut buffer = x.clone();
    let value = a3_value_and_grad_into(&x, &ds, &mut buffer);
    check(&x, |q| a3(q, &ds), a3_value_and_grad(&x, &ds), a3_grad(&x, &ds), (value, buffer));
}

#[grad(x)]
fn a4(x: f64, flag: bool, ys: &[f64]) -> f64 {
    let mut c = 2.0;
    let mut s = x;
    let before = x * c;
    if flag {
        s = x * c;
        c += 1.0;
        s *= c;
        let w: f64 = ys[1] * c;
        s += w * x;
        c *= 2.0;
    } else {
        c -= 7.0;
        s = s * c + 3.0;
    }
    s * c * before
}

#[test]
fn a4_is_right() {
    let x: f64 = 0.7;
    let flag: bool = false;
    let ys: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = a4_value_and_grad_into(x, flag, &ys, &mut buffer);
    check(&x, |q| a4(*q, flag, &ys), a4_value_and_grad(x, flag, &ys), a4_grad(x, flag, &ys), (value, buffer));
}

#[grad(x)]
fn a5(x: f64, flag: bool, ys: &[f64]) -> f64 {
    let mut c = 2.0;
    let mut s = x;
    let before = x * c;
    if flag {
        s = x * c;
        c += 1.0;
        s *= c;
        let w: f64 = ys[1] * c;
        s += w * x;
        c *= 2.0;
    } else {
        c -= 7.0;
        s = s * c + 3.0;
    }
    s * c * before
}

#[test]
fn a5_is_right() {
    let x: f64 = 0.7;
    let flag: bool = true;
    let ys: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = a5_value_and_grad_into(x, flag, &ys, &mut buffer);
    check(&x, |q| a5(*q, flag, &ys), a5_value_and_grad(x, flag, &ys), a5_grad(x, flag, &ys), (value, buffer));
}

#[grad(x)]
fn a6(x: &DVector<f64>, ds: &[i32]) -> f64 {
    let mut last = 0;
    let mut s = 0.5;
    for i in 0..6 {
        if ds[i] > 0 {
            let w = x[last];
            last = i;
            s = s * w + x[last];
        } else if ds[i] == 0 {
            last += 1;
            s -= x[last] * x[i];
        }
    }
    s + x[last]
}

#[test]
fn a6_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let ds: Vec<i32> = vec![1, -2, 3, 0, -1, 2];
    let mut buffer = x.clone();
    let value = a6_value_and_grad_into(&x, &ds, &mut buffer);
    check(&x, |q| a6(q, &ds), a6_value_and_grad(&x, &ds), a6_grad(&x, &ds), (value, buffer));
}

#[grad(x)]
fn a7(x: &DVector<f64>, ds: &[i32]) -> f64 {
    let mut log: Vec<usize> = Vec::new();
    let mut s = 0.5;
    for i in 0..x.len() {
        match ds[i] {
            0 => {
                log.push(i);
                s = s * x[i];
            }
            d if d < 0 => s -= x[log.len()] * x[i],
            _ => {
                log.push(i + 1);
                log.push(0);
                let k: usize = log[log.len() - 2];
                s += x[k % 6] * x[i];
            }
        }
    }
    s * log.len() as f64
}

#[test]
fn a7_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let ds: Vec<i32> = vec![1, -2, 3, 0, -1, 2];
    let mut buffer = x.clone();
    let value = a7_value_and_grad_into(&x, &ds, &mut buffer);
    check(&x, |q| a7(q, &ds), a7_value_and_grad(&x, &ds), a7_grad(&x, &ds), (value, buffer));
}

#[grad(x)]
fn a8(x: &DVector<f64>, ds: &[i32], es: &[bool]) -> f64 {
    let mut n = 0;
    let mut m = 1;
    let mut s = 0.5;
    for i in 0..x.len() {
        if es[i] {
            n += 1;
            if ds[i] > 0 {
                m += n;
                s += x[i] * m as f64;
            } else {
                s *= x[n];
                n += 1;
            }
            s += x[i] * n as f64;
        }
    }
    s / n as f64
}

#[test]
fn a8_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let ds: Vec<i32> = vec![1, -2, 3, 0, -1, 2];
    let es: Vec<bool> = vec![true, false, true, true, false, true];
    let mut buffer = x.clone();
    let value = a8_value_and_grad_into(&x, &ds, &es, &mut buffer);
    check(&x, |q| a8(q, &ds, &es), a8_value_and_grad(&x, &ds, &es), a8_grad(&x, &ds, &es), (value, buffer));
}

#[grad(x)]
fn a9(x: &DVector<f64>, es: &[bool]) -> f64 {
    let mut v = DVector::from_element(6, 1.0);
    let mut s = 0.5;
    for i in 0..x.len() {
        if es[i] {
            v[i] = 3.0;
            s += v.dot(x);
        }
    }
    s + v.dot(x)
}

#[test]
fn a9_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let es: Vec<bool> = vec![true, false, true, true, false, true];
    let mut buffer = x.clone();
    let value = a9_value_and_grad_into(&x, &es, &mut buffer);
    check(&x, |q| a9(q, &es), a9_value_and_grad(&x, &es), a9_grad(&x, &es), (value, buffer));
}

#[grad(x)]
fn a10(x: &DVector<f64>, es: &[bool]) -> f64 {
    let mut s = 0.5;
    for i in 0..x.len() {
        let mut acc = 0.0;
        if es[i] {
            for j in 0..3 {
                acc += j as f64;
            }
            s += x[i] * acc;
            acc *= 2.0;
        }
        s += acc * x[0];
    }
    s
}

#[test]
fn a10_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let es: Vec<bool> = vec![true, false, true, true, false, true];
    let mut buffer = x.clone();
    let value = a10_value_and_grad_into(&x, &es, &mut buffer);
    check(&x, |q| a10(q, &es), a10_value_and_grad(&x, &es), a10_grad(&x, &es), (value, buffer));
}

#[grad(x)]
fn a11(x: &DVector<f64>, es: &[bool]) -> f64 {
    let mut count = 0;
    let mut s = 0.0;
    for i in 0..x.len() {
        let w = if es[i] {
            count += 1;
            x[i] * count as f64
        } else {
            count = 0;
            1.0
        };
        s += w * w;
    }
    s
}

#[test]
fn a11_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let es: Vec<bool> = vec![true, false, true, true, false, true];
    let mut buffer = x.clone();
    let value = a11_value_and_grad_into(&x, &es, &mut buffer);
    check(&x, |q| a11(q, &es), a11_value_and_grad(&x, &es), a11_grad(&x, &es), (value, buffer));
}

#[grad(x)]
fn a12(x: &DVector<f64>, m: usize) -> f64 {
    let (mut lo, mut hi) = (0, x.len() - 1);
    let mut s = 1.0;
    while lo < hi {
        let mid = (lo + hi) / 2;
        if mid < m {
            s *= x[mid] + 2.0;
            lo = mid + 1;
        } else {
            s += x[mid].exp();
            hi = mid;
        }
    }
    s + x[lo]
}

#[test]
fn a12_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let m: usize = 4;
    let mut buffer = x.clone();
    let value = a12_value_and_grad_into(&x, m, &mut buffer);
    check(&x, |q| a12(q, m), a12_value_and_grad(&x, m), a12_grad(&x, m), (value, buffer));
}

#[grad(x)]
fn a20(x: &DVector<f64>, flag: bool) -> f64 {
    let mut n = 0;
    let mut s = x[0];
    if flag {
        n += 3;
        s += x.rows(0, n).dot(&x.rows(0, x.len() - 3));
        n += 1;
        s += x.rows(0, n).norm_squared();
    }
    s + n as f64
}

#[test]
fn a20_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let flag: bool = true;
    let mut buffer = x.clone();
    let value = a20_value_and_grad_into(&x, flag, &mut buffer);
    check(&x, |q| a20(q, flag), a20_value_and_grad(&x, flag), a20_grad(&x, flag), (value, buffer));
}

#[grad(x)]
fn a21(x: &DVector<f64>, flag: bool) -> f64 {
    let mut n = 0;
    let mut s = x[0];
    if flag {
        n += 3;
        s += x.rows(0, n).dot(&x.rows(0, x.len() - 3));
        n += 1;
        s += x.rows(0, n).norm_squared();
    }
    s + n as f64
}

#[test]
fn a21_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let flag: bool = false;
    let mut buffer = x.clone();
    let value = a21_value_and_grad_into(&x, flag, &mut buffer);
    check(&x, |q| a21(q, flag), a21_value_and_grad(&x, flag), a21_grad(&x, flag), (value, buffer));
}

#[grad(x)]
fn a22(x: &DVector<f64>, flag: bool, idx: &[usize]) -> f64 {
    let mut s = x[0];
    let mut n = 1;
    if flag {
        let i = idx[0];
        n += i;
        s *= x[n];
        s += x[i];
    }
    s * n as f64
}

#[test]
fn a22_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let flag: bool = true;
    let idx: Vec<usize> = vec![1, 0, 3, 2, 5, 4];
    let mut buffer = x.clone();
    let value = a22_value_and_grad_into(&x, flag, &idx, &mut buffer);
    check(&x, |q| a22(q, flag, &idx), a22_value_and_grad(&x, flag, &idx), a22_grad(&x, flag, &idx), (value, buffer));
}

#[grad(x)]
fn a24(x: &DVector<f64>, es: &[bool]) -> f64 {
    let mut k = 0;
    let mut s = 0.0;
    for i in 0..x.len() {
        if es[i] {
            k += 1;
            let k = k * 2;
            let w = x[k % 6];
            s += w * x[i];
        }
        s += x[k] * 0.5;
    }
    s
}

#[test]
fn a24_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let es: Vec<bool> = vec![true, false, true, true, false, true];
    let mut buffer = x.clone();
    let value = a24_value_and_grad_into(&x, &es, &mut buffer);
    check(&x, |q| a24(q, &es), a24_value_and_grad(&x, &es), a24_grad(&x, &es), (value, buffer));
}

#[grad(x)]
fn a25(x: &DVector<f64>, es: &[bool]) -> f64 {
    let mut s = 1.0;
    let mut k = 1.0;
    for i in (0..x.len()).rev() {
        if es[i] {
            k *= 0.9;
            s = s * x[i] * k;
            k += 0.1;
        } else {
            assert!(i < 6);
            s = s + k;
        }
    }
    s + k
}

#[test]
fn a25_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let es: Vec<bool> = vec![true, false, true, true, false, true];
    let mut buffer = x.clone();
    let value = a25_value_and_grad_into(&x, &es, &mut buffer);
    check(&x, |q| a25(q, &es), a25_value_and_grad(&x, &es), a25_grad(&x, &es), (value, buffer));
}

#[grad(x)]
fn a30(x: &DVector<f64>, ds: &[i32]) -> f64 {
    let mut n = 0;
    let mut s = 1.0;
    for i in 0..x.len() {
        match ds[i] {
            0 => n += 1,
            1 => {
                n += 2;
                s += x[n % 6]
            }
            _ => {
                s *= x[i];
                n += 1
            }
        }
        {
            let t = s * x[i];
            s = t + n as f64;
        }
    }
    {
        s *= 2.0;
        let s = 5.0;
        n += s as usize;
    }
    s + n as f64
}

#[test]
fn a30_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let ds: Vec<i32> = vec![1, -2, 3, 0, -1, 2];
    let mut buffer = x.clone();
    let value = a30_value_and_grad_into(&x, &ds, &mut buffer);
    check(&x, |q| a30(q, &ds), a30_value_and_grad(&x, &ds), a30_grad(&x, &ds), (value, buffer));
}

#[grad(x)]
fn a31(x: &DVector<f64>, flag: bool) -> f64 {
    let mut v = vec![0.0; 3];
    let mut u = x.clone();
    {
        let n = 2;
        v[n] = x[1] * x[2];
        {
            u[n] = v[n] * 2.0;
        }
    }
    if flag {
        u.fill(x[3])
    } else {
        u[1] = 2.0
    }
    if !flag {
        v[0] = x[0]
    } else if x.len() > 3 {
        for i in 0..3 {
            v[i] += x[i] * u[i]
        }
    }
    v[0] * v[1] + u.norm_squared() + v[2]
}

#[test]
fn a31_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let flag: bool = true;
    let mut buffer = x.clone();
    let value = a31_value_and_grad_into(&x, flag, &mut buffer);
    check(&x, |q| a31(q, flag), a31_value_and_grad(&x, flag), a31_grad(&x, flag), (value, buffer));
}

#[grad(x)]
fn a40(x: &DVector<f64>, flag: bool) -> f64 {
    let mut u = x.clone();
    let mut w = x.map(|t| t.sin());
    u[2] = x[1] * 2.0;
    if flag {
        w += &u * u.sum();
        u.fill(x[3]);
    } else {
        u[1] = 2.0;
    }
    u.norm_squared() + w.dot(x)
}

#[test]
fn a40_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let flag: bool = true;
    let mut buffer = x.clone();
    let value = a40_value_and_grad_into(&x, flag, &mut buffer);
    check(&x, |q| a40(q, flag), a40_value_and_grad(&x, flag), a40_grad(&x, flag), (value, buffer));
}

#[grad(x)]
fn generic<T: RealField + Copy>(x: T, ys: &[T], flags: &[bool]) -> T {
    let mut last = ys[0];
    let mut n = 0;
    let mut s = x;
    for i in 0..ys.len() {
        if flags[i] {
            let y = ys[n];
            s = s * y + last;
            last += ys[i];
            n += 1;
        }
    }
    s * last
}

#[test]
fn generic_is_right() {
    let (x, ys, flags) = (0.7, samples(5), [true, false, true, true, false]);
    let mut buffer = x;
    let value = generic_value_and_grad_into(x, &ys, &flags, &mut buffer);
    let both = generic_value_and_grad(x, &ys, &flags);
    check(&x, |q| generic(*q, &ys, &flags), both, generic_grad(x, &ys, &flags), (value, buffer));
}

#[grad(x)]
fn leaves(x: &DVector<f64>, ys: &[f64]) -> Option<f64> {
    let mut n = 0;
    let mut s = 0.0;
    for (i, y) in ys.iter().enumerate() {
        if *y > 0.0 {
            if n > 2 {
                return None;
            }
            n += 1;
            s += x[i] * x[n];
        }
    }
    Some(s)
}

#[test]
fn a_companion_leaves_where_the_function_does() {
    let (x, mut ys) = (DVector::from_vec(samples(6)), vec![0.3, -0.2, 1.1, 0.4, -1.0, -0.1]);
    let mut buffer = x.clone();
    let value = leaves_value_and_grad_into(&x, &ys, &mut buffer).unwrap();
    let (both, gradient) = (leaves_value_and_grad(&x, &ys).unwrap(), leaves_grad(&x, &ys).unwrap());
    check(&x, |q| leaves(q, &ys).unwrap(), both, gradient, (value, buffer));
    ys.iter_mut().for_each(|y| *y = 1.0);
    assert!(leaves(&x, &ys).is_none() && leaves_grad(&x, &ys).is_none());
}
