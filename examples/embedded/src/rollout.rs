//! Model-predictive control as a loop: the cost of ten moves of a linear system with 12 states and 4 inputs.

use matgrad::grad;
use nalgebra::{RealField, SMatrix, SVector, convert};

/// `Σ xₖ₊₁ᵀ q xₖ₊₁ + uₖᵀ r uₖ` along `xₖ₊₁ = a xₖ + b uₖ`, from the state `x0`, by the moves, the columns of `u`.
#[grad(u, symmetric(q), symmetric(r))]
pub fn rollout<T: RealField + Copy>(
    u: &SMatrix<T, 4, 10>,
    x0: &SVector<T, 12>,
    a: &SMatrix<T, 12, 12>,
    b: &SMatrix<T, 12, 4>,
    q: &SMatrix<T, 12, 12>,
    r: &SMatrix<T, 4, 4>,
) -> T {
    let mut x = *x0;
    let mut cost = T::zero();
    for k in 0..10 {
        x = a * x + b * u.column(k);
        cost += x.dot(&(q * x)) + u.column(k).dot(&(r * u.column(k)));
    }
    cost
}

/// Value and gradient of [`rollout`] by hand: with the costates `λₖ = q xₖ + aᵀ λₖ₊₁`, `2 (r uₖ + bᵀ λₖ₊₁)` by `uₖ`.
#[expect(clippy::needless_range_loop, reason = "the compiler knows the bounds of this loop, and checks no index")]
pub fn by_hand<T: RealField + Copy>(
    u: &SMatrix<T, 4, 10>,
    x0: &SVector<T, 12>,
    a: &SMatrix<T, 12, 12>,
    b: &SMatrix<T, 12, 4>,
    q: &SMatrix<T, 12, 12>,
    r: &SMatrix<T, 4, 4>,
    by_u: &mut SMatrix<T, 4, 10>,
) -> T {
    let (zero, one, two): (T, T, T) = (T::zero(), T::one(), convert(2.0));
    let (mut x, mut cost) = (*x0, zero);
    // weighted states, which the costates begin with
    let mut weighted = [SVector::<T, 12>::zeros(); 10];
    for k in 0..10 {
        let mut next = a * x;
        next.gemv(one, b, &u.column(k), one);
        weighted[k] = q * next;
        cost += next.dot(&weighted[k]) + u.column(k).dot(&(r * u.column(k)));
        x = next;
    }
    let mut costate = SVector::<T, 12>::zeros();
    for k in (0..10).rev() {
        let mut next = weighted[k];
        next.gemv_tr(one, a, &costate, one);
        costate = next;
        let mut by_move = by_u.column_mut(k);
        by_move.gemv_tr(two, b, &costate, zero);
        by_move.gemv(two, r, &u.column(k), one);
    }
    cost
}
