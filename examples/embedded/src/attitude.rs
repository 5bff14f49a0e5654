//! Attitude of a body: how well a quaternion explains what an accelerometer and a magnetometer measure.

use matgrad::grad;
use nalgebra::{Matrix3, RealField, Vector3, Vector4, convert};

/// Squared distance between the directions measured in the frame of the body and those known in the frame of the earth, turned by the
/// quaternion `q`, the real part of which comes first.
#[grad(q)]
pub fn attitude<T: RealField + Copy>(
    q: &Vector4<T>,
    gravity: &Vector3<T>,
    field: &Vector3<T>,
    accelerometer: &Vector3<T>,
    magnetometer: &Vector3<T>,
) -> T {
    let two: T = nalgebra::convert(2.0);
    let (w, x, y, z) = (q[0], q[1], q[2], q[3]);
    let turn = Matrix3::new(
        w * w + x * x - y * y - z * z,
        two * (x * y + w * z),
        two * (x * z - w * y),
        two * (x * y - w * z),
        w * w - x * x + y * y - z * z,
        two * (y * z + w * x),
        two * (x * z + w * y),
        two * (y * z - w * x),
        w * w - x * x - y * y + z * z,
    );
    (turn * gravity - accelerometer).norm_squared() + (turn * field - magnetometer).norm_squared()
}

/// Value and gradient of [`attitude`] by hand: with the residuals `a` and `m`, `G = 2 (a gravityᵀ + m fieldᵀ)` by the matrix, the entries
/// of which are quadratic in `q`.
pub fn by_hand<T: RealField + Copy>(
    q: &Vector4<T>,
    gravity: &Vector3<T>,
    field: &Vector3<T>,
    accelerometer: &Vector3<T>,
    magnetometer: &Vector3<T>,
    gradient: &mut Vector4<T>,
) -> T {
    let (one, two, four): (T, T, T) = (T::one(), convert(2.0), convert(4.0));
    let (w, x, y, z) = (q[0], q[1], q[2], q[3]);
    let (ww, xx, yy, zz) = (w * w, x * x, y * y, z * z);
    let (wx, wy, wz, xy, xz, yz) = (w * x, w * y, w * z, x * y, x * z, y * z);
    let turn = Matrix3::new(
        ww + xx - yy - zz,
        two * (xy + wz),
        two * (xz - wy),
        two * (xy - wz),
        ww - xx + yy - zz,
        two * (yz + wx),
        two * (xz + wy),
        two * (yz - wx),
        ww - xx - yy + zz,
    );
    let a = turn * gravity - accelerometer;
    let m = turn * field - magnetometer;
    let mut g = a * gravity.transpose();
    g.ger(one, &m, field, one);
    gradient[0] = four * (w * (g.m11 + g.m22 + g.m33) + x * (g.m23 - g.m32) + y * (g.m31 - g.m13) + z * (g.m12 - g.m21));
    gradient[1] = four * (x * (g.m11 - g.m22 - g.m33) + w * (g.m23 - g.m32) + y * (g.m12 + g.m21) + z * (g.m13 + g.m31));
    gradient[2] = four * (y * (g.m22 - g.m11 - g.m33) + w * (g.m31 - g.m13) + x * (g.m12 + g.m21) + z * (g.m23 + g.m32));
    gradient[3] = four * (z * (g.m33 - g.m11 - g.m22) + w * (g.m12 - g.m21) + x * (g.m13 + g.m31) + y * (g.m23 + g.m32));
    a.norm_squared() + m.norm_squared()
}
