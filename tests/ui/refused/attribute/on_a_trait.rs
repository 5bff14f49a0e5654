use matgrad::grad;
use nalgebra::DVector;

#[grad]
trait Loss {
    fn loss(&self, w: &DVector<f64>) -> f64;
}

fn main() {}
