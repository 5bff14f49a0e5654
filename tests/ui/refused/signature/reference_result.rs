use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn f(x: &DVector<f64>) -> &f64 {
    &x[0]
}

fn main() {
    let x = DVector::zeros(3);
    let _: (f64, DVector<f64>) = f_value_and_grad(&x);
}
