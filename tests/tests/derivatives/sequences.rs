//! All attributes on functions with loops, branches, updates and lists.
#![allow(
    clippy::needless_range_loop,
    clippy::trivially_copy_pass_by_ref,
    clippy::needless_pass_by_value,
    clippy::cast_possible_truncation,
    clippy::explicit_iter_loop,
    clippy::float_cmp,
    clippy::manual_swap,
    clippy::assign_op_pattern,
    clippy::if_not_else,
    reason = "as users write them"
)]

use nalgebra::{DMatrix, DVector, Matrix2, Matrix3, RealField, RowDVector, SMatrix, SVector, Vector2, Vector3, Vector4, convert};

use super::stacked::{Flat, Opened, admissible, applied, direction, inner, m, moved, near, sm, spd, sv, unwritten, v};

macro_rules! lists {
    ($($t:ty),*) => {$(
        impl Flat for Vec<$t> {
            const SINGLE: bool = <$t as Flat>::SINGLE;
            fn flat(&self) -> Vec<f64> {
                self.iter().flat_map(Flat::flat).collect()
            }
            fn with(&self, entries: &[f64]) -> Self {
                let size = entries.len() / self.len();
                self.iter().zip(entries.chunks_exact(size)).map(|(x, e)| x.with(e)).collect()
            }
        }
        impl Opened for Vec<$t> {
            type Value = Self;
            fn opened(self) -> Self {
                self
            }
        }
    )*};
}

macro_rules! arrays {
    ($($t:ty),*) => {$(
        impl<const N: usize> Flat for [$t; N] {
            const SINGLE: bool = <$t as Flat>::SINGLE;
            fn flat(&self) -> Vec<f64> {
                self.iter().flat_map(Flat::flat).collect()
            }
            fn with(&self, entries: &[f64]) -> Self {
                std::array::from_fn(|i| self[i].with(&entries[i..=i]))
            }
        }
        impl<const N: usize> Opened for [$t; N] {
            type Value = Self;
            fn opened(self) -> Self {
                self
            }
        }
    )*};
}

lists!(f64, f32, [f64; 3], Vector2<f64>);
arrays!(f64, f32);

fn list(n: usize) -> Vec<f64> {
    v(n).as_slice().to_vec()
}

fn array<const N: usize>() -> [f64; N] {
    std::array::from_fn(|i| 0.4 + 0.3 * i as f64)
}

of_numbers! {
    // Runge and Kutta's fourth order, on a pendulum
    integrated [] [] (x: [&] [&] Vector2<f64> = Vector2::new(0.7, -0.3); steps: usize = 3) -> f64 [] {
        let h = 0.2;
        let field = |s: Vector2<f64>| Vector2::new(s.y, -s.x.sin() - 0.1 * s.y);
        let mut s = x.clone_owned();
        for _ in 0..steps {
            let k1 = field(s);
            let k2 = field(s + k1 * (h / 2.0));
            let k3 = field(s + k2 * (h / 2.0));
            let k4 = field(s + k3 * h);
            s += (k1 + k2 * 2.0 + k3 * 2.0 + k4) * (h / 6.0);
        }
        0.5 * s.y * s.y + 1.0 - s.x.cos()
    };
    smoothed [] [] (x: [&] [&] [f64] = list(6); rate: f64 = 0.3) -> f64 [] {
        let mut level = x[0];
        let mut loss = 0.0;
        for i in 1..x.len() {
            loss += (x[i] - level).powi(4);
            level = (1.0 - rate) * level + rate * x[i];
        }
        loss + level.exp()
    };
    horner [] [] (c: [&] [&] [f64] = list(5); t: f64 = 0.8) -> f64 [] {
        let mut p = 0.0;
        for c in c.iter().rev() {
            p = p * t + c.sin();
        }
        p * p
    };
    by_what_is_evaluated_at [] [] (t: [] [] f64 = 0.8; c: &[f64] = &list(5)) -> f64 [] {
        let mut p = 0.0;
        for c in c.iter().rev() {
            p = p * t + c;
        }
        p
    };
    herons_root [] [] (x: [] [] f64 = 2.3; n: usize = 4) -> f64 [] {
        let mut y = x;
        for _ in 0..n {
            y = 0.5 * (y + x / y);
        }
        y.powi(3)
    };
    power_iteration [] [] (a: [&] [&] DMatrix<f64> = spd(3); b: &DVector<f64> = &v(3)) -> f64 [] {
        let mut h = b.clone();
        for _ in 0..4 {
            let g = a * &h;
            h = &g / g.norm();
        }
        h.dot(&(a * &h))
    };
    // the forward pass of a hidden Markov model
    likelihood [] [] (a: [&] [&] DMatrix<f64> = m(3, 3); seen: &[usize] = &[0, 2, 1, 1]) -> f64 [] {
        let mut alpha = DVector::<f64>::zeros(3);
        for &o in seen.iter() {
            let mut next = DVector::<f64>::zeros(3);
            for j in 0..3 {
                next[j] = matgrad::log_sum_exp(&(&alpha + a.column(j))) - a[(j, o)].powi(2);
            }
            alpha = next;
        }
        matgrad::log_sum_exp(&alpha)
    };
    compounded [] [] (x: [&] [&] DVector<f64> = v(5);) -> f64 [] {
        let mut wealth = 1.0;
        for i in 0..x.len() {
            if wealth > 1.2 {
                wealth *= 1.0 + 0.5 * x[i] * x[i];
            } else {
                wealth = wealth * x[i].exp() + x[i];
            }
        }
        wealth.ln()
    };
    convolved [] [] (a: [&] [&] [f64] = list(3); b: &[f64] = &list(4)) -> f64 [] {
        let mut c = vec![0.0; a.len() + b.len() - 1];
        for i in 0..a.len() {
            for j in 0..b.len() {
                c[i + j] += a[i] * b[j];
            }
        }
        c.iter().map(|c| c.powi(3)).sum()
    };
    // Thomas's algorithm
    tridiagonal [] [] (d: [&] [&] DVector<f64> = v(5).add_scalar(3.0); b: &DVector<f64> = &v(5)) -> f64 [] {
        let n = d.len();
        let mut c = DVector::<f64>::zeros(n);
        let mut y = b.clone();
        c[0] = 1.0 / d[0];
        y[0] = b[0] / d[0];
        for i in 1..n {
            let pivot = d[i] - c[i - 1];
            c[i] = 1.0 / pivot;
            y[i] = (b[i] - y[i - 1]) / pivot;
        }
        for i in (0..n - 1).rev() {
            y[i] = y[i] - c[i] * y[i + 1];
        }
        y.norm_squared()
    };
    alternating [] [] (x: [&] [&] Vector3<f64> = sv::<3>(); rounds: usize = 5) -> f64 [] {
        let (mut a, mut b) = (x.x, x.y * x.z);
        for _ in 0..rounds {
            let c = a + b.sin();
            a = b;
            b = c * 0.7;
        }
        a * b
    };
    strided [] [] (x: [&] [&] DVector<f64> = v(7);) -> f64 [] {
        let mut k = 0;
        let mut s = 1.0;
        while k < x.len() {
            s *= 1.0 + x[k] * x[k];
            k += 2;
        }
        s
    };
    of_a_kind [] [] (x: [&] [&] DVector<f64> = v(4); kinds: &[u8] = &[0, 1, 2, 1]) -> f64 [] {
        let mut s = 0.0;
        for (k, e) in kinds.iter().zip(x.iter()) {
            s += match k {
                0 => e.powi(3),
                1 => (e * x[0]).exp(),
                _ => (1.0 + e * e).ln(),
            };
        }
        s
    };
    neighbours [] [] (x: [&] [&] [f64] = list(6);) -> f64 [] {
        let mut s = 0.0;
        for (i, w) in x.windows(2).enumerate() {
            s += (i as f64 + 1.0) * (w[1] - w[0] * w[0]).powi(2);
        }
        s
    };
    pairs [] [] (x: [&] [&] [f64] = list(6);) -> f64 [] { x.chunks_exact(2).map(|p| (p[0] * p[1]).sin() + p[0] / (1.0 + p[1] * p[1])).sum() };
    zipped [] [] (x: [&] [&] [f64] = list(4); y: &[f64] = &array::<4>()) -> f64 [] {
        let s: f64 = x.iter().zip(y).map(|(x, y)| (x - y).powi(2) * x).sum();
        let p: f64 = x.iter().map(|x| 1.0 + x * x).product();
        s * p.ln()
    };
    // the covariance of a filter
    riccati [] [] (a: [&] [&] Matrix2<f64> = sm::<2, 2>() * 0.4; h: &Vector2<f64> = &Vector2::new(1.0, 0.5)) -> f64 [] {
        let mut p = Matrix2::identity();
        for _ in 0..3 {
            p = a * p * a.transpose() + Matrix2::identity() * 0.1;
            let g = p * h;
            let s = h.dot(&g) + 0.5;
            p -= g * g.transpose() / s;
        }
        p.trace()
    };
    single_recurrence [] [] (x: [&] [&] SVector<f32, 3> = sv::<3>().map(|t| t as f32); a: &Matrix3<f32> = &sm::<3, 3>().map(|t| 0.3 * t as f32)) -> f32 [] {
        let mut h = SVector::<f32, 3>::zeros();
        for k in 0..3 {
            h = (a * h + x * (k as f32 + 1.0)).map(|t| t.tanh());
        }
        h.dot(x)
    };
    generic_recurrence [<T: RealField + Copy, const N: usize>] [] (x: [&] [&] SVector<T, N> = sv::<3>(); a: &SMatrix<T, N, N> = &(sm::<3, 3>() * 0.3)) -> T [] {
        let half: T = convert(0.5);
        let mut h = *x;
        let mut s = T::zero();
        for _ in 0..3 {
            h = (a * h).map(|t| t.tanh()) + x * half;
            s += h.norm_squared();
        }
        s
    };
    below_the_diagonal [<const N: usize>] [] (x: [&] [&] SMatrix<f64, N, N> = sm::<4, 4>();) -> f64 [] {
        let mut s = 0.0;
        for i in 0..N {
            for j in 0..i {
                s += x[(i, j)] * x[(j, i)].exp();
            }
        }
        s
    };
    in_place [] [] (x: [&] [&] DVector<f64> = v(4); y: &DVector<f64> = &v(4).map(|t| t.cos())) -> f64 [] {
        let mut w = x.clone();
        w.axpy(2.0, y, 0.5);
        w.swap((0, 0), (2, 0));
        w[1] = x[3] * w[0];
        for e in w.iter_mut() {
            *e = (*e).sin() + *e;
        }
        w.rows_mut(0, 2).component_mul_assign(&x.rows(2, 2));
        w.dot(x)
    };
    known_in_part [] [] (x: [&] [&] DVector<f64> = v(4); known: &[Option<f64>] = &[None, Some(0.5), None, Some(-1.0)]) -> f64 [] {
        let mut s = 0.0;
        for i in 0..x.len() {
            if let Some(k) = known[i] {
                let k: f64 = k;
                s += (x[i] - k).powi(4);
            } else {
                s += x[i].cosh();
            }
        }
        s
    };
    best_so_far [] [] (x: [&] [&] DVector<f64> = v(5);) -> f64 [] {
        let mut best = x[0];
        let mut before = 1.0;
        for i in 1..x.len() {
            if x[i] > best {
                before = best;
                best = x[i] * x[0];
            }
        }
        best.powi(3) * before + x.norm_squared()
    };
    early [] [] (x: [&] [&] DVector<f64> = v(3); plain: bool = false) -> f64 [] {
        if plain {
            return x.norm_squared();
        }
        let mut s = 0.0;
        for i in 0..x.len() {
            if i == 1 {
                continue;
            }
            s += x[i].powi(3);
        }
        s * s
    };
    // sizes of what is differentiated decide
    sizes_decide [] [] (x: [&] [&] DVector<f64> = v(4); k: usize = 1) -> f64 [] {
        let y = x.map(|t| t.exp());
        let z = if y.len() == 2 { y.sum() } else { y.norm_squared() };
        let u = if 2 * k < y.rows(1, 2).nrows() + 1 && y.len() > k { z * y.len() as f64 } else { z };
        let w = match y.rows(1, 2).len() {
            1 => u,
            n if n > 5 => u * u,
            _ => u.sin(),
        };
        if k + 3 != y.len() { w } else { w * w }
    };
    factored_once [] [] (x: [&] [&] DVector<f64> = v(3); a: &DMatrix<f64> = &spd(3), rounds: usize = 2) -> Option<f64> [] {
        let mut b = DMatrix::<f64>::from_diagonal(&x.map(|t| t.exp()));
        b += a;
        let c = b.cholesky()?;
        let mut y = x.clone();
        for _ in 0..rounds {
            y = c.solve(&y);
        }
        Some(y.dot(x) + c.ln_determinant())
    };
    repeated_product [] [] (t: [] [] f64 = 0.4; a: &Matrix2<f64> = &sm::<2, 2>()) -> f64 [] {
        let step = Matrix2::identity() + a * t;
        let mut p = Matrix2::<f64>::identity();
        for _ in 0..4 {
            p = p * step;
        }
        p.determinant() + p[(0, 1)]
    };
    of_arrays [] [] (x: [&] [&] [[f64; 3]] = vec![[0.1, 0.5, -0.3], [0.9, -0.2, 0.4], [1.3, 0.8, 0.6]];) -> f64 [] {
        let mut energy = 0.0;
        for i in 0..x.len() {
            for j in 0..i {
                let mut d = 0.0;
                for k in 0..3 {
                    d += (x[i][k] - x[j][k]).powi(2);
                }
                energy += 1.0 / d.sqrt() + d;
            }
        }
        energy
    };
    of_points [] [] (x: [&] [&] [Vector2<f64>] = vec![Vector2::new(0.1, 0.3), Vector2::new(0.9, -0.4), Vector2::new(1.5, 0.8)];) -> f64 [] {
        let mut length = 0.0;
        for i in 1..x.len() {
            length += (x[i] - x[i - 1]).norm();
        }
        length * length
    };
    of_an_array [] [] (x: [] [&] [f64; 4] = array::<4>();) -> f64 [] {
        let [a, b, c, d] = x;
        let mut s = a * b;
        for k in 0..4 {
            s = (s + x[k] * c).sin() + d;
        }
        s
    };
    single_list [] [] (x: [&] [&] [f32] = vec![0.3, 0.8, -0.4];) -> f32 [] {
        let mut p = 1.0;
        for e in x {
            p = p * (1.0 + e * e) + e.exp();
        }
        p
    };
    symmetric_recurrence [] [, symmetric(a)] (a: [&] [&] DMatrix<f64> = spd(3) * 0.1; b: &DVector<f64> = &v(3)) -> f64 [] {
        let mut h = b.clone();
        for _ in 0..3 {
            h = a * h + b;
        }
        h.norm_squared()
    } "symmetric";
    // the state of one loop is the number of another's terms' weight
    one_after_the_other [] [] (x: [&] [&] Vector4<f64> = sv::<4>();) -> f64 [] {
        let mut scale = 1.0;
        for i in 0..4 {
            scale = (scale * x[i]).cos() + 0.2;
        }
        let mut s = 0.0;
        for i in 0..4 {
            s += (scale * x[i]).tanh() * (i + 1) as f64;
        }
        if s > 0.0 { s * scale } else { s - scale * scale }
    };
}

of_matrices! {
    trajectory [] [] (x: [&] [&] DVector<f64> = v(2); a: &DMatrix<f64> = &m(2, 2), steps: usize = 4) -> DMatrix<f64> [] {
        let mut all = DMatrix::<f64>::zeros(2, steps);
        let mut h = x.clone();
        for t in 0..steps {
            h = (a * &h).map(|z| z.sin());
            all.set_column(t, &h);
        }
        all
    };
    softmax_of_a_list [] [] (x: [&] [&] [f64] = list(4);) -> Vec<f64> [] {
        let mut total = 0.0;
        for e in x {
            total += e.exp();
        }
        x.iter().map(|e| e.exp() / total).collect()
    };
    turned [] [] (x: [] [&] [f64; 3] = array::<3>(); angle: f64 = 0.6) -> [f64; 3] [] {
        let (s, c) = angle.sin_cos();
        let mut y = [c * x[0] - s * x[1], s * x[0] + c * x[1], x[2]];
        for _ in 0..2 {
            y = [y[1] * y[2], y[0], y[2] + y[1].sin()];
        }
        y
    };
    laplacian [] [] (u: [&] [&] DVector<f64> = v(6);) -> DVector<f64> [] {
        let n = u.len();
        let mut r = DVector::<f64>::zeros(n);
        for i in 1..n - 1 {
            r[i] = u[i - 1] - 2.0 * u[i] + u[i + 1] + u[i].powi(3);
        }
        r
    };
    weighted_outer_products [] [] (w: [&] [&] DVector<f64> = v(4); x: &DMatrix<f64> = &m(4, 3)) -> DMatrix<f64> [] {
        let mut c = DMatrix::<f64>::zeros(3, 3);
        for i in 0..w.len() {
            c += x.row(i).transpose() * x.row(i) * (w[i] * w[i]);
        }
        c
    };
    rows_of_two_kinds [] [] (x: [&] [&] Vector2<f64> = Vector2::new(0.4, -0.9); flags: [bool; 3] = [true, false, true]) -> Vector3<f64> [] {
        let mut y = Vector3::zeros();
        for i in 0..3 {
            if flags[i] {
                y[i] = (x.x * i as f64 + x.y).tanh();
            } else {
                y[i] = x.x * x.y;
            }
        }
        y
    };
    sums_so_far [] [] (x: [&] [&] RowDVector<f64> = v(5).transpose();) -> RowDVector<f64> [] {
        let mut y = x.clone();
        for i in 1..x.len() {
            y[i] = y[i - 1] + x[i] * x[i];
        }
        y
    };
    of_const_sizes [<T: RealField + Copy, const N: usize, const M: usize>] [] (x: [&] [&] SMatrix<T, N, M> = sm::<3, 2>();) -> SMatrix<T, M, N> [] {
        let mut y = SMatrix::<T, M, N>::zeros();
        for i in 0..N {
            for j in 0..M {
                y[(j, i)] = x[(i, j)].sin() * x[(0, j)];
            }
        }
        y
    };
    by_a_number [] [] (t: [] [] f64 = 0.3; x: &DVector<f64> = &v(3), n: usize = 3) -> DVector<f64> [] {
        let mut y = x.clone();
        for _ in 0..n {
            y = (&y * t).map(|e| e.exp()) + x;
        }
        y
    };
    single_states [] [] (x: [&] [&] SVector<f32, 2> = SVector::<f32, 2>::new(0.3, -0.7);) -> SMatrix<f32, 2, 3> [] {
        let mut s = SMatrix::<f32, 2, 3>::zeros();
        let mut h = *x;
        for k in 0..3 {
            h = SVector::<f32, 2>::new(h.y.sin(), h.x * h.y);
            s.set_column(k, &h);
        }
        s
    };
    kernel_matrix [] [] (x: [&] [&] DVector<f64> = v(3);) -> DMatrix<f64> [] {
        DMatrix::from_fn(x.len(), x.len(), |i, j| (-(x[i] - x[j]).powi(2)).exp() + x[i] * x[j])
    };
    if_there_is_one [] [] (x: [&] [&] DVector<f64> = v(3); a: &DMatrix<f64> = &m(3, 3), rounds: usize = 2) -> Option<DVector<f64>> [] {
        let lu = a.clone().lu();
        let mut y = x.map(|t| t * t);
        y = lu.solve(&y)?;
        for _ in 0..rounds {
            y = y.component_mul(x);
        }
        Some(y)
    };
}

/// A plant with fields that the body reads through `self`.
struct Plant<const N: usize> {
    a: SMatrix<f64, N, N>,
    rates: Vec<f64>,
}

impl<const N: usize> Plant<N> {
    #[matgrad::grad(x)]
    #[matgrad::jacobian(x)]
    #[matgrad::hessian(x)]
    #[matgrad::jvp(x)]
    #[matgrad::vjp(x)]
    #[matgrad::hvp(x)]
    fn cost(&self, x: &SVector<f64, N>) -> f64 {
        let a: &SMatrix<f64, N, N> = &self.a;
        let mut h = *x;
        let mut s = 0.0;
        for k in 0..self.rates.len() {
            let rate: f64 = self.rates[k];
            h += (a * h).map(|t| t.sin()) * rate;
            s += h.norm_squared() * rate;
        }
        s
    }

    #[matgrad::jacobian(x)]
    #[matgrad::jvp(x)]
    #[matgrad::vjp(x)]
    fn end(&self, x: &SVector<f64, N>) -> SVector<f64, N> {
        let a: &SMatrix<f64, N, N> = &self.a;
        let mut h = *x;
        for k in 0..self.rates.len() {
            let rate: f64 = self.rates[k];
            h += (a * h).map(|t| t.sin()) * rate;
        }
        h
    }
}

#[test]
fn methods() {
    let plant = Plant { a: sm::<3, 3>(), rates: vec![0.1, 0.3, 0.2] };
    let x = sv::<3>();
    let v = direction(&x);
    let (first, second) = (moved(&x, &v, |x| plant.cost(x)), moved(&x, &v, |x| plant.cost_grad(x)));
    near("the gradient", &[inner(&plant.cost_grad(&x).flat(), &v.flat())], &first, &x);
    near("the Jacobian", &plant.cost_jacobian(&x).flat(), &plant.cost_grad(&x).flat(), &x);
    near("the tangent", &plant.cost_jvp(&x, &v).1.flat(), &first, &x);
    near("the pullback", &plant.cost_vjp(&x).1(1.0).flat(), &plant.cost_grad(&x).flat(), &x);
    near("the product", &plant.cost_hvp(&x, &v).flat(), &second, &x);
    let (_, _, hessian) = plant.cost_value_grad_and_hessian(&x);
    near("the Hessian", &(hessian * v).flat(), &second, &x);

    let first = moved(&x, &v, |x| plant.end(x));
    near("the Jacobian", &(plant.end_jacobian(&x) * v).flat(), &first, &x);
    near("the tangent", &plant.end_jvp(&x, &v).1.flat(), &first, &x);
    let c = Vector3::new(0.2, -1.0, 0.7);
    near("the pullback", &[plant.end_vjp(&x).1(&c).dot(&v)], &[inner(&c.flat(), &first)], &x);
}
