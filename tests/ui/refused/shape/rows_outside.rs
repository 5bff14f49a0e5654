use matgrad::grad;
use nalgebra::Vector3;

#[grad(x)]
fn f(x: &Vector3<f64>) -> f64 {
    x.rows(1, 3).sum()
}

fn main() {
    let _: Vector3<f64> = f_grad(&Vector3::zeros());
}
