//! Names: aliases, imports under other names, constants, modules in modules, methods of traits.

use matgrad::differentiable;
use nalgebra::DVector;

use super::differences::{check, samples};

#[differentiable]
pub mod named {
    use matgrad::{grad, grad as derive_gradient};
    use nalgebra::{DMatrix as Mat, DVector, Vector3};

    pub type Vect = DVector<f64>;
    type Of<T> = nalgebra::OVector<T, nalgebra::Dyn>;
    const N: usize = 3;
    const HALF: f64 = 1.0 / 2.0;
    const WEIGHTS: [f64; N] = [0.5, 1.5, -0.3];

    pub struct Config {
        pub rate: f64,
        pub shift: Vect,
        pub steps: usize,
        pub link: [f64; 3],
    }

    #[grad(w)]
    pub fn renamed(w: &Vect, x: &Mat<f64>) -> f64 {
        let product: Vect = x * w;
        HALF * product.norm_squared() / N as f64 + WEIGHTS[1] * w[0]
    }
    #[derive_gradient(w)]
    pub fn aliased(w: &Of<f64>, c: &Config) -> f64 {
        c.rate * (w + &c.shift).norm_squared() / c.steps as f64 + c.link[2] * w[1]
    }
    impl Config {
        const SCALE: f64 = 3.0;
        fn energy(&self, v: &Vect) -> f64 {
            self.rate * v.norm_squared() + self.link(2) * v.dot(&self.shift)
        }
        fn link(&self, k: usize) -> f64 {
            self.link[k] * self.steps as f64
        }
        fn half(v: &Vect) -> f64 {
            0.5 * v.sum()
        }
        #[grad(v)]
        pub fn total(&self, v: &Vect) -> f64 {
            self.energy(v) + self.energy(&(2.0 * v)) * Self::half(v) + Config::half(v) * Self::SCALE
        }
        #[grad(v)]
        pub fn looped(&self, v: &Vect, n: usize) -> f64 {
            let mut sum = 0.0;
            for k in 0..n {
                sum += self.rate * (v * k as f64).norm_squared() + self.shift.dot(v) * self.link[k];
            }
            sum
        }
    }
    pub trait Energy {
        fn energy_of(&self, v: &Vect) -> f64;
    }
    impl Energy for Config {
        #[grad(v)]
        fn energy_of(&self, v: &Vect) -> f64 {
            self.energy(v) * v[0]
        }
    }

    pub mod inner {
        use super::Vect;
        use matgrad::grad;

        pub const K: f64 = 2.5;
        // the same name as outside
        const HALF: f64 = 0.25;

        pub fn cube(t: f64) -> f64 {
            K * HALF * t * t * t
        }
        #[grad(v)]
        pub fn uses_outer(v: &Vect) -> f64 {
            super::square(v[0]) + cube(v[1]) * self::cube(v[2])
        }
        pub mod deeper {
            pub fn fourth(t: f64) -> f64 {
                super::super::square(super::super::square(t))
            }
        }
    }
    use inner::deeper;

    fn square(t: f64) -> f64 {
        t * t
    }
    #[grad(t)]
    pub fn uses_inner(t: f64) -> f64 {
        inner::cube(t) + deeper::fourth(t) * HALF
    }

    /// A type of the user's, whatever nalgebra calls its own.
    pub struct Vector4(pub f64);
    #[grad(x)]
    pub fn own_type(x: f64, v: &Vector4, u: &Vector3<f64>) -> f64 {
        x * v.0 + u.x
    }

    #[cfg(any())]
    fn absent(t: f64) -> f64 {
        t * 100.0
    }
    #[cfg(not(any()))]
    fn absent(t: f64) -> f64 {
        t * 2.0
    }
    pub fn calls_absent(t: f64) -> f64 {
        absent(t)
    }
}

#[test]
fn names_mean_what_rustc_says() {
    use named::Energy;
    let w = DVector::from_vec(samples(3));
    let x = nalgebra::DMatrix::from_fn(4, 3, |i, j| ((i + 2 * j) as f64).sin());
    check(&w, |w| named::renamed(w, &x), named::renamed_value_and_grad(&w, &x));
    let c = named::Config { rate: 0.3, shift: DVector::from_vec(vec![1.0, 2.0, 0.4]), steps: 4, link: [0.1, 0.2, 0.7] };
    check(&w, |w| named::aliased(w, &c), named::aliased_value_and_grad(&w, &c));
    check(&w, |w| c.total(w), c.total_value_and_grad(&w));
    check(&w, |w| c.looped(w, 3), c.looped_value_and_grad(&w, 3));
    check(&w, |w| c.energy_of(w), c.energy_of_value_and_grad(&w));
    check(&w, named::inner::uses_outer, named::inner::uses_outer_value_and_grad(&w));
    check(&0.7, |t| named::uses_inner(*t), named::uses_inner_value_and_grad(0.7));
    let (v, u) = (named::Vector4(3.0), nalgebra::Vector3::new(1.0, 2.0, 3.0));
    check(&0.7, |t| named::own_type(*t, &v, &u), named::own_type_value_and_grad(0.7, &v, &u));
    assert_eq!(named::calls_absent(1.0), 2.0);
}
