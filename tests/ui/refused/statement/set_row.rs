use matgrad::grad;
use nalgebra::DMatrix;

#[grad(x)]
fn f(x: &DMatrix<f64>) -> f64 {
    let mut y = x * 2.0;
    y.set_row(0, &x.row(1));
    y.norm()
}

fn main() {
    let _: DMatrix<f64> = f_grad(&DMatrix::zeros(3, 3));
}
