use matgrad::grad;
use nalgebra::DVector;

struct Model {
    rate: f64,
}

impl Model {
    #[grad(x)]
    fn f(&self, x: &DVector<f64>) -> f64 {
        x.norm() * self.rate
    }
}

fn main() {
    let _: DVector<f64> = Model { rate: 1.0 }.f_grad(&DVector::zeros(3));
}
