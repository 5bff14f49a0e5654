use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn f(x: &DVector<f64>, n: usize) -> f64 {
    if n == 0 {
        return 0.0;
    }
    x.norm() * n as f64
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3), 1);
}
