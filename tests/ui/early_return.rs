use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn guard(x: &DVector<f64>, n: usize) -> f64 {
    if n == 0 {
        return 0.0;
    }
    x.norm() * n as f64
}

#[grad(x)]
fn some_other(x: &DVector<f64>, n: usize) -> Option<f64> {
    if n == 0 {
        return Some(0.0);
    }
    Some(x.norm())
}

#[grad(x)]
fn leaving_macro(x: &DVector<f64>, n: usize) -> f64 {
    ensure!(n > 0);
    x.norm()
}

macro_rules! ensure {
    ($condition:expr) => {
        if !$condition {
            return 0.0;
        }
    };
}
use ensure;

fn main() {}
