//! What the types in the signature tell of inactive code: slices, arrays, tuples, references, points, views.

use std::cell::Cell;

use matgrad::grad;
use matgrad_tests::{check, matrix, vector};
use nalgebra::{DMatrix, DVector, DVectorView, Matrix2, Matrix3, MatrixView1xX, Point2, Point3, SVector, Vector3};

#[grad(x)]
fn slices(x: &DVector<f64>, a: &[f64], b: [f64; 3], at: &[usize], c: &[DVector<f64>], d: &Vec<f64>) -> f64 {
    let k = at[0];
    x.norm_squared() * a[1] + x[at[1]] * b[2] * a[k] + (x - &c[1]).norm_squared() * c[0].sum() + d[at[0]] * x.sum()
}

#[test]
fn entries_of_slices_arrays_and_lists() {
    let x: DVector<f64> = vector(3);
    let (a, b, at, c, d) = ([0.5, -2.0, 3.0], [1.5, 2.5, -0.5], [2, 0], [vector(3), vector(3)], vec![1.0, 2.0, 4.0]);
    check(
        &x,
        |x| slices(x, &a, b, &at, &c, &d),
        slices_grad(&x, &a, b, &at, &c, &d),
        slices_value_and_grad(&x, &a, b, &at, &c, &d),
    );
}

type Pair = (f64, DVector<f64>);

#[grad(x)]
fn tuples(x: &DVector<f64>, p: (f64, f64), q: &(DVector<f64>, usize, [f64; 2]), pairs: &[(f64, usize)]) -> f64 {
    let r: (f64, f64) = (p.0 * 2.0, 1.0);
    x.dot(&q.0) * p.0 + x[q.1] * p.1 * q.2[1] + x.norm() * pairs[1].0 + x[pairs[0].1] * r.0
}

#[test]
fn parts_of_tuples() {
    let x: DVector<f64> = vector(3);
    let (p, q, pairs) = ((2.0, -0.5), (vector(3), 1, [0.25, 4.0]), [(1.5, 2), (-3.0, 0)]);
    let _: Option<Pair> = None;
    check(&x, |x| tuples(x, p, &q, &pairs), tuples_grad(&x, p, &q, &pairs), tuples_value_and_grad(&x, p, &q, &pairs));
}

#[grad(x)]
fn references(x: &DVector<f64>, k: &mut f64, buffer: &mut DVector<f64>, n: &usize, r: &&f64, list: &[&f64]) -> f64 {
    let before = x.dot(buffer) * *k;
    buffer[0] = 3.0;
    *k += 1.0;
    let after = x.dot(&*buffer) / *k;
    buffer.fill(0.5);
    before + after * x[*n] + x.sum() * **r * *list[0]
}

#[test]
fn what_references_refer_to() {
    let x: DVector<f64> = vector(3);
    let (k, buffer, n, r) = (2.5, vector(3), 1, 0.75);
    let f = |x: &DVector<f64>| references(x, &mut k.clone(), &mut DVector::clone(&buffer), &n, &&r, &[&r]);
    let gradient = references_grad(&x, &mut k.clone(), &mut buffer.clone(), &n, &&r, &[&r]);
    let (mut k_after, mut buffer_after) = (k, buffer.clone());
    let both = references_value_and_grad(&x, &mut k_after, &mut buffer_after, &n, &&r, &[&r]);
    check(&x, f, gradient, both);
    assert_eq!((k_after, buffer_after), (3.5, DVector::from_element(3, 0.5)));
}

#[grad(x)]
fn points(x: &Vector3<f64>, p: Point3<f64>, q: &Point2<f64>, many: &[Point3<f64>]) -> f64 {
    (x - p.coords).norm_squared() * q.x + x.y * p[2] * q.y + (x - &many[1].coords).norm() * many[0].z
}

#[test]
fn coordinates_of_points() {
    let x = Vector3::new(0.3, -0.4, 0.9);
    let (p, q, many) = (Point3::new(1.0, -2.0, 0.5), Point2::new(2.0, 3.0), [Point3::new(1.0, 2.0, 3.0), Point3::origin()]);
    check(&x, |x| points(x, p, &q, &many), points_grad(&x, p, &q, &many), points_value_and_grad(&x, p, &q, &many));
}

#[grad(x)]
fn views(x: &DVector<f64>, row: MatrixView1xX<'_, f64>, column: &DVectorView<'_, f64>) -> f64 {
    (row * x).to_scalar() * column.dot(x)
}

#[test]
fn inactive_views() {
    let (x, a): (DVector<f64>, DMatrix<f64>) = (vector(3), matrix(3, 3));
    let (row, column): (MatrixView1xX<'_, f64>, _) = (MatrixView1xX::from_slice(&[0.5, 2.0, -1.0], 3), a.column(2));
    check(&x, |x| views(x, row, &column), views_grad(&x, row, &column), views_value_and_grad(&x, row, &column));
}

#[grad(x)]
fn listed(x: &Vector3<f64>, a: f64) -> f64 {
    let columns = Matrix2::from_column_slice(&[x[0], x[1], a, x[2]]);
    let rows = Matrix2::from_row_slice(&[x[0], x[1], a, 2.0]);
    let long = DMatrix::from_row_slice(2, 3, &[x[0], 1.0, x[1], a, x[2], x[0]]);
    let entries = vec![x[0] * x[1], a, x[2].sin()];
    let v = DVector::from_vec(entries);
    let same = SVector::<f64, 3>::from_row_slice(&[x[2]; 3]);
    (columns * rows).norm_squared()
        + (long * v).sum() * same.norm()
        + columns[(0, 1)] * rows[(0, 1)]
        + (Matrix3::from_diagonal_element(x[0]) * same).sum()
        + DMatrix::from_diagonal_element(3, 3, a * x[1]).trace()
}

#[test]
fn matrices_of_listed_numbers() {
    let x = Vector3::new(0.3, -0.4, 0.9);
    check(&x, |x| listed(x, 0.7), listed_grad(&x, 0.7), listed_value_and_grad(&x, 0.7));
}

thread_local! {
    static SEEN: Cell<Vec<f64>> = const { Cell::new(Vec::new()) };
}

struct Note(f64);

impl std::fmt::Display for Note {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut seen = SEEN.take();
        seen.push(self.0);
        SEEN.set(seen);
        write!(f, "{}", self.0)
    }
}

#[grad(w)]
fn watched(w: DVector<f64>, x: &DMatrix<f64>, y: &DVector<f64>) -> f64 {
    println!("{}", Note(y[0]));
    let r = x * w - y;
    debug_assert!(r.iter().all(|v| v.is_finite()), "{r}");
    let s = r.norm();
    assert!(s < 100.0, "too far: {s}");
    println!("{}", Note(s));
    let r = r * 2.0;
    println!("{} {}", Note(y[1]), Note(r.sum()));
    r.norm_squared() + s
}

#[test]
fn assertions_and_prints_of_active_values() {
    let (w, x, y): (DVector<f64>, DMatrix<f64>, DVector<f64>) = (vector(2), matrix(3, 2), vector(3));
    check(&w, |w| watched(w.clone(), &x, &y), watched_grad(w.clone(), &x, &y), watched_value_and_grad(w.clone(), &x, &y));
    SEEN.take();
    let _ = watched(w.clone(), &x, &y);
    let function = SEEN.take();
    assert_eq!(function.len(), 4);
    let _ = watched_grad(w.clone(), &x, &y);
    assert_eq!(SEEN.take(), function);
    let far = DVector::from_element(2, 1e6);
    assert!(std::panic::catch_unwind(|| watched(far.clone(), &x, &y)).is_err());
    assert!(std::panic::catch_unwind(|| watched_grad(far.clone(), &x, &y)).is_err());
}
