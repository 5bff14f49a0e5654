use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn f(x: &DVector<f64>) -> f64 {
    match x.norm() {
        0.0 => 1.0,
        y => y * y,
    }
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3));
}
