//! Lists that grow, recurrences over them, and algorithms written out by hand.

use matgrad::grad;
use nalgebra::*;

use super::point::{check, samples};

#[grad(x)]
fn p1(x: &[f64]) -> f64 {
    let mut v = Vec::new();
    for i in 0..x.len() {
        v.push(x[i] * x[i]);
    }
    let mut s = 0.0;
    for (a, b) in v.iter().zip(x) {
        s += a * b;
    }
    s
}

#[test]
fn p1_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = p1_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| p1(q), p1_value_and_grad(&x), p1_grad(&x), (value, buffer));
}

#[grad(x)]
fn p2(x: f64, n: usize) -> f64 {
    let mut v = vec![x];
    for i in 1..n {
        v.push(v[i - 1].sin() * x);
    }
    v.iter().sum()
}

#[test]
fn p2_is_right() {
    let x: f64 = 0.7;
    let n: usize = 6;
    let mut buffer = x.clone();
    let value = p2_value_and_grad_into(x, n, &mut buffer);
    check(&x, |q| p2(*q, n), p2_value_and_grad(x, n), p2_grad(x, n), (value, buffer));
}

#[grad(x)]
fn p3(x: f64, n: usize) -> f64 {
    let mut v: Vec<f64> = Vec::with_capacity(n);
    v.push(x);
    v.push(x * x);
    for i in 0..n {
        let next = v[i + 1] + 0.5 * v[i];
        v.push(next);
    }
    v[n] * v[n + 1]
}

#[test]
fn p3_is_right() {
    let x: f64 = 0.7;
    let n: usize = 6;
    let mut buffer = x.clone();
    let value = p3_value_and_grad_into(x, n, &mut buffer);
    check(&x, |q| p3(*q, n), p3_value_and_grad(x, n), p3_grad(x, n), (value, buffer));
}

#[grad(x)]
fn p4(x: &[f64]) -> f64 {
    let mut c = Vec::new();
    for w in x.windows(2) {
        c.push([w[0] * w[1], w[0] - w[1]]);
    }
    c.iter().map(|[a, b]| a * b).sum()
}

#[test]
fn p4_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = p4_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| p4(q), p4_value_and_grad(&x), p4_grad(&x), (value, buffer));
}

#[grad(x)]
fn p5(x: &[f64]) -> f64 {
    let mut c = Vec::new();
    for (i, v) in x.iter().enumerate() {
        c.push(Vector2::new(v * i as f64, v.sin()));
    }
    let mut s = 0.0;
    for i in 1..c.len() {
        s += c[i].dot(&c[i - 1]);
    }
    s
}

#[test]
fn p5_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = p5_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| p5(q), p5_value_and_grad(&x), p5_grad(&x), (value, buffer));
}

#[grad(x)]
fn p6(x: &[f64]) -> f64 {
    let mut acc = vec![0.0; x.len() + 1];
    for i in 0..x.len() {
        acc[i + 1] = acc[i] + x[i];
    }
    acc.iter().map(|a| a * a).sum()
}

#[test]
fn p6_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = p6_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| p6(q), p6_value_and_grad(&x), p6_grad(&x), (value, buffer));
}

#[grad(x)]
fn p7(x: &[f64]) -> f64 {
    let mut acc = Vec::new();
    let mut s = 0.0;
    for v in x {
        s += v;
        acc.push(s);
    }
    acc.iter().map(|a| a * a).sum()
}

#[test]
fn p7_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = p7_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| p7(q), p7_value_and_grad(&x), p7_grad(&x), (value, buffer));
}

#[grad(x)]
fn p8(x: f64) -> f64 {
    let mut t = vec![1.0, x];
    for n in 2..6 {
        let next = 2.0 * x * t[n - 1] - t[n - 2];
        t.push(next);
    }
    t[5] + t.len() as f64
}

#[test]
fn p8_is_right() {
    let x: f64 = 0.7;
    let mut buffer = x.clone();
    let value = p8_value_and_grad_into(x, &mut buffer);
    check(&x, |q| p8(*q), p8_value_and_grad(x), p8_grad(x), (value, buffer));
}

#[grad(x)]
fn p10(x: f64, n: usize) -> f64 {
    let mut v = vec![x];
    for _ in 0..n {
        let l = *v.last().unwrap();
        v.push(l * 0.9 + x);
    }
    *v.last().unwrap()
}

#[test]
fn p10_is_right() {
    let x: f64 = 0.7;
    let n: usize = 6;
    let mut buffer = x.clone();
    let value = p10_value_and_grad_into(x, n, &mut buffer);
    check(&x, |q| p10(*q, n), p10_value_and_grad(x, n), p10_grad(x, n), (value, buffer));
}

#[grad(w)]
fn lstm(w: &[f64; 3], xs: &[f64]) -> f64 {
    let mut h = 0.0;
    let mut c = 0.0;
    for &x in xs {
        let f = 1.0 / (1.0 + (-(w[0] * x + w[1] * h)).exp());
        let g = (w[2] * h).tanh();
        c = f * c + (1.0 - f) * g;
        h = c.tanh();
    }
    h
}

#[test]
fn lstm_is_right() {
    let w: [f64; 3] = [0.7, -0.4, 1.3];
    let xs: Vec<f64> = samples(6);
    let mut buffer = w.clone();
    let value = lstm_value_and_grad_into(&w, &xs, &mut buffer);
    check(&w, |q| lstm(q, &xs), lstm_value_and_grad(&w, &xs), lstm_grad(&w, &xs), (value, buffer));
}

#[grad(q)]
fn chain(q: &[f64]) -> f64 {
    let mut pos = Vector2::zeros();
    let mut ang = 0.0;
    for qi in q {
        ang += qi;
        pos += Vector2::new(ang.cos(), ang.sin());
    }
    (pos - Vector2::new(1.0, 1.0)).norm_squared()
}

#[test]
fn chain_is_right() {
    let q: Vec<f64> = samples(6);
    let mut buffer = q.clone();
    let value = chain_value_and_grad_into(&q, &mut buffer);
    check(&q, |q| chain(q), chain_value_and_grad(&q), chain_grad(&q), (value, buffer));
}

#[grad(w)]
fn mlp(w: &[f64], x: &[f64]) -> f64 {
    let mut out = 0.0;
    for j in 0..2 {
        let mut z = 0.0;
        for i in 0..3 {
            z += w[j * 3 + i] * x[i];
        }
        out += z.tanh();
    }
    out
}

#[test]
fn mlp_is_right() {
    let w: Vec<f64> = samples(6);
    let x: Vec<f64> = samples(6);
    let mut buffer = w.clone();
    let value = mlp_value_and_grad_into(&w, &x, &mut buffer);
    check(&w, |q| mlp(q, &x), mlp_value_and_grad(&w, &x), mlp_grad(&w, &x), (value, buffer));
}

#[grad(x)]
fn fir(x: &[f64], h: &[f64; 3]) -> f64 {
    let n = x.len();
    let mut y = vec![0.0; n];
    for i in 2..n {
        for j in 0..3 {
            y[i] += h[j] * x[i - j];
        }
    }
    y.iter().map(|v| v * v).sum()
}

#[test]
fn fir_is_right() {
    let x: Vec<f64> = samples(6);
    let h: [f64; 3] = [0.7, -0.4, 1.3];
    let mut buffer = x.clone();
    let value = fir_value_and_grad_into(&x, &h, &mut buffer);
    check(&x, |q| fir(q, &h), fir_value_and_grad(&x, &h), fir_grad(&x, &h), (value, buffer));
}

#[grad(x)]
fn pairs(x: &[[f64; 3]]) -> f64 {
    let mut e = 0.0;
    for i in 0..x.len() {
        for j in 0..i {
            let mut d2 = 0.0;
            for k in 0..3 {
                d2 += (x[i][k] - x[j][k]).powi(2);
            }
            let s6 = 1.0 / (d2 * d2 * d2);
            e += 4.0 * (s6 * s6 - s6);
        }
    }
    e
}

#[test]
fn pairs_is_right() {
    let x: Vec<[f64; 3]> = vec![[0.1, 0.2, 0.3], [1.4, -0.5, 0.6], [-0.7, 1.8, -0.9], [1.0, 1.1, 2.2]];
    let mut buffer = x.clone();
    let value = pairs_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| pairs(q), pairs_value_and_grad(&x), pairs_grad(&x), (value, buffer));
}

#[grad(x)]
fn unrolled(x: &Vector3<f64>) -> f64 {
    let mut s = 0.0;
    for (i, w) in [(0, 2.0), (2, 3.0)] {
        s += w * x[i] * x[i];
    }
    for a in [x[0], x[1]] {
        s += a.sin();
    }
    s
}

#[test]
fn unrolled_is_right() {
    let x: Vector3<f64> = Vector3::new(0.3, -0.8, 1.1);
    let mut buffer = x.clone();
    let value = unrolled_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| unrolled(q), unrolled_value_and_grad(&x), unrolled_grad(&x), (value, buffer));
}

#[grad(x)]
fn trapz(x: &[f64], t: &[f64]) -> f64 {
    t.windows(2).zip(x.windows(2)).map(|(t, x)| 0.5 * (t[1] - t[0]) * (x[0] + x[1])).sum()
}

#[test]
fn trapz_is_right() {
    let x: Vec<f64> = samples(6);
    let t: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = trapz_value_and_grad_into(&x, &t, &mut buffer);
    check(&x, |q| trapz(q, &t), trapz_value_and_grad(&x, &t), trapz_grad(&x, &t), (value, buffer));
}

#[grad(x)]
fn tv(x: &DMatrix<f64>) -> f64 {
    let mut s = 0.0;
    for i in 0..x.nrows() - 1 {
        for j in 0..x.ncols() - 1 {
            let dx = x[(i + 1, j)] - x[(i, j)];
            let dy = x[(i, j + 1)] - x[(i, j)];
            s += (dx * dx + dy * dy + 1e-3).sqrt();
        }
    }
    s
}

#[test]
fn tv_is_right() {
    let x: DMatrix<f64> = DMatrix::from_vec(6, 6, samples(36));
    let mut buffer = x.clone();
    let value = tv_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| tv(q), tv_value_and_grad(&x), tv_grad(&x), (value, buffer));
}

#[grad(x)]
fn cholesky_hand(x: &Matrix3<f64>) -> f64 {
    let a = x * x.transpose() + Matrix3::identity();
    let mut l = Matrix3::zeros();
    for i in 0..3 {
        for j in 0..=i {
            let mut s = a[(i, j)];
            for k in 0..j {
                s -= l[(i, k)] * l[(j, k)];
            }
            if i == j {
                l[(i, j)] = s.sqrt();
            } else {
                l[(i, j)] = s / l[(j, j)];
            }
        }
    }
    let mut d = 0.0;
    for i in 0..3 {
        d += l[(i, i)].ln();
    }
    d
}

#[test]
fn cholesky_hand_is_right() {
    let x: Matrix3<f64> = Matrix3::from_iterator(samples(9));
    let mut buffer = x.clone();
    let value = cholesky_hand_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| cholesky_hand(q), cholesky_hand_value_and_grad(&x), cholesky_hand_grad(&x), (value, buffer));
}

#[grad(x)]
fn gram_schmidt(x: &DMatrix<f64>) -> f64 {
    let mut q = x.clone();
    for j in 0..3 {
        for i in 0..j {
            let r = q.column(i).dot(&q.column(j));
            let proj = q.column(i) * r;
            let new = q.column(j) - proj;
            q.set_column(j, &new);
        }
        let n = q.column(j).norm();
        let new = q.column(j) / n;
        q.set_column(j, &new);
    }
    q[(0, 2)] + q[(1, 1)]
}

#[test]
fn gram_schmidt_is_right() {
    let x: DMatrix<f64> = DMatrix::from_vec(6, 6, samples(36));
    let mut buffer = x.clone();
    let value = gram_schmidt_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| gram_schmidt(q), gram_schmidt_value_and_grad(&x), gram_schmidt_grad(&x), (value, buffer));
}

#[grad(x)]
fn gauss_elim(x: &Matrix3<f64>) -> f64 {
    let mut a = x + Matrix3::identity() * 3.0;
    let mut det = 1.0;
    for k in 0..3 {
        det *= a[(k, k)];
        for i in k + 1..3 {
            let f = a[(i, k)] / a[(k, k)];
            for j in k..3 {
                let v = a[(k, j)] * f;
                a[(i, j)] -= v;
            }
        }
    }
    det
}

#[test]
fn gauss_elim_is_right() {
    let x: Matrix3<f64> = Matrix3::from_iterator(samples(9));
    let mut buffer = x.clone();
    let value = gauss_elim_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| gauss_elim(q), gauss_elim_value_and_grad(&x), gauss_elim_grad(&x), (value, buffer));
}

#[grad(x)]
fn softmax_ce(x: &[f64], y: &[usize]) -> f64 {
    let m = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let e: Vec<f64> = x.iter().map(|v| (v - m).exp()).collect();
    let z: f64 = e.iter().sum();
    let mut loss = 0.0;
    for &k in y {
        loss -= (e[k] / z).ln();
    }
    loss
}

#[test]
fn softmax_ce_is_right() {
    let x: Vec<f64> = samples(6);
    let y: Vec<usize> = vec![2, 0, 3, 1, 1, 2];
    let mut buffer = x.clone();
    let value = softmax_ce_value_and_grad_into(&x, &y, &mut buffer);
    check(&x, |q| softmax_ce(q, &y), softmax_ce_value_and_grad(&x, &y), softmax_ce_grad(&x, &y), (value, buffer));
}

#[grad(x)]
fn median3(x: &[f64; 3]) -> f64 {
    let mut y = *x;
    if y[0] > y[1] {
        y.swap(0, 1);
    }
    if y[1] > y[2] {
        y.swap(1, 2);
    }
    if y[0] > y[1] {
        y.swap(0, 1);
    }
    y[1]
}

#[test]
fn median3_is_right() {
    let x: [f64; 3] = [0.7, -0.4, 1.3];
    let mut buffer = x.clone();
    let value = median3_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| median3(q), median3_value_and_grad(&x), median3_grad(&x), (value, buffer));
}

#[grad(x)]
fn conv2(x: &DMatrix<f64>, k: &Matrix3<f64>) -> f64 {
    let mut s = 0.0;
    for i in 1..x.nrows() - 1 {
        for j in 1..x.ncols() - 1 {
            let mut acc = 0.0;
            for a in 0..3 {
                for b in 0..3 {
                    acc += k[(a, b)] * x[(i + a - 1, j + b - 1)];
                }
            }
            s += acc * acc;
        }
    }
    s
}

#[test]
fn conv2_is_right() {
    let x: DMatrix<f64> = DMatrix::from_vec(6, 6, samples(36));
    let k: Matrix3<f64> = Matrix3::from_iterator(samples(9));
    let mut buffer = x.clone();
    let value = conv2_value_and_grad_into(&x, &k, &mut buffer);
    check(&x, |q| conv2(q, &k), conv2_value_and_grad(&x, &k), conv2_grad(&x, &k), (value, buffer));
}

#[grad(x)]
fn bezier(x: &[Vector2<f64>], t: f64) -> f64 {
    let mut p = x.to_vec();
    let n = p.len();
    for k in 1..n {
        for i in 0..n - k {
            p[i] = p[i] * (1.0 - t) + p[i + 1] * t;
        }
    }
    p[0].norm()
}

#[test]
fn bezier_is_right() {
    let x: Vec<Vector2<f64>> = vec![Vector2::new(0.1, 0.2), Vector2::new(1., -0.5), Vector2::new(-0.7, 0.8)];
    let t: f64 = 0.7;
    let mut buffer = x.clone();
    let value = bezier_value_and_grad_into(&x, t, &mut buffer);
    check(&x, |q| bezier(q, t), bezier_value_and_grad(&x, t), bezier_grad(&x, t), (value, buffer));
}
