//! Structs as lists of numbers, and gradients by differences of them.

/// What can be taken apart into numbers, and put together again.
pub trait Numbers: Clone {
    fn numbers(&self) -> Vec<f64>;
    /// The same with other numbers.
    fn with(&self, numbers: &mut impl Iterator<Item = f64>) -> Self;
}

impl Numbers for f64 {
    fn numbers(&self) -> Vec<f64> {
        vec![*self]
    }
    fn with(&self, numbers: &mut impl Iterator<Item = f64>) -> Self {
        numbers.next().unwrap()
    }
}

impl<R: nalgebra::Dim, C: nalgebra::Dim> Numbers for nalgebra::OMatrix<f64, R, C>
where
    nalgebra::DefaultAllocator: nalgebra::allocator::Allocator<R, C>,
{
    fn numbers(&self) -> Vec<f64> {
        self.iter().copied().collect()
    }
    fn with(&self, numbers: &mut impl Iterator<Item = f64>) -> Self {
        let (rows, cols) = self.shape_generic();
        nalgebra::OMatrix::from_iterator_generic(rows, cols, numbers.take(self.len()))
    }
}

impl Numbers for Vec<f64> {
    fn numbers(&self) -> Vec<f64> {
        self.clone()
    }
    fn with(&self, numbers: &mut impl Iterator<Item = f64>) -> Self {
        numbers.take(self.len()).collect()
    }
}

impl<T: Numbers, const N: usize> Numbers for [T; N] {
    fn numbers(&self) -> Vec<f64> {
        self.iter().flat_map(Numbers::numbers).collect()
    }
    fn with(&self, numbers: &mut impl Iterator<Item = f64>) -> Self {
        std::array::from_fn(|i| self[i].with(numbers))
    }
}

impl<A: Numbers, B: Numbers> Numbers for (A, B) {
    fn numbers(&self) -> Vec<f64> {
        [self.0.numbers(), self.1.numbers()].concat()
    }
    fn with(&self, numbers: &mut impl Iterator<Item = f64>) -> Self {
        let first = self.0.with(numbers);
        (first, self.1.with(numbers))
    }
}

impl<A: Numbers, B: Numbers, C: Numbers> Numbers for (A, B, C) {
    fn numbers(&self) -> Vec<f64> {
        [self.0.numbers(), self.1.numbers(), self.2.numbers()].concat()
    }
    fn with(&self, numbers: &mut impl Iterator<Item = f64>) -> Self {
        let (first, second) = (self.0.with(numbers), self.1.with(numbers));
        (first, second, self.2.with(numbers))
    }
}

/// A struct by the fields that are numbers; the others are copied.
macro_rules! numbers {
    ($type:path { $($field:ident),* }) => {
        impl $crate::differences::Numbers for $type {
            fn numbers(&self) -> Vec<f64> {
                let mut all = Vec::new();
                $(all.extend($crate::differences::Numbers::numbers(&self.$field));)*
                all
            }
            fn with(&self, numbers: &mut impl Iterator<Item = f64>) -> Self {
                Self { $($field: $crate::differences::Numbers::with(&self.$field, numbers),)* ..self.clone() }
            }
        }
    };
}
pub(crate) use numbers;

/// A gradient is that of the function, and has its value.
#[track_caller]
pub fn check<P: Numbers>(at: &P, f: impl Fn(&P) -> f64, (value, gradient): (f64, P)) {
    let expected = f(at);
    assert!(
        (value - expected).abs() <= 1e-11 * expected.abs().max(1.0),
        "the value is {expected}, and the companion's is {value}"
    );
    let numbers = at.numbers();
    let moved = |i: usize, step: f64| {
        let all = numbers.iter().enumerate().map(|(j, x)| if i == j { x + step } else { *x });
        f(&at.with(&mut all.collect::<Vec<_>>().into_iter()))
    };
    let gradient = gradient.numbers();
    assert_eq!(gradient.len(), numbers.len());
    for (i, derived) in gradient.into_iter().enumerate() {
        let h = 1e-4 * numbers[i].abs().max(1.0);
        let (near, far) = (moved(i, h) - moved(i, -h), moved(i, 2.0 * h) - moved(i, -2.0 * h));
        let difference = (8.0 * near - far) / (12.0 * h);
        assert!(
            (derived - difference).abs() <= 2e-8 * difference.abs().max(expected.abs()).max(1.0),
            "entry {i}: derived {derived}, by differences {difference}"
        );
    }
}

/// Numbers that are not of one size or sign.
pub fn samples(n: usize) -> Vec<f64> {
    (0..n).map(|i| 0.9 * (1.7 * i as f64 + 0.4).sin() + 0.05 * i as f64).collect()
}
