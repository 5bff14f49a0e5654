//! The stubs stand in: their callers give no further errors.
use matgrad::grad;
use nalgebra::{DMatrix, DVector};

#[grad(x)]
fn refused(x: &DVector<f64>) -> f64 {
    x.norm().floor()
}

#[grad]
fn refused_too(x: &DVector<f64>, a: &DMatrix<f64>) -> Option<f64> {
    Some(helper(&(a * x)))
}

fn helper(x: &DVector<f64>) -> f64 {
    x.norm()
}

fn main() {
    let (x, a) = (DVector::zeros(3), DMatrix::zeros(3, 3));
    let step: DVector<f64> = &x - 0.1 * refused_grad(&x);
    let (value, gradient): (f64, DVector<f64>) = refused_value_and_grad(&step);
    let (by_x, by_a) = refused_too_grad(&gradient, &a).unwrap();
    let all: Option<(f64, (DVector<f64>, DMatrix<f64>))> = refused_too_value_and_grad(&by_x, &by_a);
    let mut into: DVector<f64> = DVector::zeros(3);
    refused_grad_into(&x, &mut into);
    let again: f64 = refused_value_and_grad_into(&x, &mut into);
    let (mut into_x, mut into_a) = (by_x, by_a);
    let some: Option<f64> = refused_too_value_and_grad_into(&x, &a, &mut into_x, &mut into_a);
    println!("{value} {all:?} {again} {some:?}");
}
