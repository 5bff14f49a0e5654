use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn f(x: &DVector<f64>) -> f64 {
    x.map(|t| {
        if t > 0.0 {
            return t;
        }
        0.0
    })
    .sum()
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3));
}
