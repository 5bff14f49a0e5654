//! All attributes on one function, for types, sizes and bodies of many kinds: every companion against differences, and against the others.
#![allow(
    clippy::float_cmp,
    clippy::cast_possible_truncation,
    clippy::trivially_copy_pass_by_ref,
    reason = "the same numbers by another way; signatures as they are met"
)]

use nalgebra::allocator::Allocator;
use nalgebra::{
    DMatrix, DVector, DefaultAllocator, Dim, Dyn, Matrix1, Matrix2, Matrix2x3, Matrix3, Matrix4, OMatrix, OVector, RealField,
    RowDVector, RowVector3, SMatrix, SVector, U1, U3, Vector2, Vector3, Vector4,
};

/// A number or a matrix, as its entries.
pub(super) trait Flat: Clone {
    const SINGLE: bool;
    fn flat(&self) -> Vec<f64>;
    /// Of this shape, with other entries.
    fn with(&self, entries: &[f64]) -> Self;
}

macro_rules! numbers {
    ($($t:ty: $single:literal),*) => {$(
        impl Flat for $t {
            const SINGLE: bool = $single;
            fn flat(&self) -> Vec<f64> {
                vec![f64::from(*self)]
            }
            #[allow(clippy::cast_possible_truncation, reason = "single precision is asked for")]
            fn with(&self, entries: &[f64]) -> Self {
                entries[0] as Self
            }
        }
        impl<R: Dim, C: Dim> Flat for OMatrix<$t, R, C>
        where
            DefaultAllocator: Allocator<R, C>,
        {
            const SINGLE: bool = $single;
            fn flat(&self) -> Vec<f64> {
                self.iter().map(|x| f64::from(*x)).collect()
            }
            #[allow(clippy::cast_possible_truncation, reason = "single precision is asked for")]
            fn with(&self, entries: &[f64]) -> Self {
                let (rows, cols) = self.shape_generic();
                OMatrix::from_iterator_generic(rows, cols, entries.iter().map(|x| *x as $t))
            }
        }
        impl Opened for $t {
            type Value = Self;
            fn opened(self) -> Self {
                self
            }
        }
        impl<R: Dim, C: Dim> Opened for OMatrix<$t, R, C>
        where
            DefaultAllocator: Allocator<R, C>,
        {
            type Value = Self;
            fn opened(self) -> Self {
                self
            }
        }
    )*};
}

numbers!(f64: false, f32: true);

/// What a companion returns, without the option.
pub(super) trait Opened {
    type Value;
    fn opened(self) -> Self::Value;
}

impl<X> Opened for Option<X> {
    type Value = X;
    fn opened(self) -> X {
        self.expect("there is a value")
    }
}

impl<A, B> Opened for (A, B) {
    type Value = Self;
    fn opened(self) -> Self {
        self
    }
}

impl<A, B, C> Opened for (A, B, C) {
    type Value = Self;
    fn opened(self) -> Self {
        self
    }
}

pub(super) fn direction<X: Flat>(x: &X) -> X {
    x.with(&(0..x.flat().len()).map(|i| ((3 * i * i + 5 * i + 2) as f64).sin()).collect::<Vec<_>>())
}

/// Of the direction, what keeps a declaration.
pub(super) fn admissible<X: Flat>(v: &X, declared: &str) -> X {
    let entries = v.flat();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small size")]
    let n = (entries.len() as f64).sqrt() as usize;
    let at = |i: usize, j: usize| entries[i + j * n];
    let entry = |(k, v): (usize, &f64)| match declared {
        "symmetric" => 0.5 * (at(k % n, k / n) + at(k / n, k % n)),
        "diagonal" if k % n != k / n => 0.0,
        "lower" if k % n < k / n => 0.0,
        _ => *v,
    };
    v.with(&entries.iter().enumerate().map(entry).collect::<Vec<_>>())
}

/// By differences of the fourth order.
pub(super) fn moved<X: Flat, Y: Flat>(x: &X, v: &X, f: impl Fn(&X) -> Y) -> Vec<f64> {
    let h = if X::SINGLE { 5e-3 } else { 1e-4 };
    let (x_entries, v_entries) = (x.flat(), v.flat());
    let at = |t: f64| f(&x.with(&x_entries.iter().zip(&v_entries).map(|(a, b)| a + t * b).collect::<Vec<_>>())).flat();
    let [a, b, c, d] = [h, -h, 2.0 * h, -2.0 * h].map(at);
    (0..a.len()).map(|i| (8.0 * (a[i] - b[i]) - (c[i] - d[i])) / (12.0 * h)).collect()
}

#[track_caller]
pub(super) fn near<X: Flat>(what: &str, found: &[f64], expected: &[f64], _: &X) {
    assert_eq!(found.len(), expected.len(), "{what}: found {found:?}, expected {expected:?}");
    let size = found.iter().chain(expected).fold(1e-3_f64, |m, x| m.max(x.abs()));
    let tolerance = if X::SINGLE { 2e-2 } else { 1e-6 };
    let right = found.iter().zip(expected).all(|(a, b)| (a - b).abs() <= tolerance * size);
    assert!(right, "{what}: found {found:?}, expected {expected:?}");
}

/// `J v`
pub(super) fn applied(j: &[f64], v: &[f64], rows: usize) -> Vec<f64> {
    (0..rows).map(|r| v.iter().enumerate().map(|(c, v)| j[r + c * rows] * v).sum()).collect()
}

pub(super) fn inner(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

pub(super) fn unwritten<X: Flat>(x: &X) -> X {
    x.with(&vec![f64::NAN; x.flat().len()])
}

macro_rules! lent {
    ([&] $x:expr) => {
        &$x
    };
    ([] $x:expr) => {
        $x.clone()
    };
}

/// Functions whose value is a number: `[generics] [declarations] (x: [how it is passed] [how a direction is] type = point; others) -> result [where]`.
macro_rules! of_numbers {
    ($($name:ident [$($generics:tt)*] [$($declared:tt)*] ($x:ident: [$($r:tt)?] [$($d:tt)?] $t:ty = $at:expr; $($p:ident: $pt:ty = $pv:expr),*)
        -> $ret:ty [$($wh:tt)*] $body:block $($keeps:literal)?;)*) => {$(
        #[test]
        fn $name() {
            #[matgrad::grad($x $($declared)*)]
            #[matgrad::jacobian($x $($declared)*)]
            #[matgrad::hessian($x $($declared)*)]
            #[matgrad::jvp($x $($declared)*)]
            #[matgrad::vjp($x $($declared)*)]
            #[matgrad::hvp($x $($declared)*)]
            fn f $($generics)* ($x: $($r)? $t, $($p: $pt),*) -> $ret $($wh)* $body
            let x = $at;
            let v = admissible(&direction(&x), concat!("", $($keeps)?));
            let n = x.flat().len();
            let first = moved(&x, &v, |x| f(lent!([$($r)?] *x), $($pv),*).opened());
            let second = moved(&x, &v, |x| f_grad(lent!([$($r)?] *x), $($pv),*).opened());
            let gradient = f_grad(lent!([$($r)?] x), $($pv),*).opened();
            near("the gradient", &[inner(&gradient.flat(), &v.flat())], &first, &x);
            let own = f(lent!([$($r)?] x), $($pv),*).opened();

            let (value, jacobian) = f_value_and_jacobian(lent!([$($r)?] x), $($pv),*).opened();
            near("the value", &value.flat(), &own.flat(), &x);
            near("the Jacobian", &jacobian.flat(), &gradient.flat(), &x);
            let mut buffer = unwritten(&jacobian);
            let _ = f_jacobian_into(lent!([$($r)?] x), $($pv,)* &mut buffer);
            near("the Jacobian, written", &buffer.flat(), &jacobian.flat(), &x);

            let (value, tangent) = f_jvp(lent!([$($r)?] x), $($pv,)* lent!([$($d)?] v)).opened();
            near("the value", &value.flat(), &own.flat(), &x);
            near("the tangent", &tangent.flat(), &first, &x);
            let twice: Vec<f64> = gradient.flat().iter().map(|t| 2.0 * t).collect();
            // what is lent to the pullback lives as long
            let pulled = match f_vjp(lent!([$($r)?] x), $($pv),*).opened() {
                (_, pullback) => pullback(own.with(&[2.0])).flat(),
            };
            near("the pullback", &pulled, &twice, &x);

            let product = f_hvp(lent!([$($r)?] x), $($pv,)* lent!([$($d)?] v)).opened();
            near("the Hessian's product", &product.flat(), &second, &x);
            let mut buffer = unwritten(&product);
            let _ = f_hvp_into(lent!([$($r)?] x), $($pv,)* lent!([$($d)?] v), &mut buffer);
            near("the product, written", &buffer.flat(), &product.flat(), &x);
            let (_, beside, hessian) = f_value_grad_and_hessian(lent!([$($r)?] x), $($pv),*).opened();
            near("the gradient beside", &beside.flat(), &gradient.flat(), &x);
            near("the Hessian", &applied(&hessian.flat(), &v.flat(), n), &second, &x);
            near("the Hessian alone", &f_hessian(lent!([$($r)?] x), $($pv),*).opened().flat(), &hessian.flat(), &x);
            let (mut gradient_buffer, mut buffer) = (unwritten(&gradient), unwritten(&hessian));
            let _ = f_value_grad_and_hessian_into(lent!([$($r)?] x), $($pv,)* &mut gradient_buffer, &mut buffer);
            near("the gradient, written", &gradient_buffer.flat(), &gradient.flat(), &x);
            near("the Hessian, written", &buffer.flat(), &hessian.flat(), &x);
            let h = hessian.flat();
            assert!((0..n * n).all(|k| h[k] == h[k / n + k % n * n]), "not symmetric: {h:?}");
        }
    )*};
}

/// Functions whose value is a matrix.
macro_rules! of_matrices {
    ($($name:ident [$($generics:tt)*] [$($declared:tt)*] ($x:ident: [$($r:tt)?] [$($d:tt)?] $t:ty = $at:expr; $($p:ident: $pt:ty = $pv:expr),*)
        -> $ret:ty [$($wh:tt)*] $body:block $($keeps:literal)?;)*) => {$(
        #[test]
        fn $name() {
            #[matgrad::jacobian($x $($declared)*)]
            #[matgrad::jvp($x $($declared)*)]
            #[matgrad::vjp($x $($declared)*)]
            fn f $($generics)* ($x: $($r)? $t, $($p: $pt),*) -> $ret $($wh)* $body
            let x = $at;
            let v = admissible(&direction(&x), concat!("", $($keeps)?));
            let own = f(lent!([$($r)?] x), $($pv),*).opened();
            let m = own.flat().len();
            let first = moved(&x, &v, |x| f(lent!([$($r)?] *x), $($pv),*).opened());

            let (value, jacobian) = f_value_and_jacobian(lent!([$($r)?] x), $($pv),*).opened();
            near("the value", &value.flat(), &own.flat(), &x);
            near("the Jacobian", &applied(&jacobian.flat(), &v.flat(), m), &first, &x);
            near("the Jacobian alone", &f_jacobian(lent!([$($r)?] x), $($pv),*).opened().flat(), &jacobian.flat(), &x);
            let mut buffer = unwritten(&jacobian);
            let _ = f_value_and_jacobian_into(lent!([$($r)?] x), $($pv,)* &mut buffer);
            near("the Jacobian, written", &buffer.flat(), &jacobian.flat(), &x);

            let (value, tangent) = f_jvp(lent!([$($r)?] x), $($pv,)* lent!([$($d)?] v)).opened();
            near("the value", &value.flat(), &own.flat(), &x);
            near("the tangent", &tangent.flat(), &first, &x);
            let mut buffer = unwritten(&tangent);
            let _ = f_jvp_into(lent!([$($r)?] x), $($pv,)* lent!([$($d)?] v), &mut buffer);
            near("the tangent, written", &buffer.flat(), &tangent.flat(), &x);

            let (value, pullback) = f_vjp(lent!([$($r)?] x), $($pv),*).opened();
            near("the value", &value.flat(), &own.flat(), &x);
            let c = direction(&own);
            // more than once
            for _ in 0..2 {
                near("the pullback", &[inner(&pullback(&c).flat(), &v.flat())], &[inner(&c.flat(), &first)], &x);
            }
        }
    )*};
}

pub(super) fn v(n: usize) -> DVector<f64> {
    DVector::from_fn(n, |i, _| 0.3 + 0.37 * i as f64 - 0.11 * (i * i) as f64)
}

pub(super) fn m(rows: usize, cols: usize) -> DMatrix<f64> {
    DMatrix::from_fn(rows, cols, |i, j| ((2 * i + 5 * j + 1) as f64).sin() + if i == j { 1.5 } else { 0.0 })
}

pub(super) fn sv<const N: usize>() -> SVector<f64, N> {
    SVector::from_iterator(v(N).iter().copied())
}

pub(super) fn sm<const R: usize, const C: usize>() -> SMatrix<f64, R, C> {
    SMatrix::from_iterator(m(R, C).iter().copied())
}

pub(super) fn spd(n: usize) -> DMatrix<f64> {
    m(n, n) * m(n, n).transpose() + DMatrix::identity(n, n)
}

of_numbers! {
    by_value [] [] (x: [] [&] Vector3<f64> = sv::<3>();) -> f64 [] { x.norm().powi(3) + x.x * x.y };
    of_a_row [] [] (r: [&] [&] RowDVector<f64> = v(4).transpose();) -> f64 [] { r.map(|t| t.exp()).sum().ln() };
    of_a_number [] [] (t: [] [] f64 = 0.7; a: &Matrix3<f64> = &sm::<3, 3>()) -> Option<f64> [] {
        let b = a + Matrix3::identity() * t;
        Some(b.lu().solve(&Vector3::new(1.0, 2.0, 3.0))?.norm_squared())
    };
    single_precision [] [] (x: [&] [&] SVector<f32, 3> = sv::<3>().map(|t| t as f32); a: &Matrix3<f32> = &sm::<3, 3>().map(|t| t as f32)) -> f32 [] {
        (a * x).map(|t| t.tanh()).norm_squared()
    };
    const_sizes [<T: RealField + Copy, const N: usize>] [] (x: [&] [&] SVector<T, N> = sv::<4>(); a: &SMatrix<T, N, N> = &sm::<4, 4>()) -> T [] {
        let y = a * x;
        y.dot(x) + y.map(|t| t.sin()).sum()
    };
    // Kronecker products of sizes that nobody can multiply
    const_sizes_of_a_matrix [<const N: usize, const M: usize>] [] (x: [&] [&] SMatrix<f64, N, M> = sm::<3, 2>(); a: &SMatrix<f64, N, N> = &sm::<3, 3>()) -> f64 [] {
        (x.transpose() * a * x).norm_squared()
    };
    any_size [<T: RealField + Copy, D: Dim>] [] (x: [&] [&] OVector<T, D> = v(4); a: &OMatrix<T, D, D> = &m(4, 4)) -> T
        [where DefaultAllocator: Allocator<D> + Allocator<D, D> + Allocator<U1, D>] { (a * x).dot(x) };
    declared_definite [] [, spd(x)] (x: [&] [&] DMatrix<f64> = spd(3); b: &DVector<f64> = &v(3)) -> Option<f64> [] {
        let c = x.clone().cholesky()?;
        Some(b.dot(&c.solve(b)) + c.ln_determinant())
    } "symmetric";
    declared_diagonal [] [, diagonal(x)] (x: [&] [&] DMatrix<f64> = DMatrix::from_diagonal(&v(3).add_scalar(1.0)); b: &DVector<f64> = &v(3)) -> f64 [] {
        x.clone().lu().solve(b).unwrap().norm_squared() + x.determinant()
    } "diagonal";
    declared_triangular [] [, lower_triangular(x)] (x: [&] [&] Matrix3<f64> = sm::<3, 3>().lower_triangle(); b: &Vector3<f64> = &sv::<3>()) -> Option<f64> [] {
        Some(x.solve_lower_triangular(b)?.norm_squared() + x.determinant().powi(2))
    } "lower";
    spectral [] [, symmetric(x)] (x: [&] [&] Matrix3<f64> = sm::<3, 3>() * sm::<3, 3>().transpose(); b: &Vector3<f64> = &sv::<3>()) -> f64 [] {
        (x * x * b).dot(b) + x.symmetric_eigenvalues().map(|t| t.ln()).sum()
    } "symmetric";
    of_singular_values [] [] (x: [&] [&] SMatrix<f64, 2, 4> = sm::<2, 4>();) -> f64 [] { x.singular_values().map(|s| (1.0 + s).ln()).sum() };
    piecewise [] [] (x: [&] [&] DVector<f64> = v(5);) -> f64 [] {
        x.map(|t| if t > 0.4 { t * t * t } else { t.exp() }).sum() * x.max()
    };
    // variables of a loop that move into others
    carried [] [] (x: [&] [&] DVector<f64> = v(4); a: &DMatrix<f64> = &m(4, 4)) -> f64 [] {
        let mut h = x.clone();
        for _ in 0..3 {
            h = (a * &h).map(|t| t.tanh());
        }
        h.norm_squared()
    };
    branched [] [] (x: [&] [&] DVector<f64> = v(3); flag: bool = true) -> f64 [] { if flag { x.norm_squared().sqrt() } else { x.sum() } };
    branched_by_values [] [] (x: [&] [&] Vector2<f64> = Vector2::new(1.0, 2.0);) -> f64 [] {
        if x.x > 0.0 { (x.x * x.y).exp() } else { x.y * x.y * x.x }
    };
    kronecker [] [] (x: [&] [&] Matrix2<f64> = sm::<2, 2>(); y: &Matrix2x3<f64> = &sm::<2, 3>()) -> f64 [] {
        x.kronecker(y).kronecker(x).map(|t| t.sin()).sum()
    };
    parts [] [] (x: [&] [&] DMatrix<f64> = m(4, 3);) -> f64 [] {
        x.view((1, 0), (2, 2)).determinant() * x.column(2).norm_squared() + x[(0, 1)].sin() + x.row(1).norm()
    };
    // a sum that begins with a choice
    choices_added [] [] (x: [] [] f64 = 0.6;) -> f64 [] {
        let (r, s) = (x.asinh(), (x * x.asinh()).abs().powf(x));
        s.recip() - (0.75 * (0.75 * r).tanh()).asin().powf(2.5)
    };
    // a factor, and a triangle that is solved with
    factor [] [] (x: [&] [&] DVector<f64> = v(3); a: &DMatrix<f64> = &spd(3)) -> Option<f64> [] {
        let l = (x * x.transpose() + a).cholesky()?.l();
        Some(l.upper_triangle().norm() + 2.0 * l[(0, 0)])
    };
    one_entry [] [] (x: [&] [&] DMatrix<f64> = DMatrix::from_element(1, 1, 0.7);) -> f64 [] { x.determinant().powi(3) + x.trace().sin() };
    no_entries [] [] (x: [&] [&] DMatrix<f64> = m(0, 3); a: &DMatrix<f64> = &m(2, 0)) -> f64 [] { (a * x).map(|t| t.sin()).sum() + x.norm_squared() };
    half_static [] [] (x: [&] [&] OMatrix<f64, U3, Dyn> = OMatrix::<f64, U3, Dyn>::from_iterator(4, m(3, 4).iter().copied());) -> f64 [] {
        (x * x.transpose()).determinant() + x.norm_squared()
    };
}

of_matrices! {
    // a row that scales rows
    row_to_column [] [] (x: [&] [&] RowVector3<f64> = sv::<3>().transpose(); a: &Matrix3<f64> = &sm::<3, 3>()) -> Vector3<f64> [] {
        (x * a).transpose().map(|t| t.exp())
    };
    outer_product [] [] (x: [&] [&] DVector<f64> = v(3); y: &DVector<f64> = &v(2)) -> DMatrix<f64> [] { x * y.transpose() };
    inverse [] [] (x: [] [&] Matrix3<f64> = sm::<3, 3>();) -> Option<Matrix3<f64>> [] { x.try_inverse() };
    cholesky_factor [] [, symmetric(x)] (x: [&] [&] Matrix3<f64> = sm::<3, 3>() * sm::<3, 3>().transpose();) -> Option<Matrix3<f64>> [] {
        Some(x.cholesky()?.l())
    } "symmetric";
    by_a_number [<T: RealField + Copy, const N: usize>] [] (t: [] [] T = 0.3; x: &SMatrix<T, N, N> = &sm::<3, 3>()) -> SMatrix<T, N, N> [] { x * x * t.sin() };
    exponential [] [] (x: [&] [&] DMatrix<f64> = m(3, 3);) -> DMatrix<f64> [] { x.exp() };
    eigenvalues [] [, symmetric(x)] (x: [&] [&] DMatrix<f64> = spd(3);) -> DVector<f64> [] { x.symmetric_eigenvalues() } "symmetric";
    filled_in_a_loop [] [] (x: [&] [&] Vector4<f64> = sv::<4>();) -> Matrix4<f64> [] {
        let mut y = Matrix4::zeros();
        for i in 0..4 {
            for j in 0..4 {
                y[(i, j)] = (x[i] - x[j]).sin();
            }
        }
        y
    };
    neighbours [] [] (x: [&] [&] DVector<f64> = v(4);) -> DVector<f64> [] {
        let mut y = DVector::zeros(x.len());
        for i in 1..x.len() {
            y[i] = x[i] * x[i - 1];
        }
        y
    };
    vectors_in_a_branch [] [] (x: [&] [&] DVector<f64> = v(3); up: bool = false) -> DVector<f64> [] { if up { x * 2.0 } else { x * x.norm() } };
    vectors_in_a_branch_by_values [] [] (x: [&] [&] Vector3<f64> = sv::<3>();) -> Vector3<f64> [] {
        if x.norm() > 1.0 { x.normalize() } else { *x * x.norm_squared() }
    };
    one_by_one [] [] (x: [&] [&] Matrix1<f64> = Matrix1::new(0.7);) -> Matrix1<f64> [] { x * x };
    to_nothing [] [] (x: [&] [&] DVector<f64> = v(3); a: &DMatrix<f64> = &m(0, 3)) -> DVector<f64> [] { (a * x).map(|t| t.exp()) };
    of_a_list [] [] (p: [&] [&] Vector2<f64> = sv::<2>(); t: &DVector<f64> = &v(5), y: &[f64] = &[1.0, 2.0, 0.5, -1.0, 0.0]) -> DVector<f64> [] {
        DVector::from_fn(t.len(), |i, _| p[0] * (1.0 - (-p[1] * t[i]).exp()) - y[i])
    };
}

/// A pullback outlives what it was made of.
#[test]
fn pullbacks_own_what_they_read() {
    #[matgrad::vjp(x)]
    fn f(x: &DVector<f64>, a: &DMatrix<f64>, scale: &f64, entries: &[f64; 2]) -> DVector<f64> {
        (a * x).map(|t| t.sin() * *scale) * entries[0]
    }
    #[matgrad::vjp(x)]
    fn of_a_view(x: nalgebra::DVectorView<'_, f64>) -> DVector<f64> {
        x.component_mul(&x)
    }
    let (x, c) = (v(3), v(2));
    let (value, pullback) = f_vjp(&v(3), &m(2, 3), &2.0, &[3.0, 1.0]);
    super::close(&value, &f(&x, &m(2, 3), &2.0, &[3.0, 1.0]), 1e-15);
    let expected = m(2, 3).transpose() * (m(2, 3) * &x).map(|t| t.cos() * 6.0).component_mul(&c);
    super::close(&pullback(&c), &expected, 1e-14);
    let pullback = {
        let x = v(3);
        of_a_view_vjp(x.as_view()).1
    };
    super::close(&pullback(&v(3)), &(v(3).component_mul(&v(3)) * 2.0), 1e-14);
}
