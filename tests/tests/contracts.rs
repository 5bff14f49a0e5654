//! The contract on run-time shapes: a wrong size panics at the caller with both names and both sizes, in both companions.
#![allow(missing_docs)]
#![allow(
    dead_code,
    clippy::cast_precision_loss,
    clippy::many_single_char_names,
    clippy::needless_pass_by_value,
    clippy::toplevel_ref_arg,
    reason = "of the functions as users write them"
)]

use std::panic::{AssertUnwindSafe, catch_unwind};

use matgrad::grad;
use matgrad_tests::{matrix, spd, vector};
use nalgebra::{DMatrix, DVector, DVectorView, SMatrix, SVector};

/// The message of the panic that both calls end in.
fn complaint<A, B>(gradient: impl FnOnce() -> A, both: impl FnOnce() -> B) -> String {
    let message = |result: Result<(), Box<dyn std::any::Any + Send>>| match result {
        Ok(()) => "no panic".to_owned(),
        Err(payload) => payload
            .downcast_ref::<String>()
            .cloned()
            .or_else(|| payload.downcast_ref::<&str>().map(|s| (*s).to_owned()))
            .expect("text"),
    };
    let first = message(catch_unwind(AssertUnwindSafe(|| drop(gradient()))));
    let second = message(catch_unwind(AssertUnwindSafe(|| drop(both()))));
    assert_eq!(first, second, "the companions complain alike");
    first
}

macro_rules! complaint {
    ($grad:ident, $both:ident($($argument:expr),*)) => {
        complaint(|| $grad($($argument),*), || $both($($argument),*))
    };
}

#[grad(w)]
fn mse(w: &DVector<f64>, x: &DMatrix<f64>, y: &DVector<f64>) -> f64 {
    (x * w - y).norm_squared()
}

#[test]
fn names_and_sizes() {
    let (w, x, y): (DVector<f64>, DMatrix<f64>, DVector<f64>) = (vector(3), matrix(7, 3), vector(7));
    assert!(mse(&w, &x, &y).is_finite());
    assert_eq!(complaint!(mse_grad, mse_value_and_grad(&w, &x, &y)), "no panic");
    let (long, wide, tall): (DVector<f64>, DMatrix<f64>, DMatrix<f64>) = (vector(5), matrix(7, 5), matrix(11, 3));
    assert_eq!(
        complaint!(mse_grad, mse_value_and_grad(&long, &x, &y)),
        "shapes disagree: `x.ncols()` is 3, but `w.nrows()` is 5"
    );
    assert_eq!(
        complaint!(mse_grad, mse_value_and_grad(&w, &wide, &y)),
        "shapes disagree: `x.ncols()` is 5, but `w.nrows()` is 3"
    );
    assert_eq!(
        complaint!(mse_grad, mse_value_and_grad(&w, &tall, &y)),
        "shapes disagree: `y.nrows()` is 7, but `x.nrows()` is 11"
    );
    assert_eq!(
        complaint!(mse_grad, mse_value_and_grad(&w, &x, &long)),
        "shapes disagree: `y.nrows()` is 5, but `x.nrows()` is 7"
    );
}

#[grad]
fn square(a: &DMatrix<f64>, x: &DVector<f64>) -> f64 {
    a.determinant() + x.norm()
}

#[test]
fn a_square_matrix() {
    let x: DVector<f64> = vector(3);
    assert_eq!(complaint!(square_grad, square_value_and_grad(&spd(4), &x)), "no panic");
    let oblong: DMatrix<f64> = matrix(2, 3);
    assert_eq!(
        complaint!(square_grad, square_value_and_grad(&oblong, &x)),
        "shapes disagree: `a.ncols()` is 3, but `a.nrows()` is 2"
    );
}

#[grad(x)]
fn known(x: &DVector<f64>, a: &SMatrix<f64, 3, 5>) -> f64 {
    (a * x).norm_squared()
}

#[test]
fn a_size_that_a_type_knows() {
    let a = matrix(3, 5);
    let (right, wrong): (DVector<f64>, DVector<f64>) = (vector(5), vector(4));
    assert_eq!(complaint!(known_grad, known_value_and_grad(&right, &a)), "no panic");
    assert_eq!(
        complaint!(known_grad, known_value_and_grad(&wrong, &a)),
        "shapes disagree: `x.nrows()` is 4, but the function needs 5"
    );
}

#[grad(x)]
fn generic<const N: usize>(x: &DVector<f64>, y: &SVector<f64, N>) -> f64 {
    x.dot(y)
}

#[test]
fn a_size_that_a_const_parameter_knows() {
    let y: SVector<f64, 5> = vector(5);
    let (right, wrong): (DVector<f64>, DVector<f64>) = (vector(5), vector(4));
    assert_eq!(complaint!(generic_grad, generic_value_and_grad(&right, &y)), "no panic");
    assert_eq!(
        complaint!(generic_grad, generic_value_and_grad(&wrong, &y)),
        "shapes disagree: `x.nrows()` is 4, but `y.nrows()` is 5"
    );
}

fn table(n: usize) -> DVector<f64> {
    DVector::from_element(n, 0.5)
}

#[grad(x)]
fn computed(x: &DVector<f64>, n: usize) -> f64 {
    let weights: DVector<f64> = table(n);
    x.component_mul(&weights).sum()
}

#[test]
fn a_variable_of_the_body() {
    let x: DVector<f64> = vector(5);
    assert_eq!(complaint!(computed_grad, computed_value_and_grad(&x, 5)), "no panic");
    assert_eq!(
        complaint!(computed_grad, computed_value_and_grad(&x, 4)),
        "shapes disagree: `weights.nrows()` is 4, but `x.nrows()` is 5"
    );
}

#[grad(x, y)]
fn stacked(x: DVector<f64>, y: DVectorView<'_, f64>, a: &DMatrix<f64>) -> f64 {
    let n = x.len() + y.len();
    let both = nalgebra::stack![x; y];
    (a * both).norm() * n as f64
}

#[test]
fn a_sum_of_sizes() {
    let (x, y): (DVector<f64>, DVector<f64>) = (vector(2), vector(3));
    assert_eq!(complaint!(stacked_grad, stacked_value_and_grad(x.clone(), y.as_view(), &matrix(3, 5))), "no panic");
    assert_eq!(
        complaint!(stacked_grad, stacked_value_and_grad(x.clone(), y.as_view(), &matrix(3, 7))),
        "shapes disagree: `x.nrows() + y.nrows()` is 5, but `a.ncols()` is 7"
    );
}

#[test]
fn the_place_of_the_panic_is_the_call() {
    let (w, x, y): (DVector<f64>, DMatrix<f64>, DVector<f64>) = (vector(4), matrix(7, 3), vector(7));
    let place = std::sync::Arc::new(std::sync::Mutex::new(None));
    let (seen, here) = (place.clone(), std::thread::current().id());
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        // other tests panic at the same time
        if let Some(location) = info.location().filter(|_| std::thread::current().id() == here) {
            seen.lock().expect("one thread panics").get_or_insert(location.line());
        }
    }));
    let line = line!() + 1;
    let result = catch_unwind(AssertUnwindSafe(|| drop(mse_grad(&w, &x, &y))));
    std::panic::set_hook(before);
    assert!(result.is_err());
    assert!(place.lock().expect("it has panicked").is_some_and(|found| found == line), "{place:?} is not line {line}");
}

#[test]
fn each_size_is_checked_once() {
    let function = "fn f(x: &DMatrix<f64>) -> f64 { (x + DMatrix::identity(3, 3)).norm() + (x * DMatrix::zeros(3, 3)).sum() }";
    let code = matgrad_engine::grad(proc_macro2::TokenStream::new(), function.parse().unwrap()).to_string();
    // in four companions
    assert_eq!(code.matches("\"3\" , 3").count(), 4, "{code}");
}

#[grad(w, b)]
fn two(w: &DMatrix<f64>, b: DVectorView<'_, f64>) -> f64 {
    (w * b).norm_squared()
}

#[test]
fn buffers_have_the_shapes_of_their_parameters() {
    let (w, b): (DMatrix<f64>, DVector<f64>) = (matrix(3, 5), vector(5));
    let complaint = |rows, cols, length| {
        let call = |with_value: bool| {
            let (mut by_w, mut by_b) = (DMatrix::zeros(rows, cols), DVector::zeros(length));
            if with_value {
                two_value_and_grad_into(&w, b.as_view(), &mut by_w, &mut by_b);
            } else {
                two_grad_into(&w, b.as_view(), &mut by_w, &mut by_b);
            }
        };
        complaint(|| call(false), || call(true))
    };
    assert_eq!(complaint(3, 5, 5), "no panic");
    assert_eq!(complaint(2, 5, 5), "shapes disagree: `w_gradient.nrows()` is 2, but `w.nrows()` is 3");
    assert_eq!(complaint(3, 7, 5), "shapes disagree: `w_gradient.ncols()` is 7, but `w.ncols()` is 5");
    assert_eq!(complaint(3, 5, 7), "shapes disagree: `b_gradient.nrows()` is 7, but `b.nrows()` is 5");
}
