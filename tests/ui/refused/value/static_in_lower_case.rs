use matgrad::grad;
use nalgebra::DVector;

#[allow(non_upper_case_globals)]
static scale: f64 = 2.0;

#[grad(x)]
fn f(x: &DVector<f64>) -> f64 {
    x.norm() * scale
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3));
}
