//! Tuples, arrays and structs of structs to differentiate by.

use matgrad::differentiable;
use nalgebra::{DVector, Vector2, Vector3};

use super::differences::{check, numbers, samples};

#[differentiable]
pub mod parts {
    use matgrad::grad;
    use nalgebra::{DMatrix, DVector, RealField, Vector2, Vector3};

    #[derive(Clone, Debug)]
    pub struct Pair(pub f64, pub DVector<f64>);
    #[derive(Clone, Debug)]
    pub struct Lists {
        pub open: Vec<f64>,
        pub fixed: [f64; 3],
        pub points: [Vector2<f64>; 2],
        pub both: (f64, Vector3<f64>),
        pub label: &'static str,
        pub unused: DMatrix<f64>,
    }

    #[grad(p)]
    pub fn paired(p: &Pair) -> f64 {
        let Pair(a, v) = p;
        a * v.norm_squared() + p.0.sin()
    }
    #[grad(p)]
    pub fn tupled(p: (f64, Vector2<f64>)) -> f64 {
        let (a, v) = p;
        a * v.norm() + p.0
    }
    #[grad(all)]
    pub fn listed(all: &Lists) -> f64 {
        let Lists { fixed, points, both: (factor, direction), .. } = all;
        let mut sum = 0.0;
        for i in 0..all.open.len() {
            sum += all.open[i].sin() * fixed[i % 3];
        }
        let mut lengths = 0.0;
        for p in points {
            lengths += p.norm();
        }
        sum * factor + lengths * direction.dot(&Vector3::new(1.0, -2.0, 0.5)) + all.fixed.iter().map(|t| t * t).sum::<f64>()
    }
    #[derive(Clone, Debug)]
    pub struct Scaled<T: RealField + Copy> {
        pub by: T,
        pub of: nalgebra::Vector3<T>,
    }
    #[grad(s)]
    pub fn scaled(s: &Scaled<f64>) -> f64 {
        let twice = Scaled { by: s.by * 2.0, ..s.clone() };
        twice.by * twice.of.norm_squared() + s.of.x
    }
    #[grad(x)]
    pub fn made(x: &Vector2<f64>) -> f64 {
        let pair = Pair(x.x, DVector::from_vec(vec![x.y, x.x * x.y]));
        paired(&pair) + tupled((x.y, *x))
    }
}

numbers!(parts::Lists { open, fixed, points, both, unused });
numbers!(parts::Scaled<f64> { by, of });

impl super::differences::Numbers for parts::Pair {
    fn numbers(&self) -> Vec<f64> {
        (self.0, self.1.clone()).numbers()
    }
    fn with(&self, numbers: &mut impl Iterator<Item = f64>) -> Self {
        let (a, v) = (self.0, self.1.clone()).with(numbers);
        Self(a, v)
    }
}

#[test]
fn by_tuples_and_structs() {
    let pair = parts::Pair(0.4, DVector::from_vec(samples(4)));
    check(&pair, parts::paired, parts::paired_value_and_grad(&pair));
    let tuple = (0.4, Vector2::new(1.0, -2.0));
    check(&tuple, |p| parts::tupled(*p), parts::tupled_value_and_grad(tuple));
    let all = parts::Lists {
        open: samples(5),
        fixed: [0.3, -0.2, 0.9],
        points: [Vector2::new(1.0, 2.0), Vector2::new(-0.4, 0.1)],
        both: (0.7, Vector3::new(0.1, 0.2, 0.3)),
        label: "kept",
        unused: nalgebra::DMatrix::from_element(2, 3, 1.0),
    };
    check(&all, parts::listed, parts::listed_value_and_grad(&all));
    let mut buffer = parts::Lists { label: "", ..all.clone() };
    parts::listed_grad_into(&all, &mut buffer);
    assert_eq!((buffer.label, buffer.unused.clone()), ("kept", nalgebra::DMatrix::zeros(2, 3)));
    let scaled = parts::Scaled { by: 1.5, of: Vector3::new(0.1, -0.2, 0.3) };
    check(&scaled, parts::scaled, parts::scaled_value_and_grad(&scaled));
    let x = Vector2::new(0.4, -0.7);
    check(&x, parts::made, parts::made_value_and_grad(&x));
}
