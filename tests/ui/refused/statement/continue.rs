use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn f(x: &DVector<f64>) -> f64 {
    let mut s = 0.0;
    for i in 0..x.len() {
        if i == 1 {
            s += 1.0;
        } else {
            continue;
        }
        s += x[i];
    }
    s
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3));
}
