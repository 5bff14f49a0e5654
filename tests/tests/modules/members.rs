//! Members of structs: what is inactive of them, where they come from, and in which order they are returned.

use matgrad::differentiable;
use nalgebra::{DMatrix, DVector, Matrix2, Vector2, Vector3};

use super::differences::{check, numbers};

#[differentiable]
pub mod held {
    use matgrad::{grad, hvp, jvp, vjp};
    use nalgebra::{DMatrix, DVector, Matrix2, RealField, SMatrix, SVector, Vector2, Vector3};
    #[derive(Clone, Debug, PartialEq)]
    pub struct A {
        pub x: f64,
        pub v: Vector2<f64>,
        pub n: usize,
    }
    // by value, moved by inactive code
    pub fn count(a: A) -> usize {
        a.n
    }
    #[grad(a)]
    pub fn counted(a: A) -> f64 {
        let n = count(a.clone());
        a.x * n as f64 + a.v.norm_squared()
    }
    #[grad(a)]
    pub fn changed(mut a: A) -> f64 {
        a.x *= 2.0;
        a.v.x += a.x;
        a.x * a.v.norm_squared()
    }
    #[grad(a, b)]
    pub fn may_fail(a: &A, b: &A) -> Option<f64> {
        let m = Matrix2::new(a.x, b.x, 0.3, a.v.x).try_inverse()?;
        Some((m * b.v).sum())
    }
    #[derive(Clone)]
    pub struct G<T: RealField + Copy, const N: usize> {
        pub w: SVector<T, N>,
        pub s: T,
        pub id: u32,
    }
    #[grad(g)]
    pub fn generic(g: &G<f64, 3>, c: &SVector<f64, 3>) -> f64 {
        g.w.dot(c) * g.s.sin() + N2 as f64
    }
    const N2: usize = 2;
    #[derive(Clone)]
    pub struct S32 {
        pub a: f32,
        pub m: Matrix2<f32>,
    }
    #[grad(s)]
    pub fn single(s: &S32) -> f32 {
        s.a * s.m.determinant()
    }
    // names that could collide
    #[derive(Clone)]
    pub struct Names {
        pub value: f64,
        pub gradient: DVector<f64>,
        pub t: f64,
        pub a_b: f64,
        pub a: Inner,
    }
    #[derive(Clone)]
    pub struct Inner {
        pub b: f64,
    }
    #[grad(names)]
    pub fn named(names: &Names, net_gradient: f64) -> f64 {
        names.value * names.gradient.sum() + names.t * names.a_b * names.a.b * net_gradient
    }
    impl A {
        #[grad(self, k)]
        pub fn by_self(self, k: f64) -> f64 {
            self.x * k + self.v.y * self.n as f64
        }
        #[jvp(self)]
        #[hvp(self)]
        #[vjp(self)]
        pub fn cubic(&self, k: f64) -> f64 {
            self.x.powi(3) * k + self.v.norm_squared() * self.x
        }
        #[grad(k)]
        pub fn by_number(&self, k: f64) -> f64 {
            self.x * k * self.cubic(k)
        }
    }
    // struct inactive and active of the same type
    #[grad(a)]
    pub fn one_of_two(a: &A, b: &A) -> f64 {
        mix(a, b) + mix(b, a) * b.x
    }
    fn mix(p: &A, q: &A) -> f64 {
        p.x * q.v.dot(&p.v) + q.x * p.n as f64 + (p.n * q.n) as f64 * p.x
    }
    // loops over a field list, index by inactive of the same struct
    #[derive(Clone)]
    pub struct L {
        pub w: Vec<f64>,
        pub idx: Vec<usize>,
        pub k: usize,
    }
    #[grad(l)]
    pub fn indexed(l: &L) -> f64 {
        let mut s = 0.0;
        for i in 0..l.w.len() {
            if i != l.k {
                s += l.w[i] * l.w[l.idx[i]];
            }
        }
        s + l.w[l.k]
    }
    #[grad(l)]
    pub fn flagged(l: &L) -> f64 {
        let mut s = 0.0;
        for (i, w) in l.w.iter().enumerate() {
            s += w * i as f64;
        }
        if l.k > 1 {
            s *= 2.0;
        }
        s
    }
    // returns of structs from branches
    fn pick(c: bool, x: f64) -> A {
        if c { A { x, v: Vector2::new(x, 1.0), n: 1 } } else { A { x: -x, v: Vector2::new(2.0, x * x), n: 1 } }
    }
    #[grad(x)]
    pub fn picked(x: f64, c: bool) -> f64 {
        let a = pick(c, x);
        a.x * a.v.sum()
    }
    // struct state changed in branch in loop
    #[grad(x)]
    pub fn stepped(x: f64, n: usize) -> f64 {
        let mut a = A { x, v: Vector2::new(x, 0.5), n: 3 };
        for i in 0..n {
            if i % 2 == 0 {
                a.x += a.v.x;
            } else {
                a.v *= x;
                a.v[1] -= a.x;
            }
        }
        a.x + a.v.y
    }
    // array of matrices
    #[grad(ws)]
    pub fn fixed_layers(ws: &[Matrix2<f64>; 3], x: &Vector2<f64>) -> f64 {
        let mut h = *x;
        for w in ws {
            h = (w * h).map(|t| t.tanh());
        }
        h.sum()
    }
    #[grad(ws)]
    pub fn layers(ws: &[DMatrix<f64>; 2], x: &DVector<f64>) -> f64 {
        (&ws[1] * (&ws[0] * x).map(|t| t.tanh())).sum()
    }
    // pushes structs? lists of results
    #[grad(x)]
    pub fn pushed(x: f64, n: usize) -> f64 {
        let mut a = A { x, v: Vector2::zeros(), n };
        let mut xs = Vec::new();
        for _ in 0..a.n {
            a.x = a.x.sin() + x;
            xs.push(a.x);
        }
        xs.iter().sum::<f64>() * a.x
    }
}

numbers!(held::A { x, v });
numbers!(held::G<f64, 3> { w, s });
numbers!(held::Inner { b });
numbers!(held::Names { value, gradient, t, a_b, a });
numbers!(held::L { w });

fn a() -> held::A {
    held::A { x: 0.7, v: Vector2::new(-0.6, 1.1), n: 4 }
}
fn b() -> held::A {
    held::A { x: 0.4, v: Vector2::new(0.9, -0.3), n: 4 }
}

#[test]
fn structs_by_value_and_in_options() {
    check(&a(), |a| held::counted(a.clone()), held::counted_value_and_grad(a()));
    check(&a(), |a| held::changed(a.clone()), held::changed_value_and_grad(a()));
    check(&(a(), b()), |(a, b)| held::may_fail(a, b).unwrap(), held::may_fail_value_and_grad(&a(), &b()).unwrap());
    let singular = held::A { x: 0.0, v: Vector2::zeros(), n: 0 };
    assert!(held::may_fail_grad(&singular, &held::A { x: 0.0, ..b() }).is_none());
}

#[test]
fn generics_precisions_and_names() {
    let (g, c) = (held::G { w: Vector3::new(0.7, -0.6, 1.1), s: 0.4, id: 7 }, Vector3::new(1.0, 2.0, 3.0));
    check(&g, |g| held::generic(g, &c), held::generic_value_and_grad(&g, &c));
    assert_eq!(held::generic_grad(&g, &c).id, 7);
    let s = held::S32 { a: 2.0, m: Matrix2::new(1.0, 0.5, 0.25, 2.0) };
    let gradient = held::single_grad(&s);
    assert!(gradient.a == 1.875 && (gradient.m - Matrix2::new(4.0, -0.5, -1.0, 2.0)).norm() < 1e-6);
    let names =
        held::Names { value: 0.7, gradient: DVector::from_vec(vec![-0.6, 1.1]), t: 0.4, a_b: 0.9, a: held::Inner { b: -0.3 } };
    check(&names, |n| held::named(n, 1.3), held::named_value_and_grad(&names, 1.3));
    let mut into = held::Names { t: f64::NAN, ..names.clone() };
    let value = held::named_value_and_grad_into(&names, 1.3, &mut into);
    check(&names, |n| held::named(n, 1.3), (value, into));
}

#[test]
fn by_self_in_the_order_named() {
    let at = (a(), 1.3);
    check(&at, |(a, k)| a.clone().by_self(*k), a().by_self_value_and_grad(1.3));
    let direction = held::A { x: 1.0, v: Vector2::new(-2.0, 0.5), n: 9 };
    let moved = |t: &f64| held::A { x: 0.7 + t, v: Vector2::new(-0.6 - 2.0 * t, 1.1 + 0.5 * t), n: 4 };
    check(&0.0, |t| moved(t).cubic(1.3), a().cubic_jvp(1.3, &direction));
    let (value, pullback) = at.0.cubic_vjp(1.3);
    check(&a(), |a| 2.0 * a.cubic(1.3), (2.0 * value, pullback(2.0)));
    // x³ k + ‖v‖² x: 6 x k dx + 2 vᵀdv, 2 x dv + 2 v dx
    let product = a().cubic_hvp(1.3, &direction);
    let expected = (6.0 * 0.7 * 1.3 + 2.0 * a().v.dot(&direction.v), direction.v * 1.4 + a().v * 2.0);
    assert!((product.x - expected.0).abs() < 1e-12 && (product.v - expected.1).norm() < 1e-12 && product.n == 4);
    check(&1.3, |k| a().by_number(*k), a().by_number_value_and_grad(1.3));
    check(&a(), |a| held::one_of_two(a, &b()), held::one_of_two_value_and_grad(&a(), &b()));
}

#[test]
fn inactive_members_decide() {
    let l = held::L { w: vec![0.7, -0.6, 1.1, 0.4, 0.9, -0.3], idx: vec![2, 0, 1, 3, 5, 4], k: 2 };
    check(&l, held::indexed, held::indexed_value_and_grad(&l));
    for k in [1, 2] {
        let l = held::L { k, ..l.clone() };
        check(&l, held::flagged, held::flagged_value_and_grad(&l));
    }
    for n in [1, 4] {
        check(&0.7, |x| held::pushed(*x, n), held::pushed_value_and_grad(0.7, n));
    }
}

#[test]
fn structs_on_sides_and_matrices_in_arrays() {
    for side in [true, false] {
        check(&0.7, |x| held::picked(*x, side), held::picked_value_and_grad(0.7, side));
    }
    for n in [0, 1, 5] {
        check(&0.7, |x| held::stepped(*x, n), held::stepped_value_and_grad(0.7, n));
    }
    let number = |i: usize| (i as f64 * 0.7).sin();
    let fixed: [Matrix2<f64>; 3] = std::array::from_fn(|k| Matrix2::from_fn(|i, j| number(4 * k + 2 * j + i)));
    let x = Vector2::new(0.4, -0.9);
    check(&fixed, |ws| held::fixed_layers(ws, &x), held::fixed_layers_value_and_grad(&fixed, &x));
    let layers = [DMatrix::from_fn(3, 2, |i, j| number(3 * j + i)), DMatrix::from_fn(2, 3, |i, j| number(6 + 2 * j + i))];
    let x = DVector::from_vec(vec![0.4, -0.9]);
    check(&layers, |ws| held::layers(ws, &x), held::layers_value_and_grad(&layers, &x));
}
