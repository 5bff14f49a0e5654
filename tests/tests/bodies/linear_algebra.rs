//! Inverses, determinants, factorizations, the exponential.

use matgrad::grad;
use matgrad_tests::{assert_close, cases, check, matrix, spd, vector};
use nalgebra::{DMatrix, DVector, Matrix2, Matrix3, SMatrix, SVector, Vector2, Vector3};

cases! {
    determinants {
        a.determinant() * (a * b).determinant() + (a + b).determinant().powi(2) + b.determinant().ln()
    }
        dynamic(a: DMatrix<f64> = spd(3), b: DMatrix<f64> = spd(3)) -> f64
        fixed(a: Matrix3<f64> = spd(3), b: Matrix3<f64> = spd(3)) -> f64
        of_size_two(a: Matrix2<f64> = spd(2), b: Matrix2<f64> = spd(2)) -> f64
        of_size_five(a: SMatrix<f64, 5, 5> = spd(5), b: SMatrix<f64, 5, 5> = spd(5)) -> f64
        single(a: Matrix3<f32> = spd(3), b: Matrix3<f32> = spd(3)) -> f32;
    inverses {
        let inverse = a.clone().try_inverse().unwrap();
        (&inverse * x).norm_squared() + inverse.trace() + (x.transpose() * &inverse * x)[0] * inverse[(0, 1)]
    }
        dynamic(a: DMatrix<f64> = spd(3), x: DVector<f64> = vector(3)) -> f64
        fixed(a: Matrix3<f64> = spd(3), x: Vector3<f64> = vector(3)) -> f64
        of_size_five(a: SMatrix<f64, 5, 5> = spd(5), x: SVector<f64, 5> = vector(5)) -> f64;
    inverses_of_expressions {
        (a * a.transpose() + b).try_inverse().expect("regular").component_mul(b).sum()
    }
        dynamic(a: DMatrix<f64> = matrix(3, 3), b: DMatrix<f64> = spd(3)) -> f64
        fixed(a: Matrix3<f64> = matrix(3, 3), b: Matrix3<f64> = spd(3)) -> f64;
    solutions {
        let lu = a.clone().lu();
        let y = lu.solve(x).unwrap();
        y.norm_squared() + lu.solve(b).expect("regular").sum() + lu.determinant() + y.dot(x)
    }
        dynamic(a: DMatrix<f64> = spd(3), x: DVector<f64> = vector(3), b: DMatrix<f64> = matrix(3, 2)) -> f64
        fixed(a: Matrix3<f64> = spd(3), x: Vector3<f64> = vector(3), b: SMatrix<f64, 3, 2> = matrix(3, 2)) -> f64
        single(a: Matrix3<f32> = spd(3), x: Vector3<f32> = vector(3), b: SMatrix<f32, 3, 2> = matrix(3, 2)) -> f32;
    cholesky_of_a_product {
        let s = a * a.transpose() + DMatrix::identity(3, 3);
        let c = s.cholesky().unwrap();
        c.solve(x).dot(x) + c.ln_determinant() + c.determinant() + (c.l() * x).norm_squared() + c.inverse().trace()
    }
        dynamic(a: DMatrix<f64> = matrix(3, 3), x: DVector<f64> = vector(3)) -> f64;
    cholesky_of_a_static_product {
        let s = a * a.transpose() + Matrix3::identity();
        let c = s.cholesky().unwrap();
        c.solve(x).dot(x) + c.ln_determinant() + c.determinant() + (c.l() * x).norm_squared() + c.inverse().trace()
    }
        fixed(a: Matrix3<f64> = matrix(3, 3), x: Vector3<f64> = vector(3)) -> f64;
    log_determinants {
        matgrad::ln_det(a) + matgrad::ln_det(&(a * 2.0 + b))
    }
        dynamic(a: DMatrix<f64> = spd(3), b: DMatrix<f64> = spd(3)) -> f64
        fixed(a: Matrix3<f64> = spd(3), b: Matrix3<f64> = spd(3)) -> f64;
    triangular_solutions {
        a.solve_lower_triangular(x).unwrap().norm_squared() + a.solve_upper_triangular(x).unwrap().sum()
            + a.tr_solve_lower_triangular(x).unwrap().dot(x) + a.tr_solve_upper_triangular(x).unwrap().norm()
    }
        dynamic(a: DMatrix<f64> = spd(3), x: DVector<f64> = vector(3)) -> f64
        fixed(a: Matrix3<f64> = spd(3), x: Vector3<f64> = vector(3)) -> f64;
    exponentials {
        (a.exp() * x).norm_squared() + (a * 0.5).exp().trace()
    }
        dynamic(a: DMatrix<f64> = matrix(3, 3), x: DVector<f64> = vector(3)) -> f64
        fixed(a: Matrix3<f64> = matrix(3, 3), x: Vector3<f64> = vector(3)) -> f64
        of_size_two(a: Matrix2<f64> = matrix(2, 2), x: Vector2<f64> = vector(2)) -> f64;
    pseudo_inverses {
        (a.clone().pseudo_inverse(1e-12).unwrap() * x).norm_squared()
    }
        dynamic(a: DMatrix<f64> = matrix(3, 2), x: DVector<f64> = vector(3)) -> f64
        fixed(a: SMatrix<f64, 3, 2> = matrix(3, 2), x: Vector3<f64> = vector(3)) -> f64;
}

#[grad(s, y, spd(s))]
fn declared(s: &DMatrix<f64>, y: &DVector<f64>) -> Option<f64> {
    let c = s.clone().cholesky()?;
    Some(y.dot(&c.solve(y)) + c.ln_determinant() + s.clone().try_inverse()?.trace() + s.determinant())
}

#[test]
fn declared_positive_definite() {
    let at: (DMatrix<f64>, DVector<f64>) = (spd(3), vector(3));
    let (s, y) = at.clone();
    let f = |(s, y): &(DMatrix<f64>, DVector<f64>)| declared(&s.symmetric_part(), y).unwrap();
    let (gradient, both) = (declared_grad(&s, &y).unwrap(), declared_value_and_grad(&s, &y).unwrap());
    assert_close(1e-14, &gradient.0, &gradient.0.transpose());
    check(&at, f, gradient, both);
}

#[grad(s, symmetric(s))]
fn spectrum(s: &DMatrix<f64>, w: &DVector<f64>) -> f64 {
    s.symmetric_eigenvalues().component_mul(w).sum()
}

#[test]
fn symmetric_eigenvalues() {
    let s: DMatrix<f64> = spd(3);
    // nalgebra sorts nothing: equal weights up to order are what differences can see
    let w = DVector::from_element(3, 2.0);
    let f = |s: &DMatrix<f64>| spectrum(&s.symmetric_part(), &w);
    check(&s, f, spectrum_grad(&s, &w), spectrum_value_and_grad(&s, &w));
}

#[grad(a)]
fn singular(a: &DMatrix<f64>) -> f64 {
    a.singular_values().sum()
}

#[test]
fn singular_values() {
    let a: DMatrix<f64> = matrix(4, 3);
    check(&a, singular, singular_grad(&a), singular_value_and_grad(&a));
}

/// nalgebra inverts matrices whose size is a parameter, and has no LU factorization of them.
#[grad(a, x)]
fn generic_inverse<const N: usize>(a: &SMatrix<f64, N, N>, x: &SVector<f64, N>, b: &SMatrix<f64, N, 2>) -> Option<f64> {
    let inverse = a.try_inverse()?;
    Some((inverse * x).norm_squared() + (inverse.transpose() * b).sum() + inverse.trace() + x.dot(&(inverse * x)))
}

#[test]
fn inverses_of_generic_size() {
    let at: (SMatrix<f64, 3, 3>, SVector<f64, 3>) = (spd(3), vector(3));
    let b = matrix(3, 2);
    let (gradient, both) = (generic_inverse_grad(&at.0, &at.1, &b), generic_inverse_value_and_grad(&at.0, &at.1, &b));
    check(&at, |(a, x)| generic_inverse(a, x, &b).expect("regular"), gradient.expect("regular"), both.expect("regular"));
    let singular = SMatrix::<f64, 3, 3>::zeros();
    assert!(generic_inverse_grad(&singular, &at.1, &b).is_none());
}

/// What the derivative has no use for is asked for all the same.
#[grad(x)]
fn generic_inverse_of_a_constant<const N: usize>(a: &SMatrix<f64, N, N>, x: &SVector<f64, N>) -> Option<f64> {
    let inverse = a.try_inverse()?;
    Some(inverse.trace() + x.norm_squared())
}

#[test]
fn inverses_of_generic_size_that_nothing_needs() {
    let (a, x): (SMatrix<f64, 3, 3>, SVector<f64, 3>) = (spd(3), vector(3));
    let (gradient, both) = (generic_inverse_of_a_constant_grad(&a, &x), generic_inverse_of_a_constant_value_and_grad(&a, &x));
    check(&x, |x| generic_inverse_of_a_constant(&a, x).expect("regular"), gradient.expect("regular"), both.expect("regular"));
    assert!(generic_inverse_of_a_constant_grad(&SMatrix::<f64, 3, 3>::zeros(), &x).is_none());
}
