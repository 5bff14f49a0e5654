use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn f(x: &DVector<f64>) -> f64 {
    let (i, _) = (x * 2.0).argmax();
    x[i]
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3));
}
