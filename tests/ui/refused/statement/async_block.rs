use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn f(x: &DVector<f64>) -> f64 {
    let y = async { x.norm() };
    drop(y);
    x.norm()
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3));
}
