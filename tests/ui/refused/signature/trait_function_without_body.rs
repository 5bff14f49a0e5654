use matgrad::grad;
use nalgebra::DVector;

trait Loss {
    #[grad(w)]
    fn loss(&self, w: &DVector<f64>) -> f64;
}

fn main() {}
