use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn f(x: &DVector<f64>) -> f64 {
    let y = unsafe { x.get_unchecked(0) };
    y * y
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3));
}
