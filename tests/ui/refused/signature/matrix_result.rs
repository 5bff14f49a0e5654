use matgrad::grad;
use nalgebra::Matrix2;

#[grad]
fn f(x: &Matrix2<f64>) -> Matrix2<f64> {
    x * x
}

fn main() {}
