//! State that methods change behind `&mut self`, and helpers behind `&mut`.

use matgrad::differentiable;

use super::differences::{check, numbers, samples};

#[differentiable]
pub mod pendulum {
    use matgrad::{grad, hessian, jvp};
    use nalgebra::{DVector, Vector2};

    #[derive(Clone, Debug)]
    pub struct State {
        pub angle: f64,
        pub rate: f64,
    }
    #[derive(Clone, Debug)]
    pub struct Swing {
        pub at: State,
        pub push: Vector2<f64>,
    }
    impl State {
        fn step(&mut self, k: f64, dt: f64) {
            let acceleration = -k * self.angle.sin() - 0.1 * self.rate;
            self.rate += dt * acceleration;
            self.angle += dt * self.rate;
        }
        fn kicked(&mut self, by: f64) -> f64 {
            self.rate += by;
            0.5 * by * by
        }
        fn energy(&self, k: f64) -> f64 {
            k * (1.0 - self.angle.cos()) + 0.5 * self.rate.powi(2)
        }
    }

    #[grad(k)]
    #[hessian(k)]
    pub fn swing(k: f64, n: usize) -> f64 {
        let mut state = State { angle: 1.0, rate: 0.0 };
        for _ in 0..n {
            state.step(k, 0.05);
        }
        state.energy(k)
    }
    #[grad(state, k)]
    #[jvp(state, k)]
    pub fn from(state: &State, k: f64, n: usize) -> f64 {
        let mut now = state.clone();
        for i in 0..n {
            now.step(k, 0.05);
            if i == 3 {
                now.step(k, -0.02);
            }
        }
        now.energy(k)
    }
    #[grad(swing)]
    pub fn kicks(swing: &Swing, n: usize) -> f64 {
        let mut now = swing.clone();
        let mut cost = 0.0;
        for _ in 0..n {
            cost += now.at.kicked(now.push[0]);
            now.at.step(2.0, 0.1);
            now.push.x *= 0.9;
            now.push *= 0.95;
        }
        cost + now.at.energy(2.0) + now.push.y
    }

    fn scaled(x: &mut f64, by: f64) {
        *x = *x * by + 1.0;
    }
    fn smoothed(v: &mut DVector<f64>, weight: f64) -> f64 {
        let n = v.len();
        for i in 1..n {
            v[i] = weight * v[i] + (1.0 - weight) * v[i - 1];
        }
        v[n - 1]
    }
    #[grad(t)]
    pub fn repeated(t: f64, n: usize) -> f64 {
        let mut x = t;
        for _ in 0..n {
            scaled(&mut x, t);
        }
        x
    }
    #[grad(x, weight)]
    pub fn filtered(x: &DVector<f64>, weight: f64) -> f64 {
        let mut v = x.clone();
        let last = smoothed(&mut v, weight);
        let again = smoothed(&mut v, 0.5);
        v.norm_squared() + last * again
    }
}

numbers!(pendulum::State { angle, rate });
numbers!(pendulum::Swing { at, push });

#[test]
fn states_step() {
    check(&2.0, |k| pendulum::swing(*k, 20), pendulum::swing_value_and_grad(2.0, 20));
    check(&2.0, |k| pendulum::swing_grad(*k, 20), (pendulum::swing_grad(2.0, 20), pendulum::swing_hessian(2.0, 20)));
    let state = pendulum::State { angle: 0.3, rate: -0.2 };
    let both = (state.clone(), 1.7);
    check(&both, |(state, k)| pendulum::from(state, *k, 12), pendulum::from_value_and_grad(&both.0, both.1, 12));
    let along = |t: &f64| pendulum::from(&pendulum::State { angle: 0.3 + t, rate: -0.2 + 2.0 * t }, 1.7 - t, 12);
    check(&0.0, along, pendulum::from_jvp(&state, 1.7, 12, &pendulum::State { angle: 1.0, rate: 2.0 }, -1.0));
    for n in [0, 1, 7] {
        let swing = pendulum::Swing { at: state.clone(), push: nalgebra::Vector2::new(0.4, 0.7) };
        check(&swing, |s| pendulum::kicks(s, n), pendulum::kicks_value_and_grad(&swing, n));
    }
}

#[test]
fn helpers_change_what_is_lent() {
    check(&0.8, |t| pendulum::repeated(*t, 5), pendulum::repeated_value_and_grad(0.8, 5));
    let both = (nalgebra::DVector::from_vec(samples(6)), 0.3);
    check(&both, |(x, w)| pendulum::filtered(x, *w), pendulum::filtered_value_and_grad(&both.0, both.1));
}
