use matgrad::grad;
use nalgebra::DMatrix;

#[grad(x)]
fn f(x: &DMatrix<f64>) -> f64 {
    x.clone().lu().l().sum()
}

fn main() {
    let _: DMatrix<f64> = f_grad(&DMatrix::zeros(3, 3));
}
