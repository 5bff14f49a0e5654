use matgrad::grad;
use nalgebra::DMatrix;

#[grad(x)]
fn f(x: &DMatrix<f64>, n: u32) -> f64 {
    x.pow(n).trace()
}

fn main() {
    let _: DMatrix<f64> = f_grad(&DMatrix::zeros(3, 3), 2);
}
