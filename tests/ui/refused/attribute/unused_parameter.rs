use matgrad::grad;
use nalgebra::DVector;

#[grad(x, y)]
fn f(x: &DVector<f64>, y: &DVector<f64>) -> f64 {
    x.norm() + y.len() as f64
}

fn main() {
    let (x, y) = (DVector::zeros(3), DVector::zeros(3));
    let _: (DVector<f64>, DVector<f64>) = f_grad(&x, &y);
}
