//! What functions are called with, and whether their derivatives are those of differences.

use nalgebra::{DMatrix, DVector, SMatrix, SVector};

/// Numbers of both signs, none near another.
pub fn samples(n: usize) -> Vec<f64> {
    (0..n).map(|i| 0.35 + 0.9 * (i as f64 * 1.7 + 0.3).sin()).collect()
}

/// A list of numbers under whatever type.
pub trait Point: Clone {
    /// The numbers.
    fn numbers(&self) -> Vec<f64>;
    /// The same with others.
    fn with(&self, numbers: &[f64]) -> Self;
}

impl Point for f64 {
    fn numbers(&self) -> Vec<f64> {
        vec![*self]
    }
    fn with(&self, numbers: &[f64]) -> Self {
        numbers[0]
    }
}
impl Point for Vec<f64> {
    fn numbers(&self) -> Vec<f64> {
        self.clone()
    }
    fn with(&self, numbers: &[f64]) -> Self {
        numbers.to_vec()
    }
}
impl<const N: usize> Point for [f64; N] {
    fn numbers(&self) -> Vec<f64> {
        self.to_vec()
    }
    fn with(&self, numbers: &[f64]) -> Self {
        std::array::from_fn(|i| numbers[i])
    }
}
impl<const N: usize> Point for Vec<[f64; N]> {
    fn numbers(&self) -> Vec<f64> {
        self.concat()
    }
    fn with(&self, numbers: &[f64]) -> Self {
        numbers.chunks(N).map(|c| std::array::from_fn(|i| c[i])).collect()
    }
}
impl<const N: usize, const M: usize> Point for [[f64; N]; M] {
    fn numbers(&self) -> Vec<f64> {
        self.concat()
    }
    fn with(&self, numbers: &[f64]) -> Self {
        std::array::from_fn(|j| std::array::from_fn(|i| numbers[j * N + i]))
    }
}
impl<const N: usize> Point for Vec<SVector<f64, N>> {
    fn numbers(&self) -> Vec<f64> {
        self.iter().flat_map(|c| c.iter().copied()).collect()
    }
    fn with(&self, numbers: &[f64]) -> Self {
        numbers.chunks(N).map(SVector::from_column_slice).collect()
    }
}
impl<const N: usize, const M: usize> Point for [SVector<f64, N>; M] {
    fn numbers(&self) -> Vec<f64> {
        self.iter().flat_map(|c| c.iter().copied()).collect()
    }
    fn with(&self, numbers: &[f64]) -> Self {
        std::array::from_fn(|j| SVector::from_column_slice(&numbers[j * N..(j + 1) * N]))
    }
}
impl Point for DVector<f64> {
    fn numbers(&self) -> Vec<f64> {
        self.as_slice().to_vec()
    }
    fn with(&self, numbers: &[f64]) -> Self {
        Self::from_column_slice(numbers)
    }
}
impl Point for DMatrix<f64> {
    fn numbers(&self) -> Vec<f64> {
        self.as_slice().to_vec()
    }
    fn with(&self, numbers: &[f64]) -> Self {
        Self::from_column_slice(self.nrows(), self.ncols(), numbers)
    }
}
impl<const R: usize, const C: usize> Point for SMatrix<f64, R, C> {
    fn numbers(&self) -> Vec<f64> {
        self.as_slice().to_vec()
    }
    fn with(&self, numbers: &[f64]) -> Self {
        Self::from_column_slice(numbers)
    }
}

/// All companions against the function's own value and central differences of it.
pub fn check<P: Point>(at: &P, f: impl Fn(&P) -> f64, both: (f64, P), gradient: P, into: (f64, P)) {
    let (value, x) = (f(at), at.numbers());
    for companions in [both.0, into.0] {
        assert!((companions - value).abs() <= 1e-12 * value.abs().max(1.0), "value {companions}, and {value} of the function");
    }
    let gradients = [both.1.numbers(), gradient.numbers(), into.1.numbers()];
    for i in 0..x.len() {
        let step = 1e-5 * x[i].abs().max(1.0);
        let moved = |by: f64| {
            let mut y = x.clone();
            y[i] += by;
            f(&at.with(&y))
        };
        let difference = (moved(step) - moved(-step)) / (2.0 * step);
        for gradient in &gradients {
            assert_eq!(gradient.len(), x.len());
            let error = (gradient[i] - difference).abs() / difference.abs().max(1.0);
            assert!(error <= 1e-6, "entry {i}: {} and {difference} by differences", gradient[i]);
        }
    }
}
