//! Forty functions of textbooks, each as a loop, the way one writes it down, and with matrices.
#![allow(clippy::all, clippy::pedantic, reason = "as users write them")]

use std::hint::black_box;
use std::time::Instant;

use nalgebra::{DMatrix, DVector};

use crate::{Point, matrix, positive, restart, vector};

/// A function, twice.
pub struct Twice {
    /// What it is.
    pub name: &'static str,
    /// What it is differentiated by.
    pub attribute: &'static str,
    /// Its parameters.
    pub parameters: &'static str,
    /// Its body, as a loop and with matrices.
    pub bodies: [&'static str; 2],
    /// Why the loop does not print as the matrices do; nothing if it does.
    pub apart: &'static str,
    /// Values and gradients, for matrices of so many rows and columns.
    pub values: fn(usize, usize) -> [Vec<f64>; 2],
    /// How many seconds these take.
    pub seconds: fn(usize, usize) -> [f64; 2],
}

/// The least seconds of two calls, by turns.
fn seconds(calls: [&mut dyn FnMut(); 2]) -> [f64; 2] {
    let run = |call: &mut dyn FnMut(), count: u32| {
        let start = Instant::now();
        for _ in 0..count {
            call();
        }
        start.elapsed().as_secs_f64() / f64::from(count)
    };
    let mut count = 1;
    while run(calls[1], count) * f64::from(count) < 0.002 {
        count *= 2;
    }
    let mut least = [f64::INFINITY; 2];
    for _ in 0..25 {
        for i in 0..2 {
            least[i] = least[i].min(run(calls[i], count));
        }
    }
    least
}

/// A value and the entries of gradients.
fn flat<G: Point<Scalar = f64>>((value, gradients): (f64, G)) -> Vec<f64> {
    std::iter::once(value).chain((0..gradients.dimension()).map(|i| gradients.at(i))).collect()
}

macro_rules! written_twice {
    ($($apart:literal $name:ident [$n:ident, $p:ident] ($($x:ident: $xty:ty = $at:expr),+ $(; $($c:ident: $cty:ty = $value:expr),+)?) $by_loop:block $by_matrices:block)*) => {
        $(mod $name {
            use super::*;

            #[matgrad::grad($($x),+)]
            pub fn by_loop($($x: &$xty,)+ $($($c: &$cty),+)?) -> f64 $by_loop
            #[matgrad::grad($($x),+)]
            pub fn by_matrices($($x: &$xty,)+ $($($c: &$cty),+)?) -> f64 $by_matrices

            pub fn values($n: usize, $p: usize) -> [Vec<f64>; 2] {
                let _ = ($n, $p);
                restart();
                $(let $x: $xty = $at;)+
                $($(let $c: $cty = $value;)+)?
                [
                    flat(by_loop_value_and_grad($(&$x,)+ $($(&$c),+)?)),
                    flat(by_matrices_value_and_grad($(&$x,)+ $($(&$c),+)?)),
                ]
            }
            pub fn timed($n: usize, $p: usize) -> [f64; 2] {
                let _ = ($n, $p);
                restart();
                $(let $x: $xty = $at;)+
                $($(let $c: $cty = $value;)+)?
                seconds([
                    &mut || {
                        black_box(by_loop_value_and_grad($(black_box(&$x),)+ $($(&$c),+)?));
                    },
                    &mut || {
                        black_box(by_matrices_value_and_grad($(black_box(&$x),)+ $($(&$c),+)?));
                    },
                ])
            }
        })*

        /// All of them.
        pub const ALL: &[Twice] = &[$(Twice {
            name: stringify!($name),
            attribute: stringify!($($x),+),
            parameters: stringify!($($x: &$xty,)+ $($($c: &$cty),+)?),
            bodies: [stringify!($by_loop), stringify!($by_matrices)],
            apart: $apart,
            values: $name::values,
            seconds: $name::timed,
        }),*];
    };
}

written_twice! {
    "" least_squares [n, p] (w: DVector<f64> = vector(p); x: DMatrix<f64> = matrix(n, p), y: DVector<f64> = vector(n)) {
        assert_eq!(x.nrows(), y.len());
        assert_eq!(x.ncols(), w.len());
        let mut s = 0.0;
        for i in 0..y.len() {
            let mut r = -y[i];
            for j in 0..w.len() {
                r += x[(i, j)] * w[j];
            }
            s += r * r;
        }
        s
    } {
        (x * w - y).norm_squared()
    }
    "" ridge [n, p] (w: DVector<f64> = vector(p); x: DMatrix<f64> = matrix(n, p), y: DVector<f64> = vector(n)) {
        assert_eq!(x.nrows(), y.len());
        let mut s = 0.0;
        for i in 0..y.len() {
            s += (x.row(i).transpose().dot(w) - y[i]).powi(2);
        }
        s /= y.len() as f64;
        for v in w.iter() {
            s += 0.1 * v * v;
        }
        s
    } {
        (x * w - y).norm_squared() / y.len() as f64 + 0.1 * w.norm_squared()
    }
    "" weighted_least_squares [n, p] (w: DVector<f64> = vector(p); x: DMatrix<f64> = matrix(n, p), y: DVector<f64> = vector(n), c: DVector<f64> = positive(n, 1)) {
        assert_eq!(x.nrows(), y.len()); assert_eq!(x.nrows(), c.len());
        let mut s = 0.0;
        for i in 0..y.len() {
            let r = x.row(i).transpose().dot(w) - y[i];
            s += c[i] * r * r;
        }
        s
    } {
        c.dot(&(x * w - y).component_mul(&(x * w - y)))
    }
    "" logistic [n, p] (w: DVector<f64> = vector(p); x: DMatrix<f64> = matrix(n, p), y: DVector<f64> = vector(n)) {
        assert_eq!(x.nrows(), y.len());
        let mut s = 0.0;
        for i in 0..y.len() {
            s += (1.0 + (-y[i] * x.row(i).transpose().dot(w)).exp()).ln();
        }
        s
    } {
        (-y.component_mul(&(x * w))).map(matgrad::softplus).sum()
    }
    "" poisson [n, p] (w: DVector<f64> = vector(p); x: DMatrix<f64> = matrix(n, p), y: DVector<f64> = positive(n, 1)) {
        assert_eq!(x.nrows(), y.len());
        let mut s = 0.0;
        for i in 0..y.len() {
            let eta = x.row(i).transpose().dot(w);
            s += eta.exp() - y[i] * eta;
        }
        s
    } {
        let eta = x * w;
        eta.map(|t| t.exp()).sum() - y.dot(&eta)
    }
    "" elastic_net [n, p] (w: DVector<f64> = vector(p); x: DMatrix<f64> = matrix(n, p), y: DVector<f64> = vector(n)) {
        assert_eq!(x.nrows(), y.len());
        let mut s = 0.0;
        for i in 0..y.len() {
            let r = x.row(i).transpose().dot(w) - y[i];
            s += 0.5 * r * r;
        }
        for j in 0..w.len() {
            s += 0.3 * w[j].abs() + 0.2 * w[j] * w[j];
        }
        s
    } {
        0.5 * (x * w - y).norm_squared() + 0.3 * w.map(|t| t.abs()).sum() + 0.2 * w.norm_squared()
    }
    "terms of the gradient in another order" huber [n, p] (w: DVector<f64> = vector(p); x: DMatrix<f64> = matrix(n, p), y: DVector<f64> = vector(n)) {
        assert_eq!(x.nrows(), y.len());
        let mut s = 0.0;
        for i in 0..y.len() {
            let r = x.row(i).transpose().dot(w) - y[i];
            if r.abs() <= 0.5 {
                s += 0.5 * r * r;
            } else {
                s += 0.5 * (r.abs() - 0.25);
            }
        }
        s
    } {
        (x * w - y).map(|r| if r.abs() <= 0.5 { 0.5 * r * r } else { 0.5 * (r.abs() - 0.25) }).sum()
    }
    "names of what occurs twice" squared_hinge [n, p] (w: DVector<f64> = vector(p); x: DMatrix<f64> = matrix(n, p), y: DVector<f64> = vector(n)) {
        assert_eq!(x.nrows(), y.len());
        let mut s = 0.0;
        for i in 0..y.len() {
            let m = 1.0 - y[i] * x.row(i).transpose().dot(w);
            if m > 0.0 {
                s += m * m;
            }
        }
        s
    } {
        (-y.component_mul(&(x * w))).add_scalar(1.0).map(|t| if t > 0.0 { t * t } else { 0.0 }).sum()
    }
    "" quadratic_form [n, p] (x: DVector<f64> = vector(n); a: DMatrix<f64> = matrix(n, n)) {
        assert_eq!(a.nrows(), x.len()); assert_eq!(a.ncols(), x.len());
        let mut s = 0.0;
        for i in 0..x.len() {
            for j in 0..x.len() {
                s += x[i] * a[(i, j)] * x[j];
            }
        }
        s
    } {
        x.dot(&(a * x))
    }
    "" bilinear_form [n, p] (x: DVector<f64> = vector(n), y: DVector<f64> = vector(p); a: DMatrix<f64> = matrix(n, p)) {
        assert_eq!(a.nrows(), x.len()); assert_eq!(a.ncols(), y.len());
        let mut s = 0.0;
        for i in 0..x.len() {
            for j in 0..y.len() {
                s += x[i] * a[(i, j)] * y[j];
            }
        }
        s
    } {
        x.dot(&(a * y))
    }
    "" product_of_matrices [n, p] (a: DMatrix<f64> = matrix(n, p); b: DMatrix<f64> = matrix(p, n)) {
        assert_eq!(a.ncols(), b.nrows());
        let mut c = DMatrix::<f64>::zeros(a.nrows(), b.ncols());
        for i in 0..a.nrows() {
            for j in 0..b.ncols() {
                for k in 0..b.nrows() {
                    c[(i, j)] += a[(i, k)] * b[(k, j)];
                }
            }
        }
        c.norm_squared()
    } {
        (a * b).norm_squared()
    }
    "" matrix_times_vector [n, p] (x: DVector<f64> = vector(p); a: DMatrix<f64> = matrix(n, p)) {
        assert_eq!(a.ncols(), x.len());
        let mut y = DVector::<f64>::zeros(a.nrows());
        for i in 0..a.nrows() {
            for j in 0..x.len() {
                y[i] += a[(i, j)] * x[j];
            }
        }
        y.map(|t| t.sin()).sum()
    } {
        (a * x).map(|t| t.sin()).sum()
    }
    "the gradient is a matrix with its columns added up" outer_product [n, p] (x: DVector<f64> = vector(n), y: DVector<f64> = vector(p); g: DMatrix<f64> = matrix(n, p)) {
        assert_eq!(g.nrows(), x.len()); assert_eq!(g.ncols(), y.len());
        let mut s = 0.0;
        for i in 0..x.len() {
            for j in 0..y.len() {
                s += (x[i] * y[j] - g[(i, j)]).powi(2);
            }
        }
        s
    } {
        (x * y.transpose() - g).norm_squared()
    }
    "the factors of a trace go round" trace_of_product [n, p] (a: DMatrix<f64> = matrix(n, p); b: DMatrix<f64> = matrix(p, n)) {
        assert_eq!(a.nrows(), b.ncols()); assert_eq!(a.ncols(), b.nrows());
        let mut s = 0.0;
        for i in 0..a.nrows() {
            for j in 0..b.nrows() {
                s += a[(i, j)] * b[(j, i)];
            }
        }
        s
    } {
        (a * b).trace()
    }
    "" frobenius_norm [n, p] (a: DMatrix<f64> = matrix(n, p)) {
        let mut s = 0.0;
        for i in 0..a.nrows() {
            for j in 0..a.ncols() {
                s += a[(i, j)] * a[(i, j)];
            }
        }
        s.sqrt()
    } {
        a.norm()
    }
    "" gram_matrix [n, p] (x: DMatrix<f64> = matrix(n, p)) {
        let mut c = DMatrix::zeros(x.ncols(), x.ncols());
        for i in 0..x.nrows() {
            c += x.row(i).transpose() * x.row(i);
        }
        c.norm_squared()
    } {
        (x.transpose() * x).norm_squared()
    }
    "" softmax [n, p] (x: DVector<f64> = vector(n); t: DVector<f64> = vector(n)) {
        assert_eq!(x.len(), t.len());
        let mut e = DVector::zeros(x.len());
        for i in 0..x.len() {
            e[i] = x[i].exp();
        }
        let total = e.sum();
        for i in 0..x.len() {
            e[i] /= total;
        }
        e.dot(t)
    } {
        matgrad::softmax(x).dot(t)
    }
    "" log_sum_exp [n, p] (x: DVector<f64> = vector(n)) {
        let mut s = 0.0;
        for v in x.iter() {
            s += v.exp();
        }
        s.ln()
    } {
        matgrad::log_sum_exp(x)
    }
    "" cross_entropy [n, p] (x: DVector<f64> = vector(n); t: DVector<f64> = positive(n, 1)) {
        assert_eq!(x.len(), t.len());
        let mut total = 0.0;
        for v in x.iter() {
            total += v.exp();
        }
        let mut s = 0.0;
        for i in 0..x.len() {
            s -= t[i] * (x[i] - total.ln());
        }
        s
    } {
        -t.dot(&matgrad::log_softmax(x))
    }
    "" entropy [n, p] (p_: DVector<f64> = positive(n, 1)) {
        let mut s = 0.0;
        for q in p_.iter() {
            s -= q * q.ln();
        }
        s
    } {
        -p_.map(|q| q * q.ln()).sum()
    }
    "" divergence [n, p] (a: DVector<f64> = positive(n, 1), b: DVector<f64> = positive(n, 1)) {
        assert_eq!(a.len(), b.len());
        let mut s = 0.0;
        for i in 0..a.len() {
            s += a[i] * (a[i] / b[i]).ln();
        }
        s
    } {
        a.zip_map(b, |u, v| u * (u / v).ln()).sum()
    }
    "factors of the gradient in another order" binary_cross_entropy [n, p] (z: DVector<f64> = vector(n); y: DVector<f64> = vector(n)) {
        assert_eq!(z.len(), y.len());
        let mut s = 0.0;
        for i in 0..z.len() {
            let q = 1.0 / (1.0 + (-z[i]).exp());
            s -= y[i] * q.ln() + (1.0 - y[i]) * (1.0 - q).ln();
        }
        s
    } {
        y.dot(&z.map(|t| matgrad::softplus(-t))) + y.map(|t| 1.0 - t).dot(&z.map(matgrad::softplus))
    }
    "" mean [n, p] (x: DVector<f64> = vector(n)) {
        let mut s = 0.0;
        for v in x.iter() {
            s += v;
        }
        (s / x.len() as f64).exp()
    } {
        x.mean().exp()
    }
    "" variance [n, p] (x: DVector<f64> = vector(n)) {
        let mut mean = 0.0;
        for i in 0..x.len() {
            mean += x[i];
        }
        mean /= x.len() as f64;
        let mut s = 0.0;
        for i in 0..x.len() {
            s += (x[i] - mean).powi(2);
        }
        s / x.len() as f64
    } {
        x.add_scalar(-x.mean()).norm_squared() / x.len() as f64
    }
    "" covariance [n, p] (x: DMatrix<f64> = matrix(n, p)) {
        let n = x.nrows();
        let mut mean = DVector::<f64>::zeros(x.ncols());
        for i in 0..n {
            mean += x.row(i).transpose();
        }
        mean /= n as f64;
        let mut c = DMatrix::<f64>::zeros(x.ncols(), x.ncols());
        for i in 0..n {
            let d = x.row(i).transpose() - &mean;
            c += &d * d.transpose();
        }
        (c / n as f64).norm_squared()
    } {
        let n = x.nrows();
        let mean = x.transpose() * DVector::from_element(n, 1.0) / n as f64;
        let r = x - DVector::from_element(n, 1.0) * mean.transpose();
        (r.transpose() * &r / n as f64).norm_squared()
    }
    "" gaussian_likelihood [n, p] (m: DVector<f64> = vector(p), a: DMatrix<f64> = matrix(p, p); x: DMatrix<f64> = matrix(n, p)) {
        assert_eq!(a.nrows(), m.len()); assert_eq!(a.ncols(), m.len()); assert_eq!(x.ncols(), m.len());
        let mut s = 0.0;
        for i in 0..x.nrows() {
            let d = x.row(i).transpose() - m;
            s += d.dot(&(a * &d));
        }
        0.5 * s
    } {
        let r = x - DVector::from_element(x.nrows(), 1.0) * m.transpose();
        0.5 * r.component_mul(&(&r * a.transpose())).sum()
    }
    "" distances_to_a_point [n, p] (c: DVector<f64> = vector(p); x: DMatrix<f64> = matrix(n, p)) {
        assert_eq!(x.ncols(), c.len());
        let mut s = 0.0;
        for i in 0..x.nrows() {
            s += (x.row(i).transpose() - c).norm_squared();
        }
        s
    } {
        (x - DVector::from_element(x.nrows(), 1.0) * c.transpose()).norm_squared()
    }
    "a loop over rows, each against all" pairwise_squared_distances [n, p] (x: DMatrix<f64> = matrix(n, p)) {
        let mut s = 0.0;
        for i in 0..x.nrows() {
            for j in 0..x.nrows() {
                s += (-(x.row(i) - x.row(j)).norm_squared()).exp();
            }
        }
        s
    } {
        let g = x * x.transpose();
        let ones = DVector::from_element(x.nrows(), 1.0);
        let d = g.diagonal() * ones.transpose() + &ones * g.diagonal().transpose() - g * 2.0;
        d.map(|t| (-t).exp()).sum()
    }
    "names of what occurs twice" kernel_of_numbers [n, p] (x: DVector<f64> = vector(n), a: DVector<f64> = vector(n)) {
        assert_eq!(x.len(), a.len());
        let mut s = 0.0;
        for i in 0..x.len() {
            for j in 0..x.len() {
                s += a[i] * a[j] * (-(x[i] - x[j]).powi(2)).exp();
            }
        }
        s
    } {
        let ones = DVector::from_element(x.len(), 1.0);
        a.dot(&((x * ones.transpose() - &ones * x.transpose()).map(|t| (-t.powi(2)).exp()) * a))
    }
    "the rows are those up to the number of labels" row_wise_cross_entropy [n, p] (w: DMatrix<f64> = matrix(p, 4); x: DMatrix<f64> = matrix(n, p), labels: Vec<usize> = (0..n).map(|i| i % 4).collect()) {
        assert_eq!(x.nrows(), labels.len());
        let z = x * w;
        let mut s = 0.0;
        for i in 0..labels.len() {
            let mut total = 0.0;
            for j in 0..z.ncols() {
                total += z[(i, j)].exp();
            }
            s += total.ln() - z[(i, labels[i])];
        }
        s
    } {
        let z = x * w;
        let mut s = matgrad::log_sum_exp_rows(&z).sum();
        for i in 0..labels.len() {
            s -= z[(i, labels[i])];
        }
        s
    }
    "" cosine [n, p] (x: DVector<f64> = vector(n); y: DVector<f64> = vector(n)) {
        assert_eq!(x.len(), y.len());
        let (mut a, mut b, mut c) = (0.0, 0.0, 0.0);
        for i in 0..x.len() {
            a += x[i] * y[i];
            b += x[i] * x[i];
            c += y[i] * y[i];
        }
        a / (b.sqrt() * c.sqrt())
    } {
        x.dot(y) / (x.norm() * y.norm())
    }
    "names of what occurs twice" layer [n, p] (w: DMatrix<f64> = matrix(n, p), b: DVector<f64> = vector(n), v: DVector<f64> = vector(n); x: DVector<f64> = vector(p)) {
        assert_eq!(w.nrows(), b.len()); assert_eq!(w.ncols(), x.len()); assert_eq!(v.len(), b.len());
        let mut s = 0.0;
        for i in 0..b.len() {
            let mut z = b[i];
            for j in 0..x.len() {
                z += w[(i, j)] * x[j];
            }
            s += v[i] * z.tanh();
        }
        s
    } {
        v.dot(&(b + w * x).map(|t| t.tanh()))
    }
    "" network_over_samples [n, p] (w: DMatrix<f64> = matrix(5, p), v: DVector<f64> = vector(5); x: DMatrix<f64> = matrix(n, p), y: DVector<f64> = vector(n)) {
        assert_eq!(x.nrows(), y.len()); assert_eq!(w.ncols(), x.ncols()); assert_eq!(w.nrows(), v.len());
        let mut s = 0.0;
        for i in 0..y.len() {
            let h = (w * x.row(i).transpose()).map(|z| z.tanh());
            s += (v.dot(&h) - y[i]).powi(2);
        }
        s
    } {
        ((x * w.transpose()).map(|z| z.tanh()) * v - y).norm_squared()
    }
    "" attention [n, p] (q: DVector<f64> = vector(p); k: DMatrix<f64> = matrix(n, p), u: DVector<f64> = vector(n)) {
        assert_eq!(k.ncols(), q.len()); assert_eq!(k.nrows(), u.len());
        let mut total = 0.0;
        let mut s = 0.0;
        for i in 0..u.len() {
            let e = k.row(i).transpose().dot(q).exp();
            total += e;
            s += e * u[i];
        }
        s / total
    } {
        (k * q).map(|t| t.exp()).dot(u) / (k * q).map(|t| t.exp()).sum()
    }
    "a norm has a slope at 0 that the root of a sum of squares has not" group_lasso [n, p] (x: DMatrix<f64> = matrix(n, p)) {
        let mut s = 0.0;
        for i in 0..x.nrows() {
            s += x.row(i).norm();
        }
        s
    } {
        (x.component_mul(x) * DVector::from_element(x.ncols(), 1.0)).map(|t| t.sqrt()).sum()
    }
    "" diagonal_form [n, p] (x: DVector<f64> = vector(n), d: DVector<f64> = vector(n)) {
        assert_eq!(x.len(), d.len());
        let mut s = 0.0;
        for i in 0..x.len() {
            s += x[i] * d[i] * x[i];
        }
        s
    } {
        x.dot(&x.component_mul(d))
    }
    "" fourth_powers [n, p] (x: DVector<f64> = vector(n)) {
        let mut s = 0.0;
        for v in x.iter() {
            s += v.powi(4);
        }
        s.powf(0.25)
    } {
        x.map(|v| v.powi(4)).sum().powf(0.25)
    }
    "a size goes by the name that it has there" smoothness [n, p] (x: DVector<f64> = vector(n)) {
        let mut s = 0.0;
        for i in 1..x.len() {
            s += (x[i] - x[i - 1]).powi(2);
        }
        s
    } {
        (x.rows(1, x.len() - 1) - x.rows(0, x.len() - 1)).norm_squared()
    }
    "a size goes by the name that it has there" autocorrelation [n, p] (x: DVector<f64> = vector(n)) {
        let mut s = 0.0;
        for i in 0..x.len() - 1 {
            s += x[i] * x[i + 1];
        }
        s
    } {
        x.rows(0, x.len() - 1).dot(&x.rows(1, x.len() - 1))
    }
    "`*=` is a recurrence" product_of_entries [n, p] (x: DVector<f64> = positive(n, 1)) {
        let mut s = 1.0;
        for v in x.iter() {
            s *= v;
        }
        s
    } {
        x.product()
    }
    "a size goes by the name that it has there" total_variation [n, p] (x: DVector<f64> = vector(n)) {
        let mut s = 0.0;
        for i in 1..x.len() {
            s += (x[i] - x[i - 1]).abs();
        }
        s
    } {
        (x.rows(1, x.len() - 1) - x.rows(0, x.len() - 1)).map(|t| t.abs()).sum()
    }
    "" chained_maps [n, p] (x: DVector<f64> = vector(n), y: DVector<f64> = vector(n)) {
        assert_eq!(x.len(), y.len());
        x.iter().zip(y.iter()).map(|(a, b)| (a - b).powi(2) * a.cos()).sum::<f64>()
    } {
        (x - y).map(|t| t.powi(2)).dot(&x.map(|t| t.cos()))
    }
}
