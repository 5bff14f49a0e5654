use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn f(x: &DVector<f64>) -> f64 {
    let order = x[0].total_cmp(&x[1]);
    x.norm() * order as i32 as f64
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3));
}
