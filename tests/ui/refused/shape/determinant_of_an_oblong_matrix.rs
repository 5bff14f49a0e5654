use matgrad::grad;
use nalgebra::{DMatrix, Matrix2x3};

#[grad(x)]
fn f(x: &DMatrix<f64>, a: &Matrix2x3<f64>) -> f64 {
    (x + a).norm() + x.determinant()
}

fn main() {
    let _: DMatrix<f64> = f_grad(&DMatrix::zeros(2, 3), &Matrix2x3::zeros());
}
