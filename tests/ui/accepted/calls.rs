//! Functions, methods and structs of the user's that see nothing that is differentiated.
use matgrad::grad;
use nalgebra::{DMatrix, DVector};

struct Model {
    rate: f64,
}

impl Model {
    fn rate(&self, n: usize) -> f64 {
        self.rate * n as f64
    }

    #[grad(x)]
    fn f(&self, x: &DVector<f64>, a: &DMatrix<f64>, link: impl Fn(f64) -> f64) -> f64 {
        let rate: f64 = self.rate(x.len());
        let linked: f64 = link(a.sum());
        let Model { rate: own } = Model { rate };
        let own: f64 = own;
        let vectors: DMatrix<f64> = a.clone().symmetric_eigen().eigenvectors;
        let (q, _) = a.clone().qr().unpack();
        let q: DMatrix<f64> = q;
        let rank: f64 = a.rank(1e-9) as f64;
        let scaled: f64 = Self::scaled(2.0);
        println!("{rate} {}", x.norm());
        assert!(x.norm() < 1e9 && a.iter().all(|t| t.is_finite()), "{x}");
        (vectors * x).norm() + (q * x).sum() * linked + x.sum() * (own + rank + scaled)
    }

    fn scaled(t: f64) -> f64 {
        t
    }
}

pub fn main() {
    let (x, a, model) = (DVector::from_element(3, 1.0), DMatrix::identity(3, 3), Model { rate: 2.0 });
    let gradient = model.f_grad(&x, &a, f64::sin);
    assert!(model.f_value_and_grad(&x, &a, f64::sin) == (model.f(&x, &a, f64::sin), gradient));
}
