//! Special points, with limits by hand: singular matrices, equal eigenvalues, sizes 0 and 1, `f32` and generic numbers.

use nalgebra::*;

use crate::readings;

readings! {
    p1 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.determinant()
        }
    }
        at { let x = DMatrix::from_row_slice(2,2,&[0.,0.,0.,0.]); } (&x) => [0.,0.,0.,0.]
        at { let x = DMatrix::from_row_slice(2,2,&[1.,2.,2.,4.]); } (&x) => [4.,-2.,-2.,1.]
        at { let x = DMatrix::from_row_slice(0,0,&[]); } (&x) => []
        at { let x = DMatrix::from_row_slice(1,1,&[0.]); } (&x) => [1.];
    p2 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.determinant()
        }
    }
        at { let x = DMatrix::<f64>::zeros(3,3); } (&x) => [0.,0.,0.,0.,0.,0.,0.,0.,0.]
        at { let x = DMatrix::from_row_slice(3,3,&[1.,0.,0.,0.,1.,0.,0.,0.,0.]); } (&x) => [0.,0.,0.,0.,0.,0.,0.,0.,1.];
    p3 by (x) {
        #[grad(x)]
        pub fn f(x: &Matrix3<f64>) -> f64 {
            x.determinant()
        }
    }
        at { let x = Matrix3::<f64>::zeros(); } (&x) => [0.,0.,0.,0.,0.,0.,0.,0.,0.]
        at { let x = Matrix3::new(1.,0.,0.,0.,1.,0.,0.,0.,0.); } (&x) => [0.,0.,0.,0.,0.,0.,0.,0.,1.];
    p4 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.determinant().powi(2)
        }
    }
        at { let x = DMatrix::from_row_slice(2,2,&[1.,2.,2.,4.]); } (&x) => [0.,0.,0.,0.];
    p5 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.determinant().abs().ln()
        }
    }
        at { let x = DMatrix::from_row_slice(2,2,&[1e-200,0.,0.,1e-200]); } (&x) => [1e200,0.,0.,1e200]
        at { let x = DMatrix::from_row_slice(2,2,&[1e200,0.,0.,1e200]); } (&x) => [1e-200,0.,0.,1e-200]
        at { let x = DMatrix::from_row_slice(2,2,&[0.,1.,1.,0.]); } (&x) => [0.,1.,1.,0.];
    p6 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.clone().try_inverse().unwrap().trace()
        }
    }
        at { let x = DMatrix::from_row_slice(2,2,&[0.,1.,1.,0.]); } (&x) => [-1.,0.,0.,-1.]
        at { let x = DMatrix::from_row_slice(2,2,&[1e100,0.,0.,1e100]); } (&x) => [-1e-200,0.,0.,-1e-200]
        at { let x = DMatrix::from_row_slice(2,2,&[0.,0.,0.,1.]); } (&x);
    p7 by (x, y) {
        #[grad(x, y)]
        pub fn f(x: &DMatrix<f64>, y: &DVector<f64>) -> f64 {
            x.clone().lu().solve(y).unwrap().sum()
        }
    }
        at { let x = DMatrix::from_row_slice(2,2,&[0.,1.,1.,0.]); let y = DVector::from_column_slice(&[2.,3.]); } (&x, &y) => [-3.,-3.,-2.,-2.,1.,1.]
        at { let x = DMatrix::from_row_slice(2,2,&[1e150,0.,0.,1e150]); let y = DVector::from_column_slice(&[1e150,0.]); } (&x, &y) => [-1e-150,-1e-150,0.,0.,1e-150,1e-150]
        at { let x = DMatrix::from_row_slice(2,2,&[1.,0.,0.,1.]); let y = DVector::from_column_slice(&[0.,0.]); } (&x, &y) => [0.,0.,0.,0.,1.,1.]
        at { let x = DMatrix::from_row_slice(2,2,&[0.,0.,0.,0.]); let y = DVector::from_column_slice(&[0.,0.]); } (&x, &y);
    p8 by (x, y) {
        #[grad(x, y)]
        pub fn f(x: &DMatrix<f64>, y: &DVector<f64>) -> f64 {
            let s = x.clone().lu().solve(y).unwrap();
            s.norm()
        }
    }
        at { let x = DMatrix::from_row_slice(2,2,&[2.,0.,0.,2.]); let y = DVector::from_column_slice(&[0.,0.]); } (&x, &y) => [0.,0.,0.,0.,0.,0.];
    p10 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>, y: &DVector<f64>) -> Option<f64> {
            Some(x.clone().lu().solve(y)?.sum())
        }
    }
        at { let x = DMatrix::from_row_slice(2,2,&[1.,1.,1.,1.]); let y = DVector::from_column_slice(&[1.,0.]); } (&x, &y)
        at { let x = DMatrix::from_row_slice(2,2,&[2.,0.,0.,2.]); let y = DVector::from_column_slice(&[1.,0.]); } (&x, &y) => [-0.25,-0.25,0.,0.];
    p11 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> Option<f64> {
            let c = x.clone().cholesky()?;
            Some(c.ln_determinant())
        }
    }
        at { let x = DMatrix::from_row_slice(2,2,&[1e-200,0.,0.,1e-200]); } (&x) => [1e200,0.,0.,1e200]
        at { let x = DMatrix::from_row_slice(2,2,&[0.,0.,0.,0.]); } (&x)
        at { let x = DMatrix::from_row_slice(2,2,&[1e200,0.,0.,1e100]); } (&x) => [1e-200,0.,0.,1e-100];
    p12 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.clone().cholesky().unwrap().l().trace()
        }
    }
        at { let x = DMatrix::from_row_slice(2,2,&[4.,0.,0.,9.]); } (&x) => [0.25,0.,0.,0.16666666666666666];
    p13 by (x, y) {
        #[grad(x, y)]
        pub fn f(x: &DMatrix<f64>, y: &DVector<f64>) -> f64 {
            x.clone().cholesky().unwrap().solve(y).dot(y)
        }
    }
        at { let x = DMatrix::from_row_slice(2,2,&[4.,0.,0.,2.]); let y = DVector::from_column_slice(&[0.,2.]); } (&x, &y) => [0.,0.,0.,-1.,0.,2.];
    p14 by (x, y) {
        #[grad(x, y)]
        pub fn f(x: &DMatrix<f64>, y: &DVector<f64>) -> f64 {
            x.solve_lower_triangular(y).unwrap().sum()
        }
    }
        at { let x = DMatrix::from_row_slice(2,2,&[2.,7.,0.,4.]); let y = DVector::from_column_slice(&[2.,4.]); } (&x, &y) => [-0.5,-0.25,0.,-0.25,0.5,0.25]
        at { let x = DMatrix::from_row_slice(2,2,&[0.,7.,0.,4.]); let y = DVector::from_column_slice(&[2.,4.]); } (&x, &y);
    p15 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.pow(2).trace() + x.pow(3).trace()
        }
    }
        at { let x = DMatrix::<f64>::zeros(2,2); } (&x) => [0.,0.,0.,0.];
    p16 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.clone().exp().trace()
        }
    }
        at { let x = DMatrix::<f64>::zeros(2,2); } (&x) => [1.,0.,0.,1.]
        at { let x = DMatrix::from_row_slice(2,2,&[0.,1.,0.,0.]); } (&x) => [1.,1.,0.,1.];
    p17 by (x) {
        #[grad(x)]
        pub fn f(x: &Matrix2<f64>) -> f64 {
            x.exp().sum()
        }
    }
        at { let x = Matrix2::<f64>::zeros(); } (&x) => [1.,1.,1.,1.];
    p18 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.clone().symmetric_eigenvalues().sum()
        }
    }
        at { let x = DMatrix::from_row_slice(2,2,&[1.,0.,0.,1.]); } (&x) => [1.,0.,0.,1.]
        at { let x = DMatrix::<f64>::zeros(2,2); } (&x) => [1.,0.,0.,1.];
    p19 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.clone().symmetric_eigenvalues().norm_squared()
        }
    }
        at { let x = DMatrix::from_row_slice(2,2,&[1.,0.,0.,1.]); } (&x) => [2.,0.,0.,2.]
        at { let x = DMatrix::<f64>::zeros(2,2); } (&x) => [0.,0.,0.,0.]
        at { let x = DMatrix::from_row_slice(2,2,&[1.,2.,2.,1.]); } (&x) => [2.,4.,4.,2.];
    p20 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.clone().symmetric_eigenvalues().map(|l| l.exp()).sum()
        }
    }
        at { let x = DMatrix::from_row_slice(2,2,&[1.,0.,0.,1.]); } (&x) => [2.718281828459045,0.,0.,2.718281828459045];
    p21 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.clone().symmetric_eigenvalues().max()
        }
    }
        at { let x = DMatrix::from_row_slice(2,2,&[1.,0.,0.,3.]); } (&x) => [0.,0.,0.,1.]
        at { let x = DMatrix::from_row_slice(2,2,&[0.,1.,1.,0.]); } (&x) => [0.5,0.5,0.5,0.5];
    p22 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            let e = x.clone().symmetric_eigenvalues();
            e.max() + e.min()
        }
    }
        at { let x = DMatrix::from_row_slice(2,2,&[2.,0.,0.,2.]); } (&x) => [1.,0.,0.,1.]
        at { let x = DMatrix::from_row_slice(2,2,&[0.,1.,1.,0.]); } (&x) => [1.,0.,0.,1.];
    p23 by (x) {
        #[grad(x)]
        pub fn f(x: &Matrix2<f64>) -> f64 {
            x.symmetric_eigenvalues().product()
        }
    }
        at { let x = Matrix2::<f64>::identity(); } (&x) => [1.,0.,0.,1.]
        at { let x = Matrix2::new(1.,1.,1.,1.); } (&x) => [1.,-1.,-1.,1.]
        at { let x = Matrix2::<f64>::zeros(); } (&x) => [0.,0.,0.,0.];
    p24 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.clone().singular_values().norm_squared()
        }
    }
        at { let x = DMatrix::from_row_slice(2,2,&[1.,0.,0.,1.]); } (&x) => [2.,0.,0.,2.]
        at { let x = DMatrix::<f64>::zeros(2,3); } (&x) => [0.,0.,0.,0.,0.,0.]
        at { let x = DMatrix::from_row_slice(2,1,&[3.,4.]); } (&x) => [6.,8.];
    p25 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.clone().singular_values().sum()
        }
    }
        at { let x = DMatrix::from_row_slice(2,2,&[1.,0.,0.,1.]); } (&x) => [1.,0.,0.,1.]
        at { let x = DMatrix::from_row_slice(2,2,&[0.,1.,-1.,0.]); } (&x) => [0.,-1.,1.,0.]
        at { let x = DMatrix::from_row_slice(2,2,&[3.,0.,0.,2.]); } (&x) => [1.,0.,0.,1.];
    p26 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.clone().singular_values().max()
        }
    }
        at { let x = DMatrix::from_row_slice(2,2,&[3.,0.,0.,-4.]); } (&x) => [0.,0.,0.,-1.];
    p27 by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>) -> f64 {
            x.clone().pseudo_inverse(1e-9).unwrap().sum()
        }
    }
        at { let x = DMatrix::from_row_slice(2,2,&[2.,0.,0.,4.]); } (&x) => [-0.25,-0.125,-0.125,-0.0625]
        at { let x = DMatrix::from_row_slice(2,1,&[3.,4.]); } (&x);
    p28 by (x, y) {
        #[grad(x, y)]
        pub fn f(x: &DMatrix<f64>, y: &DVector<f64>) -> f64 {
            x.clone().svd(true, true).solve(y, 1e-9).unwrap().sum()
        }
    }
        at { let x = DMatrix::from_row_slice(2,2,&[2.,0.,0.,4.]); let y = DVector::from_column_slice(&[0.,0.]); } (&x, &y) => [0.,0.,0.,0.,0.5,0.25];
    p29 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.norm()
        }
    }
        at { let x = DVector::from_column_slice(&[0.,0.]); } (&x) => [0.,0.]
        at { let x = DVector::from_column_slice(&[]); } (&x) => []
        at { let x = DVector::from_column_slice(&[3e300,4e300]); } (&x) => [0.6,0.8];
    p30 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.norm_squared().sqrt() + x.dot(x).sqrt()
        }
    }
        at { let x = DVector::from_column_slice(&[0.,0.]); } (&x) => [0.,0.]
        at { let x = DVector::from_column_slice(&[3e200,4e200]); } (&x) => [1.2,1.6];
    p31 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            (x[0] * x[0] + x[1] * x[1]).sqrt()
        }
    }
        at { let x = DVector::from_column_slice(&[3e150,4e150]); } (&x) => [0.6,0.8]
        at { let x = DVector::from_column_slice(&[0.,0.]); } (&x) => [0.,0.];
    p32 by (x, y) {
        #[grad(x, y)]
        pub fn f(x: f64, y: f64) -> f64 {
            (x * x + y * y).sqrt()
        }
    };
    p33 by (x, y) {
        #[grad(x, y)]
        pub fn f(x: f64, y: f64) -> f64 {
            1.0 / (x * x + y * y).sqrt()
        }
    }
        at { let x = 3e150; let y = 4e150; } (x, y) => [-0.024e-300,-0.032e-300];
    p34 by (x, y) {
        #[grad(x, y)]
        pub fn f(x: f64, y: f64) -> f64 {
            x / (x * x + y * y).sqrt()
        }
    }
        at { let x = 3e150; let y = 4e150; } (x, y) => [0.128e-150,-0.096e-150]
        at { let x = 3e-150; let y = 4e-150; } (x, y) => [0.128e150,-0.096e150];
    p35 by (x, y) {
        #[grad(x, y)]
        pub fn f(x: f64, y: f64) -> f64 {
            x.hypot(y)
        }
    }
        at { let x = 3e200; let y = 4e200; } (x, y) => [0.6,0.8];
    p36 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.mean() + x.variance()
        }
    }
        at { let x = DVector::from_column_slice(&[]); } (&x) => []
        at { let x = DVector::from_column_slice(&[2.]); } (&x) => [1.];
    p37 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.variance().sqrt()
        }
    }
        at { let x = DVector::from_column_slice(&[2.,2.]); } (&x) => [0.,0.];
    p39 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.map(|t| t.exp()).sum().ln()
        }
    }
        at { let x = DVector::from_column_slice(&[1000.,1000.]); } (&x) => [0.5,0.5]
        at { let x = DVector::from_column_slice(&[-1000.,-1000.]); } (&x) => [0.5,0.5];
    p40 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            matgrad::log_sum_exp(x)
        }
    }
        at { let x = DVector::from_column_slice(&[f64::NEG_INFINITY, 0.]); } (&x) => [0.,1.]
        at { let x = DVector::from_column_slice(&[800.,800.]); } (&x) => [0.5,0.5];
    p41 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            (1.0 + x.exp()).ln()
        }
    }
        at { let x = 800.0; } (x) => [1.]
        at { let x = -800.0; } (x) => [0.]
        at { let x = 0.0; } (x) => [0.5];
    p42 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            1.0 / (1.0 + (-x).exp())
        }
    }
        at { let x = 800.0; } (x) => [0.]
        at { let x = -800.0; } (x) => [0.]
        at { let x = 0.0; } (x) => [0.25];
    p43 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            x.exp() / (1.0 + x.exp())
        }
    }
        at { let x = -800.0; } (x) => [0.]
        at { let x = 0.0; } (x) => [0.25];
    p45 by (x, y) {
        #[grad(x, y)]
        pub fn f(x: f64, y: f64) -> f64 {
            x.powf(y)
        }
    }
        at { let x = 0.0; let y = 2.0; } (x, y) => [0.,0.]
        at { let x = 0.0; let y = 1.0; } (x, y) => [1.,0.]
        at { let x = 2.0; let y = 0.0; } (x, y) => [0.,0.6931471805599453]
        at { let x = 0.0; let y = 0.0; } (x, y) => [0.,0.];
    p46 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            x.abs().powf(1.5) + x.abs().sqrt().powi(4)
        }
    }
        at { let x = 0.0; } (x) => [0.];
    p47 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            x.powi(3) / x.powi(2)
        }
    }
        at { let x = 2.0; } (x) => [1.]
        at { let x = 0.0; } (x);
    p49 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            (x * x).sqrt() + (x.powi(4)).powf(0.25) + x.powi(2).cbrt()
        }
    }
        at { let x = 0.0; } (x) => [0.]
        at { let x = 8.0; } (x) => [2.333333333333333333];
    p50 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            x.acos()
        }
    }
        at { let x = 1.0; } (x) => [f64::NEG_INFINITY]
        at { let x = 0.0; } (x) => [-1.];
    p51 by (x, y) {
        #[grad(x, y)]
        pub fn f(x: f64, y: f64) -> f64 {
            y * x.sqrt()
        }
    }
        at { let x = 0.0; let y = 0.0; } (x, y) => [0.,0.]
        at { let x = 0.0; let y = 1.0; } (x, y) => [f64::INFINITY,0.];
    p52 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            if x > 0.0 { x * x.ln() } else { 0.0 }
        }
    }
        at { let x = 0.0; } (x) => [0.]
        at { let x = 1.0; } (x) => [1.];
    p53 by (x, y, z) {
        #[grad(x, y, z)]
        pub fn f(x: f64, y: f64, z: f64) -> f64 {
            x.max(y).max(z)
        }
    }
        at { let x = 1.0; let y = 1.0; let z = 0.0; } (x, y, z) => [0.5,0.5,0.];
    p54 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            x.clamp(-1.0, 1.0) * x
        }
    }
        at { let x = 1.0; } (x) => [2.]
        at { let x = 2.0; } (x) => [1.];
    p55 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.product()
        }
    }
        at { let x = DVector::from_column_slice(&[0.,2.,3.]); } (&x) => [6.,0.,0.]
        at { let x = DVector::from_column_slice(&[0.,0.,3.]); } (&x) => [0.,0.,0.]
        at { let x = DVector::from_column_slice(&[]); } (&x) => [];
    p58 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.lp_norm(3)
        }
    }
        at { let x = DVector::from_column_slice(&[0.,0.]); } (&x) => [0.,0.]
        at { let x = DVector::from_column_slice(&[1e200,0.]); } (&x) => [1.,0.];
    p59 by (x, y) {
        #[grad(x, y)]
        pub fn f(x: f64, y: f64) -> f64 {
            y.atan2(x)
        }
    }
        at { let x = 0.0; let y = 0.0; } (x, y) => [0.,0.]
        at { let x = 3e200; let y = 4e200; } (x, y) => [-0.16e-200,0.12e-200];
    p60 by (x) {
        #[grad(x)]
        pub fn f(x: f64) -> f64 {
            x.cosh().ln() + x.sinh().asinh()
        }
    }
        at { let x = 0.0; } (x) => [1.];
    p61 by (x) {
        #[grad(x)]
        pub fn f(x: &Vector2<f32>) -> f32 {
            x.norm()
        }
    }
        at { let x = Vector2::new(3e25f32,4e25); } (&x) within 1e-4 => [0.6,0.8];
    p63 by (x) {
        #[grad(x)]
        pub fn f(x: &Vector2<f32>) -> f32 {
            x.lp_norm(3)
        }
    }
        at { let x = Vector2::new(1e25f32,1e25); } (&x) within 1e-4 => [0.6299605,0.6299605];
    p64 by (x) {
        #[grad(x)]
        pub fn f(x: &Vector2<f32>) -> f32 {
            (x[0].exp() + x[1].exp()).ln()
        }
    }
        at { let x = Vector2::new(100f32,100.); } (&x) within 1e-4 => [0.5,0.5];
    p66 by (x) {
        #[grad(x)]
        pub fn f(x: &Matrix2<f32>) -> f32 {
            x.determinant().ln()
        }
    }
        at { let x = Matrix2::new(1e-30f32,0.,0.,1e-30); } (&x) within 1e-4 => [1e30,0.,0.,1e30];
    p67 by (x, y) {
        #[grad(x, y)]
        pub fn f(x: f32, y: f32) -> f32 {
            x.hypot(y)
        }
    }
        at { let x = 3e25f32; let y = 4e25f32; } (x, y) within 1e-4 => [0.6,0.8];
    p68 by (x) {
        #[grad(x)]
        pub fn f(x: &Vector2<f32>) -> f32 {
            x.max() + x.amax()
        }
    }
        at { let x = Vector2::new(1f32,1.); } (&x) within 1e-4 => [1.,1.];
    p69 by (x, y) {
        #[grad(x, y)]
        pub fn f(x: f32, y: f32) -> f32 {
            y.atan2(x)
        }
    }
        at { let x = 3e25f32; let y = 4e25f32; } (x, y) within 1e-4 => [-0.16e-25,0.12e-25];
    p70 by (x) {
        #[grad(x)]
        pub fn f(x: f32) -> f32 {
            x.cosh().ln()
        }
    }
        at { let x = 200f32; } (x) within 1e-4 => [1.]
        at { let x = 0f32; } (x) within 1e-4 => [0.];
    p71 by (x) {
        #[grad(x)]
        pub fn f<T: RealField + Copy>(x: &Vector2<T>) -> T {
            x.norm() + x.norm_squared().sqrt()
        }
    }
        at { let x = Vector2::new(0.0,0.0); } (&x) within 1e-4 => [0.,0.]
        at { let x = Vector2::new(3e200,4e200); } (&x) within 1e-4 => [1.2,1.6]
        at { let x = Vector2::new(3e25f32,4e25); } (&x) within 1e-4 => [1.2,1.6];
    p73 by (x) {
        #[grad(x)]
        pub fn f<T: RealField + Copy>(x: &Vector2<T>) -> T {
            x.max() + x.min() + x.amax() - x.amin()
        }
    }
        at { let x = Vector2::new(1.0,1.0); } (&x) within 1e-4 => [1.,1.]
        at { let x = Vector2::new(1f32,-1.); } (&x) within 1e-4 => [1.,1.];
    p74 by (x, y) {
        #[grad(x, y)]
        pub fn f<T: RealField + Copy>(x: T, y: T) -> T {
            x.max(y) + (-(x - y).abs()).exp().ln_1p()
        }
    }
        at { let x = 0.5; let y = 0.5; } (x, y) within 1e-4 => [0.5,0.5]
        at { let x = 0.5f32; let y = 0.5f32; } (x, y) within 1e-4 => [0.5,0.5];
    p75 by (x) {
        #[grad(x)]
        pub fn f<T: RealField + Copy>(x: T) -> T {
            (T::one() + x.exp()).ln()
        }
    }
        at { let x = 800.0; } (x) within 1e-4 => [1.]
        at { let x = 100f32; } (x) within 1e-4 => [1.];
    p76 by (x, y) {
        #[grad(x, y)]
        pub fn f<T: RealField + Copy>(x: T, y: T) -> T {
            y * x.sqrt()
        }
    }
        at { let x = 0.0; let y = 0.0; } (x, y) within 1e-4 => [0.,0.]
        at { let x = 0f32; let y = 0f32; } (x, y) within 1e-4 => [0.,0.];
    p77 by (x) {
        #[grad(x)]
        pub fn f<T: RealField + Copy>(x: &Matrix2<T>) -> T {
            x.determinant().ln()
        }
    }
        at { let x = Matrix2::new(1e-200,0.,0.,1e-200); } (&x) within 1e-4 => [1e200,0.,0.,1e200]
        at { let x = Matrix2::new(1e-30f32,0.,0.,1e-30); } (&x) within 1e-4 => [1e30,0.,0.,1e30];
    p78 by (x) {
        #[grad(x)]
        pub fn f<T: RealField + Copy>(x: &Matrix2<T>) -> T {
            x.try_inverse().unwrap().trace()
        }
    }
        at { let x = Matrix2::new(0.,1.,1.,0.); } (&x) within 1e-4 => [-1.,0.,0.,-1.];
    p79 by (x) {
        #[grad(x)]
        pub fn f<T: RealField + Copy>(x: &Matrix2<T>) -> T {
            x.symmetric_eigenvalues().norm_squared()
        }
    }
        at { let x = Matrix2::<f64>::identity(); } (&x) within 1e-4 => [2.,0.,0.,2.]
        at { let x = Matrix2::<f32>::identity(); } (&x) within 1e-4 => [2.,0.,0.,2.];
    p80 by (x) {
        #[grad(x)]
        pub fn f<T: RealField + Copy>(x: T) -> T {
            x.abs() + x.powi(2).sqrt()
        }
    }
        at { let x = 0.0; } (x) within 1e-4 => [0.]
        at { let x = 0f32; } (x) within 1e-4 => [0.];
    p81 by (x, y) {
        #[grad(x, y)]
        pub fn f<T: RealField + Copy>(x: T, y: T) -> T {
            x.powf(y)
        }
    }
        at { let x = 0.0; let y = 2.0; } (x, y) within 1e-4 => [0.,0.]
        at { let x = 0f32; let y = 2f32; } (x, y) within 1e-4 => [0.,0.];
}
