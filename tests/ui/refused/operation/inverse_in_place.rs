use matgrad::grad;
use nalgebra::DMatrix;

#[grad(x)]
fn f(x: &DMatrix<f64>) -> f64 {
    let mut y = x * 2.0;
    y.try_inverse_mut();
    y.sum()
}

fn main() {
    let _: DMatrix<f64> = f_grad(&DMatrix::zeros(3, 3));
}
