use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn f(x: &DVector<f64>) -> f64 {
    x.iter().map(|t| t.exp()).step_by(2).sum::<f64>()
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3));
}
