use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn f(x: &DVector<f64>) -> f64 {
    let [a, b] = [x[0], x[1]];
    a * b
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3));
}
