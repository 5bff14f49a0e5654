//! Loops, branches and early ends on what is not differentiated.
use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn f(x: &DVector<f64>, y: &DVector<f64>, n: usize) -> f64 {
    let mut sum = 0.0;
    for i in 0..y.len() {
        sum += y[i] * y[i];
    }
    let mut half: f64 = 8.0;
    while half > 1.0 {
        half /= 2.0;
    }
    let power: f64 = loop {
        half *= 2.0;
        if half > 3.0 {
            break half;
        }
    };
    let chosen: f64 = if n > 1 { 1.0 } else { 2.0 };
    let matched: f64 = match n {
        0 => 1.0,
        n => n as f64,
    };
    let first: f64 = (|| Some(*y.as_slice().first()? * 2.0))().unwrap_or(1.0);
    let found: f64 = (|| {
        for t in y.iter() {
            if *t > 0.0 {
                return *t;
            }
        }
        first
    })();
    x.norm() * sum + x.sum() * (power + chosen + matched + found)
}

#[grad(x)]
fn ends_early(x: &DVector<f64>, n: Option<usize>) -> Option<f64> {
    let n: usize = n?;
    if n == 0 {
        return None;
    }
    Some(x.norm() * n as f64)
}

pub fn main() {
    let (x, y) = (DVector::from_element(3, 1.0), DVector::from_element(3, 0.5));
    assert!(f_value_and_grad(&x, &y, 2) == (f(&x, &y, 2), f_grad(&x, &y, 2)));
    assert!(ends_early_grad(&x, Some(0)).is_none() && ends_early_grad(&x, None).is_none());
    assert!(ends_early_value_and_grad(&x, Some(2)).map(|both| both.0) == ends_early(&x, Some(2)));
}
