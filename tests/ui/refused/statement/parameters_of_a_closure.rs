use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn f(x: &DVector<f64>) -> f64 {
    x.zip_map(x, |t| t * t).sum()
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3));
}
