//! A module in which no name means what it means elsewhere.
#![allow(
    missing_docs,
    missing_debug_implementations,
    dead_code,
    non_camel_case_types,
    clippy::missing_const_for_fn,
    clippy::upper_case_acronyms,
    unused_macros,
    reason = "of what shadows, not of what is generated"
)]

pub struct Option;
pub struct Some;
pub struct None;
pub struct Ok;
pub struct Err;
pub struct Vec;
pub struct Box;
pub struct String;
pub struct Result;
pub struct Default;
pub struct Copy;
pub struct From;
pub trait Clone {}
pub trait Into {}
pub trait Iterator {}
pub trait Add {}
pub trait Mul {}
pub trait RealField {}
pub struct f64;
pub struct f32;
pub struct usize;
pub struct bool;
pub mod core {}
pub mod std {}
pub mod alloc {}
pub mod nalgebra {}
pub mod matgrad {}
pub mod value {}
pub mod gradient {}
pub fn product() {}
pub fn t() {}
pub fn n() {}
pub fn same_dim() {}
pub fn drop() {}

type Number = ::core::primitive::f64;

/// Everything that generated code might name without care.
///
/// # Panics
/// If `xᵀ x` is singular.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "a number of examples")]
#[::differential::grad(w, x, crate = ::differential)]
pub fn loss(
    w: &::algebra::DVector<::core::primitive::f64>,
    x: &::algebra::DMatrix<::core::primitive::f64>,
    y: &::algebra::DVector<::core::primitive::f64>,
) -> ::core::primitive::f64 {
    let scores = x * w;
    let regular = x.tr_mul(x).lu().solve(w).unwrap();
    y.component_mul(&scores).map(|m| (-m).exp().ln_1p()).sum() / y.len() as ::core::primitive::f64
        + regular.norm()
        + w[0]
        + x.max()
        + x.rows(1, 2).sum()
}

/// `Option`, `Some` and `?`.
#[must_use]
#[::differential::grad(x, crate = ::differential)]
pub fn inverse(x: &::algebra::DMatrix<::core::primitive::f64>) -> ::core::option::Option<::core::primitive::f64> {
    let inverse = x.clone_owned().try_inverse()?;
    ::core::option::Option::Some(inverse.sum())
}

/// Fixed sizes.
#[must_use]
#[::differential::grad(crate = ::differential)]
pub fn fixed(x: &::algebra::Vector3<::core::primitive::f64>, a: ::algebra::Matrix3<::core::primitive::f64>) -> Number {
    (a * x).dot(x) + a.determinant() + x.max()
}
