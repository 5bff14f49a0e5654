use matgrad::grad;
use nalgebra::DVectorViewMut;

#[grad(x)]
fn f(x: DVectorViewMut<'_, f64>) -> f64 {
    x.norm_squared()
}

fn main() {}
