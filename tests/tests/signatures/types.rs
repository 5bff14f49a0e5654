//! Types of parameters and results, by reference and by value.

use matgrad::grad;
use matgrad_tests::{check, matrix, number, vector};
use nalgebra::{
    Const, DMatrix, DVector, Dyn, Matrix1, Matrix2x3, Matrix3, Matrix4x2, OMatrix, OVector, RowDVector, RowSVector, RowVector4,
    SMatrix, SVector, U2, U3, Vector2, Vector3,
};

#[grad(w)]
fn dynamic(w: &DVector<f64>, x: &DMatrix<f64>, y: &DVector<f64>) -> f64 {
    (x * w - y).norm_squared() / y.len() as f64
}

#[test]
fn dynamic_vectors() {
    let (w, x, y) = (vector(3), matrix(7, 3), vector(7));
    check(&w, |w| dynamic(w, &x, &y), dynamic_grad(&w, &x, &y), dynamic_value_and_grad(&w, &x, &y));
}

#[grad(w, x, y)]
fn by_value(w: DVector<f64>, x: DMatrix<f64>, y: DVector<f64>) -> f64 {
    (x * w - y).norm_squared()
}

#[test]
fn matrices_by_value() {
    let at: (DVector<f64>, DMatrix<f64>, DVector<f64>) = (vector(3), matrix(7, 3), vector(7));
    let (w, x, y) = at.clone();
    let gradient = by_value_grad(w.clone(), x.clone(), y.clone());
    check(&at, |(w, x, y)| by_value(w.clone(), x.clone(), y.clone()), gradient, by_value_value_and_grad(w, x, y));
}

#[grad(w)]
fn moved_beside(w: DVector<f64>, x: &DMatrix<f64>) -> f64 {
    let residual = x * &w;
    residual.norm_squared() + w.sum()
}

#[test]
fn a_vector_by_value_used_twice() {
    let (w, x): (DVector<f64>, _) = (vector(3), matrix(7, 3));
    let (gradient, both) = (moved_beside_grad(w.clone(), &x), moved_beside_value_and_grad(w.clone(), &x));
    check(&w, |w| moved_beside(w.clone(), &x), gradient, both);
}

#[grad(a)]
fn static_matrix(a: &SMatrix<f64, 3, 5>, x: &SVector<f64, 5>) -> f64 {
    (a * x).norm_squared()
}

#[test]
fn static_matrices() {
    let (a, x) = (matrix(3, 5), vector(5));
    check(&a, |a| static_matrix(a, &x), static_matrix_grad(&a, &x), static_matrix_value_and_grad(&a, &x));
}

#[grad(a, b)]
fn aliases(a: Matrix2x3<f64>, b: Vector3<f64>, c: &Matrix4x2<f64>) -> f64 {
    (c * (a * b)).sum()
}

#[test]
fn aliases_of_static_matrices() {
    let (a, b, c) = (matrix(2, 3), vector(3), matrix(4, 2));
    check(&(a, b), |(a, b)| aliases(*a, *b, &c), aliases_grad(a, b, &c), aliases_value_and_grad(a, b, &c));
}

#[grad(r, s)]
fn rows(r: &RowDVector<f64>, s: &RowSVector<f64, 4>, t: RowVector4<f64>, a: &DMatrix<f64>) -> f64 {
    (r * a).norm_squared() + s.dot(&t).exp()
}

#[test]
fn row_vectors() {
    let (r, s, t, a): (RowDVector<f64>, _, _, _) = (matrix(1, 3), matrix(1, 4), matrix(1, 4), matrix(3, 5));
    check(&(r.clone(), s), |(r, s)| rows(r, s, t, &a), rows_grad(&r, &s, t, &a), rows_value_and_grad(&r, &s, t, &a));
}

#[grad(a, b)]
fn levels(a: &OMatrix<f64, Const<3>, U2>, b: OVector<f64, Dyn>, c: &OMatrix<f64, U3, Dyn>) -> f64 {
    (a.transpose() * c * b).norm()
}

#[test]
fn dimensions_as_types() {
    let (a, b, c): (_, DVector<f64>, _) = (matrix(3, 2), vector(5), matrix(3, 5));
    let (gradient, both) = (levels_grad(&a, b.clone(), &c), levels_value_and_grad(&a, b.clone(), &c));
    check(&(a, b), |(a, b)| levels(a, b.clone(), &c), gradient, both);
}

#[grad(t, s)]
fn scalars(t: f64, s: &f64, x: &DVector<f64>) -> f64 {
    (x * t).norm_squared() * s.sin() + t.exp() / s
}

#[test]
fn scalars_by_value_and_by_reference() {
    let (t, s, x) = (number(), 0.7, vector(5));
    check(&(t, s), |(t, s)| scalars(*t, s, &x), scalars_grad(t, &s, &x), scalars_value_and_grad(t, &s, &x));
}

#[grad(t)]
fn single(t: f32, x: &SVector<f32, 5>) -> f32 {
    let scaled = x * t * 2.0;
    scaled.norm_squared() / 3.0 - t.cos() + 0.1
}

#[test]
fn single_precision() {
    let (t, x) = (number(), vector(5));
    check(&t, |t| single(*t, &x), single_grad(t, &x), single_value_and_grad(t, &x));
}

#[grad(x, a)]
fn single_matrices(x: &DVector<f32>, a: DMatrix<f32>) -> f32 {
    (a * x).map(|t| 0.5 * t.tanh() + 1.5).sum() / x.len() as f32
}

#[test]
fn single_precision_matrices() {
    let at: (DVector<f32>, DMatrix<f32>) = (vector(3), matrix(5, 3));
    let (x, a) = at.clone();
    let gradient = single_matrices_grad(&x, a.clone());
    check(&at, |(x, a)| single_matrices(x, a.clone()), gradient, single_matrices_value_and_grad(&x, a));
}

#[grad(m)]
fn one_by_one(m: &Matrix1<f64>, x: &Vector2<f64>) -> f64 {
    (x * m).norm_squared() + m.x.exp() + m[(0, 0)]
}

#[test]
fn one_by_one_parameter() {
    let (m, x) = (matrix(1, 1), vector(2));
    check(&m, |m| one_by_one(m, &x), one_by_one_grad(&m, &x), one_by_one_value_and_grad(&m, &x));
}

#[grad(x)]
fn one_by_one_result(x: &Vector3<f64>, a: &Matrix3<f64>) -> Matrix1<f64> {
    x.transpose() * a * x
}

#[test]
fn one_by_one_results() {
    let (x, a) = (vector(3), matrix(3, 3));
    let (value, gradient) = one_by_one_result_value_and_grad(&x, &a);
    let value: Matrix1<f64> = value;
    check(&x, |x| one_by_one_result(x, &a).x, one_by_one_result_grad(&x, &a), (value.x, gradient));
}

#[grad]
fn written_in_full(x: &nalgebra::DVector<f64>, a: ::nalgebra::base::DMatrix<f64>) -> f64 {
    (a * x).norm()
}

#[test]
fn types_by_path() {
    let at: (DVector<f64>, DMatrix<f64>) = (vector(3), matrix(5, 3));
    let (x, a) = at.clone();
    let gradient = written_in_full_grad(&x, a.clone());
    check(&at, |(x, a)| written_in_full(x, a.clone()), gradient, written_in_full_value_and_grad(&x, a));
}
