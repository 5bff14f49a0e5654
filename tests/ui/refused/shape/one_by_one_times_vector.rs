use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn f(x: &DVector<f64>, y: &DVector<f64>) -> f64 {
    ((x.transpose() * y) * y).norm()
}

fn main() {
    let x: DVector<f64> = DVector::zeros(3);
    let _: DVector<f64> = f_grad(&x, &x);
}
