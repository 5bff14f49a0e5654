//! Loops that stay loops, and branches: against differences of the functions themselves.
#![allow(clippy::clone_on_copy, clippy::type_complexity, reason = "as users write them")]
#![allow(missing_docs)]
#![allow(clippy::pedantic, reason = "as users write them")]
#![allow(
    clippy::needless_range_loop,
    clippy::assign_op_pattern,
    clippy::manual_memcpy,
    clippy::unnecessary_cast,
    clippy::explicit_counter_loop,
    clippy::let_and_return,
    clippy::manual_swap,
    clippy::op_ref
)]

use matgrad_tests::{cases, matrix, number, positive, vector};
use nalgebra::{DMatrix, DVector, SMatrix, SVector};

cases! {
    logistic_map {
        let mut c = 0.5;
        for _ in 0..*n {
            c = *r * c * (1.0 - c);
        }
        c
    }
        five(r: f64 = number(); n: usize = 5) -> f64
        none(r: f64 = number(); n: usize = 0) -> f64;
    huber {
        let mut s = 0.0;
        for i in 0..y.len() {
            let r = (x.row(i) * w)[0] - y[i];
            if r.abs() < 0.7 {
                s += 0.5 * r * r;
            } else {
                s += 0.7 * (r.abs() - 0.35);
            }
        }
        s / y.len() as f64
    }
        dynamic(w: DVector<f64> = vector(3); x: DMatrix<f64> = matrix(7, 3), y: DVector<f64> = vector(7)) -> f64
        fixed(w: SVector<f64, 3> = vector(3), y: SVector<f64, 7> = vector(7); x: SMatrix<f64, 7, 3> = matrix(7, 3)) -> f64;
    recurrent {
        let mut h = b.clone_owned();
        let mut loss = 0.0;
        for t in 0..x.ncols() {
            h = (a * &h + x.column(t)).map(|z| z.tanh());
            loss += h.norm_squared() - h[0] * x[(1, t)];
        }
        loss + h.sum()
    }
        dynamic(a: DMatrix<f64> = matrix(3, 3), b: DVector<f64> = vector(3), x: DMatrix<f64> = matrix(3, 5)) -> f64
        fixed(a: SMatrix<f64, 3, 3> = matrix(3, 3), b: SVector<f64, 3> = vector(3); x: SMatrix<f64, 3, 5> = matrix(3, 5)) -> f64;
    once {
        let mut c = *r;
        for _ in 0..1 {
            c = c.sin() * c + *r;
        }
        c
    }
        one(r: f64 = number()) -> f64;
    newton_root {
        let mut x = 1.0;
        for _ in 0..6 {
            x = x - (x * x - *a) / (2.0 * x);
        }
        x
    }
        root(a: f64 = positive(1, 1)) -> f64;
    euler_pendulum {
        let (mut q, mut v) = (s[0], s[1]);
        let dt = 0.1;
        for _ in 0..10 {
            v -= dt * *k * q.sin();
            q += dt * v;
        }
        q * q + v * v
    }
        both(s: SVector<f64, 2> = vector(2), k: f64 = positive(1, 1)) -> f64;
    matrix_powers {
        let mut p = DMatrix::<f64>::identity(3, 3);
        let mut s = 0.0;
        for _ in 0..4 {
            p = &p * a;
            s += p.trace();
        }
        s + p.norm_squared()
    }
        dynamic(a: DMatrix<f64> = matrix(3, 3)) -> f64;
    filtered_backwards {
        let mut y = 0.0;
        let mut s = 0.0;
        for i in (0..x.len()).rev() {
            y = 0.8 * y + x[i] * x[i];
            s += y * *w;
        }
        s
    }
        dynamic(x: DVector<f64> = vector(6), w: f64 = number()) -> f64;
    chosen_outside {
        let y = if *n > 3 { x.norm_squared() } else { x.sum() * 2.0 };
        let mut s = y * y;
        if s > 0.5 {
            s = s.ln() + x[0];
        }
        s
    }
        small(x: DVector<f64> = vector(4); n: usize = 2) -> f64
        large(x: DVector<f64> = vector(4); n: usize = 7) -> f64;
    else_if {
        let mut s = 0.0;
        for i in 0..x.len() {
            if i == 0 {
                s += x[i].exp();
            } else if i % 2 == 0 {
                s += x[i] * x[i - 1];
            } else {
                s -= x[i].sin();
            }
        }
        s
    }
        dynamic(x: DVector<f64> = vector(6)) -> f64;
    differences {
        let mut d = DVector::<f64>::zeros(x.len());
        for i in 0..x.len() {
            if i > 0 {
                d[i] = x[i] - x[i - 1] * x[i];
            }
        }
        d.norm_squared()
    }
        dynamic(x: DVector<f64> = vector(6)) -> f64;
    cumulative {
        let mut c = DVector::<f64>::zeros(x.len());
        let mut total = 0.0;
        for i in 0..x.len() {
            total += x[i];
            c[i] = total * total;
        }
        c.dot(x)
    }
        dynamic(x: DVector<f64> = vector(5)) -> f64
        fixed(x: SVector<f64, 5> = vector(5)) -> f64;
    triangular_sum {
        let mut s = 0.0;
        for i in 0..x.len() {
            for j in 0..i {
                s += (x[i] - x[j]).powi(2).exp();
            }
        }
        s
    }
        dynamic(x: DVector<f64> = vector(5)) -> f64
        fixed(x: SVector<f64, 4> = vector(4)) -> f64;
    horner {
        let mut p = 0.0;
        for c in w.iter() {
            p = p * *x + c;
        }
        p
    }
        dynamic(w: DVector<f64> = vector(5), x: f64 = number()) -> f64;
    fibonacci_like {
        let mut a = x[0];
        let mut b = x[1];
        for _ in 0..5 {
            let c = a * 0.3 + b.sin();
            a = b;
            b = c;
        }
        a * b
    }
        fixed(x: SVector<f64, 2> = vector(2)) -> f64;
    gathered {
        let mut s = 0.0;
        for i in 0..k.len() {
            s += x[k[i]] * w[i] * x[k[i]].cos();
        }
        s
    }
        array(x: DVector<f64> = vector(5), w: DVector<f64> = vector(4); k: [usize; 4] = [3, 0, 3, 4]) -> f64;
    nested_states {
        let mut u = x.clone();
        for _ in 0..3 {
            for i in 0..u.len() {
                u[i] = u[i] * 0.9 + 0.1 * u[i] * u[i];
            }
        }
        u.norm_squared()
    }
        dynamic(x: DVector<f64> = vector(4)) -> f64;
    beginning_read_as_well {
        let mut h = x.clone();
        let mut l = 0.0;
        for r in data.row_iter() {
            h = (h + r.transpose()).map(|t| t.tanh());
            l += h.dot(x);
        }
        l
    }
        dynamic(x: DVector<f64> = vector(3), data: DMatrix<f64> = matrix(4, 3)) -> f64;
    given_items {
        let mut z = *a;
        let mut loss = 0.0;
        for (y, w) in ys.iter().zip(x.iter()) {
            z = z * w + *y;
            loss += (z - y).powi(2);
        }
        loss
    }
        array(x: DVector<f64> = vector(3), a: f64 = number(); ys: [f64; 3] = [0.5, -0.2, 0.8]) -> f64;
    infinite_at_first {
        let mut best = f64::INFINITY;
        for i in 0..x.len() {
            let d = (x[i] - 0.1).powi(2);
            if d < best {
                best = d;
            }
        }
        best
    }
        dynamic(x: DVector<f64> = vector(4)) -> f64;
    nothing_read_where_nothing_is_iterated {
        let mut s = x[1];
        for i in 0..*n {
            s = s * x[i] + x[7];
        }
        s + x.sum()
    }
        none(x: DVector<f64> = vector(3); n: usize = 0) -> f64;
    skipped {
        let mut s = 1.0;
        for i in 0..x.len() {
            if x[i] < 0.0 {
                s += 0.1 * i as f64;
                continue;
            }
            let t = x[i].sqrt();
            s = s * t + t;
        }
        s
    }
        dynamic(x: DVector<f64> = vector(6)) -> f64;
    returned_early {
        if *n == 0 {
            return x.norm_squared();
        }
        let mut s = 0.0;
        for i in 0..*n {
            s += x[i] * s;
            s += x[0];
        }
        return s;
    }
        early(x: DVector<f64> = vector(4); n: usize = 0) -> f64
        late(x: DVector<f64> = vector(4); n: usize = 3) -> f64;
    folded {
        x.iter().fold(1.0, |a, t| a * t.cos() + t) + (0..x.len()).rev().fold(0.0, |a, i| a * x[0] + x[i])
    }
        dynamic(x: DVector<f64> = vector(4)) -> f64;
    folded_vectors {
        (0..3).fold(x.clone(), |v, _| v.map(|u| u.sin()) * 1.1).sum()
    }
        dynamic(x: DVector<f64> = vector(4)) -> f64;
    determinants {
        (0..x.len()).map(|i| (m * x[i] + DMatrix::identity(2, 2)).determinant()).sum::<f64>()
    }
        dynamic(x: DVector<f64> = vector(4), m: DMatrix<f64> = matrix(2, 2)) -> f64;
    chosen_entries {
        let k = DMatrix::from_fn(4, 4, |i, j| {
            let v = (-(x[i] - x[j]).powi(2)).exp();
            if i == j { v + 0.5 } else { v }
        });
        k.determinant() + k.sum()
    }
        dynamic(x: DVector<f64> = vector(4)) -> f64;
    weighted_pairs {
        let mut s = 1.0;
        for &(i, c) in w.iter() {
            s = s * c + x[i] * x[i];
        }
        s
    }
        array(x: DVector<f64> = vector(4); w: [(usize, f64); 3] = [(0, 0.5), (2, 1.5), (2, -0.3)]) -> f64;
    matched {
        let scale = match *n {
            0 => x.sum(),
            1 | 2 => x.norm_squared(),
            3 | 5 if *n > 4 => 2.0,
            _ => x[0] * x[1],
        };
        let mut s = scale;
        for i in 0..x.len() {
            match *n {
                0 => s += x[i],
                3..=4 => s = s * x[i],
                _ => {}
            }
        }
        s
    }
        zero(x: DVector<f64> = vector(4); n: usize = 0) -> f64
        two(x: DVector<f64> = vector(4); n: usize = 2) -> f64
        four(x: DVector<f64> = vector(4); n: usize = 4) -> f64;
    literals_begin_where_they_say {
        let mut s = 1.0;
        for i in 1..4 {
            for j in 0..i {
                s = s * x[j] + x[i];
            }
            if i == 2 {
                s *= x[i];
            } else {
                s += x[i - 1] * s;
            }
        }
        for i in (2..5).rev() {
            if d[i] > 2.5 {
                s = s * x[i] + d[i - 1];
            }
            s = s * 0.3 + x.rows(0, i).norm_squared() + i as f64;
        }
        s
    }
        array(x: DVector<f64> = vector(5); d: [f64; 5] = [1.0, 2.0, 3.0, 4.0, 5.0]) -> f64;
    sides_of_one_size {
        assert_eq!(a.nrows(), x.len());
        let y = if *n > 1 { a * x } else { x.map(|t| t * t) };
        y.norm_squared()
    }
        first(x: DVector<f64> = vector(3), a: DMatrix<f64> = matrix(3, 3); n: usize = 2) -> f64
        second(x: DVector<f64> = vector(3), a: DMatrix<f64> = matrix(3, 3); n: usize = 0) -> f64;
    polynomials {
        let mut loss = 0.0;
        for t in ts.iter() {
            let mut p = 0.0;
            let mut q = 1.0;
            for k in 0..=*degree {
                p += c[k] * q;
                q *= t;
            }
            loss += (p - t.sin()).powi(2);
        }
        loss
    }
        array(c: DVector<f64> = vector(4); ts: [f64; 3] = [0.0, 0.5, 1.0], degree: usize = 3) -> f64;
    scalar_kalman_filter {
        let (mut m, mut v, mut likelihood) = (0.0, 1.0, 0.0);
        for y in ys.iter() {
            let predicted = v + q[0] * q[0];
            let s = predicted + q[1] * q[1];
            let e = y - m;
            likelihood -= 0.5 * (s.ln() + e * e / s);
            let gain = predicted / s;
            m = m + gain * e;
            v = (1.0 - gain) * predicted;
        }
        likelihood
    }
        array(q: DVector<f64> = positive(2, 1); ys: [f64; 4] = [0.2, 0.5, -0.1, 0.3]) -> f64;
    drawdown {
        let (mut wealth, mut peak, mut worst) = (1.0, 1.0, 0.0);
        for day in r.row_iter() {
            let gain = (day * w)[0];
            wealth *= 1.0 + 0.1 * gain;
            if wealth > peak {
                peak = wealth;
            }
            let fall = 1.0 - wealth / peak;
            if fall > worst {
                worst = fall;
            }
        }
        wealth.ln() - 0.5 * worst
    }
        dynamic(w: DVector<f64> = vector(3); r: DMatrix<f64> = matrix(6, 3)) -> f64;
    max_by_hand {
        let mut m = x[0];
        for i in 1..x.len() {
            if x[i] > m {
                m = x[i];
            }
        }
        m * m + x.sum()
    }
        dynamic(x: DVector<f64> = vector(6)) -> f64;
}
