//! Lists that grow now and then: on one side of an `if`, in loops within loops; and what is read of them meanwhile.

use matgrad::grad;
use nalgebra::*;

use super::point::{check, samples};

#[grad(x)]
fn p1(x: &DVector<f64>, es: &[bool]) -> f64 {
    let mut kept = Vec::new();
    for i in 0..x.len() {
        if es[i] {
            kept.push(x[i] * x[i]);
        }
    }
    kept.iter().sum::<f64>() / kept.len() as f64
}

#[test]
fn p1_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let es: Vec<bool> = vec![true, false, true, true, false, true];
    let mut buffer = x.clone();
    let value = p1_value_and_grad_into(&x, &es, &mut buffer);
    check(&x, |q| p1(q, &es), p1_value_and_grad(&x, &es), p1_grad(&x, &es), (value, buffer));
}

#[grad(x)]
fn p2(x: &DVector<f64>) -> f64 {
    let mut all = Vec::with_capacity(x.len() * x.len());
    for i in 0..x.len() {
        for j in 0..x.len() {
            all.push(x[i] * x[j]);
        }
    }
    all.iter().map(|t| t * t).sum::<f64>()
}

#[test]
fn p2_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let mut buffer = x.clone();
    let value = p2_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| p2(q), p2_value_and_grad(&x), p2_grad(&x), (value, buffer));
}

#[grad(x)]
fn p4(x: &DVector<f64>, n: usize) -> f64 {
    let mut stack: Vec<f64> = Vec::with_capacity(n);
    stack.push(x[0]);
    for i in 1..n {
        let top = *stack.last().unwrap();
        stack.push(top * x[i] + 1.0);
    }
    stack.iter().map(|a| a * a).sum()
}

#[test]
fn p4_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let n: usize = 4;
    let mut buffer = x.clone();
    let value = p4_value_and_grad_into(&x, n, &mut buffer);
    check(&x, |q| p4(q, n), p4_value_and_grad(&x, n), p4_grad(&x, n), (value, buffer));
}

#[grad(x)]
fn p5(x: &DVector<f64>, es: &[bool]) -> f64 {
    let mut kept = vec![x[0], 2.0];
    let mut s = 0.0;
    for i in 0..x.len() {
        if !es[i] {
            continue;
        }
        kept.push(x[i] * kept[kept.len() - 1]);
        if i > 2 {
            kept.push(kept.last().unwrap() + x[i]);
            s += kept.iter().product::<f64>();
        }
        s += kept.len() as f64 * kept[1];
    }
    s + kept.iter().map(|t| t.sin()).sum::<f64>()
}

#[test]
fn p5_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let es: Vec<bool> = vec![false; 6];
    let mut buffer = x.clone();
    let value = p5_value_and_grad_into(&x, &es, &mut buffer);
    check(&x, |q| p5(q, &es), p5_value_and_grad(&x, &es), p5_grad(&x, &es), (value, buffer));
}

#[grad(x)]
fn p6(x: &DVector<f64>, es: &[bool]) -> f64 {
    let mut kept = Vec::new();
    for i in 0..x.len() {
        if es[i] {
            kept.push(x[i] * x[i]);
        }
    }
    kept.iter().sum::<f64>() + x[0] * kept.len() as f64 + x[1]
}

#[test]
fn p6_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let es: Vec<bool> = vec![true, false, true, true, false, true];
    let mut buffer = x.clone();
    let value = p6_value_and_grad_into(&x, &es, &mut buffer);
    check(&x, |q| p6(q, &es), p6_value_and_grad(&x, &es), p6_grad(&x, &es), (value, buffer));
}

#[grad(x)]
fn p7(x: &DVector<f64>, n: usize) -> f64 {
    let mut s = 0.0;
    for i in 0..n {
        let mut row = Vec::new();
        for j in 0..x.len() {
            if j % (i + 1) == 0 {
                row.push(x[j] * x[i]);
            }
        }
        s += row.iter().map(|t| t.exp()).sum::<f64>() / row.len() as f64;
    }
    s
}

#[test]
fn p7_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let n: usize = 4;
    let mut buffer = x.clone();
    let value = p7_value_and_grad_into(&x, n, &mut buffer);
    check(&x, |q| p7(q, n), p7_value_and_grad(&x, n), p7_grad(&x, n), (value, buffer));
}

#[grad(x)]
fn p8(x: &DVector<f64>, ds: &[i32]) -> f64 {
    let mut pos = Vec::new();
    let mut neg = vec![];
    let mut i = 0;
    while i < x.len() {
        match ds[i] {
            0 => {}
            d if d > 0 => pos.push(x[i]),
            _ => {
                neg.push(x[i] * x[0]);
                neg.push(x[i]);
            }
        }
        i += 1;
    }
    let p = DVector::from_vec(pos);
    let mut s = p.norm_squared();
    for (k, t) in neg.iter().enumerate() {
        s += t * (k as f64 + 1.0);
    }
    s
}

#[test]
fn p8_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let ds: Vec<i32> = vec![1, -2, 3, 0, -1, 2];
    let mut buffer = x.clone();
    let value = p8_value_and_grad_into(&x, &ds, &mut buffer);
    check(&x, |q| p8(q, &ds), p8_value_and_grad(&x, &ds), p8_grad(&x, &ds), (value, buffer));
}

#[grad(x)]
fn p9(x: &DVector<f64>, es: &[bool]) -> f64 {
    let mut kept = Vec::new();
    let pushed = 2.0;
    for (i, e) in es.iter().enumerate() {
        if *e {
            kept.push(x[i] * pushed);
        }
        let n = kept.len();
        if n > 1 {
            kept.swap(0, n - 1);
            kept[n / 2] *= 1.1;
        }
    }
    let n = kept.len();
    if n > 2 {
        kept[n - 1] = x[0] * x[1];
    }
    kept.push(x[2]);
    kept.iter().map(|t| t * t).sum::<f64>()
}

#[test]
fn p9_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let es: Vec<bool> = vec![true, false, true, true, false, true];
    let mut buffer = x.clone();
    let value = p9_value_and_grad_into(&x, &es, &mut buffer);
    check(&x, |q| p9(q, &es), p9_value_and_grad(&x, &es), p9_grad(&x, &es), (value, buffer));
}

#[grad(x)]
fn g1(x: &DVector<f64>) -> f64 {
    let mut v = Vec::new();
    let mut s = 0.0;
    for i in 0..x.len() {
        v.push(x[i] + 1.5);
        s += v.iter().product::<f64>();
    }
    s
}

#[test]
fn g1_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let mut buffer = x.clone();
    let value = g1_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| g1(q), g1_value_and_grad(&x), g1_grad(&x), (value, buffer));
}

#[grad(x)]
fn g2(x: &DVector<f64>) -> f64 {
    let mut v = vec![x[0]];
    let mut s = 0.0;
    for i in 0..x.len() {
        v.push(x[i] + v[i]);
        for (a, b) in v.iter().zip(x.iter()) {
            s += (a * b).exp();
        }
        s += v.iter().map(|t| t.cos()).sum::<f64>();
    }
    s
}

#[test]
fn g2_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let mut buffer = x.clone();
    let value = g2_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| g2(q), g2_value_and_grad(&x), g2_grad(&x), (value, buffer));
}
