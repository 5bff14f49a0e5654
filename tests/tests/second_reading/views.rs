//! Views, as parameters and of them.

use nalgebra::*;

use crate::readings;

readings! {
    v1 by (x) {
        #[grad(x)]
        pub fn f(x: DVectorView<f64>) -> f64 {
            x.norm_squared()
        }
    }
        at { let x = crate::ramp(5); } (x.as_view());
    v2 by (x) {
        #[grad(x)]
        pub fn f(x: DVectorView<'_, f64>) -> f64 {
            x.norm_squared()
        }
    }
        at { let x = crate::ramp(5); } (x.as_view());
    v3 by (x) {
        #[grad(x)]
        pub fn f(x: &DVectorView<'_, f64>) -> f64 {
            x.norm_squared() + x[0]
        }
    }
        at { let x = crate::ramp(5); } (&x.as_view());
    v4 by (x) {
        #[grad(x)]
        pub fn f(x: DMatrixView<f64>) -> f64 {
            x.norm_squared() + x.sum()
        }
    }
        at { let x = crate::mat(4,4); } (x.view((0,0),(4,4)));
    v5 by (x) {
        #[grad(x)]
        pub fn f(x: DMatrixView<f64>) -> f64 {
            x.trace() * x.determinant()
        }
    }
        at { let x = crate::mat(3,3); } (x.as_view());
    v6 by (x) {
        #[grad(x)]
        pub fn f(x: DMatrixView<f64>, y: DMatrixView<f64>) -> f64 {
            (x * y).norm()
        }
    }
        at { let x = crate::mat(3,3); let y = crate::mat(5,5); } (x.as_view(), y.view((1,1),(3,2)));
    v7 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>, y: DMatrixView<'_, f64, Dyn, Dyn>) -> f64 {
            (x * y).norm()
        }
    }
        at { let x = crate::mat(3,3); let y = crate::mat(5,5); } (&x, y.view_with_steps((0,0),(3,2),(1,1)));
    v9 by (x) {
        #[grad(x)]
        pub fn f(x: &Vector3<f64>, y: VectorView<'_, f64, U3>) -> f64 {
            x.dot(&y)
        }
    }
        at { let x = Vector3::new(1.0,2.0,3.0); let y = Matrix3::new(1.0,2.0,3.0,4.0,5.0,6.0,7.0,8.0,9.0); } (&x, y.column(1));
    v10 by (x) {
        #[grad(x)]
        pub fn f(x: VectorView3<f64>, y: VectorView3<f64>) -> f64 {
            x.dot(&y) + y.norm()
        }
    }
        at { let x = Vector3::new(1.0,2.0,3.0); let y = Vector3::new(0.5,0.1,0.2); } (x.as_view(), y.as_view());
    v12 by (x) {
        #[grad(x)]
        pub fn f(x: &Vector3<f64>, m: SMatrixView<f64, 3, 3>) -> f64 {
            (m * x).norm_squared()
        }
    }
        at { let x = Vector3::new(1.0,2.0,3.0); let m = Matrix3::new(1.0,2.0,3.0,4.0,5.0,6.0,7.0,8.0,9.0); } (&x, m.as_view());
    v13 by (x) {
        #[grad(x)]
        pub fn f(x: &Vector3<f64>, m: MatrixView3<f64>) -> f64 {
            (m * x).norm_squared()
        }
    }
        at { let x = Vector3::new(1.0,2.0,3.0); let m = Matrix3::new(1.0,2.0,3.0,4.0,5.0,6.0,7.0,8.0,9.0); } (&x, m.as_view());
    v14 by (x) {
        #[grad(x)]
        pub fn f(x: &Vector3<f64>, m: MatrixView3<'_, f64>) -> f64 {
            (m * x).norm_squared()
        }
    }
        at { let x = Vector3::new(1.0,2.0,3.0); let m = Matrix3x4::repeat(0.5); } (&x, m.fixed_columns::<3>(1));
    v15 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.rows(1, 3).norm() + x.rows(0, 2).sum()
        }
    }
        at { let x = crate::ramp(5); } (&x);
    v16 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let v = x.rows(1, 3);
            let w = v.rows(1, 2);
            w.norm() * v.sum()
        }
    }
        at { let x = crate::ramp(5); } (&x);
    v17 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let v = x.rows(1, 3);
            v.transpose().dot(&v.transpose()) * v[2]
        }
    }
        at { let x = crate::ramp(5); } (&x);
    v18 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let v: DVectorView<f64> = x.as_view();
            v.norm()
        }
    }
        at { let x = crate::ramp(5); } (&x);
    v19 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let v = x.column(0);
            let w = x.row(1);
            (w * v).norm() + (v * w).trace()
        }
    }
        at { let x = crate::mat(3,3); } (&x);
    v20 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let (a, b) = (x.column(0), x.column(2));
            a.dot(&b) + a.component_mul(&b).sum() + (a - b).norm_squared()
        }
    }
        at { let x = crate::mat(3,3); } (&x);
    v21 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let a = x.column(0).clone_owned();
            let b = x.column(1).into_owned();
            (a + b).norm()
        }
    }
        at { let x = crate::mat(3,3); } (&x);
    v23 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let a = x.view((0, 1), (2, 2)).into_owned();
            (&a * &a).trace() + a.determinant() + a.clone().try_inverse().unwrap().sum()
        }
    }
        at { let x = crate::mat(3,3); } (&x);
    v24 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let a = x.fixed_view::<2, 2>(0, 1);
            (a * a).trace() + a.determinant() + a.try_inverse().unwrap().sum()
        }
    }
        at { let x = crate::mat(3,3); } (&x);
    v25 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let a = x.fixed_view::<2, 2>(0, 1).into_owned();
            (a * a).trace() + a.determinant() + a.try_inverse().unwrap().sum()
        }
    }
        at { let x = crate::mat(3,3); } (&x);
    v26 by (x) {
        #[grad(x)]
        pub fn f(x: &Vector3<f64>, y: &Vector2<f64>) -> f64 {
            x.fixed_rows::<2>(1).dot(&y) + x.xy().norm()
        }
    }
        at { let x = Vector3::new(1.0,2.0,3.0); let y = Vector2::new(0.3, 0.5); } (&x, &y);
    v27 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let r = x.row(0);
            r.sum() + r[1] * r.norm() + r.dot(&x.row(1)) + r.transpose().dot(&x.column(1))
        }
    }
        at { let x = crate::mat(3,3); } (&x);
    v28 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.rows(1, 2).component_mul(&x.rows(2, 2)).sum() + x.row(2).iter().sum::<f64>()
        }
    }
        at { let x = crate::mat(5,3); } (&x);
    v29 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            (x.columns(0, 2).transpose() * x.columns(1, 2)).trace() + x.columns(0, 2).tr_mul(&x.columns(1, 2)).sum()
        }
    }
        at { let x = crate::mat(4,3); } (&x);
    v30 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.diagonal().norm() + x.diagonal().rows(0, 2).sum() * x.column(1).rows(1, 2)[0]
        }
    }
        at { let x = crate::mat(3,3); } (&x);
    v31 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>, y: DVectorView<f64>) -> f64 {
            let d = x.diagonal();
            let s: DVectorView<f64> = d.as_view();
            s.dot(&y)
        }
    }
        at { let x = crate::mat(3,3); let y = crate::ramp(3); } (&x, y.as_view());
    v32 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, y: DMatrixView<'_, f64, Dyn, Dyn>) -> f64 {
            x.dot(&y.column(0)) + y.sum() * x[0]
        }
    }
        at { let x = crate::ramp(3); let y = crate::mat(6,4); } (&x, y.view_with_steps((0,0),(3,3),(1,0)));
    v33 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>, y: DMatrixView<f64>) -> f64 {
            y.component_mul(x).sum() + y.map(|t| t * t).sum() * x.sum()
        }
    }
        at { let x = crate::mat(2,2); let y = crate::mat(6,4); } (&x, y.view((1,1),(2,2)));
    v34 by (x) {
        #[grad(x)]
        pub fn f(x: DMatrixView<f64>, y: DMatrixView<f64>) -> f64 {
            y.zip_map(&x, |a, b| a * b * b).sum()
        }
    }
        at { let x = crate::mat(2,2); let y = crate::mat(6,4); } (x.as_view(), y.view((1,1),(2,2)));
    v36 by (x) {
        #[grad(x)]
        pub fn f(x: DMatrixView<f64>, y: DVectorView<f64>) -> f64 {
            x.into_owned().lu().solve(&y.into_owned()).unwrap().sum()
        }
    }
        at { let x = crate::mat(3,3) + DMatrix::identity(3,3); let y = crate::ramp(3); } (x.as_view(), y.as_view());
    v37 by (x, y) {
        #[grad(x, y)]
        pub fn f(x: DMatrixView<f64>, y: DVectorView<f64>) -> f64 {
            x.clone_owned().lu().solve(&y).unwrap().norm()
        }
    }
        at { let x = crate::mat(3,3) + DMatrix::identity(3,3); let y = crate::ramp(3); } (x.as_view(), y.as_view());
    v38 by (x, y) {
        #[grad(x, y)]
        pub fn f(x: &DVector<f64>, y: &DMatrix<f64>) -> f64 {
            x.norm() + y.norm()
        }
    }
        at { let x = crate::ramp(3); let y = crate::mat(3,3); } (&x, &y);
    v39 by (x, y) {
        #[grad(x, y)]
        pub fn f(x: DMatrixView<f64>, y: DMatrixView<f64>) -> f64 {
            x.tr_mul(&y).norm() + (x.adjoint() * y).trace()
        }
    }
        at { let x = crate::mat(3,2); let y = crate::mat(3,2); } (x.as_view(), y.as_view());
    v40 by (x) {
        #[grad(x)]
        pub fn f(x: DVectorView<f64>) -> f64 {
            let a = x;
            let b = a;
            let c = &b;
            let d = *c;
            d.norm_squared() + a[0]
        }
    }
        at { let x = crate::ramp(3); } (x.as_view());
    v41 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let a = x;
            let b = a.clone();
            let c = &b;
            (c + a).norm_squared()
        }
    }
        at { let x = crate::ramp(3); } (&x);
    v45 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let v = x.row(1).transpose();
            let s = v.as_slice();
            DVector::from_column_slice(s).norm()
        }
    }
        at { let x = crate::mat(3,3); } (&x);
    v46 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            DVector::from_column_slice(x.as_slice()).norm_squared() + DMatrix::from_column_slice(2, 3, x.as_slice()).row(0).sum()
        }
    }
        at { let x = crate::ramp(6); } (&x);
    v48 by (x) {
        #[grad(x)]
        pub fn f(x: DVectorView<f64>) -> f64 {
            let mut v = x.clone_owned();
            v[0] *= 2.0;
            v.rows_mut(1, 2).fill(0.0);
            v.norm_squared()
        }
    }
        at { let x = crate::ramp(5); } (x.as_view());
    v49 by (x) {
        #[grad(x)]
        pub fn f(x: DVectorView<f64>) -> f64 {
            let mut v = x.clone_owned();
            v.rows_mut(1, 2).copy_from(&x.rows(0, 2));
            v.norm_squared()
        }
    }
        at { let x = crate::ramp(5); } (x.as_view());
    v50 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let mut v = x.clone();
            v.set_column(0, &x.column(1));
            v.set_row(1, &x.row(0));
            v.norm_squared() + v.sum()
        }
    }
        at { let x = crate::mat(3,3); } (&x);
    v52 by (x) {
        use std::ops::AddAssign;
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let mut v = x.clone();
            v.column_mut(0).add_assign(&x.column(1));
            v.norm_squared()
        }
    }
        at { let x = crate::mat(3,3); } (&x);
    v53 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let mut v = x.clone();
            v.column_mut(0).axpy(2.0, &x.column(1), 0.5);
            v.norm_squared()
        }
    }
        at { let x = crate::mat(3,3); } (&x);
    v54 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let mut v = x.clone();
            v.swap_rows(0, 1);
            v.row(0).sum() * v.row(2).norm()
        }
    }
        at { let x = crate::mat(3,3); } (&x);
    v55 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, y: &DVector<f64>) -> f64 {
            let b: DVectorView<f64> = y.rows(0, 3);
            x.dot(&b)
        }
    }
        at { let x = crate::ramp(3); let y = crate::ramp(5); } (&x, &y);
    v56 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, y: &DVector<f64>) -> f64 {
            let b = y.rows(0, 3);
            let c: DVector<f64> = b.into_owned();
            x.dot(&c) + x.dot(&b)
        }
    }
        at { let x = crate::ramp(3); let y = crate::ramp(5); } (&x, &y);
    v57 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, y: &DVector<f64>) -> f64 {
            let mut y = y.clone();
            let s: f64 = y.rows(0, 3).sum();
            y.fill(s);
            x.dot(&y)
        }
    }
        at { let x = crate::ramp(5); let y = crate::ramp(5); } (&x, &y);
    v58 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, y: &DVector<f64>) -> f64 {
            let mut w: DVector<f64> = y.clone();
            let b = w.rows(0, 3).into_owned();
            let p = x.rows(0, 3).dot(&b);
            w[0] = 100.0;
            p + x.dot(&w)
        }
    }
        at { let x = crate::ramp(5); let y = crate::ramp(5); } (&x, &y);
    v59 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, y: &DVector<f64>) -> f64 {
            let mut w: DVector<f64> = y.clone();
            let p = {
                let b: DVectorView<f64> = w.as_view();
                x.dot(&b)
            };
            w[0] = 100.0;
            p * x.dot(&w)
        }
    }
        at { let x = crate::ramp(5); let y = crate::ramp(5); } (&x, &y);
    v61 by (x) {
        #[grad(x)]
        pub fn f<S: nalgebra::storage::Storage<f64, Dyn>>(x: &DVector<f64>, y: &Vector<f64, Dyn, S>) -> f64 {
            x.dot(&y)
        }
    }
        at { let x = crate::ramp(5); let y = crate::ramp(5); } (&x, &y);
    v62 by (x) {
        #[grad(x)]
        pub fn f<S: nalgebra::storage::Storage<f64, Dyn, U1>>(x: &DVector<f64>, y: &Matrix<f64, Dyn, U1, S>) -> f64 {
            x.dot(y)
        }
    }
        at { let x = crate::ramp(5); let y = crate::ramp(5); } (&x, &y);
    v64 by (x) {
        #[grad(x)]
        pub fn f(x: &OMatrix<f64, U2, U2>) -> f64 {
            x.norm_squared() + x.sum()
        }
    }
        at { let x = Matrix2::new(1.0,2.0,3.0,4.0); } (&x);
    v65 by (x) {
        #[grad(x)]
        pub fn f(x: &OMatrix<f64, Const<2>, Const<2>>) -> f64 {
            x.norm_squared() + x.sum() * x[(1, 0)]
        }
    }
        at { let x = Matrix2::new(1.0,2.0,3.0,4.0); } (&x);
    v66 by (x) {
        #[grad(x)]
        pub fn f(x: &RowDVector<f64>, y: &RowDVector<f64>) -> f64 {
            x.dot(y)
        }
    }
        at { let x = crate::ramp(3).transpose(); let y = crate::ramp(3).transpose(); } (&x, &y);
    v69 by (x) {
        #[grad(x)]
        pub fn f<'a>(x: nalgebra::DVectorView<'a, f64>) -> f64 {
            x.norm_squared()
        }
    }
        at { let x = crate::ramp(3); } (x.as_view());
    v70 by (x) {
        #[grad(x)]
        pub fn f<'a, 'b: 'a>(x: DVectorView<'a, f64>, y: DVectorView<'b, f64>) -> f64 {
            x.norm_squared() + y.sum() * x[1]
        }
    }
        at { let x = crate::ramp(3); let y = crate::ramp(3); } (x.as_view(), y.as_view());
    v71 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let [a, b] = [x.rows(0, 2), x.rows(1, 2)];
            a.dot(&b)
        }
    }
        at { let x = crate::ramp(3); } (&x);
    v72 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, k: usize) -> f64 {
            x.rows(0, k).norm_squared() * x.rows(k, x.len() - k).sum()
        }
    }
        at { let x = crate::ramp(5); } (&x, 2)
        at { let x = crate::ramp(5); } (&x, 5)
        at { let x = crate::ramp(5); } (&x, 6);
    v73 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>, r: usize, c: usize) -> f64 {
            x.view((r, c), (2, 1)).norm()
        }
    }
        at { let x = crate::mat(4,3); } (&x, 1, 2)
        at { let x = crate::mat(4,3); } (&x, 3, 2);
    v75 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.column_iter().map(|c| c.norm()).sum::<f64>() + x.row_iter().map(|r| r.sum().powi(2)).sum::<f64>()
        }
    }
        at { let x = crate::mat(4,3); } (&x);
    v80 by (x) {
        #[grad(x)]
        pub fn f(x: DMatrixView<f64>) -> f64 {
            x.upper_triangle().norm() + x.lower_triangle().rows(1, 2).sum()
        }
    }
        at { let x = crate::mat(3,3); } (x.as_view());
    v81 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let a = x.columns(0, 2);
            let q = a.transpose() * a;
            q.determinant() + (&q + q.transpose()).trace()
        }
    }
        at { let x = crate::mat(4,3); } (&x);
    v82 by (x) {
        #[grad(x)]
        pub fn f(x: VectorView3<f32>, y: VectorView3<f32>) -> f32 {
            x.norm() * y.amax()
        }
    }
        at { let x = Vector3::new(1.0f32,2.0,3.0); let y = Vector3::new(1.0f32,2.0,3.0); } (x.as_view(), y.as_view()) within 5e-2;
}
