use matgrad::grad;
use nalgebra::DVector;

#[grad(x, y, n)]
async unsafe fn f(x: &DVector<i32>, y: &mut DVector<f64>, n: usize) {
    y[n] = f64::from(x[n]);
}

fn main() {}
