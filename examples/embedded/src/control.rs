//! Model-predictive control: the cost of three moves of a linear system with 12 states and 4 inputs.

use matgrad::grad;
use nalgebra::{RealField, SMatrix, SVector, convert};

/// `Σ xₖᵀ q xₖ + uₖᵀ r uₖ` along `xₖ₊₁ = a xₖ + b uₖ`, from the state `x`, by the moves `u0`, `u1` and `u2`.
#[grad(u0, u1, u2, symmetric(q), symmetric(r))]
#[expect(clippy::too_many_arguments, reason = "the system, its costs, and three moves")]
pub fn control<T: RealField + Copy>(
    u0: &SVector<T, 4>,
    u1: &SVector<T, 4>,
    u2: &SVector<T, 4>,
    x: &SVector<T, 12>,
    a: &SMatrix<T, 12, 12>,
    b: &SMatrix<T, 12, 4>,
    q: &SMatrix<T, 12, 12>,
    r: &SMatrix<T, 4, 4>,
) -> T {
    let x1 = a * x + b * u0;
    let x2 = a * x1 + b * u1;
    let x3 = a * x2 + b * u2;
    let states = x1.dot(&(q * x1)) + x2.dot(&(q * x2)) + x3.dot(&(q * x3));
    let moves = u0.dot(&(r * u0)) + u1.dot(&(r * u1)) + u2.dot(&(r * u2));
    states + moves
}

/// Value and gradients of [`control`] by hand: with the costates `λ₃ = q x₃`, `λₖ = q xₖ + aᵀ λₖ₊₁`, `2 (r uₖ + bᵀ λₖ₊₁)` by `uₖ`.
#[expect(clippy::too_many_arguments, reason = "the system, its costs, three moves and three gradients")]
pub fn by_hand<T: RealField + Copy>(
    u0: &SVector<T, 4>,
    u1: &SVector<T, 4>,
    u2: &SVector<T, 4>,
    x: &SVector<T, 12>,
    a: &SMatrix<T, 12, 12>,
    b: &SMatrix<T, 12, 4>,
    q: &SMatrix<T, 12, 12>,
    r: &SMatrix<T, 4, 4>,
    by_u0: &mut SVector<T, 4>,
    by_u1: &mut SVector<T, 4>,
    by_u2: &mut SVector<T, 4>,
) -> T {
    let (zero, one, two): (T, T, T) = (T::zero(), T::one(), convert(2.0));
    let mut x1 = a * x;
    x1.gemv(one, b, u0, one);
    let mut x2 = a * x1;
    x2.gemv(one, b, u1, one);
    let mut x3 = a * x2;
    x3.gemv(one, b, u2, one);

    let (effort0, effort1, effort2) = (r * u0, r * u1, r * u2);
    let moves = u0.dot(&effort0) + u1.dot(&effort1) + u2.dot(&effort2);

    // each costate in the place of the weighted state that it begins with
    let mut costate = q * x3;
    let mut states = x3.dot(&costate);
    by_u2.gemv_tr(two, b, &costate, zero);
    by_u2.axpy(two, &effort2, one);

    let mut before = q * x2;
    states += x2.dot(&before);
    before.gemv_tr(one, a, &costate, one);
    by_u1.gemv_tr(two, b, &before, zero);
    by_u1.axpy(two, &effort1, one);

    costate = q * x1;
    states += x1.dot(&costate);
    costate.gemv_tr(one, a, &before, one);
    by_u0.gemv_tr(two, b, &costate, zero);
    by_u0.axpy(two, &effort0, one);
    states + moves
}
