use matgrad::grad;
use nalgebra::DVector;

type Offsets = DVector<f64>;

fn offsets(n: usize) -> Offsets {
    DVector::zeros(n)
}

#[grad(x)]
fn f(x: &DVector<f64>, n: usize) -> f64 {
    let y: Offsets = offsets(n);
    (x + y).norm()
}

fn main() {
    let _: DVector<f64> = f_grad(&DVector::zeros(3), 1);
}
