//! Products of matrices.

use matgrad_tests::{cases, matrix, vector};
use nalgebra::{
    DMatrix, DVector, Matrix1, Matrix2, Matrix2x3, Matrix3, Matrix3x4, Matrix5x3, RowDVector, RowSVector, SMatrix, SVector,
    Vector2, Vector3, Vector4,
};

cases! {
    chains {
        (a * b * x).norm_squared() + (b.transpose() * a.transpose() * y).sum()
    }
        dynamic(
            a: DMatrix<f64> = matrix(5, 3), b: DMatrix<f64> = matrix(3, 2),
            x: DVector<f64> = vector(2), y: DVector<f64> = vector(5)
        ) -> f64
        fixed(
            a: Matrix5x3<f64> = matrix(5, 3), b: SMatrix<f64, 3, 2> = matrix(3, 2),
            x: Vector2<f64> = vector(2), y: SVector<f64, 5> = vector(5)
        ) -> f64;
    matrices {
        ((a * b).transpose() * (a * b)).trace() + (a.transpose() * a * c).sum()
    }
        dynamic(a: DMatrix<f64> = matrix(5, 3), b: DMatrix<f64> = matrix(3, 2), c: DMatrix<f64> = matrix(3, 7)) -> f64
        fixed(a: Matrix5x3<f64> = matrix(5, 3), b: SMatrix<f64, 3, 2> = matrix(3, 2), c: Matrix3x4<f64> = matrix(3, 4)) -> f64
        single(a: Matrix5x3<f32> = matrix(5, 3); b: SMatrix<f32, 3, 2> = matrix(3, 2), c: Matrix3x4<f32> = matrix(3, 4)) -> f32;
    tr_mul {
        a.tr_mul(x).norm_squared() + a.tr_mul(b).component_mul(&b.tr_mul(a).transpose()).sum()
    }
        dynamic(a: DMatrix<f64> = matrix(5, 3), x: DVector<f64> = vector(5), b: DMatrix<f64> = matrix(5, 2)) -> f64
        fixed(a: Matrix5x3<f64> = matrix(5, 3), x: SVector<f64, 5> = vector(5), b: SMatrix<f64, 5, 2> = matrix(5, 2)) -> f64;
    inner_products {
        x.dot(y) * x.dot(&(a * y)) + a.dot(&(x * y.transpose()))
    }
        dynamic(x: DVector<f64> = vector(3), y: DVector<f64> = vector(3), a: DMatrix<f64> = matrix(3, 3)) -> f64
        fixed(x: Vector3<f64> = vector(3), y: Vector3<f64> = vector(3), a: Matrix3<f64> = matrix(3, 3)) -> f64
        single(x: Vector3<f32> = vector(3), y: Vector3<f32> = vector(3), a: Matrix3<f32> = matrix(3, 3)) -> f32;
    tr_dot {
        r.tr_dot(x) + a.tr_dot(b) * r.tr_dot(x)
    }
        dynamic(
            r: RowDVector<f64> = matrix(1, 3), x: DVector<f64> = vector(3),
            a: DMatrix<f64> = matrix(3, 2), b: DMatrix<f64> = matrix(2, 3)
        ) -> f64
        fixed(
            r: RowSVector<f64, 3> = matrix(1, 3), x: Vector3<f64> = vector(3),
            a: SMatrix<f64, 3, 2> = matrix(3, 2), b: Matrix2x3<f64> = matrix(2, 3)
        ) -> f64;
    outer_products {
        (x * y.transpose()).component_mul(a).sum() + (x * y.transpose() * y).norm_squared()
    }
        dynamic(x: DVector<f64> = vector(3), y: DVector<f64> = vector(5), a: DMatrix<f64> = matrix(3, 5)) -> f64
        fixed(x: Vector3<f64> = vector(3), y: SVector<f64, 5> = vector(5), a: SMatrix<f64, 3, 5> = matrix(3, 5)) -> f64;
    rows_and_columns {
        (r * a * r.transpose())[0] + (r * a).dot(r) + (a * r.transpose()).norm_squared()
    }
        dynamic(r: RowDVector<f64> = matrix(1, 3), a: DMatrix<f64> = matrix(3, 3)) -> f64
        fixed(r: RowSVector<f64, 3> = matrix(1, 3), a: Matrix3<f64> = matrix(3, 3)) -> f64;
    one_by_one {
        let q = x.transpose() * a * x;
        q.to_scalar().exp() + q[(0, 0)] * q.x + (x * q).sum() + (q * 2.0).sum() + q.trace() + q.determinant()
    }
        dynamic(x: DVector<f64> = vector(3), a: DMatrix<f64> = matrix(3, 3)) -> f64
        fixed(x: Vector3<f64> = vector(3), a: Matrix3<f64> = matrix(3, 3)) -> f64;
    one_by_one_parameters {
        (x * m).norm_squared() + (m * m).x * m.to_scalar() + (m + m * 2.0).norm()
    }
        fixed(m: Matrix1<f64> = matrix(1, 1), x: Vector3<f64> = vector(3)) -> f64;
    powers {
        (a.pow(3) * x).norm_squared() + a.pow(2).trace() + a.pow(1).sum() + a.pow(0).sum()
    }
        dynamic(a: DMatrix<f64> = matrix(3, 3), x: DVector<f64> = vector(3)) -> f64
        fixed(a: Matrix3<f64> = matrix(3, 3), x: Vector3<f64> = vector(3)) -> f64;
    kronecker {
        (a.kronecker(b) * x).norm_squared() + b.kronecker(a).component_mul(&a.kronecker(b)).sum() + y.kronecker(z).dot(x)
    }
        dynamic(
            a: DMatrix<f64> = matrix(2, 2), b: DMatrix<f64> = matrix(2, 2), x: DVector<f64> = vector(4)
            ; y: DVector<f64> = vector(2), z: DVector<f64> = vector(2)
        ) -> f64
        fixed(
            a: Matrix2<f64> = matrix(2, 2), b: Matrix2<f64> = matrix(2, 2), x: Vector4<f64> = vector(4)
            ; y: Vector2<f64> = vector(2), z: Vector2<f64> = vector(2)
        ) -> f64;
    kronecker_of_other_shapes {
        (a.kronecker(b) * x).norm_squared() + y.kronecker(z).norm_squared() * (z * y.transpose()).sum()
    }
        dynamic(
            a: DMatrix<f64> = matrix(2, 3), b: DMatrix<f64> = matrix(5, 2), y: DVector<f64> = vector(2), z: DVector<f64> = vector(3)
            ; x: DVector<f64> = vector(6)
        ) -> f64
        fixed(
            a: Matrix2x3<f64> = matrix(2, 3), b: SMatrix<f64, 5, 2> = matrix(5, 2), y: Vector2<f64> = vector(2), z: Vector3<f64> = vector(3)
            ; x: SVector<f64, 6> = vector(6)
        ) -> f64;
    cross {
        x.cross(y).dot(z) + x.cross(&y.cross(x)).norm_squared()
    }
        fixed(x: Vector3<f64> = vector(3), y: Vector3<f64> = vector(3), z: Vector3<f64> = vector(3)) -> f64
        single(x: Vector3<f32> = vector(3), y: Vector3<f32> = vector(3), z: Vector3<f32> = vector(3)) -> f32
        rows(x: RowSVector<f64, 3> = matrix(1, 3), y: RowSVector<f64, 3> = matrix(1, 3), z: RowSVector<f64, 3> = matrix(1, 3)) -> f64
        dynamic(x: DVector<f64> = vector(3), y: DVector<f64> = vector(3), z: DVector<f64> = vector(3)) -> f64;
}
