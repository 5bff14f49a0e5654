//! Bodies: every spelling of the table, against differences of the user's own function.
#![allow(missing_docs)]

use matgrad_tests::{cases, matrix, vector};
use nalgebra::{DMatrix, DVector, SMatrix, SVector};

cases! {
    quadratic_form { (x.transpose() * a * x)[0] }
        dynamic(x: DVector<f64> = vector(5), a: DMatrix<f64> = matrix(5, 5)) -> f64
        fixed(x: SVector<f64, 5> = vector(5), a: SMatrix<f64, 5, 5> = matrix(5, 5)) -> f64
        single(x: SVector<f32, 5> = vector(5); a: SMatrix<f32, 5, 5> = matrix(5, 5)) -> f32;
}
