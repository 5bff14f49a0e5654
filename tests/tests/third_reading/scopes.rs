//! Attributes and scopes: what a name means, when a value is read, what is borrowed, and how long.

use nalgebra::*;

use crate::readings;

readings! {
    s1 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            #[allow(unused)] let y = x * 2.0; #[rustfmt::skip] let z = y+x; z * y
        }
    }
        at { let x = 0.7; } (x);
    s2 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            #[cfg(test)] let _unused = 3; #[cfg_attr(all(), allow(unused))] let y = x.sin(); y * x
        }
    }
        at { let x = 0.7; } (x);
    s3 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            #[inline] fn g(t: f64) -> f64 { t * 3.0 } let c: f64 = g(2.0); x * c
        }
    }
        at { let x = 0.7; } (x);
    s4 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            #[derive(Clone, Copy)] struct P { a: f64 } let p = P { a: 2.0 }; let a: f64 = p.a; x * a
        }
    }
        at { let x = 0.7; } (x);
    s7 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let y = { let y = x; let y = y * y; y + 1.0 }; y * { let y = 2.0; y * x }
        }
    }
        at { let x = 0.7; } (x);
    s8 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let (x, y) = (x * 2.0, x + 1.0); let (y, x) = (x, y); x.powi(2) * y
        }
    }
        at { let x = 0.7; } (x);
    s9 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let [a, b] = [x, x * x]; let [b, a] = [a, b]; a - b * 3.0
        }
    }
        at { let x = 0.7; } (x);
    s10 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let ((a, b), c) = ((x, 2.0), x.exp()); let (a, _) = (b * a, 0.0); a * c
        }
    }
        at { let x = 0.7; } (x);
    s11 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let a = x; let b = &a; let a = 5.0; *b * a
        }
    }
        at { let x = 0.7; } (x);
    s12 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let a = x.sin(); let b = &a; let c = &&*b; **c * *b
        }
    }
        at { let x = 0.7; } (x);
    s15 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let mut y = x; let z = y; y += 1.0; let w = y; y *= w; z * w * y
        }
    }
        at { let x = 0.7; } (x);
    s16 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let mut y = x; { let y = 3.0; let _ = y; } { y = y * x; } y
        }
    }
        at { let x = 0.7; } (x);
    s17 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let mut y = x; { let mut y = y; y += 100.0; let _ = y; } y * 2.0
        }
    }
        at { let x = 0.7; } (x);
    s18 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let mut y = x; { let z = &mut y; *z *= 3.0; } y + x
        }
    }
        at { let x = 0.7; } (x);
    s19 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let mut y = x; let f = |t: f64| t * 2.0; y = f(y); let f = |t: f64| t + 1.0; y = f(y); y * x
        }
    }
        at { let x = 0.7; } (x);
    s20 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let k = 2.0; let f = |t: f64| t * k; let k = 100.0; f(x) + k
        }
    }
        at { let x = 0.7; } (x);
    s21 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let k = 2.0; let f = move |t: f64| { let k = k + 1.0; t * k }; f(x) * k
        }
    }
        at { let x = 0.7; } (x);
    s22 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let f = |a: f64, b: f64| a - b; let g = |a: f64, b: f64| f(b, a) * 2.0; g(x, 3.0) + f(x, 1.0)
        }
    }
        at { let x = 0.7; } (x);
    s23 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let f = |x: f64| x * x; let g = |y: f64| f(y) + x; g(x * 2.0)
        }
    }
        at { let x = 0.7; } (x);
    s24 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let f = |(a, b): (f64, f64)| a * b; f((x, x + 1.0))
        }
    }
        at { let x = 0.7; } (x);
    s25 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let f = || x * 2.0; let x = 7.0; f() + x
        }
    }
        at { let x = 0.7; } (x);
    s26 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let f = |t: f64| -> f64 { let u = t.sin(); u * u }; f(x) + f(f(x))
        }
    }
        at { let x = 0.7; } (x);
    s27 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let x = { let x = x + 1.0; let x = { let x = x * 2.0; x.cos() } + x; x }; x * x
        }
    }
        at { let x = 0.7; } (x);
    s28 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let r#type = x * 2.0; let r#fn = r#type + x; r#fn * r#type
        }
    }
        at { let x = 0.7; } (x);
    s29 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let _x = x; let __y = _x * 2.0; let x_ = __y + x; x_ * _x
        }
    }
        at { let x = 0.7; } (x);
    s30 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let gradient = x; let value = gradient * 2.0; let t = value + x; let product = t * t; product
        }
    }
        at { let x = 0.7; } (x);
    s31 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let result = x; let total = 2.0; let chosen = result * total; let sum = chosen + 1.0; sum * chosen
        }
    }
        at { let x = 0.7; } (x);
    s33 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let k: f64 = if let Some(k) = Some(2.0) { k } else { 3.0 }; x * k + k
        }
    }
        at { let x = 0.7; } (x);
    s34 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let k: f64 = match (1, "a") { (1, s) if s.len() == 1 => 2.0, (_, _) => 3.0 }; x * k
        }
    }
        at { let x = 0.7; } (x);
    s35 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let k: f64 = match 3u8 { n @ 0..=5 => f64::from(n), _ => 0.0 }; x.powi(2) * k
        }
    }
        at { let x = 0.7; } (x);
    s37 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let k = (|| 2.0)(); let k: f64 = k; x * k
        }
    }
        at { let x = 0.7; } (x);
    s38 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let k: f64 = { use std::f64::consts::PI; PI * 2.0 }; x * k
        }
    }
        at { let x = 0.7; } (x);
    s39 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            use std::f64::consts::PI as K; let c = K; x * c + K
        }
    }
        at { let x = 0.7; } (x);
    s40 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let k: f64 = { struct D(f64); impl D { fn v(&self) -> f64 { self.0 } } D(2.5).v() }; x * k
        }
    }
        at { let x = 0.7; } (x);
    s42 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let v = vec![1.0, 2.0]; let k: f64 = v.iter().sum(); drop(v); let v = 3.0; x * k + v
        }
    }
        at { let x = 0.7; } (x);
    s43 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let s = String::from("ab"); let k = s.len() as f64; let t = s; let n = t.len() as f64; x * k + n * x
        }
    }
        at { let x = 0.7; } (x);
    s44 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let v = vec![1.0, 2.0, 3.0]; let a = v[1]; let w = v; x * a + x * w[2]
        }
    }
        at { let x = 0.7; } (x);
    s45 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let c = std::cell::Cell::new(1.0); c.set(2.0); let a: f64 = c.get(); c.set(5.0); let b: f64 = c.get(); x * a + b
        }
    }
        at { let x = 0.7; } (x);
    s46 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let c = std::cell::RefCell::new(vec![1.0]); { let mut g = c.borrow_mut(); g.push(2.0); } let k: f64 = c.borrow().iter().sum(); x * k
        }
    }
        at { let x = 0.7; } (x);
    s47 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let c = std::cell::RefCell::new(1.0); let k: f64 = { let g = c.borrow(); *g + 1.0 }; *c.borrow_mut() = 9.0; let j: f64 = *c.borrow(); x * k + j * x
        }
    }
        at { let x = 0.7; } (x);
    s48 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let m = std::sync::Mutex::new(2.0); let a: f64 = *m.lock().unwrap(); *m.lock().unwrap() += 1.0; let b: f64 = *m.lock().unwrap(); x * a + b
        }
    }
        at { let x = 0.7; } (x);
    s51 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let mut v = vec![1.0]; v.push(2.0); let a: f64 = v[1]; v.clear(); let n = v.len() as f64; x * a + n
        }
    }
        at { let x = 0.7; } (x);
    s52 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let mut k = 1.0; k += 1.0; let y = x * k; k *= 10.0; y + k * x
        }
    }
        at { let x = 0.7; } (x);
    s53 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let mut k = 1.0; let y = x * k; k = 5.0; let z = x * k; let f = |t: f64| t * k; f(y) + z
        }
    }
        at { let x = 0.7; } (x);
    s56 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let mut k = 2; let y = x.powi(k); k += 1; y * x.powi(k)
        }
    }
        at { let x = 0.7; } (x);
    s57 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let mut i = 0; let mut next = || { i += 1; i as f64 }; let a: f64 = next(); let b: f64 = next(); x * a + x * x * b
        }
    }
        at { let x = 0.7; } (x);
    s58 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let mut it = [1.0, 2.0, 3.0].into_iter(); let a: f64 = it.next().unwrap(); let b: f64 = it.next().unwrap(); x * a + b
        }
    }
        at { let x = 0.7; } (x);
    s59 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            assert!(x > -100.0, "x is {x}"); debug_assert!(x * 2.0 < 1e9); let y = x * x; assert_ne!(y, -1.0); y
        }
    }
        at { let x = 0.7; } (x);
    s62 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let y = x; eprintln!("{y:.0}"); dbg!(3); y * y
        }
    }
        at { let x = 0.7; } (x);
    s63 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            return x * x + 1.0;
        }
    }
        at { let x = 0.7; } (x);
    s65 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let y = x * x; return { let z = y; z + x };
        }
    }
        at { let x = 0.7; } (x);
    s66 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            ((((x)))) * ({ { x } } + (x))
        }
    }
        at { let x = 0.7; } (x);
    s67 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            -{ x } + (-(-(x))) * 2.0
        }
    }
        at { let x = 0.7; } (x);
    s68 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            (x * x) as f64 + (2.0 as f64) * x
        }
    }
        at { let x = 0.7; } (x);
    s69 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let y: f64 = x; let z: &f64 = &y; let w: f64 = *z; w * z
        }
    }
        at { let x = 0.7; } (x);
    s73 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let k: f64 = [0.5, 1.5].iter().map(|x| x * 2.0).sum(); x * k
        }
    }
        at { let x = 0.7; } (x);
    s74 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let k: f64 = (0..3).map(|x| { let y = x * 2; y as f64 }).sum(); k * x
        }
    }
        at { let x = 0.7; } (x);
    s75 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let k: f64 = { let x = 3.0; let f = |y: f64| x * y; f(2.0) }; k * x
        }
    }
        at { let x = 0.7; } (x);
    s76 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let k: f64 = { let mut x = 0.0; for i in 0..3 { x += i as f64; } x }; k * x
        }
    }
        at { let x = 0.7; } (x);
    s77 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let mut s = 0.0; for x in [1.0, 2.0] { s += x; } s * x
        }
    }
        at { let x = 0.7; } (x);
    s78 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let mut s = 0.0; for i in 0..3 { let x = x * i as f64; s += x * x; } s + x
        }
    }
        at { let x = 0.7; } (x);
    s79 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let mut s = x; for i in 0..3 { let s2 = s; let s3 = { let s = s2 * 2.0; s + 1.0 }; s = s3.sin() + i as f64; } s
        }
    }
        at { let x = 0.7; } (x);
    s80 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let mut s = x; let k = 2.0; for _ in 0..3 { let k = k * 0.5; s = (s * k).sin(); } let k = 10.0; s * k
        }
    }
        at { let x = 0.7; } (x);
    s81 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let mut s = x; let mut k = 2.0; for _ in 0..3 { s = (s * k).sin(); k += 1.0; } s * k
        }
    }
        at { let x = 0.7; } (x);
    s82 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let mut s = x; let n = 3; for i in 0..n { let n = i + 1; s = (s * n as f64).cos(); } s * n as f64
        }
    }
        at { let x = 0.7; } (x);
    s83 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let mut s = x; let w = vec![0.5, 1.5]; for k in &w { s = (s * k).sin(); } let w = w.len() as f64; s * w
        }
    }
        at { let x = 0.7; } (x);
    s84 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let mut s = x; let w = vec![0.5, 1.5]; for k in w { s = (s * k).sin(); } let w = 4.0; s * w
        }
    }
        at { let x = 0.7; } (x);
    s86 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let mut s = x; let w = [0.5, 1.5]; let f = |t: f64, i: usize| t * w[i]; for i in 0..2 { s = f(s, i).sin(); } let w = 2.0; s * w
        }
    }
        at { let x = 0.7; } (x);
    s87 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let mut s = x; for i in 0..4 { if i == 2 { continue; } s = s.sin() + i as f64; } s
        }
    }
        at { let x = 0.7; } (x);
    s88 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let mut s = x; for i in 0..10 { if i == 3 { break; } s = s.sin() + i as f64; } s
        }
    }
        at { let x = 0.7; } (x);
    s89 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let mut s = x; let mut n = 0; while n < 3 { let m = n; n += 1; s = s.sin() + m as f64; } let n = n * 2; s * n as f64
        }
    }
        at { let x = 0.7; } (x);
    s90 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let mut s = x; let mut n = 0; loop { n += 1; if n > 3 { break; } s = s.cos() * n as f64; } s + n as f64
        }
    }
        at { let x = 0.7; } (x);
    s91 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let y = if true { let z = x * 2.0; z } else { x }; let z = 5.0; y * z
        }
    }
        at { let x = 0.7; } (x);
    s92 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let k = 3; let y = if k > 2 { let k = 10.0; x * k } else { x }; y * k as f64
        }
    }
        at { let x = 0.7; } (x);
    s93 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let y = match 2 { 1 => x, 2 => { let x = x * 2.0; x + 1.0 } _ => 0.0 * x }; y * x
        }
    }
        at { let x = 0.7; } (x);
    s94 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let y = if x > 0.5 { x } else { x * 100.0 }; let y = if y < 100.0 { y * y } else { y }; y
        }
    }
        at { let x = 0.7; } (x);
    s95 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let mut y = x; if x > 0.5 { let t = y; y = t * 2.0; } else { y += 1.0; } let t = 3.0; y * t
        }
    }
        at { let x = 0.7; } (x);
    s97 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let v = vector![x, 1.0, x]; let v = v.map(|v| v * 2.0); let w = v.sum(); v.norm() + w
        }
    }
        at { let x = 0.7; } (x);
    s98 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let v = DVector::from_fn(3, |v, _| x * v as f64); let x = v.sum(); x * x
        }
    }
        at { let x = 0.7; } (x);
    s99 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let m = matrix![x, 1.0; 2.0, x]; let x = m.determinant(); m.trace() * x
        }
    }
        at { let x = 0.7; } (x);
    s100 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            let v = Vector3::repeat(x); let f = |v: &Vector3<f64>| v.norm(); let w = f(&v) + f(&(v * 2.0)); let v = 3.0; w * v
        }
    }
        at { let x = 0.7; } (x);
    s101 by (x) {
        #[grad(x)]
        pub fn f(x: f64, k: &mut f64) -> f64 {
            let a = *k; *k += 1.0; let b = *k; *k -= 1.0; x * a + x * x * b
        }
    }
        at { let x = 0.7; } (x, &mut 2.0);
    s102 by (x) {
        #[grad(x)]
        pub fn f(x: f64, k: &std::cell::Cell<f64>) -> f64 {
            let a: f64 = k.get(); k.set(a + 1.0); let b: f64 = k.replace(a); x * a * b
        }
    }
        at { let x = 0.7; } (x, &std::cell::Cell::new(2.0));
    s103 by (x) {
        #[grad(x)]
        pub fn f(x: f64, log: &std::cell::RefCell<Vec<f64>>) -> f64 {
            log.borrow_mut().push(1.0); let n = log.borrow().len(); log.borrow_mut().pop(); x * n as f64
        }
    }
        at { let x = 0.7; } (x, &std::cell::RefCell::new(vec![]));
    s104 by (x) {
        #[grad(x)]
        pub fn f(x: f64, mut v: Vec<f64>) -> f64 {
            v.push(3.0); let a = v.pop().unwrap(); let a: f64 = a; v.insert(0, 2.0); x * a * v[0]
        }
    }
        at { let x = 0.7; } (x, vec![7.0]);
    s105 by (x) {
        #[grad(x)]
        pub fn f(x: f64, (a, b): (f64, usize)) -> f64 {
            x * a + x.powi(2) * b as f64
        }
    }
        at { let x = 0.7; } (x, (2.0, 3));
    s106 by (x) {
        #[grad(x)]
        pub fn f(x: f64, [a, b]: [f64; 2]) -> f64 {
            let c: f64 = a * b; x * c
        }
    }
        at { let x = 0.7; } (x, [2.0, 3.0]);
    s107 by (x) {
        #[grad(x)]
        pub fn f(x: f64, _: usize) -> f64 {
            x * 2.0
        }
    }
        at { let x = 0.7; } (x, 3);
    s108 by (x) {
        #[grad(x)]
        pub fn f(x: f64, f: impl Fn(f64) -> f64) -> f64 {
            let k: f64 = f(2.0); x * k
        }
    }
        at { let x = 0.7; } (x, |t| t * 3.0);
    s109 by (x) {
        #[grad(x)]
        pub fn f(x: f64, f: fn(f64) -> f64) -> f64 {
            let k: f64 = f(2.0); x * k
        }
    }
        at { let x = 0.7; } (x, |t| t * 3.0);
    s110 by (x) {
        #[grad(x)]
        pub fn f(x: f64, f: &dyn Fn(f64) -> f64) -> f64 {
            let k: f64 = f(2.0); x * k
        }
    }
        at { let x = 0.7; } (x, &|t| t * 3.0);
    s111 by (x) {
        #[grad(x)]
        pub fn f(x: f64, s: &str) -> f64 {
            x * s.len() as f64
        }
    }
        at { let x = 0.7; } (x, "abc");
    s112 by (x) {
        #[grad(x)]
        pub fn f(x: f64, o: Option<f64>) -> f64 {
            let Some(k) = o else { panic!("none") }; let k: f64 = k; x * k
        }
    }
        at { let x = 0.7; } (x, Some(2.0))
        at { let x = 0.7; } (x, None);
    s113 by (x) {
        #[grad(x)]
        pub fn f(x: f64, o: Result<f64, String>) -> f64 {
            let k: f64 = o.unwrap_or(3.0); x * k
        }
    }
        at { let x = 0.7; } (x, Ok(2.0))
        at { let x = 0.7; } (x, Err(String::new()));
    s114 by (x) {
        #[grad(x)]
        pub fn f(x: f64, a: &[f64], i: usize) -> f64 {
            x * a[i] + x.sin() * a[a.len() - 1 - i]
        }
    }
        at { let x = 0.7; } (x, &[1.0, 2.0], 1)
        at { let x = 0.7; } (x, &[1.0, 2.0], 5);
    s115 by (x) {
        #[grad(x)]
        pub fn f(x: f64, a: &[f64]) -> f64 {
            let mut t = x; for (i, k) in a.iter().enumerate() { let a = i as f64; t = (t + k * a).sin(); } t * a.len() as f64
        }
    }
        at { let x = 0.7; } (x, &[1.0, 2.0, 3.0])
        at { let x = 0.7; } (x, &[]);
    s116 by (x) {
        #[grad(x)]
        pub fn f(x: f64, a: &[f64]) -> f64 {
            let (first, rest) = a.split_first().unwrap(); let c: f64 = rest.iter().sum(); let b: f64 = *first; x * b + c * x.exp()
        }
    }
        at { let x = 0.7; } (x, &[1.0, 2.0])
        at { let x = 0.7; } (x, &[]);
}
