use matgrad::grad;
use nalgebra::DVector;

fn note() {}

#[grad(x)]
fn f(x: &DVector<f64>) -> f64 {
    x.map(|t| {
        note();
        t * t
    })
    .sum()
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3));
}
