use matgrad::grad;
use nalgebra::DVector;

const LINKS: [fn(f64) -> f64; 1] = [f64::sqrt];

#[grad(x)]
fn f(x: &DVector<f64>) -> f64 {
    LINKS[0](x.norm())
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3));
}
