//! Helpers that another helper could be mistaken for: names that mean something else, effects, what changes after it was lent.

use matgrad::differentiable;
use nalgebra::{DMatrix, DVector, Matrix2};

use super::differences::check;

#[differentiable]
pub mod nasty {
    use matgrad::{grad, sigmoid, softplus as soft};
    use nalgebra::{DMatrix as Mat, DVector, Matrix2, Vector2, Vector3};
    use std::cell::Cell;
    thread_local! { pub static COUNT: Cell<usize> = Cell::new(0); }
    pub fn tick() -> f64 {
        COUNT.with(|c| {
            c.set(c.get() + 1);
            c.get() as f64
        })
    }

    // local fn shadows
    fn huber(t: f64) -> f64 {
        t * 100.0
    }
    #[grad(x)]
    pub fn local_names(x: f64) -> f64 {
        let y = x * 2.0;
        huber2(y) + x
    }
    fn huber2(t: f64) -> f64 {
        let huber = |s: f64| s * 3.0;
        huber(t)
    }
    // effects in order
    fn scaled(x: f64, a: f64, b: f64) -> f64 {
        x * a - b * x * x
    }
    #[grad(x)]
    pub fn ticks(x: f64) -> f64 {
        scaled(x, tick(), tick()) + scaled(x, tick(), 1.0)
    }
    // mutable inactive passed
    #[grad(x)]
    pub fn rebound(x: f64) -> f64 {
        let mut k = 1.0;
        let a = scaled(x, k, 0.5);
        k = 5.0;
        let b = scaled(x, k, 0.25);
        a + b * k
    }
    // inactive list mutated after being lent
    fn dotted(x: &DVector<f64>, w: &[f64]) -> f64 {
        let mut s = 0.0;
        for i in 0..x.len() {
            s += x[i] * w[i];
        }
        s
    }
    #[grad(x)]
    pub fn list_changes(x: &DVector<f64>) -> f64 {
        let mut w = vec![1.0, 2.0, 3.0];
        let a = dotted(x, &w);
        w[0] = 10.0;
        let b = dotted(x, &w);
        a * b
    }
    // matrix inactive mutated after being lent
    fn quad(x: &DVector<f64>, m: &Mat<f64>) -> f64 {
        x.dot(&(m * x))
    }
    #[grad(x)]
    pub fn matrix_changes(x: &DVector<f64>) -> f64 {
        let mut m: Mat<f64> = Mat::identity(3, 3);
        let a = quad(x, &m);
        m[(0, 1)] = 4.0;
        let b = quad(x, &m);
        a + 2.0 * b
    }
    // imported functions
    #[grad(x)]
    pub fn imported(x: &DVector<f64>) -> f64 {
        sigmoid(x[0]) + soft(x[1]) + x.map(sigmoid).sum()
    }
    // own type called like nalgebra's
    pub struct Matrix4;
    impl Matrix4 {
        pub fn identity(k: f64) -> f64 {
            k * 7.0
        }
    }
    #[grad(x)]
    pub fn own_type(x: f64) -> f64 {
        Matrix4::identity(x) + x
    }
    // nested helpers with same parameter names
    fn inner(n: f64, x: f64) -> f64 {
        let y = n + x;
        y * n
    }
    fn outer(x: f64, n: f64) -> f64 {
        let y = inner(x, n) * 2.0;
        let n = y - n;
        inner(n, y)
    }
    #[grad(x)]
    pub fn same_names(x: f64, n: f64) -> f64 {
        outer(x, n) + inner(n, x) * outer(n, x)
    }
    // inactive loop in helper
    fn total(x: f64, n: usize) -> f64 {
        let mut c = 0;
        for i in 0..n {
            if i % 2 == 0 {
                c += i;
            }
        }
        x * c as f64
    }
    #[grad(x)]
    pub fn inactive_loop(x: f64, n: usize) -> f64 {
        let c = 3;
        total(x, n) + total(x * x, n + c)
    }
    // helper inside map closure capturing
    #[grad(x)]
    pub fn in_closures(x: &DVector<f64>, d: f64) -> f64 {
        x.map(|t| scaled(t, d, 2.0 * d)).sum() + x.iter().map(|&t| scaled(t, d, 1.0)).sum::<f64>()
    }
    // fold with helper, struct state
    #[derive(Clone, Copy)]
    pub struct Acc {
        s: f64,
        p: f64,
    }
    impl Acc {
        fn add(self, t: f64) -> Acc {
            Acc { s: self.s + t, p: self.p * (1.0 + t * t) }
        }
    }
    #[grad(x)]
    pub fn accumulated(x: &[f64]) -> f64 {
        let mut a = Acc { s: 0.0, p: 1.0 };
        for t in x {
            a = a.add(*t);
        }
        a.s * a.p
    }
    // match in helper on inactive enum
    #[derive(Clone, Copy)]
    pub enum Kind {
        Square,
        Abs,
        Scaled(f64),
    }
    fn penalty(t: f64, k: Kind) -> f64 {
        match k {
            Kind::Square => t * t,
            Kind::Abs => t.abs(),
            Kind::Scaled(c) => c * t,
        }
    }
    #[grad(x)]
    pub fn variants(x: f64, k: Kind) -> f64 {
        penalty(x, k) + penalty(2.0 * x, Kind::Square)
    }
    // constants in functions of the same name
    const C: f64 = 2.0;
    fn withc(t: f64) -> f64 {
        const C: f64 = 5.0;
        t * C
    }
    #[grad(x)]
    pub fn constants(x: f64) -> f64 {
        withc(x) + C * x + {
            let c = withc(C);
            c * x
        }
    }
    // block in argument; closures
    #[grad(x)]
    pub fn blocks(x: f64) -> f64 {
        scaled(
            {
                let a = x + 1.0;
                a * a
            },
            2.0,
            if x > 0.0 { 1.0 } else { 3.0 },
        )
    }
    // helper returning tuple, array
    fn parts(x: f64) -> (f64, [f64; 2]) {
        (x.sin(), [x.cos(), x * x])
    }
    #[grad(x)]
    pub fn tuples(x: f64) -> f64 {
        let (a, [b, c]) = parts(x);
        a * b + c * parts(2.0 * x).1[1]
    }
    // method chain on made struct, by value self
    #[derive(Clone)]
    pub struct Line {
        a: f64,
        b: Vector2<f64>,
    }
    impl Line {
        fn new(a: f64, b: Vector2<f64>) -> Self {
            Self { a, b }
        }
        fn scaled(mut self, k: f64) -> Self {
            self.a *= k;
            self.b *= k;
            self
        }
        fn at(&self, t: f64) -> f64 {
            self.a * t + self.b.x - self.b[1] * t * t
        }
    }
    #[grad(x)]
    pub fn by_value(x: f64, k: f64) -> f64 {
        Line::new(x, Vector2::new(x * x, 1.0)).scaled(k).at(x) + Line::new(1.0, Vector2::new(k, x)).at(0.3)
    }
    // Option in helper by unwrap
    fn inv(a: &Matrix2<f64>) -> Option<Matrix2<f64>> {
        a.try_inverse()
    }
    #[grad(a)]
    pub fn opened(a: &Matrix2<f64>) -> f64 {
        inv(a).unwrap().sum()
    }
    // state array of structs
    #[derive(Clone, Copy)]
    pub struct P {
        x: f64,
        v: f64,
    }
    #[grad(k)]
    pub fn springs(k: f64, n: usize) -> f64 {
        let mut ps = [P { x: 1.0, v: 0.0 }, P { x: -0.5, v: 0.2 }];
        for _ in 0..n {
            let f = k * (ps[1].x - ps[0].x);
            ps[0].v += 0.1 * f;
            ps[1].v -= 0.1 * f;
            for p in ps.iter_mut() {
                p.x += 0.1 * p.v;
            }
        }
        ps[0].x * ps[1].v
    }
    #[grad(k)]
    pub fn lent_twice(k: f64, n: usize) -> f64 {
        let mut a = P { x: 1.0, v: 0.0 };
        let mut b = P { x: -0.5, v: 0.2 };
        for i in 0..n {
            spring(&mut a, &mut b, k);
            if i % 2 == 0 {
                a.v *= 0.9;
            }
        }
        a.x * b.v
    }
    fn spring(a: &mut P, b: &mut P, k: f64) {
        let f = k * (b.x - a.x);
        a.v += 0.1 * f;
        b.v -= 0.1 * f;
        a.x += 0.1 * a.v;
        b.x += 0.1 * b.v;
    }
    // debug_assert, println in helper
    fn checked(x: f64, lo: f64) -> f64 {
        debug_assert!(lo < 10.0);
        assert!(lo > -5.0);
        x.max(lo) * x
    }
    #[grad(x)]
    pub fn asserted(x: f64) -> f64 {
        checked(x, 0.1) + checked(x * 3.0, -1.0)
    }
    // let without types of inactive struct
    pub struct Cfg {
        pub rate: f64,
        pub m: Mat<f64>,
        pub sub: Sub,
        pub table: Vec<Sub>,
    }
    #[derive(Clone)]
    pub struct Sub {
        pub k: f64,
        pub v: Vec<f64>,
    }
    #[grad(x)]
    pub fn fields(x: &DVector<f64>, cfg: &Cfg) -> f64 {
        let sub = &cfg.sub;
        let mut t = 0.0;
        for (i, s) in cfg.table.iter().enumerate() {
            t += s.k * x[i] * sub.v[i];
        }
        t + sub.k * x.norm_squared() + cfg.rate * x.dot(&(&cfg.m * x)) + cfg.table[1].v[0] * x[0]
    }
    fn bounded(x: f64, low: f64) -> f64 {
        assert!(low > -5.0, "too low");
        x * low
    }
    #[grad(x)]
    pub fn refused_at_helper(x: f64, low: f64) -> f64 {
        bounded(x, low) + x
    }
    pub fn refused_at(low: f64) -> f64 {
        refused_at_helper(1.0, low)
    }
    pub fn refused_at_grad(low: f64) -> f64 {
        refused_at_helper_grad(1.0, low)
    }
}

fn vector() -> DVector<f64> {
    DVector::from_vec(vec![0.3, -0.6, 1.1])
}

#[test]
fn names_mean_what_they_mean_where_they_stand() {
    let (x, v) = (0.7, vector());
    check(&x, |x| nasty::local_names(*x), nasty::local_names_value_and_grad(x));
    check(&v, nasty::imported, nasty::imported_value_and_grad(&v));
    check(&x, |x| nasty::own_type(*x), nasty::own_type_value_and_grad(x));
    check(&x, |x| nasty::same_names(*x, 0.4), nasty::same_names_value_and_grad(x, 0.4));
    check(&x, |x| nasty::constants(*x), nasty::constants_value_and_grad(x));
    let kind = nasty::Kind::Scaled(3.0);
    check(&x, |x| nasty::variants(*x, kind), nasty::variants_value_and_grad(x, kind));
}

#[test]
fn effects_happen_once_and_in_order() {
    let reset = || nasty::COUNT.with(|c| c.set(0));
    reset();
    let found = nasty::ticks_value_and_grad(0.7);
    assert_eq!(nasty::COUNT.with(std::cell::Cell::get), 3);
    let from_nothing = |x: &f64| {
        reset();
        nasty::ticks(*x)
    };
    check(&0.7, from_nothing, found);
    check(&0.7, |x| nasty::asserted(*x), nasty::asserted_value_and_grad(0.7));
    assert!(std::panic::catch_unwind(|| nasty::refused_at(-7.0)).is_err());
    assert!(std::panic::catch_unwind(|| nasty::refused_at_grad(-7.0)).is_err());
}

#[test]
fn what_is_lent_is_what_it_was() {
    let v = vector();
    check(&0.7, |x| nasty::rebound(*x), nasty::rebound_value_and_grad(0.7));
    check(&v, nasty::list_changes, nasty::list_changes_value_and_grad(&v));
    check(&v, nasty::matrix_changes, nasty::matrix_changes_value_and_grad(&v));
}

#[test]
fn values_of_all_forms() {
    let (x, v) = (0.7, vector());
    check(&x, |x| nasty::inactive_loop(*x, 5), nasty::inactive_loop_value_and_grad(x, 5));
    check(&v, |v| nasty::in_closures(v, 0.4), nasty::in_closures_value_and_grad(&v, 0.4));
    let list = v.as_slice().to_vec();
    check(&list, |x| nasty::accumulated(x), nasty::accumulated_value_and_grad(&list));
    check(&x, |x| nasty::blocks(*x), nasty::blocks_value_and_grad(x));
    check(&x, |x| nasty::tuples(*x), nasty::tuples_value_and_grad(x));
    check(&x, |x| nasty::by_value(*x, 1.3), nasty::by_value_value_and_grad(x, 1.3));
    let a = Matrix2::new(1.0, 0.3, -0.2, 0.8);
    check(&a, nasty::opened, nasty::opened_value_and_grad(&a));
    for n in [0, 1, 5] {
        check(&x, |k| nasty::springs(*k, n), nasty::springs_value_and_grad(x, n));
        check(&x, |k| nasty::lent_twice(*k, n), nasty::lent_twice_value_and_grad(x, n));
    }
    let sub = nasty::Sub { k: 0.4, v: vec![1.0, 2.0, 3.0] };
    let table = vec![sub.clone(), nasty::Sub { k: 2.0, v: vec![7.0] }, sub.clone()];
    let cfg = nasty::Cfg { rate: 0.3, m: DMatrix::from_fn(3, 3, |i, j| (i + 2 * j) as f64), sub, table };
    check(&v, |v| nasty::fields(v, &cfg), nasty::fields_value_and_grad(&v, &cfg));
}

#[differentiable]
pub mod stopped {
    use matgrad::{constant, grad, hessian};
    use nalgebra::DVector;

    // the target moves with w, and is not to be followed
    #[grad(w)]
    pub fn bootstrapped(w: &DVector<f64>, x: &DVector<f64>, next: &DVector<f64>, reward: f64) -> f64 {
        let target = reward + 0.9 * constant(w.dot(next));
        0.5 * (w.dot(x) - target).powi(2)
    }
    #[grad(x)]
    pub fn normalized(x: &DVector<f64>) -> f64 {
        let scale = matgrad::constant(x).norm();
        (x / scale).sum() + x.map(|t| t * matgrad::constant(t)).sum()
    }
    #[hessian(x)]
    pub fn half(x: f64) -> f64 {
        x * x * constant(x)
    }
}

#[test]
fn gradients_stop() {
    let (w, x, next) = (vector(), vector().map(f64::cos), vector().map(f64::sin));
    let (value, gradient) = stopped::bootstrapped_value_and_grad(&w, &x, &next, 0.3);
    let error = w.dot(&x) - 0.3 - 0.9 * w.dot(&next);
    assert!((value - 0.5 * error * error).abs() < 1e-15 && (gradient - &x * error).norm() < 1e-14);
    let gradient = stopped::normalized_grad(&w);
    assert!((gradient - w.map(|t| 1.0 / w.norm() + t)).norm() < 1e-14);
    assert!((stopped::half_hessian(0.7) - 2.0 * 0.7).abs() < 1e-15);
}
