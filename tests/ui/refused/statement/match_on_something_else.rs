use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn f(x: &DVector<f64>, n: usize) -> f64 {
    match n {
        0 => x.norm(),
        _ => x.sum(),
    }
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3), 1);
}
