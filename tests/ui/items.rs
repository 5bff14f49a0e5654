use matgrad::grad;
use nalgebra::DVector;

#[grad]
struct Model {
    weights: DVector<f64>,
}

#[grad]
impl Model {}

trait Loss {
    #[grad(w)]
    fn required(&self, w: &DVector<f64>) -> f64;
}

#[grad(x)]
const fn constant(x: f64) -> f64 {
    x * x
}

#[grad(x)]
async fn later(x: &DVector<f64>) -> f64 {
    x.norm()
}

fn main() {}
