use matgrad::grad;
use nalgebra::DVector;

struct Pair {
    norm: f64,
    sum: f64,
}

#[grad(x)]
fn f(x: &DVector<f64>) -> f64 {
    let pair = Pair { norm: x.norm(), sum: x.sum() };
    pair.norm * pair.sum
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3));
}
