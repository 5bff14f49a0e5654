use matgrad::grad;
use nalgebra::DVector;

#[grad]
struct Model {
    weights: DVector<f64>,
}

fn main() {
    let _ = Model { weights: DVector::zeros(3) }.weights;
}
