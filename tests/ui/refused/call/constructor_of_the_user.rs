use matgrad::grad;
use nalgebra::DVector;

struct Score(f64);

impl Score {
    fn new(t: f64) -> Self {
        Self(t)
    }
}

#[grad(x)]
fn f(x: &DVector<f64>) -> f64 {
    Score::new(x.norm()).0
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3));
}
