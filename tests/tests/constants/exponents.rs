//! `powi`, `pow` and `lp_norm` with integers that are known when the program runs.

use matgrad::{grad, hessian, hvp, jacobian, jvp};
use matgrad_tests::{assert_close, check, matrix, vector};
use nalgebra::{DMatrix, DVector, Matrix2, Matrix3, RealField, SVector};

#[grad(a)]
fn power(a: &DMatrix<f64>, k: u32) -> f64 {
    a.pow(k).component_mul(a).sum()
}

#[grad(a)]
fn static_power(a: &Matrix3<f64>, k: &[u32]) -> f64 {
    let mut total = 0.0;
    for (i, k) in k.iter().enumerate() {
        total += a.pow(*k)[(0, 2)] * (i + 1) as f64;
    }
    total
}

#[grad(a)]
fn power_of_a_power(a: &Matrix3<f64>, exponent: u32) -> f64 {
    let (matrix, power) = (a * 0.5, a.pow(exponent));
    let square = power.pow(exponent - 1) + matrix.pow(exponent + 1);
    square.trace() + power.sum()
}

#[grad(a)]
fn powers_by_literals(a: &DMatrix<f64>) -> f64 {
    let mut total = 0.0;
    for k in 0..4 {
        total += a.pow(k).trace() * a.lp_norm(3);
    }
    for k in 1..4 {
        total += a.lp_norm(k) * a.map(|t| t.powi(k)).sum().sin();
    }
    total
}

#[grad(a)]
fn hundredth(a: &Matrix2<f64>) -> f64 {
    a.pow(100).trace()
}

#[grad(x)]
fn inactive_powers(x: &DVector<f64>, a: &DMatrix<f64>, k: u32) -> f64 {
    let annotated: DMatrix<f64> = a.pow(k);
    (annotated * x).norm_squared() + (a.pow(k + 1) * x).sum() + (a.pow(70) * x)[0]
}

#[test]
fn powers_of_matrices() {
    let a: DMatrix<f64> = matrix(3, 3);
    let fixed: Matrix3<f64> = matrix(3, 3);
    for k in 0..10 {
        check(&a, |a| power(a, k), power_grad(&a, k), power_value_and_grad(&a, k));
        let list = [k, 1, k + 1, 0];
        let both = static_power_value_and_grad(&fixed, &list);
        check(&fixed, |a| static_power(a, &list), static_power_grad(&fixed, &list), both);
    }
    for k in 1..5 {
        check(&fixed, |a| power_of_a_power(a, k), power_of_a_power_grad(&fixed, k), power_of_a_power_value_and_grad(&fixed, k));
    }
    check(&a, powers_by_literals, powers_by_literals_grad(&a), powers_by_literals_value_and_grad(&a));
    let x = vector(3);
    check(&x, |x| inactive_powers(x, &a, 3), inactive_powers_grad(&x, &a, 3), inactive_powers_value_and_grad(&x, &a, 3));
    assert_eq!(power_value_and_grad(&a, 5).0, power(&a, 5));
}

// ∂ tr(Aᵏ) / ∂A = k (Aᵏ⁻¹)ᵀ
#[test]
fn the_hundredth_power() {
    let a = Matrix2::new(0.9, 0.2, -0.1, 1.05);
    assert_close(1e-12, &hundredth_grad(&a), &(a.pow(99).transpose() * 100.0));
    // what is computed too much overflows, and does not matter
    let large = Matrix2::new(1e3, 0.0, 0.0, 2.0);
    let (value, gradient) = hundredth_value_and_grad(&large);
    assert_eq!(value, hundredth(&large));
    assert_close(1e-12, &(gradient / 1e297), &(large.pow(99) * 1e-295));
}

#[jacobian(a)]
fn whole(a: &Matrix2<f64>, k: u32) -> Matrix2<f64> {
    a.pow(k)
}

#[jvp(a)]
fn moved(a: &Matrix2<f64>, k: u32) -> Matrix2<f64> {
    a.pow(k)
}

#[hessian(a)]
#[hvp(a)]
fn curved(a: &Matrix2<f64>, k: u32) -> f64 {
    a.pow(k).trace()
}

#[test]
fn other_derivatives_of_powers() {
    let (a, d): (Matrix2<f64>, Matrix2<f64>) = (matrix(2, 2), matrix(2, 2));
    for k in 0..7_u32 {
        // Σ Aⁱ D Aᵏ⁻¹⁻ⁱ
        let tangent = (0..k).map(|i| a.pow(i) * d * a.pow(k - 1 - i)).sum::<Matrix2<f64>>();
        let by_jacobian = whole_jacobian(&a, k) * SVector::<f64, 4>::from_column_slice(d.as_slice());
        assert_close(1e-12, &moved_jvp(&a, k, &d), &(a.pow(k), tangent));
        assert_close(1e-12, &by_jacobian, &SVector::<f64, 4>::from_column_slice(tangent.as_slice()));
        // ∂ k tr(Aᵏ⁻¹ D) / ∂A = k Σ (Aⁱ D Aᵏ⁻²⁻ⁱ)ᵀ
        let last = k.saturating_sub(1);
        let bent = (0..last).map(|i| a.pow(i) * d * a.pow(last - 1 - i)).sum::<Matrix2<f64>>().transpose() * f64::from(k);
        assert_close(1e-12, &curved_hvp(&a, k, &d), &bent);
        let by_hessian = curved_hessian(&a, k) * SVector::<f64, 4>::from_column_slice(d.as_slice());
        assert_close(1e-12, &by_hessian, &SVector::<f64, 4>::from_column_slice(bent.as_slice()));
    }
}

#[grad(x)]
fn norm<T: RealField + Copy>(x: &DVector<T>, p: i32) -> T {
    x.lp_norm(p)
}

#[grad(x)]
fn norms(x: &DVector<f64>, last: i32) -> f64 {
    let mut total = 1.0;
    for p in 1..=last.unsigned_abs().min(9) as usize {
        total += x.lp_norm(p as i32) * p as f64;
    }
    total * x.lp_norm(-2) + x.lp_norm(100)
}

#[grad(x)]
fn inactive_norms(x: &DVector<f64>, a: &DVector<f64>, p: i32) -> f64 {
    x.sum() * a.lp_norm(p) + x[0] * a.lp_norm(-1)
}

#[test]
fn norms_of_a_run_time_order() {
    let x = DVector::from_vec(vec![0.7, -1.2, 1.5]);
    for p in [1, 2, 3, 4, 7, -1, -2, 100] {
        check(&x, |x| norm(x, p), norm_grad(&x, p), norm_value_and_grad(&x, p));
        check(&x, |x| norms(x, p), norms_grad(&x, p), norms_value_and_grad(&x, p));
        let both = inactive_norms_value_and_grad(&x, &x, p);
        check(&x, |y| inactive_norms(y, &x, p), inactive_norms_grad(&x, &x, p), both);
    }
    let single = DVector::from_vec(vec![0.5_f32, -2.0]);
    check(&single, |x| norm(x, 3), norm_grad(&single, 3), norm_value_and_grad(&single, 3));
}

#[test]
fn norms_of_a_run_time_order_at_special_points() {
    let at = |x: &[f64], p: i32| norm_grad(&DVector::from_column_slice(x), p).as_slice().to_vec();
    for p in [1, 2, 3, 4, -1] {
        assert_eq!(at(&[0.0, 0.0], p), [0.0, 0.0], "the norm of 0 has no slope, p = {p}");
        let zero: DVector<f64> = DVector::zeros(2);
        assert_eq!(norm_value_and_grad(&zero, p).0, norm(&zero, p));
        assert!(at(&[], p).is_empty());
    }
    for p in [1, 3, 4] {
        assert_eq!(at(&[0.0, -2.0], p), [0.0, -1.0], "p = {p}");
    }
    // |a| |b| / (|a| + |b|) at a = 0: the mean of both sides
    assert_eq!(at(&[0.0, -2.0], -1), [0.0, 0.0]);
    // of one number it is its size, but of order 0, where it is 1
    assert_eq!((at(&[-3.0], 5), at(&[-3.0], -4), at(&[-3.0], 0)), (vec![-1.0], vec![-1.0], vec![0.0]));
    // (1/2)^(2/3), where the powers overflow and vanish
    for size in [1e200, 1e-200] {
        let found = at(&[size, size], 3);
        assert!(found.iter().all(|t| (t - 0.629_960_524_947_436_6).abs() < 1e-12), "{found:?}");
    }
}
