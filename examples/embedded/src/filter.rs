//! One step of an extended Kalman filter for the attitude of a body: a gyroscope moves the quaternion, an accelerometer and a magnetometer
//! correct it.
//!
//! The Jacobians of the motion and of the residuals are derived; beside them are those by hand. The update of the covariance is the same for
//! both.

use matgrad::jacobian;
use nalgebra::{Matrix3x4, Matrix4, Matrix6, Matrix6x4, RealField, Vector3, Vector4, Vector6, convert};

/// The unit quaternion `q`, the real part of which comes first, after turning at this rate for a short while.
#[jacobian(q)]
pub fn motion<T: RealField + Copy>(q: &Vector4<T>, rate: &Vector3<T>, time: T) -> Vector4<T> {
    let half: T = convert(0.5);
    let zero: T = convert(0.0);
    let (x, y, z) = (rate[0], rate[1], rate[2]);
    let turning = Matrix4::new(zero, -x, -y, -z, x, zero, z, -y, y, -z, zero, x, z, y, -x, zero);
    q + turning * q * (half * time)
}

/// What is left of the direction that an accelerometer or a magnetometer `seen` by that `known` in the frame of the earth, turned into that of
/// the body.
#[jacobian(q)]
pub fn residual<T: RealField + Copy>(q: &Vector4<T>, known: &Vector3<T>, seen: &Vector3<T>) -> Vector3<T> {
    let two: T = convert(2.0);
    let (w, v) = (q[0], q.fixed_rows::<3>(1));
    known + (known.cross(&v) * w + v * known.dot(&v) - known * v.norm_squared()) * two - seen
}

/// What the sensors say, and how noisy they are.
pub struct Measured<T> {
    /// The gyroscope: how fast the body turns.
    pub rate: Vector3<T>,
    /// For how long.
    pub time: T,
    /// Gravity and the magnetic field in the frame of the earth.
    pub known: [Vector3<T>; 2],
    /// The accelerometer and the magnetometer.
    pub seen: [Vector3<T>; 2],
    /// The variance that a step adds to each entry of the quaternion.
    pub drift: T,
    /// The variance of each entry of the accelerometer and the magnetometer.
    pub noise: T,
}

/// The quaternion and its covariance.
pub struct State<T> {
    /// The quaternion.
    pub q: Vector4<T>,
    /// Its covariance.
    pub p: Matrix4<T>,
}

/// A step, with the Jacobians that are derived. Gives the squared length of the surprise, in standard deviations; where the covariance of
/// that is not positive definite, nothing, and the state is predicted but not corrected.
#[inline]
pub fn step<T: RealField + Copy>(before: &State<T>, measured: &Measured<T>, after: &mut State<T>) -> Option<T> {
    let mut f = Matrix4::zeros();
    after.q = motion_value_and_jacobian_into(&before.q, &measured.rate, measured.time, &mut f);
    let Measured { known: [gravity, field], seen: [accelerometer, magnetometer], .. } = measured;
    let (mut by_down, mut by_north) = (Matrix3x4::zeros(), Matrix3x4::zeros());
    let down = residual_value_and_jacobian_into(&after.q, gravity, accelerometer, &mut by_down);
    let north = residual_value_and_jacobian_into(&after.q, field, magnetometer, &mut by_north);
    update(&f, [&by_down, &by_north], [&down, &north], before, measured, after)
}

/// A step, with Jacobians by hand.
#[inline]
pub fn step_by_hand<T: RealField + Copy>(before: &State<T>, measured: &Measured<T>, after: &mut State<T>) -> Option<T> {
    let half: T = convert(0.5);
    let turned = measured.rate * (half * measured.time);
    let (one, x, y, z) = (T::one(), turned.x, turned.y, turned.z);
    let f = Matrix4::new(one, -x, -y, -z, x, one, z, -y, y, -z, one, x, z, y, -x, one);
    after.q = f * before.q;
    let Measured { known: [gravity, field], seen: [accelerometer, magnetometer], .. } = measured;
    let (mut by_down, mut by_north) = (Matrix3x4::zeros(), Matrix3x4::zeros());
    let down = residual_by_hand(&after.q, gravity, accelerometer, &mut by_down);
    let north = residual_by_hand(&after.q, field, magnetometer, &mut by_north);
    update(&f, [&by_down, &by_north], [&down, &north], before, measured, after)
}

/// The residual `a + 2 (w a × v + (aᵀ v) v − (vᵀ v) a) − b`, and its derivatives by the real part of the quaternion, `2 a × v`, and by the
/// others, `2 (w [a]× + (aᵀ v) I + v aᵀ − 2 a vᵀ)`.
fn residual_by_hand<T: RealField + Copy>(
    q: &Vector4<T>,
    a: &Vector3<T>,
    b: &Vector3<T>,
    jacobian: &mut Matrix3x4<T>,
) -> Vector3<T> {
    let two: T = convert(2.0);
    let (w, v) = (q[0], Vector3::new(q[1], q[2], q[3]));
    let (c, dot) = (a.cross(&v) * two, a.dot(&v) * two);
    let mut by_v = (a * (two * w)).cross_matrix() + (v * a.transpose() - a * v.transpose() * two) * two;
    by_v.m11 += dot;
    by_v.m22 += dot;
    by_v.m33 += dot;
    jacobian.set_column(0, &c);
    jacobian.fixed_columns_mut::<3>(1).copy_from(&by_v);
    a * (T::one() - two * v.norm_squared()) + c * w + v * dot - b
}

/// `P⁻ = F P Fᵀ + drift I`, `S = H P⁻ Hᵀ + noise I`, and with `K = P⁻ Hᵀ S⁻¹`: `q − K r`, `P⁻ − K H P⁻`.
#[inline]
fn update<T: RealField + Copy>(
    f: &Matrix4<T>,
    jacobians: [&Matrix3x4<T>; 2],
    residuals: [&Vector3<T>; 2],
    before: &State<T>,
    measured: &Measured<T>,
    after: &mut State<T>,
) -> Option<T> {
    let (mut h, mut r) = (Matrix6x4::zeros(), Vector6::zeros());
    h.fixed_rows_mut::<3>(0).copy_from(jacobians[0]);
    h.fixed_rows_mut::<3>(3).copy_from(jacobians[1]);
    r.fixed_rows_mut::<3>(0).copy_from(residuals[0]);
    r.fixed_rows_mut::<3>(3).copy_from(residuals[1]);
    after.p = f * before.p * f.transpose() + Matrix4::from_diagonal_element(measured.drift);
    let hp = h * after.p;
    let s = hp * h.transpose() + Matrix6::from_diagonal_element(measured.noise);
    let factored = s.cholesky()?;
    let root = factored.l_dirty();
    // with S = L Lᵀ: what is taken from P⁻ is (L⁻¹ H P⁻)ᵀ (L⁻¹ H P⁻)
    let whitened = root.solve_lower_triangular(&hp)?;
    let surprise = root.solve_lower_triangular(&r)?;
    after.q -= whitened.tr_mul(&surprise);
    after.p -= whitened.tr_mul(&whitened);
    Some(surprise.norm_squared())
}
