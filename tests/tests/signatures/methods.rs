//! Methods and associated functions, with the generics of their `impl`.

use matgrad::grad;
use matgrad_tests::{check, matrix, number, vector};
use nalgebra::{DMatrix, DVector, RealField, SMatrix, SVector};

struct Model {
    x: DMatrix<f64>,
    y: DVector<f64>,
    ridge: f64,
}

impl Model {
    #[grad(w)]
    fn loss(&self, w: &DVector<f64>) -> f64 {
        let x: &DMatrix<f64> = &self.x;
        let y: &DVector<f64> = &self.y;
        let ridge: f64 = self.ridge;
        (x * w - y).norm_squared() / y.len() as f64 + ridge * w.norm_squared()
    }

    #[grad(w)]
    fn consume(self, w: DVector<f64>) -> f64 {
        let x: DMatrix<f64> = self.x;
        (x * w).norm_squared()
    }

    #[grad(t)]
    fn count(&mut self, t: f64) -> f64 {
        self.ridge += 1.0;
        let ridge: f64 = self.ridge;
        ridge * t.sin()
    }

    #[grad]
    fn default_loss(w: &DVector<f64>, c: f64) -> f64 {
        w.norm_squared() * Self::SCALE + c
    }

    const SCALE: f64 = 3.0;
}

fn model() -> Model {
    Model { x: matrix(7, 3), y: vector(7), ridge: number() }
}

#[test]
fn by_reference_to_self() {
    let (model, w) = (model(), vector(3));
    check(&w, |w| model.loss(w), model.loss_grad(&w), model.loss_value_and_grad(&w));
}

#[test]
fn self_by_value() {
    let w: DVector<f64> = vector(3);
    let again = || {
        matgrad_tests::restart();
        model()
    };
    let (gradient, both) = (again().consume_grad(w.clone()), again().consume_value_and_grad(w.clone()));
    check(&w, |w| again().consume(w.clone()), gradient, both);
}

#[test]
fn self_by_mutable_reference() {
    let mut model = model();
    model.ridge = 1.0;
    let gradient = model.count_grad(0.5);
    assert_eq!(model.ridge.to_bits(), 2.0_f64.to_bits(), "the companion has the effects of the function, once");
    assert_eq!(gradient.to_bits(), (2.0 * 0.5_f64.cos()).to_bits());
    let (value, gradient) = model.count_value_and_grad(0.5);
    assert_eq!(model.ridge.to_bits(), 3.0_f64.to_bits());
    assert!((value - 3.0 * 0.5_f64.sin()).abs() < 1e-15 && (gradient - 3.0 * 0.5_f64.cos()).abs() < 1e-15);
    assert!((model.count(0.5) - 4.0 * 0.5_f64.sin()).abs() < 1e-15);
}

#[test]
fn associated_functions() {
    let (w, c): (DVector<f64>, _) = (vector(3), 2.0);
    let (gradient, both) = (Model::default_loss_grad(&w, c), Model::default_loss_value_and_grad(&w, c));
    check(&(w, c), |(w, c)| Model::default_loss(w, *c), gradient, both);
}

struct Quadratic<T, const N: usize> {
    a: SMatrix<T, N, N>,
    half: T,
}

impl<T: RealField + Copy, const N: usize> Quadratic<T, N> {
    #[grad(x)]
    fn energy(&self, x: &SVector<T, N>) -> T {
        let a: SMatrix<T, N, N> = self.a;
        let half: T = self.half;
        x.dot(&(a * x)) * half
    }

    #[grad(x, t)]
    fn scaled(x: &SVector<T, N>, t: T) -> T {
        x.norm_squared() * t
    }
}

#[test]
fn generics_of_the_impl() {
    let energy = Quadratic::<f64, 5> { a: matrix(5, 5), half: 0.5 };
    let x = vector(5);
    check(&x, |x| energy.energy(x), energy.energy_grad(&x), energy.energy_value_and_grad(&x));
    let energy = Quadratic::<f32, 5> { a: matrix(5, 5), half: 0.5 };
    let x = vector(5);
    check(&x, |x| energy.energy(x), energy.energy_grad(&x), energy.energy_value_and_grad(&x));
}

#[test]
fn associated_functions_with_generics_of_the_impl() {
    type Five = Quadratic<f64, 5>;
    let (x, t) = (vector(5), 0.5);
    check(&(x, t), |(x, t)| Five::scaled(x, *t), Five::scaled_grad(&x, t), Five::scaled_value_and_grad(&x, t));
}

trait Loss {
    const WEIGHT: f64;

    /// A method with a body: its companions are methods of the trait.
    #[grad(w)]
    fn provided(&self, w: &DVector<f64>) -> f64 {
        let weight: f64 = Self::WEIGHT;
        w.norm_squared() * weight
    }
}

impl Loss for Model {
    const WEIGHT: f64 = 2.0;
}

#[test]
fn provided_methods_of_a_trait() {
    let (model, w) = (model(), vector(3));
    check(&w, |w| model.provided(w), model.provided_grad(&w), model.provided_value_and_grad(&w));
}
