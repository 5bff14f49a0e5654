//! Functions of scalars, alone and in the closure of `map`.

use matgrad_tests::{cases, matrix, number, positive, vector};
use nalgebra::{DMatrix, DVector, Matrix2x3, SVector, Vector3};

cases! {
    exponentials {
        x.map(|t| t.exp() + t.exp_m1() * t).sum() + s.exp() * s.exp_m1()
    }
        dynamic(x: DVector<f64> = vector(3), s: f64 = number()) -> f64
        fixed(x: Vector3<f64> = vector(3), s: f64 = number()) -> f64
        single(x: Vector3<f32> = vector(3), s: f32 = number()) -> f32;
    logarithms {
        x.map(|t| t.ln() + t.ln_1p() * t.log2() - t.log10()).sum() + s.ln() * s.ln_1p() + s.log2() - s.log10()
    }
        dynamic(x: DMatrix<f64> = positive(2, 3), s: f64 = 0.7) -> f64
        fixed(x: Matrix2x3<f64> = positive(2, 3), s: f64 = 0.7) -> f64
        single(x: Matrix2x3<f32> = positive(2, 3), s: f32 = 0.7) -> f32;
    roots_and_powers {
        x.map(|t| t.sqrt() * t.cbrt() + t.recip() + t.powi(3) - t.powi(-2) + t.powf(1.5)).sum() + s.sqrt() + s.powf(0.3) * s.recip()
    }
        dynamic(x: DVector<f64> = positive(3, 1), s: f64 = 0.7) -> f64
        fixed(x: Vector3<f64> = positive(3, 1), s: f64 = 0.7) -> f64
        single(x: Vector3<f32> = positive(3, 1), s: f32 = 0.7) -> f32;
    powers_of_powers {
        x.map(|t| t.powf(*s)).sum() + s.powf(s * 2.0) + x.map(|t| s.powf(t)).norm()
    }
        dynamic(x: DVector<f64> = positive(3, 1), s: f64 = 0.7) -> f64
        fixed(x: Vector3<f64> = positive(3, 1), s: f64 = 0.7) -> f64;
    circular {
        x.map(|t| t.sin() * t.cos() + t.tan()).sum() + s.sin() / s.cos() - s.tan()
    }
        dynamic(x: DVector<f64> = vector(3), s: f64 = 0.7) -> f64
        fixed(x: Vector3<f32> = vector(3), s: f32 = 0.7) -> f32;
    inverse_circular {
        x.map(|t| (t * 0.5).asin() + (t * 0.5).acos() * t.atan()).sum() + (s * 0.1).asin() + s.atan2(2.0) * s.atan2(x[0])
    }
        dynamic(x: DVector<f64> = vector(3), s: f64 = 0.7) -> f64
        fixed(x: Vector3<f64> = vector(3), s: f64 = 0.7) -> f64;
    hyperbolic {
        x.map(|t| t.sinh() * t.tanh() - t.cosh()).sum() + s.sinh() * s.cosh() * s.tanh()
    }
        dynamic(x: DVector<f64> = vector(3), s: f64 = 0.7) -> f64
        fixed(x: Vector3<f32> = vector(3), s: f32 = 0.7) -> f32;
    inverse_hyperbolic {
        x.map(|t| t.asinh() + (t * 0.5).atanh() * (t + 3.0).acosh()).sum() + s.asinh() * s.atanh()
    }
        dynamic(x: DVector<f64> = vector(3), s: f64 = 0.7) -> f64
        fixed(x: Vector3<f64> = vector(3), s: f64 = 0.7) -> f64;
    pieces {
        x.map(|t| t.abs() + t.max(0.1) * t.min(0.3) + t.clamp(-0.5, 0.5)).sum() + s.max(x[0]) + s.abs() * s.min(x[1])
    }
        dynamic(x: DVector<f64> = vector(5), s: f64 = 0.7) -> f64
        fixed(x: SVector<f64, 5> = vector(5), s: f64 = 0.7) -> f64;
    two_arguments {
        x.map(|t| t.hypot(2.0) * t.mul_add(*s, 1.0) + t.atan2(*s)).sum() + s.hypot(x[0]) * s.mul_add(x[1], 3.0)
    }
        dynamic(x: DVector<f64> = vector(3), s: f64 = 0.7) -> f64
        fixed(x: Vector3<f64> = vector(3), s: f64 = 0.7) -> f64;
    matrix_abs {
        x.abs().sum() * x.component_mul(&x.abs()).norm()
    }
        dynamic(x: DMatrix<f64> = matrix(2, 3)) -> f64
        fixed(x: Matrix2x3<f64> = matrix(2, 3)) -> f64;
    zips {
        x.zip_map(y, |a, b| a * b.exp() - b).sum() + x.zip_zip_map(y, z, |a, b, c| a * b + c.sin() * a).norm_squared()
    }
        dynamic(x: DVector<f64> = vector(3), y: DVector<f64> = vector(3), z: DVector<f64> = vector(3)) -> f64
        fixed(x: Vector3<f64> = vector(3), y: Vector3<f64> = vector(3), z: Vector3<f64> = vector(3)) -> f64
        inactive(x: Vector3<f32> = vector(3); y: Vector3<f32> = vector(3), z: Vector3<f32> = vector(3)) -> f32;
    functions_by_path {
        x.map(f64::exp).sum() + x.map(matgrad::sigmoid).norm() + y.zip_map(x, f64::atan2).sum() + f64::sin(x[0]) + f64::powi(x[1], 3)
    }
        dynamic(x: DVector<f64> = vector(3), y: DVector<f64> = vector(3)) -> f64
        fixed(x: Vector3<f64> = vector(3), y: Vector3<f64> = vector(3)) -> f64;
    runtime_functions {
        x.map(|t| matgrad::sigmoid(t) + matgrad::softplus(t) * matgrad::relu(t)).sum()
            + matgrad::log_sum_exp(x) * matgrad::softmax(x).dot(x) + matgrad::log_softmax(x)[1]
    }
        dynamic(x: DVector<f64> = vector(3)) -> f64
        fixed(x: Vector3<f64> = vector(3)) -> f64
        single(x: Vector3<f32> = vector(3)) -> f32;
    runtime_functions_of_rows {
        matgrad::softmax_rows(x).component_mul(x).sum() + matgrad::log_sum_exp_rows(x).norm() + matgrad::log_softmax_rows(x)[(1, 2)]
    }
        dynamic(x: DMatrix<f64> = matrix(2, 3)) -> f64
        fixed(x: Matrix2x3<f64> = matrix(2, 3)) -> f64;
    conditions {
        x.map(|t| if t > 0.1 { t * t } else { -t }).sum()
            + x.zip_map(y, |a, b| if a <= b { a * b } else if b < 0.0 { b.exp() } else { a.sin() }).norm_squared()
            + x.map(|t| if *s != 0.0 { t * *s } else { 0.0 }).sum()
    }
        dynamic(x: DVector<f64> = vector(5), y: DVector<f64> = vector(5), s: f64 = 0.7) -> f64
        fixed(x: SVector<f64, 5> = vector(5), y: SVector<f64, 5> = vector(5), s: f64 = 0.7) -> f64;
    closures_with_statements {
        let scale = 2.0 * s;
        x.map(|t| {
            let u = t * scale;
            let v = u.sin();
            v * v + u
        })
        .sum()
    }
        dynamic(x: DVector<f64> = vector(3), s: f64 = number()) -> f64
        fixed(x: Vector3<f32> = vector(3), s: f32 = number()) -> f32;
    closures_by_name {
        let square = |t: f64| t * t + s;
        let twice = |v: &DVector<f64>| v * 2.0;
        square(x.norm()) + x.map(square).sum() + twice(x).norm_squared() + x.map(|t| square(t).sin()).sum()
    }
        dynamic(x: DVector<f64> = vector(3), s: f64 = number()) -> f64;
    closures_see_what_they_saw {
        let scale = 2.0;
        let f = |t: f64| t * scale;
        let scale = x.norm();
        f(scale) * scale + x.map(f).sum()
    }
        dynamic(x: DVector<f64> = vector(3)) -> f64;
    constant_closures {
        x.map(|_| 2.0).dot(x) + x.map(|_| *s).norm_squared() + x.map(|_| x.norm()).sum()
    }
        dynamic(x: DVector<f64> = vector(3), s: f64 = number()) -> f64
        fixed(x: Vector3<f64> = vector(3), s: f64 = number()) -> f64;
    many_operands {
        (w.component_mul(x) + y.component_mul(z)).map(f64::sin).component_mul(&(w - z)).sum()
    }
        dynamic(w: DVector<f64> = vector(3), x: DVector<f64> = vector(3), y: DVector<f64> = vector(3), z: DVector<f64> = vector(3)) -> f64
        fixed(w: Vector3<f64> = vector(3), x: Vector3<f64> = vector(3), y: Vector3<f64> = vector(3), z: Vector3<f64> = vector(3)) -> f64;
}
