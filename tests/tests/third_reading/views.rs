//! Views: parts of matrices, parts of parts, and parameters that are views, with gaps between their columns and between their entries.

use nalgebra::*;

use crate::readings;

readings! {
    v1 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.column(0).rows(1, 2).norm() + x.row(1).columns(0, 2).sum()
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v2 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.view((1, 0), (2, 2)).determinant() * x[(0, 2)]
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v4 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let v = x.columns(1, 2); (v.transpose() * v).determinant()
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v5 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let v = x.rows(1, 2); (v * v.transpose()).trace() + (v.tr_mul(&v)).sum()
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v6 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.fixed_view::<2, 2>(1, 1).determinant() + x.fixed_rows::<1>(2).sum()
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v7 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let a = x.fixed_columns::<2>(0); let b = x.fixed_columns::<2>(1); a.dot(&b) + a.component_mul(&b).norm()
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v8 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let r = x.row(0); let s = x.row(2); r.dot(&s) + (r + s).norm() + (r * s.transpose())[0]
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v9 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let r = x.row(1).transpose(); let s = x.row(2).clone_owned(); r.dot(&s.transpose()) * r[2]
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v10 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.row(0).iter().zip(x.column(2).iter()).map(|(a, b)| a * b).sum()
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v11 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.row_iter().map(|r| r.norm()).sum::<f64>() + x.column_iter().map(|c| c[0] * c[1]).sum::<f64>()
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v12 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.columns(0, 2).row_iter().map(|r| r[0] * r[1]).sum()
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v13 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.columns(0, 2).column_iter().enumerate().map(|(i, c)| c.norm() * i as f64).sum()
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v14 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.rows(0, 2).column_sum().dot(&x.rows(1, 2).column_sum())
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v15 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.view((0, 0), (2, 3)).row_sum().norm() + x.view((1, 0), (2, 3)).row_mean()[1]
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v16 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.columns(1, 2).diagonal().product() + x.rows(1, 2).diagonal().sum()
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v17 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.view((0, 0), (2, 2)).lower_triangle().sum() + x.view((1, 1), (2, 2)).upper_triangle().norm()
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v18 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.view((0, 0), (2, 2)).into_owned().try_inverse().unwrap().trace()
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v19 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let v = x.view((0, 0), (2, 2)); let y = x.view((0, 2), (2, 1)); v.clone_owned().lu().solve(&y).unwrap().norm()
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v20 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let n = x.nrows() - 1; let v = x.view((0, 0), (n, n)); v.trace() + x[(n, n)] * v[(n - 1, 0)]
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v21 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let v = x.rows(0, x.nrows() / 2 + 1); v.norm_squared() * v.nrows() as f64
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v22 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let (a, b) = (x.columns(0, 1), x.columns(1, x.ncols() - 1)); (a.transpose() * b).norm()
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v30 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let v = &x.column(1); let w = &&x.column(2); v.dot(*w) + v[0]
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v31 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let c = x.column(1); let c = c.rows(0, 2); let x = 3.0; c.norm() * x
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v32 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let c = x.column(x.ncols() - 1); c.max() + c.min() * c.amax()
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v33 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let mut y = DMatrix::zeros(3, 3); y.column_mut(1).copy_from(&x.column(0)); y.row_mut(2).copy_from(&x.row(1)); y.norm() + y.sum()
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v34 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let mut y = x.clone(); y.view_mut((0, 0), (2, 2)).fill(1.5); y.norm() + y.sum()
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v35 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let mut y = x.clone(); y.rows_mut(1, 2).scale_mut(3.0); y.norm() + y.row(0).sum()
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v36 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let mut y = x.clone(); { let mut c = y.column_mut(0); c += x.column(2); } y.norm_squared() * y[(0, 0)]
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v37 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let mut y = x.clone(); y.set_column(2, &x.row(0).transpose()); y.set_row(0, &x.column(1).transpose()); y.norm()
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v38 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let mut y = x.clone(); y.column_mut(1).axpy(2.0, &x.column(0), 0.5); y.norm()
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v39 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let mut y = x.clone(); for mut c in y.column_iter_mut() { c *= 2.0; } y.norm() + x.sum()
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v40 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let mut s = 0.0; for c in x.columns(1, 2).column_iter() { s += c.norm(); } s
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v41 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let mut s = 0.0; for i in 0..x.ncols() - 1 { s += x.column(i).dot(&x.column(i + 1)); } s
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v42 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let mut s = 0.0; for i in 0..x.nrows() { s += x.view((i, 0), (1, i + 1)).norm_squared(); } s
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v43 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let mut s = 0.0; for i in 1..x.nrows() { s += x.row(i).columns(0, 2).sum() * x.row(i - 1)[2]; } s
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v44 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let v: DMatrixView<f64> = x.view((0, 0), (2, 3)); v.norm() + v.transpose().column(1).sum()
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v45 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let v: DVectorView<'_, f64> = x.column(1); v.norm() * v.len() as f64
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v47 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let v = x.column(0); let f = |k: usize| v[k] * 2.0; f(0) * f(1) + f(2)
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v48 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let v = x.columns(0, 2); let g = |i: usize| v.row(i).norm(); g(0) + g(2)
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v49 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            (x.column(0) - x.column(1)).norm() + (x.row(0) * 2.0 - x.row(1)).amax()
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v50 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            (-x.column(0)).dot(&(x.column(1) / 2.0)) + (2.0 * x.row(1)).sum()
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v51 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.column(0).map(|t| t.sin()).dot(&x.column(1).map(|t| t.cos()))
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v52 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.row(0).zip_map(&x.row(1), |a, b| a * b.exp()).sum()
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v53 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.column(0).component_div(&x.column(2)).sum() + x.row(2).normalize().sum()
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v54 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.column(1).cross(&x.column(2)).norm()
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v55 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.column(1).kronecker(&x.row(2)).norm()
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v56 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let c = x.column(0); DMatrix::from_diagonal(&c.into_owned()).determinant() + c.variance()
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v57 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            DMatrix::from_columns(&[x.column(2), x.column(0)]).norm() + DMatrix::from_rows(&[x.row(1), x.row(1)]).sum()
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v58 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let all: Vec<_> = x.column_iter().map(|c| c.norm()).collect(); all[0] * all[2]
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v59 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.column_iter().zip(x.row_iter()).map(|(c, r)| (r * c)[0]).sum()
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v61 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.column_iter().skip(1).map(|c| c.sum().exp()).sum()
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v62 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.row_iter().take(2).map(|c| c.sum().sin()).sum()
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v63 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.column_iter().fold(1.0, |p, c| p * c.norm())
        }
    }
        at { let x = crate::mat(3, 3); } (&x);
    v64 by (x) {
        #[grad(x)]
        pub fn f(x: DMatrixView<f64>) -> f64 {
            x.column(0).norm() + x.rows(1, 2).sum() + x[(2, 1)]
        }
    }
        at { let x = crate::mat(3, 3); } (x.as_view());
    v65 by (x) {
        #[grad(x)]
        pub fn f(x: DMatrixView<'_, f64, Dyn, Dyn>) -> f64 {
            (x * x.transpose()).trace()
        }
    }
        at { let x = crate::mat(3, 3); } (x.view_with_steps((0, 0), (3, 3), (0, 0)));
    v66 by (x) {
        #[grad(x)]
        pub fn f(x: DMatrixView<'_, f64, Dyn, Dyn>) -> f64 {
            x.column(0).dot(&x.row(0).transpose()) + x.norm()
        }
    }
        at { let x = crate::mat(3, 3); } (x.view_with_steps((0, 0), (3, 3), (0, 0)));
    v67 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrixView<'_, f64>) -> f64 {
            let y = x.clone_owned(); y.determinant() + x.trace()
        }
    }
        at { let x = crate::mat(3, 3); } (&x.as_view());
    v68 by (x) {
        #[grad(x)]
        pub fn f(x: DMatrixView<f64>) -> f64 {
            let mut y = x.into_owned(); y[(0, 0)] = 2.0; y.determinant()
        }
    }
        at { let x = crate::mat(3, 3); } (x.as_view());
    v69 by (x) {
        #[grad(x)]
        pub fn f(x: DMatrixView<f64>) -> f64 {
            let y = x; y.transpose().norm() + (y + y).sum()
        }
    }
        at { let x = crate::mat(3, 3); } (x.as_view());
    v70 by (x) {
        #[grad(x)]
        pub fn f(x: DMatrixView<f64>) -> f64 {
            x.map(|t| t.tanh()).sum() + x.iter().map(|t| t * t).sum::<f64>()
        }
    }
        at { let x = crate::mat(3, 3); } (x.as_view());
    v71 by (x) {
        #[grad(x)]
        pub fn f(x: DMatrixView<f64>) -> f64 {
            let mut s = 0.0; for i in 0..x.nrows() { for j in 0..i { s += x[(i, j)] * x[(j, i)]; } } s
        }
    }
        at { let x = crate::mat(3, 3); } (x.as_view());
    v72 by (x) {
        #[grad(x)]
        pub fn f(x: DVectorView<f64>) -> f64 {
            x.rows(1, 2).norm() * x[0]
        }
    }
        at { let x = crate::ramp(3); } (x.as_view());
    v73 by (x) {
        #[grad(x)]
        pub fn f(x: DVectorView<f64>) -> f64 {
            let y = DVector::from_column_slice(&[1.0, 2.0, 3.0]); x.dot(&y) + (x + &y).norm() + (&y - x).sum()
        }
    }
        at { let x = crate::ramp(3); } (x.as_view());
    v74 by (x) {
        #[grad(x)]
        pub fn f(x: DVectorView<f64>) -> f64 {
            x.iter().enumerate().map(|(i, t)| t * i as f64).sum::<f64>() + x.as_slice()[1]
        }
    }
        at { let x = crate::ramp(3); } (x.as_view());
    v77 by (x) {
        #[grad(x)]
        pub fn f(x: VectorView3<f64>) -> f64 {
            x.cross(&Vector3::new(1.0, 2.0, 3.0)).norm() + x.x * x.y
        }
    }
        at { let x = Vector3::new(0.4, -0.7, 1.1); } (x.as_view());
    v78 by (x) {
        #[grad(x)]
        pub fn f(x: VectorView<'_, f64, U3, U1, U3>) -> f64 {
            x.x * x.z + x.norm()
        }
    }
        at { let x = Vector3::new(0.4, -0.7, 1.1); } (x.as_view());
    v79 by (x) {
        #[grad(x)]
        pub fn f(x: MatrixView3<f64>) -> f64 {
            x.determinant() + x.m12 * x.m31 + x.fixed_view::<2, 2>(0, 0).trace()
        }
    }
        at { let x = Matrix3::new(0.4, -0.7, 1.1, 0.3, 0.9, -0.2, 1.3, 0.6, 0.8); } (x.as_view());
    v80 by (x) {
        #[grad(x)]
        pub fn f(x: SMatrixView<f64, 3, 3>) -> f64 {
            (x * Vector3::new(1.0, 2.0, 0.5)).norm() + x.column(1).sum()
        }
    }
        at { let x = Matrix3::new(0.4, -0.7, 1.1, 0.3, 0.9, -0.2, 1.3, 0.6, 0.8); } (x.as_view());
    v81 by (x) {
        #[grad(x)]
        pub fn f(x: MatrixView<'_, f64, U2, U3, U1, U3>) -> f64 {
            x.norm() + (x * x.transpose()).determinant()
        }
    }
        at { let x = Matrix2x3::new(0.4, -0.7, 1.1, 0.3, 0.9, -0.2); } (crate::padded(&x).fixed_rows::<2>(1));
    v82 by (x) {
        #[grad(x)]
        pub fn f(x: MatrixView2x3<'_, f64, U1, U3>) -> f64 {
            x.row(1).sum() * x.column(2).norm()
        }
    }
        at { let x = Matrix2x3::new(0.4, -0.7, 1.1, 0.3, 0.9, -0.2); } (crate::padded(&x).fixed_rows::<2>(1));
    v83 by (x) {
        #[grad(x)]
        pub fn f(x: VectorView<'_, f64, Const<3>>) -> f64 {
            x.norm() + x.fixed_rows::<2>(1).sum()
        }
    }
        at { let x = Vector3::new(0.4, -0.7, 1.1); } (x.as_view());
    v85 by (x) {
        #[grad(x)]
        pub fn f(x: &Matrix3<f64>) -> f64 {
            let v = x.fixed_view::<2, 3>(1, 0); (v * v.transpose()).determinant() + v.column(0).x
        }
    }
        at { let x = Matrix3::new(0.4, -0.7, 1.1, 0.3, 0.9, -0.2, 1.3, 0.6, 0.8); } (&x);
    v87 by (x) {
        #[grad(x)]
        pub fn f(x: &Matrix3<f64>) -> f64 {
            let [a, b] = [x.column(0), x.column(1)]; a.cross(&b).dot(&x.column(2))
        }
    }
        at { let x = Matrix3::new(0.4, -0.7, 1.1, 0.3, 0.9, -0.2, 1.3, 0.6, 0.8); } (&x);
    v88 by (x) {
        #[grad(x)]
        pub fn f(x: &Matrix3<f64>) -> f64 {
            let r = x.fixed_rows::<2>(0); let s = x.fixed_rows::<2>(1); (r - s).norm() + r.component_mul(&s).sum()
        }
    }
        at { let x = Matrix3::new(0.4, -0.7, 1.1, 0.3, 0.9, -0.2, 1.3, 0.6, 0.8); } (&x);
    v89 by (x) {
        #[grad(x)]
        pub fn f(x: &Matrix3<f64>) -> f64 {
            let d = x.diagonal(); d.fixed_rows::<2>(1).norm() * d.x
        }
    }
        at { let x = Matrix3::new(0.4, -0.7, 1.1, 0.3, 0.9, -0.2, 1.3, 0.6, 0.8); } (&x);
    v90 by (x) {
        #[grad(x)]
        pub fn f(x: &Matrix3<f64>) -> f64 {
            x.fixed_columns::<1>(0).dot(&x.fixed_columns::<1>(2)) + x.fixed_rows::<1>(0).dot(&x.fixed_rows::<1>(1))
        }
    }
        at { let x = Matrix3::new(0.4, -0.7, 1.1, 0.3, 0.9, -0.2, 1.3, 0.6, 0.8); } (&x);
    v91 by (x) {
        #[grad(x)]
        pub fn f(x: &Matrix3<f64>) -> f64 {
            let mut y = *x; y.fixed_view_mut::<2, 2>(0, 1).copy_from(&x.fixed_view::<2, 2>(1, 0)); y.determinant()
        }
    }
        at { let x = Matrix3::new(0.4, -0.7, 1.1, 0.3, 0.9, -0.2, 1.3, 0.6, 0.8); } (&x);
    v92 by (x) {
        #[grad(x)]
        pub fn f(x: &Matrix3<f64>) -> f64 {
            let mut y = *x; y.column_mut(0).copy_from(&Vector3::new(1.0, 0.5, 2.0)); y.determinant() + y.row(1).norm()
        }
    }
        at { let x = Matrix3::new(0.4, -0.7, 1.1, 0.3, 0.9, -0.2, 1.3, 0.6, 0.8); } (&x);
    v93 by (x) {
        #[grad(x)]
        pub fn f(x: &Matrix3<f64>) -> f64 {
            let mut y = x.clone_owned(); y.swap_columns(0, 2); y.swap_rows(1, 2); y.fixed_view::<2, 2>(0, 0).determinant()
        }
    }
        at { let x = Matrix3::new(0.4, -0.7, 1.1, 0.3, 0.9, -0.2, 1.3, 0.6, 0.8); } (&x);
    v94 by (x) {
        #[grad(x)]
        pub fn f(x: &Matrix3<f64>) -> f64 {
            let v = x.view((0, 1), (2, 2)); v.determinant() * v.norm()
        }
    }
        at { let x = Matrix3::new(0.4, -0.7, 1.1, 0.3, 0.9, -0.2, 1.3, 0.6, 0.8); } (&x);
    v95 by (x) {
        #[grad(x)]
        pub fn f(x: &Matrix3<f64>) -> f64 {
            let v = x.rows(1, 2); (v * x.columns(0, 1)).norm()
        }
    }
        at { let x = Matrix3::new(0.4, -0.7, 1.1, 0.3, 0.9, -0.2, 1.3, 0.6, 0.8); } (&x);
    v96 by (x) {
        #[grad(x)]
        pub fn f(x: &Matrix3<f64>) -> f64 {
            x.row(0).transpose().cross(&x.column(0)).norm() + x.row(0)[2]
        }
    }
        at { let x = Matrix3::new(0.4, -0.7, 1.1, 0.3, 0.9, -0.2, 1.3, 0.6, 0.8); } (&x);
    v97 by (x) {
        #[grad(x)]
        pub fn f(x: &Vector6<f64>) -> f64 {
            let (p, q) = (x.fixed_rows::<3>(0), x.fixed_rows::<3>(3)); p.cross(&q).norm() + p.dot(&q)
        }
    }
        at { let x = Vector6::new(0.4, -0.7, 1.1, 0.3, 0.9, -0.2); } (&x);
    v98 by (x) {
        #[grad(x)]
        pub fn f(x: &Vector6<f64>) -> f64 {
            let (p, q) = (x.fixed_rows::<3>(0).into_owned(), x.fixed_rows::<3>(3).clone_owned()); (p - q).normalize().x
        }
    }
        at { let x = Vector6::new(0.4, -0.7, 1.1, 0.3, 0.9, -0.2); } (&x);
    v99 by (x) {
        #[grad(x)]
        pub fn f(x: &Vector6<f64>) -> f64 {
            Matrix3::from_columns(&[x.fixed_rows::<3>(0), x.fixed_rows::<3>(1), x.fixed_rows::<3>(3)]).determinant()
        }
    }
        at { let x = Vector6::new(0.4, -0.7, 1.1, 0.3, 0.9, -0.2); } (&x);
    v100 by (x) {
        #[grad(x)]
        pub fn f(x: &Vector6<f64>) -> f64 {
            let v = x.rows(1, 4); let w = v.fixed_rows::<2>(2); w.norm() + v[3]
        }
    }
        at { let x = Vector6::new(0.4, -0.7, 1.1, 0.3, 0.9, -0.2); } (&x);
    v101 by (x) {
        #[grad(x)]
        pub fn f(x: &Vector6<f64>) -> f64 {
            x.xy().norm() + x.xyz().dot(&x.fixed_rows::<3>(2))
        }
    }
        at { let x = Vector6::new(0.4, -0.7, 1.1, 0.3, 0.9, -0.2); } (&x);
    v102 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let m = DMatrixView::from_slice(x.as_slice(), 2, 3); m.norm() + m[(1, 2)]
        }
    }
        at { let x = crate::ramp(6); } (&x);
    v103 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let m = DMatrix::from_column_slice(2, 3, x.as_slice()); m.column(2).norm() + m.row(0).sum()
        }
    }
        at { let x = crate::ramp(6); } (&x);
    v105 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let m = DMatrix::from_row_slice(2, 3, x.as_slice()); (m.columns(0, 2) * m.rows(0, 2).column(1)).norm()
        }
    }
        at { let x = crate::ramp(6); } (&x);
    v106 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let h = x.len() / 2; x.rows(0, h).dot(&x.rows(h, h)) + x.rows(h, x.len() - h).sum()
        }
    }
        at { let x = crate::ramp(6); } (&x);
    v107 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let (a, b) = (x.rows(0, 3), x.rows(3, 3)); (a * b.transpose()).determinant() + (a.transpose() * b)[(0, 0)]
        }
    }
        at { let x = crate::ramp(6); } (&x);
    v108 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.as_slice().windows(2).map(|w| (w[1] - w[0]).powi(2)).sum()
        }
    }
        at { let x = crate::ramp(6); } (&x);
    v109 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.as_slice().chunks_exact(2).map(|w| w[0] * w[1]).sum()
        }
    }
        at { let x = crate::ramp(6); } (&x);
    v110 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let s = &x.as_slice()[1..4]; s[0] * s[2] + s.iter().sum::<f64>()
        }
    }
        at { let x = crate::ramp(6); } (&x);
    v111 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let s = x.as_slice(); let (a, b) = s.split_at(2); a[1] * b[3] + b.len() as f64 * a[0]
        }
    }
        at { let x = crate::ramp(6); } (&x);
    v113 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut y = x.clone(); let z = x.rows(0, 3) * 2.0; y.rows_mut(3, 3).copy_from(&z); y.norm_squared() * y[4]
        }
    }
        at { let x = crate::ramp(6); } (&x);
    v115 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut y = DVector::zeros(6); y.rows_mut(1, 2).copy_from(&x.rows(0, 2)); y.fixed_rows_mut::<2>(4).copy_from(&x.rows(4, 2)); y.norm() + y[0]
        }
    }
        at { let x = crate::ramp(6); } (&x);
    v116 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let v = x.rows(2, 2); let w = { let v = x.rows(0, 2); v.norm() }; v.norm() * w
        }
    }
        at { let x = crate::ramp(6); } (&x);
    v117 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, k: usize) -> f64 {
            let v = x.rows(k, 2); let k = 0; v[k] * v.norm()
        }
    }
        at { let x = crate::ramp(6); } (&x, 1);
    v118 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, k: usize) -> f64 {
            if k > 0 { x.rows(k, 2).norm() } else { x.rows(0, x.len()).sum() }
        }
    }
        at { let x = crate::ramp(6); } (&x, 3);
    v119 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, k: usize) -> f64 {
            let mut s = 1.0; let mut i = k; while i + 1 < x.len() { s *= x.rows(i, 2).norm(); i += 2; } s
        }
    }
        at { let x = crate::ramp(6); } (&x, 1);
    v120 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, k: usize) -> f64 {
            x.rows(k, x.len() - k).iter().rev().map(|t| t.exp()).sum()
        }
    }
        at { let x = crate::ramp(6); } (&x, 4);
}
