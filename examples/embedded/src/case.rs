//! The functions as cases: with data, and under one interface.

use nalgebra::{RealField, RowVector1, SMatrix, SVector, Vector3, Vector4};

use crate::filter::{self, Measured, State};
use crate::matrix;
use crate::{attitude, calibration, control, gated, network, ridge, rollout};

/// A cost function with data to evaluate it at.
pub trait Case<T: RealField + Copy> {
    /// Its gradients.
    type Gradient;
    /// What it is called.
    const NAME: &str;

    /// The data.
    fn sample() -> Self;
    /// Room for its gradients, which hold nothing of use.
    fn stale() -> Self::Gradient;
    /// The function.
    fn value(&self) -> T;
    /// Value and gradients by `f_value_and_grad_into`.
    fn generated(&self, gradient: &mut Self::Gradient) -> T;
    /// Value and gradients by hand.
    fn by_hand(&self, gradient: &mut Self::Gradient) -> T;
    /// What gradients are taken by, entry by entry in the order of the gradients.
    fn parameters(&mut self) -> impl Iterator<Item = &mut T>;
    /// The gradients' entries.
    fn entries(gradient: &Self::Gradient) -> impl Iterator<Item = T>;
}

fn nan<T: RealField + Copy, const R: usize, const C: usize>() -> SMatrix<T, R, C> {
    SMatrix::repeat(T::zero() / T::zero())
}

/// Data of [`ridge`].
pub struct Ridge<T>(SVector<T, 8>, SMatrix<T, 20, 8>, SVector<T, 20>, T);

impl<T: RealField + Copy> Case<T> for Ridge<T> {
    type Gradient = SVector<T, 8>;
    const NAME: &str = "ridge";

    fn sample() -> Self {
        let weight: RowVector1<T> = matrix(4);
        Self(matrix(1), matrix(2), matrix(3), weight.x.abs())
    }
    fn stale() -> Self::Gradient {
        nan()
    }
    fn value(&self) -> T {
        ridge::ridge(&self.0, &self.1, &self.2, self.3)
    }
    #[inline]
    fn generated(&self, gradient: &mut Self::Gradient) -> T {
        ridge::ridge_value_and_grad_into(&self.0, &self.1, &self.2, self.3, gradient)
    }
    #[inline]
    fn by_hand(&self, gradient: &mut Self::Gradient) -> T {
        ridge::by_hand(&self.0, &self.1, &self.2, self.3, gradient)
    }
    fn parameters(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut()
    }
    fn entries(gradient: &Self::Gradient) -> impl Iterator<Item = T> {
        gradient.iter().copied()
    }
}

/// Data of [`attitude`].
pub struct Attitude<T>(Vector4<T>, [Vector3<T>; 4]);

impl<T: RealField + Copy> Case<T> for Attitude<T> {
    type Gradient = Vector4<T>;
    const NAME: &str = "attitude";

    fn sample() -> Self {
        Self(matrix(5), [Vector3::z(), matrix(6), matrix(7), matrix(8)])
    }
    fn stale() -> Self::Gradient {
        nan()
    }
    fn value(&self) -> T {
        let Self(q, [gravity, field, accelerometer, magnetometer]) = self;
        attitude::attitude(q, gravity, field, accelerometer, magnetometer)
    }
    #[inline]
    fn generated(&self, gradient: &mut Self::Gradient) -> T {
        let Self(q, [gravity, field, accelerometer, magnetometer]) = self;
        attitude::attitude_value_and_grad_into(q, gravity, field, accelerometer, magnetometer, gradient)
    }
    #[inline]
    fn by_hand(&self, gradient: &mut Self::Gradient) -> T {
        let Self(q, [gravity, field, accelerometer, magnetometer]) = self;
        attitude::by_hand(q, gravity, field, accelerometer, magnetometer, gradient)
    }
    fn parameters(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut()
    }
    fn entries(gradient: &Self::Gradient) -> impl Iterator<Item = T> {
        gradient.iter().copied()
    }
}

/// Data of [`calibration`].
pub struct Calibration<T>(SVector<T, 9>, SMatrix<T, 3, 12>);

impl<T: RealField + Copy> Case<T> for Calibration<T> {
    type Gradient = SVector<T, 9>;
    const NAME: &str = "calibration";

    fn sample() -> Self {
        Self(matrix(9), matrix(10))
    }
    fn stale() -> Self::Gradient {
        nan()
    }
    fn value(&self) -> T {
        calibration::calibration(&self.0, &self.1)
    }
    #[inline]
    fn generated(&self, gradient: &mut Self::Gradient) -> T {
        calibration::calibration_value_and_grad_into(&self.0, &self.1, gradient)
    }
    #[inline]
    fn by_hand(&self, gradient: &mut Self::Gradient) -> T {
        calibration::by_hand(&self.0, &self.1, gradient)
    }
    fn parameters(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut()
    }
    fn entries(gradient: &Self::Gradient) -> impl Iterator<Item = T> {
        gradient.iter().copied()
    }
}

/// Data of [`network`].
pub struct Network<T>(SMatrix<T, 16, 8>, SVector<T, 16>, SMatrix<T, 4, 16>, SVector<T, 4>, SVector<T, 8>, SVector<T, 4>);

impl<T: RealField + Copy> Case<T> for Network<T> {
    type Gradient = (SMatrix<T, 16, 8>, SVector<T, 16>, SMatrix<T, 4, 16>, SVector<T, 4>);
    const NAME: &str = "network";

    fn sample() -> Self {
        Self(matrix(11), matrix(12), matrix(13), matrix(14), matrix(15), Vector4::y())
    }
    fn stale() -> Self::Gradient {
        (nan(), nan(), nan(), nan())
    }
    fn value(&self) -> T {
        let Self(w, b, v, c, x, y) = self;
        network::network(w, b, v, c, x, y)
    }
    #[inline]
    fn generated(&self, (by_w, by_b, by_v, by_c): &mut Self::Gradient) -> T {
        let Self(w, b, v, c, x, y) = self;
        network::network_value_and_grad_into(w, b, v, c, x, y, by_w, by_b, by_v, by_c)
    }
    #[inline]
    fn by_hand(&self, (by_w, by_b, by_v, by_c): &mut Self::Gradient) -> T {
        let Self(w, b, v, c, x, y) = self;
        network::by_hand(w, b, v, c, x, y, by_w, by_b, by_v, by_c)
    }
    fn parameters(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut().chain(self.1.iter_mut()).chain(self.2.iter_mut()).chain(self.3.iter_mut())
    }
    fn entries((by_w, by_b, by_v, by_c): &Self::Gradient) -> impl Iterator<Item = T> {
        by_w.iter().chain(by_b.iter()).chain(by_v.iter()).chain(by_c.iter()).copied()
    }
}

/// Data of [`control`].
pub struct Control<T> {
    moves: [SVector<T, 4>; 3],
    state: SVector<T, 12>,
    a: SMatrix<T, 12, 12>,
    b: SMatrix<T, 12, 4>,
    q: SMatrix<T, 12, 12>,
    r: SMatrix<T, 4, 4>,
}

impl<T: RealField + Copy> Case<T> for Control<T> {
    type Gradient = [SVector<T, 4>; 3];
    const NAME: &str = "control";

    fn sample() -> Self {
        let (q, r): (SMatrix<T, 12, 12>, SMatrix<T, 4, 4>) = (matrix(19), matrix(20));
        Self {
            moves: [matrix(16), matrix(17), matrix(18)],
            state: matrix(21),
            a: matrix(22),
            b: matrix(23),
            q: q.tr_mul(&q),
            r: r.tr_mul(&r),
        }
    }
    fn stale() -> Self::Gradient {
        [nan(), nan(), nan()]
    }
    fn value(&self) -> T {
        let Self { moves: [u0, u1, u2], state, a, b, q, r } = self;
        control::control(u0, u1, u2, state, a, b, q, r)
    }
    #[inline]
    fn generated(&self, [by_u0, by_u1, by_u2]: &mut Self::Gradient) -> T {
        let Self { moves: [u0, u1, u2], state, a, b, q, r } = self;
        control::control_value_and_grad_into(u0, u1, u2, state, a, b, q, r, by_u0, by_u1, by_u2)
    }
    #[inline]
    fn by_hand(&self, [by_u0, by_u1, by_u2]: &mut Self::Gradient) -> T {
        let Self { moves: [u0, u1, u2], state, a, b, q, r } = self;
        control::by_hand(u0, u1, u2, state, a, b, q, r, by_u0, by_u1, by_u2)
    }
    fn parameters(&mut self) -> impl Iterator<Item = &mut T> {
        self.moves.iter_mut().flat_map(|u| u.iter_mut())
    }
    fn entries(gradient: &Self::Gradient) -> impl Iterator<Item = T> {
        gradient.iter().flat_map(|u| u.iter()).copied()
    }
}

/// Data of [`rollout`].
pub struct Rollout<T> {
    moves: SMatrix<T, 4, 10>,
    state: SVector<T, 12>,
    a: SMatrix<T, 12, 12>,
    b: SMatrix<T, 12, 4>,
    q: SMatrix<T, 12, 12>,
    r: SMatrix<T, 4, 4>,
}

impl<T: RealField + Copy> Case<T> for Rollout<T> {
    type Gradient = SMatrix<T, 4, 10>;
    const NAME: &str = "rollout";

    fn sample() -> Self {
        let (q, r): (SMatrix<T, 12, 12>, SMatrix<T, 4, 4>) = (matrix(33), matrix(34));
        // states that ten steps do not blow up
        let quarter: T = nalgebra::convert(0.25);
        let a: SMatrix<T, 12, 12> = matrix(36);
        Self { moves: matrix(32), state: matrix(35), a: a * quarter, b: matrix(37), q: q.tr_mul(&q), r: r.tr_mul(&r) }
    }
    fn stale() -> Self::Gradient {
        nan()
    }
    fn value(&self) -> T {
        let Self { moves, state, a, b, q, r } = self;
        rollout::rollout(moves, state, a, b, q, r)
    }
    #[inline]
    fn generated(&self, by_moves: &mut Self::Gradient) -> T {
        let Self { moves, state, a, b, q, r } = self;
        rollout::rollout_value_and_grad_into(moves, state, a, b, q, r, by_moves)
    }
    #[inline]
    fn by_hand(&self, by_moves: &mut Self::Gradient) -> T {
        let Self { moves, state, a, b, q, r } = self;
        rollout::by_hand(moves, state, a, b, q, r, by_moves)
    }
    fn parameters(&mut self) -> impl Iterator<Item = &mut T> {
        self.moves.iter_mut()
    }
    fn entries(gradient: &Self::Gradient) -> impl Iterator<Item = T> {
        gradient.iter().copied()
    }
}

/// Data of [`gated`]: weights of the gate and of the candidate, measurements, and what comes of them.
pub struct Gated<T>([SMatrix<T, 4, 4>; 2], [SMatrix<T, 4, 3>; 2], SMatrix<T, 3, 10>, SVector<T, 4>);

impl<T: RealField + Copy> Case<T> for Gated<T> {
    type Gradient = ([SMatrix<T, 4, 4>; 2], [SMatrix<T, 4, 3>; 2]);
    const NAME: &str = "gated";

    fn sample() -> Self {
        Self([matrix(38), matrix(39)], [matrix(40), matrix(41)], matrix(42), matrix(43))
    }
    fn stale() -> Self::Gradient {
        ([nan(), nan()], [nan(), nan()])
    }
    fn value(&self) -> T {
        let Self([wf, wg], [uf, ug], x, y) = self;
        gated::gated(wf, wg, uf, ug, x, y)
    }
    #[inline]
    fn generated(&self, ([by_wf, by_wg], [by_uf, by_ug]): &mut Self::Gradient) -> T {
        let Self([wf, wg], [uf, ug], x, y) = self;
        gated::gated_value_and_grad_into(wf, wg, uf, ug, x, y, by_wf, by_wg, by_uf, by_ug)
    }
    #[inline]
    fn by_hand(&self, ([by_wf, by_wg], [by_uf, by_ug]): &mut Self::Gradient) -> T {
        let Self([wf, wg], [uf, ug], x, y) = self;
        gated::by_hand(wf, wg, uf, ug, x, y, by_wf, by_wg, by_uf, by_ug)
    }
    fn parameters(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut().flat_map(|w| w.iter_mut()).chain(self.1.iter_mut().flat_map(|u| u.iter_mut()))
    }
    fn entries((by_w, by_u): &Self::Gradient) -> impl Iterator<Item = T> {
        by_w.iter().flat_map(|w| w.iter()).chain(by_u.iter().flat_map(|u| u.iter())).copied()
    }
}

/// Data of [`filter`]. Its "gradient" is the next state; the value is how much the measurements surprise.
pub struct Filter<T> {
    before: State<T>,
    measured: Measured<T>,
}

impl<T: RealField + Copy> Case<T> for Filter<T> {
    type Gradient = State<T>;
    const NAME: &str = "filter";

    fn sample() -> Self {
        let (q, factor): (Vector4<T>, SMatrix<T, 4, 4>) = (matrix(24), matrix(25));
        let (small, tiny): (T, T) = (nalgebra::convert(0.0625), nalgebra::convert(0.015_625));
        let before = State { q: q.normalize(), p: factor * factor.transpose() * small };
        let (known, seen) = ([Vector3::z(), matrix(26)], [matrix(27), matrix(28)]);
        Self { before, measured: Measured { rate: matrix(29), time: tiny, known, seen, drift: tiny, noise: small } }
    }
    fn stale() -> Self::Gradient {
        State { q: nan(), p: nan() }
    }
    fn value(&self) -> T {
        self.by_hand(&mut Self::stale())
    }
    #[inline]
    fn generated(&self, after: &mut Self::Gradient) -> T {
        filter::step(&self.before, &self.measured, after).unwrap_or_else(T::zero)
    }
    #[inline]
    fn by_hand(&self, after: &mut Self::Gradient) -> T {
        filter::step_by_hand(&self.before, &self.measured, after).unwrap_or_else(T::zero)
    }
    fn parameters(&mut self) -> impl Iterator<Item = &mut T> {
        self.before.q.iter_mut()
    }
    fn entries(after: &Self::Gradient) -> impl Iterator<Item = T> {
        after.q.iter().chain(after.p.iter()).copied()
    }
}
