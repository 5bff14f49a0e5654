use matgrad::grad;
use nalgebra::DVector;

struct Settings {
    rate: f64,
}

#[grad(x)]
fn f(x: &DVector<f64>, settings: &Settings) -> f64 {
    x.norm() * settings.rate
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3), &Settings { rate: 1.0 });
}
