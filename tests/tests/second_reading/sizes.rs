//! Sizes that loops tell, and ranges that are empty.

use nalgebra::*;

use crate::readings;

readings! {
    s1 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, y: &DVector<f64>) -> f64 {
            let mut s = 0.0;
            for k in 1..4 {
                s += x.rows(0, k).dot(&y.rows(1, k));
            }
            s
        }
    }
        at { let x = crate::ramp(5); let y = crate::ramp(6); } (&x, &y);
    s2 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, y: &DVector<f64>) -> f64 {
            let mut s = 0.0;
            for k in 1..4 {
                let m = k + 1;
                s += x.rows(0, m).dot(&y.rows(1, k + 1));
            }
            s
        }
    }
        at { let x = crate::ramp(5); let y = crate::ramp(6); } (&x, &y);
    s3 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, y: &DVector<f64>, w: &[usize]) -> f64 {
            let mut s = 0.0;
            for k in 0..2 {
                s += x.rows(0, w[k]).dot(&y.rows(1, w[k + 1]));
            }
            s
        }
    }
        at { let x = crate::ramp(5); let y = crate::ramp(6); let w = [2usize, 2, 2]; } (&x, &y, &w)
        at { let x = crate::ramp(5); let y = crate::ramp(6); let w = [2usize, 2, 3]; } (&x, &y, &w);
    s4 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, y: &DVector<f64>, w: &[usize]) -> f64 {
            let mut s = 0.0;
            for k in 0..2 {
                s += x.rows(0, w[k]).dot(y);
            }
            s
        }
    }
        at { let x = crate::ramp(5); let y = crate::ramp(2); let w = [2usize, 2]; } (&x, &y, &w)
        at { let x = crate::ramp(5); let y = crate::ramp(2); let w = [2usize, 3]; } (&x, &y, &w);
    s5 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, w: &[usize]) -> f64 {
            let mut s = 0.0;
            for i in 0..w.len() {
                let m = w[i];
                for j in 0..2 {
                    s += x.rows(i, m).dot(&x.rows(j, m)) * (i + j) as f64;
                }
            }
            s
        }
    }
        at { let x = crate::ramp(6); let w = [2usize, 3, 1]; } (&x, &w);
    s6 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, w: &[usize]) -> f64 {
            let mut s = 0.0;
            for i in 0..w.len() {
                let m = w[i];
                for j in 0..m {
                    let c = j + 1;
                    s += x.rows(0, c).dot(&x.rows(1, j + 1)) / x.rows(0, m).norm();
                }
            }
            s
        }
    }
        at { let x = crate::ramp(6); let w = [2usize, 3, 1]; } (&x, &w);
    s7 by (m) {
        #[grad(m)]
        pub fn f(m: &DMatrix<f64>) -> f64 {
            let mut s = 0.0;
            for k in 1..4 {
                s += m.view((0, 0), (k, k)).determinant();
            }
            s
        }
    }
        at { let m = crate::mat(4,4); } (&m);
    s8 by (m) {
        #[grad(m)]
        pub fn f(m: &DMatrix<f64>, b: &DVector<f64>) -> f64 {
            let mut s = 0.0;
            for k in 1..4 {
                let a = m.view((0, 0), (k, k));
                let r = b.rows(0, k);
                s += (a * r).norm_squared() + (a.transpose() * a).trace();
            }
            s
        }
    }
        at { let m = crate::mat(4,4); let b = crate::ramp(4); } (&m, &b);
    s9 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut s = 0.0;
            for k in 1..3 {
                s += x.rows(0, k).dot(&x.rows(k, k));
            }
            for k in 1..3 {
                s += x.rows(1, k).dot(&x.rows(0, k)) * 2.0;
            }
            s
        }
    }
        at { let x = crate::ramp(6); } (&x);
    s12 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut s = 0.0;
            for k in 1..3 {
                let n = k;
                let a = x.rows(0, n);
                let n = n + 1;
                let b = x.rows(1, n);
                s += a.norm_squared() + b.sum().powi(2);
            }
            s
        }
    }
        at { let x = crate::ramp(6); } (&x);
    s13 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, p: &Vector3<f64>, w: &[usize]) -> f64 {
            let mut s = 0.0;
            for k in 0..2 {
                s += (x.rows(k, w[k]) - p).norm_squared();
            }
            s
        }
    }
        at { let x = crate::ramp(6); let p = Vector3::new(1.0, 2.0, 3.0); let w = [3usize, 3]; } (&x, &p, &w)
        at { let x = crate::ramp(6); let p = Vector3::new(1.0, 2.0, 3.0); let w = [3usize, 2]; } (&x, &p, &w);
    s14 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, y: &DVector<f64>) -> f64 {
            (1..4).map(|k| x.rows(0, k).dot(&y.rows(1, k))).sum()
        }
    }
        at { let x = crate::ramp(5); let y = crate::ramp(6); } (&x, &y);
    s15 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, y: &DVector<f64>) -> f64 {
            let mut s = 0.0;
            for k in 1..4 {
                if k > 1 {
                    s += x.rows(0, k).dot(&y.rows(1, k));
                }
            }
            s
        }
    }
        at { let x = crate::ramp(5); let y = crate::ramp(6); } (&x, &y);
    s16 by (m) {
        #[grad(m)]
        pub fn f(m: &DMatrix<f64>) -> f64 {
            let n = m.nrows();
            let mut s = 0.0;
            for k in 0..n - 1 {
                let c = m.column(k).rows(k + 1, n - k - 1).into_owned();
                let r = m.row(k).columns(k + 1, n - k - 1).transpose();
                s += c.dot(&r);
            }
            s
        }
    }
        at { let m = crate::mat(4,4); } (&m);
    s17 by (m) {
        #[grad(m)]
        pub fn f(m: &DMatrix<f64>) -> f64 {
            let n = m.nrows();
            let mut l = m.clone();
            for k in 0..n {
                let d = l[(k, k)];
                for i in k + 1..n {
                    let t = l[(i, k)] / d;
                    for j in k..n {
                        l[(i, j)] = l[(i, j)] - t * l[(k, j)];
                    }
                }
            }
            l.diagonal().sum()
        }
    }
        at { let m = crate::mat(4,4) + DMatrix::identity(4, 4) * 3.0; } (&m);
    s18 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let n = x.len();
            let mut s = 0.0;
            for w in 1..n {
                for i in 0..n - w {
                    s += (x[i + w] - x[i]).powi(2) / w as f64;
                }
            }
            s
        }
    }
        at { let x = crate::ramp(5); } (&x);
    e1 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.iter().zip(x.iter().skip(1)).map(|(a, b)| (b - a).powi(2)).sum()
        }
    }
        at { let x = crate::ramp(0); } (&x)
        at { let x = crate::ramp(1); } (&x);
    e2 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.iter().skip(2).map(|a| a.exp()).sum()
        }
    }
        at { let x = crate::ramp(0); } (&x)
        at { let x = crate::ramp(1); } (&x)
        at { let x = crate::ramp(2); } (&x);
    e3 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, lag: usize) -> f64 {
            let mut s = 0.0;
            for k in lag..x.len() {
                s += x[k];
            }
            s
        }
    }
        at { let x = crate::ramp(2); } (&x, 5)
        at { let x = crate::ramp(5); } (&x, 2);
    e4 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut s = 0.0;
            for k in 1..x.len() {
                s += x[k] * x[k - 1];
            }
            s
        }
    }
        at { let x = crate::ramp(0); } (&x)
        at { let x = crate::ramp(1); } (&x)
        at { let x = crate::ramp(4); } (&x);
    e5 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut s = 0.0;
            for k in 1..x.len() {
                s += x[k].sin();
            }
            s + x.norm()
        }
    }
        at { let x = crate::ramp(0); } (&x)
        at { let x = crate::ramp(1); } (&x);
    e6 by (m) {
        #[grad(m)]
        pub fn f(m: &DMatrix<f64>) -> f64 {
            let mut s = 0.0;
            for r in m.row_iter().skip(1) {
                s += r.norm_squared();
            }
            s
        }
    }
        at { let m = crate::mat(0,2); } (&m)
        at { let m = crate::mat(1,2); } (&m)
        at { let m = crate::mat(3,2); } (&m);
    e7 by (m) {
        #[grad(m)]
        pub fn f(m: &DMatrix<f64>) -> f64 {
            let mut s = 0.0;
            for k in 2..m.ncols() {
                s += m.column(k).norm_squared() + m[(0, k)];
            }
            s
        }
    }
        at { let m = crate::mat(2,0); } (&m)
        at { let m = crate::mat(2,1); } (&m)
        at { let m = crate::mat(2,4); } (&m);
    e8 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, w: &[f64]) -> f64 {
            w.iter().skip(1).zip(x.iter()).map(|(a, b)| a * b).sum()
        }
    }
        at { let x = crate::ramp(0); let w: Vec<f64> = vec![]; } (&x, &w)
        at { let x = crate::ramp(3); let w: Vec<f64> = vec![]; } (&x, &w)
        at { let x = crate::ramp(3); let w = [1.0, 2.0]; } (&x, &w);
    e9 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut y = x.clone();
            for k in 2..x.len() {
                y[k] = x[k] * 2.0;
            }
            y.sum()
        }
    }
        at { let x = crate::ramp(0); } (&x)
        at { let x = crate::ramp(1); } (&x)
        at { let x = crate::ramp(3); } (&x);
    e10 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut s = 0.0;
            for k in 5..2 {
                s += x[k];
            }
            s + x.sum()
        }
    }
        at { let x = crate::ramp(3); } (&x);
    e11 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.iter().skip(1).fold(0.0, |a, b| a * 0.5 + b)
        }
    }
        at { let x = crate::ramp(0); } (&x)
        at { let x = crate::ramp(1); } (&x)
        at { let x = crate::ramp(3); } (&x);
    e13 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, a: usize, b: usize) -> f64 {
            (a..b).map(|k| x[k] * x[0]).sum()
        }
    }
        at { let x = crate::ramp(3); } (&x, 7, 5)
        at { let x = crate::ramp(3); } (&x, 7, 7)
        at { let x = crate::ramp(3); } (&x, 1, 3)
        at { let x = crate::ramp(0); } (&x, 0, 0);
    e14 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.max() + x.min() + x.amax()
        }
    }
        at { let x = crate::ramp(0); } (&x)
        at { let x = DVector::from_column_slice(&[2.0]); } (&x);
}
