use matgrad::grad;
use nalgebra::DVector;

struct Model;

#[grad(w)]
impl Model {
    fn loss(&self, w: &DVector<f64>) -> f64 {
        w.norm()
    }
}

fn main() {
    let _ = Model.loss(&DVector::zeros(3));
}
