use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn f(x: &DVector<f64>) -> f64 {
    let mut sorted = x * 2.0;
    sorted.as_mut_slice().sort_by(f64::total_cmp);
    sorted[0]
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3));
}
