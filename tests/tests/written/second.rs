//! The other derivatives, by lists and of lists.

use matgrad::{grad, hessian, hvp, jacobian, jvp, vjp};
use nalgebra::{DMatrix, DVector, Matrix2, Matrix2x3, Vector2};

use super::point::samples;

#[grad(x)]
#[hessian(x)]
#[hvp(x)]
#[jvp(x)]
#[vjp(x)]
fn rosenbrock(x: &[f64]) -> f64 {
    let mut s = 0.0;
    for i in 0..x.len() - 1 {
        s += 100.0 * (x[i + 1] - x[i] * x[i]).powi(2) + (1.0 - x[i]).powi(2);
    }
    s
}

#[test]
fn all_of_a_number() {
    let (x, d) = (samples(5), [0.3, -1.0, 0.2, 0.7, -0.4]);
    let gradient = rosenbrock_grad(&x);
    let (value, tangent) = rosenbrock_jvp(&x, &d);
    assert!((value - rosenbrock(&x)).abs() < 1e-12 * value);
    let along: f64 = gradient.iter().zip(&d).map(|(a, b)| a * b).sum();
    assert!((along - tangent).abs() < 1e-12 * along.abs());
    let (value, pullback) = rosenbrock_vjp(&x);
    assert!((value - rosenbrock(&x)).abs() < 1e-12 * value);
    let twice: Vec<f64> = pullback(2.0);
    assert!(twice.iter().zip(&gradient).all(|(a, b)| (a - 2.0 * b).abs() < 1e-12 * b.abs()));
    let hessian: DMatrix<f64> = rosenbrock_hessian(&x);
    let product: Vec<f64> = rosenbrock_hvp(&x, &d);
    let expected = &hessian * DVector::from_column_slice(&d);
    assert!((DVector::from_vec(product.clone()) - &expected).norm() < 1e-10 * expected.norm());
    let mut buffer = vec![f64::NAN; 5];
    rosenbrock_hvp_into(&x, &d, &mut buffer);
    assert_eq!(buffer, product);
    // of the published form: 1200 x² − 400 y + 2 in the corner
    assert!((hessian[(0, 0)] - (1200.0 * x[0] * x[0] - 400.0 * x[1] + 2.0)).abs() < 1e-9);
}

#[jacobian(x)]
#[jvp(x)]
#[vjp(x)]
fn polar(x: [f64; 2]) -> [f64; 2] {
    let [r, t] = x;
    [r * t.cos(), r * t.sin()]
}

#[test]
fn of_an_array() {
    let x = [1.3, 0.4];
    let jacobian: Matrix2<f64> = polar_jacobian(x);
    let expected = Matrix2::new(0.4_f64.cos(), -1.3 * 0.4_f64.sin(), 0.4_f64.sin(), 1.3 * 0.4_f64.cos());
    assert!((jacobian - expected).norm() < 1e-14);
    let (value, tangent): ([f64; 2], [f64; 2]) = polar_jvp(x, &[0.5, -2.0]);
    assert_eq!(value, polar(x));
    assert!((Vector2::from(tangent) - expected * Vector2::new(0.5, -2.0)).norm() < 1e-14);
    let (value, pullback) = polar_vjp(x);
    assert_eq!(value, polar(x));
    let back: [f64; 2] = pullback(&[1.0, 3.0]);
    assert!((Vector2::from(back) - expected.transpose() * Vector2::new(1.0, 3.0)).norm() < 1e-14);
}

#[jacobian(x)]
#[vjp(x)]
fn sums(x: &[f64]) -> Vec<f64> {
    let mut all = Vec::new();
    let mut s = 0.0;
    for v in x {
        s += v * v;
        all.push(s);
    }
    all
}

#[test]
fn of_a_list_that_grows() {
    let x = samples(4);
    let (value, jacobian): (Vec<f64>, DMatrix<f64>) = sums_value_and_jacobian(&x);
    assert_eq!(value, sums(&x));
    let expected = DMatrix::from_fn(4, 4, |i, j| if j <= i { 2.0 * x[j] } else { 0.0 });
    assert!((jacobian - &expected).norm() < 1e-14);
    let (_, pullback) = sums_vjp(&x);
    let back: Vec<f64> = pullback(&[1.0, -1.0, 2.0, 0.5]);
    let by_hand = expected.transpose() * DVector::from_vec(vec![1.0, -1.0, 2.0, 0.5]);
    assert!((DVector::from_vec(back) - by_hand).norm() < 1e-13);
}

#[jacobian(p)]
#[grad(q, p)]
fn distance(p: &[Vector2<f64>], q: &[[f64; 2]; 3]) -> f64 {
    let mut s = 0.0;
    for (a, b) in p.iter().zip(q) {
        s += (a.x - b[0]).powi(2) * (a.y - b[1]);
    }
    s
}

#[test]
fn by_lists_of_vectors_and_arrays() {
    let p = vec![Vector2::new(0.3, 1.2), Vector2::new(-0.4, 0.5), Vector2::new(2.0, -1.0)];
    let q = [[0.1, 0.2], [0.7, -0.3], [1.1, 0.4]];
    let (by_q, by_p): ([[f64; 2]; 3], Vec<Vector2<f64>>) = distance_grad(&p, &q);
    let row = distance_jacobian(&p, &q);
    for i in 0..3 {
        let (dx, dy) = (p[i].x - q[i][0], p[i].y - q[i][1]);
        let expected = Vector2::new(2.0 * dx * dy, dx * dx);
        assert!((by_p[i] - expected).norm() < 1e-14);
        assert!((Vector2::from(by_q[i]) + expected).norm() < 1e-14);
        assert!((row[(0, 2 * i)] - expected.x).abs() < 1e-14 && (row[(0, 2 * i + 1)] - expected.y).abs() < 1e-14);
    }
    let (mut by_q_2, mut by_p_2) = ([[f64::NAN; 2]; 3], vec![Vector2::repeat(f64::NAN); 3]);
    distance_grad_into(&p, &q, &mut by_q_2, &mut by_p_2);
    assert_eq!((by_q_2, by_p_2), (by_q, by_p));
}

#[grad(x)]
fn single<const N: usize>(x: &[f32; N], m: &Matrix2x3<f32>) -> f32 {
    let mut s = 0.0;
    for (i, v) in x.iter().enumerate() {
        s += v.sin() * m[(0, i % 3)];
    }
    s
}

#[test]
fn of_const_generic_length() {
    let m = Matrix2x3::new(1.0, 2.0, 3.0, 0.0, 0.0, 0.0);
    let gradient: [f32; 4] = single_grad(&[0.1, 0.2, 0.3, 0.4], &m);
    for (i, g) in gradient.iter().enumerate() {
        let x = 0.1 * (i + 1) as f32;
        assert!((g - x.cos() * m[(0, i % 3)]).abs() < 1e-6);
    }
}

#[test]
#[should_panic(expected = "x_gradient.len()")]
fn a_buffer_of_another_length() {
    rosenbrock_grad_into(&[1.0, 2.0, 3.0], &mut [0.0; 2]);
}
