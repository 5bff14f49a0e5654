//! Generic functions: scalars, dimensions, and the bounds that users write.

use matgrad::grad;
use matgrad_tests::{check, matrix, number, vector};
use nalgebra::allocator::Allocator;
use nalgebra::{Const, DMatrix, DVector, DefaultAllocator, Dim, DimName, Dyn, OMatrix, OVector, RealField, SMatrix, SVector};

#[grad(w)]
fn inline<T: RealField + Copy>(w: &DVector<T>, x: &DMatrix<T>, y: &DVector<T>) -> T {
    (x * w - y).norm_squared()
}

#[test]
fn inline_bound() {
    let (w, x, y) = (vector(3), matrix(7, 3), vector(7));
    check(&w, |w| inline::<f64>(w, &x, &y), inline_grad(&w, &x, &y), inline_value_and_grad(&w, &x, &y));
    let (w, x, y) = (vector(3), matrix(7, 3), vector(7));
    check(&w, |w| inline::<f32>(w, &x, &y), inline_grad(&w, &x, &y), inline_value_and_grad(&w, &x, &y));
}

#[grad(w)]
fn clause<T>(w: &DVector<T>, t: T) -> T
where
    T: nalgebra::RealField + Copy,
{
    w.map(|v| (v * t).exp() + T::one()).sum() * nalgebra::convert(0.5)
}

#[test]
fn bound_in_a_where_clause() {
    let (w, t): (_, f64) = (vector(3), number());
    check(&w, |w| clause(w, t), clause_grad(&w, t), clause_value_and_grad(&w, t));
    let (w, t): (_, f32) = (vector(3), number());
    check(&w, |w| clause(w, t), clause_grad(&w, t), clause_value_and_grad(&w, t));
}

#[grad(s, x)]
fn generic_scalar<T: RealField + Copy>(s: T, x: &SVector<T, 5>) -> T {
    (x.norm_squared() + T::from_f64(1.5).unwrap()).sqrt() * s.sin() + s.powi(3) / nalgebra::convert(7.0)
}

#[test]
fn generic_scalars() {
    let (s, x): (f64, _) = (0.3, vector(5));
    check(&(s, x), |(s, x)| generic_scalar(*s, x), generic_scalar_grad(s, &x), generic_scalar_value_and_grad(s, &x));
    let (s, x): (f32, _) = (0.3, vector(5));
    check(&(s, x), |(s, x)| generic_scalar(*s, x), generic_scalar_grad(s, &x), generic_scalar_value_and_grad(s, &x));
}

#[grad(a)]
fn sizes<const N: usize, const M: usize>(a: &SMatrix<f64, N, M>, x: &SVector<f64, M>) -> f64 {
    (a * x).norm_squared() / N as f64
}

#[test]
fn const_generics() {
    let (a, x) = (matrix(3, 5), vector(5));
    check(&a, |a| sizes::<3, 5>(a, &x), sizes_grad(&a, &x), sizes_value_and_grad(&a, &x));
}

#[grad(a)]
fn generic_sizes<T: RealField + Copy, const N: usize>(a: &SMatrix<T, N, N>, x: &SVector<T, N>) -> T {
    let shifted = a + SMatrix::<T, N, N>::identity();
    x.dot(&(shifted * x)) + a.trace() + SVector::<T, N>::repeat(T::one()).dot(x)
}

#[test]
fn generic_scalar_and_size() {
    let (a, x) = (matrix(5, 5), vector(5));
    check(&a, |a| generic_sizes::<f64, 5>(a, &x), generic_sizes_grad(&a, &x), generic_sizes_value_and_grad(&a, &x));
}

#[grad(a, x)]
fn any_dimension<T: RealField + Copy, R: Dim, C: Dim>(a: &OMatrix<T, R, C>, x: &OVector<T, C>) -> T
where
    DefaultAllocator: Allocator<R, C> + Allocator<C> + Allocator<R>,
{
    (a * x).norm_squared()
}

#[test]
fn dimensions_of_any_kind() {
    let (a, x): (SMatrix<f64, 3, 5>, SVector<f64, 5>) = (matrix(3, 5), vector(5));
    check(&(a, x), |(a, x)| any_dimension(a, x), any_dimension_grad(&a, &x), any_dimension_value_and_grad(&a, &x));
    let (a, x): (DMatrix<f64>, DVector<f64>) = (matrix(3, 5), vector(5));
    let (gradient, both) = (any_dimension_grad(&a, &x), any_dimension_value_and_grad(&a, &x));
    check(&(a, x), |(a, x)| any_dimension(a, x), gradient, both);
    let (a, x): (OMatrix<f64, Dyn, Const<5>>, SVector<f64, 5>) = (matrix(3, 5), vector(5));
    let (gradient, both) = (any_dimension_grad(&a, &x), any_dimension_value_and_grad(&a, &x));
    check(&(a, x), |(a, x)| any_dimension(a, x), gradient, both);
}

#[grad(x)]
fn named_dimension<T, D>(x: &OVector<T, D>, y: OVector<T, D>) -> T
where
    T: RealField + Copy,
    D: DimName,
    DefaultAllocator: Allocator<D>,
{
    let difference = x - y;
    difference.dot(&difference) + x.sum()
}

#[test]
fn dimensions_with_names() {
    let (x, y): (SVector<f64, 5>, _) = (vector(5), vector(5));
    check(&x, |x| named_dimension(x, y), named_dimension_grad(&x, y), named_dimension_value_and_grad(&x, y));
}

#[grad(x)]
fn generics_of_others<'a, F, const K: usize>(x: &'a DVector<f64>, names: &'a [&'a str], weigh: F) -> f64
where
    F: Fn(usize) -> f64 + 'a,
{
    let weight: f64 = weigh(names.len() + K);
    x.norm_squared() * weight
}

#[test]
fn generics_that_are_inactive() {
    let x = vector(3);
    let (gradient, both) = (
        generics_of_others_grad::<_, 2>(&x, &["a"], |n| n as f64),
        generics_of_others_value_and_grad::<_, 2>(&x, &["a"], |n| n as f64),
    );
    check(&x, |x| generics_of_others::<_, 2>(x, &["a"], |n| n as f64), gradient, both);
}

#[grad(x)]
fn argument_position(x: &DVector<f64>, weigh: impl Fn(f64) -> f64, rates: impl IntoIterator<Item = f64>) -> f64 {
    let rate: f64 = rates.into_iter().map(weigh).sum();
    x.norm_squared() * rate
}

#[test]
fn impl_trait_in_argument_position() {
    let x = vector(3);
    let (gradient, both) =
        (argument_position_grad(&x, f64::exp, [0.1, 0.2]), argument_position_value_and_grad(&x, f64::exp, vec![0.1, 0.2]));
    check(&x, |x| argument_position(x, f64::exp, [0.1, 0.2]), gradient, both);
}
