//! Reductions.

use matgrad_tests::{cases, distinct, matrix, positive, vector};
use nalgebra::{DMatrix, DVector, Matrix2x3, Matrix3, RowDVector, RowVector3, SMatrix, Vector3};

cases! {
    sums {
        a.sum() * a.mean() + (a.tr_mul(a)).sum() + x.sum().exp() + x.mean()
    }
        dynamic(a: DMatrix<f64> = matrix(5, 3), x: DVector<f64> = vector(3)) -> f64
        fixed(a: SMatrix<f64, 5, 3> = matrix(5, 3), x: Vector3<f64> = vector(3)) -> f64
        single(a: SMatrix<f32, 5, 3> = matrix(5, 3), x: Vector3<f32> = vector(3)) -> f32
        rows(a: DMatrix<f64> = matrix(5, 3), x: RowDVector<f64> = matrix(1, 3)) -> f64;
    traces {
        a.trace() * (a * b).trace() + (a * b * a.transpose()).trace() + (a + b).trace()
    }
        dynamic(a: DMatrix<f64> = matrix(3, 3), b: DMatrix<f64> = matrix(3, 3)) -> f64
        fixed(a: Matrix3<f64> = matrix(3, 3), b: Matrix3<f64> = matrix(3, 3)) -> f64;
    norms {
        x.norm() * a.norm_squared() + a.norm().sin() + x.norm_squared().sqrt() + x.magnitude() * a.magnitude_squared()
    }
        dynamic(a: DMatrix<f64> = matrix(5, 3), x: DVector<f64> = vector(3)) -> f64
        fixed(a: SMatrix<f64, 5, 3> = matrix(5, 3), x: Vector3<f64> = vector(3)) -> f64
        single(a: DMatrix<f32> = matrix(5, 3), x: DVector<f32> = vector(3)) -> f32
        rows(a: Matrix2x3<f64> = matrix(2, 3), x: RowVector3<f64> = matrix(1, 3)) -> f64;
    lp_norms {
        x.lp_norm(1) + x.lp_norm(2) * a.lp_norm(3) + x.lp_norm(4)
    }
        dynamic(a: DMatrix<f64> = matrix(5, 3), x: DVector<f64> = vector(3)) -> f64
        fixed(a: SMatrix<f64, 5, 3> = matrix(5, 3), x: Vector3<f64> = vector(3)) -> f64;
    products {
        a.product() + x.product() * a.sum()
    }
        dynamic(a: DMatrix<f64> = positive(2, 3), x: DVector<f64> = positive(3, 1)) -> f64
        fixed(a: Matrix2x3<f64> = positive(2, 3), x: Vector3<f64> = positive(3, 1)) -> f64;
    extremes {
        a.max() * a.min() + x.amax() * x.amin() + (a * x).max().exp() + x.max()
    }
        dynamic(a: DMatrix<f64> = distinct(5, 3), x: DVector<f64> = distinct(3, 1)) -> f64
        fixed(a: SMatrix<f64, 5, 3> = distinct(5, 3), x: Vector3<f64> = distinct(3, 1)) -> f64
        rows(a: Matrix2x3<f64> = distinct(2, 3), x: Vector3<f64> = distinct(3, 1)) -> f64;
    extremes_of_few {
        a.max() * a.min() + x.amax() * x.amin()
    }
        single(a: Matrix2x3<f32> = distinct(2, 3), x: Vector3<f32> = distinct(3, 1)) -> f32;
    sums_of_rows_and_columns {
        a.row_sum().norm_squared() + a.column_sum().dot(&(a * x)) + a.row_mean().sum() * a.column_mean().norm()
            + (a.row_sum() * x)[0] + (a.row_mean() * a.transpose()).norm_squared()
    }
        dynamic(a: DMatrix<f64> = matrix(5, 3), x: DVector<f64> = vector(3)) -> f64
        fixed(a: SMatrix<f64, 5, 3> = matrix(5, 3), x: Vector3<f64> = vector(3)) -> f64;
    variances {
        a.variance() * x.variance() + (a * x).variance().sqrt()
    }
        dynamic(a: DMatrix<f64> = matrix(5, 3), x: DVector<f64> = vector(3)) -> f64
        fixed(a: SMatrix<f64, 5, 3> = matrix(5, 3), x: Vector3<f64> = vector(3)) -> f64;
    sizes {
        x.sum() * x.len() as f64 + a.norm_squared() / (a.nrows() * a.ncols()) as f64 - x[0] * (a.shape().0 + 1) as f64
    }
        dynamic(a: DMatrix<f64> = matrix(5, 3), x: DVector<f64> = vector(3)) -> f64
        fixed(a: SMatrix<f64, 5, 3> = matrix(5, 3), x: Vector3<f64> = vector(3)) -> f64;
}
