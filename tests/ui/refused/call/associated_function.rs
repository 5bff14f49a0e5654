use matgrad::grad;
use nalgebra::DVector;

struct Model;

impl Model {
    fn scaled(t: f64) -> f64 {
        2.0 * t
    }

    #[grad(x)]
    fn f(&self, x: &DVector<f64>) -> f64 {
        Self::scaled(x.norm())
    }
}

fn main() {
    let _: DVector<f64> = Model.f_grad(&DVector::zeros(3));
}
