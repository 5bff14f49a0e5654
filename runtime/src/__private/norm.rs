//! Norms, of very large and very small matrices as well.

use nalgebra::storage::Storage;
use nalgebra::{Dim, Matrix, RealField};

/// `√Σ mᵢⱼ²`. Where the squares overflow or vanish, the matrix is measured by its largest entry; otherwise this is nalgebra's norm, bit
/// by bit.
#[must_use]
pub fn norm<T, R, C, S>(m: &Matrix<T, R, C, S>) -> T
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
{
    let plain = m.norm();
    let Some(huge) = T::max_value() else { return plain };
    // below this, squares are less than the smallest number of full precision over ε
    let tiny = (huge.sqrt() * T::default_epsilon().sqrt()).recip();
    if plain.is_finite() && plain >= tiny {
        return plain;
    }
    let largest = m.amax();
    if largest.is_zero() || !largest.is_finite() {
        return plain;
    }
    let squares = m.iter().fold(T::zero(), |sum, t| sum + (*t / largest) * (*t / largest));
    largest * squares.sqrt()
}

/// `(Σ |mᵢⱼ|ᵖ)^{1/p}`. Where the powers overflow or vanish, the matrix is measured by its largest entry; otherwise this is nalgebra's norm, bit by
/// bit.
#[must_use]
pub fn lp_norm<T, R, C, S>(m: &Matrix<T, R, C, S>, p: i32) -> T
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
{
    let plain = m.lp_norm(p);
    let Some(huge) = T::max_value() else { return plain };
    let power = plain.powi(p);
    if power.is_finite() && power >= (huge * T::default_epsilon()).recip() {
        return plain;
    }
    let largest = m.amax();
    if largest.is_zero() || !largest.is_finite() {
        return plain;
    }
    let powers = m.iter().fold(T::zero(), |sum, t| sum + (*t / largest).abs().powi(p));
    largest * powers.powf(nalgebra::convert::<f64, T>(f64::from(p)).recip())
}

/// [`lp_norm`] for an integer that the program knows, as a number.
#[must_use]
pub fn lp_norm_by<T, R, C, S>(m: &Matrix<T, R, C, S>, p: T) -> T
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
{
    let plain = m.iter().fold(T::zero(), |sum, t| sum + t.abs().powf(p)).powf(p.recip());
    let Some(huge) = T::max_value() else { return plain };
    let power = plain.powf(p);
    if p <= T::zero() || (power.is_finite() && power >= (huge * T::default_epsilon()).recip()) {
        return plain;
    }
    let largest = m.amax();
    if largest.is_zero() || !largest.is_finite() {
        return plain;
    }
    largest * m.iter().fold(T::zero(), |sum, t| sum + (*t / largest).abs().powf(p)).powf(p.recip())
}
