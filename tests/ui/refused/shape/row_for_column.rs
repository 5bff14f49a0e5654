use matgrad::grad;
use nalgebra::{DVector, RowDVector};

#[grad(x)]
fn f(x: &DVector<f64>, y: &RowDVector<f64>) -> f64 {
    (x + y).norm()
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3), &RowDVector::zeros(3));
}
