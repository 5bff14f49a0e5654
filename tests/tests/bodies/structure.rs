//! Structure: blocks, entries, diagonals, constructors.

use matgrad::grad;
use matgrad_tests::{cases, check, matrix as sample, number, vector as column};
use nalgebra::{
    DMatrix, DVector, Matrix2, Matrix2x3, Matrix3, Matrix3x2, RowDVector, RowVector2, RowVector3, SMatrix, SVector, Vector2,
    Vector3, Vector4, matrix, stack, vector,
};

cases! {
    transposes {
        (a.transpose() * x).norm_squared() + a.transpose().component_mul(b).sum() + x.transpose().norm()
    }
        dynamic(a: DMatrix<f64> = sample(3, 2), x: DVector<f64> = column(3), b: DMatrix<f64> = sample(2, 3)) -> f64
        fixed(a: Matrix3x2<f64> = sample(3, 2), x: Vector3<f64> = column(3), b: Matrix2x3<f64> = sample(2, 3)) -> f64;
    diagonals {
        a.diagonal().dot(x) + (a * a).diagonal().norm_squared()
    }
        dynamic(a: DMatrix<f64> = sample(3, 3), x: DVector<f64> = column(3)) -> f64
        fixed(a: Matrix3<f64> = sample(3, 3), x: Vector3<f64> = column(3)) -> f64;
    from_diagonal_dynamic {
        (DMatrix::from_diagonal(x) * a).norm_squared() + DMatrix::from_diagonal(&(x * 2.0)).sum()
    }
        dynamic(a: DMatrix<f64> = sample(3, 2), x: DVector<f64> = column(3)) -> f64;
    from_diagonal_fixed {
        (Matrix3::from_diagonal(x) * a).norm_squared() + SMatrix::<f64, 3, 3>::from_diagonal(&(x * 2.0)).sum()
    }
        fixed(a: Matrix3x2<f64> = sample(3, 2), x: Vector3<f64> = column(3)) -> f64;
    entries {
        x[0] * x[2] - x[1] * a[(1, 0)] + a[(2, 1)].exp() * r[1]
    }
        dynamic(x: DVector<f64> = column(3), a: DMatrix<f64> = sample(3, 2), r: RowDVector<f64> = sample(1, 2)) -> f64
        fixed(x: Vector3<f64> = column(3), a: Matrix3x2<f64> = sample(3, 2), r: RowVector2<f64> = sample(1, 2)) -> f64
        single(x: Vector3<f32> = column(3), a: Matrix3x2<f32> = sample(3, 2), r: RowVector2<f32> = sample(1, 2)) -> f32;
    entries_of_expressions {
        (a * x)[1] * (x + y)[0] + (x * y.transpose())[(1, 2)] + x.map(f64::exp)[2]
    }
        dynamic(a: DMatrix<f64> = sample(3, 3), x: DVector<f64> = column(3), y: DVector<f64> = column(3)) -> f64
        fixed(a: Matrix3<f64> = sample(3, 3), x: Vector3<f64> = column(3), y: Vector3<f64> = column(3)) -> f64;
    coordinates {
        v.x * v.y - v.z / v.w.exp() + r.x * r.z + m.m12 * m.m21 - m.m23
    }
        fixed(v: Vector4<f64> = column(4), r: RowVector3<f64> = sample(1, 3), m: Matrix2x3<f64> = sample(2, 3)) -> f64;
    columns_and_rows {
        a.column(1).dot(x) + (a.row(2) * b.column(0))[0] + a.columns(1, 2).norm_squared() + a.rows(0, 2).sum() * x.rows(1, 2).norm()
    }
        dynamic(a: DMatrix<f64> = sample(5, 3), x: DVector<f64> = column(5), b: DMatrix<f64> = sample(3, 2)) -> f64
        fixed(a: SMatrix<f64, 5, 3> = sample(5, 3), x: SVector<f64, 5> = column(5), b: Matrix3x2<f64> = sample(3, 2)) -> f64;
    views {
        a.view((1, 0), (2, 3)).norm_squared() + (a.view((0, 1), (3, 2)) * b).sum() + (a.view((2, 1), (1, 1)) * 2.0).sum()
    }
        dynamic(a: DMatrix<f64> = sample(5, 3), b: DMatrix<f64> = sample(2, 2)) -> f64
        fixed(a: SMatrix<f64, 5, 3> = sample(5, 3), b: Matrix2<f64> = sample(2, 2)) -> f64;
    fixed_views {
        (a.fixed_view::<2, 2>(1, 0) * b.fixed_columns::<2>(1)).norm_squared() + a.fixed_rows::<3>(2).sum() * x.fixed_rows::<2>(1).norm()
            + (b.fixed_rows::<1>(0) * x.fixed_rows::<3>(0)).x
    }
        dynamic(a: DMatrix<f64> = sample(5, 3), b: DMatrix<f64> = sample(2, 3), x: DVector<f64> = column(5)) -> f64
        fixed(a: SMatrix<f64, 5, 3> = sample(5, 3), b: Matrix2x3<f64> = sample(2, 3), x: SVector<f64, 5> = column(5)) -> f64;
    views_of_expressions {
        (a * b).column(1).norm_squared() + (x * 2.0).rows(1, 2).sum() + (a * x).view((1, 0), (2, 1)).norm() + (a * b).row(0).sum()
    }
        dynamic(a: DMatrix<f64> = sample(5, 3), b: DMatrix<f64> = sample(3, 2), x: DVector<f64> = column(3)) -> f64
        fixed(a: SMatrix<f64, 5, 3> = sample(5, 3), b: Matrix3x2<f64> = sample(3, 2), x: Vector3<f64> = column(3)) -> f64;
    views_kept {
        let c = a.column(1);
        let top = a.rows(0, 2);
        let owned = top.into_owned() * 2.0;
        let again = a.columns(0, 2).clone_owned();
        c.dot(&a.column(0)) + owned.norm_squared() + again.sum() * c.norm()
    }
        dynamic(a: DMatrix<f64> = sample(5, 3)) -> f64
        fixed(a: SMatrix<f64, 5, 3> = sample(5, 3)) -> f64;
    triangles {
        (a.lower_triangle() * b).norm_squared() + a.upper_triangle().component_mul(b).sum() + (a.symmetric_part() * b).trace()
    }
        dynamic(a: DMatrix<f64> = sample(3, 3), b: DMatrix<f64> = sample(3, 3)) -> f64
        fixed(a: Matrix3<f64> = sample(3, 3), b: Matrix3<f64> = sample(3, 3)) -> f64;
    vectors_of_entries {
        let v = vector![*s, t * 2.0, x[1], 1.0];
        let w = Vector4::new(*t, 0.0, s.sin(), x.sum());
        v.dot(&w) + v.norm()
    }
        fixed(s: f64 = number(), t: f64 = number(), x: Vector3<f64> = column(3)) -> f64
        dynamic(s: f64 = number(), t: f64 = number(), x: DVector<f64> = column(3)) -> f64;
    matrices_of_entries {
        let r = matrix![s.cos(), -s.sin(); s.sin(), s.cos()];
        let q = Matrix2::new(*t, 1.0, x[0], x[1]);
        (r * q * x).norm_squared() + r.component_mul(&q).sum() + RowVector3::new(*s, *t, 2.0).sum()
    }
        fixed(s: f64 = number(), t: f64 = number(), x: Vector2<f64> = column(2)) -> f64;
    stacks {
        let m = stack![a, b; c, 0];
        let v = stack![x; y];
        (m * v).norm_squared() + stack![x, y].component_mul(&stack![y, x]).sum()
    }
        dynamic(
            a: DMatrix<f64> = sample(2, 3), b: DMatrix<f64> = sample(2, 3), x: DVector<f64> = column(3), y: DVector<f64> = column(3)
            ; c: DMatrix<f64> = sample(4, 3)
        ) -> f64
        fixed(
            a: Matrix2x3<f64> = sample(2, 3), b: Matrix2x3<f64> = sample(2, 3), x: Vector3<f64> = column(3), y: Vector3<f64> = column(3)
            ; c: SMatrix<f64, 4, 3> = sample(4, 3)
        ) -> f64;
    stacks_of_products {
        stack![a * x; x * *s; a.transpose() * y].norm_squared()
    }
        dynamic(a: DMatrix<f64> = sample(2, 3), x: DVector<f64> = column(3), y: DVector<f64> = column(2), s: f64 = number()) -> f64;
    from_columns_dynamic {
        let m = DMatrix::from_columns(&[x.clone(), y * 2.0, x.clone()]);
        (m.transpose() * x).norm_squared() + DMatrix::from_rows(&[x.transpose(), y.transpose()]).component_mul(a).sum()
    }
        dynamic(x: DVector<f64> = column(3), y: DVector<f64> = column(3), a: DMatrix<f64> = sample(2, 3)) -> f64;
    from_columns_fixed {
        let m = Matrix3::from_columns(&[*x, y * 2.0, *x]);
        (m.transpose() * x).norm_squared() + Matrix2x3::from_rows(&[x.transpose(), y.transpose()]).component_mul(a).sum()
    }
        fixed(x: Vector3<f64> = column(3), y: Vector3<f64> = column(3), a: Matrix2x3<f64> = sample(2, 3)) -> f64;
    constants_of_shape_dynamic {
        let n = x.len();
        (a + DMatrix::identity(n, n) * 2.0 + DMatrix::from_element(n, n, *s)).norm_squared()
            + (x + DVector::zeros(n) + DVector::repeat(n, s * 2.0) + DVector::from_element(3, 1.0)).norm()
    }
        dynamic(x: DVector<f64> = column(3), a: DMatrix<f64> = sample(3, 3), s: f64 = number()) -> f64;
    constants_of_shape_fixed {
        (a + Matrix3::identity() * 2.0 + SMatrix::<f64, 3, 3>::from_element(*s)).norm_squared()
            + (x + Vector3::zeros() + Vector3::repeat(s * 2.0) + SVector::<f64, 3>::from_element(1.0)).norm()
    }
        fixed(x: Vector3<f64> = column(3), a: Matrix3<f64> = sample(3, 3), s: f64 = number()) -> f64;
    vec_dynamic {
        let v = DVector::from_column_slice(a.as_slice());
        (b * &v).norm_squared() + DMatrix::from_column_slice(3, 2, x.as_slice()).component_mul(a).sum()
    }
        dynamic(a: DMatrix<f64> = sample(3, 2), b: DMatrix<f64> = sample(2, 6), x: DVector<f64> = column(6)) -> f64;
    vec_fixed {
        let v = SVector::<f64, 6>::from_column_slice(a.as_slice());
        (b * v).norm_squared() + Matrix3x2::from_column_slice(x.as_slice()).component_mul(a).sum()
    }
        fixed(a: Matrix3x2<f64> = sample(3, 2), b: SMatrix<f64, 2, 6> = sample(2, 6), x: SVector<f64, 6> = column(6)) -> f64;
    normalize {
        x.normalize().dot(y)
    }
        dynamic(x: DVector<f64> = column(3), y: DVector<f64> = column(3)) -> f64
        fixed(x: Vector3<f64> = column(3), y: Vector3<f64> = column(3)) -> f64;
}

#[grad(x, a)]
fn positions(x: &DVector<f64>, a: &DMatrix<f64>, i: usize, n: usize) -> f64 {
    let last = x.len() - 1;
    let middle = a.ncols() / 2;
    x[i] * x[last]
        + a[(i, middle)] * a[(last, 0)]
        + a.column(i).dot(x) * a.row(n - 1).sum()
        + x.rows(i, n).norm_squared()
        + a.view((i, 0), (n, middle)).sum()
        + (a.columns(middle, 1) * 2.0).norm()
}

#[test]
fn positions_known_at_run_time() {
    let at: (DVector<f64>, DMatrix<f64>) = (column(5), sample(5, 3));
    let (x, a) = at.clone();
    for (i, n) in [(0, 5), (1, 2), (2, 3)] {
        let (gradient, both) = (positions_grad(&x, &a, i, n), positions_value_and_grad(&x, &a, i, n));
        check(&at, |(x, a)| positions(x, a, i, n), gradient, both);
    }
}

#[grad(x)]
fn indices_of_other_types(x: &DVector<f64>, table: &[usize], k: u8, pair: (usize, usize)) -> f64 {
    x[table[0]] * x[table[1]] + x[usize::from(k)] * x[pair.0] + x[k as usize + pair.1]
}

#[test]
fn indices_from_any_inactive_code() {
    let x = column(5);
    let (gradient, both) =
        (indices_of_other_types_grad(&x, &[1, 4], 2, (1, 2)), indices_of_other_types_value_and_grad(&x, &[1, 4], 2, (1, 2)));
    check(&x, |x| indices_of_other_types(x, &[1, 4], 2, (1, 2)), gradient, both);
}

#[grad(x)]
fn generic_blocks<const N: usize>(x: &SVector<f64, N>, a: &SMatrix<f64, N, N>) -> f64 {
    let head = x.fixed_rows::<2>(0);
    let tail = x.fixed_rows::<2>(N - 2);
    head.dot(&tail) + a.fixed_view::<2, N>(0, 0).tr_mul(&head).dot(x) + (a * x).fixed_rows::<1>(N - 1).x
}

#[test]
fn blocks_of_generic_size() {
    let (x, a) = (column::<SVector<f64, 5>>(5), sample(5, 5));
    check(&x, |x| generic_blocks(x, &a), generic_blocks_grad(&x, &a), generic_blocks_value_and_grad(&x, &a));
}
