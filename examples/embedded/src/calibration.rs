//! Calibration of an accelerometer at rest: 9 parameters from 12 poses.

use matgrad::grad;
use nalgebra::{Matrix3, RealField, RowSVector, SMatrix, SVector, Vector3, convert};

/// At rest the corrected reading is as long as gravity, which is the unit: `Σ (‖k (s − b)‖² − 1)²` over the readings `s`.
///
/// `p` holds the upper triangle of the correction `k`, row by row, and the bias `b`.
#[grad(p)]
pub fn calibration<T: RealField + Copy>(p: &SVector<T, 9>, readings: &SMatrix<T, 3, 12>) -> T {
    let k = Matrix3::new(p[0], p[1], p[2], T::zero(), p[3], p[4], T::zero(), T::zero(), p[5]);
    let bias = p.fixed_rows::<3>(6);
    let corrected = k * (readings - bias * RowSVector::<T, 12>::repeat(T::one()));
    let lengths = corrected.component_mul(&corrected).row_sum();
    lengths.add_scalar(-T::one()).norm_squared()
}

/// Value and gradient of [`calibration`] by hand: with `d = s − b`, `c = k d` and `e = ‖c‖² − 1`, `Σ 4 e c dᵀ` by `k` and
/// `−kᵀ Σ 4 e c` by `b`.
pub fn by_hand<T: RealField + Copy>(p: &SVector<T, 9>, readings: &SMatrix<T, 3, 12>, gradient: &mut SVector<T, 9>) -> T {
    let k = Matrix3::new(p[0], p[1], p[2], T::zero(), p[3], p[4], T::zero(), T::zero(), p[5]);
    let bias = Vector3::new(p[6], p[7], p[8]);
    let mut d = *readings;
    d.column_iter_mut().for_each(|mut s| s -= bias);
    let mut c = k * d;
    let mut value = T::zero();
    for mut c in c.column_iter_mut() {
        let e = c.norm_squared() - T::one();
        value += e * e;
        c *= e * convert(4.0);
    }
    let mut by_k = Matrix3::zeros();
    for (c, d) in c.column_iter().zip(d.column_iter()) {
        by_k.ger(T::one(), &c, &d, T::one());
    }
    let by_bias = -k.tr_mul(&c.column_sum());
    *gradient = SVector::from([by_k.m11, by_k.m12, by_k.m13, by_k.m22, by_k.m23, by_k.m33, by_bias.x, by_bias.y, by_bias.z]);
    value
}
