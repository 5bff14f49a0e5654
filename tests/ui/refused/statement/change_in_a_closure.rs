use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn f(x: &DVector<f64>) -> f64 {
    let mut calls = 0;
    let y = x.map(|t| {
        calls += 1;
        t * t
    });
    y.sum() * calls as f64
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3));
}
