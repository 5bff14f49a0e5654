//! Inactive code: carried over as it is, in its order, each effect once.

use std::cell::Cell;

use matgrad::grad;
use matgrad_tests::{check, matrix, vector};
use nalgebra::{DMatrix, DVector, SVector, Vector3};

const LAMBDA: f64 = 0.25;
static SHIFT: f64 = 1.5;

mod settings {
    pub const RATE: f64 = 0.75;
    pub mod consts {
        /// Not Euler's number.
        pub const E: f64 = 210.0;
    }
}

fn halved(y: &DVector<f64>) -> DVector<f64> {
    y * 0.5
}

fn consumed(y: DVector<f64>) -> f64 {
    y.sum()
}

/// Checks a function of `x` whose companions are given.
macro_rules! verify {
    ($x:ident => $f:ident, $grad:ident, $both:ident($($argument:expr),*)) => {
        check(&$x, |$x| $f($x $(, $argument)*), $grad(&$x $(, $argument)*), $both(&$x $(, $argument)*))
    };
}

#[grad(x)]
fn constants(x: &DVector<f64>) -> f64 {
    const LOCAL: f64 = 3.0;
    use settings::RATE as SPEED;
    x.norm_squared() * LAMBDA + x.sum() * LOCAL * SHIFT + settings::RATE * x[0] + settings::consts::E * x[1] * SPEED
}

#[test]
fn constants_by_name() {
    let x = vector(3);
    verify!(x => constants, constants_grad, constants_value_and_grad());
}

#[grad(x)]
fn calls(x: &DVector<f64>, y: &DVector<f64>, n: usize) -> f64 {
    let half: DVector<f64> = halved(y);
    let total: f64 = consumed(y.clone()) + half.len() as f64;
    let k = n + 1;
    let weights: Vec<f64> = (0..k).map(|i| i as f64).collect();
    let weight: f64 = weights.iter().sum::<f64>() * total;
    (x - &half).norm_squared() * weight + x[k]
}

#[test]
fn calls_of_any_function() {
    let (x, y) = (vector(5), vector(5));
    verify!(x => calls, calls_grad, calls_value_and_grad(&y, 2));
}

#[grad(x)]
fn shadowed(x: &DVector<f64>, y: &DVector<f64>) -> f64 {
    let before = x.dot(y);
    let y: DVector<f64> = halved(y);
    let between = x.dot(&y) * 3.0;
    let y = y * 4.0 + x.map(|_| 1.0);
    before + between * x.component_mul(&y).sum()
}

#[test]
fn an_inactive_parameter_shadowed() {
    let (x, y) = (vector(3), vector(3));
    verify!(x => shadowed, shadowed_grad, shadowed_value_and_grad(&y));
}

#[grad(x)]
fn shadowed_variables(x: &DVector<f64>, y: &DVector<f64>) -> f64 {
    let z: DVector<f64> = halved(y);
    let a = x.dot(&z);
    let z: DVector<f64> = halved(&z);
    let b = x.dot(&z) * a;
    let z = 2.0;
    let c: f64 = consumed(y * z);
    a + b * z + c * a * a
}

#[test]
fn a_variable_shadowed_by_others() {
    let (x, y) = (vector(3), vector(3));
    verify!(x => shadowed_variables, shadowed_variables_grad, shadowed_variables_value_and_grad(&y));
}

#[grad(x)]
fn shadowed_sizes(x: &DVector<f64>, y: &DVector<f64>, w: &DVector<f64>) -> f64 {
    let z: DVector<f64> = halved(y);
    let a = x.dot(&z) + DVector::from_element(z.len(), 2.0).dot(x);
    let z: DVector<f64> = halved(w);
    let b = x.rows(0, z.len()).dot(&z) + DVector::from_element(z.len(), 0.5).norm() * x.sum();
    a * b
}

#[test]
fn variables_of_one_name_and_two_sizes() {
    let (x, y, w) = (vector(5), vector(5), vector(3));
    verify!(x => shadowed_sizes, shadowed_sizes_grad, shadowed_sizes_value_and_grad(&y, &w));
}

#[grad(x)]
fn integers(x: &DVector<f64>, k: usize) -> f64 {
    let j = k + 1;
    let k = k + 2;
    let (i, l) = (j - 1, k * 2);
    let k = l - 4;
    x[i] * x[j] * 2.0 + x[k] * x[l] + (i as f64) * x[0]
}

#[test]
fn integers_shadowed() {
    let x = vector(9);
    verify!(x => integers, integers_grad, integers_value_and_grad(2));
}

#[grad(x)]
fn mutable(x: &DVector<f64>, y: &DVector<f64>) -> f64 {
    let mut z = y.clone();
    let a = x.dot(&z);
    z *= 2.0;
    z[0] = 7.0;
    let b = x.dot(&z);
    let mut weight = 1.0;
    for i in 0..z.len() {
        weight += z[i] * i as f64;
    }
    let mut i = 0;
    let c = x[i] * weight;
    i += 2;
    weight *= 0.1;
    a + b * c + x[i] * weight
}

#[test]
fn variables_that_change() {
    let (x, y) = (vector(3), vector(3));
    verify!(x => mutable, mutable_grad, mutable_value_and_grad(&y));
}

#[grad(x)]
fn mutable_parameter(x: &DVector<f64>, mut y: DVector<f64>, mut t: f64, mut k: usize) -> f64 {
    let a = x.dot(&y) * t + x[k];
    y.fill(3.0);
    y[1] -= t;
    t += 1.0;
    k -= 1;
    a * a + x.dot(&y) * t + x[k]
}

#[test]
fn parameters_that_change() {
    let (x, y): (_, DVector<f64>) = (vector(3), vector(3));
    verify!(x => mutable_parameter, mutable_parameter_grad, mutable_parameter_value_and_grad(y.clone(), 0.5, 2));
}

#[grad(x)]
fn resized(x: &DVector<f64>, y: &DVector<f64>) -> f64 {
    let mut z = DVector::zeros(2);
    z[0] = 1.0;
    let a = x.rows(0, 2).dot(&z);
    z = y.clone();
    a * x.dot(&z)
}

#[test]
fn a_variable_that_changes_its_size() {
    let (x, y) = (vector(5), vector(5));
    verify!(x => resized, resized_grad, resized_value_and_grad(&y));
}

#[grad(x)]
fn moved(x: &DVector<f64>, y: DVector<f64>, z: DVector<f64>) -> f64 {
    let a = x.dot(&y);
    let total: f64 = consumed(y);
    let product = x.component_mul(&z).sum();
    let entries: Vec<f64> = z.data.into();
    let length = entries.len();
    a * total + product * length as f64
}

#[test]
fn parameters_that_are_moved_away() {
    let (x, y, z): (_, DVector<f64>, DVector<f64>) = (vector(3), vector(3), vector(3));
    verify!(x => moved, moved_grad, moved_value_and_grad(y.clone(), z.clone()));
}

#[grad(w)]
fn moved_and_active(w: DVector<f64>, x: DMatrix<f64>) -> f64 {
    assert!(!w.is_empty(), "{w} and {x}");
    debug_assert_eq!(w.len(), x.ncols());
    let y = x * w;
    y.norm_squared()
}

#[test]
fn assertions_on_active_parameters() {
    let (w, x): (DVector<f64>, DMatrix<f64>) = (vector(3), matrix(5, 3));
    let (gradient, both) = (moved_and_active_grad(w.clone(), x.clone()), moved_and_active_value_and_grad(w.clone(), x.clone()));
    check(&w, |w| moved_and_active(w.clone(), x.clone()), gradient, both);
}

#[grad(x)]
fn blocks(x: &DVector<f64>, y: &DVector<f64>) -> f64 {
    let a = {
        let y = y * 2.0;
        x.dot(&y)
    };
    let b = {
        let y: DVector<f64> = halved(y);
        let y: DVector<f64> = halved(&y);
        x.dot(&y) * a
    };
    let c: f64 = {
        let y: f64 = consumed(y.clone());
        let y = y + 1.0;
        y * 2.0
    };
    a + b * b + x.dot(y) * c
}

#[test]
fn blocks_with_names_of_their_own() {
    let (x, y) = (vector(3), vector(3));
    verify!(x => blocks, blocks_grad, blocks_value_and_grad(&y));
}

#[grad(x)]
fn effects(x: &DVector<f64>, log: &Cell<u32>, y: &DVector<f64>) -> f64 {
    log.set(log.get() + 1);
    let n = {
        log.set(log.get() + 10);
        y.norm()
    };
    let m: f64 = {
        log.set(log.get() + 100);
        f64::from(log.get())
    };
    let inside = {
        log.set(log.get() + 1000);
        x.norm() * n
    };
    let twice: f64 = consumed(y * n) + m;
    inside * twice * n
}

#[test]
fn every_effect_once() {
    let (x, y) = (vector(3), vector(3));
    let run = |both: bool| {
        let log = Cell::new(0);
        let result = if both { effects_value_and_grad(&x, &log, &y) } else { (0.0, effects_grad(&x, &log, &y)) };
        assert_eq!(log.get(), 1111);
        result
    };
    check(&x, |x| effects(x, &Cell::new(0), &y), run(false).1, run(true));
}

#[grad(x)]
fn conditions(x: &DVector<f64>, mode: Option<usize>, y: &DVector<f64>) -> f64 {
    let weight: f64 = if let Some(mode) = mode { mode as f64 } else { 2.0 };
    let target: DVector<f64> = match mode {
        Some(0) => y.clone(),
        Some(n) if n > 1 => y * n as f64,
        _ => DVector::zeros(y.len()),
    };
    let shift: f64;
    if weight > 1.0 {
        shift = 0.1;
    } else {
        shift = 0.2;
    }
    let Some(scale) = y.iter().copied().reduce(f64::max) else { panic!("empty") };
    let scale: f64 = scale;
    ((x - target) * weight).norm_squared() + shift * x.sum() * scale
}

#[test]
fn conditions_that_are_inactive() {
    let (x, y) = (vector(3), vector(3));
    for mode in [None, Some(0), Some(1), Some(3)] {
        verify!(x => conditions, conditions_grad, conditions_value_and_grad(mode, &y));
    }
}

#[grad(x)]
fn names_in_closures(x: &DVector<f64>, y: &[f64]) -> f64 {
    // the parameters of these closures are not the `x` of the function
    let total: f64 = y.iter().map(|x| x * 2.0).sum();
    let mut most = 0.0;
    for x in y {
        most = if *x > most { *x } else { most };
    }
    let picked: f64 = match y.first() {
        Some(x) => *x,
        None => 0.0,
    };
    x.norm_squared() * total * most + picked * x.sum()
}

#[test]
fn names_bound_in_inactive_code() {
    let x = vector(3);
    verify!(x => names_in_closures, names_in_closures_grad, names_in_closures_value_and_grad(&[0.5, 2.0, 1.0]));
}

#[grad(x)]
fn items(x: &SVector<f64, 3>) -> f64 {
    #[derive(Clone, Copy)]
    struct Weights {
        first: f64,
        second: f64,
    }
    impl Weights {
        fn sum(self) -> f64 {
            self.first + self.second
        }
    }
    fn shift(x: f64) -> f64 {
        x + 1.0
    }
    let weights = Weights { first: 1.0, second: shift(2.0) };
    let total: f64 = weights.sum();
    let axis: Vector3<f64> = Vector3::new(weights.first, 2.0, total);
    x.norm_squared() * total + x.dot(&axis)
}

#[test]
fn items_in_the_body() {
    let x = vector(3);
    verify!(x => items, items_grad, items_value_and_grad());
}

#[grad(x)]
fn closures(x: &DVector<f64>, y: &DVector<f64>, k: usize) -> f64 {
    let scaled = |v: f64| v * k as f64;
    let k = k + 5;
    let bias: f64 = y.iter().map(|v| scaled(*v)).sum();
    x.norm_squared() * bias + x.sum() * k as f64
}

#[test]
fn closures_that_are_inactive() {
    let (x, y) = (vector(3), vector(3));
    verify!(x => closures, closures_grad, closures_value_and_grad(&y, 2));
}

#[grad(x)]
fn derived_sizes(x: &DVector<f64>, a: &DMatrix<f64>) -> f64 {
    let y = a * x;
    let n = y.len();
    let (rows, cols) = a.shape();
    let last = y[n - 1] * y[y.len() - 2];
    last * rows as f64 / cols as f64 + y.rows(1, n - 2).norm() + y.sum() / n as f64
}

#[test]
fn sizes_of_active_values() {
    let (x, a) = (vector(3), matrix(7, 3));
    verify!(x => derived_sizes, derived_sizes_grad, derived_sizes_value_and_grad(&a));
}

#[grad(x)]
fn guard(x: &DVector<f64>, y: &DVector<f64>) -> Option<f64> {
    if x.len() != y.len() || x.is_empty() {
        return None;
    }
    Some(x.dot(y))
}

#[test]
fn a_guard_comes_before_the_contract() {
    let (x, y) = (vector(3), vector(3));
    check(&x, |x| guard(x, &y).unwrap(), guard_grad(&x, &y).unwrap(), guard_value_and_grad(&x, &y).unwrap());
    let x: DVector<f64> = vector(4);
    assert!(guard_grad(&x, &y).is_none() && guard_value_and_grad(&x, &y).is_none());
}
