use matgrad::grad;

#[grad(x, crate = "matgrad")]
fn f(x: f64) -> f64 {
    x * x
}

fn main() {}
