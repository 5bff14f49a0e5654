use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn f(x: &DVector<f64>, n: usize) -> Option<f64> {
    if n == 0 {
        return Some(0.0);
    }
    Some(x.norm())
}

fn main() {
    let _: Option<DVector<f64>> = f_grad(&DVector::zeros(3), 1);
}
