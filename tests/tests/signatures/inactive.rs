//! Inactive parameters: of any type, under any pattern.

use matgrad::grad;
use matgrad_tests::{check, matrix, vector};
use nalgebra::{DMatrix, DVector, Vector3};

struct Options<'a> {
    weights: &'a [f64],
    squared: bool,
}

#[grad(x)]
#[allow(clippy::too_many_arguments)] // that is the point
fn of_any_type(
    x: &DVector<f64>,
    n: usize,
    flags: &[bool],
    options: &Options<'_>,
    name: &str,
    weigh: &dyn Fn(usize) -> f64,
    log: &mut Vec<String>,
    limit: Option<i32>,
) -> f64 {
    log.push(format!("{name} {}", x.len()));
    let weight: f64 = if flags[n] { options.weights[n] } else { weigh(n) };
    let shift: f64 = limit.map_or(0.0, f64::from) + f64::from(u8::from(options.squared));
    x.norm_squared() * weight + shift * x.sum()
}

#[test]
fn inactive_parameters_of_any_type() {
    let x = vector(3);
    let options = Options { weights: &[1.0, 2.0, 3.0], squared: true };
    let mut log = Vec::new();
    for (n, flags) in [(0, [true, false]), (1, [true, false])] {
        let mut apply = |grad: bool| {
            let (flags, weigh) = (&flags, &|n| n as f64 + 0.5);
            if grad {
                (0.0, of_any_type_grad(&x, n, flags, &options, "g", weigh, &mut log, Some(4)))
            } else {
                of_any_type_value_and_grad(&x, n, flags, &options, "vg", weigh, &mut log, Some(4))
            }
        };
        let (gradient, both) = (apply(true).1, apply(false));
        let f = |x: &DVector<f64>| of_any_type(x, n, &flags, &options, "f", &|n| n as f64 + 0.5, &mut Vec::new(), Some(4));
        check(&x, f, gradient, both);
    }
    assert_eq!(log, ["g 3", "vg 3", "g 3", "vg 3"], "effects happen once");
}

#[grad(x)]
fn patterns(x: &DVector<f64>, (a, b): (f64, f64), [c, d]: [usize; 2], &e: &f64, _: i32, _unused: u8) -> f64 {
    let weight: f64 = a + b * e;
    x.norm_squared() * weight + x[c] * x[d]
}

#[test]
fn patterns_of_inactive_parameters() {
    let x = vector(3);
    let (gradient, both) =
        (patterns_grad(&x, (0.5, 2.0), [1, 2], &3.0, 0, 0), patterns_value_and_grad(&x, (0.5, 2.0), [1, 2], &3.0, 0, 0));
    check(&x, |x| patterns(x, (0.5, 2.0), [1, 2], &3.0, 0, 0), gradient, both);
}

#[grad(w)]
fn inactive_numbers(w: DVector<f64>, x: DMatrix<f64>, t: &f64, s: f64, mut y: DVector<f64>) -> f64 {
    y *= 2.0;
    y[0] -= s;
    (x * w - y).norm_squared() * *t + s
}

#[test]
fn numbers_and_matrices_that_are_inactive() {
    let (w, x, y): (DVector<f64>, DMatrix<f64>, DVector<f64>) = (vector(3), matrix(5, 3), vector(5));
    let gradient = inactive_numbers_grad(w.clone(), x.clone(), &2.0, 1.0, y.clone());
    let both = inactive_numbers_value_and_grad(w.clone(), x.clone(), &2.0, 1.0, y.clone());
    check(&w, |w| inactive_numbers(w.clone(), x.clone(), &2.0, 1.0, y.clone()), gradient, both);
}

#[grad(x)]
fn slices(x: &DVector<f64>, entries: &[f64], axis: [f64; 3]) -> f64 {
    let y: DVector<f64> = DVector::from_row_slice(entries);
    let axis: Vector3<f64> = axis.into();
    (x - &y).norm_squared() + axis.norm() * x.dot(&y)
}

#[test]
fn slices_made_vectors() {
    let x = vector(3);
    let (entries, axis) = ([0.1, 0.2, 0.3], [1.0, 2.0, 2.0]);
    let (gradient, both) = (slices_grad(&x, &entries, axis), slices_value_and_grad(&x, &entries, axis));
    check(&x, |x| slices(x, &entries, axis), gradient, both);
}

#[grad(x)]
fn integers(x: &DVector<f64>, i: usize, j: &usize, k: i32, n: u32) -> f64 {
    x[i] * x[*j] * x[i + 1] + x.map(|t| t.powi(3)).sum() * k as f64 + x.sum() * f64::from(n)
}

#[test]
fn integers_of_all_kinds() {
    let x = vector(4);
    let (gradient, both) = (integers_grad(&x, 1, &3, 2, 7), integers_value_and_grad(&x, 1, &3, 2, 7));
    check(&x, |x| integers(x, 1, &3, 2, 7), gradient, both);
}
