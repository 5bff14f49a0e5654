use matgrad::grad;
use nalgebra::{DVector, SVector};

#[grad(x)]
fn f<const N: usize, const M: usize>(x: &DVector<f64>, a: &SVector<f64, N>, b: &SVector<f64, M>) -> f64 {
    (x + a).norm() + x.dot(b)
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3), &SVector::<f64, 3>::zeros(), &SVector::<f64, 2>::zeros());
}
