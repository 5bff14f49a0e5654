use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn f(x: &DVector<f64>) -> f64 {
    let mut y = x * 2.0;
    y.swap((0, 0), (1, 0));
    y.norm()
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3));
}
