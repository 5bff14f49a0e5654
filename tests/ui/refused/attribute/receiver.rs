use matgrad::grad;
use nalgebra::DVector;

struct Model(DVector<f64>);

impl Model {
    #[grad(self)]
    fn f(&self, x: &DVector<f64>) -> f64 {
        let w: &DVector<f64> = &self.0;
        w.dot(x)
    }
}

fn main() {}
