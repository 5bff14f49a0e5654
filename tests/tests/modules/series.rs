//! A Kalman filter over a whole series, in one function.

use matgrad::differentiable;
use nalgebra::{Matrix2, RowVector2};

use super::differences::{check, samples};

#[differentiable]
pub mod filter {
    use matgrad::grad;
    use nalgebra::{Matrix2, RowVector2, Vector2};

    #[derive(Clone, Debug)]
    pub struct Model {
        pub transition: Matrix2<f64>,
        pub observation: RowVector2<f64>,
        pub noise: Matrix2<f64>,
        pub error: f64,
    }

    pub struct Belief {
        mean: Vector2<f64>,
        covariance: Matrix2<f64>,
    }

    impl Belief {
        fn predicted(&self, model: &Model) -> Belief {
            Belief {
                mean: model.transition * self.mean,
                covariance: model.transition * self.covariance * model.transition.transpose()
                    + model.noise * model.noise.transpose(),
            }
        }
        /// The negative log-likelihood of an observation, and what is believed after it.
        fn observed(&self, model: &Model, y: f64) -> (f64, Belief) {
            let h = model.observation;
            let innovation = y - (h * self.mean)[0];
            let variance = (h * self.covariance * h.transpose())[0] + model.error * model.error;
            let gain = self.covariance * h.transpose() / variance;
            let loss = 0.5 * (innovation * innovation / variance + variance.ln());
            let belief =
                Belief { mean: self.mean + gain * innovation, covariance: self.covariance - gain * (h * self.covariance) };
            (loss, belief)
        }
    }

    #[grad(model)]
    pub fn likelihood(model: &Model, y: &[f64]) -> f64 {
        let mut belief = Belief { mean: Vector2::zeros(), covariance: Matrix2::identity() };
        let mut total = 0.0;
        for k in 0..y.len() {
            let predicted = belief.predicted(model);
            let (loss, after) = predicted.observed(model, y[k]);
            total += loss;
            belief = after;
        }
        total
    }
}

super::differences::numbers!(filter::Model { transition, observation, noise, error });

#[test]
fn likelihood_of_a_series() {
    let model = filter::Model {
        transition: Matrix2::new(0.9, 0.2, -0.1, 0.8),
        observation: RowVector2::new(1.0, 0.3),
        noise: Matrix2::new(0.4, 0.0, 0.1, 0.3),
        error: 0.5,
    };
    let y = samples(9);
    check(&model, |model| filter::likelihood(model, &y), filter::likelihood_value_and_grad(&model, &y));
}
