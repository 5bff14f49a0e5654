//! Methods of nalgebra's that are short for others.

use matgrad_tests::{cases, matrix, number, positive, vector};
use nalgebra::{DMatrix, DVector, Matrix2x3, Matrix3, Matrix4, RowVector3, SMatrix, SVector, Vector2, Vector3};

cases! {
    conjugates {
        x.adjoint().norm() + (x.ad_mul(y) * x.hermitian_part()).trace() + x.dotc(y)
    }
        dynamic(x: DMatrix<f64> = matrix(3, 3), y: DMatrix<f64> = matrix(3, 3)) -> f64
        fixed(x: Matrix3<f32> = matrix(3, 3), y: Matrix3<f32> = matrix(3, 3)) -> f32;
    distance {
        x.metric_distance(y) * x.lerp(y, *s).norm_squared() + x.lerp(y, 0.25).sum()
    }
        dynamic(x: DVector<f64> = vector(5), y: DVector<f64> = vector(5), s: f64 = number()) -> f64
        fixed(x: Vector3<f64> = vector(3), y: Vector3<f64> = vector(3), s: f64 = 0.3) -> f64;
    extremes_of_two {
        x.sup(y).dot(z) + x.inf(y).norm() + x.camax() * x.camin()
    }
        dynamic(x: DMatrix<f64> = matrix(2, 3), y: DMatrix<f64> = matrix(2, 3), z: DMatrix<f64> = matrix(2, 3)) -> f64
        fixed(x: Matrix2x3<f64> = matrix(2, 3), y: Matrix2x3<f64> = matrix(2, 3), z: Matrix2x3<f64> = matrix(2, 3)) -> f64;
    cross_matrices {
        (x.cross_matrix() * y).dot(x) + (m * x.cross_matrix() * m).trace() + (y.transpose() * x.cross_matrix() * m).norm_squared()
            + (x.cross_matrix() * y.cross_matrix()).component_mul(m).sum() + (x.cross_matrix().transpose() * y).norm()
    }
        fixed(x: Vector3<f64> = vector(3), y: Vector3<f64> = vector(3), m: Matrix3<f64> = matrix(3, 3)) -> f64
        single(x: Vector3<f32> = vector(3), y: Vector3<f32> = vector(3), m: Matrix3<f32> = matrix(3, 3)) -> f32;
    rotation_by_a_small_angle {
        (r * x.cross_matrix() * v - y).norm_squared()
    }
        fixed(x: Vector3<f64> = vector(3); r: Matrix3<f64> = matrix(3, 3), v: Vector3<f64> = vector(3), y: Vector3<f64> = vector(3)) -> f64;
    perpendicular {
        x.perp(y) * x.perp(&(y + x)).sin()
    }
        fixed(x: Vector2<f64> = vector(2), y: Vector2<f64> = vector(2)) -> f64;
    swizzles {
        x.xy().perp(&x.zx()) + x.yz().norm() * x.zyx().dot(&x.xxx()) + x.xyz().norm_squared() + x.xy().y * x.zx().x
    }
        fixed(x: Vector3<f64> = vector(3)) -> f64;
    homogeneous {
        (m * x.push(1.0)).xyz().norm() + (m * x.to_homogeneous()).norm_squared() + x.push(x.norm())[3]
    }
        fixed(x: Vector3<f64> = vector(3), m: Matrix4<f64> = matrix(4, 4)) -> f64;
    homogeneous_transformations {
        (x.to_homogeneous() * y.push(1.0)).norm_squared() + (x.to_homogeneous() * x.to_homogeneous()).trace()
    }
        fixed(x: Matrix3<f64> = matrix(3, 3), y: Vector3<f64> = vector(3)) -> f64
        dynamic(x: DMatrix<f64> = matrix(3, 3), y: DVector<f64> = vector(3)) -> f64;
    pushed {
        x.push(2.0).push(x[0]).norm()
    }
        fixed(x: SVector<f64, 5> = vector(5)) -> f64
        dynamic(x: DVector<f64> = vector(5)) -> f64;
    means_and_variances {
        x.row_variance().norm() + x.column_variance().norm_squared() + x.row_variance_tr().dot(&x.row_sum_tr()) * x.row_mean_tr().sum()
    }
        dynamic(x: DMatrix<f64> = matrix(5, 3)) -> f64
        fixed(x: SMatrix<f64, 5, 3> = matrix(5, 3)) -> f64
        row(x: RowVector3<f64> = matrix(1, 3)) -> f64;
    mapped_diagonal {
        x.map_diagonal(|t| t * t.sin()).dot(&x.column(0))
    }
        dynamic(x: DMatrix<f64> = matrix(3, 3)) -> f64
        fixed(x: Matrix3<f64> = matrix(3, 3)) -> f64;
    other_factorizations {
        let (c, d) = (a.clone().qr(), a.clone().full_piv_lu());
        c.solve(b).unwrap().norm() + d.solve(b).unwrap().sum() * d.determinant() + c.try_inverse().unwrap().trace()
    }
        dynamic(a: DMatrix<f64> = matrix(5, 5), b: DVector<f64> = vector(5)) -> f64
        fixed(a: Matrix3<f64> = matrix(3, 3), b: Vector3<f64> = vector(3)) -> f64;
    pivoted_columns {
        a.clone().col_piv_qr().solve(b).expect("regular").norm_squared()
    }
        dynamic(a: DMatrix<f64> = matrix(5, 5), b: DMatrix<f64> = matrix(5, 2)) -> f64;
    least_squares_by_svd {
        let s = a.clone().svd(true, true);
        s.solve(b, 1e-9).unwrap().norm_squared() + s.singular_values.sum() + s.pseudo_inverse(1e-9).unwrap().sum()
    }
        tall(a: DMatrix<f64> = matrix(5, 3), b: DVector<f64> = vector(5)) -> f64
        wide(a: DMatrix<f64> = matrix(3, 5), b: DMatrix<f64> = matrix(3, 2)) -> f64
        fixed(a: SMatrix<f64, 4, 2> = matrix(4, 2), b: SVector<f64, 4> = vector(4)) -> f64;
    unpacked {
        (x * x.transpose() + DMatrix::identity(3, 3)).cholesky().unwrap().unpack().sum()
    }
        dynamic(x: DMatrix<f64> = matrix(3, 3)) -> f64;
    angles {
        let (s, c) = t.sin_cos();
        s * c.exp() + (30.0 * t).to_radians().tan() - (0.01 * t).to_degrees().sin() + x.map(|t| t.sin_cos().1).norm()
    }
        dynamic(t: f64 = 0.7, x: DVector<f64> = vector(3)) -> f64
        single(t: f32 = 0.7, x: Vector3<f32> = vector(3)) -> f32;
    bases {
        t.log(3.0) + s.log(t + 1.0) + t.exp2() + x.map(|t| t.log(2.5) * t.exp2()).sum()
    }
        dynamic(t: f64 = 0.7, s: f64 = 2.5, x: DVector<f64> = positive(3, 1)) -> f64
        fixed(t: f32 = 0.7, s: f32 = 2.5, x: Vector3<f32> = positive(3, 1)) -> f32;
}
