use matgrad::grad;
use nalgebra::DVector;

fn rate(n: usize) -> f64 {
    n as f64
}

#[grad(x)]
fn f(x: &DVector<f64>, n: usize) -> f64 {
    let r = rate(n);
    let first = x.norm() * r;
    let second = x.sum() * r;
    first + second + r * x[0]
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3), 1);
}
