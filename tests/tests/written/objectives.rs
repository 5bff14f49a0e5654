//! Objectives as people write them.

use matgrad::grad;
use nalgebra::*;

use super::point::{check, samples};

#[grad(x)]
fn rosen_slice(x: &[f64]) -> f64 {
    let mut s = 0.0;
    for i in 0..x.len() - 1 {
        s += 100.0 * (x[i + 1] - x[i].powi(2)).powi(2) + (1.0 - x[i]).powi(2);
    }
    s
}

#[test]
fn rosen_slice_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = rosen_slice_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| rosen_slice(q), rosen_slice_value_and_grad(&x), rosen_slice_grad(&x), (value, buffer));
}

#[grad(x)]
fn rosen_windows(x: &[f64]) -> f64 {
    x.windows(2).map(|w| 100.0 * (w[1] - w[0].powi(2)).powi(2) + (1.0 - w[0]).powi(2)).sum()
}

#[test]
fn rosen_windows_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = rosen_windows_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| rosen_windows(q), rosen_windows_value_and_grad(&x), rosen_windows_grad(&x), (value, buffer));
}

#[grad(x)]
fn rosen_arr(x: &[f64; 2]) -> f64 {
    (1.0 - x[0]).powi(2) + 100.0 * (x[1] - x[0] * x[0]).powi(2)
}

#[test]
fn rosen_arr_is_right() {
    let x: [f64; 2] = [0.7, -0.4];
    let mut buffer = x.clone();
    let value = rosen_arr_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| rosen_arr(q), rosen_arr_value_and_grad(&x), rosen_arr_grad(&x), (value, buffer));
}

#[grad(x)]
fn himmelblau(x: [f64; 2]) -> f64 {
    let [a, b] = x;
    (a * a + b - 11.0).powi(2) + (a + b * b - 7.0).powi(2)
}

#[test]
fn himmelblau_is_right() {
    let x: [f64; 2] = [0.7, -0.4];
    let mut buffer = x.clone();
    let value = himmelblau_value_and_grad_into(x.clone(), &mut buffer);
    check(&x, |q| himmelblau(*q), himmelblau_value_and_grad(x.clone()), himmelblau_grad(x.clone()), (value, buffer));
}

#[grad(x)]
fn sphere_vec(x: &Vec<f64>) -> f64 {
    x.iter().map(|v| v * v).sum()
}

#[test]
fn sphere_vec_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = sphere_vec_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| sphere_vec(q), sphere_vec_value_and_grad(&x), sphere_vec_grad(&x), (value, buffer));
}

#[grad(w)]
fn mse(w: &[f64], xs: &[[f64; 3]], ys: &[f64]) -> f64 {
    let mut s = 0.0;
    for (x, y) in xs.iter().zip(ys) {
        let p = w[0] * x[0] + w[1] * x[1] + w[2] * x[2];
        s += (p - y).powi(2);
    }
    s / ys.len() as f64
}

#[test]
fn mse_is_right() {
    let w: Vec<f64> = samples(6);
    let xs: Vec<[f64; 3]> =
        vec![[0.1, 0.2, 0.3], [0.4, -0.5, 0.6], [0.7, 0.8, -0.9], [1., 1.1, 1.2], [0.3, 0.2, 0.1], [0.5, 0.1, 0.9]];
    let ys: Vec<f64> = samples(6);
    let mut buffer = w.clone();
    let value = mse_value_and_grad_into(&w, &xs, &ys, &mut buffer);
    check(&w, |q| mse(q, &xs, &ys), mse_value_and_grad(&w, &xs, &ys), mse_grad(&w, &xs, &ys), (value, buffer));
}

#[grad(x0)]
fn decay_while(x0: f64, k: f64, dt: f64, end: f64) -> f64 {
    let mut x = x0;
    let mut t = 0.0;
    while t < end {
        x -= dt * k * x;
        t += dt;
    }
    x
}

#[test]
fn decay_while_is_right() {
    let x0: f64 = 0.7;
    let k: f64 = 0.7;
    let dt: f64 = 0.7;
    let end: f64 = 0.7;
    let mut buffer = x0.clone();
    let value = decay_while_value_and_grad_into(x0, k, dt, end, &mut buffer);
    check(
        &x0,
        |q| decay_while(*q, k, dt, end),
        decay_while_value_and_grad(x0, k, dt, end),
        decay_while_grad(x0, k, dt, end),
        (value, buffer),
    );
}

#[grad(x)]
fn horner(x: f64, c: &[f64]) -> f64 {
    c.iter().rev().fold(0.0, |acc, &ci| acc * x + ci)
}

#[test]
fn horner_is_right() {
    let x: f64 = 0.7;
    let c: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = horner_value_and_grad_into(x, &c, &mut buffer);
    check(&x, |q| horner(*q, &c), horner_value_and_grad(x, &c), horner_grad(x, &c), (value, buffer));
}

#[grad(theta)]
fn break_loop(theta: f64, ys: &[f64]) -> f64 {
    let mut s = 0.0;
    for &y in ys {
        if y < 0.0 {
            break;
        }
        s += (y - theta).powi(2);
    }
    s
}

#[test]
fn break_loop_is_right() {
    let theta: f64 = 0.7;
    let ys: Vec<f64> = samples(6);
    let mut buffer = theta.clone();
    let value = break_loop_value_and_grad_into(theta, &ys, &mut buffer);
    check(&theta, |q| break_loop(*q, &ys), break_loop_value_and_grad(theta, &ys), break_loop_grad(theta, &ys), (value, buffer));
}

#[grad(x)]
fn step(x: &DVector<f64>) -> f64 {
    let mut s = 0.0;
    for i in (0..x.len()).step_by(2) {
        s += x[i].powi(2);
    }
    s
}

#[test]
fn step_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let mut buffer = x.clone();
    let value = step_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| step(q), step_value_and_grad(&x), step_grad(&x), (value, buffer));
}

#[grad(x)]
fn chunks(x: &[f64]) -> f64 {
    x.chunks_exact(2).map(|c| c[0] * c[1]).sum()
}

#[test]
fn chunks_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = chunks_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| chunks(q), chunks_value_and_grad(&x), chunks_grad(&x), (value, buffer));
}

#[grad(a)]
fn counter(a: f64, y: &DVector<f64>) -> f64 {
    let mut k = 0;
    let mut s = 0.0;
    for i in 0..3 {
        for _ in 0..i {
            s += a * y[k];
            k += 1;
        }
    }
    s
}

#[test]
fn counter_is_right() {
    let a: f64 = 0.7;
    let y: DVector<f64> = DVector::from_vec(samples(6));
    let mut buffer = a.clone();
    let value = counter_value_and_grad_into(a, &y, &mut buffer);
    check(&a, |q| counter(*q, &y), counter_value_and_grad(a, &y), counter_grad(a, &y), (value, buffer));
}

#[grad(x)]
fn apply_it(x: &DVector<f64>) -> f64 {
    let mut y = x.clone();
    y.apply(|v| *v = v.sin());
    y.dot(x)
}

#[test]
fn apply_it_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let mut buffer = x.clone();
    let value = apply_it_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| apply_it(q), apply_it_value_and_grad(&x), apply_it_grad(&x), (value, buffer));
}

#[grad(x)]
fn iter_mut_it(x: &DVector<f64>) -> f64 {
    let mut y = x.clone();
    for v in y.iter_mut() {
        *v = v.sin();
    }
    y.dot(x)
}

#[test]
fn iter_mut_it_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let mut buffer = x.clone();
    let value = iter_mut_it_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| iter_mut_it(q), iter_mut_it_value_and_grad(&x), iter_mut_it_grad(&x), (value, buffer));
}

#[grad(x)]
fn iter_mut_zip(x: &DVector<f64>, b: &DVector<f64>) -> f64 {
    let mut y = x.clone();
    for (v, b) in y.iter_mut().zip(b.iter()) {
        *v *= b;
    }
    y.dot(x)
}

#[test]
fn iter_mut_zip_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let b: DVector<f64> = DVector::from_vec(samples(6));
    let mut buffer = x.clone();
    let value = iter_mut_zip_value_and_grad_into(&x, &b, &mut buffer);
    check(&x, |q| iter_mut_zip(q, &b), iter_mut_zip_value_and_grad(&x, &b), iter_mut_zip_grad(&x, &b), (value, buffer));
}

#[grad(x)]
fn gemv_it(x: &DVector<f64>, a: &DMatrix<f64>) -> f64 {
    let mut y = DVector::zeros(a.nrows());
    y.gemv(1.0, a, x, 0.0);
    y.norm_squared()
}

#[test]
fn gemv_it_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let a: DMatrix<f64> = DMatrix::from_vec(6, 6, samples(36));
    let mut buffer = x.clone();
    let value = gemv_it_value_and_grad_into(&x, &a, &mut buffer);
    check(&x, |q| gemv_it(q, &a), gemv_it_value_and_grad(&x, &a), gemv_it_grad(&x, &a), (value, buffer));
}

#[grad(x)]
fn push_it(x: &DVector<f64>) -> f64 {
    let mut v = Vec::new();
    for i in 0..x.len() {
        v.push(x[i] * x[i]);
    }
    let v = DVector::from_vec(v);
    v.dot(x)
}

#[test]
fn push_it_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let mut buffer = x.clone();
    let value = push_it_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| push_it(q), push_it_value_and_grad(&x), push_it_grad(&x), (value, buffer));
}

#[grad(x)]
fn view_left(x: &Vector3<f64>, b: &Vector3<f64>) -> f64 {
    let mut y = Vector6::zeros();
    y.fixed_rows_mut::<3>(0).copy_from(x);
    y.fixed_rows_mut::<3>(3).copy_from(&(b - x));
    y.norm_squared()
}

#[test]
fn view_left_is_right() {
    let x: Vector3<f64> = Vector3::new(0.3, -0.8, 1.1);
    let b: Vector3<f64> = Vector3::new(0.3, -0.8, 1.1);
    let mut buffer = x.clone();
    let value = view_left_value_and_grad_into(&x, &b, &mut buffer);
    check(&x, |q| view_left(q, &b), view_left_value_and_grad(&x, &b), view_left_grad(&x, &b), (value, buffer));
}

#[grad(x)]
fn view_left2(x: &DVector<f64>, n: usize) -> f64 {
    let mut y = DVector::zeros(2 * n);
    y.rows_mut(0, n).copy_from(x);
    y.rows_mut(n, n).copy_from(&(2.0 * x));
    y.norm_squared()
}

#[test]
fn view_left2_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let n: usize = 6;
    let mut buffer = x.clone();
    let value = view_left2_value_and_grad_into(&x, n, &mut buffer);
    check(&x, |q| view_left2(q, n), view_left2_value_and_grad(&x, n), view_left2_grad(&x, n), (value, buffer));
}

#[grad(m)]
fn match_bind(m: f64, k: Option<f64>) -> f64 {
    match k {
        Some(v) => m * v,
        None => m,
    }
}

#[test]
fn match_bind_is_right() {
    let m: f64 = 0.7;
    let k: Option<f64> = Some(1.3);
    let mut buffer = m.clone();
    let value = match_bind_value_and_grad_into(m, k, &mut buffer);
    check(&m, |q| match_bind(*q, k), match_bind_value_and_grad(m, k), match_bind_grad(m, k), (value, buffer));
}

#[grad(m)]
fn if_let(m: f64, k: Option<f64>) -> f64 {
    let mut s = m * m;
    if let Some(v) = k {
        s += v * m;
    }
    s
}

#[test]
fn if_let_is_right() {
    let m: f64 = 0.7;
    let k: Option<f64> = Some(1.3);
    let mut buffer = m.clone();
    let value = if_let_value_and_grad_into(m, k, &mut buffer);
    check(&m, |q| if_let(*q, k), if_let_value_and_grad(m, k), if_let_grad(m, k), (value, buffer));
}

#[grad(w)]
fn filtered(w: f64, xs: &[f64]) -> f64 {
    xs.iter().filter(|x| **x > 0.0).map(|x| (x - w).powi(2)).sum()
}

#[test]
fn filtered_is_right() {
    let w: f64 = 0.7;
    let xs: Vec<f64> = samples(6);
    let mut buffer = w.clone();
    let value = filtered_value_and_grad_into(w, &xs, &mut buffer);
    check(&w, |q| filtered(*q, &xs), filtered_value_and_grad(w, &xs), filtered_grad(w, &xs), (value, buffer));
}

#[grad(x)]
fn vec_state(x: &DVector<f64>, n: usize) -> f64 {
    let mut acc = vec![0.0; n];
    for i in 0..n {
        acc[i] = x[i].sin();
    }
    let mut s = 0.0;
    for i in 0..n {
        s += acc[i] * acc[i];
    }
    s
}

#[test]
fn vec_state_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let n: usize = 6;
    let mut buffer = x.clone();
    let value = vec_state_value_and_grad_into(&x, n, &mut buffer);
    check(&x, |q| vec_state(q, n), vec_state_value_and_grad(&x, n), vec_state_grad(&x, n), (value, buffer));
}

#[grad(x)]
fn arr_state(x: f64) -> f64 {
    let mut s = [1.0, 0.0];
    for _ in 0..10 {
        let a = s[1];
        let b = -x * s[0];
        s[0] += 0.1 * a;
        s[1] += 0.1 * b;
    }
    s[0]
}

#[test]
fn arr_state_is_right() {
    let x: f64 = 0.7;
    let mut buffer = x.clone();
    let value = arr_state_value_and_grad_into(x, &mut buffer);
    check(&x, |q| arr_state(*q), arr_state_value_and_grad(x), arr_state_grad(x), (value, buffer));
}

#[grad(k)]
fn rk4(k: f64, x0: &Vector2<f64>, h: f64) -> f64 {
    let f = |x: &Vector2<f64>| Vector2::new(x[1], -k * x[0]);
    let mut x = *x0;
    for _ in 0..20 {
        let k1 = f(&x);
        let k2 = f(&(x + k1 * (h / 2.0)));
        let k3 = f(&(x + k2 * (h / 2.0)));
        let k4 = f(&(x + k3 * h));
        x += (k1 + k2 * 2.0 + k3 * 2.0 + k4) * (h / 6.0);
    }
    x.norm_squared()
}

#[test]
fn rk4_is_right() {
    let k: f64 = 0.7;
    let x0: Vector2<f64> = Vector2::new(0.3, -0.8);
    let h: f64 = 0.7;
    let mut buffer = k.clone();
    let value = rk4_value_and_grad_into(k, &x0, h, &mut buffer);
    check(&k, |q| rk4(*q, &x0, h), rk4_value_and_grad(k, &x0, h), rk4_grad(k, &x0, h), (value, buffer));
}

#[grad(mu)]
fn gmm(mu: &DMatrix<f64>, xs: &DMatrix<f64>) -> f64 {
    let mut total = 0.0;
    for i in 0..xs.nrows() {
        let mut terms = Vec::with_capacity(mu.nrows());
        for k in 0..mu.nrows() {
            terms.push(-0.5 * (xs.row(i) - mu.row(k)).norm_squared());
        }
        let m = terms.iter().cloned().fold(f64::NEG_INFINITY, f64::max);
        total += m + terms.iter().map(|t| (t - m).exp()).sum::<f64>().ln();
    }
    total
}

#[test]
fn gmm_is_right() {
    let mu: DMatrix<f64> = DMatrix::from_vec(6, 6, samples(36));
    let xs: DMatrix<f64> = DMatrix::from_vec(6, 6, samples(36));
    let mut buffer = mu.clone();
    let value = gmm_value_and_grad_into(&mu, &xs, &mut buffer);
    check(&mu, |q| gmm(q, &xs), gmm_value_and_grad(&mu, &xs), gmm_grad(&mu, &xs), (value, buffer));
}

#[grad(x)]
fn poly(x: f64) -> f64 {
    let mut s = 0.0;
    let mut p = 1.0;
    for k in 1..=5 {
        p *= x / k as f64;
        s += p;
    }
    s
}

#[test]
fn poly_is_right() {
    let x: f64 = 0.7;
    let mut buffer = x.clone();
    let value = poly_value_and_grad_into(x, &mut buffer);
    check(&x, |q| poly(*q), poly_value_and_grad(x), poly_grad(x), (value, buffer));
}

#[grad(x)]
fn huber(x: &DVector<f64>, d: f64) -> f64 {
    let mut s = 0.0;
    for r in x.iter() {
        if r.abs() <= d {
            s += 0.5 * r * r;
        } else {
            s += d * (r.abs() - 0.5 * d);
        }
    }
    s
}

#[test]
fn huber_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let d: f64 = 0.7;
    let mut buffer = x.clone();
    let value = huber_value_and_grad_into(&x, d, &mut buffer);
    check(&x, |q| huber(q, d), huber_value_and_grad(&x, d), huber_grad(&x, d), (value, buffer));
}

#[grad(p)]
fn pts(p: &[Vector3<f64>]) -> f64 {
    let mut e = 0.0;
    for i in 0..p.len() {
        for j in i + 1..p.len() {
            e += 1.0 / (p[i] - p[j]).norm();
        }
    }
    e
}

#[test]
fn pts_is_right() {
    let p: Vec<Vector3<f64>> = vec![Vector3::new(0.1, 0.2, 0.3), Vector3::new(1., -0.5, 0.6), Vector3::new(-0.7, 0.8, -0.9)];
    let mut buffer = p.clone();
    let value = pts_value_and_grad_into(&p, &mut buffer);
    check(&p, |q| pts(q), pts_value_and_grad(&p), pts_grad(&p), (value, buffer));
}

#[grad(p)]
fn pts_iter(p: &[Vector2<f64>], c: &Vector2<f64>) -> f64 {
    p.iter().map(|q| (q - c).norm_squared()).sum()
}

#[test]
fn pts_iter_is_right() {
    let p: Vec<Vector2<f64>> = vec![Vector2::new(0.1, 0.2), Vector2::new(1., -0.5), Vector2::new(-0.7, 0.8)];
    let c: Vector2<f64> = Vector2::new(0.3, -0.8);
    let mut buffer = p.clone();
    let value = pts_iter_value_and_grad_into(&p, &c, &mut buffer);
    check(&p, |q| pts_iter(q, &c), pts_iter_value_and_grad(&p, &c), pts_iter_grad(&p, &c), (value, buffer));
}

#[grad(x)]
fn sum_all(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y.iter()).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
}

#[test]
fn sum_all_is_right() {
    let x: Vec<f64> = samples(6);
    let y: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = sum_all_value_and_grad_into(&x, &y, &mut buffer);
    check(&x, |q| sum_all(q, &y), sum_all_value_and_grad(&x, &y), sum_all_grad(&x, &y), (value, buffer));
}

#[grad(x)]
fn norm_vec(x: Vec<f64>) -> f64 {
    let n: f64 = x.iter().map(|v| v * v).sum::<f64>();
    n.sqrt()
}

#[test]
fn norm_vec_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = norm_vec_value_and_grad_into(x.clone(), &mut buffer);
    check(&x, |q| norm_vec(q.clone()), norm_vec_value_and_grad(x.clone()), norm_vec_grad(x.clone()), (value, buffer));
}

#[grad(x)]
fn to_dvec(x: &[f64], a: &DMatrix<f64>) -> f64 {
    let v = DVector::from_column_slice(x);
    (a * &v).norm_squared()
}

#[test]
fn to_dvec_is_right() {
    let x: Vec<f64> = samples(6);
    let a: DMatrix<f64> = DMatrix::from_vec(6, 6, samples(36));
    let mut buffer = x.clone();
    let value = to_dvec_value_and_grad_into(&x, &a, &mut buffer);
    check(&x, |q| to_dvec(q, &a), to_dvec_value_and_grad(&x, &a), to_dvec_grad(&x, &a), (value, buffer));
}

#[grad(x)]
fn to_row(x: &[f64], a: &DMatrix<f64>) -> f64 {
    let v = DVector::from_row_slice(x);
    v.dot(&(a * &v))
}

#[test]
fn to_row_is_right() {
    let x: Vec<f64> = samples(6);
    let a: DMatrix<f64> = DMatrix::from_vec(6, 6, samples(36));
    let mut buffer = x.clone();
    let value = to_row_value_and_grad_into(&x, &a, &mut buffer);
    check(&x, |q| to_row(q, &a), to_row_value_and_grad(&x, &a), to_row_grad(&x, &a), (value, buffer));
}

#[grad(x)]
fn sub_slice(x: &[f64]) -> f64 {
    let (a, b) = x.split_at(2);
    a.iter().sum::<f64>() * b.iter().map(|v| v * v).sum::<f64>()
}

#[test]
fn sub_slice_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = sub_slice_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| sub_slice(q), sub_slice_value_and_grad(&x), sub_slice_grad(&x), (value, buffer));
}

#[grad(x)]
fn sub_slice2(x: &[f64]) -> f64 {
    let head = &x[..2];
    let tail = &x[2..];
    head[0] * head[1] + tail.iter().map(|t| t * t).sum::<f64>()
}

#[test]
fn sub_slice2_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = sub_slice2_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| sub_slice2(q), sub_slice2_value_and_grad(&x), sub_slice2_grad(&x), (value, buffer));
}

#[grad(x)]
fn max_fold(x: &[f64]) -> f64 {
    x.iter().fold(f64::MIN, |a, &b| a.max(b))
}

#[test]
fn max_fold_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = max_fold_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| max_fold(q), max_fold_value_and_grad(&x), max_fold_grad(&x), (value, buffer));
}

#[grad(x)]
fn lse(x: &[f64]) -> f64 {
    let m = x.iter().cloned().fold(f64::NEG_INFINITY, f64::max);
    m + x.iter().map(|v| (v - m).exp()).sum::<f64>().ln()
}

#[test]
fn lse_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = lse_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| lse(q), lse_value_and_grad(&x), lse_grad(&x), (value, buffer));
}

#[grad(x)]
fn mean_var(x: &[f64]) -> f64 {
    let n = x.len() as f64;
    let mean = x.iter().sum::<f64>() / n;
    x.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / (n - 1.0)
}

#[test]
fn mean_var_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = mean_var_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| mean_var(q), mean_var_value_and_grad(&x), mean_var_grad(&x), (value, buffer));
}

#[grad(a)]
fn scan(a: f64, u: &[f64]) -> f64 {
    let mut y = 0.0;
    let mut out = 0.0;
    for &ui in u.iter() {
        y = a * y + (1.0 - a) * ui;
        out += (y - ui).powi(2);
    }
    out
}

#[test]
fn scan_is_right() {
    let a: f64 = 0.7;
    let u: Vec<f64> = samples(6);
    let mut buffer = a.clone();
    let value = scan_value_and_grad_into(a, &u, &mut buffer);
    check(&a, |q| scan(*q, &u), scan_value_and_grad(a, &u), scan_grad(a, &u), (value, buffer));
}

#[grad(w)]
fn nested_arr(w: &[[f64; 2]; 2]) -> f64 {
    w[0][0] * w[1][1] - w[0][1] * w[1][0]
}

#[test]
fn nested_arr_is_right() {
    let w: [[f64; 2]; 2] = [[0.1, 0.2], [0.4, -0.5]];
    let mut buffer = w.clone();
    let value = nested_arr_value_and_grad_into(&w, &mut buffer);
    check(&w, |q| nested_arr(q), nested_arr_value_and_grad(&w), nested_arr_grad(&w), (value, buffer));
}

#[grad(x)]
fn newton_sqrt(x: f64) -> f64 {
    let mut y = x;
    for _ in 0..8 {
        y = 0.5 * (y + x / y);
    }
    y
}

#[test]
fn newton_sqrt_is_right() {
    let x: f64 = 0.7;
    let mut buffer = x.clone();
    let value = newton_sqrt_value_and_grad_into(x, &mut buffer);
    check(&x, |q| newton_sqrt(*q), newton_sqrt_value_and_grad(x), newton_sqrt_grad(x), (value, buffer));
}

#[grad(x)]
fn loop_break(x: f64) -> f64 {
    let mut y = x;
    let mut i = 0;
    loop {
        y = 0.5 * (y + x / y);
        i += 1;
        if i >= 8 {
            break;
        }
    }
    y
}

#[test]
fn loop_break_is_right() {
    let x: f64 = 0.7;
    let mut buffer = x.clone();
    let value = loop_break_value_and_grad_into(x, &mut buffer);
    check(&x, |q| loop_break(*q), loop_break_value_and_grad(x), loop_break_grad(x), (value, buffer));
}

#[grad(x)]
fn while_i(x: &DVector<f64>) -> f64 {
    let mut i = 0;
    let mut s = 0.0;
    while i < x.len() {
        s += x[i] * x[i];
        i += 1;
    }
    s
}

#[test]
fn while_i_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let mut buffer = x.clone();
    let value = while_i_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| while_i(q), while_i_value_and_grad(&x), while_i_grad(&x), (value, buffer));
}

#[grad(x)]
fn ger_it(x: &DVector<f64>, b: &DMatrix<f64>) -> f64 {
    let mut m = b.clone();
    m.ger(1.0, x, x, 1.0);
    m.norm_squared()
}

#[test]
fn ger_it_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let b: DMatrix<f64> = DMatrix::from_vec(6, 6, samples(36));
    let mut buffer = x.clone();
    let value = ger_it_value_and_grad_into(&x, &b, &mut buffer);
    check(&x, |q| ger_it(q, &b), ger_it_value_and_grad(&x, &b), ger_it_grad(&x, &b), (value, buffer));
}

#[grad(x)]
fn swap(x: &Matrix3<f64>) -> f64 {
    let mut m = *x;
    m.swap_rows(0, 2);
    m[(0, 0)] * m[(1, 1)]
}

#[test]
fn swap_is_right() {
    let x: Matrix3<f64> = Matrix3::from_iterator(samples(9));
    let mut buffer = x.clone();
    let value = swap_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| swap(q), swap_value_and_grad(&x), swap_grad(&x), (value, buffer));
}

#[grad(x)]
fn early(x: f64, n: usize) -> f64 {
    if n == 0 {
        return 0.0;
    }
    let mut p = 1.0;
    for _ in 0..n {
        p *= x;
    }
    p
}

#[test]
fn early_is_right() {
    let x: f64 = 0.7;
    let n: usize = 6;
    let mut buffer = x.clone();
    let value = early_value_and_grad_into(x, n, &mut buffer);
    check(&x, |q| early(*q, n), early_value_and_grad(x, n), early_grad(x, n), (value, buffer));
}

#[grad(x)]
fn collect_vec(x: &DVector<f64>) -> f64 {
    let s: Vec<f64> = x.iter().map(|v| v.tanh()).collect();
    s.iter().sum()
}

#[test]
fn collect_vec_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let mut buffer = x.clone();
    let value = collect_vec_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| collect_vec(q), collect_vec_value_and_grad(&x), collect_vec_grad(&x), (value, buffer));
}

#[grad(x)]
fn collect_dv(x: &[f64]) -> f64 {
    let s = DVector::from_iterator(x.len(), x.iter().map(|v| v.tanh()));
    s.norm()
}

#[test]
fn collect_dv_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = collect_dv_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| collect_dv(q), collect_dv_value_and_grad(&x), collect_dv_grad(&x), (value, buffer));
}

#[grad(x)]
fn thomas(x: &DVector<f64>, b: &DVector<f64>) -> f64 {
    let n = x.len();
    let mut c = vec![0.0; n];
    let mut d = vec![0.0; n];
    c[0] = 1.0 / x[0];
    d[0] = b[0] / x[0];
    for i in 1..n {
        let m = x[i] - c[i - 1];
        c[i] = 1.0 / m;
        d[i] = (b[i] - d[i - 1]) / m;
    }
    let mut y = d[n - 1];
    let mut s = y;
    for i in (0..n - 1).rev() {
        y = d[i] - c[i] * y;
        s += y;
    }
    s
}

#[test]
fn thomas_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let b: DVector<f64> = DVector::from_vec(samples(6));
    let mut buffer = x.clone();
    let value = thomas_value_and_grad_into(&x, &b, &mut buffer);
    check(&x, |q| thomas(q, &b), thomas_value_and_grad(&x, &b), thomas_grad(&x, &b), (value, buffer));
}

#[grad(x)]
fn two_crossed(x: &[f64], idx: &[usize]) -> f64 {
    idx.iter().map(|&i| x[i] * x[i]).sum()
}

#[test]
fn two_crossed_is_right() {
    let x: Vec<f64> = samples(6);
    let idx: Vec<usize> = vec![2, 0, 3, 1, 1, 2];
    let mut buffer = x.clone();
    let value = two_crossed_value_and_grad_into(&x, &idx, &mut buffer);
    check(&x, |q| two_crossed(q, &idx), two_crossed_value_and_grad(&x, &idx), two_crossed_grad(&x, &idx), (value, buffer));
}

#[grad(x)]
fn labels(x: &DMatrix<f64>, y: &[usize]) -> f64 {
    let mut loss = 0.0;
    for (i, &label) in y.iter().enumerate() {
        let row = x.row(i);
        let z: f64 = row.iter().map(|v| v.exp()).sum();
        loss += z.ln() - row[label];
    }
    loss / y.len() as f64
}

#[test]
fn labels_is_right() {
    let x: DMatrix<f64> = DMatrix::from_vec(6, 6, samples(36));
    let y: Vec<usize> = vec![2, 0, 3, 1, 1, 2];
    let mut buffer = x.clone();
    let value = labels_value_and_grad_into(&x, &y, &mut buffer);
    check(&x, |q| labels(q, &y), labels_value_and_grad(&x, &y), labels_grad(&x, &y), (value, buffer));
}

#[grad(x)]
fn powers(x: &[f64]) -> f64 {
    x.iter().enumerate().map(|(i, v)| v.powi(i as i32 + 1)).sum()
}

#[test]
fn powers_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = powers_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| powers(q), powers_value_and_grad(&x), powers_grad(&x), (value, buffer));
}

#[grad(x)]
fn first_last(x: &[f64]) -> f64 {
    x.first().unwrap() * x.last().unwrap()
}

#[test]
fn first_last_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = first_last_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| first_last(q), first_last_value_and_grad(&x), first_last_grad(&x), (value, buffer));
}

#[grad(x)]
fn lifo(x: &[f64]) -> f64 {
    let n = x.len();
    let mut prod = 1.0;
    for i in 0..n {
        prod *= (x[i] / ((i + 1) as f64).sqrt()).cos();
    }
    1.0 + x.iter().map(|v| v * v / 4000.0).sum::<f64>() - prod
}

#[test]
fn lifo_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = lifo_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| lifo(q), lifo_value_and_grad(&x), lifo_grad(&x), (value, buffer));
}
