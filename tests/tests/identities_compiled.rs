//! The published identities of `tests/identities` as users would have them: each row is compiled with its attribute, as it stands, and its
//! companions are called. (`identities.rs` has the same rows on the engine's interpreter.)
#![allow(missing_docs, non_snake_case, clippy::all, clippy::pedantic, reason = "the rows stand as they are published")]

use matgrad::{grad, hessian, jacobian};
use nalgebra::allocator::Allocator;
use nalgebra::{DMatrix, DVector, DefaultAllocator, Dim, OMatrix, SMatrix, SVector};
use serde_json::Value;

/// What a row gives at a point: the value of the function, value and derivative of one companion, the derivative of another, value and derivative
/// of the one that writes to a buffer.
type Row = fn(&Point<'_>) -> (Vec<f64>, (Vec<f64>, Vec<f64>), Vec<f64>, (Vec<f64>, Vec<f64>));

include!(concat!(env!("OUT_DIR"), "/identities.rs"));

/// Values and gradients agree to nine digits; below `SMALL`, what is left of numbers that cancel counts as zero.
const TOLERANCE: f64 = 1e-9;
const SMALL: f64 = 1e-4;

struct Point<'j>(&'j Value);

impl Point<'_> {
    fn entries(&self, name: &str) -> (usize, usize, Vec<f64>) {
        numbers(&self.0["inputs"][name])
    }
    fn number(&self, name: &str) -> f64 {
        self.entries(name).2[0]
    }
    fn vector(&self, name: &str) -> DVector<f64> {
        DVector::from_vec(self.entries(name).2)
    }
    /// A matrix of the shape of the derivative.
    fn derivative(&self) -> DMatrix<f64> {
        let (rows, cols, entries) = numbers(&self.0["derivative"]);
        DMatrix::from_vec(rows, cols, entries)
    }
    fn matrix(&self, name: &str) -> DMatrix<f64> {
        let (rows, cols, entries) = self.entries(name);
        DMatrix::from_vec(rows, cols, entries)
    }
    fn fixed<const R: usize, const C: usize>(&self, name: &str) -> SMatrix<f64, R, C> {
        fixed(self.entries(name))
    }
    fn fixed_derivative<const R: usize, const C: usize>(&self) -> SMatrix<f64, R, C> {
        fixed(numbers(&self.0["derivative"]))
    }
}

fn fixed<const R: usize, const C: usize>((rows, cols, entries): (usize, usize, Vec<f64>)) -> SMatrix<f64, R, C> {
    assert_eq!((rows, cols), (R, C));
    SMatrix::from_column_slice(&entries)
}

fn numbers(json: &Value) -> (usize, usize, Vec<f64>) {
    let size = |i: usize| usize::try_from(json["shape"][i].as_u64().expect("a shape")).expect("a size");
    let entries = json["column_major"].as_array().expect("entries");
    (size(0), size(1), entries.iter().map(|v| v.as_f64().expect("a number")).collect())
}

trait Entries {
    fn flat(&self) -> Vec<f64>;
    /// All entries this number.
    fn fill_with(&mut self, t: f64);
}
impl Entries for f64 {
    fn flat(&self) -> Vec<f64> {
        vec![*self]
    }
    fn fill_with(&mut self, t: f64) {
        *self = t;
    }
}
impl<R: Dim, C: Dim> Entries for OMatrix<f64, R, C>
where
    DefaultAllocator: Allocator<R, C>,
{
    fn flat(&self) -> Vec<f64> {
        self.as_slice().to_vec()
    }
    fn fill_with(&mut self, t: f64) {
        self.fill(t);
    }
}
fn entries(gradient: &impl Entries) -> Vec<f64> {
    gradient.flat()
}
fn pair((value, gradient): (impl Entries, impl Entries)) -> (Vec<f64>, Vec<f64>) {
    (value.flat(), gradient.flat())
}
/// What a buffer, which holds nothing of use before, holds after.
fn in_place<X: Entries, V: Entries>(mut buffer: X, companion: impl FnOnce(&mut X) -> V) -> (Vec<f64>, Vec<f64>) {
    buffer.fill_with(f64::NAN);
    let value = companion(&mut buffer);
    (value.flat(), buffer.flat())
}

/// Relative distance, by the largest entry.
fn distance(found: &[f64], expected: &[f64]) -> f64 {
    assert_eq!(found.len(), expected.len(), "the number of entries");
    let size = expected.iter().fold(SMALL, |m, v| m.max(v.abs()));
    // a NaN is no agreement
    found.iter().zip(expected).map(|(a, b)| (a - b).abs() / size).fold(0.0, |m, d| if d <= m || m.is_nan() { m } else { d })
}

#[test]
fn published_identities_compiled() {
    assert!(ROWS.len() > 200, "{} rows", ROWS.len());
    check(ROWS, usize::MAX);
}

/// Jacobians and Hessians, the types having the sizes of the first point.
#[test]
fn with_types_of_fixed_size() {
    assert!(FIXED_ROWS.len() > 50, "{} rows", FIXED_ROWS.len());
    check(FIXED_ROWS, 1);
}

fn check(rows: &[(&str, Row)], points_of_each: usize) {
    let points: Value = serde_json::from_str(include_str!("../identities/points.json")).expect("points.json");
    let mut complaints = Vec::new();
    for (id, row) in rows {
        for (i, point) in points[id].as_array().expect("points").iter().enumerate().take(points_of_each) {
            let (value, (with_value, gradient), alone, (beside, written)) = row(&Point(point));
            let (expected_value, expected) = (numbers(&point["value"]).2, numbers(&point["derivative"]).2);
            let digits = if id.starts_with("hess") { 1e-8 } else { TOLERANCE };
            let checks = [
                ("value of the function", distance(&value, &expected_value)),
                ("value of the companion", distance(&with_value, &expected_value)),
                ("derivative", distance(&gradient, &expected)),
                ("derivative alone", distance(&alone, &expected)),
                ("value beside a buffer", distance(&beside, &expected_value)),
                ("derivative in a buffer", distance(&written, &expected)),
            ];
            for (what, distance) in checks {
                if !(distance <= digits) {
                    complaints.push(format!("{id}, point {i}: the {what} is off by {distance:.1e}"));
                }
            }
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}
