use matgrad::grad;
use nalgebra::DMatrix;

#[grad(x)]
fn f(x: &DMatrix<f64>) -> f64 {
    let Some(c) = x.clone().cholesky() else { return f64::INFINITY };
    c.ln_determinant()
}

fn main() {
    let _: DMatrix<f64> = f_grad(&DMatrix::zeros(3, 3));
}
