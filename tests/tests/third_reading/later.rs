//! Names that are hidden, changed or moved away after a loop, a branch or a closure has read them.

use nalgebra::*;

use crate::readings;

readings! {
    hidden_after_a_loop by (x) {
        #[grad(x)]
        pub fn f(x: &Vector3<f64>, e: usize) -> f64 {
            let mut r = x * 2.0;
            for b in 0..9 {
                if e > b {
                    r = r.map(|t| t.sin());
                }
            }
            let e = 100usize;
            r.sum() * e as f64
        }
    }
        at { let x = Vector3::new(0.3, -0.5, 1.2); } (&x, 2)
        at { let x = Vector3::new(0.3, -0.5, 1.2); } (&x, 0);
    hidden_in_a_loop_and_after by (x) {
        #[grad(x)]
        pub fn f(x: &Vector3<f64>, e: usize) -> f64 {
            let mut r = x * 2.0;
            for b in 0..4 {
                let e = e + b;
                if e > 3 {
                    r = r.map(|t| t.sin());
                }
            }
            let e = 10;
            r.sum() * e as f64
        }
    }
        at { let x = Vector3::new(0.3, -0.5, 1.2); } (&x, 1);
    changed_after_a_loop by (x) {
        #[grad(x)]
        pub fn f(x: &Vector3<f64>, mut e: usize) -> f64 {
            let mut r = x * 2.0;
            for b in 0..4 {
                if e > b {
                    r = r.map(|t| t.sin());
                }
            }
            e = 100;
            r.sum() * e as f64
        }
    }
        at { let x = Vector3::new(0.3, -0.5, 1.2); } (&x, 2);
    list_hidden_after_a_loop by (x) {
        #[grad(x)]
        pub fn f(x: &Vector3<f64>, e: Vec<usize>) -> f64 {
            let mut r = x * 2.0;
            for b in 0..3 {
                if e[b] > 2 {
                    r = r.map(|t| t.sin());
                }
            }
            let e = e.len();
            r.sum() * e as f64
        }
    }
        at { let x = Vector3::new(0.3, -0.5, 1.2); } (&x, vec![1, 3, 5]);
    list_cleared_after_a_loop by (x) {
        #[grad(x)]
        pub fn f(x: &Vector3<f64>, mut e: Vec<usize>) -> f64 {
            let mut r = x * 2.0;
            for b in 0..3 {
                if e[b] > 2 {
                    r = r.map(|t| t.sin());
                }
            }
            e.clear();
            e.push(7);
            r.sum() * (e.len() + e[0]) as f64
        }
    }
        at { let x = Vector3::new(0.3, -0.5, 1.2); } (&x, vec![1, 3, 5]);
    list_moved_after_a_loop by (x) {
        #[grad(x)]
        pub fn f(x: &Vector3<f64>, e: Vec<usize>) -> f64 {
            let mut r = x * 2.0;
            for b in 0..3 {
                if e[b] > 2 {
                    r = r.map(|t| t.sin());
                }
            }
            let total: usize = e.into_iter().sum();
            r.sum() * total as f64
        }
    }
        at { let x = Vector3::new(0.3, -0.5, 1.2); } (&x, vec![1, 3, 5]);
    hidden_by_a_block_around_loops by (x) {
        #[grad(x)]
        pub fn f(x: &Vector3<f64>, e: usize) -> f64 {
            let mut r = x * 2.0;
            {
                let e = e * 2;
                for c in 0..2 {
                    for b in 0..5 {
                        let e = e + b;
                        if e > b + 2 * c + 2 {
                            r = r.map(|t| t.sin());
                        }
                    }
                }
            }
            r.sum() * e as f64
        }
    }
        at { let x = Vector3::new(0.3, -0.5, 1.2); } (&x, 1)
        at { let x = Vector3::new(0.3, -0.5, 1.2); } (&x, 2);
    hidden_by_a_block_with_a_value by (x) {
        #[grad(x)]
        pub fn f(x: &Vector3<f64>, e: usize) -> f64 {
            let p = {
                let e: usize = e + 1;
                let mut r = x * 2.0;
                for b in 0..4 {
                    if e > b {
                        r = r.map(|t| t.sin());
                    }
                }
                r
            };
            p.sum() * e as f64
        }
    }
        at { let x = Vector3::new(0.3, -0.5, 1.2); } (&x, 1);
    field_of_the_name by (x) {
        pub struct Plan {
            pub e: usize,
        }
        #[grad(x)]
        pub fn f(x: &Vector3<f64>, plan: &Plan, e: usize) -> f64 {
            let mut r = x * 2.0;
            for b in 0..4 {
                if plan.e + e > b && (0..e).contains(&b) {
                    r = r.map(|t| t.sin());
                }
            }
            let e = 10;
            r.sum() * e as f64
        }
    }
        at { let x = Vector3::new(0.3, -0.5, 1.2); } (&x, &Plan { e: 1 }, 2);
    index_hidden_after_a_loop by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, i: usize) -> f64 {
            let mut s = 1.0;
            for k in 0..x.len() - i {
                s = (s * x[k + i]).sin();
            }
            let i = 0;
            s * x[i]
        }
    }
        at { let x = crate::ramp(5); } (&x, 1)
        at { let x = crate::ramp(5); } (&x, 3);
    index_hidden_after_a_branch by (x) {
        #[grad(x)]
        pub fn f(x: &DVector<f64>, i: usize, a: &[f64]) -> f64 {
            let s = if i < x.len() { x[i] * a[i] } else { x[0] };
            let i = 0;
            s * x[i] * a[i + 1]
        }
    }
        at { let x = crate::ramp(5); } (&x, 2, &[1.0, 2.0, 3.0])
        at { let x = crate::ramp(5); } (&x, 7, &[1.0, 2.0, 3.0]);
    while_by_what_changes_after by (x) {
        #[grad(x)]
        pub fn f(x: f64, mut n: usize, steps: &[usize]) -> f64 {
            let mut y = x;
            let mut i = 0;
            while i < n {
                y = (y + steps[i] as f64).sin();
                i += 1;
            }
            n = steps.len();
            let steps = 3.0;
            y * n as f64 * steps
        }
    }
        at { let x = 0.4; } (x, 2, &[1, 2, 3]);
    branch_and_carried_matrices by (x) {
        #[grad(x)]
        pub fn f(x: &DMatrix<f64>, k: u32) -> f64 {
            assert_eq!(x.nrows(), x.ncols());
            let mut power = DMatrix::identity(x.nrows(), x.nrows());
            let mut square = x.clone();
            for bit in 0..4_usize {
                if (k >> bit) & 1 == 1 {
                    power = &power * &square;
                }
                square = &square * &square;
            }
            power.sum() + square.trace()
        }
    }
        at { let x = crate::mat(2, 2); } (&x, 5)
        at { let x = crate::mat(2, 2); } (&x, 6)
        at { let x = crate::mat(2, 2); } (&x, 15)
        at { let x = crate::mat(2, 2); } (&x, 0);
    branch_that_exchanges by (x, y) {
        #[grad(x, y)]
        pub fn f(x: &Vector2<f64>, y: &Vector2<f64>, k: usize) -> f64 {
            let (mut a, mut b) = (x * 1.0, y * 1.0);
            for i in 0..4 {
                if i % 2 == k {
                    let c = a + b * 2.0;
                    b = a.component_mul(&b);
                    a = c;
                } else {
                    a = a.map(|t| t.sin());
                }
            }
            a.sum() * b.norm()
        }
    }
        at { let x = Vector2::new(0.3, -0.5); let y = Vector2::new(0.7, 1.1); } (&x, &y, 0)
        at { let x = Vector2::new(0.3, -0.5); let y = Vector2::new(0.7, 1.1); } (&x, &y, 1)
        at { let x = Vector2::new(0.3, -0.5); let y = Vector2::new(0.7, 1.1); } (&x, &y, 2);
    blocks_as_statements by (x) {
        #[grad(x)]
        pub fn f(x: &Vector3<f64>, e: usize) -> f64 {
            let mut r = x * 2.0;
            {
                if e > 3 {
                    r *= 2.0;
                }
            }
            {
                r += x;
            }
            {
                r[0] += 3.0
            }
            {
                let mut i = 0;
                while i < e {
                    r = r.map(|t| t.sin());
                    i += 1;
                }
            }
            {
                let mut i = 0;
                loop {
                    if i > e {
                        break;
                    }
                    r = r.map(|t| t.cos());
                    i += 1;
                }
            }
            r.sum() * e as f64
        }
    }
        at { let x = Vector3::new(0.3, -0.5, 1.2); } (&x, 2)
        at { let x = Vector3::new(0.3, -0.5, 1.2); } (&x, 5);
    guard_in_a_block_that_changes by (x) {
        #[grad(x)]
        pub fn f(x: &Vector3<f64>, m: &std::sync::Mutex<f64>) -> f64 {
            let mut r = x * 2.0;
            {
                let g = m.lock().unwrap();
                let k: f64 = *g;
                r *= k;
            }
            let h: f64 = *m.lock().unwrap();
            r.sum() * h
        }
    }
        at { let x = Vector3::new(0.3, -0.5, 1.2); let m = std::sync::Mutex::new(1.5); } (&x, &m);
    range_of_literals_that_stays by (x) {
        #[grad(x)]
        pub fn f(x: &Vector3<f64>) -> f64 {
            let mut r = x * 1.0;
            for k in 1..4 {
                r = r.map(|t| t.sin() + 0.1);
                let n: u32 = k;
                r[0] *= f64::from(n);
            }
            r.sum()
        }
    }
        at { let x = Vector3::new(0.3, -0.5, 1.2); } (&x);
}
