//! `#[jacobian]` and `#[hessian]`: types, shapes and several attributes on one function.

use matgrad::{grad, hessian, hvp, jacobian, jvp, vjp};
use nalgebra::{DMatrix, DVector, Matrix2, Matrix3x2, RowVector3, SMatrix, SVector, Vector2, Vector3};

use super::close;

/// All attributes on one function.
#[grad(x)]
#[jacobian(x)]
#[hessian(x)]
#[jvp(x)]
#[vjp(x)]
#[hvp(x)]
fn form(a: &DMatrix<f64>, x: &DVector<f64>) -> f64 {
    x.dot(&(a * x))
}

#[test]
fn attributes_stack() {
    let a = DMatrix::from_row_slice(2, 2, &[1.0, 2.0, -0.5, 3.0]);
    let x = DVector::from_vec(vec![0.3, -1.0]);
    let h = &a + a.transpose();
    close(&form_grad(&a, &x), &(&h * &x), 1e-14);
    close(&form_jacobian(&a, &x), &(&h * &x).transpose(), 1e-14);
    close(&form_hessian(&a, &x), &h, 1e-14);
    let (value, gradient, hessian) = form_value_grad_and_hessian(&a, &x);
    close(&value, &form(&a, &x), 1e-14);
    close(&gradient, &(&h * &x), 1e-14);
    close(&hessian, &h, 1e-14);
    close(&form_jvp(&a, &x, &x).1, &x.dot(&(&h * &x)), 1e-14);
    close(&form_vjp(&a, &x).1(2.0), &(2.0 * &h * &x), 1e-14);
    close(&form_hvp(&a, &x, &x), &(&h * &x), 1e-14);
}

/// Of fixed sizes the Jacobian is of a fixed size; by a row and by a matrix.
#[jacobian(m, r)]
fn product(m: &Matrix3x2<f64>, r: &RowVector3<f64>) -> nalgebra::RowVector2<f64> {
    r * m
}

#[test]
fn of_fixed_sizes() {
    let (m, r) = (Matrix3x2::new(1.0, 2.0, 3.0, 4.0, 5.0, 6.0), RowVector3::new(0.5, -1.0, 2.0));
    let (by_m, by_r): (SMatrix<f64, 2, 6>, SMatrix<f64, 2, 3>) = product_jacobian(&m, &r);
    close(&by_r, &m.transpose(), 1e-15);
    close(&by_m, &Matrix2::identity().kronecker(&r), 1e-15);
}

/// Of a const parameter.
#[jacobian(x)]
fn squares<const N: usize>(x: &SVector<f64, N>) -> SVector<f64, N> {
    x.component_mul(x)
}

#[test]
fn of_generic_sizes() {
    let x = Vector3::new(1.0, -2.0, 0.5);
    close(&squares_jacobian(&x), &SMatrix::<f64, 3, 3>::from_diagonal(&(2.0 * x)), 1e-15);
}

/// By a number the result keeps its shape: `d A⁻¹(t) b = −A⁻¹ A′ A⁻¹ b`
#[jacobian(t)]
fn moving(t: f64, a: &Matrix2<f64>, c: &Matrix2<f64>, b: &Vector2<f64>) -> Option<Vector2<f64>> {
    (a + c * t).lu().solve(b)
}

#[test]
fn by_a_number() {
    let (a, c, b) = (Matrix2::new(2.0, 1.0, 0.5, 3.0), Matrix2::new(0.0, 1.0, -1.0, 0.5), Vector2::new(1.0, -1.0));
    let moved: Matrix2<f64> = a + 0.3 * c;
    let inverse = moved.try_inverse().unwrap();
    let found: Vector2<f64> = moving_jacobian(0.3, &a, &c, &b).unwrap();
    close(&found, &(-inverse * c * inverse * b), 1e-13);
}

/// Blocks: `f = ‖M − u vᵀ‖²`, `∂²f/∂u∂v = 2 (2 u vᵀ − M)`
#[hessian(u, v)]
fn rank_one(m: &DMatrix<f64>, u: &DVector<f64>, v: &DVector<f64>) -> f64 {
    (m - u * v.transpose()).norm_squared()
}

#[test]
fn by_two_parameters() {
    let m = DMatrix::from_row_slice(2, 3, &[0.5, -1.0, 2.0, 0.25, 0.75, -0.5]);
    let (u, v) = (DVector::from_vec(vec![0.6, -1.2]), DVector::from_vec(vec![0.4, 0.9, -0.3]));
    let ((uu, uv), (vu, vv)) = rank_one_hessian(&m, &u, &v);
    let mixed = 2.0 * (2.0 * &u * v.transpose() - &m);
    close(&uu, &(DMatrix::identity(2, 2) * (2.0 * v.norm_squared())), 1e-14);
    close(&vv, &(DMatrix::identity(3, 3) * (2.0 * u.norm_squared())), 1e-14);
    close(&uv, &mixed, 1e-13);
    close(&vu, &mixed.transpose(), 1e-13);
}

/// Symmetric to the last bit.
#[hessian(w)]
fn logistic(w: &DVector<f64>, x: &DMatrix<f64>) -> f64 {
    (x * w).map(|m| (1.0 + (-m).exp()).ln()).sum()
}

#[test]
fn symmetric_to_the_last_bit() {
    let x = DMatrix::from_fn(17, 11, |i, j| (f64::from(u32::try_from(i * 7 + j * 3).unwrap()) * 0.37).sin());
    let w = DVector::from_fn(11, |i, _| (f64::from(u32::try_from(i).unwrap()) * 0.9).cos());
    let h = logistic_hessian(&w, &x);
    assert_eq!(h, h.transpose());
    let s = (&x * &w).map(|t| 1.0 / (1.0 + (-t).exp()) / (1.0 + t.exp()));
    close(&h, &(x.transpose() * DMatrix::from_diagonal(&s) * &x), 1e-13);
}

#[hessian(w)]
fn regularized(w: &DVector<f64>, x: &DMatrix<f64>, y: &DVector<f64>) -> f64 {
    y.component_mul(&(x * w)).map(|m| (1.0 + (-m).exp()).ln()).sum() / y.len() as f64 + 0.5 * w.norm_squared()
}

/// Wide enough that half of the product is computed, by panels.
#[test]
fn of_many_weights() {
    let (w, x, y): (DVector<f64>, DMatrix<f64>, DVector<f64>) =
        (matgrad_tests::vector(150), matgrad_tests::matrix(40, 150), matgrad_tests::vector(40));
    let weights = DMatrix::from_diagonal(&(x.clone() * &w).zip_map(&y, |z, y| {
        let s = 1.0 / (1.0 + (-y * z).exp());
        y * y * s * (1.0 - s) / 40.0
    }));
    let expected = x.transpose() * weights * &x + DMatrix::identity(150, 150);
    close(&regularized_hessian(&w, &x, &y), &expected, 1e-13);
    let mut buffer = DMatrix::from_element(150, 150, f64::NAN);
    regularized_hessian_into(&w, &x, &y, &mut buffer);
    assert_eq!(buffer, regularized_hessian(&w, &x, &y));
    assert_eq!(buffer, buffer.transpose());
}

#[jacobian(x)]
fn gram(x: &DMatrix<f64>) -> DMatrix<f64> {
    x.transpose() * x
}

/// `vec(XᵀE + EᵀX)` for each unit matrix `E`.
#[test]
fn of_a_gram_matrix() {
    let x: DMatrix<f64> = matgrad_tests::matrix(3, 5);
    let mut expected = DMatrix::zeros(25, 15);
    for k in 0..15 {
        let mut unit = DMatrix::zeros(3, 5);
        unit[k] = 1.0;
        let moved = x.transpose() * &unit + unit.transpose() * &x;
        expected.set_column(k, &DVector::from_column_slice(moved.as_slice()));
    }
    close(&gram_jacobian(&x), &expected, 1e-15);
}
