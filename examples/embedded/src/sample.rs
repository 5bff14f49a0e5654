//! Data of no meaning, the same in every precision.

use nalgebra::{RealField, SMatrix};

/// A matrix with entries between −1 and 1, multiples of 1/256, which every floating-point type holds exactly.
#[must_use]
pub fn matrix<T: RealField + Copy, const R: usize, const C: usize>(mut seed: u32) -> SMatrix<T, R, C> {
    let unit = T::from_i32(256).unwrap_or_else(T::one);
    SMatrix::from_fn(|_, _| {
        // a linear congruential generator (Knuth, TAOCP 2, 3.3.4), of whose bits the high ones are used
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let steps = i32::try_from(seed >> 23).unwrap_or(0) - 256;
        T::from_i32(steps).unwrap_or_else(T::zero) / unit
    })
}
