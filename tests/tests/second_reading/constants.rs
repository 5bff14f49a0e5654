//! Constants and integers, wherever they can stand.

use nalgebra::*;

use crate::readings;

readings! {
    c1 by (x) {
        pub const LEN: usize = 3;
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.norm_squared() / LEN as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c2 by (x) {
        pub const C: u8 = 3;
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.norm_squared() * C as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c3 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            x * f64::from(u8::MAX) + i8::MIN as f64
        }
    }
        at { let x = 0.7; } (x);
    c4 by (x) {
        pub const N: i32 = 3;
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            x.powi(N) + x.powi(-N)
        }
    }
        at { let x = 0.7; } (x);
    c5 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            x.powi(-2) * x.powi(0) + x.powi(1)
        }
    }
        at { let x = 0.7; } (x);
    c6 by (x) {
        #[grad(x)]
        pub fn f(x: f64, n: i32) -> f64 {
            x.powi(n) + x.powi(n - 4)
        }
    }
        at { let x = 0.7; let n = 3; } (x, n)
        at { let x = 0.7; let n = 0; } (x, n)
        at { let x = -0.7; let n = 4; } (x, n);
    c7 by (x) {
        #[grad(x)]
        pub fn f(x: f64, n: usize) -> f64 {
            x.powi(n as i32)
        }
    }
        at { let x = 0.7; let n = 3usize; } (x, n);
    c8 by (x) {
        #[grad(x)]
        pub fn f(x: f64, n: usize) -> f64 {
            x.powi(i32::try_from(n).unwrap())
        }
    }
        at { let x = 0.7; let n = 3usize; } (x, n);
    c9 by (x) {
        #[grad(x)]
        pub fn f(x: f64, n: u8) -> f64 {
            x.powi(n.into())
        }
    }
        at { let x = 0.7; let n = 3u8; } (x, n);
    c10 by (x) {
        #[grad(x)]
        pub fn f(x: f64, n: usize) -> f64 {
            x.powf(n as f64) + x.powf(f64::from(n as u8))
        }
    }
        at { let x = 0.7; let n = 3usize; } (x, n);
    c11 by (x) {
        pub const M: usize = 2;
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.rows(0, M).sum() * x.rows(M, x.len() - M).norm()
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c12 by (x) {
        pub const M: usize = 2;
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.fixed_rows::<M>(1).norm() + x.fixed_rows::<{ M }>(0).sum()
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c13 by (x) {
        pub const M: usize = 2;
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[M - 1] * x[M] * x[2 * M]
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c14 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[x.len() - 1] * x[x.len() / 2]
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c15 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            const K: usize = 2;
            const A: f64 = 1.5;
            x[K].powi(2) * A + K as f64 * x[0]
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c16 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            const K: usize = { 1 + 1 };
            x[K]
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c17 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let k = 2;
            x[k] * k as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c18 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let k: usize = 2;
            let k = k + 1;
            x[k] * k as f64 + x[k - 1]
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c19 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut k = 2;
            k += 1;
            x[k] * k as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c20 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut k = 0;
            while k < 3 {
                k += 1;
            }
            x[k] * k as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c21 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let k = x.len() as f64;
            x.sum() * k.sqrt() / (k + 1.0)
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c22 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let (r, c) = x.shape();
            x.sum() * r as f64 + c as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c23 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.sum() / (x.len() - 1).max(1) as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c24 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.sum() / (x.len().pow(2)) as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c25 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.sum() * (1 << 3) as f64 + x[0b10] * x[0x1] * x[1_usize] * 1_000.5e-3
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c26 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.sum() * 3 as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c27 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.sum() * -1i32 as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c28 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, n: usize) -> f64 {
            x.sum() * (n / 2) as f64 + (n % 2) as f64 * x[0]
        }
    }
        at { let x = crate::ramp(5); let n = 7; } (&x, n);
    c29 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, n: usize) -> f64 {
            x.sum() * (n as i64 - 10) as f64
        }
    }
        at { let x = crate::ramp(5); let n = 7; } (&x, n);
    c30 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, n: usize) -> f64 {
            x.sum() * n.saturating_sub(10) as f64
        }
    }
        at { let x = crate::ramp(5); let n = 7; } (&x, n);
    c31 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, n: usize) -> f64 {
            x.sum() * (n as f64).sqrt() * f64::from(n as u32)
        }
    }
        at { let x = crate::ramp(5); let n = 7; } (&x, n);
    c32 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, b: bool) -> f64 {
            x.sum() * b as u8 as f64
        }
    }
        at { let x = crate::ramp(5); let b = true; } (&x, b);
    c33 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, b: bool) -> f64 {
            x.sum() * f64::from(b)
        }
    }
        at { let x = crate::ramp(5); let b = true; } (&x, b);
    c34 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, b: bool) -> f64 {
            if b { x.sum() } else { x.norm() }
        }
    }
        at { let x = crate::ramp(5); let b = true; } (&x, b)
        at { let x = crate::ramp(5); let b = false; } (&x, b);
    c35 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, k: usize) -> f64 {
            match k {
                0 => x.sum(),
                1 | 2 => x.norm(),
                _ => x[0],
            }
        }
    }
        at { let x = crate::ramp(5); let k = 0; } (&x, k)
        at { let x = crate::ramp(5); let k = 1; } (&x, k)
        at { let x = crate::ramp(5); let k = 2; } (&x, k)
        at { let x = crate::ramp(5); let k = 3; } (&x, k);
    c37 by (x) {
        pub const N: usize = 5;
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.dot(&DVector::from_element(N, 2.0)) + DVector::<f64>::zeros(N).dot(x)
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c38 by (x) {
        pub const N: usize = 3;
        #[grad(x)]
        pub fn f(x: &SVector<f64, N>) -> f64 {
            x.dot(&SVector::<f64, N>::repeat(2.0))
        }
    }
        at { let x = SVector::<f64, 3>::new(1.0, 2.0, 3.0); } (&x);
    c39 by (x) {
        pub const N: usize = 3;
        #[grad(x)]
        pub fn f(x: &SVector<f64, N>) -> f64 {
            x.dot(&Vector3::new(1.0, 2.0, 3.0))
        }
    }
        at { let x = SVector::<f64, 3>::new(1.0, 2.0, 3.0); } (&x);
    c40 by (x) {
        pub const A: usize = 2;
        const B: usize = 2;
        #[grad(x)]
        pub fn f(x: &SVector<f64, A>, m: &SMatrix<f64, B, A>) -> f64 {
            (m * x).norm_squared() + (A as f64) * x[0]
        }
    }
        at { let x = Vector2::new(0.4, 0.5); let m = Matrix2::new(1.0, 2.0, 3.0, 4.0); } (&x, &m);
    c100 by (x) {
        #[grad(x)]
        pub fn f<const N: usize>(x: &SVector<f64, N>) -> f64 {
            x.norm_squared() / N as f64 + x[N - 1]
        }
    }
        at { let x = Vector3::new(0.4, 0.5, 0.1); } (&x);
    c101 by (x) {
        #[grad(x)]
        pub fn f<const N: usize>(x: &SVector<f64, N>) -> f64 {
            let mut s = 0.0;
            for i in 1..N {
                s += x[i] * x[i - 1] / N as f64;
            }
            s
        }
    }
        at { let x = Vector3::new(0.4, 0.5, 0.1); } (&x);
    c41 by (x) {
        use std::f64::consts::PI;
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            x * PI + x.sin() * ::core::f64::consts::E + ::std::f64::consts::TAU
        }
    }
        at { let x = 0.7; } (x);
    c42 by (x) {
        use std::f64;
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            x * f64::EPSILON + x * f64::consts::PI
        }
    }
        at { let x = 0.7; } (x);
    c43 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            x.max(f64::MIN_POSITIVE).ln() + x.min(f64::MAX)
        }
    }
        at { let x = 0.7; } (x);
    c44 by (x) {
        mod cfg {
            pub const RATE: f64 = 2.5;
            pub const K: i32 = 2;
        }
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            x * cfg::RATE + x.powi(cfg::K)
        }
    }
        at { let x = 0.7; } (x);
    c45 by (x) {
        pub struct S;
        impl S {
            pub const RATE: f64 = 2.5;
        }
        pub trait T {
            const R: f64;
        }
        impl T for S {
            const R: f64 = 0.5;
        }
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            x * S::RATE + x * <S as T>::R
        }
    }
        at { let x = 0.7; } (x);
    c49 by (x) {
        pub static W: [f64; 5] = [1.0, 2.0, 4.0, 0.5, -1.0];
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let w: DVector<f64> = DVector::from_vec(W.to_vec());
            x.dot(&w)
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c50 by (x) {
        pub static LIMIT: f64 = 2.5;
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            (x * LIMIT).sin()
        }
    }
        at { let x = 0.7; } (x);
    c51 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let y = x * 2.0;
            let LIMIT = 3.0;
            y * LIMIT
        }
    }
        at { let x = 0.7; } (x);
    c52 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let t = 2.0;
            let product = 3.0;
            let value = x * t;
            let gradient = value * product;
            gradient * x
        }
    }
        at { let x = 0.7; } (x);
    c54 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let n = 3;
            let v = DVector::from_element(n, x);
            v.norm_squared() * n as f64
        }
    }
        at { let x = 0.7; } (x);
    c55 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let n = 3usize;
            let v = DMatrix::from_diagonal_element(n, n, x);
            v.determinant()
        }
    }
        at { let x = 0.7; } (x);
    c56 by (x) {
        pub const N: usize = 4;
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            DMatrix::<f64>::identity(N, N).scale(x).trace() + (DMatrix::identity(N, N) * x).norm()
        }
    }
        at { let x = 0.7; } (x);
    c57 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.pow(3).trace()
        }
    }
        at { let x = crate::mat(3,3); } (&x);
    c59 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.pow(0).trace() + x.pow(1).sum()
        }
    }
        at { let x = crate::mat(3,3); } (&x);
    c61 by (x) {
        pub const R: usize = 2;
        const C: usize = 1;
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.view((1, 0), (2, R)).norm() + x.columns(C, 2).sum()
        }
    }
        at { let x = crate::mat(4,4); } (&x);
    c62 by (x) {
        pub const R: usize = 2;
        const C: usize = 1;
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.fixed_view::<2, R>(1, C).norm() + x.fixed_columns::<R>(C).sum()
        }
    }
        at { let x = crate::mat(4,4); } (&x);
    c63 by (x) {
        pub const K: usize = 2;
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.row(x.nrows() - 1).sum() + x.column(0)[K]
        }
    }
        at { let x = crate::mat(4,4); } (&x);
    c64 by (x) {
        pub const K: usize = 2;
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x[(x.nrows() - 1, K)] * x[(0, 0)]
        }
    }
        at { let x = crate::mat(4,4); } (&x);
    c65 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, i: (usize, usize)) -> f64 {
            x[i.0] * x[i.1]
        }
    }
        at { let x = crate::ramp(5); let i = (1usize, 3usize); } (&x, i);
    c67 by (x) {
        pub struct P {
            pub i: usize,
            pub w: f64,
        }
        #[grad(x)]
        pub fn f(x: &DVector<f64>, p: &P) -> f64 {
            let w: f64 = p.w;
            x[p.i] * w
        }
    }
        at { let x = crate::ramp(5); } (&x, &P { i: 2, w: 0.5 });
    c68 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, u: u8) -> f64 {
            x[u as usize] * u as f64
        }
    }
        at { let x = crate::ramp(5); let u = 2u8; } (&x, u);
    c69 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, u: u8) -> f64 {
            x[usize::from(u)] * f64::from(u)
        }
    }
        at { let x = crate::ramp(5); let u = 2u8; } (&x, u);
    c70 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, t: &[usize], a: &[f64]) -> f64 {
            x[t[0]] * a[t[1]] * a.len() as f64
        }
    }
        at { let x = crate::ramp(5); let t = [2usize, 1]; let a = [0.5, 3.0]; } (&x, &t, &a);
    c71 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, a: [f64; 3], b: &Vec<f64>) -> f64 {
            x[0] * a[1] + x[1] * b[2]
        }
    }
        at { let x = crate::ramp(5); let a = [0.5, 3.0, 1.0]; let b = vec![1.0, 2.0, 3.0]; } (&x, a, &b);
    c72 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, k: &f64, r: &&f64) -> f64 {
            x[0] * *k + x[1] * **r
        }
    }
        at { let x = crate::ramp(5); let k = 2.0; let r = &3.0; } (&x, &k, &r);
    c73 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, p: Point3<f64>) -> f64 {
            x[0] * p.x + x[1] * p.coords[1]
        }
    }
        at { let x = crate::ramp(5); let p = Point3::new(1.0, 2.0, 3.0); } (&x, p);
    c75 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, n: usize) -> f64 {
            let h = 1.0 / (n - 1) as f64;
            let mut s = 0.0;
            for i in 0..n {
                s += x[i] * (i as f64 * h).cos() * h;
            }
            s
        }
    }
        at { let x = crate::ramp(5); let n = 5; } (&x, n);
    c76 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let c = [1.0, 2.0, 3.0];
            x[0] * c[0] + x[1] * c[2] + c.len() as f64 * x[2]
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c77 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let c = [1, 2, 3];
            x[c[0]] * c[1] as f64 + x[0]
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c78 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let c: [usize; 2] = [1, 2];
            let [a, b] = c;
            x[a] * x[b]
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c79 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let c = vec![1.0, 2.0];
            x[0] * c[0] + x[1] * c[1]
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c80 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let (a, b): (f64, usize) = (2.0, 1);
            x[b] * a
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c81 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let c = 2.0_f64;
            let d = c.powi(3) as f64;
            let e = d as usize;
            x[e % 5] * d
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c82 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let k = if x.len() > 3 { 2 } else { 0 };
            x[k] * 2.0
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c84 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let k: f64 = loop {
                break 2.5;
            };
            x[0] * k
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c85 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let k = {
                let a = 2;
                let b = a * 2;
                b + 1
            };
            x[0] * k as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c86 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let k: f32 = 2.5;
            x[0] * k as f64 + x[1] * f64::from(k)
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c87 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let k = -2.5;
            let l = -k;
            x[0] * -l + -x[1] * k - -x[2]
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c88 by (x) {
        pub const K: i32 = 2;
        const LEN: usize = 3;
        #[grad(x)]
        pub fn f(x: f32) -> f32 {
            x * 2.0f32 + x.powi(K) / LEN as f32
        }
    }
        at { let x = 0.7f32; } (x) within 5e-2;
    c89 by (x) {
        pub const RATE: f32 = 0.1;
        #[grad(x)]
        pub fn f(x: &Vector3<f32>) -> f32 {
            x.norm_squared() / x.len() as f32 * RATE
        }
    }
        at { let x = Vector3::new(0.5f32, 1.0, 2.0); } (&x) within 5e-2;
    c200 by (x) {
        #[grad(x)]
        pub fn f<T: RealField + Copy>(x: T, n: usize) -> T {
            x.powi(n as i32) * nalgebra::convert(2.0) + T::pi() * x + T::one() / (T::one() + x)
        }
    }
        at { let x = 0.7f64; let n = 3; } (x, n);
    c201 by (x) {
        #[grad(x)]
        pub fn f<T: RealField + Copy>(x: &DVector<T>) -> T {
            x.norm_squared() / nalgebra::convert(x.len() as f64) + T::from_usize(x.len()).unwrap() * x.sum()
        }
    }
        at { let x = crate::ramp(3); } (&x);
    c202 by (x) {
        #[grad(x)]
        pub fn f<T: RealField + Copy>(x: &DVector<T>, w: T) -> T {
            let half: T = nalgebra::convert(0.5);
            x.norm_squared() * half + x.sum() * T::from_f64(0.25).unwrap() * w
        }
    }
        at { let x = crate::ramp(3); let w = 0.5; } (&x, w);
}
