//! Ranges, captures, shadowed names and nested loops.

use nalgebra::*;

use crate::readings;

readings! {
    l1 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut s = 0.0;
            for k in 2..5 {
                s += k as f64 * x[k];
            }
            s
        }
    }
        at { let x = crate::ramp(7); } (&x);
    l2 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut s = 0.0;
            for k in 2..=5 {
                s += x[k] * x[k - 2];
            }
            s
        }
    }
        at { let x = crate::ramp(7); } (&x);
    l3 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut s = 0.0;
            for k in 0..3 {
                for k in k..4 {
                    s += x[k] * k as f64;
                }
                s += x[k];
            }
            s
        }
    }
        at { let x = crate::ramp(7); } (&x);
    l4 by (x) {
        pub const LO: usize = 1;
        const HI: usize = 4;
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut s = 0.0;
            for k in LO..HI {
                s += x[k].powi(2) * (k - LO) as f64;
            }
            s
        }
    }
        at { let x = crate::ramp(7); } (&x);
    l5 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut s = 0.0;
            for i in 1..4 {
                for j in i..5 {
                    s += x[i] * x[j];
                }
            }
            s
        }
    }
        at { let x = crate::ramp(7); } (&x);
    l6 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut s = 0.0;
            for i in 1..4 {
                for j in (i + 1)..=5 {
                    s += (x[i] - x[j]).powi(2) / (j - i) as f64;
                }
            }
            s
        }
    }
        at { let x = crate::ramp(7); } (&x);
    l7 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let n = x.len();
            let mut s = 0.0;
            for i in 0..n {
                for j in 0..n - i {
                    s += x[i] * x[j] * x[n - 1 - i];
                }
            }
            s
        }
    }
        at { let x = crate::ramp(5); } (&x);
    l8 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut s = 1.0;
            for k in 2..5 {
                s *= x[k] + k as f64;
            }
            s
        }
    }
        at { let x = crate::ramp(7); } (&x);
    l9 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut s = x[0];
            for k in (1..6).rev() {
                s = s * 0.5 + x[k].sin() * k as f64;
            }
            s
        }
    }
        at { let x = crate::ramp(7); } (&x);
    l10 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let c = 2.0;
            let mut s = 0.0;
            for k in 0..3 {
                let c = c * k as f64;
                s += c * x[k];
            }
            s * c
        }
    }
        at { let x = crate::ramp(4); } (&x);
    l11 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut s = 0.0;
            for k in 1..4 {
                let v = x.rows(k, 2);
                s += v.norm_squared() * k as f64;
            }
            s
        }
    }
        at { let x = crate::ramp(7); } (&x);
    l12 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut s = 0.0;
            for k in 1..4 {
                let v = x.rows(0, k);
                s += v.norm_squared() / v.len() as f64;
            }
            s
        }
    }
        at { let x = crate::ramp(7); } (&x);
    l13 by (m) {
        #[grad(m)]
        pub fn f(m: &DMatrix<f64>) -> f64 {
            let mut s = 0.0;
            for k in 1..3 {
                s += m.view((0, 0), (k, k)).determinant();
            }
            s
        }
    }
        at { let m = crate::mat(4,4); } (&m);
    l14 by (m) {
        #[grad(m)]
        pub fn f(m: &DMatrix<f64>) -> f64 {
            let mut s = 0.0;
            for i in 0..m.nrows() {
                for j in 0..i {
                    s += m[(i, j)] * m[(j, i)];
                }
            }
            s
        }
    }
        at { let m = crate::mat(4,4); } (&m);
    l15 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, w: &[f64]) -> f64 {
            let mut s = 0.0;
            for (k, a) in w.iter().enumerate().skip(1) {
                s += a * x[k] * k as f64;
            }
            s
        }
    }
        at { let x = crate::ramp(7); let w = [1.0, 2.0, 3.0, -1.0]; } (&x, &w);
    l16 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, idx: &[usize]) -> f64 {
            let mut s = 0.0;
            for &k in idx {
                s += x[k].exp();
            }
            s
        }
    }
        at { let x = crate::ramp(7); let w = [1, 3, 3, 0]; } (&x, &w);
    l17 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, idx: &[(usize, usize)]) -> f64 {
            let mut s = 0.0;
            for &(i, j) in idx {
                s += (x[i] - x[j]).powi(2);
            }
            s
        }
    }
        at { let x = crate::ramp(7); let w = [(1, 3), (3, 0), (2, 2)]; } (&x, &w);
    l18 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut y = x.clone();
            for k in 1..4 {
                y[k] = y[k - 1] * 0.5 + x[k];
            }
            y.norm_squared()
        }
    }
        at { let x = crate::ramp(6); } (&x);
    l19 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut y = x.clone();
            for k in 0..3 {
                y[k + 1] += y[k] * k as f64;
            }
            y.sum() + y[2].powi(2)
        }
    }
        at { let x = crate::ramp(6); } (&x);
    l20 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut y = x.clone();
            for k in 2..4 {
                y[k] = 0.0;
            }
            y.norm_squared()
        }
    }
        at { let x = crate::ramp(6); } (&x);
    l21 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut y = x.clone();
            for k in (0..3).rev() {
                y[k] += y[k + 1];
            }
            y.norm_squared()
        }
    }
        at { let x = crate::ramp(6); } (&x);
    l22 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            (2..5).map(|k| x[k] * k as f64).sum()
        }
    }
        at { let x = crate::ramp(6); } (&x);
    l23 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            (1..=3).map(|k| (0..k).map(|j| x[j] * x[k]).sum::<f64>()).sum::<f64>()
        }
    }
        at { let x = crate::ramp(6); } (&x);
    l25 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.iter().enumerate().map(|(i, v)| v * (i + 1) as f64).sum()
        }
    }
        at { let x = crate::ramp(6); } (&x);
    l26 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.iter().zip(x.iter().skip(1)).map(|(a, b)| (b - a).powi(2)).sum()
        }
    }
        at { let x = crate::ramp(6); } (&x);
    l27 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.iter().skip(1).take(3).enumerate().map(|(k, v)| v.powi(2) * k as f64).sum()
        }
    }
        at { let x = crate::ramp(6); } (&x);
    l29 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.iter().fold(0.0, |acc, v| acc * 0.5 + v)
        }
    }
        at { let x = crate::ramp(6); } (&x);
    l30 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.iter().rev().fold(0.0, |acc, v| acc * 2.0 + v)
        }
    }
        at { let x = crate::ramp(6); } (&x);
    l31 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, n: usize) -> f64 {
            let mut s = 0.0;
            for k in n..n + 3 {
                s += x[k] * (k - n) as f64;
            }
            s
        }
    }
        at { let x = crate::ramp(6); let n = 2; } (&x, n)
        at { let x = crate::ramp(6); let n = 3; } (&x, n);
    l32 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, n: usize) -> f64 {
            let mut s = x.norm();
            for k in n..3 {
                s += x[k];
            }
            s
        }
    }
        at { let x = crate::ramp(6); let n = 2; } (&x, n)
        at { let x = crate::ramp(6); let n = 5; } (&x, n)
        at { let x = crate::ramp(6); let n = 3; } (&x, n);
    l33 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, n: usize, m: usize) -> f64 {
            let mut s = 1.0;
            for i in 0..n {
                for j in 0..m {
                    s += x[i] * x[j] * (i * m + j) as f64;
                }
            }
            s
        }
    }
        at { let x = crate::ramp(6); let n = 2; let m = 4; } (&x, n, m)
        at { let x = crate::ramp(6); let n = 0; let m = 4; } (&x, n, m)
        at { let x = crate::ramp(6); let n = 2; let m = 0; } (&x, n, m);
    l35 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut s = 0.0;
            let mut c = 1.0;
            for k in 0..4 {
                c *= 0.5;
                s += c * x[k];
            }
            s
        }
    }
        at { let x = crate::ramp(6); } (&x);
    l36 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut s = 0.0;
            let mut c = 1;
            for k in 0..4 {
                s += c as f64 * x[k];
                c += k;
            }
            s
        }
    }
        at { let x = crate::ramp(6); } (&x);
    l37 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut s = 0.0;
            let mut k = 0;
            for v in x.iter() {
                s += v * k as f64;
                k += 2;
            }
            s
        }
    }
        at { let x = crate::ramp(6); } (&x);
    l38 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut s = 0.0;
            for k in 0..x.len() {
                if k % 2 == 0 {
                    s += x[k];
                } else {
                    s -= x[k].powi(2);
                }
            }
            s
        }
    }
        at { let x = crate::ramp(6); } (&x);
    l39 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut s = 0.0;
            for k in 0..x.len() {
                if k == 2 {
                    continue;
                }
                s += x[k].powi(2) * k as f64;
            }
            s
        }
    }
        at { let x = crate::ramp(6); } (&x);
    l40 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut s = 0.0;
            for k in 0..x.len() {
                s += if x[k] > 0.5 { x[k].powi(2) } else { 3.0 * x[k] };
            }
            s
        }
    }
        at { let x = crate::ramp(6); } (&x);
    l41 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut s = 0.0;
            for i in 0..3usize {
                for j in 0..3usize {
                    if i != j {
                        s += x[i] * x[j] * x[j];
                    }
                }
            }
            s
        }
    }
        at { let x = crate::ramp(6); } (&x);
    l42 by (m) {
        #[grad(m)]
        pub fn f(m: &DMatrix<f64>) -> f64 {
            let mut s = 0.0;
            for (i, r) in m.row_iter().enumerate() {
                s += r.norm_squared() * (i + 1) as f64 + r[i % 2];
            }
            s
        }
    }
        at { let m = crate::mat(3,4); } (&m);
    l43 by (m) {
        #[grad(m)]
        pub fn f(m: &DMatrix<f64>) -> f64 {
            let mut s = 0.0;
            for (c, d) in m.column_iter().zip(m.column_iter().skip(1)) {
                s += c.dot(&d);
            }
            s
        }
    }
        at { let m = crate::mat(3,4); } (&m);
    l44 by (m) {
        #[grad(m)]
        pub fn f(m: &DMatrix<f64>) -> f64 {
            let mut s = 0.0;
            for i in 1..m.nrows() {
                let a = m.row(i - 1);
                let b = m.row(i);
                s += a.dot(&b) * i as f64;
            }
            s
        }
    }
        at { let m = crate::mat(3,4); } (&m);
    l45 by (x) {
        #[grad(x)]
        pub fn f(x: &SVector<f64, 5>) -> f64 {
            let mut s = 0.0;
            for k in 1..5 {
                s += (x[k] - x[k - 1]).powi(k as i32);
            }
            s
        }
    }
        at { let x = SVector::<f64,5>::new(0.1,0.5,1.2,0.7,0.9); } (&x);
    l46 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let mut s = 0.0;
            for k in 1..5 {
                s += x.powi(k) / k as f64;
            }
            s
        }
    }
        at { let x = 0.7; } (x);
    inferred_in_bounds by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let mut s = 0.0;
            for k in 1..4 {
                for _ in 0..k {
                    s += x;
                }
                let n: u32 = k;
                s = (s * f64::from(n)).sin();
            }
            s
        }
    }
        at { let x = 0.7; } (x);
    inferred_in_bounds_by_an_exponent by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let mut s = 0.0;
            for k in 1..=3 {
                for _ in 1..=k {
                    s = (s + x).cos();
                }
                for _ in (k + 1)..6 {
                    s += x * x;
                }
                s += x.powi(k);
            }
            s
        }
    }
        at { let x = 0.7; } (x);
    inferred_from_an_index by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut s = 0.0;
            for k in 1..4 {
                for i in 0..k {
                    s += (x[k] - x[i]).powi(2);
                }
            }
            s
        }
    }
        at { let x = crate::ramp(5); } (&x);
    l47 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let mut s = 0.0;
            let mut t = 1.0;
            for k in 1..=8 {
                t *= x / k as f64;
                s += t;
            }
            s
        }
    }
        at { let x = 0.7; } (x);
    l48 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let mut y = x;
            for _ in 0..5 {
                y = 0.5 * (y + x / y);
            }
            y
        }
    }
        at { let x = 0.7; } (x);
    l52 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let n = x.len();
            let mut s = 0.0;
            for k in 0..n {
                let n = k + 1;
                s += x.rows(0, n).sum() * n as f64;
            }
            s + n as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    l53 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut s = 0.0;
            for k in 0..x.len() - 1 {
                let x = x.rows(k, 2);
                s += x[0] * x[1];
            }
            s + x[0]
        }
    }
        at { let x = crate::ramp(5); } (&x);
    l54 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut x = x.clone();
            for k in 0..3 {
                x *= 1.0 + k as f64;
                x[k] += 1.0;
            }
            x.norm_squared()
        }
    }
        at { let x = crate::ramp(5); } (&x);
    l56 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut a = 0.0;
            let mut b = 1.0;
            for v in x.iter() {
                let t = a;
                a = b * v;
                b = t + v;
            }
            a * b
        }
    }
        at { let x = crate::ramp(5); } (&x);
    l57 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut best = x[0];
            for k in 1..x.len() {
                best = best.max(x[k]);
            }
            best * 2.0
        }
    }
        at { let x = crate::ramp(5); } (&x);
    l58 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut best = f64::NEG_INFINITY;
            for &v in x.iter() {
                if v > best {
                    best = v;
                }
            }
            best.exp()
        }
    }
        at { let x = crate::ramp(5); } (&x);
    l59 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.iter().copied().fold(f64::NEG_INFINITY, f64::max)
        }
    }
        at { let x = crate::ramp(5); } (&x);
    l60 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.iter().fold(f64::MIN, |a, &b| a.max(b))
        }
    }
        at { let x = crate::ramp(5); } (&x);
    l61 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut s = 0.0;
            for k in 0..2 {
                for l in 0..2 {
                    for k in k + l..3 {
                        s += x[k] * x[l];
                    }
                }
            }
            s
        }
    }
        at { let x = crate::ramp(5); } (&x);
    l62 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut s = 0.0;
            for i in 0..3 {
                let j = i * 2;
                let k = j - i;
                s += x[j] * x[k] * (j + k) as f64;
            }
            s
        }
    }
        at { let x = crate::ramp(7); } (&x);
    l64 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut s = 0.0;
            let hi = 3 + 2;
            for i in 5 - 4..hi {
                s += x[i].powi(3) * (hi - i) as f64;
            }
            s
        }
    }
        at { let x = crate::ramp(7); } (&x);
    l65 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, t: &[usize]) -> f64 {
            let mut s = 0.0;
            for i in t[0]..t[1] {
                s += x[i].powi(3);
            }
            s
        }
    }
        at { let x = crate::ramp(7); let t = [2usize, 5]; } (&x, &t);
    l66 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, t: &[Vec<usize>]) -> f64 {
            let mut s = 0.0;
            for (i, row) in t.iter().enumerate() {
                for &j in row {
                    s += x[i] * x[j];
                }
            }
            s
        }
    }
        at { let x = crate::ramp(7); let t = vec![vec![1usize, 2], vec![], vec![0]]; } (&x, &t);
    l69 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let h = {
                let c = 3;
                move |i: usize| x[i] * c as f64
            };
            let mut s = 0.0;
            for c in 0..3 {
                s += h(c);
            }
            s
        }
    }
        at { let x = crate::ramp(7); } (&x);
    l70 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut k = 1.0;
            let mut s = 0.0;
            for i in 0..3 {
                let h = |v: f64| v * k;
                s += h(x[i]);
                k += 1.0;
            }
            s * k
        }
    }
        at { let x = crate::ramp(7); } (&x);
    l71 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut v = DVector::zeros(3);
            for i in 0..3 {
                v[2 - i] = x[i] * i as f64;
            }
            v.dot(&x.rows(1, 3))
        }
    }
        at { let x = crate::ramp(7); } (&x);
    l72 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut v = DMatrix::zeros(3, 2);
            for i in 0..3 {
                for j in 0..2 {
                    v[(i, j)] = x[i + j] * x[i];
                }
            }
            v.norm_squared() + v[(2, 1)]
        }
    }
        at { let x = crate::ramp(7); } (&x);
    l73 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut v = DVector::<f64>::zeros(4);
            for i in 1..3 {
                v[i] += x[i];
                v[i + 1] -= x[i] * 2.0;
            }
            v.norm_squared()
        }
    }
        at { let x = crate::ramp(7); } (&x);
    l74 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut s = 0.0;
            for i in 0..0 {
                s += x[i];
            }
            s + x.sum()
        }
    }
        at { let x = crate::ramp(3); } (&x);
    l75 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut s = 0.0;
            for i in 5..2 {
                s += x[i];
            }
            s + x.sum()
        }
    }
        at { let x = crate::ramp(3); } (&x);
    l76 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, flags: &[bool]) -> f64 {
            let mut s = 0.0;
            for (i, f) in flags.iter().enumerate() {
                if *f {
                    s += x[i].powi(2);
                }
            }
            s
        }
    }
        at { let x = crate::ramp(3); let fl = [true, false, true]; } (&x, &fl);
    l77 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let v = DVector::from_fn(3, |i, _| x[i + 1] * (i + 2) as f64);
            v.norm_squared()
        }
    }
        at { let x = crate::ramp(5); } (&x);
    l78 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let v = DMatrix::from_fn(3, 2, |i, j| x[i] * x[j + 1] + (i * j) as f64 * x[0]);
            (v.transpose() * &v).trace()
        }
    }
        at { let x = crate::ramp(5); } (&x);
    l79 by (x) {
        #[grad(x)]
        pub fn f(x: &Vector3<f64>) -> f64 {
            let v = Matrix3::from_fn(|r, c| if r == c { x[r] } else { x[r] * x[c] });
            v.determinant()
        }
    }
        at { let x = Vector3::new(0.3, 0.7, 1.2); } (&x);
    l80 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut p = x.clone();
            let mut s = 0.0;
            for i in 0..3 {
                p = p.component_mul(x);
                s += p.sum() / (i + 1) as f64;
            }
            s
        }
    }
        at { let x = crate::ramp(4); } (&x);
}
