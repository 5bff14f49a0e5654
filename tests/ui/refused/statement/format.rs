use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn f(x: &DVector<f64>) -> f64 {
    let text = format!("{}", x.norm());
    x.norm() * text.len() as f64
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3));
}
