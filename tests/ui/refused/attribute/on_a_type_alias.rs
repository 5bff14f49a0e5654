use matgrad::grad;
use nalgebra::DVector;

#[grad]
type Weights = DVector<f64>;

fn main() {
    let _: Weights = DVector::zeros(3);
}
