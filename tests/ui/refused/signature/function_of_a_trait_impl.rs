use matgrad::grad;
use nalgebra::DVector;

trait Loss {
    fn loss(&self, w: &DVector<f64>) -> f64;
}

struct Model;

impl Loss for Model {
    #[grad(w)]
    fn loss(&self, w: &DVector<f64>) -> f64 {
        w.norm_squared()
    }
}

fn main() {}
