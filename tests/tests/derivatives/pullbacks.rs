//! `#[vjp]`: the pullback against closed forms by hand, called more than once.

use matgrad::vjp;
use nalgebra::{DMatrix, DVector, Matrix2, Vector2, Vector3};

use super::close;

/// `Ā = (ȳ ∘ exp(A x)) xᵀ`, `x̄ = Aᵀ (ȳ ∘ exp(A x))`
#[vjp(a, x)]
fn layer(a: &DMatrix<f64>, x: &DVector<f64>) -> DVector<f64> {
    (a * x).map(|t| t.exp())
}

#[test]
fn of_a_vector_by_two_parameters() {
    let a = DMatrix::from_row_slice(2, 3, &[0.5, -1.0, 2.0, 0.25, 0.75, -0.5]);
    let x = DVector::from_vec(vec![0.3, -0.7, 1.1]);
    let (value, pullback) = layer_vjp(&a, &x);
    close(&value, &layer(&a, &x), 1e-15);
    for cotangent in [DVector::from_vec(vec![1.0, -2.0]), DVector::from_vec(vec![0.5, 3.0])] {
        let inner = cotangent.component_mul(&value);
        let (by_a, by_x) = pullback(&cotangent);
        close(&by_a, &(&inner * x.transpose()), 1e-14);
        close(&by_x, &(a.transpose() * &inner), 1e-14);
    }
}

/// `Ā = −A⁻ᵀ ȳ (A⁻¹ b)ᵀ`, from one factorization.
#[vjp(a)]
fn solution(a: &DMatrix<f64>, b: &DVector<f64>) -> Option<DVector<f64>> {
    a.clone().lu().solve(b)
}

#[test]
fn of_a_solution_that_may_not_exist() {
    let a = DMatrix::from_row_slice(2, 2, &[2.0, 1.0, -0.5, 3.0]);
    let b = DVector::from_vec(vec![1.0, 2.0]);
    let (value, pullback) = solution_vjp(&a, &b).unwrap();
    let inverse = a.clone().try_inverse().unwrap();
    close(&value, &(&inverse * &b), 1e-14);
    let cotangent = DVector::from_vec(vec![0.3, -1.2]);
    close(&pullback(&cotangent), &(-inverse.transpose() * &cotangent * value.transpose()), 1e-13);
    assert!(solution_vjp(&DMatrix::zeros(2, 2), &b).is_none());
}

/// Of fixed sizes, by value; the value is read by the pullback too.
#[vjp]
fn square(m: Matrix2<f64>) -> Matrix2<f64> {
    let e = m.map(|t| t.exp());
    e * e
}

#[test]
fn of_a_matrix_by_value() {
    let m = Matrix2::new(0.3, -0.2, 0.5, 0.1);
    let (value, pullback) = square_vjp(m);
    let e = m.map(f64::exp);
    close(&value, &(e * e), 1e-14);
    let cotangent = Matrix2::new(1.0, 2.0, -0.5, 0.25);
    let by_e = cotangent * e.transpose() + e.transpose() * cotangent;
    close(&pullback(&cotangent), &by_e.component_mul(&e), 1e-14);
}

/// Of a number, the cotangent is a number; the prologue stays.
#[vjp(x)]
fn weighed(x: &Vector3<f64>, k: usize) -> f64 {
    let weights = Vector3::new(1.0, 2.0, 3.0) * f64::from(u32::try_from(k).unwrap_or(0));
    weights.dot(&x.map(|t| t.sin()))
}

#[test]
fn of_a_number() {
    let x = Vector3::new(0.3, -0.7, 1.1);
    let (value, pullback) = weighed_vjp(&x, 2);
    close(&value, &weighed(&x, 2), 1e-15);
    close(&pullback(-1.5), &(-3.0 * Vector3::new(1.0, 2.0, 3.0).component_mul(&x.map(f64::cos))), 1e-14);
}

/// A method, generic over the scalar.
struct Model<T> {
    gain: T,
}

impl<T: nalgebra::RealField + Copy> Model<T> {
    #[vjp(x)]
    fn respond(&self, x: &Vector2<T>) -> Vector2<T> {
        let gain: T = self.gain;
        x.map(|t| t * t) * gain
    }
}

#[test]
fn of_a_method() {
    let (model, x) = (Model { gain: 3.0 }, Vector2::new(0.5, -2.0));
    let (_, pullback) = model.respond_vjp(&x);
    close(&pullback(&Vector2::new(1.0, 10.0)), &Vector2::new(3.0, -120.0), 1e-14);
}
