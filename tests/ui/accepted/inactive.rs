//! What is refused on active values compiles on inactive ones.
use matgrad::grad;
use nalgebra::DVector;

fn helper(y: &DVector<f64>) -> f64 {
    y.norm()
}

#[grad(x)]
fn f(x: &DVector<f64>, y: &DVector<f64>, mut z: DVector<f64>) -> f64 {
    let floor = y.sum().floor();
    let floor: f64 = floor;
    let mut sum = 0.0;
    for i in 0..y.len() {
        sum += y[i] * y[i];
    }
    z += y;
    z.fill(2.0);
    let bucket = y[0] as usize % y.len();
    let called: f64 = helper(y);
    let iterated: f64 = y.iter().map(|t| t.signum() % 2.0).sum();
    let positive = y[0] > 0.0;
    let chosen: f64 = if positive { 1.0 } else { 2.0 };
    let matched: f64 = match bucket {
        0 => 1.0,
        n => n as f64,
    };
    let first: f64 = (|| Some(*y.as_slice().first()? * 2.0))().unwrap_or(1.0);
    let found = (|| {
        for t in y.iter() {
            if *t > 0.0 {
                return *t;
            }
        }
        first
    })();
    let found: f64 = found;
    println!("{y} {z} {}", x.norm());
    assert!(x.norm() < 1e9 && y.iter().all(|t| t.is_finite()), "{x}");
    x.dot(&z) * floor + sum * x[bucket] + x.norm() * (called + iterated + found + chosen + matched)
}

fn main() {
    let (x, y) = (DVector::from_element(3, 1.0), DVector::from_element(3, 0.5));
    let (value, gradient) = f_value_and_grad(&x, &y, y.clone());
    assert!(value == f(&x, &y, y.clone()) && gradient.len() == 3);
    assert!(f_grad(&x, &y, y.clone()) == gradient);
}
