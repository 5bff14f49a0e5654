use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn f(x: &DVector<f64>) -> Result<f64, String> {
    Ok(x.norm())
}

fn main() {}
