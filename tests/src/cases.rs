//! Tests as data: a body, and the signatures that it is tried with.

/// Makes a module of tests of each case.
///
/// ```text
/// matgrad_tests::cases! {
///     quadratic_form { (x.transpose() * a * x)[0] }
///         dynamic(x: DVector<f64> = vector(5), a: DMatrix<f64> = matrix(5, 5)) -> f64
///         fixed(x: SVector<f32, 5> = vector(5); a: SMatrix<f32, 5, 5> = matrix(5, 5)) -> f32;
/// }
/// ```
///
/// The parameters, all taken by reference, are differentiated by up to the semicolon. The body is that of a function to which
/// `#[grad(..)]` is applied; its companions are compared with differences of it.
#[macro_export]
macro_rules! cases {
    ($(
        $(#[$attribute:meta])*
        $case:ident $body:tt
        $($test:ident ($($x:ident: $xty:ty = $at:expr),+ $(; $($c:ident: $cty:ty = $value:expr),+)?) -> $scalar:tt)+;
    )*) => {$(
        $(#[$attribute])*
        mod $case {
            #[allow(unused_imports)] // what a body needs
            use super::*;
            $(
                #[test]
                fn $test() {
                    #[::matgrad::grad($($x),+)]
                    fn f($($x: &$xty,)+ $($($c: &$cty),+)?) -> $scalar $body

                    $crate::restart();
                    $(let $x: $xty = $at;)+
                    $($(let $c: $cty = $value;)+)?
                    $crate::check(
                        &($($x.clone()),+),
                        |($($x),+)| f($($x,)+ $($(&$c),+)?),
                        f_grad($(&$x,)+ $($(&$c),+)?),
                        f_value_and_grad($(&$x,)+ $($(&$c),+)?),
                    );
                }
            )+
        }
    )*};
}
