//! Rounding, casts, comparisons and texts of what is not differentiated.
use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn f(x: &DVector<f64>, y: &DVector<f64>, name: &str) -> f64 {
    let floor: f64 = y.sum().floor();
    let bucket = y[0] as usize % y.len();
    let fraction: f64 = y.iter().map(|t| t.signum().fract() % 2.0).sum();
    let positive = y[0] > 0.0 && y[1] == y[1];
    let chosen: f64 = f64::from(u8::from(positive));
    let text = format!("{name}: {y}");
    let bits: f64 = (y[0].to_bits() % 2) as f64;
    x.norm() * floor + x[bucket] * fraction + chosen * x.sum() * text.len() as f64 + bits * x.sum()
}

pub fn main() {
    let (x, y) = (DVector::from_element(3, 1.0), DVector::from_element(3, 0.5));
    let (value, gradient) = f_value_and_grad(&x, &y, "y");
    assert!(value == f(&x, &y, "y") && f_grad(&x, &y, "y") == gradient);
}
