use matgrad::grad;
use nalgebra::DVector;

#[grad(x)]
fn f(x: &DVector<f64>) -> f64 {
    let y = x * 2.0;
    y.map(|t| {
        println!("{t}");
        t
    })
    .norm()
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3));
}
