use matgrad::grad;
use nalgebra::DVector;

fn halved(t: f64) -> Option<f64> {
    (t > 1.0).then_some(t / 2.0)
}

#[grad(x)]
fn f(x: &DVector<f64>) -> f64 {
    let mut y = x.norm();
    while let Some(half) = halved(y) {
        y = half;
    }
    y
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3));
}
