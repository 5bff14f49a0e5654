//! Views: the gradient of a view is an owned matrix of its shape.

use matgrad::grad;
use matgrad_tests::{check, matrix, vector};
use nalgebra::base::{ViewStorage, dimension};
use nalgebra::{
    Const, DMatrix, DMatrixView, DVector, DVectorView, Dyn, Matrix, Matrix3, MatrixView, SMatrix, SMatrixView, SVectorView,
    Storage, U1, Vector, Vector3, VectorView,
};

#[grad(x, a)]
fn dynamic(x: DVectorView<'_, f64>, a: DMatrixView<'_, f64>) -> f64 {
    (a * x).norm_squared()
}

#[test]
fn dynamic_views() {
    let (x, a): (DVector<f64>, DMatrix<f64>) = (vector(4), matrix(3, 4));
    let gradient: (DVector<f64>, DMatrix<f64>) = dynamic_grad(x.as_view(), a.as_view());
    let both = dynamic_value_and_grad(x.as_view(), a.as_view());
    check(&(x, a), |(x, a)| dynamic(x.as_view(), a.as_view()), gradient, both);
}

#[test]
fn views_with_strides() {
    let whole: DMatrix<f64> = matrix(7, 9);
    let (x, a) = (whole.view((1, 2), (4, 1)).into_owned(), whole.view((2, 3), (3, 4)).into_owned());
    let (at_x, at_a) = (DVector::from_column_slice(x.as_slice()), a);
    let column = whole.column(2);
    let (x, a) = (column.rows(1, 4), whole.view((2, 3), (3, 4)));
    let gradient = dynamic_grad(x.as_view(), a);
    check(&(at_x, at_a), |(x, a)| dynamic(x.as_view(), a.as_view()), gradient, dynamic_value_and_grad(x.as_view(), a));
}

#[grad(x)]
fn by_reference(x: &DVectorView<'_, f64>, a: &DMatrixView<'_, f64>) -> f64 {
    a.tr_mul(x).map(f64::sin).sum()
}

#[test]
fn views_by_reference() {
    let (x, a): (DVector<f64>, DMatrix<f64>) = (vector(4), matrix(4, 3));
    let (gradient, both) =
        (by_reference_grad(&x.as_view(), &a.as_view()), by_reference_value_and_grad(&x.as_view(), &a.as_view()));
    check(&x, |x| by_reference(&x.as_view(), &a.as_view()), gradient, both);
}

#[grad(a, x)]
fn fixed<'a>(a: SMatrixView<'a, f64, 2, 3>, x: SVectorView<'a, f64, 3>) -> f64 {
    (a * x).dot(&(a * x))
}

#[test]
fn static_views() {
    let (a, x): (SMatrix<f64, 2, 3>, Vector3<f64>) = (matrix(2, 3), vector(3));
    let gradient = fixed_grad(a.as_view(), x.as_view());
    check(&(a, x), |(a, x)| fixed(a.as_view(), x.as_view()), gradient, fixed_value_and_grad(a.as_view(), x.as_view()));
}

#[grad(a)]
fn strided(a: MatrixView<'_, f64, Dyn, Const<3>, U1, Dyn>, b: VectorView<'_, f64, dimension::U3>) -> f64 {
    (a * b).norm_squared() + a.sum()
}

#[test]
fn views_with_all_their_arguments() {
    let (a, b): (nalgebra::OMatrix<f64, Dyn, Const<3>>, Vector3<f64>) = (matrix(5, 3), vector(3));
    let (gradient, both) = (strided_grad(a.as_view(), b.as_view()), strided_value_and_grad(a.as_view(), b.as_view()));
    check(&a, |a| strided(a.as_view(), b.as_view()), gradient, both);
}

#[grad(x)]
fn any_storage<S: Storage<f64, Dyn>>(x: &Vector<f64, Dyn, S>, a: &DMatrix<f64>) -> f64 {
    (a * x).norm_squared()
}

#[test]
fn matrices_of_any_storage() {
    let (x, a): (DVector<f64>, DMatrix<f64>) = (vector(4), matrix(3, 4));
    check(&x, |x| any_storage(x, &a), any_storage_grad(&x, &a), any_storage_value_and_grad(&x.column(0), &a));
}

#[grad(x)]
fn of_view_storage<'a>(x: Matrix<f64, Const<3>, Const<3>, ViewStorage<'a, f64, Const<3>, Const<3>, Const<1>, Const<3>>>) -> f64 {
    (x * x).trace()
}

#[test]
fn matrices_of_view_storage() {
    let x: Matrix3<f64> = matrix(3, 3);
    let (gradient, both) = (of_view_storage_grad(x.as_view()), of_view_storage_value_and_grad(x.as_view()));
    check(&x, |x| of_view_storage(x.as_view()), gradient, both);
}

/// By transposes alone, which nalgebra multiplies right also where columns have gaps; the gradient takes products that it does not.
#[grad(x)]
fn gapped(x: &DVector<f64>, a: MatrixView<'_, f64, Dyn, Dyn, Dyn, Dyn>, b: &DMatrix<f64>) -> f64 {
    (a.tr_mul(x)).norm_squared()
        + (a.tr_mul(&(b * x))).sum()
        + (a.columns(1, 1).tr_mul(x) * a.rows(0, 2).column_sum().sum()).norm_squared()
}

#[test]
fn columns_with_gaps() {
    for (m, k) in [(3, 2), (7, 5), (37, 11)] {
        let whole: DMatrix<f64> = matrix(3 * m, 2 * k);
        let (x, b): (DVector<f64>, DMatrix<f64>) = (vector(m), matrix(m, m));
        let a = whole.view_with_steps((0, 0), (m, k), (2, 1));
        let (mut alone, mut beside) = (x.clone(), x.clone());
        gapped_grad_into(&x, a, &b, &mut alone);
        let value = gapped_value_and_grad_into(&x, a, &b, &mut beside);
        check(&x, |x| gapped(x, a, &b), alone, (value, beside));
        check(&x, |x| gapped(x, a, &b), gapped_grad(&x, a, &b), gapped_value_and_grad(&x, a, &b));
    }
}
