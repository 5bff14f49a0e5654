use matgrad::grad;
use nalgebra::DVector;

fn offsets(n: usize) -> DVector<f64> {
    DVector::zeros(n)
}

#[grad(x)]
fn f(x: &DVector<f64>, n: usize) -> f64 {
    let offset = offsets(n);
    (x + offset).norm()
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3), 1);
}
