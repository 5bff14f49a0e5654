use matgrad::grad;
use nalgebra::DVector;

fn double(x: &mut DVector<f64>) {
    *x *= 2.0;
}

#[grad(x)]
fn f(x: &DVector<f64>) -> f64 {
    let mut y = x * 2.0;
    double(&mut y);
    y.norm()
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3));
}
