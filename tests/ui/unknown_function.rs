use matgrad::grad;
use nalgebra::DVector;

fn helper(x: &DVector<f64>) -> f64 {
    x.norm()
}

fn sigmoid(t: f64) -> f64 {
    t
}

#[grad(x)]
fn called(x: &DVector<f64>) -> f64 {
    helper(x) * x.sum()
}

#[grad(x)]
fn resembles_ours(x: &DVector<f64>) -> f64 {
    sigmoid(x.norm())
}

#[grad(x)]
fn mapped(x: &DVector<f64>) -> f64 {
    x.map(sigmoid).sum()
}

#[grad(x)]
fn given(x: &DVector<f64>, f: impl Fn(f64) -> f64) -> f64 {
    f(x.norm())
}

#[grad(x)]
fn printed(x: &DVector<f64>) -> f64 {
    let y = x * 2.0;
    println!("{y}");
    y.norm()
}

fn main() {}
