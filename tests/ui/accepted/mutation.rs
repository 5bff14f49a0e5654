//! Change in place of what is not differentiated.
use matgrad::grad;
use nalgebra::{DMatrix, DVector};

#[grad(x)]
fn f(x: &DVector<f64>, y: &DVector<f64>, mut z: DVector<f64>) -> f64 {
    z += y;
    z[0] = 3.0;
    z[1] -= 1.0;
    z.swap((0, 0), (1, 0));
    let mut m: DMatrix<f64> = y * y.transpose();
    m.set_row(0, &z.transpose());
    m.column_mut(1).fill(1.0);
    m.iter_mut().for_each(|t| *t *= 2.0);
    let mut sorted: Vec<f64> = y.iter().copied().collect();
    sorted.sort_by(f64::total_cmp);
    let smallest: f64 = sorted[0];
    (m * x).dot(&z) * smallest
}

pub fn main() {
    let (x, y) = (DVector::from_element(3, 1.0), DVector::from_vec(vec![0.5, 2.0, 0.25]));
    assert!(f_value_and_grad(&x, &y, y.clone()) == (f(&x, &y, y.clone()), f_grad(&x, &y, y.clone())));
}
