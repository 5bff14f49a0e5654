//! Values that change where they are: updates of vectors and matrices in loops, in branches, one in the other. Every companion, into buffers
//! full of NaN, against differences of the function itself.
#![allow(missing_docs)]
#![allow(clippy::all, clippy::pedantic, reason = "as users write them")]

use matgrad_tests::{check, difference, matrix, vector};
use nalgebra::{DMatrix, DVector, SMatrix, SVector};

/// A body, and the parameter that it is differentiated by, and others.
macro_rules! changes {
    ($($case:ident($x:ident: $xty:ty = $at:expr $(, $c:ident: $cty:ty = $value:expr)*) $body:block)*) => {$(
        #[test]
        fn $case() {
            #[::matgrad::grad($x)]
            #[::matgrad::jvp($x)]
            #[::matgrad::vjp($x)]
            #[::matgrad::hvp($x)]
            fn f($x: &$xty $(, $c: &$cty)*) -> f64 $body

            let at: $xty = $at;
            $(let $c: $cty = $value;)*
            let direction: $xty = at.map(|t: f64| (3.0 * t + 1.0).cos());
            let function = |x: &$xty| f(x $(, &$c)*);
            let gradient = |x: &$xty| f_grad(x $(, &$c)*);
            check(&at, function, gradient(&at), f_value_and_grad(&at $(, &$c)*));
            let mut buffers = [at.map(|_| f64::NAN), at.map(|_| f64::NAN)];
            f_grad_into(&at $(, &$c)*, &mut buffers[0]);
            let value = f_value_and_grad_into(&at $(, &$c)*, &mut buffers[1]);
            check(&at, function, buffers[0].clone(), (value, buffers[1].clone()));
            let (_, pullback) = f_vjp(&at $(, &$c)*);
            for cotangent in [1.0, -2.0, 1.0] {
                let pulled = pullback(cotangent);
                assert!((pulled - gradient(&at) * cotangent).norm() <= 1e-12 * (1.0 + gradient(&at).norm()));
            }
            let slope = gradient(&at).dot(&direction);
            let (_, tangent) = f_jvp(&at $(, &$c)*, &direction);
            assert!((tangent - slope).abs() <= 1e-11 * (1.0 + slope.abs()), "{tangent} {slope}");
            let product = f_hvp(&at $(, &$c)*, &direction);
            let expected = difference(&at, |x| gradient(x).dot(&direction));
            assert!((&product - &expected).norm() <= 1e-6 * (1.0 + expected.norm()), "{product}{expected}");
        }
    )*};
}

changes! {
    each_reads_the_one_before(x: DVector<f64> = vector(6)) {
        let mut u = x.clone();
        for i in 1..u.len() {
            u[i] = u[i] * 0.9 + 0.3 * u[i - 1] * u[i];
        }
        u.norm_squared()
    }
    each_reads_the_one_before_fixed(x: SVector<f64, 6> = vector(6)) {
        let mut u = *x;
        for i in 1..6 {
            u[i] = u[i] * 0.9 + 0.3 * u[i - 1] * u[i];
        }
        u.norm_squared()
    }
    where_a_condition_holds(x: DVector<f64> = vector(7)) {
        let mut u = x.clone();
        for i in 0..u.len() {
            if i % 3 == 1 {
                u[i] = u[i - 1] * u[i].sin();
            } else if i > 3 {
                u[i] += u[i - 2] * x[0];
            }
        }
        u.norm_squared() + u[2]
    }
    where_values_compare(x: DVector<f64> = vector(7)) {
        let mut u = x.clone();
        let mut s = 0.0;
        for i in 1..u.len() {
            if u[i] < u[i - 1] {
                u[i] = u[i - 1] * 0.5 + x[i].exp();
                s += u[i];
            }
            s += u[i] * x[i];
        }
        s * u.sum()
    }
    sweeps(x: DVector<f64> = vector(5), a: DMatrix<f64> = matrix(5, 5)) {
        let mut u = x * 0.1;
        for _ in 0..3 {
            for i in 0..x.len() {
                let mut r = x[i];
                for j in 0..x.len() {
                    if i != j {
                        r -= 0.1 * a[(i, j)] * u[j];
                    }
                }
                u[i] = r / (2.0 + x[i] * x[i]);
            }
        }
        u.dot(x)
    }
    an_old_value_is_kept(x: DVector<f64> = vector(5)) {
        let mut u = x.clone();
        let mut old = x.clone();
        let mut s = 0.0;
        for i in 0..u.len() {
            old = u.clone();
            u[i] = old[(i + 1) % 5] * old[i] + 0.2;
            s += old.dot(&u);
        }
        s + old.sum()
    }
    changed_twice(x: DVector<f64> = vector(6)) {
        let mut u = x.clone();
        for i in 0..5 {
            let before = u[i];
            u[i] = u[i + 1] * u[i + 1];
            u[i + 1] = before * u[i] + 0.1;
        }
        u.norm_squared()
    }
    swapped(x: DVector<f64> = vector(6)) {
        let mut u = x.map(|t| t * t);
        for i in 0..5 {
            if u[i] > u[i + 1] {
                let t = u[i];
                u[i] = u[i + 1];
                u[i + 1] = t;
            }
        }
        let mut s = 0.0;
        for i in 0..6 {
            s += u[i] * (i as f64) * u[i];
        }
        s
    }
    a_table(x: DMatrix<f64> = matrix(4, 5)) {
        let mut t = DMatrix::<f64>::zeros(4, 5);
        for i in 0..4 {
            for j in 0..5 {
                let mut best = x[(i, j)].exp();
                if i > 0 {
                    best += t[(i - 1, j)] * 0.5;
                }
                if j > 0 {
                    best += t[(i, j - 1)] * x[(i, j)];
                }
                t[(i, j)] = best;
            }
        }
        t[(3, 4)] + t.norm_squared() * 0.01
    }
    columns_that_follow(x: DMatrix<f64> = matrix(3, 5), a: DMatrix<f64> = matrix(3, 3)) {
        let mut h = x.clone();
        for k in 1..h.ncols() {
            let next = (a * h.column(k - 1)).map(|t| t.tanh()) + h.column(k) * 0.5;
            h.set_column(k, &next);
        }
        h.norm_squared()
    }
    rows_that_follow(x: SMatrix<f64, 4, 3> = matrix(4, 3)) {
        let mut h = *x;
        for k in 1..4 {
            let next = h.row(k).component_mul(&h.row(k - 1)) + h.row(k);
            h.set_row(k, &next);
        }
        h.norm_squared()
    }
    added_up_where_it_belongs(x: DVector<f64> = vector(6)) {
        let k = [0, 2, 2, 5, 1, 2];
        let mut bins = DVector::<f64>::zeros(6);
        let mut s = 0.0;
        for i in 0..6 {
            bins[k[i]] += x[i] * x[i];
            s += bins[2] * x[i];
        }
        s + bins.norm_squared()
    }
    a_sum_of_gathered_pieces(x: DMatrix<f64> = matrix(4, 3)) {
        let k = [3, 0, 3, 1];
        let mut s = 0.0;
        for i in 0..4 {
            if i != 2 {
                s += x.row(k[i]).norm_squared() * x[(k[i], 0)].sin();
            }
            for j in 0..3 {
                if (i + j) % 2 == 0 {
                    s += x[(i, j)].exp() * x[(k[i], j)];
                }
            }
        }
        s
    }
    inner_sums_of_entries(x: DVector<f64> = vector(5)) {
        let mut s = 0.0;
        for i in 0..x.len() {
            let mut inner = 1.0;
            for j in 0..i {
                inner = inner * x[j] + x[i] * x[j];
            }
            s += inner * inner;
        }
        s
    }
    whole_vectors(x: DVector<f64> = vector(5)) {
        let mut v = x.clone();
        let mut w = x * 2.0;
        for i in 0..4 {
            v += &w * 0.3;
            w = w.map(|t| t.sin()) - &v;
            v[i] = w[i + 1];
            w *= v[0];
        }
        v.dot(&w)
    }
    the_other_way_round(x: DVector<f64> = vector(4)) {
        let mut v = x.clone();
        let mut w = x.map(|t| t.cos());
        for i in 0..3 {
            let t = v;
            v = w;
            w = t;
            v[i] = v[i] * w[i];
        }
        v.dot(&w)
    }
    after_the_loop(x: DVector<f64> = vector(5)) {
        let mut v = x.map(|t| t * 0.5);
        for i in 1..5 {
            v[i] += v[i - 1] * x[i];
        }
        let early = v.norm_squared();
        v[2] = early;
        for i in 1..4 {
            v[i] = v[i + 1] * v[i];
        }
        v.sum() * early
    }
    elimination(x: DMatrix<f64> = matrix::<DMatrix<f64>>(3, 3) + DMatrix::identity(3, 3) * 3.0) {
        let mut a = x.clone();
        let mut d = 1.0;
        for k in 0..3 {
            d *= a[(k, k)];
            for i in (k + 1)..3 {
                let f = a[(i, k)] / a[(k, k)];
                for j in k..3 {
                    a[(i, j)] = a[(i, j)] - f * a[(k, j)];
                }
            }
        }
        d
    }
    cholesky_by_hand(x: DMatrix<f64> = matrix::<DMatrix<f64>>(3, 3) * 0.3 + DMatrix::identity(3, 3) * 2.0) {
        let mut l = DMatrix::<f64>::zeros(3, 3);
        for j in 0..3 {
            let mut s = x[(j, j)];
            for k in 0..j {
                s -= l[(j, k)] * l[(j, k)];
            }
            l[(j, j)] = s.sqrt();
            for i in (j + 1)..3 {
                let mut s = x[(i, j)];
                for k in 0..j {
                    s -= l[(i, k)] * l[(j, k)];
                }
                l[(i, j)] = s / l[(j, j)];
            }
        }
        l.sum() + l[(2, 2)].ln()
    }
}
