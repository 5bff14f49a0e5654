//! Scopes: guards, temporaries and values with a `Drop` end in companions where they end in the function, each once.

use std::cell::{Cell, RefCell};
use std::sync::Mutex;

use matgrad::grad;
use matgrad_tests::{check, vector};
use nalgebra::{DMatrix, DVector};

/// Notes when it is made and when it ends.
struct Noted<'a>(&'a RefCell<Vec<String>>, &'static str, f64);
impl<'a> Noted<'a> {
    fn new(log: &'a RefCell<Vec<String>>, name: &'static str, value: f64) -> Self {
        log.borrow_mut().push(format!("+{name}"));
        Self(log, name, value)
    }
    fn value(&self) -> f64 {
        self.2
    }
    fn whole(&self) -> usize {
        self.0.borrow_mut().push(format!("?{}", self.1));
        2
    }
}
impl Drop for Noted<'_> {
    fn drop(&mut self) {
        self.0.borrow_mut().push(format!("-{}", self.1));
    }
}

type Log = RefCell<Vec<String>>;

/// Checks values against differences, and that both companions do what the function does, in its order.
macro_rules! verify {
    ($name:ident: $f:ident, $grad:ident, $both:ident) => {
        #[test]
        fn $name() {
            let x: DVector<f64> = vector(3);
            let run = |f: &dyn Fn(&Log)| {
                let log = Log::default();
                f(&log);
                log.into_inner()
            };
            let expected = run(&|log| drop($f(&x, log).to_string()));
            assert!(!expected.is_empty());
            assert_eq!(run(&|log| drop($grad(&x, log))), expected);
            assert_eq!(run(&|log| drop($both(&x, log))), expected);
            let log = Log::default();
            check(&x, |x| $f(x, &log), $grad(&x, &log), $both(&x, &log));
        }
    };
}

#[grad(x)]
fn nested(x: &DVector<f64>, log: &Log) -> f64 {
    let outer = Noted::new(log, "outer", 1.5);
    let y = {
        let a = Noted::new(log, "a", 2.0);
        let b = Noted::new(log, "b", 3.0);
        let z = {
            let c = Noted::new(log, "c", 5.0);
            let k: f64 = c.value() * a.value();
            x * k
        };
        let k: f64 = b.value();
        z * k
    };
    let after = Noted::new(log, "after", 7.0);
    let k: f64 = after.value() + outer.value();
    y.norm_squared() * k
}
verify!(values_end_with_their_block: nested, nested_grad, nested_value_and_grad);

#[grad(x)]
fn arguments(x: &DVector<f64>, log: &Log) -> f64 {
    let s = x.dot(&{
        let a = Noted::new(log, "a", 2.0);
        let k: f64 = a.value();
        x * k
    });
    let t = {
        let _unused = Noted::new(log, "b", 2.0);
        let _ = Noted::new(log, "c", 2.0);
        x.sum()
    } * {
        Noted::new(log, "d", 2.0);
        2.0
    };
    s * t
}
verify!(blocks_as_operands: arguments, arguments_grad, arguments_value_and_grad);

#[grad(x)]
fn temporaries(x: &DVector<f64>, log: &Log) -> f64 {
    let a = x * (Noted::new(log, "a", 2.0).whole() as f64) * (Noted::new(log, "b", 2.0).whole() as f64);
    let b = a[Noted::new(log, "c", 2.0).whole() - 1] * {
        let k: f64 = Noted::new(log, "d", 5.0).value();
        k
    };
    let c = {
        let w = x[Noted::new(log, "e", 2.0).whole()] * 3.0;
        w * (Noted::new(log, "f", 2.0).whole() as f64)
    };
    a.norm_squared() * b * c * (Noted::new(log, "g", 2.0).whole() as f64)
}
verify!(temporaries_end_with_their_statement: temporaries, temporaries_grad, temporaries_value_and_grad);

#[grad(x)]
fn dropped(x: &DVector<f64>, log: &Log) -> f64 {
    let a = Noted::new(log, "a", 2.0);
    let b = Noted::new(log, "b", 2.0);
    let k: f64 = a.value();
    drop(a);
    let y = x * k;
    let a = Noted::new(log, "c", 4.0);
    let l: f64 = a.value() + b.value();
    let b = {
        let inner = b;
        inner.value() * 2.0
    };
    let b: f64 = b;
    y.norm_squared() * l * b
}
verify!(drops_by_hand_and_moves: dropped, dropped_grad, dropped_value_and_grad);

#[grad(x)]
fn unused(x: &DVector<f64>, log: &Log) -> f64 {
    let _n = Noted::new(log, "a", 2.0).whole() as u32;
    let pair = (Noted::new(log, "b", 2.0).whole(), 1);
    let zero = x.sum() * 0.0 * (Noted::new(log, "c", 2.0).whole() as f64);
    let (i, j) = pair;
    let _u = x * (Noted::new(log, "d", 2.0).whole() as f64);
    let v = x[pair.0] * x[i] + x[j];
    v + zero
}
verify!(effects_of_what_is_not_used: unused, unused_grad, unused_value_and_grad);

#[grad(x)]
fn scrutinee(x: &DVector<f64>, log: &Log) -> f64 {
    let mut k = 1.0;
    if let Some(n) = Some(Noted::new(log, "a", 2.0)).as_ref() {
        k += n.value();
    }
    let l: f64 = match Noted::new(log, "b", 3.0).whole() {
        2 => Noted::new(log, "c", 4.0).value(),
        _ => 0.0,
    };
    for _ in 0..Noted::new(log, "d", 1.0).whole() {
        k *= Noted::new(log, "e", 1.5).value();
    }
    let y = { x * k };
    y.norm_squared() * l
}
verify!(temporaries_of_control_flow: scrutinee, scrutinee_grad, scrutinee_value_and_grad);

#[grad(x)]
fn guards(x: &DVector<f64>, m: &Mutex<f64>) -> f64 {
    let y = {
        let g = m.try_lock().unwrap();
        let k: f64 = *g;
        x * k
    };
    let z = {
        let mut g = m.try_lock().unwrap();
        *g += 1.0;
        let k: f64 = *g;
        y.map(|t| t * k)
    };
    let h = m.try_lock().unwrap();
    let b: f64 = *h;
    drop(h);
    let k: f64 = *m.try_lock().unwrap();
    z.norm_squared() * b * k
}

#[test]
fn a_mutex_locked_again() {
    let x: DVector<f64> = vector(3);
    let m = || Mutex::new(0.5);
    check(&x, |x| guards(x, &m()), guards_grad(&x, &m()), guards_value_and_grad(&x, &m()));
}

#[grad(x)]
fn held_twice(x: &DVector<f64>, m: &Mutex<usize>) -> f64 {
    x.sum()
        * (match m.try_lock() {
            Ok(_) => 3,
            Err(_) => 5,
        } as f64)
        * (match m.try_lock() {
            Ok(_) => 7,
            Err(_) => 11,
        } as f64)
}

#[test]
fn a_temporary_that_another_call_sees() {
    let (x, m) = (vector(3), Mutex::new(0));
    check(&x, |x| held_twice(x, &m), held_twice_grad(&x, &m), held_twice_value_and_grad(&x, &m));
}

#[grad(x)]
fn cells(x: &DVector<f64>, w: &RefCell<DVector<f64>>) -> f64 {
    let a = {
        let b = w.borrow();
        let v: &DVector<f64> = &b;
        x.dot(v)
    };
    w.borrow_mut()[0] += 2.0;
    let c = x.dot(&{
        let b = w.borrow();
        let v: DVector<f64> = b.clone();
        v * 2.0
    });
    w.borrow_mut()[1] -= 2.0;
    let b = w.borrow();
    let v: &DVector<f64> = &b;
    let d = x.dot(v) + v.len() as f64;
    drop(b);
    w.borrow_mut().fill(100.0);
    a * c + d
}

#[test]
fn a_cell_borrowed_again() {
    let (x, w) = (vector(3), DVector::from_vec(vec![0.5, -0.25, 2.0]));
    let cell = || RefCell::new(w.clone());
    check(&x, |x| cells(x, &cell()), cells_grad(&x, &cell()), cells_value_and_grad(&x, &cell()));
}

fn next(count: &Cell<usize>) -> usize {
    count.set(count.get() + 1);
    count.get()
}

#[grad(x)]
fn counted(x: &DVector<f64>, count: &Cell<usize>) -> f64 {
    let mut k = 1.0;
    let a = x[next(count)] * (next(count) as f64) * k;
    let b = {
        k = next(count) as f64;
        let n: usize = next(count);
        x.sum() * k * (n as f64)
    };
    let n = next(count) as f64;
    let _unused: usize = next(count);
    a * b * n * (next(count) as f64)
}

#[test]
fn calls_in_their_order() {
    let x: DVector<f64> = vector(3);
    let count = Cell::new(0);
    let _ = counted_grad(&x, &count);
    assert_eq!(count.get(), 7);
    let fresh = || Cell::new(0);
    check(&x, |x| counted(x, &fresh()), counted_grad(&x, &fresh()), counted_value_and_grad(&x, &fresh()));
}

#[grad(x)]
fn items(x: &DVector<f64>) -> f64 {
    const K: f64 = 3.0;
    fn weight() -> f64 {
        5.0
    }
    let y = {
        const K: f64 = 7.0;
        fn weight() -> f64 {
            11.0
        }
        let w: f64 = weight();
        x * (K * w)
    };
    let w: f64 = weight();
    y.norm_squared() * K * w
}

#[test]
fn items_of_a_block() {
    let x = vector(3);
    check(&x, items, items_grad(&x), items_value_and_grad(&x));
}

#[grad(x)]
fn matrices(x: &DVector<f64>, y: &DMatrix<f64>, log: &Log) -> f64 {
    let z = {
        let a = Noted::new(log, "a", 2.0);
        let m: DMatrix<f64> = y * a.value();
        let n = m.ncols();
        let l = {
            let b = Noted::new(log, "b", 3.0);
            let v: DVector<f64> = DVector::from_element(n, b.value());
            &m * x + v
        };
        l * (n as f64)
    };
    z.norm_squared()
}

#[test]
fn matrices_leave_their_block() {
    let (x, y): (DVector<f64>, DMatrix<f64>) = (vector(3), matgrad_tests::matrix(3, 3));
    let log = Log::default();
    check(&x, |x| matrices(x, &y, &log), matrices_grad(&x, &y, &log), matrices_value_and_grad(&x, &y, &log));
}
