use matgrad::grad;
use nalgebra::DVector;

fn huber(t: f64) -> f64 {
    t * t
}

#[grad(x)]
fn f(x: &DVector<f64>) -> f64 {
    x.map(huber).sum()
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3));
}
