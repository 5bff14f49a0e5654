use matgrad::grad;
use nalgebra::DVector;

struct Model {
    w: DVector<f64>,
}

#[grad(model.w)]
fn f(model: &Model, x: &DVector<f64>) -> f64 {
    model.w.dot(x)
}

fn main() {}
