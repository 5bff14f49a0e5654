//! Companions against their function, its differences, and limits that are known.

use nalgebra::{DMatrix, DVector, Dim, OMatrix, Scalar};

/// Numbers that are moved one by one.
pub(crate) trait Flat: Clone {
    fn flat(&self) -> Vec<f64>;
    fn moved(&self, i: usize, by: f64) -> Self;
}

/// A floating-point type.
pub(crate) trait Number: Scalar + Copy {
    fn wide(self) -> f64;
    fn of(value: f64) -> Self;
}
impl Number for f64 {
    fn wide(self) -> f64 {
        self
    }
    fn of(value: f64) -> Self {
        value
    }
}
impl Number for f32 {
    fn wide(self) -> f64 {
        f64::from(self)
    }
    fn of(value: f64) -> Self {
        value as f32
    }
}

macro_rules! flat_numbers {
    ($($number:ty),*) => {$(
        impl Flat for $number {
            fn flat(&self) -> Vec<f64> {
                vec![self.wide()]
            }
            fn moved(&self, _: usize, by: f64) -> Self {
                Self::of(self.wide() + by)
            }
        }
    )*};
}
flat_numbers!(f64, f32);

impl<T: Number, R: Dim, C: Dim> Flat for OMatrix<T, R, C>
where
    nalgebra::DefaultAllocator: nalgebra::allocator::Allocator<R, C>,
{
    fn flat(&self) -> Vec<f64> {
        self.iter().map(|t| t.wide()).collect()
    }
    fn moved(&self, i: usize, by: f64) -> Self {
        let mut moved = self.clone();
        if let Some(entry) = moved.iter_mut().nth(i) {
            *entry = T::of(entry.wide() + by);
        }
        moved
    }
}

macro_rules! flat_tuples {
    ($(($($part:ident),*))*) => {$(
        #[allow(non_snake_case)]
        impl<$($part: Flat),*> Flat for ($($part,)*) {
            fn flat(&self) -> Vec<f64> {
                let ($($part,)*) = self;
                [$($part.flat()),*].concat()
            }
            fn moved(&self, _: usize, _: f64) -> Self {
                unreachable!("parameters are moved one by one")
            }
        }
    )*};
}
flat_tuples!((A, B)(A, B, C));

/// What a function or a companion returns, or that it returns nothing.
pub(crate) trait Outcome<V> {
    fn outcome(self) -> Option<V>;
}
impl<V: Flat> Outcome<Vec<f64>> for V {
    fn outcome(self) -> Option<Vec<f64>> {
        Some(self.flat())
    }
}
impl<V: Flat> Outcome<Vec<f64>> for Option<V> {
    fn outcome(self) -> Option<Vec<f64>> {
        self.map(|v| v.flat())
    }
}

/// What one reading found: of the function and its companions, nothing where they panicked, and nothing inside where they are `None`.
pub(crate) struct Found {
    pub(crate) value: Option<Option<Vec<f64>>>,
    pub(crate) both: Option<Option<Vec<f64>>>,
    pub(crate) gradient: Option<Option<Vec<f64>>>,
}

pub(crate) fn caught<V>(f: impl FnOnce() -> V) -> Option<V> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(f)).ok()
}

/// To half the digits of differences, or to 11 of what is expected.
pub(crate) fn check(name: &str, found: Found, precision: f64, expected: impl FnOnce() -> Vec<f64>) {
    let (value, both, gradient) = match (found.value, found.both, found.gradient) {
        (Some(Some(value)), Some(Some(both)), Some(Some(gradient))) => (value, both, gradient),
        (value, both, gradient) => {
            let ends = |v: &Option<Option<Vec<f64>>>| v.as_ref().map(Option::is_some);
            assert!(ends(&value) == ends(&both) && ends(&both) == ends(&gradient), "{name}: {value:?}, {both:?}, {gradient:?}");
            return;
        }
    };
    // of tiny numbers, too
    let size = |v: &[f64]| {
        let size = v.iter().filter(|t| t.is_finite()).fold(0.0_f64, |size, t| size.max(t.abs()));
        if precision < 1e-9 { size } else { size.max(1.0) }
    };
    let near = |a: f64, b: f64, size: f64| (a.is_nan() && b.is_nan()) || a == b || (a - b).abs() <= precision * size;
    // where the function overflows or vanishes on the way, its companion may know better
    let lost = precision < 1e-9 && (value[0] == 0.0 || !value[0].is_finite());
    assert!(
        lost || near(value[0], both[0], 1e-4 * value[0].abs().max(1e-3)),
        "{name}: the value is {value:?}, the companion's {both:?}"
    );
    let same = both[1..].iter().zip(&gradient).all(|(a, b)| near(*a, *b, 1e-4 * size(&gradient)));
    assert!(both.len() == gradient.len() + 1 && same, "{name}: {both:?} and {gradient:?}");
    let expected = expected();
    let right = gradient.iter().zip(&expected).all(|(a, b)| near(*a, *b, size(&expected)));
    assert!(gradient.len() == expected.len() && right, "{name}: found {gradient:?}, expected {expected:?}");
}

/// The derivative at 0 by central differences, extrapolated twice.
pub(crate) fn slope(f: impl Fn(f64) -> f64) -> f64 {
    let d = |h: f64| (f(h) - f(-h)) / (2.0 * h);
    let (a, b, c) = (d(1e-3), d(5e-4), d(2.5e-4));
    let (ab, bc) = ((4.0 * b - a) / 3.0, (4.0 * c - b) / 3.0);
    (16.0 * bc - ab) / 15.0
}

/// `name by parameters: items; at { lets } arguments; ..` where the derivative is known, `=> [numbers]`,
/// and of `f32`, `within` a precision.
macro_rules! readings {
    ($($name:ident by $by:tt { $($item:item)* } $(at $place:tt $arguments:tt $(within $precision:literal)? $(=> $expected:tt)?)*;)*) => {$(
        #[test]
        fn $name() {
            mod written {
                use matgrad::grad;
                use nalgebra::*;
                $($item)*
            }
            use crate::Flat;
            use written::*;
            $(crate::reading!($name $by $place $arguments ($($precision)?) ($($expected)?));)*
        }
    )*};
}
macro_rules! reading {
    ($name:ident ($($by:ident),*) { $($place:stmt;)* } $arguments:tt $precision:tt $expected:tt) => {{
        $($place;)*
        let found = crate::Found {
            value: crate::caught(|| crate::Outcome::outcome(f $arguments)),
            both: crate::caught(|| crate::Outcome::outcome(f_value_and_grad $arguments)),
            gradient: crate::caught(|| crate::Outcome::outcome(f_grad $arguments)),
        };
        let differences = || {
            let mut slopes: Vec<f64> = Vec::new();
            $(for i in 0..$by.flat().len() {
                slopes.push(crate::slope(|by| {
                    let $by = $by.moved(i, by);
                    crate::Outcome::outcome(f $arguments).map_or(f64::NAN, |v: Vec<f64>| v[0])
                }));
            })*
            slopes
        };
        let (precision, expected): (f64, Option<Vec<f64>>) = crate::expected!($precision $expected);
        crate::check(stringify!($name), found, precision, || expected.unwrap_or_else(differences));
    }};
}
macro_rules! expected {
    (() ()) => {
        (2e-7, None)
    };
    (($precision:literal) ()) => {
        ($precision, None)
    };
    (() ($expected:tt)) => {
        (1e-11, Some(vec!$expected))
    };
    (($precision:literal) ($expected:tt)) => {
        ($precision, Some(vec!$expected))
    };
}
pub(crate) use {expected, reading, readings};

/// A vector of `n` different numbers.
pub(crate) fn ramp(n: usize) -> DVector<f64> {
    DVector::from_fn(n, |i, _| 0.3 + 0.37 * i as f64 - 0.11 * (i * i % 5) as f64)
}

/// A matrix of different numbers.
pub(crate) fn mat(n: usize, m: usize) -> DMatrix<f64> {
    DMatrix::from_fn(n, m, |i, j| 0.2 + 0.31 * i as f64 - 0.17 * j as f64 + 0.05 * ((i * 7 + j * 3) % 4) as f64)
}
