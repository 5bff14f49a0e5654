use matgrad::grad;
use nalgebra::DVector;

fn checked(x: &DVector<f64>) -> Option<f64> {
    (!x.is_empty()).then(|| x.norm())
}

#[grad(x)]
fn f(x: &DVector<f64>) -> Option<f64> {
    let y = checked(x)?;
    Some(y * y)
}

fn main() {
    let _: Option<DVector<f64>> = f_grad(&DVector::zeros(3));
}
