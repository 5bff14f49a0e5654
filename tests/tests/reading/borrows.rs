//! Borrows end in companions where they end in the function: what is read is copied where it is read, if it changes later.

use matgrad::grad;
use matgrad_tests::{check, vector};
use nalgebra::{DMatrix, DVector, DVectorView, Vector3};

/// The same vector each time.
fn fixed(n: usize) -> DVector<f64> {
    DVector::from_fn(n, |i, _| 0.7 - 0.45 * (i as f64))
}

macro_rules! verify {
    ($name:ident: $n:expr, $f:ident, $grad:ident, $both:ident $(, $argument:expr)*) => {
        #[test]
        fn $name() {
            let x: DVector<f64> = vector($n);
            check(&x, |x| $f(x $(, $argument)*), $grad(&x $(, $argument)*), $both(&x $(, $argument)*));
        }
    };
}

#[grad(x)]
fn views(x: &DVector<f64>, y: &DVector<f64>) -> f64 {
    let mut z = y.clone();
    let v = z.rows(1, 2);
    let a = x.rows(0, 2).dot(&v);
    z[1] = 5.0;
    let v = z.rows(0, 2);
    let n = v.len();
    let b = x.rows(1, 2).dot(&v) * n as f64;
    z *= 2.0;
    a * b + x.dot(&z)
}
verify!(views_of_what_changes: 4, views, views_grad, views_value_and_grad, &fixed(4));

#[grad(x)]
fn references(x: &DVector<f64>, y: &DVector<f64>) -> f64 {
    let mut z: DVector<f64> = y * 2.0;
    let mut k = 3.0;
    let r = &z;
    let c = &k;
    let first = &z[0];
    let a = x.dot(r) * *c + x[0] * first;
    let w = r;
    let b = x.dot(w) * c;
    k += 1.0;
    z.fill(k);
    let r: &DVector<f64> = &z;
    let c: &f64 = &k;
    let d = x.dot(r) * c;
    k = 0.0;
    z[0] = k;
    a + b + d
}
verify!(references_to_what_changes: 3, references, references_grad, references_value_and_grad, &fixed(3));

#[grad(x)]
fn moved(x: &DVector<f64>, y: &DVector<f64>) -> f64 {
    let z: DVector<f64> = y * 2.0;
    let v: DVectorView<'_, f64> = z.rows(0, 3);
    let a = x.dot(&v);
    let total: f64 = consumed(z);
    let m = DMatrix::from_fn(3, 3, |i, j| y[i] + y[j]);
    let m: DMatrix<f64> = m;
    let column = m.column(1);
    let b = x.dot(&column);
    drop(m);
    a * total + b * b
}
fn consumed(z: DVector<f64>) -> f64 {
    z.sum()
}
verify!(views_of_what_is_moved: 3, moved, moved_grad, moved_value_and_grad, &fixed(3));

#[grad(x)]
fn reborrowed(x: &DVector<f64>, y: &DVector<f64>) -> f64 {
    let mut z = y.clone();
    let r = &mut z;
    r[0] = 2.0;
    let now: DVectorView<'_, f64> = r.rows(0, 3);
    let a = x.dot(&now);
    r[1] = 3.0;
    let whole: &DVector<f64> = r;
    let b = x.dot(whole);
    z[2] = 7.0;
    std::mem::swap(&mut z, &mut y.map(|t| t * 2.0));
    a * b + x.dot(&z)
}
verify!(mutable_borrows: 3, reborrowed, reborrowed_grad, reborrowed_value_and_grad, &fixed(3));

#[grad(x)]
fn slices(x: &DVector<f64>) -> f64 {
    let mut z = vec![1.0, 2.0, 3.0, 4.0];
    let s: &[f64] = &z[1..];
    let k: f64 = s[0];
    let v: DVectorView<'_, f64> = DVectorView::from_slice(s, 3);
    let a = x.dot(&v) * k;
    z.push(5.0);
    z[1] = 100.0;
    let it: f64 = z.iter().sum();
    z.clear();
    a * it
}
verify!(slices_of_what_changes: 3, slices, slices_grad, slices_value_and_grad);

struct Model {
    weights: DVector<f64>,
    rate: f64,
}
impl Model {
    fn weights(&self) -> &DVector<f64> {
        &self.weights
    }
    #[grad(x)]
    fn stepped(&mut self, x: &DVector<f64>) -> f64 {
        let w: &DVector<f64> = &self.weights;
        let a = x.dot(w);
        self.weights[0] += 1.0;
        let w: &DVector<f64> = self.weights();
        let b = x.dot(w);
        let r: &f64 = &self.rate;
        let c = b * r;
        self.rate *= 2.0;
        self.weights.fill(0.0);
        a * c
    }
}

#[test]
fn fields_of_self() {
    let x: DVector<f64> = vector(3);
    let model = || Model { weights: fixed(3), rate: 0.5 };
    check(&x, |x| model().stepped(x), model().stepped_grad(&x), model().stepped_value_and_grad(&x));
}

#[grad(x)]
fn buffers(x: &DVector<f64>, model: &mut Model) -> f64 {
    let w: &DVector<f64> = &model.weights;
    let a = x.dot(w);
    model.weights[1] = 4.0;
    let w: &DVector<f64> = model.weights();
    let b = x.dot(w);
    model.weights *= 0.0;
    a * b
}

#[test]
fn fields_of_a_parameter() {
    let x: DVector<f64> = vector(3);
    let model = || Model { weights: fixed(3), rate: 0.5 };
    let both = buffers_value_and_grad(&x, &mut model());
    check(&x, |x| buffers(x, &mut model()), buffers_grad(&x, &mut model()), both);
}

#[grad(x)]
fn changing_reference(x: &DVector<f64>, y: &DVector<f64>) -> f64 {
    let mut first = y.clone();
    let second: DVector<f64> = y * 3.0;
    let mut r: &DVector<f64> = &first;
    let a = x.dot(r);
    r = &second;
    let b = x.dot(r);
    first[0] = 9.0;
    r = &first;
    let c = x.dot(r);
    first.fill(1.0);
    a * b * c
}
verify!(a_reference_that_changes: 3, changing_reference, changing_reference_grad, changing_reference_value_and_grad, &fixed(3));

#[grad(x)]
fn in_blocks(x: &DVector<f64>, y: &DVector<f64>) -> f64 {
    let mut z = y.clone();
    let a = {
        let v = z.rows(0, 3);
        let s = x.dot(&v);
        z[0] = 50.0;
        let w: &DVector<f64> = &z;
        s * x.dot(w)
    };
    let g = {
        let v: &DVector<f64> = &z;
        x.component_mul(v)
    };
    z[1] = 60.0;
    let h = |t: &DVector<f64>| t.dot(&z);
    let b = h(x);
    z[2] = 70.0;
    a + g.norm_squared() * b + x.dot(&z)
}
verify!(borrows_in_blocks_and_closures: 3, in_blocks, in_blocks_grad, in_blocks_value_and_grad, &fixed(3));

#[grad(x)]
fn fixed_size(x: &Vector3<f64>, y: &Vector3<f64>) -> f64 {
    let mut z = *y;
    let v = z.fixed_rows::<2>(1);
    let a = x.fixed_rows::<2>(0).dot(&v);
    z.swap_rows(0, 2);
    let t = z.transpose();
    let r = &t;
    let b = (r * x).x;
    z.x = 8.0;
    a * b * x.dot(&z)
}

#[test]
fn views_of_fixed_size() {
    let (x, y): (Vector3<f64>, Vector3<f64>) = (vector(3), vector(3));
    check(&x, |x| fixed_size(x, &y), fixed_size_grad(&x, &y), fixed_size_value_and_grad(&x, &y));
}

#[grad(x)]
fn unchanged(x: &DVector<f64>, y: &DVector<f64>) -> f64 {
    let mut z = y.clone();
    z[0] = 3.0;
    let v: DVectorView<'_, f64> = z.rows(0, 3);
    let r: &DVector<f64> = &z;
    let k: &f64 = &z[1];
    let n = v.nrows() as f64;
    x.dot(&v) * n + x.component_mul(r).norm_squared() * k
}
verify!(borrows_of_what_stays: 3, unchanged, unchanged_grad, unchanged_value_and_grad, &fixed(3));
