//! Attributes, scopes, captures, and what stands around.

use nalgebra::*;

use crate::readings;

readings! {
    a1 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            #[allow(unused_variables)]
            let y = 3.0;
            let z = x * x;
            z
        }
    }
        at { let x = 0.7; } (x);
    a6 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let k = 2.0;
            #[cfg(any())]
            {
                nobody();
            }
            x * k
        }
    }
        at { let x = 0.7; } (x);
    a7 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            #[cfg(any())]
            nobody();
            #[cfg(any())]
            let h = nobody();
            x * x
        }
    }
        at { let x = 0.7; } (x);
    a8 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            x * {
                #[allow(unused_parens)]
                (2.0)
            }
        }
    }
        at { let x = 0.7; } (x);
    a11 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let f2 = |#[allow(unused)] t: f64, u: f64| u * u;
            f2(1.0, x)
        }
    }
        at { let x = 0.7; } (x);
    a14 by (x) {
        #[grad(x)]
        #[inline(always)]
        #[must_use]
        #[doc = "text"]
        pub fn f(x: f64) -> f64 {
            x * x
        }
    }
        at { let x = 0.7; } (x);
    a15 by (x) {
        #[grad(x)]
        #[allow(clippy::all)]
        #[deprecated]
        pub fn f(x: f64) -> f64 {
            x * x
        }
    }
        at { let x = 0.7; } (x);
    a16 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let x = x * x;
            let x = x + x;
            x
        }
    }
        at { let x = 0.7; } (x);
    a17 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let y = x;
            let x = 3.0;
            let y = y * x;
            let x = y;
            x * y
        }
    }
        at { let x = 0.7; } (x);
    a18 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let y = {
                let x = x * 2.0;
                x * x
            };
            y * x
        }
    }
        at { let x = 0.7; } (x);
    a20 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let a = x;
            {
                let a = 5.0;
                let _ = a;
            }
            a * a
        }
    }
        at { let x = 0.7; } (x);
    a21 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let c = 3.0;
            let g = |v: f64| v * c;
            let c = 100.0;
            g(x) * c
        }
    }
        at { let x = 0.7; } (x);
    a22 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let mut c = 3.0;
            let g = move |v: f64| v * c;
            c = 100.0;
            g(x) * c
        }
    }
        at { let x = 0.7; } (x);
    a23 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let mut c = 3.0;
            c *= 2.0;
            let g = |v: f64| v * c;
            let r = g(x);
            c = 7.0;
            r * c
        }
    }
        at { let x = 0.7; } (x);
    a24 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let g = |x: f64| x * x;
            let h = |y: f64| g(y) + x;
            h(x * 2.0)
        }
    }
        at { let x = 0.7; } (x);
    a25 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let g = |t: f64| {
                let t = t * t;
                let s = t + x;
                s * t
            };
            g(2.0) + g(x)
        }
    }
        at { let x = 0.7; } (x);
    a26 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let g = |(a, b): (f64, f64)| a * b;
            g((x, x + 1.0))
        }
    }
        at { let x = 0.7; } (x);
    a27 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let (a, (b, c)) = (x, (x * x, 2.0));
            a * b * c
        }
    }
        at { let x = 0.7; } (x);
    a28 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let (mut a, b) = (x, 2.0);
            a += b;
            a *= a;
            a
        }
    }
        at { let x = 0.7; } (x);
    a30 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let mut a = x;
            let b = a;
            a = a * a;
            a + b
        }
    }
        at { let x = 0.7; } (x);
    a32 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let mut a = x;
            let b = {
                a += 1.0;
                a * 2.0
            };
            a * b
        }
    }
        at { let x = 0.7; } (x);
    a33 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let mut a = x;
            if x > 0.0 {
                a = a * 2.0;
            }
            a * x
        }
    }
        at { let x = 0.7; } (x)
        at { let x = -0.7; } (x);
    a34 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let mut a = 1.0;
            a += x;
            a -= x * x;
            a /= 2.0;
            a = -a;
            a
        }
    }
        at { let x = 0.7; } (x);
    a35 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let mut v = [x, 2.0, x * x];
            v[0] += 1.0;
            v[0] * v[1] + v[2]
        }
    }
        at { let x = 0.7; } (x);
    a36 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let v = [x; 3];
            v[0] * v[1] + v[2]
        }
    }
        at { let x = 0.7; } (x);
    a37 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let v = vec![x, x * x];
            v[0] * v[1]
        }
    }
        at { let x = 0.7; } (x);
    a38 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let t = (x, x.sin());
            t.0 * t.1
        }
    }
        at { let x = 0.7; } (x);
    a40 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let r = &x;
            let s = &r;
            **s * *r
        }
    }
        at { let x = 0.7; } (x);
    a42 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            (x) * (x) + { x } + { { x * x } }
        }
    }
        at { let x = 0.7; } (x);
    a43 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            return x * x;
        }
    }
        at { let x = 0.7; } (x);
    a44 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            if x > 1.0 {
                return x * 2.0;
            }
            x * x
        }
    }
        at { let x = 0.7; } (x)
        at { let x = 1.7; } (x);
    a45 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            if x > 1.0 {
                return x * 2.0;
            }
            if x < -1.0 {
                return x.sin();
            }
            let y = x * x;
            y
        }
    }
        at { let x = 0.7; } (x)
        at { let x = 1.7; } (x)
        at { let x = -1.7; } (x);
    a46 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            if x > 1.0 {
                x * 2.0
            } else if x < -1.0 {
                x.sin()
            } else {
                x * x
            }
        }
    }
        at { let x = 0.7; } (x)
        at { let x = 1.7; } (x)
        at { let x = -1.7; } (x);
    a47 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let y = if x > 1.0 {
                let z = x * 2.0;
                z * z
            } else {
                x
            };
            y * x
        }
    }
        at { let x = 0.7; } (x)
        at { let x = 1.7; } (x);
    a48 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let k = 2;
            if k == 2 { x * x } else { x }
        }
    }
        at { let x = 0.7; } (x);
    a49 by (x) {
        #[grad(x)]
        pub fn f(x: f64, k: i32, c: bool) -> f64 {
            let b = k > 2;
            if b && !c || k == 0 { x * x } else { x }
        }
    }
        at { let x = 0.7; } (x, 3, false)
        at { let x = 0.7; } (x, 3, true)
        at { let x = 0.7; } (x, 0, true);
    a50 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            assert!(x > 0.0, "text {}", x);
            debug_assert!(x < 5.0);
            x * x
        }
    }
        at { let x = 0.7; } (x)
        at { let x = -0.7; } (x);
    a51 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let y = x * x;
            assert!(y > 0.1);
            assert_eq!(1, 1);
            y
        }
    }
        at { let x = 0.7; } (x)
        at { let x = 0.0; } (x);
    a52 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let y = x * 2.0;
            let y = y * y;
            debug_assert!(y > x, "{y} {x}");
            y * x
        }
    }
        at { let x = 0.7; } (x);
    a53 by (x) {
        #[grad(x)]
        pub fn f(x: f64, m: &std::sync::Mutex<f64>) -> f64 {
            let k: f64 = *m.lock().unwrap();
            let y = {
                let g = m.lock().unwrap();
                let k: f64 = *g;
                x * k
            };
            y * k
        }
    }
        at { let x = 0.7; let m = std::sync::Mutex::new(2.0); } (x, &m);
    a54 by (x) {
        #[grad(x)]
        pub fn f(x: f64, m: &std::cell::RefCell<f64>) -> f64 {
            let k: f64 = *m.borrow();
            let y = {
                let mut g = m.borrow_mut();
                *g = k;
                x * k
            };
            y * k
        }
    }
        at { let x = 0.7; let m = std::cell::RefCell::new(2.0); } (x, &m);
    a55 by (x) {
        #[grad(x)]
        pub fn f(x: f64, m: &std::cell::Cell<f64>) -> f64 {
            let k: f64 = m.get();
            m.set(k);
            let k2: f64 = m.get();
            x * k * k2
        }
    }
        at { let x = 0.7; let m = std::cell::Cell::new(2.0); } (x, &m);
    a56 by (x) {
        #[grad(x)]
        pub fn f(x: f64, rates: &[f64]) -> f64 {
            let y: f64 = rates.iter().sum();
            let z: f64 = rates.iter().map(|r| r * 2.0).filter(|r| *r > 1.0).fold(0.0, |a, b| a + b);
            x * y + z
        }
    }
        at { let x = 0.7; let r = [1.0, 2.0]; } (x, &r);
    a57 by (x) {
        #[grad(x)]
        pub fn f(x: f64, rates: &[f64]) -> f64 {
            let mut best: f64 = 0.0;
            for r in rates {
                if *r > best {
                    best = *r;
                }
            }
            x * best
        }
    }
        at { let x = 0.7; let r = [1.0, 2.0]; } (x, &r);
    a58 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let s: String = format!("{}", 3);
            let l = s.len();
            x * l as f64
        }
    }
        at { let x = 0.7; } (x);
    a59 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let y: Option<f64> = Some(2.0);
            let z: f64 = y.unwrap_or(1.0);
            x * z
        }
    }
        at { let x = 0.7; } (x);
    a60 by (x) {
        #[grad(x)]
        pub fn f(x: f64, o: Option<f64>) -> f64 {
            let y: f64 = match o {
                Some(v) => v,
                None => 1.0,
            };
            x * y
        }
    }
        at { let x = 0.7; } (x, Some(2.0))
        at { let x = 0.7; } (x, None);
    a62 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            fn g(t: f64) -> f64 {
                t * 2.0
            }
            let k: f64 = g(3.0);
            x * k
        }
    }
        at { let x = 0.7; } (x);
    a63 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            const K: f64 = 2.0;
            static J: f64 = 3.0;
            use std::f64::consts::PI as P;
            x * K * J * P
        }
    }
        at { let x = 0.7; } (x);
    a64 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            struct L(f64);
            let l = L(2.0);
            let k: f64 = l.0;
            x * k
        }
    }
        at { let x = 0.7; } (x);
    a65 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            type F = f64;
            let y: F = x * 2.0;
            y * x
        }
    }
        at { let x = 0.7; } (x);
    a66 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let y: f64 = x * 2.0;
            let z: f64 = 3.0;
            y * z
        }
    }
        at { let x = 0.7; } (x);
    a67 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let y: _ = x * 2.0;
            y * y
        }
    }
        at { let x = 0.7; } (x);
    a68 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let _ = x;
            let _y = x * 2.0;
            x * x
        }
    }
        at { let x = 0.7; } (x);
    a69 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let x2 = x * x;
            let x3 = x2 * x;
            let r#type = x3;
            r#type + x2
        }
    }
        at { let x = 0.7; } (x);
    a70 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let π = x * 2.0;
            let größe = π * x;
            größe
        }
    }
        at { let x = 0.7; } (x);
    a71 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let __index_1 = 3.0;
            let value = x * __index_1;
            let gradient = value;
            gradient
        }
    }
        at { let x = 0.7; } (x);
    a72 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let out = x;
            let total = out * 2.0;
            let t = total;
            let lu = t * t;
            lu
        }
    }
        at { let x = 0.7; } (x);
    a73 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let f = |t: f64| t * t;
            let f_grad = 2.0;
            f(x) * f_grad
        }
    }
        at { let x = 0.7; } (x);
    a74 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let ln = 2.0;
            let sin = |v: f64| v.sin();
            sin(x) * ln + x.ln()
        }
    }
        at { let x = 0.7; } (x);
    a75 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            x.mul_add(2.0, x) + f64::sin(x) + f64::powi(x, 3) + f64::max(x, 0.1)
        }
    }
        at { let x = 0.7; } (x);
    a81 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let g = || x * x;
            g() + g()
        }
    }
        at { let x = 0.7; } (x);
    a86 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            -x * -(x) - -2.0 * x
        }
    }
        at { let x = 0.7; } (x);
    a87 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            x * 1e0 + x * 1_0.0 + x * 1. + x * 0.5e+1
        }
    }
        at { let x = 0.7; } (x);
    a88 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            x as f64 * (2 as f64) + (x * x) as f64
        }
    }
        at { let x = 0.7; } (x);
    a89 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let y = x /* comment */ * // line
         2.0;
            y * x
        }
    }
        at { let x = 0.7; } (x);
    a90 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            if true { x } else { x * x }
        }
    }
        at { let x = 0.7; } (x);
    a91 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            if cfg!(debug_assertions) { x * 2.0 } else { x * 2.0 }
        }
    }
        at { let x = 0.7; } (x);
    a92 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let v = vector![x, 2.0 * x];
            let [a, b] = [v[0], v[1]];
            a * b + v.x * v.y
        }
    }
        at { let x = 0.7; } (x);
    a93 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let v = Vector2::new(x, x * x);
            let w = {
                let v = v * 2.0;
                v.norm()
            };
            w + v.x
        }
    }
        at { let x = 0.7; } (x);
    a94 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let mut v = Vector2::new(x, x * x);
            v.x = 3.0;
            v.y += x;
            v *= 2.0;
            v[0] * v[1]
        }
    }
        at { let x = 0.7; } (x);
    a95 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let mut m = Matrix2::<f64>::identity();
            m[(0, 1)] = x;
            m *= x;
            (m * m).trace() + m.sum()
        }
    }
        at { let x = 0.7; } (x);
    a96 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let m = matrix![x, 1.0; 2.0, x * x];
            m.determinant()
        }
    }
        at { let x = 0.7; } (x);
    a97 by (x) {
        pub const K: f64 = 2.0;
        fn super_k() -> f64 {
            2.0
        }
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            x * self::K
                + x * {
                    let k: f64 = super_k();
                    k
                }
        }
    }
        at { let x = 0.7; } (x);
    a98 by (x) {
        #[grad(x)]
        pub fn f(x: f64, a: &DVector<f64>) -> f64 {
            a.map(|t| t * x).sum()
        }
    }
        at { let x = 0.7; let a = crate::ramp(3); } (x, &a);
    a99 by (x) {
        #[grad(x)]
        pub fn f(x: f64, a: &DVector<f64>) -> f64 {
            a.iter().map(|t| (t * x).exp()).sum::<f64>() / a.len() as f64
        }
    }
        at { let x = 0.7; let a = crate::ramp(3); } (x, &a);
    a100 by (x) {
        #[grad(x)]
        pub fn f(x: f64, a: &DVector<f64>) -> f64 {
            let y = a.map(|t| {
                let t = t * x;
                let u = t * t;
                u + x
            });
            y.norm() + y[0]
        }
    }
        at { let x = 0.7; let a = crate::ramp(3); } (x, &a);
    a101 by (x) {
        #[grad(x)]
        pub fn f(x: f64, a: &DVector<f64>) -> f64 {
            let y = a.map(|x| x * x);
            y.sum() * x
        }
    }
        at { let x = 0.7; let a = crate::ramp(3); } (x, &a);
    a102 by (x) {
        #[grad(x)]
        pub fn f(x: f64, a: &DVector<f64>) -> f64 {
            a.zip_map(&a.map(|x| x + 1.0), |a, b| a * b * x).sum()
        }
    }
        at { let x = 0.7; let a = crate::ramp(3); } (x, &a);
    a106 by (x) {
        pub struct Counter(pub std::cell::Cell<f64>);
        impl Counter {
            fn pow(&self, k: i32) -> f64 {
                self.0.set(self.0.get() + 1.0);
                self.0.get() * 2.0
            }
            fn map(&self, t: f64) -> f64 {
                self.0.set(self.0.get() * 3.0);
                self.0.get() + t
            }
        }
        #[grad(x)]
        pub fn f(x: f64, s: &Counter) -> f64 {
            let k: f64 = s.pow(2);
            let l: f64 = s.map(3.0);
            x * k + l
        }
    }
        at { let x = 0.7; let c = std::cell::Cell::new(0.0); } (x, &Counter(c.clone()));
    a107 by (x) {
        pub struct Counter(pub std::cell::Cell<f64>);
        impl Counter {
            fn pow(&self, k: i32) -> f64 {
                self.0.set(self.0.get() + 1.0);
                self.0.get() * 2.0
            }
            fn map(&self, t: f64) -> f64 {
                self.0.set(self.0.get() * 3.0);
                self.0.get() + t
            }
        }
        #[grad(x)]
        pub fn f(x: f64, s: &Counter) -> f64 {
            let a: f64 = s.pow(2) * s.pow(3);
            let b = x * a;
            let c: f64 = s.map(a);
            b * c
        }
    }
        at { let x = 0.7; let c = std::cell::Cell::new(0.0); } (x, &Counter(c.clone()));
    a108 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let m = DMatrix::from_element(2, 2, x);
            let c = m.clone().try_inverse().expect(&{
                let t = format!("a{}", 1);
                t
            });
            c.sum()
        }
    }
        at { let x = 0.7; } (x);
    a109 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let m = DMatrix::from_diagonal_element(2, 2, x);
            let c = {
                let name = "b";
                m.clone().try_inverse().expect(&format!("a {name}"))
            };
            c.sum()
        }
    }
        at { let x = 0.7; } (x);
    a110 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let m = DMatrix::from_diagonal_element(2, 2, x);
            let name = String::from("b");
            let c = m.clone().try_inverse().expect(name.as_str());
            c.sum()
        }
    }
        at { let x = 0.7; } (x);
}
