use matgrad::grad;
use nalgebra::DVector;

type Offsets = DVector<f64>;

#[grad(x)]
fn f(x: &DVector<f64>, y: &Offsets) -> f64 {
    (x + y).norm()
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3), &DVector::zeros(3));
}
