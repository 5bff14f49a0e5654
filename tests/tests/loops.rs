//! Functions as people write them: loops, assignments and iterators, against differences of the functions themselves.
#![allow(clippy::clone_on_copy, clippy::type_complexity, reason = "as users write them")]
#![allow(missing_docs)]
#![allow(clippy::pedantic, reason = "as users write them")]
#![allow(
    clippy::needless_range_loop,
    clippy::assign_op_pattern,
    clippy::manual_memcpy,
    clippy::unnecessary_cast,
    clippy::explicit_counter_loop
)]

use matgrad_tests::{cases, matrix, vector};
use nalgebra::{DMatrix, DVector, SMatrix, SVector};

cases! {
    least_squares {
        let mut s = 0.0;
        for i in 0..x.nrows() {
            let r = x.row(i).transpose().dot(w) - y[i];
            s += r * r;
        }
        s / x.nrows() as f64
    }
        dynamic(w: DVector<f64> = vector(3); x: DMatrix<f64> = matrix(7, 3), y: DVector<f64> = vector(7)) -> f64
        longer(w: DVector<f64> = vector(3); x: DMatrix<f64> = matrix(7, 3), y: DVector<f64> = vector(11)) -> f64
        fixed(w: SVector<f64, 3> = vector(3); x: SMatrix<f64, 7, 3> = matrix(7, 3), y: SVector<f64, 7> = vector(7)) -> f64
        all(w: DVector<f64> = vector(3), x: DMatrix<f64> = matrix(7, 3), y: DVector<f64> = vector(7)) -> f64;
    logistic {
        let mut loss = 0.0;
        for i in 0..y.len() {
            let margin = y[i] * (x.row(i) * w)[0];
            loss += (1.0 + (-margin).exp()).ln();
        }
        loss
    }
        dynamic(w: DVector<f64> = vector(3); x: DMatrix<f64> = matrix(7, 3), y: DVector<f64> = vector(5)) -> f64
        fixed(w: SVector<f64, 3> = vector(3); x: SMatrix<f64, 7, 3> = matrix(7, 3), y: SVector<f64, 7> = vector(7)) -> f64;
    bilinear {
        let mut s = 0.0;
        for i in 0..a.nrows() {
            for j in 0..a.ncols() {
                s += x[i] * a[(i, j)] * y[j];
            }
        }
        s
    }
        dynamic(x: DVector<f64> = vector(5), a: DMatrix<f64> = matrix(5, 3), y: DVector<f64> = vector(3)) -> f64
        fixed(x: SVector<f64, 5> = vector(5), a: SMatrix<f64, 5, 3> = matrix(5, 3), y: SVector<f64, 3> = vector(3)) -> f64
        longer(x: DVector<f64> = vector(7), a: DMatrix<f64> = matrix(5, 3), y: DVector<f64> = vector(4)) -> f64;
    matrix_product {
        let mut c = DMatrix::<f64>::zeros(a.nrows(), b.ncols());
        for i in 0..a.nrows() {
            for j in 0..b.ncols() {
                for k in 0..a.ncols() {
                    c[(i, j)] += a[(i, k)] * b[(k, j)];
                }
            }
        }
        c.norm_squared()
    }
        dynamic(a: DMatrix<f64> = matrix(5, 3), b: DMatrix<f64> = matrix(3, 2)) -> f64;
    covariance {
        let n = x.nrows();
        let mut m = DVector::<f64>::zeros(x.ncols());
        for i in 0..n {
            m += x.row(i).transpose();
        }
        m /= n as f64;
        let mut c = DMatrix::<f64>::zeros(x.ncols(), x.ncols());
        for i in 0..n {
            let d = x.row(i).transpose() - &m;
            c += &d * d.transpose() / n as f64;
        }
        c.norm_squared() + c.trace()
    }
        dynamic(x: DMatrix<f64> = matrix(7, 3)) -> f64;
    softmax_by_loops {
        let mut e = DVector::<f64>::zeros(x.len());
        for i in 0..x.len() {
            e[i] = x[i].exp();
        }
        let mut total = 0.0;
        for i in 0..e.len() {
            total += e[i];
        }
        for i in 0..e.len() {
            e[i] /= total;
        }
        e.dot(t)
    }
        dynamic(x: DVector<f64> = vector(5); t: DVector<f64> = vector(5)) -> f64;
    rosenbrock {
        let n = x.len();
        let mut s = 0.0;
        for i in 0..n - 1 {
            s += 100.0 * (x[i + 1] - x[i] * x[i]).powi(2) + (1.0 - x[i]).powi(2);
        }
        s
    }
        dynamic(x: DVector<f64> = vector(5)) -> f64
        fixed(x: SVector<f64, 4> = vector(4)) -> f64;
    total_variation {
        let mut s = 0.0;
        for i in 1..b.len() {
            s += (b[i] - b[i - 1]).powi(2);
        }
        s
    }
        dynamic(b: DVector<f64> = vector(6)) -> f64
        fixed(b: SVector<f64, 6> = vector(6)) -> f64;
    by_iterators {
        x.iter().zip(y.iter()).map(|(a, b)| (a - b).powi(2)).sum::<f64>() + x.iter().map(|v| v.sin()).sum::<f64>()
    }
        dynamic(x: DVector<f64> = vector(5); y: DVector<f64> = vector(7)) -> f64
        fixed(x: SVector<f64, 5> = vector(5), y: SVector<f64, 5> = vector(5)) -> f64
        other(x: DVector<f64> = vector(7), y: DVector<f64> = vector(5)) -> f64;
    numbered {
        x.iter().enumerate().map(|(i, v)| (i + 1) as f64 * v * v).sum::<f64>() + x.iter().skip(2).take(2).map(|v| v.exp()).sum::<f64>()
    }
        dynamic(x: DVector<f64> = vector(5)) -> f64
        fixed(x: SVector<f64, 5> = vector(5)) -> f64
        rows(x: DMatrix<f64> = matrix(5, 3)) -> f64;
    folded {
        x.iter().fold(1.0, |s, v| s + v.exp() * 2.0).ln() - x.iter().fold(0.0, |s, v| s - v * 0.5)
    }
        dynamic(x: DVector<f64> = vector(5)) -> f64;
    rows {
        let mut d = 0.0;
        for (i, r) in x.row_iter().enumerate() {
            d += (r - c.transpose()).norm_squared() * (i + 2) as f64;
        }
        d + x.column_iter().map(|v| v.norm_squared()).sum::<f64>().sqrt()
    }
        dynamic(x: DMatrix<f64> = matrix(5, 3), c: DVector<f64> = vector(3)) -> f64
        fixed(x: SMatrix<f64, 5, 3> = matrix(5, 3), c: SVector<f64, 3> = vector(3)) -> f64;
    kernel {
        let k = DMatrix::from_fn(x.len(), y.len(), |i, j| (-(x[i] - y[j]).powi(2)).exp() + i as f64 * x[i] + (i + j) as f64);
        let v = DVector::from_fn(x.len(), |i, _| x[i] * y[0] + i as f64);
        v.dot(&(k * y))
    }
        dynamic(x: DVector<f64> = vector(5), y: DVector<f64> = vector(3)) -> f64;
    straight {
        let mut v = x.clone();
        v[0] = x[1] * x[2];
        v[2] *= 3.0;
        v += x;
        v[1] -= v[0];
        let mut t = 2.0;
        t *= v.sum();
        t = t.sin() + v[3];
        v *= t;
        v.norm_squared() + t
    }
        dynamic(x: DVector<f64> = vector(5)) -> f64
        fixed(x: SVector<f64, 5> = vector(5)) -> f64;
}

/// Inactive code in loops: as often and in the order as in the function.
mod inactive {
    use std::cell::{Cell, RefCell};

    use matgrad::grad;
    use matgrad_tests::{assert_close, difference, vector};
    use nalgebra::DVector;

    fn check(f: impl Fn(&DVector<f64>) -> f64, both: impl Fn(&DVector<f64>) -> (f64, DVector<f64>)) {
        let x: DVector<f64> = vector(4);
        let (value, gradient) = both(&x);
        assert!((value - f(&x)).abs() <= 1e-12 * value.abs().max(1.0), "{value} is not {}", f(&x));
        assert_close(1e-7, &gradient, &difference(&x, &f));
    }

    #[grad(x)]
    fn calls(x: &DVector<f64>, count: &Cell<usize>, log: &RefCell<Vec<usize>>) -> f64 {
        let mut s = 0.0;
        for i in 0..x.len() {
            count.set(count.get() + 1);
            log.borrow_mut().push(10 * i);
            let weight: f64 = count.get() as f64;
            log.borrow_mut().push(10 * i + 1);
            s += weight * x[i] * x[i];
        }
        log.borrow_mut().push(99);
        s * count.get() as f64
    }

    #[test]
    fn effects_happen_once_and_in_order() {
        let run = |f: &dyn Fn(&Cell<usize>, &RefCell<Vec<usize>>) -> f64| {
            let (count, log) = (Cell::new(0), RefCell::new(Vec::new()));
            (f(&count, &log), count.get(), log.into_inner())
        };
        let x = vector(4);
        let own = run(&|count, log| calls(&x, count, log));
        let companion = run(&|count, log| calls_value_and_grad(&x, count, log).0);
        assert_eq!((own.1, &own.2), (companion.1, &companion.2));
        assert!((own.0 - companion.0).abs() < 1e-12);
        check(
            |x| run(&|count, log| calls(x, count, log)).0,
            |x| calls_value_and_grad(x, &Cell::new(0), &RefCell::new(Vec::new())),
        );
    }

    #[grad(x)]
    fn numbers_that_change(x: &DVector<f64>) -> f64 {
        let mut s = 0.0;
        let mut weight: f64 = 1.0;
        let mut other = 0;
        for i in 0..x.len() {
            s += weight * x[i].sin();
            weight *= 0.5;
            other += i;
            s -= other as f64 * x[i];
        }
        let i = 3.0;
        s * i + weight
    }

    #[grad(x)]
    fn hidden_names(x: &DVector<f64>) -> f64 {
        let i = 2.0;
        let w = 5.0;
        let mut s = 0.0;
        for i in 0..x.len() {
            let w = (i + 1) as f64;
            let x = x[i] * w;
            s += x * x;
        }
        for j in 0..x.len() {
            s += w * i * x[j];
        }
        s
    }

    #[grad(x)]
    fn closures(x: &DVector<f64>) -> f64 {
        let mut c = 2.0;
        let g = move |v: f64| v * c;
        c = 100.0;
        let mut s = 0.0;
        for v in x.iter() {
            s += g(*v) * v;
        }
        s + c
            + x.map(|v| {
                let mut t = v;
                t *= v;
                t += 1.0;
                t
            })
            .sum()
    }

    #[grad(x)]
    fn tables(x: &DVector<f64>, y: &[f64], k: usize) -> f64 {
        let mut s = 0.0;
        for i in 0..y.len().min(x.len()) {
            if k > 7 {
                println!("{i}");
            }
            s += (x[i] - y[i]).powi(2) + y[(i + k) % y.len()] * x[0];
        }
        s
    }

    #[grad(x)]
    fn empty(x: &DVector<f64>, n: usize) -> f64 {
        let mut s = x.sum();
        for i in 1..n.min(3) {
            s += x[i];
        }
        for v in x.iter().skip(3).take(n) {
            s += v * v;
        }
        s
    }

    /// Integers of a range of literals are what the rest of the body makes of them.
    #[grad(x)]
    fn integers(x: &DVector<f64>) -> f64 {
        let mut s = 0.0;
        for i in 0..3 {
            s += x[0] * (i - 1) as f64;
        }
        for i in 0..3 {
            s += x[i] * (2 * i + 1) as f64;
        }
        for (i, j) in (0..3).map(|i| (i - 2, 1 - i)) {
            s += x[1] * x[1] * (i * j) as f64;
        }
        for (a, b) in (0..x.len()).map(|i| i + 1).zip((1..x.len()).map(|i| 2 * i + 3)) {
            s += x[0] * (a * b) as f64;
        }
        s + (0..4).map(|i| x[2] * f64::from(3 - 2 * i)).sum::<f64>()
    }

    #[test]
    fn values_and_gradients() {
        check(integers, integers_value_and_grad);
        check(numbers_that_change, numbers_that_change_value_and_grad);
        check(hidden_names, hidden_names_value_and_grad);
        check(closures, closures_value_and_grad);
        check(|x| tables(x, &[0.3, 0.7, -0.2], 2), |x| tables_value_and_grad(x, &[0.3, 0.7, -0.2], 2));
        for n in [0, 1, 2, 3, 4, 9] {
            check(|x| empty(x, n), |x| empty_value_and_grad(x, n));
        }
    }
}
