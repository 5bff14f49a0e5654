//! Points: what a function is differentiated by, as a list of coordinates.

use nalgebra::allocator::Allocator;
use nalgebra::{DefaultAllocator, Dim, OMatrix, RealField};

/// A floating-point type, and what its precision allows.
pub trait Real: RealField + Copy {
    /// The step of a difference, times the size of the coordinate.
    const STEP: f64;
    /// The relative error of a derivative by differences.
    const TOLERANCE: f64;

    /// As `f64`.
    fn as_f64(self) -> f64;
    /// The nearest number of this type.
    fn nearest(t: f64) -> Self;
}

impl Real for f64 {
    const STEP: f64 = 1e-3;
    const TOLERANCE: f64 = 1e-8;

    fn as_f64(self) -> f64 {
        self
    }
    fn nearest(t: f64) -> Self {
        t
    }
}

impl Real for f32 {
    const STEP: f64 = 0.05;
    const TOLERANCE: f64 = 2e-3;

    fn as_f64(self) -> f64 {
        f64::from(self)
    }
    fn nearest(t: f64) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "the nearest `f32`")]
        let nearest = t as Self;
        nearest
    }
}

/// One or several parameters: a number, a matrix, a tuple of them.
pub trait Point: Clone {
    /// The scalar type.
    type Scalar: Real;

    /// The number of coordinates.
    fn dimension(&self) -> usize;
    /// A coordinate.
    fn at(&self, i: usize) -> Self::Scalar;
    /// Change a coordinate.
    fn set(&mut self, i: usize, value: Self::Scalar);
    /// The shape, as one compares it.
    fn shape(&self) -> Vec<(usize, usize)>;
}

macro_rules! scalar_points {
    ($($scalar:ty)*) => {$(
        impl Point for $scalar {
            type Scalar = Self;

            fn dimension(&self) -> usize {
                1
            }
            fn at(&self, _: usize) -> Self {
                *self
            }
            fn set(&mut self, _: usize, value: Self) {
                *self = value;
            }
            fn shape(&self) -> Vec<(usize, usize)> {
                vec![(1, 1)]
            }
        }
    )*};
}

scalar_points!(f64 f32);

impl<T: Real, R: Dim, C: Dim> Point for OMatrix<T, R, C>
where
    DefaultAllocator: Allocator<R, C>,
{
    type Scalar = T;

    fn dimension(&self) -> usize {
        self.len()
    }
    fn at(&self, i: usize) -> T {
        self[i]
    }
    fn set(&mut self, i: usize, value: T) {
        self[i] = value;
    }
    fn shape(&self) -> Vec<(usize, usize)> {
        vec![(self.nrows(), self.ncols())]
    }
}

macro_rules! tuple_points {
    ($(($first:ident $($name:ident)+))*) => {$(
        impl<$first: Point, $($name: Point<Scalar = $first::Scalar>),+> Point for ($first, $($name),+) {
            type Scalar = $first::Scalar;

            #[expect(non_snake_case, reason = "a value of type `A` is `A`")]
            fn dimension(&self) -> usize {
                let ($first, $($name),+) = self;
                $first.dimension() $(+ $name.dimension())+
            }
            #[expect(non_snake_case, reason = "a value of type `A` is `A`")]
            fn at(&self, mut i: usize) -> Self::Scalar {
                let ($first, $($name),+) = self;
                if i < $first.dimension() {
                    return $first.at(i);
                }
                i -= $first.dimension();
                $(
                    if i < $name.dimension() {
                        return $name.at(i);
                    }
                    i -= $name.dimension();
                )+
                panic!("{i} coordinates beyond the last")
            }
            #[expect(non_snake_case, reason = "a value of type `A` is `A`")]
            fn set(&mut self, mut i: usize, value: Self::Scalar) {
                let ($first, $($name),+) = self;
                if i < $first.dimension() {
                    return $first.set(i, value);
                }
                i -= $first.dimension();
                $(
                    if i < $name.dimension() {
                        return $name.set(i, value);
                    }
                    i -= $name.dimension();
                )+
                panic!("{i} coordinates beyond the last")
            }
            #[expect(non_snake_case, reason = "a value of type `A` is `A`")]
            fn shape(&self) -> Vec<(usize, usize)> {
                let ($first, $($name),+) = self;
                [$first.shape(), $($name.shape()),+].concat()
            }
        }
    )*};
}

tuple_points!((A B) (A B C) (A B C D));
