//! What companions take from the heap, counted: what a loop keeps, and nothing for each of its iterations.
#![allow(missing_docs)]
#![allow(clippy::all, clippy::pedantic, reason = "as users write them")]

use allocation_counter::measure;
use matgrad::grad;
use nalgebra::{DMatrix, DVector, SMatrix, SVector};

/// How many allocations a call makes.
fn allocations(call: impl FnMut()) -> u64 {
    measure(call).count_total
}

/// Calls into buffers of matrices of known size, with loops whose number of iterations is known: no heap.
macro_rules! none {
    ($($case:ident($x:ident: $xty:ty $(, $c:ident: $cty:ty)*) $body:block)*) => {$(
        #[test]
        fn $case() {
            #[grad($x)]
            fn f($x: &$xty $(, $c: &$cty)*) -> f64 $body

            let at = <$xty>::from_fn(|i, j| 0.1 + 0.2 * i as f64 - 0.1 * j as f64);
            $(let $c = <$cty>::from_fn(|i, j| 0.3 - 0.1 * i as f64 + 0.05 * j as f64);)*
            let mut gradient = at;
            let mut value = 0.0;
            let count = allocations(|| {
                f_grad_into(&at $(, &$c)*, &mut gradient);
                value = f_value_and_grad_into(&at $(, &$c)*, &mut gradient);
                let _ = f_grad(&at $(, &$c)*);
            });
            assert_eq!(count, 0);
            assert!(value.is_finite() && gradient.norm() > 0.0);
        }
    )*};
}

none! {
    a_recurrence(x: SVector<f64, 8>) {
        let mut h = 0.1;
        for i in 0..8 {
            h = (h * x[i]).tanh() + x[i] * h;
        }
        h
    }
    a_recurrence_of_vectors(w: SMatrix<f64, 3, 3>, x: SMatrix<f64, 3, 10>) {
        let mut h = SVector::<f64, 3>::zeros();
        let mut loss = 0.0;
        for t in 0..10 {
            h = (w * h + x.column(t)).map(|z| z.tanh());
            loss += h.norm_squared();
        }
        loss
    }
    a_vector_that_changes(x: SVector<f64, 8>) {
        let mut u = *x;
        for i in 1..8 {
            if i % 2 == 0 {
                u[i] = u[i - 1] * u[i];
            }
        }
        u.norm_squared()
    }
    a_table(x: SMatrix<f64, 4, 4>) {
        let mut t = SMatrix::<f64, 4, 4>::zeros();
        for i in 1..4 {
            for j in 1..4 {
                t[(i, j)] = t[(i - 1, j)] * x[(i, j)] + t[(i, j - 1)] + x[(i, j)];
            }
        }
        t.sum()
    }
    gathered(x: SVector<f64, 5>) {
        let k = [0, 3, 3, 1];
        let mut s = 0.0;
        for i in 0..4 {
            s += x[k[i]] * x[i].exp();
        }
        s
    }
}

#[grad(x)]
fn logistic_map(x: &DVector<f64>) -> f64 {
    let mut h = 0.3;
    for i in 0..x.len() {
        h = 3.0 * h * (1.0 - h) + 0.01 * x[i];
    }
    h
}

#[grad(s)]
fn oscillator(s: &SVector<f64, 2>, steps: usize) -> f64 {
    let (mut q, mut v) = (s[0], s[1]);
    for _ in 0..steps {
        v -= 0.1 * q.sin();
        q += 0.1 * v;
    }
    q * q + v * v
}

#[grad(x)]
fn smoothed(x: &DVector<f64>) -> f64 {
    let mut u = x.clone();
    for i in 1..u.len() {
        u[i] = 0.5 * u[i] + 0.4 * u[i - 1] * u[i];
    }
    u.norm_squared()
}

#[grad(x)]
fn every_other(x: &DVector<f64>) -> f64 {
    let mut s = 0.0;
    for i in 1..x.len() {
        if i % 2 == 0 {
            s += (x[i] * x[i - 1]).sin();
        } else {
            s -= x[i - 1] * x[i];
        }
    }
    s
}

#[test]
fn what_a_loop_keeps_is_one_allocation() {
    for n in [10, 1000] {
        let x = DVector::from_fn(n, |i, _| (0.7 * i as f64).sin());
        let mut gradient = x.clone();
        assert!(allocations(|| logistic_map_grad_into(&x, &mut gradient)) <= 1);
        assert!(
            allocations(|| {
                let _ = logistic_map_value_and_grad_into(&x, &mut gradient);
            }) <= 1
        );
        let (s, mut by_s) = (SVector::from([0.5, 0.2]), SVector::zeros());
        assert!(allocations(|| oscillator_grad_into(&s, n, &mut by_s)) <= 1);
        // nothing is kept
        assert_eq!(allocations(|| every_other_grad_into(&x, &mut gradient)), 0);
        // a copy of `x`, what is kept of it, where the cotangent begins
        assert!(allocations(|| smoothed_grad_into(&x, &mut gradient)) <= 4);
    }
}

#[test]
fn what_a_loop_keeps_grows_with_its_iterations() {
    let bytes = |n: usize| {
        let x = DVector::from_fn(n, |i, _| (0.7 * i as f64).sin());
        let mut gradient = x.clone();
        measure(|| smoothed_grad_into(&x, &mut gradient)).bytes_total
    };
    assert!(bytes(1000) <= 11 * bytes(100), "{} of 1000, {} of 100", bytes(1000), bytes(100));
    let m = DMatrix::<f64>::zeros(1, 1);
    assert_eq!(allocations(|| drop(m.clone())), 1, "the counter counts");
}

/// Value and pullback of functions of fixed size: the closure owns what it reads, and neither it nor its calls take anything from the heap.
#[test]
fn pullbacks_of_fixed_size() {
    #[matgrad::vjp(a, x)]
    fn layer(a: &SMatrix<f64, 3, 4>, x: &SVector<f64, 4>, scale: &f64) -> SVector<f64, 3> {
        (a * x).map(|t| t.tanh() * *scale)
    }
    #[matgrad::vjp(a)]
    fn solution(a: &SMatrix<f64, 3, 3>, b: &SVector<f64, 3>) -> Option<SVector<f64, 3>> {
        a.lu().solve(b)
    }
    #[matgrad::vjp(x)]
    fn branch(x: &SVector<f64, 4>) -> SVector<f64, 4> {
        if x.norm() > 1.0 { x.normalize() } else { x * 2.0 }
    }
    #[matgrad::vjp(x)]
    fn recurrence(x: &SVector<f64, 3>) -> SVector<f64, 3> {
        let mut h = *x;
        for _ in 0..4 {
            h = (h + x).map(|t| t.sin());
        }
        h
    }
    let a = SMatrix::<f64, 3, 4>::from_fn(|i, j| 0.3 * i as f64 - 0.2 * j as f64);
    let b = SMatrix::<f64, 3, 3>::from_fn(|i, j| if i == j { 2.0 } else { 0.1 * i as f64 });
    let x = SVector::<f64, 4>::from_fn(|i, _| 0.5 + 0.1 * i as f64);
    let c = SVector::<f64, 3>::new(1.0, -2.0, 0.5);
    let mut total = 0.0;
    let count = allocations(|| {
        let (_, pullback) = layer_vjp(&a, &x, &2.0);
        total += pullback(&c).1.sum() + pullback(&(c * 2.0)).0.sum();
        let (_, pullback) = solution_vjp(&b, &c).unwrap();
        total += pullback(&c).sum();
        let (_, pullback) = branch_vjp(&x);
        total += pullback(&x).sum();
        let (_, pullback) = recurrence_vjp(&c);
        total += pullback(&c).sum();
    });
    assert_eq!(count, 0);
    assert!(total.is_finite());
}

/// The bytes that a Hessian's product takes grow as the parameter does, and not as the Hessian.
#[test]
fn products_do_not_form_the_hessian() {
    #[matgrad::hvp(w)]
    fn logistic(w: &DVector<f64>, x: &DMatrix<f64>, y: &DVector<f64>) -> f64 {
        y.component_mul(&(x * w)).map(|m| (1.0 + (-m).exp()).ln()).sum() + w.norm_squared().sqrt()
    }
    #[matgrad::hvp(u)]
    fn factors(u: &DMatrix<f64>, v: &DMatrix<f64>) -> f64 {
        (u * v.transpose()).map(|t| t.sin()).norm_squared()
    }
    #[matgrad::hvp(h0)]
    fn recurrent(h0: &DVector<f64>, w: &DVector<f64>) -> f64 {
        let mut h = h0.clone();
        for _ in 0..3 {
            h = h.component_mul(w).map(|t| t.tanh());
        }
        h.norm_squared()
    }
    #[matgrad::hvp(x)]
    fn determinant(x: &DMatrix<f64>) -> f64 {
        matgrad::ln_det(x) + x.singular_values().map(|s| s.powi(3)).sum()
    }
    let vector = |n: usize| DVector::from_fn(n, |i, _| 0.1 + (i as f64).sin());
    let matrix =
        |n: usize, m: usize| DMatrix::from_fn(n, m, |i, j| (i as f64 + 2.0 * j as f64).cos() + if i == j { 3.0 } else { 0.0 });
    let bytes = |call: &dyn Fn()| measure(call).bytes_max;
    let n = 400;
    let (w, x, y) = (vector(n), matrix(20, n), vector(20));
    let taken = bytes(&|| drop(logistic_hvp(&w, &x, &y, &w)));
    assert!(taken < 8 * 20 * n as u64, "{taken} bytes");
    let (u, v) = (matrix(20, 20), matrix(15, 20));
    let taken = bytes(&|| drop(factors_hvp(&u, &v, &u)));
    assert!(taken < 8 * 12 * 400, "{taken} bytes for {} entries", u.len());
    let taken = bytes(&|| drop(recurrent_hvp(&w, &w, &w)));
    assert!(taken < 8 * 40 * n as u64, "{taken} bytes");
    let a = matrix(20, 20);
    let taken = bytes(&|| drop(determinant_hvp(&a, &a)));
    assert!(taken < 8 * 40 * 400, "{taken} bytes for {} entries", a.len());
}
