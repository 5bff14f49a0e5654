//! Derivatives beside differences, for the tests of those who write a companion by hand or want to see one confirmed.

use core::fmt;

use nalgebra::allocator::Allocator;
use nalgebra::{DefaultAllocator, Dim, OMatrix, RealField};

/// What a function is differentiated by, as a list of numbers: a number, a matrix column by column, an array, a list.
pub trait Entries<T>: Clone {
    /// How many there are.
    fn count(&self) -> usize;
    /// The number at a place below [`count`](Entries::count).
    fn entry(&self, at: usize) -> T;
    /// Another number at a place.
    fn set_entry(&mut self, at: usize, to: T);
}

macro_rules! a_number {
    ($($number:ty)*) => {$(
        impl Entries<$number> for $number {
            fn count(&self) -> usize {
                1
            }
            fn entry(&self, _: usize) -> $number {
                *self
            }
            fn set_entry(&mut self, _: usize, to: $number) {
                *self = to;
            }
        }
    )*};
}
a_number!(f32 f64);

impl<T: RealField + Copy, R: Dim, C: Dim> Entries<T> for OMatrix<T, R, C>
where
    DefaultAllocator: Allocator<R, C>,
{
    fn count(&self) -> usize {
        self.len()
    }
    fn entry(&self, at: usize) -> T {
        self[at]
    }
    fn set_entry(&mut self, at: usize, to: T) {
        self[at] = to;
    }
}

impl<T: Copy, const N: usize> Entries<T> for [T; N] {
    fn count(&self) -> usize {
        N
    }
    fn entry(&self, at: usize) -> T {
        self[at]
    }
    fn set_entry(&mut self, at: usize, to: T) {
        self[at] = to;
    }
}

#[cfg(feature = "alloc")]
impl<T: Copy> Entries<T> for alloc::vec::Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }
    fn entry(&self, at: usize) -> T {
        self[at]
    }
    fn set_entry(&mut self, at: usize, to: T) {
        self[at] = to;
    }
}

/// The entry of a derivative that is farthest from differences.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Worst<T> {
    /// Which entry of the result, matrices by their columns: 0 of a number.
    pub of: usize,
    /// By which entry of the parameter.
    pub by: usize,
    /// The derivative that was given.
    pub derived: T,
    /// The same by differences.
    pub difference: T,
    /// `|derived − difference| / max(1, |difference|)`; NaN if one of them is.
    pub error: T,
}

impl<T: RealField + Copy> Worst<T> {
    /// Whether the error is at most so large; not where it is NaN.
    #[must_use]
    pub fn is_within(&self, tolerance: T) -> bool {
        self.error <= tolerance
    }
}

impl<T: fmt::Display> fmt::Display for Worst<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { of, by, derived, difference, error } = self;
        write!(f, "entry {of} by entry {by}: derived {derived}, by differences {difference}, off by {error}")
    }
}

/// The entry of a gradient that is farthest from the central differences of fourth order of `f`.
///
/// `gradient` is what a companion of `f` gives at `at`, generated or written by hand. Calls `f` four times an entry. Good to about ten digits in
/// `f64` and to three in `f32`, where `f` is smooth and of moderate size nearby.
///
/// # Panics
/// If `gradient` has not as many entries as `at`.
///
/// ```
/// use nalgebra::{Vector2, vector};
///
/// let f = |x: &Vector2<f64>| x[0].sin() * x[1];
/// let at = vector![0.3, 2.0];
/// let worst = matgrad::check_gradient(f, &at, &vector![0.3_f64.cos() * 2.0, 0.3_f64.sin()]);
/// assert!(worst.is_within(1e-9), "{worst}");
/// ```
pub fn check_gradient<T: RealField + Copy, P: Entries<T>>(f: impl Fn(&P) -> T, at: &P, gradient: &P) -> Worst<T> {
    assert_eq!(gradient.count(), at.count(), "a gradient has as many entries as what it is taken by");
    farthest(at.count(), 1, |_, by| (gradient.entry(by), difference(|x| f(x), at, by)))
}

/// The same of a Jacobian: rows are entries of the result, columns entries of the parameter, both by their columns.
///
/// # Panics
/// If `jacobian` is not of that shape.
pub fn check_jacobian<T, P, F, R, C>(f: impl Fn(&P) -> F, at: &P, jacobian: &OMatrix<T, R, C>) -> Worst<T>
where
    T: RealField + Copy,
    P: Entries<T>,
    F: Entries<T>,
    R: Dim,
    C: Dim,
    DefaultAllocator: Allocator<R, C>,
{
    let rows = f(at).count();
    assert_eq!(jacobian.shape(), (rows, at.count()), "a Jacobian has a row for each entry of the result");
    farthest(at.count(), rows, |of, by| (jacobian[(of, by)], difference(|x| f(x).entry(of), at, by)))
}

fn farthest<T: RealField + Copy>(columns: usize, rows: usize, at: impl Fn(usize, usize) -> (T, T)) -> Worst<T> {
    let zero = T::zero();
    let mut worst = Worst { of: 0, by: 0, derived: zero, difference: zero, error: zero };
    for by in 0..columns {
        for of in 0..rows {
            let (derived, difference) = at(of, by);
            let error = (derived - difference).abs() / difference.abs().max(T::one());
            // what is no number is worst
            if error > worst.error || error.partial_cmp(&error).is_none() {
                worst = Worst { of, by, derived, difference, error };
            }
        }
    }
    worst
}

/// `f′ = (8 (f(h) − f(−h)) − (f(2h) − f(−2h))) / 12h + O(h⁴)`
fn difference<T: RealField + Copy, P: Entries<T>>(f: impl Fn(&P) -> T, at: &P, by: usize) -> T {
    let x = at.entry(by);
    // ε^(1/5) makes rounding and the next term alike
    let step = T::default_epsilon().powf(nalgebra::convert(0.2)) * x.abs().max(T::one());
    let h = (x + step) - x;
    let moved = |t: T| {
        let mut moved = at.clone();
        moved.set_entry(by, x + t);
        f(&moved)
    };
    let two = T::one() + T::one();
    let (near, far) = (moved(h) - moved(-h), moved(two * h) - moved(-two * h));
    (nalgebra::convert::<f64, T>(8.0) * near - far) / (nalgebra::convert::<f64, T>(12.0) * h)
}
