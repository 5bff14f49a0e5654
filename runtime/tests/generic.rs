//! The helpers compile under the bounds that a generic function of a user states, and no others.
#![allow(clippy::many_single_char_names, reason = "the letters of the formulas")]

use matgrad::__private as m;
use matgrad::{ln_det, log_sum_exp, softmax};
use nalgebra::allocator::Allocator;
use nalgebra::{Const, DefaultAllocator, Dim, DimMin, OMatrix, OVector, RealField, SMatrix, SVector, U1};

/// As `x.tr_mul(y)` and friends need them.
fn with_const_generics<T: RealField + Copy, const N: usize, const P: usize>(
    x: &SMatrix<T, N, P>,
    w: &SVector<T, P>,
) -> (SVector<T, P>, SMatrix<T, P, P>) {
    let r = x * w;
    let gradient = m::tr_mul(x, &r) * m::count::<T>(N).recip();
    let outer = m::mul_tr_contiguous(&gradient, &softmax(w));
    let sum = m::place(Const::<P>, Const::<P>, 0, 0, &m::tr_mul_contiguous(x, x).view((0, 0), (1, 1)));
    (m::products_of_others(&gradient), outer + sum)
}

/// As `a.determinant()` needs them.
fn with_square<T: RealField + Copy, const N: usize>(a: &SMatrix<T, N, N>) -> SMatrix<T, N, N>
where
    Const<N>: DimMin<Const<N>, Output = Const<N>>,
{
    let f = m::lu(a);
    let solved = m::lu_solve_tr(&f, a).unwrap_or_else(SMatrix::zeros);
    m::cofactor(a) * (ln_det(a) + m::lu_ln_det(&f)) + m::exp_frechet(a, &solved)
}

/// As a function over `OMatrix` needs them.
fn with_dimensions<T: RealField + Copy, R: Dim, C: Dim>(x: &OMatrix<T, R, C>, y: &OVector<T, R>) -> OVector<T, C>
where
    DefaultAllocator: Allocator<R, C> + Allocator<R> + Allocator<C>,
{
    let gradient = m::tr_mul(x, y) + m::tr_mul_contiguous(x, y);
    let (row, column) = m::arg_max(&gradient);
    let (c, one) = (gradient.shape_generic().0, U1);
    gradient + m::place_at(c, one, row, column, log_sum_exp(y))
}

/// As `s.cholesky()` needs them.
fn with_definite<T: RealField + Copy, D: Dim>(s: &OMatrix<T, D, D>, b: &OVector<T, D>) -> Option<(OVector<T, D>, T)>
where
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    let c = m::cholesky(s)?;
    let l = m::phi(&m::mul_tr(&m::chol_l(&c), &m::chol_inverse(&c)));
    Some((m::chol_solve(&c, b), m::chol_ln_det(&c) + l.sum()))
}

#[test]
fn they_run_static_and_dynamic() {
    let x = SMatrix::<f32, 5, 3>::from_fn(|i, j| if i == j { 2.0 } else { 1.0 });
    let (g, h) = with_const_generics(&x, &SVector::from_element(1.0));
    assert!(g.iter().chain(h.iter()).all(|t| t.is_finite()));
    let a = SMatrix::<f64, 3, 3>::new(2.0, 1.0, 0.0, 0.0, 3.0, 1.0, 1.0, 0.0, 4.0);
    assert!(with_square(&a).iter().all(|t| t.is_finite()));
    let y = SVector::<f32, 5>::from_element(1.0);
    let fixed = with_dimensions(&x, &y);
    let x = nalgebra::DMatrix::from_column_slice(5, 3, x.as_slice());
    let y = nalgebra::DVector::from_column_slice(y.as_slice());
    assert_eq!(with_dimensions(&x, &y), fixed);
    let s = a * a.transpose();
    assert!(with_definite(&s, &SVector::<f64, 3>::from_element(1.0)).is_some());
}
