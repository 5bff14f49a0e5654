//! Functions that nobody calls, but for their companions.

use algebra::{DVector, Vector2};
use differential::grad;

#[grad(x, crate = ::differential)]
fn square(x: &DVector<f64>) -> f64 {
    x.norm_squared()
}

struct Model {
    rate: f64,
}

impl Model {
    #[grad(x, crate = ::differential)]
    fn scaled(&self, x: &Vector2<f64>) -> f64 {
        let rate: f64 = self.rate;
        x.norm_squared() * rate
    }

    #[grad(x, crate = ::differential)]
    fn cubic(x: f64) -> f64 {
        x.powi(3)
    }
}

/// One companion of each.
#[must_use]
pub fn gradients(x: &DVector<f64>, y: &Vector2<f64>, t: f64) -> (DVector<f64>, Vector2<f64>, f64) {
    (square_grad(x), Model { rate: 3.0 }.scaled_value_and_grad(y).1, Model::cubic_grad(t))
}
