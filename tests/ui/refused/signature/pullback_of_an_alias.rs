//! A Jacobian has a row for each entry of the result, whose type has to be known.
use matgrad::{jacobian, vjp};
use nalgebra::DVector;

type Weights = DVector<f64>;

#[jacobian(w)]
#[vjp(w)]
fn f(w: &DVector<f64>) -> Weights {
    w.map(|t| t.exp())
}

fn main() {
    let w = DVector::zeros(2);
    let (_, pullback) = f_vjp(&w);
    let _: DVector<f64> = pullback(w.clone());
}
