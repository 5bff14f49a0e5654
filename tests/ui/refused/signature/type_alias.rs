use matgrad::grad;
use nalgebra::DVector;

type Weights = DVector<f64>;

#[grad(w)]
fn f(w: &Weights) -> f64 {
    w.norm_squared()
}

fn main() {
    let _: Weights = f_grad(&Weights::zeros(3));
}
