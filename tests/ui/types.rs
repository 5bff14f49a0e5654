use matgrad::grad;
use nalgebra::{DMatrix, DVector, RealField};

type Weights = DVector<f64>;

#[grad(w)]
fn alias(w: &Weights) -> f64 {
    w.norm_squared()
}

#[grad(x)]
fn of_vec(x: &Vec<f64>) -> f64 {
    x[0] * x[1]
}

#[grad(x)]
fn mutable(x: &mut DVector<f64>) -> f64 {
    x.norm_squared()
}

#[grad(x)]
fn without_copy<T: RealField>(x: &DVector<T>) -> T {
    x.norm_squared()
}

#[grad(x, y)]
fn mixed(x: &DVector<f64>, y: &DMatrix<f32>) -> f64 {
    x.norm_squared() + f64::from(y.sum())
}

fn main() {}
