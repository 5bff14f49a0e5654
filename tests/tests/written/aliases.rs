//! Other names of places, code of indices and bounds that is said more than once, and what a pattern may not find.

use std::cell::Cell;

use matgrad::grad;
use nalgebra::*;

use super::point::{check, samples};

/// Counts how often it is asked.
struct Counter(Cell<usize>);

impl Counter {
    fn new() -> Self {
        Self(Cell::new(0))
    }
    fn next(&self) -> usize {
        self.0.set(self.0.get() + 1);
        self.0.get()
    }
}

#[grad(x)]
fn al1(x: &DVector<f64>) -> f64 {
    let mut y = x.clone();
    let v = &mut y[0];
    for i in 0..3 {
        *v = *v * 2.0 + i as f64;
    }
    y.norm_squared()
}

#[test]
fn al1_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let mut buffer = x.clone();
    let value = al1_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| al1(q), al1_value_and_grad(&x), al1_grad(&x), (value, buffer));
}

#[grad(x)]
fn al2(x: &DVector<f64>) -> f64 {
    let mut y = x.clone();
    let v = &mut y[0];
    for i in 1..3 {
        *v += x[i];
    }
    y.norm_squared()
}

#[test]
fn al2_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let mut buffer = x.clone();
    let value = al2_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| al2(q), al2_value_and_grad(&x), al2_grad(&x), (value, buffer));
}

#[grad(x)]
fn al3(x: &[f64]) -> f64 {
    let mut y = x.to_vec();
    let r = &mut y;
    for i in 0..r.len() {
        r[i] = x[i] * x[i];
    }
    y.iter().sum::<f64>() + y[0]
}

#[test]
fn al3_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = al3_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| al3(q), al3_value_and_grad(&x), al3_grad(&x), (value, buffer));
}

#[grad(x)]
fn al7(x: &DMatrix<f64>) -> f64 {
    let mut y = x.clone();
    let mut c = y.column_mut(0);
    for i in 1..c.len() {
        c[i] += c[i - 1];
    }
    y.norm_squared()
}

#[test]
fn al7_is_right() {
    let x: DMatrix<f64> = DMatrix::from_vec(4, 4, samples(16));
    let mut buffer = x.clone();
    let value = al7_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| al7(q), al7_value_and_grad(&x), al7_grad(&x), (value, buffer));
}

#[grad(x)]
fn al8(x: f64, n: usize) -> f64 {
    let mut y = x;
    let r = &mut y;
    for _ in 0..n {
        *r = *r * *r + x;
    }
    y + x
}

#[test]
fn al8_is_right() {
    let x: f64 = 0.7;
    let n: usize = 2;
    let mut buffer = x.clone();
    let value = al8_value_and_grad_into(x, n, &mut buffer);
    check(&x, |q| al8(*q, n), al8_value_and_grad(x, n), al8_grad(x, n), (value, buffer));
}

#[grad(x)]
fn al9(x: &[f64]) -> f64 {
    let mut y = x.to_vec();
    let r = &mut y[1..];
    for v in r.iter_mut() {
        *v *= 2.0;
    }
    r[0] = 3.0;
    for i in 1..r.len() {
        r[i] += r[i - 1];
    }
    y.iter().map(|v| v * v).sum()
}

#[test]
fn al9_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = al9_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| al9(q), al9_value_and_grad(&x), al9_grad(&x), (value, buffer));
}

#[grad(x)]
fn al10(x: [f64; 3]) -> f64 {
    let mut y = x;
    let r = &mut y;
    for i in 1..3 {
        r[i] += r[i - 1] * r[i - 1];
    }
    y[2] * y[1]
}

#[test]
fn al10_is_right() {
    let x: [f64; 3] = [0.7, -0.4, 1.3];
    let mut buffer = x.clone();
    let value = al10_value_and_grad_into(x, &mut buffer);
    check(&x, |q| al10(*q), al10_value_and_grad(x), al10_grad(x), (value, buffer));
}

#[grad(x)]
fn al11(x: [[f64; 2]; 3]) -> f64 {
    let mut y = x;
    let r = &mut y[1];
    for i in 0..2 {
        r[i] *= r[1 - i];
    }
    y[1][0] * y[1][1] + y[0][0]
}

#[test]
fn al11_is_right() {
    let x: [[f64; 2]; 3] = [[0.1, 0.2], [0.4, -0.5], [0.7, 1.2]];
    let mut buffer = x.clone();
    let value = al11_value_and_grad_into(x, &mut buffer);
    check(&x, |q| al11(*q), al11_value_and_grad(x), al11_grad(x), (value, buffer));
}

#[grad(x)]
fn al13(x: &DVector<f64>) -> f64 {
    let mut y = x.clone();
    let r = &mut y;
    x.iter().enumerate().for_each(|(i, v)| r[i] += v * v);
    y.norm_squared()
}

#[test]
fn al13_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let mut buffer = x.clone();
    let value = al13_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| al13(q), al13_value_and_grad(&x), al13_grad(&x), (value, buffer));
}

#[grad(x)]
fn al14(x: &[f64]) -> f64 {
    let mut y = x.to_vec();
    let n = y.len();
    for i in 0..n {
        let y = &mut y;
        y[i] *= 2.0;
        if i > 0 {
            y[i] += y[i - 1];
        }
    }
    y.iter().sum()
}

#[test]
fn al14_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = al14_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| al14(q), al14_value_and_grad(&x), al14_grad(&x), (value, buffer));
}

#[grad(x)]
fn al16(x: &DVector<f64>) -> f64 {
    let mut y = x.clone();
    let mut z = DVector::zeros(x.len());
    for i in 0..x.len() {
        let s = &mut z;
        s[i] = y[i] * 2.0;
        let t = &mut y;
        t[i] = s[i] + 1.0;
    }
    y.dot(&z)
}

#[test]
fn al16_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let mut buffer = x.clone();
    let value = al16_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| al16(q), al16_value_and_grad(&x), al16_grad(&x), (value, buffer));
}

#[grad(x)]
fn al17(x: &DVector<f64>) -> f64 {
    let mut s = 0.0;
    let acc = &mut s;
    for i in 0..x.len() {
        *acc += x[i] * x[i];
    }
    s
}

#[test]
fn al17_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let mut buffer = x.clone();
    let value = al17_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| al17(q), al17_value_and_grad(&x), al17_grad(&x), (value, buffer));
}

#[grad(x)]
fn al19(x: &DMatrix<f64>) -> f64 {
    let mut y = x.clone();
    let m = &mut y;
    for i in 1..x.nrows() {
        for j in 0..x.ncols() {
            m[(i, j)] += m[(i - 1, j)] * x[(i, j)];
        }
    }
    y.norm_squared()
}

#[test]
fn al19_is_right() {
    let x: DMatrix<f64> = DMatrix::from_vec(4, 4, samples(16));
    let mut buffer = x.clone();
    let value = al19_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| al19(q), al19_value_and_grad(&x), al19_grad(&x), (value, buffer));
}

#[grad(x)]
fn al5(x: &DVector<f64>, n: usize) -> f64 {
    let mut y = x.clone();
    let v = &mut y[1];
    if n > 1 {
        *v *= 2.0;
    } else {
        *v = x[0];
    }
    y.norm_squared()
}

#[test]
fn al5_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let n: usize = 2;
    let mut buffer = x.clone();
    let value = al5_value_and_grad_into(&x, n, &mut buffer);
    check(&x, |q| al5(q, n), al5_value_and_grad(&x, n), al5_grad(&x, n), (value, buffer));
}

#[grad(x)]
fn al6(x: &DVector<f64>, n: usize) -> f64 {
    let mut y = x.clone();
    let v = &mut y[1];
    if *v > 0.2 {
        *v *= *v;
    }
    match n {
        0 => {
            *v += 1.0;
        }
        _ => {
            *v *= 3.0;
        }
    }
    y.norm_squared()
}

#[test]
fn al6_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let n: usize = 2;
    let mut buffer = x.clone();
    let value = al6_value_and_grad_into(&x, n, &mut buffer);
    check(&x, |q| al6(q, n), al6_value_and_grad(&x, n), al6_grad(&x, n), (value, buffer));
}

#[grad(x)]
fn copy4(x: Vec<f64>) -> f64 {
    let mut b = x.clone();
    let r = &mut b;
    for i in 1..r.len() {
        r[i] += r[i - 1];
    }
    b.iter().sum::<f64>() * x.iter().sum::<f64>()
}

#[test]
fn copy4_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = copy4_value_and_grad_into(x.clone(), &mut buffer);
    check(&x, |q| copy4(q.clone()), copy4_value_and_grad(x.clone()), copy4_grad(x.clone()), (value, buffer));
}

#[grad(x)]
fn nested4(x: &[Vector2<f64>]) -> f64 {
    let mut y = x.to_vec();
    for i in 1..y.len() {
        let d = y[i] - y[i - 1];
        y[i] += d * 0.5;
        y[i - 1].x *= 2.0;
    }
    y.iter().zip(x).map(|(a, b)| a.dot(b)).sum()
}

#[test]
fn nested4_is_right() {
    let x: Vec<Vector2<f64>> = vec![Vector2::new(0.1, 0.2), Vector2::new(1.0, -0.5), Vector2::new(-0.7, 0.8)];
    let mut buffer = x.clone();
    let value = nested4_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| nested4(q), nested4_value_and_grad(&x), nested4_grad(&x), (value, buffer));
}

#[grad(x)]
fn stepeq(x: &[f64], n: usize) -> f64 {
    let mut s = 0.0;
    for i in (1..=x.len()).step_by(n + 1) {
        s += x[i - 1] * i as f64;
    }
    s
}

#[test]
fn stepeq_is_right() {
    let x: Vec<f64> = samples(6);
    let n: usize = 2;
    let mut buffer = x.clone();
    let value = stepeq_value_and_grad_into(&x, n, &mut buffer);
    check(&x, |q| stepeq(q, n), stepeq_value_and_grad(&x, n), stepeq_grad(&x, n), (value, buffer));
}

#[grad(x)]
fn stepp(x: &[f64], n: usize) -> f64 {
    x.iter().step_by(n + 1).map(|v| v * v).sum()
}

#[test]
fn stepp_is_right() {
    let x: Vec<f64> = samples(6);
    let n: usize = 2;
    let mut buffer = x.clone();
    let value = stepp_value_and_grad_into(&x, n, &mut buffer);
    check(&x, |q| stepp(q, n), stepp_value_and_grad(&x, n), stepp_grad(&x, n), (value, buffer));
}

#[grad(x)]
fn prec2(x: &[f64], a: usize, b: usize) -> f64 {
    let mut s = 1.0;
    for i in (a | 1..b + 3).rev() {
        s = s * 0.3 + x[(i + a * 3) % x.len()] * (i as f64);
    }
    s
}

#[test]
fn prec2_is_right() {
    let x: Vec<f64> = samples(6);
    let a: usize = 2;
    let b: usize = 2;
    let mut buffer = x.clone();
    let value = prec2_value_and_grad_into(&x, a, b, &mut buffer);
    check(&x, |q| prec2(q, a, b), prec2_value_and_grad(&x, a, b), prec2_grad(&x, a, b), (value, buffer));
}

#[grad(x)]
fn prec5(x: &DVector<f64>, a: usize) -> f64 {
    let mut s = 0.0;
    for i in a..=a + 1 {
        s += x[i - a];
    }
    for i in (a..=2 * a).step_by(a + 1) {
        s *= x[i - a];
    }
    s
}

#[test]
fn prec5_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let a: usize = 2;
    let mut buffer = x.clone();
    let value = prec5_value_and_grad_into(&x, a, &mut buffer);
    check(&x, |q| prec5(q, a), prec5_value_and_grad(&x, a), prec5_grad(&x, a), (value, buffer));
}

#[grad(x)]
fn winmut(x: &[f64]) -> f64 {
    let mut y = x.to_vec();
    for i in 0..y.len() {
        y[i] = y[i] * y[i];
    }
    y.windows(3).map(|w| (w[0] - 2.0 * w[1] + w[2]).powi(2)).sum::<f64>() + y.chunks_exact(2).map(|w| w[0] / w[1]).sum::<f64>()
}

#[test]
fn winmut_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = winmut_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| winmut(q), winmut_value_and_grad(&x), winmut_grad(&x), (value, buffer));
}

#[grad(x)]
fn chunk1(x: &[f64]) -> f64 {
    x.chunks_exact(2).map(|c| c[0] * c[1]).sum::<f64>() + x.windows(2).map(|w| w[1] / (1.0 + w[0] * w[0])).sum::<f64>()
}

#[test]
fn chunk1_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = chunk1_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| chunk1(q), chunk1_value_and_grad(&x), chunk1_grad(&x), (value, buffer));
}

#[grad(x)]
fn pusharr(x: &[f64]) -> f64 {
    let mut v: Vec<[f64; 2]> = vec![];
    for w in x.windows(2) {
        v.push([w[0] * w[1], w[1]]);
    }
    let mut s = 0.0;
    for i in 1..v.len() {
        s += v[i][0] * v[i - 1][1];
    }
    s
}

#[test]
fn pusharr_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = pusharr_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| pusharr(q), pusharr_value_and_grad(&x), pusharr_grad(&x), (value, buffer));
}

#[grad(x)]
fn iflet(x: &DVector<f64>, w: Option<&DVector<f64>>) -> f64 {
    if let Some(w) = w { x.dot(w) } else { x.norm_squared() }
}

#[test]
fn iflet_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    for w in [None, Some(DVector::from_vec(samples(6)).map(f64::sin))] {
        let mut buffer = x.clone();
        let value = iflet_value_and_grad_into(&x, w.as_ref(), &mut buffer);
        check(&x, |q| iflet(q, w.as_ref()), iflet_value_and_grad(&x, w.as_ref()), iflet_grad(&x, w.as_ref()), (value, buffer));
    }
}

#[grad(x)]
fn iflet4(x: &DVector<f64>, w: Option<&DVector<f64>>) -> f64 {
    let mut y = x.clone();
    match w {
        Some(w) => {
            y += w * 2.0;
        }
        None => {}
    }
    if let Some(v) = w {
        y.component_mul_assign(v);
    }
    y.norm_squared() + x.sum()
}

#[test]
fn iflet4_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    for w in [None, Some(DVector::from_vec(samples(6)).map(f64::sin))] {
        let mut buffer = x.clone();
        let value = iflet4_value_and_grad_into(&x, w.as_ref(), &mut buffer);
        check(&x, |q| iflet4(q, w.as_ref()), iflet4_value_and_grad(&x, w.as_ref()), iflet4_grad(&x, w.as_ref()), (value, buffer));
    }
}

#[grad(x)]
fn iflet5(x: &DVector<f64>, w: Option<&DVector<f64>>) -> f64 {
    let mut s = 0.0;
    for i in 0..x.len() {
        s += if let Some(w) = w { w[i] * x[i] } else { x[i].sin() };
    }
    s
}

#[test]
fn iflet5_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    for w in [None, Some(DVector::from_vec(samples(6)).map(f64::sin))] {
        let mut buffer = x.clone();
        let value = iflet5_value_and_grad_into(&x, w.as_ref(), &mut buffer);
        check(&x, |q| iflet5(q, w.as_ref()), iflet5_value_and_grad(&x, w.as_ref()), iflet5_grad(&x, w.as_ref()), (value, buffer));
    }
}

#[grad(x)]
fn steppe(x: &[f64], n: usize, c: &Counter) -> f64 {
    let mut s = 0.0;
    for v in x.iter().step_by(c.next() + n) {
        s += v * v;
    }
    s
}

#[test]
fn steppe_is_right() {
    let x: Vec<f64> = samples(6);
    let n: usize = 2;
    let mut buffer = x.clone();
    let value = steppe_value_and_grad_into(&x, n, &Counter::new(), &mut buffer);
    check(
        &x,
        |q| steppe(q, n, &Counter::new()),
        steppe_value_and_grad(&x, n, &Counter::new()),
        steppe_grad(&x, n, &Counter::new()),
        (value, buffer),
    );
}

#[grad(x)]
fn stepmut2(x: &[f64]) -> f64 {
    let mut m = 1;
    let mut s = 0.0;
    for i in (0..x.len()).step_by(m + 1) {
        m += 1;
        s += x[i] * m as f64;
    }
    s
}

#[test]
fn stepmut2_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = stepmut2_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| stepmut2(q), stepmut2_value_and_grad(&x), stepmut2_grad(&x), (value, buffer));
}

#[grad(x)]
fn begeff(x: &[f64], c: &Counter) -> f64 {
    let mut s = 0.0;
    for i in c.next()..x.len() {
        s = s * 0.5 + x[i] * x[i - 1];
    }
    s
}

#[test]
fn begeff_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = begeff_value_and_grad_into(&x, &Counter::new(), &mut buffer);
    check(
        &x,
        |q| begeff(q, &Counter::new()),
        begeff_value_and_grad(&x, &Counter::new()),
        begeff_grad(&x, &Counter::new()),
        (value, buffer),
    );
}

#[grad(x)]
fn begeff2(x: &[f64], c: &Counter) -> f64 {
    let mut s = 0.0;
    for i in c.next()..c.next() + 2 {
        s += x[i] * x[i];
    }
    s + x.iter().take(c.next()).sum::<f64>()
}

#[test]
fn begeff2_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = begeff2_value_and_grad_into(&x, &Counter::new(), &mut buffer);
    check(
        &x,
        |q| begeff2(q, &Counter::new()),
        begeff2_value_and_grad(&x, &Counter::new()),
        begeff2_grad(&x, &Counter::new()),
        (value, buffer),
    );
}

#[grad(x)]
fn sliceeff(x: &[f64], c: &Counter) -> f64 {
    let p = &x[c.next()..];
    let q = &p[..c.next()];
    let mut s = 0.0;
    for i in 0..q.len() {
        s += q[i] * p[i];
    }
    s + p[c.next() - 1]
}

#[test]
fn sliceeff_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = sliceeff_value_and_grad_into(&x, &Counter::new(), &mut buffer);
    check(
        &x,
        |q| sliceeff(q, &Counter::new()),
        sliceeff_value_and_grad(&x, &Counter::new()),
        sliceeff_grad(&x, &Counter::new()),
        (value, buffer),
    );
}

#[grad(x)]
fn swapeff(x: &[f64], c: &Counter) -> f64 {
    let mut y = x.to_vec();
    y.swap(c.next(), c.next() * 2);
    y[c.next()] = 1.0;
    y[0] * y[4] + y[1]
}

#[test]
fn swapeff_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = swapeff_value_and_grad_into(&x, &Counter::new(), &mut buffer);
    check(
        &x,
        |q| swapeff(q, &Counter::new()),
        swapeff_value_and_grad(&x, &Counter::new()),
        swapeff_grad(&x, &Counter::new()),
        (value, buffer),
    );
}

#[grad(x)]
fn alieff(x: &[f64], c: &Counter) -> f64 {
    let mut y = x.to_vec();
    let v = &mut y[c.next()];
    *v *= 2.0;
    *v += 1.0;
    for i in 0..2 {
        y[c.next() % 3] *= x[i];
    }
    y.iter().sum()
}

#[test]
fn alieff_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = alieff_value_and_grad_into(&x, &Counter::new(), &mut buffer);
    check(
        &x,
        |q| alieff(q, &Counter::new()),
        alieff_value_and_grad(&x, &Counter::new()),
        alieff_grad(&x, &Counter::new()),
        (value, buffer),
    );
}

#[grad(x)]
fn mateff(x: &DMatrix<f64>, c: &Counter) -> f64 {
    let mut y = x.clone();
    y[(c.next() % 2, c.next() % 2)] *= 2.0;
    let mut r = y.row_mut(c.next() - 2);
    r *= 3.0;
    y.norm_squared()
}

#[test]
fn mateff_is_right() {
    let x: DMatrix<f64> = DMatrix::from_vec(4, 4, samples(16));
    let mut buffer = x.clone();
    let value = mateff_value_and_grad_into(&x, &Counter::new(), &mut buffer);
    check(
        &x,
        |q| mateff(q, &Counter::new()),
        mateff_value_and_grad(&x, &Counter::new()),
        mateff_grad(&x, &Counter::new()),
        (value, buffer),
    );
}

/// Where nothing is there to go through, nothing is looked for.
#[test]
fn empty_lists_are_right() {
    for n in 0..3 {
        let x = samples(n);
        assert!((chunk1_value_and_grad(&x).0 - chunk1(&x)).abs() <= 1e-14);
        assert!((winmut_value_and_grad(&x).0 - winmut(&x)).abs() <= 1e-14);
        assert!((pusharr_value_and_grad(&x).0 - pusharr(&x)).abs() <= 1e-14);
        assert_eq!(pusharr_grad(&x).len(), n);
    }
}

/// What has an effect has it as often as in the function.
#[test]
fn effects_are_those_of_the_function() {
    let x = samples(6);
    let m = DMatrix::from_vec(4, 4, samples(16));
    let runs: [(&dyn Fn(&Counter), &dyn Fn(&Counter)); 7] = [
        (&|c| _ = steppe(&x, 1, c), &|c| _ = steppe_grad(&x, 1, c)),
        (&|c| _ = begeff(&x, c), &|c| _ = begeff_grad(&x, c)),
        (&|c| _ = begeff2(&x, c), &|c| _ = begeff2_grad(&x, c)),
        (&|c| _ = sliceeff(&x, c), &|c| _ = sliceeff_grad(&x, c)),
        (&|c| _ = swapeff(&x, c), &|c| _ = swapeff_grad(&x, c)),
        (&|c| _ = alieff(&x, c), &|c| _ = alieff_grad(&x, c)),
        (&|c| _ = mateff(&m, c), &|c| _ = mateff_grad(&m, c)),
    ];
    for (function, companion) in runs {
        let (of_function, of_companion) = (Counter::new(), Counter::new());
        function(&of_function);
        companion(&of_companion);
        assert_eq!(of_function.0.get(), of_companion.0.get());
    }
}
