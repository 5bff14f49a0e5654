use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn f(x: &DVector<f64>) -> f64 {
    let entries = x.as_slice().to_vec();
    entries[0] * entries[1]
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3));
}
