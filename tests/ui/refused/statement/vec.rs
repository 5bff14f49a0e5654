use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn f(x: &DVector<f64>, n: usize) -> f64 {
    let y = vec![x[0]; n];
    y[0] * y[1]
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3), 2);
}
