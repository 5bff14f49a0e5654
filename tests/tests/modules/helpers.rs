//! Helpers: by which names they are called, what they capture of nobody, early returns, generics, loops and closures.

use matgrad::differentiable;
use nalgebra::{DVector, Vector3};

use super::differences::{check, samples};

#[differentiable]
pub mod helped {
    use matgrad::{grad, hessian, jacobian};
    use nalgebra::{DVector, RealField, SVector, Vector3};

    const DELTA: f64 = 0.7;

    fn huber(r: f64) -> f64 {
        if r.abs() <= DELTA { 0.5 * r * r } else { DELTA * (r.abs() - 0.5 * DELTA) }
    }
    fn softplus(t: f64) -> f64 {
        t.exp().ln_1p()
    }
    #[grad(x)]
    pub fn elementwise(x: &DVector<f64>) -> f64 {
        x.map(softplus).sum() + x.map(|t| huber(t * 2.0)).sum() + x.iter().map(|t| huber(*t)).sum::<f64>()
    }

    // the same names as in the caller mean something else
    fn shadow(n: f64, x: f64) -> f64 {
        let y = n * 2.0;
        let n = y + x;
        n * y
    }
    #[grad(x)]
    pub fn shadowed(x: f64, n: usize, y: f64) -> f64 {
        let k = n * 2;
        let first = shadow(y, x);
        let n = n + 1;
        first + shadow(x, n as f64) * k as f64 + y * n as f64
    }

    fn early(t: f64, from: usize) -> f64 {
        if from == 0 {
            return t;
        }
        let scale = from as f64;
        if from > 2 {
            return t * scale;
        }
        t * t / scale
    }
    #[grad(t)]
    pub fn returns(t: f64, n: usize) -> f64 {
        early(t, n) + early(2.0 * t, 1) * early(t, 3)
    }

    fn poly<T: RealField + Copy>(c: &[T], t: T) -> T {
        let mut p = T::zero();
        for k in (0..c.len()).rev() {
            p = p * t + c[k];
        }
        p
    }
    fn mean_square<const N: usize>(v: &SVector<f64, N>) -> f64 {
        v.norm_squared() / N as f64
    }
    #[grad(c, t)]
    pub fn generic(c: &[f64], t: f64) -> f64 {
        poly(c, t).powi(2) + mean_square(&Vector3::new(t, c[0], c[1]))
    }

    fn weighted(x: &DVector<f64>, weights: &[f64], from: usize) -> f64 {
        let len = weights.len().min(x.len());
        let mut sum = 0.0;
        for i in from..len {
            sum += weights[i] * x[i];
        }
        sum
    }
    #[grad(x)]
    pub fn sums(x: &DVector<f64>, w: &[f64]) -> f64 {
        let mut total = 0.0;
        for k in 0..3 {
            total += weighted(x, w, k) * (k + 1) as f64;
        }
        total + weighted(&(2.0 * x), &w[1..], 1)
    }

    fn apply(f: impl Fn(f64) -> f64, x: f64) -> f64 {
        f(x) + f(2.0 * x)
    }
    #[grad(x)]
    #[hessian(x)]
    pub fn given_a_closure(x: f64, a: f64) -> f64 {
        apply(|t| (a * t).sin(), x) + apply(softplus, x)
    }

    fn both(x: &Vector3<f64>) -> (f64, Vector3<f64>) {
        let n = x.norm();
        (n, x / n)
    }
    #[jacobian(x)]
    pub fn direction(x: &Vector3<f64>) -> Vector3<f64> {
        let (n, d) = both(x);
        d * n.sqrt()
    }

    fn inverse(a: &nalgebra::Matrix2<f64>) -> Option<nalgebra::Matrix2<f64>> {
        Some(a.try_inverse()? * 2.0)
    }
    #[grad(a)]
    pub fn may_fail(a: &nalgebra::Matrix2<f64>) -> Option<f64> {
        let b = inverse(a)?;
        Some(b.sum())
    }
    /// Nothing active in it: it is called as it is.
    fn counted(n: usize) -> f64 {
        let mut calls = 0;
        for i in 0..n {
            calls += i;
        }
        calls as f64
    }
    #[grad(x)]
    pub fn inactive(x: f64, n: usize) -> f64 {
        x * counted(n) + counted(2)
    }
}

#[test]
fn helpers_are_read() {
    let x = DVector::from_vec(samples(6));
    check(&x, helped::elementwise, helped::elementwise_value_and_grad(&x));
    check(&0.6, |x| helped::shadowed(*x, 3, 0.4), helped::shadowed_value_and_grad(0.6, 3, 0.4));
    for n in 0..5 {
        check(&0.6, |t| helped::returns(*t, n), helped::returns_value_and_grad(0.6, n));
        check(&0.6, |t| helped::inactive(*t, n), helped::inactive_value_and_grad(0.6, n));
    }
    let both = (samples(4), 0.3);
    check(&both, |(c, t)| helped::generic(c, *t), helped::generic_value_and_grad(&both.0, both.1));
    let w = samples(5);
    check(&x, |x| helped::sums(x, &w), helped::sums_value_and_grad(&x, &w));
    check(&0.3, |x| helped::given_a_closure(*x, 1.3), helped::given_a_closure_value_and_grad(0.3, 1.3));
    check(
        &0.3,
        |x| helped::given_a_closure_grad(*x, 1.3),
        (helped::given_a_closure_grad(0.3, 1.3), helped::given_a_closure_hessian(0.3, 1.3)),
    );
    let v = Vector3::new(0.3, -0.4, 1.2);
    let jacobian = helped::direction_jacobian(&v);
    for i in 0..3 {
        check(&v, |v| helped::direction(v)[i], (helped::direction(&v)[i], jacobian.row(i).transpose()));
    }
    let a = nalgebra::Matrix2::new(1.0, 0.3, -0.2, 0.8);
    check(&a, |a| helped::may_fail(a).unwrap(), helped::may_fail_value_and_grad(&a).unwrap());
    assert!(helped::may_fail_grad(&nalgebra::Matrix2::zeros()).is_none());
}
