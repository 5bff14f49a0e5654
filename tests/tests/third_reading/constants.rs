//! Constants and integers: in sizes, indices, exponents, casts and loops, of all types.

use nalgebra::*;

use crate::readings;

readings! {
    c1 by (x) {
        const N: usize = 2;
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.rows(N, N).norm() * N as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c2 by (x) {
        const N: usize = 2; const M: usize = N + 1;
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[M] * x[M - N] / M as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c3 by (x) {
        const N: i32 = -2;
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0].powi(N) + x[1].powi(-N) + x[2] * N as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c4 by (x) {
        const N: i32 = -2;
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0].powi(N.abs()) * f64::from(N.pow(3))
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c5 by (x) {
        const N: i64 = 3;
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[N as usize] * (N as f64).sqrt() + x[1].powi(N as i32)
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c6 by (x) {
        const N: u8 = 250;
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.sum() * N as f64 + x[0] * f64::from(N)
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c7 by (x) {
        const N: u8 = 2;
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[N as usize] + x[usize::from(N) + 1]
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c8 by (x) {
        const N: usize = 0;
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[N] * x.rows(N, 2).sum() + x.rows(1, N).sum()
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c9 by (x) {
        const N: usize = 5;
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let n = N; let N2 = n * n; x.sum() / N2 as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c10 by (x) {
        const K: f64 = 1.5;
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.map(|K2| K2 * K).sum()
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c11 by (x) {
        const K: f64 = 1.5; const L: f64 = K * 2.0 - 1.0;
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            (x * L).dot(x) + K
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c17 by (x) {
        const I: [usize; 3] = [4, 0, 2];
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[I[0]] * x[I[1]] + x[I[2]]
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c21 by (x) {
        const P: (usize, f64) = (3, 0.5);
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let (i, c): (usize, f64) = P; x[i] * c + x[P.0] * x[0]
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c22 by (x) {
        const T: f32 = 0.1;
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.sum() * f64::from(T) + x[0] * T as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c23 by (x) {
        const B: bool = true;
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            if B { x.sum() } else { x.norm() }
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c24 by (x) {
        const B: bool = false;
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.map(|t| if B && t > 0.0 { t } else { t * t }).sum()
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c25 by (x) {
        const C: char = 'b';
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.sum() * (C as u8 - b'a') as f64 + x[0] * C as u32 as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c26 by (x) {
        const S: &str = "abc";
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[S.len()] * S.len() as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c27 by (x) {
        static N: usize = 3;
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[N] * N as f64 + x.rows(N - 1, 2).sum()
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c28 by (x) {
        static K: f64 = 0.75;
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.map(|t| t.powf(2.0) * K).sum() * K
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c29 by (x) {
        pub struct S; impl S { pub const N: usize = 2; const K: f64 = 1.25; }
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[S::N] * S::K + x.rows(S::N, S::N).sum() / S::N as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c30 by (x) {
        pub enum E { A = 1, B = 3 }
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[E::B as usize] * (E::A as i32 + E::B as i32) as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c31 by (x) {
        pub mod m { pub const N: usize = 2; pub mod k { pub const N: i32 = 3; pub const R: f64 = 0.5; } }
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[m::N].powi(m::k::N) * m::k::R
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c32 by (x) {
        use std::f64::consts::{PI, E as EULER};
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.sum() * PI + x[0] * EULER
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c33 by (x) {
        use std::f64::consts;
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.sum() * consts::TAU + x[0] * consts::LN_2 + x[1] * consts::FRAC_1_SQRT_2
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c34 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.sum() * std::f64::consts::SQRT_2 + f64::EPSILON * x[0] + x[1] / f64::from(u16::MAX)
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c35 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.sum() * i8::MIN as f64 + x[0] * (u32::BITS - 30) as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c36 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.sum() * 1e3 + x[0] * 1_000.5 + x[1] * 0x10 as f64 + x[2] * 0b101 as f64 + x[3] * 0o17 as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c37 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.sum() * 1f64 + x[0] * 2_f64 + x[1] * 3.0f64 + x[2] * 4e0
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c38 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.sum() * -1.0 + x[0] * -(2.0) - -x[1] + - - x[2]
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c39 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0] * (1 << 3) as f64 + x[1] * (17 % 5) as f64 + x[2] * (7 / 2) as f64 + x[3] * (6 ^ 3) as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c40 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[1 << 1] + x[7 % 4] * x[9 / 3] + x[3 & 2] + x[1 | 2]
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c41 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0] * (7 / 2 * 2) as f64 + x[1] * (7.0 / 2.0 * 2.0) + x[2] * (-7 / 2) as f64 + x[3] * (-7 % 3) as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c42 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0] * (300i32 as u8) as f64 + x[1] * (-1i32 as u8) as f64 + x[2] * (3.99f64 as i32) as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c43 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0] * (-3.99f64 as u32) as f64 + x[1] * (f64::NAN as i32) as f64 + x[2] * (1e20 as i32) as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c44 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[(2.7_f64).floor() as usize] + x[(2.7_f64).ceil() as usize] * x[2.5_f64.round() as usize]
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c45 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let n = x.len(); x.sum() / (n * (n - 1) / 2) as f64 + x[n / 2] * (n % 2) as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c46 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let n = x.len() as f64; (x.norm_squared() - x.sum().powi(2) / n) / (n - 1.0)
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c47 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let n = x.len() as i32; x[0].powi(n) + x[1].powi(n - 6) + x[2].powi(1 - n)
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c48 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let n = x.len() as i32 - 7; x[0] * n as f64 + x[1] * (n * n) as f64 + x[2] * (-n) as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c49 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let n = x.len(); let h = n >> 1; x.rows(h, n - h).sum() * h as f64 + x.rows(0, h).norm()
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c50 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let n = x.len().min(3); let m = x.len().max(3); x.rows(0, n).norm() * m as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c51 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let n = x.len().saturating_sub(9); x[n] + x.rows(n, 2).sum() * n as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c52 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let n = x.len().wrapping_sub(6).wrapping_add(3); x[n] * n as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c53 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let n = x.len().pow(2); x.sum() / n as f64 + x[n % 4]
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c54 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let n = x.len().checked_sub(2).unwrap(); x[n] * n as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c55 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let n: u16 = x.len() as u16 * 3; x.sum() * f64::from(n) + x[0] * (n / 2) as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c56 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let n = u8::try_from(x.len()).unwrap(); x[0] * f64::from(n) + x[1].powi(i32::from(n))
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c57 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let n = i32::try_from(x.len()).unwrap(); x[0].powi(n - 2) * f64::from(n)
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c58 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let (n, m) = x.shape(); x.sum() * (10 * n + m) as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c59 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let n = x.nrows() * x.ncols(); x.norm() / n as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c60 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let k = { const Q: usize = 3; Q - 1 }; x[k] * k as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c62 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let q = 3; let r = x[q]; let q = 1; r * x[q] + q as f64 * x[0]
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c63 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut q = 3; let r = x[q]; q -= 1; let s = x[q]; q *= 2; r * s * x[q] * q as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c64 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut q = 0; let a = x[{ q += 1; q }]; let b = x[{ q += 1; q }]; a * b + q as f64 * x[0]
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c65 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let i = [3, 1, 2]; x[i[0]] * x[i[1]] + x[i[i[1]]]
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c66 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let i = (3, (1, 2)); x[i.0] * x[i.1.0] + x[i.1.1] * i.0 as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c67 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let i = vec![3usize, 1]; x[i[0]] * x[i[1]] + i.len() as f64 * x[0]
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c68 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let i: Vec<usize> = (0..x.len()).filter(|k| k % 2 == 0).collect(); x[i[1]] * x[i[2]] * i.len() as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c69 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let f = |k: usize| k * 2 + 1; x[f(0)] * x[f(1)] + f(2) as f64 * x[0]
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c70 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            fn g(k: usize) -> usize { k + 2 } x[g(0)] * x[g(1)] * g(2) as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c71 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            fn g(k: f64) -> f64 { k * k } let c: f64 = g(3.0); x.sum() * c
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c72 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let k = if x.len() > 3 { 2 } else { 0 }; x[k] * k as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c73 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let k = match x.len() { 0 => 0, 1..=3 => 1, n => n - 2 }; x[k] * k as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c74 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let k: usize = (0..x.len()).map(|i| i * i).sum(); x.sum() / k as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c75 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let k = (1..=x.len()).product::<usize>(); x.sum() / k as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c76 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let k = "3".parse::<usize>().unwrap(); x[k] * k as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c77 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut c = 0; for i in 0..x.len() { if i % 2 == 1 { c += i; } } x.sum() * c as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c78 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut c = 1u64; while c < 100 { c *= 3; } x.sum() / c as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c80 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let c: f64 = [0.5, 1.5].iter().sum(); let d: f64 = [1.0_f64, 4.0].iter().copied().fold(0.0, f64::max); x.sum() * c * d
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c81 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut s = 0.0; for i in 0..x.len() { s += x[i] * (i as f64 + 1.0).ln() / (i * i + 1) as f64; } s
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c82 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut s = 0.0; for i in (0..x.len()).rev() { s += x[i] * x[x.len() - 1 - i] * i as f64; } s
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c83 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut s = 0.0; for i in (1..x.len()).step_by(2) { s += x[i] * x[i - 1]; } s
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c85 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut s = 0.0; for i in 0..x.len() { let j = (i * 3 + 1) % x.len(); s += x[i] * x[j]; } s
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c86 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut s = 0.0; for i in 0..x.len() { let sign = if i % 2 == 0 { 1.0 } else { -1.0 }; s += sign * x[i].powi(2); } s
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c87 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut s = 0.0; for i in 0..x.len() { s += (-1.0_f64).powi(i as i32) * x[i] / (2 * i + 1) as f64; } s
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c88 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut f = 1.0; let mut s = 0.0; for i in 0..x.len() { s += x[i] / f; f *= (i + 1) as f64; } s
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c89 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut s = 0.0; let mut p = 1.0; for i in 0..x.len() { s += x[i] * p; p *= 0.5; } s * p
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c90 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut s = x[0]; for i in 1..=4usize { s = s * 0.5 + x[i]; } s
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c91 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut s = x[0]; for i in [1usize, 3, 2] { s = s * x[i] + i as f64; } s
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c92 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut s = x[0]; let n = x.len(); for i in n - 2..n { s = s.sin() * x[i]; } s
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c93 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut s = x[0]; for i in 3..1 { s *= x[i]; } for i in 5..9 { if i < x.len() { s *= x[i]; } } s
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c95 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            (0..4).map(|i| x[i] * x[i + 1]).product::<f64>() + (1..=4).map(|i| x[i]).sum::<f64>()
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c96 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            (0..x.len()).filter(|i| i % 3 != 1).map(|i| x[i].exp()).sum()
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c97 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.iter().enumerate().filter(|(i, _)| *i > 1).map(|(i, t)| t * i as f64).sum()
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c98 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.iter().enumerate().map(|(i, t)| t.powi(i as i32)).sum()
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c99 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.iter().enumerate().map(|(i, t)| t.powf(0.5 + i as f64)).sum()
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c100 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            DVector::from_fn(4, |i, _| x[i] * x[4 - i] + i as f64).norm()
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c101 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            DMatrix::from_fn(3, 3, |i, j| if i == j { x[i] } else { x[i + j] * 0.5 }).determinant()
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c102 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            DMatrix::from_fn(2, 3, |i, j| x[(i + j) % 5] * (i * 3 + j) as f64).norm()
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c103 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let m = DMatrix::from_fn(x.len(), 2, |i, j| x[i].powi(j as i32 + 1)); (m.transpose() * &m).determinant()
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c104 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.map(|t| t.log(2.0) + t.log10()).sum() + x[0].powf(1.0 / 3.0)
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c105 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0].mul_add(2.0, 1.0) + x[1].clamp(-0.5, 0.5) + x[2].hypot(3.0) + x[3].atan2(2.0)
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c106 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let n: f64 = x.len() as f64; let h = 1.0 / n; x.iter().map(|t| h * t * t).sum::<f64>().sqrt()
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c107 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let (a, b, c) = (1, 2.0, 3usize); x[a] * b + x[c] * a as f64
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c108 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let a = 1_usize + 2 * 1; let b = a - (3 - 2); x[a] * x[b] * (a as f64 / b as f64)
        }
    }
        at { let x = crate::ramp(5); } (&x);
    c109 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, n: i32) -> f64 {
            x[0].powi(n) + x[1].powi(n - 1) * n as f64 + x[2].powi(2 * n)
        }
    }
        at { let x = crate::ramp(5); } (&x, 3)
        at { let x = crate::ramp(5); } (&x, 0)
        at { let x = crate::ramp(5); } (&x, -2)
        at { let x = crate::ramp(5); } (&x, 1);
    c110 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, n: u32) -> f64 {
            x[0].powi(n as i32) * f64::from(n) + x.sum() / (n + 1) as f64
        }
    }
        at { let x = crate::ramp(5); } (&x, 3)
        at { let x = crate::ramp(5); } (&x, 0);
    c111 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, n: i64) -> f64 {
            x.sum() * n as f64 + x[0] * (n % 7) as f64 + x[(n.unsigned_abs() % 5) as usize]
        }
    }
        at { let x = crate::ramp(5); } (&x, -8)
        at { let x = crate::ramp(5); } (&x, 12);
    c112 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, n: usize) -> f64 {
            x.rows(n, 5 - n).norm() * n as f64 + x[4 - n]
        }
    }
        at { let x = crate::ramp(5); } (&x, 0)
        at { let x = crate::ramp(5); } (&x, 2)
        at { let x = crate::ramp(5); } (&x, 4)
        at { let x = crate::ramp(5); } (&x, 5)
        at { let x = crate::ramp(5); } (&x, 9);
    c114 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, n: usize) -> f64 {
            x[n] / n as f64 + x[n.pow(2) % 5] * (n / 2) as f64
        }
    }
        at { let x = crate::ramp(5); } (&x, 1)
        at { let x = crate::ramp(5); } (&x, 3);
    c115 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, n: &[usize]) -> f64 {
            n.iter().map(|i| x[*i]).sum::<f64>() / n.len() as f64
        }
    }
        at { let x = crate::ramp(5); } (&x, &[])
        at { let x = crate::ramp(5); } (&x, &[1, 1, 3])
        at { let x = crate::ramp(5); } (&x, &[7]);
    c116 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, n: &usize) -> f64 {
            x[*n] * *n as f64 + x[n - 1]
        }
    }
        at { let x = crate::ramp(5); } (&x, &1)
        at { let x = crate::ramp(5); } (&x, &4);
    c117 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, n: (usize, i32)) -> f64 {
            x[n.0] * n.1 as f64 + x[0].powi(n.1)
        }
    }
        at { let x = crate::ramp(5); } (&x, (1, 2))
        at { let x = crate::ramp(5); } (&x, (4, -1));
    c118 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, n: u8) -> f64 {
            x[n as usize] + x[usize::from(n >> 1)] * f64::from(n)
        }
    }
        at { let x = crate::ramp(5); } (&x, 1)
        at { let x = crate::ramp(5); } (&x, 4);
    c119 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, n: usize) -> f64 {
            let mut s = 1.0; for i in 0..n { for j in i..n { s += x[i] * x[j] / (i + j + 1) as f64; } } s
        }
    }
        at { let x = crate::ramp(5); } (&x, 0)
        at { let x = crate::ramp(5); } (&x, 1)
        at { let x = crate::ramp(5); } (&x, 4);
    c120 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, n: usize) -> f64 {
            let mut s = x[0]; for i in 0..n { s = (s + x[i % 5] * i as f64).sin(); } s
        }
    }
        at { let x = crate::ramp(5); } (&x, 0)
        at { let x = crate::ramp(5); } (&x, 1)
        at { let x = crate::ramp(5); } (&x, 7);
    c121 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, n: usize) -> f64 {
            let mut s = x[0]; let mut k = n; while k > 0 { s = (s + x[k % 5]).cos(); k /= 2; } s
        }
    }
        at { let x = crate::ramp(5); } (&x, 0)
        at { let x = crate::ramp(5); } (&x, 1)
        at { let x = crate::ramp(5); } (&x, 7);
}
