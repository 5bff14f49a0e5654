//! Ridge regression: a linear model with 8 coefficients, 20 measurements.

use matgrad::grad;
use nalgebra::{RealField, SMatrix, SVector, convert};

/// Mean squared error of `x w` against `y`, and `l ‖w‖²`.
#[grad(w)]
pub fn ridge<T: RealField + Copy>(w: &SVector<T, 8>, x: &SMatrix<T, 20, 8>, y: &SVector<T, 20>, l: T) -> T {
    (x * w - y).norm_squared() / nalgebra::convert(20.0) + l * w.norm_squared()
}

/// Value and gradient of [`ridge`] by hand: `2/n xᵀ r + 2 l w`, with `r = x w − y`.
pub fn by_hand<T: RealField + Copy>(
    w: &SVector<T, 8>,
    x: &SMatrix<T, 20, 8>,
    y: &SVector<T, 20>,
    l: T,
    gradient: &mut SVector<T, 8>,
) -> T {
    let two: T = convert(2.0);
    let r = x * w - y;
    gradient.gemv_tr(convert(0.1), x, &r, T::zero());
    gradient.axpy(two * l, w, T::one());
    r.norm_squared() * convert::<f64, T>(0.05) + l * w.norm_squared()
}
