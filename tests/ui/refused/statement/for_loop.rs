use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn f(x: &DVector<f64>) -> f64 {
    let mut state = 1.0;
    for i in 0..x.len() {
        state = (state + x[i]).sin();
    }
    state
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3));
}
