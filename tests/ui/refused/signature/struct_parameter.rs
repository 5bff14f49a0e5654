use matgrad::grad;
use nalgebra::DVector;

struct Model {
    w: DVector<f64>,
}

#[grad(model)]
fn f(model: &Model) -> f64 {
    model.w.norm()
}

fn main() {
    let _: Model = f_grad(&Model { w: DVector::zeros(3) });
}
