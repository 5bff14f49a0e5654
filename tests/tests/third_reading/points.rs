//! Special points, each with the derivative by hand: kinks, ties, zeros, infinities, and numbers whose squares overflow or vanish.

use nalgebra::*;

use crate::readings;

readings! {
    p1 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.norm()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 0.0]); } (&x) => [0.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![3.0, 4.0]); } (&x) => [0.6, 0.8];
    p2 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.norm().powi(2)
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 0.0]); } (&x) => [0.0, 0.0];
    p3 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.norm().powi(3)
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 0.0]); } (&x) => [0.0, 0.0];
    p4 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.norm() * x.sum()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 0.0]); } (&x) => [0.0, 0.0];
    p5 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.norm().exp()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 0.0]); } (&x) => [0.0, 0.0];
    p6 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.norm().sqrt().powi(4)
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 0.0]); } (&x) => [0.0, 0.0];
    p7 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            (x.norm_squared() + 1.0).sqrt()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 0.0]); } (&x) => [0.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![1e+150, 0.0]); } (&x) => [1.0, 0.0];
    p8 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            (x[0] * x[0] + x[1] * x[1]).sqrt()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 0.0]); } (&x) => [0.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![1e+150, 0.0]); } (&x) => [1.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![1e-150, 0.0]); } (&x) => [1.0, 0.0];
    p9 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0].hypot(x[1])
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 0.0]); } (&x) => [0.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![1e+200, 1e+200]); } (&x) => [0.7071067811865476, 0.7071067811865476]
        at { let x = DVector::<f64>::from_vec(vec![3e-200, 4e-200]); } (&x) => [0.6, 0.8];
    p10 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.normalize().dot(&x.normalize())
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![3.0, 4.0]); } (&x) => [0.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![3e+200, 4e+200]); } (&x) => [0.0, 0.0];
    p11 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.normalize()[0]
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.6, 0.8]); } (&x) => [0.64, -0.48]
        at { let x = DVector::<f64>::from_vec(vec![6e+199, 8e+199]); } (&x) => [6.4e-201, -4.8e-201];
    p12 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0] / x.norm()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.6, 0.8]); } (&x) => [0.64, -0.48]
        at { let x = DVector::<f64>::from_vec(vec![6e-201, 8e-201]); } (&x) => [6.4e+199, -4.8e+199];
    p13 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            (x / x.norm())[1]
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.6, 0.8]); } (&x) => [-0.48, 0.36]
        at { let x = DVector::<f64>::from_vec(vec![6e+199, 8e+199]); } (&x) => [-4.8e-201, 3.6e-201];
    p14 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.unscale(x.norm()).sum()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.6, 0.8]); } (&x) => [0.16, -0.12];
    p15 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.scale(1.0 / x.norm()).sum()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.6, 0.8]); } (&x) => [0.16, -0.12]
        at { let x = DVector::<f64>::from_vec(vec![6e+199, 8e+199]); } (&x) => [1.6e-201, -1.2e-201];
    p16 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.metric_distance(&DVector::from_vec(vec![1.0, 1.0]))
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![1.0, 1.0]); } (&x) => [0.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![4.0, 5.0]); } (&x) => [0.6, 0.8];
    p18 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.abs().sum()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, -2.0]); } (&x) => [0.0, -1.0];
    p19 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0].abs() + x[1].abs()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, -2.0]); } (&x) => [0.0, -1.0];
    p20 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            (x[0] * x[0]).sqrt()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 1.0]); } (&x) => [0.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![-3.0, 1.0]); } (&x) => [-1.0, 0.0];
    p21 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0].powi(2).powf(0.5)
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 1.0]); } (&x) => [0.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![-3.0, 1.0]); } (&x) => [-1.0, 0.0];
    p22 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0].abs().powi(2)
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 1.0]); } (&x) => [0.0, 0.0];
    p23 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0].abs() * x[0]
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 1.0]); } (&x) => [0.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![-3.0, 1.0]); } (&x) => [6.0, 0.0];
    p24 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0].max(0.0)
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 1.0]); } (&x) => [0.5, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![-0.0, 1.0]); } (&x) => [0.5, 0.0];
    p25 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            matgrad::relu(x[0])
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 1.0]); } (&x) => [0.5, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![-1.0, 1.0]); } (&x) => [0.0, 0.0];
    p26 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0].max(0.0) - (-x[0]).max(0.0)
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 1.0]); } (&x) => [1.0, 0.0];
    p27 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0].max(-x[0])
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 1.0]); } (&x) => [0.0, 0.0];
    p28 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0].max(x[1]) + x[0].min(x[1])
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![2.0, 2.0]); } (&x) => [1.0, 1.0];
    p29 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0].max(x[1]) - x[0].min(x[1])
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![2.0, 2.0]); } (&x) => [0.0, 0.0];
    p30 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            (x[0] + x[1] + (x[0] - x[1]).abs()) / 2.0
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![2.0, 2.0]); } (&x) => [0.5, 0.5];
    p31 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.max()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![1.0, 1.0, 1.0]); } (&x) => [0.3333333333333333, 0.3333333333333333, 0.3333333333333333]
        at { let x = DVector::<f64>::from_vec(vec![1.0, 2.0, 2.0]); } (&x) => [0.0, 0.5, 0.5];
    p32 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.max() - x.min()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![1.0, 1.0]); } (&x) => [0.0, 0.0];
    p33 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.amax()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 0.0]); } (&x) => [0.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![2.0, -2.0]); } (&x) => [0.5, -0.5];
    p34 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.amin()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 3.0]); } (&x) => [0.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![2.0, -2.0]); } (&x) => [0.5, -0.5];
    p35 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0].clamp(0.0, 1.0)
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 1.0]); } (&x) => [1.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![1.0, 1.0]); } (&x) => [1.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![2.0, 1.0]); } (&x) => [0.0, 0.0];
    p36 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0].max(0.0).min(1.0)
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.5, 1.0]); } (&x) => [1.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![2.0, 1.0]); } (&x) => [0.0, 0.0];
    p37 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[1] * x[0].sqrt()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 0.0]); } (&x) => [0.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![4.0, 3.0]); } (&x) => [0.75, 2.0];
    p38 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0].sqrt() * x[0].sqrt()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 1.0]); } (&x) => [1.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![4.0, 1.0]); } (&x) => [1.0, 0.0];
    p39 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0].sqrt().powi(2)
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 1.0]); } (&x) => [1.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![4.0, 1.0]); } (&x) => [1.0, 0.0];
    p40 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0].sqrt().powi(4)
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 1.0]); } (&x) => [0.0, 0.0];
    p41 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0].powf(1.5)
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 1.0]); } (&x) => [0.0, 0.0];
    p42 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0].powf(x[1])
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 2.0]); } (&x) => [0.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![0.0, 1.0]); } (&x) => [1.0, 0.0];
    p43 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.map(|t| t.powf(2.5)).sum()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 4.0]); } (&x) => [0.0, 20.0];
    p44 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0].powi(0) + x[1].powi(1)
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 0.0]); } (&x) => [0.0, 1.0];
    p45 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0].powi(2) * x[1].powi(3)
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 0.0]); } (&x) => [0.0, 0.0];
    p46 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0] * x[1].ln()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 0.0]); } (&x) => [f64::NEG_INFINITY, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![2.0, 1.0]); } (&x) => [0.0, 2.0];
    p47 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.iter().map(|p| if *p > 0.0 { p * p.ln() } else { 0.0 }).sum()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 1.0]); } (&x) => [0.0, 1.0];
    p48 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.map(|p| if p == 0.0 { 0.0 } else { p * p.ln() }).sum()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 1.0]); } (&x) => [0.0, 1.0];
    p49 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.map(|p| if p > 0.0 { p.sqrt() } else { -(-p).sqrt() }).sum()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![4.0, -4.0]); } (&x) => [0.25, 0.25];
    p50 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.map(|t| if t.abs() < 1e-8 { 1.0 - t * t / 6.0 } else { t.sin() / t }).sum()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 3.141592653589793]); } (&x) => [0.0, -0.3183098861837907];
    p51 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            (1.0 + x[0].exp()).ln()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 1.0]); } (&x) => [0.5, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![1000.0, 1.0]); } (&x) => [1.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![-1000.0, 1.0]); } (&x) => [0.0, 0.0];
    p52 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0].exp().ln_1p()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![800.0, 1.0]); } (&x) => [1.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![-800.0, 1.0]); } (&x) => [0.0, 0.0];
    p53 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            1.0 / (1.0 + (-x[0]).exp())
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![800.0, 1.0]); } (&x) => [0.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![-800.0, 1.0]); } (&x) => [0.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![0.0, 1.0]); } (&x) => [0.25, 0.0];
    p54 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            (x[0].exp() + x[1].exp()).ln()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![1000.0, 1000.0]); } (&x) => [0.5, 0.5]
        at { let x = DVector::<f64>::from_vec(vec![-1000.0, -1000.0]); } (&x) => [0.5, 0.5];
    p55 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.map(|t| t.exp()).sum().ln()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![1000.0, 1000.0]); } (&x) => [0.5, 0.5]
        at { let x = DVector::<f64>::from_vec(vec![-1000.0, 0.0]); } (&x) => [0.0, 1.0];
    p56 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            matgrad::log_sum_exp(x)
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![1000.0, 1000.0]); } (&x) => [0.5, 0.5]
        at { let x = DVector::<f64>::from_vec(vec![f64::NEG_INFINITY, 0.0]); } (&x) => [0.0, 1.0]
        at { let x = DVector::<f64>::from_vec(vec![f64::NEG_INFINITY, f64::NEG_INFINITY]); } (&x) => [0.0, 0.0];
    p57 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            matgrad::softmax(x)[0]
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![1000.0, 1000.0]); } (&x) => [0.25, -0.25]
        at { let x = DVector::<f64>::from_vec(vec![1000.0, -1000.0]); } (&x) => [0.0, 0.0];
    p58 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            matgrad::log_softmax(x)[0]
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![1000.0, -1000.0]); } (&x) => [0.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![-1000.0, 1000.0]); } (&x) => [1.0, -1.0];
    p59 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0].cosh().ln()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 1.0]); } (&x) => [0.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![1000.0, 1.0]); } (&x) => [1.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![-1000.0, 1.0]); } (&x) => [-1.0, 0.0];
    p60 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0].tanh()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![1000.0, 1.0]); } (&x) => [0.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![0.0, 1.0]); } (&x) => [1.0, 0.0];
    p61 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0].exp_m1()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 1.0]); } (&x) => [1.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![1e-300, 1.0]); } (&x) => [1.0, 0.0];
    p62 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0].ln_1p()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 1.0]); } (&x) => [1.0, 0.0];
    p63 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0].asinh()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 1.0]); } (&x) => [1.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![1e+200, 1.0]); } (&x) => [1e-200, 0.0];
    p64 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0].atan()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![1e+200, 1.0]); } (&x) => [0.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![0.0, 1.0]); } (&x) => [1.0, 0.0];
    p65 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0].atan2(x[1])
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 0.0]); } (&x) => [0.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![0.0, 1.0]); } (&x) => [1.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![1e+200, 1e+200]); } (&x) => [5e-201, -5e-201];
    p66 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0].cbrt().powi(3)
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![8.0, 1.0]); } (&x) => [1.0, 0.0];
    p67 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0].sin() / x[0].cos()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 1.0]); } (&x) => [1.0, 0.0];
    p68 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0].recip()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![2.0, 1.0]); } (&x) => [-0.25, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![1e+160, 1.0]); } (&x) => [0.0, 0.0];
    p69 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.product()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 3.0, 2.0]); } (&x) => [6.0, 0.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![0.0, 0.0, 2.0]); } (&x) => [0.0, 0.0, 0.0];
    p70 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0] * x[1] * x[2]
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 3.0, 2.0]); } (&x) => [6.0, 0.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![0.0, 0.0, 2.0]); } (&x) => [0.0, 0.0, 0.0];
    p71 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.iter().product::<f64>()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 3.0, 2.0]); } (&x) => [6.0, 0.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![0.0, 0.0, 2.0]); } (&x) => [0.0, 0.0, 0.0];
    p72 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.iter().fold(1.0, |p, t| p * t)
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 3.0, 2.0]); } (&x) => [6.0, 0.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![0.0, 0.0, 2.0]); } (&x) => [0.0, 0.0, 0.0];
    p73 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.product().abs().ln()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![1e-200, 1e-200]); } (&x) => [1e+200, 1e+200]
        at { let x = DVector::<f64>::from_vec(vec![1e+200, 1e+200]); } (&x) => [1e-200, 1e-200];
    p74 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.mean()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![]); } (&x) => []
        at { let x = DVector::<f64>::from_vec(vec![5.0]); } (&x) => [1.0]
        at { let x = DVector::<f64>::from_vec(vec![1.0, 2.0]); } (&x) => [0.5, 0.5];
    p75 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.variance()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![]); } (&x) => []
        at { let x = DVector::<f64>::from_vec(vec![5.0]); } (&x) => [0.0]
        at { let x = DVector::<f64>::from_vec(vec![1.0, 3.0]); } (&x) => [-1.0, 1.0];
    p76 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.variance().sqrt()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![5.0]); } (&x) => [0.0]
        at { let x = DVector::<f64>::from_vec(vec![2.0, 2.0]); } (&x) => [0.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![1.0, 3.0]); } (&x) => [-0.5, 0.5];
    p77 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            (x.add_scalar(-x.mean())).norm()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![2.0, 2.0]); } (&x) => [0.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![1.0, 3.0]); } (&x) => [-0.7071067811865476, 0.7071067811865476];
    p78 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.sum() + x.norm() + x.max()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![]); } (&x) => []
        at { let x = DVector::<f64>::from_vec(vec![2.0]); } (&x) => [3.0];
    p79 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.lp_norm(1)
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, -2.0]); } (&x) => [0.0, -1.0];
    p80 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.lp_norm(3)
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 0.0]); } (&x) => [0.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![0.0, -2.0]); } (&x) => [0.0, -1.0]
        at { let x = DVector::<f64>::from_vec(vec![1e+200, 0.0]); } (&x) => [1.0, 0.0];
    p81 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.map(|t| t.abs().powi(3)).sum().cbrt()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 0.0]); } (&x) => [0.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![0.0, -2.0]); } (&x) => [0.0, -1.0];
    p82 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.dot(x).sqrt() * 2.0
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 0.0]); } (&x) => [0.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![3.0, 4.0]); } (&x) => [1.2, 1.6];
    p83 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            (x.transpose() * x)[0].sqrt()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 0.0]); } (&x) => [0.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![3.0, 4.0]); } (&x) => [0.6, 0.8];
    p84 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.iter().map(|t| t * t).sum::<f64>().sqrt()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 0.0]); } (&x) => [0.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![3.0, 4.0]); } (&x) => [0.6, 0.8];
    p85 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let mut s = 0.0; for i in 0..x.len() { s += x[i] * x[i]; } s.sqrt()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 0.0]); } (&x) => [0.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![3.0, 4.0]); } (&x) => [0.6, 0.8];
    p86 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let n = x.norm(); if n > 0.0 { x[0] / n } else { 0.0 }
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 0.0]); } (&x) => [0.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![0.6, 0.8]); } (&x) => [0.64, -0.48];
    p87 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            let n = x.norm(); if n < 1.0 { 0.5 * n * n } else { n - 0.5 }
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 0.0]); } (&x) => [0.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![3.0, 4.0]); } (&x) => [0.6, 0.8];
    p88 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.map(|t| if t.abs() <= 1.0 { 0.5 * t * t } else { t.abs() - 0.5 }).sum()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 3.0]); } (&x) => [0.0, 1.0]
        at { let x = DVector::<f64>::from_vec(vec![1.0, -1.0]); } (&x) => [1.0, -1.0];
    p90 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.map(|t| (t * 1e200).tanh() * 1e-200).sum()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 0.0]); } (&x) => [1.0, 1.0];
    p91 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            (x[0] - 1.0).powi(2) / (x[0] - 1.0)
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![3.0, 1.0]); } (&x) => [1.0, 0.0];
    p92 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0].exp() * (-x[0]).exp()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![2.0, 1.0]); } (&x) => [0.0, 0.0];
    p93 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0].ln().exp()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![2.0, 1.0]); } (&x) => [1.0, 0.0];
    p94 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0].exp().ln()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![800.0, 1.0]); } (&x) => [1.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![2.0, 1.0]); } (&x) => [1.0, 0.0];
    p95 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            (x[0] / x[1]).ln()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![1e+300, 1e-300]); } (&x) => [1e-300, -1e+300]
        at { let x = DVector::<f64>::from_vec(vec![2.0, 4.0]); } (&x) => [0.5, -0.25];
    p96 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0].sqrt().ln()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![1e-300, 1.0]); } (&x) => [5e+299, 0.0];
    p97 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            (-x[0] * x[0]).exp()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 1.0]); } (&x) => [0.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![100.0, 1.0]); } (&x) => [0.0, 0.0];
    p98 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            (-x[0].powi(2) / 2.0).exp().sqrt()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![60.0, 1.0]); } (&x) => [0.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![0.0, 1.0]); } (&x) => [0.0, 0.0];
    p99 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0].acos() + x[0].asin()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.5, 1.0]); } (&x) => [0.0, 0.0];
    p100 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.component_div(x).sum()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![2.0, 3.0]); } (&x) => [0.0, 0.0];
    p101 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.component_mul(x).sum().sqrt()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 0.0]); } (&x) => [0.0, 0.0];
    p103 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.norm() / (1.0 + x.norm())
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 0.0]); } (&x) => [0.0, 0.0];
    p104 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.norm().tanh() * x[0]
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 0.0]); } (&x) => [0.0, 0.0];
    p105 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.norm().sin() / x.norm()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![3.141592653589793, 0.0]); } (&x) => [-0.3183098861837907, 0.0];
    p106 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x[0].max(x[1]).max(x[2])
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![1.0, 2.0, 3.0]); } (&x) => [0.0, 0.0, 1.0]
        at { let x = DVector::<f64>::from_vec(vec![3.0, 3.0, 1.0]); } (&x) => [0.5, 0.5, 0.0];
    p107 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.iter().fold(f64::NEG_INFINITY, |m, t| m.max(*t))
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![1.0, 2.0, 3.0]); } (&x) => [0.0, 0.0, 1.0]
        at { let x = DVector::<f64>::from_vec(vec![3.0, 3.0, 1.0]); } (&x) => [0.5, 0.5, 0.0];
    p108 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.sup(&DVector::zeros(2)).sum()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 2.0]); } (&x) => [0.5, 1.0];
    p109 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            x.inf(&DVector::zeros(2)).norm()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 2.0]); } (&x) => [0.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![-3.0, -4.0]); } (&x) => [-0.6, -0.8];
    p110 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            DMatrix::from_diagonal(x).determinant()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 3.0]); } (&x) => [3.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![0.0, 0.0]); } (&x) => [0.0, 0.0];
    p111 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            (x * x.transpose()).trace().sqrt()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 0.0]); } (&x) => [0.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![3.0, 4.0]); } (&x) => [0.6, 0.8];
    p112 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            (x * x.transpose()).norm()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![0.0, 0.0]); } (&x) => [0.0, 0.0]
        at { let x = DVector::<f64>::from_vec(vec![3.0, 4.0]); } (&x) => [6.0, 8.0];
    p113 by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>) -> f64 {
            (x * x.transpose()).determinant()
        }
    }
        at { let x = DVector::<f64>::from_vec(vec![3.0, 4.0]); } (&x) => [0.0, 0.0];
    p114 by (x) {
        #[grad(x)]
        pub fn f(x: &Matrix2<f64>) -> f64 {
            x.determinant().abs().sqrt()
        }
    }
        at { let x = Matrix2::new(0.0, 0.0, 0.0, 0.0); } (&x) => [0.0, 0.0, 0.0, 0.0];
    p115 by (x) {
        #[grad(x)]
        pub fn f(x: &Matrix2<f64>) -> f64 {
            x.norm() * x.trace()
        }
    }
        at { let x = Matrix2::new(0.0, 0.0, 0.0, 0.0); } (&x) => [0.0, 0.0, 0.0, 0.0];
    p116 by (x) {
        #[grad(x)]
        pub fn f(x: &Matrix2<f64>) -> f64 {
            x.determinant().ln()
        }
    }
        at { let x = Matrix2::new(1e-200, 0.0, 0.0, 1e-200); } (&x) => [1e+200, 0.0, 0.0, 1e+200];
    p117 by (x) {
        #[grad(x)]
        pub fn f(x: &Matrix2<f64>) -> f64 {
            matgrad::ln_det(x)
        }
    }
        at { let x = Matrix2::new(1e+200, 0.0, 0.0, 1e+200); } (&x) => [1e-200, 0.0, 0.0, 1e-200];
    p118 by (x) {
        #[grad(x)]
        pub fn f(x: &Matrix2<f64>) -> f64 {
            x.symmetric_eigenvalues().max()
        }
    }
        at { let x = Matrix2::new(1.0, 0.0, 0.0, 3.0); } (&x) => [0.0, 0.0, 0.0, 1.0];
    p119 by (x) {
        #[grad(x)]
        pub fn f(x: &Matrix2<f64>) -> f64 {
            x.singular_values().sum()
        }
    }
        at { let x = Matrix2::new(3.0, 0.0, 0.0, 4.0); } (&x) => [1.0, 0.0, 0.0, 1.0];
    p120 by (x) {
        #[grad(x)]
        pub fn f(x: &Matrix2<f64>) -> f64 {
            x.singular_values().norm()
        }
    }
        at { let x = Matrix2::new(0.0, 0.0, 0.0, 0.0); } (&x) => [0.0, 0.0, 0.0, 0.0];
    p121 by (x) {
        #[grad(x)]
        pub fn f(x: &Matrix2<f64>) -> f64 {
            x.exp().determinant()
        }
    }
        at { let x = Matrix2::new(0.0, 0.0, 0.0, 0.0); } (&x) => [1.0, 0.0, 0.0, 1.0];
    p122 by (x) {
        #[grad(x)]
        pub fn f(x: &Matrix2<f64>) -> f64 {
            x.row_sum().norm()
        }
    }
        at { let x = Matrix2::new(0.0, 0.0, 0.0, 0.0); } (&x) => [0.0, 0.0, 0.0, 0.0];
    p123 by (x) {
        #[grad(x)]
        pub fn f(x: &Matrix2<f64>) -> f64 {
            x.column(0).norm() + x.column(1).norm()
        }
    }
        at { let x = Matrix2::new(0.0, 0.0, 3.0, 4.0); } (&x) => [0.0, 1.0, 0.0, 1.0];
    p124 by (x) {
        #[grad(x)]
        pub fn f(x: &Matrix2<f64>) -> f64 {
            x.column_iter().map(|c| c.norm()).sum()
        }
    }
        at { let x = Matrix2::new(0.0, 0.0, 3.0, 4.0); } (&x) => [0.0, 1.0, 0.0, 1.0];
    p125 by (x) {
        #[grad(x)]
        pub fn f(x: &Matrix2<f64>) -> f64 {
            x.component_mul(x).row_sum().map(|t| t.sqrt()).sum()
        }
    }
        at { let x = Matrix2::new(0.0, 0.0, 3.0, 4.0); } (&x) => [0.0, 1.0, 0.0, 1.0];
}
