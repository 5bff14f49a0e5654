use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn f(x: &DVector<f64>, link: impl Fn(f64) -> f64) -> f64 {
    link(x.norm())
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3), |t| t);
}
