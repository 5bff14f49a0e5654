use matgrad::grad;
use nalgebra::{DMatrix, DVector};

#[grad(weigths)]
fn mse(weights: &DVector<f64>, x: &DMatrix<f64>) -> f64 {
    (x * weights).norm_squared()
}

fn main() {
    let _: DVector<f64> = mse_grad(&DVector::zeros(3), &DMatrix::zeros(5, 3));
}
