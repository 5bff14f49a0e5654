// Functions of every kind that has its own way into a text: attributes that stack, methods, traits, modules, names that are also ours.

// Each of the attributes once.
use matgrad::{grad as gradient_of, hessian, hvp, jacobian, jvp, sigmoid, vjp};
#[allow(unused_imports, reason = "the standard library has these functions itself")]
use nalgebra::ComplexField;
use nalgebra::{Matrix3, RealField, SMatrix, SVector, Vector2, Vector3};

/// Logistic loss of a linear model, with a ridge.
#[gradient_of(w)]
#[must_use] // what stands around the attributes stays where it is
#[hessian(w)]
#[hvp(w)]
pub fn logistic<const N: usize, const P: usize>(w: &SVector<f64, P>, x: &SMatrix<f64, N, P>, y: &SVector<f64, N>) -> f64 {
    let margins = (x * w).component_mul(y); // a comment of the user's
    margins.map(|t| matgrad::softplus(-t)).sum() + 0.5 * w.norm_squared()
}

/// What is imported along with the attributes is still needed.
#[must_use]
pub fn probability(score: f64) -> f64 {
    sigmoid(score)
}

/// A residual in single precision.
#[jacobian(b)]
#[jvp(b)]
#[vjp(b)]
#[must_use]
pub fn residual(b: &Vector3<f32>, t: &Vector3<f32>, y: &Vector3<f32>) -> Vector3<f32> {
    t.map(|t| b[0] * (b[2] - (-b[1] * t).exp())) - y
}

/// `sᵀ`-weighted distance, if there is one.
#[gradient_of(x, spd(s))]
#[must_use]
pub fn distance<T: RealField + Copy>(x: &Vector3<T>, s: &Matrix3<T>) -> Option<T> {
    let factor = s.cholesky()?;
    Some(factor.solve(x).dot(x))
}

/// Steps of an explicit integrator, which stay a loop.
#[gradient_of(rate, start)]
#[must_use]
pub fn decay(rate: f64, start: &Vector2<f64>) -> f64 {
    let mut state = *start;
    for step in 0..8 {
        let value = 0.1 / (1.0 + f64::from(step));
        state += value * Vector2::new(-rate * state[0], rate * state[0] * state[1]);
    }
    state.norm_squared()
}

/// Names that companions would like to have.
#[gradient_of(product)]
#[must_use]
pub fn names(product: &Vector3<f64>, gradient: f64, t: f64, value: f64) -> f64 {
    let transposed = if gradient > t { 2.0 } else { value };
    transposed * product.map(|t| (t * t).sin()).sum() * product.norm()
}

/// Something with a field.
#[derive(Clone, Debug)]
pub struct Model {
    /// How steep.
    pub slope: f64,
}

impl Model {
    /// A method.
    ///
    /// # Panics
    /// If it is not steep.
    #[gradient_of(x)]
    #[must_use]
    pub fn energy(&self, x: &Vector3<f64>) -> f64 {
        let slope: f64 = self.slope;
        assert!(
            slope > 0.0,
            "a slope
 over two lines"
        );
        x.map(|t| (slope * t).cosh()).sum()
    }
}

/// Something that has a default.
pub trait Potential {
    /// Its strength.
    fn strength(&self) -> f64;
    /// A function of a trait.
    #[gradient_of(x)]
    #[must_use]
    fn potential(&self, x: &Vector3<f64>) -> f64 {
        let k: f64 = self.strength();
        k / x.norm()
    }
}

impl Potential for Model {
    fn strength(&self) -> f64 {
        self.slope
    }
}

/// A module that imports for itself.
pub mod inner {
    use matgrad::grad;

    /// Under a condition that holds.
    #[cfg_attr(not(any()), grad(x))]
    #[must_use]
    pub fn polynomial(x: f64) -> f64 {
        x * x * x - 2.0 * x
    }
}
