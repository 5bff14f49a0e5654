use matgrad::grad;
use nalgebra::{DMatrix, DVector};

#[grad(weigths)]
fn unknown(weights: &DVector<f64>, x: &DMatrix<f64>) -> f64 {
    (x * weights).norm_squared()
}

#[grad(w, w)]
fn twice(w: &DVector<f64>) -> f64 {
    w.norm_squared()
}

#[grad(n)]
fn integer(w: &DVector<f64>, n: usize) -> f64 {
    w.norm_squared() * n as f64
}

#[grad(w, spd(x))]
fn oblong(w: &DVector<f64>, x: &nalgebra::Matrix2x3<f64>) -> f64 {
    w.norm_squared() + x.sum()
}

fn main() {
    // the stubs stand in: no second error here
    let w = DVector::zeros(3);
    let _: DVector<f64> = unknown_grad(&w, &DMatrix::zeros(2, 3));
    let _: (f64, DVector<f64>) = twice_value_and_grad(&w);
    let _: f64 = unknown_value_and_grad_into(&w, &DMatrix::zeros(2, 3), &mut DVector::zeros(3));
    twice_grad_into(&w, &mut DVector::zeros(3));
}
