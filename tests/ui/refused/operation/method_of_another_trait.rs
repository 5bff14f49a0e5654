use matgrad::grad;
use nalgebra::DVector;

trait Doubled {
    fn doubled(&self) -> DVector<f64>;
}

impl Doubled for DVector<f64> {
    fn doubled(&self) -> DVector<f64> {
        self * 2.0
    }
}

#[grad(x)]
fn f(x: &DVector<f64>) -> f64 {
    x.doubled().sum()
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3));
    let _ = DVector::zeros(3).doubled();
}
