//! Every mistake is named, once: not again where `rounded`, `bucket` and `y` are used.
use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn f(x: &DVector<f64>, n: usize) -> f64 {
    let rounded = x.norm().round();
    let bucket = x[0] as usize;
    let mut y = x * 2.0;
    y += x;
    for i in 0..n {
        y[i] = 0.0;
    }
    helper(&y) * rounded + x[bucket]
}

fn helper(x: &DVector<f64>) -> f64 {
    x.norm()
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3), 1);
}
