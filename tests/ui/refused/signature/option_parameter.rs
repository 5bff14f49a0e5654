use matgrad::grad;

#[grad(x)]
fn f(x: Option<f64>) -> f64 {
    x.unwrap_or(1.0)
}

fn main() {}
