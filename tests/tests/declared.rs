//! Declared properties: what they shorten, and gradients in the directions that keep them.
#![allow(missing_docs)]

use matgrad::grad;
use matgrad_engine::{explain, grad as expand};
use matgrad_tests::{assert_close, check, matrix, restart, vector};
use nalgebra::{DMatrix, DVector, Matrix3, RealField, Rotation3, SMatrix, SVector, Vector3};

fn diagonal(n: usize) -> DMatrix<f64> {
    DMatrix::from_diagonal(&vector::<DVector<f64>>(n).map(|t| if t < 0.0 { t - 0.5 } else { t + 0.5 }))
}

fn lower(n: usize) -> DMatrix<f64> {
    (matrix::<DMatrix<f64>>(n, n) + DMatrix::identity(n, n) * 2.0).lower_triangle()
}

fn diagonal_part(d: &DMatrix<f64>) -> DMatrix<f64> {
    DMatrix::from_diagonal(&d.diagonal())
}

fn rotation(n: usize) -> DMatrix<f64> {
    matrix::<DMatrix<f64>>(n, n).qr().q()
}

#[grad(d, x, diagonal(d))]
fn weighted(d: &DMatrix<f64>, x: &DVector<f64>, y: &DVector<f64>) -> Option<f64> {
    Some(x.dot(&d.clone().lu().solve(y)?) + d.determinant() + matgrad::ln_det(d) + (x.transpose() * d * y).to_scalar())
}

#[test]
fn a_diagonal_gradient() {
    restart();
    let (d, x, y) = (diagonal(5), vector::<DVector<f64>>(5), vector(5));
    let f = |(d, x): &(DMatrix<f64>, DVector<f64>)| weighted(&diagonal_part(d), x, &y).unwrap();
    check(&(d.clone(), x.clone()), f, weighted_grad(&d, &x, &y).unwrap(), weighted_value_and_grad(&d, &x, &y).unwrap());
    let mut singular = d;
    singular[(3, 3)] = 0.0;
    assert_eq!(weighted(&singular, &x, &y), None);
    assert_eq!(weighted_value_and_grad(&singular, &x, &y), None);
}

#[grad(d, diagonal(d))]
fn conjugated(d: DMatrix<f64>, a: &DMatrix<f64>) -> f64 {
    (a * d.clone() * a * d.transpose()).trace() + d.try_inverse().unwrap().norm_squared()
}

#[test]
fn a_diagonal_gradient_of_products_and_of_the_inverse() {
    restart();
    let (d, a) = (diagonal(5), matrix(5, 5));
    check(&d, |d| conjugated(diagonal_part(d), &a), conjugated_grad(d.clone(), &a), conjugated_value_and_grad(d.clone(), &a));
}

#[grad(d, spd(d), diagonal(d))]
fn positive(d: &SMatrix<f32, 3, 3>, x: &SVector<f32, 3>) -> f32 {
    (x.transpose() * d.try_inverse().unwrap() * x).to_scalar() + d.determinant().ln()
}

#[test]
fn diagonal_and_positive() {
    restart();
    let (d, x) = (SMatrix::<f32, 3, 3>::from_diagonal(&SVector::<f32, 3>::new(1.5, 0.7, 2.0)), vector(3));
    let f = |d: &SMatrix<f32, 3, 3>| positive(&SMatrix::from_diagonal(&d.diagonal()), &x);
    check(&d, f, positive_grad(&d, &x), positive_value_and_grad(&d, &x));
}

/// Negative log-likelihood of a Gaussian by the Cholesky factor of its covariance.
#[grad(l, r, lower_triangular(l))]
fn gaussian<T: RealField + Copy>(l: &DMatrix<T>, r: &DVector<T>) -> T {
    l.clone().lu().solve(r).unwrap().norm_squared() + matgrad::ln_det(l) + l.determinant() + (l.transpose() * l).trace()
}

#[test]
fn a_lower_triangular_gradient() {
    restart();
    let (l, r) = (lower(5), vector::<DVector<f64>>(5));
    let f = |(l, r): &(DMatrix<f64>, DVector<f64>)| gaussian(&l.lower_triangle(), r);
    check(&(l.clone(), r.clone()), f, gaussian_grad(&l, &r), gaussian_value_and_grad(&l, &r));
}

#[grad(l, lower_triangular(l))]
fn precision(l: &DMatrix<f64>, b: &DMatrix<f64>) -> Option<f64> {
    let inverse = l.clone().try_inverse()?;
    Some((inverse.transpose() * b * inverse).trace())
}

#[test]
fn the_inverse_of_a_lower_triangular_matrix() {
    restart();
    let (l, b) = (lower(4), matrix(4, 4));
    let f = |l: &DMatrix<f64>| precision(&l.lower_triangle(), &b).unwrap();
    check(&l, f, precision_grad(&l, &b).unwrap(), precision_value_and_grad(&l, &b).unwrap());
    let mut singular = l;
    singular[(1, 1)] = 0.0;
    assert_eq!(precision_value_and_grad(&singular, &b), None);
}

#[grad(x, orthogonal(q))]
fn rotated(x: &DVector<f64>, q: &DMatrix<f64>, y: &DVector<f64>) -> f64 {
    (q * x - y).norm_squared() + (q * (x + y)).norm() + q.clone().lu().solve(x).unwrap().dot(y)
}

#[test]
fn beside_an_orthogonal_matrix() {
    restart();
    let (x, q, y) = (vector(5), rotation(5), vector(5));
    check(&x, |x| rotated(x, &q, &y), rotated_grad(&x, &q, &y), rotated_value_and_grad(&x, &q, &y));
}

#[grad(q, orthogonal(q))]
fn procrustes(q: &DMatrix<f64>, a: &DMatrix<f64>, b: &DMatrix<f64>) -> f64 {
    (q * a - b).norm_squared() + q.determinant() + (q * q * a).sum().sin()
}

/// The gradient by an orthogonal matrix is tangent, and gives `df` along every curve of orthogonal matrices.
#[test]
fn a_tangent_gradient() {
    restart();
    let (q, a, b) = (rotation(4), matrix(4, 4), matrix(4, 4));
    let (value, gradient) = procrustes_value_and_grad(&q, &a, &b);
    assert!((value - procrustes(&q, &a, &b)).abs() < 1e-12);
    assert_close(1e-12, &procrustes_grad(&q, &a, &b), &gradient);
    let skew = q.transpose() * &gradient;
    assert_close(1e-12, &-skew.transpose(), &skew);
    for j in 0..4 {
        for i in 0..j {
            let along = |t: f64| {
                let mut turn = DMatrix::identity(4, 4);
                (turn[(i, i)], turn[(j, j)], turn[(i, j)], turn[(j, i)]) = (t.cos(), t.cos(), t.sin(), -t.sin());
                procrustes(&(&q * turn), &a, &b)
            };
            let h = 1e-3;
            let slope = (8.0 * (along(h) - along(-h)) - (along(2.0 * h) - along(-2.0 * h))) / (12.0 * h);
            let mut direction = DMatrix::zeros(4, 4);
            (direction[(i, j)], direction[(j, i)]) = (1.0, -1.0);
            assert!((gradient.dot(&(&q * direction)) - slope).abs() < 1e-8);
        }
    }
}

#[grad(x, orthogonal(q), lower_triangular(l), diagonal(d))]
fn checked(x: &Vector3<f64>, q: &Matrix3<f64>, l: &Matrix3<f64>, d: &Matrix3<f64>) -> f64 {
    (q * l * d * x).sum()
}

#[test]
fn promises_that_are_kept() {
    let q = *Rotation3::from_scaled_axis(Vector3::new(0.3, -1.1, 0.7)).matrix();
    let (x, l, d) = (Vector3::new(1.0, 2.0, 3.0), q.lower_triangle(), Matrix3::from_diagonal(&q.column(0).into_owned()));
    check(&x, |x| checked(x, &q, &l, &d), checked_grad(&x, &q, &l, &d), checked_value_and_grad(&x, &q, &l, &d));
}

#[test]
#[cfg(debug_assertions)]
#[should_panic(expected = "`l` is declared lower triangular, but its entry (0, 1) is 1")]
fn a_promise_that_is_broken() {
    let _ = checked_grad(&Vector3::zeros(), &Matrix3::identity(), &Matrix3::repeat(1.0), &Matrix3::identity());
}

/// The gradients as printed.
fn printed(arguments: &str, function: &str) -> Vec<String> {
    let report = explain(arguments.parse().unwrap(), function.parse().unwrap()).unwrap();
    std::iter::once(report.value).chain(report.gradients.into_iter().map(|g| g.1)).collect()
}

/// The code of the companions.
fn code(arguments: &str, function: &str) -> String {
    expand(arguments.parse().unwrap(), function.parse().unwrap()).to_string()
}

#[test]
fn formulas_are_short() {
    let quadratic = "fn f(d: &DMatrix<f64>, x: &DVector<f64>) -> f64 { (x.transpose() * d * x).to_scalar() }";
    assert_eq!(printed("x, diagonal(d)", quadratic), ["xᵀ d x", "2 d x"]);
    assert_eq!(printed("d, diagonal(d)", quadratic), ["xᵀ d x", "Diag(x ∘ x)"]);
    assert_eq!(printed("d, lower_triangular(d)", quadratic), ["xᵀ d x", "tril(x xᵀ)"]);
    let solve = "fn f(m: &DMatrix<f64>, b: &DVector<f64>) -> f64 { m.clone().lu().solve(b).unwrap().norm_squared() }";
    assert_eq!(printed("b, diagonal(m)", solve), ["‖m⁻¹ b‖²", "2 (m⁻¹)² b"]);
    assert_eq!(printed("b, lower_triangular(m)", solve), ["‖m⁻¹ b‖²", "2 m⁻ᵀ m⁻¹ b"]);
    assert_eq!(printed("b, orthogonal(m)", solve), ["‖b‖²", "2 b"]);
    let ln_det = "fn f(m: &DMatrix<f64>) -> f64 { m.determinant().abs().ln() }";
    assert_eq!(printed("m, lower_triangular(m)", ln_det), ["sum(ln(|diag(m)|))", "Diag(1 ⊘ diag(m))"]);
    assert_eq!(printed("m, diagonal(m)", ln_det), ["sum(ln(|diag(m)|))", "Diag(1 ⊘ diag(m))"]);
    let gram = "fn f(q: &DMatrix<f64>, x: &DVector<f64>) -> f64 { (q.transpose() * (q * x)).norm_squared() }";
    assert_eq!(printed("x, orthogonal(q)", gram), ["‖x‖²", "2 x"]);
}

#[test]
fn code_is_short() {
    let solve = "fn f(m: &DMatrix<f64>, b: &DVector<f64>) -> f64 { m.clone().lu().solve(b).unwrap().norm_squared() }";
    let lower = code("b, lower_triangular(m)", solve);
    assert!(lower.contains("tr_solve_lower_triangular") && !lower.contains("__private :: lu"), "{lower}");
    let diagonal = code("b, diagonal(m)", solve);
    assert!(diagonal.contains("diag_solve") && !diagonal.contains("__private :: lu"), "{diagonal}");
    let orthogonal = code("b, orthogonal(m)", solve);
    assert!(!orthogonal.contains("__private :: lu") && !orthogonal.contains("tr_mul"), "{orthogonal}");
}

#[test]
fn an_invariant_does_not_depend() {
    let norm = "fn f(q: &DMatrix<f64>, x: &DVector<f64>) -> f64 { (q * x).norm() }";
    let error = explain("q, orthogonal(q)".parse().unwrap(), norm.parse().unwrap()).unwrap_err();
    assert!(format!("{error:?}").contains("does not depend on `q`"), "{error:?}");
}

/// Of a symmetric matrix, a triangle and its inverse are not symmetric; the inverse, and the one of the diagonal, are.
#[test]
fn triangles_of_a_symmetric_matrix() {
    #[grad(a, symmetric(a), symmetric(s))]
    fn lower(a: &DMatrix<f64>, s: &DMatrix<f64>) -> f64 {
        let x = s.solve_lower_triangular(a).unwrap();
        let v = a * &x * &x;
        (&v * v.transpose()).sum()
    }
    #[grad(s, symmetric(s))]
    fn upper(s: &DMatrix<f64>, a: &DMatrix<f64>) -> f64 {
        let v = a * s.solve_upper_triangular(a).unwrap().transpose();
        v.component_mul(&v.transpose()).sum()
    }
    #[grad(a, symmetric(a), symmetric(s))]
    fn inverse(a: &DMatrix<f64>, s: &DMatrix<f64>) -> f64 {
        let inverse = s.clone().try_inverse().unwrap();
        let v = a * &inverse * a * inverse;
        (&v * v.transpose()).sum()
    }
    let s = DMatrix::from_row_slice(2, 2, &[2.0, -0.5, -0.5, 1.5]);
    let a = DMatrix::from_row_slice(2, 2, &[1.5, 0.25, 0.25, 1.0]);
    let b = DMatrix::from_row_slice(2, 3, &[1.0, -2.0, 0.5, 0.75, 1.0, -1.0]);
    for (i, j) in [(0, 0), (1, 0), (1, 1)] {
        let mut step = DMatrix::zeros(2, 2);
        step[(i, j)] = 1.0;
        step[(j, i)] = 1.0;
        let check = |what: &str, f: &dyn Fn(&DMatrix<f64>) -> f64, (value, gradient): (f64, DMatrix<f64>), at: &DMatrix<f64>| {
            assert!((value - f(at)).abs() < 1e-12 * value.abs().max(1.0), "{what}: {value} is not {}", f(at));
            let slope = (f(&(at + &step * 1e-5)) - f(&(at - &step * 1e-5))) / 2e-5;
            let found = gradient.dot(&step);
            assert!((found - slope).abs() < 1e-6 * slope.abs().max(1.0), "{what} along ({i}, {j}): {found} is not {slope}");
        };
        check("lower", &|a| lower(a, &s), lower_value_and_grad(&a, &s), &a);
        check("upper", &|s| upper(s, &b), upper_value_and_grad(&s, &b), &s);
        check("inverse", &|a| inverse(a, &s), inverse_value_and_grad(&a, &s), &a);
    }
}
