//! The evidence of a Gaussian process, with a kernel that is called for all pairs.

use matgrad::differentiable;
use nalgebra::{DMatrix, DVector, Vector3};

use super::differences::check;

#[differentiable]
pub mod process {
    use matgrad::grad;
    use nalgebra::{DMatrix, DVector, Vector3};

    /// ln of: the length scale, the amplitude, the noise.
    pub type Logs = Vector3<f64>;

    fn kernel(a: &DVector<f64>, b: &DVector<f64>, length: f64, amplitude: f64) -> f64 {
        let d = a - b;
        amplitude.powi(2) * (-d.norm_squared() / (2.0 * length * length)).exp()
    }

    #[grad(logs)]
    pub fn evidence(logs: &Logs, x: &DMatrix<f64>, y: &DVector<f64>) -> f64 {
        let (length, amplitude, noise) = (logs[0].exp(), logs[1].exp(), logs[2].exp());
        let n = x.ncols();
        let mut k = DMatrix::zeros(n, n);
        for i in 0..n {
            for j in 0..n {
                k[(i, j)] = kernel(&x.column(i).into_owned(), &x.column(j).into_owned(), length, amplitude);
            }
            k[(i, i)] += noise.powi(2);
        }
        let alpha = k.clone().lu().solve(y).unwrap();
        0.5 * y.dot(&alpha) + 0.5 * matgrad::ln_det(&k) + 0.5 * n as f64 * std::f64::consts::TAU.ln()
    }
}

#[test]
fn evidence_of_a_gaussian_process() {
    let x = DMatrix::from_fn(2, 7, |i, j| ((3 * i + 2 * j) as f64 * 0.7).sin() * 2.0);
    let y = DVector::from_fn(7, |i, _| (i as f64 * 0.9).cos());
    let logs = Vector3::new(-0.2, 0.1, -1.0);
    check(&logs, |logs| process::evidence(logs, &x, &y), process::evidence_value_and_grad(&logs, &x, &y));
}
