use matgrad::grad;
use nalgebra::DVector;

fn helper(x: &DVector<f64>) -> f64 {
    x.norm()
}

#[grad(x)]
fn f(x: &DVector<f64>) -> f64 {
    helper(x) * x.sum()
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3));
}
