use matgrad::grad;

#[grad(x)]
fn f(x: f64) -> impl Into<f64> {
    x * x
}

fn main() {}
