//! Second derivatives where first ones need care: at singular matrices, at zeros, where two things are equal.

use matgrad::{hessian, hvp};
use nalgebra::{DMatrix, DVector, Matrix2, Matrix3, Matrix4, SMatrix};

use crate::close;

#[hessian(a)]
#[hvp(a)]
fn det(a: &DMatrix<f64>) -> f64 {
    a.determinant()
}

/// `∂² det A / ∂aᵢⱼ ∂aₖₗ`: the determinant is linear in each entry, so that differences of whole steps are exact.
fn by_steps(a: &DMatrix<f64>) -> DMatrix<f64> {
    let n = a.nrows();
    let at = |changes: &[(usize, f64)]| {
        let mut a = a.clone();
        for (k, t) in changes {
            a[*k] += t;
        }
        a.full_piv_lu().determinant()
    };
    DMatrix::from_fn(n * n, n * n, |p, q| {
        if p == q {
            return 0.0;
        }
        let corner = |s: f64, t: f64| at(&[(p, s), (q, t)]);
        (corner(1.0, 1.0) - corner(1.0, -1.0) - corner(-1.0, 1.0) + corner(-1.0, -1.0)) / 4.0
    })
}

#[test]
fn of_the_determinant_of_singular_matrices() {
    for n in [2, 3, 4, 5] {
        for rank in 0..=n {
            let (b, c) = (matgrad_tests::matrix::<DMatrix<f64>>(n, rank), matgrad_tests::matrix::<DMatrix<f64>>(rank, n));
            let (a, v): (DMatrix<f64>, DMatrix<f64>) = (b * c, matgrad_tests::matrix(n, n));
            let hessian = det_hessian(&a);
            close(&hessian, &by_steps(&a), 1e-12);
            assert_eq!(hessian, hessian.transpose());
            let product = by_steps(&a) * DVector::from_column_slice(v.as_slice());
            close(&det_hvp(&a, &v), &DMatrix::from_column_slice(n, n, product.as_slice()), 1e-12);
        }
    }
}

#[hessian(a)]
#[hvp(a)]
fn det_of_four(a: &Matrix4<f64>) -> f64 {
    a.determinant()
}

#[hessian(t)]
fn det_on_a_line(t: f64, a: &Matrix3<f64>, b: &Matrix3<f64>) -> f64 {
    (a + t * b).determinant()
}

#[hessian(a)]
fn squared_det(a: &Matrix2<f64>) -> f64 {
    a.determinant().powi(2)
}

#[hessian(s)]
#[hvp(s)]
fn det_by_cholesky(s: &Matrix4<f64>) -> Option<f64> {
    Some(s.cholesky()?.determinant())
}

/// That of the determinant of `Diag(d)`: `∏ others` at `(ii, kk)`, and its opposite at `(ik, ki)`.
fn of_diagonal(d: [f64; 4]) -> SMatrix<f64, 16, 16> {
    let mut h = SMatrix::zeros();
    for (i, k) in (0..4).flat_map(|i| (0..4).map(move |k| (i, k))).filter(|(i, k)| i != k) {
        let others: f64 = (0..4).filter(|l| *l != i && *l != k).map(|l| d[l]).product();
        h[(i * 5, k * 5)] = others;
        h[(i + 4 * k, k + 4 * i)] = -others;
    }
    h
}

#[test]
fn of_determinants_of_fixed_size() {
    for d in [[2.0, 3.0, 5.0, 7.0], [2.0, 3.0, 1e-9, 1e-10], [2.0, 0.0, 3.0, 0.0], [0.0, 5.0, 0.0, 0.0]] {
        let (a, v): (_, Matrix4<f64>) = (Matrix4::from_diagonal(&d.into()), matgrad_tests::matrix(4, 4));
        close(&det_of_four_hessian(&a), &of_diagonal(d), 1e-14);
        let product = of_diagonal(d) * SMatrix::<f64, 16, 1>::from_column_slice(v.as_slice());
        close(&det_of_four_hvp(&a, &v), &Matrix4::from_column_slice(product.as_slice()), 1e-14);
        if d[1] * d[2] > 0.0 && d[3] > 0.0 {
            let h = det_by_cholesky_hessian(&a).expect("definite");
            let v = v + v.transpose();
            let product = of_diagonal(d) * SMatrix::<f64, 16, 1>::from_column_slice(v.as_slice());
            close(&(h * SMatrix::<f64, 16, 1>::from_column_slice(v.as_slice())), &product, 1e-12);
            let moved = det_by_cholesky_hvp(&a, &v).expect("definite");
            close(&moved, &Matrix4::from_column_slice(product.as_slice()), 1e-12);
        }
    }
    // det(A + t B) = 4 t² (t + 1) − (t + 1) t
    let (a, b) =
        (Matrix3::new(0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0), Matrix3::new(4.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 1.0));
    let t = 0.0;
    let f = |t: f64| det_on_a_line(t, &a, &b);
    assert!((det_on_a_line_hessian(t, &a, &b) - (f(1.0) - 2.0 * f(0.0) + f(-1.0))).abs() < 1e-12, "no term of degree 4");
    // ∂² (ad − bc)² at a matrix of zeros but for d = 3: 2 d² by a twice
    let h = squared_det_hessian(&Matrix2::new(0.0, 0.0, 0.0, 3.0));
    let mut expected = SMatrix::<f64, 4, 4>::zeros();
    expected[(0, 0)] = 18.0;
    close(&h, &expected, 1e-15);
}

#[hessian(x)]
#[hvp(x)]
fn product(x: &DVector<f64>) -> f64 {
    x.product()
}

#[hessian(d, diagonal(d))]
fn det_of_diagonal(d: &Matrix3<f64>) -> f64 {
    d.determinant()
}

#[test]
fn of_products_with_zeros() {
    let x = DVector::from_column_slice(&[2.0, 0.0, 3.0, 0.0]);
    let mut expected = DMatrix::zeros(4, 4);
    (expected[(1, 3)], expected[(3, 1)]) = (6.0, 6.0);
    close(&product_hessian(&x), &expected, 0.0);
    let v = DVector::from_column_slice(&[1.0, 10.0, 100.0, 1000.0]);
    close(&product_hvp(&x, &v), &(expected * v), 0.0);
    let h = det_of_diagonal_hessian(&Matrix3::from_diagonal(&[0.0, 5.0, 0.0].into()));
    let mut expected = SMatrix::<f64, 9, 9>::zeros();
    (expected[(0, 8)], expected[(8, 0)]) = (5.0, 5.0);
    close(&h, &expected, 0.0);
}
