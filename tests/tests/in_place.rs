//! Gradients written in place: `f_grad_into` and `f_value_and_grad_into`, into buffers full of NaN, against differences of the function.
//! (`identities_compiled.rs` does the same for the published identities.)
#![deny(warnings)] // the companions are as clean as the function
#![allow(
    clippy::cast_precision_loss,
    clippy::many_single_char_names,
    clippy::needless_pass_by_value,
    clippy::redundant_closure_for_method_calls,
    clippy::toplevel_ref_arg,
    clippy::trivially_copy_pass_by_ref,
    reason = "of the functions as users write them"
)]

use std::fmt::Debug;

use matgrad::grad;
use matgrad_tests::{Point, Real, check, matrix, number, spd, vector};
use nalgebra::allocator::Allocator;
use nalgebra::{
    DMatrix, DMatrixView, DVector, DVectorView, DefaultAllocator, Dim, Matrix1, OMatrix, OVector, RealField, RowDVector, SMatrix,
    SVector, Vector3,
};

/// Checks both companions, which are given buffers full of NaN.
#[track_caller]
fn check_in_place<X: Point + Debug>(
    at: &X,
    f: impl Fn(&X) -> X::Scalar,
    gradient: impl FnOnce(&mut X),
    both: impl FnOnce(&mut X) -> X::Scalar,
) {
    let mut stale = at.clone();
    for i in 0..stale.dimension() {
        stale.set(i, X::Scalar::nearest(f64::NAN));
    }
    let (mut alone, mut beside) = (stale.clone(), stale);
    gradient(&mut alone);
    let value = both(&mut beside);
    check(at, f, alone, (value, beside));
}

#[grad(w)]
fn ridge(w: &DVector<f64>, x: &DMatrix<f64>, y: &DVector<f64>, l: f64) -> f64 {
    (x * w - y).norm_squared() / y.len() as f64 + l * w.norm_squared()
}

#[test]
fn a_product_and_a_pass_over_it() {
    let (w, x, y) = (vector(3), matrix(7, 3), vector(7));
    check_in_place(
        &w,
        |w| ridge(w, &x, &y, 0.3),
        |g| ridge_grad_into(&w, &x, &y, 0.3, g),
        |g| ridge_value_and_grad_into(&w, &x, &y, 0.3, g),
    );
}

#[grad(w, v, b, c)]
fn network(
    w: &SMatrix<f32, 5, 3>,
    v: &SMatrix<f32, 2, 5>,
    b: &SVector<f32, 5>,
    c: &SVector<f32, 2>,
    x: &SVector<f32, 3>,
    y: &SVector<f32, 2>,
) -> f32 {
    let hidden = (w * x + b).map(|t| t.tanh());
    let scores = v * hidden + c;
    matgrad::log_sum_exp(&scores) - scores.dot(y)
}

#[test]
fn gradients_that_other_gradients_read() {
    let at: (SMatrix<f32, 5, 3>, SMatrix<f32, 2, 5>, SVector<f32, 5>, SVector<f32, 2>) =
        (matrix(5, 3), matrix(2, 5), vector(5), vector(2));
    let (x, y) = (vector(3), SVector::<f32, 2>::new(1.0, 0.0));
    let (w, v, b, c) = &at;
    check_in_place(
        &at,
        |(w, v, b, c)| network(w, v, b, c, &x, &y),
        |(gw, gv, gb, gc)| network_grad_into(w, v, b, c, &x, &y, gw, gv, gb, gc),
        |(gw, gv, gb, gc)| network_value_and_grad_into(w, v, b, c, &x, &y, gw, gv, gb, gc),
    );
}

#[grad(a, b)]
fn equal(a: &DVector<f64>, b: &DVector<f64>) -> f64 {
    (a + b).norm_squared().sqrt()
}

#[grad(a, b)]
fn each_other(a: &DVector<f64>, b: &DVector<f64>) -> f64 {
    a.dot(b)
}

#[test]
fn two_gradients_of_one_value() {
    let at: (DVector<f64>, DVector<f64>) = (vector(3), vector(3));
    let (a, b) = &at;
    check_in_place(
        &at,
        |(a, b)| equal(a, b),
        |(ga, gb)| equal_grad_into(a, b, ga, gb),
        |(ga, gb)| equal_value_and_grad_into(a, b, ga, gb),
    );
    check_in_place(
        &at,
        |(a, b)| each_other(a, b),
        |(ga, gb)| each_other_grad_into(a, b, ga, gb),
        |(ga, gb)| each_other_value_and_grad_into(a, b, ga, gb),
    );
}

#[grad(t, s, m)]
fn numbers(t: f64, s: &f64, m: Matrix1<f64>, x: &DVector<f64>) -> f64 {
    (x * t).norm_squared() * s.sin() + (t * m.x).exp() / s
}

#[test]
fn numbers_and_matrices_of_one_entry() {
    let at: (f64, f64, Matrix1<f64>) = (number(), 0.7, matrix(1, 1));
    let (x, (t, s, m)) = (vector(5), &at);
    check_in_place(
        &at,
        |(t, s, m)| numbers(*t, s, *m, &x),
        |(gt, gs, gm)| numbers_grad_into(*t, s, *m, &x, gt, gs, gm),
        |(gt, gs, gm)| numbers_value_and_grad_into(*t, s, *m, &x, gt, gs, gm),
    );
}

#[grad(x)]
fn itself(x: f64) -> f64 {
    x.exp()
}

#[test]
fn a_gradient_that_is_the_value() {
    let x: f64 = number();
    check_in_place(&x, |x| itself(*x), |g| itself_grad_into(x, g), |g| itself_value_and_grad_into(x, g));
}

#[grad]
fn views(a: DMatrixView<'_, f64>, x: &DVectorView<'_, f64>, r: &RowDVector<f64>) -> f64 {
    (r * (a * x)).x + (a.transpose() * a).trace() + r.tr_dot(x)
}

#[test]
fn owned_buffers_for_views_and_rows() {
    let at: (DMatrix<f64>, DVector<f64>, RowDVector<f64>) = (matrix(3, 3), vector(3), matrix(1, 3));
    let (a, x, r) = &at;
    check_in_place(
        &at,
        |(a, x, r)| views(a.as_view(), &x.as_view(), r),
        |(ga, gx, gr)| views_grad_into(a.as_view(), &x.as_view(), r, ga, gx, gr),
        |(ga, gx, gr)| views_value_and_grad_into(a.as_view(), &x.as_view(), r, ga, gx, gr),
    );
}

#[grad(x, m)]
fn mixed(x: &DVector<f64>, m: &DMatrix<f64>, a: &SMatrix<f64, 3, 5>) -> f64 {
    (a * x).norm_squared() + (a * m).sum()
}

#[test]
fn run_time_types_of_known_size() {
    let at: (DVector<f64>, DMatrix<f64>) = (vector(5), matrix(5, 2));
    let (a, (x, m)) = (matrix(3, 5), &at);
    check_in_place(
        &at,
        |(x, m)| mixed(x, m, &a),
        |(gx, gm)| mixed_grad_into(x, m, &a, gx, gm),
        |(gx, gm)| mixed_value_and_grad_into(x, m, &a, gx, gm),
    );
}

#[grad(m, s)]
fn generic<T, R, C>(m: &OMatrix<T, R, C>, s: &OVector<T, C>, r: &OVector<T, R>) -> T
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    DefaultAllocator: Allocator<R, C> + Allocator<R> + Allocator<C>,
{
    (m * s - r).norm_squared() + m.norm_squared()
}

#[test]
fn dimensions_of_any_kind() {
    let at: (SMatrix<f64, 3, 5>, SVector<f64, 5>) = (matrix(3, 5), vector(5));
    let (r, (m, s)) = (vector(3), &at);
    check_in_place(
        &at,
        |(m, s)| generic(m, s, &r),
        |(gm, gs)| generic_grad_into(m, s, &r, gm, gs),
        |(gm, gs)| generic_value_and_grad_into(m, s, &r, gm, gs),
    );
    let at: (DMatrix<f64>, DVector<f64>) = (matrix(3, 5), vector(5));
    let (r, (m, s)) = (vector(3), &at);
    check_in_place(
        &at,
        |(m, s)| generic(m, s, &r),
        |(gm, gs)| generic_grad_into(m, s, &r, gm, gs),
        |(gm, gs)| generic_value_and_grad_into(m, s, &r, gm, gs),
    );
}

struct Data {
    x: SMatrix<f64, 7, 3>,
}

impl Data {
    #[grad(w)]
    fn loss(&self, w: Vector3<f64>) -> f64 {
        let x: SMatrix<f64, 7, 3> = self.x;
        (x * w).map(|t| (1.0 + t.exp()).ln()).sum()
    }
}

#[test]
fn methods() {
    let (data, w) = (Data { x: matrix(7, 3) }, vector(3));
    check_in_place(&w, |w| data.loss(*w), |g| data.loss_grad_into(w, g), |g| data.loss_value_and_grad_into(w, g));
}

#[grad(s, m)]
fn likelihood(s: &DMatrix<f64>, m: &DVector<f64>, least: f64) -> Option<f64> {
    let c = s.clone().cholesky()?;
    let distance = m.dot(&c.solve(m));
    if least > 1.0 {
        return None;
    }
    Some(c.ln_determinant() + distance)
}

#[test]
fn options() {
    // symmetric, as is its difference
    let s: DMatrix<f64> = spd(3);
    let m = vector(3);
    check_in_place(
        &m,
        |m| likelihood(&s, m, 0.0).expect("positive definite"),
        |g| likelihood_grad_into(&s, &m, 0.0, &mut DMatrix::zeros(3, 3), g).expect("positive definite"),
        |g| likelihood_value_and_grad_into(&s, &m, 0.0, &mut DMatrix::zeros(3, 3), g).expect("positive definite"),
    );
    let (mut by_s, mut by_m) = (DMatrix::zeros(3, 3), DVector::zeros(3));
    assert_eq!(likelihood_value_and_grad_into(&s, &m, 0.0, &mut by_s, &mut by_m).is_some(), likelihood(&s, &m, 0.0).is_some());
    let (value, (expected, _)) = likelihood_value_and_grad(&s, &m, 0.0).expect("positive definite");
    assert!((by_s - expected).norm() < 1e-12 * value.abs().max(1.0));
    let indefinite = -s.clone();
    assert_eq!(likelihood_grad_into(&indefinite, &m, 0.0, &mut DMatrix::zeros(3, 3), &mut by_m), None);
    assert_eq!(likelihood_grad_into(&s, &m, 2.0, &mut DMatrix::zeros(3, 3), &mut by_m), None);
    assert_eq!(likelihood_value_and_grad_into(&s, &m, 2.0, &mut DMatrix::zeros(3, 3), &mut by_m), None);
}

#[grad(w)]
fn names(w: &DVector<f64>, w_gradient: &DVector<f64>, g: f64, value: f64) -> f64 {
    let gradient = w.component_mul(w_gradient) * g;
    let entry = gradient.map(|g| g.sin() * value);
    entry.sum() + g * w.norm_squared()
}

#[test]
fn parameters_called_as_buffers_are() {
    let (w, other) = (vector(5), vector(5));
    check_in_place(
        &w,
        |w| names(w, &other, 0.7, 1.3),
        |g| names_grad_into(&w, &other, 0.7, 1.3, g),
        |g| names_value_and_grad_into(&w, &other, 0.7, 1.3, g),
    );
}

#[grad(a, x)]
fn pieces(a: &SMatrix<f64, 3, 3>, x: &SVector<f64, 5>, l: f64) -> f64 {
    let head = x.fixed_rows::<3>(0);
    let both = nalgebra::stack![a * head; x.rows(3, 2)];
    l * both.norm() + (a + a.transpose()).component_mul(a).sum() + a.determinant() + x.sum() / 2.0 - x.max()
}

#[test]
fn blocks_sums_and_transposes() {
    let at: (SMatrix<f64, 3, 3>, SVector<f64, 5>) = (matrix(3, 3), matgrad_tests::distinct(5, 1));
    let (a, x) = &at;
    check_in_place(
        &at,
        |(a, x)| pieces(a, x, 0.4),
        |(ga, gx)| pieces_grad_into(a, x, 0.4, ga, gx),
        |(ga, gx)| pieces_value_and_grad_into(a, x, 0.4, ga, gx),
    );
}

#[grad(x, m, r)]
fn repeated(x: &DMatrix<f64>, m: &DVector<f64>, r: &RowDVector<f64>, l: f64) -> f64 {
    let (n, p) = x.shape();
    let (down, across) = (DVector::from_element(n, 1.0), RowDVector::from_element(p, 1.0));
    let centred = x - m * &across;
    let shifted = &centred - &down * r * 2.0 + m * &across * 0.5 + &down * r * l;
    let lengths = centred.component_mul(&centred).row_sum();
    let scaled = shifted.component_mul(&(&down * (lengths.add_scalar(1.0))));
    let weighted = x.component_mul(&(m * &across)) - scaled;
    weighted.norm_squared() + (x.component_mul(x) * across.transpose()).norm() + lengths.norm()
}

#[test]
fn vectors_repeated_in_columns_and_rows() {
    let at: (DMatrix<f64>, DVector<f64>, RowDVector<f64>) = (matrix(3, 5), vector(3), matrix(1, 5));
    let (x, m, r) = &at;
    check_in_place(
        &at,
        |(x, m, r)| repeated(x, m, r, 0.3),
        |(gx, gm, gr)| repeated_grad_into(x, m, r, 0.3, gx, gm, gr),
        |(gx, gm, gr)| repeated_value_and_grad_into(x, m, r, 0.3, gx, gm, gr),
    );
    check(&at, |(x, m, r)| repeated(x, m, r, 0.3), repeated_grad(x, m, r, 0.3), repeated_value_and_grad(x, m, r, 0.3));
}

#[grad(a, b, c)]
fn products(a: &DMatrix<f64>, b: &DVector<f64>, c: &DVectorView<'_, f64>, s: f64) -> f64 {
    let sum = a * b - c * c.dot(c) + a * (a.transpose() * c) + b * s;
    let outer = b * c.transpose() - c * b.transpose() * s + a;
    sum.norm_squared() + (outer.transpose() * &outer).trace() + outer.norm() * sum.sum()
}

#[test]
fn sums_of_products() {
    let at: (DMatrix<f64>, DVector<f64>, DVector<f64>) = (matrix(3, 3), vector(3), vector(3));
    let (a, b, c) = &at;
    check_in_place(
        &at,
        |(a, b, c)| products(a, b, &c.as_view(), 0.7),
        |(ga, gb, gc)| products_grad_into(a, b, &c.as_view(), 0.7, ga, gb, gc),
        |(ga, gb, gc)| products_value_and_grad_into(a, b, &c.as_view(), 0.7, ga, gb, gc),
    );
    check(
        &at,
        |(a, b, c)| products(a, b, &c.as_view(), 0.7),
        products_grad(a, b, &c.as_view(), 0.7),
        products_value_and_grad(a, b, &c.as_view(), 0.7),
    );
}
