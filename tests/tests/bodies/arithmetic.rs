//! `+ - * /`, negation, scaling.

use matgrad_tests::{cases, matrix, number, positive, vector};
use nalgebra::{DMatrix, DVector, Matrix3x2, RowDVector, RowVector3, SMatrix, SVector, Vector3};

cases! {
    sums_and_differences {
        let sum = x + y;
        let more = &sum - x * 2.0 + y / 4.0;
        (more - 0.5 * &sum).norm_squared()
    }
        dynamic(x: DVector<f64> = vector(5), y: DVector<f64> = vector(5)) -> f64
        fixed(x: SVector<f64, 5> = vector(5), y: SVector<f64, 5> = vector(5)) -> f64
        rows(x: RowDVector<f64> = matrix(1, 5), y: RowDVector<f64> = matrix(1, 5)) -> f64
        matrices(x: Matrix3x2<f32> = matrix(3, 2), y: Matrix3x2<f32> = matrix(3, 2)) -> f32;
    negation {
        let z = -x;
        -(-&z - y).norm_squared() + (-y).sum() - -z.sum()
    }
        dynamic(x: DVector<f64> = vector(5), y: DVector<f64> = vector(5)) -> f64
        fixed(x: SVector<f32, 5> = vector(5), y: SVector<f32, 5> = vector(5)) -> f32;
    scalars_with_matrices {
        (x * *s - x / *t).norm_squared() + x.scale(*t).sum() * x.unscale(*s).dot(x)
    }
        dynamic(x: DVector<f64> = vector(5), s: f64 = 0.7, t: f64 = 1.3) -> f64
        fixed(x: SVector<f64, 5> = vector(5), s: f64 = 0.7, t: f64 = 1.3) -> f64
        single(x: SVector<f32, 5> = vector(5), s: f32 = 0.7, t: f32 = 1.3) -> f32
        rows(x: RowVector3<f64> = matrix(1, 3), s: f64 = 0.7, t: f64 = 1.3) -> f64;
    scalars_on_the_left {
        (2.0 * x + 0.5 * (3.0 * y)).norm_squared()
    }
        dynamic(x: DVector<f64> = vector(5), y: DVector<f64> = vector(5)) -> f64
        fixed(x: SVector<f32, 5> = vector(5), y: SVector<f32, 5> = vector(5)) -> f32;
    add_scalar {
        x.add_scalar(s * 2.0).component_mul(&x.add_scalar(1.0)).sum()
    }
        dynamic(x: DMatrix<f64> = matrix(3, 2), s: f64 = number()) -> f64
        fixed(x: Matrix3x2<f64> = matrix(3, 2), s: f64 = number()) -> f64;
    scalar_arithmetic {
        let product = s * t - s / t + *s;
        -product * 2.0 / (1.0 + t * t) - (s - t) * 3.0 + s / 2.0 / t
    }
        numbers(s: f64 = number(), t: f64 = 1.7) -> f64
        single(s: f32 = number(), t: f32 = 1.7) -> f32;
    quotients {
        x.sum() / (x.norm() + y.norm()) - 1.0 / (2.0 + y.sum())
    }
        dynamic(x: DVector<f64> = vector(5), y: DVector<f64> = vector(5)) -> f64
        fixed(x: SVector<f64, 5> = vector(5), y: SVector<f64, 5> = vector(5)) -> f64;
    components {
        (x.component_mul(y) + x.component_div(y)).component_mul(x).sum()
    }
        dynamic(x: DMatrix<f64> = matrix(3, 2), y: DMatrix<f64> = positive(3, 2)) -> f64
        fixed(x: Matrix3x2<f64> = matrix(3, 2), y: Matrix3x2<f64> = positive(3, 2)) -> f64
        single(x: Vector3<f32> = vector(3), y: Vector3<f32> = positive(3, 1)) -> f32;
    operands_by_value_and_by_reference {
        let p = a * x;
        let q = &p + y;
        let r = p.clone() - &q;
        let s = q.clone() * 2.0 + r.clone();
        (p + q + &r + s).dot(&r)
    }
        dynamic(a: DMatrix<f64> = matrix(4, 3), x: DVector<f64> = vector(3), y: DVector<f64> = vector(4)) -> f64
        fixed(a: SMatrix<f64, 4, 3> = matrix(4, 3), x: Vector3<f64> = vector(3), y: SVector<f64, 4> = vector(4)) -> f64;
    a_sum_of_many {
        (a + b + a * 2.0 - b * 3.0 + (a - b) * 0.5).component_mul(c).sum() + (a + b.transpose().transpose()).norm_squared()
    }
        dynamic(a: DMatrix<f64> = matrix(3, 2), b: DMatrix<f64> = matrix(3, 2), c: DMatrix<f64> = matrix(3, 2)) -> f64;
}
