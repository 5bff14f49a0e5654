use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn f(x: &DVector<f64>) -> f64 {
    x.map(|t| {
        let mut p = 1.0;
        for _ in 0..3 {
            p *= t;
        }
        p
    })
    .sum()
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3));
}
