use matgrad::grad;
use nalgebra::{DMatrix, Vector2, Vector3};

#[grad(x)]
fn f(x: &DMatrix<f64>, a: &Vector3<f64>, b: &Vector2<f64>) -> f64 {
    let c = x.clone().cholesky().unwrap();
    c.solve(a).norm() + c.solve(b).norm()
}

fn main() {
    let _: DMatrix<f64> = f_grad(&DMatrix::identity(3, 3), &Vector3::zeros(), &Vector2::zeros());
}
