use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn f(x: &DVector<f64>, n: usize) -> f64 {
    if n > 1 { x.norm() } else { x.sum() }
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3), 1);
}
