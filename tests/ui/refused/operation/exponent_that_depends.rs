use matgrad::grad;
use nalgebra::DMatrix;

#[grad(x)]
fn f(x: &DMatrix<f64>) -> f64 {
    x.pow(x.norm() as u32).trace()
}

#[grad(x)]
fn g(x: &DMatrix<f64>) -> f64 {
    x.lp_norm(x.trace() as i32)
}

fn main() {
    let _: DMatrix<f64> = f_grad(&DMatrix::zeros(3, 3));
    let _: DMatrix<f64> = g_grad(&DMatrix::zeros(3, 3));
}
