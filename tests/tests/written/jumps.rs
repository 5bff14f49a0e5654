//! `continue`, `break`, labels, wherever people write them.

use matgrad::grad;
use nalgebra::*;

use super::point::{check, samples};

#[grad(x)]
fn j1(x: &DVector<f64>, opts: &[Option<f64>]) -> f64 {
    let mut seen = 0;
    let mut s = 0.0;
    for (i, o) in opts.iter().enumerate() {
        if let Some(y) = o {
            seen += 1;
            s += (x[i] - y).powi(2);
        } else {
            continue;
        }
        s *= 1.5;
    }
    s / (seen as f64)
}

#[test]
fn j1_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let opts: Vec<Option<f64>> = vec![Some(0.3), None, Some(-0.4), Some(1.2), None, Some(0.1)];
    let mut buffer = x.clone();
    let value = j1_value_and_grad_into(&x, &opts, &mut buffer);
    check(&x, |q| j1(q, &opts), j1_value_and_grad(&x, &opts), j1_grad(&x, &opts), (value, buffer));
}

#[grad(x)]
fn j2(x: &DVector<f64>, opts: &[Option<f64>]) -> f64 {
    let mut seen = 0;
    let mut s = 0.0;
    for i in 0..opts.len() {
        let Some(y) = opts[i] else { continue };
        seen += 1;
        s += (x[i] - y).powi(2) * s + x[i];
    }
    s / (seen as f64)
}

#[test]
fn j2_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let opts: Vec<Option<f64>> = vec![Some(0.3), None, Some(-0.4), Some(1.2), None, Some(0.1)];
    let mut buffer = x.clone();
    let value = j2_value_and_grad_into(&x, &opts, &mut buffer);
    check(&x, |q| j2(q, &opts), j2_value_and_grad(&x, &opts), j2_grad(&x, &opts), (value, buffer));
}

#[grad(x)]
fn j3(x: &DVector<f64>, ys: &[f64]) -> f64 {
    let mut s = 1.0;
    for i in 0..x.len() {
        s *= x[i] + 2.0;
        if ys[i] < 0.0 {
            break;
        }
        s += x[i].sin();
    }
    s
}

#[test]
fn j3_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let ys: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = j3_value_and_grad_into(&x, &ys, &mut buffer);
    check(&x, |q| j3(q, &ys), j3_value_and_grad(&x, &ys), j3_grad(&x, &ys), (value, buffer));
}

#[grad(x)]
fn j4(x: &DVector<f64>, ys: &[f64]) -> f64 {
    let mut s = 1.0;
    for i in 0..x.len() {
        if ys[i] > 1.0 {
            s += x[i];
            continue;
        }
        if ys[i] < 0.0 {
            s *= x[i];
            break;
        }
        s += x[i].sin() * s;
    }
    s
}

#[test]
fn j4_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let ys: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = j4_value_and_grad_into(&x, &ys, &mut buffer);
    check(&x, |q| j4(q, &ys), j4_value_and_grad(&x, &ys), j4_grad(&x, &ys), (value, buffer));
}

#[grad(x)]
fn j5(x: &DVector<f64>, ds: &[i32]) -> f64 {
    let mut s = 1.0;
    'rows: for i in 0..x.len() {
        for j in 0..x.len() {
            if ds[j] == 0 && i > 1 {
                continue 'rows;
            }
            if i == 4 {
                break 'rows;
            }
            s += x[i] * x[j] * 0.1 * s;
        }
        s *= 1.1;
    }
    s
}

#[test]
fn j5_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let ds: Vec<i32> = vec![1, -2, 3, 0, -1, 2];
    let mut buffer = x.clone();
    let value = j5_value_and_grad_into(&x, &ds, &mut buffer);
    check(&x, |q| j5(q, &ds), j5_value_and_grad(&x, &ds), j5_grad(&x, &ds), (value, buffer));
}

#[grad(x)]
fn j6(x: &DVector<f64>, ds: &[i32]) -> f64 {
    let mut s = 1.0;
    let mut i = 0;
    while i < x.len() {
        if ds[i] < 0 {
            i += 1;
            continue;
        }
        if ds[i] > 2 {
            if i > 3 {
                break;
            }
            s += 1.0;
        } else if ds[i] == 0 {
            s -= x[i];
            i += 3;
            continue;
        }
        s *= x[i];
        i += 1;
    }
    s + i as f64
}

#[test]
fn j6_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let ds: Vec<i32> = vec![1, -2, 3, 0, -1, 2];
    let mut buffer = x.clone();
    let value = j6_value_and_grad_into(&x, &ds, &mut buffer);
    check(&x, |q| j6(q, &ds), j6_value_and_grad(&x, &ds), j6_grad(&x, &ds), (value, buffer));
}

#[grad(x)]
fn j7(x: &DVector<f64>) -> f64 {
    let mut s = 0.0;
    for i in 0..x.len() {
        if x[i] > 0.5 {
            s += x[i];
            continue;
        } else if x[i] < 0.0 {
            continue;
        }
        s += x[i] * x[i];
    }
    s
}

#[test]
fn j7_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let mut buffer = x.clone();
    let value = j7_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| j7(q), j7_value_and_grad(&x), j7_grad(&x), (value, buffer));
}

#[grad(x)]
fn j8(x: &DVector<f64>, opts: &[Option<f64>]) -> f64 {
    let mut s = 0.0;
    for i in 0..opts.len() {
        let w = match opts[i] {
            Some(w) => w,
            None => continue,
        };
        let v = if i == 2 { break } else { w * x[i] };
        s += v * v;
    }
    s
}

#[test]
fn j8_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let opts: Vec<Option<f64>> = vec![Some(0.3), None, Some(-0.4), Some(1.2), None, Some(0.1)];
    let mut buffer = x.clone();
    let value = j8_value_and_grad_into(&x, &opts, &mut buffer);
    check(&x, |q| j8(q, &opts), j8_value_and_grad(&x, &opts), j8_grad(&x, &opts), (value, buffer));
}

#[grad(x)]
fn j9(x: &DVector<f64>, ds: &[i32]) -> f64 {
    let mut s = 1.0;
    let mut k = 0;
    loop {
        k += 1;
        match ds[k] {
            -2 => continue,
            0 => {
                s *= x[k];
                break;
            }
            d if d > 3 => break,
            _ => s += x[k],
        }
        s += x[0] * s;
    }
    s + k as f64
}

#[test]
fn j9_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let ds: Vec<i32> = vec![1, -2, 3, 0, -1, 2];
    let mut buffer = x.clone();
    let value = j9_value_and_grad_into(&x, &ds, &mut buffer);
    check(&x, |q| j9(q, &ds), j9_value_and_grad(&x, &ds), j9_grad(&x, &ds), (value, buffer));
}

#[grad(x)]
fn j10(x: &DVector<f64>, ds: &[i32]) -> f64 {
    let mut left = 0.0;
    let mut stop = 1.0;
    for i in 0..x.len() {
        let d = ds[i];
        if d > 0 {
            let d = 2.0;
            left += d * x[i];
        } else {
            stop *= x[i];
            if d == 0 {
                continue;
            }
            stop += 1.0;
        }
        left += d as f64 * x[i];
        if left_of(d) {
            break;
        }
        left *= 2.0;
    }
    left * stop
}
fn left_of(d: i32) -> bool {
    d == -1
}

#[test]
fn j10_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let ds: Vec<i32> = vec![1, -2, 3, 0, -1, 2];
    let mut buffer = x.clone();
    let value = j10_value_and_grad_into(&x, &ds, &mut buffer);
    check(&x, |q| j10(q, &ds), j10_value_and_grad(&x, &ds), j10_grad(&x, &ds), (value, buffer));
}

#[grad(x)]
fn j11(x: &DVector<f64>, n: usize) -> f64 {
    let mut s = x[0];
    'a: for i in 0..n {
        'b: for j in 0..n {
            for k in 0..n {
                if i + j + k == 5 {
                    continue 'b;
                }
                if k > j {
                    continue 'a;
                }
                if i * j * k == 2 {
                    break 'a;
                }
                s = s * 0.9 + x[i] * x[j] + k as f64;
            }
            s += x[j];
        }
        s -= x[i];
    }
    s
}

#[test]
fn j11_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let n: usize = 0;
    let mut buffer = x.clone();
    let value = j11_value_and_grad_into(&x, n, &mut buffer);
    check(&x, |q| j11(q, n), j11_value_and_grad(&x, n), j11_grad(&x, n), (value, buffer));
}

#[grad(x)]
fn j12(x: &DVector<f64>, n: usize) -> f64 {
    let mut s = x[0];
    for i in 0..n {
        s *= x[i];
        if i == 0 {
            break;
        }
        s += x[i];
    }
    s
}

#[test]
fn j12_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let n: usize = 1;
    let mut buffer = x.clone();
    let value = j12_value_and_grad_into(&x, n, &mut buffer);
    check(&x, |q| j12(q, n), j12_value_and_grad(&x, n), j12_grad(&x, n), (value, buffer));
}

#[grad(x)]
fn j13(x: &DVector<f64>, n: usize) -> f64 {
    let mut s = x[0];
    for i in 0..n {
        s *= x[i];
        if i == 0 {
            break;
        }
        s += x[i];
    }
    s
}

#[test]
fn j13_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let n: usize = 4;
    let mut buffer = x.clone();
    let value = j13_value_and_grad_into(&x, n, &mut buffer);
    check(&x, |q| j13(q, n), j13_value_and_grad(&x, n), j13_grad(&x, n), (value, buffer));
}

#[grad(x)]
fn j14(x: &[f64; 5], tol: f64) -> f64 {
    let mut y = 1.0;
    let mut err = 1.0;
    for i in 0..5 {
        y = 0.5 * (y + x[i] * x[i] / y);
        err *= 0.5;
        if err < tol * 0.2 {
            break;
        }
        y += 0.01 * x[i];
    }
    y + err
}

#[test]
fn j14_is_right() {
    let x: [f64; 5] = std::array::from_fn(|i| samples(5)[i]);
    let tol: f64 = 0.7;
    let mut buffer = x.clone();
    let value = j14_value_and_grad_into(&x, tol, &mut buffer);
    check(&x, |q| j14(q, tol), j14_value_and_grad(&x, tol), j14_grad(&x, tol), (value, buffer));
}

#[grad(x)]
fn r1(x: &DVector<f64>, opt: Option<f64>, n: usize) -> f64 {
    let Some(y) = opt else {
        return x.sum();
    };
    if n == 0 {
        return y * x[0];
    } else if n > 100 {
        let z = x[1] * y;
        return z * z;
    }
    let s = x.norm_squared() * y;
    if n % 2 == 0 {
        let s = s * 2.0;
        s.sin()
    } else {
        return s;
    }
}

#[test]
fn r1_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let opt: Option<f64> = Some(0.4);
    let n: usize = 101;
    let mut buffer = x.clone();
    let value = r1_value_and_grad_into(&x, opt, n, &mut buffer);
    check(&x, |q| r1(q, opt, n), r1_value_and_grad(&x, opt, n), r1_grad(&x, opt, n), (value, buffer));
}

#[grad(x)]
fn r2(x: &DVector<f64>, n: usize) -> f64 {
    let mut s = x.sum();
    if n < 3 {
        let x = 2.0;
        s *= x;
    } else {
        return s * s;
    }
    s + x[0]
}

#[test]
fn r2_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let n: usize = 2;
    let mut buffer = x.clone();
    let value = r2_value_and_grad_into(&x, n, &mut buffer);
    check(&x, |q| r2(q, n), r2_value_and_grad(&x, n), r2_grad(&x, n), (value, buffer));
}

#[grad(x)]
fn r3(x: &DVector<f64>, n: usize) -> f64 {
    let mut s = x.sum();
    if n < 3 {
        let x = 2.0;
        s *= x;
    } else {
        return s * s;
    }
    return s + x[0];
}

#[test]
fn r3_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let n: usize = 4;
    let mut buffer = x.clone();
    let value = r3_value_and_grad_into(&x, n, &mut buffer);
    check(&x, |q| r3(q, n), r3_value_and_grad(&x, n), r3_grad(&x, n), (value, buffer));
}

#[grad(x)]
fn r4(x: &DVector<f64>, n: usize) -> f64 {
    let mut best = x[0];
    let mut k = 0;
    for i in 1..x.len() {
        if i < n && x[i] > best {
            best = x[i];
        }
        if !(x[i] < 0.3 || i == 2) {
            best += x[i] * 0.1;
        } else {
            best -= 0.01 * x[i] * x[i];
        }
        k += 1;
    }
    best * k as f64
}

#[test]
fn r4_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let n: usize = 4;
    let mut buffer = x.clone();
    let value = r4_value_and_grad_into(&x, n, &mut buffer);
    check(&x, |q| r4(q, n), r4_value_and_grad(&x, n), r4_grad(&x, n), (value, buffer));
}

#[grad(x)]
fn r5(x: &DVector<f64>, opts: &[Option<f64>]) -> f64 {
    let mut s = 1.0;
    for (i, o) in opts.iter().enumerate() {
        if let Some(y) = o
            && *y > 0.0
            && x[i] > 0.1
        {
            s *= x[i] * y;
        } else if let Some(y) = o
            && i > 1
        {
            s += y * x[i];
        }
    }
    s
}

#[test]
fn r5_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let opts: Vec<Option<f64>> = vec![Some(0.3), None, Some(-0.4), Some(1.2), None, Some(0.1)];
    let mut buffer = x.clone();
    let value = r5_value_and_grad_into(&x, &opts, &mut buffer);
    check(&x, |q| r5(q, &opts), r5_value_and_grad(&x, &opts), r5_grad(&x, &opts), (value, buffer));
}
