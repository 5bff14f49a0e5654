//! Rows of the tables in the books: value and gradient against differences of the function, and the formula that is printed.
#![allow(missing_docs, reason = "tests")]
#![allow(clippy::cast_precision_loss, clippy::many_single_char_names, reason = "functions as their users write them")]
#![allow(clippy::redundant_closure_for_method_calls, reason = "either spelling is one")]

use matgrad_engine::emit::Report;
use matgrad_tests::matrix;
use nalgebra::DMatrix;

/// Makes a test of every spelling of every row.
///
/// ```text
/// textbook! {
///     /// xᵀ A x
///     quadratic_form [x] (x: &DVector<f64> = vector(5), a: &DMatrix<f64> = matrix(5, 5)) { x: "(a + aᵀ) x" }
///         dot { x.dot(&(a * x)) }
///         transposed { (x.transpose() * a * x).to_scalar() };
/// }
/// ```
///
/// In this order: the arguments of the attribute, the parameters and where the gradient is tested, the gradients as they have to be printed
/// (after a semicolon what the names in them stand for), and bodies, a name each.
macro_rules! textbook {
    ($(
        $(#[$book:meta])*
        $row:ident $attribute:tt $parameters:tt $formulas:tt $($spelling:ident $body:tt)+;
    )*) => {$(
        $(#[$book])*
        mod $row {
            #[allow(unused_imports)] // what a row needs
            use super::*;
            $(textbook!(@ $spelling $attribute $parameters $formulas $body);)+
        }
    )*};
    (@ $test:ident
        [$($attribute:tt)*]
        ($($p:ident: $ty:ty = $at:expr),+)
        {$($x:ident: $gradient:literal),+ $(; $($name:ident: $meaning:literal),+)?}
        $body:tt
    ) => {
        #[test]
        #[allow(unused_parens, reason = "one parameter, or several")]
        fn $test() {
            #[::matgrad::grad($($attribute)*)]
            fn f($($p: $ty),+) -> f64 $body

            ::matgrad_tests::restart();
            $(let $p: <$ty as $crate::Argument<'_>>::Owned = $at;)+
            $(let $p = &$p;)+
            ::matgrad_tests::check(
                &($($x.clone()),+),
                |($($x),+)| f($($crate::Argument::lent($p)),+),
                f_grad($($crate::Argument::lent($p)),+),
                f_value_and_grad($($crate::Argument::lent($p)),+),
            );
            $crate::assert_printed(
                stringify!($($attribute)*),
                stringify!(fn f($($p: $ty),+) -> f64 $body),
                &[$((stringify!($x), $gradient)),+],
                &[$($((stringify!($name), $meaning)),+)?],
            );
        }
    };
}

#[path = "textbook/documentation.rs"]
mod documentation;
#[path = "textbook/kinks.rs"]
mod kinks;
#[path = "textbook/linear_algebra.rs"]
mod linear_algebra;
#[path = "textbook/matrices.rs"]
mod matrices;
#[path = "textbook/networks.rs"]
mod networks;
#[path = "textbook/numbers.rs"]
mod numbers;
#[path = "textbook/rules.rs"]
mod rules;
#[path = "textbook/vectors.rs"]
mod vectors;

/// An argument, and what a test keeps to lend it from.
trait Argument<'a> {
    type Owned;

    fn lent(owned: &'a Self::Owned) -> Self;
}

impl<'a, T> Argument<'a> for &'a T {
    type Owned = T;

    fn lent(owned: &'a T) -> Self {
        owned
    }
}

impl Argument<'_> for f64 {
    type Owned = Self;

    fn lent(owned: &Self) -> Self {
        *owned
    }
}

impl Argument<'_> for usize {
    type Owned = Self;

    fn lent(owned: &Self) -> Self {
        *owned
    }
}

fn report(attribute: &str, function: &str) -> Report {
    let (attribute, function) = (attribute.parse().expect("tokens"), function.parse().expect("tokens"));
    matgrad_engine::explain(attribute, function).expect("a derivative")
}

#[track_caller]
fn assert_printed(attribute: &str, function: &str, gradients: &[(&str, &str)], definitions: &[(&str, &str)]) {
    let report = report(attribute, function);
    let found: Vec<(&str, &str)> = report.gradients.iter().map(|(x, g)| (x.as_str(), g.as_str())).collect();
    assert_eq!(found, gradients);
    let found: Vec<(&str, &str)> = report.definitions.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert_eq!(found, definitions);
}

/// A matrix far from singular, with a positive determinant, and not symmetric.
fn regular(n: usize) -> DMatrix<f64> {
    DMatrix::identity(n, n) * 2.0 + matrix::<DMatrix<f64>>(n, n)
}

/// A symmetric matrix, not definite.
fn symmetric(n: usize) -> DMatrix<f64> {
    let a: DMatrix<f64> = matrix(n, n);
    &a + a.transpose()
}
