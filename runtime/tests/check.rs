//! Derivatives beside differences: what is right is told to be so, what is wrong is found, and where.

use matgrad::{check_gradient, check_jacobian, constant};
use nalgebra::{DMatrix, DVector, Matrix2, Vector2, matrix, vector};

#[test]
fn the_worst_entry() {
    let f = |x: &DVector<f64>| x.norm_squared() * x[0];
    let at = DVector::from_vec(vec![0.3, -0.7, 1.9]);
    let right = &at * (2.0 * at[0]) + DVector::from_vec(vec![at.norm_squared(), 0.0, 0.0]);
    assert!(check_gradient(f, &at, &right).is_within(1e-9));
    let mut wrong = right.clone();
    wrong[2] *= 1.0 + 1e-6;
    let worst = check_gradient(f, &at, &wrong);
    assert!((worst.of, worst.by) == (0, 2) && !worst.is_within(1e-8) && worst.is_within(1e-5), "{worst}");
    wrong[1] = f64::NAN;
    let worst = check_gradient(f, &at, &wrong);
    assert!(!worst.is_within(f64::INFINITY));
    assert!(check_gradient(|x: &f64| x.exp(), &0.4, &0.4_f64.exp()).is_within(1e-10));
    assert!(check_gradient(|x: &f32| x.sin(), &0.4, &0.4_f32.cos()).is_within(1e-3));
    assert!(check_gradient(|x: &[f64; 2]| x[0] * x[1], &[2.0, 3.0], &[3.0, 2.0]).is_within(1e-10));
    assert!(check_gradient(|x: &Vec<f64>| x[0] / x[1], &vec![2.0, 4.0], &vec![0.25, -0.125]).is_within(1e-10));
}

#[test]
fn the_worst_entry_of_a_jacobian() {
    let f = |x: &Vector2<f64>| vector![x[0] * x[1], x[0].sin(), x[1]];
    let at: Vector2<f64> = vector![0.3, -0.7];
    let mut jacobian = matrix![at[1], at[0]; at[0].cos(), 0.0; 0.0, 1.0];
    assert!(check_jacobian(f, &at, &jacobian).is_within(1e-9));
    jacobian[(1, 1)] = 1e-3;
    let worst = check_jacobian(f, &at, &jacobian);
    assert_eq!((worst.of, worst.by), (1, 1));
    // by a matrix, and of one: vec(2 X) by vec(X) is 2 I
    let twice = |x: &Matrix2<f64>| x * 2.0;
    assert!(check_jacobian(twice, &matrix![1.0, 2.0; 3.0, 4.0], &(DMatrix::identity(4, 4) * 2.0)).is_within(1e-9));
}

#[test]
#[should_panic(expected = "as many entries")]
fn another_length() {
    let _ = check_gradient(|x: &DVector<f64>| x.sum(), &DVector::zeros(2), &DVector::from_element(3, 1.0));
}

#[test]
fn constants_are_themselves() {
    let v = vector![1.0, 2.0];
    assert_eq!((constant(v), constant(&v), constant(3.0)), (v, &v, 3.0));
}
