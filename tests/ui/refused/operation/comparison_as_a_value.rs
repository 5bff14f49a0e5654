use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn f(x: &DVector<f64>) -> f64 {
    let positive = x[0] > 0.0;
    x.norm() * f64::from(u8::from(positive))
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3));
}
